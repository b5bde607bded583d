"""The places in large print: the full width, 42 mm each; the third beside the certificate (ui/paper §4, §8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from passdesk.domain.dessin import Element, Mesure, Texte
from passdesk.domain.francais import telephone, typographie
from passdesk.printing.carnet_imprime import LieuImprime
from passdesk.printing.coupe_mots import abreger, couper, mots, parties
from passdesk.printing.gros_dessin import CORPS, X_TEXTE, numero
from passdesk.printing.lieu_imprime import SANS_HORAIRES, groupes_horaires
from passdesk.printing.mise_en_page import corps_qui_tient
from passdesk.printing.pictogrammes import pictogramme

X_LIEU, AVANCE, CORPS_TELEPHONE = 50.0, 9.2, 24.0


@dataclass(frozen=True, slots=True)
class PlaceLieu:
    """Where a place may stand: first baseline (mm from the top of the sheet), lines, width of its words.

    `adresse_seule`: street and town on one line, as where the whole width is free.
    """

    y: float
    lignes: int
    largeur: float
    adresse_seule: bool


@dataclass(frozen=True, slots=True)
class _Ligne:
    texte: str
    corps: float = CORPS
    gras: bool = False


def dessin_lieu(lieu: LieuImprime, rang: int, place: PlaceLieu, mesure: Mesure) -> list[Element]:
    """The place `rang` (1–3) with its gutter: number, pin, distance."""
    milieu = place.y - 2.4
    elements: list[Element] = [
        *numero(X_TEXTE + 5.7, milieu, rang),
        *pictogramme("repere", X_TEXTE + 1.2, milieu + 7.2, 9),
    ]
    if lieu.distance:
        corps = corps_qui_tient(lieu.distance, CORPS, True, X_LIEU - X_TEXTE - 2.4, mesure)
        elements.append(Texte(X_TEXTE, milieu + 24.2, lieu.distance, corps, gras=True))
    for indice, ligne in enumerate(_lignes(lieu, place, mesure)):
        elements.append(Texte(X_LIEU, place.y + AVANCE * indice, ligne.texte, ligne.corps, ligne.gras))
    return elements


def _lignes(lieu: LieuImprime, place: PlaceLieu, mesure: Mesure) -> list[_Ligne]:
    """Name, address, telephone, hours. Hours leave first, whole; the telephone always stays."""
    appel = []
    if lieu.telephone:
        numero_appel = telephone(lieu.telephone)
        corps = corps_qui_tient(numero_appel, CORPS_TELEPHONE, True, place.largeur, mesure)
        appel = [_Ligne(numero_appel, corps, gras=True)]
    for heures in _horaires(lieu, place, mesure):
        reste = place.lignes - len(appel) - len(heures)
        qui = _entiers(lieu, place, reste, mesure)
        if qui is not None:
            return [*qui, *appel, *heures]
    return [*_abreges(lieu, place, place.lignes - len(appel), mesure), *appel]


def _adresse(lieu: LieuImprime, *, d_un_trait: bool) -> list[str]:
    textes = [typographie(" ".join(texte.split())) for texte in (lieu.rue, lieu.ville)]
    textes = [texte for texte in textes if texte]
    return [", ".join(textes)] if d_un_trait and textes else textes


def _nom(lieu: LieuImprime) -> list[str]:
    nom = typographie(" ".join(lieu.nom.split()))
    return [nom] if nom else []


def _entiers(lieu: LieuImprime, place: PlaceLieu, reste: int, mesure: Mesure) -> list[_Ligne] | None:
    """Name and address whole on `reste` lines at most; None without room."""
    nom, adresse = _nom(lieu), _adresse(lieu, d_un_trait=place.adresse_seule)
    lignes: list[_Ligne] = []
    for texte, gras in [*((texte, True) for texte in nom), *((texte, False) for texte in adresse)]:
        posees = couper(mots(texte), CORPS, gras, place.largeur, reste - len(lignes), mesure)
        if not posees:
            return None
        lignes += [_Ligne(ligne, gras=gras) for ligne in posees]
    return lignes


def _abreges(lieu: LieuImprime, place: PlaceLieu, reste: int, mesure: Mesure) -> list[_Ligne]:
    """What does not fit whole is cut at a word: the name first, then the street; the town says where to go."""
    adresse = _adresse(lieu, d_un_trait=place.adresse_seule)
    if not all(couper(mots(texte), CORPS, False, place.largeur, reste - 1, mesure) for texte in adresse):
        adresse = _adresse(lieu, d_un_trait=False)
    lignes: list[_Ligne] = []
    for rang, texte in enumerate(adresse):
        # A line for the name, and one for each part that is still to come.
        au_plus = max(1, reste - 1 - len(lignes) - (len(adresse) - rang - 1))
        lignes += [_Ligne(ligne) for ligne in _tenir(texte, False, place, au_plus, mesure)]
    noms = [_tenir(nom, True, place, max(1, reste - len(lignes)), mesure) for nom in _nom(lieu)]
    return [*(_Ligne(ligne, gras=True) for nom in noms for ligne in nom), *lignes]


def _tenir(texte: str, gras: bool, place: PlaceLieu, au_plus: int, mesure: Mesure) -> list[str]:
    coupables = parties(texte, CORPS, gras, place.largeur, mesure)
    for morceaux in (mots(texte), coupables):
        if lignes := couper(morceaux, CORPS, gras, place.largeur, au_plus, mesure):
            return lignes
    return abreger(coupables, CORPS, gras, place.largeur, au_plus, mesure)


def _horaires(lieu: LieuImprime, place: PlaceLieu, mesure: Mesure) -> Iterator[Sequence[_Ligne]]:
    """The ways to say the hours, the clearest first: on as few lines as hold them, then by telephone, then not."""
    groupes = groupes_horaires(lieu)
    for formes in ([" ".join(groupe) for groupe in groupes], [partie for groupe in groupes for partie in groupe]):
        coupees = [couper(mots(forme), CORPS, False, place.largeur, place.lignes, mesure) for forme in formes]
        if formes and all(coupees):
            yield [_Ligne(ligne) for coupee in coupees for ligne in coupee]
    if lieu.telephone:
        yield [_Ligne(SANS_HORAIRES)]
    yield []
