"""The four answers to "what came out of the printer", and what each changes on the page. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from passdesk.domain.carnet import Carnet
from passdesk.ui.impression import textes

CleReponse = Literal["tout", "arrete", "rien", "illisible"]
CLES_REPONSE: tuple[CleReponse, ...] = ("tout", "arrete", "rien", "illisible")


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer chosen. `feuille`: where it stopped (1 is the cover), for "arrete" alone."""

    cle: CleReponse
    feuille: int | None = None


@dataclass(frozen=True, slots=True)
class Marque:
    """What is said of one sheet: icon, tone, words."""

    icone: str
    ton: str
    texte: str


@dataclass(frozen=True, slots=True)
class Suite:
    """What follows an answer: the button's label and icon (none while nothing is answered), and a mark a sheet."""

    libelle: str
    icone: str
    permise: bool
    marques: tuple[Marque, ...]


BONNE = Marque("check", "ok", "Bonne")
A_REFAIRE = Marque("refresh", "warn", "À refaire")
A_VOIR = Marque("eye", "ink2", "À regarder")
A_IMPRIMER = Marque("printer", "ink2", "À imprimer")

TITRES: dict[CleReponse, tuple[str, str]] = {
    "tout": ("Tout est sorti", ""),
    "arrete": ("Arrêté à la", "Gardez celles d’avant, elles sont bonnes."),
    "rien": ("Rien n’est sorti", "Même carnet, mêmes numéros."),
    "illisible": ("Illisible ou abîmé", "Déchirez tout\u00a0: le même carnet repart."),
}


def pret(carnet: Carnet) -> Suite:
    """Before anything has left for the printer: one act, and every sheet waits for it."""
    return Suite(textes.IMPRIMER, "printer", True, (A_IMPRIMER,) * carnet.feuilles)


def nom_feuille(numero: int) -> str:
    """ "Couverture", "Feuille 1"…: sheet 1 is the cover."""
    return "Couverture" if numero == 1 else f"Feuille\u00a0{numero - 1}"


def legende_feuille(numero: int) -> str:
    """ "Feuille 2 · pass 6 à 10"."""
    if numero == 1:
        return "Couverture"
    premier = 5 * (numero - 2) + 1
    return f"{nom_feuille(numero)} · pass {premier} à {premier + 4}"


def detail_tout(carnet: Carnet, feuilles: Sequence[int]) -> str:
    """ "Couverture et 2 feuilles, bien lisibles."."""
    autres = [f for f in feuilles if f != 1]
    if len(feuilles) < carnet.feuilles:
        mots = " et ".join(nom_feuille(f).lower() for f in feuilles)
        return f"{mots[0].upper()}{mots[1:]}, bien lisible{'s' if len(feuilles) > 1 else ''}."
    return f"Couverture et {len(autres)}\u00a0feuille{'s' if len(autres) > 1 else ''}, bien lisibles."


def a_refaire(carnet: Carnet, feuilles: Sequence[int], reponse: Reponse) -> tuple[int, ...]:
    """The sheets that go again. `feuilles`: those of the last printing; the ones before it are good."""
    premiere = {"tout": carnet.feuilles + 1, "arrete": reponse.feuille or 1, "rien": min(feuilles), "illisible": 1}
    return tuple(range(premiere[reponse.cle], carnet.feuilles + 1))


def suite(carnet: Carnet, feuilles: Sequence[int], reponse: Reponse | None) -> Suite:
    """What the page shows for an answer, or before it."""
    toutes = range(1, carnet.feuilles + 1)
    if reponse is None:
        return Suite("Répondez d’abord", "", False, tuple(A_VOIR if numero in feuilles else BONNE for numero in toutes))
    refaites = a_refaire(carnet, feuilles, reponse)
    marques = tuple(A_REFAIRE if numero in refaites else BONNE for numero in toutes)
    if not refaites:
        return Suite("Passer à la remise", "ticket", True, marques)
    return Suite(_reimprimer(carnet, refaites), "printer", True, marques)


def _reimprimer(carnet: Carnet, refaites: tuple[int, ...]) -> str:
    if len(refaites) == carnet.feuilles:
        return "Réimprimer tout le carnet"
    if len(refaites) == 1:
        return f"Réimprimer la {nom_feuille(refaites[0]).lower()}"
    return "Réimprimer les feuilles " + " et ".join(str(numero - 1) for numero in refaites)
