"""Deterministic CBOR (RFC 8949 §4.2.1): one value has one writing, and only that writing is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import cbor2

from passdesk.domain.erreurs import SaisieRefusee

TAILLE_MAX = 1 << 20
"""Bytes read at most unless the caller says otherwise."""

PROFONDEUR_MAX = 16
MEMBRES_MAX = 1 << 18
"""Members read at most unless the caller says otherwise: an empty map is one byte there, and a hundred in memory. One
mebibyte of them took half a minute."""


_SIMPLES = frozenset({str, bytes, bool, type(None)})
"""Types written as they are."""
_SUITES = frozenset({list, dict})
_TEXTE, _ENTIER = {str}, {int}
_ENTIER_MIN, _ENTIER_MAX = -(1 << 63), (1 << 64) - 1


def _admis(valeur: Any, profondeur: int) -> Any:
    """The value as plain CBOR types; raises TypeError on what has no single writing (floats, tags, mixed keys)."""
    genre = type(valeur)
    if genre in _SIMPLES:
        return valeur
    if genre is list or genre is dict:
        # Most of what is read and written.
        if profondeur >= PROFONDEUR_MAX and valeur:
            raise TypeError("nesting too deep")
        return _liste(valeur, profondeur) if genre is list else _carte(valeur, profondeur)
    if isinstance(valeur, int):
        if not _ENTIER_MIN <= valeur <= _ENTIER_MAX:
            raise TypeError("integer too large")
        return int(valeur)
    if isinstance(valeur, str):
        return str(valeur)
    if isinstance(valeur, bytes):
        return valeur
    if isinstance(valeur, Mapping):
        return _admis(dict(valeur), profondeur)
    if isinstance(valeur, Sequence) and not isinstance(valeur, bytearray | memoryview):
        return _admis(list(valeur), profondeur)
    raise TypeError(f"{genre.__name__} has no deterministic writing")


def _liste(valeur: list[Any], profondeur: int) -> list[Any]:
    dessous = profondeur + 1
    return [
        membre
        if (genre := type(membre)) in _SIMPLES or (genre is int and _ENTIER_MIN <= membre <= _ENTIER_MAX)
        else _admis(membre, dessous)
        for membre in valeur
    ]


def _carte(valeur: dict[Any, Any], profondeur: int) -> dict[Any, Any]:
    # cbor2 sorts keys by length first (RFC 7049); equal to RFC 8949 as long as all keys are of one kind.
    if not set(map(type, valeur)) <= _TEXTE:
        textes = all(isinstance(cle, str) for cle in valeur)
        if not textes and not all(isinstance(cle, int) and not isinstance(cle, bool) and cle >= 0 for cle in valeur):
            raise TypeError("keys must be all texts or all natural numbers")
        valeur = {_admis(cle, profondeur): membre for cle, membre in valeur.items()}
    dessous = profondeur + 1
    return {cle: membre if type(membre) in _SIMPLES else _admis(membre, dessous) for cle, membre in valeur.items()}


def encode(valeur: Any) -> bytes:
    """The single CBOR writing of None, booleans, 64-bit integers, bytes, texts, lists and maps. Raises TypeError."""
    return cbor2.dumps(_admis(valeur, 0), canonical=True)


def encode_sur(valeur: Any) -> bytes:
    """The same, of a value that this program made of these very types, with texts for keys: it is not looked through,
    which takes as long as to write it."""
    return cbor2.dumps(valeur, canonical=True)


def _lu(valeur: Any, profondeur: int, vus: set[int]) -> bool:
    """True when a list or a map just read is of types that have a single writing, its keys in order; a copy of it would
    cost more.

    `vus`: those met so far. One met twice was written once and referred to (RFC 8949 tags 28 and 29, which cbor2
    follows): a few hundred bytes of that stand for more than can ever be walked.
    """
    if (profondeur >= PROFONDEUR_MAX and valeur) or id(valeur) in vus:
        return False
    vus.add(id(valeur))
    membres: Iterable[Any] = valeur
    if type(valeur) is dict:
        genres = set(map(type, valeur))
        if not (_textes_ranges(valeur) if genres <= _TEXTE else genres <= _ENTIER and _entiers_ranges(valeur)):
            return False
        membres = valeur.values()
    for membre in membres:
        genre = type(membre)
        if genre in _SIMPLES:
            continue
        if genre is int:
            if not _ENTIER_MIN <= membre <= _ENTIER_MAX:
                return False
        elif (genre is not list and genre is not dict) or not _lu(membre, profondeur + 1, vus):
            return False
    return True


def _textes_ranges(cles: Iterable[str]) -> bool:
    """True when these keys, all different, come in the order of their writings: the shorter first."""
    avant, taille_avant = b"", -1
    for cle in map(str.encode, cles):
        taille = len(cle)
        if taille < taille_avant or (taille == taille_avant and cle < avant):
            return False
        avant, taille_avant = cle, taille
    return True


def _entiers_ranges(cles: Iterable[int]) -> bool:
    """The same for whole numbers, none of them below zero."""
    avant = -1
    for cle in cles:
        if cle < avant or cle < 0:
            return False
        avant = cle
    return avant <= _ENTIER_MAX


def _foule(octets: bytes, membres_max: int) -> bool:
    """True when these bytes hold more members than that; they are counted one after the other, and none is made."""
    place = nombre = 0
    while place < len(octets) and nombre <= membres_max:
        genre, valeur = octets[place] >> 5, octets[place] & 31
        place += 1
        if valeur >= 24:
            suite = 1 << (valeur - 24) if valeur < 28 else 0
            valeur = int.from_bytes(octets[place : place + suite], "big")
            place += suite
        if genre in (2, 3):
            # Bytes and texts are one member, whatever they hold.
            place += valeur
        nombre += 1
    return nombre > membres_max


def decode(octets: bytes, *, taille_max: int = TAILLE_MAX, membres_max: int = MEMBRES_MAX) -> Any:
    """Reads exactly one value in its single writing. Raises SaisieRefusee("message_illisible")."""
    # A member is a byte at least: most messages need not be counted.
    if len(octets) > taille_max or (len(octets) > membres_max and _foule(octets, membres_max)):
        raise SaisieRefusee("message_illisible")
    try:
        valeur = cbor2.loads(octets, max_depth=PROFONDEUR_MAX + 2, allow_indefinite=False, allow_duplicate_keys=False)
        # Its keys are in order: written as they come, which takes a third of the time, they are written canonically.
        conforme = _lu(valeur if type(valeur) in _SUITES else [valeur], 0, set()) and cbor2.dumps(valeur) == octets
    except (cbor2.CBORError, TypeError, ValueError, OverflowError, RecursionError):
        conforme = False
    if not conforme:
        raise SaisieRefusee("message_illisible")
    return valeur
