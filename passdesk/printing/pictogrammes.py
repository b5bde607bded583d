"""The nine pictograms of the paper, as paths on a grid of 24 units, stroke 1.7, round ends (ui/paper §10)."""

from __future__ import annotations

import re

from passdesk.domain.dessin import K_CERCLE, MM_PAR_POINT, Chemin, Segment, cercle

GRILLE = 24.0
TRAIT = 1.7 / MM_PAR_POINT
"""Stroke of 1.7 units, in the points it makes when one unit is one millimetre."""


def trace(dessin: str, epaisseur: float | None = TRAIT) -> Chemin:
    """A path written as "M x y L x y C x1 y1 x2 y2 x y Z", absolute units."""
    segments: list[Segment] = []
    for operation, nombres in re.findall(r"([MLCZ])([^MLCZ]*)", dessin):
        segments.append((operation, tuple(float(n) for n in nombres.split())))
    return Chemin(tuple(segments), epaisseur)


def boite(x1: float, y1: float, x2: float, y2: float, rayon: float, epaisseur: float | None = TRAIT) -> Chemin:
    """A rectangle with round corners."""
    r, k = rayon, rayon * (1 - K_CERCLE)
    return trace(
        f"M {x1 + r} {y1} L {x2 - r} {y1} C {x2 - k} {y1} {x2} {y1 + k} {x2} {y1 + r} "
        f"L {x2} {y2 - r} C {x2} {y2 - k} {x2 - k} {y2} {x2 - r} {y2} "
        f"L {x1 + r} {y2} C {x1 + k} {y2} {x1} {y2 - k} {x1} {y2 - r} "
        f"L {x1} {y1 + r} C {x1} {y1 + k} {x1 + k} {y1} {x1 + r} {y1} Z",
        epaisseur,
    )


def _ordinateur() -> tuple[Chemin, ...]:
    return (
        boite(4.2, 3.4, 19.8, 15.2, 1.2),
        trace("M 4.2 15.6 L 1.6 20 L 22.4 20 L 19.8 15.6"),
        trace("M 9.6 6.2 L 15.2 9.3 L 12.7 10.1 L 11.4 12.6 Z", None),
    )


def _calendrier() -> tuple[Chemin, ...]:
    points = [boite(x - 0.8, y - 0.8, x + 0.8, y + 0.8, 0.2, None) for x, y in _CASES[:-1]]
    return (
        boite(2.8, 4.4, 21.2, 21.6, 1.6),
        trace("M 2.8 4.4 L 21.2 4.4 L 21.2 9.6 L 2.8 9.6 Z", None),
        trace("M 7.8 2.4 L 7.8 5"),
        trace("M 16.2 2.4 L 16.2 5"),
        *points,
        boite(14.9, 15.2, 17.9, 18.2, 0.7, None),
    )


_CASES = ((7.6, 12.8), (12.0, 12.8), (16.4, 12.8), (7.6, 16.7), (12.0, 16.7), (16.4, 16.7))


def _repere() -> tuple[Chemin, ...]:
    return (
        trace(
            "M 12 22.6 C 9.2 18.9 4.2 13.8 4.2 9.3 C 4.2 5 7.7 1.6 12 1.6 C 16.3 1.6 19.8 5 19.8 9.3 "
            "C 19.8 13.8 14.8 18.9 12 22.6 Z"
        ),
        cercle(12, 9.3, 3.4),
    )


def _telephone() -> tuple[Chemin, ...]:
    return (
        trace("M 5.2 6.4 C 5.8 12.6 11.4 18.2 17.6 18.8", TRAIT * 2.3),
        trace("M 4.9 4.8 L 5.6 7", TRAIT * 3),
        trace("M 17 18.4 L 19.2 19.1", TRAIT * 3),
        trace("M 12.6 7.6 C 14.7 7.9 16.1 9.3 16.4 11.4"),
        trace("M 12.9 3 C 17.4 3.3 20.7 6.6 21 11.1"),
    )


def _coupon_donne() -> tuple[Chemin, ...]:
    return (
        boite(1.4, 4.2, 12.8, 12.8, 0.3),
        trace("M 3.9 8.5 L 5.6 8.5"),
        trace("M 7.6 7 L 10.4 7 L 10.4 10 L 7.6 10 Z", None),
        trace("M 3.8 17.4 L 10.4 17.4"),
        trace("M 8.2 15 L 10.6 17.4 L 8.2 19.8"),
        cercle(19, 8.6, 2.9),
        trace("M 14.2 17.6 C 14.2 13.9 16.2 12.5 19 12.5 C 21.8 12.5 23.8 13.9 23.8 17.6 Z", None),
    )


def _aide() -> tuple[Chemin, ...]:
    return (
        cercle(5.6, 4.2, 2.1, TRAIT * 0.9),
        trace("M 1.6 11.6 C 1.6 9 3.2 8.2 5.6 8.2 C 8 8.2 9.6 9 9.6 11.6 Z", TRAIT * 0.9),
        cercle(18.4, 4.2, 2.9),
        trace("M 13.6 12.4 C 13.6 8.8 15.6 7.5 18.4 7.5 C 21.2 7.5 23.2 8.8 23.2 12.4 Z", None),
        trace("M 7.4 18.2 L 7.4 14 L 16.6 14 L 16.6 18.2", TRAIT),
        trace("M 6.6 18.8 L 4.6 21.9 L 19.4 21.9 L 17.4 18.8 Z", TRAIT),
    )


def _cadenas() -> tuple[Chemin, ...]:
    return (
        boite(4.4, 10.4, 19.6, 21.6, 1.4),
        trace("M 7.8 10.4 L 7.8 6.6 C 7.8 4 9.6 2.2 12 2.2 C 14.4 2.2 16.2 4 16.2 6.6 L 16.2 10.4"),
        cercle(12, 15, 1.9),
        trace("M 12 15.4 L 12 18.2"),
    )


def _maison() -> tuple[Chemin, ...]:
    return (
        trace("M 1.8 12.4 L 12 3 L 22.2 12.4"),
        trace("M 5 10 L 5 21 L 19 21 L 19 10"),
        trace("M 9.6 21 L 9.6 14.4 L 14.4 14.4 L 14.4 21 Z", None),
    )


def _feuille() -> tuple[Chemin, ...]:
    return (
        trace("M 4.8 2 L 14.2 2 L 19.2 7 L 19.2 22 L 4.8 22 Z"),
        trace("M 13.8 2.4 L 13.8 7.4 L 18.8 7.4"),
        trace("M 8.4 11.4 L 15.6 11.4"),
        trace("M 8.4 14.8 L 15.6 14.8"),
        trace("M 8.4 18.2 L 15.6 18.2"),
    )


PICTOGRAMMES: dict[str, tuple[Chemin, ...]] = {
    "ordinateur": _ordinateur(),
    "calendrier": _calendrier(),
    "repere": _repere(),
    "telephone": _telephone(),
    "coupon_donne": _coupon_donne(),
    "aide": _aide(),
    "cadenas": _cadenas(),
    "maison": _maison(),
    "feuille": _feuille(),
}


def pictogramme(nom: str, x: float, y: float, cote: float) -> tuple[Chemin, ...]:
    """The paths of one pictogram in a square of `cote` mm whose top left corner is (x, y). KeyError if unknown."""
    return tuple(chemin.place(x, y, cote / GRILLE) for chemin in PICTOGRAMMES[nom])
