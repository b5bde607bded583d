"""The two symbols that our paper bears, and the modules that are the same on every one of a kind (ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product

OEIL = 7
"""Side of a finder pattern, modules."""

Place = tuple[int, int]
"""Row and column of a module."""


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of symbol. `mires`: rows and columns where alignment patterns are centred; `niveau`: bits of the format.

    `blocs`: data codewords of each block, which `correcteurs` more correct.
    """

    version: int
    mires: tuple[int, ...]
    niveau: int
    blocs: tuple[int, ...]
    correcteurs: int

    @property
    def cote(self) -> int:
        """Modules a side."""
        return 17 + 4 * self.version

    @property
    def effaces(self) -> tuple[int, ...]:
        """How many of the least sure codewords of a block are given up, in the order tried."""
        return (0, 6, 12, self.correcteurs - 8, self.correcteurs - 4, self.correcteurs - 2)


PASS = Genre(6, (6, 34), 0b11, (19,) * 4, 24)
"""A pass: version 6, level Q, 41 × 41."""
CERTIFICAT = Genre(10, (6, 28, 50), 0b00, (43, 43, 43, 43, 44), 26)
"""The certificate of a cover: version 10, level M, 57 × 57."""
GENRES = (PASS, CERTIFICAT)

MASQUES: tuple[Callable[[int, int], bool], ...] = (
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
def motifs(genre: Genre) -> dict[Place, bool]:
    """The modules that are the same on every symbol of this kind, and whether they are dark; without the format."""
    cote = genre.cote
    fixes: dict[Place, bool] = {}
    for rang in range(OEIL + 1, cote - OEIL - 1):
        fixes[6, rang] = fixes[rang, 6] = rang % 2 == 0
    for haut, gauche in product(genre.mires, repeat=2):
        if not _dans_un_coin(haut, gauche, cote):
            for ligne, colonne in product(range(-2, 3), repeat=2):
                fixes[haut + ligne, gauche + colonne] = max(abs(ligne), abs(colonne)) != 1
    for haut, gauche in ((0, 0), (0, cote - OEIL), (cote - OEIL, 0)):
        for ligne, colonne in product(range(-1, OEIL + 1), repeat=2):
            if 0 <= haut + ligne < cote and 0 <= gauche + colonne < cote:
                fixes[haut + ligne, gauche + colonne] = noir_dans_un_oeil(ligne, colonne)
    fixes[cote - 8, 8] = True
    return fixes | _version(genre)


def _dans_un_coin(ligne: int, colonne: int, cote: int) -> bool:
    """True where a finder pattern stands: no alignment pattern there."""
    proches = (ligne < OEIL + 2, ligne > cote - OEIL - 3, colonne < OEIL + 2, colonne > cote - OEIL - 3)
    haut, bas, gauche, droite = proches
    return (haut and (gauche or droite)) or (bas and gauche)


def _version(genre: Genre) -> dict[Place, bool]:
    """From version 7 on, its number is written twice."""
    if genre.version < 7:
        return {}
    bits = genre.version << 12 | _reste(genre.version, 12, 0x1F25)
    places = {(i // 3, genre.cote - 11 + i % 3): bool(bits >> i & 1) for i in range(18)}
    return places | {(colonne, ligne): noir for (ligne, colonne), noir in places.items()}


def _reste(donnee: int, degre: int, polynome: int) -> int:
    reste = donnee
    for _ in range(degre):
        reste = reste << 1 ^ (reste >> degre - 1) * polynome
    return reste


@cache
def formats(genre: Genre) -> tuple[tuple[tuple[Place, bool], ...], ...]:
    """For each mask: the places of the format modules, twice written, and whether they are dark."""
    tous, cote = [], genre.cote
    for masque in range(8):
        donnee = genre.niveau << 3 | masque
        bits = (donnee << 10 | _reste(donnee, 10, 0x537)) ^ 0x5412
        un = [(i, 8) for i in range(6)] + [(7, 8), (8, 8), (8, 7)] + [(8, 14 - i) for i in range(9, 15)]
        deux = [(8, cote - 1 - i) for i in range(8)] + [(cote - 15 + i, 8) for i in range(8, 15)]
        tous.append(tuple((place, bool(bits >> i & 1)) for suite in (un, deux) for i, place in enumerate(suite)))
    return tuple(tous)


@cache
def parcours(genre: Genre) -> tuple[Place, ...]:
    """The data modules in the order in which their bits are written: up and down, two columns at a time."""
    cote = genre.cote
    pris = set(motifs(genre)) | {place for place, _ in formats(genre)[0]}
    places, monte = [], True
    for droite in [*range(cote - 1, 6, -2), *range(5, 0, -2)]:
        lignes = range(cote - 1, -1, -1) if monte else range(cote)
        places += [(i, j) for i in lignes for j in (droite, droite - 1) if (i, j) not in pris]
        monte = not monte
    return tuple(places)


@cache
def entrelacs(genre: Genre) -> tuple[tuple[int, ...], ...]:
    """For each block, where its codewords stand among those written: data first, then those that correct."""
    blocs: list[list[int]] = [[] for _ in genre.blocs]
    suite = 0
    for rang in range(max(genre.blocs)):
        for bloc, donnees in enumerate(genre.blocs):
            if rang < donnees:
                blocs[bloc].append(suite)
                suite += 1
    for _ in range(genre.correcteurs):
        for places in blocs:
            places.append(suite)
            suite += 1
    return tuple(tuple(bloc) for bloc in blocs)
