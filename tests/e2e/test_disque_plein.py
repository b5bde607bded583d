"""A disk really full under the desk: the sentence, nothing half done, and work goes on once there is room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from passdesk.ui.messages import message
from tests.builders import terrain
from tests.e2e.processus import enfant

REFUS = {"Volume": "disque_plein", "Limite": "disque_muet"}
"""What the system answers: no room left, or a file that may not grow."""


@pytest.mark.parametrize("moyen", ["volume", "limite"])
def test_each_act_is_refused_whole_and_done_once_there_is_room(tmp_path: Path, moyen: str) -> None:
    with terrain(tmp_path) as lieu:
        guichet = lieu.nouveau_poste().dossier
    (tmp_path / "disque").mkdir()
    with enfant("enfant_disque", moyen, guichet, tmp_path / "disque") as bureau:
        refus = REFUS[bureau.annonce()["moyen"]]
        dits: list[dict[str, Any]] = []
        while not dits or dits[-1]["geste"] != "fin":
            dits.append(bureau.annonce())
        plein, libre = bureau.annonce(), bureau.annonce()
    assert dits[-1]["problemes"] == []
    for geste in ("noter", "attribuer", "lancer", "perdre", "remplacer", "lieux", "corriger"):
        essais = [dit for dit in dits if dit["geste"] == geste]
        assert (essais[0]["reste"], essais[0]["dit"]) == (0, refus)
        assert {dit["dit"] for dit in essais[:-1]} == {refus}
        # Told and nothing changed, or done and nothing told; sound in both cases.
        assert [dit["change"] for dit in essais] == [not dit["dit"] for dit in essais]
        assert essais[-1]["dit"] == ""
        assert [dit["problemes"] for dit in essais] == [[]] * len(essais)
    assert len([dit for dit in dits if dit["geste"] == "lieux"]) == 4, "not one place while the list does not fit"
    reglages = [(dit["dit"], dit["couche"], dit["restes"]) for dit in dits if dit["geste"] == "regler"]
    assert reglages == [("", 100.0, 0), ("reglage_non_garde", 100.0, 0), ("", 98.5, 0)]
    papiers = [dit for dit in dits if dit["geste"] == "papier"]
    assert [(dit["dit"], dit["fichiers"]) for dit in papiers[:-1]] == [("papier_non_ecrit", 0)] * (len(papiers) - 1)
    assert (papiers[-1]["dit"], papiers[-1]["fichiers"]) == ("", 1)
    assert (plein["sortie"], plein["plaintes"]) == (3, f"{message(refus)}\n")
    assert (libre["sortie"], libre["plaintes"]) == (0, "")
