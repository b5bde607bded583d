"""Many carnets in one file: each sheet is the one that the carnet has alone, in the order of the pile."""

from __future__ import annotations

import io
import tracemalloc

import pypdfium2
import pytest

from passdesk.domain.gabarit import GROS
from passdesk.printing.carnet_pdf import render_carnet
from passdesk.printing.lecture import lire_pdf
from passdesk.printing.pages_pdf import ouvrir_pdf
from passdesk.printing.pile_pdf import PilePdf
from tests.printing.fabrique import carnet, textes_du_pdf

CARNETS = (
    render_carnet(carnet(10)),
    render_carnet(carnet(5, gabarit=GROS)),
    render_carnet(carnet(10), (3,)),
)


def empiler(*pdfs: bytes) -> bytes:
    sortie = io.BytesIO()
    pile = PilePdf(sortie, "PassDesk 3 carnets")
    for pdf in pdfs:
        pile.ajouter(pdf)
    pile.finir()
    return sortie.getvalue()


def images(pdf: bytes) -> list[bytes]:
    with ouvrir_pdf(pdf) as document:
        return [document.raster(rang, 1.5).tobytes() for rang in range(len(document))]


def test_each_sheet_is_the_one_of_the_carnet_alone() -> None:
    pile = empiler(*CARNETS)
    assert textes_du_pdf(pile) == [texte for pdf in CARNETS for texte in textes_du_pdf(pdf)]
    assert images(pile) == [image for pdf in CARNETS for image in images(pdf)]
    # The three are of the same pass, which a reader tells once.
    assert lire_pdf(pile) == [*dict.fromkeys(code for pdf in CARNETS for code in lire_pdf(pdf))]


def test_the_streams_are_those_of_the_carnet_alone_and_the_same_pile_has_the_same_bytes() -> None:
    pile = empiler(*CARNETS)
    for pdf in CARNETS:
        flux = pdf.split(b"stream\n")[1].split(b"endstream")[0]
        assert flux in pile
    assert pile == empiler(*CARNETS)


def test_a_pile_opens_without_repair_and_says_what_it_is() -> None:
    pile = empiler(*CARNETS)
    document = pypdfium2.PdfDocument(pile)
    assert document.get_metadata_value("Title") == "PassDesk 3 carnets"
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document) == 0
    document.close()
    # The table is right: every entry leads to the object of its number.
    debut = int(pile.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    entrees = pile[debut:].split(b"trailer")[0].splitlines()[2:]
    menees = [(numero, int(entree[:10])) for numero, entree in enumerate(entrees) if entree.rstrip().endswith(b"n")]
    assert len(menees) > 40
    assert all(pile[place:].startswith(b"%d 0 obj\n" % numero) for numero, place in menees)
    assert b"/PrintScaling /None" in pile and b"ReportLab" not in pile


def test_nothing_of_a_carnet_stays_in_memory_once_it_is_written() -> None:
    class Trou(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, octets: object) -> int:
            return len(octets)  # type: ignore[arg-type]

    pile = PilePdf(Trou(), "PassDesk")  # type: ignore[arg-type]
    pile.ajouter(CARNETS[0])
    tracemalloc.start()
    for _ in range(60):
        pile.ajouter(CARNETS[0])
    garde, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert garde < 60 * 5_000, "a carnet weighs ten times more"


@pytest.mark.parametrize("faux", [b"", b"%PDF-1.4\nstartxref\n5\n%%EOF\n" + b"\n" * 90, CARNETS[0][:-200]])
def test_what_our_writer_did_not_make_is_not_taken(faux: bytes) -> None:
    with pytest.raises(ValueError, match="not a file of ours"):
        PilePdf(io.BytesIO(), "PassDesk").ajouter(faux)
