"""One demonstration for all end-to-end tests: a real run of the command, in a folder with spaces and accents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

RACINE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Demonstration:
    """What a run left: its folder, figures, words, and the verdict of every coupon by the command itself."""

    dossier: Path
    bilan: Mapping[str, Any]
    sortie: str
    plaintes: str
    temporaires: Path
    maison: Path
    ailleurs: Path
    en_vigueur: list[dict[str, Any]]
    en_litige: list[dict[str, Any]]

    def verifier(self, *arguments: str | Path) -> list[str]:
        """Arguments of `passdesk verifier` with this demonstration's root and list."""
        fichiers = ["--racine", self.dossier / "racine.pub", "--confiance", self.dossier / "confiance.bin", "--json"]
        return ["verifier", *map(str, arguments), *map(str, fichiers)]


def environnement(**autres: str | Path) -> dict[str, str]:
    """The variables of a child process: the program can be imported from anywhere, nothing of the tester is seen."""
    gardees = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("PASSDESK", "XDG_"))}
    return {**gardees, "PYTHONPATH": str(RACINE), **{nom: str(valeur) for nom, valeur in autres.items()}}


def passdesk(*arguments: str | Path, cwd: Path, **variables: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as a person starts it: a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "passdesk", *map(str, arguments)],
        cwd=cwd, env=environnement(**variables), capture_output=True, text=True, encoding="utf-8", check=False,
        stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration run once; tests read it and change nothing in it."""
    lieu = tmp_path_factory.mktemp("demonstration")
    dossier = lieu / "Bilan d’été, Cœur de l’Avesnois"
    temporaires, maison, ailleurs = (lieu / nom for nom in ("temporaires", "maison", "ailleurs"))
    for cree in (temporaires, maison, ailleurs):
        cree.mkdir()
    faite = passdesk("demo", "--out", dossier, cwd=ailleurs, TMPDIR=temporaires, HOME=maison)
    assert faite.returncode == 0, faite.stderr
    verdicts = []
    for nom in ("carnets", "litige"):
        pdf = [argument for fichier in sorted((dossier / nom).glob("*.pdf")) for argument in ("--pdf", fichier)]
        lus = passdesk(
            "verifier", *pdf, "--racine", dossier / "racine.pub", "--confiance", dossier / "confiance.bin", "--json",
            cwd=ailleurs, LANG="C", LC_ALL="C",
        )  # fmt: skip
        assert lus.returncode == (0 if nom == "carnets" else 1), lus.stderr
        verdicts.append(json.loads(lus.stdout))
    return Demonstration(
        dossier,
        json.loads((dossier / "bilan.json").read_text(encoding="utf-8")),
        faite.stdout,
        faite.stderr,
        temporaires,
        maison,
        ailleurs,
        *verdicts,
    )
