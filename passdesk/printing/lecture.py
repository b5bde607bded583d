"""Read QR codes back from a picture or a PDF, in the order a person would read them."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence
from PIL.JpegImagePlugin import JpegImageFile

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.geometrie import agrandir
from passdesk.printing.pages_pdf import PIXELS_MAX, Document, octets_de, ouvrir_pdf
from passdesk.printing.symboles import Symbole, lire_symboles

DPI, DPI_FIN = 200, 300
FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP")
"""Closed list: other readers of the picture library start programs (EPS) or are seldom tried."""
IMAGES_MAX = 60
"""Pictures read in one file: a scan of several sheets is one TIFF."""
PIXELS_TOTAL_MAX = 10 * PIXELS_MAX


@dataclass(frozen=True, slots=True)
class Fichier:
    """A picture or a PDF opened, to be read a page at a time: a bad page can take seconds. `pages`: how many."""

    octets: bytes = field(repr=False)
    pdf: bool
    pages: int


def ouvrir(source: Path | str | bytes) -> Fichier:
    """Told apart by what is in it, whatever its name. SaisieRefusee as `lire_image` and `lire_pdf`."""
    octets = octets_de(source)
    # Readers of PDF look for its mark so far: some senders write a few bytes before it.
    if b"%PDF-" in octets[:1024]:
        with ouvrir_pdf(octets) as document:
            return Fichier(octets, pdf=True, pages=len(document))
    with _image(octets) as image:
        vues = getattr(image, "n_frames", 1)
    if vues > IMAGES_MAX:
        raise SaisieRefusee("fichier_trop_gros")
    return Fichier(octets, pdf=False, pages=vues)


def lire_page(fichier: Fichier, page: int) -> list[str]:
    """The codes of one page, 0 is the first. SaisieRefusee as `ouvrir`."""
    if fichier.pdf:
        with ouvrir_pdf(fichier.octets) as document:
            return _ordonnes(_lire_page(document, page))
    with _image(fichier.octets) as image:
        image.seek(page)
        return lire_dessin(_en_gris(image))


def lire_image(source: Path | str | bytes) -> list[str]:
    """Codes of a photo or a scan (PNG, JPEG, TIFF…), in the order in which the sheet is read, each once.

    SaisieRefusee: "fichier_illisible", "fichier_trop_gros". An empty list: a good picture without any code.
    """
    octets = octets_de(source)
    return _uniques(texte for image in _images(octets) for texte in lire_dessin(image))


def lire_pdf(source: Path | str | bytes) -> list[str]:
    """Codes of every page in turn, each once. SaisieRefusee as `lire_image`, and "pdf_protege"."""
    with ouvrir_pdf(source) as document:
        pages = range(len(document))
        return _uniques(texte for page in pages for texte in _ordonnes(_lire_page(document, page)))


def lire_dessin(image: Image.Image) -> list[str]:
    """The codes of one picture in grey, in the order in which the sheet is read."""
    return _ordonnes(lire_symboles(image)[0])


def _lire_page(document: Document, page: int) -> list[Symbole]:
    """200 dpi is enough for our paper; 300 when a symbol is seen but not read, or when nothing is."""
    grosse = document.raster_lisible(page, DPI)
    symboles, manque = lire_symboles(grosse)
    if symboles and not manque:
        return symboles
    fine = document.raster_lisible(page, DPI_FIN)
    fins, _ = lire_symboles(fine)
    deja, k = {symbole.texte for symbole in fins}, fine.width / grosse.width
    return fins + [Symbole(s.texte, agrandir(s.quad, k)) for s in symboles if s.texte not in deja]


def _images(octets: bytes) -> Iterator[Image.Image]:
    with _image(octets) as image:
        total = 0
        for numero, vue in enumerate(ImageSequence.Iterator(image)):
            grise = _en_gris(vue)
            total += grise.width * grise.height
            if numero == IMAGES_MAX or total > PIXELS_TOTAL_MAX:
                raise SaisieRefusee("fichier_trop_gros")
            yield grise


@contextmanager
def _image(octets: bytes) -> Iterator[Image.Image]:
    """The picture open; what its reader raises on damaged bytes becomes SaisieRefusee."""
    try:
        with warnings.catch_warnings():
            # A damaged scan that still reads is no news; our bound on pixels is lower than the library's.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(octets), formats=FORMATS) as image:
                yield image
    except Image.DecompressionBombError:
        raise SaisieRefusee("fichier_trop_gros") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise SaisieRefusee("fichier_illisible") from None


def _en_gris(image: Image.Image) -> Image.Image:
    """Grey on white, upright as the camera was held. SaisieRefusee("fichier_trop_gros") above PIXELS_MAX."""
    if image.width * image.height > PIXELS_MAX and isinstance(image, JpegImageFile):
        # A phone's photo of 50 or 100 million pixels is read at half its size, without ever standing whole in memory.
        image.draft("L", (image.width // 2, image.height // 2))
    if image.width * image.height > PIXELS_MAX:
        raise SaisieRefusee("fichier_trop_gros")
    droite = ImageOps.exif_transpose(image)
    if droite.mode in ("RGBA", "LA", "PA") or "transparency" in droite.info:
        calque = droite.convert("RGBA")
        fond = Image.new("RGBA", calque.size, "white")
        droite = Image.alpha_composite(fond, calque)
    return droite.convert("L")


def _ordonnes(symboles: Sequence[Symbole]) -> list[str]:
    """Row by row as the sheet is read, whichever way up it was laid.

    Two symbols share a row when their centres are less than half a symbol apart in height.
    """
    droite = _sens([(s.quad[1][0] - s.quad[0][0], s.quad[1][1] - s.quad[0][1]) for s in symboles])
    rangees: list[list[tuple[float, float, Symbole]]] = []
    places = [_projeter(symbole, droite) for symbole in symboles]
    for x, y, symbole in sorted(places, key=lambda place: place[1]):
        if rangees and y - rangees[-1][0][1] < symbole.cote / 2:
            rangees[-1].append((x, y, symbole))
        else:
            rangees.append([(x, y, symbole)])
    return [symbole.texte for rangee in rangees for _, _, symbole in sorted(rangee, key=lambda place: place[0])]


def _sens(cotes: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The way in which most tops of symbols run, as a unit; the picture's own when they run all ways."""
    x, y = sum(x for x, _ in cotes), sum(y for _, y in cotes)
    somme = sum(math.hypot(*cote) for cote in cotes)
    longueur = math.hypot(x, y)
    return (x / longueur, y / longueur) if longueur > somme / 2 else (1.0, 0.0)


def _projeter(symbole: Symbole, droite: tuple[float, float]) -> tuple[float, float, Symbole]:
    (x, y), (dx, dy) = symbole.centre, droite
    return x * dx + y * dy, y * dx - x * dy, symbole


def _uniques(textes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(textes))
