"""The encrypted base of one desk: opening, migrating, one transaction an act."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Self

import uuid_utils

from passdesk.domain.erreurs import BaseFermee, PanneAttendue
from passdesk.domain.horloge import Horloge
from passdesk.protocol.operations import Operation, TypeOperation
from passdesk.storage import journal, noms
from passdesk.storage.acte import Acte
from passdesk.storage.copie_laterale import CopieLaterale, Lue
from passdesk.storage.fichiers import disque
from passdesk.storage.migrations import migrations
from passdesk.storage.pilote import Database, Migrations, connecter, dbapi

FICHIER, DOSSIER_SAUVEGARDES = noms.BASE, noms.SAUVEGARDES
PLACE_INDEX_PARTAGE = 65_536
"""Bytes below which the index shared by the connections (32 KiB a piece) has no room."""


def uuid7() -> str:
    """A fresh UUIDv7: time-ordered, so that rows are added at the end."""
    return str(uuid_utils.uuid7())


class Base:
    """One connection to the base of a desk, for the thread that opened it; open again for another thread."""

    def __init__(
        self,
        dossier: Path,
        db: Database,
        horloge: Horloge,
        nouvel_id: Callable[[], str],
        alea: Callable[[int], bytes],
        copie: CopieLaterale,
        connexion: Callable[[], Database],
    ) -> None:
        self._copie = copie
        self._copie_a_garder = self._copie_reprise = False
        self._connexion: Callable[[], Database] | None = connexion
        self._en_ecriture = self._inutilisable = False
        self.dossier = dossier
        self.db = db
        self.horloge = horloge
        self._nouvel_id = nouvel_id
        self._alea = alea

    @classmethod
    def ouvrir(
        cls,
        dossier: Path,
        cle: bytes,
        horloge: Horloge,
        *,
        creer: bool = False,
        nouvel_id: Callable[[], str] = uuid7,
        alea: Callable[[int], bytes] = secrets.token_bytes,
        etapes: Migrations | None = None,
    ) -> Self:
        """Opens DIR/poste.db with the data key (32 bytes) and brings it to the present shape, after a copy.

        `creer`: make it when there is none. `etapes`: the program's own migrations, unless given.
        Raises BaseFermee: "base_absente", "base_abimee", "base_plus_recente"; PanneAttendue when the disk refuses.
        """
        chemin = dossier / FICHIER
        existait = chemin.exists()
        if not existait and not creer:
            raise BaseFermee("base_absente")
        if not existait:
            with disque():
                dossier.mkdir(parents=True, exist_ok=True)
                chemin.touch(mode=0o600)
        connexion = partial(connecter, str(chemin), cle)
        try:
            db = connexion()
        except dbapi.OperationalError as trouble:
            raise panne(trouble, dossier) from None
        except dbapi.Error:
            raise BaseFermee("base_abimee") from None
        base = cls(dossier, db, horloge, nouvel_id, alea, CopieLaterale(dossier, cle), connexion)
        try:
            base._preparer(chemin, cle, etapes or migrations(), creer)
        except BaseException:
            base.fermer()
            raise
        return base

    def _preparer(self, chemin: Path, cle: bytes, etapes: Migrations, creer: bool) -> None:
        # The driver's messages may quote data: they are not chained to ours.
        try:
            vide = not self.db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if vide and not creer:
                raise BaseFermee("base_abimee")
            connues = {etape.name for etape in etapes._migrations}
            if any(etape.name not in connues for etape in etapes.applied(self.db)):
                raise BaseFermee("base_plus_recente")
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = FULL")
            en_attente = etapes.pending(self.db)
            if en_attente and not vide:
                self._copier_avant(chemin, cle, en_attente[0].name)
            if en_attente:
                etapes.apply(self.db)
        except dbapi.OperationalError as trouble:
            raise panne(trouble, self.dossier) from None
        except dbapi.DatabaseError:
            raise BaseFermee("base_abimee") from None

    def _copier_avant(self, chemin: Path, cle: bytes, etape: str) -> Path:
        """An encrypted copy, under the same key, of the base as it is."""
        dossier = chemin.parent / DOSSIER_SAUVEGARDES
        quand = self.horloge.maintenant().strftime("%Y%m%dT%H%M%S")
        copie = dossier / f"poste-{quand}-avant-{etape}.db"
        with disque():
            dossier.mkdir(mode=0o700, exist_ok=True)
            copie.unlink(missing_ok=True)
            self.db.execute("VACUUM INTO ?", [str(copie)])
            copie.chmod(0o600)
        temoin = connecter(str(copie), cle)
        try:
            # A copy that does not open is no copy: the migration must not begin.
            temoin.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            temoin.conn.close()
        return copie

    @contextmanager
    def lecture(self) -> Iterator[Database]:
        """The connection, to read from by other ways than `storage.lecture`.

        Raises BaseFermee("page_illisible") when a page does not decipher, PanneAttendue as `ecriture`.
        """
        try:
            yield self.db
        except dbapi.DatabaseError as trouble:
            raise self.panne(trouble) from None

    @contextmanager
    def ecriture(self) -> Iterator[Database]:
        """One write transaction, begun at once; joins the one already open on this connection, if any.

        Raises PanneAttendue("base_occupee" | "disque_plein" | "disque_muet"); nothing is kept when the block raises.
        """
        if self.db.conn.in_transaction:
            yield self.db
            return
        try:
            self.db.execute("BEGIN IMMEDIATE")
        except dbapi.DatabaseError as trouble:
            raise self.panne(trouble) from None
        self._en_ecriture = True
        try:
            yield self.db
            self.db.execute("COMMIT")
        except dbapi.DatabaseError as trouble:
            connue = self.panne(trouble)
            self._annuler()
            raise connue from None
        except BaseException:
            self._annuler()
            raise
        finally:
            self._en_ecriture = False

    def panne(self, trouble: Exception) -> Exception:
        """The known trouble behind a driver's complaint (`panne`); the connection can be used again after it.

        A page that does not decipher makes the connection that met it useless for all the others, acts to come
        included: another one takes its place, at once or at the end of the transaction.
        """
        connue = panne(trouble, self.dossier)
        if isinstance(connue, BaseFermee):
            self._inutilisable = True
            if not self._en_ecriture:
                self._rouvrir()
        return connue

    def _annuler(self) -> None:
        with suppress(dbapi.Error):
            self.db.rollback()
        if self._inutilisable or self.db.conn.in_transaction:
            self._rouvrir()

    def _rouvrir(self) -> None:
        if self._connexion is None:
            return
        with suppress(dbapi.Error):
            neuve = self._connexion()
            neuve.execute("PRAGMA synchronous = FULL")
            # After the other one is open: the last to close would fold the log into the file.
            ancienne, self.db = self.db, neuve
            self._inutilisable = False
            ancienne.conn.close()

    @contextmanager
    def acte(self, agent_id: str) -> Iterator[Acte]:
        """ONE transaction for everything that the agent does in the block; all or nothing.

        Once it is committed, a second copy of it is kept beside the base until the Region has it.
        """
        if self.db.conn.in_transaction:
            raise RuntimeError("an act is already open on this connection")
        with self.ecriture():
            acte = Acte(self.db, agent_id, self.horloge, self._nouvel_id, self._alea)
            yield acte
        if any(operation.entete.type == TypeOperation.PERSONNE_EFFACER for operation in acte.inscrites):
            # What it dropped from the log goes from the copy too.
            self.refaire_copie()
        elif acte.inscrites:
            # The act is recorded whatever becomes of its copy, which is made whole at the next opening.
            with suppress(PanneAttendue):
                self._copie.ajouter(acte.inscrites)

    def lire_copie(self) -> Lue:
        """The side copy as it is on the disk."""
        return self._copie.lire()

    def actes_detaches(self, lue: Lue | None = None) -> tuple[Operation, ...]:
        """What the side copy holds and the log does not: this base is behind, or on another branch.

        The file is kept beside first, as a damaged or foreign one is: what the base cannot take may be wanted. `lue`:
        the copy as it was read, when it was. Raises BaseFermee.
        """
        lue = lue or self._copie.lire()
        detaches = self._detaches(lue)
        self._copie_reprise = lue.etat != "illisible"
        self._copie_a_garder = lue.etat in ("abimee", "etrangere") or bool(detaches)
        self._garder_copie()
        return detaches

    def _detaches(self, lue: Lue) -> tuple[Operation, ...]:
        with self.lecture() as db:
            return tuple(operation for operation in lue.operations if not journal.contient(db, operation.entete))

    def _copie_sure(self) -> bool:
        """True when the log has all that the side copy holds, or this connection has seen to the rest at its opening.

        A file that the disk did not give then may hold acts that are nowhere else: the next opening takes them.
        """
        if self._copie_reprise:
            return True
        lue = self._copie.lire()
        return lue.etat in ("absente", "bonne") and not self._detaches(lue)

    def _garder_copie(self) -> None:
        """The side copy kept beside as it is, when it has to be; a disk that refuses is asked again next time."""
        if self._copie_a_garder:
            quand = self.horloge.maintenant().strftime("%Y%m%dT%H%M%S")
            with suppress(PanneAttendue):
                self._copie.garder(self.dossier / DOSSIER_SAUVEGARDES / f"poste-{quand}-actes.db.copie")
                self._copie_a_garder = False

    def accorder_copie(self) -> None:
        """The side copy made to say what it must, when it does not. Raises BaseFermee."""
        lue = self._copie.lire()
        with self.lecture() as db:
            depuis = db.execute("SELECT acked_epoch, acked_seq FROM envoi").fetchone() or (0, 0)
            attendues = [operation.entete.hash for operation in journal.operations(db, apres=depuis)]
        if lue.etat != "bonne" or [operation.entete.hash for operation in lue.operations] != attendues:
            self.refaire_copie()

    def refaire_copie(self) -> None:
        """The side copy holds what the Region does not have, and nothing else; a disk that refuses leaves it as it was.

        Nothing is written over what is still to be kept beside, or was not read. Raises BaseFermee.
        """
        self._garder_copie()
        if self._copie_a_garder or not self._copie_sure():
            return
        with self.lecture() as db:
            depuis = db.execute("SELECT acked_epoch, acked_seq FROM envoi").fetchone() or (0, 0)
            with suppress(PanneAttendue):
                self._copie.refaire(journal.operations(db, apres=depuis))

    def compacter(self) -> None:
        """Rewrites the file without its free pages and empties the write-ahead log: what was erased is nowhere.

        Raises PanneAttendue("base_occupee") while another connection reads: the log then still holds former pages.
        """
        try:
            self.db.execute("VACUUM")
        except dbapi.DatabaseError as trouble:
            raise self.panne(trouble) from None
        self.replier()

    def replier(self) -> None:
        """Folds the write-ahead log into the file, which then holds everything alone: to be done before it is moved.

        Closing does it too, but says nothing when the disk refuses. Raises PanneAttendue: of the disk, "base_occupee".
        """
        try:
            (reste, *_) = self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except dbapi.DatabaseError as trouble:
            raise self.panne(trouble) from None
        if reste:
            raise PanneAttendue("base_occupee")

    def nouvel_id(self) -> str:
        """A fresh time-ordered id."""
        return self._nouvel_id()

    def fermer(self) -> None:
        """Closes the connection; the last one folds the write-ahead log into the file."""
        self._connexion = None
        self.db.conn.close()


def panne(trouble: Exception, dossier: Path | None = None) -> Exception:
    """The known trouble behind a driver's complaint, or the complaint itself, which is then a bug.

    `dossier`, where the base lies: on a full disk the shared index cannot be made, and the driver says no more of it.
    """
    texte = str(trouble).lower()
    if "locked" in texte or "busy" in texte:
        return PanneAttendue("base_occupee")
    if "disk is full" in texte:
        return PanneAttendue("disque_plein")
    if "disk i/o" in texte or "readonly" in texte or "unable to open" in texte:
        return PanneAttendue("disque_plein" if dossier is not None and _sans_place(dossier) else "disque_muet")
    # A page that does not decipher has no class of its own in the driver: it is the mother of all the others.
    return BaseFermee("page_illisible") if type(trouble) is dbapi.DatabaseError else trouble


def _sans_place(dossier: Path) -> bool:
    try:
        return shutil.disk_usage(dossier).free < PLACE_INDEX_PARTAGE
    except OSError:
        # The disk is gone: that is another trouble.
        return False
