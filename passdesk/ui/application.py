"""What the program stands on: the Qt application, the way to paper, the folder of the desk."""

from __future__ import annotations

import os
import sys
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from passdesk.ressources import chemin
from passdesk.ui.preferences import load_preferences
from passdesk.ui.theme import Theme

if TYPE_CHECKING:
    from passdesk.domain.commune import Communes
    from passdesk.services.impression import Imprimante


def ouvrir_application(dossier: Path) -> tuple[QApplication, Theme]:
    """The Qt application and its theme, as this desk left it; nothing is cached outside the base directory."""
    os.environ["XDG_CACHE_HOME"] = cache = str(dossier / "cache")
    # Qt notes the folders of each file dialog for all its programs; on Windows it does so in the registry.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, cache)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("PassDesk")
    preferences = load_preferences(dossier)
    theme = Theme(*astuple(preferences))
    theme.installer(application)
    return application, theme


def imprimante_du_poste(dossier: Path) -> Imprimante:
    """The computer's printers, and a PDF file under the base directory where there is none."""
    from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier
    from passdesk.ui.papier.systeme import ImprimanteSysteme

    return ImprimanteSysteme(dossier, ImprimanteFichier(dossier / DOSSIER_PAPIER))


def dossier_de_la_plateforme() -> Path:
    """Where the platform keeps the data of a program."""
    import platformdirs

    return platformdirs.user_data_path("PassDesk", appauthor=False)


def load_suite() -> Communes:
    """Reads the rest of the program and what its pages would read, then the communes. Raises SaisieRefusee."""
    from passdesk.ui.icones import lire_icones
    from passdesk.ui.suite import manuel_livre, preparer_signe

    lire_icones()
    manuel_livre()
    preparer_signe()
    return load_communes()


def load_communes() -> Communes:
    """The communes shipped with the program. Raises SaisieRefusee."""
    from passdesk.domain.commune import lire_communes

    communes = lire_communes(chemin("communes", "communes.csv").read_text(encoding="utf-8"))
    # Here, in a worker: the window would stop at the first postal code that is typed.
    communes.trier_les_numeros()
    return communes
