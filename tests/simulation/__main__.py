"""`python -m tests.simulation --histories N --seed S [--replay SEED] [--mutants] [--jobs N]`: see the package."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.simulation import mutants
from tests.simulation.attendus import jamais_vus
from tests.simulation.modele import Modele, batir
from tests.simulation.monde import Histoire, jouer

MEMOIRE = Path("/dev/shm")
PAR_GRAINE = 1_000_000
"""Histories that one seed can name."""
DIT_TOUTES_LES = 500
"""A long run says where it is, on the error output, after so many histories."""

_ici: list[tuple[Modele, Path]] = []


def main(arguments: Sequence[str] | None = None) -> int:
    """Plays what is asked; the exit code."""
    lecteur = argparse.ArgumentParser(prog="python -m tests.simulation")
    lecteur.add_argument("--histories", type=int, default=200)
    lecteur.add_argument("--seed", type=int, default=1)
    lecteur.add_argument("--replay", type=int, metavar="SEED", help="one history, twice, told line by line")
    lecteur.add_argument("--mutants", action="store_true", help="take the guards away one by one too")
    lecteur.add_argument("--jobs", type=int, default=1, help="processes; 0: one a core")
    choix = lecteur.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="passdesk-simulation-", dir=_en_memoire()) as dossier:
        if choix.replay is not None:
            return _rejouer(Path(dossier), choix.replay)
        return _passer(Path(dossier), choix)


def _en_memoire() -> str | None:
    """A folder held in memory, unless the caller said where."""
    libre = "TMPDIR" not in os.environ and os.access(MEMOIRE, os.W_OK | os.X_OK)
    return str(MEMOIRE) if libre else None


def _rejouer(lieu: Path, graine: int) -> int:
    logging.disable(logging.CRITICAL)
    modele = batir(lieu / "modele")
    une, autre = (jouer(graine, modele, lieu, garder_la_trace=True) for _ in range(2))
    print("\n".join(une.trace))
    if une.violation is not None:
        print(une.violation)
    memes = une.empreinte == autre.empreinte
    print(json.dumps({"replay": graine, "steps": une.pas, "digest": une.empreinte, "again": autre.empreinte}))
    _totaux(1, [une], {}, 0.0)
    return 0 if memes and une.violation is None else 1


def _passer(lieu: Path, choix: argparse.Namespace) -> int:
    graines = [choix.seed * PAR_GRAINE + rang for rang in range(choix.histories)]
    histoires: list[Histoire] = []
    debut = time.monotonic()
    with _ouvriers(lieu, choix.jobs or os.cpu_count() or 1) as faire:
        for histoire in faire(_une_histoire, graines):
            histoires.append(histoire)
            if histoire.violation is not None:
                print(f"--replay {histoire.graine}: {histoire.violation}", flush=True)
            if len(histoires) % DIT_TOUTES_LES == 0:
                print(f"{len(histoires)} / {choix.histories}, {time.monotonic() - debut:.0f} s", file=sys.stderr)
        duree = time.monotonic() - debut
        attrapes: dict[str, bool] = {}
        rangs = range(len(mutants.MUTANTS)) if choix.mutants else range(0)
        for rang, vu in zip(rangs, faire(_un_mutant, list(rangs)), strict=True):
            nom = mutants.MUTANTS[rang].nom
            attrapes[nom] = vu is not None
            print(f"mutant « {nom} » : " + (f"{vu[1]}, histoire {vu[0]}" if vu else "PASSE"), flush=True)
    jamais = _totaux(choix.histories, histoires, attrapes, duree)
    bon = not jamais and all(attrapes.values()) and all(h.violation is None for h in histoires)
    return 0 if bon else 1


def _totaux(nombre: int, histoires: list[Histoire], attrapes: dict[str, bool], duree: float) -> list[str]:
    """The last line; what was never seen."""
    vus: Counter[str] = sum((histoire.vus for histoire in histoires), Counter())
    jamais = jamais_vus(vus)
    totaux = {
        "histories": nombre,
        "violations": sum(histoire.violation is not None for histoire in histoires),
        "seen": dict(sorted(vus.items())),
        "never_seen": jamais,
        "mutants": f"{sum(attrapes.values())}/{len(attrapes)}",
        "steps": sum(histoire.pas for histoire in histoires),
        "histories_per_minute": round(nombre * 60 / duree) if duree else None,
    }
    print(json.dumps(totaux, ensure_ascii=False))
    return jamais


@contextmanager
def _ouvriers(lieu: Path, nombre: int) -> Iterator[object]:
    """A `map` over this process, or over several, each with a model of its own."""
    if nombre == 1:
        _preparer(str(lieu))
        yield map
        return
    with ProcessPoolExecutor(nombre, initializer=_preparer, initargs=(str(lieu),)) as pool:
        yield pool.map


def _preparer(lieu: str) -> None:
    """In each process, once."""
    dossier = Path(lieu) / f"ouvrier-{os.getpid()}"
    _ici[:] = [(batir(dossier / "modele"), dossier)]
    # What a history leaves is closed and counted out by itself; looking for cycles all the time takes a tenth of it.
    gc.freeze()
    # What the desks log of a digest that differs is counted by what it does.
    logging.disable(logging.CRITICAL)
    gc.set_threshold(100_000, 50, 50)


def _une_histoire(graine: int) -> Histoire:
    return jouer(graine, *_ici[0])


def _un_mutant(rang: int) -> tuple[int, str] | None:
    return mutants.attraper(mutants.MUTANTS[rang], *_ici[0])


if __name__ == "__main__":
    sys.exit(main())
