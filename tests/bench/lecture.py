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
COUPON_MS, VISE_MS, PERDU_MS, FEUILLE_MS = 5, 2, 300, 3000


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
    """Coupons and sheets at 300 dpi; the good ones beside zxing-cpp alone."""
    nombre = 3 if bref else 10
    bons = [prise.numeriser(coupon(graine).image, DPI) for graine in range(nombre)]
    assert all(len(lire_dessin(image)) == 1 for image in bons)
    nu, nous = (median(_durees(lire, bons, 5)) for lire in (lire_net, lire_dessin))
    yield Mesure(
        "coupon lisible",
        nous,
        "ms",
        versus="zxing-cpp seul",
        ratio=nous / nu,
        goal=f"≤ {COUPON_MS} ms, un cœur",
        ok=nous <= COUPON_MS,
        aim=f"≤ {VISE_MS} ms",
        met=nous <= VISE_MS,
    )
    perdus = [perdu(coupon(graine), graine) for graine in range(nombre)]
    assert not any(map(lire_dessin, perdus))
    pire = max(_durees(lire_dessin, perdus, 1))
    yield Mesure("coupon perdu, le pire", pire, "ms", goal=f"≤ {PERDU_MS} ms, un cœur", ok=pire <= PERDU_MS)
    bonne = [prise.numeriser(feuille(1).image, DPI)]
    assert len(lire_dessin(bonne[0])) == 5
    nu, nous = (median(_durees(lire, bonne, 5)) for lire in (lire_net, lire_dessin))
    yield Mesure("feuille lisible", nous, "ms", "zxing-cpp seul", nous / nu)
    pire = max(_durees(lire_dessin, [perdu(feuille(1), 1)], 1))
    yield Mesure("feuille perdue", pire, "ms", goal=f"≤ {FEUILLE_MS} ms, un cœur", ok=pire <= FEUILLE_MS)
