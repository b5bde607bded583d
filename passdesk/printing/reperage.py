"""Where symbols may stand in a picture, when the reader saw none: textured squares, then their four sides."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter

from passdesk.printing.calage import aplanir
from passdesk.printing.geometrie import Quad, enveloppe, quadrilatere
from passdesk.printing.voisinage import plus_clair, plus_sombre

Boite = tuple[int, int, int, int]
"""Left, top, right, bottom, pixels."""
Troncon = tuple[int, int, int]
"""Pixels of one row, side by side: the row, the first column, the last."""

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
    for tache in taches(masque):
        gauche, droite = min(premier for _, premier, _ in tache), max(dernier for _, _, dernier in tache)
        dessus, dessous = tache[0][0], tache[-1][0]
        large, haut = droite - gauche + 1, dessous - dessus + 1
        if not (_COTE_MIN <= large <= _COTE_MAX and _COTE_MIN <= haut <= _COTE_MAX and 0.55 < large / haut < 1.8):
            continue
        if cote is not None and not 0.7 * cote < max(large, haut) * facteur < 1.7 * cote:
            continue
        plein = _pixels(tache) / (large * haut)
        if plein > 0.45:
            boite = (gauche * facteur, dessus * facteur, (droite + 1) * facteur, (dessous + 1) * facteur)
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


def taches(masque: Image.Image) -> list[list[Troncon]]:
    """The spots of a mask (0 and 255), each as its rows from top to bottom; the one met first comes first."""
    large, haut = masque.size
    octets = masque.tobytes()
    troncons: list[Troncon] = []
    chefs: list[int] = []
    """For each, one met before that it touches, from near to near; itself when there is none."""

    def chef(rang: int) -> int:
        while chefs[rang] != rang:
            chefs[rang] = rang = chefs[chefs[rang]]
        return rang

    dessus = 0
    for y in range(haut):
        fin_dessus, ici = len(troncons), y * large
        rangee = octets[ici : ici + large]
        premier = rangee.find(255)
        while premier >= 0:
            suivant = rangee.find(0, premier)
            dernier = (suivant if suivant >= 0 else large) - 1
            rang = len(troncons)
            troncons.append((y, premier, dernier))
            chefs.append(rang)
            while dessus < fin_dessus and troncons[dessus][2] < premier:
                dessus += 1
            touche = dessus
            while touche < fin_dessus and troncons[touche][1] <= dernier:
                un, autre = sorted((chef(touche), chef(rang)))
                chefs[autre] = un
                touche += 1
            premier = rangee.find(255, dernier + 1)
        dessus = fin_dessus
    groupes: dict[int, list[Troncon]] = {}
    for rang, troncon in enumerate(troncons):
        groupes.setdefault(chef(rang), []).append(troncon)
    return list(groupes.values())


def _pixels(tache: list[Troncon]) -> int:
    return sum(dernier - premier + 1 for _, premier, dernier in tache)


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
        masque = plus_clair(plus_sombre(masque, 5), 5)
        plus_grande = max(taches(masque), key=_pixels, default=[])
        bords = [(x, y) for y, premier, dernier in plus_grande for x in (premier, dernier)]
        quad = quadrilatere(enveloppe(bords)) if _pixels(plus_grande) > 3 else None
        if quad is not None:
            a, b, c, d = ((gauche + (x + 0.5) / facteur, haut + (y + 0.5) / facteur) for x, y in quad)
            yield a, b, c, d
