"""Is the base sound: pages, structure, hash chain, bodies, tables against the log, scans, search index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from passdesk.domain.carnet import TransitionInterdite
from passdesk.domain.erreurs import BaseFermee, KnownError, PanneAttendue
from passdesk.protocol.operations import Operation, Tete, TypeOperation, verifier_chaine, verifier_corps
from passdesk.storage import journal, numerisations, poste, projections
from passdesk.storage.appareil import lire_appareil
from passdesk.storage.engine import Base, panne
from passdesk.storage.migrations import migrations
from passdesk.storage.pilote import Database, connecter, dbapi

_HORS_COMPARAISON = frozenset({"rang"})
"""Columns that depend on the history of the table, not on the log."""


@dataclass(frozen=True, slots=True)
class Probleme:
    """One thing that is not as it should be: a code and facts, numbers and table names only."""

    code: str
    faits: dict[str, str | int] = field(default_factory=dict)


def verifier_base(base: Base) -> tuple[Probleme, ...]:
    """Everything wrong with this base, in the order of the checks; empty when it is sound. Changes nothing.

    Raises PanneAttendue("base_occupee") while another connection keeps writing.
    """
    problemes = list(_passer(base.db, (_pages, _structure, _liens)))
    # One snapshot: what another connection writes meanwhile is not a difference.
    base.db.execute("BEGIN")
    try:
        problemes += _passer(base.db, (_chaine, _corps, _tables, _numerisations))
    finally:
        base.db.rollback()
    return (*problemes, *_passer(base.db, (_recherche,)))


def verifier_copie(db: Database) -> tuple[Probleme, ...]:
    """What is wrong with the pages, the structure, the chain or the bodies of a base that nobody else has open.

    Its tables are not compared with the log: on a large desk that takes minutes.
    """
    return tuple(_passer(db, (_pages, _structure, _chaine, _corps)))


def verifier_appareil(base: Base, cle: bytes) -> tuple[Probleme, ...]:
    """Whether a desk linked to the Region still holds its own keys beside the base: without them it prints nothing."""
    if poste.lire_texte(base, "appareil") is None:
        return ()
    try:
        presentes = lire_appareil(base.dossier, cle) is not None
    except BaseFermee:
        presentes = False
    return () if presentes else (Probleme("cles_appareil_absentes"),)


def _passer(db: Database, etapes: tuple[Callable[[Database], Iterator[Probleme]], ...]) -> Iterator[Probleme]:
    for etape in etapes:
        try:
            yield from etape(db)
        except dbapi.DatabaseError as trouble:
            connue = panne(trouble)
            if isinstance(connue, PanneAttendue) and connue.code == "base_occupee":
                # Busy is not damaged.
                raise connue from None
            yield Probleme("lecture_impossible", {"etape": etape.__name__.removeprefix("_")})


def compter_operations(base: Base) -> int:
    """Operations in the log, of all epochs; 0 when they cannot be read."""
    try:
        return int(base.db.execute("SELECT count(*) FROM operation").fetchone()[0])
    except dbapi.DatabaseError:
        return 0


def reconstruire_projections(base: Base) -> int:
    """Drops every table that the log alone fills and fills them again, in one transaction; returns the operations read.

    Raises what a bad log raises (KnownError, ActeRefuse, OperationInconnue); the tables then stay as they were.
    """
    with base.ecriture() as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        for table in projections.TABLES:
            db.execute(f"DELETE FROM {table}")  # noqa: S608
        return _rejouer(list(journal.operations(db)), db)


def _rejouer(operations: list[Operation], db: Database) -> int:
    for operation in operations:
        projections.appliquer(db, operation.entete, None if operation.efface else operation.contenu())
    return len(operations)


def _pages(db: Database) -> Iterator[Probleme]:
    """Every page against its authentication tag.

    Read in the file itself: what a power cut left half folded into it is first folded again from the log.
    """
    db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    abimees = db.execute("PRAGMA cipher_integrity_check").fetchall()
    if abimees:
        yield Probleme("page_abimee", {"nombre": len(abimees)})


def _structure(db: Database) -> Iterator[Probleme]:
    troubles = [ligne[0] for ligne in db.execute("PRAGMA integrity_check") if ligne[0] != "ok"]
    if troubles:
        yield Probleme("structure_abimee", {"nombre": len(troubles)})


def _liens(db: Database) -> Iterator[Probleme]:
    for table, nombre in Counter(ligne[0] for ligne in db.execute("PRAGMA foreign_key_check")).items():
        yield Probleme("lien_rompu", {"table": table, "nombre": nombre})


def _chaine(db: Database) -> Iterator[Probleme]:
    """Each epoch from its first operation: numbers, links, hashes; and nothing lost that the Region already has."""
    for (epoch,) in db.execute("SELECT DISTINCT epoch FROM operation ORDER BY epoch").fetchall():
        entetes = (operation.entete for operation in journal.operations(db, epoch=epoch))
        rupture = verifier_chaine(entetes, Tete(epoch))
        if rupture:
            yield Probleme("chaine_rompue", {"epoch": epoch, "seq": rupture.seq, "raison": rupture.raison})
    tete = journal.tete(db)
    acquit = db.execute("SELECT acked_epoch, acked_seq FROM envoi").fetchone()
    if acquit and acquit[1] and tuple(acquit) > (tete.epoch, tete.seq):
        yield Probleme("journal_tronque", {"epoch": tete.epoch, "seq": tete.seq, "attendu": acquit[1]})


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


def _tables(db: Database) -> Iterator[Probleme]:
    """The log replayed in memory, compared row by row with the tables."""
    memoire = connecter(":memory:", None)
    try:
        migrations().apply(memoire)
        operations = list(journal.operations(db))
        try:
            _rejouer(operations, memoire)
        except (KnownError, TransitionInterdite, dbapi.Error, projections.ActeRefuse, projections.OperationInconnue):
            yield Probleme("rejeu_impossible", {"nombre": len(operations)})
            return
        for table in projections.TABLES:
            ecart = _lignes(db, table) - _lignes(memoire, table)
            manque = _lignes(memoire, table) - _lignes(db, table)
            if ecart or manque:
                yield Probleme("table_differente", {"table": table, "nombre": max(ecart.total(), manque.total())})
    finally:
        memoire.conn.close()


def _lignes(db: Database, table: str) -> Counter[tuple[object, ...]]:
    colonnes = ", ".join(c.name for c in db.table(table).columns if c.name not in _HORS_COMPARAISON)
    return Counter(tuple(ligne) for ligne in db.execute(f"SELECT {colonnes} FROM {table}"))  # noqa: S608


def _numerisations(db: Database) -> Iterator[Probleme]:
    """Each scan against the hash under which it was joined."""
    abimees = numerisations.abimees(db)
    if abimees:
        yield Probleme("numerisation_abimee", {"nombre": abimees})


def _recherche(db: Database) -> Iterator[Probleme]:
    """The full-text index against the names."""
    try:
        db.execute("INSERT INTO personne_fts(personne_fts, rank) VALUES('integrity-check', 1)")
    except dbapi.OperationalError:
        raise
    except dbapi.DatabaseError:
        yield Probleme("recherche_differente")
