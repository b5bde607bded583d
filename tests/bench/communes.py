"""How long the list of communes takes to read: it is read as the program opens."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from passdesk.domain.commune import lire_communes
from tests.bench import Mesure

FICHIER = Path(__file__).parent.parent.parent / "resources" / "communes" / "communes.csv"
PLAFOND = 15
"""Times the standard library's own reading of the same lines, which finds nothing and sorts nothing."""


def mesurer(bref: bool) -> Iterator[Mesure]:
    """The quickest of several readings, of processor time."""
    texte = FICHIER.read_text(encoding="utf-8")
    fois = 3 if bref else 10
    nous, nue = (
        _duree(lire, fois) for lire in (lambda: lire_communes(texte), lambda: list(csv.reader(texte.split("\n"))))
    )
    ratio = nous / nue
    yield Mesure(
        "communes_lecture",
        nous * 1000,
        "ms",
        f"csv.reader, {nue * 1000:.0f} ms",
        ratio,
        f"<= {PLAFOND}",
        ratio <= PLAFOND,
    )


def _duree(lire: Callable[[], object], fois: int) -> float:
    durees = []
    for _ in range(fois):
        debut = time.process_time()
        lire()
        durees.append(time.process_time() - debut)
    return min(durees)
