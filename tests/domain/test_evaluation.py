"""The règlement, rule by rule, as contracts §2 writes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from passdesk.domain.demande import Anterieur, JustificatifPresente
from passdesk.domain.evaluation import CODES_MOTIF, exigences
from tests.domain.dossiers import (
    ARRIVEE,
    ARRIVEE_2020,
    REGLEMENTS,
    avec_papier,
    codes,
    decider,
    dossier,
    sans_papier,
)

REGLEMENT_2020, REGLEMENT_2022 = REGLEMENTS
DOMICILE = ("justificatif_domicile", "attestation_hebergement", "attestation_domiciliation")

# (accompanied, pass already received, complementary request) → issue, carnets, what is left, reasons
QUANTITES_2022 = [
    # Accompanied: 10 at once, whatever comes first; then nothing.
    (True, (), False, "accord", (10,), 0, ["accompagne_carnet_10"]),
    (True, (5,), False, "accord", (5,), 0, ["accompagne_carnet_10"]),
    (True, (5,), True, "accord", (5,), 0, ["accompagne_carnet_10"]),
    (True, (10,), False, "refus", (), 0, ["plafond_atteint"]),
    (True, (10,), True, "refus", (), 0, ["plafond_atteint"]),
    # A complementary request completes a first carnet, accompanied or not: without one it is refused.
    (True, (), True, "refus", (), 0, ["complement_sans_premier"]),
    (False, (), True, "refus", (), 0, ["complement_sans_premier"]),
    # Alone: 5, then 5 if asked for.
    (False, (), False, "accord", (5,), 5, ["autonome_carnet_5"]),
    (False, (5,), True, "accord", (5,), 0, ["complement_carnet_5"]),
    (False, (5,), False, "refus", (), 0, ["complement_non_demande"]),
    (False, (5, 5), True, "refus", (), 0, ["plafond_atteint"]),
    (False, (5, 5), False, "refus", (), 0, ["plafond_atteint"]),
    (False, (10,), True, "refus", (), 0, ["plafond_atteint"]),
    # More than the cap, as two desks cut off from each other may have given.
    (True, (10, 5), False, "refus", (), 0, ["plafond_atteint"]),
    (False, (10, 10), True, "refus", (), 0, ["plafond_atteint"]),
]

QUANTITES_2020 = [
    # 5, then 5 on a complementary request, accompanied or not; "alone" is a reason only for who is alone.
    (False, (), False, "accord", (5,), 5, ["autonome_carnet_5", "reglement_anterieur"]),
    (True, (), False, "accord", (5,), 5, ["reglement_anterieur"]),
    (False, (5,), True, "accord", (5,), 0, ["complement_carnet_5", "reglement_anterieur"]),
    (True, (5,), True, "accord", (5,), 0, ["complement_carnet_5", "reglement_anterieur"]),
    (False, (5,), False, "refus", (), 0, ["reglement_anterieur", "complement_non_demande"]),
    (True, (5,), False, "refus", (), 0, ["reglement_anterieur", "complement_non_demande"]),
    (True, (), True, "refus", (), 0, ["reglement_anterieur", "complement_sans_premier"]),
    (False, (), True, "refus", (), 0, ["reglement_anterieur", "complement_sans_premier"]),
    (True, (5, 5), True, "refus", (), 0, ["reglement_anterieur", "plafond_atteint"]),
    (False, (10,), False, "refus", (), 0, ["reglement_anterieur", "plafond_atteint"]),
]


@pytest.mark.parametrize("cas", QUANTITES_2022, ids=str)
def test_quantity_under_the_2022_reglement(
    cas: tuple[bool, tuple[int, ...], bool, str, tuple[int, ...], int, list[str]],
):
    _verifier_quantite(cas, ARRIVEE, "2022-02-01")


@pytest.mark.parametrize("cas", QUANTITES_2020, ids=str)
def test_quantity_under_the_2020_reglement(
    cas: tuple[bool, tuple[int, ...], bool, str, tuple[int, ...], int, list[str]],
):
    _verifier_quantite(cas, ARRIVEE_2020, "2020-07-01")


def _verifier_quantite(cas, arrivee: date, reglement: str) -> None:
    accompagne, recus, complementaire, issue, carnets, reste, motifs = cas
    decision = decider(
        dossier(
            arrivee_le=arrivee,
            prescripteur="france_services" if accompagne else None,
            recus=recus,
            complementaire=complementaire,
        )
    )
    assert decision.reglement == reglement
    assert (decision.issue, decision.carnets, decision.reste) == (issue, carnets, reste)
    assert decision.pass_accordes == sum(carnets)
    assert codes(decision) == motifs


@pytest.mark.parametrize(
    ("arrivee", "reglement"),
    [
        (date(2022, 1, 31), "2020-07-01"),
        (date(2022, 2, 1), "2022-02-01"),
        (date(2026, 11, 23), "2022-02-01"),
        (date(2020, 7, 1), "2020-07-01"),
        # Before every règlement: the deliberation sends what arrived earlier to the earlier rules.
        (date(2019, 6, 1), "2020-07-01"),
    ],
)
def test_the_day_of_arrival_chooses_the_reglement(arrivee: date, reglement: str) -> None:
    assert decider(dossier(arrivee_le=arrivee)).reglement == reglement


def test_pass_received_under_another_reglement_count_towards_the_ten() -> None:
    cas = dossier(prescripteur="autre", anterieurs=(Anterieur(5, date(2021, 5, 4)), Anterieur(5, date(2022, 3, 1))))
    assert codes(decider(cas)) == ["plafond_atteint"]


def test_pass_received_after_the_day_of_arrival_count_too() -> None:
    cas = dossier(anterieurs=(Anterieur(10, date(2022, 6, 1)),))
    assert codes(decider(cas)) == ["plafond_atteint"]


@pytest.mark.parametrize(
    ("public", "naissance", "arrivee", "bon"),
    [
        # From the 18th birthday to the eve of the 26th.
        ("jeune_insertion", date(2004, 3, 15), date(2022, 3, 15), True),
        ("jeune_insertion", date(2004, 3, 16), date(2022, 3, 15), False),
        ("jeune_insertion", date(1996, 3, 16), date(2022, 3, 15), True),
        ("jeune_insertion", date(1996, 3, 15), date(2022, 3, 15), False),
        # From the 60th birthday.
        ("senior", date(1962, 3, 15), date(2022, 3, 15), True),
        ("senior", date(1962, 3, 16), date(2022, 3, 15), False),
        ("senior", date(1912, 1, 1), date(2022, 3, 15), True),
        # Born on 29 February: birthday on 1 March in common years, on the day itself in leap years.
        ("jeune_insertion", date(2004, 2, 29), date(2022, 2, 28), False),
        ("jeune_insertion", date(2004, 2, 29), date(2022, 3, 1), True),
        ("jeune_insertion", date(2000, 2, 29), date(2026, 2, 28), True),
        ("jeune_insertion", date(2000, 2, 29), date(2026, 3, 1), False),
        ("senior", date(1964, 2, 29), date(2024, 2, 28), False),
        ("senior", date(1964, 2, 29), date(2024, 2, 29), True),
        # Not born yet on the day of arrival.
        ("senior", date(2022, 3, 16), date(2022, 3, 15), False),
    ],
)
def test_age_is_counted_on_the_day_of_arrival(public: str, naissance: date, arrivee: date, bon: bool) -> None:
    decision = decider(dossier(public, naissance=naissance, arrivee_le=arrivee))
    assert ("age_hors_public" in codes(decision)) is not bon
    assert (decision.issue == "accord") is bon


def test_a_job_seeker_has_no_age_limit() -> None:
    for annee in (1930, 2004, 2008):
        assert decider(dossier(naissance=date(annee, 1, 1))).issue == "accord"


@pytest.mark.parametrize(
    ("commune", "dans_la_region"),
    [
        *((code, True) for code in ("02691", "59392", "60057", "62041", "80021")),
        *((code, False) for code in ("75056", "08105", "2A004", "97411", "76540")),
    ],
)
def test_home_is_the_department_of_the_insee_code(commune: str, dans_la_region: bool) -> None:
    decision = decider(dossier(commune=commune))
    assert codes(decision) == (["autonome_carnet_5"] if dans_la_region else ["domicile_hors_region"])
    assert decision.issue == ("accord" if dans_la_region else "refus")


@pytest.mark.parametrize("arrivee", [ARRIVEE, ARRIVEE_2020])
def test_lyceens_are_closed_until_their_criteria_are_published(arrivee: date) -> None:
    decision = decider(dossier("lyceen", arrivee_le=arrivee))
    assert decision.issue == "refus"
    assert "public_ferme" in codes(decision)
    reserve = REGLEMENT_2022.public("lyceen").reserve
    assert reserve is not None
    assert reserve.valeur == 4000


@pytest.mark.parametrize(
    ("arrivee", "jour", "bon"),
    [
        # "Less than 3 months": dated after the same day three calendar months before the arrival.
        (date(2022, 3, 15), date(2021, 12, 15), False),
        (date(2022, 3, 15), date(2021, 12, 16), True),
        (date(2022, 3, 15), date(2022, 3, 15), True),
        # The end of the month is clamped.
        (date(2022, 5, 31), date(2022, 2, 28), False),
        (date(2022, 5, 31), date(2022, 3, 1), True),
        (date(2024, 5, 31), date(2024, 2, 29), False),
        (date(2024, 5, 31), date(2024, 3, 1), True),
        (date(2024, 5, 29), date(2024, 2, 29), False),
        (date(2022, 5, 28), date(2022, 2, 28), False),
        (date(2022, 7, 31), date(2022, 4, 30), False),
        (date(2022, 7, 31), date(2022, 5, 1), True),
    ],
)
@pytest.mark.parametrize("papier", ["justificatif_domicile", "attestation_france_travail"])
def test_less_than_three_months(papier: str, arrivee: date, jour: date, bon: bool) -> None:
    decision = decider(avec_papier(dossier(arrivee_le=arrivee), papier, jour))
    assert codes(decision) == (["autonome_carnet_5"] if bon else ["justificatif_perime"])
    assert decision.issue == ("accord" if bon else "incomplet")


@pytest.mark.parametrize(
    ("jour", "vu_le", "motif"),
    [
        # Dated between the arrival and the day it was seen: accepted, on that day too.
        (date(2022, 4, 2), date(2022, 4, 2), None),
        (date(2022, 3, 16), date(2022, 4, 2), None),
        (date(2022, 4, 3), date(2022, 4, 2), "justificatif_posterieur"),
        # Seen on the day of arrival when nothing is said.
        (date(2022, 3, 15), None, None),
        (date(2022, 3, 16), None, "justificatif_posterieur"),
        # Seen later does not make an old paper young: freshness is counted from the arrival.
        (date(2021, 12, 15), date(2022, 4, 2), "justificatif_perime"),
        # Seen before the arrival is worth the day of arrival.
        (date(2022, 3, 15), date(2022, 3, 1), None),
    ],
)
def test_a_paper_may_be_dated_until_the_day_it_was_seen(jour: date, vu_le: date | None, motif: str | None) -> None:
    decision = decider(avec_papier(dossier(), "justificatif_domicile", jour, vu_le))
    assert codes(decision) == ([motif] if motif else ["autonome_carnet_5"])


def test_a_paper_without_the_date_it_needs_is_missing() -> None:
    decision = decider(avec_papier(dossier(), "justificatif_domicile", None))
    assert codes(decision) == ["justificatif_manquant"]
    assert decision.manquants == (DOMICILE,)


def test_a_paper_without_age_limit_needs_no_date_but_none_after_it_was_seen() -> None:
    jeune = dossier("jeune_insertion")
    assert decider(avec_papier(jeune, "attestation_stage", None)).issue == "accord"
    assert decider(avec_papier(jeune, "attestation_stage", date(2015, 1, 1))).issue == "accord"
    assert codes(decider(avec_papier(jeune, "attestation_stage", ARRIVEE + timedelta(1)))) == [
        "justificatif_posterieur"
    ]


@pytest.mark.parametrize(
    ("papiers", "motif"),
    [
        # Too old comes before dated later, and that before missing; one good paper settles the requirement.
        ([("justificatif_domicile", -200), ("attestation_hebergement", 5)], "justificatif_perime"),
        ([("attestation_hebergement", 5), ("justificatif_domicile", None)], "justificatif_posterieur"),
        ([("attestation_domiciliation", None)], "justificatif_manquant"),
        ([("justificatif_domicile", -200), ("attestation_domiciliation", -3)], None),
        ([("justificatif_domicile", -200), ("justificatif_domicile", -3)], None),
        ([("justificatif_domicile", 5), ("justificatif_domicile", 0)], None),
        ([], "justificatif_manquant"),
    ],
)
def test_one_good_alternative_is_enough_else_the_nearest_fault_is_named(
    papiers: list[tuple[str, int | None]], motif: str | None
) -> None:
    cas = sans_papier(dossier(), "justificatif_domicile")
    pieces = tuple(JustificatifPresente(t, None if n is None else ARRIVEE + timedelta(n)) for t, n in papiers)
    decision = decider(replace(cas, justificatifs=cas.justificatifs + pieces))
    assert codes(decision) == ([motif] if motif else ["autonome_carnet_5"])
    assert decision.manquants == ((DOMICILE,) if motif else ())


@pytest.mark.parametrize("papier", DOMICILE)
def test_home_is_proved_by_any_of_three_papers(papier: str) -> None:
    cas = sans_papier(dossier("senior"), "justificatif_domicile")
    complet = replace(cas, justificatifs=(*cas.justificatifs, JustificatifPresente(papier, ARRIVEE)))
    assert decider(complet).issue == "accord"


@pytest.mark.parametrize("papier", ["attestation_stage", "attestation_mission_locale"])
def test_young_people_prove_their_situation_by_either_attestation(papier: str) -> None:
    cas = sans_papier(dossier("jeune_insertion"), "attestation_stage")
    assert decider(cas).manquants == (("attestation_stage", "attestation_mission_locale"),)
    assert decider(replace(cas, justificatifs=(*cas.justificatifs, JustificatifPresente(papier)))).issue == "accord"


def test_young_people_prove_no_situation_under_the_2020_reglement() -> None:
    cas = sans_papier(dossier("jeune_insertion", arrivee_le=ARRIVEE_2020), "attestation_stage")
    assert decider(cas).issue == "accord"


def test_a_senior_proves_nothing_more_than_home_and_identity() -> None:
    assert exigences("senior", REGLEMENT_2022) == ((DOMICILE, 3), (("piece_identite",), None))


def test_missing_papers_follow_the_order_of_the_reglement() -> None:
    decision = decider(replace(dossier(), justificatifs=()))
    assert decision.issue == "incomplet"
    assert decision.manquants == (DOMICILE, ("piece_identite",), ("attestation_france_travail",))
    assert codes(decision) == ["justificatif_manquant"] * 3


def test_the_second_carnet_needs_fresh_papers_too() -> None:
    cas = sans_papier(dossier(recus=(5,), complementaire=True), "justificatif_domicile")
    assert decider(cas).issue == "incomplet"


@pytest.mark.parametrize(
    ("naissance", "commune", "dit"),
    [(None, "59392", "naissance"), (date(1990, 1, 1), None, "commune"), (None, None, "naissance commune")],
)
def test_an_unknown_birth_date_or_commune_makes_the_file_incomplete(
    naissance: date | None, commune: str | None, dit: str
) -> None:
    decision = decider(dossier(naissance=naissance, commune=commune))
    assert decision.issue == "incomplet"
    assert codes(decision) == ["identite_incomplete"]
    assert decision.motifs[0].faits["identite"] == dit
    assert decision.manquants == ()


@pytest.mark.parametrize(
    ("faits", "stock", "motif"),
    [
        ({}, 5, "autonome_carnet_5"),
        ({}, 4, "reserve_epuisee"),
        ({}, 0, "reserve_epuisee"),
        ({"prescripteur": "autre"}, 9, "reserve_epuisee"),
        ({"prescripteur": "autre"}, 10, "accompagne_carnet_10"),
        ({"prescripteur": "autre", "recus": (5,)}, 5, "accompagne_carnet_10"),
        # Nothing is due any more: the cap is the reason, not the stock.
        ({"recus": (10,)}, 0, "plafond_atteint"),
    ],
)
def test_the_stock_is_the_number_of_pass_that_can_still_be_awarded(faits: dict, stock: int, motif: str) -> None:
    assert codes(decider(dossier(**faits, stock=stock))) == [motif]


def test_refusal_beats_incomplete_and_every_reason_is_given() -> None:
    cas = dossier("senior", naissance=date(2000, 1, 1), commune="75056", recus=(10,), stock=0)
    decision = decider(replace(cas, justificatifs=()))
    assert decision.issue == "refus"
    assert codes(decision) == [
        "domicile_hors_region",
        "age_hors_public",
        "plafond_atteint",
        "justificatif_manquant",
        "justificatif_manquant",
    ]
    assert decision.manquants == (DOMICILE, ("piece_identite",))
    assert (decision.pass_accordes, decision.carnets, decision.reste) == (0, (), 0)


def test_a_closed_public_also_says_what_else_stands_against_it() -> None:
    decision = decider(sans_papier(dossier("lyceen", commune="75056", complementaire=True), "piece_identite"))
    assert codes(decision) == [
        "domicile_hors_region",
        "public_ferme",
        "complement_sans_premier",
        "justificatif_manquant",
    ]


def test_reasons_stand_in_the_order_of_the_contract() -> None:
    decision = decider(sans_papier(dossier(arrivee_le=ARRIVEE_2020, commune=None, recus=(5,)), "piece_identite"))
    rangs = [CODES_MOTIF.index(code) for code in codes(decision)]
    assert rangs == sorted(rangs)
    assert codes(decision)[0] == "reglement_anterieur"


def test_each_reason_rests_on_a_text_and_says_whether_the_region_has_to_confirm_it() -> None:
    dix = decider(dossier(prescripteur="mission_locale")).motifs[0]
    assert (dix.article, dix.a_confirmer) == ("délibération du 1er février 2022, 1er tiret", False)
    suite = decider(dossier(prescripteur="mission_locale", recus=(5,))).motifs[0]
    assert (suite.article, suite.a_confirmer) == ("délibération du 1er février 2022, 1er tiret", True)
    identite = decider(dossier(naissance=None)).motifs[0]
    assert (identite.article, identite.a_confirmer) == ("règlement du 1er février 2022", True)
