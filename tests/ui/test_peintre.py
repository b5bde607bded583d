"""What Qt sends to a printer is what the PDF shows: same letters, same places, every QR read back at its true size."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtPrintSupport import QPrinter

from passdesk.domain.dessin import MM_PAR_POINT, Matrice, Papier
from passdesk.domain.gabarit import GABARITS, Gabarit
from passdesk.printing.carnet_pdf import papier_carnet
from passdesk.printing.lecture import lire_pdf
from passdesk.printing.recepisse import papier_recepisse
from passdesk.ui.papier.systeme import dessiner, regler
from passdesk.ui.theme import Theme
from tests.printing.fabrique import LIEUX_LONGS, carnet, images_du_pdf
from tests.printing.regle import ecarts
from tests.printing.test_recepisse import CAS

pytestmark = pytest.mark.usefixtures("theme")  # the faces of the paper are loaded with those of the screen

LIVRET = carnet(10, 127, nom="Nguyễn Thị Phượng")
PAPIERS = {
    "carnet": papier_carnet(LIVRET),
    "sans exemple": papier_carnet(carnet(5)),
    "une feuille": papier_carnet(LIVRET, [3]),
    "récépissé": papier_recepisse(CAS["simple"]),
    "récépissé hostile": papier_recepisse(replace(CAS["hostile"], guichet="Łódź Ḥ̱ạỹ ☐ → 00")),
}
JEU = 0.3
"""What the two drawings may differ by, mm."""

Signe = tuple[str, float, float, float, float]


@pytest.fixture(params=PAPIERS)
def paire(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Papier, bytes]:
    """A paper, and the PDF that QPrinter makes of it."""
    papier = PAPIERS[request.param]
    return papier, imprime(papier, tmp_path / "qt.pdf")


def imprime(papier: Papier, cible: Path) -> bytes:
    appareil = QPrinter(QPrinter.PrinterMode.HighResolution)
    appareil.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    appareil.setOutputFileName(str(cible))
    regler(appareil, papier.titre)
    assert dessiner(papier, appareil)
    return cible.read_bytes()


def signes(pdf: bytes) -> list[list[Signe]]:
    """Each visible letter of each page with its box, mm from the top left corner."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            texte, haut = page.get_textpage(), page.get_height()
            lus = [(texte.get_text_range(rang, 1), texte.get_charbox(rang)) for rang in range(texte.count_chars())]
            pages.append(
                sorted(
                    (lu, g * MM_PAR_POINT, (haut - h) * MM_PAR_POINT, d * MM_PAR_POINT, (haut - b) * MM_PAR_POINT)
                    for lu, (g, b, d, h) in lus
                    if lu.strip()
                )
            )
    return pages


def ecart(un: Signe, autre: Signe) -> float:
    return max(abs(a - b) for a, b in zip(un[1:], autre[1:], strict=True))


def test_each_letter_stands_where_the_pdf_puts_it(paire: tuple[Papier, bytes]) -> None:
    papier, qt = paire
    attendus, obtenus = signes(papier.pdf), signes(qt)
    assert [len(page) for page in obtenus] == [len(page) for page in attendus]
    for page, peinte in zip(attendus, obtenus, strict=True):
        for signe in page:
            proches = (ecart(signe, autre) for autre in peinte if autre[0] == signe[0])
            assert min(proches, default=99.0) < JEU, signe[0]


def test_each_module_of_each_code_is_where_the_pdf_puts_it(paire: tuple[Papier, bytes]) -> None:
    papier, qt = paire
    for page, *images in zip(papier.pages, images_du_pdf(papier.pdf, 200), images_du_pdf(qt, 200), strict=True):
        for matrice in (element for element in page.elements if isinstance(element, Matrice)):
            for image in images:
                assert modules(image, matrice) == matrice.lignes


def modules(image: Image.Image, matrice: Matrice) -> tuple[tuple[bool, ...], ...]:
    """Dark or white at the centre of each module, at 200 dpi."""
    pas, cote = matrice.module * MM_PAR_POINT, range(len(matrice.lignes))

    def sombre(colonne: int, rang: int) -> bool:
        x, y = (matrice.x + (colonne + 0.5) * pas, matrice.y + (rang + 0.5) * pas)
        gris = image.getpixel((int(x / 25.4 * 200), int(y / 25.4 * 200)))
        return isinstance(gris, int) and gris < 128

    return tuple(tuple(sombre(colonne, rang) for colonne in cote) for rang in cote)


def test_the_two_drawings_have_the_same_ink(paire: tuple[Papier, bytes]) -> None:
    papier, qt = paire
    for image, peinte in zip(images_du_pdf(papier.pdf, 200), images_du_pdf(qt, 200), strict=True):
        assert max(abs(a - b) for a, b in zip(image.size, peinte.size, strict=True)) <= 1
        encre, autre = (
            sum((255 - gris) * nombre for gris, nombre in enumerate(i.histogram())) for i in (image, peinte)
        )
        assert autre == pytest.approx(encre, rel=0.02)


def noirceur(image: Image.Image) -> int:
    return sum((255 - gris) * nombre for gris, nombre in enumerate(image.histogram()))


def test_every_code_of_the_printed_pages_is_read_back(tmp_path: Path) -> None:
    lus = lire_pdf(imprime(PAPIERS["carnet"], tmp_path / "qt.pdf"))
    assert lus == [LIVRET.certificat_texte, *(un_pass.qr_texte for un_pass in LIVRET.passes)]


@pytest.mark.parametrize("gabarit", GABARITS.values(), ids=lambda gabarit: gabarit.cle)
def test_every_symbol_is_in_its_place_with_white_round_it_and_no_ink_near_a_cut(
    tmp_path: Path, gabarit: Gabarit
) -> None:
    papier = papier_carnet(replace(LIVRET, gabarit=gabarit, lieux=LIEUX_LONGS))
    assert ecarts(imprime(papier, tmp_path / "qt.pdf"), gabarit, 10) == []


def test_the_pages_are_drawn_not_photographed(tmp_path: Path, theme: Theme) -> None:
    pdf = imprime(PAPIERS["carnet"], tmp_path / "qt.pdf")
    faces, images = pdf.count(b"/FontFile2"), pdf.count(b"/Subtype /Image")
    assert (faces, images) == (4, 0)
    assert len(pdf) < 300_000
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 3
        assert document.get_metadata_dict()["Title"] == "PassDesk carnet 127-0001234"
