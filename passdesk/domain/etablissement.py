"""School numbers (UAI): seven digits and a letter that checks them."""

from __future__ import annotations

import re

_FORME = re.compile(r"(\d{7})([A-Z])", re.ASCII)
_LETTRES = "ABCDEFGHJKLMNPRSTUVWXYZ"


def lire_uai(texte: str) -> str | None:
    """The number in capitals, without spaces; None unless its letter is that of its digits (rank of digits mod 23)."""
    propre = "".join(texte.split()).upper()
    trouve = _FORME.fullmatch(propre)
    return propre if trouve and _LETTRES[int(trouve[1]) % len(_LETTRES)] == trouve[2] else None
