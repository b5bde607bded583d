"""The file of an import: the invitation to choose one, then one line that says which, with what can be changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.services.tableur import Tableau
from passdesk.ui.composants import Btn, Card, Colonne, Combo, Flexible, Ligne, Texte, WrapLabel
from passdesk.ui.importer import textes
from passdesk.ui.theme import Theme


class CarteFichier(Card):
    """`choisi` when a file is to be chosen, `feuille_choisie` for another sheet of it, `colonnes` to change them."""

    choisi = Signal()
    feuille_choisie = Signal(str)
    colonnes = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, textes.FICHIER)
        self.bouton = Btn(theme, textes.CHOISIR, genre="primaire", icone_nom="file-text", touche="Ctrl+Entrée")
        self.autre = Btn(theme, textes.AUTRE_FICHIER, genre="discret")
        for bouton in (self.bouton, self.autre):
            bouton.clicked.connect(self.choisi)
        self.changer = Btn(theme, textes.CHANGER_COLONNES, genre="discret")
        self.changer.clicked.connect(self.colonnes)
        self.feuille = Combo(theme, (), textes.FEUILLE)
        self.feuille.choisi.connect(lambda nom: self.feuille_choisie.emit(str(nom)))
        self._nom, self._resume = WrapLabel("", "strong"), WrapLabel("", "small")
        self._choix_feuille = QWidget()
        self._invitation = self._inviter(theme)
        self._ouvert = QWidget()
        self._ligne = self._ouvrir(theme)
        self._ouvert.setLayout(self._ligne)
        for bloc in (self._invitation, self._ouvert):
            self.corps.addWidget(bloc)

    def montrer(self, tableau: Tableau) -> None:
        """The file read."""
        self._nom.setText(tableau.chemin.name)
        self.feuille.set_choix([(nom, nom) for nom in tableau.feuilles])
        self.feuille.set_valeur(tableau.feuille)
        self._choix_feuille.setVisible(len(tableau.feuilles) > 1)

    def etape(self, *, ouvert: bool, resume: str = "") -> None:
        """The invitation, or the line of the file; `resume` sums up its columns once they are chosen."""
        for mots in (self.titre, self.note, self._invitation):
            mots.setVisible(not ouvert)
        self._ouvert.setVisible(ouvert)
        self._resume.setText(resume)
        for widget in (self._resume, self.changer):
            widget.setVisible(bool(resume))

    def disposer(self, etroite: bool) -> None:
        """One thing a row where there is little room."""
        self._ligne.empiler(etroite)
        self.bouton.montrer_touche(not etroite)

    def _inviter(self, theme: Theme) -> QWidget:
        choisir = Ligne(theme)
        choisir.addWidget(self.bouton)
        choisir.addStretch(1)
        colonne = Colonne(theme, ecart=16)
        colonne.addWidget(WrapLabel(textes.AIDE))
        colonne.addLayout(choisir)
        colonne.addWidget(WrapLabel(textes.DEPOSER, "small"))
        invitation = QWidget()
        invitation.setLayout(colonne)
        return invitation

    def _ouvrir(self, theme: Theme) -> Flexible:
        choix = Ligne(theme, ecart=8)
        etiquette = Texte(textes.FEUILLE, "label")
        etiquette.setBuddy(self.feuille)
        choix.addWidget(etiquette)
        choix.addWidget(self.feuille)
        choix.addStretch(1)
        self._choix_feuille.setLayout(choix)
        noms = Colonne(theme, ecart=0)
        noms.addWidget(self._nom)
        noms.addWidget(self._resume)
        liens = Ligne(theme, ecart=20)
        liens.addWidget(self.changer)
        liens.addWidget(self.autre)
        liens.addStretch(1)
        ligne = Flexible(theme, ecart=20)
        ligne.addLayout(noms, 1)
        ligne.addWidget(self._choix_feuille)
        ligne.addLayout(liens)
        return ligne
