"""What happens to the paper itself: ink lost or added, folds, copies. Pictures at 600 dpi in grey."""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.damage.papier import MM, MODULE, Papier

BLANC, NOIR = 255, 0


def grain(taille: tuple[int, int], alea: Random, cote: float = 1) -> Image.Image:
    """Levels at random, even from 0 to 255, in grains of `cote` pixels."""
    petite = (max(1, round(taille[0] / cote)), max(1, round(taille[1] / cote)))
    bruit = Image.frombytes("L", petite, alea.randbytes(petite[0] * petite[1]))
    return bruit if petite == taille else bruit.resize(taille, Image.Resampling.BICUBIC)


def nuages(taille: tuple[int, int], alea: Random, maille: float) -> Image.Image:
    """Slow waves of grey, even from 0 to 255 at their knots, `maille` pixels apart."""
    petite = (max(2, round(taille[0] / maille) + 1), max(2, round(taille[1] / maille) + 1))
    bruit = Image.frombytes("L", petite, alea.randbytes(petite[0] * petite[1]))
    return bruit.resize(taille, Image.Resampling.BICUBIC)


def _melanger(image: Image.Image, autre: Image.Image, masque: Image.Image) -> Image.Image:
    """`autre` where `masque` is white."""
    return Image.composite(autre, image, masque)


def _vierge(image: Image.Image) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    masque = Image.new("L", image.size, 0)
    return masque, ImageDraw.Draw(masque)


def _dans(papier: Papier, alea: Random, marge: float = 0) -> tuple[float, float]:
    x1, y1, x2, y2 = papier.symboles[0]
    return alea.uniform(x1 + marge, x2 - marge), alea.uniform(y1 + marge, y2 - marge)


def _yeux(papier: Papier) -> list[tuple[float, float]]:
    """Centres of the three finder patterns of the first symbol."""
    x1, y1, x2, y2 = papier.symboles[0]
    d = 3.5 * MODULE
    return [(x1 + d, y1 + d), (x2 - d, y1 + d), (x1 + d, y2 - d)]


def _loin_des_yeux(papier: Papier, x: float, y: float, demi: float) -> bool:
    return all(max(abs(x - a), abs(y - b)) > demi + 4 * MODULE for a, b in _yeux(papier))


def cacher_carre(papier: Papier, alea: Random, part: float) -> Image.Image:
    """One square label over `part` of the symbol, off the finder patterns; white, grey or black."""
    cote = math.sqrt(part) * (papier.symboles[0][2] - papier.symboles[0][0])
    while True:
        x, y = _dans(papier, alea, cote / 2)
        if _loin_des_yeux(papier, x, y, cote / 2):
            break
    sortie = papier.image.copy()
    boite = (x - cote / 2, y - cote / 2, x + cote / 2, y + cote / 2)
    ImageDraw.Draw(sortie).rectangle(boite, fill=alea.choice((BLANC, 150, NOIR)))
    return sortie


def cacher_taches(papier: Papier, alea: Random, part: float) -> Image.Image:
    """Several round spots, `part` of the symbol in all, of any grey, with soft edges, off the finder patterns."""
    nombre = alea.randint(2, 5)
    cote = papier.symboles[0][2] - papier.symboles[0][0]
    rayon = math.sqrt(part * cote * cote / nombre / math.pi)
    masque, dessin = _vierge(papier.image)
    poses: list[tuple[float, float]] = []
    for _ in range(2000):
        x, y = _dans(papier, alea, rayon)
        libre = all(math.hypot(x - a, y - b) > 2 * rayon for a, b in poses)
        if libre and _loin_des_yeux(papier, x, y, rayon):
            poses.append((x, y))
            dessin.ellipse((x - rayon, y - rayon, x + rayon, y + rayon), fill=255)
        if len(poses) == nombre:
            break
    encre = Image.new("L", papier.image.size, alea.randint(0, 255))
    return _melanger(papier.image, encre, masque.filter(ImageFilter.GaussianBlur(0.1 * MM)))


def cacher_partout(papier: Papier, alea: Random, part: float) -> Image.Image:
    """One square label anywhere, finder patterns included."""
    cote = math.sqrt(part) * (papier.symboles[0][2] - papier.symboles[0][0])
    x, y = _dans(papier, alea, cote / 2)
    sortie = papier.image.copy()
    boite = (x - cote / 2, y - cote / 2, x + cote / 2, y + cote / 2)
    ImageDraw.Draw(sortie).rectangle(boite, fill=alea.choice((BLANC, 150, NOIR)))
    return sortie


def plier(papier: Papier, alea: Random, perdu_mm: float = 0.9) -> Image.Image:
    """A fold straight across the symbol: a band without toner, ragged."""
    masque, dessin = _vierge(papier.image)
    large, haut = papier.image.size
    x, y = _dans(papier, alea, 5 * MM)
    demi = perdu_mm * MM / 2
    if alea.random() < 0.5:
        dessin.rectangle((x - demi, 0, x + demi, haut), fill=255)
    else:
        dessin.rectangle((0, y - demi, large, y + demi), fill=255)
    return _melanger(papier.image, Image.new("L", papier.image.size, BLANC), masque)


def plier_en_biais(papier: Papier, alea: Random, perdu_mm: float = 0.9) -> Image.Image:
    """A fold at any angle that wanders, its toner gone in flakes, one side a little darker than the other."""
    masque, dessin = _vierge(papier.image)
    large, haut = papier.image.size
    x, y = _dans(papier, alea, 5 * MM)
    angle = alea.uniform(0, math.pi)
    dx, dy = math.cos(angle), math.sin(angle)
    portee, pas = math.hypot(large, haut), 0.4 * MM
    derive, points = 0.0, []
    for rang in range(-round(portee / pas), round(portee / pas)):
        derive = max(-0.6 * MM, min(0.6 * MM, derive + alea.gauss(0, 0.06 * MM)))
        points.append((x + rang * pas * dx - derive * dy, y + rang * pas * dy + derive * dx))
    dessin.line(points, fill=255, width=round(perdu_mm * MM), joint="curve")
    eclats = grain(papier.image.size, alea, 0.12 * MM).point([255 if n > 25 else 0 for n in range(256)])
    masque = ImageChops.multiply(masque, eclats)
    sortie = _melanger(papier.image, Image.new("L", papier.image.size, 250), masque)
    cote, trait = _vierge(papier.image)
    loin = portee * 2
    trait.polygon(
        [
            (x - loin * dx, y - loin * dy),
            (x + loin * dx, y + loin * dy),
            (x + loin * dx - loin * dy, y + loin * dy + loin * dx),
            (x - loin * dx - loin * dy, y - loin * dy + loin * dx),
        ],
        fill=255,
    )
    sombre = sortie.point([round(n * 0.85) for n in range(256)])
    return _melanger(sortie, sombre, cote)


def rayer(papier: Papier, alea: Random, nombre: int = 6, largeur_mm: float = 0.45) -> Image.Image:
    """Straight scratches across the symbol, 15 to 45 mm long."""
    sortie = papier.image.copy()
    dessin = ImageDraw.Draw(sortie)
    for _ in range(nombre):
        x, y = _dans(papier, alea)
        angle = alea.uniform(0, math.pi)
        demi = alea.uniform(15, 45) / 2 * MM
        dx, dy = math.cos(angle) * demi, math.sin(angle) * demi
        dessin.line((x - dx, y - dy, x + dx, y + dy), fill=BLANC, width=round(largeur_mm * MM))
    return sortie


def rayer_courbe(papier: Papier, alea: Random, nombre: int = 6, largeur_mm: float = 0.45) -> Image.Image:
    """Curved scratches of uneven depth; one in three is the mark of a pen."""
    sortie = papier.image
    for rang in range(nombre):
        masque, dessin = _vierge(sortie)
        a, b, c = (_dans(papier, alea, -6 * MM) for _ in range(3))
        ts = [t / 40 for t in range(41)]
        courbe = [tuple((1 - t) ** 2 * a[k] + 2 * t * (1 - t) * b[k] + t * t * c[k] for k in (0, 1)) for t in ts]
        dessin.line(courbe, fill=255, width=round(largeur_mm * MM), joint="curve")
        usure = nuages(sortie.size, alea, 1.5 * MM).point([min(255, 150 + n) for n in range(256)])
        teinte = 60 if rang % 3 == 2 else 245
        sortie = _melanger(sortie, Image.new("L", sortie.size, teinte), ImageChops.multiply(masque, usure))
    return sortie


def ecorner(papier: Papier, alea: Random, modules: float = 4.2) -> Image.Image:
    """The outer corner of one finder pattern is gone."""
    sortie = papier.image.copy()
    x, y = alea.choice(_yeux(papier))
    x1, y1, x2, y2 = papier.symboles[0]
    cote = modules * MODULE
    gauche = x1 if x < (x1 + x2) / 2 else x2 - cote
    haut = y1 if y < (y1 + y2) / 2 else y2 - cote
    ImageDraw.Draw(sortie).rectangle((gauche - 4, haut - 4, gauche + cote, haut + cote), fill=BLANC)
    return sortie


def corner(papier: Papier, alea: Random, modules: float = 4.2) -> Image.Image:
    """The paper is torn or dog-eared over the outer corner of a finder pattern: a dark triangle of the same area."""
    sortie = papier.image.copy()
    x, y = alea.choice(_yeux(papier))
    x1, y1, x2, y2 = papier.symboles[0]
    cote = modules * MODULE * math.sqrt(2)
    cx, sx = (x1, 1) if x < (x1 + x2) / 2 else (x2, -1)
    cy, sy = (y1, 1) if y < (y1 + y2) / 2 else (y2, -1)
    bord = 4
    points = [(cx - sx * bord, cy - sy * bord), (cx + sx * cote, cy - sy * bord), (cx - sx * bord, cy + sy * cote)]
    ImageDraw.Draw(sortie).polygon(points, fill=alea.choice((BLANC, 205)))
    return sortie


def user_le_toner(papier: Papier, alea: Random, force: float = 1.0) -> Image.Image:
    """A drum at its end: pale bands across the page and grains of toner that did not hold."""
    taille = papier.image.size
    encre = ImageChops.invert(papier.image)
    perdus = 255 * 0.34 * force
    grains = grain(taille, alea, 0.13 * MM).point([255 if n > perdus else 0 for n in range(256)])
    encre = ImageChops.multiply(encre, grains)
    pas, phase = alea.uniform(3, 7) * MM, alea.uniform(0, 7) * MM
    bandes = Image.new("L", (1, taille[1]))
    creux = 0.55 * min(1.0, force)
    bandes.putdata(
        [round(255 * (1 - creux * max(0.0, math.sin((y + phase) / pas * 2 * math.pi)) ** 2)) for y in range(taille[1])]
    )
    return ImageChops.invert(ImageChops.multiply(encre, bandes.resize(taille)))


def vider_le_toner(papier: Papier, alea: Random, force: float = 1.0) -> Image.Image:
    """A cartridge that runs out: pale in clouds, white streaks down the page, a grey veil with specks on the white."""
    taille = papier.image.size
    encre = ImageChops.invert(papier.image)
    fond = nuages(taille, alea, 9 * MM).point([round(130 + n * 0.49) for n in range(256)])
    fin = grain(taille, alea, 0.18 * MM)
    seuil = ImageChops.add(fin, fond, scale=1, offset=round(-205 + 60 * (1 - force)))
    encre = ImageChops.multiply(encre, seuil.point([255 if n > 20 else 40 for n in range(256)]))
    raies = Image.new("L", (taille[0], 1), 255)
    dessin = ImageDraw.Draw(raies)
    for _ in range(round(6 * force)):
        x = alea.uniform(0, taille[0])
        dessin.line((x, 0, x + alea.uniform(0.15, 0.4) * MM, 0), fill=alea.randint(60, 150))
    encre = ImageChops.multiply(encre, raies.resize(taille))
    points = grain(taille, alea, 0.15 * MM).point([120 if n > 249 else 10 for n in range(256)])
    return ImageChops.invert(ImageChops.lighter(encre, points))


def photocopier(image: Image.Image, alea: Random) -> Image.Image:
    """Copied on a good copier: a little turned, softened, its contrast forced, specks."""
    image = image.rotate(alea.uniform(-0.8, 0.8), Image.Resampling.BICUBIC, fillcolor=BLANC)
    image = image.filter(ImageFilter.GaussianBlur(alea.uniform(0.07, 0.12) * MM))
    bruit = grain(image.size, alea, 0.1 * MM).point([round(128 + (n - 128) * 0.3) for n in range(256)])
    image = ImageChops.add(image, bruit, scale=1, offset=-128)
    milieu = alea.uniform(105, 150)
    image = image.point([max(0, min(255, round(128 + (n - milieu) * 2.6))) for n in range(256)])
    taches = grain(image.size, alea, 0.3 * MM).point([255 if n > 253 else 0 for n in range(256)])
    return _melanger(image, Image.new("L", image.size, 40), taches)


def photocopier_mal(image: Image.Image, alea: Random) -> Image.Image:
    """Copied by an old machine: read at 200 dpi, black or white only, ink that spreads or thins, a grey veil."""
    large, haut = image.size
    image = image.rotate(alea.uniform(-1.5, 1.5), Image.Resampling.BILINEAR, fillcolor=BLANC)
    petite = image.resize((round(large / 3), round(haut / 3)), Image.Resampling.BOX)
    seuil = alea.uniform(95, 165)
    bruit = grain(petite.size, alea).point([round(128 + (n - 128) * 0.25) for n in range(256)])
    petite = ImageChops.add(petite, bruit, scale=1, offset=-128).point([25 if n < seuil else 242 for n in range(256)])
    image = petite.resize((large, haut), Image.Resampling.BICUBIC)
    return image.filter(ImageFilter.GaussianBlur(0.06 * MM))
