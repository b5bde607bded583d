"""The QR symbols of one grey picture: the reader first, then a closer look at what it missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import zxingcpp
from PIL import Image, ImageFilter

from passdesk.printing.calage import FIN, Calage, aplanir, caler, lire_niveaux
from passdesk.printing.genre_qr import GENRES, Genre
from passdesk.printing.geometrie import Point, Quad, agrandir, centre, cote, ordonner
from passdesk.printing.modules_qr import lire_modules
from passdesk.printing.reperage import contours, reperer
from passdesk.printing.voisinage import plus_clair, plus_sombre

_COTE_MIN = 60
"""Pixels a side under which a symbol that the reader missed holds too little to be made out."""
_ESSAIS, _ESSAIS_DE_PLUS = 5, 12
"""Closer looks at most: while nothing is read, and once the size of the symbols is known."""
_PIXELS_DOUBLES = 1_000_000
"""Larger pictures are not doubled: their symbols have pixels enough."""
_MARGE = 0.2
"""Of the side: what is kept round a symbol that is looked at closely."""


@dataclass(frozen=True, slots=True)
class Symbole:
    """A symbol read: its text, and its corners in the picture, its own top left first: they tell which way is up."""

    texte: str
    quad: Quad

    @property
    def centre(self) -> Point:
        """Its middle."""
        return centre(self.quad)

    @property
    def cote(self) -> float:
        """Its side, pixels."""
        return cote(self.quad)


def lire_net(image: Image.Image) -> tuple[list[Symbole], list[Quad]]:
    """What the reader reads at once (a millisecond), and the symbols that it saw and could not read."""
    vus = zxingcpp.read_barcodes(
        image,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2),
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=True,
    )
    lus: list[Symbole] = []
    manques: list[Quad] = []
    for vu in vus:
        p = vu.position
        a, b, c, d = ((coin.x, coin.y) for coin in (p.top_left, p.top_right, p.bottom_right, p.bottom_left))
        if vu.valid:
            lus.append(Symbole(vu.text, (a, b, c, d)))
        else:
            manques.append(ordonner((a, b, c, d)))
    return lus, manques


def lire_symboles(image: Image.Image) -> tuple[list[Symbole], bool]:
    """All the symbols of a picture, and True when the reader saw others that could not be read.

    What it missed is looked at closely, a bounded number of times.
    """
    lus, manques = lire_net(image)
    for quad in manques:
        lus += _de_pres(image, quad, lus)
    if not lus:
        lus += _premier(image) or _filtrer(image)
    if lus:
        lus += _autres(image, lus)
    return lus, any(not _pris(centre(quad), lus) for quad in manques)


def _filtrer(image: Image.Image) -> list[Symbole]:
    """What the closer look cannot follow: symbols that are too small for it."""
    if image.width * image.height <= _PIXELS_DOUBLES:
        doublee = image.resize((image.width * 2, image.height * 2), Image.Resampling.LANCZOS)
        lus = [Symbole(lu.texte, agrandir(lu.quad, 0.5)) for lu in lire_net(doublee)[0]]
        if lus:
            return lus
    # Softened; then ink grown by a pixel, which heals toner that did not hold.
    for filtrer in (lambda vue: vue.filter(ImageFilter.GaussianBlur(1.5)), lambda vue: plus_sombre(vue, 3)):
        lus, _ = lire_net(filtrer(image))
        if lus:
            return lus
    return []


def _premier(image: Image.Image) -> list[Symbole]:
    essais = 0
    for boite in reperer(image):
        for quad in contours(image, boite):
            if cote(quad) < _COTE_MIN:
                continue
            lus = _de_pres(image, quad, ())
            essais += 1
            if lus or essais == _ESSAIS:
                return lus
    return []


def _autres(image: Image.Image, lus: Sequence[Symbole]) -> list[Symbole]:
    """What stands off the symbols read, and has their size."""
    trouves: list[Symbole] = []
    essais = 0
    for boite in reperer(image, median(lu.cote for lu in lus)):
        if _pris(((boite[0] + boite[2]) / 2, (boite[1] + boite[3]) / 2), lus):
            continue
        for quad in contours(image, boite):
            ici = _de_pres(image, quad, [*lus, *trouves])
            trouves += ici
            essais += 1
            if ici:
                break
        if essais >= _ESSAIS_DE_PLUS:
            break
    return trouves


def _pris(point: Point, lus: Sequence[Symbole]) -> bool:
    """True on a symbol that is read."""
    ecarts = ((lu, *lu.centre) for lu in lus)
    return any(max(abs(x - point[0]), abs(y - point[1])) < lu.cote / 2 for lu, x, y in ecarts)


def _de_pres(image: Image.Image, quad: Quad, lus: Sequence[Symbole]) -> list[Symbole]:
    """The symbol that stands at these corners, if it can be made out and is not read yet: a pass, or a certificate."""
    if cote(quad) < _COTE_MIN or _pris(centre(quad), lus):
        return []
    vues = [vue for genre in GENRES if (vue := _approcher(genre, image, quad)) is not None]
    if not vues:
        return []
    # A pass under the grid of a certificate lies badly, and the other way round: one is looked at to the end.
    vue = max(vues, key=lambda une: une.calage.note)
    niveaux, trouve = lire_niveaux(vue.image, vue.calage)
    for marges in (_autour(niveaux), _vers_le_blanc(niveaux)):
        texte = lire_modules(marges, vue.calage.genre)
        if texte is not None:
            return [Symbole(texte, agrandir(agrandir(trouve, 1 / vue.facteur), 1.0, *vue.origine))]
    return []


@dataclass(frozen=True, slots=True)
class _Vue:
    """A piece of the picture, its light made even, and a grid on it. `origine`: its place; `facteur`: made smaller."""

    image: Image.Image
    calage: Calage
    origine: tuple[int, int]
    facteur: float


def _approcher(genre: Genre, image: Image.Image, quad: Quad) -> _Vue | None:
    """The piece round these corners, under the grid of this kind."""
    taille = cote(quad)
    marge = _MARGE * taille
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    gauche, haut = max(0, round(min(xs) - marge)), max(0, round(min(ys) - marge))
    droite, bas = min(image.width, round(max(xs) + marge)), min(image.height, round(max(ys) + marge))
    morceau = image.crop((gauche, haut, droite, bas))
    facteur = min(1.0, FIN * genre.cote / taille)
    if facteur < 0.8:
        fine = (max(1, round(morceau.width * facteur)), max(1, round(morceau.height * facteur)))
        morceau = morceau.resize(fine, Image.Resampling.BOX)
    else:
        facteur = 1.0
    plane = aplanir(morceau, taille * facteur / genre.cote)
    calage = caler(plane, agrandir(quad, facteur, -gauche, -haut), genre)
    return None if calage is None else _Vue(plane, calage, (gauche, haut), facteur)


def _autour(niveaux: Image.Image) -> list[int]:
    """Dark or light against the mean of the modules around: what blur, shadow and copies leave."""
    moyennes = niveaux.filter(ImageFilter.BoxBlur(2))
    return [moyenne - ici for ici, moyenne in zip(niveaux.tobytes(), moyennes.tobytes(), strict=True)]


def _vers_le_blanc(niveaux: Image.Image) -> list[float]:
    """Dark as soon as a third of the ink is there: toner that did not hold leaves the white white."""
    blancs = plus_clair(niveaux, 5).filter(ImageFilter.BoxBlur(3))
    noirs = plus_sombre(niveaux, 5).filter(ImageFilter.BoxBlur(3))
    trois = zip(niveaux.tobytes(), blancs.tobytes(), noirs.tobytes(), strict=True)
    return [blanc - ici - 0.35 * (blanc - noir) for ici, blanc, noir in trois]
