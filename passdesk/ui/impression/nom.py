"""Whose carnet it is, on its cover: never unless the mediator ticks it for this person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.services.nom_couverture import NomCouverture
from passdesk.ui.composants import Avis, Case, Colonne, SousCase, Texte
from passdesk.ui.impression import textes
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme


class NomSurCouverture(QWidget):
    """`choisi`: the tick was changed by hand, or the name on the cover was mended in the record since.

    A name that the paper cannot write is told, and has no tick.
    """

    choisi = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._imprime = self.corrige = False
        self.case = Case(theme, textes.NOM_CASE)
        self.case.clicked.connect(lambda _: self.choisi.emit())
        self._dit = SousCase(theme)
        self.avis, self._repart = Avis(theme, "warn"), Avis(theme, "info")
        colonne = Colonne(theme, ecart=4)
        colonne.addWidget(Texte(textes.NOM, "label"))
        for widget in (self.case, self._dit, self.avis, self._repart):
            colonne.addWidget(widget)
        self.setLayout(colonne)
        self.hide()

    @property
    def choix(self) -> bool | None:
        """What was chosen by hand, or what goes again because the name is another; None, as it was printed last."""
        coche = self.case.isChecked()
        return coche if coche != self._imprime or self.corrige else None

    def montrer(self, nom: NomCouverture) -> None:
        """What the cover bears, and may bear."""
        if self.choix is None:
            self.case.setChecked(nom.imprime)
        corrige = bool(nom.ancien) and nom.imprime
        change, self.corrige, self._imprime = corrige != self.corrige, corrige, nom.imprime
        empeche = bool(nom.obstacle)
        self.case.setVisible(not empeche)
        self._dit.setVisible(not empeche)
        self._dit.setText(textes.nom_imprime(nom.nom))
        self.avis.dire(str(message(nom.obstacle)) if empeche else "")
        self._repart.dire(textes.NOM_CORRIGE if corrige else "")
        self.setVisible(bool(nom.nom))
        if change:
            self.choisi.emit()

    def retenir(self) -> None:
        """The sheets went out with the present choice."""
        self._imprime, self.corrige = self.case.isChecked(), False
        self._repart.dire("")
