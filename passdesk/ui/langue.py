"""The words that Qt brings itself (menu of a field, box of files) in French too, whatever the computer speaks."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

NOM = "qtbase_fr"


def parler_francais(application: QApplication) -> None:
    """Loads Qt's own translation, once per process; without its file, Qt's words stay in English."""
    if application.findChild(QTranslator, NOM) is not None:
        return
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    traducteur = QTranslator(application)
    traducteur.setObjectName(NOM)
    if traducteur.load(NOM, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(traducteur)
