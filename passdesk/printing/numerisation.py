"""A scan or a photo of a proof, made small and plain: whatever comes in, only JPEG pages drawn here come out."""

from __future__ import annotations

import io
import stat
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.pages_pdf import PIXELS_MAX, ouvrir_pdf

OCTETS_MAX = 40 * 1024 * 1024
"""Bytes of a file taken in; a phone's photo has 5 to 10 million."""
PAGES_MAX = 6
COTE_MAX = 2000
"""Pixels of the long side kept: an A4 sheet at 170 dots per inch, which can be read and zoomed."""
OCTETS_PAGE_MAX = 400_000
PIXELS_PHOTO_MAX = 120_000_000
FORMATS = ("JPEG", "PNG", "TIFF")
_DEBUTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
_QUALITES = (78, 65, 52, 40, 30)
_POINTS_PAR_POUCE = 72


def numeriser(chemin: Path) -> tuple[bytes, ...]:
    """The pages of a scan or photo (JPEG, PNG, TIFF, PDF), each a JPEG of 400 kB at most, without any metadata.

    The file is read once and left alone; nothing else is written. SaisieRefusee: "numerisation_absente" (not a file
    that can be read), "numerisation_trop_lourde", "numerisation_format", "numerisation_illisible",
    "numerisation_trop_grande" (pixels), "numerisation_trop_longue" (pages), "numerisation_protegee" (password).
    """
    octets = _lire(chemin)
    if b"%PDF-" in octets[:1024]:
        return _pages_pdf(octets)
    if not octets.startswith(_DEBUTS):
        raise SaisieRefusee("numerisation_format")
    with warnings.catch_warnings():
        # A damaged tag is no news when the picture reads; our bound on pixels is lower than the library's.
        warnings.simplefilter("ignore")
        return tuple(_jpeg(image) for image in _images(octets))


def _lire(chemin: Path) -> bytes:
    try:
        etat = chemin.stat()
        if not stat.S_ISREG(etat.st_mode):
            raise SaisieRefusee("numerisation_absente")
        if etat.st_size > OCTETS_MAX:
            raise SaisieRefusee("numerisation_trop_lourde", maximum=OCTETS_MAX // (1024 * 1024))
        with chemin.open("rb") as fichier:
            return fichier.read(OCTETS_MAX)
    except OSError:
        raise SaisieRefusee("numerisation_absente") from None


def _images(octets: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(octets), formats=FORMATS) as image:
            for numero, vue in enumerate(ImageSequence.Iterator(image)):
                if numero == PAGES_MAX:
                    raise SaisieRefusee("numerisation_trop_longue", maximum=PAGES_MAX)
                # A phone's photo is read at a fraction of its size, without ever standing whole in memory.
                photo = image.format == "JPEG"
                if vue.width * vue.height > (PIXELS_PHOTO_MAX if photo else PIXELS_MAX):
                    raise SaisieRefusee("numerisation_trop_grande")
                if photo:
                    vue.draft("RGB", (COTE_MAX, COTE_MAX))
                yield _sur_blanc(ImageOps.exif_transpose(vue))
    except Image.DecompressionBombError:
        raise SaisieRefusee("numerisation_trop_grande") from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, OverflowError):
        # What the readers of the picture library raise on damaged bytes.
        raise SaisieRefusee("numerisation_illisible") from None


def _sur_blanc(image: Image.Image) -> Image.Image:
    if image.mode in ("1", "L"):
        return image.convert("L")
    if "A" in image.mode or "transparency" in image.info:
        claire = image.convert("RGBA")
        fond = Image.new("RGB", claire.size, "white")
        fond.paste(claire, mask=claire.getchannel("A"))
        return fond
    return image.convert("RGB")


def _pages_pdf(octets: bytes) -> tuple[bytes, ...]:
    ouvert = False
    try:
        with ouvrir_pdf(octets) as document:
            ouvert = True
            if len(document) > PAGES_MAX:
                raise SaisieRefusee("numerisation_trop_longue", maximum=PAGES_MAX)
            return tuple(_jpeg(_sur_blanc(document.raster(n, _echelle(*document.taille(n)), couleur=True)))
                         for n in range(len(document)))  # fmt: skip
    except SaisieRefusee as refus:
        if refus.code == "fichier_trop_gros" and not ouvert:
            # Its bytes were counted before: it has more pages than anyone opens.
            raise SaisieRefusee("numerisation_trop_longue", maximum=PAGES_MAX) from None
        raise SaisieRefusee(_CODES_PDF.get(refus.code, refus.code), **refus.faits) from None


_CODES_PDF = {
    "pdf_protege": "numerisation_protegee",
    "fichier_illisible": "numerisation_illisible",
    "fichier_trop_gros": "numerisation_trop_grande",
}


def _echelle(largeur: float, hauteur: float) -> float:
    """Pixels a point, so that the long side has COTE_MAX pixels."""
    cote = max(largeur, hauteur)
    if cote <= 0:
        raise SaisieRefusee("numerisation_illisible")
    return min(COTE_MAX / cote, 300 / _POINTS_PAR_POUCE)


def _jpeg(image: Image.Image) -> bytes:
    """The smallest loss that fits: quality first, then size."""
    cote = COTE_MAX
    while True:
        reduite = image.copy()
        reduite.thumbnail((cote, cote), Image.Resampling.LANCZOS)
        for qualite in _QUALITES:
            sortie = io.BytesIO()
            reduite.save(sortie, "JPEG", quality=qualite, optimize=True)
            if sortie.tell() <= OCTETS_PAGE_MAX:
                return sortie.getvalue()
        cote = cote * 3 // 4
