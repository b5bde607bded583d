"""Homes outside France: a country is a home like another, in department 99, and so outside the region."""

from __future__ import annotations

import pytest

from passdesk.domain.commune import DEPARTEMENTS_DE_LA_REGION, Communes, departement, est_code_insee
from passdesk.domain.pays import AUTRE, PAYS, est_la_france, pays_du_code, pays_nomme
from tests.domain.dossiers import codes, decider, dossier
from tests.domain.test_commune import communes as communes  # the list shipped, as a fixture


@pytest.mark.parametrize("pays", PAYS, ids=lambda pays: pays.nom)
def test_every_country_is_refused_as_a_home_outside_the_region(pays: object) -> None:
    code = getattr(pays, "code", "")
    assert est_code_insee(code) and departement(code) == "99"
    decision = decider(dossier(commune=code))
    assert (decision.issue, codes(decision)) == ("refus", ["domicile_hors_region"])
    assert decision.motifs[0].faits == {"departement": "99", "pays": code}


def test_a_home_in_france_names_no_country() -> None:
    (motif,) = decider(dossier(commune="75056")).motifs
    assert motif.faits == {"departement": "75"}


@pytest.mark.parametrize(
    ("tape", "premiere"),
    [
        ("belgique", "99131"), ("BELGI", "99131"), ("pays bas", "99135"), ("royaume", "99132"), ("autre pays", AUTRE),
        # The very name of a country comes before the village that bears it too.
        ("suisse", "99140"), ("luxem", "99137"),
    ],
)  # fmt: skip
def test_a_country_is_found_as_a_commune_is(communes: Communes, tape: str, premiere: str) -> None:
    assert communes.chercher(tape)[0].code == premiere


def test_the_region_comes_first_then_the_countries(communes: Communes) -> None:
    trouvees = communes.chercher("al", 400)
    rangs = [
        0 if c.departement in DEPARTEMENTS_DE_LA_REGION else 1 if c.pays is not None else 2
        for c in trouvees
        if c.nom.casefold() != "al"
    ]
    assert rangs == sorted(rangs)
    assert set(rangs) == {0, 1, 2}


def test_a_country_has_no_postal_code_and_is_no_commune_of_france(communes: Communes) -> None:
    belgique = communes.par_code("99131")
    assert belgique is not None and belgique.pays is not None
    assert (belgique.nom, belgique.codes_postaux, belgique.pays.ou) == ("Belgique", (), "en Belgique")
    assert communes.actuelle(belgique) == belgique
    assert all(commune.pays is None for commune in communes)


@pytest.mark.parametrize(
    ("texte", "nom"),
    [("Belgium", "Belgique"), ("BE", "Belgique"), ("hollande", "Pays-Bas"), ("ROYAUME UNI", "Royaume-Uni"),
     ("France", None), ("Mouscron", None), ("", None)],
)  # fmt: skip
def test_a_country_is_named_in_more_than_one_way(texte: str, nom: str | None) -> None:
    pays = pays_nomme(texte)
    assert (pays.nom if pays else None) == nom


def test_a_country_out_of_the_list_is_another_one() -> None:
    autre = pays_du_code("99352")
    assert autre is not None and autre.ou == "à l’étranger"
    assert pays_du_code("59392") is pays_du_code(None) is pays_du_code("") is None


@pytest.mark.parametrize(
    ("texte", "ici"),
    [("F.", True), ("Française", True), ("Hauts-de-France", True), ("100", True), ("hors de France", False),
     ("Belgique", False), ("Algérie", False), ("", False)],
)  # fmt: skip
def test_france_is_said_in_more_than_one_way(texte: str, ici: bool) -> None:
    assert est_la_france(texte) is ici
