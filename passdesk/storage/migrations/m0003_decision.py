"""Decisions as taken: one row for each answer given, and apart from it the facts, which an erasure drops."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import cbor2

from passdesk.storage.pilote import Database


def appliquer(db: Database) -> None:
    """Creates the two tables, and the rows of the answers given before: they have no facts, none were kept."""
    decision = {
        "op_id": str, "sujet": str, "demande_id": str, "attribution_id": str, "issue": str, "pass": int, "reste": int,
        "carnets": str, "motifs": str, "reglement": str, "empreinte": bytes, "le": str, "agent_id": str, "wall": int,
        "faits_op": str,
    }  # fmt: skip
    libres = {"attribution_id", "faits_op"}
    db.table("decision").create(decision, pk="op_id", not_null=set(decision) - libres, strict=True)
    for colonne in ("sujet", "demande_id", "attribution_id"):
        db.table("decision").create_index([colonne])
    faits = {"op_id": str, "sujet": str, "octets": bytes}
    db.table("decision_faits").create(faits, pk="op_id", not_null=set(faits), strict=True)
    db.table("decision_faits").create_index(["sujet"])
    _reprendre(db)


def _reprendre(db: Database) -> None:
    sql = (
        "SELECT o.op_id, subject_id, agent_id, wall, octets FROM operation o JOIN corps c ON c.op_id = o.op_id "
        "WHERE type IN ('attribution.accorder', 'attribution.refuser') ORDER BY epoch, seq"
    )
    lignes = [_ligne(*champs) for champs in db.execute(sql).fetchall()]
    db.table("decision").insert_all(lignes)


def _ligne(op_id: str, sujet: str, agent_id: str, wall: int, octets: bytes) -> dict[str, Any]:
    corps = cbor2.loads(octets)
    return {
        "op_id": op_id,
        "sujet": sujet,
        "demande_id": corps["demande"],
        "attribution_id": corps.get("attribution"),
        "issue": corps.get("issue") or "accord",
        "pass": corps.get("pass") or 0,
        "reste": corps.get("reste") or 0,
        "carnets": json.dumps([carnet["taille"] for carnet in corps.get("carnets", ())]),
        "motifs": json.dumps(list(corps["motifs"])),
        "reglement": corps["reglement"],
        "empreinte": corps["empreinte"],
        "le": corps.get("le") or datetime.fromtimestamp(wall / 1000, UTC).date().isoformat(),
        "agent_id": agent_id,
        "wall": wall,
        "faits_op": None,
    }
