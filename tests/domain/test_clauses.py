"""What a règlement of schema 2 may state besides, clause by clause (anchors: domain §1.3, decision 0015)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.clauses import age_le
from passdesk.domain.demande import Anterieur, Derogation, Dossier
from passdesk.domain.etablissement import lire_uai
from passdesk.domain.evaluation import Decision, evaluer
from passdesk.domain.motif import CODES_AJOUTES, CODES_CONTRAT
from passdesk.domain.reglement import Reglement
from passdesk.ui.messages import phrase_motif
from tests.domain.dossiers import REGLEMENTS, codes, dossier, reglement_2
from tests.domain.test_evaluation_proprietes import DOSSIERS

BISSEXTILE = date(2004, 2, 29)
ECOLE, AUTRE_ECOLE = "0590001F", "0590002G"
OUVERT = ("ouvert = { valeur = false", "ouvert = { valeur = true")
TABLE_LYCEE = "[publics.lyceen]\n"


def au_plafond(*lignes: str) -> tuple[str, str]:
    """These parameters written beside the cap."""
    return "plafond = {", "\n".join([*(f"{ligne[:-2]}, a_confirmer = true }}" for ligne in lignes), "plafond = {"])


DELAI = reglement_2(au_plafond("delai_mois = { valeur = 6 }"))
FOYER = reglement_2(au_plafond("plafond_foyer = { valeur = 15 }"))
ACCOMPAGNES = reglement_2(
    fin='[accompagnement]\nprescripteurs = { valeur = ["mission_locale"], source = "article 4" }\n'
)
PACTE = reglement_2(
    fin='[[perimetres]]\nnom = "Pacte Sambre-Avesnois"\ncommunes = ["59392", "59033"]\nsource = "article 2"\n'
    '[[perimetres]]\nnom = "Aisne"\ndepartements = ["02"]\npublics = ["senior"]\na_confirmer = true\n'
)
LYCEENS = reglement_2(
    OUVERT,
    (TABLE_LYCEE, f'{TABLE_LYCEE}etablissements = {{ valeur = ["{ECOLE}"], source = "article 7" }}\n'
     "reserve_par_etablissement = { valeur = 100, a_confirmer = true }\n"),
    ("[justificatifs]", '[publics.lyceen.seul]\npremier = { valeur = 10, motif = "quantite_du_reglement", '
     'a_confirmer = true }\nsuite = { valeur = 5, motif = "complement_carnet_5", a_confirmer = true }\n'
     "suite_sur_demande = { valeur = true, a_confirmer = true }\n\n[justificatifs]"),
)  # fmt: skip
UNITE = reglement_2(
    au_plafond('delivrance = { valeur = "pass" }'),
    ('premier = { valeur = 10, motif = "accompagne_carnet_10"',
     'premier = { valeur = 4, motif = "quantite_du_reglement"'),
    ('suite = { valeur = 5, motif = "accompagne_carnet_10"', 'suite = { valeur = 3, motif = "quantite_du_reglement"'),
    ('premier = { valeur = 5, motif = "autonome_carnet_5"', 'premier = { valeur = 2, motif = "quantite_du_reglement"'),
    ('suite = { valeur = 5, motif = "complement_carnet_5"', 'suite = { valeur = 1, motif = "quantite_du_reglement"'),
)  # fmt: skip
DEROGATION = reglement_2(
    fin='[derogation]\nmotifs = { valeur = ["domicile_hors_region", "age_hors_public"], source = "article 9" }\n'
    'accordee_par = { valeur = "responsable", source = "article 9" }\n'
)
PAR_LA_REGION = reglement_2(
    fin='[derogation]\nmotifs = { valeur = ["domicile_hors_region"], source = "article 9" }\n'
    'accordee_par = { valeur = "region", source = "article 9" }\n'
)


def decide(reglement: Reglement, cas: Dossier) -> Decision:
    decision = evaluer(cas, (reglement,))
    for motif in decision.motifs:
        phrase = phrase_motif(motif)
        assert "…" not in phrase
        assert "{" not in phrase
    return decision


@given(DOSSIERS)
def test_the_same_text_in_schema_2_decides_the_same(cas: Dossier) -> None:
    assert evaluer(cas, (REGLEMENTS[0], reglement_2())) == evaluer(cas, REGLEMENTS)


@given(DOSSIERS)
def test_the_reglements_shipped_give_none_of_the_reasons_added(cas: Dossier) -> None:
    plein = replace(
        cas, etablissement=ECOLE, foyer="f", pass_foyer=90, reserve_etablissement=0,
        derogation=Derogation("region", "accord écrit"),
    )  # fmt: skip
    assert set(codes(evaluer(plein, REGLEMENTS))) <= set(CODES_CONTRAT)
    assert evaluer(plein, REGLEMENTS) == evaluer(cas, REGLEMENTS)


@pytest.mark.parametrize(
    ("prescripteur", "carnets", "attendus"),
    [
        ("mission_locale", (10,), ["accompagne_carnet_10"]),
        ("france_services", (5,), ["autonome_carnet_5", "prescripteur_non_retenu"]),
        (None, (5,), ["autonome_carnet_5"]),
    ],
)
def test_only_the_prescripteurs_listed_count_as_accompaniment(
    prescripteur: str | None, carnets: tuple[int, ...], attendus: list[str]
) -> None:
    decision = decide(ACCOMPAGNES, dossier(prescripteur=prescripteur))
    assert (decision.carnets, codes(decision)) == (carnets, attendus)


@pytest.mark.parametrize(
    ("public", "commune", "attendus"),
    [
        ("demandeur_emploi", "59392", []),
        ("demandeur_emploi", "59350", ["domicile_hors_perimetre"]),
        ("demandeur_emploi", "02691", ["domicile_hors_perimetre"]),
        ("senior", "02691", []),
        ("senior", "75056", ["domicile_hors_region"]),
    ],
)
def test_home_may_be_asked_within_named_areas(public: str, commune: str, attendus: list[str]) -> None:
    decision = decide(PACTE, dossier(public, commune=commune))
    assert [code for code in codes(decision) if code.startswith("domicile")] == attendus


@pytest.mark.parametrize(
    ("compte_au", "naissance", "bon"),
    [
        ('"31 décembre"', date(2004, 12, 31), True),
        ('"31 décembre"', date(2005, 1, 1), False),
        ('"1er janvier"', date(1996, 1, 2), True),
        ('"1er janvier"', date(1996, 1, 1), False),
        ("2022-09-01", date(2004, 9, 1), True),
        ("2022-09-01", date(2004, 9, 2), False),
    ],
)
def test_the_age_may_be_counted_on_another_day_than_the_arrival(compte_au: str, naissance: date, bon: bool) -> None:
    texte = reglement_2(('compte_au = { valeur = "arrivee"', f"compte_au = {{ valeur = {compte_au}"))
    decision = decide(texte, dossier("jeune_insertion", naissance=naissance))
    assert (codes(decision) == ["autonome_carnet_5"]) is bon
    if not bon:
        assert "2022" in phrase_motif(decision.motifs[0])


@pytest.mark.parametrize(
    ("arrivee", "attendus"),
    [(date(2022, 8, 2), ["delai_non_ecoule"]), (date(2022, 8, 3), ["complement_carnet_5"])],
)
def test_a_delay_runs_from_the_last_award_to_the_same_day_of_the_month(arrivee: date, attendus: list[str]) -> None:
    decision = decide(DELAI, dossier(arrivee_le=arrivee, recus=(5,), complementaire=True))
    assert codes(decision) == attendus
    if attendus == ["delai_non_ecoule"]:
        assert decision.motifs[0].faits["possible_le"] == "2022-08-03"


@pytest.mark.parametrize(
    ("pass_foyer", "recus", "attendus", "carnets", "reste"),
    [
        (None, (), ["foyer_manquant"], (), 0),
        (0, (), ["accompagne_carnet_10"], (10,), 0),
        (10, (), ["accompagne_carnet_10"], (5,), 0),
        (12, (), ["plafond_foyer_atteint"], (), 0),
        (15, (), ["plafond_foyer_atteint"], (), 0),
        (10, (5,), ["plafond_foyer_atteint"], (), 0),
    ],
)
def test_a_household_has_a_cap_of_its_own(
    pass_foyer: int | None, recus: tuple[int, ...], attendus: list[str], carnets: tuple[int, ...], reste: int
) -> None:
    decision = decide(FOYER, dossier(prescripteur="autre", pass_foyer=pass_foyer, recus=recus))
    assert (codes(decision), decision.carnets, decision.reste) == (attendus, carnets, reste)


@pytest.mark.parametrize(
    ("faits", "attendus"),
    [
        ({}, ["etablissement_manquant"]),
        ({"etablissement": AUTRE_ECOLE}, ["etablissement_non_retenu"]),
        ({"etablissement": ECOLE}, ["quantite_du_reglement"]),
        ({"etablissement": ECOLE, "reserve": 9}, ["reserve_epuisee"]),
        ({"etablissement": ECOLE, "reserve": 10, "reserve_etablissement": 9}, ["reserve_epuisee"]),
        ({"etablissement": ECOLE, "reserve": 10, "reserve_etablissement": 10}, ["quantite_du_reglement"]),
    ],
)
def test_a_public_may_be_open_to_named_schools_with_a_reserve_for_each(faits: dict, attendus: list[str]) -> None:
    decision = decide(LYCEENS, dossier("lyceen", **faits))
    assert codes(decision) == attendus
    assert decision.carnets == ((10,) if attendus == ["quantite_du_reglement"] else ())


def test_the_quantities_of_a_public_are_its_own_alone() -> None:
    assert decide(LYCEENS, dossier()).carnets == (5,)
    assert LYCEENS.pot("lyceen") == "lycee"
    assert LYCEENS.pot("senior") == "general"


def test_single_pass_are_counted_without_a_carnet() -> None:
    decision = decide(UNITE, dossier(prescripteur="autre"))
    assert (decision.pass_accordes, decision.carnets, decision.reste) == (4, (), 6)
    assert codes(decision) == ["quantite_du_reglement"]
    anterieurs = tuple(Anterieur(4, date(2022, 2, mois)) for mois in (1, 2))
    assert decide(UNITE, dossier(prescripteur="autre", anterieurs=anterieurs)).pass_accordes == 2


@pytest.mark.parametrize(
    ("texte", "par", "faits", "issue"),
    [
        (DEROGATION, "responsable", {"commune": "75056"}, "accord"),
        (DEROGATION, "region", {"commune": "75056"}, "accord"),
        (PAR_LA_REGION, "responsable", {"commune": "75056"}, "refus"),
        (PAR_LA_REGION, "region", {"commune": "75056"}, "accord"),
        (DEROGATION, "region", {"commune": "75056", "recus": (5, 5)}, "refus"),
        (DEROGATION, "region", {"commune": "75056", "justificatifs": ()}, "incomplet"),
        (DEROGATION, "region", {"commune": "75056", "stock": 4}, "refus"),
        (REGLEMENTS[1], "region", {"commune": "75056"}, "refus"),
    ],
)
def test_a_derogation_lifts_what_the_reglement_lets_it_lift_and_nothing_else(
    texte: Reglement, par: str, faits: dict, issue: str
) -> None:
    decision = decide(texte, dossier(derogation=Derogation(par, "logée en Belgique le temps des travaux"), **faits))
    assert decision.issue == issue
    assert ("derogation" in codes(decision)) == (issue != "refus")
    assert ("domicile_hors_region" in codes(decision)) == (issue == "refus")


def test_a_delay_that_is_lifted_leaves_the_stock_as_it_is() -> None:
    texte = reglement_2(
        au_plafond("delai_mois = { valeur = 6 }"),
        fin='[derogation]\nmotifs = { valeur = ["delai_non_ecoule"], source = "article 9" }\n'
        'accordee_par = { valeur = "region", source = "article 9" }\n',
    )
    cas = dossier(recus=(5,), complementaire=True, derogation=Derogation("region", "accord écrit"))
    assert codes(decide(texte, cas)) == ["complement_carnet_5", "derogation"]
    assert codes(decide(texte, replace(cas, stock=4))) == ["reserve_epuisee", "delai_non_ecoule"]


def test_a_derogation_without_a_reason_lifts_nothing() -> None:
    assert decide(DEROGATION, dossier(derogation=Derogation("region", " "), commune="75056")).issue == "refus"


CLAUSES = (DELAI, FOYER, ACCOMPAGNES, PACTE, LYCEENS, UNITE, DEROGATION, PAR_LA_REGION)


@given(
    DOSSIERS,
    st.sampled_from(CLAUSES),
    st.none() | st.integers(0, 20),
    st.none() | st.sampled_from([ECOLE, AUTRE_ECOLE]),
    st.none() | st.sampled_from(["responsable", "region"]),
)
def test_under_any_clause_nobody_ever_gets_more_than_ten(
    cas: Dossier, texte: Reglement, pass_foyer: int | None, etablissement: str | None, par: str | None
) -> None:
    plein = replace(
        cas, pass_foyer=pass_foyer, etablissement=etablissement, derogation=Derogation(par, "raison") if par else None
    )
    decision = decide(texte, plein)
    recus = sum(anterieur.nombre for anterieur in plein.anterieurs)
    assert decision.pass_accordes == 0 or recus + decision.pass_accordes + decision.reste <= 10
    assert sum(decision.carnets) == (0 if texte.a_l_unite else decision.pass_accordes)
    assert (decision.issue == "accord") == (decision.pass_accordes > 0)
    tourne = replace(plein, justificatifs=plein.justificatifs[::-1], anterieurs=plein.anterieurs[::-1])
    assert decide(texte, tourne) == decision


def test_every_reason_added_is_given_by_some_reglement() -> None:
    cas = (
        (LYCEENS, dossier("lyceen", etablissement=ECOLE)),
        (PACTE, dossier(commune="59350")),
        (LYCEENS, dossier("lyceen", etablissement=AUTRE_ECOLE)),
        (DELAI, dossier(recus=(5,), complementaire=True)),
        (FOYER, dossier(pass_foyer=15)),
        (LYCEENS, dossier("lyceen")),
        (FOYER, dossier()),
        (ACCOMPAGNES, dossier(prescripteur="autre")),
        (DEROGATION, dossier(commune="75056", derogation=Derogation("region", "accord écrit"))),
    )
    donnes = {code for texte, une in cas for code in codes(decide(texte, une))}
    assert set(CODES_AJOUTES) <= donnes


@pytest.mark.parametrize(
    ("tape", "lu"),
    [("0750655E", "0750655E"), (" 0750 655e ", "0750655E"), ("0750655F", None), ("750655E", None), ("", None)],
)
def test_a_school_number_carries_a_letter_that_checks_it(tape: str, lu: str | None) -> None:
    assert lire_uai(tape) == lu


@pytest.mark.parametrize(
    ("regle", "jour", "age"),
    [
        ("1er mars", date(2023, 2, 28), 18), ("1er mars", date(2023, 3, 1), 19),
        ("28 février", date(2023, 2, 27), 18), ("28 février", date(2023, 2, 28), 19),
        ("1er mars", date(2024, 2, 28), 19), ("1er mars", date(2024, 2, 29), 20),
        ("28 février", date(2024, 2, 28), 19), ("28 février", date(2024, 2, 29), 20),
    ],
)  # fmt: skip
def test_born_on_29_february_the_rule_moves_the_birthday_of_common_years_alone(
    regle: str, jour: date, age: int
) -> None:
    assert age_le(BISSEXTILE, jour, regle) == age
