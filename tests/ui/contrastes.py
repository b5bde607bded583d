"""Contrast of what is painted, read from a picture of a window: words 7:1; outlines, icons and focus ring 3:1."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from PIL import Image
from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QPlainTextEdit, QWidget

from passdesk.ui.composants import Badge, Btn, Case, CellulesStock, Disque, FocusRing, Icone, PuceTouche, Radio
from passdesk.ui.composants.liste import MARGE
from passdesk.ui.jetons import contraste
from passdesk.ui.theme import Theme
from tests.ui.mesures import PART_LISIBLE, mots, place_vue, textes_visibles

TEXTE, DESSIN = 7.0, 3.0
LIGNE_PX = 7
"""A line of words is at least so high; what is lower is a hairline, or an accent on its own."""
TRACE = 1.6
"""Contrast from which a pixel is no longer background: the tint of a badge still is."""
CHAMPS = (QLineEdit, QComboBox, QPlainTextEdit)
DANS_LE_CHAMP = 6
"""Pixels from the edge of a field to what is inside its outline."""
Teinte = tuple[int, int, int]
"""Red, green, blue of a pixel."""


def pales(racine: QWidget, image: QImage, theme: Theme) -> list[str]:
    """Words, outlines and icons painted in `image` (a picture of `racine`) with less contrast than the guide asks for.

    What does not answer, and what a field shows while it is empty, are words too.
    """
    return [
        f"{quoi} {mesure:.1f}"
        for seuil, quoi, mesure in (
            *((TEXTE, quoi, mesure) for quoi, mesure in _textes(racine, image, theme)),
            *((DESSIN, quoi, mesure) for quoi, mesure in _dessins(racine, image, theme)),
        )
        if mesure is not None and mesure < seuil
    ]


def _textes(racine: QWidget, image: QImage, theme: Theme) -> Iterator[tuple[str, float | None]]:
    for widget in textes_visibles(racine):
        if (place := _assez(racine, widget)) is not None:
            yield mots(widget), contraste_peint(image, place)
    for champ in _montres(racine, *CHAMPS):
        place = _assez(racine, champ)
        if place is not None and _contenu(champ):
            dedans = place.adjusted(DANS_LE_CHAMP, DANS_LE_CHAMP, -DANS_LE_CHAMP, -DANS_LE_CHAMP)
            yield f"dans {champ.accessibleName()}", contraste_peint(image, dedans)
    for puce in _montres(racine, Badge, PuceTouche):
        if (place := _assez(racine, puce)) is not None:
            yield f"{type(puce).__name__} {puce.accessibleName()}", contraste_peint(image, place.adjusted(6, 3, -6, -3))
    for liste in _montres(racine, QListView):
        assert isinstance(liste, QListView)
        for rang in range(liste.model().rowCount(QModelIndex()) if liste.window() is racine.window() else 0):
            cadre = liste.visualRect(liste.model().index(rang, 0))
            if liste.viewport().rect().contains(cadre) and _assez(racine, liste) is not None:
                place = QRect(liste.viewport().mapTo(racine, cadre.topLeft()), cadre.size())
                # Without the bar of the row chosen, which is as high as all its lines.
                yield (
                    f"ligne {rang}",
                    contraste_peint(image, place.adjusted(theme.sp(MARGE) - 2, 3, -theme.sp(MARGE), -3)),
                )


def _dessins(racine: QWidget, image: QImage, theme: Theme) -> Iterator[tuple[str, float | None]]:
    for dessin in _montres(racine, Icone, Disque, CellulesStock):
        if (place := _assez(racine, dessin)) is not None:
            yield f"{type(dessin).__name__} {dessin.property('nom') or ''}", contraste_fort(image, place)
    for choix in _montres(racine, Radio, Case):
        if (place := _assez(racine, choix)) is not None:
            cote = theme.px(20)
            marque = QRect(place.left(), place.center().y() - cote // 2, cote, cote)
            yield f"marque de {choix.accessibleName()}", contraste_fort(image, marque)
    for borde in (*_montres(racine, *CHAMPS), *(b for b in _montres(racine, Btn) if _cerne(b))):
        place = place_vue(racine, borde)
        if place.size() == borde.size() and not borde.hasFocus() and (borde.isEnabled() or theme.jetons.cadre):
            yield f"bord de {borde.accessibleName()}", contraste_du_bord(image, place)
    for anneau in _montres(racine, FocusRing):
        assert isinstance(anneau, FocusRing)
        yield "anneau", contraste_de_l_anneau(anneau, image, theme)


def contraste_de_l_anneau(anneau: FocusRing, image: QImage, theme: Theme) -> float:
    """Of the fainter of its two upright sides, against what is on either side of it; 0 where it is not painted.

    Above or below, the edge of what scrolls may cut it.
    """
    place, large = anneau.geometry(), anneau.epaisseur()
    cotes = []
    for bord, vers in ((place.left(), 1), (place.right(), -1)):
        dehors, trait, dedans = (
            _couleur(image, QPoint(min(max(0, bord + vers * pas), image.width() - 1), place.center().y()))
            for pas in (-2, large // 2, large)
        )
        peint = trait == QColor(theme.jetons.focus).name().upper()
        cotes.append(min(contraste(trait, dehors), contraste(trait, dedans)) if peint else 0.0)
    return min(cotes)


def contraste_peint(image: QImage, place: QRect) -> float | None:
    """Of the strongest stroke of each line of words, the faintest, against the colour most seen; None: no words."""
    morceau = _morceau(image, place)
    if morceau is None:
        return None
    _, fond = max(_comptes(morceau))
    rangs = _rangs(morceau)
    # Most of them are bare, and the same.
    plus_fort = {rang: max(_contraste(fond, teinte) for teinte in _teintes(rang)) for rang in set(rangs)}
    forts = [plus_fort[rang] for rang in rangs]
    lignes: list[list[float]] = [[]]
    for fort in forts:
        if fort > TRACE:
            lignes[-1].append(fort)
        elif lignes[-1]:
            lignes.append([])
    mesures = [max(ligne) for ligne in lignes if len(ligne) >= LIGNE_PX]
    return min(mesures, default=max(forts) if max(forts) > 1 else None)


def contraste_fort(image: QImage, place: QRect) -> float | None:
    """Contrast of the strongest stroke of a drawing against the colour most seen in its place."""
    morceau = _morceau(image, place)
    if morceau is None:
        return None
    comptes = _comptes(morceau)
    _, fond = max(comptes)
    return max((_contraste(fond, teinte) for _, teinte in comptes if teinte != fond), default=None)


def contraste_du_bord(image: QImage, place: QRect) -> float:
    """Contrast of the left outline of a field against what is on either side of it; of a broken one, of its strokes."""
    return max(_bord(image, place, place.center().y() + pas) for pas in (-6, -4, -2, 0, 2, 4, 6))


def _bord(image: QImage, place: QRect, y: int) -> float:
    dehors = _couleur(image, QPoint(max(0, place.left() - 4), y))
    dedans = _couleur(image, QPoint(place.left() + 5, y))
    traits = [_couleur(image, QPoint(place.left() + pas, y)) for pas in range(3)]
    return max(min(contraste(trait, dehors), contraste(trait, dedans)) for trait in traits)


def _cerne(bouton: QWidget) -> bool:
    return isinstance(bouton, Btn) and bouton.genre in ("secondaire", "danger")


def _contenu(champ: QWidget) -> str:
    if isinstance(champ, QLineEdit):
        return champ.text() or champ.placeholderText()
    if isinstance(champ, QComboBox):
        return champ.currentText() or champ.placeholderText()
    return champ.toPlainText() if isinstance(champ, QPlainTextEdit) else ""


def _montres(racine: QWidget, *genres: type[QWidget]) -> Iterator[QWidget]:
    for genre in genres:
        for widget in racine.findChildren(genre):
            if widget.isVisible() and widget.window() is racine.window():
                yield widget


def _assez(racine: QWidget, widget: QWidget) -> QRect | None:
    """Where it is in sight; None when too little of it is: of a cut line, only thin ends of letters may be left."""
    place = place_vue(racine, widget)
    return place if place.width() > 0 and place.height() >= max(1.0, widget.height() * PART_LISIBLE) else None


def _morceau(image: QImage, place: QRect) -> Image.Image | None:
    """A part of a picture, whose pixels are counted much faster than one by one; None when it holds none."""
    morceau = image.copy(place).convertToFormat(QImage.Format.Format_RGB32)
    if morceau.isNull():
        return None
    taille = (morceau.width(), morceau.height())
    return Image.frombuffer("RGB", taille, bytes(morceau.constBits()), "raw", "BGRX", 0, 1)


def _comptes(morceau: Image.Image) -> list[tuple[int, Teinte]]:
    """Its colours, each after how many pixels have it."""
    comptes: list[tuple[int, Teinte]] = morceau.getcolors(morceau.width * morceau.height)
    return comptes


def _rangs(morceau: Image.Image) -> list[bytes]:
    """Its rows of pixels."""
    octets, large = morceau.tobytes(), 3 * morceau.width
    return [octets[debut : debut + large] for debut in range(0, len(octets), large)]


def _teintes(rang: bytes) -> list[Teinte]:
    """The colours of a row."""
    return [teinte for _, teinte in _comptes(Image.frombytes("RGB", (len(rang) // 3, 1), rang))]


@cache
def _contraste(a: Teinte, b: Teinte) -> float:
    """Of two pixels: a picture holds few colours, and each some thousand times."""
    return contraste(*(f"#{rouge:02X}{vert:02X}{bleu:02X}" for rouge, vert, bleu in (a, b)))


def _couleur(image: QImage, point: QPoint) -> str:
    return image.pixelColor(point).name().upper()
