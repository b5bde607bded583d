"""A scan of a proof: whatever file comes in, bounded plain JPEG pages come out, or a code that has its sentence."""

from __future__ import annotations

import io
import os
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.numerisation import COTE_MAX, OCTETS_PAGE_MAX, PAGES_MAX, numeriser
from passdesk.ui.messages import MESSAGES


def _image(largeur: int = 800, hauteur: int = 600, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (largeur, hauteur), (0, 0, 0, 0) if mode in ("RGBA", "CMYK") else "white")


def _ecrire(chemin: Path, image: Image.Image, genre: str, **autres: object) -> Path:
    image.save(chemin, genre, **autres)
    return chemin


def _pdf(chemin: Path, pages: int, mot_de_passe: str = "") -> Path:
    chiffre = StandardEncryption(mot_de_passe) if mot_de_passe else None
    toile = Canvas(str(chemin), encrypt=chiffre)
    for numero in range(pages):
        toile.drawString(72, 700, f"Page {numero + 1}")
        toile.showPage()
    toile.save()
    return chemin


def _pdf_de_pages_vides(chemin: Path, pages: int) -> Path:
    """A PDF of many pages, all the same object: a few kilobytes."""
    objets = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, b" ".join([b"3 0 R"] * pages)),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    sortie, places = io.BytesIO(), []
    sortie.write(b"%PDF-1.4\n")
    for rang, objet in enumerate(objets, start=1):
        places.append(sortie.tell())
        sortie.write(b"%d 0 obj\n%s\nendobj\n" % (rang, objet))
    debut = sortie.tell()
    sortie.write(b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    sortie.write(b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % debut)
    chemin.write_bytes(sortie.getvalue())
    return chemin


def _lire(octets: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(octets))
    assert image.format == "JPEG"
    return image


def test_a_photo_loses_its_place_and_its_weight_and_stands_upright(tmp_path: Path) -> None:
    hasard = random.Random(7)
    bruit = Image.frombytes("RGB", (1500, 1000), hasard.randbytes(1500 * 1000 * 3)).resize((4500, 3000))
    exif = Image.Exif()
    exif[0x0112] = 6  # held sideways
    exif[0x010E] = "chez Maelle Dufresnoy"
    exif[0x8825] = {1: "N", 2: (50.0, 1.0, 2.0)}
    photo = _ecrire(tmp_path / "photo.jpg", bruit, "JPEG", exif=exif, quality=92)
    assert photo.stat().st_size > 2 * OCTETS_PAGE_MAX
    (page,) = numeriser(photo)
    assert len(page) <= OCTETS_PAGE_MAX
    image = _lire(page)
    assert image.width < image.height and max(image.size) <= COTE_MAX
    assert dict(image.getexif()) == {}
    assert b"Dufresnoy" not in page and b"Exif" not in page


@pytest.mark.parametrize(("nom", "genre", "mode"), [("a.png", "PNG", "RGBA"), ("b.tif", "TIFF", "1"),
                                                    ("c.jpg", "JPEG", "CMYK"), ("d.png", "PNG", "P")])  # fmt: skip
def test_every_usual_kind_of_picture_is_read_on_white(tmp_path: Path, nom: str, genre: str, mode: str) -> None:
    (page,) = numeriser(_ecrire(tmp_path / nom, _image(mode=mode), genre))
    image = _lire(page).convert("L")
    assert image.size == (800, 600)
    assert image.getpixel((400, 300)) > 250


def test_pages_of_a_pdf_and_of_a_tiff_come_in_order(tmp_path: Path) -> None:
    assert len(numeriser(_pdf(tmp_path / "deux.pdf", 2))) == 2
    (premiere, seconde) = numeriser(_pdf(tmp_path / "encore.pdf", 2))
    assert premiere != seconde
    assert max(_lire(premiere).size) == COTE_MAX
    gris = [Image.new("L", (200, 200), teinte) for teinte in (0, 120, 255)]
    pages = numeriser(_ecrire(tmp_path / "trois.tif", gris[0], "TIFF", save_all=True, append_images=gris[1:]))
    assert [_lire(page).getpixel((9, 9)) // 100 for page in pages] == [0, 1, 2]


def _abime(tmp_path: Path, cas: str) -> Path:
    chemin = tmp_path / f"{cas}.jpg"
    if cas == "tronque":
        entier = _ecrire(tmp_path / "entier.jpg", _image(), "JPEG").read_bytes()
        chemin.write_bytes(entier[: len(entier) // 2])
    elif cas == "programme":
        chemin.write_bytes(b"MZ\x90\x00" + bytes(4000))
    elif cas == "vide":
        chemin.write_bytes(b"")
    elif cas == "dossier":
        chemin.mkdir()
    elif cas == "tuyau":
        os.mkfifo(chemin)
    elif cas == "deux_gigaoctets":
        with chemin.open("wb") as fichier:
            fichier.write(b"\xff\xd8\xff")
            fichier.truncate(2 << 30)
    elif cas == "bombe":
        entete = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
        bloc = struct.pack(">I", 13) + b"IHDR" + entete + struct.pack(">I", zlib.crc32(b"IHDR" + entete))
        contenu = b"IDAT" + zlib.compress(bytes(1000))
        suite = struct.pack(">I", len(contenu) - 4) + contenu + struct.pack(">I", zlib.crc32(contenu))
        chemin.write_bytes(b"\x89PNG\r\n\x1a\n" + bloc + suite)
    elif cas == "pdf_protege":
        _pdf(chemin, 1, "secret")
    elif cas == "pdf_tronque":
        chemin.write_bytes(_pdf(tmp_path / "e.pdf", 1).read_bytes()[:200])
    elif cas == "pdf_dix_mille":
        _pdf_de_pages_vides(chemin, 10_000)
    elif cas == "pdf_une_de_trop":
        _pdf(chemin, PAGES_MAX + 1)
    elif cas == "tiff_une_de_trop":
        _ecrire(chemin, _image(9, 9), "TIFF", save_all=True, append_images=[_image(9, 9)] * PAGES_MAX)
    return chemin


@pytest.mark.parametrize(
    ("cas", "code"),
    [
        ("tronque", "numerisation_illisible"),
        ("programme", "numerisation_format"),
        ("vide", "numerisation_format"),
        ("dossier", "numerisation_absente"),
        ("tuyau", "numerisation_absente"),
        ("absent", "numerisation_absente"),
        ("deux_gigaoctets", "numerisation_trop_lourde"),
        ("bombe", "numerisation_trop_grande"),
        ("pdf_protege", "numerisation_protegee"),
        ("pdf_tronque", "numerisation_illisible"),
        ("pdf_dix_mille", "numerisation_trop_longue"),
        ("pdf_une_de_trop", "numerisation_trop_longue"),
        ("tiff_une_de_trop", "numerisation_trop_longue"),
    ],
)
def test_a_hostile_file_gets_its_sentence(tmp_path: Path, cas: str, code: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        numeriser(_abime(tmp_path, cas))
    assert refus.value.code == code
    assert code in MESSAGES


@pytest.mark.parametrize("graine", range(40))
def test_a_file_damaged_anywhere_is_read_or_refused(tmp_path: Path, graine: int) -> None:
    hasard = random.Random(graine)
    genre = hasard.choice(("JPEG", "PNG", "TIFF", "PDF"))
    chemin = tmp_path / "fichier"
    if genre == "PDF":
        _pdf(chemin, 1)
    else:
        _ecrire(chemin, _image(60, 60), genre)
    octets = bytearray(chemin.read_bytes())
    for _ in range(hasard.randint(1, 30)):
        octets[hasard.randrange(4, len(octets))] = hasard.randrange(256)
    chemin.write_bytes(bytes(octets))
    try:
        pages = numeriser(chemin)
    except SaisieRefusee as refus:
        assert refus.code.startswith("numerisation_")
    else:
        assert all(len(page) <= OCTETS_PAGE_MAX for page in pages)
