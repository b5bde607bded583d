"""Whom to call back: a pass that is never spent is the known failure of such schemes (Cour des comptes, the former
operator), and nobody learns it in time but the desk that handed it over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from passdesk.domain.campagne import plus_mois

IssueAppel = Literal["jointe", "sans_reponse", "servi"]
"""The person was told; nobody answered; the person says that pass were spent."""
REPOS_JOURS = 7
"""After a carnet was handed over, and after a call that nobody answered."""


@dataclass(frozen=True, slots=True)
class Appel:
    """A call noted on a person."""

    le: date
    issue: IssueAppel


def a_rappeler(remis_le: date, dernier_jour: date, alerte_jours: int, appel: Appel | None, jour: date) -> bool:
    """Whether to call about a carnet of which no pass is known to be spent.

    A month after it was handed over; once more, or from a week after, in the last `alerte_jours` days of its pass. Not
    after `dernier_jour`, nor once the person said that it serves. A call of before the hand-over is about another one.
    """
    bientot = dernier_jour - timedelta(days=alerte_jours)
    repose = jour >= remis_le + timedelta(days=REPOS_JOURS)
    if jour > dernier_jour or not (jour >= plus_mois(remis_le, 1) or (jour >= bientot and repose)):
        return False
    if appel is None or appel.le < remis_le:
        return True
    if appel.issue == "sans_reponse":
        return jour >= appel.le + timedelta(days=REPOS_JOURS)
    return appel.issue == "jointe" and appel.le < bientot <= jour
