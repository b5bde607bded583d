"""Choices: radio, tick, radio tile and verdict; the marks are painted, so no image file is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QFrame, QRadioButton, QVBoxLayout, QWidget

from passdesk.ui.composants.bloc import Dessin, Icone, Ton
from passdesk.ui.composants.bouton import contour, largeur_touche, peindre_touche
from passdesk.ui.composants.mise import Ligne
from passdesk.ui.composants.textes import Texte, WrapLabel
from passdesk.ui.composants.touches import lier
from passdesk.ui.icones import icone
from passdesk.ui.theme import Theme, set_propriete

ECART = 10
_PAS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}

if TYPE_CHECKING:
    _Bouton = QAbstractButton
else:
    _Bouton = object
    """Each kind brings its own button of Qt."""


class Basculante(_Bouton):
    """A button that keeps its state. Assistive tools turn it over without pressing it (their action is "Toggle"), and
    Qt then says `toggled` alone: it is pressed all the same, `clicked` says so.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pressee = self._posee = False
        self.pressed.connect(self._presser)
        self.released.connect(self._relacher)
        self.toggled.connect(self._basculer)

    def setChecked(self, oui: bool) -> None:
        """As the program knows it to be: nobody pressed it."""
        self._posee = True
        super().setChecked(oui)
        self._posee = False

    def _presser(self) -> None:
        self._pressee = True

    def _relacher(self) -> None:
        # Said after what it changes, before `clicked`.
        self._pressee = False

    def _basculer(self, oui: bool) -> None:
        # The one of a group that another one puts out was not pressed either.
        if not (self._pressee or self._posee or (self.group() is not None and not oui)):
            self.clicked[bool].emit(oui)  # type: ignore[index]  # the signal with its state


class _Coche(Basculante):
    """What a radio and a tick have alike: a painted mark, then words; the whole of it is the target."""

    def __init__(self, theme: Theme, texte: str, *, nom_accessible: str = "") -> None:
        super().__init__()
        self._theme, self._texte = theme, texte
        self.setText(texte.replace("&", "&&"))
        self.setAccessibleName(nom_accessible or texte)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.suivre(self, type(self)._retailler)

    def set_texte(self, texte: str) -> None:
        """Changes the words."""
        self._texte = texte
        self.setText(texte.replace("&", "&&"))
        self.setAccessibleName(texte)
        self._retailler()

    def sizeHint(self) -> QSize:
        metrique = self._theme.metrique("body")
        largeur = float(self._theme.px(20))
        if self._texte:
            largeur += self._theme.sp(ECART) + metrique.horizontalAdvance(self._texte)
        return QSize(round(largeur) + 2, max(self._theme.px(28), round(metrique.lineSpacing()) + 4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        cote = self._theme.px(20)
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._peindre_marque(peintre, QRectF(0, (self.height() - cote) / 2, cote, cote).adjusted(1, 1, -1, -1))
        self._peindre_texte(peintre)
        peintre.end()

    def _peindre_marque(self, peintre: QPainter, cadre: QRectF) -> None:
        """The mark of its kind, in this frame."""

    def _peindre_texte(self, peintre: QPainter) -> None:
        fonte = self._theme.police("body")
        metrique = QFontMetricsF(fonte)
        peintre.setFont(fonte)
        peintre.setPen(self._theme.couleur("ink" if self.isEnabled() else "disink"))
        base = self.height() / 2 + (metrique.ascent() - metrique.descent()) / 2
        x = self._theme.px(20) + self._theme.sp(ECART)
        visible = metrique.elidedText(self._texte, Qt.TextElideMode.ElideRight, self.width() - x + 1)
        peintre.drawText(QPointF(x, base), visible)

    def _retailler(self) -> None:
        self.updateGeometry()
        self.update()


class Radio(_Coche, QRadioButton):
    """A radio with its words. Put those of one question in a GroupeRadios."""

    def sizeHint(self) -> QSize:
        """A little more than its words: the focus ring does not touch the last letter."""
        return super().sizeHint() + QSize(4, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An arrow chooses, also when nothing was chosen yet: Qt only goes from one to the next then. On, or back
        where nothing stands in its direction.
        """
        groupe = self.group()
        vierge = groupe is not None and groupe.checkedButton() is None
        super().keyPressEvent(event)
        atteint = self.window().focusWidget()
        if groupe is not None and atteint is self and event.key() in _PAS:
            freres = [bouton for bouton in groupe.buttons() if bouton.isVisible() and bouton.isEnabled()]
            suivant = freres.index(self) + _PAS[Qt.Key(event.key())] if self in freres else -1
            if 0 <= suivant < len(freres):
                freres[suivant].setFocus(Qt.FocusReason.OtherFocusReason)
                freres[suivant].click()
        elif vierge and atteint is not self and isinstance(atteint, Radio) and atteint.group() is groupe:
            atteint.click()

    def _peindre_marque(self, peintre: QPainter, cadre: QRectF) -> None:
        j = self._theme.jetons
        actif = self.isEnabled()
        choisi = QColor(j.brand if actif else j.disink)
        epaisseur = 2.0 if self.isChecked() or j.cadre else 1.5
        peintre.setPen(contour(self, self._theme, choisi if self.isChecked() else QColor(j.edge), epaisseur))
        peintre.setBrush(QColor(j.surface if actif else j.dis))
        peintre.drawEllipse(cadre)
        if self.isChecked():
            peintre.setPen(Qt.PenStyle.NoPen)
            peintre.setBrush(choisi)
            rayon = self._theme.px(20) * 0.26
            peintre.drawEllipse(cadre.center(), rayon, rayon)


class Case(_Coche, QCheckBox):
    """A tick with its words."""

    def _peindre_marque(self, peintre: QPainter, cadre: QRectF) -> None:
        peindre_case(peintre, self, self._theme, cadre, cochee=self.isChecked())


class SousCase(WrapLabel):
    """What a tick means, under its words rather than under its mark."""

    def __init__(self, theme: Theme, texte: str = "") -> None:
        super().__init__(texte, "small")
        self._theme = theme
        theme.change.connect(self._rentrer)
        self._rentrer()

    def _rentrer(self) -> None:
        self.setContentsMargins(self._theme.px(20) + self._theme.sp(ECART), 0, 0, 0)
        self._mesurer()


def peindre_case(peintre: QPainter, sur: QWidget, theme: Theme, cadre: QRectF, *, cochee: bool) -> None:
    """The square of a tick, in this frame of a widget: alone, or at the left of a row."""
    j, actif = theme.jetons, sur.isEnabled()
    fond = (j.brand if actif else j.disink) if cochee else j.surface
    bord, coche = fond if cochee else j.edge, j.onbrand if actif else j.dis
    if j.cadre and not actif:
        # Its broken outline is seen against the black, not against a filled square.
        fond, bord, coche = j.surface, j.disink, j.disink
    peintre.setPen(contour(sur, theme, QColor(bord), 2.0 if j.cadre else 1.5))
    peintre.setBrush(QColor(fond))
    peintre.drawRoundedRect(cadre, 4, 4)
    if cochee:
        dessin = round(theme.px(20) * 0.8)
        image = icone("check", coche, dessin, sur.devicePixelRatioF(), True)
        centre = cadre.center()
        peintre.drawPixmap(QPointF(centre.x() - dessin / 2, centre.y() - dessin / 2), image)


class GroupeRadios(QButtonGroup):
    """The radios of one question: one stop for Tab, arrows inside. `choisi` carries the value chosen by hand."""

    choisi = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._valeurs: list[object] = []
        self.buttonToggled.connect(self._un_arret)  # no lambda: see `Combo`

    def ajouter(self, radio: QRadioButton, valeur: object) -> None:
        """Adds a radio and what it stands for."""
        self.addButton(radio, len(self._valeurs))
        self._valeurs.append(valeur)
        radio.clicked.connect(
            self._dire
        )  # not `idClicked`: an assistive tool that turns a radio over is not heard there
        self._un_arret()

    def _dire(self) -> None:
        self.choisi.emit(self.valeur())

    def _un_arret(self) -> None:
        """Tab comes to the answer given; Qt would stop at the first one, where Space changes the answer."""
        for rang, radio in enumerate(self.buttons()):
            arret = radio.isChecked() if self.checkedButton() is not None else rang == 0
            radio.setFocusPolicy(Qt.FocusPolicy.StrongFocus if arret else Qt.FocusPolicy.ClickFocus)

    def valeur(self) -> object:
        """The value chosen, None when nothing is."""
        rang = self.checkedId()
        return None if rang < 0 else self._valeurs[rang]

    def set_valeur(self, valeur: object) -> None:
        """Chooses (None: nothing chosen); `choisi` stays silent."""
        if valeur in self._valeurs:
            self.button(self._valeurs.index(valeur)).setChecked(True)
        elif (choisi := self.checkedButton()) is not None:
            self.setExclusive(False)
            choisi.setChecked(False)
            self.setExclusive(True)


class Tuile(QFrame):
    """A radio tile: title, one line of meaning, its digit at the right; the whole tile is the target.

    `a_droite`: a widget after the title (a list), chosen along with the tile; it stands in `haut`. Add `radio` to a
    GroupeRadios.
    """

    insecable = True

    def __init__(
        self, theme: Theme, titre: str, detail: str, touche: str = "", a_droite: QWidget | None = None
    ) -> None:
        super().__init__()
        self._theme, self._touche = theme, touche
        self.setProperty("role", "tuile")
        self.radio = Radio(theme, "")
        self.radio.cible_anneau = self  # type: ignore[attr-defined]
        self.titre = Texte(titre, "strong")
        self.detail = WrapLabel("", "small")
        self.set_detail(detail)
        ligne = Ligne(theme, ecart=12, marges=(16, 8, 14, 8))
        ligne.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignVCenter)
        textes = QVBoxLayout()
        textes.setSpacing(2)
        self.haut = Ligne(theme, ecart=10)
        self.haut.addWidget(self.titre)
        if a_droite is not None:
            self.haut.addWidget(a_droite)
        self.haut.addStretch(1)
        textes.addLayout(self.haut)
        textes.addWidget(self.detail)
        ligne.addLayout(textes, 1)
        if touche:
            ligne.addWidget(PuceTouche(theme, touche), 0, Qt.AlignmentFlag.AlignVCenter)
            lier(touche, self, self.radio.click)
        self.setLayout(ligne)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.radio.toggled.connect(self._marquer)

    def _marquer(self, oui: bool) -> None:
        set_propriete(self, "choisie", "true" if oui else "false")

    def set_detail(self, detail: str) -> None:
        """What choosing it means, also for who hears it."""
        self.detail.setText(detail)
        self.radio.setAccessibleName(f"{self.titre.text()}. {detail}" if detail else self.titre.text())

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        super().paintEvent(_event)
        if self.radio.isChecked():
            peintre = QPainter(self)
            peintre.fillRect(0, 0, 4, self.height(), self._theme.couleur("brand"))
            peintre.end()


class PuceTouche(Dessin):
    """A key chip on its own; hidden with the other keys (*Réglages*)."""

    def __init__(self, theme: Theme, touche: str) -> None:
        super().__init__(theme)
        self._touche = touche
        if not theme.raccourcis:
            self.hide()

    def sizeHint(self) -> QSize:
        return QSize(round(largeur_touche(self._theme, self._touche)) + 1, self._theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        gauche = QPointF(0, self.height() / 2)
        peindre_touche(peintre, self._theme, self._touche, gauche, self._theme.couleur("ink"))
        peintre.end()

    def _retailler(self) -> None:
        self.setVisible(self._theme.raccourcis)
        super()._retailler()


class Verdict(QWidget):
    """Icon and word in one tone, at least as wide as the longest usual verdict so that rows line up."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icone = Icone(theme, "check", "ok", 18, True)
        self._texte = Texte()
        ligne = Ligne(theme, ecart=8)
        ligne.addWidget(self._icone)
        ligne.addWidget(self._texte, 1)
        self.setLayout(ligne)
        self.set_verdict("", "ok", "check")
        theme.suivre(self, Verdict._retailler)
        self._retailler()

    def set_verdict(self, texte: str, ton: Ton, icone_nom: str) -> None:
        """Changes what it says; "" hides the icon."""
        self._icone.set_icone(icone_nom, ton)
        self._icone.setVisible(bool(texte))
        self._texte.setText(texte)
        self._texte.set_ton({"info": "brand", "neutre": "ink2"}.get(ton, ton))

    def texte(self) -> str:
        """What it says."""
        return self._texte.text()

    def _retailler(self) -> None:
        self.setMinimumWidth(self._theme.px(150))
