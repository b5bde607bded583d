"""A name on the cover is whole or refused, never cut (ui/paper §8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.fontes import Metriques, troncons
from passdesk.printing.nom_imprime import AVANT, PLACE, PLACE_GROS, PlaceNom, X, lignes_nom
from tests.printing.fabrique import boite

MESURE = Metriques()
LETTRES = st.text(alphabet="abcdéèïœÇŁğșİễñßАбжΩ -’'<>&", min_size=1, max_size=90).filter(str.strip)


@pytest.mark.parametrize("place", [PLACE, PLACE_GROS])
@given(nom=LETTRES)
def test_un_nom_est_entier_ou_refuse(nom: str, place: PlaceNom) -> None:
    try:
        lignes = lignes_nom(nom, 12, MESURE, place)
    except SaisieRefusee as refus:
        assert refus.code == "nom_trop_long"
        assert len(nom) > 63
        return
    assert lignes[0].texte == AVANT
    assert "".join("".join(ligne.texte for ligne in lignes[1:]).split()) == "".join(nom.split())
    assert max(boite(ligne).x2 for ligne in lignes) <= X + place.largeur + 0.01


@given(st.text(max_size=40))
def test_aucun_signe_ne_disparait(nom: str) -> None:
    """Whatever is typed, each run holds only glyphs of its own face."""
    for troncon in troncons(nom, gras=True):
        assert MESURE.largeur(troncon.texte, 14, True) > 0
        assert "".join(t.texte for t in troncons(troncon.texte, gras=True)) == troncon.texte


@pytest.mark.parametrize(
    ("nom", "corps", "lignes"),
    [
        ("Léa Ly", 14, 1),
        ("Maximilienne-Joséphine de la Tour d’Auvergne", 14, 2),
        ("Zoé-Éloïse Łucja Nguyễn d’Œuvrard-Lœuillet Çağla Ñuñez-Großmann", 14, 2),
        ("Anne-" * 13, 14, 2),
        ("Marie-Élisabeth " * 5, 14, 2),
        ("Élisabeth " * 9, 12, 2),
        ("W" * 40, 8, 2),
    ],
)
def test_deux_lignes_puis_plus_petit(nom: str, corps: float, lignes: int) -> None:
    textes = lignes_nom(nom, 12, MESURE)[1:]
    assert {texte.corps for texte in textes} == {corps}
    assert len(textes) == lignes


@pytest.mark.parametrize(
    ("nom", "corps", "lignes"),
    [
        ("Léa Ly", 20, 1),
        ("Maximilienne-Joséphine de la Tour d’Auvergne", 20, 2),
        ("Zoé-Éloïse Łucja Nguyễn d’Œuvrard-Lœuillet Çağla Ñuñez-Großmann", 20, 2),
        ("Élisabeth " * 9, 18, 2),
    ],
)
def test_en_gros_caracteres_aussi(nom: str, corps: float, lignes: int) -> None:
    textes = lignes_nom(nom, 12, MESURE, PLACE_GROS)[1:]
    assert {texte.corps for texte in textes} == {corps}
    assert len(textes) == lignes
