"""The pages of a scan on the screen, from memory: nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from passdesk.tasks import TaskRunner
from passdesk.ui.composants import Btn, Colonne, Ligne, Texte, WrapLabel
from passdesk.ui.theme import Theme

FERMER = "Fermer l’image"
ABSENTE = "Ce scan n’est plus sur ce poste."


class VueNumerisation(QWidget):
    """Pages one under the other, as wide as their place; a quiet button closes them."""

    def __init__(self, theme: Theme, taches: TaskRunner) -> None:
        super().__init__()
        self._taches = taches
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

    def montrer(self, nom: str, pages: Sequence[bytes]) -> None:
        """Reads the pages (JPEG) of one proof, then shows them and takes the keyboard."""
        self._taches.oublier(self)  # another was asked for since
        self._taches.lancer("rendu", _lire, tuple(pages), apres=partial(self._poser, nom), ecran=self)

    def fermer(self) -> None:
        """Forgets the pages, those that are still to be read too."""
        self._taches.oublier(self)
        self._vider()
        self.hide()

    def _poser(self, nom: str, images: tuple[QImage, ...]) -> None:
        self._vider()
        self.titre.setText(nom)
        for rang, image in enumerate(images, start=1):
            self._pages.addWidget(_Page(image, f"{nom}, page {rang} sur {len(images)}"))
        if not images:
            self._pages.addWidget(WrapLabel(ABSENTE, "body", "ink2"))
        self.show()
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)

    def _vider(self) -> None:
        while (element := self._pages.takeAt(0)) is not None:
            widget = element.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class _Page(QLabel):
    """One page, never larger than it was scanned; made smaller with care when it is painted."""

    def __init__(self, image: QImage, nom: str) -> None:
        super().__init__()
        self._image, self._reduite = image, QImage()
        self.setAccessibleName(nom)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._taille().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        densite = self.devicePixelRatioF()
        voulue = self._taille() * densite
        if self._image.isNull():
            return
        if self._reduite.size() != voulue:
            self._reduite = self._image.scaled(
                voulue, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        peintre = QPainter(self)
        peintre.drawImage(QRect(0, 0, self._taille().width(), self._taille().height()), self._reduite)
        peintre.end()

    def _taille(self) -> QSize:
        """Its place, as wide as may be."""
        largeur = max(1, min(self.width(), self._image.width()))
        return QSize(largeur, round(largeur * self._image.height() / max(1, self._image.width())))


def _lire(pages: tuple[bytes, ...]) -> tuple[QImage, ...]:
    """Runs in a worker. A reader of Qt gives the interpreter back meanwhile; `QImage.fromData` keeps it."""
    return tuple(_image(page) for page in pages)


def _image(octets: bytes) -> QImage:
    tampon = QBuffer()
    tampon.setData(QByteArray(octets))
    tampon.open(QBuffer.OpenModeFlag.ReadOnly)
    return QImageReader(tampon).read()
