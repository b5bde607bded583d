"""The README's second command: sets everything up, then passes every check, the tests last."""

from __future__ import annotations

import argparse
import codecs
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from annonces import FAIT, REFUS, Arret, etape, finir, ouvrir_la_sortie, suite
from preparation import RACINE, a_preparer, environnement, exiger_python, preparer, programme
from systeme import Pose, a_poser, observation_permise, poser, preparer_systeme

CACHES = "caches"
A_COTE = "Tests (pytest)"
"""Half of the whole, on every core; but its tests wait for processes, servers and disks, and its last file for nobody:
the other families work meanwhile.
"""
OUVRIERS = (os.cpu_count() or 1) + 1
"""Processes of pytest. One more than there are cores: with as many, an eighth of the time went by in waiting."""
TOUR = 0.2
"""Seconds between two looks at what it says."""
GRACE = 10.0
"""Seconds that it has to end by itself, its servers stopped, once the whole is cut short."""

MEMOIRE = Path("/dev/shm")  # noqa: S108 (asked for by its name, and only there; what is made in it has a name of its own)
PLACE = 2 * 1024**3
"""Free bytes asked of a folder held in memory; a run leaves a hundred megabytes at a time in it."""


def familles(venv: Path, complet: bool) -> list[tuple[str, list[str | Path]]]:
    """Name and command of each family of checks, in order; pytest last, so that its closing line ends the run.

    The simulator before it: alone at the end, it takes every core.
    """
    python, caches = programme(venv, "python"), venv / CACHES
    pieces = ("annonces", "systeme", "preparation", "raccourci", "run", "test")
    installateur = [RACINE / "installer" / f"{nom}.py" for nom in pieces]
    profil = "complet" if complet else "rapide"
    return [
        ("Style (ruff)", [python, "-m", "ruff", "check", "."]),
        ("Mise en forme (ruff)", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("Types (mypy)", [python, "-m", "mypy"]),
        # A cache of its own: each of the two would throw the other's away.
        (
            "Types sous Windows (mypy)",
            [python, "-m", "mypy", "--platform", "win32", "--cache-dir", caches / "mypy-win32"],
        ),
        ("Types de l’installateur (mypy)", [python, "-m", "mypy", *installateur]),
        ("Murs entre les pièces (import-linter)", [programme(venv, "lint-imports"), "--no-cache"]),
        (
            "Galerie des écrans",
            [python, "-m", "tests.gallery", caches / "galerie", *(() if complet else ("--quick",))],
        ),
        ("Pass abîmés", [python, "-m", "tests.damage", *(() if complet else ("--quick",))]),
        *_coupures(python, complet),
        (
            "Échanges simulés",
            [
                *(python, "-m", "tests.simulation", "--histories", "10000" if complet else "200"),
                *("--mutants", "--jobs", "0"),
            ],
        ),
        (
            A_COTE,
            [
                # What it says is kept in a file, and read as UTF-8: Windows would write it in another code.
                *(python, "-X", "utf8", "-m", "pytest", "-n", str(OUVRIERS), "--dist", "loadfile"),
                *(f"--hypothesis-profile={profil}", "-o", f"cache_dir={caches / 'pytest'}"),
            ],
        ),
    ]


def _coupures(python: Path, complet: bool) -> list[tuple[str, list[str | Path]]]:
    """The crash campaigns: they watch the system's calls with strace, which Linux alone has, and some boxes forbid."""
    if not sys.platform.startswith("linux"):
        return []
    if not observation_permise():
        etape("Coupures de courant : cette machine interdit d’observer un processus (ptrace), elles n’y passent pas.")
        return []
    return [("Coupures de courant", [python, "-m", "tests.crash", *(() if complet else ("--quick",))])]


def environnement_des_tests(venv: Path) -> dict[str, str]:
    """What the tools find around them: their caches in the environment's folder, so that a read-only copy will do.

    What is compiled is kept, whatever the caller's shell says: a hundred processes would each compile PassDesk again.
    """
    caches = venv / CACHES
    sien = {nom: valeur for nom, valeur in environnement().items() if nom.upper() != "PYTHONDONTWRITEBYTECODE"}
    return sien | {
        "HYPOTHESIS_STORAGE_DIRECTORY": str(caches / "hypothesis"),
        "MYPY_CACHE_DIR": str(caches / "mypy"),
        "RUFF_CACHE_DIR": str(caches / "ruff"),
    }


@contextmanager
def bases_en_memoire(dossier: Path = MEMOIRE) -> Iterator[dict[str, str]]:
    """For one run, the variables that put the bases of the tests in memory, where the system has a folder for that.

    Each of some thousands of bases waits for the disk at each act: on a slow one, that is half of the run. The caller's
    own TMPDIR decides first; a folder too small, or that runs no program (the tests write a few), is left alone.
    """
    if sys.platform == "win32" or "TMPDIR" in os.environ or not os.access(dossier, os.W_OK | os.X_OK):
        yield {}
        return
    etat = os.statvfs(dossier)
    if etat.f_bavail * etat.f_frsize < PLACE or etat.f_flag & os.ST_NOEXEC:
        yield {}
        return
    lieu = Path(tempfile.mkdtemp(prefix="passdesk-", dir=dossier))
    try:
        lieu.chmod(0o711)  # PostgreSQL's account goes through it
        yield {"TMPDIR": str(lieu)}
    finally:
        shutil.rmtree(lieu, ignore_errors=True)


def passer(
    travaux: list[tuple[str, list[str | Path]]], environ: dict[str, str], a_cote: str = A_COTE
) -> list[tuple[str, int, float]]:
    """Name, exit code and seconds of each family, in the order in which they were read out.

    The family `a_cote` runs beside all the others. What it says meanwhile is kept; once they have ended it is read out
    from the start, then as it comes. Cut short, what it had said until then is read out all the same.
    """
    bilan: list[tuple[str, int, float]] = []
    commandes = dict(travaux)
    # The caller's own choice of a code for what is printed would hold for the file too.
    seul = {nom: valeur for nom, valeur in environ.items() if nom.upper() != "PYTHONIOENCODING"}
    with (
        tempfile.TemporaryDirectory(prefix="passdesk-", ignore_cleanup_errors=True) as dossier,
        (Path(dossier) / "dit").open("wb") as dit,
    ):
        depart = time.monotonic()
        etape(f"{a_cote} : commence, à côté de ce qui suit")
        fond = subprocess.Popen(commandes.pop(a_cote), cwd=RACINE, env=seul, stdout=dit, stderr=subprocess.STDOUT)
        with Path(dit.name).open("rb") as ecrit, _jusqu_a_sa_fin(fond, ecrit):
            for nom, commande in commandes.items():
                etape(nom)
                debut = time.monotonic()
                retour = lancer(commande, environ)
                bilan.append((nom, retour, time.monotonic() - debut))
            etape(a_cote)
            suivre(fond, ecrit)
        bilan.append((a_cote, fond.returncode, time.monotonic() - depart))
    return bilan


def lancer(commande: list[str | Path], environ: dict[str, str]) -> int:
    """The exit code of this command; one that does not start counts as broken, and the others go on."""
    try:
        return subprocess.run(commande, cwd=RACINE, env=environ, check=False).returncode
    except OSError as trouble:
        suite(f"Ne démarre pas : {trouble.strerror} ({commande[0]}).")
        return REFUS


@contextmanager
def _jusqu_a_sa_fin(fond: subprocess.Popen[bytes], ecrit: BinaryIO) -> Iterator[None]:
    """The block, then this process is gone; when the block was cut short, after a while, and what it said is told."""
    try:
        yield
    except BaseException as coupure:
        if not isinstance(coupure, KeyboardInterrupt) and os.name != "nt":
            # Ctrl+C reaches every process of the terminal; another end, this one alone.
            fond.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            fond.wait(GRACE)
        fond.kill()
        etape("Arrêt ; ce qui était dit à côté jusque-là :")
        suivre(fond, ecrit)
        raise
    finally:
        fond.kill()
        fond.wait()


def suivre(fond: subprocess.Popen[bytes], ecrit: BinaryIO) -> None:
    """Reads out what this process has written and goes on writing, until it ends."""
    lire = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        fini = fond.poll() is not None
        if octets := ecrit.read():
            print(lire.decode(octets), end="", flush=True)
        elif fini:
            return
        else:
            time.sleep(TOUR)


def tout_preparer() -> Path:
    """The system's packages and the environment, whose folder it returns. Raises Arret.

    What the environment needs of the system comes first; the rest is laid down while pip works. A refusal of apt is
    told as soon as it comes, whatever pip says later.
    """
    exiger_python()
    if a_preparer(tests=True):
        preparer_systeme(["python", "reseau"], indispensable=True)
    pose = a_poser(["qt", "postgresql", "cups", "strace"], indispensable=True)
    with ThreadPoolExecutor(1) as fil:
        systeme = fil.submit(_poser_et_dire, pose)
        venv = preparer(tests=True)
        if not systeme.result():
            raise Arret("Il manque des paquets système : ce qu’en dit apt est plus haut.")
    return venv


def _poser_et_dire(pose: Pose | None) -> bool:
    """False when these packages could not be installed, which is then said."""
    try:
        if pose is not None:
            poser(pose, indispensable=True)
    except Arret as arret:
        etape(arret.phrase)
        return False
    return True


def finir_proprement() -> None:
    """A run that is told to end, or whose terminal is closed, ends as by Ctrl+C: nothing of it goes on by itself."""

    def fin(numero: int, _: object) -> None:
        sys.exit(128 + numero)

    for nom in ("SIGTERM", "SIGHUP"):
        # nohup has it ignored, and means it.
        if hasattr(signal, nom) and signal.getsignal(getattr(signal, nom)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, nom), fin)


def main() -> int:
    """Runs every family, also after a broken one. Returns 0 when all hold, else 1."""
    ouvrir_la_sortie()
    finir_proprement()
    lecteur = argparse.ArgumentParser(description="Prépare tout, puis passe toutes les vérifications.", add_help=False)
    lecteur.add_argument("-h", "--help", action="help", help="affiche cette aide")
    lecteur.add_argument("--complet", action="store_true", help="avec les grandes campagnes")
    choix = lecteur.parse_args()
    try:
        venv = tout_preparer()
    except Arret as arret:
        finir(arret)
    with bases_en_memoire() as lieu:
        bilan = passer(familles(venv, choix.complet), environnement_des_tests(venv) | lieu)
    print("\nBilan", flush=True)
    for nom, retour, secondes in bilan:
        print(f"  {'tient ' if retour == 0 else 'CASSÉ '} {nom}, {secondes:.0f} s", flush=True)
    return FAIT if all(retour == 0 for _, retour, _ in bilan) else REFUS


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
