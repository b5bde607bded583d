"""Which events of the Region were heard here, so that both sides can compare what this desk knows (decision 0060)."""

from __future__ import annotations

from passdesk.storage.pilote import Database


def appliquer(db: Database) -> None:
    """Creates the table. `empreinte`: 40 bits of the event's hash. Awards of other desks stand in `index_regional`."""
    db.execute("CREATE TABLE nouvelle (srv_seq INTEGER PRIMARY KEY, empreinte INTEGER NOT NULL) STRICT")
