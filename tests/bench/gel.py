"""How long the window answers nothing, in each journey of a desk with 100 000 people (`journees`, `pouls`).

Beside what Qt alone needs, in the same process, to build and show a form of as many widgets as the page of a visit:
so the figure holds on any machine. Journeys are played in processes of their own, so that each place is shown for the
first time; the median counts, because other programs share the processor.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import RACINE, Mesure, ecran_installe

PERSONNES, PERSONNES_BREF = 100_000, 5_000
PARTIES, PARTIES_BREF = 3, 1
GOAL = 2.0
AIM_MS = 50


def mesurer(bref: bool) -> Iterator[Mesure]:
    """One line a journey, the culprit of its longest stop told beside it."""
    combien = PERSONNES_BREF if bref else PERSONNES
    parties = [_jouer(combien) for _ in range(PARTIES_BREF if bref else PARTIES)]
    arrets: defaultdict[str, list[dict[str, float | str]]] = defaultdict(list)
    for partie in parties:
        for nom, arret in partie.items():
            arrets[nom].append(arret)
    nue = median(float(arret["ms"]) for arret in arrets.pop("nue"))
    for nom, vus in arrets.items():
        milieu = sorted(vus, key=lambda vu: float(vu["ms"]))[len(vus) // 2]
        ms = float(milieu["ms"])
        sys.stderr.write(f"{nom}: {ms:.0f} ms, {float(milieu['travail']):.0f} of work. {milieu['coupable']}\n")
        yield Mesure(
            f"gel {nom}", ms, f"ms, {combien} people", f"320 bare widgets shown, {nue:.0f} ms", ms / nue,
            f"<= {GOAL}", ms / nue <= GOAL, f"<= {AIM_MS} ms", ms <= AIM_MS,
        )  # fmt: skip


def _jouer(combien: int) -> dict[str, dict[str, float | str]]:
    """All the journeys once, in a process of their own."""
    with TemporaryDirectory() as dossier:
        jouee = subprocess.run(
            [sys.executable, "-m", "tests.bench.journees", str(Path(dossier) / "monde"), str(combien)],
            cwd=RACINE, env=ecran_installe(), stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
    lignes = [json.loads(ligne) for ligne in jouee.stdout.decode().splitlines()]
    return {ligne["journee"]: ligne for ligne in lignes}
