"""A règlement read from its TOML file, strictly: anything unexpected is refused with its line."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable
from typing import TypeVar

from passdesk.domain.campagne import POTS, TAILLES
from passdesk.domain.demande import PUBLICS, TYPES_JUSTIFICATIF
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.lecture_toml import Fichier, Table
from passdesk.domain.reglement import (
    ANNIVERSAIRES_29_FEVRIER,
    CHAMPS_IDENTITE,
    COMPTES_AU,
    DATES_JUSQU_AU,
    MOTIFS_ACCORD,
    SCHEMA,
    Branche,
    Exigence,
    Parametre,
    PublicVise,
    Quantite,
    Reglement,
)

T = TypeVar("T")

OCTETS_MAX = 256 * 1024
"""Bytes of a règlement; one that lists every commune of the Region takes 35 KiB."""


def lire_reglement(octets: bytes, nom: str) -> Reglement:
    """The règlement written in these bytes of TOML; `nom` is its file name, for refusals.

    Raises SaisieRefusee("reglement_illisible", nom, ligne, detail: path of the key, raison) on anything unexpected.
    """
    racine = Fichier(_texte(octets, nom), nom, "reglement_illisible").racine
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
        empreinte=hashlib.sha256(octets).digest(),
    )
    for table in (age, quantite, papiers, racine):
        table.fermer()
    _verifier_les_nombres(reglement, racine)
    return reglement


def _texte(octets: bytes, nom: str) -> str:
    """The text of the file, whose bytes are what is signed: no other writing of it is accepted."""

    def refus(raison: str, ligne: int = 1) -> SaisieRefusee:
        return SaisieRefusee("reglement_illisible", nom=nom, ligne=ligne, detail=nom, raison=raison)

    if len(octets) > OCTETS_MAX:
        raise refus("trop_long")
    if octets.startswith(codecs.BOM_UTF8):
        raise refus("marque_bom")
    try:
        texte = octets.decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise refus("encodage", octets.count(b"\n", 0, trouble.start) + 1) from None
    if "\0" in texte:
        raise refus("caractere_nul", texte.count("\n", 0, texte.index("\0")) + 1)
    return texte


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
