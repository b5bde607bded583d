"""The README's first command: sets everything up, then shows the main job, with or without a screen."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from annonces import Arret, etape, finir, ouvrir_la_sortie
from preparation import a_preparer, environnement, exiger_python, preparer, programme
from raccourci import poser_le_raccourci
from systeme import preparer_systeme


def a_un_ecran() -> bool:
    """True when a window can be opened here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Set-up, then `passdesk --demo`, or `passdesk demo` without a screen. Returns the program's exit code."""
    ouvrir_la_sortie()
    lecteur = argparse.ArgumentParser(description="Prépare tout, puis montre PassDesk au travail.", add_help=False)
    lecteur.add_argument("-h", "--help", action="help", help="affiche cette aide")
    lecteur.add_argument("--headless", action="store_true", help="sans fenêtre, même s’il y a un écran")
    lecteur.add_argument(
        "--out", type=Path, default=Path("demo-passdesk"), help="dossier de la démonstration sans fenêtre"
    )
    choix = lecteur.parse_args()
    fenetre = a_un_ecran() and not choix.headless
    try:
        exiger_python()
        outils = ["python", "reseau"] if a_preparer(tests=False) else []
        preparer_systeme([*outils, *(["qt", "ecran"] if fenetre else [])], indispensable=fenetre)
        venv = preparer(tests=False)
    except Arret as arret:
        finir(arret)
    passdesk = programme(venv, "passdesk")
    if fenetre:
        if sys.platform == "win32":
            poser_le_raccourci(venv)
        etape("PassDesk s’ouvre, avec des personnes inventées ; rien ne restera après.")
        return subprocess.run([passdesk, "--demo"], env=environnement(), check=False).returncode
    etape(f"Démonstration sans fenêtre, dans {choix.out}…")
    retour = subprocess.run([passdesk, "demo", "--out", choix.out], env=environnement(), check=False).returncode
    if retour == 0:
        etape(f"C’est fait : tout est dans {choix.out.resolve()}.")
    return retour


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
