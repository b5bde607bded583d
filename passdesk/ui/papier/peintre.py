"""Draw the pages of a paper with QPainter: the same faces and places as the PDF, to the letter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QGlyphRun, QPainter, QPainterPath, QPen, QRawFont, QTransform

from passdesk.domain.dessin import (
    MM_PAR_POINT,
    Cadre,
    Chemin,
    ElementPose,
    Lettres,
    Matrice,
    PagePosee,
    Trait,
)

FAMILLES = ("PassDesk Lisible", "DejaVu Sans")
"""The shipped faces of the paper: the main one, the fallback; loaded with those of the screen."""
NOIR = QColor(0, 0, 0)


class Peintre:
    """Paints pages; `points_par_pouce` is the device's, `decalage` (right, down, mm) moves all that is drawn.

    A raw font lives in one thread: so does this object.
    """

    def __init__(self, peintre: QPainter, points_par_pouce: float, decalage: tuple[float, float] = (0.0, 0.0)) -> None:
        self._peintre = peintre
        self._pas = points_par_pouce / 25.4
        self._decalage = decalage
        self._faces: dict[tuple[bool, bool, float], QRawFont] = {}
        peintre.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)

    def page(self, page: PagePosee) -> None:
        """One page, its top left corner at the origin of the device."""
        self._peintre.save()
        self._peintre.translate(self._decalage[0] * self._pas, self._decalage[1] * self._pas)
        for element in page.elements:
            self._element(element)
        self._peintre.restore()

    def _element(self, element: ElementPose) -> None:
        match element:
            case Lettres():
                self._lettres(element)
            case Trait():
                self._peintre.setPen(self._plume(element.epaisseur, element.tirets))
                self._peintre.drawLine(self._point(element.x1, element.y1), self._point(element.x2, element.y2))
            case Cadre():
                self._cadre(element)
            case Chemin():
                self._chemin(element)
            case Matrice():
                self._matrice(element)

    def _lettres(self, lettres: Lettres) -> None:
        face = self._face(lettres.gras, lettres.secours, lettres.corps)
        passage = QGlyphRun()
        passage.setRawFont(face)
        passage.setGlyphIndexes(face.glyphIndexesForString(lettres.texte))
        passage.setPositions([self._point(x, 0) for x in lettres.xs])
        self._peintre.setPen(QPen(NOIR))
        self._peintre.drawGlyphRun(QPointF(0, lettres.y * self._pas), passage)

    def _cadre(self, cadre: Cadre) -> None:
        self._peintre.setPen(self._plume(cadre.epaisseur))
        self._peintre.setBrush(Qt.BrushStyle.NoBrush)
        rayon = cadre.rayon * self._pas
        place = QRectF(cadre.x * self._pas, cadre.y * self._pas, cadre.largeur * self._pas, cadre.hauteur * self._pas)
        self._peintre.drawRoundedRect(place, rayon, rayon)

    def _chemin(self, chemin_dessine: Chemin) -> None:
        trace = QPainterPath()
        for operation, valeurs in chemin_dessine.segments:
            points = [self._point(*paire) for paire in zip(valeurs[::2], valeurs[1::2], strict=True)]
            if operation == "M":
                trace.moveTo(points[0])
            elif operation == "L":
                trace.lineTo(points[0])
            elif operation == "C":
                trace.cubicTo(*points)
            else:
                trace.closeSubpath()
        if chemin_dessine.epaisseur is None:
            trace.setFillRule(Qt.FillRule.WindingFill)
            self._peintre.fillPath(trace, QBrush(NOIR))
            return
        plume = self._plume(chemin_dessine.epaisseur)
        plume.setCapStyle(Qt.PenCapStyle.RoundCap)
        plume.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._peintre.strokePath(trace, plume)

    def _matrice(self, matrice: Matrice) -> None:
        """One filled path in module units: no seam between two modules."""
        trace = QPainterPath()
        trace.setFillRule(Qt.FillRule.WindingFill)
        for colonne, rang, longueur in matrice.series():
            trace.addRect(QRectF(colonne, rang, longueur, 1))
        module = matrice.module * MM_PAR_POINT * self._pas
        placement = QTransform(module, 0, 0, module, matrice.x * self._pas, matrice.y * self._pas)
        self._peintre.fillPath(placement.map(trace), QBrush(NOIR))

    def _point(self, x: float, y: float) -> QPointF:
        return QPointF(x * self._pas, y * self._pas)

    def _plume(self, epaisseur: float, tirets: Sequence[float] = ()) -> QPen:
        """`epaisseur` and `tirets` in points; Qt counts dashes in widths of the pen."""
        plume = QPen(NOIR, epaisseur * MM_PAR_POINT * self._pas)
        plume.setCapStyle(Qt.PenCapStyle.FlatCap)
        plume.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if tirets:
            plume.setDashPattern([tiret / epaisseur for tiret in tirets])
        return plume

    def _face(self, gras: bool, secours: bool, corps: float) -> QRawFont:
        if (gras, secours, corps) not in self._faces:
            # Asked for by family, not by file: Qt embeds in the printed file only the faces of its own list.
            fonte = QFont(FAMILLES[secours])
            fonte.setPixelSize(1000)
            fonte.setBold(gras)
            fonte.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            fonte.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
            face = QRawFont.fromFont(fonte)
            face.setPixelSize(corps * MM_PAR_POINT * self._pas)
            self._faces[gras, secours, corps] = face
        return self._faces[gras, secours, corps]
