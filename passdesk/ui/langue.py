"""The words that Qt brings itself (menu of a field, box of files) in French too, whatever the computer speaks."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

NOM = "qtbase_fr"
OUBLIES = {
    ("QFileDialog", "&Look in:"): "&Chercher dans\u00a0:",
    ("QFileDialog", "Files of &type:"): "&Fichiers de type\u00a0:",
    ("QFileDialog", "Directory &name:"): "&Nom du dossier\u00a0:",
    ("QPlatformTheme", "OK"): "D’accord",
}
"""What Qt's own translation leaves in English, by context and words of origin."""


class _Complement(QTranslator):
    """Answers for what Qt's own translation forgot, and for nothing else."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, contexte: str, mots: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: ARG002
        # None, not "": Qt takes an empty text as the translation.
        return OUBLIES.get((contexte, mots))  # type: ignore[return-value]


def parler_francais(application: QApplication) -> None:
    """Loads Qt's own translation, once per process; without its file, Qt's words stay in English."""
    if application.findChild(QTranslator, NOM) is not None:
        return
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    traducteur = QTranslator(application)
    traducteur.setObjectName(NOM)
    if traducteur.load(NOM, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(traducteur)
    application.installTranslator(_Complement(application))
