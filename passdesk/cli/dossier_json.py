"""Dossiers in JSON (contracts §2): read strictly, each fault named; decisions written back in the same order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from passdesk.domain.commune import est_code_insee
from passdesk.domain.demande import (
    ALIAS_JUSTIFICATIF,
    DEROGATIONS_PAR,
    PRESCRIPTEURS,
    PUBLICS,
    TYPES_JUSTIFICATIF,
    Anterieur,
    Derogation,
    Dossier,
    JustificatifPresente,
)
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.evaluation import Decision
from passdesk.ui.messages import phrase_motif

CLES = (
    "id",
    "naissance",
    "commune",
    "public",
    "prescripteur",
    "arrivee_le",
    "complementaire",
    "justificatifs",
    "anterieurs",
)
CLES_FACULTATIVES = (
    "etablissement",
    "foyer",
    "stock",
    "pass_foyer",
    "reserve",
    "reserve_etablissement",
    "derogation",
)
CLES_JUSTIFICATIF = ("type",)
CLES_JUSTIFICATIF_FACULTATIVES = ("date", "vu_le")
CLES_DEROGATION = ("par", "raison")
CLES_ANTERIEUR = ("pass", "le")

ANNEES = range(1800, 2201)
"""Years a date may have: beyond, it is a slip of the hand ("0203" for 2003)."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class _Doublon(Exception):
    """A key written twice in one object, which JSON readers would keep silent about."""


def lire_dossiers(texte: str, nom: str) -> tuple[list[Dossier], bool]:
    """The dossiers of a JSON text, and True when it is an array. `nom` is shown in refusals. Raises SaisieRefusee."""
    donnees = _lire_json(texte, nom)
    if isinstance(donnees, list):
        return [_dossier(donnee, f"Dossier {rang}") for rang, donnee in enumerate(donnees, start=1)], True
    return [_dossier(donnees, "Dossier")], False


def decision_en_json(dossier: Dossier, decision: Decision) -> dict[str, Any]:
    """The answer of contracts §2, keys in its order."""
    return {
        "id": dossier.id,
        "issue": decision.issue,
        "reglement": decision.reglement,
        "pass": decision.pass_accordes,
        "carnets": list(decision.carnets),
        "reste": decision.reste,
        "motifs": [
            {"code": motif.code, "texte": phrase_motif(motif), "article": motif.article} for motif in decision.motifs
        ],
        "manquants": [list(preuves) for preuves in decision.manquants],
    }


def _lire_json(texte: str, nom: str) -> Any:
    def sans_doublon(paires: list[tuple[str, Any]]) -> dict[str, Any]:
        objet = dict(paires)
        if len(objet) != len(paires):
            cles = [cle for cle, _ in paires]
            raise _Doublon(next(cle for cle in cles if cles.count(cle) > 1))
        return objet

    def sans_constante(valeur: str) -> Any:
        raise SaisieRefusee("json_nombre", fichier=nom, valeur=valeur)

    try:
        return json.loads(texte, object_pairs_hook=sans_doublon, parse_constant=sans_constante)
    except json.JSONDecodeError as trouble:
        raise SaisieRefusee("json_illisible", fichier=nom, ligne=trouble.lineno, colonne=trouble.colno) from None
    except _Doublon as trouble:
        raise SaisieRefusee("json_cle_double", cle=str(trouble)) from None
    except RecursionError:
        raise SaisieRefusee("json_trop_profond", fichier=nom) from None
    except ValueError:
        # Only a number of thousands of digits is left here: Python refuses to convert it.
        raise SaisieRefusee("json_nombre", fichier=nom, valeur="un nombre démesuré") from None


class _Objet:
    """One JSON object whose keys are checked on entry and whose values are asked for by type."""

    def __init__(self, donnee: Any, ou: str, cles: tuple[str, ...], facultatives: tuple[str, ...] = ()) -> None:
        if not isinstance(donnee, dict):
            raise SaisieRefusee("dossier_mal_forme", ou=ou)
        self._valeurs: Mapping[str, Any] = donnee
        self.ou = ou
        inconnues = [cle for cle in donnee if cle not in (*cles, *facultatives)]
        absentes = [cle for cle in cles if cle not in donnee]
        if inconnues and absentes:
            # Most often one slip of the hand makes both: seeing them side by side says which.
            raise SaisieRefusee("cles_mal_ecrites", ou=ou, inconnues=_citer(inconnues), absentes=_citer(absentes))
        if inconnues:
            raise SaisieRefusee("cles_inconnues", ou=ou, cles=_citer(inconnues))
        if absentes:
            raise SaisieRefusee("cles_absentes", ou=ou, cles=_citer(absentes))

    def refuser(self, cle: str, raison: str) -> SaisieRefusee:
        return SaisieRefusee("valeur_inattendue", ou=self.ou, cle=cle, raison=raison)

    def ou_rien(self, cle: str, lire: Callable[[str], Any]) -> Any:
        return None if self._valeurs.get(cle) is None else lire(cle)

    def brut(self, cle: str) -> Any:
        return self._valeurs[cle]

    def texte(self, cle: str) -> str:
        valeur = self._valeurs[cle]
        if not isinstance(valeur, str):
            raise self.refuser(cle, "texte")
        if not valeur.strip():
            raise self.refuser(cle, "texte_vide")
        return valeur

    def parmi(self, cle: str, liste: tuple[str, ...]) -> str:
        valeur = self.texte(cle)
        if valeur not in liste:
            raise self.refuser(cle, "hors_liste")
        return valeur

    def commune(self, cle: str) -> str:
        valeur = self.texte(cle)
        if not est_code_insee(valeur):
            raise self.refuser(cle, "commune")
        return valeur

    def booleen(self, cle: str) -> bool:
        valeur = self._valeurs[cle]
        if not isinstance(valeur, bool):
            raise self.refuser(cle, "booleen")
        return valeur

    def entier(self, cle: str) -> int:
        valeur = self._valeurs[cle]
        if isinstance(valeur, bool) or not isinstance(valeur, int) or valeur < 0:
            raise self.refuser(cle, "entier_positif")
        return valeur

    def jour(self, cle: str) -> date:
        valeur = self._valeurs[cle]
        if not isinstance(valeur, str) or not _DATE.fullmatch(valeur):
            raise self.refuser(cle, "date")
        if int(valeur[:4]) not in ANNEES:
            raise self.refuser(cle, "annee_impossible")
        try:
            return date.fromisoformat(valeur)
        except ValueError:
            raise self.refuser(cle, "date_impossible") from None

    def liste(self, cle: str) -> list[Any]:
        valeur = self._valeurs[cle]
        if not isinstance(valeur, list):
            raise self.refuser(cle, "liste")
        return valeur


def _dossier(donnee: Any, ou: str) -> Dossier:
    objet = _Objet(donnee, ou, CLES, CLES_FACULTATIVES)
    arrivee_le = objet.jour("arrivee_le")
    return Dossier(
        id=objet.texte("id"),
        naissance=objet.ou_rien("naissance", objet.jour),
        commune=objet.ou_rien("commune", objet.commune),
        public=objet.parmi("public", PUBLICS),
        prescripteur=objet.ou_rien("prescripteur", lambda cle: objet.parmi(cle, PRESCRIPTEURS)),
        arrivee_le=arrivee_le,
        complementaire=objet.booleen("complementaire"),
        justificatifs=tuple(
            _justificatif(piece, f"{ou}, justificatif {rang}", arrivee_le)
            for rang, piece in enumerate(objet.liste("justificatifs"), start=1)
        ),
        anterieurs=tuple(
            _anterieur(anterieur, f"{ou}, antérieur {rang}")
            for rang, anterieur in enumerate(objet.liste("anterieurs"), start=1)
        ),
        etablissement=objet.ou_rien("etablissement", lambda cle: "".join(objet.texte(cle).split()).upper()),
        foyer=objet.ou_rien("foyer", objet.texte),
        stock=objet.ou_rien("stock", objet.entier),
        pass_foyer=objet.ou_rien("pass_foyer", objet.entier),
        reserve=objet.ou_rien("reserve", objet.entier),
        reserve_etablissement=objet.ou_rien("reserve_etablissement", objet.entier),
        derogation=objet.ou_rien("derogation", lambda cle: _derogation(objet.brut(cle), f"{ou}, dérogation")),
    )


def _justificatif(donnee: Any, ou: str, arrivee_le: date) -> JustificatifPresente:
    """One proof. `vu_le` before the arrival is refused: contracts §2 says "never before it"."""
    objet = _Objet(donnee, ou, CLES_JUSTIFICATIF, CLES_JUSTIFICATIF_FACULTATIVES)
    type_ = objet.texte("type")
    type_ = ALIAS_JUSTIFICATIF.get(type_, type_)
    if type_ not in TYPES_JUSTIFICATIF:
        raise objet.refuser("type", "hors_liste")
    vu_le = objet.ou_rien("vu_le", objet.jour)
    if vu_le is not None and vu_le < arrivee_le:
        raise objet.refuser("vu_le", "avant_arrivee")
    return JustificatifPresente(type_, objet.ou_rien("date", objet.jour), vu_le)


def _anterieur(donnee: Any, ou: str) -> Anterieur:
    objet = _Objet(donnee, ou, CLES_ANTERIEUR)
    nombre = objet.entier("pass")
    if nombre not in (5, 10):
        raise objet.refuser("pass", "cinq_ou_dix")
    return Anterieur(nombre, objet.jour("le"))


def _derogation(donnee: Any, ou: str) -> Derogation:
    objet = _Objet(donnee, ou, CLES_DEROGATION)
    return Derogation(objet.parmi("par", DEROGATIONS_PAR), objet.texte("raison"))


def _citer(noms: list[str]) -> str:
    return ", ".join(f"« {nom} »" for nom in noms)
