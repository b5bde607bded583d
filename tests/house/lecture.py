"""How the house tests read the repository: files of ours, their syntax trees, their words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
PAQUET = RACINE / "passdesk"


def modules(*pieces: str) -> list[Path]:
    """The modules of these rooms (all of them by default), sorted."""
    dossiers = [PAQUET / piece for piece in pieces] or [PAQUET]
    return sorted(p for dossier in dossiers for p in dossier.rglob("*.py"))


@cache
def arbre(module: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


def nom(module: Path) -> str:
    """The module's path as a person writes it, from the top of the repository."""
    return module.relative_to(RACINE).as_posix()


def classes_publiques(module: Path) -> list[str]:
    """Names of the public classes defined at the top of a module."""
    return [n.name for n in arbre(module).body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]


def textes(module: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of each string constant that is no docstring and no attribute comment."""
    muets = {id(n.value) for n in ast.walk(arbre(module)) if isinstance(n, ast.Expr)}
    for noeud in ast.walk(arbre(module)):
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and id(noeud) not in muets:
            yield noeud.lineno, noeud.value


def importations(module: Path) -> Iterator[tuple[int, str]]:
    """(line, full name) of what a module imports, wherever in the module it does."""
    for noeud in ast.walk(arbre(module)):
        if isinstance(noeud, ast.Import):
            yield from ((noeud.lineno, alias.name) for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module and not noeud.level:
            yield noeud.lineno, noeud.module


def mots_definis(module: Path) -> Iterator[tuple[int, str]]:
    """(line, word) of every word in the names that a module defines: classes, functions, arguments, variables."""
    for noeud in ast.walk(arbre(module)):
        if isinstance(noeud, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            defini = noeud.name
        elif isinstance(noeud, ast.arg):
            defini = noeud.arg
        elif isinstance(noeud, ast.Name) and isinstance(noeud.ctx, ast.Store):
            defini = noeud.id
        else:
            continue
        for mot in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", defini):
            yield noeud.lineno, mot.lower()


def table(markdown: str, titre: str) -> list[list[str]]:
    """The rows of the table under a heading of a Markdown text, without its head."""
    section = markdown.split(f"\n## {titre}\n", 1)[1].split("\n## ", 1)[0]
    lignes = [ligne.strip().strip("|") for ligne in section.splitlines() if ligne.startswith("|")]
    return [[case.strip() for case in ligne.split(" | ")] for ligne in lignes[2:]]
