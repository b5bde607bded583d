"""What `passdesk region` prints: announcements and cases, for people and as JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime

from passdesk.domain.francais import date_longue
from passdesk.ui.messages import message


def annonce(code: str, **faits: str | int | date) -> str:
    """The sentence of something done; days are written in words."""
    lisibles = {nom: date_longue(fait) if isinstance(fait, date) else fait for nom, fait in faits.items()}
    return str(message(code, **lisibles))


def jour_de(millisecondes: int) -> date:
    """The day (UTC) of an instant in ms."""
    return instant_de(millisecondes).date()


def instant_de(millisecondes: int) -> datetime:
    """An instant (UTC) in ms."""
    return datetime.fromtimestamp(millisecondes / 1000, UTC)
