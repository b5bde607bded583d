"""The cases of damage. Each is made in two ways: the reader was tuned on the first, and is judged on both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Protocol

from PIL import Image

from tests.damage import encre, prise
from tests.damage.papier import MM, Papier

AUTOUR = 9 * MM
"""What a local fault may touch round a symbol, pixels."""


class Encre(Protocol):
    """What happens to the paper, for its first symbol."""

    def __call__(self, papier: Papier, alea: Random, /) -> Image.Image:
        """The paper after."""
        ...


Vue = Callable[[Image.Image, Random, int], Image.Image]
"""How a paper is taken at so many dots per inch: its picture at 600, then the pixels."""


def scanner(image: Image.Image, _: Random, dpi: int) -> Image.Image:
    """Flat, sharp, evenly lit."""
    return prise.numeriser(image, dpi)


@dataclass(frozen=True)
class Facon:
    """One way to make a case: local faults at each symbol, then faults of the whole sheet, then the taking."""

    locales: tuple[Encre, ...] = ()
    entieres: tuple[Encre, ...] = ()
    vue: Vue = scanner

    def faire(self, papier: Papier, dpi: int, alea: Random) -> Image.Image:
        """The picture of that paper, damaged; the same for the same `alea`."""
        for faute in self.entieres:
            papier = replace(papier, image=faute(papier, alea))
        if self.locales:
            image = papier.image.copy()
            for rang, (x1, y1, x2, y2) in enumerate(papier.symboles):
                boite = (max(0, x1 - AUTOUR), max(0, y1 - AUTOUR), x2 + AUTOUR, y2 + AUTOUR)
                morceau = papier.decouper(rang, boite)
                for faute in self.locales:
                    morceau = replace(morceau, image=faute(morceau, alea))
                image.paste(morceau.image, (round(boite[0]), round(boite[1])))
            papier = replace(papier, image=image)
        return self.vue(papier.image, alea, dpi)


@dataclass(frozen=True)
class Cas:
    """`but`: share of the symbols asked of our reader (None: told, not asked). `compte`: among the rate over all."""

    nom: str
    facons: tuple[Facon, ...]
    but: float | None
    compte: bool = True


def _vue(faute: Callable[[Image.Image, Random, int], Image.Image]) -> Facon:
    """A good paper, badly taken: the fault is of the picture."""
    return Facon(vue=lambda image, alea, dpi: faute(prise.numeriser(image, dpi), alea, dpi))


def _pose(faute: Callable[[Image.Image, Random], Image.Image]) -> Facon:
    """A good paper, badly laid or held: the fault is there before the pixels."""
    return Facon(vue=lambda image, alea, dpi: prise.numeriser(faute(image, alea), dpi))


def _local(faute: Callable[..., Image.Image], *reste: float) -> Facon:
    return Facon(locales=(lambda papier, alea: faute(papier, alea, *reste),))


def _entier(faute: Callable[..., Image.Image], *reste: float) -> Facon:
    return Facon(entieres=(lambda papier, alea: faute(papier, alea, *reste),))


def _photo(image: Image.Image, alea: Random, dpi: int) -> Image.Image:
    image = prise.numeriser(prise.incliner(image, alea, 0.1, 200), dpi)
    image = prise.ombre(prise.flou(image, 0.12, dpi), alea, 0.55)
    return prise.jpeg(prise.bruiter(image, alea, 8), 60)


def _photo_du_soir(image: Image.Image, alea: Random, dpi: int) -> Image.Image:
    image = prise.tourner(prise.incliner(image, alea, 0.08, 170), alea.uniform(-25, 25), 170)
    image = prise.numeriser(prise.bouger(image, alea, 0.25), dpi)
    image = prise.ombre_de_main(prise.ternir(image, 30, 235), alea, 0.6)
    return prise.jpeg(prise.bruiter(image, alea, 6), 45)


def _poche(image: Image.Image, alea: Random, dpi: int) -> Image.Image:
    image = prise.ombre(prise.numeriser(image, dpi), alea, 0.5)
    return prise.jpeg(prise.bruiter(image, alea, 15), 50)


def _poche_froissee(image: Image.Image, alea: Random, dpi: int) -> Image.Image:
    image = prise.numeriser(prise.onduler(image, alea, 0.5), dpi)
    return prise.jpeg(prise.bruiter(prise.ombre_de_main(image, alea, 0.6), alea, 12), 40)


def _copier(faute: Callable[[Image.Image, Random], Image.Image]) -> Encre:
    return lambda papier, alea: faute(papier.image, alea)


COPIE, MAUVAISE_COPIE = _copier(encre.photocopier), _copier(encre.photocopier_mal)
CAS = (
    Cas("propre", (Facon(), _pose(lambda i, a: i.rotate(a.choice((90, 180, 270)), expand=True))), 1),
    Cas(
        "flou",
        (
            _vue(lambda i, a, dpi: prise.flou(i, a.uniform(0.1, 0.35), dpi)),
            _pose(lambda i, a: prise.bouger(i, a, a.uniform(0.2, 0.7))),
        ),
        1,
    ),
    Cas(
        "tourne",
        (
            _vue(lambda i, a, _: prise.tourner(i, a.uniform(-45, 45))),
            _pose(lambda i, a: prise.tourner(i, a.uniform(0, 360), 90)),
        ),
        1,
    ),
    Cas(
        "pale",
        (
            _vue(lambda i, *_: prise.ternir(i, 120, 190)),
            _vue(lambda i, a, _: prise.bruiter(prise.ternir(i, 60, 100), a, 4)),
        ),
        1,
    ),
    Cas("jpeg", (_vue(lambda i, *_: prise.jpeg(i, 30)), _vue(lambda i, *_: prise.jpeg(prise.jpeg(i, 22), 35))), 1),
    Cas(
        "perspective",
        (
            _pose(lambda i, a: prise.incliner(i, a, 0.14)),
            _pose(lambda i, a: prise.incliner(i, a, 0.2, 90)),
        ),
        1,
    ),
    Cas(
        "gondole",
        (
            _pose(lambda i, a: prise.onduler(i, a, 0.8)),
            _pose(lambda i, a: prise.onduler(prise.incliner(i, a, 0.12, 90), a, 1.0)),
        ),
        0.95,
    ),
    Cas(
        "ombre",
        (_vue(lambda i, a, _: prise.ombre(i, a, 0.25)), _vue(lambda i, a, _: prise.ombre_de_main(i, a, 0.35))),
        1,
    ),
    Cas(
        "bruit", (_vue(lambda i, a, _: prise.bruiter(i, a, 40)), _vue(lambda i, a, _: prise.bruiter_gros(i, a, 40))), 1
    ),
    Cas("cache-5", (_local(encre.cacher_carre, 0.05), _local(encre.cacher_taches, 0.05)), 1),
    Cas("cache-10", (_local(encre.cacher_carre, 0.10), _local(encre.cacher_taches, 0.10)), 1),
    Cas("pli", (_local(encre.plier), _local(encre.plier_en_biais)), 1),
    Cas("cache-15", (_local(encre.cacher_carre, 0.15), _local(encre.cacher_taches, 0.15)), 0.95),
    Cas("rayures", (_local(encre.rayer), _local(encre.rayer_courbe)), 0.95),
    Cas("toner", (_entier(encre.user_le_toner), _entier(encre.vider_le_toner)), 0.95),
    Cas("copie-deux-fois", (Facon(entieres=(COPIE, COPIE)), Facon(entieres=(MAUVAISE_COPIE, MAUVAISE_COPIE))), 0.95),
    Cas(
        "copie-pli-photo",
        (
            Facon((encre.plier,), (COPIE, COPIE), _photo),
            Facon((encre.plier_en_biais,), (MAUVAISE_COPIE, MAUVAISE_COPIE), _photo_du_soir),
        ),
        None,
    ),
    Cas(
        "poche",
        (
            Facon((encre.rayer, encre.plier), (partial(encre.user_le_toner, force=0.8),), _poche),
            Facon(
                (encre.rayer_courbe, encre.plier_en_biais),
                (partial(encre.vider_le_toner, force=0.8),),
                _poche_froissee,
            ),
        ),
        None,
    ),
    Cas("oeil-ecorne", (_local(encre.ecorner), _local(encre.corner)), None, compte=False),
    Cas(
        "cache-10-partout", (_local(encre.cacher_partout, 0.10), _local(encre.cacher_partout, 0.12)), None, compte=False
    ),
)
