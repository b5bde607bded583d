"""Texts: plain by default, because names are data; bold words inside a sentence go through an escape."""

from __future__ import annotations

import re
from html import escape
from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from passdesk.ui.composants.touches import lue
from passdesk.ui.theme import Theme, set_propriete

COURT, SEUL, ENSEMBLE = 30, 13, 18
"""Letters: of a text that needs no second line, nearly always; of a last line that looks forgotten; of words that are
kept together, at most, so that no column gets wider for them."""
_ANNEE = re.compile(
    "(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) (?=(?:19|20)[0-9]{2})"
)
DE_GAUCHE_A_DROITE = "\u200e"
"""Says that a line reads from left to right, whatever its first letter; it has no glyph."""


class Texte(QLabel):
    """One line of plain text. `role`: a style of the guide's §3; `ton`: a token for its colour."""

    def __init__(self, texte: str = "", role: str = "body", ton: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("ton", ton)
        self._rang: int | None = None
        self._souligne = False
        self.setText(texte)

    def setBuddy(self, buddy: QWidget) -> None:
        """The input that this text names; “&” before a letter makes Alt+letter go there (see `souligner`)."""
        super().setBuddy(buddy)
        debut, marque, reste = self.text().partition("&")
        if marque and reste:
            self.setText(debut + reste)
            self._rang = len(debut)
            raccourci = QShortcut(lue(f"Alt+{reste[0].upper()}"), self)
            raccourci.activated.connect(self._y_aller)  # no lambda: see `Combo`

    def _y_aller(self) -> None:
        self.buddy().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def souligner(self, oui: bool) -> None:
        """Shows the letter of its key, while Alt is held (guide §5)."""
        if self._rang is not None and oui != self._souligne:
            self._souligne = oui
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._rang is None or not self._souligne:
            return
        metrique = QFontMetricsF(self.font())
        debut, fin = (metrique.horizontalAdvance(self.text()[: self._rang + n]) for n in (0, 1))
        y = (self.height() + metrique.ascent() - metrique.descent()) / 2 + 3
        peintre = QPainter(self)
        peintre.setPen(QPen(self.palette().windowText(), 2))
        peintre.drawLine(QPointF(debut, y), QPointF(fin, y))
        peintre.end()

    def set_ton(self, ton: str) -> None:
        """Changes the colour."""
        set_propriete(self, "ton", ton)


class WrapLabel(Texte):
    """Plain text over as many lines as its width asks for."""

    def __init__(self, texte: str = "", role: str = "body", ton: str = "") -> None:
        self._mesuree = True
        super().__init__(texte, role, ton)
        self.setWordWrap(True)
        # Ignored height hints: the minimum set below is the true one (Qt claims too little in nested layouts).
        politique = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)

    def set_phrase(self, *morceaux: str | Gras) -> None:
        """A sentence with bold words: `set_phrase(Gras("Février"), " n’a pas de 31.")`; everything is escaped."""
        self.setTextFormat(Qt.TextFormat.RichText)
        dite = "".join(str(m) for m in morceaux)
        montree, posee, rang = accompagner(dite), "", 0
        for morceau in morceaux:
            lu = montree[rang : rang + len(morceau)]
            posee += Gras(lu).html() if isinstance(morceau, Gras) else escape(lu)
            rang += len(morceau)
        self._poser("".join(m.html() if isinstance(m, Gras) else escape(m) for m in morceaux), posee)
        self.setAccessibleName(dite)

    def setText(self, texte: str) -> None:
        """Qt's own, then measured again. A name written from right to left does not turn the line around."""
        lu = f"{DE_GAUCHE_A_DROITE}{texte}" if _commence_a_droite(texte) else texte
        self._poser(lu, accompagner(lu))

    def text(self) -> str:
        """As it was given: what keeps its last words together is for the eye."""
        return self._texte

    def _poser(self, texte: str, montre: str) -> None:
        self._texte = texte
        super().setText(montre)
        self._mesurer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mesurer()

    def mesurer(self, *, oui: bool = True) -> None:
        """Takes the height that its present width needs; `oui` False: none, until told otherwise, for a layout that is
        asked of another width and would count it."""
        self._mesuree = oui
        if oui:
            self._mesurer()
        else:
            self.setMinimumHeight(0)

    def _mesurer(self) -> None:
        if self._mesuree and self.width() > 0 and self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            avant = self.minimumHeight()
            self.setMinimumHeight(0)  # Qt never answers less than the present minimum
            hauteur = self.heightForWidth(self.width())
            self.setMinimumHeight(hauteur if hauteur > 0 else avant)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._mesurer()


def accompagner(texte: str) -> str:
    """The same sentence, whose last line is never one short word: it comes down with those before it.

    No word of one letter begins that line ("il y a 23 jours"), and no year goes without its month.
    """
    if len(texte) <= COURT or texte[-1] == " ":
        return texte
    debut, fin = _ANNEE.sub("\\1\u00a0", texte), ""
    while (len(fin) < SEUL or fin[1] == "\u00a0") and " " in debut:
        debut, _, mot = debut.rpartition(" ")
        if len(mot) + 1 + len(fin) > ENSEMBLE or "\n" in mot:
            return f"{debut} {mot} {fin}" if fin else f"{debut} {mot}"
        fin = f"{mot}\u00a0{fin}" if fin else mot
    return f"{debut} {fin}" if fin else debut


def _commence_a_droite(texte: str) -> bool:
    """True when the first letter is of a script written from right to left."""
    sens = (bidirectional(signe) for signe in texte)
    return next((ici for ici in sens if ici in ("L", "R", "AL")), "L") != "L"


class Titre(WrapLabel):
    """The title of a page, smaller when the window is narrow. `un_nom`: also when it would not fit on one line."""

    def __init__(self, theme: Theme, texte: str = "", *, un_nom: bool = False) -> None:
        super().__init__(texte, "h1")
        self._theme, self._un_nom = theme, un_nom
        self._etroit = False
        theme.suivre(self, Titre._ajuster)

    def disposer(self, etroit: bool) -> None:
        """Follows the window."""
        self._etroit = etroit
        self._ajuster()

    def setText(self, texte: str) -> None:
        super().setText(texte)
        if hasattr(self, "_theme"):
            self._ajuster()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ajuster()

    def _ajuster(self) -> None:
        large = self._theme.metrique("h1").horizontalAdvance(self.text()) if self._un_nom else 0
        set_propriete(self, "role", "h2" if self._etroit or large > self.width() else "h1")


class Gras(str):
    """A bold word inside a sentence."""

    __slots__ = ()

    def html(self) -> str:
        """Escaped and bold."""
        return f"<b>{escape(self)}</b>"


class TexteElide(QLabel):
    """One line of plain text that ends with “…” when there is no room; assistive tools read it whole, as a text."""

    def __init__(self, theme: Theme, texte: str = "", role: str = "body", ton: str = "ink") -> None:
        super().__init__()
        self._theme, self._role, self._ton = theme, role, ton
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.suivre(self, TexteElide._theme_change)
        self.setText(texte)

    def setText(self, texte: str) -> None:
        """Changes the text."""
        super().setText(texte)
        self._infobulle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._infobulle()

    def sizeHint(self) -> QSize:
        metrique = self._theme.metrique(self._role)
        return QSize(round(metrique.horizontalAdvance(self.text())) + 2, round(metrique.lineSpacing()) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(64), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        peintre = QPainter(self)
        peintre.setFont(self._theme.police(self._role))
        peintre.setPen(self._theme.couleur(self._ton))
        peintre.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._visible())
        peintre.end()

    def _visible(self) -> str:
        metrique = QFontMetricsF(self._theme.police(self._role))
        return metrique.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def _infobulle(self) -> None:
        """The whole text under the pointer when it is cut; otherwise it would be read twice aloud."""
        self.setToolTip(self.text() if self._visible() != self.text() else "")

    def _theme_change(self) -> None:
        self._infobulle()
        self.updateGeometry()
        self.update()
