"""When what is typed of a visit was kept."""

from __future__ import annotations

from datetime import datetime

from passdesk.services.poste import Poste
from passdesk.storage import brouillons


def derniere_saisie(poste: Poste, brouillon_id: str) -> datetime | None:
    """When the draft with this id was last kept (UTC), None while nothing of it was."""
    return brouillons.modifie_le(poste.base, brouillon_id)
