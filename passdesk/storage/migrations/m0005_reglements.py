"""The règlements that the Region published to this desk, accepted or refused: not in the log, which only cites them."""

from __future__ import annotations

from passdesk.storage.pilote import Database


def appliquer(db: Database) -> None:
    """Creates the table."""
    colonnes = {
        "rang": int, "reglement_id": str, "generation": int, "executoire_le": str, "empreinte": bytes, "octets": bytes,
        "raison": str, "recu": int,
    }  # fmt: skip
    obligatoires = set(colonnes) - {"raison"}
    db.table("reglement_recu").create(colonnes, pk="rang", not_null=obligatoires, strict=True)
    db.table("reglement_recu").create_index(["empreinte", "generation"], unique=True)
