"""The commands of the Region, as its people type them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from passdesk.cli import executer
from passdesk.server.racine import CoutPhrase
from tests.builders import FIN_PROCHAINE
from tests.cli.region_factice import PHRASE, Commande


@pytest.fixture
def commande(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commande:
    """Runs a command of the Region in `tmp_path/region`; with `--json` its answer, else (exit code, out, err)."""
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    monkeypatch.setattr("passdesk.server.racine.COUT_RACINE", CoutPhrase(8, 1, 1))

    def lancer(*arguments: str) -> Any:
        dossier = () if arguments[0] == "racine" else ("--base-dir", str(tmp_path / "region"))
        code = executer(["region", *arguments, *dossier])
        sortie = capsys.readouterr()
        if "--json" in arguments:
            assert (code, sortie.err) == (0, "")
            return json.loads(sortie.out)
        return code, sortie.out.replace("\u00a0", " "), sortie.err.replace("\u00a0", " ")

    return lancer


@pytest.fixture
def ouverte(commande: Commande, tmp_path: Path) -> Commande:
    """A Region with a campaign."""
    racine = str(tmp_path / "racine")
    assert commande("racine", "--out", racine)[0] == 0
    assert commande("initialiser", "--racine", racine)[0] == 0
    options = ("--numero", "12", "--libelle", "Pass 2026", "--dernier-jour", FIN_PROCHAINE, "--stock", "100")
    assert commande("campagne", "--racine", racine, *options)[0] == 0
    return commande
