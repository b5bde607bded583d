"""Plane geometry for reading: quadrilaterals round symbols, and the view that straightens them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners clockwise as seen (y downwards), the one nearest the top left first."""
Vue = tuple[float, float, float, float, float, float, float, float]
"""Coefficients of a perspective view, as Pillow takes them: from the straight square to the picture."""


def aire(polygone: Sequence[Point]) -> float:
    """Square pixels, whichever way round."""
    suivants = [*polygone[1:], polygone[0]]
    return abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(polygone, suivants, strict=True))) / 2


def cote(quad: Quad) -> float:
    """Side of the square of the same area, pixels."""
    return math.sqrt(aire(quad))


def centre(points: Sequence[Point]) -> Point:
    """The mean of some points."""
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def ordonner(coins: Sequence[Point]) -> Quad:
    """Four corners in the order of `Quad`."""
    cx, cy = centre(coins)
    a, b, c, d = sorted(coins, key=lambda p: math.atan2(p[1] - cy, p[0] - cx))
    return a, b, c, d


def agrandir(quad: Quad, facteur: float, dx: float = 0.0, dy: float = 0.0) -> Quad:
    """Moved by (dx, dy), then scaled from the origin."""
    a, b, c, d = (((x + dx) * facteur, (y + dy) * facteur) for x, y in quad)
    return a, b, c, d


def vue(quad: Quad, largeur: float, marge: float = 0.0) -> Vue | None:
    """The view in which `quad` fills a square of side `largeur`, with `marge` pixels round it. None: no such view."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    aire_signee = dx1 * dy2 - dx2 * dy1
    if abs(aire_signee) < 1e-9:
        return None
    g = (dx3 * dy2 - dx2 * dy3) / aire_signee / largeur
    h = (dx1 * dy3 - dx3 * dy1) / aire_signee / largeur
    a, b, c = (x1 - x0) / largeur + g * x1, (x3 - x0) / largeur + h * x3, x0
    d, e, f = (y1 - y0) / largeur + g * y1, (y3 - y0) / largeur + h * y3, y0
    c, f, w = c - marge * (a + b), f - marge * (d + e), 1 - marge * (g + h)
    if abs(w) < 1e-9:
        return None
    return a / w, b / w, c / w, d / w, e / w, f / w, g / w, h / w


def a_travers(regard: Vue, x: float, y: float) -> Point:
    """Where a point of the straight square stands in the picture."""
    a, b, c, d, e, f, g, h = regard
    w = g * x + h * y + 1
    return (a * x + b * y + c) / w, (d * x + e * y + f) / w


def enveloppe(points: Iterable[tuple[int, int]]) -> list[Point]:
    """The convex hull, in order round it."""
    tries = sorted(set(points))

    def moitie(suite: Sequence[tuple[int, int]]) -> list[Point]:
        bord: list[Point] = []
        for p in suite:
            while len(bord) > 1 and _tourne(bord[-2], bord[-1], p) <= 0:
                bord.pop()
            bord.append(p)
        return bord[:-1]

    return moitie(tries) + moitie(tries[::-1])


def _tourne(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def quadrilatere(polygone: Sequence[Point]) -> Quad | None:
    """The quadrilateral round a convex polygon, made by giving up, one by one, the edges that cost least.

    A corner that is missing comes back: its two neighbours are prolonged until they meet.
    """
    sommets = list(polygone)
    while len(sommets) > 4:
        essais = (_sans_arete(sommets, rang) for rang in range(len(sommets)))
        possibles = [essai for essai in essais if essai is not None]
        if not possibles:
            return None
        _, rang, pointe = min(possibles)
        sommets[rang] = pointe
        del sommets[(rang + 1) % len(sommets)]
    return ordonner(sommets) if len(sommets) == 4 else None


def _sans_arete(sommets: Sequence[Point], rang: int) -> tuple[float, int, Point] | None:
    """What giving up the edge after `rang` adds, and the point that replaces its ends."""
    nombre = len(sommets)
    a, b = sommets[rang - 1], sommets[rang]
    c, d = sommets[(rang + 1) % nombre], sommets[(rang + 2) % nombre]
    croise = (b[0] - a[0]) * (c[1] - d[1]) - (b[1] - a[1]) * (c[0] - d[0])
    if abs(croise) < 1e-9:
        return None
    t = ((d[0] - a[0]) * (c[1] - d[1]) - (d[1] - a[1]) * (c[0] - d[0])) / croise
    s = ((d[0] - a[0]) * (b[1] - a[1]) - (d[1] - a[1]) * (b[0] - a[0])) / croise
    if t < 1 or s < 1:
        return None
    pointe = (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
    return aire((b, pointe, c)), rang, pointe
