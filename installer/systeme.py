"""System packages: which are missing, and how to get them (Debian and its family)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from annonces import Arret, etape, suite

LISTE = Path(__file__).with_name("paquets-debian.txt")


def lire_liste(texte: str) -> dict[str, list[list[str]]]:
    """Group → packages, each the list of names of which one is enough."""
    groupes: dict[str, list[list[str]]] = {}
    groupe = ""
    for brute in texte.splitlines():
        ligne = brute.split("#")[0].strip()
        if ligne.startswith("["):
            groupe = ligne.strip("[]")
        elif ligne:
            groupes.setdefault(groupe, []).append([nom.strip() for nom in ligne.split("|")])
    return groupes


def paquets_manquants(voulus: Iterable[list[str]], presents: Iterable[str]) -> list[str]:
    """The packages to install, by the first of their names."""
    la = set(presents)
    return [noms[0] for noms in voulus if la.isdisjoint(noms)]


def lire_etat_dpkg(sortie: str) -> set[str]:
    """Names of the installed packages, and the names they stand for, in dpkg-query's answer."""
    presents: set[str] = set()
    for ligne in sortie.splitlines():
        etat, _, reste = ligne.partition("\t")
        nom, _, fournis = reste.partition("\t")
        if etat.startswith("ii"):
            presents.add(nom)
            presents.update(f.split("(")[0].strip() for f in fournis.split(",") if f.strip())
    return presents


def _presents() -> set[str]:
    reponse = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}\t${Package}\t${Provides}\n"],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return lire_etat_dpkg(reponse.stdout)


def prefixe_administrateur() -> list[str] | None:
    """What to put before apt-get: nothing for root, `sudo -n` where it asks nothing, None when there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    demande = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if demande.returncode == 0 else None


def postgresql_present(debian: Path = Path("/usr/lib/postgresql")) -> bool:
    """True when a PostgreSQL server can be started here, wherever it came from."""
    return shutil.which("initdb") is not None or any(debian.glob("*/bin/initdb"))


def cups_present(chemin: str | None = None) -> bool:
    """True when a print spooler can be started here; an ordinary account's PATH often lacks the folders it is in."""
    ou = chemin if chemin is not None else os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    return all(shutil.which(nom, path=ou) for nom in ("cupsd", "lpadmin", "cupsdisable"))


def observation_permise() -> bool:
    """True where strace may watch a process: some containers forbid it to everybody."""
    try:
        return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _apt(prefixe: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    sans_question = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    return subprocess.run(
        [*prefixe, *sans_question, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


_faites: set[str] = set()
"""The lists of packages that were refreshed in this run."""


def _rafraichir(prefixe: list[str]) -> str:
    """The lists of packages, once a run; what apt says when it could not, and the next call then tries again.

    Old lists may do: whoever installs from them sees.
    """
    if "listes" in _faites:
        return ""
    reponse = _apt(prefixe, "update", "--error-on=any")
    if reponse.returncode == 0:
        _faites.add("listes")
        return ""
    return reponse.stderr


@dataclass(frozen=True, slots=True)
class Pose:
    """System packages to install, and what to put before apt-get for that."""

    manquants: tuple[str, ...]
    prefixe: tuple[str, ...]


def preparer_systeme(groupes: Iterable[str], *, indispensable: bool) -> None:
    """Installs the missing packages of these groups, or says exactly what to install.

    Raises Arret when they cannot be installed and `indispensable`; otherwise goes on with a warning.
    """
    pose = a_poser(groupes, indispensable=indispensable)
    if pose is not None:
        poser(pose, indispensable=indispensable)


def a_poser(groupes: Iterable[str], *, indispensable: bool) -> Pose | None:
    """What `poser` has to install of these groups; None when nothing is missing, or nothing can be done.

    At once: what only an administrator can install is said before anything long begins. Raises Arret when it is
    `indispensable`.
    """
    if not sys.platform.startswith("linux"):
        return None
    la = {
        "python": importlib.util.find_spec("ensurepip") is not None,
        "postgresql": postgresql_present(),
        "cups": cups_present(),
    }
    choisis = [groupe for groupe in groupes if not la.get(groupe)]
    if not choisis:
        return None
    if shutil.which("dpkg-query") is None:
        etape("Paquets système : cette machine n’est pas de la famille Debian.")
        suite(f"S’il manque une bibliothèque, la liste est dans {LISTE.name}, sous les noms de Debian.")
        return None
    liste: Mapping[str, list[list[str]]] = lire_liste(LISTE.read_text(encoding="utf-8"))
    manquants = paquets_manquants([noms for g in choisis for noms in liste.get(g, [])], _presents())
    if not manquants:
        etape("Paquets système : déjà là.")
        return None
    prefixe = prefixe_administrateur()
    if prefixe is None:
        _renoncer(
            f"Paquets système absents, sans les droits pour les installer : {', '.join(manquants)}.\n"
            f"À faire une fois, en administrateur :\n\n    sudo {_commande(manquants)}\n",
            indispensable,
        )
        return None
    return Pose(tuple(manquants), tuple(prefixe))


def poser(pose: Pose, *, indispensable: bool) -> None:
    """Installs these packages. Raises Arret when apt cannot, and they are `indispensable`; otherwise says so."""
    etape(f"Paquets système : j’en installe {len(pose.manquants)} ({', '.join(pose.manquants)}).")
    prefixe = [*pose.prefixe]
    listes = _rafraichir(prefixe)
    issue = _apt(prefixe, "install", "-y", "--no-install-recommends", *pose.manquants)
    if issue.returncode != 0:
        # Without fresh lists, a package is said to be unknown: why they are not fresh comes first.
        dit = [*listes.strip().splitlines()[-3:], *issue.stderr.strip().splitlines()[-4:]]
        detail = "\n".join(f"    {ligne}" for ligne in dit)
        _renoncer(
            f"Les paquets système n’ont pas pu être installés :\n{detail}\n"
            f"Vérifiez la connexion, puis recommencez, ou lancez :\n\n    {_commande(pose.manquants)}\n",
            indispensable,
        )


def _commande(manquants: Iterable[str]) -> str:
    return "apt-get install -y --no-install-recommends " + " ".join(manquants)


def _renoncer(phrase: str, indispensable: bool) -> None:
    if indispensable:
        raise Arret(phrase)
    etape(phrase)
    suite("Je continue sans eux.")
