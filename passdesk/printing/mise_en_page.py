"""What the strips of a carnet share: runs of words on one line, numbers, the warning of an example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from passdesk.domain.dessin import MM_PAR_POINT, Ancre, Cadre, Cellules, Element, Mesure, Texte, Trait
from passdesk.domain.francais import date_longue

BANDE = 54.0
"""Height of a strip, mm (anchors/print §3)."""
HAUTEUR_CAPITALE = 0.668
"""Height of a capital, em."""

EXEMPLE = "EXEMPLE, sans valeur"


@dataclass(frozen=True, slots=True)
class Morceau:
    """A few words in one size on a line shared with others. `hausse`: raised by so many em; `avance`: mm before."""

    texte: str
    corps: float
    gras: bool = False
    hausse: float = 0.0
    avance: float = 0.0


def largeur_ligne(morceaux: Sequence[Morceau], mesure: Mesure) -> float:
    """Width of the whole line, mm."""
    return sum(m.avance + mesure.largeur(m.texte, m.corps, m.gras) for m in morceaux)


def corps_qui_tient(texte: str, corps: float, gras: bool, largeur: float, mesure: Mesure) -> float:
    """The size, in points, at which a text given by the Region fits `largeur` mm; `corps` when it does already."""
    return corps * min(1.0, largeur / max(mesure.largeur(texte, corps, gras), 0.1))


def ligne(x: float, y: float, morceaux: Sequence[Morceau], mesure: Mesure) -> list[Texte]:
    """The pieces one after the other from `x`, on the baseline `y`."""
    textes: list[Texte] = []
    for morceau in morceaux:
        x += morceau.avance
        hausse = morceau.hausse * morceau.corps * MM_PAR_POINT
        textes.append(Texte(x, y - hausse, morceau.texte, morceau.corps, morceau.gras))
        x += mesure.largeur(morceau.texte, morceau.corps, morceau.gras)
    return textes


def morceaux_date(jour: date, corps: float, gras: bool = True) -> list[Morceau]:
    """The date in words, the *er* of "1er" raised and smaller (ui/paper §1.6)."""
    texte = date_longue(jour)
    if jour.day != 1:
        return [Morceau(texte, corps, gras)]
    return [
        Morceau("1", corps, gras),
        Morceau("er", corps * 0.62, gras, hausse=0.30 / 0.62),
        Morceau(texte.removeprefix("1er"), corps, gras),
    ]


def cellules(x: float, y: float, chiffres: str, cellule: float = 0.62) -> Cellules:
    """A number at 12 points bold, digit by digit: the face has no even digits that the PDF could ask for."""
    return Cellules(x, y, chiffres, 12, gras=True, cellule=cellule)


def bande_exemple(x: float, y: float, largeur: float, hauteur: float, corps: float, mesure: Mesure) -> list[Element]:
    """A framed, hatched band that says the paper is worth nothing (protocol §2, campaign 127)."""
    base = y + hauteur / 2 + HAUTEUR_CAPITALE * corps * MM_PAR_POINT / 2
    elements: list[Element] = [
        Cadre(x, y, largeur, hauteur, 1.2),
        Texte(x + largeur / 2, base, EXEMPLE, corps, gras=True, ancre=Ancre.CENTRE),
    ]
    libre = (largeur - mesure.largeur(EXEMPLE, corps, True)) / 2 - 2.0
    pas, pente = 2.4, hauteur
    for rang in range(max(0, int((libre - pente) / pas) + 1)):
        for depart in (x + rang * pas, x + largeur - pente - rang * pas):
            elements.append(Trait(depart, y + hauteur, depart + pente, y, 1.2))
    return elements


def cartouche_exemple(x: float, y: float, largeur: float, hauteur: float, corps: float) -> list[Element]:
    """The same warning on two lines, where a logo would stand."""
    mots, milieu = EXEMPLE.split(" ", 1), y + hauteur / 2
    capitale = HAUTEUR_CAPITALE * corps * MM_PAR_POINT
    ecart = (hauteur - 2 * capitale) / 6
    return [
        Cadre(x, y, largeur, hauteur, 1.6),
        Texte(x + largeur / 2, milieu - ecart, mots[0], corps, gras=True, ancre=Ancre.CENTRE),
        Texte(x + largeur / 2, milieu + ecart + capitale, mots[1], corps, gras=True, ancre=Ancre.CENTRE),
    ]
