"""Whose carnet it is, on its cover: never unless the mediator ticks it for this person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.services.nom_couverture import NomCouverture
from passdesk.ui.composants import Case, Colonne, Texte, WrapLabel
from passdesk.ui.impression import textes
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme


class NomSurCouverture(QWidget):
    """`choisi`: the tick was changed by hand. A name that the paper cannot write is told, and has no tick."""

    choisi = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._imprime = False
        self.case = Case(theme, textes.NOM_CASE)
        self.case.clicked.connect(lambda _: self.choisi.emit())
        self._dit = WrapLabel("", "small")
        self.avis = WrapLabel("", "small", "warn")
        colonne = Colonne(theme, ecart=4)
        colonne.addWidget(Texte(textes.NOM, "label"))
        for widget in (self.case, self._dit, self.avis):
            colonne.addWidget(widget)
        self.setLayout(colonne)
        self.hide()

    @property
    def choix(self) -> bool | None:
        """What was chosen by hand; None, as it was printed last."""
        coche = self.case.isChecked()
        return coche if coche != self._imprime else None

    def montrer(self, nom: NomCouverture) -> None:
        """What the cover bears, and may bear."""
        if self.choix is None:
            self.case.setChecked(nom.imprime)
        self._imprime = nom.imprime
        empeche = bool(nom.obstacle)
        self.case.setVisible(not empeche)
        self._dit.setVisible(not empeche)
        self._dit.setText(textes.nom_imprime(nom.nom))
        self.avis.setVisible(empeche)
        self.avis.setText(str(message(nom.obstacle)) if empeche else "")
        self.setVisible(bool(nom.nom))

    def retenir(self) -> None:
        """The sheets went out with the present choice."""
        self._imprime = self.case.isChecked()
