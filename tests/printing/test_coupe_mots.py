"""Words cut on a few even lines: the cuts that trying them all would choose, without trying them all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from passdesk.printing.coupe_mots import couper, mots, parties
from passdesk.printing.fontes import Metriques

MESURE = Metriques()


class Regle:
    """A ruler of letters of one width, that counts what it is asked."""

    def __init__(self) -> None:
        self.demandes = 0

    def largeur(self, texte: str, corps: float, gras: bool = False, interlettre: float = 0.0) -> float:
        """One for each letter."""
        self.demandes += 1
        return float(len(texte))


def en_essayant_tout(morceaux: Sequence[str], largeur: float, nombre: int) -> list[str]:
    """The definition: of all cuts on the fewest lines, the first whose widest line is the narrowest."""
    for combien in range(1, min(nombre, len(morceaux)) + 1):
        essais = []
        for coupes in combinations(range(1, len(morceaux)), combien - 1):
            bornes = (0, *coupes, len(morceaux))
            lignes = ["".join(morceaux[a:b]).rstrip(" ") for a, b in pairwise(bornes)]
            essais.append((max(MESURE.largeur(ligne, 14, True) for ligne in lignes), lignes))
        large, lignes = min(essais, key=lambda essai: essai[0])
        if large <= largeur:
            return lignes
    return []


@given(
    st.lists(st.sampled_from(["de", "la", "Espace-Jean", "Maison", "l’été", "inclusion", "ii", "W"]), max_size=9),
    st.sampled_from([12.0, 30.0, 45.0, 66.0, 97.0]),
    st.integers(0, 6),
)
def test_the_cuts_are_those_that_trying_all_of_them_gives(noms: list[str], largeur: float, nombre: int) -> None:
    for morceaux in (mots(" ".join(noms)), parties(" ".join(noms), 14, True, largeur, MESURE)):
        assert couper(morceaux, 14, True, largeur, nombre, MESURE) == en_essayant_tout(morceaux, largeur, nombre)


def test_the_longest_name_of_a_list_of_places_asks_for_few_measures() -> None:
    nom = " ".join(["Maison", "de", "la", "vie"] * 19)[:300]
    regle = Regle()
    assert couper(mots(nom), 14, True, 60, 6, regle) != []
    assert regle.demandes < 2_000, "ten millions of cuts when all of them are tried"
    assert couper(mots(nom), 14, True, 40, 6, regle) == []
