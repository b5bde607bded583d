"""Whom to call back, day by day: a month after the hand-over, and in the last month of the pass."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from passdesk.domain.rappel import Appel, IssueAppel, a_rappeler, revient_le

REMIS = date(2026, 3, 10)
FIN = date(2026, 12, 31)
ALERTE = 30


def du(jour: date, *, appel: Appel | None = None, remis: date = REMIS) -> bool:
    return a_rappeler(remis, FIN, ALERTE, appel, jour)


def test_a_month_after_the_hand_over_and_until_the_last_day() -> None:
    assert [du(jour) for jour in (REMIS, date(2026, 4, 9), date(2026, 4, 10), FIN, FIN + timedelta(days=1))] == [
        False, False, True, True, False,
    ]  # fmt: skip


def test_a_late_carnet_is_called_about_in_the_last_month_but_not_the_next_day() -> None:
    remis = date(2026, 12, 10)
    assert not du(date(2026, 12, 16), remis=remis)
    assert du(date(2026, 12, 17), remis=remis)


@pytest.mark.parametrize(
    ("issue", "jour", "encore"),
    [
        ("sans_reponse", date(2026, 5, 7), False),
        ("sans_reponse", date(2026, 5, 8), True),
        ("jointe", date(2026, 11, 30), False),
        ("jointe", date(2026, 12, 1), True),
        ("servi", date(2026, 12, 1), False),
    ],
)
def test_what_a_call_gave_says_when_to_call_again(issue: IssueAppel, jour: date, encore: bool) -> None:
    assert du(jour, appel=Appel(date(2026, 5, 1), issue)) is encore


def test_one_call_in_the_last_month_is_enough() -> None:
    assert not du(date(2026, 12, 20), appel=Appel(date(2026, 12, 2), "jointe"))


@pytest.mark.parametrize(
    ("issue", "le", "suite"),
    [
        ("sans_reponse", date(2026, 5, 1), date(2026, 5, 8)),
        ("sans_reponse", FIN - timedelta(days=5), FIN - timedelta(days=2)),
        ("sans_reponse", FIN - timedelta(days=1), FIN),
        ("sans_reponse", FIN, None),
        ("jointe", date(2026, 5, 1), date(2026, 12, 1)),
        ("jointe", date(2026, 12, 1), None),
        ("servi", date(2026, 5, 1), None),
    ],
)
def test_the_day_told_is_the_day_of_coming_back(issue: IssueAppel, le: date, suite: date | None) -> None:
    appel = Appel(le, issue)
    assert revient_le(FIN, ALERTE, appel) == suite
    jours = (le + timedelta(days=n) for n in range(1, (FIN - le).days + 2))
    assert next((jour for jour in jours if du(jour, appel=appel)), None) == suite
