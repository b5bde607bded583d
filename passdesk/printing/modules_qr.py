"""From the modules of a pass, or of the certificate of a cover, to its text, also when many are doubtful."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from passdesk.printing.genre_qr import MASQUES, PASS, Genre, entrelacs, formats, parcours
from passdesk.printing.reed_solomon import corriger
from passdesk.protocol.base45 import ALPHABET
from passdesk.protocol.certificat import lire_certificat
from passdesk.protocol.pass_token import LONGUEUR, MAGIE

_MODE_CHIFFRES, _MODE_LETTRES = 0b0001, 0b0010
_RESERVE = 2
"""Correcting codewords left over in each block, so that chance cannot make up an answer."""

Mots = Sequence[tuple[int, float]]
"""Codewords, each with how sure its least sure module is."""


def lire_modules(marges: Sequence[float], genre: Genre = PASS) -> str | None:
    """The text of a pass or of a certificate, or None.

    `marges`: row by row, how dark each module is beyond doubt: above 0 dark, below 0 light, near 0 not known.
    """
    cote = genre.cote
    accords = [sum((marges[i * cote + j] > 0) == noir for (i, j), noir in un) for un in formats(genre)]
    # The format is written twice and corrects itself; where both are lost, the second likeliest mask is tried too.
    for masque in sorted(range(8), key=lambda m: -accords[m])[:2]:
        donnees = _donnees(_mots(marges, genre, MASQUES[masque]), genre)
        texte = None if donnees is None else _chiffres(donnees) if genre is PASS else _certificat(donnees)
        if texte is not None:
            return texte
    return None


def _mots(marges: Sequence[float], genre: Genre, masque: Callable[[int, int], bool]) -> Mots:
    places, mots = parcours(genre), []
    for debut in range(0, 8 * (sum(genre.blocs) + genre.correcteurs * len(genre.blocs)), 8):
        mot, surete = 0, float("inf")
        for ligne, colonne in places[debut : debut + 8]:
            marge = marges[ligne * genre.cote + colonne]
            mot = mot << 1 | ((marge > 0) != masque(ligne, colonne))
            surete = min(surete, abs(marge))
        mots.append((mot, surete))
    return mots


def _donnees(mots: Mots, genre: Genre) -> str | None:
    """The bits of the data of all blocks, each mended."""
    donnees: list[int] = []
    for places, nombre in zip(entrelacs(genre), genre.blocs, strict=True):
        mende = _mender([mots[place] for place in places], genre)
        if mende is None:
            return None
        donnees += mende[:nombre]
    return "".join(f"{donnee:08b}" for donnee in donnees)


def _chiffres(bits: str) -> str | None:
    if int(bits[:4], 2) != _MODE_CHIFFRES or int(bits[4:14], 2) != LONGUEUR:
        return None
    triplets = [int(bits[14 + 10 * rang : 24 + 10 * rang], 2) for rang in range(LONGUEUR // 3)]
    texte = "".join(f"{triplet:03d}" for triplet in triplets)
    return texte if len(texte) == LONGUEUR and texte.startswith(MAGIE) else None


def _certificat(bits: str) -> str | None:
    """Two letters in 11 bits, a last one alone in 6: the letters of base45 are those of the symbol, in its order."""
    mode, longueur = int(bits[:4], 2), int(bits[4:15], 2)
    if mode != _MODE_LETTRES or 15 + 11 * (longueur // 2) + 6 * (longueur % 2) > len(bits):
        return None
    paires = [divmod(int(bits[15 + 11 * rang : 26 + 11 * rang], 2), len(ALPHABET)) for rang in range(longueur // 2)]
    rangs = [rang for paire in paires for rang in paire]
    if longueur % 2:
        debut = 15 + 11 * (longueur // 2)
        rangs.append(int(bits[debut : debut + 6], 2))
    if max(rangs, default=0) >= len(ALPHABET):
        return None
    texte = "".join(ALPHABET[rang] for rang in rangs)
    return texte if lire_certificat(texte) is not None else None


def _mender(bloc: Mots, genre: Genre) -> list[int] | None:
    mots = [mot for mot, _ in bloc]
    douteux = sorted(range(len(bloc)), key=lambda place: bloc[place][1])
    for nombre in genre.effaces:
        mende = corriger(mots, genre.correcteurs, douteux[:nombre], _RESERVE)
        if mende is not None:
            return mende
    return None
