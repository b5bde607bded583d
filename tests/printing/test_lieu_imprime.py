"""The places of the cover: each whole as far as it can, hours whole or absent, telephone and distance always there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.dessin import Texte
from passdesk.domain.francais import typographie
from passdesk.printing.carnet_imprime import LieuImprime
from passdesk.printing.carnet_pdf import render_carnet
from passdesk.printing.fontes import Metriques
from passdesk.printing.lieu_imprime import DERNIERE, LARGEUR, SANS_HORAIRES, Champ, dessin_lieu, lignes_lieu
from tests.printing.fabrique import LIEUX, LIEUX_LONGS, boite, carnet, textes, textes_du_pdf

MESURE = Metriques()
CHAMP = Champ(24, 120)
MOTS = st.text(alphabet="abcdéèœÇŁğ -’'&:", max_size=120)
HORAIRES = (("du lundi au jeudi", "9 h à 12 h, 14 h à 17 h"), ("vendredi", "9 h à 12 h"), ("samedi", "10 h à 11 h 30"))


def dits(lieu: LieuImprime, champ: Champ = CHAMP) -> list[str]:
    return [texte.texte.replace("\u00a0", " ") for texte in lignes_lieu(lieu, champ, MESURE)]


def test_les_trois_lieux_se_lisent_sur_la_couverture() -> None:
    texte = " ".join(textes_du_pdf(render_carnet(carnet(10, lieux=LIEUX)))[0].split())
    assert "Atelier numérique du Moulin 12 rue de l’Exemple 59000 Villetémoin 03 53 01 00 01" in texte
    assert "lundi, mercredi, vendredi : 9 h à 12 h" in texte
    assert "03 53 01 00 03 du lundi au vendredi : 9 h à 12 h, 14 h à 17 h" in texte
    assert all(f"{distance} km" in texte for distance in (4, 9, 13))
    assert "Demandez la liste" not in texte


@pytest.mark.parametrize("combien", [0, 1, 2])
def test_moins_de_trois_lieux_la_liste_se_demande_au_guichet(combien: int) -> None:
    texte = textes_du_pdf(render_carnet(carnet(10, lieux=LIEUX[:combien])))[0]
    assert texte.count("Demandez la liste des lieux") == (1 if combien else 2)
    assert [lieu.ville in texte for lieu in LIEUX] == [rang < combien for rang in range(3)]


def test_un_nom_trop_long_se_coupe_a_un_mot_et_les_horaires_partent() -> None:
    lignes = lignes_lieu(LIEUX_LONGS[0], CHAMP, MESURE)
    assert [(ligne.texte, ligne.corps) for ligne in lignes[:3]] == [
        ("Espace intercommunal de", 12),
        ("médiation et d’inclusion", 12),
        ("numérique Jean-Baptiste …", 12),
    ]
    assert [ligne.texte for ligne in lignes[3:7]] == [
        "217 ter rue du", "Commandant-Fictif-de-l’Exemple", "59000", "Saint-Quentin-la-Motte-Témoin",
    ]  # fmt: skip
    assert dits(LIEUX_LONGS[0])[7:] == ["03 53 01 00 01"]


def test_un_nom_sur_deux_lignes_egales_reste_a_14() -> None:
    lignes = lignes_lieu(LIEUX[1], CHAMP, MESURE)
    assert [(ligne.texte, ligne.corps) for ligne in lignes[:2]] == [("Médiathèque Les", 14), ("Trois Modèles", 14)]


def test_les_jours_et_les_heures_se_rapprochent_avant_de_partir() -> None:
    court = replace(LIEUX[2], horaires=HORAIRES[:2])
    assert dits(court)[-3:] == ["du lundi au jeudi :", "9 h à 12 h, 14 h à 17 h", "vendredi : 9 h à 12 h"]
    long = replace(court, nom=LIEUX[1].nom)
    assert dits(long)[-1] == SANS_HORAIRES.replace("\u00a0", " ")
    assert "vendredi" not in " ".join(dits(long))


def test_une_ligne_large_ne_touche_pas_le_numero_de_la_page() -> None:
    large = replace(LIEUX[1], horaires=(("mardi, jeudi", "10 h à 12 h 30, 14 h à 17 h 30"),))
    assert dits(large)[-2:] == ["mardi, jeudi :", "10 h à 12 h 30, 14 h à 17 h 30"]
    assert dits(large, replace(CHAMP, coin=60))[-2:] == ["mardi, jeudi : 10 h à 12 h 30,", "14 h à 17 h 30"]


def test_sans_horaires_connus_il_faut_telephoner_et_sans_telephone_il_n_y_a_rien() -> None:
    inconnus = replace(LIEUX[0], horaires=())
    assert dits(inconnus)[-1] == "Horaires : téléphonez."
    assert dits(replace(inconnus, telephone=""))[-1] == "59000 Villetémoin"


def test_la_distance_ne_touche_jamais_les_mots() -> None:
    loin = replace(LIEUX[2], distance="1 113 km")
    boites = [boite(texte) for texte in textes(dessin_lieu(loin, 3, CHAMP, MESURE))]
    (distance,) = [b for b in boites if b.nom == "1 113 km"]
    assert not any(distance.touche(autre, 0.5) for autre in boites if autre is not distance)
    assert not any("km" in texte.texte for texte in textes(dessin_lieu(replace(loin, distance=""), 3, CHAMP, MESURE)))


@given(nom=MOTS, rue=MOTS, ville=MOTS, combien=st.integers(0, 3), serre=st.booleans())
def test_quel_que_soit_le_lieu_il_tient_et_garde_son_telephone(
    nom: str, rue: str, ville: str, combien: int, serre: bool
) -> None:
    champ = replace(CHAMP, derniere=42.6) if serre else CHAMP
    lieu = LieuImprime(nom, rue, ville, "0353010001", HORAIRES[:combien], "9 km")
    lignes: list[Texte] = lignes_lieu(lieu, champ, MESURE)
    assert max(MESURE.largeur(ligne.texte, ligne.corps, ligne.gras) for ligne in lignes) <= LARGEUR + 0.01
    assert max(ligne.y for ligne in lignes) <= 120 + champ.derniere + 0.01 <= 120 + DERNIERE + 0.01
    assert [ligne.corps for ligne in lignes if ligne.texte == "03\u00a053\u00a001\u00a000\u00a001"] == [16]
    suite = " ".join(dits(lieu, champ)).partition("03 53 01 00 01")[2].strip()
    debut = "".join(dits(lieu, champ)).partition("03 53 01 00 01")[0].replace(" ", "")
    voulu = "".join(typographie(texte).replace("\u00a0", "") for texte in (nom, rue, ville)).replace(" ", "")
    assert "…" in debut or debut == voulu
    entiers = " ".join(f"{jours} : {heures}" for jours, heures in HORAIRES[:combien])
    assert suite in {entiers, "Horaires : téléphonez.", ""}
