"""Which backups stay when there are more of them every day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.rotation import DUREE, a_garder

MAINTENANT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
instants = st.lists(
    st.integers(-3 * 24 * 60, 60 * 24 * 60).map(lambda minutes: MAINTENANT - timedelta(minutes=minutes)), max_size=80
)


def _jours(*ages: float) -> list[datetime]:
    return [MAINTENANT - timedelta(days=age) for age in ages]


def test_a_backup_a_day_for_months_leaves_a_week_of_days_and_a_month_of_weeks() -> None:
    """Turned every day, as it happens: what is of last week today was of today once."""
    gardes: frozenset[datetime] = frozenset()
    for age in range(90, -1, -1):
        gardes = a_garder({*gardes, *_jours(age)}, MAINTENANT - timedelta(days=age))
    ages = sorted((MAINTENANT - quand).days for quand in gardes)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    semaines = [suivant - age for age, suivant in pairwise(ages[6:])]
    assert max(semaines) == 7 and ages[-1] > 21


def test_of_one_day_the_last_stays() -> None:
    matin, midi, soir = _jours(2.3, 2.2, 2.1)
    assert a_garder([midi, soir, matin], MAINTENANT) == {soir}


def test_the_only_one_stays_however_old() -> None:
    (seule, ancienne) = _jours(200, 300)
    assert a_garder([ancienne, seule], MAINTENANT) == {seule}


def test_one_from_the_future_is_not_thrown_away() -> None:
    avance, hier = _jours(-2, 1)
    assert a_garder([avance, hier], MAINTENANT) == {avance, hier}


@given(instants)
def test_never_more_than_planned_nor_older_than_a_month_and_the_latest_always(faites: list[datetime]) -> None:
    gardes = a_garder(faites, MAINTENANT)
    assert gardes <= set(faites)
    if faites:
        assert max(faites) in gardes
    passees = [quand for quand in gardes if quand <= MAINTENANT]
    assert len(passees) <= 14
    assert all(MAINTENANT - quand <= DUREE for quand in gardes - {max(faites, default=MAINTENANT)})


@given(instants)
def test_turning_twice_changes_nothing_more(faites: list[datetime]) -> None:
    gardes = a_garder(faites, MAINTENANT)
    assert a_garder(gardes, MAINTENANT) == gardes
