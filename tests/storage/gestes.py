"""The gestures of a desk, with the bodies that the services write."""

from __future__ import annotations

from typing import Any

from passdesk.protocol.operations import Entete
from passdesk.storage.acte import Acte
from passdesk.storage.cles import Cout
from passdesk.storage.engine import Base

CLE = bytes(range(32))
AGENT = "agent-1"
CAMPAGNE = 127
COUT = Cout(memoire_kio=64, passes=1, voies=1)
"""Argon2 at its cheapest: the tests are about the file, not about the cost."""

IDENTITE: dict[str, Any] = {
    "nom_naissance": "Lefèvre",
    "prenoms": "Éloïse",
    "nom_usage": "",
    "naissance": "2003-05-01",
    "commune": "59392",
    "telephone": "06 12 34 56 78",
    "cle": b"k" * 16,
}


def recevoir_lot(
    acte: Acte, lot: str = "lot-10", *, taille: int = 10, premier: int = 1, dernier: int = 20, **autres: Any
) -> Entete:
    corps = {
        "lot": lot, "campagne": CAMPAGNE, "pot": "general", "taille": taille, "premier": premier, "dernier": dernier,
        "bail_jusqu_au": "2027-12-16", "kid": 7,
    }  # fmt: skip
    return acte.inscrire("lot.recevoir", lot, corps | autres)


def enregistrer(acte: Acte, personne_id: str = "p1", **champs: Any) -> Entete:
    return acte.inscrire("personne.enregistrer", personne_id, IDENTITE | champs)


def deposer(acte: Acte, personne_id: str = "p1", demande: str = "d1", **champs: Any) -> Entete:
    corps = {
        "demande": demande, "public": "jeune_insertion", "prescripteur": "mission_locale", "arrivee_le": "2026-11-20",
        "complementaire": False, "commune": "59392", "naissance": "2003-05-01",
    }  # fmt: skip
    return acte.inscrire("demande.deposer", personne_id, corps | champs)


def carnet(numero: int, taille: int = 10) -> dict[str, Any]:
    return {
        "campagne": CAMPAGNE, "numero": numero, "taille": taille, "dernier_jour": "2027-12-31", "kid": 7,
        "pot": "general",
    }  # fmt: skip


def accorder(
    acte: Acte,
    *carnets: dict[str, Any],
    personne_id: str = "p1",
    attribution: str = "a1",
    demande: str = "d1",
    nombre: int = 10,
) -> Entete:
    corps = {
        "attribution": attribution, "demande": demande, "pass": nombre, "reste": 0, "carnets": list(carnets),
        "motifs": ["accompagne_carnet_10"], "reglement": "2022-02-01", "empreinte": b"r" * 32, "anterieurs": [],
        "le": "2026-11-23",
    }  # fmt: skip
    return acte.inscrire("attribution.accorder", personne_id, corps)


def sur_carnet(acte: Acte, geste: str, numero: int = 1, personne_id: str = "p1", **faits: Any) -> Entete:
    return acte.inscrire(f"carnet.{geste}", personne_id, {"campagne": CAMPAGNE, "numero": numero} | faits)


def servir(base: Base, personne_id: str = "p1", numero: int = 1, **identite: Any) -> None:
    """One whole visit up to the award, in one act; the lot must be there."""
    with base.acte(AGENT) as acte:
        enregistrer(acte, personne_id, **identite)
        deposer(acte, personne_id, f"d-{personne_id}")
        acte.inscrire(
            "justificatif.constater",
            personne_id,
            {"demande": f"d-{personne_id}", "type": "piece_identite", "date": None, "vu_le": "2026-11-20"},
        )
        accorder(
            acte, carnet(numero), personne_id=personne_id, attribution=f"a-{personne_id}", demande=f"d-{personne_id}"
        )


def recevoir(base: Base) -> None:
    """Receives the lot of twenty carnets of 10."""
    with base.acte(AGENT) as acte:
        recevoir_lot(acte)


def tout(base: Base) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to compare before and after."""
    tables = [nom for nom in base.db.table_names() if "fts" not in nom]
    return {nom: sorted(map(repr, base.db.execute(f"SELECT * FROM {nom}").fetchall())) for nom in tables}
