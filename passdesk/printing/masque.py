"""The mask of a QR symbol, chosen as ISO/IEC 18004 §7.8.3 says and as `qrcode` does, on whole symbols at once.

Two symbols of one text must be the same paper years apart: the choice is the library's, mask for mask; only its way
of counting is another. A symbol is one integer, row after row; its columns are another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

MASQUES: tuple[Callable[[int, int], bool], ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: (i * j % 3 + (i + j) % 2) % 2 == 0,
)
"""Dark where true, by row and column (table 10 of the standard)."""

Modules = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class _Gabarit:
    """What all symbols of one size share, as integers: `blancs`, format and version, light while masks are weighed.

    `bascules`: what turns mask 0 into each mask. Every pair is (rows, columns).
    """

    cote: int
    blancs: tuple[int, int]
    bascules: tuple[tuple[int, int], ...]
    debuts: dict[int, int]


def meilleur_masque(masque_zero: Modules, alignements: Sequence[int]) -> int:
    """The mask (0–7) with the fewest penalty points; the first of equals.

    `masque_zero`: the whole symbol under mask 0; `alignements`: where its alignment patterns stand.
    """
    gabarit = _gabarit(len(masque_zero), tuple(alignements))
    lignes = _entier(masque_zero) & ~gabarit.blancs[0]
    colonnes = _entier(tuple(zip(*masque_zero, strict=True))) & ~gabarit.blancs[1]
    points = [
        _points(lignes ^ par_ligne, colonnes ^ par_colonne, gabarit) for par_ligne, par_colonne in gabarit.bascules
    ]
    return points.index(min(points))


def _entier(modules: Modules) -> int:
    """The first module is the highest bit."""
    return int("".join("1" if module else "0" for ligne in modules for module in ligne), 2)


def _points(lignes: int, colonnes: int, gabarit: _Gabarit) -> int:
    cote = gabarit.cote
    points = 0
    for symbole in (lignes, colonnes):
        points += _suites(symbole, gabarit) + 40 * _faux_reperes(symbole, gabarit)
    points += 3 * _carres(lignes, gabarit)
    sombre = lignes.bit_count() / cote**2
    return points + 10 * int(abs(sombre * 100 - 50) / 5)


def _suites(symbole: int, gabarit: _Gabarit) -> int:
    """Runs of one colour: 3 points for five modules, one more for each further one."""
    # A pair of equal neighbours at each bit where a pair starts; four in a row are the start of five modules.
    paires = ~(symbole ^ symbole << 1) & gabarit.debuts[2]
    cinq = paires & paires << 1
    cinq &= cinq << 2
    cinq &= gabarit.debuts[5]
    return cinq.bit_count() + 2 * (cinq & ~(cinq << 1 & gabarit.debuts[5])).bit_count()


def _carres(lignes: int, gabarit: _Gabarit) -> int:
    """Blocks of 2 × 2 of one colour."""
    a_droite = ~(lignes ^ lignes << 1)
    dessous = ~(lignes ^ lignes << gabarit.cote)
    return (a_droite & dessous & dessous << 1 & gabarit.debuts[0]).bit_count()


def _faux_reperes(symbole: int, gabarit: _Gabarit) -> int:
    """What looks like a finder pattern with four light modules before it or after it."""
    clair = ~symbole
    repere = symbole & clair << 1 & symbole << 2 & symbole << 3 & symbole << 4 & clair << 5 & symbole << 6
    marge = clair & clair << 1 & clair << 2 & clair << 3
    return ((repere & marge << 7 | marge & repere << 4) & gabarit.debuts[11]).bit_count()


@cache
def _gabarit(cote: int, alignements: tuple[int, ...]) -> _Gabarit:
    fixes, blancs = _fixes(cote, alignements)
    bascules = []
    for masque in MASQUES:
        change = [[(i, j) not in fixes and masque(i, j) != MASQUES[0](i, j) for j in range(cote)] for i in range(cote)]
        bascules.append((_entier(change), _entier(tuple(zip(*change, strict=True)))))
    grille = [[(i, j) in blancs for j in range(cote)] for i in range(cote)]
    debuts = {
        longueur: _entier([[j <= cote - longueur for j in range(cote)] for _ in range(cote)]) for longueur in (2, 5, 11)
    }
    debuts[0] = _entier([[i < cote - 1 and j < cote - 1 for j in range(cote)] for i in range(cote)])
    return _Gabarit(cote, (_entier(grille), _entier(tuple(zip(*grille, strict=True)))), tuple(bascules), debuts)


def _fixes(cote: int, alignements: tuple[int, ...]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """(modules that no mask touches, those of format and version among them), as (row, column)."""
    coins = ((0, 0), (0, cote - 8), (cote - 8, 0))
    fixes = {(i + a, j + b) for i, j in coins for a in range(8) for b in range(8)}
    fixes |= {(6, k) for k in range(cote)} | {(k, 6) for k in range(cote)}
    for i in alignements:
        for j in alignements:
            if (i, j) not in fixes or (6 in (i, j) and 6 < i + j - 6 < cote - 7):
                fixes |= {(i + a, j + b) for a in range(-2, 3) for b in range(-2, 3)}
    blancs = {(8, k) for k in (*range(9), *range(cote - 8, cote)) if k != 6}
    blancs |= {(k, 8) for k in (*range(9), *range(cote - 8, cote)) if k != 6}
    if cote >= 45:
        blancs |= {(i, j) for i in range(6) for j in range(cote - 11, cote - 8)}
        blancs |= {(j, i) for i in range(6) for j in range(cote - 11, cote - 8)}
    return fixes | blancs, blancs
