"""SQLCipher as the one database driver, and sqlite-utils on top of it; the only module that imports either.

sqlite-utils takes its DB-API module from `pysqlite3` where that can be imported: it is given sqlcipher3, so that the
errors it catches are those really raised.
"""

from __future__ import annotations

import sys

import sqlcipher3  # type: ignore[import-untyped]
import sqlcipher3.dbapi2 as dbapi  # type: ignore[import-untyped]

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi

# These imports must come after the alias above.
import sqlite_utils.utils  # noqa: E402
from sqlite_utils import Database, Migrations  # noqa: E402

if vars(sqlite_utils.utils)["sqlite3"] is not sqlcipher3:
    raise ImportError("sqlite_utils was imported before passdesk.storage.pilote")

__all__ = ["Database", "Migrations", "connecter", "dbapi"]


def connecter(chemin: str, cle: bytes | None, *, attente_ms: int = 5000, un_fil: bool = True) -> Database:
    """An open connection, bound to the calling thread, in explicit transactions only. `cle`: 32 bytes, used raw.

    Nothing is read yet: a wrong key shows at the first query. `un_fil=False`: any thread, one at a time.
    """
    if cle is not None and len(cle) != 32:
        raise ValueError("the data key has 32 bytes")
    connexion = dbapi.connect(chemin, isolation_level=None, check_same_thread=un_fil)
    connexion.execute("PRAGMA cipher_log_level = NONE")
    # Process-wide and four to six times slower on searches; off by decision (design §4).
    connexion.execute("PRAGMA cipher_memory_security = OFF")
    if cle is not None:
        connexion.execute(f"PRAGMA key = \"x'{cle.hex()}'\"")
    for reglage in (f"busy_timeout = {attente_ms}", "temp_store = MEMORY", "secure_delete = ON", "foreign_keys = ON"):
        connexion.execute(f"PRAGMA {reglage}")
    return Database(connexion, execute_plugins=False)
