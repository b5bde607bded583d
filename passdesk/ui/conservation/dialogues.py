"""What is asked before files are erased or kept: whose they are, what it does, and the reason of those kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from passdesk.ui.composants import Btn, Colonne, Combo, Defilement, Dialogue, Field, WrapLabel
from passdesk.ui.composants.bloc import Ton
from passdesk.ui.conservation import textes
from passdesk.ui.theme import Theme

LIGNES = 4
"""Names in sight at once; the others are scrolled to."""


class _DialogueFiches(Dialogue):
    """One name stands in the question; several stand under it, all of them, scrolled with the arrows."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        verbe: str,
        noms: Sequence[str],
        corps: str,
        mine: tuple[str, Ton],
        non: str,
    ) -> None:
        super().__init__(theme, parent, textes.question(verbe, noms), corps, *mine, non)
        if len(noms) > 1:
            self._glisser(_Noms(theme, noms))

    def _glisser(self, widget: QWidget) -> None:
        """Above the buttons."""
        disposition = self.layout()
        if isinstance(disposition, QBoxLayout):
            disposition.insertWidget(disposition.count() - 1, widget)


class DialogueEffacer(_DialogueFiches):
    """The harmless answer has the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget, noms: Sequence[str], *, relie: bool) -> None:
        corps = textes.consequences(len(noms), relie=relie)
        super().__init__(theme, parent, "Effacer", noms, corps, ("alert-triangle", "warn"), textes.RIEN_EFFACER)
        self.faire = Btn(theme, f"Effacer {textes.compte(len(noms))}", genre="danger")
        self.faire.clicked.connect(self.accept)
        self.boutons.addWidget(self.faire)


class DialogueGarde(_DialogueFiches):
    """Nothing is done before a reason is chosen; the keyboard stands on the reasons."""

    def __init__(self, theme: Theme, parent: QWidget, noms: Sequence[str]) -> None:
        corps = textes.sens_garde(len(noms))
        super().__init__(theme, parent, "Garder", noms, corps, ("user", "info"), textes.LAISSER)
        self.raison = Combo(theme, [("", textes.CHOISIR), *textes.GARDES_OFFERTES], textes.RAISON)
        self.faire = Btn(theme, f"Garder {textes.compte(len(noms))}", genre="primaire")
        self.faire.clicked.connect(self.accept)
        self.faire.setEnabled(False)
        self.boutons.addWidget(self.faire)
        self._glisser(Field(theme, textes.RAISON, saisie=self.raison))
        self.raison.currentIndexChanged.connect(lambda _: self.faire.setEnabled(bool(self.raison.valeur())))
        self.raison.setFocus()


class _Noms(Defilement):
    def __init__(self, theme: Theme, noms: Sequence[str]) -> None:
        contenu = QWidget()
        colonne = Colonne(theme, ecart=4, marges=(8, 4, 8, 4))
        for nom in noms:
            colonne.addWidget(WrapLabel(nom))
        contenu.setLayout(colonne)
        super().__init__(contenu)
        self.setAccessibleName(textes.LES_FICHES)
        self.setAccessibleDescription(", ".join(noms))
        if len(noms) > LIGNES:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Of the last, the half shows that there are more.
        lignes = len(noms) if len(noms) <= LIGNES else LIGNES - 0.5
        self.setFixedHeight(round(theme.px(26) * lignes) + theme.px(8))


def demander_effacement(theme: Theme, parent: QWidget, noms: Sequence[str], *, relie: bool) -> bool:
    """Whether these files are to be erased."""
    dialogue = DialogueEffacer(theme, parent, noms, relie=relie)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    dialogue.deleteLater()
    return accepte


def demander_garde(theme: Theme, parent: QWidget, noms: Sequence[str]) -> str:
    """The reason chosen, "" when the files stay in the list."""
    dialogue = DialogueGarde(theme, parent, noms)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    motif = str(dialogue.raison.valeur() or "")
    dialogue.deleteLater()
    return motif if accepte else ""
