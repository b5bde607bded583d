"""Outline icons (Tabler, MIT) drawn in the colour of the text, cached per name, colour, size and pixel ratio."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from passdesk.ressources import chemin

TRAIT, TRAIT_GRAS = "2", "2.3"


@cache
def _svg(nom: str) -> str:
    return chemin("icons", f"{nom}.svg").read_text(encoding="utf-8")


def lire_icones() -> None:
    """Reads all of them (seventeen kilobytes), in a worker: on a slow disk each would stop the first page that shows
    it.
    """
    for fichier in chemin("icons").glob("*.svg"):
        _svg(fichier.stem)


@lru_cache(maxsize=512)
def icone(nom: str, couleur: str, taille: int, densite: float = 1.0, gras: bool = False) -> QPixmap:
    """The icon as a pixmap of `taille` device-independent pixels. Raises FileNotFoundError for an unknown name."""
    source = _svg(nom).replace("currentColor", couleur)
    if gras:
        source = source.replace(f'stroke-width="{TRAIT}"', f'stroke-width="{TRAIT_GRAS}"')
    cote = round(taille * densite)
    image = QPixmap(cote, cote)
    image.fill(Qt.GlobalColor.transparent)
    peintre = QPainter(image)
    peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.encode())).render(peintre, QRectF(0, 0, cote, cote))
    peintre.end()
    image.setDevicePixelRatio(densite)
    return image


def vider_icones() -> None:
    """Forgets the drawn icons: the theme has changed."""
    icone.cache_clear()
