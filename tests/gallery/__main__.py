"""`python -m tests.gallery DIR [--quick] [--scene NAME…]`: see the package."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from tests.gallery import phrases
from tests.gallery.studio import ECHELLES, SCENES, THEMES, Resultat, Studio

SCENES_DE = (
    "scenes_guichet",
    "scenes_rappels",
    "scenes_agents",
    "scenes_moments",
    "scenes_clavier",
    "scenes_papier",
    "scenes_importer",
    "scenes_decision",
    "scenes_reunion",
    "scenes_identites",
    "scenes_verifier",
    "scenes_lieux",
    "scenes_droits",
    "scenes_sauvegardes",
    "scenes_fournee",
    "scenes_journal",
    "scenes_aide",
)
"""Modules of this package that hold scenes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Takes the pictures; the exit code."""
    analyse = argparse.ArgumentParser(prog="python -m tests.gallery")
    analyse.add_argument("dossier", type=Path)
    analyse.add_argument("--quick", action="store_true")
    analyse.add_argument("--scene", nargs="+", default=[], metavar="NAME")
    choix = analyse.parse_args(arguments)
    for module in SCENES_DE:
        importlib.import_module(f"tests.gallery.{module}")
    voulues = [s for s in SCENES.values() if (s.nom in choix.scene if choix.scene else s.rapide or not choix.quick)]
    debut = time.monotonic()
    choix.dossier.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    avertis: list[str] = []
    qInstallMessageHandler(lambda _genre, _ou, texte: avertis.append(texte or "") if parle(texte) else None)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    atelier = Path(tempfile.mkdtemp(prefix="galerie-"))
    try:
        studio = Studio(atelier, choix.dossier, THEMES[:1] if choix.quick else THEMES)
        for scene in voulues:
            for echelle in ECHELLES:
                studio.tenter(scene, echelle)
            print(f"{scene.nom} ({time.monotonic() - debut:.0f} s)", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(atelier, ignore_errors=True)
    del application
    studio.resultat.fautes += [f"Qt : {averti}" for averti in avertis]
    return rendre(studio.resultat, choix.dossier)


def parle(texte: str | None) -> bool:
    """False for what Qt says at each window where there is no screen."""
    return "This plugin does not support" not in (texte or "")


def rendre(resultat: Resultat, dossier: Path) -> int:
    """Writes the sentences, tells what is wrong, ends with the totals."""
    ecrites = phrases.ecrire(dossier / "strings.md", resultat.phrases)
    jumelles = resultat.jumelles()
    for faute in (*resultat.fautes, *(f"deux images pareilles : {paire}" for paire in jumelles)):
        print(faute, file=sys.stderr)
    totaux = {
        "images": len(resultat.images),
        "ecrans": len(resultat.phrases),
        "phrases": ecrites,
        "fautes": len(resultat.fautes),
        "jumelles": len(jumelles),
        "ok": not resultat.fautes and not jumelles,
    }
    print(json.dumps(totaux, ensure_ascii=False))
    return 0 if totaux["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
