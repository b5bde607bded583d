"""`passdesk sauvegarder` and `restaurer`: one file, never over another, and the exit codes of the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.services.poste import creer_poste
from passdesk.storage.sauvegarde import lire_entete
from passdesk.storage.verrou import tenir_seul
from tests.builders import PHRASE, PHRASE_LEGERE, horloge_fixe


@pytest.fixture
def guichet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    creer_poste(tmp_path / "poste", PHRASE, "Claire", horloge_fixe(), cout_phrase=PHRASE_LEGERE).fermer()
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    return tmp_path / "poste"


def test_it_is_written_verified_and_counted(guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    avant = {f.name for f in guichet.iterdir()}
    voisin = tmp_path / "a.partiel"
    voisin.write_text("à moi")
    assert executer(["sauvegarder", str(tmp_path / "a"), "--base-dir", str(guichet)]) == 0
    assert capsys.readouterr().out == "La sauvegarde est écrite, relue et vérifiée\u00a0: 2 actes.\n"
    assert executer(["sauvegarder", str(tmp_path / "b"), "--base-dir", str(guichet), "--json"]) == 0
    lu = json.loads(capsys.readouterr().out)
    assert (lu["fichier"], lu["actes"]) == (str(tmp_path / "b"), 2)
    assert lire_entete(tmp_path / "b").faite_le.isoformat(timespec="seconds") == lu["faite_le"][:19] + "+00:00"
    assert voisin.read_text() == "à moi"
    assert {f.name for f in tmp_path.iterdir()} == {"poste", "a", "a.partiel", "b"}
    assert {f.name for f in guichet.iterdir()} - avant <= {"sauvegardes", "sauvegarde.verrou"}


def test_what_is_refused(guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"une photo")
    for fichier in (tmp_path / "photo.jpg", tmp_path / "absent" / "a", tmp_path):
        assert executer(["sauvegarder", str(fichier), "--base-dir", str(guichet)]) == 2
    assert (tmp_path / "photo.jpg").read_bytes() == b"une photo"
    assert executer(["sauvegarder", str(tmp_path / "a"), "--base-dir", str(tmp_path / "ailleurs")]) == 4
    assert executer(["sauvegarder", "--base-dir", str(guichet)]) == 2
    sortie, plaintes = capsys.readouterr()
    assert sortie == "" and "existe déjà" in plaintes and "Ce dossier n’est pas là" in plaintes
    assert not (tmp_path / "a").exists()


def test_what_would_come_back_is_told_then_done(
    guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ici, fichier = ["--base-dir", str(guichet)], str(tmp_path / "a")
    assert executer(["sauvegarder", fichier, *ici]) == 0
    assert executer(["poste", "regler", "--telephone-aide", "03 53 01 00 00", *ici]) == 0
    (guichet / "poste.db").write_bytes(b"plus rien")
    assert executer(["poste", "etat", *ici]) == 4
    capsys.readouterr()
    assert executer(["restaurer", fichier, "--essai", *ici]) == 0
    essai = capsys.readouterr().out
    assert "Actes\u00a0: 2. Personnes\u00a0: 0." in essai and "ne se lit plus" in essai and "revenu" not in essai
    assert (guichet / "poste.db").read_bytes() == b"plus rien"
    assert executer(["restaurer", fichier, "--json", *ici]) == 0
    lu = json.loads(capsys.readouterr().out)
    assert (lu["essai"], lu["actes"], lu["depuis"], lu["lisible"]) == (False, 2, None, False)
    assert executer(["verifier-base", *ici]) == 0


def test_what_cannot_be_put_back(guichet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fichier, neuf = tmp_path / "a", ["--base-dir", str(tmp_path / "neuf")]
    assert executer(["sauvegarder", str(fichier), "--base-dir", str(guichet)]) == 0
    (tmp_path / "photo.jpg").write_bytes(b"une photo")
    (tmp_path / "coupee").write_bytes(fichier.read_bytes()[:-100])
    for nom in ("photo.jpg", "coupee", "absente", "."):
        assert executer(["restaurer", str(tmp_path / nom), *neuf]) == 2
    assert not list((tmp_path / "neuf").rglob("*.db"))
    with tenir_seul(guichet):
        assert executer(["restaurer", str(fichier), "--base-dir", str(guichet)]) == 3
    assert "déjà ouvert" in capsys.readouterr().err
