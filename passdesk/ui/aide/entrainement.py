"""The way to the practice window, and the band that marks it at all times."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from passdesk.domain.erreurs import KnownError
from passdesk.services.entrainement import Entrainement
from passdesk.ui.aide import textes
from passdesk.ui.composants import Avis, Btn, Card, Icone, Ligne, TexteElide, Ton, WrapLabel
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme


def commencer(entrainement: Entrainement) -> tuple[str, Ton]:
    """Starts the practice window; what to say of it, and in which tone."""
    if entrainement.ouverte:
        return textes.ENTRAINEMENT_DEJA, "info"
    try:
        entrainement.lancer()
    except KnownError as panne:
        return str(message(panne.code, **panne.faits)), "warn"
    return textes.ENTRAINEMENT_OUVERT, "ok"


class CarteEntrainement(Card):
    """In *Réglages*: what it is, its button, what has just been done."""

    def __init__(self, theme: Theme, entrainement: Entrainement) -> None:
        super().__init__(theme, textes.ENTRAINEMENT, ecart=8)
        self.bouton = Btn(theme, textes.ENTRAINEMENT, icone_nom="users")
        self.avis = Avis(theme)
        self.bouton.clicked.connect(lambda: self.avis.dire(*commencer(entrainement)))
        self.corps.addWidget(WrapLabel(f"{textes.ENTRAINEMENT_LONG} {textes.ENTRAINEMENT_SUR}", "small"))
        self.corps.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps.addWidget(self.avis)


class BandeEntrainement(QFrame):
    """The first line of the practice window, whatever it shows under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bande")
        self.setProperty("tint", "warn")
        self.setAccessibleName(textes.BANDE)
        ligne = Ligne(theme, ecart=10, marges=(24, 4, 24, 4))
        ligne.addWidget(Icone(theme, "alert-triangle", "warn", 20))
        # On one line whatever the width: as a sentence that wraps, it would push the window out of the screen.
        ligne.addWidget(TexteElide(theme, textes.BANDE, "smallstrong"), 1)
        self.setLayout(ligne)
