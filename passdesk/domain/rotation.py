"""Which backups stay: the last of each recent day, then one a week, and none beyond a month but the latest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

JOURS = 7
DUREE = timedelta(days=30)
"""What an erased person may still stand in, at most: nothing older is kept (protocol §8)."""


def a_garder(instants: Iterable[datetime], maintenant: datetime) -> frozenset[datetime]:
    """The instants of the backups to keep, out of those that exist. The latest always stays.

    The last one of each day of the last `JOURS`, then of each week. Days and weeks stand still in the calendar: counted
    back from now, each turn would drop what was to become the backup of last week. One that claims to come from the
    future stays: the clock was wrong, not the backup.
    """
    tous = sorted(instants)
    gardes: dict[tuple[str, int], datetime] = {}
    for instant in tous:
        age = maintenant - instant
        if timedelta(0) <= age < timedelta(days=JOURS):
            gardes["jour", instant.toordinal()] = instant
        elif timedelta(0) <= age <= DUREE:
            gardes["semaine", instant.toordinal() // 7] = instant
    futurs = (instant for instant in tous if instant > maintenant)
    return frozenset((*gardes.values(), *futurs, *tous[-1:]))
