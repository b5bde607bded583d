"""The README's two commands: what they find, what they refuse to touch, what they say when something is missing."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.crash import trace
from tests.house.lecture import RACINE
from tests.server import grappe
from tests.ui import spouleur

INSTALLATEUR = RACINE / "installer"


@pytest.fixture
def preparation(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(INSTALLATEUR))
    yield importlib.import_module("preparation")


@pytest.fixture
def systeme(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(INSTALLATEUR))
    yield importlib.import_module("systeme")


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    """A checkout reduced to what the set-up reads."""
    racine = tmp_path / "copie d’une clé USB"
    racine.mkdir()
    for nom in ("pyproject.toml", "requirements.lock", "requirements-tests.lock"):
        (racine / nom).write_bytes((RACINE / nom).read_bytes())
    return racine


def _poser_temoin(preparation: ModuleType, copie: Path, dossier: Path) -> None:
    temoin = {
        "racine": str(copie),
        "requirements.lock": preparation.empreinte(copie / "requirements.lock"),
        "projet": preparation.empreinte(copie / "pyproject.toml"),
    }
    (dossier / preparation.TEMOIN).write_text(json.dumps(temoin), encoding="utf-8")


def test_the_package_list_holds_what_bare_debian_lacks(systeme: ModuleType) -> None:
    groupes = systeme.lire_liste(systeme.LISTE.read_text(encoding="utf-8"))
    assert groupes["python"] == [["python3-venv"]]
    assert {"libegl1", "libgl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3"} <= {n[0] for n in groupes["qt"]}
    assert {"libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"} <= {n[0] for n in groupes["ecran"]}


def test_what_the_tests_start_is_in_the_list_and_named_where_it_is_missing(systeme: ModuleType) -> None:
    groupes = systeme.lire_liste(systeme.LISTE.read_text(encoding="utf-8"))
    for groupe, phrase in (("postgresql", grappe.ABSENT), ("cups", spouleur.ABSENT), ("strace", trace.ABSENT)):
        paquets = " ".join(noms[0] for noms in groupes[groupe])
        assert f"sudo apt-get install -y {paquets} (installer/test.py" in phrase
    essais = (INSTALLATEUR / "test.py").read_text(encoding="utf-8")
    assert 'a_poser(["qt", "postgresql", "cups", "strace"], indispensable=True)' in essais


def test_a_spooler_is_there_when_all_of_it_is(systeme: ModuleType, tmp_path: Path) -> None:
    for nom in ("cupsd", "lpadmin", "cupsdisable"):
        assert not systeme.cups_present(str(tmp_path))
        (tmp_path / nom).write_text("#!/bin/sh\n", encoding="ascii")
        (tmp_path / nom).chmod(0o755)
    assert systeme.cups_present(str(tmp_path))


def test_a_package_counts_as_present_under_its_other_name(systeme: ModuleType) -> None:
    dpkg = "ii \tlibegl1\t\nrc \tlibgl1\t\nii \tlibglib2.0-0t64\tlibglib2.0-0 (= 2.84)\nun \tlibx11-6\t\n"
    presents = systeme.lire_etat_dpkg(dpkg)
    voulus = [["libegl1"], ["libgl1"], ["libglib2.0-0"], ["libx11-6"]]
    assert systeme.paquets_manquants(voulus, presents) == ["libgl1", "libx11-6"]


def test_an_unchanged_lock_is_ready_at_once(preparation: ModuleType, copie: Path, tmp_path: Path) -> None:
    dossier = tmp_path / ".venv"
    venv.create(dossier, with_pip=False, symlinks=os.name != "nt")
    _poser_temoin(preparation, copie, dossier)
    assert preparation.est_pret(dossier, copie, copie / "requirements.lock")
    assert not preparation.est_pret(dossier, copie, copie / "requirements-tests.lock")


_TENIR = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from exclusion import seul
with seul(Path(sys.argv[2])):
    print("tenu", flush=True)
    sys.stdin.read()
"""
_PREPARER = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
import preparation
preparation.RACINE = Path(sys.argv[2])
preparation.VERROU = preparation.RACINE / "requirements.lock"
preparation.preparer(tests=False)
"""


@pytest.mark.parametrize("fin", ["fini", "tué"])
def test_a_second_set_up_waits_for_the_first_and_finds_all_of_it_done(
    preparation: ModuleType, copie: Path, fin: str
) -> None:
    dossier = copie / ".venv"
    venv.create(dossier, with_pip=False, symlinks=os.name != "nt")
    _poser_temoin(preparation, copie, dossier)
    (dossier / preparation.EN_COURS).write_text("", encoding="utf-8")
    verrou = copie / ".venv.verrou"
    entendre = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    python = [sys.executable, "-X", "utf8", "-c"]
    with subprocess.Popen([*python, _TENIR, INSTALLATEUR, verrou], **entendre) as premiere:  # type: ignore[call-overload]
        assert premiere.stdout.readline() == "tenu\n"
        with subprocess.Popen([*python, _PREPARER, INSTALLATEUR, copie], **entendre) as seconde:  # type: ignore[call-overload]
            assert seconde.stdout.readline().startswith("• Une autre préparation est en cours dans ce dossier")
            (dossier / preparation.EN_COURS).unlink()
            if fin == "fini":
                premiere.stdin.close()
            else:
                premiere.kill()
            assert seconde.stdout.readline() == "• Environnement Python : déjà prêt.\n"
            assert seconde.wait(60) == 0


@pytest.mark.parametrize("accident", ["verrou", "coupure", "python", "copie", "temoin"])
def test_a_changed_lock_or_a_half_made_environment_is_not_ready(
    preparation: ModuleType, copie: Path, tmp_path: Path, accident: str
) -> None:
    dossier = tmp_path / ".venv"
    venv.create(dossier, with_pip=False, symlinks=os.name != "nt")
    _poser_temoin(preparation, copie, dossier)
    racine = copie
    if accident == "verrou":
        (copie / "requirements.lock").write_text("autre==1\n", encoding="utf-8")
    elif accident == "coupure":
        (dossier / preparation.EN_COURS).write_text("", encoding="utf-8")
    elif accident == "python":
        preparation.programme(dossier, "python").unlink()
    elif accident == "copie":
        racine = tmp_path / "ailleurs"
        copie.rename(racine)
    else:
        (dossier / preparation.TEMOIN).write_text("{coupé", encoding="utf-8")
    assert not preparation.est_pret(dossier, racine, racine / "requirements.lock")


def test_a_folder_of_somebody_else_is_never_deleted(preparation: ModuleType, tmp_path: Path) -> None:
    dossier = tmp_path / ".venv"
    dossier.mkdir()
    (dossier / "photos.zip").write_bytes(b"irremplacable")
    with pytest.raises(Exception, match="déplacez-le"):
        preparation.creer_venv(dossier)
    assert (dossier / "photos.zip").read_bytes() == b"irremplacable"


@pytest.mark.parametrize("genre", ["fichier", "lien"])
def test_what_is_no_folder_of_ours_is_left_alone(preparation: ModuleType, tmp_path: Path, genre: str) -> None:
    ailleurs = tmp_path / "ailleurs"
    venv.create(ailleurs, with_pip=False, symlinks=os.name != "nt")
    dossier = tmp_path / ".venv"
    if genre == "lien":
        dossier.symlink_to(ailleurs, target_is_directory=True)
    else:
        dossier.write_bytes(b"notes")
    with pytest.raises(Exception, match="déplacez-le"):
        preparation.creer_venv(dossier)
    assert dossier.exists()
    assert (ailleurs / "pyvenv.cfg").exists()


def test_a_making_cut_while_it_clears_the_old_one_is_taken_up_again(
    preparation: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dossier = tmp_path / ".venv"
    venv.create(dossier, with_pip=False, symlinks=os.name != "nt")

    def couper(chemin: Path) -> None:
        for fichier in [f for f in Path(chemin).rglob("*") if f.is_file()]:
            fichier.unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as coupure:
        coupure.setattr(preparation.shutil, "rmtree", couper)
        with pytest.raises(KeyboardInterrupt):
            preparation.creer_venv(dossier)
    preparation.creer_venv(dossier)
    assert preparation.marche(dossier, "import pip")


def test_an_environment_that_cannot_be_written_is_said(
    preparation: ModuleType, monkeypatch: pytest.MonkeyPatch, copie: Path
) -> None:
    monkeypatch.setattr(preparation, "RACINE", copie)
    monkeypatch.setattr(preparation, "dossier_venv", lambda racine: racine / ".venv")
    monkeypatch.setattr(preparation, "creer_venv", lambda dossier: (dossier / preparation.EN_COURS).mkdir(parents=True))
    with pytest.raises(preparation.Arret, match="ne peut pas être écrit"):
        preparation.preparer(tests=False)


def test_a_half_made_environment_is_made_again(preparation: ModuleType, tmp_path: Path) -> None:
    dossier = tmp_path / ".venv"
    dossier.mkdir()
    (dossier / preparation.EN_COURS).write_text("", encoding="utf-8")
    (dossier / "reste").write_text("", encoding="utf-8")
    preparation.creer_venv(dossier)
    assert preparation.marche(dossier, "import pip")
    assert not (dossier / "reste").exists()


@pytest.mark.parametrize(
    ("sortie", "attendu", "code"),
    [
        ("WARNING: … [Errno -3] Temporary failure in name resolution\nERROR: No matching distribution", "le réseau", 3),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "le disque", 3),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "n’est pas celui", 1),
    ],
)
def test_trouble_of_pip_is_said_in_french(preparation: ModuleType, sortie: str, attendu: str, code: int) -> None:
    arret = preparation.expliquer(sortie)
    assert attendu in arret.phrase
    assert arret.sortie == code


def test_pip_is_kept_from_going_elsewhere(preparation: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_TARGET", "ailleurs")
    monkeypatch.setenv("PYTHONPATH", "ailleurs")
    assert {"PIP_TARGET", "PYTHONPATH"} & set(preparation.environnement()) == set()


@pytest.mark.parametrize("locale", ["C", "POSIX", "fr_FR", "fr_FR.UTF-8", "C.UTF-8"])
def test_a_checkout_with_accents_is_found_in_any_locale(
    preparation: ModuleType, copie: Path, tmp_path: Path, locale: str
) -> None:
    (copie / "temoin_du_lien.py").write_text("", encoding="utf-8")
    dossier = tmp_path / ".venv"
    venv.create(dossier, with_pip=False, symlinks=os.name != "nt")
    paquets = next(dossier.rglob("site-packages"))
    (paquets / "_passdesk.pth").write_text(preparation.ligne_de_lien(copie), encoding="ascii")
    python = preparation.programme(dossier, "python")
    sans = {nom: v for nom, v in os.environ.items() if nom not in ("LANG", "LC_CTYPE", "PYTHONUTF8")}
    lance = [python, "-c", "import temoin_du_lien"]
    assert subprocess.run(lance, cwd=tmp_path, env=sans | {"LC_ALL": locale}, check=False).returncode == 0


@pytest.mark.parametrize("dossier", ["Mes dossiers, l’été", "a;b"])
def test_a_path_that_qt_misreads_has_its_environment_elsewhere(
    preparation: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dossier: str
) -> None:
    racine = tmp_path / dossier
    racine.mkdir()
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    assert preparation.dossier_venv(racine).is_relative_to(tmp_path / "cache")
    (tmp_path / "l’été & co").mkdir()
    assert preparation.dossier_venv(tmp_path / "l’été & co") == tmp_path / "l’été & co" / ".venv"


def test_paths_are_utf8_even_where_the_locale_is_missing() -> None:
    programme = "import preparation as p; import os, subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', "
    programme += "'import sys; sys.exit(sys.getfilesystemencoding() != \"utf-8\")'], env=p.environnement()).returncode)"
    manquante = os.environ | {"LC_ALL": "fr_FR.absente", "PYTHONPATH": str(INSTALLATEUR)}
    assert subprocess.run([sys.executable, "-c", programme], env=manquante, check=False).returncode == 0


@pytest.mark.parametrize("commande", ["run.py", "test.py"])
def test_each_command_explains_itself_from_anywhere(commande: str, tmp_path: Path) -> None:
    aide = subprocess.run(
        [sys.executable, INSTALLATEUR / commande, "--help"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert aide.returncode == 0
    assert "Prépare tout" in aide.stdout
