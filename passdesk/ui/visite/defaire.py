"""What was typed and chosen in a visit, act by act: undone and done again, until it is recorded. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Literal

from passdesk.domain.visite import Brouillon, PieceSaisie

Borne = Literal["rien", "enregistree", "corrigee", "responsable", "terminee"]
"""What stands before the oldest act that can be undone."""
AILLEURS = frozenset({"demande_id", "homonyme", "derogation"})
"""What is recorded, or what a *responsable* said: each is taken back where it was given."""
_GROUPES = (
    ("personne_id", "personne"),
    ("nom_naissance", "nom_naissance"),
    ("prenoms", "prenoms"),
    ("naissance", "naissance"),
    ("naissance_inconnue", "naissance"),
    ("commune_inconnue", "commune"),
    ("commune", "commune"),
    ("commune_saisie", "commune"),
    ("accompagnement", "accompagnement"),
    ("complementaire", "complementaire"),
    ("complement_refuse", "complementaire"),
    ("autre_personne", "ressemblance"),
)
"""Fields that change together, under the name of the act that changes them."""


@dataclass(frozen=True, slots=True)
class Rendu:
    """The draft once an act is undone, or done again; `champ`: what it was about, as `PageVisite` finds it."""

    brouillon: Brouillon
    champ: str


@dataclass(frozen=True, slots=True)
class _Acte:
    avant: Brouillon
    apres: Brouillon
    champs: tuple[str, ...]
    nom: str


class Historique:
    """The acts of one visit, in their order. The letters typed in a field are one act until the field is left."""

    def __init__(self) -> None:
        self.borne: Borne = "rien"
        self._faits: list[_Acte] = []
        self._defaits: list[_Acte] = []
        self._en_frappe = False

    def noter(self, avant: Brouillon, apres: Brouillon) -> None:
        """An act was done: it changed the draft so. What was undone before it is done again no more."""
        champs = _changes(avant, apres)
        if AILLEURS.intersection(champs):
            self.clore("responsable")
            return
        nom = _nommer(champs, avant, apres)
        self._defaits.clear()
        if self._en_frappe and self._faits and self._faits[-1].nom == nom:
            debut = self._faits.pop()
            avant, champs = debut.avant, tuple(dict.fromkeys((*debut.champs, *champs)))
        if any(getattr(avant, champ) != getattr(apres, champ) for champ in champs):
            self._faits.append(_Acte(avant, apres, champs, nom))
        self._en_frappe = True

    def quitter(self) -> None:
        """The field is left, or a choice made: what comes next is another act."""
        self._en_frappe = False

    def clore(self, borne: Borne) -> None:
        """Nothing done before is undone this way any more, for this reason."""
        self.borne = borne
        self._faits.clear()
        self._defaits.clear()
        self.quitter()

    def defaire(self, actuel: Brouillon) -> Rendu | None:
        """Takes the last act back from the draft as it stands; None when there is none (`borne` says why)."""
        if not self._faits:
            return None
        acte = self._faits.pop()
        self._defaits.append(acte)
        self.quitter()
        return Rendu(_reprendre(actuel, acte.avant, acte.champs), acte.nom)

    def refaire(self, actuel: Brouillon) -> Rendu | None:
        """Does again the last act undone; None when there is none."""
        if not self._defaits:
            return None
        acte = self._defaits.pop()
        self._faits.append(acte)
        self.quitter()
        return Rendu(_reprendre(actuel, acte.apres, acte.champs), acte.nom)


def _changes(avant: Brouillon, apres: Brouillon) -> tuple[str, ...]:
    return tuple(c.name for c in fields(Brouillon) if getattr(avant, c.name) != getattr(apres, c.name))


def _reprendre(actuel: Brouillon, source: Brouillon, champs: Iterable[str]) -> Brouillon:
    return replace(actuel, **{champ: getattr(source, champ) for champ in champs})


def _nommer(champs: tuple[str, ...], avant: Brouillon, apres: Brouillon) -> str:
    if champs == ("pieces",):
        change = next(iter(set(apres.pieces) ^ set(avant.pieces)), PieceSaisie(""))
        return f"piece.{change.type}"
    return next((nom for champ, nom in _GROUPES if champ in champs), champs[0] if champs else "")
