"""What came of a courier, in sentences; for the page and the command, without any Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from passdesk.ui.messages import message

if TYPE_CHECKING:
    from passdesk.services.courrier import CourrierPrepare
    from passdesk.services.synchroniser import BilanEnvoi


def phrase_prepare(fait: CourrierPrepare) -> str:
    """What was written, and what waits for another one."""
    return _suivi(str(message("courrier_prepare", actes=fait.actes)), fait.restent)


def phrase_lu(bilan: BilanEnvoi) -> str:
    """What the answer says."""
    if bilan.fin != "fini":
        return str(message(bilan.raison or "courrier_illisible"))
    return _suivi(str(message("courrier_lu", actes=bilan.envoyes, recues=bilan.recus)), bilan.restent)


def _suivi(phrase: str, restent: int) -> str:
    return f"{phrase} {message('courrier_suite', restent=restent)}" if restent else phrase
