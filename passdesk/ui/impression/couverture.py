"""What the cover says of this person alone: the name, when it is ticked, and the places."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.carnet import Carnet
from passdesk.domain.gabarit import Gabarit
from passdesk.services.lieux_couverture import lieux_du_carnet
from passdesk.services.nom_couverture import NomCouverture, nom_de_couverture
from passdesk.ui.composants import Btn, Colonne, amener
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.impression.lieux import LieuxImprimes
from passdesk.ui.impression.nom import NomSurCouverture


class ChoixCouverture(QWidget):
    """`change`: something was chosen by hand, that other sheets will say. `su`: what there is to say of the name."""

    change = Signal()
    su = Signal()

    def __init__(self, contexte: Contexte, carnet: Carnet) -> None:
        super().__init__()
        self._contexte, self._carnet = contexte, carnet
        self.nom = NomSurCouverture(contexte.theme)
        self.lieux = LieuxImprimes(contexte.theme)
        self.lieux_choisis: tuple[str, ...] | None = None
        self.nom.choisi.connect(self.change)
        self.lieux.choisis.connect(self._choisir_lieux)
        self._deplie = False
        self._choix, choix = QWidget(), Colonne(contexte.theme, ecart=12)
        choix.addWidget(self.nom)
        choix.addWidget(self.lieux)
        self._choix.setLayout(choix)
        self._changer = Btn(contexte.theme, textes.CHANGER_COUVERTURE, genre="discret")
        self._changer.clicked.connect(self._deplier)
        colonne = Colonne(contexte.theme)
        colonne.addWidget(self._choix)
        colonne.addWidget(self._changer, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(colonne)
        contexte.lancer(lieux_du_carnet, carnet, apres=self.lieux.montrer, ecran=self)

    def actualiser(self) -> None:
        """The name as the record says it now."""
        self._contexte.lancer(nom_de_couverture, self._carnet, apres=self._montrer_nom, ecran=self)

    def _montrer_nom(self, nom: NomCouverture) -> None:
        self.nom.montrer(nom)
        self.su.emit()

    def plier(self, *, oui: bool) -> None:
        """Behind a link once the sheets are out: seldom changed then. A trouble with the name stays in sight."""
        plie = oui and not self._deplie and not self.nom.avis.texte()
        self._choix.setVisible(not plie)
        self._changer.setVisible(plie)

    def _deplier(self) -> None:
        self._deplie = True
        self.plier(oui=True)
        amener(self._choix)
        self.nom.case.setFocus(Qt.FocusReason.OtherFocusReason)

    def retenir(self) -> None:
        """The sheets went out with the present choices."""
        self._deplie = False
        self.lieux_choisis = None
        self.nom.retenir()

    def feuilles(self, gabarit: Gabarit) -> tuple[int, ...]:
        """The sheets that say what was chosen since: they go out, again if they had gone already."""
        taille = self._carnet.taille
        lieux = gabarit.feuilles_des_lieux(taille) if self.lieux_choisis is not None else ()
        nom = gabarit.feuilles_du_nom(taille) if self.nom.choix is not None else ()
        return tuple(sorted({*lieux, *nom}))

    def _choisir_lieux(self, lieux: tuple[str, ...]) -> None:
        self.lieux_choisis = lieux
        self.change.emit()
