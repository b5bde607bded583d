"""Deterministic CBOR (RFC 8949 §4.2.1): one value has one writing, and only that writing is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cbor2

from passdesk.domain.erreurs import SaisieRefusee

TAILLE_MAX = 1 << 20
"""Bytes read at most unless the caller says otherwise."""

PROFONDEUR_MAX = 16


def _admis(valeur: Any, profondeur: int) -> Any:
    """The value as plain CBOR types; raises TypeError on what has no single writing (floats, tags, mixed keys)."""
    if profondeur > PROFONDEUR_MAX:
        raise TypeError("nesting too deep")
    if valeur is None or isinstance(valeur, bool | bytes):
        return valeur
    if isinstance(valeur, str):
        return str(valeur)
    if isinstance(valeur, int):
        if not -(1 << 63) <= valeur < 1 << 64:
            raise TypeError("integer too large")
        return int(valeur)
    if isinstance(valeur, Mapping):
        # cbor2 sorts keys by length first (RFC 7049); equal to RFC 8949 as long as all keys are of one kind.
        textes = all(isinstance(cle, str) for cle in valeur)
        entiers = all(isinstance(cle, int) and not isinstance(cle, bool) and cle >= 0 for cle in valeur)
        if not (textes or entiers):
            raise TypeError("keys must be all texts or all natural numbers")
        return {_admis(cle, profondeur): _admis(contenu, profondeur + 1) for cle, contenu in valeur.items()}
    if isinstance(valeur, Sequence) and not isinstance(valeur, bytearray | memoryview):
        return [_admis(contenu, profondeur + 1) for contenu in valeur]
    raise TypeError(f"{type(valeur).__name__} has no deterministic writing")


def encode(valeur: Any) -> bytes:
    """The single CBOR writing of None, booleans, 64-bit integers, bytes, texts, lists and maps. Raises TypeError."""
    return cbor2.dumps(_admis(valeur, 0), canonical=True)


def decode(octets: bytes, *, taille_max: int = TAILLE_MAX) -> Any:
    """Reads exactly one value in its single writing. Raises SaisieRefusee("message_illisible")."""
    if len(octets) > taille_max:
        raise SaisieRefusee("message_illisible")
    try:
        valeur = cbor2.loads(octets, max_depth=PROFONDEUR_MAX + 2, allow_indefinite=False, allow_duplicate_keys=False)
        conforme = encode(valeur) == octets
    except (cbor2.CBORError, TypeError, ValueError, OverflowError, RecursionError):
        conforme = False
    if not conforme:
        raise SaisieRefusee("message_illisible")
    return valeur
