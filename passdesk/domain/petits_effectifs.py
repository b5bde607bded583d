"""Figures that may be given: no cell from which a person could be picked out, nor recovered from the total.

A count from 1 to SEUIL - 1 is hidden. Who knows the total and the other counts knows what the hidden ones come to
together: others are hidden with them until each may still be anything from 1 to SEUIL at least.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SEUIL = 5
"""A count below this one, and above zero, is never given."""


@dataclass(frozen=True, slots=True)
class Repartition:
    """Counts by category, None where hidden; `total` None when there are too few of all to give any figure.

    `detaillee`: False when only the total may be given: every cell is then hidden, those of nobody too.
    """

    cases: tuple[tuple[Any, int | None], ...]
    total: int | None
    detaillee: bool = True

    @property
    def masquees(self) -> int:
        """How many cells are hidden."""
        return sum(nombre is None for _, nombre in self.cases)


def repartir(comptes: Mapping[Any, int]) -> Repartition:
    """The counts as they may be given, in their order. Raises ValueError for a negative count."""
    if any(nombre < 0 for nombre in comptes.values()):
        raise ValueError("a count cannot be negative")
    total = sum(comptes.values())
    if 0 < total < SEUIL:
        return Repartition(tuple((cle, None) for cle in comptes), None, detaillee=False)
    cachees = {cle for cle, nombre in comptes.items() if 0 < nombre < SEUIL}
    # The smallest first: what is lost of the figures is as little as can be.
    restantes = sorted((cle for cle, nombre in comptes.items() if nombre >= SEUIL), key=lambda cle: comptes[cle])
    while cachees and not _a_couvert(comptes, cachees):
        if not restantes:
            return Repartition(tuple((cle, None) for cle in comptes), total, detaillee=False)
        # All those of one count together: which of equal ones was hidden would tell the others.
        plus_petite = comptes[restantes[0]]
        while restantes and comptes[restantes[0]] == plus_petite:
            cachees.add(restantes.pop(0))
    return Repartition(tuple((cle, None if cle in cachees else nombre) for cle, nombre in comptes.items()), total)


def _a_couvert(comptes: Mapping[Any, int], cachees: set[Any]) -> bool:
    """True when the total tells of no hidden cell what it is: each may be 1, or SEUIL, or anything between."""
    somme = sum(comptes[cle] for cle in cachees)
    # Each as great as a small one can be, beside a count of SEUIL: with another of that count, that one had gone first.
    au_bord = somme == len(cachees) * (SEUIL - 1) and SEUIL in (comptes[cle] for cle in comptes.keys() - cachees)
    return len(cachees) > 1 and somme >= len(cachees) - 1 + SEUIL and not au_bord
