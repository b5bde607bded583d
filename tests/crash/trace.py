"""A process watched by strace: the calls that change its desk's files, in order, and what it said meanwhile."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.conftest import RACINE, environnement

APPELS = (
    "openat,open,creat,close,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,sync_file_range,ftruncate,truncate,"
    "fallocate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,lseek,"
    "sendfile,copy_file_range,dup,dup2,dup3"
)
COMPRIS = frozenset(
    {"openat", "close", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "mkdir", "lseek"}
)
ABSENT = (
    "strace est absent : il montre les appels au système, d’après lesquels les coupures se rejouent.\n"
    "Debian, Ubuntu : sudo apt-get install -y strace (installer/test.py le fait quand il en a le droit)."
)
_LIGNE = re.compile(r"^(?:\d+ +)?(?P<nom>\w+)\((?P<suite>.*)\)\s+= (?P<retour>-?\d+|\?)(?:<(?P<rendu>[^>]*)>)?.*$")
_TEXTE = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTEUR = re.compile(r"^(\d+)(?:<([^>]*)>)?")


@dataclass(frozen=True, slots=True)
class Appel:
    """One change of a file: `genre` is "creer", "ecrire", "couper", "sync", "renommer", "oter" or "dire" (octets).

    `rang`: offset of a write, length kept of a cut file; `vers`: the new name.
    """

    genre: str
    chemin: str
    octets: bytes = b""
    rang: int = 0
    vers: str = ""


def strace_present() -> bool:
    """True where a process can be watched."""
    return shutil.which("strace") is not None


def enregistrer(trace: Path, dossier: Path, arguments: Sequence[str]) -> tuple[Appel, ...]:
    """Runs `python -m tests.crash.travail …` to its end; every call that touched `dossier`, and what it said."""
    with (trace.parent / f"{trace.name}.dits").open("wb") as dits:
        subprocess.run(
            ["strace", "-f", "--seccomp-bpf", "-o", str(trace), "-y", "-xx", "-s", "99999999", "-e", f"trace={APPELS}",
             sys.executable, "-m", "tests.crash.travail", str(dossier), *arguments],
            cwd=RACINE, env=environnement(), stdin=subprocess.DEVNULL, stdout=dits, check=True,
        )  # fmt: skip
    return tuple(lire(trace, dossier))


def lire(trace: Path, dossier: Path) -> Iterator[Appel]:
    """The calls about files below `dossier`, and each line said on descriptor 1. Raises ValueError on one unknown."""
    racine = str(dossier)
    places: dict[str, int] = {}
    with trace.open(encoding="ascii") as lignes:
        for ligne in lignes:
            lu = _LIGNE.match(ligne)
            if lu is None or lu["retour"] in ("?", "-1"):
                if lu is None and racine.encode().hex() in ligne.replace("\\x", ""):
                    raise ValueError(f"call not understood: {ligne[:80]}")
                continue
            yield from _appel(lu, places, racine)


def _appel(lu: re.Match[str], places: dict[str, int], racine: str) -> Iterator[Appel]:
    nom, suite, retour = lu["nom"], lu["suite"], int(lu["retour"])
    textes = [bytes.fromhex(t.replace("\\x", "")) for t in _TEXTE.findall(suite)]
    descripteur = _DESCRIPTEUR.match(suite)
    ouvert = descripteur[1] if descripteur else ""
    chemin = _clair(descripteur[2] or "") if descripteur else ""
    if nom == "write" and ouvert == "1":
        yield Appel("dire", "", textes[0])
        return
    nommes = [t.decode(errors="replace") for t in textes] if nom not in ("write", "pwrite64") else []
    if not any(c.startswith(racine) for c in (chemin, *nommes)):
        return
    if nom not in COMPRIS:
        raise ValueError(f"call not understood: {nom}")
    if nom == "openat":
        places[str(retour)] = 0
        if "O_CREAT" in suite:
            yield Appel("creer", nommes[0])
        if "O_TRUNC" in suite:
            yield Appel("couper", nommes[0])
    elif nom == "write":
        yield Appel("ecrire", chemin, textes[0][:retour], places[ouvert])
        places[ouvert] += retour
    elif nom == "pwrite64":
        yield Appel("ecrire", chemin, textes[0][:retour], int(suite.rsplit(",", 1)[1]))
    elif nom == "ftruncate":
        yield Appel("couper", chemin, rang=int(suite.rsplit(",", 1)[1]))
    elif nom in ("fsync", "fdatasync"):
        yield Appel("sync", chemin)
    elif nom == "rename":
        yield Appel("renommer", nommes[0], vers=nommes[1])
    elif nom == "unlink":
        yield Appel("oter", nommes[0])
    elif nom == "lseek":
        places[ouvert] = retour


def _clair(chemin: str) -> str:
    return bytes.fromhex(chemin.replace("\\x", "")).decode(errors="replace") if chemin.startswith("\\x") else chemin
