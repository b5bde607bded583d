"""The Region's database in PostgreSQL, through psycopg 3: one writer at a time, a few connections lent in turn."""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.abc import AdaptContext
from psycopg.adapt import Buffer, Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Format, TransactionStatus
from psycopg.types.numeric import NumericBinaryLoader

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.server.magasin import Rangee, RegleRompueError, T, Transaction, ecrire_reglage
from passdesk.server.migrations import VERSION_SCHEMA, migrer, version_de
from passdesk.server.panne_postgres import est_coupee, traduire

ATTENTE_S = 20
"""Seconds that a writer waits for the one before it, and a thread for a connection."""
ATTENTE_SECOND_S = 10
"""The same in a process beside the one that listens: what is left of its time (`ateliers`) is for the request."""
ATTENTE_MENAGE_MS = 2_000
"""For a table to rewrite: whoever syncs comes first."""
CONNEXIONS = 10
"""Connections at most: a handful of writers in a line need no more, and PostgreSQL gives 100 by default."""

_LIRE = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# The lock comes before the first snapshot that counts (READ COMMITTED takes one a statement), and PostgreSQL lets go
# of it only after the commit is visible: numbers given under it are seen in the order in which they were given.
_ECRIRE = f"BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({int.from_bytes(b'PassDesk', 'big')})"
_REGARDENT = (
    "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND backend_xmin IS NOT NULL"
)
_TABLES = "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
_DEFAUTS: dict[str, Any] = {
    "application_name": "passdesk",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_TYPES = (
    (re.compile(r"\bBLOB\b"), "BYTEA"),
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\)\s*STRICT$"), ")"),
)


def verifier_conninfo(url: str) -> str:
    """The URL as a libpq string with our defaults. Raises SaisieRefusee(region_base_mal_ecrite), without its text."""
    try:
        donnes = conninfo_to_dict(url)
        ports = str(donnes.get("port") or "5432").split(",")
        if not all(port.isascii() and port.isdigit() and int(port) < 65536 for port in ports):
            raise SaisieRefusee("region_base_mal_ecrite")
        return make_conninfo(**{**_DEFAUTS, **donnes})
    except psycopg.Error:
        raise SaisieRefusee("region_base_mal_ecrite") from None


@lru_cache(maxsize=512)
def parametrer(sql: str) -> bytes:
    """A statement with `?` for each value, as psycopg wants it."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


def dialecte(ordre: str) -> str:
    """A statement of the schema, in PostgreSQL's types."""
    for motif, mot in _TYPES:
        ordre = motif.sub(mot, ordre)
    return ordre


_BINAIRES = {int: "int8", str: "text", bytes: "bytea"}
"""What `dialecte` makes of the schema's types, by what Python writes there."""


def _type_de(colonne: Iterable[object]) -> str:
    """The type of a column whose values these are; any will do for one that holds nothing."""
    return next((_BINAIRES[type(valeur)] for valeur in colonne if valeur is not None), "text")


class _Entier(Loader):
    """`sum` over whole numbers is numeric for PostgreSQL; here nothing else is."""

    format = Format.BINARY

    def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
        super().__init__(oid, context)
        self._lire = NumericBinaryLoader(oid, context).load

    def load(self, data: Buffer) -> int:
        return int(self._lire(data))


class _TransactionPostgres:
    """One transaction of one connection."""

    def __init__(self, connexion: psycopg.Connection[Rangee]) -> None:
        # One for all: each answer is read before the next is asked for, and to make one is a third of a statement. What
        # comes back is binary: as text, bytes are twice as many, which both sides have to write and read.
        self._curseur = connexion.cursor(binary=True)
        self.reglages: dict[str, bytes | None] | None = None
        self.ordre: int | None = None
        self.travail = 0

    def commencer(self, debut: bytes) -> None:
        """Begins it; several statements at once, whose answers tell nothing."""
        self._curseur.execute(debut, prepare=False, binary=False)

    def finir(self) -> None:
        """Commits. PostgreSQL answers COMMIT with a rollback once a statement has failed: nothing may look done."""
        if self._curseur.execute("COMMIT").statusmessage != "COMMIT":
            raise RegleRompueError("rollback")

    def une(self, sql: str, *valeurs: object) -> Rangee | None:
        return self._executer(sql, valeurs).fetchone()

    def toutes(self, sql: str, *valeurs: object) -> list[Rangee]:
        rangees = self._executer(sql, valeurs).fetchall()
        self.travail += len(rangees)
        return rangees

    def faire(self, sql: str, *valeurs: object) -> int:
        return self._executer(sql, valeurs).rowcount

    def repeter(self, sql: str, rangees: Sequence[Sequence[object]]) -> None:
        if not rangees:
            return
        self.travail += len(rangees)
        try:
            self._curseur.executemany(parametrer(sql), rangees)
        except _REGLES as trouble:
            raise _regle_rompue(trouble) from None

    def inserer(self, table: str, colonnes: str, rangees: Sequence[Sequence[object]]) -> None:
        if not rangees:
            return
        copier = f"COPY {table} ({colonnes}) FROM STDIN (FORMAT BINARY)".encode()
        try:
            with self._curseur.copy(copier) as copie:
                copie.set_types([_type_de(colonne) for colonne in zip(*rangees, strict=True)])
                for rangee in rangees:
                    copie.write_row(rangee)
        except _REGLES as trouble:
            raise _regle_rompue(trouble) from None

    @contextmanager
    def etape(self) -> Iterator[None]:
        self._curseur.execute("SAVEPOINT etape")
        try:
            yield
        except BaseException:
            self.reglages = self.ordre = None
            # The connection may be what broke: the transaction is then gone, and the first trouble is the one to tell.
            with suppress(psycopg.OperationalError):
                self._curseur.execute("ROLLBACK TO SAVEPOINT etape")
                self._curseur.execute("RELEASE SAVEPOINT etape")
            raise
        self._curseur.execute("RELEASE SAVEPOINT etape")

    def _executer(self, sql: str, valeurs: tuple[Any, ...]) -> psycopg.Cursor[Rangee]:
        self.travail += 1
        try:
            return self._curseur.execute(parametrer(sql), valeurs)
        except _REGLES as trouble:
            raise _regle_rompue(trouble) from None


_REGLES = (psycopg.IntegrityError, psycopg.DataError, OverflowError)
"""What forbids a change. `OverflowError` is psycopg's own word for a number that no column holds, in a block."""


def _regle_rompue(trouble: Exception) -> RegleRompueError:
    """Its message quotes values; the name of the rule is enough."""
    regle = trouble.diag.constraint_name if isinstance(trouble, psycopg.Error) else None
    return RegleRompueError(regle or type(trouble).__name__)


class MagasinPostgres:
    """A `Magasin` over one PostgreSQL database; the password in its connection string never leaves it."""

    def __init__(self, conninfo: str, attente: int = ATTENTE_S) -> None:
        self._conninfo = conninfo
        self._attente = attente
        self._libres: queue.LifoQueue[psycopg.Connection[Rangee]] = queue.LifoQueue()
        self._places = threading.BoundedSemaphore(CONNEXIONS)

    @classmethod
    def creer(cls, conninfo: str, reglages: Mapping[str, bytes]) -> MagasinPostgres:
        """The tables and these settings, in one transaction. Raises SaisieRefusee(region_deja_initialisee,
        region_base_encodage), BaseFermee(region_acces_refuse), PanneAttendue."""
        magasin = cls(conninfo)
        try:
            with magasin.ecrire() as tx:
                if tx.une("SHOW server_encoding") != ("UTF8",):
                    raise SaisieRefusee("region_base_encodage")
                if _version(tx):
                    raise SaisieRefusee("region_deja_initialisee")
                migrer(tx, 0, dialecte)
                for cle, valeur in reglages.items():
                    ecrire_reglage(tx, cle, valeur)
        except BaseException:
            magasin.fermer()
            raise
        return magasin

    @classmethod
    def ouvrir(cls, conninfo: str, *, second: bool = False) -> MagasinPostgres:
        """An existing database, brought to the present version. Raises BaseFermee(region_absente, region_recente,
        region_illisible, region_acces_refuse), PanneAttendue.

        `second`: another process has just done that. Raises BaseFermee(region_changee) for an older version."""
        magasin = cls(conninfo, ATTENTE_SECOND_S if second else ATTENTE_S)
        try:
            with magasin.lire() as tx:
                version = _version(tx)
            if version == 0:
                raise BaseFermee("region_absente")
            if version > VERSION_SCHEMA:
                raise BaseFermee("region_recente")
            if version < VERSION_SCHEMA and second:
                raise BaseFermee("region_changee")
            if version < VERSION_SCHEMA:
                with magasin.ecrire() as tx:
                    migrer(tx, _version(tx), dialecte)
        except BaseException:
            magasin.fermer()
            raise
        return magasin

    @contextmanager
    def ecrire(self) -> Iterator[Transaction]:
        """See `Magasin`. Raises PanneAttendue(region_occupee) when another writer holds on for too long,
        PanneAttendue(region_injoignable, region_disque) when PostgreSQL is not there or cannot write."""
        with self._transaction(_ECRIRE) as transaction:
            yield transaction

    @contextmanager
    def lire(self) -> Iterator[Transaction]:
        """See `Magasin`."""
        with self._transaction(_LIRE) as transaction:
            yield transaction

    def regarder(self, regard: Callable[[Transaction], T]) -> T:
        """See `Magasin`. Neither BEGIN nor COMMIT: two waits less for each exchange."""
        with self._place():
            connexion, lu = self._sur_une_connexion(lambda connexion: regard(_TransactionPostgres(connexion)))
            self._reposer(connexion)
            return lu

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._attente):
            raise PanneAttendue("region_occupee")
        try:
            yield
        except psycopg.Error as trouble:
            raise traduire(trouble) from None
        finally:
            self._places.release()

    @contextmanager
    def _transaction(self, debut: str) -> Iterator[Transaction]:
        with self._place():
            connexion, transaction = self._sur_une_connexion(lambda connexion: _commencee(connexion, debut.encode()))
            try:
                yield transaction
                transaction.finir()
            finally:
                self._reposer(connexion)

    def _sur_une_connexion(
        self, faire: Callable[[psycopg.Connection[Rangee]], T]
    ) -> tuple[psycopg.Connection[Rangee], T]:
        """A connection on which this was done, and what came of it."""
        while True:
            try:
                connexion, neuve = self._libres.get_nowait(), False
            except queue.Empty:
                connexion, neuve = self._connecter(), True
            try:
                return connexion, faire(connexion)
            except BaseException as trouble:
                self._reposer(connexion)
                # PostgreSQL started again since: nothing had begun, so another connection will do.
                if neuve or not (isinstance(trouble, psycopg.Error) and est_coupee(trouble, connexion)):
                    raise

    def _connecter(self) -> psycopg.Connection[Rangee]:
        connexion: psycopg.Connection[Rangee] = psycopg.connect(self._conninfo, autocommit=True, client_encoding="utf8")
        try:
            connexion.adapters.register_loader("numeric", _Entier)
            connexion.execute(
                f"SET lock_timeout = {self._attente * 1000}; SET idle_in_transaction_session_timeout = '60s'; "
                # What is told to a desk as kept is on the disk, whatever the database's own habit.
                "SELECT set_config('synchronous_commit', 'on', false) "
                "WHERE current_setting('synchronous_commit') = 'off'".encode(),
                prepare=False,
            )
        except BaseException:
            connexion.close()
            raise
        return connexion

    def _reposer(self, connexion: psycopg.Connection[Rangee]) -> None:
        """Back among the free ones, with nothing begun; closed when that cannot be had."""
        if connexion.pgconn.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            with suppress(psycopg.Error):
                connexion.execute("ROLLBACK", prepare=False)
        if connexion.pgconn.transaction_status == TransactionStatus.IDLE:
            self._libres.put(connexion)
        else:
            connexion.close()

    def reecrire(self, tables: Sequence[str]) -> bool:
        """See `Magasin`. While another transaction may still see the dropped rows, PostgreSQL would copy them too."""
        try:
            with self._connecter() as connexion:
                connexion.execute(f"SET lock_timeout = {ATTENTE_MENAGE_MS}".encode(), prepare=False)
                if connexion.execute(_REGARDENT).fetchone() != (0,):
                    return False
                for table in tables:
                    connexion.execute(f"VACUUM FULL {table}".encode(), prepare=False)
        except psycopg.Error:
            return False
        return True

    def fermer(self) -> None:
        """Closes every connection that is not in use."""
        while True:
            try:
                self._libres.get_nowait().close()
            except queue.Empty:
                return


def _commencee(connexion: psycopg.Connection[Rangee], debut: bytes) -> _TransactionPostgres:
    transaction = _TransactionPostgres(connexion)
    transaction.commencer(debut)
    return transaction


def _version(tx: Transaction) -> int:
    return version_de(tx, {nom for (nom,) in tx.toutes(_TABLES)})
