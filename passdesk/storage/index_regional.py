"""The thin region-wide index: awards of other desks by blind key (protocol §6); no name is in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from passdesk.domain.demande import Anterieur
from passdesk.protocol import canonique
from passdesk.protocol.etat import empreinte_index
from passdesk.protocol.index_renouvele import cle_renouvelee
from passdesk.storage import poste as identite
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, lignes

_SUITE = "index_suite"


def suite(base: Base) -> tuple[bytes, ...]:
    """The further secrets of the index, in order; none before it was first renewed (decision 0059)."""
    octets = identite.lire_octets(base, _SUITE)
    lue = canonique.decode(octets) if octets else []
    return tuple(secret for secret in lue if isinstance(secret, bytes)) if isinstance(lue, list) else ()


def renouveler(base: Base, secrets: Sequence[bytes]) -> bool:
    """Takes up further secrets: every row goes by the new keys. To be called in the transaction that moves the cursor.

    False when they do not follow those known here (the Region was put back to a backup, then renewed again): the rows
    are dropped, and the Region is to tell them all again.
    """
    connus = suite(base)
    suivent = tuple(secrets[: len(connus)]) == connus
    if suivent and len(secrets) == len(connus):
        return True
    with base.ecriture() as db:
        # From now on the Region tells these awards by the keys that they have here.
        db.execute("DELETE FROM nouvelle WHERE srv_seq IN (SELECT srv_seq FROM index_regional)")
        if not suivent:
            db.execute("DELETE FROM index_regional")
        for champs in lignes(base, "SELECT DISTINCT cle FROM index_regional"):
            neuve = cle_renouvelee(champs["cle"], secrets[len(connus) :])
            db.execute("UPDATE index_regional SET cle = ? WHERE cle = ?", [neuve, champs["cle"]])
    identite.ecrire_octets(base, _SUITE, canonique.encode(list(secrets)))
    return suivent


def ajouter(base: Base, srv_seq: int, cle: bytes, nombre_pass: int, le: date, poste: str, *, version: int = 1) -> None:
    """Records one award told by the Region; told twice, it counts once. `poste`: device that made it.

    `version`: of its key; one told before the index was renewed is brought up to it, and noted as it was told: a Region
    put back to before a theft goes by the keys of before, and its digest with it (decision 0059).
    """
    plus_recents = suite(base)[version - 1 :]
    dite = [cle_renouvelee(cle, plus_recents), nombre_pass, le.isoformat(), poste]
    with base.ecriture() as db:
        sql = "INSERT OR IGNORE INTO index_regional (srv_seq, cle, pass, le, poste) VALUES (?, ?, ?, ?, ?)"
        if db.execute(sql, [srv_seq, *dite]).rowcount:
            # Told in an earlier life of the server: the same award, not another.
            db.execute(
                "DELETE FROM index_regional WHERE srv_seq = (SELECT min(srv_seq) FROM index_regional "
                "WHERE srv_seq < 0 AND (cle, pass, le, poste) = (?, ?, ?, ?))",
                dite,
            )
            if plus_recents:
                telle = empreinte_index(srv_seq, cle, nombre_pass, le.isoformat(), poste)
                db.execute("INSERT OR REPLACE INTO nouvelle (srv_seq, empreinte) VALUES (?, ?)", [srv_seq, telle])


def changer_de_vie(base: Base, apres: int = 0) -> None:
    """What follows `apres` is told again: the server was restored and its numbers start from an earlier one, or what
    is here differs from what it holds.

    What it does not tell any more still counts: the award was made, its desk has yet to send it again.
    """
    with base.ecriture() as db:
        # Numbered anew below zero, in their order: those of a life before may still be there.
        ou = "WHERE srv_seq < 0 OR srv_seq > ?"
        dites = db.execute(f"SELECT cle, pass, le, poste FROM index_regional {ou} ORDER BY srv_seq", [apres]).fetchall()  # noqa: S608
        db.execute(f"DELETE FROM index_regional {ou}", [apres])  # noqa: S608
        db.conn.executemany(
            "INSERT INTO index_regional (srv_seq, cle, pass, le, poste) VALUES (?, ?, ?, ?, ?)",
            [(rang - len(dites), *dite) for rang, dite in enumerate(dites)],
        )


def anterieurs(base: Base, cle: bytes, *, sauf_poste: str | None) -> tuple[Anterieur, ...]:
    """Awards of this identity at other desks, oldest first; those of `sauf_poste` (this desk) are in its own log."""
    sql = "SELECT pass, le, poste FROM index_regional WHERE cle = ? AND poste IS NOT ? ORDER BY srv_seq"
    return _en_cours(lignes(base, sql, [cle_renouvelee(cle, suite(base)), sauf_poste]))


def anterieurs_du_poste(base: Base, cle: bytes, poste: str) -> tuple[Anterieur, ...]:
    """Awards of this identity at that desk, as the Region tells them, oldest first."""
    sql = "SELECT pass, le, poste FROM index_regional WHERE cle = ? AND poste = ? ORDER BY srv_seq"
    return _en_cours(lignes(base, sql, [cle_renouvelee(cle, suite(base)), poste]))


def _en_cours(dites: list[Ligne]) -> tuple[Anterieur, ...]:
    """A negative row takes back the latest award of that size at that desk."""
    en_cours: list[tuple[str, int, str]] = []
    for champs in dites:
        poste, combien, le = champs["poste"], champs["pass"], champs["le"]
        if combien > 0:
            en_cours.append((le, combien, poste))
            continue
        repris = [rang for rang, (_, n, p) in enumerate(en_cours) if (n, p) == (-combien, poste)]
        if repris:
            en_cours.pop(repris[-1])
    return tuple(Anterieur(combien, date.fromisoformat(le)) for le, combien, _ in sorted(en_cours))
