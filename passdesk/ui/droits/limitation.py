"""*Limiter la fiche* and *Lever la limitation*: one question, with the reason to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from passdesk.domain.francais import typographie
from passdesk.services.limitation import LEVEES, MOTIFS
from passdesk.ui.composants import Btn, Combo, Dialogue, Field
from passdesk.ui.droits import textes
from passdesk.ui.messages.droits import LIMITATIONS
from passdesk.ui.theme import Theme


class DialogueRaison(Dialogue):
    """Nothing is done before a reason is chosen; the keyboard stands on the reasons."""

    aide = "droits"

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None,
        question: str,
        sens: str,
        garder: str,
        faire: str,
        codes: Sequence[str],
    ) -> None:
        super().__init__(theme, parent, typographie(question), typographie(sens), "lock", "info", garder)
        mots: Mapping[str, str] = LIMITATIONS
        self.raison = Combo(theme, [("", "Choisir…"), *((code, mots[code]) for code in codes)], textes.RAISON)
        self.faire = Btn(theme, faire, genre="primaire")
        self.faire.clicked.connect(self.accept)
        self.faire.setEnabled(False)
        self.boutons.addWidget(self.faire)
        disposition = self.layout()
        if isinstance(disposition, QBoxLayout):
            disposition.insertWidget(1, Field(theme, textes.RAISON, saisie=self.raison))
        self.raison.currentIndexChanged.connect(lambda _: self.faire.setEnabled(bool(self.reponse())))
        self.raison.setFocus()

    def reponse(self) -> str:
        """The reason's code, "" while none is chosen."""
        return str(self.raison.valeur() or "")


def demander_raison(theme: Theme, parent: QWidget, *, lever: bool) -> str:
    """The reason chosen, "" when the file stays as it is."""
    mots = (
        (textes.LEVER_QUESTION, textes.LEVER_SENS, textes.LEVER_GARDER, textes.LEVER, LEVEES)
        if lever
        else (textes.LIMITER_QUESTION, textes.LIMITER_SENS, textes.LIMITER_GARDER, textes.LIMITER, MOTIFS)
    )
    dialogue = DialogueRaison(theme, parent, *mots)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    raison = dialogue.reponse()
    dialogue.deleteLater()
    return raison if accepte else ""
