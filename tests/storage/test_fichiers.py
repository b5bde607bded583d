"""Files that another program holds for an instant, as Windows lets it: waited for, not told as a dead disk."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from passdesk.domain.erreurs import PanneAttendue
from passdesk.storage.echange import CLE_NEUVE, CLE_NEUVE_CHANTIER, decider_le_changement
from passdesk.storage.fichiers import ecrire_atomique


class Antivirus:
    """Holds a file for so many renames; `attendu`: seconds that were left to it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fois: int) -> None:
        self.restent, self.attendu = fois, 0.0
        self._vraie = os.replace
        monkeypatch.setattr(os, "replace", self._renommer)
        monkeypatch.setattr(time, "sleep", self._attendre)

    def _renommer(self, de: str | Path, vers: str | Path) -> None:
        if self.restent:
            self.restent -= 1
            raise PermissionError(13, "held by another program")
        self._vraie(de, vers)

    def _attendre(self, secondes: float) -> None:
        self.attendu += secondes


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.usefixtures("windows")
def test_on_windows_a_file_held_for_an_instant_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = tmp_path / "poste.cles"
    chemin.write_bytes(b"avant")
    antivirus = Antivirus(monkeypatch, 8)
    ecrire_atomique(chemin, b"apres")
    assert chemin.read_bytes() == b"apres"
    assert 1 < antivirus.attendu <= 2
    assert list(tmp_path.iterdir()) == [chemin]


@pytest.mark.usefixtures("windows")
def test_on_windows_a_folder_just_filled_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / CLE_NEUVE_CHANTIER).mkdir()
    Antivirus(monkeypatch, 3)
    decider_le_changement(tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == [CLE_NEUVE]


@pytest.mark.usefixtures("windows")
def test_on_windows_a_file_held_for_good_is_told_after_two_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    antivirus = Antivirus(monkeypatch, 1000)
    with pytest.raises(PanneAttendue, match="disque_muet"):
        ecrire_atomique(tmp_path / "poste.cles", b"apres")
    assert antivirus.attendu == pytest.approx(2)


def test_elsewhere_what_is_refused_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    antivirus = Antivirus(monkeypatch, 1)
    with pytest.raises(PanneAttendue, match="disque_muet"):
        ecrire_atomique(tmp_path / "poste.cles", b"apres")
    assert not antivirus.attendu
