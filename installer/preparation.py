"""The Python side of the set-up: `.venv`, the locked packages, PassDesk itself; quick when nothing changed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from annonces import REFUS, Arret, etape, suite
from exclusion import seul

RACINE = Path(__file__).resolve().parent.parent
VERROU = RACINE / "requirements.lock"
VERROU_TESTS = RACINE / "requirements-tests.lock"
TEMOIN = "passdesk.json"
EN_COURS = "passdesk-en-cours"
SIGNES_DE_PANNE = (
    "temporary failure in name resolution",
    "name or service not known",
    "getaddrinfo failed",
    "failed to establish a new connection",
    "network is unreachable",
    "connection broken",
    "connection refused",
    "connection reset",
    "connecttimeout",
    "read timed out",
    "readtimeout",
    "proxyerror",
    "sslerror",
    "max retries exceeded",
    "no space left",
)
HORS_DE_L_ENVIRONNEMENT = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
"""Settings of the caller's shell that would send packages elsewhere than in `.venv`."""

MAL_LUS = frozenset(",;" if os.name == "nt" else ',;"\\:')
"""Signs in a path that hide its plugins from PySide6 (it writes the path in a settings file) or stop venv (colon)."""


def exiger_python() -> None:
    """Raises Arret when this Python is too old."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is what an older Python runs first)
        raise Arret(
            f"PassDesk demande Python 3.11 ou plus récent ; celui-ci est le {sys.version.split()[0]}.\n"
            "Installez-en un, puis relancez la commande avec lui, par exemple : python3.11 installer/run.py",
            REFUS,
        )


def dossier_venv(racine: Path) -> Path:
    """`.venv` in the checkout; in the user's cache when the checkout is read-only or its path one that Qt misreads."""
    local = racine / ".venv"
    if MAL_LUS.isdisjoint(str(racine)) and os.access(local if local.is_dir() else racine, os.W_OK):
        return local
    if os.name == "nt":
        cache = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "passdesk" / f"venv-{hashlib.sha256(os.fsencode(racine)).hexdigest()[:12]}"


def programme(venv: Path, nom: str) -> Path:
    """The path of a command of the environment."""
    return venv / "Scripts" / f"{nom}.exe" if os.name == "nt" else venv / "bin" / nom


def environnement() -> dict[str, str]:
    """The caller's environment, less what would lead pip or Python astray.

    Where the locale is missing or old, paths are UTF-8 all the same: Qt takes them so, and finds its plugins by them.
    """
    retenu = {nom: valeur for nom, valeur in os.environ.items() if nom.upper() not in HORS_DE_L_ENVIRONNEMENT}
    return retenu if sys.getfilesystemencoding() == "utf-8" else retenu | {"PYTHONUTF8": "1"}


def empreinte(fichier: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(fichier.read_bytes()).hexdigest()


def lire_temoin(venv: Path) -> dict[str, str]:
    """What the last complete set-up noted; empty when there was none or when it was cut short."""
    if (venv / EN_COURS).exists():
        return {}
    try:
        lu = json.loads((venv / TEMOIN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in lu.items()} if isinstance(lu, dict) else {}


def marche(venv: Path, code: str = "") -> bool:
    """True when the environment's Python starts and runs this line."""
    python = programme(venv, "python")
    try:
        return subprocess.run([python, "-I", "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def est_pret(venv: Path, racine: Path, verrou: Path) -> bool:
    """True when this lock is in place, for this checkout, in an environment that runs."""
    temoin = lire_temoin(venv)
    return (
        temoin.get("racine") == str(racine)
        and temoin.get(verrou.name) == empreinte(verrou)
        and temoin.get("projet") == empreinte(racine / "pyproject.toml")
        and marche(venv)
    )


def a_preparer(*, tests: bool) -> bool:
    """True when `preparer` has something to do."""
    return not est_pret(dossier_venv(RACINE), RACINE, VERROU_TESTS if tests else VERROU)


def preparer(*, tests: bool) -> Path:
    """Makes `.venv` ready for the program, or for the tests as well. Returns the environment's folder; raises Arret.

    Two of them at once in the same folder emptied and filled it against each other: the second waits.
    """
    verrou = VERROU_TESTS if tests else VERROU
    venv = dossier_venv(RACINE)
    if not est_pret(venv, RACINE, verrou):
        with suppress(OSError):
            venv.parent.mkdir(parents=True, exist_ok=True)
        with seul(venv.with_name(f"{venv.name}.verrou")):
            if not est_pret(venv, RACINE, verrou):
                _preparer(venv, verrou)
                return venv
    etape("Environnement Python : déjà prêt.")
    return venv


def _preparer(venv: Path, verrou: Path) -> None:
    temoin = lire_temoin(venv)
    if temoin.get("racine") != str(RACINE) or not marche(venv, "import pip"):
        creer_venv(venv)
        temoin = {}
    try:
        _remplir(venv, verrou, temoin)
    except OSError as trouble:
        ou, pourquoi = Path(os.fsdecode(trouble.filename or venv)), trouble.strerror or trouble
        if not ou.is_relative_to(venv):
            raise Arret(f"La préparation s’est arrêtée sur {ou} ({pourquoi}) : relancez la même commande.") from None
        raise Arret(f"{venv} ne peut pas être écrit ({pourquoi}) : supprimez-le, puis recommencez.") from None
    etape("Environnement Python : prêt.")


def _remplir(venv: Path, verrou: Path, temoin: dict[str, str]) -> None:
    (venv / EN_COURS).write_text("", encoding="utf-8")
    installer_verrou(venv, verrou)
    installer_projet(venv)
    temoin = temoin | {
        "racine": str(RACINE),
        verrou.name: empreinte(verrou),
        "projet": empreinte(RACINE / "pyproject.toml"),
    }
    if verrou == VERROU_TESTS:
        temoin[VERROU.name] = empreinte(VERROU)
    (venv / TEMOIN).write_text(json.dumps(temoin, indent=1), encoding="utf-8")
    (venv / EN_COURS).unlink(missing_ok=True)


def _vider(venv: Path) -> None:
    """Empties a half-made environment; the mark that it is one goes in first and stays, whenever this is cut short."""
    (venv / EN_COURS).write_text("", encoding="utf-8")
    for dedans in venv.iterdir():
        if dedans.is_dir() and not dedans.is_symlink():
            shutil.rmtree(dedans)
        elif dedans.name != EN_COURS:
            dedans.unlink()


def creer_venv(venv: Path) -> None:
    """A fresh environment in place of whatever half-made one was there. Raises Arret."""
    if venv.exists():
        fait_ici = venv.is_dir() and not venv.is_symlink()
        signes = ("pyvenv.cfg", EN_COURS)
        if not fait_ici or (any(venv.iterdir()) and not any((venv / signe).exists() for signe in signes)):
            raise Arret(f"{venv} existe et n’est pas un environnement Python : déplacez-le, puis recommencez.", REFUS)
        etape("Environnement Python incomplet ou d’une autre copie : je le refais.")
        try:
            _vider(venv)
        except OSError as trouble:
            raise Arret(
                f"{venv} ne peut pas être effacé ({trouble.strerror}) : supprimez-le, puis recommencez."
            ) from None
    etape(f"Environnement Python : je le crée ({venv}).")
    try:
        venv.mkdir(parents=True, exist_ok=True)
        (venv / EN_COURS).write_text("", encoding="utf-8")
    except OSError as trouble:
        raise Arret(f"{venv} ne peut pas être créé ({trouble.strerror}).") from None
    faites = False
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        faites = _lancer([sys.executable, "-m", "venv", venv]).returncode == 0
    elif importlib.util.find_spec("virtualenv"):
        faites = _lancer([sys.executable, "-m", "virtualenv", "--quiet", venv]).returncode == 0
    elif importlib.util.find_spec("venv") and importlib.util.find_spec("pip"):
        faites = _lancer([sys.executable, "-m", "venv", "--without-pip", venv]).returncode == 0
    if not faites or not marche(venv):
        raise Arret(
            "L’environnement Python n’a pas pu être créé.\n"
            "Sur Debian ou Ubuntu, à faire une fois en administrateur :\n\n    sudo apt-get install -y python3-venv\n"
        )


def _pip(venv: Path) -> list[str | Path]:
    """The environment's own pip, or the caller's working on it (the lock then brings pip along)."""
    python = programme(venv, "python")
    if marche(venv, "import pip"):
        return [python, "-I", "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", python]


def installer_verrou(venv: Path, verrou: Path) -> None:
    """Exactly the locked files, each checked against its SHA-256. Raises Arret."""
    nombre = sum("==" in ligne for ligne in verrou.read_text(encoding="utf-8").splitlines())
    etape(f"Paquets Python : j’installe les {nombre} de {verrou.name}, chacun vérifié (une minute environ)…")
    pose = _lancer(
        [*_pip(venv), "install", *_CALME, "--only-binary=:all:", "--no-deps", "--require-hashes", "-r", verrou]
    )
    if pose.returncode != 0:
        raise expliquer(pose.stdout + pose.stderr)


def installer_projet(venv: Path) -> None:
    """PassDesk itself, as it stands in the checkout; fetches nothing. Raises Arret."""
    etape("PassDesk : je le relie à l’environnement.")
    pose = _lancer(
        [*_pip(venv), "install", *_CALME, "--no-deps", "--no-index", "--no-build-isolation", "--editable", RACINE]
    )
    if pose.returncode != 0:
        raise expliquer(pose.stdout + pose.stderr)
    for lien in sorted(venv.rglob("_passdesk.pth")):
        lien.write_text(ligne_de_lien(RACINE), encoding="ascii")
    if not marche(venv, "import passdesk.cli"):
        raise Arret(f"PassDesk est installé, mais ne démarre pas depuis {RACINE}.")


def ligne_de_lien(racine: Path) -> str:
    """What a .pth says of the checkout, in ASCII: Python reads it in the locale's encoding, which may lack the accents.

    The same line serves every locale, and Windows before Python 3.13 (cp1252).
    """
    return f"import os, sys; sys.path.append(os.fsdecode({os.fsencode(racine)!r}))\n"


_CALME = [
    *("--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location", "--progress-bar=off"),
    "--no-compile",
]
"""Of five thousand modules, each is compiled when it is first imported: most never are."""


def _lancer(commande: list[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        commande,
        cwd=RACINE,
        env=environnement(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def expliquer(sortie: str) -> Arret:
    """The sentence behind what pip printed."""
    texte = sortie.lower()
    if "do not match the hashes" in texte:
        return Arret(
            "Un paquet reçu n’est pas celui que le fichier de verrouillage attend : rien n’en a été installé.\n"
            "Vérifiez le miroir de paquets de votre réseau, puis recommencez.",
            REFUS,
        )
    if any(signe in texte for signe in SIGNES_DE_PANNE):
        return Arret(
            "Le téléchargement s’est arrêté : le réseau ne répond pas, ou le disque est plein.\n"
            "Rien n’est perdu ; relancez la même commande quand la connexion est revenue."
        )
    lignes = [ligne.strip() for ligne in sortie.splitlines() if ligne.strip()]
    for ligne in ([ligne for ligne in lignes if "error" in ligne.lower()] or lignes)[-3:]:
        suite(ligne)
    return Arret("Les paquets Python n’ont pas pu être installés ; pip en dit plus ci-dessus.")
