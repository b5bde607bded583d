"""`python -m tests.crash [--quick] [--seed N]`: see the package."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.crash import Verdict, campagne, erreurs, mises_a_mort
from tests.crash.trace import ABSENT, strace_present
from tests.crash.travail import GARDES


@dataclass(frozen=True, slots=True)
class Taille:
    """How much is tried; None: everything. `pertes`: power losses at each moment."""

    personnes: int
    points: int | None
    pertes: int
    refus: int | None
    morts: int


BREVE = Taille(personnes=3, points=30, pertes=1, refus=7, morts=20)
ENTIERE = Taille(personnes=8, points=None, pertes=2, refus=None, morts=200)
MONTREES = 20
"""Faults written in full."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs every campaign; the exit code."""
    lecteur = argparse.ArgumentParser(prog="python -m tests.crash")
    lecteur.add_argument("--quick", action="store_true")
    lecteur.add_argument("--seed", type=int, default=1)
    choix = lecteur.parse_args(arguments)
    if not strace_present():
        sys.stderr.write(f"{ABSENT}\n")
        return 1
    taille = BREVE if choix.quick else ENTIERE
    debut = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="passdesk-crash-", dir=campagne.memoire()) as dossier:
        totaux, verdicts, vus = _passer(Path(dossier), taille, choix.seed)
    mauvais = [verdict for verdict in verdicts if not verdict.bon]
    for verdict in mauvais[:MONTREES]:
        sys.stdout.write(json.dumps({"lost": verdict.perdus, "doubled": verdict.doubles, "faults": verdict.fautes}))
        sys.stdout.write("\n")
    totaux |= {
        "lost": sum(verdict.perdus for verdict in verdicts),
        "doubled": sum(verdict.doubles for verdict in verdicts),
        "wrong": len(mauvais),
        "mutants": f"{sum(vus.values())}/{len(GARDES)}",
    }
    tout = not mauvais and all(vus.values()) and all(totaux[nom] for nom in ("points", "power_losses", "io_errors"))
    sys.stdout.write(json.dumps(totaux | {"ok": tout, "seconds": round(time.monotonic() - debut, 1)}) + "\n")
    return 0 if tout else 1


def _passer(lieu: Path, taille: Taille, graine: int) -> tuple[dict[str, Any], list[Verdict], dict[str, bool]]:
    modele = campagne.batir_modele(lieu)
    journee = campagne.vivre(modele, lieu, taille.personnes)
    voulus = campagne.instants(journee, graine, taille.points, taille.pertes)
    coupes = campagne.passer(journee, voulus)
    refuses = erreurs.passer(modele, graine, taille.refus)
    morts = mises_a_mort.passer(modele, graine, taille.morts)
    pertes = sum(instant.perte is not None for instant in voulus)
    totaux = {
        "points": len(voulus) - pertes,
        "power_losses": pertes,
        "io_errors": len(refuses),
        "kills": len(morts),
    }
    return totaux, [*coupes, *refuses, *morts], campagne.mutants(modele, lieu, graine)


if __name__ == "__main__":
    sys.exit(main())
