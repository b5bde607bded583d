"""Reading whatever a desk is given as a spreadsheet: right letters, right rows, or one known refusal."""

from __future__ import annotations

import io
import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.erreurs import KnownError, SaisieRefusee
from passdesk.services import tableur, tableur_feuilles
from passdesk.services.tableur import ouvrir_tableau
from passdesk.ui.messages import MESSAGES
from tests.services.classeurs import ods, ods_brut, xlsx, xlsx_brut, zipper

LIGNES = [["Nom", "Prénom", "Né(e) le"], ["Lefèvre", "Zoë", "12/04/1987"], ["d’Œuf", "Noël", ""]]


def lues(chemin: Path, feuille: str | None = None) -> list[list[str]]:
    return [list(ligne.cellules) for ligne in ouvrir_tableau(chemin, feuille).lignes()]


def refus(chemin: Path, feuille: str | None = None) -> str:
    with pytest.raises(SaisieRefusee) as trouble:
        lues(chemin, feuille)
    assert trouble.value.code in MESSAGES
    return trouble.value.code


@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separateur", [";", ",", "\t", "|"])
@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_letters_separator_and_ends_of_line_are_found(tmp_path: Path, codage: str, separateur: str, fin: str) -> None:
    texte = fin.join(separateur.join(rangee) for rangee in LIGNES) + fin
    fichier = tmp_path / "personnes.csv"
    fichier.write_bytes(texte.encode(codage))
    assert lues(fichier) == LIGNES


def test_quotes_hold_separators_quotes_and_new_lines(tmp_path: Path) -> None:
    fichier = tmp_path / "personnes.csv"
    fichier.write_text('Nom;Adresse\r\n"O;Neil";"12, rue ""du Four""\r\nBâtiment B"\r\n\r\nLeleu;\r\n', newline="")
    tableau = ouvrir_tableau(fichier)
    assert [ligne.numero for ligne in tableau.lignes()] == [1, 2, 3, 4], "as the spreadsheet counts, blank row included"
    assert lues(fichier)[1] == ["O;Neil", '12, rue "du Four"\r\nBâtiment B']
    assert [ligne.vide for ligne in tableau.lignes()] == [False, False, True, False]


def test_a_comma_inside_an_address_does_not_choose_the_separator(tmp_path: Path) -> None:
    fichier = tmp_path / "personnes.csv"
    fichier.write_text("Nom;Adresse\n" + "Leleu;12, rue du Four, Maubeuge\n" * 20)
    assert lues(fichier)[1] == ["Leleu", "12, rue du Four, Maubeuge"]


def test_the_line_that_excel_adds_only_tells_the_separator(tmp_path: Path) -> None:
    fichier = tmp_path / "personnes.csv"
    fichier.write_text("sep=|\nNom|Note\nLeleu|a;b;c;d\n")
    assert lues(fichier) == [[], ["Nom", "Note"], ["Leleu", "a;b;c;d"]]


def test_formulas_stay_text(tmp_path: Path) -> None:
    fichier = tmp_path / "personnes.csv"
    fichier.write_text("Nom;Téléphone;Note\n=1+1;=\"0612345678\";=cmd|' /C calc'!A0\n")
    assert lues(fichier)[1] == ["=1+1", "0612345678", "=cmd|' /C calc'!A0"], '="…" only keeps a zero in front'
    classeur = tmp_path / "personnes.ods"
    case = '<table:table-cell table:formula="of:={}" office:value-type="string" office:string-value="vu">{}'
    texte = "<text:p>vu</text:p></table:table-cell>"
    rangee = f"<table:table-row>{case.format('WEBSERVICE(&quot;http://x&quot;)', texte)}</table:table-row>"
    classeur.write_bytes(ods_brut(f'<table:table table:name="F">{rangee}</table:table>'))
    assert lues(classeur) == [["vu"]], "what the sheet showed last, computed by nobody"


def test_one_stray_letter_does_not_spoil_all_the_others(tmp_path: Path) -> None:
    fichier = tmp_path / "personnes.csv"
    fichier.write_bytes("Nom;Prénom\nLefèvre;Zoë\nNo".encode() + b"\xebl;Ana\n" + "Gaël;Léo\n".encode())
    assert [rangee[0] for rangee in lues(fichier)] == ["Nom", "Lefèvre", "No\ufffdl", "Gaël"]


@pytest.mark.parametrize("fabrique", [ods, xlsx])
def test_sheets_are_read_like_a_csv(tmp_path: Path, fabrique: type) -> None:
    fichier = tmp_path / "personnes"
    fichier.write_bytes(fabrique({"Aide": [["Lisez-moi"]], "Bénéficiaires": [[], ["", ""], *LIGNES], "Autres": []}))
    tableau = ouvrir_tableau(fichier)
    assert tableau.feuilles == ("Aide", "Bénéficiaires", "Autres")
    assert tableau.feuille == "Bénéficiaires", "La Coop's sheet is taken first"
    pleines = [ligne for ligne in tableau.lignes() if not ligne.vide]
    assert [ligne.numero for ligne in pleines] == [3, 4, 5], "empty rows above count, as on the screen"
    assert [list(ligne.cellules) for ligne in pleines] == LIGNES
    assert lues(fichier, "Aide") == [["Lisez-moi"]]
    assert refus(fichier, "Inconnue") == "feuille_absente"


def test_dates_and_numbers_of_a_sheet_become_what_one_would_type(tmp_path: Path) -> None:
    classeur = tmp_path / "personnes.xlsx"
    rangee = '<row r="2"><c r="B2" s="1"><v>31879</v></c><c r="C2"><v>612345678</v></c><c r="D2"><v>1.5</v></c></row>'
    classeur.write_bytes(xlsx_brut(("F", rangee)))
    assert lues(classeur)[1] == ["", "1987-04-12", "612345678", "1.5"]


@pytest.mark.parametrize(
    ("contenu", "code"),
    [
        (b"", "fichier_vide"),
        (b"%PDF-1.7 ...", "tableau_autre_chose"),
        (b"\x89PNG\r\n\x1a\n", "tableau_autre_chose"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "tableau_ancien_format"),
        (b"<!DOCTYPE html><table><tr><td>Nom</td></tr></table>", "tableau_autre_chose"),
        (b"Nom;Pr\x00\x00nom\n", "tableau_autre_chose"),
        (b"Nom;Note\nLeleu;\"jamais ferm\xe9\n" * 3, "tableau_mal_ecrit"),
        (b"Nom;Note\nLeleu;\"long" + b"g" * 200_000 + b'"\n', "tableau_mal_ecrit"),
        (b"Nom" + b";" * 300 + b"x\n", "tableau_trop_large"),
        (b"PK\x03\x04 pas un zip", "tableau_abime"),
        (zipper({"word/document.xml": "<x/>"}), "tableau_autre_chose"),
        (zipper({"content.xml": "<x"}), "tableau_abime"),
        (ods({}), "tableau_sans_feuille"),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(tmp_path: Path, contenu: bytes, code: str) -> None:
    fichier = tmp_path / "recu.csv"
    fichier.write_bytes(contenu)
    assert refus(fichier) == code


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refus(tmp_path) == "fichier_est_dossier"
    assert refus(tmp_path / "absent.csv") == "fichier_introuvable"
    assert refus(tmp_path / "avec\0zero.csv") == "fichier_introuvable"
    os.mkfifo(tmp_path / "tuyau.csv")
    assert refus(tmp_path / "tuyau.csv") == "fichier_non_lu", "a pipe would never end"


def test_limits_are_told_rather_than_met(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fichier = tmp_path / "personnes.csv"
    fichier.write_text("Nom;Prénom\n" * 50)
    monkeypatch.setattr(tableur, "LIGNES_MAX", 49)
    assert refus(fichier) == "tableau_trop_long"
    monkeypatch.setattr(tableur, "OCTETS_MAX", 40)
    assert refus(fichier) == "tableau_trop_lourd"


_CASE = '<table:table-cell {}office:value-type="string"><text:p>A</text:p></table:table-cell>'
_COL, _LIG = 'table:number-columns-repeated="16000" ', 'table:number-rows-repeated="1000000"'


@pytest.mark.parametrize(
    "contenu",
    [
        ods_brut(
            f'<table:table table:name="F"><table:table-row {_LIG}>{_CASE.format(_COL)}</table:table-row></table:table>'
        ),
        ods_brut(
            f'<table:table table:name="F"><table:table-row {_LIG}><table:table-cell {_COL}/>{_CASE.format("")}'
            "</table:table-row></table:table>"
        ),
        ods_brut(
            f'<table:table table:name="F"><table:table-row>{_CASE.format(_COL)}</table:table-row>'
            f"<table:table-row {_LIG}><table:table-cell/></table:table-row><table:table-row>{_CASE.format('')}"
            "</table:table-row></table:table>"
        ),
        xlsx_brut(("F", '<row r="1"><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>')),
        xlsx_brut(("F", "<row r = '1'><c s=\"1\"\n r='A1'><v>1</v></c><c r=\"XFD9000\"><v>1</v></c></row>")),
        xlsx_brut(("F", '<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>')),
    ],
)  # fmt: skip
def test_a_few_bytes_that_stand_for_billions_of_cells_are_refused(tmp_path: Path, contenu: bytes) -> None:
    fichier = tmp_path / "bombe.ods"
    fichier.write_bytes(contenu)
    assert refus(fichier) in ("tableau_trop_de_cellules", "tableau_abime")


def test_a_zip_of_gigabytes_is_left_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tableur_feuilles, "OCTETS_DEPLIES_MAX", 4 << 20)
    fichier = tmp_path / "bombe.xlsx"
    fichier.write_bytes(xlsx_brut(("F", "<row></row>" * 500_000)))
    assert fichier.stat().st_size < 50_000
    assert refus(fichier) == "tableau_trop_lourd"


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_tells(tmp_path: Path) -> None:
    entier = xlsx_brut(("F", '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 100_000))
    fichier = tmp_path / "menteur.xlsx"
    with zipfile.ZipFile(io.BytesIO(entier)) as recu:
        taille = recu.getinfo("xl/worksheets/sheet1.xml").file_size
    fichier.write_bytes(entier.replace(taille.to_bytes(4, "little"), (200).to_bytes(4, "little")))
    assert refus(fichier) == "tableau_abime"


def test_pictures_and_macros_of_a_sheet_are_never_unpacked(tmp_path: Path) -> None:
    fichier = tmp_path / "personnes.ods"
    fichier.write_bytes(ods({"F": LIGNES}))
    with zipfile.ZipFile(fichier, "a") as ajout:
        ajout.writestr("Basic/Standard/Module1.xlb", "Shell")
        ajout.writestr("Pictures/x.png", b"\0" * 1000)
    assert lues(fichier) == LIGNES


def sans_surprise(fichier: Path) -> None:
    """Rows, or a refusal that has its sentence: nothing else."""
    try:
        for ligne in ouvrir_tableau(fichier).lignes():
            assert all(isinstance(cellule, str) for cellule in ligne.cellules)
    except KnownError as trouble:
        assert trouble.code in MESSAGES


_DEBUTS = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"sep=;\n", b"Nom;Pr\xe9nom\n", b'"', b"PK\x03\x04")


@given(st.sampled_from(_DEBUTS), st.binary(max_size=400))
def test_any_bytes_give_rows_or_a_known_refusal(
    tmp_path_factory: pytest.TempPathFactory, debut: bytes, reste: bytes
) -> None:
    fichier = tmp_path_factory.getbasetemp() / "octets"
    fichier.write_bytes(debut + reste)
    sans_surprise(fichier)


@given(
    st.text(alphabet=st.sampled_from('aé;,\t"\r\n\0=\u2028\ufeff'), max_size=80), st.sampled_from(["utf-8", "utf-16"])
)
def test_any_text_of_csv_signs_gives_rows_or_a_known_refusal(
    tmp_path_factory: pytest.TempPathFactory, texte: str, codage: str
) -> None:
    fichier = tmp_path_factory.getbasetemp() / "signes"
    fichier.write_bytes(texte.encode(codage))
    sans_surprise(fichier)


@given(st.sampled_from([ods({"F": LIGNES}), xlsx({"F": LIGNES})]), st.integers(0, 1 << 30), st.integers(1, 40))
def test_a_sheet_with_spoiled_bytes_gives_rows_or_a_known_refusal(
    tmp_path_factory: pytest.TempPathFactory, entier: bytes, graine: int, fautes: int
) -> None:
    hasard = random.Random(graine)
    octets = bytearray(entier)
    for _ in range(fautes):
        octets[hasard.randrange(len(octets))] = hasard.randrange(256)
    fichier = tmp_path_factory.getbasetemp() / "gate"
    fichier.write_bytes(octets)
    sans_surprise(fichier)


_BALISES = st.sampled_from(
    ["<table:table-row>", "</table:table-row>", "<table:table-cell/>", "</table:table>", "<text:p>a", "</text:p>", "<",
     _CASE.format(""), '<table:table-cell office:value-type="date" office:date-value="x">', '<row r="2">', "</row>",
     '<c r="A1"><v>9</v></c>', '<c r="B2" s="9"><v>1e400</v></c>', '<c t="s"><v>7</v></c>', "&x;", "<table:table>"]
)  # fmt: skip


@given(st.sampled_from([ods_brut, lambda xml: xlsx_brut(("F", xml))]), st.lists(_BALISES, max_size=12))
def test_tags_in_any_order_give_rows_or_a_known_refusal(
    tmp_path_factory: pytest.TempPathFactory, fabrique: type, balises: list[str]
) -> None:
    fichier = tmp_path_factory.getbasetemp() / "balises"
    fichier.write_bytes(fabrique("".join(balises)))
    sans_surprise(fichier)
