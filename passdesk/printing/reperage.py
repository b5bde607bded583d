"""Where symbols may stand in a picture, when the reader saw none: textured squares, then their four sides."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter

from passdesk.printing.calage import aplanir
from passdesk.printing.geometrie import Quad, enveloppe, quadrilatere

Boite = tuple[int, int, int, int]
"""Left, top, right, bottom, pixels."""

_VUES = (40, 64, 100, 160)
"""Longest side, in pixels, of the reduced pictures in which a symbol of unknown size is looked for."""
_REPERE, _FINESSE = 12, 4
"""Side of a symbol in the reduced picture when its size is known; pixels looked at for one of these."""
_SEUILS = (0.12, 0.25, 0.5)
_COTE_MIN, _COTE_MAX = 8, 48
_CARRES = [round(niveau * niveau / 255) for niveau in range(256)]
_VUE_DE_PRES = 100
"""Pixels a side when the outline of a symbol is drawn: 2.4 a module."""


def reperer(image: Image.Image, cote: float | None = None) -> list[Boite]:
    """Boxes that may hold a symbol, the likeliest first. `cote`: pixels, when another symbol of the page told."""
    vues = _VUES if cote is None else (round(max(image.size) * _REPERE / cote),)
    trouvees: list[tuple[float, Boite]] = []
    for largeur in vues:
        # In two steps, for speed: about a module a pixel is fine enough to see that levels vary.
        moitie = max(1, round(max(image.size) / largeur / _FINESSE))
        bloc = round(max(image.size) / largeur / moitie)
        facteur = moitie * bloc
        if bloc < 2:
            continue
        relief = _relief(image.reduce(moitie), bloc).filter(ImageFilter.BoxBlur(1))
        haut = _centile(relief, 0.97)
        if haut < 8:
            continue
        for part in _SEUILS:
            masque = relief.point([255 if niveau > part * haut else 0 for niveau in range(256)])
            trouvees += _carrees(masque, facteur, cote)
    gardees: list[Boite] = []
    for _, boite in sorted(trouvees, reverse=True):
        ecart = 0.12 * (boite[2] - boite[0])
        if all(max(abs(a - b) for a, b in zip(boite, autre, strict=True)) > ecart for autre in gardees):
            gardees.append(boite)
    return gardees


def _carrees(masque: Image.Image, facteur: int, cote: float | None) -> Iterator[tuple[float, Boite]]:
    """The spots that are nearly square and nearly full, with how much they are so, and how large."""
    for points in taches(masque):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        large, haut = max(xs) - min(xs) + 1, max(ys) - min(ys) + 1
        if not (_COTE_MIN <= large <= _COTE_MAX and _COTE_MIN <= haut <= _COTE_MAX and 0.55 < large / haut < 1.8):
            continue
        if cote is not None and not 0.7 * cote < max(large, haut) * facteur < 1.7 * cote:
            continue
        plein = len(points) / (large * haut)
        if plein > 0.45:
            boite = (min(xs) * facteur, min(ys) * facteur, (max(xs) + 1) * facteur, (max(ys) + 1) * facteur)
            # A finder pattern is a good square too: the larger goes first.
            yield plein * min(large / haut, haut / large) * (large + haut) * facteur, boite


def _relief(image: Image.Image, facteur: int) -> Image.Image:
    """How much the levels vary within each block, for the light there is: a symbol is far above a text."""
    moyennes, carres = image.reduce(facteur), image.point(_CARRES).reduce(facteur)
    niveaux = bytes(
        min(255, max(0, 255 * (255 * carre - moyenne * moyenne) // (moyenne * moyenne + 200)))
        for carre, moyenne in zip(carres.tobytes(), moyennes.tobytes(), strict=True)
    )
    return Image.frombytes("L", moyennes.size, niveaux)


def _centile(image: Image.Image, part: float) -> int:
    reste = part * image.width * image.height
    for niveau, nombre in enumerate(image.histogram()):
        reste -= nombre
        if reste <= 0:
            return niveau
    return 255


def taches(masque: Image.Image) -> Iterator[list[tuple[int, int]]]:
    """The spots of a mask, each as its pixels."""
    large, haut = masque.size
    reste = bytearray(masque.tobytes())
    for depart in range(large * haut):
        if not reste[depart]:
            continue
        reste[depart] = 0
        pile, points = [depart], []
        while pile:
            ici = pile.pop()
            y, x = divmod(ici, large)
            points.append((x, y))
            gauche, droite = (ici - 1 if x else -1), (ici + 1 if x < large - 1 else -1)
            for voisin in (gauche, droite, ici - large, ici + large):
                if 0 <= voisin < len(reste) and reste[voisin]:
                    reste[voisin] = 0
                    pile.append(voisin)
        yield points


def contours(image: Image.Image, boite: Boite) -> Iterator[Quad]:
    """The four sides of the symbol in a box, at two depths of ink."""
    cote = max(boite[2] - boite[0], boite[3] - boite[1])
    marge = cote // 4
    gauche, haut = max(0, boite[0] - marge), max(0, boite[1] - marge)
    morceau = image.crop((gauche, haut, min(image.width, boite[2] + marge), min(image.height, boite[3] + marge)))
    facteur = min(1.0, _VUE_DE_PRES / cote)
    taille = (max(8, round(morceau.width * facteur)), max(8, round(morceau.height * facteur)))
    petit = morceau.resize(taille, Image.Resampling.BOX) if facteur < 1 else morceau
    facteur = petit.width / morceau.width
    encre = ImageChops.invert(aplanir(petit, 2.4)).filter(ImageFilter.BoxBlur(3))
    large, bas = encre.size
    coeur = encre.crop((round(large * 0.3), round(bas * 0.3), round(large * 0.7), round(bas * 0.7)))
    plein = _centile(coeur, 0.5)
    for part in (0.5, 0.7):
        masque = encre.point([255 if niveau > part * plein else 0 for niveau in range(256)])
        # Opening: a line of text or a fold that touches the symbol is no side of it.
        masque = masque.filter(ImageFilter.MinFilter(5)).filter(ImageFilter.MaxFilter(5))
        plus_grande = max(taches(masque), key=len, default=[])
        quad = quadrilatere(enveloppe(plus_grande)) if len(plus_grande) > 3 else None
        if quad is not None:
            a, b, c, d = ((gauche + (x + 0.5) / facteur, haut + (y + 0.5) / facteur) for x, y in quad)
            yield a, b, c, d
