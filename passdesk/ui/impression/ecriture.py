"""How a carnet is written: ordinary letters or large ones, and the sheets that each takes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.gabarit import GROS, ORDINAIRE, Gabarit
from passdesk.ui.composants import Colonne, GroupeRadios, Radio, Rangs, Texte
from passdesk.ui.impression import textes
from passdesk.ui.theme import Theme


class ChoixEcriture(QWidget):
    """`choisi` carries the Gabarit chosen by hand."""

    choisi = Signal(object)

    def __init__(self, theme: Theme, taille: int, gabarit: Gabarit) -> None:
        super().__init__()
        self.groupe = GroupeRadios(self)
        radios = []
        for offert, mots in ((ORDINAIRE, textes.ORDINAIRE), (GROS, textes.GROS)):
            radio = Radio(theme, textes.ecriture(mots, offert.nombre_feuilles(taille)))
            self.groupe.ajouter(radio, offert)
            radios.append(radio)
        self.groupe.set_valeur(gabarit)
        self.groupe.choisi.connect(self.choisi)
        colonne = Colonne(theme, ecart=4)
        colonne.addWidget(Texte(textes.ECRITURE, "label"))
        colonne.addWidget(Rangs(theme, radios, 20))
        self.setLayout(colonne)
