"""The last act of the log."""

from __future__ import annotations

from datetime import datetime

from passdesk.storage.engine import Base
from passdesk.storage.lecture import instant, ligne


def dernier_acte(base: Base) -> datetime | None:
    """When the last operation was recorded (UTC), as this computer said then; None before any."""
    lu = ligne(base, "SELECT wall FROM operation ORDER BY epoch DESC, seq DESC LIMIT 1")
    return instant(lu["wall"]) if lu else None
