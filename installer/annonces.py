"""What the two commands say, in French, and the one way they stop early."""

from __future__ import annotations

import sys
from typing import NoReturn

FAIT = 0
REFUS = 1
PANNE = 3
"""Exit code of an expected outage: network, disk, missing rights (the same as `passdesk`'s own)."""


class Arret(Exception):
    """The set-up cannot go on. `phrase` is for the reader, `sortie` the exit code."""

    def __init__(self, phrase: str, sortie: int = PANNE) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.sortie = sortie


def ouvrir_la_sortie() -> None:
    """Keeps lines in order with those of child processes; no character can stop the program."""
    for flux in (sys.stdout, sys.stderr):
        reconfigure = getattr(flux, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", line_buffering=True)


def etape(phrase: str) -> None:
    """One step, one line."""
    print(f"• {phrase}", flush=True)


def suite(phrase: str) -> None:
    """More about the step above."""
    print(f"  {phrase}", flush=True)


def finir(arret: Arret) -> NoReturn:
    """Says why it stops, and leaves with the stop's exit code."""
    print(f"\n{arret.phrase}", file=sys.stderr, flush=True)
    sys.exit(arret.sortie)
