"""A règlement d'attribution as data: every parameter says what it is and who says so (resources/reglements)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from passdesk.domain.campagne import POTS, TAILLES
from passdesk.domain.demande import PUBLICS, TYPES_JUSTIFICATIF
from passdesk.domain.lecture_toml import Fichier, Table

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

    Before all of them the oldest applies: the deliberation sends whatever arrived earlier to "le dispositif antérieur".
    Raises ValueError when there is none at all.
    """
    ordre = sorted(reglements, key=lambda reglement: reglement.executoire_le)
    if not ordre:
        raise ValueError("no règlement given")
    applicables = [reglement for reglement in ordre if reglement.executoire_le <= arrivee_le]
    return applicables[-1] if applicables else ordre[0]


def lire_reglement(texte: str, nom: str) -> Reglement:
    """The règlement written in TOML; `nom` is its file name, for refusals.

    Raises SaisieRefusee("reglement_illisible", nom, ligne, detail: path of the key, raison) on anything unexpected.
    """
    racine = Fichier(texte, nom, "reglement_illisible").racine
    if racine.entier("schema") != SCHEMA:
        raise racine.refuser("schema", "version")
    age, quantite, papiers = racine.table("age"), racine.table("quantite"), racine.table("justificatifs")
    reglement = Reglement(
        id=racine.texte("id"),
        titre=racine.texte("titre"),
        execution=_parametre(racine, "executoire_le", Table.jour),
        anterieur=_parametre(racine, "anterieur", Table.booleen),
        departements=_parametre(racine, "departements", Table.textes),
        identite=_parametre(racine, "identite", lambda t, c: t.textes(c, CHAMPS_IDENTITE)),
        cumul_des_publics=_parametre(racine, "cumul_des_publics", _faux),
        age_compte_au=_parametre(age, "compte_au", lambda t, c: t.texte(c, COMPTES_AU)),
        anniversaire_29_fevrier=_parametre(
            age, "anniversaire_29_fevrier", lambda t, c: t.texte(c, ANNIVERSAIRES_29_FEVRIER)
        ),
        carnets=_parametre(quantite, "carnets", Table.entiers),
        plafond=_parametre(quantite, "plafond", Table.entier),
        compte_les_autres_reglements=_parametre(quantite, "compte_les_autres_reglements", Table.booleen),
        complement_sans_premier=_parametre(quantite, "complement_sans_premier", Table.booleen),
        limite_par_le_stock=_parametre(quantite, "limite_par_le_stock", Table.booleen),
        accompagne=_branche(quantite, "accompagne"),
        seul=_branche(quantite, "seul"),
        publics=_publics(racine.table("publics")),
        fraicheur_comptee_au=_parametre(papiers, "fraicheur_comptee_au", lambda t, c: t.texte(c, COMPTES_AU)),
        dates_acceptees_jusqu_au=_parametre(
            papiers, "dates_acceptees_jusqu_au", lambda t, c: t.texte(c, DATES_JUSQU_AU)
        ),
        a_renouveler_pour_la_suite=_parametre(papiers, "a_renouveler_pour_la_suite", Table.booleen),
        exigences=_exigences(racine),
        empreinte=hashlib.sha256(texte.encode("utf-8")).digest(),
    )
    for table in (age, quantite, papiers, racine):
        table.fermer()
    _verifier_les_nombres(reglement, racine)
    return reglement


def _verifier_les_nombres(reglement: Reglement, racine: Table) -> None:
    """A quantity that no carnets make up, or above the cap, would be awarded wrong: refused here."""
    tailles = reglement.carnets.valeur
    if not set(tailles) <= set(TAILLES):
        raise racine.refuser("quantite.carnets", "cinq_ou_dix")
    for nom, branche in (("accompagne", reglement.accompagne), ("seul", reglement.seul)):
        for cle, quantite in (("premier", branche.premier), ("suite", branche.suite)):
            if quantite.valeur % min(tailles) or not 0 < quantite.valeur <= reglement.plafond.valeur:
                raise racine.refuser(f"quantite.{nom}.{cle}", "quantite")
    if reglement.plafond.valeur % min(tailles):
        raise racine.refuser("quantite.plafond", "quantite")


def _parametre(table: Table, cle: str, lire: Callable[[Table, str], T]) -> Parametre[T]:
    interieur = table.table(cle)
    valeur = lire(interieur, "valeur")
    source, a_confirmer = _provenance(interieur)
    interieur.fermer()
    return Parametre(valeur, source, a_confirmer)


def _facultatif(table: Table, cle: str, lire: Callable[[Table, str], T]) -> Parametre[T] | None:
    return _parametre(table, cle, lire) if cle in table else None


def _provenance(table: Table) -> tuple[str, bool]:
    """Where a value comes from: a text, or the Region that has yet to confirm it, or both; never neither."""
    source = table.texte("source") if "source" in table else ""
    a_confirmer = table.booleen("a_confirmer") if "a_confirmer" in table else False
    if not source and not a_confirmer:
        raise table.refuser("source", "source_absente")
    return source, a_confirmer


def _faux(table: Table, cle: str) -> bool:
    """Written down because the text leaves it open; this program knows only the answer "no"."""
    if table.booleen(cle):
        raise table.refuser(cle, "hors_liste")
    return False


def _branche(quantite: Table, cle: str) -> Branche:
    table = quantite.table(cle)
    branche = Branche(
        premier=_quantite(table, "premier"),
        suite=_quantite(table, "suite"),
        suite_sur_demande=_parametre(table, "suite_sur_demande", Table.booleen),
    )
    table.fermer()
    return branche


def _quantite(table: Table, cle: str) -> Quantite:
    interieur = table.table(cle)
    valeur = interieur.entier("valeur")
    motif = interieur.texte("motif", MOTIFS_ACCORD) if "motif" in interieur else None
    source, a_confirmer = _provenance(interieur)
    interieur.fermer()
    return Quantite(valeur, source, a_confirmer, motif)


def _publics(table: Table) -> tuple[PublicVise, ...]:
    """Every public of PUBLICS stands in the file: one that is not served is written down as closed."""
    publics = []
    for nom in PUBLICS:
        interieur = table.table(nom)
        public = PublicVise(
            nom=nom,
            ouvert=_parametre(interieur, "ouvert", Table.booleen),
            age_min=_facultatif(interieur, "age_min", Table.entier),
            age_max=_facultatif(interieur, "age_max", Table.entier),
            reserve=_facultatif(interieur, "reserve", Table.entier),
            pot=_facultatif(interieur, "pot", lambda t, c: t.texte(c, POTS)),
        )
        if public.age_min and public.age_max and public.age_min.valeur > public.age_max.valeur:
            raise table.refuser(nom, "bornes")
        interieur.fermer()
        publics.append(public)
    table.fermer()
    return tuple(publics)


def _exigences(racine: Table) -> tuple[Exigence, ...]:
    exigences: list[Exigence] = []
    for table in racine.tables("exigences"):
        nom = table.texte("nom")
        if nom in {exigence.nom for exigence in exigences}:
            raise table.refuser("nom", "double")
        preuves = table.textes("preuves", TYPES_JUSTIFICATIF)
        publics = table.textes("publics", PUBLICS)
        moins_de_mois = table.entier("moins_de_mois") if "moins_de_mois" in table else None
        source, a_confirmer = _provenance(table)
        table.fermer()
        exigences.append(Exigence(nom, preuves, publics, moins_de_mois, source, a_confirmer))
    return tuple(exigences)
