"""Several processes for one server: this one listens, counts and tells, the others each judge one request at a time.

Python computes on one core a process. What has to be counted once (rates, counters, health, journal) stays in the
process that listens; a request goes to another once its desk is known by its signature and may be served. Between the
two, frames on the standard streams of the other one, which ends when they close: it outlives nobody.
"""

from __future__ import annotations

import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from passdesk.domain.erreurs import PanneAttendue
from passdesk.server.adresse import Adresse
from passdesk.server.echange import HttpAnswer, HttpRequest
from passdesk.server.postes import Poste
from passdesk.server.region import Region
from passdesk.server.suivi import journal

ATTENTE_S = 30
"""Seconds that a request waits for a process to be free: longer than one waits for the writer before it."""
FIN_S = 10
"""Seconds for the request at hand when the server stops."""
ATELIERS_MAX = 32


class ImprevuError(Exception):
    """A bug in another process; `faits`: its name and where, never the values at hand."""

    def __init__(self, faits: dict[str, Any]) -> None:
        super().__init__(faits["bug"])
        self.faits = faits


@dataclass(frozen=True, slots=True)
class Travail:
    """A request whose desk is known. `vie`: when this desk last had the server begin a life (`Region.vies_dites`)."""

    http: HttpRequest
    poste: Poste
    counter: int
    vie: int | None


@dataclass(frozen=True, slots=True)
class Fait:
    """What came of it: an answer, the code of an outage, or a bug."""

    answer: HttpAnswer | None = None
    vie: int | None = None
    panne: str = ""
    imprevu: dict[str, Any] = field(default_factory=dict)


class Ateliers:
    """So many processes over the Region of `dossier`; their data at `adresse`, in it without one."""

    def __init__(self, nombre: int, dossier: Path, adresse: Adresse | None) -> None:
        self._lieu = (dossier, adresse)
        self._libres: queue.LifoQueue[subprocess.Popen[bytes] | None] = queue.LifoQueue()
        self._vivants: set[subprocess.Popen[bytes]] = set()
        self._verrou = threading.Lock()
        self.nombre = nombre
        for atelier in [self._lancer() for _ in range(nombre)]:
            self._libres.put(self._accueillir(atelier))

    def traiter(self, region: Region, http: HttpRequest, poste: Poste, counter: int) -> HttpAnswer:
        """`echange.traiter_verifie`, elsewhere. Raises KnownError as it does, PanneAttendue(region_occupee) when no
        process was free for long or the one at work died, ImprevuError."""
        travail = Travail(http, poste, counter, region.vies_dites.get(poste.device))
        with self._un_libre() as atelier:
            fait = _demander(atelier, travail)
        if fait.imprevu:
            raise ImprevuError(fait.imprevu)
        if fait.answer is None:
            raise PanneAttendue(fait.panne)
        if fait.vie is not None:
            region.vies_dites[poste.device] = fait.vie
        return fait.answer

    def fermer(self) -> None:
        """Each ends with the request at hand."""
        with self._verrou:
            vivants, self._vivants = self._vivants, set()
        for atelier in vivants:
            assert atelier.stdin is not None
            with suppress(OSError):
                atelier.stdin.close()
        for atelier in vivants:
            _attendre(atelier)

    @contextmanager
    def _un_libre(self) -> Iterator[subprocess.Popen[bytes]]:
        try:
            atelier = self._libres.get(timeout=ATTENTE_S)
        except queue.Empty:
            raise PanneAttendue("region_occupee") from None
        try:
            if atelier is not None and atelier.poll() is not None:
                # It died while it had nothing to do.
                self._oublier(atelier)
                atelier = None
            atelier = atelier or self._accueillir(self._lancer())
            yield atelier
        except (OSError, EOFError):
            # Killed, out of memory: nothing of its transaction is kept, the desk comes back.
            if atelier is not None:
                self._oublier(atelier)
                atelier = None
            raise PanneAttendue("region_occupee") from None
        finally:
            self._libres.put(atelier)

    def _lancer(self) -> subprocess.Popen[bytes]:
        commande = [sys.executable, "-m", "passdesk.server.atelier"]
        atelier = subprocess.Popen(commande, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        with self._verrou:
            self._vivants.add(atelier)
        return atelier

    def _accueillir(self, atelier: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        """Waits until it is ready, and tells it of which Region. Raises EOFError, OSError."""
        assert atelier.stdin is not None and atelier.stdout is not None
        try:
            lire(atelier.stdout)
            # The address may hold a password: never an argument.
            ecrire(atelier.stdin, self._lieu)
        except (OSError, EOFError):
            self._oublier(atelier)
            raise
        return atelier

    def _oublier(self, atelier: subprocess.Popen[bytes]) -> None:
        journal.warning("atelier perdu", extra={"faits": {"pid": atelier.pid}})
        with self._verrou:
            self._vivants.discard(atelier)
        atelier.kill()
        _attendre(atelier)


def _demander(atelier: subprocess.Popen[bytes], travail: Travail) -> Fait:
    assert atelier.stdin is not None and atelier.stdout is not None
    ecrire(atelier.stdin, travail)
    fait: Fait = lire(atelier.stdout)
    return fait


def _attendre(atelier: subprocess.Popen[bytes]) -> None:
    try:
        atelier.wait(FIN_S)
    except subprocess.TimeoutExpired:
        atelier.kill()
        atelier.wait()
    for flux in (atelier.stdin, atelier.stdout):
        if flux is not None:
            with suppress(OSError):
                flux.close()


def ecrire(flux: BinaryIO | IO[bytes], valeur: object) -> None:
    """One frame."""
    octets = pickle.dumps(valeur, pickle.HIGHEST_PROTOCOL)
    flux.write(len(octets).to_bytes(4, "big") + octets)
    flux.flush()


def lire(flux: BinaryIO | IO[bytes]) -> Any:
    """The next frame. Raises EOFError when the other side is gone."""
    taille = flux.read(4)
    octets = flux.read(int.from_bytes(taille, "big"))
    if len(taille) < 4 or len(octets) < int.from_bytes(taille, "big"):
        raise EOFError
    # Our own process wrote it, from what was verified.
    return pickle.loads(octets)  # noqa: S301
