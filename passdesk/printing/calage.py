"""Lays the grid of its kind over a symbol that was seen but not read, and tells how dark each module is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops, ImageFilter, ImageStat

from passdesk.printing.genre_qr import OEIL, Genre, motifs, noir_dans_un_oeil
from passdesk.printing.geometrie import Point, Quad, a_travers, agrandir, cote, vue
from passdesk.printing.voisinage import plus_clair, plus_sombre

FIN, GROS = 4, 2
"""Pixels a module: for the last reading, and while one searches."""

_MARGE, _PORTEE = 4, (5, 2)
"""Modules looked at round the symbol; pixels by which a corner may move, each time it is looked for."""
_PAS = (0.5, 0.25, 0.12)
"""Modules by which corners are moved, coarse then fine."""
_ZONES = 5
_ECHANTILLONS, _ECART = 5, 2
"""Pixels a module, and pixels either way, when zones are shifted: less than half a module, or one is off by one."""

_LOGS = [round(46 * math.log(max(1, niveau))) for niveau in range(256)]
_EXPOSANTS = [round(255 * math.exp(-niveau / 46)) for niveau in range(256)]
_QUARTS = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)

Motif = Sequence[tuple[int, int, bool]]
_OEIL: Motif = [(i, j, noir_dans_un_oeil(i, j)) for i in range(-1, OEIL + 1) for j in range(-1, OEIL + 1)]
_MIRE: Motif = [(i, j, max(abs(i), abs(j)) != 1) for i in range(-2, 3) for j in range(-2, 3)]
Noeuds = list[list[Point]]
"""Where the corners of the zones stand in the picture, row by row."""


@cache
def _places(genre: Genre) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Clockwise from the top left, as in `Quad`: where finder and alignment patterns would stand, and the corners."""
    cote_, loin, mire = genre.cote, genre.cote - OEIL, genre.mires[-1]
    return (
        ((0, 0), (0, loin), (loin, loin), (loin, 0)),
        ((6, 6), (6, mire), (mire, mire), (mire, 6)),
        ((0, 0), (cote_, 0), (cote_, cote_), (0, cote_)),
    )


@cache
def _bornes(genre: Genre) -> tuple[int, ...]:
    """Where zones end, in modules."""
    return tuple(round(genre.cote * rang / _ZONES) for rang in range(_ZONES + 1))


def aplanir(image: Image.Image, module: float) -> Image.Image:
    """The light made even: each pixel over the white of its surroundings. `module`: pixels a module."""
    petite = image.reduce(max(1, round(module)))
    # Closing, and not the mere maximum: the edge of a shadow stays where it is.
    blanc = plus_sombre(plus_clair(petite, 7), 7).filter(ImageFilter.BoxBlur(1))
    blanc = blanc.resize(image.size, Image.Resampling.BILINEAR)
    return ImageChops.subtract(blanc.point(_LOGS), image.point(_LOGS)).point(_EXPOSANTS)


@dataclass(frozen=True, slots=True)
class Calage:
    """A grid laid over a symbol. `note`: how well it lies, to be held against that of another kind.

    `quad`: its corners in the picture; `tour`: quarter turns clockwise that the symbol was given.
    """

    genre: Genre
    quad: Quad
    tour: int
    note: float


def caler(image: Image.Image, quad: Quad, genre: Genre) -> Calage | None:
    """The grid of this kind brought to the finder patterns; None when there is no symbol of it there.

    `image`: even light, about FIN pixels a module or less. `quad`: right to within two modules.
    """
    grosse, facteur = _reduire(image, quad, genre)
    cale = _caler(grosse, agrandir(quad, facteur), genre)
    vus = _redresser(grosse, cale, GROS, genre) if cale is not None else None
    if cale is None or vus is None:
        return None
    notes = [_note(vus, tour, genre) for tour in range(4)]
    note = max(notes)
    return Calage(genre, agrandir(cale, 1 / facteur), notes.index(note), note)


def lire_niveaux(image: Image.Image, calage: Calage) -> tuple[Image.Image, Quad]:
    """The grey of each module (the symbol upright), and its corners, its own top left first."""
    genre, tour = calage.genre, calage.tour
    grosse, facteur = _reduire(image, calage.quad, genre)
    fin = agrandir(_affiner(grosse, agrandir(calage.quad, facteur), tour, genre), 1 / facteur)
    noeuds = _suivre(image, fin, genre)
    niveaux = _mailler(image, noeuds, FIN, genre).reduce(FIN)
    quart = _QUARTS[tour]
    a, b, c, d = (fin[(tour + rang) % 4] for rang in range(4))
    return (niveaux if quart is None else niveaux.transpose(quart)), (a, b, c, d)


def _reduire(image: Image.Image, quad: Quad, genre: Genre) -> tuple[Image.Image, float]:
    """The picture at about GROS pixels a module, and by how much it was made smaller."""
    facteur = GROS * genre.cote / cote(quad)
    if facteur >= 0.8:
        return image, 1.0
    taille = (max(1, round(image.width * facteur)), max(1, round(image.height * facteur)))
    return image.resize(taille, Image.Resampling.BOX), facteur


@cache
def _gabarits(genre: Genre) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Places of the dark and of the light fixed modules, for each quarter turn clockwise."""
    tous = []
    for quarts in range(4):
        places: dict[bool, list[int]] = {True: [], False: []}
        for (ligne, colonne), noir in motifs(genre).items():
            for _ in range(quarts):
                ligne, colonne = colonne, genre.cote - 1 - ligne
            places[noir].append(ligne * genre.cote + colonne)
        tous.append((tuple(places[True]), tuple(places[False])))
    return tuple(tous)


def _note(niveaux: Image.Image, tour: int, genre: Genre) -> float:
    """How well a grid lies: the fixed modules as they should be, and modules that are dark or light, not grey."""
    octets, (noirs, blancs) = niveaux.tobytes(), _gabarits(genre)[tour]
    contraste = sum([octets[i] for i in blancs]) / len(blancs) - sum([octets[i] for i in noirs]) / len(noirs)
    return contraste + 0.7 * float(ImageStat.Stat(niveaux).stddev[0])


def _redresser(image: Image.Image, quad: Quad, pixels: int, genre: Genre) -> Image.Image | None:
    """The modules inside the corners, each the mean of `pixels` × `pixels`."""
    regard = vue(quad, genre.cote * pixels)
    if regard is None:
        return None
    taille = (genre.cote * pixels, genre.cote * pixels)
    droite = image.transform(taille, Image.Transform.PERSPECTIVE, regard, Image.Resampling.BILINEAR, fillcolor=255)
    return droite.reduce(pixels)


def _caler(image: Image.Image, quad: Quad, genre: Genre) -> Quad | None:
    """The corners brought to the finder patterns; the fourth to the alignment pattern, or along with its neighbours."""
    yeux, mires, bords = _places(genre)
    largeur = (genre.cote + 2 * _MARGE) * GROS
    for portee in _PORTEE:
        regard, avec_marge = vue(quad, genre.cote * GROS), vue(quad, genre.cote * GROS, _MARGE * GROS)
        if regard is None or avec_marge is None:
            return None
        droite = image.transform(
            (largeur, largeur), Image.Transform.PERSPECTIVE, avec_marge, Image.Resampling.BILINEAR, fillcolor=255
        )
        niveaux = _larges(droite.filter(ImageFilter.BoxBlur(0.5)))
        trouves = [_chercher(niveaux, largeur, place, _OEIL, portee) for place in yeux]
        if sorted(note for note, _, _ in trouves)[2] < ImageStat.Stat(droite).stddev[0]:
            # Two finder patterns at least: any other texture looks less like them than it varies.
            return None
        faible = min(range(4), key=lambda rang: trouves[rang][0])
        seuil = max(note for note, _, _ in trouves) / 2
        coins = list(quad)
        for rang, (note, dx, dy) in enumerate(trouves):
            if rang != faible and note >= seuil:
                coins[rang] = a_travers(regard, bords[rang][0] * GROS + dx, bords[rang][1] * GROS + dy)
        note, dx, dy = _chercher(niveaux, largeur, mires[faible], _MIRE, portee)
        if note > seuil:
            coins[faible] = a_travers(regard, bords[faible][0] * GROS + dx, bords[faible][1] * GROS + dy)
        else:
            x, y = quad[faible]
            voisins = ((faible - 1) % 4, (faible + 1) % 4)
            dx_moyen = sum(coins[v][0] - quad[v][0] for v in voisins) / 2
            dy_moyen = sum(coins[v][1] - quad[v][1] for v in voisins) / 2
            coins[faible] = (x + dx_moyen, y + dy_moyen)
        quad = (coins[0], coins[1], coins[2], coins[3])
    return quad


def _larges(image: Image.Image) -> bytes:
    """Two bytes a pixel, the low one first: sums of a pattern's levels hold in them."""
    octets = image.tobytes()
    larges = bytearray(2 * len(octets))
    larges[::2] = octets
    return bytes(larges)


def _chercher(larges: bytes, largeur: int, place: tuple[int, int], motif: Motif, portee: int) -> tuple[float, int, int]:
    """Where a pattern looks most like itself: its contrast there, and the shift in pixels.

    Every shift at once: the levels from the first shift to the last, as one number, are added for each module.
    """
    noirs: list[int] = []
    blancs: list[int] = []
    for ligne, colonne, noir in motif:
        y, x = ((v + _MARGE) * GROS + GROS // 2 for v in (place[0] + ligne, place[1] + colonne))
        (noirs if noir else blancs).append(y * largeur + x)
    debut, nombre = -portee * (largeur + 1), 2 * portee * (largeur + 1) + 1
    clairs, sombres = (
        sum([int.from_bytes(larges[2 * (i + debut) : 2 * (i + debut + nombre)], "little") for i in places]).to_bytes(
            2 * nombre, "little"
        )
        for places in (blancs, noirs)
    )
    trouve = (-256.0, 0, 0)
    for dy in range(-portee, portee + 1):
        for dx in range(-portee, portee + 1):
            d = 2 * (dy * largeur + dx - debut)
            clair, sombre = clairs[d] + 256 * clairs[d + 1], sombres[d] + 256 * sombres[d + 1]
            note = clair / len(blancs) - sombre / len(noirs)
            trouve = max(trouve, (note - (abs(dx) + abs(dy)) / 2, dx, dy))
    return trouve


def _affiner(image: Image.Image, quad: Quad, tour: int, genre: Genre) -> Quad:
    """Each corner moved by less and less, as long as the grid lies better."""
    module = cote(quad) / genre.cote

    def noter(coins: Sequence[Point]) -> float:
        niveaux = _redresser(image, (coins[0], coins[1], coins[2], coins[3]), GROS, genre)
        return _note(niveaux, tour, genre) if niveaux is not None else -256.0

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


def _suivre(image: Image.Image, quad: Quad, genre: Genre) -> Noeuds:
    """The grid follows paper that is not flat: zones are shifted, first all on one slope, then each with its own."""
    regard, bornes = vue(quad, genre.cote), _bornes(genre)
    noeuds = [[a_travers(regard, x, y) if regard else (0.0, 0.0) for x in bornes] for y in bornes]
    for ensemble in (True, True, False):
        ecarts = _decaler(image, noeuds, genre)
        noeuds = _bouger(noeuds, _pente(ecarts) if ensemble else _de_proche_en_proche(ecarts), genre)
    return noeuds


def _mailler(image: Image.Image, noeuds: Noeuds, pixels: int, genre: Genre) -> Image.Image:
    """The whole symbol upright, zone by zone."""
    mailles, bornes = [], _bornes(genre)
    for i in range(_ZONES):
        for j in range(_ZONES):
            haut_gauche = (bornes[j] * pixels, bornes[i] * pixels)
            boite = (*haut_gauche, bornes[j + 1] * pixels, bornes[i + 1] * pixels)
            mailles.append((boite, (*noeuds[i][j], *noeuds[i + 1][j], *noeuds[i + 1][j + 1], *noeuds[i][j + 1])))
    taille = (genre.cote * pixels, genre.cote * pixels)
    return image.transform(taille, Image.Transform.MESH, mailles, Image.Resampling.BILINEAR, fillcolor=255)


Ecart = tuple[float, float, float]
"""Shift right and down, in modules, and how much it is worth."""


def _decaler(image: Image.Image, noeuds: Noeuds, genre: Genre) -> list[Ecart]:
    """For each zone, the shift that makes its modules most unlike their neighbours."""
    fondue = _mailler(image, noeuds, _ECHANTILLONS, genre).filter(ImageFilter.BoxBlur(_ECHANTILLONS // 2))
    notes: dict[tuple[int, int], bytes] = {}
    pas = range(-_ECART, _ECART + 1)
    for dx, dy in ((dx, dy) for dy in pas for dx in pas):
        milieux = (_ECHANTILLONS, 0, dx, 0, _ECHANTILLONS, dy)
        vus = fondue.transform(
            (genre.cote, genre.cote), Image.Transform.AFFINE, milieux, Image.Resampling.NEAREST, fillcolor=255
        )
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


def _bouger(noeuds: Noeuds, mouvement: Mouvement, genre: Genre) -> Noeuds:
    bouges: Noeuds = []
    for i in range(_ZONES + 1):
        rangee: list[Point] = []
        for j in range(_ZONES + 1):
            dx, dy = mouvement(i, j)
            (ax, ay), (bx, by) = _module(noeuds, i, j, (0, 1), genre), _module(noeuds, i, j, (1, 0), genre)
            x, y = noeuds[i][j]
            rangee.append((x + dx * ax + dy * bx, y + dx * ay + dy * by))
        bouges.append(rangee)
    return bouges


def _module(noeuds: Noeuds, i: int, j: int, pas: tuple[int, int], genre: Genre) -> Point:
    """One module rightwards (0, 1) or downwards (1, 0), in the picture, near a node."""
    (di, dj), bornes = pas, _bornes(genre)
    i0, i1 = max(0, i - di), min(_ZONES, i + di)
    j0, j1 = max(0, j - dj), min(_ZONES, j + dj)
    nombre = bornes[i1] - bornes[i0] + bornes[j1] - bornes[j0]
    (x0, y0), (x1, y1) = noeuds[i0][j0], noeuds[i1][j1]
    return (x1 - x0) / nombre, (y1 - y0) / nombre
