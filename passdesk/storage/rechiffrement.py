"""A base written again under another data key (`sqlcipher_export`, protocol §1)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from passdesk.domain.erreurs import PanneAttendue
from passdesk.storage.engine import FICHIER, Base, panne
from passdesk.storage.fichiers import disque, renommer
from passdesk.storage.integrite import HORS_JOURNAL, REFAITS, verifier_copie
from passdesk.storage.pilote import Database, connecter, dbapi


def rester_seul(base: Base) -> None:
    """Nobody else has the base open, nor can read it until this one closes it; its log is folded into it.

    Raises PanneAttendue("base_occupee") when somebody has, and of the disk.
    """
    base.replier()
    try:
        base.db.execute("PRAGMA locking_mode = EXCLUSIVE")
        (mode,) = base.db.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise PanneAttendue("base_occupee")
        base.db.execute("BEGIN EXCLUSIVE")
        base.db.execute("COMMIT")
    except dbapi.DatabaseError as trouble:
        raise base.panne(trouble) from None


def rechiffrer(base: Base, vers: Path, cle: bytes) -> None:
    """Everything of the base in the new file `vers`, under this key, on disk before it returns, and read back.

    Raises PanneAttendue: "base_non_copiee" (the copy is not sound), of the disk.
    """
    _exporter(base.db, base.dossier, vers, cle)
    temoin = connecter(str(vers), cle)
    try:
        if any(probleme.code not in REFAITS | HORS_JOURNAL for probleme in verifier_copie(temoin)):
            raise PanneAttendue("base_non_copiee")
    except dbapi.DatabaseError as trouble:
        raise panne(trouble, base.dossier) from None
    finally:
        temoin.conn.close()


def mettre_sous_la_cle(dossier: Path, cle: bytes, anciennes: Iterable[bytes]) -> bool:
    """The base of this folder, which nobody has open, under `cle` from now on if one of the others opens it.

    True when it is. Raises PanneAttendue of the disk; a base that none opens stays as it is.
    """
    chemin = dossier / FICHIER
    if _ouvre(chemin, cle):
        return True
    autre = next((ancienne for ancienne in anciennes if _ouvre(chemin, ancienne)), None)
    if autre is None:
        return False
    vers = chemin.with_name(f"{FICHIER}.neuve")
    with disque():
        vers.unlink(missing_ok=True)
    db = connecter(str(chemin), autre)
    try:
        _exporter(db, dossier, vers, cle)
    finally:
        db.conn.close()
    with disque():
        renommer(vers, chemin)
    return True


def _exporter(db: Database, dossier: Path, vers: Path, cle: bytes) -> None:
    with disque():
        # Made beforehand, for its owner alone: SQLite fills an empty file.
        os.close(os.open(vers, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        db.execute("ATTACH DATABASE ? AS neuve KEY ?", [str(vers), f"x'{cle.hex()}'"])
        db.execute("SELECT sqlcipher_export('neuve')").fetchall()
        db.execute("DETACH DATABASE neuve")
    except dbapi.DatabaseError as trouble:
        raise panne(trouble, dossier) from None


def _ouvre(chemin: Path, cle: bytes) -> bool:
    db = connecter(str(chemin), cle)
    try:
        return bool(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except dbapi.DatabaseError:
        return False
    finally:
        db.conn.close()
