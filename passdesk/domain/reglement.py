"""A règlement d'attribution as data: every parameter says what it is and who says so (resources/reglements)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from passdesk.domain.campagne import POTS

T = TypeVar("T")

SCHEMAS = (1, 2)
"""The file formats this program reads; a règlement in a later one is refused, never half read. 2 adds to 1."""

CHAMPS_IDENTITE = ("naissance", "commune")
ARRIVEE, PREMIER_JANVIER, DERNIER_DECEMBRE = "arrivee", "1er janvier", "31 décembre"
COMPTES_AU = (ARRIVEE, PREMIER_JANVIER, DERNIER_DECEMBRE)
"""The day an age is counted on; the two last are those of the year of arrival."""

DELIVRANCES = ("carnet", "pass")
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
    """A number of pass to award, and the reason of award it gives; None when it gives none of its own."""

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
    """A public of the scheme: open or not, ages in whole years (both included), its reserve of pass if it has one.

    `etablissements`: the only schools (UAI) it is open to; `reserve_par_etablissement`: pass each of them may have;
    `accompagne`, `seul`: quantities of its own, instead of those of the règlement.
    """

    nom: str
    ouvert: Parametre[bool]
    age_min: Parametre[int] | None = None
    age_max: Parametre[int] | None = None
    reserve: Parametre[int] | None = None
    pot: Parametre[str] | None = None
    etablissements: Parametre[tuple[str, ...]] | None = None
    reserve_par_etablissement: Parametre[int] | None = None
    accompagne: Branche | None = None
    seul: Branche | None = None


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
class Perimetre:
    """A named area (an EPCI, a pact, a canton…): the INSEE codes of its communes, and whole departments.

    `publics`: to whom it applies; a home in any one of the areas of a public is good.
    """

    nom: str
    communes: frozenset[str] = field(repr=False)
    departements: tuple[str, ...]
    publics: tuple[str, ...]
    source: str
    a_confirmer: bool


@dataclass(frozen=True, slots=True)
class Validite:
    """What a campaign opened under this règlement starts from: the last day printed, then months and days."""

    dernier_jour: Parametre[date] | None
    tolerance_mois: Parametre[int] | None
    arret_remise_jours: Parametre[int] | None
    alerte_jours: Parametre[int] | None


@dataclass(frozen=True, slots=True)
class ClauseDerogation:
    """The refusals that may be lifted, and by whom at least; a reason is always written."""

    motifs: Parametre[tuple[str, ...]]
    accordee_par: Parametre[str]


@dataclass(frozen=True, slots=True)
class Reglement:
    """A whole règlement. `id` is its date of adoption; `empreinte` the SHA-256 of the file's bytes.

    What stands after `empreinte` is of schema 2, None or empty when the file does not state it. `accompagnement`: the
    prescripteurs that count; `delai_mois`: months between two awards; `plafond_foyer`: pass of a household in all;
    `stock`: pass of the whole scheme.
    """

    id: str
    titre: str
    execution: Parametre[date]
    anterieur: Parametre[bool]
    departements: Parametre[tuple[str, ...]]
    identite: Parametre[tuple[str, ...]]
    cumul_des_publics: Parametre[bool]
    age_compte_au: Parametre[str | date]
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
    accompagnement: Parametre[tuple[str, ...]] | None = None
    delivrance: Parametre[str] | None = None
    delai_mois: Parametre[int] | None = None
    plafond_foyer: Parametre[int] | None = None
    stock: Parametre[int] | None = None
    perimetres: tuple[Perimetre, ...] = ()
    validite: Validite | None = None
    derogation: ClauseDerogation | None = None

    @property
    def executoire_le(self) -> date:
        """Requests that arrived on this day or later are handled under this règlement."""
        return self.execution.valeur

    @property
    def unites(self) -> tuple[int, ...]:
        """Sizes that an award is made of: the carnets, or the single pass."""
        return (1,) if self.a_l_unite else self.carnets.valeur

    @property
    def a_l_unite(self) -> bool:
        """True when pass are given one by one, without a carnet."""
        return self.delivrance is not None and self.delivrance.valeur == "pass"

    def pot(self, public: str) -> str:
        """The pot that the pass of a public come from. Raises KeyError as `public`."""
        pot = self.public(public).pot
        return POTS[0] if pot is None else pot.valeur

    def tenu_au_guichet(self, public: str) -> bool:
        """False for what a desk cannot hold alone: single pass, household, reserve of a school (decision 0015)."""
        vise = self.public(public)
        return not self.a_l_unite and self.plafond_foyer is None and vise.reserve_par_etablissement is None

    def compte(self, prescripteur: str | None) -> bool:
        """True when the person is accompanied in the sense of this règlement."""
        retenus = self.accompagnement
        return prescripteur is not None and (retenus is None or prescripteur in retenus.valeur)

    def branche(self, public: str, prescripteur: str | None) -> Branche:
        """The quantities that apply: those of the public when it has its own. Raises KeyError as `public`."""
        vise = self.public(public)
        if self.compte(prescripteur):
            return vise.accompagne or self.accompagne
        return vise.seul or self.seul

    def jour_de_l_age(self, arrivee_le: date) -> date:
        """The day on which ages are counted, for a request that arrived on that day."""
        compte_au = self.age_compte_au.valeur
        if isinstance(compte_au, date):
            return compte_au
        if compte_au == ARRIVEE:
            return arrivee_le
        return date(arrivee_le.year, 1, 1) if compte_au == PREMIER_JANVIER else date(arrivee_le.year, 12, 31)

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
