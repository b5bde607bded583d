"""Blocks of a page: card, tinted block, icon, disc, badge, empty state, stock cells, progress."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from passdesk.ui.composants.annonce import annoncer
from passdesk.ui.composants.bouton import Btn
from passdesk.ui.composants.mise import Colonne, Ligne
from passdesk.ui.composants.textes import Texte, WrapLabel
from passdesk.ui.icones import icone
from passdesk.ui.theme import Theme

Ton = Literal["ok", "warn", "bad", "info", "neutre"]
ICONES_AVIS: dict[Ton, str] = {
    "ok": "check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
    "info": "info-circle",
    "neutre": "info-circle",
}
"""Nothing is said by its colour alone."""


class Dessin(QWidget):
    """A painted mark that says nothing to assistive tools: the words beside it do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.suivre(self, type(self)._retailler)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _retailler(self) -> None:
        self.updateGeometry()
        self.update()


class Icone(Dessin):
    """An icon in the colour of a tone or token; `taille` in pixels at 100 %."""

    def __init__(self, theme: Theme, nom: str, ton: str = "ink", taille: int = 20, gras: bool = False) -> None:
        super().__init__(theme)
        self._nom, self._ton, self._taille, self._gras = nom, ton, taille, gras

    def set_icone(self, nom: str, ton: str) -> None:
        """Another drawing, another colour."""
        self._nom, self._ton = nom, ton
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._taille), self._theme.px(self._taille))

    def paintEvent(self, _event: QPaintEvent) -> None:
        peintre = QPainter(self)
        cote = self._theme.px(self._taille)
        couleur = self._theme.jetons.couleur(self._ton)
        image = icone(self._nom, couleur, cote, self.devicePixelRatioF(), self._gras)
        peintre.drawPixmap(0, (self.height() - cote) // 2, image)
        peintre.end()


class Disque(Dessin):
    """An icon on a disc: tinted, or filled with the tone (`plein`, the decision's head)."""

    def __init__(self, theme: Theme, nom: str, ton: Ton = "info", taille: int = 40, plein: bool = False) -> None:
        super().__init__(theme)
        self._nom, self._ton, self._taille, self._plein = nom, ton, taille, plein

    def set_icone(self, nom: str, ton: Ton) -> None:
        """Another drawing, another tone."""
        self._nom, self._ton = nom, ton
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._taille), self._theme.px(self._taille))

    def paintEvent(self, _event: QPaintEvent) -> None:
        j = self._theme.jetons
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        teinte, couleur = QColor(j.teinte(self._ton)), j.couleur(self._ton)
        plein = self._plein and not j.cadre
        cadre = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        peintre.setPen(QPen(QColor(couleur), 2.0) if j.cadre else Qt.PenStyle.NoPen)
        peintre.setBrush(QColor(couleur) if plein else teinte)
        peintre.drawEllipse(cadre)
        cote = self._theme.px(round(self._taille * 0.55))
        encre = j.teinte(self._ton) if plein else couleur
        image = icone(self._nom, encre, cote, self.devicePixelRatioF(), True)
        centre = cadre.center()
        peintre.drawPixmap(QPointF(centre.x() - cote / 2, centre.y() - cote / 2), image)
        peintre.end()


class Numero(Dessin):
    """The number of an act on its disc; the words beside it carry the order too."""

    def __init__(self, theme: Theme, nombre: int) -> None:
        super().__init__(theme)
        self._nombre = str(nombre)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(32), self._theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        j, fonte = self._theme.jetons, self._theme.police("strong")
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        cadre = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        peintre.setPen(QPen(QColor(j.brand), 2.0) if j.cadre else Qt.PenStyle.NoPen)
        peintre.setBrush(QColor(j.btint))
        peintre.drawEllipse(cadre)
        metrique = QFontMetricsF(fonte)
        x = cadre.center().x() - metrique.horizontalAdvance(self._nombre) / 2
        peintre.setFont(fonte)
        peintre.setPen(QColor(j.brand))
        peintre.drawText(QPointF(x, cadre.center().y() + (metrique.ascent() - metrique.descent()) / 2), self._nombre)
        peintre.end()


class Card(QFrame):
    """A paper card. `corps`: its column; `entete`: the row of the title, to add something at its right."""

    def __init__(self, theme: Theme, titre: str = "", note: str = "", *, ecart: int = 10) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.corps = Colonne(theme, ecart=ecart, marges=(24, 14, 24, 16))
        self.entete = Ligne(theme, ecart=12)
        self.titre = Texte(titre, "h2")
        self.note = Texte(note, "small")
        self.setLayout(self.corps)
        self.entete.addWidget(self.titre)
        self.entete.addWidget(self.note)
        self.entete.addStretch(1)
        self.corps.addLayout(self.entete)
        self.titre.setHidden(not titre)
        self.note.setHidden(not titre)
        self.setAccessibleName(titre)


class Tete(QFrame):
    """The head of an answer: its disc, then its words one under the other."""

    def __init__(self, theme: Theme, disque: Disque, *mots: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "tete")
        ligne = Ligne(theme, ecart=16, marges=(24, 14, 20, 14))
        ligne.addWidget(disque, 0, Qt.AlignmentFlag.AlignTop)
        textes = QVBoxLayout()
        textes.setSpacing(0)
        for widget in mots:
            textes.addWidget(widget)
        ligne.addLayout(textes, 1)
        self.setLayout(ligne)


class Sunk(QFrame):
    """An inset block inside a card ("Une seule des deux suffit"). `corps`: its column."""

    def __init__(self, theme: Theme, titre: str = "") -> None:
        super().__init__()
        self.setProperty("role", "sunk")
        self.corps = Colonne(theme, ecart=8, marges=(16, 10, 16, 8))
        self.setLayout(self.corps)
        if titre:
            self.corps.addWidget(Texte(titre, "label"))


class Banner(QFrame):
    """What happened (bold), what is safe and what to do, at most one button; above what it concerns."""

    insecable = True

    def __init__(self, theme: Theme, ton: Ton, icone_nom: str, quoi: str, suite: str = "", bouton: Btn | None = None):
        super().__init__()
        self.setProperty("role", "bloc")
        self.setProperty("tint", ton)
        self.quoi = WrapLabel(quoi, "smallstrong")
        self.suite = WrapLabel(suite, "small")
        if not suite:
            self.suite.hide()
        ligne = Ligne(theme, ecart=12, marges=(16, 10, 10, 10))
        ligne.addWidget(Icone(theme, icone_nom, ton, 20))
        textes = QVBoxLayout()
        textes.setSpacing(0)
        textes.addStretch(1)
        textes.addWidget(self.quoi)
        textes.addWidget(self.suite)
        textes.addStretch(1)
        ligne.addLayout(textes, 1)
        if bouton is not None:
            ligne.addWidget(bouton)
        self.setLayout(ligne)
        self._theme, self._bouton, self._ligne, self._textes = theme, bouton, ligne, textes

    def disposer(self, etroite: bool) -> None:
        """The button under the words where there is little room, at their right otherwise."""
        if self._bouton is None:
            return
        self._ligne.removeWidget(self._bouton)
        self._textes.removeWidget(self._bouton)
        self._textes.setSpacing(self._theme.sp(4) if etroite else 0)
        if etroite:
            self._textes.insertWidget(self._textes.count() - 1, self._bouton, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._ligne.addWidget(self._bouton)

    def set_textes(self, quoi: str, suite: str = "") -> None:
        """Changes the sentences."""
        self.quoi.setText(quoi)
        self.suite.setText(suite)
        self.suite.setVisible(bool(suite))


class Avis(QWidget):
    """One line that comes when something was just done or refused: an icon, then the words; hidden until `dire`."""

    def __init__(self, theme: Theme, ton: Ton = "ok") -> None:
        super().__init__()
        self._icone = Icone(theme, ICONES_AVIS[ton], ton, 18)
        self._mots = WrapLabel("", "small", ton)
        ligne = Ligne(theme, ecart=8)
        ligne.addWidget(self._icone, 0, Qt.AlignmentFlag.AlignTop)
        ligne.addWidget(self._mots, 1)
        self.setLayout(ligne)
        self.hide()

    def dire(self, texte: str, ton: Ton | None = None) -> None:
        """Shows the words and says them aloud, in another tone when one is given; "" takes the line away."""
        if ton is not None:
            self._icone.set_icone(ICONES_AVIS[ton], ton)
            self._mots.set_ton(ton)
        self._mots.setText(texte)
        self.setVisible(bool(texte))
        if self.isVisible():
            annoncer(self, texte)

    def texte(self) -> str:
        """What it said last."""
        return self._mots.text()


class Badge(Dessin):
    """Icon and word for a state in a list; not clickable."""

    def __init__(self, theme: Theme, texte: str, ton: Ton = "neutre", icone_nom: str = "") -> None:
        super().__init__(theme)
        self._texte, self._ton, self._icone = texte, ton, icone_nom
        self.setAccessibleName(texte)

    def set_badge(self, texte: str, ton: Ton, icone_nom: str = "") -> None:
        """Another state."""
        self._texte, self._ton, self._icone = texte, ton, icone_nom
        self.setAccessibleName(texte)
        self._retailler()

    def sizeHint(self) -> QSize:
        t = self._theme
        largeur = t.metrique("label").horizontalAdvance(self._texte) + 2 * t.sp(10)
        return QSize(round(largeur) + (t.px(16) + t.sp(6) if self._icone else 0) + 1, t.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, j = self._theme, self._theme.jetons
        couleur = QColor(j.ink if self._ton == "neutre" else j.couleur(self._ton))
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        rayon = self.height() / 2
        peintre.setPen(QPen(couleur, 2.0) if j.cadre else Qt.PenStyle.NoPen)
        peintre.setBrush(QColor(j.teinte(self._ton)))
        peintre.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), rayon, rayon)
        x = float(t.sp(10))
        if self._icone:
            image = icone(self._icone, couleur.name(), t.px(16), self.devicePixelRatioF(), True)
            peintre.drawPixmap(QPointF(x, rayon - t.px(16) / 2), image)
            x += t.px(16) + t.sp(6)
        fonte = t.police("label")
        metrique = QFontMetricsF(fonte)
        peintre.setFont(fonte)
        peintre.setPen(couleur)
        peintre.drawText(QPointF(x, rayon + (metrique.ascent() - metrique.descent()) / 2), self._texte)
        peintre.end()


class CellulesStock(Dessin):
    """`nombre` filled cells out of `total`; warn-coloured when `bas` (the words beside say it too)."""

    def __init__(self, theme: Theme, nombre: int, total: int = 20, bas: bool = False) -> None:
        super().__init__(theme)
        self._nombre, self._total, self._bas = nombre, total, bas
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_nombre(self, nombre: int, bas: bool) -> None:
        """Another count."""
        self._nombre, self._bas = nombre, bas
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._total * 8, self._theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        j = self._theme.jetons
        couleur = QColor(j.warn if self._bas else j.brand)
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The last one ends where the card's words do: its gap is not counted.
        pas = (self.width() + 4) / self._total
        for rang in range(self._total):
            plein = rang < self._nombre
            peintre.setPen(QPen(couleur if plein else QColor(j.edge), 1.0))
            peintre.setBrush(couleur if plein else Qt.BrushStyle.NoBrush)
            peintre.drawRoundedRect(QRectF(rang * pas + 0.5, 0.5, pas - 5, self.height() - 1), 2, 2)
        peintre.end()


class ProgressStrip(QWidget):
    """What is being done, a bar, and "Arrêter" when it can be stopped; hidden until `montrer`.

    A bar whose end is not known moves by itself: where movements are reduced, the words stand alone.
    """

    arrete = Signal()

    def __init__(self, theme: Theme, texte: str = "", *, arretable: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self.texte = WrapLabel(texte, "small")
        self._barre = QProgressBar()
        self._barre.setTextVisible(False)
        self._barre.setAccessibleName(texte or "Avancement")
        self._barre.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        colonne = Colonne(theme, ecart=6)
        colonne.addWidget(self.texte)
        ligne = Ligne(theme, ecart=12)
        ligne.addWidget(self._barre, 1)
        if arretable:
            bouton = Btn(theme, "Arrêter")
            bouton.clicked.connect(self.arrete)
            ligne.addWidget(bouton)
        colonne.addLayout(ligne)
        self.setLayout(colonne)
        theme.change.connect(self._sans_bouger)
        self.hide()

    def montrer(self, texte: str, fait: int = 0, total: int = 0) -> None:
        """Shows the bar; total 0: the end is not known."""
        self.texte.setText(texte)
        self._barre.setAccessibleName(texte)
        self._barre.setRange(0, total)
        self._barre.setValue(fait)
        self._sans_bouger()
        self.show()

    def _sans_bouger(self) -> None:
        self._barre.setVisible(self._theme.mouvements or self._barre.maximum() > 0)
