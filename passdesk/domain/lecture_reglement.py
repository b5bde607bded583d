"""A règlement read from its TOML file, strictly: anything unexpected is refused with its line."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from passdesk.domain.campagne import POTS, TAILLES
from passdesk.domain.coherence import verifier_coherence
from passdesk.domain.commune import est_code_insee
from passdesk.domain.demande import DEROGATIONS_PAR, PRESCRIPTEURS, PUBLICS, TYPES_JUSTIFICATIF
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.etablissement import lire_uai
from passdesk.domain.lecture_toml import Fichier, Table
from passdesk.domain.motif import MOTIFS_ACCORD, QUANTITE, TOUS_REFUS
from passdesk.domain.reglement import (
    ANNIVERSAIRES_29_FEVRIER,
    ARRIVEE,
    CHAMPS_IDENTITE,
    COMPTES_AU,
    DATES_JUSQU_AU,
    DELIVRANCES,
    SCHEMAS,
    Branche,
    ClauseDerogation,
    Exigence,
    Parametre,
    Perimetre,
    PublicVise,
    Quantite,
    Reglement,
    Validite,
)

T = TypeVar("T")

MOIS_MAX = 1200
_DEPARTEMENT = re.compile(r"\d\d|2[AB]|9[78]\d", re.ASCII)

OCTETS_MAX = 256 * 1024
"""Bytes of a règlement; one that lists every commune of the Region takes 35 KiB."""


def lire_reglement(octets: bytes, nom: str) -> Reglement:
    """The règlement written in these bytes of TOML; `nom` is its file name, for refusals.

    Raises SaisieRefusee: "reglement_illisible" (nom, ligne, detail: path of the key, raison) on anything unexpected,
    "reglement_contradictoire" (the same, ligne2, detail2) when two of its lines cannot stand together.
    """
    racine = Fichier(_texte(octets, nom), nom, "reglement_illisible", "reglement_contradictoire").racine
    schema = racine.entier("schema")
    if schema not in SCHEMAS:
        raise racine.refuser("schema", "version")
    # Read by the same code, a file of schema 1 has no key that only schema 2 knows: it is refused as unknown.
    deux = schema == SCHEMAS[1]
    age, quantite, papiers = racine.table("age"), racine.table("quantite"), racine.table("justificatifs")
    comptes_au = COMPTES_AU if deux else COMPTES_AU[:1]
    reglement = Reglement(
        id=racine.texte("id"),
        titre=racine.texte("titre"),
        execution=_parametre(racine, "executoire_le", Table.jour),
        anterieur=_parametre(racine, "anterieur", Table.booleen),
        departements=_parametre(racine, "departements", _departements),
        identite=_parametre(racine, "identite", lambda t, c: t.textes(c, CHAMPS_IDENTITE)),
        cumul_des_publics=_parametre(racine, "cumul_des_publics", _faux),
        age_compte_au=_parametre(age, "compte_au", lambda t, c: _jour_ou_texte(t, c, comptes_au, deux)),
        anniversaire_29_fevrier=_parametre(
            age, "anniversaire_29_fevrier", lambda t, c: t.texte(c, ANNIVERSAIRES_29_FEVRIER)
        ),
        carnets=_parametre(quantite, "carnets", _carnets),
        plafond=_parametre(quantite, "plafond", Table.entier),
        compte_les_autres_reglements=_parametre(quantite, "compte_les_autres_reglements", Table.booleen),
        complement_sans_premier=_parametre(quantite, "complement_sans_premier", Table.booleen),
        limite_par_le_stock=_parametre(quantite, "limite_par_le_stock", Table.booleen),
        accompagne=_branche(quantite, "accompagne", deux),
        seul=_branche(quantite, "seul", deux),
        publics=_publics(racine.table("publics"), deux),
        fraicheur_comptee_au=_parametre(papiers, "fraicheur_comptee_au", lambda t, c: t.texte(c, (ARRIVEE,))),
        dates_acceptees_jusqu_au=_parametre(
            papiers, "dates_acceptees_jusqu_au", lambda t, c: t.texte(c, DATES_JUSQU_AU)
        ),
        a_renouveler_pour_la_suite=_parametre(papiers, "a_renouveler_pour_la_suite", Table.booleen),
        exigences=_exigences(racine),
        empreinte=hashlib.sha256(octets).digest(),
    )
    if deux:
        reglement = _ajouter(reglement, racine, quantite)
    for table in (age, quantite, papiers, racine):
        table.fermer()
    verifier_coherence(reglement, racine, deux)
    return reglement


def _ajouter(reglement: Reglement, racine: Table, quantite: Table) -> Reglement:
    """What schema 2 may state besides."""
    accompagnement = racine.table("accompagnement") if "accompagnement" in racine else None
    complet = replace(
        reglement,
        accompagnement=_parametre(accompagnement, "prescripteurs", lambda t, c: t.textes(c, PRESCRIPTEURS))
        if accompagnement
        else None,
        delivrance=_facultatif(quantite, "delivrance", lambda t, c: t.texte(c, DELIVRANCES)),
        delai_mois=_facultatif(quantite, "delai_mois", _mois),
        plafond_foyer=_facultatif(quantite, "plafond_foyer", Table.entier),
        stock=_facultatif(quantite, "stock", Table.entier),
        perimetres=_perimetres(racine) if "perimetres" in racine else (),
        validite=_validite(racine.table("validite")) if "validite" in racine else None,
        derogation=_derogation(racine.table("derogation")) if "derogation" in racine else None,
    )
    if accompagnement:
        accompagnement.fermer()
    return complet


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


def _carnets(table: Table, cle: str) -> tuple[int, ...]:
    tailles = table.entiers(cle)
    if not set(tailles) <= set(TAILLES):
        raise table.refuser(cle, "cinq_ou_dix")
    return tailles


def _departements(table: Table, cle: str) -> tuple[str, ...]:
    departements = table.textes(cle)
    if not all(_DEPARTEMENT.fullmatch(departement) for departement in departements):
        raise table.refuser(cle, "departement")
    return departements


def _mois(table: Table, cle: str) -> int:
    return table.entier(cle, MOIS_MAX)


def _age(table: Table, cle: str) -> int:
    return table.entier(cle, 150)


def _jour_ou_texte(table: Table, cle: str, liste: tuple[str, ...], jour_permis: bool) -> str | date:
    return table.jour(cle) if jour_permis and table.est_un_jour(cle) else table.texte(cle, liste)


def _branche(quantite: Table, cle: str, deux: bool) -> Branche:
    table = quantite.table(cle)
    branche = Branche(
        premier=_quantite(table, "premier", deux),
        suite=_quantite(table, "suite", deux),
        suite_sur_demande=_parametre(table, "suite_sur_demande", Table.booleen),
    )
    table.fermer()
    return branche


def _quantite(table: Table, cle: str, deux: bool) -> Quantite:
    interieur = table.table(cle)
    valeur = interieur.entier("valeur")
    motifs = (*MOTIFS_ACCORD, QUANTITE) if deux else MOTIFS_ACCORD
    motif = interieur.texte("motif", motifs) if "motif" in interieur else None
    source, a_confirmer = _provenance(interieur)
    interieur.fermer()
    if valeur == 0:
        raise table.refuser(f"{cle}.valeur", "zero")
    return Quantite(valeur, source, a_confirmer, motif)


def _publics(table: Table, deux: bool) -> tuple[PublicVise, ...]:
    """Every public of PUBLICS stands in the file: one that is not served is written down as closed."""
    publics = []
    for nom in PUBLICS:
        interieur = table.table(nom)
        public = PublicVise(
            nom=nom,
            ouvert=_parametre(interieur, "ouvert", Table.booleen),
            age_min=_facultatif(interieur, "age_min", _age),
            age_max=_facultatif(interieur, "age_max", _age),
            reserve=_facultatif(interieur, "reserve", Table.entier),
            pot=_facultatif(interieur, "pot", lambda t, c: t.texte(c, POTS)),
        )
        if deux:
            public = replace(
                public,
                etablissements=_facultatif(interieur, "etablissements", _etablissements),
                reserve_par_etablissement=_facultatif(interieur, "reserve_par_etablissement", Table.entier),
                accompagne=_branche(interieur, "accompagne", deux) if "accompagne" in interieur else None,
                seul=_branche(interieur, "seul", deux) if "seul" in interieur else None,
            )
        interieur.fermer()
        publics.append(public)
    table.fermer()
    return tuple(publics)


def _etablissements(table: Table, cle: str) -> tuple[str, ...]:
    numeros = table.textes(cle)
    if any(lire_uai(numero) != numero for numero in numeros):
        raise table.refuser(cle, "uai")
    return numeros


def _exigences(racine: Table) -> tuple[Exigence, ...]:
    exigences: list[Exigence] = []
    for table in racine.tables("exigences"):
        nom = table.texte("nom")
        preuves = table.textes("preuves", TYPES_JUSTIFICATIF)
        publics = table.textes("publics", PUBLICS)
        moins_de_mois = _mois(table, "moins_de_mois") if "moins_de_mois" in table else None
        source, a_confirmer = _provenance(table)
        table.fermer()
        exigences.append(Exigence(nom, preuves, publics, moins_de_mois, source, a_confirmer))
    return tuple(exigences)


def _perimetres(racine: Table) -> tuple[Perimetre, ...]:
    perimetres: list[Perimetre] = []
    for table in racine.tables("perimetres"):
        nom = table.texte("nom")
        communes = table.textes("communes") if "communes" in table else ()
        departements = _departements(table, "departements") if "departements" in table else ()
        if not communes and not departements:
            raise table.refuser("nom", "perimetre_vide")
        if not all(est_code_insee(commune) for commune in communes):
            raise table.refuser("communes", "commune")
        publics = table.textes("publics", PUBLICS) if "publics" in table else PUBLICS
        source, a_confirmer = _provenance(table)
        table.fermer()
        perimetres.append(Perimetre(nom, frozenset(communes), departements, publics, source, a_confirmer))
    return tuple(perimetres)


def _validite(table: Table) -> Validite:
    validite = Validite(
        dernier_jour=_facultatif(table, "dernier_jour", Table.jour),
        tolerance_mois=_facultatif(table, "tolerance_mois", _mois),
        arret_remise_jours=_facultatif(table, "arret_remise_jours", lambda t, c: t.entier(c, 365)),
        alerte_jours=_facultatif(table, "alerte_jours", lambda t, c: t.entier(c, 365)),
    )
    table.fermer()
    return validite


def _derogation(table: Table) -> ClauseDerogation:
    clause = ClauseDerogation(
        motifs=_parametre(table, "motifs", lambda t, c: t.textes(c, TOUS_REFUS)),
        accordee_par=_parametre(table, "accordee_par", lambda t, c: t.texte(c, DEROGATIONS_PAR)),
    )
    table.fermer()
    return clause
