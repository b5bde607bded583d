"""PassDesk without a console: how Windows starts it, and where what would be printed is told."""

from __future__ import annotations

import ctypes
import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from passdesk import __main__ as programme
from passdesk import app
from passdesk.domain.erreurs import PanneAttendue
from tests.house.lecture import RACINE

INSTALLATEUR = RACINE / "installer"


@pytest.fixture
def raccourci(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(INSTALLATEUR))
    return importlib.import_module("raccourci")


def test_the_shortcut_opens_the_program_that_has_no_console(
    raccourci: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lances: list[tuple[list[str], str]] = []

    def lancer(commande: list[str | Path], env: dict[str, str], **options: object) -> None:
        lances.append((list(map(str, commande)), env["PASSDESK_CIBLE"]))

    monkeypatch.setattr(subprocess, "run", lancer)
    raccourci.poser_le_raccourci(Path("C:/L'été/.venv"))
    ((commande, cible),) = lances
    assert "passdesk-fenetre" in cible and "L'été" in cible
    assert "PassDesk.lnk" in commande[-1] and "L'été" not in commande[-1]
    assert "est sur le bureau" in capsys.readouterr().out


def test_a_shortcut_that_is_refused_stops_nothing_and_names_what_to_open(
    raccourci: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuser(commande: list[str], **options: object) -> None:
        raise subprocess.CalledProcessError(1, commande)

    monkeypatch.setattr(subprocess, "run", refuser)
    raccourci.poser_le_raccourci(Path("C:/passdesk/.venv"))
    assert "passdesk-fenetre" in capsys.readouterr().out


@pytest.fixture
def boites(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The boxes that Windows showed."""
    montrees: list[str] = []
    montrer = SimpleNamespace(MessageBoxW=lambda _parent, texte, _titre, _genre: montrees.append(texte))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=montrer), raising=False)
    return montrees


def demarrer(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """As a Windows program, which has neither outputs nor input; the exit code."""
    with monkeypatch.context() as muette, pytest.raises(SystemExit) as fin:
        for flux in ("stdin", "stdout", "stderr"):
            muette.setattr(sys, flux, None)
        muette.setattr(sys, "argv", ["passdesk-fenetre", *arguments])
        programme.main()
    return fin.value.code


@pytest.mark.parametrize(
    ("arguments", "code", "dit"), [(["--inconnue"], 2, "--inconnue"), (["--help"], 0, "Sans commande, PassDesk")]
)
def test_without_a_console_what_would_be_printed_is_shown(
    monkeypatch: pytest.MonkeyPatch, boites: list[str], arguments: list[str], code: int, dit: str
) -> None:
    assert demarrer(monkeypatch, *arguments) == code
    assert len(boites) == 1 and dit in boites[0]


@pytest.mark.parametrize(("trouble", "boite"), [("deja_ouvert", 0), ("disque_plein", 1)])
def test_without_a_console_a_window_that_does_not_open_says_why_once(
    monkeypatch: pytest.MonkeyPatch, boites: list[str], tmp_path: Path, trouble: str, boite: int
) -> None:
    """Already open: its window came forward, or a dialog said so."""

    def ouvrir(base_dir: Path | None, demo: bool) -> int:
        raise PanneAttendue(trouble)

    monkeypatch.setattr(app, "main", ouvrir)
    assert demarrer(monkeypatch, "--base-dir", str(tmp_path)) == 3
    assert len(boites) == boite
