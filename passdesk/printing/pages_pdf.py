"""Open a PDF from anywhere and rasterise its pages, within bounds: a bad file is a sentence, never a crash."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from passdesk.domain.erreurs import SaisieRefusee

PAGES_MAX = 200
OCTETS_MAX = 64 * 1024 * 1024
PIXELS_MAX = 40_000_000
"""No page and no picture is ever held above this: an A4 at 600 dpi has 35 million pixels."""

# The library is not made for several threads, and the desk prints while it reads.
_verrou = threading.RLock()


def octets_de(source: Path | str | bytes) -> bytes:
    """The bytes of a file or the bytes themselves. SaisieRefusee("fichier_illisible" or "fichier_trop_gros")."""
    if isinstance(source, bytes):
        octets = source
    else:
        chemin = Path(source)
        try:
            if chemin.stat().st_size > OCTETS_MAX:
                raise SaisieRefusee("fichier_trop_gros")
            with chemin.open("rb") as flux:
                # A device has no size, and no end.
                octets = flux.read(OCTETS_MAX + 1)
        except OSError:
            raise SaisieRefusee("fichier_illisible") from None
    if len(octets) > OCTETS_MAX:
        raise SaisieRefusee("fichier_trop_gros")
    return octets


class Document:
    """An open PDF. Valid inside `ouvrir_pdf` only, in the thread that opened it."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def taille(self, page: int) -> tuple[float, float]:
        """Width and height of a page, points."""
        with self._charger(page) as feuille:
            largeur, hauteur = feuille.get_size()
        return float(largeur), float(hauteur)

    def raster_lisible(self, page: int, dpi: int) -> Image.Image:
        """The page in grey at `dpi`, or as fine as PIXELS_MAX allows: phones make PDF pages of one metre."""
        largeur, hauteur = self.taille(page)
        plafond = math.sqrt(PIXELS_MAX / max(largeur * hauteur, 1.0))
        # A hundredth less: the library rounds each side up.
        return self.raster(page, min(dpi / 72, plafond * 0.99))

    def raster(self, page: int, echelle: float, couleur: bool = False) -> Image.Image:
        """The page at `echelle` pixels a point, on white. SaisieRefusee("fichier_trop_gros") above PIXELS_MAX."""
        largeur, hauteur = self.taille(page)
        if not 0 < largeur * hauteur * echelle * echelle <= PIXELS_MAX:
            raise SaisieRefusee("fichier_trop_gros")
        with self._charger(page) as feuille:
            bitmap = feuille.render(scale=echelle, grayscale=not couleur)
            image: Image.Image = bitmap.to_pil().copy()
            bitmap.close()
        return image

    @contextmanager
    def _charger(self, page: int) -> Iterator[Any]:
        try:
            feuille = self._document[page]
        except pypdfium2.PdfiumError:
            raise SaisieRefusee("fichier_illisible") from None
        try:
            yield feuille
        except pypdfium2.PdfiumError:
            raise SaisieRefusee("fichier_illisible") from None
        finally:
            feuille.close()


@contextmanager
def ouvrir_pdf(source: Path | str | bytes) -> Iterator[Document]:
    """A PDF, opened. SaisieRefusee: "fichier_illisible" (damaged, no page), "pdf_protege", "fichier_trop_gros"."""
    octets = octets_de(source)
    with _verrou:
        try:
            document = pypdfium2.PdfDocument(octets)
        except pypdfium2.PdfiumError as cause:
            protege = getattr(cause, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
            raise SaisieRefusee("pdf_protege" if protege else "fichier_illisible") from None
        try:
            if len(document) == 0:
                raise SaisieRefusee("fichier_illisible")
            if len(document) > PAGES_MAX:
                raise SaisieRefusee("fichier_trop_gros")
            yield Document(document)
        finally:
            document.close()
