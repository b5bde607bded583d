"""The repository: its fixed top level, its lock files, nothing of the machine it was written on."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house.lecture import RACINE, importations, modules

SOMMET = {
    ".ci", ".gitattributes", ".gitignore", "LICENSE", "README.md", "installer", "passdesk", "pyproject.toml",
    "requirements-tests.lock", "requirements.lock", "resources", "tests",
}  # fmt: skip
VERROUS = ("requirements.lock", "requirements-tests.lock")
ADRESSE = re.compile(r"\b(?:https?|file|git\+\w+)://|--(?:extra-)?index-url|--find-links")


def _verrou(nom: str) -> str:
    return (RACINE / nom).read_text(encoding="utf-8")


def _fixes(nom: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", _verrou(nom), re.MULTILINE))


def _dependances(nom: str) -> list[str]:
    lu = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
    tests = lu["project"]["optional-dependencies"]["tests"] if "tests" in nom else []
    return [*lu["project"]["dependencies"], *lu["dependency-groups"]["construction"], *tests]


def test_the_top_level_is_the_agreed_one() -> None:
    lignes = (RACINE / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignores = {ligne.strip("/") for ligne in lignes if ligne and not ligne.startswith("#")}
    assert {p.name for p in RACINE.iterdir()} - ignores - {".git"} - SOMMET == set()


@pytest.mark.parametrize("nom", VERROUS)
def test_a_lock_holds_hashes_and_no_address(nom: str) -> None:
    texte = _verrou(nom)
    assert ADRESSE.search(texte) is None
    for bloc in re.split(r"\n(?=[a-z0-9])", texte.strip()):
        assert "--hash=sha256:" in bloc, bloc.splitlines()[0]


def test_the_project_file_holds_no_address() -> None:
    assert ADRESSE.search((RACINE / "pyproject.toml").read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("nom", VERROUS)
def test_a_lock_names_every_dependency(nom: str) -> None:
    voulus = {re.split(r"[<>=!~;\[ ]", d)[0].lower().replace("_", "-") for d in _dependances(nom)}
    assert voulus - set(_fixes(nom)) == set()


def test_both_locks_hold_the_same_versions() -> None:
    programme, tests = (_fixes(nom) for nom in VERROUS)
    assert programme.items() <= tests.items()


def test_pyside_stays_below_the_version_that_aborts() -> None:
    majeure, mineure = (int(n) for n in _fixes("requirements.lock")["pyside6-essentials"].split(".")[:2])
    assert (6, 8) <= (majeure, mineure) < (6, 12)


def test_every_dependency_says_why_it_is_there() -> None:
    page = (RACINE / "resources" / "decisions" / "0008-dependances.md").read_text(encoding="utf-8").lower()
    noms = {re.split(r"[<>=!~;\[ ]", d)[0].lower() for d in _dependances("requirements-tests.lock")}
    assert {nom for nom in noms if nom not in page} == set()


def test_the_dependencies_are_what_the_program_imports() -> None:
    externes = {
        cible.split(".")[0]
        for module in modules()
        for _, cible in importations(module)
        if cible.split(".")[0]
        not in sys.stdlib_module_names | {"passdesk", "shiboken6"}  # shiboken6 comes with PySide6
    }
    fournis = packages_distributions()
    importes = {fournis[nom][0].lower().replace("_", "-") for nom in externes}
    lu = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
    assert importes == {re.split(r"[<>=\[]", d)[0].lower() for d in lu["project"]["dependencies"]}


def test_every_decision_is_in_the_list_and_has_its_four_parts() -> None:
    dossier = RACINE / "resources" / "decisions"
    liste = (dossier / "LISEZMOI.md").read_text(encoding="utf-8")
    pages = sorted(dossier.glob("[0-9]*.md"))
    # A number may be missing while another branch holds it; none is taken twice.
    assert len({p.name[:4] for p in pages}) == len(pages)
    for page in pages:
        assert f"]({page.name})" in liste
        titres = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert titres == ["Contexte", "Décision", "Conséquences", "Autres voies"], page.name
