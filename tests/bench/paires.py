"""Labelled pairs of records: the same person twice, or two people who look it.

Fixed seed. Habits of each kind are parted in two: the matcher was tuned on those of `ACCORD`, and is measured on those
of `MESURE`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from passdesk.domain.ressemblance import Identite
from tests.bench.habitudes import MEMES, Habitude, personne
from tests.bench.sosies import AUTRES

ACCORD, MESURE = "accord", "mesure"
NOMBRE = 4000
GRAINE = 1901


@dataclass(frozen=True, slots=True)
class Paire:
    """Two records. `meme`: one person; `habitude`: how it was made; `moitie`: ACCORD or MESURE."""

    une: Identite
    autre: Identite
    meme: bool
    habitude: str
    moitie: str


def paires(nombre: int = NOMBRE, graine: int = GRAINE) -> list[Paire]:
    """As many pairs of one person as of two, as many of each habit; always the same for one seed."""
    hasard = random.Random(graine)
    return [
        paire
        for meme, habitudes in ((True, MEMES), (False, AUTRES))
        for rang in range(nombre // 2)
        for paire in [_paire(hasard, meme, list(habitudes.items()), rang % len(habitudes))]
    ]


def _paire(hasard: random.Random, meme: bool, habitudes: list[tuple[str, Habitude]], rang: int) -> Paire:
    """A pair of this habit, of the first person drawn who can be written so."""
    nom, ecrire = habitudes[rang]
    while True:
        une = personne(hasard)
        autre = ecrire(hasard, une)
        ici, la = autre if isinstance(autre, tuple) else (une, autre)
        if la is not None and ici != la:
            return Paire(ici, la, meme, nom, (ACCORD, MESURE)[rang % 2])
