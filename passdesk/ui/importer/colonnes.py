"""The columns of a file, each with the field it is: shown, corrected, summed up in a line once they are right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.services.importer_colonnes import CHAMPS, Colonnes
from passdesk.ui.composants import Btn, Card, Colonne, Combo, Flexible, Ligne, Texte, TexteElide, WrapLabel, trait
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.importer import textes
from passdesk.ui.theme import Theme

CHOIX = [("", textes.LAISSEE), *((champ, textes.CHAMPS[champ]) for champ in CHAMPS)]


class CarteColonnes(Card):
    """`regarder` fires when the columns are right. `pied`: its button, for the foot of the page."""

    regarder = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, textes.COLONNES)
        self._theme = theme
        self.colonnes = Colonnes(0, ())
        self.listes: list[Combo] = []
        self._etroite = False
        self._rangs: list[Flexible] = []
        self._aide = WrapLabel("", "small")
        self._table = QWidget()
        self._corps_table = Colonne(theme, ecart=8)
        self._table.setLayout(self._corps_table)
        self.bouton = Btn(theme, textes.REGARDER, genre="primaire", icone_nom="eye", touche="Ctrl+Entrée")
        self.bouton.clicked.connect(self.regarder)
        self.pied = QWidget()
        pied = Ligne(theme)
        pied.addStretch(1)
        pied.addWidget(self.bouton)
        self.pied.setLayout(pied)
        for widget in (self._aide, self._table):
            self.corps.addWidget(widget)

    @property
    def resume(self) -> str:
        """One line that sums them up."""
        return textes.resume_colonnes([c.champ for c in self.colonnes.colonnes if c.titre or c.apercus])

    def montrer(self, colonnes: Colonnes) -> None:
        """The columns of another file or sheet."""
        self.colonnes = colonnes
        self.listes.clear()
        self._rangs.clear()
        vider(self._corps_table)
        for rang, colonne in enumerate(colonnes.colonnes):
            if colonne.titre or colonne.apercus:
                if self.listes:
                    self._corps_table.addWidget(trait())
                self._corps_table.addWidget(self._rang(rang))
        self._aide.setText(textes.COLONNES_AIDE if colonnes.ligne_entete else textes.SANS_ENTETE)

    def premiere(self) -> QWidget:
        """Where the keyboard begins."""
        return self.listes[0] if self.listes else self.bouton

    def disposer(self, etroite: bool) -> None:
        """Each list under its header where there is little room."""
        self._etroite = etroite
        for rang in self._rangs:
            rang.empiler(etroite)
        self.bouton.montrer_touche(not etroite)

    def _rang(self, rang: int) -> QWidget:
        colonne = self.colonnes.colonnes[rang]
        nom = textes.colonne(rang, colonne.titre)
        mots = Colonne(self._theme, ecart=0)
        etiquette = Texte(nom, "strong")
        mots.addWidget(TexteElide(self._theme, nom, "strong") if len(nom) > 30 else etiquette)
        mots.addWidget(TexteElide(self._theme, textes.apercu(colonne), "small", "ink2"))
        liste = Combo(self._theme, CHOIX, f"{nom} est")
        liste.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        liste.set_valeur(colonne.champ)
        liste.choisi.connect(lambda valeur, rang=rang: self._choisir(rang, str(valeur)))
        self.listes.append(liste)
        ligne = Flexible(self._theme, ecart=8)
        ligne.addLayout(mots, 1)
        ligne.addWidget(liste, 0, Qt.AlignmentFlag.AlignVCenter)
        ligne.empiler(self._etroite)
        self._rangs.append(ligne)
        cadre = QWidget()
        cadre.setLayout(ligne)
        return cadre

    def _choisir(self, rang: int, champ: str) -> None:
        self.colonnes = self.colonnes.avec(rang, champ)
