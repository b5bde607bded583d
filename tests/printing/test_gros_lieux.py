"""A place in large print keeps its telephone and its town; its hours are whole or absent (ui/paper §4, §8)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.dessin import Texte
from passdesk.printing.carnet_imprime import LieuImprime
from passdesk.printing.fontes import Metriques
from passdesk.printing.gros_lieux import X_LIEU, PlaceLieu, dessin_lieu
from tests.printing.fabrique import LIEUX, LIEUX_LONGS, boite

MESURE = Metriques()
LARGE, ETROITE = PlaceLieu(14.4, 4, 144.6, adresse_seule=True), PlaceLieu(13.9, 6, 100.6, adresse_seule=False)
MOTS = st.text(alphabet="abcdéèïœÇŁ -’'.<&", max_size=80)


def lignes(lieu: LieuImprime, place: PlaceLieu) -> list[str]:
    textes = [e for e in dessin_lieu(lieu, 1, place, MESURE) if isinstance(e, Texte) and e.x >= X_LIEU]
    return [texte.texte.replace("\u00a0", " ") for texte in sorted(textes, key=lambda texte: texte.y)]


@pytest.mark.parametrize(
    ("lieu", "place", "attendues"),
    [
        (
            LIEUX[0], LARGE,
            ["Atelier numérique du Moulin", "12 rue de l’Exemple, 59000 Villetémoin", "03 53 01 00 01",
             "lundi, mercredi, vendredi : 9 h à 12 h"],
        ),
        (
            LIEUX[2], ETROITE,
            ["Maison des habitants", "25 rue des Tilleuls-Témoins", "59000 Bourg-Modèle", "03 53 01 00 03",
             "du lundi au vendredi :", "9 h à 12 h, 14 h à 17 h"],
        ),
        (
            # A name on two lines takes the room of the hours.
            LIEUX_LONGS[1], LARGE,
            ["Maison France services", "itinérante du Pays-Modèle", "place de l’Église, 59000 Villetémoin",
             "03 53 01 00 02"],
        ),
        (
            LIEUX_LONGS[0], LARGE,
            ["Espace intercommunal de médiation et …", "217 ter rue du Commandant-Fictif-de …",
             "59000 Saint-Quentin-la-Motte-Témoin", "03 53 01 00 01"],
        ),
        (
            replace(LIEUX_LONGS[2], telephone="0353010003"), ETROITE,
            ["Maison des habitants", "25 rue des Tilleuls-Témoins", "59000 Bourg-Modèle", "03 53 01 00 03",
             "Horaires : téléphonez."],
        ),
    ],
)  # fmt: skip
def test_ce_qui_s_imprime(lieu: LieuImprime, place: PlaceLieu, attendues: list[str]) -> None:
    assert lignes(lieu, place) == attendues


@pytest.mark.parametrize("place", [LARGE, ETROITE])
@given(nom=MOTS, rue=MOTS, ville=MOTS, horaires=st.lists(st.tuples(MOTS, MOTS), max_size=3))
def test_rien_ne_deborde_et_le_telephone_reste(
    nom: str, rue: str, ville: str, horaires: list[tuple[str, str]], place: PlaceLieu
) -> None:
    lieu = LieuImprime(nom, rue, ville, "0353010001", tuple(horaires), "12 km")
    textes = [e for e in dessin_lieu(lieu, 1, place, MESURE) if isinstance(e, Texte) and e.x >= X_LIEU]
    assert len(textes) <= place.lignes
    assert max(boite(texte).x2 for texte in textes) <= X_LIEU + place.largeur + 0.01
    assert "03 53 01 00 01" in lignes(lieu, place)
    assert all(texte.corps >= 20 for texte in textes)
