"""DIR/actes.copie: a second copy of each act that the Region does not have yet, outside the base (anchors: sync §2.7).

Sealed under the data key, one record an act; if the base dies, the acts do not. Added to after each commit, so that it
holds nothing that was not recorded; written again without what the Region acknowledged, and without what an erasure
drops. The base is the truth: what is missing here is put back from it at the next opening.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.operations import (
    HASH_RACINE,
    TAILLE_CORPS_MAX,
    Entete,
    Operation,
    Tete,
    tete_apres,
    verifier_chaine,
    verifier_corps,
)
from passdesk.storage import noms
from passdesk.storage.fichiers import copier, disque, poser_nom
from passdesk.storage.verrou import tenir_fichier

FICHIER = noms.COPIE_DES_ACTES
VERROU = noms.VERROU_DES_ACTES
_MAGIE = b"PassDesk-actes/1\0"
_NONCE = 12
_ENREGISTREMENT_MAX = TAILLE_CORPS_MAX + 64 * 1024
Etat = Literal["absente", "bonne", "abimee", "etrangere", "illisible"]
"""The last one: the file is there, and the disk (or another program) does not give it now. It may be good."""


@dataclass(frozen=True, slots=True)
class Lue:
    """What a side copy gives. `operations`: in the order of the log, each once; the good ones of a damaged one.
    Two branches of a log may both be there."""

    etat: Etat
    operations: tuple[Operation, ...] = field(default=(), repr=False)


class CopieLaterale:
    """The side copy of one desk, for one data key."""

    def __init__(self, dossier: Path, cle: bytes) -> None:
        self._dossier = dossier
        self._chemin = dossier / FICHIER
        derivee = HKDF(SHA256(), 64, salt=None, info=_MAGIE).derive(cle)
        self._enveloppe = AESGCM(derivee[:32])
        # Tells a file of another desk from a damaged one.
        self._tete = _MAGIE + hmac.digest(derivee[32:], _MAGIE, "sha256")

    def ajouter(self, operations: Iterable[Operation]) -> None:
        """Adds acts just committed, on disk before it returns. Raises PanneAttendue: they stand all the same."""
        octets = b"".join(self._sceller(operation) for operation in operations)
        with disque(), tenir_fichier(self._dossier / VERROU), self._ouvrir() as fichier:
            taille = fichier.seek(0, os.SEEK_END)
            try:
                reste = memoryview(octets if taille else self._tete + octets)
                while reste:
                    # A disk about to be full takes a part, and says no more of it.
                    reste = reste[fichier.write(reste) :]
                _fixer(fichier)
            except OSError:
                # Half of a record would hide those that come after it.
                os.ftruncate(fichier.fileno(), taille)
                raise

    def refaire(self, operations: Iterable[Operation]) -> None:
        """Only these from now on: the file is replaced in one step. Raises PanneAttendue; it is then as it was."""
        provisoire = self._chemin.with_name(FICHIER + ".nouveau")
        with disque(), tenir_fichier(self._dossier / VERROU):
            provisoire.unlink(missing_ok=True)
            descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descripteur, "wb") as fichier:
                fichier.write(self._tete)
                for operation in operations:
                    fichier.write(self._sceller(operation))
                _fixer(fichier)
            poser_nom(provisoire, self._chemin)

    def garder(self, vers: Path) -> None:
        """A copy of the file under another name, as it is: somebody may want to look at it. Raises PanneAttendue."""
        with disque(), tenir_fichier(self._dossier / VERROU):
            vers.parent.mkdir(mode=0o700, exist_ok=True)
            copier(self._chemin, vers)

    def lire(self) -> Lue:
        """What it holds. Never raises for its content: a damaged or foreign one says so and is left as it is."""
        try:
            octets = self._chemin.read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            return Lue("absente")
        except OSError:
            return Lue("illisible")
        if not octets:
            return Lue("bonne")
        if not octets.startswith(self._tete):
            return Lue("etrangere" if octets.startswith(_MAGIE) and len(octets) >= len(self._tete) else "abimee")
        trouvees: dict[tuple[int, int, bytes], Operation] = {}
        entiere = True
        for scelle in _decouper(octets[len(self._tete) :]):
            operation = self._desceller(scelle)
            if operation is None:
                entiere = False
            else:
                trouvees[(operation.entete.epoch, operation.entete.seq, operation.entete.hash)] = operation
        return Lue("bonne" if entiere else "abimee", tuple(operation for _, operation in sorted(trouvees.items())))

    def _ouvrir(self) -> IO[Any]:
        # Unbuffered: nothing is written behind our back once a write was refused.
        return os.fdopen(os.open(self._chemin, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab", buffering=0)

    def _sceller(self, operation: Operation) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        clair = canonique.encode([operation.entete.vers_fil(), operation.sel, operation.corps])
        scelle = nonce + self._enveloppe.encrypt(nonce, clair, _MAGIE)
        return len(scelle).to_bytes(4, "big") + scelle

    def _desceller(self, scelle: bytes) -> Operation | None:
        try:
            clair = self._enveloppe.decrypt(scelle[:_NONCE], scelle[_NONCE:], _MAGIE)
            entete, sel, corps = canonique.decode(clair, taille_max=_ENREGISTREMENT_MAX)
            return Operation(Entete.depuis_fil(entete), sel, corps)
        except (InvalidTag, ValueError, SaisieRefusee):
            return None


def suite_de(tete: Tete, operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """Those that continue a log that stands at `tete`, each held to the chain; up to the first that does not.

    A later epoch says nothing of where the one before it ended: it continues only what is here right before it, or acts
    that the Region acknowledged may have been left out between the two.
    """
    suite: list[Operation] = []
    avant = HASH_RACINE
    for operation in operations:
        entete, juste_avant = operation.entete, avant
        avant = entete.hash
        if (entete.epoch, entete.seq) <= (tete.epoch, tete.seq):
            continue
        if not suit_la_chaine(operation, tete) or (entete.epoch > tete.epoch and juste_avant != tete.hash):
            break
        suite.append(operation)
        tete = tete_apres(operation.entete)
    return tuple(suite)


def suit_la_chaine(operation: Operation, tete: Tete) -> bool:
    """True when this operation comes right after `tete`, or begins a later epoch, with the body it was sealed with."""
    entete = operation.entete
    depart = tete if entete.epoch == tete.epoch else Tete(max(entete.epoch, tete.epoch + 1))
    return verifier_chaine([entete], depart) is None and verifier_corps(entete, operation.sel, operation.corps)


def _decouper(octets: bytes) -> Iterator[bytes]:
    """The sealed records; one that a power cut left unfinished at the end was never said recorded here."""
    place = 0
    while place + 4 <= len(octets):
        longueur = int.from_bytes(octets[place : place + 4], "big")
        fin = place + 4 + longueur
        if longueur > _ENREGISTREMENT_MAX:
            # Not a length: what follows cannot be told apart any more.
            yield b""
            return
        if fin > len(octets):
            return
        yield octets[place + 4 : fin]
        place = fin


def _fixer(fichier: IO[Any]) -> None:
    fichier.flush()
    os.fsync(fichier.fileno())
