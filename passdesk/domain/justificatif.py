"""When a proof is good: how old it may be, and until which day it may be dated (contracts §2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from passdesk.domain.campagne import plus_mois
from passdesk.domain.demande import JustificatifPresente

EtatPiece = Literal["bonne", "perimee", "posterieure", "sans_date"]
"""What can be said of one paper shown; "sans_date": it carries none and one is needed."""

_RANGS: dict[EtatPiece, int] = {"bonne": 0, "perimee": 1, "posterieure": 2, "sans_date": 3}


@lru_cache(maxsize=4096)
def premier_jour_accepte(moins_de_mois: int | None, arrivee_le: date) -> date | None:
    """The first day a paper may be dated: the morrow of the same day `moins_de_mois` months before the arrival.

    Clamped at the end of the month: arrived on 31 May, the paper is dated after 28 (or 29) February. None: no limit.
    """
    if moins_de_mois is None:
        return None
    return plus_mois(arrivee_le, -moins_de_mois) + timedelta(days=1)


def dernier_jour_accepte(piece: JustificatifPresente, arrivee_le: date, jusqu_au: str = "jour_vu") -> date:
    """The last day a paper may be dated: the day it was seen, never before the arrival; or the arrival itself."""
    if jusqu_au == "arrivee" or piece.vu_le is None:
        return arrivee_le
    return max(piece.vu_le, arrivee_le)


def juger_piece(
    piece: JustificatifPresente, moins_de_mois: int | None, arrivee_le: date, jusqu_au: str = "jour_vu"
) -> EtatPiece:
    """What one paper is worth. Without a limit of age it needs no date, but it may never be dated after it was seen."""
    if piece.date is None:
        return "bonne" if moins_de_mois is None else "sans_date"
    if piece.date > dernier_jour_accepte(piece, arrivee_le, jusqu_au):
        return "posterieure"
    debut = premier_jour_accepte(moins_de_mois, arrivee_le)
    return "perimee" if debut is not None and piece.date < debut else "bonne"


def meilleur_etat(etats: Iterable[EtatPiece]) -> EtatPiece | None:
    """What a requirement is worth whose alternatives are worth `etats`: one good paper is enough.

    Otherwise too old comes before dated later, and that before no usable date; None when no paper was shown.
    """
    return min(etats, key=_RANGS.__getitem__, default=None)
