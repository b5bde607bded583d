"""Words set on lines: what belongs together stays together, and no word is left alone at the end."""

from __future__ import annotations

import pytest

from passdesk.printing.flux import SEUL, en_lignes, grasse, simple
from passdesk.printing.fontes import Metriques
from passdesk.printing.mise_en_page import largeur_ligne

MESURE = Metriques()


def _lignes(texte: str, largeur: float) -> list[str]:
    return ["".join(m.texte for m in ligne) for ligne in en_lignes(simple(texte), 13, largeur, MESURE)]


@pytest.mark.parametrize("largeur", range(42, 150, 3))
def test_a_number_goes_with_what_it_counts_and_a_year_with_its_month(largeur: int) -> None:
    texte = (
        "Une structure vous aide : vous recevez 10 pass le 23\u00a0novembre 2026 avec 5 autres, dès le 1er juin, au 14 "
        "rue du Lac."
    )
    lignes = _lignes(texte, largeur)
    assert " ".join(lignes) == texte
    for ligne in lignes[:-1]:
        assert ligne.split(" ")[-1] not in ("10", "5", "14", "1er"), lignes
    assert not any(ligne.startswith("2026") for ligne in lignes), lignes


@pytest.mark.parametrize("largeur", range(60, 150, 3))
def test_no_short_word_is_alone_on_the_last_line(largeur: int) -> None:
    texte = "Vous avez déjà reçu des pass et le maximum est atteint pour une même personne du foyer."
    lignes = en_lignes(grasse(texte), 13, largeur, MESURE)
    assert max(largeur_ligne(ligne, MESURE) for ligne in lignes) <= largeur
    assert len(lignes) == 1 or largeur_ligne(lignes[-1], MESURE) >= SEUL * largeur, lignes


def test_two_words_or_a_word_too_long_stay_as_they_come() -> None:
    assert _lignes("Saint-Hilaire-sur-Helpe (59)", 55) == ["Saint-Hilaire-sur-Helpe", "(59)"]
    assert "".join(_lignes("12 " + "x" * 60, 50)).replace(" ", "") == "12" + "x" * 60
