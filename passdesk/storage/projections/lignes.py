"""Changing rows, strictly: what an operation may expect of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from passdesk.protocol.operations import Entete
from passdesk.storage.pilote import Database

Corps = Mapping[str, Any]


class ActeRefuse(Exception):
    """A bug: an act that the tables cannot bear (number used twice or not ours, unknown row)."""


def changer(db: Database, sql: str, valeurs: list[Any] | dict[str, Any], lignes: int | None = None) -> int:
    """Runs a change; with `lignes`, exactly so many rows must have changed. Raises ActeRefuse."""
    changees = int(db.execute(sql, valeurs).rowcount)
    if lignes is not None and changees != lignes:
        raise ActeRefuse(f"{changees} rows instead of {lignes}")
    return changees


def une_ligne(db: Database, sql: str, valeurs: list[Any]) -> tuple[Any, ...]:
    """The only row of a query. Raises ActeRefuse when there is none."""
    ligne = db.execute(sql, valeurs).fetchone()
    if ligne is None:
        raise ActeRefuse("no such row")
    return tuple(ligne)


def jour_utc(entete: Entete) -> str:
    """The UTC day of the operation, where the body gives no day."""
    return datetime.fromtimestamp(entete.wall / 1000, UTC).date().isoformat()


def exiger(corps: Corps | None) -> Corps:
    """The body of a type that is never erased."""
    if corps is None:
        raise ActeRefuse("body missing")
    return corps
