"""A list and what it opens, side by side; one at a time when the window is narrow (guide §7.8)."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from passdesk.ui.composants.bouton import Btn
from passdesk.ui.composants.defilement import Defilement
from passdesk.ui.composants.mise import Colonne, Ligne
from passdesk.ui.theme import Theme

LARGEUR = 376
"""Pixels at 100 %."""
ECART, MARGE = 24, 8
ENSEMBLE_EM = 46
"""Under this width, in ems, only one of the two is shown."""
SERRE_EM = 36
"""Under this width of the detail, in ems, what stands side by side in it goes one under the other."""
BAS_EM = 38
"""Under this height, in ems, the detail keeps to few lines: a screen of 768 pixels less its bars is one."""
QWIDGETSIZE_MAX = 16777215


class ListeDetail(QWidget):
    """`gauche` is the column of the list, `montrer` puts the detail at the right. Nothing to show: the list, which says
    so, has the whole width; what is typed above it (`tete`) keeps its place.

    Narrow: `ouvrir` shows the detail alone; its link, or Escape, goes back to the list and fires `revenue`.
    """

    revenue = Signal()
    place = Signal()
    """The list, the detail, or both are shown now."""
    change = Signal()
    """`serre` is another: the detail is to be made again."""
    hauteur_change = Signal()
    """`bas` is another: a detail that keeps to few lines is to be made again."""

    def __init__(self, theme: Theme, retour: str, largeur: int = LARGEUR) -> None:
        super().__init__()
        self._theme, self._largeur_liste = theme, largeur
        self._etroite = self._ouverte = self._vide = False
        self.serre = self.bas = False
        self.retour = Btn(theme, retour, genre="discret", touche="Échap")
        self.retour.clicked.connect(self.fermer)
        self._liste, self.gauche = _carte(theme)
        self._tete: QWidget | None = None
        self._detail, colonne = _carte(theme)
        ligne = Ligne(theme, marges=(20, 0, 0, 0))
        ligne.addWidget(self.retour)
        ligne.addStretch(1)
        colonne.addLayout(ligne)
        self._corps = QVBoxLayout()
        self._corps.setContentsMargins(0, 0, 0, 0)
        contenu = QWidget()
        contenu.setLayout(self._corps)
        self._defilement = Defilement(contenu)
        colonne.addWidget(self._defilement, 1)
        self._montre: Hashable = None
        self._entete: QWidget | None = None
        self._pied = Colonne(theme, marges=(20, 4, 20, 0))
        colonne.addLayout(self._pied)
        cadre = Ligne(theme, ecart=ECART)
        cadre.addWidget(self._liste, 1)
        cadre.addWidget(self._detail, 1)
        cadre.addStretch(0)
        self.setLayout(cadre)
        theme.change.connect(self._placer)
        self._placer()

    @property
    def etroite(self) -> bool:
        """True while only one of the two is shown."""
        return self._etroite or self._theme.ems(self.width()) < ENSEMBLE_EM

    @property
    def detail_seul(self) -> bool:
        """True while the detail is shown without its list, with its own way back."""
        return self.etroite and self._ouverte and not self._vide

    def ceder(self, entete: QWidget) -> None:
        """This heading gives its room while the detail is alone: it has its own title, and its own way back."""
        self._entete = entete

    def tete(self, tete: QWidget) -> None:
        """What stands above the list, never wider than the list itself."""
        self._tete = tete
        rangee = Ligne(self._theme)
        rangee.addWidget(tete, 1)
        rangee.addStretch(0)
        self.gauche.addLayout(rangee)

    def montrer(self, detail: QWidget | None, pied: QWidget | None = None, cle: Hashable = None) -> None:
        """Replaces the detail; the former one is destroyed. None: there is nothing to show, and no empty card.

        `pied`: what stays in sight under it, however long it is. `cle`: what the detail is of; another one is read
        from its top, the same one drawn again stays where it was.
        """
        if cle != self._montre:
            self._montre = cle
            self._au_debut()
        vider(self._corps)
        vider(self._pied)
        self._vide = detail is None
        if detail is not None:
            self._corps.addWidget(detail)
            self._corps.addStretch(1)
        if pied is not None:
            self._pied.addWidget(pied)
        self._placer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placer()

    def disposer(self, etroite: bool) -> None:
        """Both, or one at a time."""
        self._etroite = etroite
        self._placer()

    def ouvrir(self) -> None:
        """The detail alone when narrow, from its top; nothing changes otherwise."""
        if not self._ouverte:
            self._au_debut()
        self._ouverte = True
        self._placer()

    def fermer(self) -> None:
        """Back to the list."""
        self._ouverte = False
        self._placer()
        self.revenue.emit()

    def _au_debut(self) -> None:
        self._defilement.verticalScrollBar().setValue(0)

    def _placer(self) -> None:
        large = not self.etroite
        self._liste.setVisible(large or not self._ouverte)
        self._detail.setVisible((large or self._ouverte) and not self._vide)
        self.retour.setVisible(not large)
        if self._entete is not None:
            self._entete.setHidden(self.detail_seul)
        self.place.emit()
        largeur = self._theme.px(self._largeur_liste) if large else QWIDGETSIZE_MAX
        self._liste.setMaximumWidth(QWIDGETSIZE_MAX if self._vide else largeur)
        self._liste.setMinimumWidth(largeur if large else 0)
        if self._tete is not None:
            self._tete.setMaximumWidth(largeur - 2 * self._theme.sp(MARGE) if large else QWIDGETSIZE_MAX)
        reste = self.width() - (largeur + self._theme.sp(ECART) if large else 0)
        avant = self.serre, self.bas
        # Both are known before anybody makes a detail for them.
        self.serre = not large or self._theme.ems(reste) < SERRE_EM
        self.bas = self._theme.ems(self.height()) < BAS_EM
        serre, bas = self.serre != avant[0], self.bas != avant[1]
        if serre:
            self.change.emit()
        if bas:
            self.hauteur_change.emit()


def vider(disposition: QBoxLayout) -> None:
    """Takes everything out of the layout and lets its widgets go."""
    while (element := disposition.takeAt(0)) is not None:
        if (widget := element.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _carte(theme: Theme) -> tuple[QFrame, Colonne]:
    carte = QFrame()
    carte.setProperty("role", "card")
    colonne = Colonne(theme, ecart=8, marges=(MARGE, 12, MARGE, 12))
    carte.setLayout(colonne)
    return carte, colonne
