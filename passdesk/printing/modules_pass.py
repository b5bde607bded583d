"""From the 41 × 41 modules of a pass to its digits (ISO/IEC 18004, version 6, level Q), also when many are doubtful."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from passdesk.printing.reed_solomon import corriger
from passdesk.protocol.pass_token import LONGUEUR, MAGIE

COTE = 41
OEIL = 7
ALIGNEMENT = 34
"""Row and column of the middle of the one alignment pattern."""

_BLOCS, _DONNEES, _CORRECTEURS = 4, 19, 24
_NIVEAU_Q, _MODE_CHIFFRES = 0b11, 0b0001
_RESERVE = 2
_EFFACES = (0, 6, 12, 16, 20, 22)
"""How many of the least sure codewords of a block are given up, in the order tried."""

Place = tuple[int, int]
_MASQUES: tuple[Callable[[int, int], bool], ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)


def noir_dans_un_oeil(ligne: int, colonne: int) -> bool:
    """True for a dark module of a finder pattern, counted from its corner; its white surround is outside 0–6."""
    if not (0 <= ligne < OEIL and 0 <= colonne < OEIL):
        return False
    return ligne in (0, 6) or colonne in (0, 6) or (2 <= ligne <= 4 and 2 <= colonne <= 4)


@cache
def motifs() -> dict[Place, bool]:
    """The modules that are the same on every pass, and whether they are dark; format modules are not among them."""
    fixes: dict[Place, bool] = {}
    for haut, gauche in ((0, 0), (0, COTE - OEIL), (COTE - OEIL, 0)):
        for ligne in range(-1, OEIL + 1):
            for colonne in range(-1, OEIL + 1):
                if 0 <= haut + ligne < COTE and 0 <= gauche + colonne < COTE:
                    fixes[haut + ligne, gauche + colonne] = noir_dans_un_oeil(ligne, colonne)
    for ligne in range(-2, 3):
        for colonne in range(-2, 3):
            fixes[ALIGNEMENT + ligne, ALIGNEMENT + colonne] = max(abs(ligne), abs(colonne)) != 1
    for rang in range(OEIL + 1, COTE - OEIL - 1):
        fixes[6, rang] = fixes[rang, 6] = rang % 2 == 0
    fixes[COTE - 8, 8] = True
    return fixes


@cache
def _formats() -> tuple[tuple[tuple[int, bool], ...], ...]:
    """For each mask: the places (index of module) of the format modules, twice written, and whether they are dark."""
    tous = []
    for masque in range(8):
        donnee = _NIVEAU_Q << 3 | masque
        reste = donnee
        for _ in range(10):
            reste = reste << 1 ^ (reste >> 9) * 0x537
        bits = (donnee << 10 | reste) ^ 0x5412
        un = [(i, 8) for i in range(6)] + [(7, 8), (8, 8), (8, 7)] + [(8, 14 - i) for i in range(9, 15)]
        deux = [(8, COTE - 1 - i) for i in range(8)] + [(COTE - 15 + i, 8) for i in range(8, 15)]
        tous.append(
            tuple((y * COTE + x, bool(bits >> i & 1)) for suite in (un, deux) for i, (y, x) in enumerate(suite))
        )
    return tuple(tous)


@cache
def _parcours() -> tuple[Place, ...]:
    """The data modules in the order in which their bits are written: up and down, two columns at a time."""
    pris = set(motifs()) | {divmod(place, COTE) for place, _ in _formats()[0]}
    places, monte = [], True
    for droite in [*range(COTE - 1, 6, -2), *range(5, 0, -2)]:
        lignes = range(COTE - 1, -1, -1) if monte else range(COTE)
        places += [(i, j) for i in lignes for j in (droite, droite - 1) if (i, j) not in pris]
        monte = not monte
    return tuple(places)


def lire_modules(marges: Sequence[float]) -> str | None:
    """The digits of a pass, or None.

    `marges`: row by row, how dark each module is beyond doubt: above 0 dark, below 0 light, near 0 not known.
    """
    accords = [sum((marges[place] > 0) == noir for place, noir in format_) for format_ in _formats()]
    # The format is written twice and corrects itself; where both are lost, the second likeliest mask is tried too.
    for masque in sorted(range(8), key=lambda m: -accords[m])[:2]:
        texte = _chiffres(_mots(marges, _MASQUES[masque]))
        if texte is not None:
            return texte
    return None


def _mots(marges: Sequence[float], masque: Callable[[int, int], bool]) -> list[tuple[int, float]]:
    """The codewords, each with how sure its least sure module is."""
    places, mots = _parcours(), []
    for debut in range(0, 8 * _BLOCS * (_DONNEES + _CORRECTEURS), 8):
        mot, surete = 0, float("inf")
        for ligne, colonne in places[debut : debut + 8]:
            marge = marges[ligne * COTE + colonne]
            mot = mot << 1 | ((marge > 0) != masque(ligne, colonne))
            surete = min(surete, abs(marge))
        mots.append((mot, surete))
    return mots


def _chiffres(mots: Sequence[tuple[int, float]]) -> str | None:
    donnees: list[int] = []
    for bloc in range(_BLOCS):
        ici = [*mots[bloc : _BLOCS * _DONNEES : _BLOCS], *mots[_BLOCS * _DONNEES + bloc :: _BLOCS]]
        mende = _mender(ici)
        if mende is None:
            return None
        donnees += mende[:_DONNEES]
    bits = "".join(f"{donnee:08b}" for donnee in donnees)
    if int(bits[:4], 2) != _MODE_CHIFFRES or int(bits[4:14], 2) != LONGUEUR:
        return None
    triplets = [int(bits[14 + 10 * rang : 24 + 10 * rang], 2) for rang in range(LONGUEUR // 3)]
    texte = "".join(f"{triplet:03d}" for triplet in triplets)
    return texte if len(texte) == LONGUEUR and texte.startswith(MAGIE) else None


def _mender(bloc: Sequence[tuple[int, float]]) -> list[int] | None:
    mots = [mot for mot, _ in bloc]
    douteux = sorted(range(len(bloc)), key=lambda place: bloc[place][1])
    for nombre in _EFFACES:
        mende = corriger(mots, _CORRECTEURS, douteux[:nombre], _RESERVE)
        if mende is not None:
            return mende
    return None
