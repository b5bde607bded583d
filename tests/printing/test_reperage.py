"""What looks for symbols in a picture, against the slow way of saying the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from passdesk.printing.reperage import taches
from passdesk.printing.voisinage import plus_clair, plus_sombre


def _images(niveaux: st.SearchStrategy[int]) -> st.SearchStrategy[Image.Image]:
    def image(taille: tuple[int, int]) -> st.SearchStrategy[Image.Image]:
        combien = taille[0] * taille[1]
        octets = st.lists(niveaux, min_size=combien, max_size=combien).map(bytes)
        return octets.map(lambda lus: Image.frombytes("L", taille, lus))

    return st.tuples(st.integers(1, 12), st.integers(1, 12)).flatmap(image)


@given(_images(st.sampled_from((0, 255))))
def test_a_spot_is_what_touches_by_a_side(masque: Image.Image) -> None:
    reste = {(x, y) for y in range(masque.height) for x in range(masque.width) if masque.getpixel((x, y))}
    attendues = []
    while reste:
        # The first met, row by row, and all that can be reached from it.
        tache, pile = set(), [min(reste, key=lambda p: (p[1], p[0]))]
        while pile:
            x, y = pile.pop()
            if (x, y) in reste:
                reste.remove((x, y))
                tache.add((x, y))
                pile += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
        attendues.append(tache)
    trouvees = taches(masque)
    assert [{(x, y) for y, premier, dernier in t for x in range(premier, dernier + 1)} for t in trouvees] == attendues
    assert trouvees == [sorted(tache) for tache in trouvees]


@given(_images(st.integers(0, 255)), st.sampled_from((3, 5, 7)))
def test_the_levels_around_are_those_that_pillow_finds(image: Image.Image, cote: int) -> None:
    # Pillow's own filter cannot look beyond a picture smaller than its square.
    large = image.resize((image.width + cote, image.height + cote), Image.Resampling.NEAREST)
    assert plus_sombre(large, cote).tobytes() == large.filter(ImageFilter.MinFilter(cote)).tobytes()
    assert plus_clair(large, cote).tobytes() == large.filter(ImageFilter.MaxFilter(cote)).tobytes()
