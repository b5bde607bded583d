"""How long a picture takes to read: a good one, and one that nobody can read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from statistics import median

from PIL import Image

from passdesk.printing.lecture import lire_dessin
from passdesk.printing.symboles import lire_net
from tests.bench import Mesure
from tests.damage import encre, prise
from tests.damage.papier import Papier, coupon, feuille

DPI = 300
COUPON, PERDU, FEUILLE, FEUILLE_PERDUE = 3, 400, 25, 120
"""Passes of the decoder alone that ours may take: what is hard to read is looked at from every side."""
COUPON_MS, PERDU_MS, FEUILLE_MS = 2, 300, 3000


def perdu(papier: Papier, graine: int) -> Image.Image:
    """A paper whose symbols still look like themselves, and hold too little: all that the reader can try is tried."""
    image = papier.image.copy()
    for rang, (x1, y1, x2, y2) in enumerate(papier.symboles):
        boite = (x1 - 60, y1 - 60, x2 + 60, y2 + 60)
        morceau = papier.decouper(rang, boite)
        for fois in range(9):
            morceau = replace(morceau, image=encre.cacher_carre(morceau, Random(graine + rang + 99 * fois), 0.15))
        image.paste(morceau.image, (round(boite[0]), round(boite[1])))
    return prise.ternir(prise.numeriser(image, DPI), 60, 200)


def _durees(lire: Callable[[Image.Image], object], images: Sequence[Image.Image], fois: int) -> list[float]:
    """Milliseconds of processor, each picture read `fois` times."""
    mesurees = []
    for image in [image for image in images for _ in range(fois)]:
        debut = time.process_time()
        lire(image)
        mesurees.append((time.process_time() - debut) * 1000)
    return mesurees


def mesurer(bref: bool) -> Iterator[Mesure]:
    """Coupons and sheets at 300 dpi, each beside one pass of zxing-cpp over the same pictures."""
    nombre = 3 if bref else 10
    bons = [prise.numeriser(coupon(graine).image, DPI) for graine in range(nombre)]
    assert all(len(lire_dessin(image)) == 1 for image in bons)
    yield _mesure("coupon lisible", bons, 5, COUPON, f"<= {COUPON_MS} ms, un cœur", COUPON_MS)
    perdus = [perdu(coupon(graine), graine) for graine in range(nombre)]
    assert not any(map(lire_dessin, perdus))
    yield _mesure("coupon perdu, le pire", perdus, 1, PERDU, f"<= {PERDU_MS} ms, un cœur", PERDU_MS)
    bonne = [prise.numeriser(feuille(1).image, DPI)]
    assert len(lire_dessin(bonne[0])) == 5
    yield _mesure("feuille lisible", bonne, 5, FEUILLE)
    yield _mesure(
        "feuille perdue", [perdu(feuille(1), 1)], 1, FEUILLE_PERDUE, f"<= {FEUILLE_MS} ms, un cœur", FEUILLE_MS
    )


def _mesure(
    nom: str, images: Sequence[Image.Image], fois: int, goal: int, aim: str | None = None, aim_ms: float = 0.0
) -> Mesure:
    """Read `fois` times: the middle one counts; read once: the longest. One pass is the middle of five."""
    nu = median(_durees(lire_net, images, 5))
    durees = _durees(lire_dessin, images, fois)
    nous = median(durees) if fois > 1 else max(durees)
    met = nous <= aim_ms if aim else None
    ratio = nous / nu
    return Mesure(nom, nous, "ms", f"une passe de zxing-cpp, {nu:.1f} ms", ratio, f"<= {goal}", ratio <= goal, aim, met)
