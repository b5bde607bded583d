"""Pictures of the printed pages for the screen, from the very bytes that go to the printer."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.pages_pdf import ouvrir_pdf


@dataclass(frozen=True, slots=True)
class PagePng:
    """One page as a PNG, sizes in pixels."""

    width: int
    height: int
    png: bytes = field(repr=False)


def render_pages(pdf: Path | bytes, largeur_px: int) -> tuple[PagePng, ...]:
    """Every page, `largeur_px` wide. SaisieRefusee as `ouvrir_pdf`; ValueError for a width below 1."""
    if largeur_px < 1:
        raise ValueError("a page needs at least one pixel")
    pages: list[PagePng] = []
    with ouvrir_pdf(pdf) as document:
        for numero in range(len(document)):
            largeur, _ = document.taille(numero)
            if largeur <= 0:
                raise SaisieRefusee("fichier_illisible")
            image = document.raster(numero, largeur_px / largeur, couleur=True)
            sortie = io.BytesIO()
            image.save(sortie, "PNG")
            pages.append(PagePng(image.width, image.height, sortie.getvalue()))
    return tuple(pages)
