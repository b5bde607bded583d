"""Dialogs: only for what cannot be undone, and for our own bugs."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QWidget

from passdesk.ui.composants.anneau import FocusRing
from passdesk.ui.composants.bloc import Disque, Ton
from passdesk.ui.composants.bouton import Btn
from passdesk.ui.composants.mise import Colonne, Ligne
from passdesk.ui.composants.textes import WrapLabel
from passdesk.ui.composants.touches import lier
from passdesk.ui.composants.tour import passer
from passdesk.ui.theme import Theme

BORD, PAS = 48, 40
"""Pixels left round a dialog, for its frame; how much wider it is tried."""


@runtime_checkable
class Aidante(Protocol):
    """A window that can show the manual."""

    def ouvrir_manuel(self, dialogue: QDialog | None = None) -> None:
        """Shows the page for this dialog, or for the place under it."""
        ...


def demander_aide(depuis: QWidget, dialogue: QDialog | None = None) -> None:
    """Asks the window that shows this widget for the manual."""
    sous: QWidget | None = depuis
    while sous is not None and not isinstance(sous, Aidante):
        sous = sous.parentWidget()
    if sous is not None:
        sous.ouvrir_manuel(dialogue)


class Dialogue(QDialog):
    """Title (the question, or the fact), body, and buttons that repeat the verbs; Escape takes the harmless one.

    `aide`: its page of the manual (F1); "" is that of the place under it.
    """

    aide = ""

    def __init__(
        self, theme: Theme, parent: QWidget | None, titre: str, corps: str, icone: str, ton: Ton, sans_risque: str
    ) -> None:
        super().__init__(parent)
        if parent is None:
            theme.habiller(self)
        self.setWindowTitle(titre)
        self.setModal(True)
        self.sans_risque = Btn(theme, sans_risque, touche="Échap")
        self.sans_risque.clicked.connect(self.reject)
        self.corps = WrapLabel(corps)
        textes = Colonne(theme, ecart=8)
        textes.addWidget(WrapLabel(titre, "h2"))
        textes.addWidget(self.corps)
        textes.addStretch(1)
        haut = Ligne(theme, ecart=16)
        haut.addWidget(Disque(theme, icone, ton, 44), 0, Qt.AlignmentFlag.AlignTop)
        haut.addLayout(textes, 1)
        self.boutons = Ligne(theme, ecart=12)
        self.boutons.addStretch(1)
        self.boutons.addWidget(self.sans_risque)
        colonne = Colonne(theme, ecart=20, marges=(28, 24, 28, 24))
        colonne.addLayout(haut)
        colonne.addLayout(self.boutons)
        self.setLayout(colonne)
        self._colonne = colonne
        self.setMinimumWidth(theme.px(480))
        self.sans_risque.setFocus()
        self.anneau = FocusRing(self, theme)
        lier("F1", self, self._aider)  # no lambda: see `Combo`

    def _aider(self) -> None:
        demander_aide(self, self)

    def event(self, event: QEvent) -> bool:
        """As high as its words need at its width (Qt first counts them at a narrower one); wider rather than taller
        than the window it stands before."""
        fait = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            large, haut = self._mesures()
            self.resize(large, haut)
        return fait

    def focusNextPrevChild(self, suivant: bool) -> bool:  # as Qt calls it
        """Tab follows what is read."""
        return passer(self, suivant) or super().focusNextPrevChild(suivant)

    def _mesures(self) -> tuple[int, int]:
        parent = self.parentWidget()
        fenetre = parent.window() if parent is not None else None
        # Asked for by hand, its minimum hides from Qt what its buttons need side by side.
        debut = max(self.minimumWidth(), self._colonne.totalMinimumSize().width())
        larges = [debut]
        if fenetre is not None:
            larges += range(debut, fenetre.width() - BORD, PAS)
        mesures = [(large, self._colonne.totalHeightForWidth(large)) for large in larges]
        tiennent = (m for m in mesures if fenetre is None or m[1] <= fenetre.height() - BORD)
        return next(tiennent, mesures[-1])


def confirmer(
    theme: Theme, parent: QWidget | None, *, question: str, consequences: str, garder: str, faire: str
) -> bool:
    """Asks before an irreversible act: `garder` ("Garder le carnet") has the focus, `faire` acts."""
    dialogue = Dialogue(theme, parent, question, consequences, "alert-triangle", "warn", garder)
    acte = Btn(theme, faire, genre="danger")
    acte.clicked.connect(dialogue.accept)
    dialogue.boutons.addWidget(acte)
    reponse = dialogue.exec() == QDialog.DialogCode.Accepted
    dialogue.deleteLater()
    return reponse
