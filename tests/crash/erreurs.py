"""The n-th call of each kind refused with ENOSPC or EIO, for each n, in a process that goes on afterwards.

strace counts the calls of each process apart and refuses the one of rank `REFUSE`. A child that is to meet the refusal
at its n-th call first spends `REFUSE - n` of them on nothing (`user`): one watched parent is enough for all n.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from passdesk.domain.erreurs import KnownError
from passdesk.services.poste import Poste
from passdesk.storage import envoi
from tests.crash import Verdict
from tests.crash.campagne import PARTS, memoire
from tests.crash.travail import actes, dire_acte, ouvrir
from tests.crash.verdict import juger
from tests.e2e.conftest import RACINE, environnement

ERREURS = ("ENOSPC", "EIO")
REFUSE = 3000
"""More calls of one kind than a child makes."""
NULLE_PART = "/nulle/part"
FERME = 1_000_000
"""A descriptor that nobody has open."""
USER: dict[str, Callable[[], object]] = {
    "pwrite64": lambda: os.pwrite(FERME, b"", 0),
    "write": lambda: os.write(FERME, b""),
    "fdatasync": lambda: os.fdatasync(FERME),
    "fsync": lambda: os.fsync(FERME),
    "ftruncate": lambda: os.ftruncate(FERME, 0),
    "rename": lambda: os.rename(NULLE_PART, NULLE_PART),  # noqa: PTH104
    "unlink": lambda: os.unlink(NULLE_PART),  # noqa: PTH108
}
"""A call of each kind that does nothing, and fails."""
PERSONNES = (0, 2)
"""One who gets a carnet, one who lacks papers."""
ADMIS = {"disque_plein", "disque_muet", "papier_non_ecrit"}


class Refus:
    """Another process, in which calls are refused."""

    def __init__(self, erreur: str, modele: Path) -> None:
        ici, la = socket.socketpair()
        genres = ",".join(USER)
        with la:
            self._processus = subprocess.Popen(
                ["strace", "-f", "-qqq", "--seccomp-bpf", "-o", os.devnull, "-e", f"trace={genres}",
                 "-e", f"inject={genres}:error={erreur}:when={REFUSE}",
                 sys.executable, "-m", "tests.crash.erreurs", str(la.fileno()), str(modele)],
                cwd=RACINE, env=environnement(), pass_fds=[la.fileno()], stdin=subprocess.DEVNULL,
            )  # fmt: skip
        self._lien = ici.makefile("rw")
        ici.close()

    def essayer(self, genre: str, rang: int, dossier: Path) -> dict[str, Any]:
        """A day of a child that meets the refusal at this rank: what it said; with no kind, what it called."""
        self._lien.write(json.dumps([genre, rang, str(dossier)]) + "\n")
        self._lien.flush()
        return json.loads(self._lien.readline())

    def fermer(self) -> None:
        """Ends it."""
        self._lien.close()
        self._processus.wait()


@contextmanager
def refus(erreur: str, modele: Path) -> Iterator[Refus]:
    """The other process for the block."""
    lance = Refus(erreur, modele)
    try:
        yield lance
    finally:
        lance.fermer()


def passer(modele: Path, graine: int, nombre: int | None) -> list[Verdict]:
    """Every n of every kind, or `nombre` drawn for each error; the two errors side by side."""
    with tempfile.TemporaryDirectory(dir=memoire()) as lieu, refus(ERREURS[0], modele) as processus:
        combien = processus.essayer("", 0, Path(lieu) / "poste")["appels"]
    rangs = [(genre, rang) for genre, n in combien.items() for rang in range(1, n + 1)]
    if nombre is not None:
        # Most calls are writes: each kind has its share.
        rangs = [une for genre in USER for une in _part(rangs, genre, Random(graine), nombre // len(USER))]
    with ThreadPoolExecutor(PARTS) as fils:
        return [verdict for lot in fils.map(lambda erreur: _passer(erreur, modele, rangs), ERREURS) for verdict in lot]


def _part(rangs: list[tuple[str, int]], genre: str, alea: Random, nombre: int) -> list[tuple[str, int]]:
    siens = [une for une in rangs if une[0] == genre]
    return alea.sample(siens, min(nombre, len(siens)))


def _passer(erreur: str, modele: Path, rangs: list[tuple[str, int]]) -> list[Verdict]:
    verdicts = []
    with refus(erreur, modele) as processus, tempfile.TemporaryDirectory(dir=memoire()) as lieu:
        dossier = Path(lieu) / "poste"
        for genre, rang in rangs:
            shutil.rmtree(dossier, ignore_errors=True)
            fait = processus.essayer(genre, rang, dossier)
            verdict = juger(dossier, fait["dits"], continuer=True)
            fautes = [*verdict.fautes, *fait["fautes"]]
            if {d["code"] for d in fait["dits"] if d["quoi"] == "refus"} - ADMIS:
                fautes.append("not told as a trouble of the disk")
            if fautes or not verdict.bon:
                fautes.append(f"{erreur} at {genre} {rang}")
            verdicts.append(Verdict(verdict.perdus, verdict.doubles, tuple(fautes)))
    return verdicts


def user(genre: str, fois: int) -> int:
    """Makes calls of this kind; how many until one was refused, or all of them."""
    for fait in range(fois):
        try:
            USER[genre]()
        except OSError as trouble:
            if trouble.errno not in (9, 2):
                return fait
    return fois


def enfant(genre: str, rang: int, dossier: Path, modele: Path) -> dict[str, Any]:
    """The day of a child: each act tried until it is done, twice at most."""
    shutil.copytree(modele, dossier)
    if genre:
        user(genre, REFUSE - rang)
    dits: list[dict[str, Any]] = []
    fautes: list[str] = []

    def jusqu_au_bout(quoi: str, faire: Callable[[], Any]) -> Any:
        for _ in range(3):
            try:
                return faire()
            except KnownError as trouble:
                dits.append({"quoi": "refus", "code": trouble.code})
        fautes.append(f"{quoi}: never done")
        return None

    poste: Poste | None = jusqu_au_bout("ouvrir", lambda: ouvrir(dossier))
    if poste is not None:
        for qui in PERSONNES:
            for quoi, faire in actes(poste, qui):
                avant = envoi.tete(poste.base)
                suite = jusqu_au_bout(quoi, faire)
                if suite is None:
                    break
                dire_acte(poste, quoi, qui, dits.append, **suite)
                if quoi not in ("noter", "papier") and envoi.tete(poste.base) == avant:
                    fautes.append(f"{quoi}: not written")
        jusqu_au_bout("fermer", poste.fermer)
    appels = {} if genre else {autre: REFUSE - 1 - user(autre, REFUSE) for autre in USER}
    return {"dits": dits, "fautes": fautes, "appels": appels}


def main(descripteur: str, modele: str) -> None:
    """Parent side of the watched process: a child for each line received."""
    with socket.socket(fileno=int(descripteur)) as lien:
        lignes = lien.makefile("r")
        for ligne in lignes:
            genre, rang, dossier = json.loads(ligne)
            if os.fork() == 0:
                try:
                    fait = enfant(genre, rang, Path(dossier), Path(modele))
                except BaseException as bug:
                    fait = {"dits": [], "appels": {}, "fautes": [f"bug: {type(bug).__name__} {bug}"]}
                # Neither `write` nor anything else that is counted.
                lien.sendall((json.dumps(fait) + "\n").encode())
                os._exit(0)
            with contextlib.suppress(ChildProcessError):
                os.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
