"""Set the texts of a page letter by letter, face by face: what a printer's painter draws as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.pdfbase import pdfmetrics

from passdesk.domain.dessin import MM_PAR_POINT, Ancre, Cellules, ElementPose, Lettres, Page, PagePosee, Texte
from passdesk.printing.fontes import FONTES, Metriques, troncons

_SECOURS = {nom for (role, _), (nom, _) in FONTES.items() if role == "secours"}
_METRIQUES = Metriques()


def poser(page: Page) -> PagePosee:
    """The same page; every letter stands where the PDF puts it."""
    elements: list[ElementPose] = []
    for element in page.elements:
        match element:
            case Texte():
                elements += _lettres(element)
            case Cellules():
                for centre, signe in element.positions():
                    seul = Texte(centre, element.y, signe, element.corps, element.gras, Ancre.CENTRE)
                    elements += _lettres(seul)
            case _:
                elements.append(element)
    return PagePosee(tuple(elements), page.largeur, page.hauteur)


def _lettres(texte: Texte) -> Iterator[Lettres]:
    largeur = _METRIQUES.largeur(texte.texte, texte.corps, texte.gras, texte.interlettre)
    x = texte.x - {Ancre.GAUCHE: 0.0, Ancre.CENTRE: 0.5, Ancre.DROITE: 1.0}[texte.ancre] * largeur
    for troncon in troncons(texte.texte, texte.gras):
        corps = texte.corps * troncon.taille
        xs = []
        for signe in troncon.texte:
            xs.append(x)
            avance = pdfmetrics.stringWidth(signe, troncon.police, corps) + texte.interlettre * texte.corps
            x += avance * MM_PAR_POINT
        yield Lettres(tuple(xs), texte.y, troncon.texte, corps, texte.gras, troncon.police in _SECOURS)
