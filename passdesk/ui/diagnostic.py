"""The diagnostic on screen: read first, to the letter, then saved where the agent says."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QBoxLayout, QFileDialog, QPlainTextEdit, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.horloge import Horloge
from passdesk.services.diagnostic import Diagnostic, diagnostiquer, ecrire_diagnostic
from passdesk.services.poste import Poste
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import Avis, Btn, Dialogue
from passdesk.ui.composants.etiquette import etiqueter
from passdesk.ui.messages import message
from passdesk.ui.mots_diagnostic import NOM_FICHIER, texte
from passdesk.ui.papier import copies
from passdesk.ui.theme import Theme

TITRE = "Diagnostic pour le support"
CORPS = (
    "Voici, au mot près, ce que le fichier contiendra\u00a0: rien sur personne. "
    "Enregistrez-le, puis donnez-le au support."
)
LU, ENREGISTRER, FERMER = "Texte du diagnostic", "Enregistrer le fichier…", "Fermer"
ENREGISTRE = "Le fichier est enregistré."
FILTRE = "Texte (*.txt)"
HAUTEUR, HAUTEUR_MAX = 240, 320
"""Of the text: at 100 %, then whatever the size, so that the words around it stay in sight."""


class DialogueDiagnostic(Dialogue):
    """`Échap` closes; nothing is written before the agent says where."""

    aide = "problemes"

    def __init__(self, theme: Theme, taches: TaskRunner, parent: QWidget, dossier: Path, lu: Diagnostic) -> None:
        super().__init__(theme, parent, TITRE, CORPS, "file-text", "info", FERMER)
        self._taches, self._dossier = taches, dossier
        self.texte = texte(lu)
        self.vue = QPlainTextEdit(self.texte)
        self.vue.setReadOnly(True)
        self.vue.setTabChangesFocus(True)
        self.vue.setAccessibleName(LU)
        self.vue.setMinimumHeight(min(theme.px(HAUTEUR), HAUTEUR_MAX))
        self.avis = Avis(theme)
        self.enregistrer = Btn(theme, ENREGISTRER, genre="primaire", icone_nom="device-floppy")
        self.enregistrer.clicked.connect(self._choisir)
        self.boutons.addWidget(self.enregistrer)
        self.setMinimumWidth(theme.px(640) if theme.echelle < 1.5 else theme.px(480))
        colonne = self.layout()
        if isinstance(colonne, QBoxLayout):
            colonne.insertWidget(1, self.vue, 1)
            colonne.insertWidget(2, self.avis)
        etiqueter(self.vue)
        self.enregistrer.setFocus()

    def _choisir(self) -> None:
        propose = str(copies.dossier_propose(self._dossier) / NOM_FICHIER)
        choisi, _ = QFileDialog.getSaveFileName(self, TITRE, propose, FILTRE)
        if choisi:
            apres, refus = partial(self._dire, ENREGISTRE), self._en_panne
            self._taches.lancer(
                "rendu", ecrire_diagnostic, Path(choisi), self.texte, apres=apres, sur_panne=refus, ecran=self
            )

    def _dire(self, mots: str, _: object) -> None:
        self.avis.dire(mots, "ok")

    def _en_panne(self, trouble: KnownError) -> None:
        self.avis.dire(str(message(trouble.code, **trouble.faits)), "warn")


def montrer_diagnostic(
    theme: Theme, taches: TaskRunner, parent: QWidget, dossier: Path, horloge: Horloge, poste: Poste | None
) -> None:
    """Gathers it in the thread that owns the base, then shows it. `poste`: None while the desk is closed."""

    def montrer(lu: Diagnostic) -> None:
        dialogue = DialogueDiagnostic(theme, taches, parent, dossier, lu)
        dialogue.exec()
        taches.oublier(dialogue)
        dialogue.deleteLater()

    taches.lancer("base", diagnostiquer, dossier, horloge, poste, apres=montrer, ecran=parent)
