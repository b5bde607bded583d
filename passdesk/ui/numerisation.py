"""The pages of a scan on the screen, from memory: nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from passdesk.ui.composants import Btn, Colonne, Ligne, Texte, WrapLabel
from passdesk.ui.theme import Theme

FERMER = "Fermer l’image"
ABSENTE = "Ce scan n’est plus sur ce poste."


class VueNumerisation(QWidget):
    """Pages one under the other, as wide as their place; a quiet button closes them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.titre = Texte("", "label")
        self.bouton = Btn(theme, FERMER, genre="discret")
        self.bouton.clicked.connect(self.fermer)
        self.bouton.bloc_a_voir = self  # type: ignore[attr-defined]  # for the focus ring: what was asked to be seen
        haut = Ligne(theme, ecart=12)
        haut.addWidget(self.titre, 1)
        haut.addWidget(self.bouton)
        self._pages = Colonne(theme, ecart=8)
        colonne = Colonne(theme, ecart=6)
        colonne.addLayout(haut)
        colonne.addLayout(self._pages)
        self.setLayout(colonne)
        self._images: list[tuple[QLabel, QImage]] = []

    def montrer(self, nom: str, pages: Sequence[bytes]) -> None:
        """Shows the pages (JPEG) of one proof, and takes the keyboard."""
        self._vider()
        self.titre.setText(nom)
        for rang, octets in enumerate(pages, start=1):
            feuille = QLabel()
            feuille.setAccessibleName(f"{nom}, page {rang} sur {len(pages)}")
            feuille.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._images.append((feuille, QImage.fromData(octets)))
            self._pages.addWidget(feuille)
        if not pages:
            self._pages.addWidget(WrapLabel(ABSENTE, "body", "ink2"))
        self.show()
        self._dessiner()
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)

    def fermer(self) -> None:
        """Forgets the pages."""
        self._vider()
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dessiner()

    def _dessiner(self) -> None:
        for feuille, image in self._images:
            if not image.isNull():
                reduite = image.scaledToWidth(max(1, min(self.width(), image.width())),
                                              Qt.TransformationMode.SmoothTransformation)  # fmt: skip
                feuille.setPixmap(QPixmap.fromImage(reduite))
                feuille.setFixedHeight(reduite.height())

    def _vider(self) -> None:
        self._images.clear()
        while (element := self._pages.takeAt(0)) is not None:
            widget = element.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
