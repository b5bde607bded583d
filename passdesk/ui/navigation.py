"""The left navigation: the mark, the one act, the places, the open visits, the agent and the lock."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QSpacerItem, QWidget

from passdesk.ui.composants import Colonne, Defilement, Icone, Ligne, Page, Texte, TexteElide
from passdesk.ui.composants.bouton import Pressable, largeur_touche, peindre_touche
from passdesk.ui.composants.dialogue import demander_aide
from passdesk.ui.composants.marque import Marque
from passdesk.ui.icones import icone
from passdesk.ui.theme import Theme

LARGEUR = 240
"""Pixels at 100 %."""
ICI = "page affichée"
"""Told of the place where one is."""
HAUTEUR = 44
"""Of a line, in pixels at 100 %."""
ECART, ECART_ETROIT = 6, 2
"""Between two lines, in pixels at 100 %."""
LIEUX = (
    ("aujourdhui", "Aujourd’hui", "home", "Alt+1"),
    ("personnes", "Personnes", "users", "Alt+2"),
    ("carnets", "Carnets", "ticket", "Alt+3"),
    ("a-verifier", "À vérifier", "clipboard-check", "Alt+4"),
    ("reglages", "Réglages", "settings", "Alt+5"),
)
"""Key, words, icon, key on the keyboard: the places, in their order."""


class LienNavigation(Pressable):
    """One line of the navigation: icon, words, the key at the right if it fits; in narrow form only the words.

    `compte`: it may have a count.
    """

    def __init__(
        self,
        theme: Theme,
        texte: str,
        icone_nom: str,
        touche: str = "",
        *,
        encadre: bool = False,
        compte: bool = False,
    ) -> None:
        super().__init__()
        self._theme, self._icone, self._touche, self._encadre = theme, icone_nom, touche, encadre
        self._etroit = False
        self._texte = ""
        self._nombre, self._compte = 0, compte
        self._ici = False
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_texte(texte)
        theme.change.connect(self._retailler)

    def set_texte(self, texte: str) -> None:
        """Changes the words (plain: names are data)."""
        self._texte = texte
        self.setText(texte.replace("&", "&&"))
        self.setAccessibleName(texte)
        self._retailler()

    def set_ici(self, oui: bool) -> None:
        """Whether the window shows what it leads to: seen, and told. It keeps no state that could be turned over."""
        if oui != self._ici:
            self._ici = oui
            self.setAccessibleDescription(ICI if oui else "")
            self.update()

    def ici(self) -> bool:
        """Whether the window shows what it leads to."""
        return self._ici

    def set_nombre(self, nombre: int, nom_accessible: str) -> None:
        """The count beside the words; 0 takes it away. `nom_accessible`: words and count as they are read."""
        self._nombre = nombre
        self.setAccessibleName(nom_accessible if nombre else self._texte)
        self._retailler()

    def disposer(self, etroite: bool) -> None:
        """Words alone when narrow."""
        self._etroit = etroite
        self._retailler()

    def sizeHint(self) -> QSize:
        t = self._theme
        # The place one is at is written in the bolder weight: it needs the most room.
        largeur = t.sp(14) * 2 + t.metrique("primary").horizontalAdvance(self._texte)
        if not self._etroit:
            largeur += t.px(20) + t.sp(10)
        if self._nombre or self._compte:
            # Its room is kept: what is beside must not move when a count comes.
            largeur += self._largeur_nombre() + t.sp(8)
        return QSize(round(largeur) + 2, t.px(36 if self._etroit else 40 if self._encadre else HAUTEUR))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._touche else QSize(self._theme.px(96), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        j = self._theme.jetons
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        choisi = self._ici
        if choisi or self._encadre or self.underMouse():
            fond = j.surface if choisi or self._encadre else j.btint
            cadre = self._encadre or (choisi and j.cadre)
            epaisseur = float(max(1, j.cadre)) if cadre else 0.0
            peintre.setPen(QPen(QColor(j.edge), epaisseur) if cadre else Qt.PenStyle.NoPen)
            peintre.setBrush(QColor(fond))
            demi = epaisseur / 2
            peintre.drawRoundedRect(QRectF(self.rect()).adjusted(demi, demi, -demi, -demi), 6, 6)
        if choisi:
            barre = QRectF(0, self.height() * 0.22, 4, self.height() * 0.56)
            peintre.setPen(Qt.PenStyle.NoPen)
            peintre.setBrush(QColor(j.brand))
            peintre.drawRoundedRect(barre, 2, 2)
        self._peindre_mots(peintre, choisi)
        peintre.end()

    def _peindre_mots(self, peintre: QPainter, choisi: bool) -> None:
        t, j = self._theme, self._theme.jetons
        milieu = self.height() / 2
        x = float(t.sp(14))
        fin = float(self.width() - t.sp(14))
        if not self._etroit:
            image = icone(self._icone, j.brand if choisi else j.ink2, t.px(20), self.devicePixelRatioF(), choisi)
            peintre.drawPixmap(QPointF(x, milieu - t.px(20) / 2), image)
            x += t.px(20) + t.sp(10)
            reste = fin - x - t.metrique("button").horizontalAdvance(self._texte)
            reste -= self._largeur_nombre() + t.sp(8) if self._nombre else 0
            if self._touche and t.raccourcis and reste >= self._largeur_touche() + t.sp(8):
                fin -= self._largeur_touche()
                if self._encadre:
                    peindre_touche(peintre, t, self._touche, QPointF(fin, milieu), t.couleur("ink2"))
                else:
                    self._ecrire(peintre, QPointF(fin, milieu), self._touche, "key", j.ink2)
                fin -= t.sp(8)
        fonte = t.metrique("primary" if choisi else "button")
        texte = fonte.elidedText(self._texte, Qt.TextElideMode.ElideRight, fin - x + 1)
        self._ecrire(peintre, QPointF(x, milieu), texte, "primary" if choisi else "button", j.ink)
        if self._nombre:
            self._peindre_nombre(peintre, x + fonte.horizontalAdvance(texte) + t.sp(8))

    def _peindre_nombre(self, peintre: QPainter, x: float) -> None:
        j, haut = self._theme.jetons, self._theme.px(22)
        cadre = QRectF(x, (self.height() - haut) / 2, self._largeur_nombre(), haut)
        peintre.setPen(Qt.PenStyle.NoPen)
        peintre.setBrush(QColor(j.warn))
        peintre.drawRoundedRect(cadre, haut / 2, haut / 2)
        large = self._theme.metrique("key").horizontalAdvance(str(self._nombre))
        self._ecrire(
            peintre, QPointF(cadre.center().x() - large / 2, cadre.center().y()), str(self._nombre), "key", j.surface
        )

    def _largeur_nombre(self) -> float:
        t = self._theme
        large = t.metrique("key").horizontalAdvance(str(self._nombre))
        return max(float(t.px(22)), large + t.sp(12))

    def _ecrire(self, peintre: QPainter, gauche: QPointF, texte: str, role: str, couleur: str) -> None:
        fonte = self._theme.police(role)
        metrique = QFontMetricsF(fonte)
        peintre.setFont(fonte)
        peintre.setPen(QColor(couleur))
        peintre.drawText(QPointF(gauche.x(), gauche.y() + (metrique.ascent() - metrique.descent()) / 2), texte)

    def _largeur_touche(self) -> float:
        if self._encadre:
            return largeur_touche(self._theme, self._touche)
        return self._theme.metrique("key").horizontalAdvance(self._touche)

    def _retailler(self) -> None:
        self.updateGeometry()
        self.update()


class Navigation(QFrame):
    """The left column. The window listens to the signals and binds the keys. `lieu` carries a key of LIEUX."""

    recherche = Signal()
    lieu = Signal(str)
    verrouiller = Signal()
    page_demandee = Signal(object)

    def __init__(self, theme: Theme, agent: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "side")
        self.setAccessibleName("Navigation")
        self._etroite = False
        self._marque = QWidget()
        marque = Ligne(theme, ecart=11, marges=(11, 6, 0, 0))
        marque.addWidget(Marque(theme))
        marque.addWidget(Texte("PassDesk", "h2"), 1)
        self._marque.setLayout(marque)
        self.chercher = LienNavigation(theme, "Chercher", "search", "Ctrl+K", encadre=True)
        self.chercher.clicked.connect(self.recherche)
        self.lieux: dict[str, LienNavigation] = {}
        for cle, mots, dessin, touche in LIEUX:
            self.lieux[cle] = LienNavigation(theme, mots, dessin, touche, compte=cle == "a-verifier")
            self.lieux[cle].clicked.connect(partial(self.lieu.emit, cle))
        self.aide = LienNavigation(theme, "Aide", "question-mark", "F1")
        self.aide.clicked.connect(lambda: demander_aide(self))
        self.verrou = LienNavigation(theme, "Verrouiller", "lock", "Ctrl+L")
        self.verrou.clicked.connect(self.verrouiller)
        self._titre_visites = Texte("Visite ouverte", "small")
        self._visites = Colonne(theme, ecart=4)
        self._bloc_visites = QWidget()
        self._agent = QWidget()
        self._liens: dict[str, LienNavigation] = {}
        self._colonne = Colonne(theme, ecart=ECART, marges=(12, 16, 12, 10))
        self._monter(agent)
        theme.change.connect(self._largeur)
        self._largeur()

    def montrer_agent(self, agent: str) -> None:
        """Who is at the desk now."""
        self._nom_agent.setText(agent)

    def montrer_pages(self, pages: Sequence[Page], courante: Page | None) -> None:
        """The open visits in their order, the current one marked."""
        for lien in self._liens.values():
            self._visites.removeWidget(lien)
            lien.hide()
            lien.deleteLater()
        self._liens.clear()
        for page in pages:
            lien = LienNavigation(self._theme, page.titre or "Nouvelle personne", "user")
            lien.set_ici(page is courante)
            lien.clicked.connect(lambda _=False, p=page: self.page_demandee.emit(p))
            page.titre_change.connect(lien.set_texte)
            self._visites.addWidget(lien)
            self._liens[page.cle] = lien
        self._titre_visites.setText("Visites ouvertes" if len(pages) > 1 else "Visite ouverte")
        for cle, lien in self.lieux.items():
            lien.set_ici(courante is not None and courante.cle == cle)
        self._bloc_visites.setVisible(bool(pages) and not self._etroite)

    def montrer_a_verifier(self, nombre: int) -> None:
        """The count beside *À vérifier*."""
        pluriel = "s" if nombre > 1 else ""
        self.lieux["a-verifier"].set_nombre(nombre, f"À vérifier, {nombre}\u00a0dossier{pluriel}")
        self._largeur()

    def disposer(self, etroite: bool) -> None:
        """Words alone, no open visits, no agent name, when the window is narrow (guide §7.8)."""
        self._etroite = etroite
        for lien in (self.chercher, *self.lieux.values(), self.aide, self.verrou):
            lien.disposer(etroite)
        # Eight lines at large text: what is between them gives its room to the page.
        self._colonne.set_ecart(ECART_ETROIT if etroite else ECART)
        self._sous_chercher.changeSize(0, self._theme.sp(4 if etroite else 0))
        self._marque.setVisible(not etroite)
        self._defilement.setVisible(not etroite)
        self._agent.setVisible(not etroite)
        self._bloc_visites.setVisible(bool(self._liens) and not etroite)
        self._largeur()

    def _monter(self, agent: str) -> None:
        t = self._theme
        colonne = self._colonne
        colonne.addWidget(self._marque)
        colonne.addSpacing(t.sp(4))
        colonne.addWidget(self.chercher)
        # The one act stands off the places: the one where one is would touch it.
        self._sous_chercher = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        colonne.addItem(self._sous_chercher)
        for lien in self.lieux.values():
            colonne.addWidget(lien)
        bloc = Colonne(t, ecart=6, marges=(0, 14, 0, 0))
        titre = Ligne(t, marges=(14, 0, 0, 0))
        titre.addWidget(self._titre_visites)
        bloc.addLayout(titre)
        bloc.addLayout(self._visites)
        bloc.addStretch(1)
        self._bloc_visites.setLayout(bloc)
        self._bloc_visites.hide()
        self._defilement = Defilement(self._bloc_visites)
        colonne.addWidget(self._defilement, 1)
        colonne.addStretch(0)
        ligne = Ligne(t, ecart=10, marges=(14, 0, 8, 0))
        ligne.addWidget(Icone(t, "user", "ink2", 20))
        self._nom_agent = TexteElide(t, agent)
        ligne.addWidget(self._nom_agent, 1)
        self._agent.setLayout(ligne)
        colonne.addWidget(self._agent)
        colonne.addWidget(self.aide)
        colonne.addWidget(self.verrou)
        self.setLayout(colonne)

    def _largeur(self) -> None:
        # As high as the lines under it: the three are read as one list.
        self._agent.setMinimumHeight(self._theme.px(HAUTEUR))
        voulue = 0 if self._etroite else self._theme.sp(LARGEUR)
        self._colonne.invalidate()
        self.setFixedWidth(max(voulue, self._colonne.minimumSize().width()))
