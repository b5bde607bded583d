"""Several processes for one server: this one listens, counts and tells, the others each judge one request at a time.

Python computes on one core a process. What has to be counted once (rates, counters, health, journal) stays in the
process that listens; a request goes to another once its desk is known by its signature and may be served. Between the
two, frames on the standard streams of the other one, which ends when they close: it outlives nobody.
"""

from __future__ import annotations

import itertools
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from passdesk import __version__
from passdesk.domain.erreurs import BaseFermee, KnownError, PanneAttendue
from passdesk.server.adresse import Adresse
from passdesk.server.cles import NOM, empreinte
from passdesk.server.echange import HttpAnswer, HttpRequest
from passdesk.server.migrations import VERSION_SCHEMA
from passdesk.server.minuterie import Minuterie
from passdesk.server.postes import Poste
from passdesk.server.region import Region
from passdesk.server.suivi import journal

ATTENTE_S = 5.0
"""Seconds that a request waits for its turn. With those of `DELAI_S`, fewer than the thirty without a byte after which
a desk hangs up: it hears that the Region is busy, and does not take another process meanwhile."""
DELAI_S = 20.0
"""Seconds for one request in another process, to replace one that died included: beyond, it is taken for stuck."""
SANTE_S = 10.0
"""Seconds for one to say that it can read the Region's data."""
DEPART_S = 60.0
"""Seconds for all of them to be there when the server starts."""
FIN_S = 5.0
"""Seconds for those that do nothing to end, when the server stops."""
ATELIERS_MAX = 32


PROGRAMME = (__version__, VERSION_SCHEMA)
"""What this process and the others must be alike in, beside the keys."""


class ImprevuError(Exception):
    """A bug in another process; `faits`: its name and where, never the values at hand."""

    def __init__(self, faits: dict[str, Any]) -> None:
        super().__init__(faits["bug"])
        self.faits = faits


@dataclass(frozen=True, slots=True)
class Travail:
    """A request whose desk is known."""

    http: HttpRequest
    poste: Poste
    counter: int


@dataclass(frozen=True, slots=True)
class Coup:
    """Asks whether the Region's data can be read."""


@dataclass(frozen=True, slots=True)
class Fait:
    """What came of it: an answer, the code of an outage, or a bug."""

    answer: HttpAnswer | None = None
    panne: str = ""
    imprevu: dict[str, Any] = field(default_factory=dict)


class Ateliers:
    """So many processes over the Region of `dossier`; their data at `adresse`, in it without one."""

    def __init__(self, nombre: int, dossier: Path, adresse: Adresse | None) -> None:
        """Once each has opened the Region. Raises what one said of it, PanneAttendue(region_processus)."""
        self._lieu = (dossier, adresse, empreinte(dossier / NOM))
        # The last that worked comes first, the place of one that died last: one that cannot be replaced stops nobody.
        self._libres: queue.PriorityQueue[tuple[bool, int, subprocess.Popen[bytes] | None]] = queue.PriorityQueue()
        self._rangs = itertools.count(0, -1)
        self._vivants: set[subprocess.Popen[bytes]] = set()
        self._verrou = threading.Lock()
        self._minuterie = Minuterie()
        self._fini = False
        self.nombre = nombre
        try:
            for atelier in [self._lancer() for _ in range(nombre)]:
                with self._minuterie.pendant(DEPART_S, atelier.kill):
                    self._accueillir(atelier)
                self._reposer(atelier)
        except BaseException as trouble:
            perdus = tuple(self._vivants)
            self.fermer()
            for atelier in perdus:
                _achever(atelier)
            if isinstance(trouble, OSError | EOFError):
                raise PanneAttendue("region_processus") from None
            raise

    def traiter(self, _: Region, http: HttpRequest, poste: Poste, counter: int) -> HttpAnswer:
        """`echange.traiter_verifie`, elsewhere. Raises KnownError as it does, PanneAttendue(region_occupee) when no
        process was free for long, or the one at work died or did not end in time; ImprevuError."""
        with self._un_libre(poste.device, DELAI_S) as atelier:
            fait = _demander(atelier, Travail(http, poste, counter))
        if fait.imprevu:
            raise ImprevuError(fait.imprevu)
        if fait.answer is None:
            raise PanneAttendue(fait.panne)
        return fait.answer

    def repond(self) -> bool:
        """Whether one that has nothing to do can read the Region's data, after another took its place if it died. When
        all are at work nothing is known: each has its time."""
        if self._libres.empty():
            return True
        try:
            with self._un_libre("", SANTE_S) as atelier:
                fait = _demander(atelier, Coup())
        except KnownError:
            return False
        return not (fait.panne or fait.imprevu)

    def fermer(self) -> None:
        """Those that do nothing end by themselves; one still at work was given its time: it is killed, and its desk
        comes back. None begins after that."""
        with self._verrou:
            self._fini = True
            occupes, self._vivants = self._vivants, set()
        libres = []
        with suppress(queue.Empty):
            while True:
                _, _, atelier = self._libres.get_nowait()
                if atelier is not None:
                    libres.append(atelier)
        for atelier in occupes.difference(libres):
            # Its streams are in the hands of the thread that waits for it, which this wakes.
            atelier.kill()
            _enterrer(atelier, FIN_S)
        for atelier in libres:
            assert atelier.stdin is not None
            with suppress(OSError):
                atelier.stdin.close()
        fin = time.monotonic() + FIN_S
        for atelier in libres:
            _enterrer(atelier, max(0.0, fin - time.monotonic()))
            _achever(atelier)
        self._minuterie.arreter()

    @contextmanager
    def _un_libre(self, appareil: str, delai: float) -> Iterator[subprocess.Popen[bytes]]:
        """One that has nothing to do. Whatever is raised inside, its streams may be in the middle of a frame: it is
        killed, never lent again."""
        debut = time.monotonic()
        try:
            _, _, atelier = self._libres.get(timeout=ATTENTE_S)
        except queue.Empty:
            raise PanneAttendue("region_occupee") from None
        rendu, sonne, raison, retiree = None, threading.Event(), "mort", False
        try:
            if atelier is not None and atelier.poll() is not None:
                # It died while it had nothing to do.
                self._oublier(atelier, "mort", "")
                atelier = None
            neuf = atelier is None
            atelier = atelier or self._lancer()
            with self._minuterie.pendant(delai - (time.monotonic() - debut), _sonnerie(atelier, sonne)):
                if neuf:
                    self._accueillir(atelier)
                yield atelier
            rendu = None if sonne.is_set() else atelier
        except (OSError, EOFError):
            # Killed, out of memory: nothing of its transaction is kept, the desk comes back.
            raise PanneAttendue("region_occupee") from None
        except KnownError as trouble:
            raison, retiree = trouble.code, isinstance(trouble, BaseFermee)
            raise
        finally:
            if atelier is not None and rendu is None:
                self._oublier(atelier, "delai" if sonne.is_set() else raison, appareil)
            # What the program or the keys on the disk refuse is refused until the server starts again: whoever is left
            # does the work, and only the last place goes on being tried.
            if rendu is not None or not (retiree and self._vivants):
                self._reposer(rendu)

    def _reposer(self, atelier: subprocess.Popen[bytes] | None) -> None:
        self._libres.put((atelier is None, next(self._rangs), atelier))

    def _lancer(self) -> subprocess.Popen[bytes]:
        commande = [sys.executable, "-m", "passdesk.server.atelier"]
        with self._verrou:
            if self._fini:
                raise PanneAttendue("region_occupee")
            atelier = subprocess.Popen(commande, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            self._vivants.add(atelier)
        return atelier

    def _accueillir(self, atelier: subprocess.Popen[bytes]) -> None:
        """Tells it of which Region, and waits until it has opened it. Raises what it says of it, EOFError, OSError."""
        assert atelier.stdin is not None and atelier.stdout is not None
        # By itself: the program on the disk may have changed, and what follows with it.
        ecrire(atelier.stdin, PROGRAMME)
        # The address may hold a password: never an argument.
        ecrire(atelier.stdin, self._lieu)
        refus: tuple[str, str] | None = lire(atelier.stdout)
        if refus is not None:
            genre, code = refus
            raise (BaseFermee if genre == BaseFermee.__name__ else PanneAttendue)(code)

    def _oublier(self, atelier: subprocess.Popen[bytes], raison: str, appareil: str) -> None:
        """`raison`: it died, was too long, or could not open the Region; `appareil`: whose request it had."""
        with self._verrou:
            self._vivants.discard(atelier)
            fini = self._fini
        if not fini:
            faits = {"pid": atelier.pid, "raison": raison, "appareil": appareil}
            journal.warning("atelier perdu", extra={"faits": faits})
        _achever(atelier)


def _sonnerie(atelier: subprocess.Popen[bytes], sonne: threading.Event) -> Callable[[], None]:
    """Kills it, which ends whatever waits for it, and says that it did."""

    def sonner() -> None:
        sonne.set()
        atelier.kill()

    return sonner


def _demander(atelier: subprocess.Popen[bytes], travail: Travail | Coup) -> Fait:
    assert atelier.stdin is not None and atelier.stdout is not None
    ecrire(atelier.stdin, travail)
    fait: Fait = lire(atelier.stdout)
    return fait


def _enterrer(atelier: subprocess.Popen[bytes], delai: float) -> None:
    # A disk that never answers can hold even one that is killed.
    with suppress(subprocess.TimeoutExpired):
        atelier.wait(delai)


def _achever(atelier: subprocess.Popen[bytes]) -> None:
    atelier.kill()
    _enterrer(atelier, FIN_S)
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
    if len(taille) < 4:
        raise EOFError
    octets = flux.read(int.from_bytes(taille, "big"))
    if len(octets) < int.from_bytes(taille, "big"):
        raise EOFError
    # Our own process wrote it, from what was verified.
    return pickle.loads(octets)  # noqa: S301
