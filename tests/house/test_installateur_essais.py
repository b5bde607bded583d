"""installer/test.py: what it lays down, in which order it tells, and what is left of it when it is cut short."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.house.lecture import RACINE

INSTALLATEUR = RACINE / "installer"


@pytest.fixture
def essais(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(INSTALLATEUR))
    yield importlib.import_module("test")


class Apt:
    """A Debian that lacks everything, and whose apt-get refuses what `refuse` names."""

    def __init__(self, *refuse: str) -> None:
        self.refuse = refuse
        self.lances: list[str] = []

    def __call__(self, prefixe: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
        self.lances.append(arguments[0])
        refuse = arguments[0] in self.refuse
        return subprocess.CompletedProcess([], 100 * refuse, "", f"E: {arguments[0]} ne passe pas" if refuse else "")


def _debian(monkeypatch: pytest.MonkeyPatch, apt: Apt, *, droits: bool = True) -> ModuleType:
    monkeypatch.syspath_prepend(str(INSTALLATEUR))
    systeme = importlib.import_module("systeme")
    monkeypatch.setattr(systeme, "sys", SimpleNamespace(platform="linux"))
    monkeypatch.setattr(systeme, "shutil", SimpleNamespace(which=lambda nom, path=None: nom))
    monkeypatch.setattr(systeme, "_presents", set)
    monkeypatch.setattr(systeme, "prefixe_administrateur", lambda: [] if droits else None)
    monkeypatch.setattr(systeme, "_apt", apt)
    monkeypatch.setattr(systeme, "_faites", set(), raising=False)
    return systeme


def test_a_refusal_of_apt_is_told_before_pip_has_ended_and_whatever_pip_says(
    essais: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    _debian(monkeypatch, Apt("install"))
    dits: list[str] = []
    refuse = threading.Event()

    def dire(phrase: str) -> None:
        dits.append(phrase)
        if "install ne passe pas" in phrase:
            refuse.set()

    def pip(*, tests: bool) -> Path:
        refuse.wait(5)
        dits.append("pip")
        raise essais.Arret("pip ne passe pas non plus")

    monkeypatch.setattr(essais, "etape", dire)
    monkeypatch.setattr(essais, "a_preparer", lambda tests: False)
    monkeypatch.setattr(essais, "preparer", pip)
    with pytest.raises(essais.Arret, match="pip ne passe pas non plus"):
        essais.tout_preparer()
    assert ["install ne passe pas" in dit for dit in dits if dit == "pip" or "ne passe pas" in dit] == [True, False]


def test_what_only_an_administrator_installs_is_said_before_anything_is_done(
    essais: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    _debian(monkeypatch, Apt(), droits=False)
    monkeypatch.setattr(essais, "a_preparer", lambda tests: False)
    monkeypatch.setattr(essais, "preparer", lambda tests: pytest.fail("pip was started"))
    with pytest.raises(essais.Arret, match="sudo apt-get install"):
        essais.tout_preparer()


def test_a_refresh_of_the_lists_that_failed_is_tried_again_and_told(
    essais: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    apt = Apt("update", "install")
    systeme = _debian(monkeypatch, apt)
    with pytest.raises(essais.Arret, match="update ne passe pas"):
        systeme.preparer_systeme(["qt"], indispensable=True)
    apt.refuse = ()
    systeme.preparer_systeme(["qt"], indispensable=True)
    systeme.preparer_systeme(["qt"], indispensable=True)
    assert apt.lances == ["update", "install", "update", "install", "install"]


def test_old_lists_that_do_are_enough(essais: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    apt = Apt("update")
    _debian(monkeypatch, apt).preparer_systeme(["qt"], indispensable=True)
    assert apt.lances == ["update", "install"]


def test_what_runs_beside_the_rest_is_read_out_whole_after_it(
    essais: ModuleType, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:

    def dire(mot: str, code: int) -> list[str | Path]:
        return [sys.executable, "-c", f"print({mot!r}, flush=True); raise SystemExit({code})"]

    # One says a word, waits for the other family, then says the rest.
    ensemble = tmp_path / "ensemble"
    attend = f"import os, threading\nprint('début é', flush=True)\nwhile not os.path.exists({str(ensemble)!r}): "
    attend += "threading.Event().wait(0.05)\nprint('fin'); raise SystemExit(1)"
    passe = [sys.executable, "-c", f"print('dit du style', flush=True); open({str(ensemble)!r}, 'x')"]
    travaux = [("tests", [sys.executable, "-c", attend]), ("style", passe), ("images", dire("dit des images", 3))]
    bilan = essais.passer(travaux, os.environ | {"PYTHONUTF8": "1"}, "tests")
    assert [(nom, code) for nom, code, _ in bilan] == [("style", 0), ("images", 3), ("tests", 1)]
    sortie = capfd.readouterr().out
    mots = ("tests : commence", "dit du style", "dit des images", "début é", "fin\n")
    places = [sortie.index(mot) for mot in mots]
    assert places == sorted(places)


def test_the_bases_of_the_tests_go_to_memory_where_there_is_room_and_leave_it(
    essais: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    with essais.bases_en_memoire(tmp_path) as variables:
        lieu = Path(variables["TMPDIR"])
        assert lieu.parent == tmp_path
        assert lieu.stat().st_mode & 0o777 == 0o711
        (lieu / "base").write_bytes(b"x")
    assert list(tmp_path.iterdir()) == []
    with essais.bases_en_memoire(tmp_path / "absent") as variables:
        assert variables == {}
    monkeypatch.setattr(essais, "PLACE", 2**80)
    with essais.bases_en_memoire(tmp_path) as variables:
        assert variables == {}
    monkeypatch.setattr(essais, "PLACE", 0)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with essais.bases_en_memoire(tmp_path) as variables:
        assert variables == {}


def test_what_was_said_beside_the_rest_is_told_when_the_rest_is_cut_short(
    essais: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    dit = tmp_path / "dit"
    parle = f"print('un test échoue', flush=True); open({str(dit)!r}, 'x').close(); import threading; "
    parle += "threading.Event().wait(60)"

    def couper(*_: object, **__: object) -> None:
        while not dit.exists():
            threading.Event().wait(0.02)
        raise KeyboardInterrupt

    monkeypatch.setattr(essais, "GRACE", 0.1, raising=False)
    monkeypatch.setattr(essais.subprocess, "run", couper)
    travaux = [("style", ["style"]), ("tests", [sys.executable, "-X", "utf8", "-c", parle])]
    with pytest.raises(KeyboardInterrupt):
        essais.passer(travaux, dict(os.environ), "tests")
    assert "un test échoue" in capfd.readouterr().out


def test_a_family_that_does_not_start_is_broken_and_the_others_go_on(
    essais: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rien = [sys.executable, "-c", "pass"]
    travaux = [("murs", [tmp_path / "absent"]), ("images", rien), ("tests", rien)]
    bilan = essais.passer(travaux, dict(os.environ), "tests")
    assert [(nom, code) for nom, code, _ in bilan] == [("murs", 1), ("images", 0), ("tests", 0)]
    assert "Ne démarre pas" in capfd.readouterr().out


def test_what_the_tests_say_is_kept_in_utf8_whatever_the_computer_writes(
    essais: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    commande = dict(essais.familles(Path(sys.prefix), complet=False))[essais.A_COTE]
    devant = commande[1 : commande.index("-m")]
    travaux = [("tests", [sys.executable, *devant, "-c", "print('des accents : é')"])]
    ailleurs = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "cp1252"}
    essais.passer(travaux, os.environ | ailleurs, "tests")
    assert "des accents : é" in capfd.readouterr().out


def test_a_run_that_is_told_to_end_cleans_up_as_by_ctrl_c() -> None:
    code = "import signal, test\ntest.finir_proprement()\ntry:\n    signal.raise_signal(signal.SIGTERM)\n"
    code += "finally:\n    print('fini')"
    fin = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(INSTALLATEUR)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (fin.stdout.strip(), fin.returncode) == ("fini", 143)


def test_each_check_of_types_keeps_what_it_found(essais: ModuleType) -> None:
    commandes = [commande for nom, commande in essais.familles(Path(sys.prefix), complet=False) if "Types" in nom]
    sous_windows = [commande for commande in commandes if "win32" in commande]
    assert all("--cache-dir" in commande for commande in sous_windows) and sous_windows
