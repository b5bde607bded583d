"""Lays the 41 × 41 grid of a pass over a symbol that was seen but not read, and tells how dark each module is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache

from PIL import Image, ImageChops, ImageFilter, ImageStat

from passdesk.printing.geometrie import Point, Quad, a_travers, agrandir, cote, vue
from passdesk.printing.modules_pass import ALIGNEMENT, COTE, OEIL, motifs, noir_dans_un_oeil

FIN, GROS = 4, 2
"""Pixels a module: for the last reading, and while one searches."""

_MARGE, _PORTEE = 4, (5, 2)
"""Modules looked at round the symbol; pixels by which a corner may move, each time it is looked for."""
_PAS = (0.5, 0.25, 0.12)
"""Modules by which corners are moved, coarse then fine."""
_ZONES = 5
_BORNES = tuple(round(COTE * rang / _ZONES) for rang in range(_ZONES + 1))
_ECHANTILLONS, _ECART = 5, 2
"""Pixels a module, and pixels either way, when zones are shifted: less than half a module, or one is off by one."""

_LOGS = [round(46 * math.log(max(1, niveau))) for niveau in range(256)]
_EXPOSANTS = [round(255 * math.exp(-niveau / 46)) for niveau in range(256)]
_QUARTS = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)

Motif = Sequence[tuple[int, int, bool]]
_OEIL: Motif = [(i, j, noir_dans_un_oeil(i, j)) for i in range(-1, OEIL + 1) for j in range(-1, OEIL + 1)]
_MIRE: Motif = [(i, j, max(abs(i), abs(j)) != 1) for i in range(-2, 3) for j in range(-2, 3)]
_YEUX = ((0, 0), (0, COTE - OEIL), (COTE - OEIL, COTE - OEIL), (COTE - OEIL, 0))
_MIRES = ((6, 6), (6, ALIGNEMENT), (ALIGNEMENT, ALIGNEMENT), (ALIGNEMENT, 6))
_COINS = ((0, 0), (COTE, 0), (COTE, COTE), (0, COTE))
"""Clockwise from the top left, as in `Quad`: where a finder or an alignment pattern would stand, and the corners."""

Noeuds = list[list[Point]]
"""Where the corners of the zones stand in the picture, row by row."""


def aplanir(image: Image.Image, module: float) -> Image.Image:
    """The light made even: each pixel over the white of its surroundings. `module`: pixels a module."""
    petite = image.reduce(max(1, round(module)))
    # Closing, and not the mere maximum: the edge of a shadow stays where it is.
    blanc = petite.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.MinFilter(7)).filter(ImageFilter.BoxBlur(1))
    blanc = blanc.resize(image.size, Image.Resampling.BILINEAR)
    return ImageChops.subtract(blanc.point(_LOGS), image.point(_LOGS)).point(_EXPOSANTS)


def lire_niveaux(image: Image.Image, quad: Quad) -> tuple[Image.Image, Quad] | None:
    """The grey of each module (41 × 41, the symbol upright), and its corners, its own top left first.

    None when there is no symbol there.

    `image`: even light, about FIN pixels a module or less. `quad`: right to within two modules.
    """
    facteur = GROS * COTE / cote(quad)
    grosse = image
    if facteur < 0.8:
        taille = (max(1, round(image.width * facteur)), max(1, round(image.height * facteur)))
        grosse = image.resize(taille, Image.Resampling.BOX)
    else:
        facteur = 1.0
    cale = _caler(grosse, agrandir(quad, facteur))
    vus = _redresser(grosse, cale, GROS) if cale is not None else None
    if cale is None or vus is None:
        return None
    tour = max(range(4), key=lambda quarts: _note(vus, quarts))
    fin = agrandir(_affiner(grosse, cale, tour), 1 / facteur)
    noeuds = _suivre(image, fin)
    niveaux = _mailler(image, noeuds, FIN).reduce(FIN)
    quart = _QUARTS[tour]
    a, b, c, d = (fin[(tour + rang) % 4] for rang in range(4))
    return (niveaux if quart is None else niveaux.transpose(quart)), (a, b, c, d)


@cache
def _gabarits() -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Places of the dark and of the light fixed modules, for each quarter turn clockwise."""
    tous = []
    for quarts in range(4):
        places: dict[bool, list[int]] = {True: [], False: []}
        for (ligne, colonne), noir in motifs().items():
            for _ in range(quarts):
                ligne, colonne = colonne, COTE - 1 - ligne
            places[noir].append(ligne * COTE + colonne)
        tous.append((tuple(places[True]), tuple(places[False])))
    return tuple(tous)


def _note(niveaux: Image.Image, tour: int) -> float:
    """How well a grid lies: the fixed modules as they should be, and modules that are dark or light, not grey."""
    octets, (noirs, blancs) = niveaux.tobytes(), _gabarits()[tour]
    contraste = sum([octets[i] for i in blancs]) / len(blancs) - sum([octets[i] for i in noirs]) / len(noirs)
    return contraste + 0.7 * float(ImageStat.Stat(niveaux).stddev[0])


def _redresser(image: Image.Image, quad: Quad, pixels: int) -> Image.Image | None:
    """The modules inside the corners, each the mean of `pixels` × `pixels`."""
    regard = vue(quad, COTE * pixels)
    if regard is None:
        return None
    taille = (COTE * pixels, COTE * pixels)
    droite = image.transform(taille, Image.Transform.PERSPECTIVE, regard, Image.Resampling.BILINEAR, fillcolor=255)
    return droite.reduce(pixels)


def _caler(image: Image.Image, quad: Quad) -> Quad | None:
    """The corners brought to the finder patterns; the fourth to the alignment pattern, or along with its neighbours."""
    largeur = (COTE + 2 * _MARGE) * GROS
    for portee in _PORTEE:
        regard, avec_marge = vue(quad, COTE * GROS), vue(quad, COTE * GROS, _MARGE * GROS)
        if regard is None or avec_marge is None:
            return None
        droite = image.transform(
            (largeur, largeur), Image.Transform.PERSPECTIVE, avec_marge, Image.Resampling.BILINEAR, fillcolor=255
        )
        octets = droite.filter(ImageFilter.BoxBlur(0.5)).tobytes()
        trouves = [_chercher(octets, largeur, place, _OEIL, portee) for place in _YEUX]
        if sorted(note for note, _, _ in trouves)[2] < ImageStat.Stat(droite).stddev[0]:
            # Two finder patterns at least: any other texture looks less like them than it varies.
            return None
        faible = min(range(4), key=lambda rang: trouves[rang][0])
        seuil = max(note for note, _, _ in trouves) / 2
        coins = list(quad)
        for rang, (note, dx, dy) in enumerate(trouves):
            if rang != faible and note >= seuil:
                coins[rang] = a_travers(regard, _COINS[rang][0] * GROS + dx, _COINS[rang][1] * GROS + dy)
        note, dx, dy = _chercher(octets, largeur, _MIRES[faible], _MIRE, portee)
        if note > seuil:
            coins[faible] = a_travers(regard, _COINS[faible][0] * GROS + dx, _COINS[faible][1] * GROS + dy)
        else:
            x, y = quad[faible]
            voisins = ((faible - 1) % 4, (faible + 1) % 4)
            dx_moyen = sum(coins[v][0] - quad[v][0] for v in voisins) / 2
            dy_moyen = sum(coins[v][1] - quad[v][1] for v in voisins) / 2
            coins[faible] = (x + dx_moyen, y + dy_moyen)
        quad = (coins[0], coins[1], coins[2], coins[3])
    return quad


def _chercher(octets: bytes, largeur: int, place: tuple[int, int], motif: Motif, portee: int) -> tuple[float, int, int]:
    """Where a pattern looks most like itself: its contrast there, and the shift in pixels."""
    noirs: list[int] = []
    blancs: list[int] = []
    for ligne, colonne, noir in motif:
        y, x = ((v + _MARGE) * GROS + GROS // 2 for v in (place[0] + ligne, place[1] + colonne))
        (noirs if noir else blancs).append(y * largeur + x)
    trouve = (-256.0, 0, 0)
    for dy in range(-portee, portee + 1):
        for dx in range(-portee, portee + 1):
            d = dy * largeur + dx
            note = sum([octets[i + d] for i in blancs]) / len(blancs) - sum([octets[i + d] for i in noirs]) / len(noirs)
            trouve = max(trouve, (note - (abs(dx) + abs(dy)) / 2, dx, dy))
    return trouve


def _affiner(image: Image.Image, quad: Quad, tour: int) -> Quad:
    """Each corner moved by less and less, as long as the grid lies better."""
    module = cote(quad) / COTE

    def noter(coins: Sequence[Point]) -> float:
        niveaux = _redresser(image, (coins[0], coins[1], coins[2], coins[3]), GROS)
        return _note(niveaux, tour) if niveaux is not None else -256.0

    coins: list[Point] = list(quad)
    note = noter(coins)
    for pas in _PAS:
        for _ in range(2):
            avant = note
            for rang in range(4):
                for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                    x, y = coins[rang]
                    essai = [*coins]
                    essai[rang] = (x + dx * pas * module, y + dy * pas * module)
                    obtenue = noter(essai)
                    if obtenue > note + 0.01:
                        coins, note = essai, obtenue
            if note == avant:
                break
    return coins[0], coins[1], coins[2], coins[3]


def _suivre(image: Image.Image, quad: Quad) -> Noeuds:
    """The grid follows paper that is not flat: zones are shifted, first all on one slope, then each with its own."""
    regard = vue(quad, COTE)
    noeuds = [[a_travers(regard, x, y) if regard else (0.0, 0.0) for x in _BORNES] for y in _BORNES]
    for ensemble in (True, True, False):
        ecarts = _decaler(image, noeuds)
        noeuds = _bouger(noeuds, _pente(ecarts) if ensemble else _de_proche_en_proche(ecarts))
    return noeuds


def _mailler(image: Image.Image, noeuds: Noeuds, pixels: int) -> Image.Image:
    """The whole symbol upright, zone by zone."""
    mailles = []
    for i in range(_ZONES):
        for j in range(_ZONES):
            haut_gauche = (_BORNES[j] * pixels, _BORNES[i] * pixels)
            boite = (*haut_gauche, _BORNES[j + 1] * pixels, _BORNES[i + 1] * pixels)
            mailles.append((boite, (*noeuds[i][j], *noeuds[i + 1][j], *noeuds[i + 1][j + 1], *noeuds[i][j + 1])))
    taille = (COTE * pixels, COTE * pixels)
    return image.transform(taille, Image.Transform.MESH, mailles, Image.Resampling.BILINEAR, fillcolor=255)


Ecart = tuple[float, float, float]
"""Shift right and down, in modules, and how much it is worth."""


def _decaler(image: Image.Image, noeuds: Noeuds) -> list[Ecart]:
    """For each zone, the shift that makes its modules most unlike their neighbours."""
    fondue = _mailler(image, noeuds, _ECHANTILLONS).filter(ImageFilter.BoxBlur(_ECHANTILLONS // 2))
    notes: dict[tuple[int, int], bytes] = {}
    pas = range(-_ECART, _ECART + 1)
    for dx, dy in ((dx, dy) for dy in pas for dx in pas):
        milieux = (_ECHANTILLONS, 0, dx, 0, _ECHANTILLONS, dy)
        vus = fondue.transform((COTE, COTE), Image.Transform.AFFINE, milieux, Image.Resampling.NEAREST, fillcolor=255)
        relief = ImageChops.difference(vus, vus.filter(ImageFilter.BoxBlur(3)))
        notes[dx, dy] = relief.resize((_ZONES, _ZONES), Image.Resampling.BOX).tobytes()
    return [_meilleur({ou: note[zone] for ou, note in notes.items()}) for zone in range(_ZONES * _ZONES)]


def _meilleur(notes: dict[tuple[int, int], int]) -> Ecart:
    """The best shift, between the pixels by a parabola; worth its height above the mean."""
    penchees = {(dx, dy): note - 0.3 * (abs(dx) + abs(dy)) for (dx, dy), note in notes.items()}
    dx, dy = max(penchees, key=lambda ou: penchees[ou])

    def entre(avant: float | None, ici: float, apres: float | None) -> float:
        if avant is None or apres is None or avant + apres >= 2 * ici:
            return 0.0
        return max(-0.5, min(0.5, (avant - apres) / (avant - 2 * ici + apres) / 2))

    ici = penchees[dx, dy]
    fin_x = entre(penchees.get((dx - 1, dy)), ici, penchees.get((dx + 1, dy)))
    fin_y = entre(penchees.get((dx, dy - 1)), ici, penchees.get((dx, dy + 1)))
    poids = max(0.1, ici - sum(penchees.values()) / len(penchees))
    return (dx + fin_x) / _ECHANTILLONS, (dy + fin_y) / _ECHANTILLONS, poids


Mouvement = Callable[[int, int], Point]
"""How far the node of this row and column moves, in modules."""


def _pente(ecarts: Sequence[Ecart]) -> Mouvement:
    """The one slope (1, x, y, xy) nearest to all shifts, by weighted least squares."""
    gauche = [[0.02 * (i == j) for j in range(4)] for i in range(4)]
    droite_x, droite_y = [0.0] * 4, [0.0] * 4
    for zone, (dx, dy, poids) in enumerate(ecarts):
        x, y = (zone % _ZONES + 0.5) / _ZONES, (zone // _ZONES + 0.5) / _ZONES
        termes = (1.0, x, y, x * y)
        for i in range(4):
            droite_x[i] += poids * termes[i] * dx
            droite_y[i] += poids * termes[i] * dy
            for j in range(4):
                gauche[i][j] += poids * termes[i] * termes[j]
    kx, ky = _resoudre(gauche, droite_x), _resoudre(gauche, droite_y)

    def mouvement(i: int, j: int) -> Point:
        x, y = j / _ZONES, i / _ZONES
        return kx[0] + kx[1] * x + kx[2] * y + kx[3] * x * y, ky[0] + ky[1] * x + ky[2] * y + ky[3] * x * y

    return mouvement


def _resoudre(gauche: Sequence[Sequence[float]], droite: Sequence[float]) -> list[float]:
    """Solves a small symmetric, positive system."""
    lignes = [[*ligne, terme] for ligne, terme in zip(gauche, droite, strict=True)]
    for i, pivot in enumerate(lignes):
        for ligne in lignes:
            if ligne is not pivot:
                k = ligne[i] / pivot[i]
                ligne[:] = [a - k * b for a, b in zip(ligne, pivot, strict=True)]
    return [ligne[-1] / ligne[i] for i, ligne in enumerate(lignes)]


def _de_proche_en_proche(ecarts: Sequence[Ecart]) -> Mouvement:
    """Each node follows the zones that touch it."""

    def mouvement(i: int, j: int) -> Point:
        zones = [a * _ZONES + b for a in (i - 1, i) for b in (j - 1, j) if 0 <= a < _ZONES and 0 <= b < _ZONES]
        total = sum(ecarts[zone][2] for zone in zones)
        dx, dy = (sum(ecarts[zone][axe] * ecarts[zone][2] for zone in zones) / total for axe in (0, 1))
        return dx, dy

    return mouvement


def _bouger(noeuds: Noeuds, mouvement: Mouvement) -> Noeuds:
    bouges: Noeuds = []
    for i in range(_ZONES + 1):
        rangee: list[Point] = []
        for j in range(_ZONES + 1):
            dx, dy = mouvement(i, j)
            (ax, ay), (bx, by) = _module(noeuds, i, j, 0, 1), _module(noeuds, i, j, 1, 0)
            x, y = noeuds[i][j]
            rangee.append((x + dx * ax + dy * bx, y + dx * ay + dy * by))
        bouges.append(rangee)
    return bouges


def _module(noeuds: Noeuds, i: int, j: int, di: int, dj: int) -> Point:
    """One module rightwards (dj) or downwards (di), in the picture, near a node."""
    i0, i1 = max(0, i - di), min(_ZONES, i + di)
    j0, j1 = max(0, j - dj), min(_ZONES, j + dj)
    nombre = _BORNES[i1] - _BORNES[i0] + _BORNES[j1] - _BORNES[j0]
    (x0, y0), (x1, y1) = noeuds[i0][j0], noeuds[i1][j1]
    return (x1 - x0) / nombre, (y1 - y0) / nombre
