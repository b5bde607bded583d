"""The manual on the screen: its contents, or what a search found, beside the page that is read."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from passdesk.services.personnes import reperes
from passdesk.ui.aide import textes
from passdesk.ui.aide.lecteur import Lecteur
from passdesk.ui.aide.manuel import Manuel, PageManuel
from passdesk.ui.composants import (
    Avis,
    Btn,
    ChampRecherche,
    Colonne,
    Ligne,
    Liste,
    Rangee,
    Titre,
    WrapLabel,
    lier,
)
from passdesk.ui.regions import aller_a_la_suivante
from passdesk.ui.theme import Theme

LARGEUR = 344
"""Of the contents, in pixels at 100 %."""
PAUSE_MS = 60
"""Letters typed, and arrows held down, pass over pages: only the one stopped at is laid out."""
PREMIERE = "aide"
"""The page about the manual itself."""


class VueAide(QWidget):
    """`fermee`: back to work; `imprimer`, `entrainer` and `verrouiller` are asked for.

    `Échap` empties the search, then closes.
    """

    fermee = Signal()
    imprimer = Signal()
    entrainer = Signal()
    verrouiller = Signal()
    aide = PREMIERE

    def __init__(self, theme: Theme, manuel: Manuel) -> None:
        super().__init__()
        self._theme, self._manuel = theme, manuel
        self._avant: list[str] = []
        self._etroite: bool | None = None
        self._a_lire = True
        self._attente = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.setProperty("role", "paper")
        self.setAccessibleName(textes.TITRE)
        self.titre = Titre(theme, textes.TITRE)
        self.champ = ChampRecherche(theme, textes.CHERCHER)
        self.liste = Liste(theme, textes.SOMMAIRE)
        self.lecteur = Lecteur(theme)
        self.rien = WrapLabel("", "smallstrong")
        self.rien_suite = WrapLabel(textes.RIEN_SUITE, "small")
        self.avis = Avis(theme)
        self.s_entrainer = Btn(theme, textes.ENTRAINEMENT, genre="discret")
        self.papier = Btn(theme, textes.IMPRIMER, genre="discret", touche="Ctrl+P")
        self.retour = Btn(theme, textes.REVENIR, genre="discret", touche="Échap", liee=False)
        self.precedente = Btn(theme, textes.PRECEDENTE, genre="discret")
        self.vers_liste = Btn(theme, textes.VERS_SOMMAIRE, genre="discret")
        self._monter()
        self._lier()
        self._lister()

    @property
    def page(self) -> PageManuel:
        """The page that is read."""
        page = self.lecteur.page
        if page is None:
            raise RuntimeError("no page yet")
        return page

    @property
    def manuel(self) -> Manuel:
        """All of it."""
        return self._manuel

    def ouvrir(self, nom: str) -> None:
        """The page of this name, from its top; an unknown one shows that of the manual itself."""
        self._aller(self._manuel.page(nom) or self._manuel.page(PREMIERE) or self._manuel.pages[0])

    def arriver(self) -> None:
        """The keyboard on the words: arrows and page keys scroll them."""
        self.lecteur.setFocus(Qt.FocusReason.OtherFocusReason)

    def chercher(self) -> None:
        """Ctrl+K: the keyboard in the search."""
        self._montrer_liste()
        self.champ.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.champ.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._disposer()
        # Once its rows have their height: the page read is in sight in the contents, whole.
        QTimer.singleShot(0, self.liste, lambda: self.liste.scrollTo(self.liste.currentIndex()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.retour.click()
            return
        super().keyPressEvent(event)

    def _lier(self) -> None:
        self.champ.textChanged.connect(lambda _: self._lister())
        self.champ.avance.connect(self.liste.avancer)
        self.champ.ouvre.connect(lambda: self._lire(self.liste.cle()))
        self.liste.choisie.connect(lambda _: self._attente.start())
        self._attente.timeout.connect(lambda: self._choisie(self.liste.cle()))
        self.liste.ouverte.connect(self._lire)
        self.lecteur.suivi.connect(self._suivre)
        self.s_entrainer.clicked.connect(self.entrainer)
        self.papier.clicked.connect(self.imprimer)
        self.retour.clicked.connect(self.fermee)
        self.precedente.clicked.connect(self._reculer)
        self.vers_liste.clicked.connect(self._montrer_liste)
        self._theme.change.connect(self._disposer)
        lier("Ctrl+K", self, self.chercher)
        lier("Ctrl+L", self, self.verrouiller.emit)
        lier("Alt+Left", self, self._reculer)
        lier("F6", self, lambda: self._region(1))
        lier("Maj+F6", self, lambda: self._region(-1))

    def _region(self, pas: int) -> None:
        aller_a_la_suivante([self.champ, self.liste, self.lecteur], self.window().focusWidget(), pas)

    def _lister(self) -> None:
        """The contents, or what the search found; the page read stays marked in them."""
        cherche = self.champ.text().strip()
        trouvees = self._manuel.chercher(cherche)
        if not cherche:
            self._montrer(self._contenu())
            self.liste.choisir(self.lecteur.page.nom if self.lecteur.page else "")
        else:
            self._montrer(
                [Rangee(t.page.nom, t.page.titre, t.extrait, reperes=reperes(t.page.titre, cherche)) for t in trouvees]
            )
        self.rien.setText(textes.rien(cherche) if cherche and not trouvees else "")
        for widget in (self.rien, self.rien_suite):
            widget.setVisible(bool(cherche) and not trouvees)
        if self.lecteur.page is not None and self.isVisible():
            self._annoncer(textes.resultats(len(trouvees)) if trouvees else self.rien.text())

    def _contenu(self) -> list[Rangee]:
        rangees: list[Rangee] = []
        section = ""
        for page in self._manuel.pages:
            if page.section != section:
                section = page.section
                rangees.append(Rangee(f"## {section}", section, entete=True))
            rangees.append(Rangee(page.nom, page.titre))
        return rangees

    def _montrer(self, rangees: list[Rangee]) -> None:
        """Another list; what it shows first is only read at once when it was searched for."""
        with QSignalBlocker(self.liste):
            self.liste.montrer(rangees, self.champ.text().strip())
        if self.champ.text().strip():
            self._attente.start()

    def _choisie(self, cle: Hashable | None) -> None:
        page = self._manuel.page(str(cle)) if cle is not None else None
        if page is not None and (page is not self.lecteur.page or self.champ.text().strip()):
            self._noter()
            self.lecteur.montrer(page, self.champ.text().strip())

    def _lire(self, cle: Hashable | None) -> None:
        """Enter, or a click: the keyboard goes to the words."""
        if cle is None or self._manuel.page(str(cle)) is None:
            return
        self._attente.stop()
        self._choisie(cle)
        self._a_lire = True
        self._disposer(force=True)
        self.arriver()

    def _suivre(self, nom: str) -> None:
        page = self._manuel.page(nom)
        if page is not None:
            self._noter()
            self._aller(page)

    def _aller(self, page: PageManuel) -> None:
        self.champ.clear()
        self._attente.stop()
        self.lecteur.montrer(page)
        self.liste.choisir(page.nom)
        self._annoncer(self.lecteur.accessibleName())
        self._a_lire = True
        self._disposer(force=True)

    def _noter(self) -> None:
        """The page that is left can be gone back to; those passed over in the list are not remembered."""
        page = self.lecteur.page
        if page is not None and self.lecteur.hasFocus() and self._avant[-1:] != [page.nom]:
            self._avant.append(page.nom)
        self.precedente.setVisible(bool(self._avant))

    def _reculer(self) -> None:
        if self._avant:
            self.ouvrir(self._avant.pop())
            self.precedente.setVisible(bool(self._avant))
            self.arriver()

    def _montrer_liste(self) -> None:
        self._a_lire = False
        self._disposer(force=True)
        if self._etroite:
            self.champ.setFocus(Qt.FocusReason.OtherFocusReason)

    def _annoncer(self, phrase: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, phrase))

    def _monter(self) -> None:
        t = self._theme
        haut = Ligne(t, ecart=16)
        haut.addWidget(self.titre, 1)
        for bouton in (self.s_entrainer, self.papier, self.retour):
            haut.addWidget(bouton, 0, Qt.AlignmentFlag.AlignVCenter)
        self._gauche, gauche = _carte(t)
        marge = Colonne(t, ecart=8, marges=(8, 4, 8, 0))
        for widget in (self.champ, self.rien, self.rien_suite):
            marge.addWidget(widget)
        gauche.addLayout(marge)
        gauche.addWidget(self.liste, 1)
        self._droite, droite = _carte(t)
        liens = Ligne(t, ecart=20, marges=(16, 0, 16, 0))
        for bouton in (self.vers_liste, self.precedente):
            bouton.hide()
            liens.addWidget(bouton)
        liens.addStretch(1)
        droite.addLayout(liens)
        lecture = Ligne(t, marges=(16, 0, 4, 0))
        lecture.addWidget(self.lecteur)
        droite.addLayout(lecture, 1)
        corps = Ligne(t, ecart=24)
        corps.addWidget(self._gauche)
        corps.addWidget(self._droite, 1)
        self._cadre = Colonne(t, ecart=12)
        self._cadre.addLayout(haut)
        self._cadre.addWidget(self.avis)
        self._cadre.addLayout(corps, 1)
        self.setLayout(self._cadre)

    def _disposer(self, *, force: bool = False) -> None:
        """Contents and page side by side, or one at a time where there is little room."""
        etroite = self._theme.est_etroit(self.width())
        self._gauche.setFixedWidth(self._theme.px(LARGEUR)) if not etroite else _liberer(self._gauche)
        if etroite == self._etroite and not force:
            return
        self._etroite = etroite
        self.titre.disposer(etroite)
        self._cadre.set_marges(*((20, 8, 20, 10) if etroite else (32, 20, 32, 16)))
        for bouton in (self.papier, self.retour):
            bouton.montrer_touche(not etroite)
        self._gauche.setVisible(not etroite or not self._a_lire)
        self._droite.setVisible(not etroite or self._a_lire)
        self.vers_liste.setVisible(etroite)


def _liberer(cadre: QFrame) -> None:
    cadre.setMinimumWidth(0)
    cadre.setMaximumWidth(16777215)


def _carte(theme: Theme) -> tuple[QFrame, Colonne]:
    carte = QFrame()
    carte.setProperty("role", "card")
    colonne = Colonne(theme, ecart=8, marges=(8, 12, 8, 12))
    carte.setLayout(colonne)
    return carte, colonne
