"""From stored columns to values: dates as ISO text, instants as milliseconds UTC, lists as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from passdesk.storage.engine import Base
from passdesk.storage.pilote import dbapi

Ligne = dict[str, Any]


def lignes(base: Base, sql: str, valeurs: Sequence[Any] = ()) -> list[Ligne]:
    """The rows of a query, by column name. Raises BaseFermee("page_illisible") when a page does not decipher."""
    try:
        # Not by `Database.query`, which puts each in a savepoint lest it be no query: three statements for one.
        lues = base.db.execute(sql, list(valeurs))
        noms = [colonne[0] for colonne in lues.description]
        return [dict(zip(noms, rangee, strict=True)) for rangee in lues]
    except dbapi.DatabaseError as trouble:
        raise base.panne(trouble) from None


def ligne(base: Base, sql: str, valeurs: Sequence[Any] = ()) -> Ligne | None:
    """The first row of a query, or None."""
    return next(iter(lignes(base, sql, valeurs)), None)


def nombre(base: Base, sql: str, valeurs: Sequence[Any] = ()) -> int:
    """The single number that a query answers; 0 for NULL. Raises as `lignes`."""
    try:
        return int(base.db.execute(sql, list(valeurs)).fetchone()[0] or 0)
    except dbapi.DatabaseError as trouble:
        raise base.panne(trouble) from None


def jour(texte: str | None) -> date | None:
    """The date written as ISO text."""
    return date.fromisoformat(texte) if texte else None


def instant(millisecondes: int) -> datetime:
    """The aware instant of milliseconds since 1970 UTC."""
    return datetime.fromtimestamp(millisecondes / 1000, UTC)


def maintenant_ms(base: Base) -> int:
    """The base's clock in milliseconds since 1970 UTC."""
    return int(base.horloge.maintenant().timestamp() * 1000)


def textes(contenu: str) -> tuple[str, ...]:
    """A JSON list of texts."""
    return tuple(str(element) for element in json.loads(contenu))


def entiers(contenu: str) -> tuple[int, ...]:
    """A JSON list of integers."""
    return tuple(int(element) for element in json.loads(contenu))
