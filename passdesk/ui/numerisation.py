"""The pages of a scan on the screen, from memory: nothing is written anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.justificatifs import voir
from passdesk.ui.composants import Btn, Colonne, Ligne, Texte, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message

FERMER = "Fermer l’image"
LECTURE = "Lecture de l’image…"
ABSENTE = "Ce scan n’est plus sur ce poste."
PERDUE = "La page {rang} de ce scan ne se lit plus."
COUPEE = "La page {rang} de ce scan ne se lit plus en entier."
RESTE = "Le reste du dossier ne change pas. Numérisez de nouveau ce papier dès que vous l’avez."
_FIN = b"\xff\xd9"
"""What a JPEG ends by, and each page that was kept with it; read without, its lower part is a grey that may pass for
paper.
"""


@dataclass(frozen=True, slots=True)
class _Lue:
    """A page read: `image` is null when nothing came of it, `entiere` false when some of it is missing."""

    image: QImage
    entiere: bool


class VueNumerisation(QWidget):
    """Pages one under the other, as wide as their place; a quiet button closes them."""

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._contexte = contexte
        theme = contexte.theme
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
        self.hide()

    def ouvrir(self, nom: str, demande_id: str, empreinte: str) -> None:
        """Shows the scan of one proof of a request (or of the draft that will be it), found by its hash.

        The place opens and takes the keyboard at once: printing may go first, and what arrives by itself takes it from
        nobody, a passphrase being typed above all.
        """
        self._contexte.taches.oublier(self)  # another was asked for since
        self.titre.setText(nom)
        self._remplir(WrapLabel(LECTURE, "body", "ink2"))
        self.show()
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        self._contexte.lancer(
            voir, demande_id, empreinte, apres=partial(self._decoder, nom), sur_panne=self._refuse, ecran=self
        )

    def fermer(self) -> None:
        """Forgets the pages, those that are still to be read too."""
        self._contexte.taches.oublier(self)
        self._remplir()
        self.hide()

    def _decoder(self, nom: str, pages: tuple[bytes, ...]) -> None:
        self._contexte.taches.lancer("rendu", _lire, pages, apres=partial(self._poser, nom), ecran=self)

    def _poser(self, nom: str, pages: tuple[_Lue, ...]) -> None:
        contenu: list[QWidget] = []
        for rang, page in enumerate(pages, start=1):
            if not page.entiere:
                dite = (PERDUE if page.image.isNull() else COUPEE).format(rang=rang)
                contenu.append(WrapLabel(f"{dite} {RESTE}", "body", "bad"))
            if not page.image.isNull():
                contenu.append(_Page(page.image, f"{nom}, page {rang} sur {len(pages)}"))
        self._remplir(*(contenu or [WrapLabel(ABSENTE, "body", "ink2")]))

    def _refuse(self, trouble: KnownError) -> None:
        self._remplir(WrapLabel(str(message(trouble.code, **trouble.faits)), "body", "bad"))

    def _remplir(self, *contenu: QWidget) -> None:
        """Puts this in the place of what was shown."""
        while (element := self._pages.takeAt(0)) is not None:
            widget = element.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for widget in contenu:
            self._pages.addWidget(widget)


class _Page(QLabel):
    """One page, never larger than it was scanned; made smaller with care when it is painted."""

    insecable = False
    """Its foot may stand below that of the page: it is seldom in sight whole."""

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
        return QSize(largeur, round(largeur * self._image.height() / self._image.width()))


def _lire(pages: tuple[bytes, ...]) -> tuple[_Lue, ...]:
    """Runs in a worker. A reader of Qt gives the interpreter back meanwhile; `QImage.fromData` keeps it."""
    return tuple(_page(octets) for octets in pages)


def _page(octets: bytes) -> _Lue:
    image = _image(octets)
    return _Lue(image, not image.isNull() and octets.endswith(_FIN))


def _image(octets: bytes) -> QImage:
    tampon = QBuffer()
    tampon.setData(QByteArray(octets))
    tampon.open(QBuffer.OpenModeFlag.ReadOnly)
    return QImageReader(tampon).read()
