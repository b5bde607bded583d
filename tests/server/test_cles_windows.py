"""The Region's clear keys on Windows, which ignores the mode of a file: for one account alone, or not written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.erreurs import PanneAttendue
from passdesk.server import racines
from passdesk.server.cles import NOM, creer_cles, garder_cles, ouvrir_cles, remplacer_cles
from passdesk.server.racine import CoutPhrase, nouvelle_racine
from tests.windows import COMPTE, Droits, sous_windows

JOUR = date(2026, 11, 23)


def test_the_keys_are_for_one_account_before_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    droits, fichier, racine = Droits(), tmp_path / NOM, nouvelle_racine()
    sous_windows(monkeypatch, droits)
    garder_cles(fichier, creer_cles(racine, JOUR))
    assert droits.de == {str(fichier): (f"{COMPTE}:(F)",)}
    assert droits.vus == {str(fichier): b""}
    neuves = creer_cles(racine, JOUR)
    remplacer_cles(fichier, neuves)
    assert droits.de[f"{fichier}.neuf"] == (f"{COMPTE}:(F)",), "a file keeps its rights under its new name"
    assert ouvrir_cles(fichier).publiques == neuves.publiques


@pytest.mark.parametrize("droits", [Droits(refuse=True), Droits(garde=False)], ids=["refused", "a stick"])
def test_keys_that_all_could_read_are_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, droits: Droits
) -> None:
    sous_windows(monkeypatch, droits)
    with pytest.raises(PanneAttendue, match="region_cles_a_tous"):
        garder_cles(tmp_path / NOM, creer_cles(nouvelle_racine(), JOUR))
    assert list(tmp_path.iterdir()) == []


def test_what_a_passphrase_closes_goes_on_a_stick_and_a_demonstration_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sous_windows(monkeypatch, Droits(garde=False))
    racines.creer(tmp_path / "racine.cle", "la Région garde sa clé", cout=CoutPhrase(8, 1, 1))
    garder_cles(tmp_path / NOM, creer_cles(nouvelle_racine(demonstration=True), JOUR), sans_valeur=True)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["racine.cle", "racine.cle.pub", NOM]
