"""What Qt keeps for itself stays under the base directory (contracts §1): file dialogs note each folder they saw."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAMME = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from passdesk.app import ouvrir_application

application, _ = ouvrir_application(Path(sys.argv[1]))

def choisir():
    for fenetre in application.topLevelWidgets():
        if isinstance(fenetre, QFileDialog):
            fenetre.accept()

QTimer.singleShot(0, choisir)
assert QFileDialog.getSaveFileName(None, "", sys.argv[2])[0]
"""


def test_a_file_dialog_writes_nothing_in_the_folder_of_its_user(tmp_path: Path) -> None:
    maison, poste, dehors = tmp_path / "maison", tmp_path / "poste", tmp_path / "Marie Xylokanari"
    for dossier in (maison, poste, dehors):
        dossier.mkdir()
    environnement = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("XDG_")}
    subprocess.run(
        [sys.executable, "-c", PROGRAMME, str(poste), str(dehors / "dossier.pdf")],
        env=environnement | {"HOME": str(maison), "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        timeout=60,
    )
    assert [chemin for chemin in maison.rglob("*") if chemin.is_file()] == []
