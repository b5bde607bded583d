"""The field that takes a scan, a number, or a picture that is pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence

from passdesk.ui.composants import ChampRecherche


class ChampPass(ChampRecherche):
    """`donne` carries a file (Path) or the bytes of a picture, pasted; texts are typed as in any field."""

    donne = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            colle = contenu(QGuiApplication.clipboard().mimeData())
            if colle is not None:
                self.donne.emit(colle)
                return
        super().keyPressEvent(event)


def contenu(donnees: QMimeData) -> Path | bytes | None:
    """The one file, or the picture, that is dropped or pasted; None when there is neither."""
    adresses = donnees.urls() if donnees.hasUrls() else []
    if adresses:
        return Path(adresses[0].toLocalFile()) if len(adresses) == 1 and adresses[0].isLocalFile() else None
    image = donnees.imageData() if donnees.hasImage() else None
    return _octets(image) if isinstance(image, QImage) and not image.isNull() else None


def _octets(image: QImage) -> bytes:
    tampon = QBuffer()
    tampon.open(QIODevice.OpenModeFlag.WriteOnly)
    # The stubs ask for bytes, which the library refuses.
    image.save(tampon, "PNG")  # type: ignore[call-overload]
    return bytes(tampon.data().data())
