"""The button: one class, four kinds, its key painted inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from passdesk.ui.composants.touches import lier
from passdesk.ui.icones import icone
from passdesk.ui.theme import Theme

Genre = Literal["primaire", "secondaire", "discret", "danger"]


@dataclass(frozen=True, slots=True)
class _Mesures:
    """Pixels at 100 %."""

    hauteur: int
    marge: int
    role: str


_MESURES = {
    "primaire": _Mesures(48, 20, "primary"),
    "secondaire": _Mesures(40, 18, "button"),
    "danger": _Mesures(40, 18, "primary"),
    "discret": _Mesures(32, 2, "button"),
}


class Pressable(QPushButton):
    """Enter presses it, as Space does, once however long the key is held. Qt alone only knows Space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sans = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and sans:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


class Btn(Pressable):
    """`icone_nom`: a file of resources/icons. `touche`: the key as printed on the keycap; it is shown (unless keys
    are hidden in *Réglages*), and bound unless `liee` is false (the window binds it). The text is plain: “&” is a
    letter.
    """

    def __init__(
        self,
        theme: Theme,
        texte: str,
        *,
        genre: Genre = "secondaire",
        icone_nom: str = "",
        touche: str = "",
        liee: bool = True,
    ) -> None:
        super().__init__()
        self._theme, self._genre, self._icone, self._touche = theme, genre, icone_nom, touche
        self._touche_visible = True
        self._texte = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_texte(texte)
        if touche and liee:
            lier(touche, self, self.click)
        theme.suivre(self, type(self)._retailler)

    @property
    def genre(self) -> Genre:
        """Its kind."""
        return self._genre

    def set_genre(self, genre: Genre) -> None:
        """Another kind: filled once it is what comes next."""
        if genre != self._genre:
            self._genre = genre
            self._retailler()

    def texte(self) -> str:
        """The label as shown."""
        return self._texte

    def set_texte(self, texte: str, nom_accessible: str = "") -> None:
        """Changes the label; `nom_accessible` where the visible label is not enough."""
        self._texte = texte
        self.setText(texte.replace("&", "&&"))
        self.setAccessibleName(nom_accessible or texte)
        self._retailler()

    def set_icone(self, nom: str) -> None:
        """Changes the icon ("" takes it away)."""
        self._icone = nom
        self._retailler()

    def montrer_touche(self, oui: bool) -> None:
        """Shows or hides the key chip; the key works in both cases (narrow form, guide §7.8)."""
        self._touche_visible = oui
        self._retailler()

    def sizeHint(self) -> QSize:
        t, mesures = self._theme, _MESURES[self._genre]
        largeur = 2 * t.sp(mesures.marge) + self._largeur_texte() + self._largeur_icone() + self._largeur_touche()
        hauteur = max(t.px(mesures.hauteur), round(self._metrique().lineSpacing()) + t.sp(12))
        return QSize(round(largeur) + 2, hauteur)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        fond, texte, bord, epaisseur = self._couleurs()
        cadre = QRectF(self.rect()).adjusted(epaisseur / 2, epaisseur / 2, -epaisseur / 2, -epaisseur / 2)
        if self._genre != "discret":
            peintre.setPen(contour(self, self._theme, bord, epaisseur) if epaisseur else Qt.PenStyle.NoPen)
            peintre.setBrush(fond)
            peintre.drawRoundedRect(cadre, 6, 6)
        self._peindre_contenu(peintre, texte)
        peintre.end()

    def _couleurs(self) -> tuple[QColor, QColor, QColor, float]:
        """Background, text, outline and its width in pixels."""
        j = self._theme.jetons
        epais = max(1.0, float(j.cadre))
        if not self.isEnabled():
            return QColor(j.dis), QColor(j.disink), QColor(j.edge), float(j.cadre)
        if self._genre == "primaire":
            fond = j.pressed if self.isDown() else j.hover if self.underMouse() else j.brand
            return QColor(fond), QColor(j.onbrand), QColor(fond), 0.0
        survol = j.sel if self.isDown() else j.btint if self.underMouse() else j.surface
        if self._genre == "danger":
            survol = j.badtint if self.isDown() or self.underMouse() else j.surface
            return QColor(survol), QColor(j.bad), QColor(j.bad), max(1.5, epais)
        if self._genre == "discret":
            return QColor(j.surface), QColor(j.brand), QColor(j.brand), 0.0
        return QColor(survol), QColor(j.ink), QColor(j.edge), epais

    def _peindre_contenu(self, peintre: QPainter, couleur: QColor) -> None:
        t = self._theme
        largeur = self._largeur_icone() + self._largeur_texte() + self._largeur_touche()
        libre = self.width() - 2 * t.sp(_MESURES[self._genre].marge)
        trop = max(0.0, largeur - libre)
        x = (self.width() - min(largeur, libre)) / 2 if self._genre != "discret" else float(t.sp(2))
        milieu = self.height() / 2
        if self._icone:
            cote = t.px(20)
            gras = self._genre == "primaire"
            image = icone(self._icone, couleur.name(), cote, self.devicePixelRatioF(), gras)
            peintre.drawPixmap(QPointF(x, milieu - cote / 2), image)
            x += self._largeur_icone()
        fonte, metrique = t.police(self._role()), self._metrique()
        peintre.setFont(fonte)
        peintre.setPen(couleur)
        place = self._largeur_texte() - trop
        texte = metrique.elidedText(self._texte, Qt.TextElideMode.ElideRight, place + 1)
        base = milieu + (metrique.ascent() - metrique.descent()) / 2
        peintre.drawText(QPointF(x, base), texte)
        if self._genre == "discret" and self.isEnabled():
            y = round(base + t.px(3)) + 0.5
            peintre.setPen(QPen(couleur, 2.0 if self.underMouse() else 1.0))
            peintre.drawLine(QPointF(x, y), QPointF(x + metrique.horizontalAdvance(texte), y))
        x += place
        if self._largeur_touche():
            peindre_touche(peintre, t, self._touche, QPointF(x + t.sp(12), milieu), couleur)

    def _role(self) -> str:
        return _MESURES[self._genre].role

    def _metrique(self) -> QFontMetricsF:
        return self._theme.metrique(self._role())

    def _largeur_texte(self) -> float:
        return self._metrique().horizontalAdvance(self._texte)

    def _largeur_icone(self) -> float:
        return float(self._theme.px(20) + self._theme.sp(9)) if self._icone else 0.0

    def _largeur_touche(self) -> float:
        if not (self._touche and self._touche_visible and self._theme.raccourcis):
            return 0.0
        return largeur_touche(self._theme, self._touche) + self._theme.sp(12)

    def _retailler(self) -> None:
        self.updateGeometry()
        self.update()


def contour(widget: QWidget, theme: Theme, couleur: QColor, epaisseur: float) -> QPen:
    """The outline of a control: dashed when it does not answer, in the theme where no tint says so."""
    stylo = QPen(couleur, epaisseur)
    if theme.jetons.cadre and not widget.isEnabled():
        stylo.setCapStyle(Qt.PenCapStyle.FlatCap)
        stylo.setDashPattern([2, 2])
    return stylo


def largeur_touche(theme: Theme, touche: str) -> float:
    """Width in pixels of a key chip."""
    texte = theme.metrique("key").horizontalAdvance(touche)
    return max(texte + 2 * theme.sp(6), float(theme.px(22)))


def peindre_touche(peintre: QPainter, theme: Theme, touche: str, gauche: QPointF, couleur: QColor) -> None:
    """Paints a key chip from the middle of its left side, outlined in the label's colour."""
    fonte = theme.police("key")
    metrique = QFontMetricsF(fonte)
    haut = theme.px(22)
    largeur = largeur_touche(theme, touche)
    cadre = QRectF(round(gauche.x()) + 0.5, round(gauche.y() - haut / 2) + 0.5, largeur - 1, haut - 1)
    peintre.setPen(QPen(couleur, 1.0))
    peintre.setBrush(Qt.BrushStyle.NoBrush)
    peintre.drawRoundedRect(cadre, 4, 4)
    peintre.setFont(fonte)
    base = cadre.center().y() + (metrique.ascent() - metrique.descent()) / 2
    x = cadre.center().x() - metrique.horizontalAdvance(touche) / 2
    peintre.drawText(QPointF(x, base), touche)
