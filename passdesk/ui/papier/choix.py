"""The choice of a printer, shown only where there is one to make; and of the paper in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.gabarit import Support
from passdesk.services.impression import Imprimante
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import Colonne, Combo, Texte
from passdesk.ui.papier import textes
from passdesk.ui.papier.systeme import Choix, ImprimanteSysteme
from passdesk.ui.theme import Theme

LETTRES = 12
"""Letters that a list shows at least, before "…"."""


class AvecImprimante(Protocol):
    """What the choice of a printer needs; a `Contexte` is one, and the manual is printed with no desk open."""

    theme: Theme
    taches: TaskRunner

    @property
    def imprimante(self) -> Imprimante:
        """The way to paper."""
        ...


class ChoixImprimante(QWidget):
    """A list of printers and "Fichier PDF". `connu` carries the Choix each time the printers have answered."""

    connu = Signal(object)

    def __init__(self, contexte: AvecImprimante) -> None:
        super().__init__()
        self._contexte = contexte
        self.imprimante = contexte.imprimante if isinstance(contexte.imprimante, ImprimanteSysteme) else None
        self.choix = Choix((), "", retenu=True)
        self.liste = Combo(contexte.theme, (), textes.IMPRIMANTE)
        tenir(self.liste)
        self.liste.choisi.connect(self._choisir)
        colonne = Colonne(contexte.theme, ecart=4)
        etiquette = Texte(textes.IMPRIMANTE, "label")
        etiquette.setBuddy(self.liste)
        colonne.addWidget(etiquette)
        colonne.addWidget(self.liste)
        self.setLayout(colonne)
        self.hide()

    def demander(self) -> None:
        """Asks the computer for its printers; answers at once with a file where there can be none."""
        if self.imprimante is None:
            self.connu.emit(self.choix)
            return
        self._contexte.taches.lancer("rendu", self.imprimante.choix, apres=self._recevoir, ecran=self)

    def retenir(self) -> None:
        """What is shown becomes the habit of this desk: the agent has pressed "Imprimer" under it."""
        if self.imprimante is not None and not self.choix.retenu:
            self._choisir(self.choix.choisie)

    def _recevoir(self, choix: Choix) -> None:
        self.choix = choix
        self.liste.set_choix([*((nom, nom) for nom in choix.noms), ("", textes.FICHIER_PDF)])
        self.liste.set_valeur(choix.choisie)
        self.setVisible(bool(choix.noms))
        self.connu.emit(choix)

    def _choisir(self, valeur: object) -> None:
        if self.imprimante is None:
            return
        self.choix = replace(self.choix, choisie=str(valeur), retenu=True)
        self._contexte.taches.lancer("rendu", self.imprimante.choisir, self.choix.choisie)


class ChoixSupport(QWidget):
    """The paper in the printer that is chosen beside; remembered for that printer. `choisi` carries the Support."""

    choisi = Signal(object)

    def __init__(self, contexte: AvecImprimante, choix: ChoixImprimante) -> None:
        super().__init__()
        self._contexte, self._choix = contexte, choix
        self.liste = Combo(contexte.theme, [*textes.SUPPORTS.items()], textes.PAPIER)
        tenir(self.liste)
        self.liste.choisi.connect(self._choisir)
        choix.connu.connect(lambda _: self._suivre())
        choix.liste.choisi.connect(lambda _: self._suivre())
        colonne = Colonne(contexte.theme, ecart=4)
        etiquette = Texte(textes.PAPIER, "label")
        etiquette.setBuddy(self.liste)
        colonne.addWidget(etiquette)
        colonne.addWidget(self.liste)
        self.setLayout(colonne)
        if choix.imprimante is None:
            self.hide()

    @property
    def support(self) -> Support:
        """The paper in the chosen printer."""
        return self._choix.choix.habitude.support

    def _suivre(self) -> None:
        self.liste.set_valeur(self.support)

    def _choisir(self, valeur: object) -> None:
        choix, imprimante = self._choix.choix, self._choix.imprimante
        if imprimante is None:
            return
        habitude = replace(choix.habitude, support=Support(str(valeur)))
        self._choix.choix = replace(choix, habitudes={**choix.habitudes, choix.choisie: habitude})
        # A disk that refuses loses the habit only: the choice holds on this page.
        self._contexte.taches.lancer("rendu", imprimante.noter, choix.choisie, habitude, sur_panne=lambda _: None)
        self.choisi.emit(habitude.support)


def tenir(liste: Combo) -> None:
    """As wide as its place and no wider: a name of printer may be longer than the panel."""
    liste.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    liste.setMinimumContentsLength(LETTRES)
