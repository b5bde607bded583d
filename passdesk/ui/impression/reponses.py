"""The four answers to "what came out of the printer", and what each changes on the page. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from passdesk.domain.gabarit import Gabarit, nom_contenu
from passdesk.ui.impression import textes

CleReponse = Literal["tout", "arrete", "rien", "illisible"]
CLES_REPONSE: tuple[CleReponse, ...] = ("tout", "arrete", "rien", "illisible")


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer chosen. `feuille`: where it stopped (1 is the first), for "arrete" alone."""

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
    "arrete": (textes.ARRETE_A_LA, "Celles d’avant sont bonnes."),
    "rien": ("Rien n’est sorti", "Même carnet, mêmes numéros."),
    "illisible": ("Illisible ou abîmé", "Déchirez tout\u00a0: le même carnet repart."),
}


def pret(nombre: int, seules: Sequence[int] = (), aussi: Sequence[int] = ()) -> Suite:
    """Before anything leaves for the printer: one act, and each of the `nombre` sheets waits for it.

    `seules`: only these go, and `aussi`, the others are good.
    """
    if seules:
        seules = sorted({*seules, *aussi})
        marques = (A_IMPRIMER if numero in seules else BONNE for numero in range(1, nombre + 1))
        return Suite(_reimprimer(nombre, tuple(seules)), "printer", True, tuple(marques))
    return Suite(textes.IMPRIMER, "printer", True, (A_IMPRIMER,) * nombre)


def nom_feuille(numero: int) -> str:
    """ "Couverture", "Feuille 2"…: the number printed at the foot of the sheet, which the agent reads in the tray."""
    return "Couverture" if numero == 1 else f"Feuille\u00a0{numero}"


def legende_feuille(gabarit: Gabarit, taille: int, numero: int) -> str:
    """ "Feuille 2 · pass 1 à 5"."""
    contenu = nom_contenu(gabarit.feuilles(taille)[numero - 1])
    nom = nom_feuille(numero)
    return nom if contenu == nom.lower() else f"{nom} · {contenu}"


def detail_tout(nombre: int, feuilles: Sequence[int]) -> str:
    """ "Les 3 feuilles, bien lisibles.", "Feuille 3, bien lisible."."""
    if len(feuilles) == nombre:
        return f"Les {nombre}\u00a0feuilles, bien lisibles."
    mots = noms_feuilles(feuilles)
    return f"{mots[0].upper()}{mots[1:]}, bien lisible{'s' if len(feuilles) > 1 else ''}."


def a_refaire(nombre: int, feuilles: Sequence[int], reponse: Reponse) -> tuple[int, ...]:
    """The sheets that go again. `feuilles`: those of the last printing; the others are good, and stay one of a kind."""
    if reponse.cle == "illisible":
        return tuple(range(1, nombre + 1))
    premiere = {"tout": nombre + 1, "arrete": reponse.feuille or 1}.get(reponse.cle, 1)
    return tuple(feuille for feuille in feuilles if feuille >= premiere)


def suite(
    nombre: int,
    feuilles: Sequence[int],
    reponse: Reponse | None,
    aussi: Sequence[int] = (),
    demande: str = textes.REPONDEZ,
) -> Suite:
    """What the page shows for an answer, or before it: `demande` then says what is missing of it.

    `aussi`: sheets that go again whatever came out.
    """
    toutes = range(1, nombre + 1)
    if reponse is None:
        return Suite(demande, "", False, tuple(A_VOIR if numero in feuilles else BONNE for numero in toutes))
    refaites = tuple(sorted({*a_refaire(nombre, feuilles, reponse), *aussi}))
    marques = tuple(A_REFAIRE if numero in refaites else BONNE for numero in toutes)
    if not refaites:
        return Suite(textes.PASSER, "ticket", True, marques)
    # Several sheets by their numbers are many words: with a picture too, the column gets wider and the sheet jumps.
    dessin = "" if 1 < len(refaites) < nombre else "printer"
    return Suite(_reimprimer(nombre, refaites), dessin, True, marques)


def _reimprimer(nombre: int, refaites: tuple[int, ...]) -> str:
    if len(refaites) == nombre:
        return "Réimprimer tout le carnet"
    if len(refaites) == 1:
        return f"Réimprimer la {nom_feuille(refaites[0]).lower()}"
    return f"Réimprimer les {noms_feuilles(refaites)}"


def noms_feuilles(feuilles: Sequence[int]) -> str:
    """ "feuille 3", "feuilles 2 et 3", "feuilles 2 à 5": sheets that follow each other, never the cover alone."""
    premiere, derniere = feuilles[0], feuilles[-1]
    if len(feuilles) == 1:
        return nom_feuille(premiere).lower()
    return f"feuilles\u00a0{premiere} {'et' if len(feuilles) == 2 else 'à'}\u00a0{derniere}"
