"""The Region's database in one SQLite file: WAL, synchronous FULL, one writer (`BEGIN IMMEDIATE`), STRICT tables."""

from __future__ import annotations

import queue
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.server.magasin import Rangee, RegleRompueError, T, Transaction, ecrire_reglage
from passdesk.server.migrations import VERSION_SCHEMA, migrer, version_de

ATTENTE_S = 20.0
"""Seconds that a writer waits for the one before it."""
ATTENTE_SECOND_S = 10.0
"""The same in a process beside the one that listens: what is left of its time (`ateliers`) is for the request."""

_DISQUE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}
_ENTETE = b"SQLite format 3\0"
_PARMI = "= ANY (?)"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


class _TransactionSqlite:
    """One transaction of one connection."""

    def __init__(self, connexion: sqlite3.Connection) -> None:
        self._connexion = connexion
        self.reglages: dict[str, bytes | None] | None = None
        self.ordre: int | None = None
        self.travail = 0
        self._etapes = 0
        self.rompue = False
        """True once a rule was broken outside any `etape`: as in PostgreSQL, nothing of it can be kept."""

    def une(self, sql: str, *valeurs: object) -> Rangee | None:
        rangee: Rangee | None = self._executer(sql, valeurs).fetchone()
        return rangee

    def toutes(self, sql: str, *valeurs: object) -> list[Rangee]:
        rangees: list[Rangee] = self._executer(sql, valeurs).fetchall()
        self.travail += len(rangees)
        return rangees

    def faire(self, sql: str, *valeurs: object) -> int:
        return self._executer(sql, valeurs).rowcount

    def repeter(self, sql: str, rangees: Sequence[Sequence[object]]) -> None:
        for valeurs in rangees:
            self._executer(sql, tuple(valeurs))

    def inserer(self, table: str, colonnes: str, rangees: Sequence[Sequence[object]]) -> None:
        marques = ", ".join("?" * (colonnes.count(",") + 1))
        self.repeter(f"INSERT INTO {table} ({colonnes}) VALUES ({marques})", rangees)  # noqa: S608

    @contextmanager
    def etape(self) -> Iterator[None]:
        self._connexion.execute("SAVEPOINT etape")
        self._etapes += 1
        try:
            yield
        except BaseException:
            self.reglages = self.ordre = None
            self._connexion.execute("ROLLBACK TO etape")
            raise
        finally:
            self._etapes -= 1
            self._connexion.execute("RELEASE etape")

    def _executer(self, sql: str, valeurs: tuple[Any, ...]) -> sqlite3.Cursor:
        self.travail += 1
        if _PARMI in sql:
            sql, valeurs = _deplier(sql, valeurs)
        try:
            if any(isinstance(valeur, str) and "\0" in valeur for valeur in valeurs):
                # SQLite would take it; PostgreSQL does not, and one contract holds for both.
                raise OverflowError
            return self._connexion.execute(sql, valeurs)
        except (sqlite3.IntegrityError, OverflowError) as trouble:
            self.rompue |= self._etapes == 0
            raise RegleRompueError(type(trouble).__name__) from None


def _deplier(sql: str, valeurs: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """The same statement with each list as so many values: SQLite has no arrays."""
    plates: list[Any] = []
    for valeur in valeurs:
        if isinstance(valeur, list):
            sql = sql.replace(_PARMI, f"IN ({', '.join('?' * len(valeur))})", 1)
            plates.extend(valeur)
        else:
            plates.append(valeur)
    return sql, tuple(plates)


class MagasinSqlite:
    """A `Magasin` over one file; connections are kept and lent to one transaction at a time."""

    def __init__(self, fichier: Path, attente: float = ATTENTE_S) -> None:
        self._fichier = fichier
        self._attente = attente
        self._libres: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()

    @classmethod
    def creer(cls, fichier: Path, reglages: Mapping[str, bytes]) -> MagasinSqlite:
        """A new database with these settings. Raises SaisieRefusee(region_deja_initialisee), PanneAttendue."""
        if fichier.exists():
            raise SaisieRefusee("region_deja_initialisee")
        magasin = cls(fichier)
        try:
            magasin._migrer(reglages)
        except BaseException:
            magasin.fermer()
            fichier.unlink(missing_ok=True)
            raise
        return magasin

    @classmethod
    def ouvrir(cls, fichier: Path, *, second: bool = False) -> MagasinSqlite:
        """An existing database, read through once, brought to the present version. Raises BaseFermee(region_absente,
        region_illisible, region_recente), PanneAttendue; what cannot be opened is left as it is.

        `second`: another process has just done that, its version alone is looked at. Raises BaseFermee(region_changee)
        when it is an older one."""
        if not fichier.is_file():
            raise BaseFermee("region_absente")
        try:
            version = _examiner(fichier, entiere=not second)
        except sqlite3.DatabaseError as trouble:
            raise _traduit(trouble) from None
        if second and version < VERSION_SCHEMA:
            raise BaseFermee("region_changee")
        magasin = cls(fichier, ATTENTE_SECOND_S if second else ATTENTE_S)
        if version < VERSION_SCHEMA:
            magasin._migrer({})
        return magasin

    def _migrer(self, reglages: Mapping[str, bytes]) -> None:
        with self.ecrire() as tx:
            migrer(tx, version_de(tx, {nom for (nom,) in tx.toutes(_TABLES)}))
            for cle, valeur in reglages.items():
                ecrire_reglage(tx, cle, valeur)
            # What a program from before the table `migration` looks at.
            tx.faire(f"PRAGMA user_version = {VERSION_SCHEMA}")

    def _connecter(self) -> sqlite3.Connection:
        connexion = sqlite3.connect(
            self._fichier, timeout=self._attente, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            connexion.execute("PRAGMA journal_mode = WAL")
            connexion.execute("PRAGMA synchronous = FULL")
            connexion.execute("PRAGMA foreign_keys = ON")
            connexion.execute("PRAGMA secure_delete = ON")
        except BaseException:
            connexion.close()
            raise
        return connexion

    @contextmanager
    def ecrire(self) -> Iterator[Transaction]:
        """See `Magasin`. Raises PanneAttendue(region_occupee) when another writer holds on for too long."""
        with self._transaction("BEGIN IMMEDIATE") as transaction:
            yield transaction

    @contextmanager
    def lire(self) -> Iterator[Transaction]:
        """See `Magasin`."""
        with self._transaction("BEGIN") as transaction:
            yield transaction

    def regarder(self, regard: Callable[[Transaction], T]) -> T:
        """See `Magasin`."""
        with self.lire() as tx:
            return regard(tx)

    @contextmanager
    def _transaction(self, debut: str) -> Iterator[Transaction]:
        connexion = None
        try:
            connexion = self._prendre()
            connexion.execute(debut)
            transaction = _TransactionSqlite(connexion)
            yield transaction
            if transaction.rompue:
                raise RegleRompueError("rollback")
            connexion.execute("COMMIT")
        except sqlite3.DatabaseError as trouble:
            raise _traduit(trouble) from None
        finally:
            if connexion is not None:
                if connexion.in_transaction:
                    with suppress(sqlite3.Error):
                        connexion.execute("ROLLBACK")
                self._libres.put(connexion)

    def _prendre(self) -> sqlite3.Connection:
        try:
            return self._libres.get_nowait()
        except queue.Empty:
            return self._connecter()

    def reecrire(self, tables: Sequence[str]) -> bool:  # noqa: ARG002
        """See `Magasin`. Nothing to do: `secure_delete` overwrites what is dropped, as it is dropped."""
        return True

    def fermer(self) -> None:
        """Closes every connection that is not in use."""
        while True:
            try:
                self._libres.get_nowait().close()
            except queue.Empty:
                return


def _examiner(fichier: Path, *, entiere: bool) -> int:
    """The version, looked at before anything is written: SQLite would make a database of an empty file, and serve
    around a hole. `entiere`: every page is."""
    with fichier.open("rb") as flux:
        if flux.read(len(_ENTETE)) != _ENTETE:
            raise BaseFermee("region_illisible")
    connexion = sqlite3.connect(fichier, timeout=ATTENTE_S, isolation_level=None)
    try:
        (version,) = connexion.execute("PRAGMA user_version").fetchone()
        if version > VERSION_SCHEMA:
            raise BaseFermee("region_recente")
        saine = not entiere or connexion.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        tx = _TransactionSqlite(connexion)
        lue = version_de(tx, {nom for (nom,) in tx.toutes(_TABLES)}) if saine else 0
        if lue > VERSION_SCHEMA:
            raise BaseFermee("region_recente")
        if lue == 0:
            raise BaseFermee("region_illisible")
        return lue
    finally:
        connexion.close()


def _traduit(trouble: sqlite3.DatabaseError) -> PanneAttendue | BaseFermee:
    primaire = trouble.sqlite_errorcode & 0xFF
    if primaire in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return PanneAttendue("region_occupee")
    if primaire in _DISQUE and trouble.sqlite_errorcode != sqlite3.SQLITE_IOERR_SHORT_READ:
        return PanneAttendue("region_disque")
    return BaseFermee("region_illisible")
