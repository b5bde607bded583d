"""The void list of the trust bundle: numbers sorted, gaps written as varints (anchors/print §2.5).

One entry a campaign and reason: the gaps of whole carnets, then those of single pass (carnet × 16 + rang).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from passdesk.protocol.pass_token import CAMPAGNE_MAX, CARNET_MAX

RAISONS = ("annule", "perdu", "vole", "litige")
_POIDS = ("vole", "perdu", "annule", "litige")
"""Which reason is told when a carnet is void for several: what cannot be lifted before what can."""

NOMBRE_MAX = 1_000_000
"""Entries of each kind that are read at most."""

_RANG_BITS = 4
_RANG_MAX = 10

Code = dict[int, dict[int, list[bytes]]]


@dataclass(frozen=True, slots=True, order=True)
class Annulation:
    """A whole carnet (`rang` 0) or one pass that may no longer be spent. `raison`: annule, perdu, vole or litige."""

    campagne: int
    carnet: int
    rang: int
    raison: str

    def verifier(self) -> None:
        """Raises ValueError when a number has no room or the reason is unknown."""
        if not (0 <= self.campagne <= CAMPAGNE_MAX and 0 <= self.carnet <= CARNET_MAX and 0 <= self.rang <= _RANG_MAX):
            raise ValueError("void entry out of range")
        if self.raison not in RAISONS:
            raise ValueError("unknown reason of a void entry")


def encode_nombres(nombres: Iterable[int]) -> bytes:
    """Gaps between strictly increasing naturals as little-endian base-128 varints. Raises ValueError if unsorted."""
    octets, precedent = bytearray(), -1
    for nombre in nombres:
        ecart = nombre - precedent - 1
        if ecart < 0:
            raise ValueError("numbers not strictly increasing")
        precedent = nombre
        while ecart > 127:
            octets.append(ecart & 127 | 128)
            ecart >>= 7
        octets.append(ecart)
    return bytes(octets)


def decode_nombres(octets: bytes, maximum: int) -> list[int]:
    """The numbers written by `encode_nombres`, in their only writing. Raises ValueError otherwise."""
    nombres: list[int] = []
    precedent, ecart, decalage = -1, 0, 0
    for octet in octets:
        ecart |= (octet & 127) << decalage
        if octet & 128:
            decalage += 7
            if decalage > 28:
                raise ValueError("varint too long")
            continue
        if decalage and octet == 0:
            raise ValueError("varint not in its shortest form")
        precedent += ecart + 1
        if precedent > maximum or len(nombres) >= NOMBRE_MAX:
            raise ValueError("number out of range")
        nombres.append(precedent)
        ecart = decalage = 0
    if decalage:
        raise ValueError("varint cut short")
    return nombres


def encode_annulations(annulations: Iterable[Annulation]) -> Code:
    """The list as plain CBOR values: {campagne: {reason's rank in RAISONS: [carnets, pass]}}.

    A carnet void for several reasons (blocked, then stolen) is told once: publishing never stops for that.
    Raises ValueError when a number has no room or a reason is unknown.
    """
    uniques: dict[tuple[int, int, int], str] = {}
    for annulation in annulations:
        annulation.verifier()
        sujet = (annulation.campagne, annulation.carnet, annulation.rang)
        uniques[sujet] = min(annulation.raison, uniques.get(sujet, annulation.raison), key=_POIDS.index)
    tri: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
    for (campagne, carnet, rang), raison in sorted(uniques.items()):
        carnets, passes = tri.setdefault((campagne, RAISONS.index(raison)), ([], []))
        if rang:
            passes.append(carnet << _RANG_BITS | rang)
        else:
            carnets.append(carnet)
    code: Code = {}
    for (campagne, rang_raison), (carnets, passes) in sorted(tri.items()):
        code.setdefault(campagne, {})[rang_raison] = [encode_nombres(carnets), encode_nombres(passes)]
    return code


def decode_annulations(code: Code) -> tuple[Annulation, ...]:
    """The list written by `encode_annulations`, sorted, each carnet or pass once.

    Raises ValueError, TypeError or IndexError when misshapen.
    """
    annulations: list[Annulation] = []
    for campagne, par_raison in code.items():
        for rang_raison, (carnets, passes) in par_raison.items():
            raison = RAISONS[rang_raison]
            annulations += [Annulation(campagne, n, 0, raison) for n in decode_nombres(carnets, CARNET_MAX)]
            for n in decode_nombres(passes, CARNET_MAX << _RANG_BITS | _RANG_MAX):
                annulations.append(Annulation(campagne, n >> _RANG_BITS, n & (1 << _RANG_BITS) - 1, raison))
    if len({(a.campagne, a.carnet, a.rang) for a in annulations}) != len(annulations):
        raise ValueError("the same carnet or pass is void twice")
    return tuple(sorted(annulations))
