"""Reading back: photos, scans, bad copies, and files that are not what they say."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from passdesk.domain.dessin import Matrice, Page
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing import lecture, pages_pdf
from passdesk.printing.apercu import render_pages
from passdesk.printing.carnet_pdf import render_carnet
from passdesk.printing.lecture import lire_image, lire_page, lire_pdf, ouvrir
from passdesk.printing.qr import matrice_pass
from passdesk.printing.toile_pdf import ecrire_pdf
from passdesk.ui.messages import message
from tests.printing.fabrique import carnet, images_du_pdf, png

LIVRET = carnet(5)
ATTENDUS = [un_pass.qr_texte for un_pass in LIVRET.passes]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_carnet(LIVRET)


@pytest.fixture(scope="module")
def feuille(pdf: bytes) -> Image.Image:
    return images_du_pdf(pdf, 150)[1]


def test_un_fichier_ou_ses_octets(feuille: Image.Image, pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(png(feuille))
    (tmp_path / "carnet.pdf").write_bytes(pdf)
    assert lire_image(tmp_path / "scan.png") == ATTENDUS
    assert lire_pdf(tmp_path / "carnet.pdf") == [LIVRET.certificat_texte, *ATTENDUS]


def test_apres_une_reduction_a_96_6_pour_cent(feuille: Image.Image) -> None:
    petite = feuille.resize((round(feuille.width * 0.966), round(feuille.height * 0.966)))
    assert lire_image(png(petite)) == ATTENDUS


def test_une_photo_couchee_se_lit_dans_l_ordre_de_la_page(feuille: Image.Image) -> None:
    sortie = io.BytesIO()
    couchee = feuille.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    couchee.save(sortie, "JPEG", exif=exif, quality=85)
    assert lire_image(sortie.getvalue()) == ATTENDUS


def test_plusieurs_codes_sur_une_rangee_se_lisent_de_gauche_a_droite(feuille: Image.Image) -> None:
    k = 150 / 25.4
    planche = Image.new("L", (round(150 * k), round(110 * k)), 255)
    for rang in range(5):
        coupon = feuille.crop([round(v * k) for v in (154, 12 + 54 * rang + 4, 200, 12 + 54 * rang + 50)])
        # The second of a row hangs a little higher than the first.
        planche.paste(coupon, (round((rang % 3) * 48 * k), round(((rang // 3) * 55 + 3 - rang % 3) * k)))
    assert lire_image(png(planche)) == ATTENDUS


def test_un_code_vu_deux_fois_compte_une_fois(feuille: Image.Image) -> None:
    double = Image.new("L", (feuille.width * 2, feuille.height), 255)
    double.paste(feuille, (0, 0))
    double.paste(feuille, (feuille.width, 0))
    assert lire_image(png(double)) == ATTENDUS


def test_un_scan_de_plusieurs_feuilles(pdf: bytes) -> None:
    premiere, *autres = images_du_pdf(pdf, 150)
    sortie = io.BytesIO()
    premiere.save(sortie, "TIFF", save_all=True, append_images=autres)
    assert lire_image(sortie.getvalue()) == [LIVRET.certificat_texte, *ATTENDUS]


def test_un_scan_coupe_en_route_se_dit(feuille: Image.Image) -> None:
    sortie = io.BytesIO()
    feuille.save(sortie, "TIFF")
    for longueur in range(10, len(sortie.getvalue()), len(sortie.getvalue()) // 12):
        with pytest.raises(SaisieRefusee) as refus:
            lire_image(sortie.getvalue()[:longueur])
        assert refus.value.code == "fichier_illisible"


def test_un_dessin_transparent_se_lit_sur_du_blanc(feuille: Image.Image) -> None:
    encre = Image.new("RGBA", feuille.size, (0, 0, 0, 255))
    encre.putalpha(feuille.point([255 - niveau for niveau in range(256)]))
    assert lire_image(png(encre)) == ATTENDUS


@pytest.mark.parametrize("manque", ["toner", "bruit"])
def test_une_mauvaise_impression_se_lit_quand_meme(pdf: bytes, manque: str) -> None:
    k = 200 / 25.4
    coupon = images_du_pdf(pdf, 200)[1].crop([round(v * k) for v in (155, 16, 200, 62)])
    if manque == "toner":
        for y in range(0, coupon.height, 7):
            coupon.paste(255, (0, y, coupon.width, y + 1))
    else:
        bruit = Image.effect_noise(coupon.size, 180)
        coupon = Image.blend(coupon, bruit, 0.6).filter(ImageFilter.GaussianBlur(0.6))
    assert lire_image(png(coupon)) == ATTENDUS[:1]


def test_une_image_sans_code_n_est_pas_une_faute() -> None:
    assert lire_image(png(Image.new("L", (300, 300), 255))) == []


def test_un_pdf_de_telephone_a_des_pages_immenses(feuille: Image.Image) -> None:
    """One point a pixel: at 200 dpi this page would have 220 million pixels."""
    sortie = io.BytesIO()
    feuille.resize((feuille.width * 3, feuille.height * 3)).save(sortie, "PDF", resolution=72)
    assert lire_pdf(sortie.getvalue()) == ATTENDUS


def test_un_code_manque_a_200_points_par_pouce_se_retrouve_a_300() -> None:
    """Two passes a page, one printed so small that only the finer raster reads it."""
    grand, petit = LIVRET.passes[:2]
    elements = (
        Matrice(20, 20, 2.4, matrice_pass(petit.qr_texte)),
        Matrice(20, 100, 0.5, matrice_pass(grand.qr_texte)),
    )
    pdf = ecrire_pdf([Page(elements)], "Essai", [0])
    assert lire_pdf(pdf) == [petit.qr_texte, grand.qr_texte]


def test_un_pdf_sans_code_n_est_pas_une_faute() -> None:
    assert lire_pdf(ecrire_pdf([Page(())], "Essai", [0])) == []


def pdf_protege() -> bytes:
    sortie = io.BytesIO()
    toile = Canvas(sortie, encrypt="secret")
    toile.drawString(100, 100, "x")
    toile.save()
    return sortie.getvalue()


def pdf_sans_page() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def png_geant() -> bytes:
    """A few bytes that claim 30 000 × 30 000 pixels."""

    def bloc(genre: bytes, corps: bytes) -> bytes:
        return struct.pack(">I", len(corps)) + genre + corps + struct.pack(">I", zlib.crc32(genre + corps))

    entete = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", zlib.compress(b"\0" * 100)) + bloc(b"IEND", b"")


@pytest.mark.parametrize(
    ("lire", "octets", "code"),
    [
        (lire_pdf, b"", "fichier_illisible"),
        (lire_pdf, b"pas un pdf", "fichier_illisible"),
        (lire_pdf, pdf_sans_page(), "fichier_illisible"),
        (lire_pdf, pdf_protege(), "pdf_protege"),
        (lire_image, b"", "fichier_illisible"),
        (lire_image, b"pas une image", "fichier_illisible"),
        (lire_image, png(Image.new("L", (400, 400), 255))[:60], "fichier_illisible"),
        (lire_image, png_geant(), "fichier_trop_gros"),
        (lire_image, b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", "fichier_illisible"),
    ],
)
def test_un_mauvais_fichier_se_dit_en_une_phrase(lire: object, octets: bytes, code: str) -> None:
    assert callable(lire)
    with pytest.raises(SaisieRefusee) as refus:
        lire(octets)
    assert (refus.value.code, refus.value.exit_code) == (code, 2)
    assert message(code, **refus.value.faits).faire


def test_un_fichier_se_lit_page_a_page(pdf: bytes, feuille: Image.Image) -> None:
    livret = ouvrir(pdf)
    assert [lire_page(livret, page) for page in range(livret.pages)] == [[LIVRET.certificat_texte], ATTENDUS]
    numerise = io.BytesIO()
    feuille.save(numerise, "TIFF", save_all=True, append_images=[Image.new("L", (400, 400), 255), feuille])
    scan = ouvrir(numerise.getvalue())
    assert [lire_page(scan, page) for page in range(scan.pages)] == [ATTENDUS, [], ATTENDUS]


def test_un_pdf_que_precedent_quelques_octets_reste_un_pdf(pdf: bytes) -> None:
    """A mail program or a scanner writes a mark before it: every other reader opens it."""
    for devant in (b"\xef\xbb\xbf", b"\r\n", b"@PJL ENTER LANGUAGE=PDF\r\n"):
        livret = ouvrir(devant + pdf)
        assert livret.pdf and lire_page(livret, 1) == ATTENDUS


def test_la_photo_d_un_telephone_recent_se_lit_reduite(feuille: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    """50 and 100 million pixels: refused, the person was told that the picture of a good pass could not be read."""
    photo = io.BytesIO()
    feuille.save(photo, "JPEG", quality=90)
    monkeypatch.setattr(lecture, "PIXELS_MAX", feuille.width * feuille.height // 2)
    assert lire_image(photo.getvalue()) == ATTENDUS
    monkeypatch.setattr(lecture, "PIXELS_MAX", feuille.width * feuille.height // 5)
    with pytest.raises(SaisieRefusee, match="fichier_trop_gros"):
        lire_image(photo.getvalue())


def test_un_fichier_sans_fin_est_laisse_avant_de_remplir_la_memoire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_pdf, "OCTETS_MAX", 3 << 20)
    for lire in (lire_image, lire_pdf):
        with pytest.raises(SaisieRefusee) as refus:
            lire(Path("/dev/zero"))
        assert refus.value.code == "fichier_trop_gros"


def test_un_fichier_absent_se_dit_en_une_phrase(tmp_path: Path) -> None:
    for lire in (lire_image, lire_pdf):
        with pytest.raises(SaisieRefusee) as refus:
            lire(tmp_path / "rien.png")
        assert refus.value.code == "fichier_illisible"


def test_l_apercu_montre_chaque_page_a_la_largeur_voulue(pdf: bytes) -> None:
    pages = render_pages(pdf, 620)
    assert [page.width for page in pages] == [620, 620]
    for page in pages:
        image = Image.open(io.BytesIO(page.image))
        assert image.size == (page.width, page.height)
        assert page.height == pytest.approx(620 * 297 / 210, abs=1)
        assert image.convert("L").getextrema() == (0, 255)


def test_l_apercu_refuse_ce_qui_n_est_pas_un_pdf() -> None:
    with pytest.raises(SaisieRefusee):
        render_pages(b"x", 600)
    with pytest.raises(ValueError, match="pixel"):
        render_pages(b"x", 0)
