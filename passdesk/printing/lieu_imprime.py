"""A place on the cover: name, street, town, telephone, hours, each whole or shortened by one rule (ui/paper §3, §8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from passdesk.domain.dessin import MM_PAR_POINT, Ancre, Element, Mesure, Texte, cercle
from passdesk.domain.francais import ESPACE, telephone, typographie
from passdesk.printing.carnet_imprime import LieuImprime
from passdesk.printing.coupe_mots import abreger, couper, mots, parties
from passdesk.printing.mise_en_page import HAUTEUR_CAPITALE, corps_qui_tient
from passdesk.printing.pictogrammes import pictogramme

GOUTTIERE = 17.0
"""Left of the words, mm: the rank, the pin, the distance."""
LARGEUR = 66.0
PREMIERE, DERNIERE = 10.6, 49.7
"""Baselines, mm from the top of the strip: of the first line, and the lowest that leaves the cut its white."""
CORPS, PETIT, CORPS_TELEPHONE = 14.0, 12.0, 16.0
AVANCES = {CORPS: 6.0, PETIT: 5.1, CORPS_TELEPHONE: 6.2}
"""Millimetres down to the next baseline, by size."""
SANS_HORAIRES = typographie("Horaires : téléphonez.")


@dataclass(frozen=True, slots=True)
class Champ:
    """Where a place may stand: left of its gutter, top of its strip, last baseline (from the top), width of its words.

    `coin`: width of the lines that stand beside the number of the page, lower than `y_coin`.
    """

    x: float
    haut: float
    derniere: float = DERNIERE
    largeur: float = LARGEUR
    coin: float = LARGEUR
    y_coin: float = 44.0


@dataclass(frozen=True, slots=True)
class _Ligne:
    texte: str
    corps: float
    gras: bool = False


def dessin_lieu(lieu: LieuImprime, rang: int, champ: Champ, mesure: Mesure) -> list[Element]:
    """The place `rang` (1–3) with its gutter."""
    x, y = champ.x, champ.haut
    base = y + 9 + HAUTEUR_CAPITALE * 16 * MM_PAR_POINT / 2
    elements: list[Element] = [
        cercle(x + 4.2, y + 9, 4.2, 1.4),
        Texte(x + 4.2, base, str(rang), 16, gras=True, ancre=Ancre.CENTRE),
        *pictogramme("repere", x + 0.5, y + 14.4, 7.4),
    ]
    if lieu.distance:
        corps = corps_qui_tient(lieu.distance, CORPS, True, GOUTTIERE - 2.4, mesure)
        elements.append(Texte(x, y + 26, lieu.distance, corps, gras=True))
    return elements + list(lignes_lieu(lieu, champ, mesure))


def lignes_lieu(lieu: LieuImprime, champ: Champ, mesure: Mesure) -> list[Texte]:
    """The words of the place. Hours are whole or absent, the telephone always stays."""
    lignes = _sans_horaires(lieu, champ.largeur, mesure, (3, 2, 2))
    if not _tiennent(_poser(lignes, champ), champ, mesure):
        # Only on an example, whose warning takes a line of the column.
        lignes = _sans_horaires(lieu, champ.largeur, mesure, (2, 1, 1))
    for suite in _horaires(lieu, champ.largeur, mesure):
        poses = _poser([*lignes, *suite], champ)
        if _tiennent(poses[len(lignes) :], champ, mesure):
            return poses
    return _poser(lignes, champ)


def _sans_horaires(lieu: LieuImprime, largeur: float, mesure: Mesure, au_plus: tuple[int, int, int]) -> list[_Ligne]:
    """Name, street, town on so many lines at most, and the telephone."""
    textes = (lieu.nom, lieu.rue, lieu.ville)
    lignes: list[_Ligne] = []
    for rang, (texte, nombre) in enumerate(zip(textes, au_plus, strict=True)):
        lignes += _partie(texte, rang == 0, largeur, nombre, mesure)
    if lieu.telephone:
        numero = telephone(lieu.telephone)
        corps = corps_qui_tient(numero, CORPS_TELEPHONE, True, largeur, mesure)
        lignes.append(_Ligne(numero, corps, gras=True))
    return lignes


def _poser(lignes: Sequence[_Ligne], champ: Champ) -> list[Texte]:
    textes: list[Texte] = []
    y = champ.haut + PREMIERE
    for rang, ligne in enumerate(lignes):
        if rang:
            # A line needs the room of the taller of itself and the one above.
            y += max(AVANCES.get(voisine.corps, AVANCES[CORPS_TELEPHONE]) for voisine in lignes[rang - 1 : rang + 1])
        textes.append(Texte(champ.x + GOUTTIERE, y, ligne.texte, ligne.corps, ligne.gras))
    return textes


def _tiennent(textes: Sequence[Texte], champ: Champ, mesure: Mesure) -> bool:
    for texte in textes:
        y = texte.y - champ.haut
        large = champ.coin if y > champ.y_coin else champ.largeur
        if y > champ.derniere or mesure.largeur(texte.texte, texte.corps, texte.gras) > large:
            return False
    return True


def groupes_horaires(lieu: LieuImprime) -> list[tuple[str, str]]:
    """("lundi, mardi :", "9 h à 12 h"): a line never ends inside an hour."""
    return [
        (typographie(f"{jours} :"), heures.replace(" ", ESPACE).replace(f",{ESPACE}", ", "))
        for jours, heures in lieu.horaires
    ]


def _horaires(lieu: LieuImprime, largeur: float, mesure: Mesure) -> Iterator[list[_Ligne]]:
    """The ways to say the hours, the clearest first: the days above the hours, then one after the other, then none."""
    groupes = groupes_horaires(lieu)
    for formes in ([partie for groupe in groupes for partie in groupe], [" ".join(groupe) for groupe in groupes]):
        coupees = [couper(mots(forme), CORPS, False, largeur, 3, mesure) for forme in formes]
        if formes and all(coupees):
            yield [_Ligne(ligne, CORPS) for coupee in coupees for ligne in coupee]
    if lieu.telephone:
        yield [_Ligne(SANS_HORAIRES, CORPS)]


def _partie(texte: str, gras: bool, largeur: float, au_plus: int, mesure: Mesure) -> list[_Ligne]:
    """Name (bold), street or town: two lines at 14, else `au_plus` at 12, and only then cut at a word."""
    texte = typographie(" ".join(texte.split()))
    if not texte:
        return []
    entiers = mots(texte)
    coupables = parties(texte, PETIT, gras, largeur, mesure)
    for corps, nombre, morceaux in (
        (CORPS, min(2, au_plus), entiers),
        (PETIT, au_plus, entiers),
        (PETIT, au_plus, coupables),
    ):
        if lignes := couper(morceaux, corps, gras, largeur, nombre, mesure):
            return [_Ligne(ligne, corps, gras) for ligne in lignes]
    return [_Ligne(ligne, PETIT, gras) for ligne in abreger(coupables, PETIT, gras, largeur, au_plus, mesure)]
