"""From the command to what the window is for: the field of the passphrase, painted; and the memory of an idle desk.

Beside a bare window of PySide6 that imports the same modules (all but ours), in turns, each in a process of its own.
What our own modules cost, to read and to keep, is therefore on our side alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import RACINE, Mesure, ecran_installe
from tests.bench.plein import copier
from tests.builders import PHRASE

FOIS, FOIS_BREF = 9, 3
PERSONNES, PERSONNES_BREF = 100_000, 5_000
IMAGE, MEMOIRE = 2.0, 1.6
MEGA = 1 << 20


def mesurer(bref: bool) -> Iterator[Mesure]:
    """The median of nine starts (three when brief), then of three idle desks (one)."""
    fois = FOIS_BREF if bref else FOIS
    with TemporaryDirectory() as provisoire:
        dossier = Path(provisoire)
        poste = copier(PERSONNES_BREF if bref else PERSONNES, dossier / "monde").poste
        seule = dossier / "aucun"
        seule.touch()
        _, lu = _jouer("programme", "image", poste)  # The files of both are read once before anything is measured.
        pareils = _noter(dossier / "image", lu["modules"])
        _jouer("nue", "image", pareils)
        nous, nue, rien = [], [], []
        for _ in range(fois):
            nous.append(_jouer("programme", "image", poste)[0])
            nue.append(_jouer("nue", "image", pareils)[0])
            rien.append(_jouer("nue", "image", seule)[0])
        ms, fond, sec = median(nous), median(nue), median(rien)
        yield Mesure(
            "premiere_image", ms, "ms", f"bare window, same imports, {fond:.0f} ms", ms / fond, f"<= {IMAGE}",
            ms / fond <= IMAGE, f"<= {IMAGE} × bare window, its own imports alone, {sec:.0f} ms", ms / sec <= IMAGE,
        )  # fmt: skip
        _jouer("programme", "repos", poste)  # The first time of the day, a backup is made too.
        repos = [_jouer("programme", "repos", poste)[1] for _ in range(1 if bref else 3)]
        pareils = _noter(dossier / "repos", repos[0]["modules"])
        tient = median(lu["memoire"] for lu in repos)
        porte = median(_jouer("nue", "repos", pareils)[1]["memoire"] for _ in repos)
        yield Mesure(
            "memoire", tient / MEGA, "MiB resident, desk open and idle",
            f"bare window, same imports, {porte / MEGA:.0f} MiB", tient / porte, f"<= {MEMOIRE}",
            tient / porte <= MEMOIRE,
        )  # fmt: skip


def _noter(ou: Path, modules: list[str]) -> Path:
    ou.write_text("\n".join(modules), encoding="utf-8")
    return ou


def _jouer(qui: str, point: str, quoi: Path) -> tuple[float, dict[str, Any]]:
    """Milliseconds from the start of the process to its point, and its line."""
    commande = [sys.executable, "-m", "tests.bench.depart", qui, point, str(quoi), PHRASE]
    debut = time.monotonic()
    with subprocess.Popen(
        commande, cwd=RACINE, env=ecran_installe(), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as joue:  # fmt: skip
        assert joue.stdout is not None
        ligne = joue.stdout.readline()
        assert ligne, f"no line from {commande}"
    lu = json.loads(ligne)
    return (lu["quand"] - debut) * 1000, lu
