"""Slips of the fingers on an AZERTY keyboard, where the ear would hear another name."""

from __future__ import annotations

from itertools import pairwise

_RANGEES = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_VOISINES = frozenset(un + autre for rangee in _RANGEES for un, autre in pairwise(rangee))


def debut_mal_tape(mot: str, sien: str) -> bool:
    """True when the two folded words differ by their first letter alone, its neighbour on the keyboard, or by their
    first two exchanged (Jacqueline and Kacqueline, Véronique and Evronique).
    """
    if mot[1:] == sien[1:]:
        return mot[:1] + sien[:1] in _VOISINES or sien[:1] + mot[:1] in _VOISINES
    return mot[2:] == sien[2:] and mot[:2] == sien[1::-1]
