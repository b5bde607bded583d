"""What every sheet of a carnet shares: the grid of five strips, runs of words on one line, the example band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from passdesk.domain.dessin import MM_PAR_POINT, Ancre, Cadre, Cellules, Element, Mesure, Texte, Trait
from passdesk.domain.francais import ESPACE, date_longue
from passdesk.printing.carnet_imprime import CarnetImprime

HAUT, BANDE, NOMBRE_BANDES = 12.0, 54.0, 5
"""Top of the first strip, height of a strip (mm), strips on an A4 sheet (anchors/print §3)."""
GAUCHE, DROITE = 10.0, 200.0
HAUTEUR_CAPITALE = 0.668
"""Height of a capital, em."""

CONSIGNE = "✂  Coupez sur les pointillés. Empilez dans l’ordre. Agrafez à gauche."
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


def haut_bande(rang: int) -> float:
    """y of the top of strip `rang` (0–4), mm from the top of the sheet."""
    return HAUT + BANDE * rang


def fond_de_feuille(carnet: CarnetImprime, feuille: int, contenu: str) -> list[Element]:
    """Cut lines, ticks, the instruction above and what the mediator reads out below. No clock: reprints are equal."""
    elements: list[Element] = [Texte(GAUCHE, 9, CONSIGNE, 9)]
    for rang in range(NOMBRE_BANDES + 1):
        y = haut_bande(rang)
        elements.append(Trait(GAUCHE, y, DROITE, y, 0.5, (1, 2.4)))
        elements += [Trait(5, y, 8, y, 0.5), Trait(202, y, 205, y, 0.5)]
    elements.append(Texte(GAUCHE, 287.5, f"Carnet n°{ESPACE}{carnet.serie_carnet}", 9))
    pied = f"Feuille {feuille} sur {carnet.nombre_feuilles}, {contenu}"
    elements.append(Texte(DROITE, 287.5, pied, 9, ancre=Ancre.DROITE))
    return elements


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
