"""`passdesk lieux`: a list taken from the command line, its report, its exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.services.poste import creer_poste
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.services.listes_lieux import france_services, lamednum_01


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    dossier = tmp_path / "poste"
    creer_poste(
        dossier, PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    ).fermer()
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    monkeypatch.chdir(tmp_path)
    yield dossier


def lieux(dossier: Path, *arguments: str) -> int:
    return executer(["lieux", *arguments, "--base-dir", str(dossier)])


def test_the_report_says_what_was_read_mended_and_refused(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    perdu = dict.fromkeys(("insee_com", "code_postal", "lib_com", "latitude", "longitude"), "")
    Path("fs.csv").write_text(
        france_services({}, {"id_fs": "2", "code_postal": "59530"}, {"id_fs": "3", "lib_fs": "Nulle part", **perdu})
    )
    assert lieux(dossier, "importer", "fs.csv", "--essai") == 1
    assert lieux(dossier, "lister") == 1
    assert "Aucun lieu" in capsys.readouterr().out
    assert lieux(dossier, "importer", "fs.csv") == 1
    sortie = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Ligne 3 (France services d’Exemple) : Réparé. G3 : Le code postal n’est pas celui de la commune" in sortie
    assert "Ligne 4 (Nulle part) : Refusé. Ni commune ni position" in sortie
    assert "3 lignes : 1 lues telles quelles, 1 réparées, 1 refusées." in sortie
    assert "C’est enregistré. Lieux : 2 nouveaux, 0 changés, 0 inchangés." in sortie


def test_the_report_for_another_program(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("epn.csv").write_text(lamednum_01({}))
    assert lieux(dossier, "importer", "epn.csv", "--json") == 0
    reponse = json.loads(capsys.readouterr().out)
    assert (reponse["liste"], reponse["essai"]) == ("lamednum", False)
    assert reponse["comptes"] == {"lu": 1, "repare": 0, "refuse": 0}
    assert reponse["effets"] == {"nouveau": 1, "change": 0, "inchange": 0}
    assert [e["code"] for ligne in reponse["lignes"] for e in ligne["explications"]] == ["lieu_sans_telephone"]
    assert lieux(dossier, "lister", "--accepte", "--json") == 0
    (lieu,) = json.loads(capsys.readouterr().out)
    assert executer(["poste", "regler", "--position", "50,20 ; 3,97", "--base-dir", str(dossier)]) == 0
    assert executer(["poste", "regler", "--position", "ailleurs", "--base-dir", str(dossier)]) == 2
    assert (lieu["commune"], lieu["accepte_pass"], lieu["distance_km"]) == ("Maubeuge", True, None)
    assert lieux(dossier, "lister") == 0
    assert "Espace Public Numérique · 59600 Maubeuge · 9 km" in capsys.readouterr().out.replace("\u00a0", " ")


def test_a_desk_that_moves_says_where_it_is_and_what_it_is_called(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ici = ("--base-dir", str(dossier))

    def etat() -> tuple[object, ...]:
        capsys.readouterr()
        assert executer(["poste", "etat", "--json", *ici]) == 0
        lu = json.loads(capsys.readouterr().out)
        return lu["libelle"], lu["itinerant"], lu["lieu_du_jour"]

    assert etat() == (None, False, None)
    assert executer(["poste", "regler", "--lieu-du-jour", "59249", *ici]) == 2
    assert "Ce poste ne se déplace pas." in capsys.readouterr().err
    regle = ["--libelle", " Bus  des Hauts ", "--itinerant", "oui", "--lieu-du-jour", "59249"]
    assert executer(["poste", "regler", *regle, *ici]) == 0
    dits = capsys.readouterr().out
    assert "porteront ce nom" in dits and "une fois par jour" in dits and "Les papiers du jour le diront." in dits
    assert etat() == ("Bus des Hauts", True, "Fourmies")
    assert executer(["poste", "regler", "--lieu-du-jour", "nulle part", *ici]) == 2
    assert executer(["poste", "regler", "--libelle", "", "--itinerant", "non", *ici]) == 0
    assert etat() == (None, False, None)


@pytest.mark.parametrize(
    ("contenu", "mots"),
    [(b"", "est vide"), (b"%PDF-1.7", "n’est pas un tableau"), (b"a;b\n1;2\n", "liste de lieux connue")],
)
def test_another_file_is_refused_in_a_sentence(
    dossier: Path, capsys: pytest.CaptureFixture[str], contenu: bytes, mots: str
) -> None:
    Path("liste.csv").write_bytes(contenu)
    assert lieux(dossier, "importer", "liste.csv") == 2
    assert mots in capsys.readouterr().err


def test_a_file_that_is_not_there_and_a_desk_that_is_not_there(dossier: Path, tmp_path: Path) -> None:
    assert lieux(dossier, "importer", "rien.csv") == 2
    assert lieux(tmp_path / "ailleurs", "lister") == 4
