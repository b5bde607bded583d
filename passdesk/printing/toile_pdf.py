"""Draw pages into a PDF: same pages, same bytes; embedded subset faces; one path a QR; no scaling at print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from passdesk.domain.dessin import (
    MM_PAR_POINT,
    Ancre,
    Cadre,
    Cellules,
    Chemin,
    Element,
    Matrice,
    Page,
    Texte,
    Trait,
)
from passdesk.printing.fontes import Metriques, Troncon, enregistrer, police, troncons

# Binary streams: ASCII85 would add a quarter to every file (anchors/print §5).
rl_config.useA85 = 0

_METRIQUES = Metriques()


def ecrire_pdf(pages: Sequence[Page], titre: str, choisies: Sequence[int]) -> bytes:
    """The PDF of the pages whose indices are `choisies`, in that order; each page's stream never depends on which."""
    enregistrer()
    sortie = io.BytesIO()
    toile: Any = Canvas(
        sortie,
        pagesize=(pages[0].largeur / MM_PAR_POINT, pages[0].hauteur / MM_PAR_POINT),
        pageCompression=1,
        invariant=1,
        lang="fr",
        initialFontName="PassDesk",
    )
    toile.setTitle(titre)
    toile.setAuthor("PassDesk")
    toile.setCreator("PassDesk")
    toile.setSubject("")
    toile.setViewerPreference("PrintScaling", "None")
    toile.setViewerPreference("DisplayDocTitle", "true")
    _reserver_glyphes(toile, pages)
    for indice in choisies:
        pinceau = _Pinceau(toile, pages[indice].hauteur)
        for element in pages[indice].elements:
            pinceau.dessine(element)
        toile.showPage()
    toile.save()
    return sortie.getvalue()


def _troncons_de(element: Element) -> Sequence[Troncon]:
    if isinstance(element, Texte):
        return troncons(element.texte, element.gras)
    if isinstance(element, Cellules):
        return troncons(element.chiffres, element.gras)
    return ()


def _reserver_glyphes(toile: Any, pages: Sequence[Page]) -> None:
    """Number every glyph of the whole carnet first: one sheet printed again has the bytes it had the first time."""
    for page in pages:
        for element in page.elements:
            for troncon in _troncons_de(element):
                police(troncon.police).splitString(troncon.texte, toile._doc)


class _Pinceau:
    """One page: millimetres from the top left become points from the bottom left."""

    def __init__(self, toile: Any, hauteur: float) -> None:
        self._toile = toile
        self._hauteur = hauteur

    def _x(self, x: float) -> float:
        return x / MM_PAR_POINT

    def _y(self, y: float) -> float:
        return (self._hauteur - y) / MM_PAR_POINT

    def dessine(self, element: Element) -> None:
        match element:
            case Texte():
                self._texte(element)
            case Cellules():
                self._cellules(element)
            case Trait():
                self._trait(element)
            case Cadre():
                self._cadre(element)
            case Chemin():
                self._chemin(element)
            case Matrice():
                self._matrice(element)

    def _texte(self, texte: Texte) -> None:
        largeur = _METRIQUES.largeur(texte.texte, texte.corps, texte.gras, texte.interlettre)
        part = {Ancre.GAUCHE: 0.0, Ancre.CENTRE: 0.5, Ancre.DROITE: 1.0}[texte.ancre]
        plume = self._toile.beginText(self._x(texte.x - part * largeur), self._y(texte.y))
        if texte.interlettre:
            plume.setCharSpace(texte.interlettre * texte.corps)
        for troncon in troncons(texte.texte, texte.gras):
            plume.setFont(troncon.police, texte.corps * troncon.taille)
            plume.textOut(troncon.texte)
        if texte.interlettre:
            plume.setCharSpace(0)
        self._toile.drawText(plume)

    def _cellules(self, cellules: Cellules) -> None:
        for centre, signe in cellules.positions():
            self._texte(Texte(centre, cellules.y, signe, cellules.corps, cellules.gras, Ancre.CENTRE))

    def _trait(self, trait: Trait) -> None:
        toile = self._toile
        toile.saveState()
        toile.setLineWidth(trait.epaisseur)
        if trait.tirets:
            toile.setDash(list(trait.tirets))
        toile.line(self._x(trait.x1), self._y(trait.y1), self._x(trait.x2), self._y(trait.y2))
        toile.restoreState()

    def _cadre(self, cadre: Cadre) -> None:
        toile = self._toile
        toile.saveState()
        toile.setLineWidth(cadre.epaisseur)
        place = (
            self._x(cadre.x),
            self._y(cadre.y + cadre.hauteur),
            cadre.largeur / MM_PAR_POINT,
            cadre.hauteur / MM_PAR_POINT,
        )
        if cadre.rayon:
            toile.roundRect(*place, cadre.rayon / MM_PAR_POINT, stroke=1, fill=0)
        else:
            toile.rect(*place, stroke=1, fill=0)
        toile.restoreState()

    def _chemin(self, chemin: Chemin) -> None:
        toile = self._toile
        trace = toile.beginPath()
        for operation, valeurs in chemin.segments:
            points = [self._y(v) if rang % 2 else self._x(v) for rang, v in enumerate(valeurs)]
            if operation == "M":
                trace.moveTo(*points)
            elif operation == "L":
                trace.lineTo(*points)
            elif operation == "C":
                trace.curveTo(*points)
            else:
                trace.close()
        toile.saveState()
        if chemin.epaisseur is not None:
            toile.setLineWidth(chemin.epaisseur)
            toile.setLineCap(1)
            toile.setLineJoin(1)
        toile.drawPath(trace, stroke=int(chemin.epaisseur is not None), fill=int(chemin.epaisseur is None))
        toile.restoreState()

    def _matrice(self, matrice: Matrice) -> None:
        """One filled path in module units, its operators written as they stand: short, and sharp at any size."""
        cote = len(matrice.lignes)
        x, y = self._x(matrice.x), self._y(matrice.y + matrice.cote)
        carres = " ".join(f"{colonne} {cote - 1 - rang} {n} 1 re" for colonne, rang, n in matrice.series())
        self._toile._code.append(f"q {matrice.module} 0 0 {matrice.module} {x:.4f} {y:.4f} cm {carres} f Q")
