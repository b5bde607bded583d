"""`passdesk diagnostic`: asks nothing, writes one file, and says when the desk could not be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.services.poste import creer_poste
from tests.builders import PHRASE, PHRASE_LEGERE, horloge_fixe


@pytest.fixture
def guichet(tmp_path: Path) -> Path:
    creer_poste(tmp_path / "poste", PHRASE, "Claire Kanari", horloge_fixe(), cout_phrase=PHRASE_LEGERE).fermer()
    return tmp_path / "poste"


def test_with_the_passphrase_it_counts(
    guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    assert executer(["diagnostic", "--out", str(tmp_path / "d.txt"), "--base-dir", str(guichet)]) == 0
    assert "Diagnostic écrit" in capsys.readouterr().out
    dit = (tmp_path / "d.txt").read_text(encoding="utf-8")
    assert "table operation : 2" in dit and "Kanari" not in dit and str(tmp_path) not in dit


def test_without_it_nothing_is_asked_and_the_rest_is_there(
    guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert executer(["diagnostic", "--out", str(tmp_path / "d.txt"), "--base-dir", str(guichet), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["poste_lu"] is False
    assert "poste fermé" in (tmp_path / "d.txt").read_text(encoding="utf-8")


def test_a_base_that_does_not_open_is_told_in_the_file(
    guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    (guichet / "poste.db").write_bytes(b"plus rien")
    assert executer(["diagnostic", "--out", str(tmp_path / "d.txt"), "--base-dir", str(guichet), "--json"]) == 0
    lu = json.loads(capsys.readouterr().out)
    assert lu["base_fermee"] == "base_abimee"
    assert "poste fermé (base_abimee)" in (tmp_path / "d.txt").read_text(encoding="utf-8")


def test_it_writes_over_no_file_that_it_reads(guichet: Path, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase.txt"
    phrase.write_text(PHRASE)
    for lu in (guichet / "poste.db", phrase):
        avant = lu.read_bytes()
        ordre = ["diagnostic", "--out", str(lu), "--base-dir", str(guichet), "--phrase-file", str(phrase)]
        assert executer(ordre) == 2
        assert lu.read_bytes() == avant


def test_exit_codes(guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert executer(["diagnostic", "--base-dir", str(guichet)]) == 2
    assert executer(["diagnostic", "--out", str(tmp_path / "d"), "--base-dir", str(tmp_path / "ailleurs")]) == 4
    assert executer(["diagnostic", "--out", str(tmp_path / "rien" / "d"), "--base-dir", str(guichet)]) == 3
    assert "rien" not in [chemin.name for chemin in tmp_path.iterdir()]
    assert "Traceback" not in capsys.readouterr().err
