"""Time as an argument: what decides and what records receives a clock, so that every run can be replayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Horloge(Protocol):
    """Where the present comes from."""

    def maintenant(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def aujourdhui(self) -> date:
        """The calendar day at the desk (local time)."""
        ...


class HorlogeSysteme:
    """The computer's own clock: recorded and shown, never trusted for order (protocol §5)."""

    def maintenant(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)

    def aujourdhui(self) -> date:
        """Today at the desk."""
        return datetime.now().astimezone().date()


@dataclass(slots=True)
class HorlogeFixe:
    """A clock that stands still until moved: demonstrations of the past and tests."""

    instant: datetime

    def maintenant(self) -> datetime:
        """The instant it was set to."""
        return self.instant

    def aujourdhui(self) -> date:
        """The day it was set to."""
        return self.instant.date()
