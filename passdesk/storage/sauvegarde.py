"""A backup of a desk in one file: its base as it stood, under the same data key, and the key file that opens it.

`MAGIE` ‖ length of the head (4 bytes) ‖ SHA-256 of the head ‖ the head (deterministic CBOR) ‖ the base. The head tells
nothing of a person and is read without a key. What makes this computer this desk (`appareil.cles`) is in no backup.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.protocol import canonique
from passdesk.storage import cles, journal
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, Base
from passdesk.storage.fichiers import disque, nom_provisoire, poser_nom
from passdesk.storage.integrite import HORS_JOURNAL, REFAITS, verifier_copie
from passdesk.storage.pilote import connecter, dbapi
from passdesk.storage.verrou import tenir_fichier

SUFFIXE = ".sauvegarde"
VERROU = "sauvegarde.verrou"
PARTIEL = ".partiel"
"""After the name of a backup that is being written."""
_MAGIE = b"PassDesk-sauvegarde/"
_FORME = b"1\0"
_BLOC = 1 << 20
_TETE_MAX = 1 << 20


@dataclass(frozen=True, slots=True)
class Entete:
    """What a backup says of itself. (`epoch`, `seq`, `hash`): last act in it; `actes`: how many it holds.

    `origine`: the first act's hash, the same for all backups of one desk; `octets`, `empreinte`: length and SHA-256 of
    the base; `trousseau`: the key file. `faite_ms`: when, in milliseconds of UTC.
    """

    faite_ms: int
    programme: str
    origine: bytes
    epoch: int
    seq: int
    hash: bytes
    actes: int
    octets: int
    empreinte: bytes
    trousseau: bytes = field(repr=False)

    @property
    def faite_le(self) -> datetime:
        """When it was made (UTC)."""
        return datetime.fromtimestamp(self.faite_ms / 1000, UTC)


def ecrire_sauvegarde(base: Base, cle: bytes, chemin: Path, programme: str) -> Entete:
    """Writes the base as it is now into the file, whole or not at all, read back before it takes its name.

    In one step: in small ones a backup never ends while somebody writes. The copy is opened, its pages, structure and
    chain of acts verified. Raises PanneAttendue: "sauvegarde_non_bonne" (what was copied is not sound),
    "disque_plein", "disque_muet", "base_occupee".
    """
    with _copie(base) as copie:
        entete = _eprouver(base, cle, copie, programme)
        provisoire = nom_provisoire(chemin, PARTIEL)
        with disque():
            try:
                _assembler(entete, copie, provisoire)
                _relire(provisoire)
                poser_nom(provisoire, chemin)
            finally:
                provisoire.unlink(missing_ok=True)
    return entete


def recopier(chemin: Path, vers: Path) -> None:
    """The same backup in another folder, whole or not at all, read back before it takes its name.

    Raises PanneAttendue("sauvegarde_non_bonne" | "disque_plein" | "disque_muet").
    """
    provisoire = vers.with_name(vers.name + PARTIEL)
    with disque():
        provisoire.unlink(missing_ok=True)
        try:
            with _neuf(provisoire) as sortie, chemin.open("rb") as fichier:
                _copier(fichier, sortie.write)
                _fixer(sortie)
            _relire(provisoire)
            poser_nom(provisoire, vers)
        finally:
            provisoire.unlink(missing_ok=True)


def origine(base: Base) -> bytes:
    """The hash of the first act: the same in every backup of a desk, and in no other's. Empty before any act."""
    with base.lecture() as db:
        premiere = db.execute("SELECT hash FROM operation ORDER BY epoch, seq LIMIT 1").fetchone()
    return premiere[0] if premiere else b""


def lire_entete(chemin: Path) -> Entete:
    """What the file says of itself; the base in it is not read.

    Raises SaisieRefusee("sauvegarde_illisible" | "sauvegarde_plus_recente") and OSError.
    """
    with chemin.open("rb") as fichier:
        return _lire_tete(fichier)


def extraire_base(chemin: Path, vers: Path) -> Entete:
    """Writes the base of the backup into the new file `vers`, every byte as it was written (mode 0600).

    Raises SaisieRefusee("sauvegarde_illisible" | "sauvegarde_plus_recente" | "sauvegarde_abimee"), "sauvegarde_non_lue"
    when the file is gone or does not let itself be read (a stick pulled out), PanneAttendue when the disk refuses.
    """
    with ExitStack() as pile:
        with _lisible():
            fichier = pile.enter_context(chemin.open("rb"))
            entete = _lire_tete(fichier)
        with disque(), _neuf(vers) as sortie:
            if _copier(fichier, sortie.write, _lisible) != (entete.octets, entete.empreinte):
                raise SaisieRefusee("sauvegarde_abimee")
    return entete


@contextmanager
def _lisible() -> Iterator[None]:
    """What the system says of the file that is read is not said of the disk that is written to."""
    try:
        yield
    except OSError:
        raise SaisieRefusee("sauvegarde_non_lue") from None


@contextmanager
def _copie(base: Base) -> Iterator[Path]:
    """The base in a file of its own, in the desk's folder, for the block.

    One at a time: the window makes one by itself while a command is making another.
    """
    with ExitStack() as pile:
        with disque():
            pile.enter_context(tenir_fichier(base.dossier / VERROU))
        yield pile.enter_context(_copie_seule(base))


@contextmanager
def _copie_seule(base: Base) -> Iterator[Path]:
    dossier = base.dossier / DOSSIER_SAUVEGARDES
    copie = dossier / "en-cours.db"
    try:
        with disque():
            dossier.mkdir(mode=0o700, exist_ok=True)
            copie.unlink(missing_ok=True)
            # Made beforehand, for its owner alone: SQLite fills an empty file.
            os.close(os.open(copie, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            base.db.execute("VACUUM INTO ?", [str(copie)])
        yield copie
    except dbapi.DatabaseError as trouble:
        raise base.panne(trouble) from None
    finally:
        for reste in (copie, copie.with_name(copie.name + "-journal")):
            # Held by an antivirus, it goes with the next backup: the file that was made is good.
            with suppress(OSError):
                reste.unlink(missing_ok=True)


def _eprouver(base: Base, cle: bytes, copie: Path, programme: str) -> Entete:
    temoin = connecter(str(copie), cle)
    try:
        # An index that lies is made again on the way back.
        if any(probleme.code not in REFAITS | HORS_JOURNAL for probleme in verifier_copie(temoin)):
            raise PanneAttendue("sauvegarde_non_bonne")
        tete = journal.tete(temoin)
        (actes,) = temoin.execute("SELECT count(*) FROM operation").fetchone()
    finally:
        temoin.conn.close()
    with disque(), copie.open("rb") as fichier:
        octets, empreinte = _copier(fichier, lambda _: None)
        try:
            trousseau = (base.dossier / cles.FICHIER).read_bytes()
        except FileNotFoundError:
            raise BaseFermee("base_absente") from None
    return Entete(
        faite_ms=int(base.horloge.maintenant().timestamp() * 1000),
        programme=programme,
        origine=origine(base),
        epoch=tete.epoch,
        seq=tete.seq,
        hash=tete.hash,
        actes=actes,
        octets=octets,
        empreinte=empreinte,
        trousseau=trousseau,
    )


def _assembler(entete: Entete, copie: Path, vers: Path) -> None:
    tete = canonique.encode(asdict(entete))
    with _neuf(vers) as sortie, copie.open("rb") as fichier:
        sortie.write(_MAGIE + _FORME + len(tete).to_bytes(4, "big") + hashlib.sha256(tete).digest() + tete)
        _copier(fichier, sortie.write)
        _fixer(sortie)


def _fixer(sortie: BinaryIO) -> None:
    """On the disk, and out of memory where the system allows it: it is then read back from the disk."""
    sortie.flush()
    os.fsync(sortie.fileno())
    if sys.platform == "linux":
        os.posix_fadvise(sortie.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _relire(chemin: Path) -> None:
    with chemin.open("rb") as fichier:
        entete = _lire_tete(fichier)
        if _copier(fichier, lambda _: None) != (entete.octets, entete.empreinte):
            raise PanneAttendue("sauvegarde_non_bonne")


def _lire_tete(fichier: BinaryIO) -> Entete:
    debut = fichier.read(len(_MAGIE + _FORME) + 36)
    if not debut.startswith(_MAGIE):
        raise SaisieRefusee("sauvegarde_illisible")
    if not debut.startswith(_MAGIE + _FORME):
        raise SaisieRefusee("sauvegarde_plus_recente")
    longueur, empreinte = int.from_bytes(debut[-36:-32], "big"), debut[-32:]
    octets = fichier.read(min(longueur, _TETE_MAX))
    if hashlib.sha256(octets).digest() != empreinte:
        raise SaisieRefusee("sauvegarde_abimee")
    lu: dict[str, Any] = canonique.decode(octets)
    connus = {champ.name for champ in fields(Entete)}
    return Entete(**{nom: valeur for nom, valeur in lu.items() if nom in connus})


def _copier(
    fichier: BinaryIO,
    ecrire: Callable[[bytes], object],
    garde: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> tuple[int, bytes]:
    """All that is left of the file, piece by piece; its length and SHA-256. `garde`: round each reading."""
    somme, octets = hashlib.sha256(), 0
    while True:
        with garde():
            bloc = fichier.read(_BLOC)
        if not bloc:
            break
        somme.update(bloc)
        octets += len(bloc)
        ecrire(bloc)
    return octets, somme.digest()


def _neuf(chemin: Path) -> BinaryIO:
    """A file that was not there, for its owner alone."""
    return os.fdopen(os.open(chemin, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb")
