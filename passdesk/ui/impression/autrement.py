"""How the carnet is printed and what its cover says: in sight before it goes, behind one link once it is out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.carnet import Carnet
from passdesk.ui.composants import Btn, Colonne, amener
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.impression.couverture import ChoixCouverture
from passdesk.ui.impression.preparation import Preparation


class Autrement(QWidget):
    """`deplie` fires when the link is pressed: the page then says again what is to be shown."""

    deplie = Signal()

    def __init__(self, contexte: Contexte, carnet: Carnet, *, gros: bool) -> None:
        super().__init__()
        self.preparation = Preparation(contexte, carnet.taille, gros=gros)
        self.couverture = ChoixCouverture(contexte, carnet)
        self.lien = Btn(contexte.theme, textes.CHANGER_COUVERTURE, genre="discret")
        self.lien.clicked.connect(self._deplier)
        self._ouvert = False
        colonne = Colonne(contexte.theme, ecart=12)
        colonne.addWidget(self.lien, 0, Qt.AlignmentFlag.AlignLeft)
        colonne.addWidget(self.preparation)
        colonne.addWidget(self.couverture)
        self.setLayout(colonne)

    def montrer(self, *, question: bool, repart: bool, entier: bool, trouble: bool, change: bool) -> None:
        """`question`: the sheets are out: nothing of it is in sight unless asked for, or unless it keeps them from
        going again. `repart`: some go again; `entier`: all of them do. `trouble`: told above, another printer mends it;
        `change`: the cover already says something else.
        """
        ouvert = not question or self._ouvert
        self.preparation.montrer(entier=entier and (ouvert or not trouble))
        demandee = ouvert or self.preparation.previent or (trouble and self.preparation.offre)
        self.preparation.setVisible(demandee and (repart or not question))
        self.couverture.setVisible(ouvert or change or self.couverture.previent)
        autrement = repart and self.preparation.offre and (entier or self.preparation.isHidden())
        self.lien.setVisible(not ouvert and (autrement or self.couverture.isHidden()))
        self.lien.set_texte(textes.AUTREMENT if autrement else textes.CHANGER_COUVERTURE)

    def retenir(self) -> None:
        """The sheets went out with the present choices."""
        self._ouvert = False
        self.couverture.retenir()

    def _deplier(self) -> None:
        self._ouvert = True
        self.deplie.emit()
        amener(self)
        premier = self.preparation.premier if self.preparation.isVisible() else self.couverture.premier
        premier.setFocus(Qt.FocusReason.OtherFocusReason)
