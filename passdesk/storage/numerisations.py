"""Scans of proofs, as JPEG pages in the encrypted base: outside the log, and never sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby

from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes, maintenant_ms
from passdesk.storage.pilote import Database


def empreinte(pages: Iterable[bytes]) -> str:
    """SHA-256 of the pages, each after its length (8 bytes, big endian), in hexadecimal."""
    calcul = hashlib.sha256()
    for page in pages:
        calcul.update(len(page).to_bytes(8, "big") + page)
    return calcul.hexdigest()


def abimees(db: Database) -> tuple[tuple[str, str], ...]:
    """The scans (request, hash) that are not what their hash says, read page by page."""
    sql = "SELECT demande_id, empreinte, octets FROM numerisation ORDER BY demande_id, empreinte, page"
    trouvees = []
    for scan, feuilles in groupby(db.execute(sql), key=lambda rangee: (rangee[0], rangee[1])):
        if empreinte(octets for _, _, octets in feuilles) != scan[1]:
            trouvees.append(scan)
    return tuple(trouvees)


def retirer(base: Base, demande_id: str, cle: str) -> None:
    """Drops the pages with this hash."""
    with base.ecriture() as db:
        db.execute("DELETE FROM numerisation WHERE (demande_id, empreinte) = (?, ?)", [demande_id, cle])


def enregistrer(base: Base, demande_id: str, pages: Sequence[bytes]) -> str:
    """Keeps the pages of one proof of a request (or of the draft that will be it); returns their hash."""
    cle = empreinte(pages)
    maintenant = maintenant_ms(base)
    with base.ecriture() as db:
        for rang, octets in enumerate(pages):
            db.execute(
                "INSERT OR REPLACE INTO numerisation (demande_id, empreinte, page, octets, ajoute) "
                "VALUES (?, ?, ?, ?, ?)",
                [demande_id, cle, rang, octets, maintenant],
            )
    return cle


def pages(base: Base, demande_id: str, cle: str) -> tuple[bytes, ...]:
    """The pages with this hash, in order; none once they were dropped."""
    sql = "SELECT octets FROM numerisation WHERE demande_id = ? AND empreinte = ? ORDER BY page"
    return tuple(bytes(champs["octets"]) for champs in lignes(base, sql, [demande_id, cle]))


def ne_garder_que(base: Base, demande_id: str, cles: Sequence[str] = ()) -> None:
    """Drops the pages of a request that none of its proofs names any more."""
    marques = ", ".join("?" for _ in cles)
    with base.ecriture() as db:
        db.execute(
            f"DELETE FROM numerisation WHERE demande_id = ? AND empreinte NOT IN ({marques})",  # noqa: S608
            [demande_id, *cles],
        )
