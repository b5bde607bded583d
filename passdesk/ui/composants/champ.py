"""Fields: label with its hint above, the input, and below the sentence that says how to mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from passdesk.ui.composants.annonce import annoncer
from passdesk.ui.composants.bloc import Icone
from passdesk.ui.composants.champ_lignes import ChampLignes
from passdesk.ui.composants.etiquette import etiqueter
from passdesk.ui.composants.mise import Colonne, Ligne
from passdesk.ui.composants.textes import Texte, WrapLabel
from passdesk.ui.icones import icone
from passdesk.ui.theme import Theme, set_propriete

EtatChamp = Literal["", "erreur", "doute"]
TONS: dict[EtatChamp, tuple[str, str]] = {
    "": ("bad", "alert-circle"),
    "erreur": ("bad", "alert-circle"),
    "doute": ("warn", "hourglass"),
}
"""Colour and icon of the sentence under a field."""
A_CORRIGER = "À corriger\u00a0: "
"""Before what is heard of a field that is wrong: Qt tells no assistive tool of its state (decision 0064)."""


class Field(QWidget):
    """A labelled input. `etiquette` may hold a mnemonic (“&Nom”). `modifie` carries each text typed, `quitte` fires
    when the field is left or Enter pressed. `saisie` is the input itself (a QLineEdit unless another widget is given).
    `en_ligne`: the label and its hint stand at the left of the input, where the window has little height.
    """

    modifie = Signal(str)
    quitte = Signal()
    insecable = True
    """The label does not stay above the edge without its input."""

    def __init__(
        self,
        theme: Theme,
        etiquette: str,
        *,
        indication: str = "",
        facultatif: bool = False,
        saisie: QWidget | None = None,
        exemple: str = "",
        en_ligne: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._nom = etiquette.replace("&", "")
        self.saisie: QWidget = saisie if saisie is not None else QLineEdit()
        self.etiquette = Texte(etiquette, "label")
        self.etiquette.setBuddy(self.saisie)
        self.indication = Texte(indication or ("facultatif" if facultatif else ""), "small")
        self._bas: _SousLeChamp | None = None
        self._monter(en_ligne=en_ligne)
        self.set_indication(self.indication.text())
        if isinstance(self.saisie, QLineEdit):
            self.saisie.setPlaceholderText(exemple)
            self.saisie.textEdited.connect(self.modifie)
            self.saisie.editingFinished.connect(self.quitte)
        elif isinstance(self.saisie, ChampLignes):
            self.saisie.quitte.connect(self.quitte)

    def texte(self) -> str:
        """What is typed, as typed."""
        if isinstance(self.saisie, ChampLignes):
            return self.saisie.toPlainText()
        return self.saisie.text() if isinstance(self.saisie, QLineEdit) else ""

    def set_texte(self, texte: str) -> None:
        """Puts a text in the input; `modifie` stays silent."""
        if isinstance(self.saisie, QLineEdit) and self.saisie.text() != texte:
            self.saisie.setText(texte)
            self.saisie.setCursorPosition(0)
        elif isinstance(self.saisie, ChampLignes) and self.saisie.toPlainText() != texte:
            self.saisie.setPlainText(texte)

    def set_indication(self, texte: str) -> None:
        """The hint at the right of the label ("facultatif", "38 ans")."""
        self.indication.setText(texte)
        self.indication.setVisible(bool(texte))
        self.saisie.setAccessibleName(f"{self._nom}, {texte}" if texte else self._nom)

    def set_message(self, texte: str, etat: EtatChamp = "erreur") -> None:
        """The sentence under the input; "" takes it away. "erreur": to mend; "doute": to look at.

        Said aloud too: the keyboard has left the field by the time it is judged.
        """
        if texte != self.message() and self.isVisible():
            annoncer(self.saisie, f"{self._nom}. {texte}" if texte else "")
        if self._bas is None:
            if not texte:
                return
            self._bas = _SousLeChamp(self._theme)
            self._colonne.addWidget(self._bas)
        self._bas.dire(texte, etat)
        set_propriete(self.saisie, "etat", etat if texte else "")
        self.saisie.setAccessibleDescription(f"{A_CORRIGER}{texte}" if texte and etat == "erreur" else texte)

    def ajouter(self, widget: QWidget) -> None:
        """Something more under the input."""
        self._colonne.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def message(self) -> str:
        """The sentence shown under the input."""
        return self._bas.message.text() if self._bas is not None else ""

    def _monter(self, *, en_ligne: bool) -> None:
        self._colonne = colonne = Colonne(self._theme, ecart=4)
        mots = Colonne(self._theme, ecart=0) if en_ligne else Ligne(self._theme, ecart=9)
        mots.addWidget(self.etiquette)
        mots.addWidget(self.indication)
        if en_ligne:
            rangee = Ligne(self._theme, ecart=12)
            rangee.addLayout(mots)
            rangee.addWidget(self.saisie, 1)
            colonne.addLayout(rangee)
        else:
            mots.addStretch(1)
            colonne.addLayout(mots)
            colonne.addWidget(self.saisie)
        self.setLayout(colonne)
        self.setFocusProxy(self.saisie)
        self.saisie.bloc_a_voir = self  # type: ignore[attr-defined]  # for the focus ring
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


class _SousLeChamp(QWidget):
    """The sentence that says how to mend, and its mark: made with the first one, most fields never have any."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icone = Icone(theme, "alert-circle", "bad", 18)
        self.message = WrapLabel("", "small", "bad")
        # Under the focus ring, which stands out of the field.
        ligne = Ligne(theme, ecart=6, marges=(0, 4, 0, 0))
        ligne.addWidget(self._icone, 0, Qt.AlignmentFlag.AlignTop)
        ligne.addWidget(self.message, 1)
        self.setLayout(ligne)

    def dire(self, texte: str, etat: EtatChamp) -> None:
        """Says it, or goes."""
        ton, dessin = TONS[etat]
        self.message.set_ton(ton)
        self._icone.set_icone(dessin, ton)
        self.message.setText(texte)
        self.setVisible(bool(texte))


class Combo(QComboBox):
    """A closed list; `choix`: (value, label). The wheel does nothing unless the list has the focus."""

    choisi = Signal(object)

    def __init__(self, theme: Theme, choix: Sequence[tuple[object, str]], nom_accessible: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(nom_accessible)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_choix(choix)
        self.activated.connect(self._dire)  # no lambda: one that is never shown would never leave the memory

    def set_choix(self, choix: Sequence[tuple[object, str]]) -> None:
        """Replaces the list."""
        self.clear()
        for valeur, texte in choix:
            self.addItem(texte, valeur)

    def valeur(self) -> object:
        """The value chosen, None when nothing is."""
        return self.currentData()

    def set_valeur(self, valeur: object) -> None:
        """Chooses a value (nothing when it is not in the list); `choisi` stays silent."""
        self.setCurrentIndex(self.findData(valeur))

    def _dire(self) -> None:
        self.choisi.emit(self.valeur())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up goes to the last choice while nothing is chosen, as Down goes to the first; Qt does nothing then."""
        if event.key() == Qt.Key.Key_Up and not event.modifiers() and self.currentIndex() < 0 and self.count():
            self.setCurrentIndex(self.count() - 1)
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        etiqueter(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own, but a choice too long for its place ends with “…” (Qt cuts a letter in two)."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        champ = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        rien = self.currentIndex() < 0
        texte = self.placeholderText() if rien else option.currentText
        option.currentText = self.fontMetrics().elidedText(texte, Qt.TextElideMode.ElideRight, champ.width())
        if rien:
            option.palette.setBrush(QPalette.ColorRole.ButtonText, option.palette.placeholderText())
        pinceau = QStylePainter(self)
        pinceau.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        pinceau.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        pinceau.end()
        cote = self._theme.px(18)
        couleur = self._theme.jetons.ink if self.isEnabled() else self._theme.jetons.disink
        peintre = QPainter(self)
        image = icone("chevron-down", couleur, cote, self.devicePixelRatioF())
        peintre.drawPixmap(self.width() - cote - self._theme.px(8), (self.height() - cote) // 2, image)
        peintre.end()
