"""The pages of a scan on the screen, from memory: nothing is written anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.justificatifs import voir
from passdesk.tasks import TaskRunner
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
REPOS_MS = 80
"""As long as the width of a page must not have changed, in milliseconds, before its image is made anew."""


@dataclass(frozen=True, slots=True)
class _Lue:
    """A page read: `image` is null when nothing came of it, `entiere` false when some of it is missing. `reduite`: the
    same at the size of its place.
    """

    image: QImage
    entiere: bool
    reduite: QImage


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
        place = (self.width(), self.devicePixelRatioF())
        self._contexte.taches.lancer(
            "rendu", _lire, pages, *place, apres=partial(self._poser, nom), sur_panne=self._refuse, ecran=self
        )

    def _poser(self, nom: str, pages: tuple[_Lue, ...]) -> None:
        contenu: list[QWidget] = []
        for rang, page in enumerate(pages, start=1):
            if not page.entiere:
                dite = (PERDUE if page.image.isNull() else COUPEE).format(rang=rang)
                contenu.append(WrapLabel(f"{dite} {RESTE}", "body", "bad"))
            if not page.image.isNull():
                contenu.append(_Page(self._contexte.taches, page, f"{nom}, page {rang} sur {len(pages)}"))
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
    """One page, never larger than it was scanned. Made smaller with care in a worker, once its width rests: until then
    what is there is stretched.
    """

    insecable = False
    """Its foot may stand below that of the page: it is seldom in sight whole."""

    def __init__(self, taches: TaskRunner, page: _Lue, nom: str) -> None:
        super().__init__()
        self._taches, self._image, self._reduite = taches, page.image, page.reduite
        self._demandee = QSize()
        self._repos = QTimer(self, singleShot=True, interval=REPOS_MS)
        self._repos.timeout.connect(self._refaire)
        self.setAccessibleName(nom)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._taille().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._pixels() not in (self._reduite.size(), self._demandee):
            self._repos.start()
        peintre = QPainter(self)
        peintre.drawImage(QRect(QPoint(0, 0), self._taille()), self._reduite)
        peintre.end()

    def _refaire(self) -> None:
        self._taches.oublier(self)
        self._demandee = self._pixels()
        self._taches.lancer("rendu", _reduire, self._image, self._demandee, apres=self._remplacer, ecran=self)

    def _remplacer(self, reduite: QImage) -> None:
        self._reduite = reduite
        self.update()

    def _taille(self) -> QSize:
        return _place(self._image, self.width())

    def _pixels(self) -> QSize:
        return self._taille() * self.devicePixelRatioF()


def _place(image: QImage, largeur: int) -> QSize:
    """As wide as may be in this width."""
    large = max(1, min(largeur, image.width()))
    return QSize(large, max(1, round(large * image.height() / image.width())))


def _reduire(image: QImage, taille: QSize) -> QImage:
    """Runs in a worker: tens of milliseconds a page, during which Qt gives the interpreter back."""
    return image.scaled(taille, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _lire(pages: tuple[bytes, ...], largeur: int, densite: float) -> tuple[_Lue, ...]:
    """Runs in a worker. A reader of Qt gives the interpreter back meanwhile; `QImage.fromData` keeps it."""
    return tuple(_page(octets, largeur, densite) for octets in pages)


def _page(octets: bytes, largeur: int, densite: float) -> _Lue:
    image = _image(octets)
    if image.isNull():
        return _Lue(image, False, image)
    return _Lue(image, octets.endswith(_FIN), _reduire(image, _place(image, largeur) * densite))


def _image(octets: bytes) -> QImage:
    tampon = QBuffer()
    tampon.setData(QByteArray(octets))
    tampon.open(QBuffer.OpenModeFlag.ReadOnly)
    return QImageReader(tampon).read()
