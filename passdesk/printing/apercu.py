"""Pictures of the printed pages for the screen, from the very bytes that go to the printer."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.pages_pdf import ouvrir_pdf


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page, sizes in pixels. `image`: a PPM file, three bytes a pixel; a PNG takes thirty times longer to make and
    ten to read, and none is kept.
    """

    width: int
    height: int
    image: bytes = field(repr=False)


def render_pages(pdf: Path | bytes, largeur_px: int) -> tuple[PageImage, ...]:
    """Every page, `largeur_px` wide. SaisieRefusee as `ouvrir_pdf`; ValueError for a width below 1."""
    if largeur_px < 1:
        raise ValueError("a page needs at least one pixel")
    pages: list[PageImage] = []
    with ouvrir_pdf(pdf) as document:
        for numero in range(len(document)):
            largeur, _ = document.taille(numero)
            if largeur <= 0:
                raise SaisieRefusee("fichier_illisible")
            image = document.raster(numero, largeur_px / largeur, couleur=True)
            sortie = io.BytesIO()
            image.save(sortie, "PPM")
            pages.append(PageImage(image.width, image.height, sortie.getvalue()))
    return tuple(pages)
