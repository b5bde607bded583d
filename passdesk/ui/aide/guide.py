"""`F1`: opens the manual at the place where one is, prints it, starts the practice window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout
from shiboken6 import isValid

from passdesk.services.entrainement import Entrainement
from passdesk.tasks import TaskRunner
from passdesk.ui.aide import textes
from passdesk.ui.composants import FocusRing
from passdesk.ui.fenetre import Fenetre
from passdesk.ui.theme import Theme

if TYPE_CHECKING:
    from passdesk.services.impression import Imprimante
    from passdesk.ui.aide.vue import VueAide


class Aide(QObject):
    """Listens to the window's `aide_demandee`. `entrainement`: None in the practice window itself.

    `verrouillage` fires when the agent locks the desk from here.
    """

    verrouillage = Signal()

    def __init__(
        self,
        fenetre: Fenetre,
        theme: Theme,
        taches: TaskRunner,
        imprimante: Callable[[], Imprimante],
        entrainement: Entrainement | None = None,
    ) -> None:
        super().__init__(fenetre)
        self._fenetre, self.entrainement = fenetre, entrainement
        self.theme, self.taches, self._imprimante = theme, taches, imprimante
        self._vue: VueAide | None = None
        fenetre.aide_demandee.connect(self.ouvrir)

    @property
    def imprimante(self) -> Imprimante:
        """The way to paper."""
        return self._imprimante()

    @property
    def vue(self) -> VueAide | None:
        """The manual while it is shown."""
        vue = self._vue
        return vue if vue is not None and isValid(vue) and vue.isVisible() else None

    def ouvrir(self, nom: str, dialogue: QDialog | None = None) -> None:
        """Shows this page over the window, or over the dialog in front; `Échap` there goes back to it."""
        if self.vue is not None:
            self.vue.ouvrir(nom)
            return
        self._vue = vue = self._faire()
        if dialogue is None:
            vue.fermee.connect(self._fenetre.fermer_aide)
            self._fenetre.montrer_aide(vue)
            # Once it has its place: laid out before, its page would be laid out again.
            vue.ouvrir(nom)
            vue.arriver()
        else:
            self._dans(dialogue, vue, nom)

    def _faire(self) -> VueAide:
        # Read with the rest of the program, or now when it is asked for before.
        from passdesk.ui.aide.manuel import manuel_livre
        from passdesk.ui.aide.vue import VueAide

        vue = VueAide(self.theme, manuel_livre())
        vue.s_entrainer.setHidden(self.entrainement is None)
        vue.entrainer.connect(self._entrainer)
        vue.imprimer.connect(self._imprimer)
        vue.verrouiller.connect(self.verrouillage)
        return vue

    def _entrainer(self) -> None:
        from passdesk.ui.aide.entrainement import commencer

        if self.vue is not None and self.entrainement is not None:
            self.vue.avis.dire(*commencer(self.entrainement))

    def _dans(self, dialogue: QDialog, vue: VueAide, nom: str) -> None:
        boite = QDialog(dialogue)
        boite.setWindowTitle(textes.TITRE)
        boite.setModal(True)
        boite.resize(self._fenetre.size())
        cadre = QVBoxLayout(boite)
        cadre.setContentsMargins(0, 0, 0, 0)
        cadre.addWidget(vue)
        FocusRing(boite, self.theme)
        vue.fermee.connect(boite.reject)
        vue.ouvrir(nom)
        vue.arriver()
        boite.exec()
        boite.deleteLater()

    def _imprimer(self) -> None:
        from passdesk.ui.aide.papier import DialogueImpressionAide

        vue = self.vue
        if vue is None:
            return
        dialogue = DialogueImpressionAide(self, vue, vue.manuel, vue.page)
        dialogue.exec()
        self.taches.oublier(dialogue)
        dialogue.deleteLater()
