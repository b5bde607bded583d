"""`python -m tests.bench [NAME…] [--quick]`: the figures that the issues ask for, one JSON line each (contracts §5).

A bench is a module of this folder with a function `mesurer(bref: bool) -> Iterator[Mesure]`; its name is the module's.
To add one, write the module: nothing is registered. `bref` (`--quick`) asks for smaller sizes, for the same goals.
The last line is the totals; exit 0 only when every goal is met, 2 for a name that is no bench.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict

from tests import bench
from tests.bench import Mesure

Banc = Callable[[bool], Iterator[Mesure]]


def bancs() -> dict[str, Banc]:
    """Every bench of the folder, by name."""
    trouves = {}
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name != "__main__":
            mesurer = getattr(importlib.import_module(f"tests.bench.{module.name}"), "mesurer", None)
            if mesurer is not None:
                trouves[module.name] = mesurer
    return trouves


def ligne(mesure: Mesure) -> dict[str, object]:
    """The JSON of a figure; the aim only where there is one."""
    champs = asdict(mesure)
    if mesure.aim is None:
        del champs["aim"], champs["met"]
    return {cle: round(champ, 3) if isinstance(champ, float) else champ for cle, champ in champs.items()}


def main(arguments: list[str]) -> int:
    """Runs the benches named, all of them by default; returns the exit code."""
    connus = bancs()
    lecteur = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    lecteur.add_argument("noms", nargs="*", metavar="NAME", help=", ".join(connus))
    lecteur.add_argument("--quick", action="store_true")
    demande = lecteur.parse_args(arguments)
    inconnus = [nom for nom in demande.noms if nom not in connus]
    if inconnus:
        lecteur.error(f"no such bench: {', '.join(inconnus)}")
    debut, mesures = time.monotonic(), []
    for nom in demande.noms or connus:
        for mesure in connus[nom](demande.quick):
            mesures.append(mesure)
            sys.stdout.write(json.dumps(ligne(mesure), ensure_ascii=False) + "\n")
            sys.stdout.flush()
    manques = sum(not mesure.ok for mesure in mesures)
    totaux = {
        "measures": len(mesures),
        "missed": manques,
        "seconds": round(time.monotonic() - debut, 1),
        "ok": not manques,
    }
    sys.stdout.write(json.dumps(totaux) + "\n")
    return 1 if manques else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
