"""A règlement d'attribution as data: every parameter says what it is and who says so (resources/reglements)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")

SCHEMA = 1
"""The file format this program reads; a règlement in a later one is refused, never half read."""

MOTIFS_ACCORD = ("accompagne_carnet_10", "autonome_carnet_5", "complement_carnet_5")
"""The reasons a quantity may give (contracts §2)."""

CHAMPS_IDENTITE = ("naissance", "commune")
COMPTES_AU = ("arrivee",)
ANNIVERSAIRES_29_FEVRIER = ("1er mars", "28 février")
DATES_JUSQU_AU = ("jour_vu", "arrivee")


@dataclass(frozen=True, slots=True)
class Parametre(Generic[T]):
    """One value of a règlement. `source`: the text that says it, "" when none does; `a_confirmer`: by the Region."""

    valeur: T
    source: str
    a_confirmer: bool


@dataclass(frozen=True, slots=True)
class Quantite(Parametre[int]):
    """A number of pass to award, and the reason (of MOTIFS_ACCORD) it gives; None when it gives none of its own."""

    motif: str | None = None


@dataclass(frozen=True, slots=True)
class Branche:
    """What a person receives on one side of *accompagné ou non*.

    `premier`: on the first award; `suite`: afterwards, under the cap; `suite_sur_demande`: on a complementary request.
    """

    premier: Quantite
    suite: Quantite
    suite_sur_demande: Parametre[bool]


@dataclass(frozen=True, slots=True)
class PublicVise:
    """A public of the scheme: open or not, ages in whole years (both included), its reserve of pass if it has one."""

    nom: str
    ouvert: Parametre[bool]
    age_min: Parametre[int] | None
    age_max: Parametre[int] | None
    reserve: Parametre[int] | None
    pot: Parametre[str] | None


@dataclass(frozen=True, slots=True)
class Exigence:
    """A requirement met by any one of `preuves`, asked of `publics`. `moins_de_mois`: age limit, None: no limit."""

    nom: str
    preuves: tuple[str, ...]
    publics: tuple[str, ...]
    moins_de_mois: int | None
    source: str
    a_confirmer: bool


@dataclass(frozen=True, slots=True)
class Reglement:
    """A whole règlement. `id` is its date of adoption; `empreinte` the SHA-256 of the file's bytes."""

    id: str
    titre: str
    execution: Parametre[date]
    anterieur: Parametre[bool]
    departements: Parametre[tuple[str, ...]]
    identite: Parametre[tuple[str, ...]]
    cumul_des_publics: Parametre[bool]
    age_compte_au: Parametre[str]
    anniversaire_29_fevrier: Parametre[str]
    carnets: Parametre[tuple[int, ...]]
    plafond: Parametre[int]
    compte_les_autres_reglements: Parametre[bool]
    complement_sans_premier: Parametre[bool]
    limite_par_le_stock: Parametre[bool]
    accompagne: Branche
    seul: Branche
    publics: tuple[PublicVise, ...]
    fraicheur_comptee_au: Parametre[str]
    dates_acceptees_jusqu_au: Parametre[str]
    a_renouveler_pour_la_suite: Parametre[bool]
    exigences: tuple[Exigence, ...]
    empreinte: bytes

    @property
    def executoire_le(self) -> date:
        """Requests that arrived on this day or later are handled under this règlement."""
        return self.execution.valeur

    def public(self, nom: str) -> PublicVise:
        """The public of that name. Raises KeyError for a name outside PUBLICS: callers check before."""
        for public in self.publics:
            if public.nom == nom:
                return public
        raise KeyError(nom)


def choisir(reglements: Sequence[Reglement], arrivee_le: date) -> Reglement:
    """The règlement of a request that arrived on that day: the latest one enforceable by then.

    Of two enforceable from the same day, the one adopted last (its id) replaces the other. Before all of them the
    oldest applies: the deliberation sends whatever arrived earlier to "le dispositif antérieur".
    Raises ValueError when there is none at all.
    """
    if not reglements:
        raise ValueError("no règlement given")
    applicables = [reglement for reglement in reglements if reglement.executoire_le <= arrivee_le]
    return max(applicables, key=_rang) if applicables else min(reglements, key=_rang)


def _rang(reglement: Reglement) -> tuple[date, str]:
    return reglement.executoire_le, reglement.id
