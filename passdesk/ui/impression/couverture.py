"""What the cover says of this person alone: the name, when it is ticked, and the places."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.carnet import Carnet
from passdesk.domain.gabarit import Gabarit
from passdesk.services.lieux_couverture import lieux_du_carnet
from passdesk.services.nom_couverture import NomCouverture, nom_de_couverture
from passdesk.ui.composants import Colonne
from passdesk.ui.contexte import Contexte
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
        colonne = Colonne(contexte.theme, ecart=12)
        colonne.addWidget(self.nom)
        colonne.addWidget(self.lieux)
        self.setLayout(colonne)
        contexte.lancer(lieux_du_carnet, carnet, apres=self.lieux.montrer, ecran=self)

    def actualiser(self) -> None:
        """The name as the record says it now."""
        self._contexte.lancer(nom_de_couverture, self._carnet, apres=self._montrer_nom, ecran=self)

    def _montrer_nom(self, nom: NomCouverture) -> None:
        self.nom.montrer(nom)
        self.su.emit()

    @property
    def previent(self) -> bool:
        """True while there is a trouble with the name to be read."""
        return bool(self.nom.avis.texte())

    @property
    def premier(self) -> QWidget:
        """Where the keyboard begins."""
        return self.lieux.autres if self.nom.case.isHidden() else self.nom.case

    def retenir(self) -> None:
        """The sheets went out with the present choices."""
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
