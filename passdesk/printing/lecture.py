"""Read QR codes back from a picture or a PDF, in the order a person would read them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from PIL import Image, ImageFilter, ImageOps, ImageSequence

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.pages_pdf import PIXELS_MAX, Document, octets_de, ouvrir_pdf

DPI, DPI_FIN = 200, 300
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP")
"""Closed list: other readers of the picture library start programs (EPS) or are seldom tried."""
IMAGES_MAX = 60
"""Pictures read in one file: a scan of several sheets is one TIFF."""
PIXELS_TOTAL_MAX = 10 * PIXELS_MAX


@dataclass(frozen=True, slots=True)
class _Symbole:
    texte: str
    x: float
    y: float
    hauteur: float


def lire_image(source: Path | str | bytes) -> list[str]:
    """Codes of a photo or a scan (PNG, JPEG, TIFF…), top to bottom then left to right, each once.

    SaisieRefusee: "fichier_illisible", "fichier_trop_gros". An empty list: a good picture without any code.
    """
    octets = octets_de(source)
    with warnings.catch_warnings():
        # A damaged scan that still reads is no news; our bound on pixels is lower than the library's.
        warnings.simplefilter("ignore")
        return _uniques(texte for image in _images(octets) for texte in _ordonnes(_lire_avec_filtres(image)))


def lire_pdf(source: Path | str | bytes) -> list[str]:
    """Codes of every page in turn, each once. SaisieRefusee as `lire_image`, and "pdf_protege"."""
    with ouvrir_pdf(source) as document:
        pages = range(len(document))
        return _uniques(texte for page in pages for texte in _ordonnes(_lire_page(document, page)))


def _lire_page(document: Document, page: int) -> list[_Symbole]:
    """200 dpi is enough for our paper; 300 when a symbol is seen but not read, filters when nothing is."""
    grosse = document.raster_lisible(page, DPI)
    symboles, manques = _lire(grosse)
    if symboles and not manques:
        return symboles
    fine = document.raster_lisible(page, DPI_FIN)
    fins, _ = _lire(fine)
    deja, k = {symbole.texte for symbole in fins}, fine.width / grosse.width
    fins += [_Symbole(s.texte, s.x * k, s.y * k, s.hauteur * k) for s in symboles if s.texte not in deja]
    return fins or _lire_avec_filtres(fine)


def _images(octets: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(octets), formats=FORMATS) as image:
            total = 0
            for numero, vue in enumerate(ImageSequence.Iterator(image)):
                pixels = vue.width * vue.height
                total += pixels
                if numero == IMAGES_MAX or pixels > PIXELS_MAX or total > PIXELS_TOTAL_MAX:
                    raise SaisieRefusee("fichier_trop_gros")
                yield _en_gris(vue)
    except Image.DecompressionBombError:
        raise SaisieRefusee("fichier_trop_gros") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise SaisieRefusee("fichier_illisible") from None


def _en_gris(image: Image.Image) -> Image.Image:
    """Grey on white, upright as the camera was held."""
    droite = ImageOps.exif_transpose(image)
    if droite.mode in ("RGBA", "LA", "PA") or "transparency" in droite.info:
        calque = droite.convert("RGBA")
        fond = Image.new("RGBA", calque.size, "white")
        droite = Image.alpha_composite(fond, calque)
    return droite.convert("L")


def _doubler(image: Image.Image) -> Image.Image:
    if image.width * image.height * 4 > PIXELS_MAX:
        return image
    return image.resize((image.width * 2, image.height * 2), Image.Resampling.LANCZOS)


def _flouter(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(1.5))


def _seuil(image: Image.Image) -> Image.Image:
    """Black and white about the middle of the picture's own range."""
    etale = ImageOps.autocontrast(image, cutoff=1)
    return etale.point([0 if niveau < 128 else 255 for niveau in range(256)])


def _engraisser(image: Image.Image) -> Image.Image:
    """Ink grown by a pixel: heals bands of missing toner."""
    return image.filter(ImageFilter.MinFilter(3))


_FILTRES: tuple[Callable[[Image.Image], Image.Image], ...] = (
    _flouter,
    _doubler,
    _seuil,
    _engraisser,
    lambda image: _seuil(_flouter(_doubler(image))),
)


def _lire_avec_filtres(image: Image.Image) -> list[_Symbole]:
    symboles, _ = _lire(image)
    for filtre in _FILTRES:
        if symboles:
            break
        symboles, _ = _lire(filtre(image))
    return symboles


def _lire(image: Image.Image) -> tuple[list[_Symbole], int]:
    """The symbols read, and how many were seen but could not be read."""
    vus = zxingcpp.read_barcodes(image, formats=_QR, text_mode=zxingcpp.TextMode.Plain, return_errors=True)
    lus: list[_Symbole] = []
    for vu in vus:
        if not vu.valid:
            continue
        coins = (vu.position.top_left, vu.position.top_right, vu.position.bottom_left, vu.position.bottom_right)
        xs, ys = [coin.x for coin in coins], [coin.y for coin in coins]
        lus.append(_Symbole(vu.text, sum(xs) / 4, sum(ys) / 4, max(ys) - min(ys)))
    return lus, len(vus) - len(lus)


def _ordonnes(symboles: list[_Symbole]) -> list[str]:
    """Row by row: two symbols share a row when their centres are less than half a symbol apart in height."""
    rangees: list[list[_Symbole]] = []
    for symbole in sorted(symboles, key=lambda s: s.y):
        if rangees and symbole.y - rangees[-1][0].y < symbole.hauteur / 2:
            rangees[-1].append(symbole)
        else:
            rangees.append([symbole])
    return [symbole.texte for rangee in rangees for symbole in sorted(rangee, key=lambda s: s.x)]


def _uniques(textes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(textes))
