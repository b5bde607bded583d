"""The darkest or the lightest level around each pixel of a grey picture."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageChops


def plus_sombre(image: Image.Image, cote: int) -> Image.Image:
    """Each pixel takes the darkest level of the square of `cote` pixels (odd) round it: ink grows."""
    return _etendre(image, cote, ImageChops.darker, 255)


def plus_clair(image: Image.Image, cote: int) -> Image.Image:
    """Each pixel takes the lightest level of the square of `cote` pixels (odd) round it: ink shrinks."""
    return _etendre(image, cote, ImageChops.lighter, 0)


def _etendre(
    image: Image.Image, cote: int, garder: Callable[[Image.Image, Image.Image], Image.Image], neutre: int
) -> Image.Image:
    """Whole pictures held against themselves, shifted by more and more: the library's filter sorts each square, which
    takes ten times as long.
    """
    marge = cote // 2
    vue = Image.new("L", (image.width + 2 * marge, image.height + 2 * marge), neutre)
    vue.paste(image, (marge, marge))
    for horizontal in (True, False):
        vus = 1
        while vus < cote:
            pas = min(vus, cote - vus)
            dx, dy = (pas, 0) if horizontal else (0, pas)
            large, haut = vue.width - dx, vue.height - dy
            vue = garder(vue.crop((0, 0, large, haut)), vue.crop((dx, dy, dx + large, dy + haut)))
            vus += pas
    return vue
