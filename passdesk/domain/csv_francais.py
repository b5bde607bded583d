"""CSV as French spreadsheets open it (contracts §4): `;`, French headers, and no cell that they would run."""

from __future__ import annotations

import re
from collections.abc import Sequence

ENTETE_UTF8 = "\ufeff"
"""To be written first: without this mark, a spreadsheet takes UTF-8 for something else."""

_FORMULES = ("=", "+", "-", "@", "\t", "\r")
_A_CITER = re.compile('[;"\n\r]')


def ligne_csv(cellules: Sequence[object]) -> str:
    """One row, ended by CR LF; None is an empty cell, True and False are "oui" and "non"."""
    return ";".join(_cellule(cellule) for cellule in cellules) + "\r\n"


def neutraliser(texte: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would run it as a formula."""
    return f"'{texte}" if texte.startswith(_FORMULES) else texte


def _cellule(valeur: object) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, int | float):
        # A number is a number, a minus sign included.
        return str(valeur).replace(".", ",")
    texte = neutraliser(str(valeur).replace("\0", ""))
    return '"' + texte.replace('"', '""') + '"' if _A_CITER.search(texte) else texte
