"""Reed-Solomon over GF(256) as QR symbols use it: errors, and erasures whose places are suspected."""

from __future__ import annotations

from collections.abc import Sequence

_POLYNOME = 0x11D


def _tables() -> tuple[list[int], list[int]]:
    puissances, logs, x = [0] * 512, [0] * 256, 1
    for i in range(255):
        puissances[i] = puissances[i + 255] = x
        logs[x] = i
        x <<= 1
        if x & 256:
            x ^= _POLYNOME
    return puissances, logs


_EXP, _LOG = _tables()


def _mul(a: int, b: int) -> int:
    return _EXP[_LOG[a] + _LOG[b]] if a and b else 0


def _inverse(a: int) -> int:
    return _EXP[255 - _LOG[a]]


def _produit(p: Sequence[int], q: Sequence[int]) -> list[int]:
    """Product of two polynomials, lowest degree first."""
    r = [0] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            r[i + j] ^= _mul(a, b)
    return r


def _valeur(p: Sequence[int], x: int) -> int:
    y = 0
    for a in reversed(p):
        y = _mul(y, x) ^ a
    return y


def _syndromes(mots: Sequence[int], correcteurs: int) -> list[int]:
    syndromes = []
    for j in range(correcteurs):
        y = 0
        for mot in mots:
            y = (_EXP[_LOG[y] + j] if y else 0) ^ mot
        syndromes.append(y)
    return syndromes


def corriger(mots: Sequence[int], correcteurs: int, effaces: Sequence[int] = (), reserve: int = 0) -> list[int] | None:
    """The codewords mended, or None when they are past mending.

    `correcteurs`: how many of them, at the end, are for correction. `effaces`: places not to be believed; each costs
    half an error. `reserve`: correcting codewords that must be left over, so that chance cannot make up an answer.
    """
    syndromes = _syndromes(mots, correcteurs)
    if not any(syndromes):
        return list(mots)
    localisateur = _localiser(syndromes, [_EXP[len(mots) - 1 - place] for place in effaces])
    degre = len(localisateur) - 1
    if 2 * (degre - len(effaces)) + len(effaces) > correcteurs - reserve:
        return None
    inverses = {place: _EXP[(255 - (len(mots) - 1 - place)) % 255] for place in range(len(mots))}
    fautes = [place for place, x in inverses.items() if _valeur(localisateur, x) == 0]
    if len(fautes) != degre:
        return None
    # Forney, with a first root of 1.
    evaluateur = _produit(syndromes, localisateur)[:correcteurs]
    derivee = [c if i % 2 == 0 else 0 for i, c in enumerate(localisateur[1:])]
    mendes = list(mots)
    for place in fautes:
        x = inverses[place]
        pente = _valeur(derivee, x)
        if pente == 0:
            return None
        mendes[place] ^= _mul(_inverse(x), _mul(_valeur(evaluateur, x), _inverse(pente)))
    return mendes if not any(_syndromes(mendes, correcteurs)) else None


def _localiser(syndromes: Sequence[int], effaces: Sequence[int]) -> list[int]:
    """Berlekamp-Massey started from the erasures: the polynomial whose roots are the places of what is wrong."""
    courant = [1]
    for x in effaces:
        courant = _produit(courant, [1, x])
    dernier, longueur, connus = list(courant), len(effaces), len(effaces)
    for r in range(connus, len(syndromes)):
        ecart = 0
        for i, c in enumerate(courant[: r + 1]):
            ecart ^= _mul(c, syndromes[r - i])
        dernier = [0, *dernier]
        if ecart == 0:
            continue
        suivant = [0] * max(len(courant), len(dernier))
        for i, c in enumerate(courant):
            suivant[i] ^= c
        for i, c in enumerate(dernier):
            suivant[i] ^= _mul(ecart, c)
        if 2 * longueur <= r + connus:
            longueur = r + 1 + connus - longueur
            dernier = [_mul(_inverse(ecart), c) for c in courant]
        courant = suivant
    while courant[-1] == 0:
        courant.pop()
    return courant
