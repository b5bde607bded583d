"""`passdesk agent`: who may open a desk, from the command line; secrets never come as arguments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.services.poste import creer_poste
from passdesk.storage.verrou import tenir_seul
from tests.builders import PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.printing.fabrique import textes_du_pdf

DE_SAM = "violon rouge mardi cascade"
AUTRE = "lampe rivage moulin tambour"


@pytest.fixture
def guichet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    creer_poste(tmp_path / "poste", PHRASE, "Claire Mabille", horloge_fixe(), cout_phrase=PHRASE_LEGERE).fermer()
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    return tmp_path / "poste"


def ecrire(chemin: Path, secret: str) -> str:
    chemin.write_text(secret + "\n", encoding="utf-8")
    return str(chemin)


def ouvre(guichet: Path, phrase: Path | str) -> int:
    return executer(["poste", "etat", "--base-dir", str(guichet), "--phrase-file", str(phrase)])


def test_come_change_and_leave(guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ici = ["--base-dir", str(guichet)]
    de_sam, autre = ecrire(tmp_path / "sam", DE_SAM), ecrire(tmp_path / "autre", AUTRE)
    assert executer(["agent", "ajouter", "Sam Leroy", "--nouvelle-phrase-file", de_sam, *ici]) == 0
    assert ouvre(guichet, de_sam) == 0
    assert executer(["agent", "phrase", "--phrase-file", de_sam, "--nouvelle-phrase-file", autre, *ici]) == 0
    assert (ouvre(guichet, de_sam), ouvre(guichet, autre)) == (4, 0)
    assert executer(["agent", "phrase", "--agent", "sam leroy", "--nouvelle-phrase-file", de_sam, *ici]) == 0
    assert (ouvre(guichet, de_sam), ouvre(guichet, autre)) == (0, 4)
    capsys.readouterr()
    assert executer(["agent", "lister", "--json", *ici]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "agents": [
            {"nom": "Claire Mabille", "role": "responsable", "moi": True, "phrase": True},
            {"nom": "Sam Leroy", "role": "mediateur", "moi": False, "phrase": True},
        ],
        "feuille_de_secours": None,
    }
    assert executer(["agent", "retirer", "Sam Leroy", *ici]) == 0
    assert ouvre(guichet, de_sam) == 4


def test_the_sheet_is_written_apart_and_gives_the_desk_back(
    guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ici, out = ["--base-dir", str(guichet)], tmp_path / "feuille.pdf"
    assert executer(["agent", "feuille", "--out", str(guichet / "feuille.pdf"), *ici]) == 2
    assert executer(["agent", "feuille", "--out", str(out), *ici]) == 0
    assert executer(["agent", "feuille", "--out", str(out), *ici]) == 2
    assert out.stat().st_mode & 0o777 == 0o600
    (page,) = textes_du_pdf(out.read_bytes())
    suite = page.split("Clé de secours", 1)[1].split("Comment", 1)[0]
    secours, autre = ecrire(tmp_path / "secours", suite.replace("\r\n", " ").strip()), ecrire(tmp_path / "n", AUTRE)
    capsys.readouterr()
    retrouver = ["agent", "retrouver", "claire mabille", "--secours-file", secours, "--nouvelle-phrase-file", autre]
    assert executer([*retrouver, *ici]) == 0
    dits = capsys.readouterr()
    assert "reste bonne" in dits.out
    assert [g for g in suite.split() if len(g) == 4 and g in dits.out + dits.err] == []
    assert (ouvre(guichet, autre), executer(["poste", "etat", *ici])) == (0, 4)


def test_what_is_refused(guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ici = ["--base-dir", str(guichet)]
    de_sam = ecrire(tmp_path / "sam", DE_SAM)
    assert executer(["agent", "retirer", "Sam Leroy", *ici]) == 2
    assert executer(["agent", "retirer", "Claire Mabille", *ici]) == 2
    assert executer(["agent", "ajouter", "Sam Leroy", *ici]) == 2  # no source for the new passphrase
    mauvaise = ecrire(tmp_path / "cle", "ABCD")
    retrouver = ["agent", "retrouver", "Claire Mabille", "--secours-file", mauvaise, "--nouvelle-phrase-file", de_sam]
    assert executer([*retrouver, *ici]) == 2
    with tenir_seul(guichet):  # the window is open
        assert executer(["agent", "ajouter", "Sam Leroy", "--nouvelle-phrase-file", de_sam, *ici]) == 3
    assert capsys.readouterr().out == ""
    assert ouvre(guichet, de_sam) == 4
