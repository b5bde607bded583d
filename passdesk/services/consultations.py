"""Each look at the file of a person leaves a trace: the person may ask who looked (decision 0035)."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TypeVar

from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.personne import Personne
from passdesk.domain.visite import Brouillon
from passdesk.services.poste import Poste
from passdesk.storage import consultations

T = TypeVar("T", Personne | None, Brouillon | None)
FICHE, EXPORT = "fiche", "export"
VISITE, CARNET, DECISION, COMPARAISON = "visite", "carnet", "decision", "comparaison"
SCAN_RETIRE = "scan_retire"
"""How a file was looked at: itself, everything gathered, a visit opened on it, a carnet of theirs, a decision
explained, beside another file; or that a damaged scan of theirs was taken away."""
REPOS = timedelta(minutes=30)
"""The same agent looking again at the same file within that time is one look."""


def noter(poste: Poste, personne_id: str, geste: str = FICHE) -> None:
    """Keeps who looks at whom now. A disk that refuses is told by the next act: it never hides the file."""
    with contextlib.suppress(PanneAttendue):
        consultations.noter(poste.base, personne_id, poste.agent_id, geste, repos_ms=int(REPOS.total_seconds() * 1000))


def regarder(poste: Poste, sur: T) -> T:
    """A visit opens on what was just read, given back as it is; nobody known yet is nobody looked at."""
    if sur is not None and sur.personne_id is not None:
        noter(poste, sur.personne_id, VISITE)
    return sur
