"""`pip install .` alone is enough: the wheel carries the program, its data and its command."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.lecture import RACINE


@pytest.fixture(scope="module")
def roue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("roue")
    construire = "import hatchling.build as b, sys; print(b.build_wheel(sys.argv[1]))"
    fait = subprocess.run(
        [sys.executable, "-c", construire, str(dossier)], cwd=RACINE, capture_output=True, text=True, check=True
    )
    return dossier / fait.stdout.strip().splitlines()[-1]


def test_every_shipped_file_is_in_the_wheel(roue: Path) -> None:
    with zipfile.ZipFile(roue) as archive:
        contenu = set(archive.namelist())
    attendus = {f"passdesk/_resources/{p.relative_to(RACINE / 'resources').as_posix()}" for p in _fichiers("resources")}
    attendus |= {p.relative_to(RACINE).as_posix() for p in _fichiers("passdesk")}
    assert attendus - contenu == set()
    assert not [n for n in contenu if n.startswith(("tests/", "installer/"))]


def test_the_installed_program_finds_its_data(roue: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(roue) as archive:
        archive.extractall(tmp_path)
    chercher = "from passdesk.ressources import chemin; print(chemin('glossaire.md'))"
    trouve = subprocess.run(
        [sys.executable, "-S", "-c", chercher], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    chemin = Path(trouve.stdout.strip())
    assert chemin == tmp_path / "passdesk" / "_resources" / "glossaire.md"
    assert chemin.read_text(encoding="utf-8").startswith("# Glossaire")


def test_the_command_is_declared(roue: Path) -> None:
    with zipfile.ZipFile(roue) as archive:
        declaration = next(n for n in archive.namelist() if n.endswith("entry_points.txt"))
        consoles, _, fenetres = archive.read(declaration).decode().partition("[gui_scripts]")
        assert "passdesk = passdesk.__main__:main" in consoles
        assert "passdesk-fenetre = passdesk.__main__:main" in fenetres


def _fichiers(dossier: str) -> list[Path]:
    tout = (RACINE / dossier).rglob("*")
    return [p for p in tout if p.is_file() and "__pycache__" not in p.parts and p.name != ".DS_Store"]
