"""Every sentence a user can be shown, on one page to be read aloud."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from passdesk.domain.francais import typographie
from passdesk.ui.messages import FAMILLES
from tests.house.lecture import PAQUET, arbre, modules, nom

MOT = re.compile(r"[A-Za-zÀ-ÿœŒæÆ]{2}")
PAS_UNE_PHRASE = re.compile(r"[_{}<>\\#=]|^[a-z0-9_.\-/%+]+$|^(?:Ctrl|Alt|Maj|Shift|Q[A-Z])")
"""Keys, patterns, styles, and the names of keys on the keyboard."""


def ecrire(cible: Path, lues: Mapping[str, set[str]]) -> int:
    """Writes the page; `lues`: what each screen showed. Returns how many different sentences it holds."""
    morceaux, toutes = ["# Toutes les phrases\n"], set()
    for famille, messages in FAMILLES.items():
        morceaux.append(f"\n## messages · {famille}\n")
        for code, modele in messages.items():
            phrase = " / ".join(typographie(p) for p in (modele.quoi, modele.sur, modele.faire) if p)
            morceaux.append(f"- `{code}` {phrase}")
            toutes.add(phrase)
    for module in modules("ui", "cli", "printing"):
        fixes = sorted(set(phrases_fixes(module)))
        if fixes and module.parent != PAQUET / "ui" / "messages":
            morceaux.append(f"\n## {nom(module)}\n")
            morceaux += [f"- {phrase}" for phrase in fixes]
            toutes |= set(fixes)
    for ecran, textes in sorted(lues.items()):
        morceaux.append(f"\n## à l’écran · {ecran}\n")
        morceaux += [f"- {_une_ligne(texte)}" for texte in sorted(textes)]
        toutes |= {_une_ligne(texte) for texte in textes}
    cible.write_text("\n".join(morceaux) + "\n", encoding="utf-8")
    return len(toutes)


def phrases_fixes(module: Path) -> Iterator[str]:
    """Words written in a module for people: no docstring, no key, no style; a fact stands as {…}."""
    noeuds = list(ast.walk(arbre(module)))
    muets = {id(n.value) for n in noeuds if isinstance(n, ast.Expr)}
    muets |= {id(v) for n in noeuds if isinstance(n, ast.JoinedStr) for v in n.values}
    for noeud in noeuds:
        if isinstance(noeud, ast.JoinedStr):
            texte = "".join(v.value if isinstance(v, ast.Constant) else "{…}" for v in noeud.values)
            modele = texte.replace("{…}", "")
        elif isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and id(noeud) not in muets:
            texte = modele = noeud.value
        else:
            continue
        if MOT.search(modele) and not PAS_UNE_PHRASE.search(modele) and "px" not in modele:
            yield _une_ligne(typographie(texte))


def _une_ligne(texte: str) -> str:
    return " ".join(texte.split("\n"))
