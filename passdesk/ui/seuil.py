"""The frame of the pages before the desk is open: one card, its title, one act that stays in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QWidget

from passdesk.ui.composants import Btn, Card, Colonne, Defilement, Ligne, ProgressStrip, Texte, Titre
from passdesk.ui.composants.dialogue import demander_aide
from passdesk.ui.composants.marque import Marque
from passdesk.ui.theme import Theme

AIDE = "Aide"
LARGEUR = 560
"""Widest form, pixels at 100 %."""
LARGEUR_MAX = 1000
"""Its widest at any text size, in pixels."""


class PageSeuil(QWidget):
    """`ouvert` carries the Poste that was opened, for the `base` thread. Sub-classes fill `corps` and say `valider`."""

    ouvert = Signal(object)
    aide: str = ""
    """Its page of the manual (F1)."""

    def __init__(self, theme: Theme, titre: str, libelle: str, icone: str = "lock") -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "paper")
        self.bouton = Btn(theme, libelle, genre="primaire", icone_nom=icone, touche="Ctrl+Entrée")
        self.bouton.clicked.connect(self.valider)
        self.bouton.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.attente = ProgressStrip(theme)
        self._etroite: bool | None = None
        self._carte = Card(theme, ecart=14)
        self.corps = Colonne(theme, ecart=14)
        self._entete = QWidget()
        mots = entete(theme)
        self.bouton_aide = Btn(theme, AIDE, genre="discret", touche="F1", liee=False)
        self.bouton_aide.clicked.connect(lambda: demander_aide(self))
        mots.addWidget(self.bouton_aide)
        self._entete.setLayout(mots)
        self.titre = Titre(theme, titre)
        for widget in (self._entete, self.titre):
            self._carte.corps.addWidget(widget)
        self._carte.corps.addLayout(self.corps)
        for widget in (self.bouton, self.attente):
            self._carte.corps.addWidget(widget)
        contenu = QWidget()
        # The card of the last pixel counts at large text: margins that leave its whole height to it.
        ligne = Ligne(theme, marges=(24, 12, 24, 12))
        ligne.addStretch(1)
        ligne.addWidget(self._carte, 0, Qt.AlignmentFlag.AlignVCenter)
        ligne.addStretch(1)
        contenu.setLayout(ligne)
        self.defilement = Defilement(contenu)
        self._pied, self._rangee = Colonne(theme), Ligne(theme)
        self._rangee.addStretch(1)
        self._rangee.addStretch(1)
        self._a_droite = QSpacerItem(0, 0, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._rangee.addItem(self._a_droite)
        self._pied.addLayout(self._rangee)
        self.defilement.verticalScrollBar().rangeChanged.connect(self._border)
        cadre = Colonne(theme)
        cadre.addWidget(self.defilement, 1)
        cadre.addLayout(self._pied)
        self.setLayout(cadre)
        theme.change.connect(self._disposer)
        self._disposer()

    def arriver(self) -> None:
        """Puts the focus where typing begins."""

    def valider(self) -> None:
        """What the filled button does."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._disposer()

    def _disposer(self) -> None:
        """At large text the one act stays in sight under the form, which scrolls; the mark gives its place."""
        etroite = self._theme.est_etroit(self.width())
        self._carte.setFixedWidth(min(self._theme.px(LARGEUR), LARGEUR_MAX))
        # Under the form that it sends, and as wide.
        self.bouton.setMinimumWidth(self._carte.minimumWidth() if etroite else 0)
        self._border()
        if etroite == self._etroite:
            return
        self._etroite = etroite
        self._entete.setVisible(not etroite)
        self.titre.disposer(etroite)
        self.bouton.montrer_touche(not etroite)
        for place in (self._carte.corps, self._rangee):
            place.removeWidget(self.bouton)
        if etroite:
            self._rangee.insertWidget(1, self.bouton)
        else:
            self._carte.corps.insertWidget(self._carte.corps.indexOf(self.attente), self.bouton)
        haut_et_bas = 8 if etroite else 0
        self._pied.set_marges(24, haut_et_bas, 24, haut_et_bas)

    def _border(self) -> None:
        """The form is centred beside its scroll bar: so is the button."""
        barre = self.defilement.verticalScrollBar()
        self._a_droite.changeSize(barre.sizeHint().width() if barre.maximum() else 0, 0)
        self._rangee.invalidate()


def entete(theme: Theme) -> Ligne:
    """The mark and the name."""
    ligne = Ligne(theme, ecart=12)
    ligne.addWidget(Marque(theme, 1.3))
    ligne.addWidget(Texte("PassDesk", "h2"), 1)
    return ligne
