"""What the Region's people are told before an act that nothing takes back, and asked where somebody can answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack, redirect_stdout
from typing import Annotated

import typer

from passdesk.cli.region_acces import dire
from passdesk.cli.region_texte import annonce
from passdesk.cli.sortie import imprimer

OUI = "oui"

OptionEssai = Annotated[bool, typer.Option("--essai", help="Dit de quoi il s’agit ; ne change rien.")]
OptionOui = Annotated[bool, typer.Option("--oui", help="Le fait sans demander, même dans un terminal.")]


def retenu(
    lignes: Iterable[str], demande: str, faits: dict[str, object], *, essai: bool, oui: bool, json: bool
) -> int | None:
    """Says what the act is about, then asks; None when it is to be done, else the exit code: nothing was changed.

    `demande`: the question. Asked in a terminal, unless `oui`; elsewhere the command was the order, as scripts know it
    (contracts §1). With `json` the answer alone goes out: what a person has to read before goes where they see it.
    """
    demander = not (essai or oui) and sys.stdin is not None and sys.stdin.isatty()
    with ExitStack() as pile:
        if json:
            pile.enter_context(redirect_stdout(sys.stderr))
        if demander or not json:
            for ligne in lignes:
                imprimer(ligne)
        if demander:
            imprimer(demande)
    if not essai and (not demander or sys.stdin.readline().strip().lower() == OUI):
        return None
    dire(json, {**faits, "change": False}, annonce("rien_change"))
    return 0 if essai else 1
