"""The number ranges that the trust bundle vouches for: what was granted, less what was given back unused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from passdesk.protocol.confiance import Plage
from passdesk.server.lots import NUMEROS_UTILISES
from passdesk.server.magasin import Transaction


def plages(tx: Transaction) -> tuple[Plage, ...]:
    """By campaign and number. Once the value of a lot went back to its pot, it is good for what was awarded only.

    Numbers in limbo stay: the void list says why they are refused.
    """
    rangees = tx.toutes(
        "SELECT campagne, kid, premier, dernier, valeur IS NOT NULL AND etat <> 'limbes' FROM lot "
        "ORDER BY campagne, premier"
    )
    toutes: list[Plage] = []
    for campagne, kid, premier, dernier, rendue in rangees:
        if not rendue:
            toutes.append(Plage(campagne, kid, premier, dernier))
            continue
        bornes = (campagne, premier, dernier)
        utilises = sorted(int(numero) for (numero,) in tx.toutes(NUMEROS_UTILISES, *bornes, *bornes))
        toutes += [Plage(campagne, kid, debut, fin) for debut, fin in _suites(utilises)]
    return tuple(toutes)


def _suites(numeros: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive numbers, as (first, last)."""
    debut = fin = None
    for numero in numeros:
        if debut is None or fin is None or numero != fin + 1:
            if debut is not None and fin is not None:
                yield debut, fin
            debut = numero
        fin = numero
    if debut is not None and fin is not None:
        yield debut, fin
