"""Tests that test, code that is finished: what a search through the text can tell."""

from __future__ import annotations

import ast
import re

from tests.house.lecture import RACINE, arbre, modules, nom

TESTS = sorted((RACINE / "tests").rglob("*.py"))
NE_TESTE_PAS = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|importorskip)|unittest\.skip|\bsleep\(|\bassert True\b")
INACHEVE = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b")
CHEMIN_DE_MACHINE = re.compile(r"(?<![\w.])/(?:root|home|Users|work|farm)/")

PLACE = re.compile(r"\.itemAt\(")
"""The place of a widget in a layout: its name in Python outlives it (`ui/composants/mise.py` says what comes of it)."""


def _lignes(chemins: list, motif: re.Pattern[str]) -> list[str]:
    return [
        f"{nom(c)}:{numero} {ligne.strip()}"
        for c in chemins
        for numero, ligne in enumerate(c.read_text(encoding="utf-8").splitlines(), 1)
        if motif.search(ligne)
    ]


def test_no_test_is_skipped_or_waits_by_the_clock() -> None:
    assert _lignes([t for t in TESTS if t.name != "test_tests.py"], NE_TESTE_PAS) == []


def test_nothing_is_left_unfinished() -> None:
    assert _lignes([*modules(), *sorted((RACINE / "installer").glob("*.py"))], INACHEVE) == []


def test_no_path_of_a_machine() -> None:
    ecrits = [p for d in ("passdesk", "installer", "resources", "tests") for p in (RACINE / d).rglob("*")]
    lisibles = [p for p in ecrits if p.suffix in {".py", ".md", ".toml", ".txt", ".json", ".csv"}]
    assert _lignes([*lisibles, RACINE / "README.md", RACINE / "pyproject.toml"], CHEMIN_DE_MACHINE) == []


def test_no_bare_except_in_the_program() -> None:
    nus = [
        f"{nom(m)}:{n.lineno}"
        for m in modules()
        for n in ast.walk(arbre(m))
        if isinstance(n, ast.ExceptHandler) and n.type is None
    ]
    assert nus == []


def test_no_place_of_a_layout_is_given_a_name() -> None:
    ou = [module for module in [*modules(), *TESTS] if module.name not in {"mise.py", "test_tests.py"}]
    assert _lignes(ou, PLACE) == []
