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
"""After a carnet was handed over, and at most after a call that nobody answered."""


@dataclass(frozen=True, slots=True)
class Appel:
    """A call noted about a carnet."""

    le: date
    issue: IssueAppel


def a_rappeler(remis_le: date, dernier_jour: date, alerte_jours: int, appel: Appel | None, jour: date) -> bool:
    """Whether to call about a carnet of which no pass is known to be spent; `appel`, the last one about it.

    A month after it was handed over; once more, or from a week after, in the last `alerte_jours` days of its pass. Not
    after `dernier_jour`, nor once the person said that it serves.
    """
    if appel is None:
        bientot = _bientot(dernier_jour, alerte_jours)
        debut = min(plus_mois(remis_le, 1), max(bientot, remis_le + timedelta(days=REPOS_JOURS)))
    else:
        suite = revient_le(dernier_jour, alerte_jours, appel)
        if suite is None:
            return False
        debut = suite
    return debut <= jour <= dernier_jour


def revient_le(dernier_jour: date, alerte_jours: int, appel: Appel) -> date | None:
    """The day from which to call again after this call; None when it was the last one about that carnet.

    Nobody answered: a week later, sooner when the pass end sooner, as long as a day is left. Reached: when the last
    days of the pass begin, unless they had.
    """
    if appel.issue == "sans_reponse":
        restent = (dernier_jour - appel.le).days
        return appel.le + timedelta(days=min(REPOS_JOURS, (restent + 1) // 2)) if restent > 0 else None
    bientot = _bientot(dernier_jour, alerte_jours)
    return bientot if appel.issue == "jointe" and appel.le < bientot else None


def _bientot(dernier_jour: date, alerte_jours: int) -> date:
    return dernier_jour - timedelta(days=alerte_jours)
