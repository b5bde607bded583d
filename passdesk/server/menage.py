"""After an erasure, what was dropped leaves the files too: PostgreSQL keeps dead rows until a table is rewritten."""

from __future__ import annotations

import secrets

from passdesk.domain.erreurs import KnownError
from passdesk.server.magasin import Transaction, ecrire_reglage, lire_reglage
from passdesk.server.region import Region

A_FAIRE = "menage"
"""Set in the transaction of an erasure; empty once the tables were rewritten since."""
FAIT_LE = "menage_le"
"""When the tables were last rewritten (ms UTC)."""
INTERVALLE_MS = 3_600_000
"""Between two of them: all who send wait meanwhile, and one erasure after another would stop the Region."""
TABLES = ("corps", "quarantaine")
"""Where what an erasure drops is kept, sealed."""


def demander_menage(tx: Transaction) -> None:
    """Notes that dead rows still hold what was erased; by a mark of its own, so that none is forgotten for another."""
    ecrire_reglage(tx, A_FAIRE, secrets.token_bytes(8))


def faire_le_menage(region: Region) -> bool:
    """Rewrites the tables when something was erased since the last time, once an hour at most; False while it waits.

    Raises nothing.
    """
    maintenant = region.maintenant()
    try:
        with region.magasin.lire() as tx:
            marque, fait = lire_reglage(tx, A_FAIRE), lire_reglage(tx, FAIT_LE)
        if not marque:
            return True
        if fait and 0 <= maintenant - int(fait) < INTERVALLE_MS:
            return False
        if not region.magasin.reecrire(TABLES):
            return False
        with region.magasin.ecrire() as tx:
            ecrire_reglage(tx, FAIT_LE, str(maintenant).encode())
            if lire_reglage(tx, A_FAIRE) == marque:
                ecrire_reglage(tx, A_FAIRE, b"")
    except KnownError:
        # The next exchange tries again.
        return False
    return True
