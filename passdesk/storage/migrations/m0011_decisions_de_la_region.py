"""What the Region decided of a case, and when this desk heard it (decision 0069)."""

from __future__ import annotations

from passdesk.storage.pilote import Database


def appliquer(db: Database) -> None:
    """Adds the columns. `decision`: a code of the Region; `decide`: ms UTC by the clock of this desk."""
    db.execute("ALTER TABLE litige ADD COLUMN decision TEXT")
    db.execute("ALTER TABLE litige ADD COLUMN decide INTEGER")
