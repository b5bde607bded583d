"""`passdesk personne importer`: exit codes, French sentences, and no name on the console."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.services.poste import creer_poste, ouvrir_poste
from passdesk.storage import personnes
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.services.classeurs import ods

TEXTE = "Nom;Prénom;Né(e) le;Commune\nVanhoutte;Wilhelmine;12/04/1987;Maubeuge\nDelattre;Noé;03/05/1950;Fourmies\n"


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    dossier = tmp_path / "poste"
    creer_poste(
        dossier, PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    ).fermer()
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    monkeypatch.chdir(tmp_path)
    yield dossier


def inscrites(dossier: Path) -> int:
    poste = ouvrir_poste(dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    try:
        return personnes.compter(poste.base)
    finally:
        poste.fermer()


def importer(dossier: Path, *arguments: str) -> int:
    return executer(["personne", "importer", *arguments, "--base-dir", str(dossier)])


def test_a_try_writes_nothing_then_the_same_file_is_recorded_once(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("liste.csv").write_text(TEXTE, encoding="cp1252")
    assert importer(dossier, "liste.csv", "--essai") == 0
    assert inscrites(dossier) == 0
    assert importer(dossier, "liste.csv") == 0
    assert inscrites(dossier) == 2
    assert importer(dossier, "liste.csv", "--json") == 0
    assert inscrites(dossier) == 2
    sortie, plaintes = capsys.readouterr()
    assert plaintes == ""
    reponse = json.loads(sortie[sortie.index("{") :])
    assert (reponse["inscrites"], reponse["comptes"]["deja_inscrite"]) == (0, 2)
    assert not any(mot in sortie for mot in ("Vanhoutte", "Delattre", "Maubeuge", "1987"))


def test_what_is_left_to_look_at_answers_one_and_says_where(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("liste.csv").write_text(TEXTE + "Leleu;Ana;31/02/1990;Maubeuge\n")
    assert importer(dossier, "liste.csv") == 1
    assert inscrites(dossier) == 2
    assert "Ligne 4\u00a0: À corriger. C4\u00a0: Février n’a pas de 31." in capsys.readouterr().out


def test_a_twin_answers_one_and_is_told_where_to_take_it(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("liste.csv").write_text(TEXTE + "Delattre;Noé Jean;03/05/1950;\nDelattre;Noé Luc;03/05/1950;\n")
    assert importer(dossier, "liste.csv") == 1
    assert inscrites(dossier) == 2
    dit = capsys.readouterr().out
    assert "Ligne 5\u00a0: Homonyme possible. Même nom, premier prénom et naissance que la ligne" in dit
    assert "Pour prendre une ligne laissée\u00a0: dans PassDesk, Personnes, «\u00a0Depuis un tableau\u00a0»." in dit
    assert importer(dossier, "liste.csv", "--essai", "--json") == 1
    (reponse,) = (ligne for ligne in json.loads(capsys.readouterr().out)["lignes"] if ligne["ligne"] == 5)
    assert reponse["reponse"] == "meme_cle" and "Prenez la ligne si c’est une autre personne" in reponse["raison"]


def test_the_sheet_is_chosen_by_its_name(dossier: Path) -> None:
    rangees = [ligne.split(";") for ligne in TEXTE.splitlines()]
    Path("liste.ods").write_bytes(ods({"Aide": [["Bonjour"]], "Mars": rangees, "Avril": rangees[:2]}))
    assert importer(dossier, "liste.ods") == 2, "the first sheet names nobody"
    assert importer(dossier, "liste.ods", "--feuille", "Mai") == 2
    assert importer(dossier, "liste.ods", "--feuille", "Avril") == 0
    assert inscrites(dossier) == 1


@pytest.mark.parametrize(
    ("contenu", "mots"),
    [
        (b"", "est vide"), (b"%PDF-1.7", "n’est pas un tableau"), (b"\xd0\xcf\x11\xe0abcdefgh", "ancien format"),
        (b"PK\x03\x04abcdefgh", "est abîmé"), (b'Nom;Note\nLeleu;"jamais ferm\xe9\n', "à la ligne"),
        (b"Couleur;Taille\nrouge;10\n", "Aucune colonne ne donne le nom"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_wrong_use(
    dossier: Path, capsys: pytest.CaptureFixture[str], contenu: bytes, mots: str
) -> None:
    Path("liste.csv").write_bytes(contenu)
    assert importer(dossier, "liste.csv") == 2
    sortie, plaintes = capsys.readouterr()
    assert (sortie, "Rien n’a été enregistré." in plaintes or "Rien n’a été changé." in plaintes) == ("", True)
    assert mots in plaintes
    assert inscrites(dossier) == 0


def test_without_a_desk_or_with_another_phrase_the_base_stays_closed(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("liste.csv").write_text(TEXTE)
    assert importer(dossier / "autre", "liste.csv") == 4
    monkeypatch.setenv("PASSDESK_PHRASE", "une autre phrase que celle-là")
    assert importer(dossier, "liste.csv") == 4
