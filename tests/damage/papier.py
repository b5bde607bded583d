"""Pass as they leave the printer: sheets of a real carnet at 600 dpi, and the coupons cut out of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PIL import Image

from passdesk.domain.dessin import Matrice
from passdesk.printing.carnet_pdf import pages_carnet, render_carnet
from tests.printing.fabrique import carnet, images_du_pdf

DPI = 600
MM = DPI / 25.4
"""Pixels a millimetre of paper."""
MODULE = 2.4 / 72 * DPI
"""Pixels a module of a pass."""

Boite = tuple[float, float, float, float]
"""Left, top, right, bottom, pixels."""


@dataclass(frozen=True)
class Papier:
    """A piece of paper: its picture, where the symbols of its pass stand, and what each of them says, in order."""

    image: Image.Image
    symboles: tuple[Boite, ...]
    textes: tuple[str, ...]

    def decouper(self, rang: int, boite: Boite) -> Papier:
        """The piece inside `boite`, with the symbol of index `rang` alone."""
        gauche, haut, droite, bas = map(round, boite)
        x1, y1, x2, y2 = self.symboles[rang]
        ici = (x1 - gauche, y1 - haut, x2 - gauche, y2 - haut)
        return Papier(self.image.crop((gauche, haut, droite, bas)), (ici,), (self.textes[rang],))


@cache
def feuille(numero: int) -> Papier:
    """The sheet of five coupons of carnet `numero`."""
    livret = carnet(5, numero=numero)
    page = pages_carnet(livret)[1]
    matrices = sorted((e for e in page.elements if isinstance(e, Matrice)), key=lambda matrice: matrice.y)
    image = images_du_pdf(render_carnet(livret, [2]), DPI)[0]
    boites = tuple((m.x * MM, m.y * MM, (m.x + m.cote) * MM, (m.y + m.cote) * MM) for m in matrices)
    return Papier(image, boites, tuple(un.qr_texte for un in livret.passes))


@cache
def coupon(graine: int) -> Papier:
    """One coupon, cut from its stub and its sheet (142 × 54 mm)."""
    rang = graine % 5
    haut = 12 + 54 * rang
    return feuille(1000 + graine // 5 % 4).decouper(rang, tuple(v * MM for v in (58, haut, 200, haut + 54)))


@cache
def carre(graine: int, bord_mm: float = 6) -> Papier:
    """The symbol of a coupon with a little of what is round it, as one aims at it with a phone."""
    entier, bord = coupon(graine), bord_mm * MM
    x1, y1, x2, y2 = entier.symboles[0]
    return entier.decouper(0, (x1 - bord, y1 - bord, x2 + bord, y2 + bord))
