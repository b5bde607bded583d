"""Modules stay short, and the rooms' walls hold where import-linter cannot see."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

from tests.house.lecture import PAQUET, RACINE, arbre, importations, modules, nom

LONGUEUR_A_JUSTIFIER = 400
LONGUEUR_REFUSEE = 600
RAISONS = tomllib.loads(Path(__file__).with_name("modules_longs.toml").read_text(encoding="utf-8"))

HORS_DU_DOMAINE = {"os", "pathlib", "random", "secrets", "socket", "sqlite3", "subprocess", "threading", "time", "uuid"}
"""Standard library all the same, but clock, ids, randomness and files come into the domain as arguments."""
BIBLIOTHEQUES_DU_PROTOCOLE = {"argon2", "cbor2", "cryptography", "http_message_signatures", "http_sf", "zstandard"}


def _longueurs() -> dict[str, int]:
    return {nom(m): len(m.read_text(encoding="utf-8").splitlines()) for m in modules()}


def test_no_module_is_over_600_lines() -> None:
    assert {m: n for m, n in _longueurs().items() if n > LONGUEUR_REFUSEE} == {}


def test_modules_over_400_lines_are_those_with_a_written_reason() -> None:
    assert {m for m, n in _longueurs().items() if n > LONGUEUR_A_JUSTIFIER} == set(RAISONS)
    assert all(len(raison) > 20 for raison in RAISONS.values())


def test_no_catch_all_module() -> None:
    assert [nom(m) for m in modules() if m.stem in {"utils", "util", "helpers", "misc", "manager", "pass"}] == []


def test_every_folder_of_code_is_a_package() -> None:
    dossiers = {m.parent for m in modules()}
    assert [nom(d) for d in sorted(dossiers) if not (d / "__init__.py").exists()] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [nom(m) for m in modules() if not ast.get_docstring(arbre(m))] == []


def test_the_domain_imports_the_standard_library_and_itself_only() -> None:
    permis = sys.stdlib_module_names - HORS_DU_DOMAINE
    ailleurs = [
        f"{nom(m)}:{ligne} {cible}"
        for m in modules("domain")
        for ligne, cible in importations(m)
        if cible.split(".")[0] not in permis and not cible.startswith("passdesk.domain")
    ]
    assert ailleurs == []


def test_the_protocol_imports_its_five_libraries_only() -> None:
    permis = sys.stdlib_module_names | BIBLIOTHEQUES_DU_PROTOCOLE | {"passdesk"}
    ailleurs = [
        f"{nom(m)}:{ligne} {cible}"
        for m in modules("protocol")
        for ligne, cible in importations(m)
        if cible.split(".")[0] not in permis
    ]
    assert ailleurs == []


def test_no_import_reaches_up_with_dots() -> None:
    relatives = [
        f"{nom(m)}:{n.lineno}"
        for m in modules()
        for n in ast.walk(arbre(m))
        if isinstance(n, ast.ImportFrom) and n.level
    ]
    assert relatives == []


def test_each_wall_names_rooms_that_exist() -> None:
    murs = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    pieces = {
        p.removeprefix("passdesk.").split(".")[0]
        for mur in murs
        for p in [*mur.get("source_modules", []), *mur.get("forbidden_modules", [])]
        if p.startswith("passdesk.")
    }
    reelles = {p.stem for p in PAQUET.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert pieces - reelles == set()
    assert reelles - pieces == {"__init__", "__main__"}, "une pièce nouvelle n’a pas encore de mur"
