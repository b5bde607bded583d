"""A printed page as a list of things to draw, in millimetres from the top left corner; black only.

One list, several back ends: nothing here knows about PDF or about a printer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

MM_PAR_POINT = 25.4 / 72
"""Millimetres in one typographic point."""

LARGEUR_A4, HAUTEUR_A4 = 210.0, 297.0


class Ancre(StrEnum):
    """Which point of the text stands at `x`."""

    GAUCHE = "gauche"
    CENTRE = "centre"
    DROITE = "droite"


@dataclass(frozen=True, slots=True)
class Texte:
    """A line of text. `y`: baseline; `corps`: size in points; `interlettre`: added after each letter, in em.

    No kerning: every back end sets the letters at their own widths, so that measures and paper agree.
    """

    x: float
    y: float
    texte: str
    corps: float
    gras: bool = False
    ancre: Ancre = Ancre.GAUCHE
    interlettre: float = 0.0


@dataclass(frozen=True, slots=True)
class Cellules:
    """Digits, each centred in a cell of `cellule` em; a space is a gap of `espace` em (ui/paper §1.4)."""

    x: float
    y: float
    chiffres: str
    corps: float
    gras: bool = True
    cellule: float = 0.62
    espace: float = 0.30

    def positions(self) -> Iterator[tuple[float, str]]:
        """The centre (mm) of each digit, and the digit."""
        em = self.corps * MM_PAR_POINT
        x = self.x
        for signe in self.chiffres:
            pas = (self.espace if signe == " " else self.cellule) * em
            if signe != " ":
                yield x + pas / 2, signe
            x += pas

    @property
    def largeur(self) -> float:
        """Whole width, mm."""
        blancs = self.chiffres.count(" ")
        em = self.corps * MM_PAR_POINT
        return (blancs * self.espace + (len(self.chiffres) - blancs) * self.cellule) * em


@dataclass(frozen=True, slots=True)
class Trait:
    """A straight line. `epaisseur`: points; `tirets`: on, off… in points, empty for a plain line."""

    x1: float
    y1: float
    x2: float
    y2: float
    epaisseur: float
    tirets: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Cadre:
    """An empty rectangle. `epaisseur`: points; `rayon`: of the corners, mm."""

    x: float
    y: float
    largeur: float
    hauteur: float
    epaisseur: float
    rayon: float = 0.0


Segment = tuple[str, tuple[float, ...]]
"""("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ())."""


@dataclass(frozen=True, slots=True)
class Chemin:
    """A drawn path: filled when `epaisseur` is None, else stroked with round ends, `epaisseur` in points."""

    segments: tuple[Segment, ...]
    epaisseur: float | None = None

    def place(self, x: float, y: float, echelle: float) -> Chemin:
        """The same path scaled about its origin, then moved to (x, y)."""
        segments = tuple(
            (op, tuple(v * echelle + (y if rang % 2 else x) for rang, v in enumerate(points)))
            for op, points in self.segments
        )
        return Chemin(segments, None if self.epaisseur is None else self.epaisseur * echelle)


@dataclass(frozen=True, slots=True)
class Matrice:
    """A QR symbol without its quiet zone. `module`: points; `lignes`: true is dark; (x, y): top left corner."""

    x: float
    y: float
    module: float
    lignes: tuple[tuple[bool, ...], ...]

    @property
    def cote(self) -> float:
        """Side of the symbol, mm."""
        return len(self.lignes) * self.module * MM_PAR_POINT

    def series(self) -> Iterator[tuple[int, int, int]]:
        """Dark runs (column, row from the top, length), merged along each row: no seams between modules."""
        for rang, ligne in enumerate(self.lignes):
            debut: int | None = None
            for colonne, sombre in enumerate((*ligne, False)):
                if sombre and debut is None:
                    debut = colonne
                elif not sombre and debut is not None:
                    yield debut, rang, colonne - debut
                    debut = None


Element = Texte | Cellules | Trait | Cadre | Chemin | Matrice


@dataclass(frozen=True, slots=True)
class Page:
    """One side of one sheet."""

    elements: tuple[Element, ...]
    largeur: float = LARGEUR_A4
    hauteur: float = HAUTEUR_A4


@dataclass(frozen=True, slots=True)
class Lettres:
    """A run of letters of one face, each at its place: `xs` (mm) on the baseline `y`; `corps` in points.

    `secours`: drawn with the fallback face, whose size is already reduced. What a back end without measures draws.
    """

    xs: tuple[float, ...]
    y: float
    texte: str = field(repr=False)
    corps: float
    gras: bool
    secours: bool


ElementPose = Lettres | Trait | Cadre | Chemin | Matrice


@dataclass(frozen=True, slots=True)
class PagePosee:
    """A page whose texts are set letter by letter: every back end puts them at the same place."""

    elements: tuple[ElementPose, ...] = field(repr=False)
    largeur: float = LARGEUR_A4
    hauteur: float = HAUTEUR_A4


@dataclass(frozen=True, slots=True)
class Papier:
    """Sheets ready to go out: the same drawing as a PDF file and as pages for a printer.

    `titre`: ASCII, without personal data; it is seen in the printer's queue. `brut`: goes out as the printer makes it,
    whatever was measured on it. `nominatif`: it bears a name, so no file of it is left on the desk's disk.
    """

    titre: str
    pdf: bytes = field(repr=False)
    pages: tuple[PagePosee, ...] = field(repr=False)
    brut: bool = False
    nominatif: bool = False


class Mesure(Protocol):
    """How wide a text will be, before it is drawn."""

    def largeur(self, texte: str, corps: float, gras: bool = False, interlettre: float = 0.0) -> float:
        """Width in mm of a text of `corps` points; `interlettre` in em, after each letter."""
        ...


K_CERCLE = 0.5522847498
"""Handle length of a quarter circle drawn as one Bézier curve."""


def cercle(x: float, y: float, rayon: float, epaisseur: float | None = None) -> Chemin:
    """A circle about (x, y): filled, or stroked with `epaisseur` points."""
    r, k = rayon, rayon * K_CERCLE
    return Chemin(
        (
            ("M", (x + r, y)),
            ("C", (x + r, y + k, x + k, y + r, x, y + r)),
            ("C", (x - k, y + r, x - r, y + k, x - r, y)),
            ("C", (x - r, y - k, x - k, y - r, x, y - r)),
            ("C", (x + k, y - r, x + r, y - k, x + r, y)),
            ("Z", ()),
        ),
        epaisseur,
    )
