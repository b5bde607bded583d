"""Is the base sound: pages, structure, hash chain, bodies, tables against the log, scans, search index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from threading import Lock

from passdesk.domain.carnet import TransitionInterdite
from passdesk.domain.erreurs import BaseFermee, KnownError, PanneAttendue
from passdesk.protocol.operations import Operation, Tete, TypeOperation, verifier_chaine, verifier_corps
from passdesk.storage import acquit, journal, numerisations, poste, projections
from passdesk.storage.appareil import lire_appareil
from passdesk.storage.engine import Base, panne
from passdesk.storage.migrations import migrations
from passdesk.storage.pilote import Database, connecter, dbapi

_COPIE = Lock()
Etape = Callable[[Database], Iterator["Probleme"]]
PAS = 2_000
"""Steps of SQLite's machine between two looks at whether to stop."""
_INDEX = re.compile(r"index|non-unique", re.IGNORECASE)
_LIBRES = re.compile(r"freelist|never used", re.IGNORECASE)
_RECHERCHE = re.compile(r"fts5", re.IGNORECASE)
_HORS_COMPARAISON = frozenset({"rang"})
"""Columns that depend on the history of the table, not on the log."""


_REJEU = (
    *(KnownError, TransitionInterdite, projections.ActeRefuse, projections.OperationInconnue),
    *(KeyError, TypeError, ValueError, dbapi.IntegrityError, dbapi.InterfaceError),
)
"""What a log that names what it never made, or of a program to come, raises."""


REFAITS = frozenset(
    {
        *("table_differente", "lien_rompu", "recherche_differente", "index_abime", "pages_perdues", "corps_reste"),
        "forme_differente",
    }
)
"""What the log makes again, and the shape that the migrations give."""


HORS_JOURNAL = frozenset({"numerisation_abimee", "acquit_falsifie"})
"""Beside the log: a base that has nothing worse is a good one to go back to."""


@dataclass(frozen=True, slots=True)
class Probleme:
    """One thing that is not as it should be: a code and facts, numbers and table names only."""

    code: str
    faits: dict[str, str | int] = field(default_factory=dict)


def verifier_base(base: Base, arreter: Callable[[], bool] = lambda: False) -> tuple[Probleme, ...]:
    """Everything wrong with this base, in the order of the checks; empty when it is sound. Changes nothing.

    `arreter` is asked all along: on a large desk it takes minutes, and the program may be closing. Raises
    PanneAttendue("base_occupee") while another connection keeps writing, "disque_plein", VerificationArretee.
    """
    with _interruptible(base.db, arreter):
        problemes = list(_passer(base.db, (_pages, _structure, _forme, _liens)))
        # One snapshot: what another connection writes meanwhile is not a difference.
        base.db.execute("BEGIN")
        try:
            problemes += _passer(base.db, (_chaine, _region, _corps))
            problemes += _passer(base.db, (partial(_tables, arreter=arreter), _numerisations))
        finally:
            base.db.rollback()
        return (*problemes, *_passer(base.db, (_recherche,)))


def verifier_copie(db: Database) -> tuple[Probleme, ...]:
    """What is wrong with the pages, the structure, the chain or the bodies of a base that nobody else has open.

    Its tables are not compared with the log: on a large desk that takes minutes.
    """
    return tuple(_passer(db, (_pages, _structure, _chaine, _region, _corps)))


def verifier_appareil(base: Base, cle: bytes) -> tuple[Probleme, ...]:
    """Whether a desk linked to the Region still holds its own keys beside the base: without them it prints nothing."""
    if poste.lire_texte(base, "appareil") is None:
        return ()
    try:
        presentes = lire_appareil(base.dossier, cle) is not None
    except BaseFermee:
        presentes = False
    return () if presentes else (Probleme("cles_appareil_absentes"),)


class VerificationArretee(Exception):
    """The program is closing: nothing is known of what was not looked at."""


@contextmanager
def _interruptible(db: Database, arreter: Callable[[], bool]) -> Iterator[None]:
    db.conn.set_progress_handler(lambda: int(arreter()), PAS)
    try:
        yield
    finally:
        db.conn.set_progress_handler(None, PAS)


def _passer(db: Database, etapes: tuple[Etape, ...]) -> Iterator[Probleme]:
    for etape in etapes:
        try:
            yield from etape(db)
        except dbapi.DatabaseError as trouble:
            if "interrupted" in str(trouble):
                raise VerificationArretee from None
            connue = panne(trouble)
            if isinstance(connue, PanneAttendue) and connue.code in ("base_occupee", "disque_plein"):
                # Busy is not damaged, nor is a disk without room for what looking takes.
                raise connue from None
            nom = etape.func.__name__ if isinstance(etape, partial) else etape.__name__
            yield Probleme("lecture_impossible", {"etape": nom.removeprefix("_")})


def compter_operations(base: Base) -> int:
    """Operations in the log, of all epochs; 0 when they cannot be read."""
    try:
        return compter(base.db)
    except dbapi.DatabaseError:
        return 0


def compter(db: Database) -> int:
    """Operations in the log, of all epochs."""
    return int(db.execute("SELECT count(*) FROM operation").fetchone()[0])


def reconstruire_projections(base: Base) -> int:
    """Drops every table that the log alone fills and fills them again, in one transaction; returns the operations read.

    Raises what a bad log raises (KnownError, ActeRefuse, OperationInconnue); the tables then stay as they were.
    """
    with base.ecriture() as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        for table in projections.TABLES:
            db.execute(f"DELETE FROM {table}")  # noqa: S608
        return _rejouer(journal.operations(db), db)


def tout_refaire(base: Base, problemes: Iterable[Probleme]) -> None:
    """Mends all that the log makes again (`REFAITS`): search, indexes, free pages, tables; what an erasure left goes.

    Raises PanneAttendue, and as `reconstruire_projections`.
    """
    lieux = [(p.faits["epoch"], p.faits["seq"]) for p in problemes if p.code == "corps_reste"]
    attendue = _forme_attendue()
    with base.ecriture() as db:
        # What guards the log and follows the names comes back first, and the indexes that links rest on.
        for genre, nom in _ecarts(db, attendue):
            db.execute(f"DROP {genre} IF EXISTS {nom}")
        _completer(db, attendue)
        for lieu in lieux:
            db.execute(
                "DELETE FROM corps WHERE op_id = (SELECT op_id FROM operation WHERE (epoch, seq) = (?, ?))", lieu
            )
        # Before the tables, which cannot be emptied through an index that lies.
        db.execute("INSERT INTO personne_fts(personne_fts) VALUES('rebuild')")
        db.execute("REINDEX")
    reconstruire_projections(base)
    with base.ecriture() as db:
        _completer(db, attendue)
    # Another connection that reads makes it wait for another time: what is mended is mended.
    with suppress(PanneAttendue):
        base.compacter()


def _rejouer(operations: Iterable[Operation], db: Database) -> int:
    nombre = 0
    for operation in operations:
        projections.appliquer(db, operation.entete, None if operation.efface else operation.contenu())
        nombre += 1
    return nombre


def _pages(db: Database) -> Iterator[Probleme]:
    """Every page against its authentication tag.

    Read in the file itself: what a power cut left half folded into it is first folded again from the log.
    """
    db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    abimees = db.execute("PRAGMA cipher_integrity_check").fetchall()
    if abimees:
        yield Probleme("page_abimee", {"nombre": len(abimees)})


def _structure(db: Database) -> Iterator[Probleme]:
    """What SQLite finds, told apart by what mends it: indexes and free pages hold nothing that is not elsewhere."""
    troubles = [ligne[0] for ligne in db.execute("PRAGMA integrity_check") if ligne[0] != "ok"]
    genres = Counter(_genre(ligne) for trouble in troubles for ligne in trouble.splitlines())
    for code, nombre in genres.items():
        if code == "recherche_differente":
            yield Probleme(code)
        elif code:
            yield Probleme(code, {"nombre": nombre})


def _genre(trouble: str) -> str:
    if trouble.startswith("***"):
        # The title of what follows.
        return ""
    if _RECHERCHE.search(trouble):
        return "recherche_differente"
    if _LIBRES.search(trouble):
        return "pages_perdues"
    return "index_abime" if _INDEX.search(trouble) else "structure_abimee"


def _forme(db: Database) -> Iterator[Probleme]:
    """The indexes and the triggers against those that the migrations make: one lost guards nothing any more."""
    attendue = _forme_attendue()
    tables = (attendue.get(ecart, ("",))[0] or _forme_de(db)[ecart][0] for ecart in _ecarts(db, attendue))
    for table, nombre in Counter(tables).items():
        yield Probleme("forme_differente", {"table": table, "nombre": nombre})


Forme = Mapping[tuple[str, str], tuple[str, str]]
"""(kind, name) of each index and trigger: its table, its SQL."""


def _forme_de(db: Database) -> Forme:
    """What SQLite makes for a constraint has no SQL, and stands or falls with its table."""
    sql = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    return {(genre, nom): (table, texte) for genre, nom, table, texte in db.execute(sql)}


@cache
def _forme_attendue() -> Forme:
    """Made once a run: the migrations of a program do not change under it."""
    memoire = _vierge()
    try:
        return _forme_de(memoire)
    finally:
        memoire.conn.close()


@cache
def _modele() -> Database:
    """What the migrations make of nothing, in memory, for the whole run: under `_COPIE` only."""
    modele = connecter(":memory:", None, un_fil=False)
    migrations().apply(modele)
    return modele


def _vierge() -> Database:
    """A base in memory of the present shape, with nobody in it: a copy takes a hundredth of the migrations."""
    memoire = connecter(":memory:", None)
    with _COPIE:
        _modele().conn.backup(memoire.conn)
    return memoire


def _ecarts(db: Database, attendue: Forme) -> list[tuple[str, str]]:
    """What is missing, other than it should be, or there without a reason."""
    ici = _forme_de(db)
    return sorted(cle for cle in {*ici, *attendue} if ici.get(cle) != attendue.get(cle))


def _completer(db: Database, attendue: Forme) -> None:
    """A unique index that the rows of a table do not bear waits for the table to be made again."""
    la = _forme_de(db)
    for cle, (_, sql) in attendue.items():
        if cle not in la:
            with suppress(dbapi.IntegrityError):
                db.execute(sql)


def _liens(db: Database) -> Iterator[Probleme]:
    if any(genre == "index" for genre, _ in _ecarts(db, _forme_attendue())):
        # Without the index of what they lead to, links cannot be asked for; it comes back first.
        return
    for table, nombre in Counter(ligne[0] for ligne in db.execute("PRAGMA foreign_key_check")).items():
        yield Probleme("lien_rompu", {"table": table, "nombre": nombre})


def _chaine(db: Database) -> Iterator[Probleme]:
    """Each epoch from its first operation: numbers, links, hashes."""
    for (epoch,) in db.execute("SELECT DISTINCT epoch FROM operation ORDER BY epoch").fetchall():
        entetes = (operation.entete for operation in journal.operations(db, epoch=epoch))
        rupture = verifier_chaine(entetes, Tete(epoch))
        if rupture:
            yield Probleme("chaine_rompue", {"epoch": epoch, "seq": rupture.seq, "raison": rupture.raison})


def _region(db: Database) -> Iterator[Probleme]:
    """The log against what the Region signed that it holds: nothing of it missing, and the same hash there."""
    tete = journal.tete(db)
    note = db.execute("SELECT acked_epoch, acked_seq FROM envoi").fetchone()
    attendu = tuple(note) if note and note[1] else (0, 0)
    try:
        have = acquit.lire(db)
    except acquit.AcquitFalsifie:
        have = None
        yield Probleme("acquit_falsifie")
    if have is not None and have.seq:
        attendu = max(attendu, (have.epoch, have.seq))
        if acquit.hash_de(db, have) not in (None, have.hash):
            yield Probleme("tete_differente", {"epoch": have.epoch, "seq": have.seq})
    if attendu > (tete.epoch, tete.seq):
        yield Probleme("journal_tronque", {"epoch": tete.epoch, "seq": tete.seq, "attendu": attendu[1]})


def _corps(db: Database) -> Iterator[Probleme]:
    """Each body against its commitment; a missing one must be that of an erased person."""
    effaces: dict[str, tuple[int, int]] = {}
    notes: dict[str, tuple[int, int]] = {}
    for operation in journal.operations(db):
        entete = operation.entete
        if entete.type == TypeOperation.PERSONNE_EFFACER:
            concernees = projections.personnes_fusionnees(db, entete.subject_id)
            effaces |= dict.fromkeys(concernees, (entete.epoch, entete.seq))
            cas = () if operation.efface else operation.contenu().get("litiges", ())
            notes |= dict.fromkeys(cas, (entete.epoch, entete.seq))
    for operation in journal.operations(db):
        entete = operation.entete
        lieu: dict[str, str | int] = {"epoch": entete.epoch, "seq": entete.seq}
        if not verifier_corps(entete, operation.sel, operation.corps):
            yield Probleme("corps_change", lieu)
            continue
        sur_un_cas = entete.type == TypeOperation.LITIGE_NOTER and entete.v == 1
        effacable = sur_un_cas or entete.type.startswith(projections.EFFACABLES)
        derniere = (notes if sur_un_cas else effaces).get(entete.subject_id, (0, 0))
        if operation.efface != (effacable and (entete.epoch, entete.seq) < derniere):
            yield Probleme("corps_absent" if operation.efface else "corps_reste", lieu)


def _tables(db: Database, arreter: Callable[[], bool]) -> Iterator[Probleme]:
    """The log replayed in memory, compared row by row with the tables."""
    memoire = _vierge()
    try:
        with _interruptible(memoire, arreter):
            try:
                _rejouer(journal.operations(db), memoire)
            except _REJEU:
                # A page that does not read is none of these: whoever called tells it as such.
                yield Probleme("rejeu_impossible", {"nombre": compter(db)})
                return
            for table in projections.TABLES:
                ici, attendues = _lignes(db, table), _lignes(memoire, table)
                ecart, manque = (ici - attendues).total(), (attendues - ici).total()
                if ecart or manque:
                    yield Probleme("table_differente", {"table": table, "nombre": max(ecart, manque)})
    finally:
        memoire.conn.close()


def _lignes(db: Database, table: str) -> Counter[int]:
    """How many rows of each content, by their hash: the rows themselves would fill the memory of an old laptop."""
    colonnes = ", ".join(c.name for c in db.table(table).columns if c.name not in _HORS_COMPARAISON)
    return Counter(hash(tuple(ligne)) for ligne in db.execute(f"SELECT {colonnes} FROM {table}"))  # noqa: S608


def _numerisations(db: Database) -> Iterator[Probleme]:
    """Each scan against the hash under which it was joined."""
    abimees = numerisations.abimees(db)
    if abimees:
        yield Probleme("numerisation_abimee", {"nombre": len(abimees)})


def _recherche(db: Database) -> Iterator[Probleme]:
    """The full-text index against the names."""
    try:
        db.execute("INSERT INTO personne_fts(personne_fts, rank) VALUES('integrity-check', 1)")
    except dbapi.OperationalError:
        raise
    except dbapi.DatabaseError:
        yield Probleme("recherche_differente")
