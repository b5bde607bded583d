"""How the paper is taken: scanner or phone, at a number of dots per inch, with its own faults."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.damage.encre import grain, nuages
from tests.damage.papier import DPI, MM

Point = tuple[float, float]


def numeriser(image: Image.Image, dpi: int) -> Image.Image:
    """A scanner: each pixel is the mean of what it covers."""
    taille = (round(image.width * dpi / DPI), round(image.height * dpi / DPI))
    return image.resize(taille, Image.Resampling.BOX)


def flou(image: Image.Image, sigma_mm: float, dpi: int) -> Image.Image:
    """Out of focus, by a Gaussian of `sigma_mm` on the paper."""
    return image.filter(ImageFilter.GaussianBlur(sigma_mm / 25.4 * dpi))


def bouger(image: Image.Image, alea: Random, longueur_mm: float) -> Image.Image:
    """The hand moved: a smear of `longueur_mm`, in any direction (paper at 600 dpi)."""
    angle, pas = alea.uniform(0, math.pi), 12
    somme: Image.Image | None = None
    for rang in range(pas):
        d = (rang / (pas - 1) - 0.5) * longueur_mm * MM
        glissee = ImageChops.offset(image, round(d * math.cos(angle)), round(d * math.sin(angle)))
        somme = glissee if somme is None else Image.blend(somme, glissee, 1 / (rang + 1))
    assert somme is not None
    return somme


def tourner(image: Image.Image, degres: float, fond: int = 255) -> Image.Image:
    """Turned, nothing cut off."""
    return image.rotate(degres, Image.Resampling.BICUBIC, expand=True, fillcolor=fond)


def ternir(image: Image.Image, sombre: int, clair: int) -> Image.Image:
    """Low contrast: black becomes `sombre`, white `clair`."""
    return image.point([round(sombre + (clair - sombre) * n / 255) for n in range(256)])


def jpeg(image: Image.Image, qualite: int) -> Image.Image:
    """Saved and opened again."""
    sortie = io.BytesIO()
    image.save(sortie, "JPEG", quality=qualite)
    return Image.open(io.BytesIO(sortie.getvalue())).convert("L")


def bruiter(image: Image.Image, alea: Random, sigma: float) -> Image.Image:
    """Noise of standard deviation `sigma` on each pixel, nearly normal."""
    # Mean of four even laws: its deviation is 255 / sqrt(12) / 2.
    bruit = Image.blend(
        Image.blend(grain(image.size, alea), grain(image.size, alea), 0.5),
        Image.blend(grain(image.size, alea), grain(image.size, alea), 0.5),
        0.5,
    )
    k = sigma / (255 / math.sqrt(12) / 2)
    return ImageChops.add(
        image, bruit.point([max(0, min(255, round(128 + (n - 127.5) * k))) for n in range(256)]), 1, -128
    )


def bruiter_gros(image: Image.Image, alea: Random, sigma: float) -> Image.Image:
    """Noise of a small sensor: in grains of two pixels, and dead pixels."""
    large, haut = image.size
    petit = bruiter(Image.new("L", (large // 2 + 1, haut // 2 + 1), 128), alea, sigma)
    gros = petit.resize((petit.width * 2, petit.height * 2), Image.Resampling.BILINEAR).crop((0, 0, large, haut))
    image = ImageChops.add(image, gros, 1, -128)
    morts = grain(image.size, alea)
    image = Image.composite(
        Image.new("L", image.size, 255), image, morts.point([255 if n > 253 else 0 for n in range(256)])
    )
    return Image.composite(Image.new("L", image.size, 0), image, morts.point([255 if n < 2 else 0 for n in range(256)]))


def ombre(image: Image.Image, alea: Random, fond: float = 0.35) -> Image.Image:
    """A shadow that falls off over the picture, from whole light to `fond`."""
    pente = Image.linear_gradient("L").rotate(alea.uniform(0, 360), Image.Resampling.BILINEAR, expand=False)
    pente = pente.crop((54, 54, 202, 202)).resize(image.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(image, pente.point([round(255 * (fond + (1 - fond) * n / 255)) for n in range(256)]))


def ombre_de_main(image: Image.Image, alea: Random, fond: float = 0.4) -> Image.Image:
    """The shadow of a hand, with an edge across the symbol, and a lamp that glares at one place."""
    large, haut = image.size
    masque = Image.new("L", image.size, 255)
    cx, cy = alea.uniform(0.2, 0.8) * large, alea.uniform(0.2, 0.8) * haut
    angle, loin = alea.uniform(0, 2 * math.pi), 3 * max(large, haut)
    dx, dy = math.cos(angle), math.sin(angle)
    ImageDraw.Draw(masque).polygon(
        [
            (cx - loin * dx, cy - loin * dy),
            (cx + loin * dx, cy + loin * dy),
            (cx + loin * dx - loin * dy, cy + loin * dy + loin * dx),
            (cx - loin * dx - loin * dy, cy - loin * dy + loin * dx),
        ],
        fill=round(255 * fond),
    )
    masque = masque.filter(ImageFilter.GaussianBlur(max(large, haut) / 120))
    vague = nuages(image.size, alea, max(large, haut) / 2).point([round(200 + n * 55 / 255) for n in range(256)])
    return ImageChops.multiply(ImageChops.multiply(image, masque), vague)


def incliner(image: Image.Image, alea: Random, force: float = 0.12, fond: int = 255) -> Image.Image:
    """Seen askew: each corner moves inwards by at most `force` of the side."""
    large, haut = image.size
    jeu = [(alea.uniform(0, force) * large, alea.uniform(0, force) * haut) for _ in range(4)]
    coins = [
        (jeu[0][0], jeu[0][1]),
        (large - jeu[1][0], jeu[1][1]),
        (large - jeu[2][0], haut - jeu[2][1]),
        (jeu[3][0], haut - jeu[3][1]),
    ]
    return redresser(image, coins, fond)


def redresser(image: Image.Image, coins: Sequence[Point], fond: int) -> Image.Image:
    """The picture drawn inside the quadrilateral `coins` (from the top left, clockwise)."""
    large, haut = image.size
    source = [(0.0, 0.0), (large, 0.0), (large, haut), (0.0, haut)]
    lignes = []
    for (x, y), (u, v) in zip(coins, source, strict=True):
        lignes.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        lignes.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return image.transform(
        image.size, Image.Transform.PERSPECTIVE, resoudre(lignes), Image.Resampling.BICUBIC, fillcolor=fond
    )


def resoudre(lignes: list[list[float]]) -> list[float]:
    """Solves a linear system, its right side last in each row."""
    n = len(lignes)
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(lignes[r][i]))
        lignes[i], lignes[pivot] = lignes[pivot], lignes[i]
        for r in range(n):
            if r != i:
                k = lignes[r][i] / lignes[i][i]
                lignes[r] = [a - k * b for a, b in zip(lignes[r], lignes[i], strict=True)]
    return [ligne[n] / ligne[i] for i, ligne in enumerate(lignes)]


def onduler(image: Image.Image, alea: Random, force_mm: float = 1.2) -> Image.Image:
    """Paper that curls: it waves by `force_mm` at most, along one direction and the other."""
    large, haut = image.size
    pas = 14
    ondes = [(alea.uniform(0, 2 * math.pi), 2 * math.pi / (alea.uniform(50, 120) * MM)) for _ in range(4)]
    k = force_mm * MM / 2

    def noeud(i: int, j: int) -> tuple[float, float]:
        x, y = j * large / pas, i * haut / pas
        (a, f), (b, g), (c, h), (d, m) = ondes
        return x + k * (math.sin(a + f * x) + math.sin(b + g * y)), y + k * (math.sin(c + h * x) + math.sin(d + m * y))

    mailles = []
    for i in range(pas):
        for j in range(pas):
            haut_gauche = (round(j * large / pas), round(i * haut / pas))
            boite = (*haut_gauche, round((j + 1) * large / pas), round((i + 1) * haut / pas))
            mailles.append((boite, (*noeud(i, j), *noeud(i + 1, j), *noeud(i + 1, j + 1), *noeud(i, j + 1))))
    return image.transform(image.size, Image.Transform.MESH, mailles, Image.Resampling.BICUBIC, fillcolor=255)
