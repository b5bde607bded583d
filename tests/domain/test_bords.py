"""Both règlements on their edges, in the words of the text: birthdays, ends of month, the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.demande import Dossier, JustificatifPresente
from passdesk.domain.motif import CODES_CONTRAT
from tests.domain.dossiers import ARRIVEE, ARRIVEE_2020, avec_papier, codes, decider, dossier, sans_papier
from tests.domain.test_evaluation_proprietes import DOSSIERS

# Days of arrival under each règlement: common and leap years, ends of month, the first and the last day.
ARRIVEES = {
    "2020-07-01": (date(2020, 7, 1), date(2020, 12, 31), date(2021, 2, 28), date(2021, 3, 1), date(2021, 5, 31),
                   date(2022, 1, 31)),
    "2022-02-01": (date(2022, 2, 1), date(2022, 2, 28), date(2023, 5, 31), date(2024, 2, 28), date(2024, 2, 29),
                   date(2024, 3, 1), date(2026, 12, 31)),
}  # fmt: skip
JOURS = [(reglement, jour) for reglement, jours in ARRIVEES.items() for jour in jours]


def anniversaire(arrivee: date, ans: int) -> date:
    """Born so that the birthday of that age is the day of arrival."""
    if (arrivee.month, arrivee.day) == (2, 29):
        return date(arrivee.year - ans, 2, 29) if (arrivee.year - ans) % 4 == 0 else date(arrivee.year - ans, 3, 1)
    return arrivee.replace(year=arrivee.year - ans)


def age_refuse(public: str, naissance: date, arrivee: date) -> bool:
    return "age_hors_public" in codes(decider(dossier(public, naissance=naissance, arrivee_le=arrivee)))


@pytest.mark.parametrize(("reglement", "arrivee"), JOURS)
def test_les_jeunes_de_18_a_25_ans_du_jour_des_18_ans_a_la_veille_des_26(reglement: str, arrivee: date) -> None:
    assert decider(dossier(arrivee_le=arrivee)).reglement == reglement
    un_jour = timedelta(days=1)
    dix_huit, vingt_six = anniversaire(arrivee, 18), anniversaire(arrivee, 26)
    if (arrivee.month, arrivee.day) != (2, 29):
        assert not age_refuse("jeune_insertion", dix_huit, arrivee)
        assert age_refuse("jeune_insertion", vingt_six, arrivee)
    assert age_refuse("jeune_insertion", dix_huit + un_jour, arrivee)
    assert not age_refuse("jeune_insertion", vingt_six + un_jour, arrivee)


@pytest.mark.parametrize(("reglement", "arrivee"), JOURS)
def test_les_seniors_de_60_ans_et_plus_des_le_jour_des_60_ans(reglement: str, arrivee: date) -> None:
    assert decider(dossier(arrivee_le=arrivee)).reglement == reglement
    soixante = anniversaire(arrivee, 60)
    assert not age_refuse("senior", soixante, arrivee)
    assert age_refuse("senior", soixante + timedelta(days=1), arrivee)


@pytest.mark.parametrize(
    ("arrivee", "dernier_refuse"),
    [
        # Under the règlement of 2020.
        (date(2020, 12, 31), date(2020, 9, 30)),
        (date(2021, 5, 31), date(2021, 2, 28)),
        (date(2022, 1, 31), date(2021, 10, 31)),
        # Under that of 2022.
        (date(2022, 2, 1), date(2021, 11, 1)),
        (date(2022, 5, 31), date(2022, 2, 28)),
        (date(2024, 5, 30), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2023, 11, 29)),
    ],
)
@pytest.mark.parametrize("papier", ["justificatif_domicile", "attestation_france_travail"])
def test_une_attestation_de_moins_de_trois_mois_a_la_fin_des_mois(
    papier: str, arrivee: date, dernier_refuse: date
) -> None:
    cas = dossier(arrivee_le=arrivee)
    assert "justificatif_perime" in codes(decider(avec_papier(cas, papier, dernier_refuse)))
    assert decider(avec_papier(cas, papier, dernier_refuse + timedelta(days=1))).issue == "accord"


def test_les_demandes_arrivees_avant_le_jour_d_effet_relevent_du_reglement_anterieur() -> None:
    veille, jour = date(2022, 1, 31), date(2022, 2, 1)
    for arrivee, carnets, attendus in (
        (veille, (5,), ["reglement_anterieur"]),
        (jour, (10,), ["accompagne_carnet_10"]),
    ):
        decision = decider(dossier(arrivee_le=arrivee, prescripteur="mission_locale"))
        assert (decision.carnets, codes(decision)) == (carnets, attendus)
    # The situation of the young is only proved from that day on.
    for arrivee, issue in ((veille, "accord"), (jour, "incomplet")):
        sans = sans_papier(dossier("jeune_insertion", arrivee_le=arrivee), "attestation_stage")
        assert decider(sans).issue == issue


def test_every_reason_of_the_contract_is_given() -> None:
    cas = (
        dossier(prescripteur="autre"),
        dossier(),
        dossier(recus=(5,), complementaire=True),
        dossier(arrivee_le=ARRIVEE_2020),
        dossier(commune="75056"),
        dossier("senior", naissance=date(1990, 1, 1)),
        dossier("lyceen"),
        dossier(recus=(10,)),
        dossier(recus=(5,)),
        dossier(complementaire=True),
        dossier(stock=0),
        sans_papier(dossier(), "piece_identite"),
        avec_papier(dossier(), "justificatif_domicile", date(2021, 1, 1)),
        avec_papier(dossier(), "justificatif_domicile", ARRIVEE + timedelta(days=1)),
        dossier(naissance=None),
    )
    donnes = [set(codes(decider(un))) for un in cas]
    assert set().union(*donnes) == set(CODES_CONTRAT)
    assert all(code in donne for code, donne in zip(CODES_CONTRAT, donnes, strict=True))


@given(DOSSIERS, st.integers(0, 7), st.integers(1, 2000))
def test_a_paper_that_was_not_dated_too_late_never_helps_by_being_older(cas: Dossier, rang: int, jours: int) -> None:
    if rang >= len(cas.justificatifs):
        return
    piece = cas.justificatifs[rang]
    if piece.date is None or piece.date > max(piece.vu_le or cas.arrivee_le, cas.arrivee_le):
        return
    vieilli = JustificatifPresente(piece.type, piece.date - timedelta(days=jours), piece.vu_le)
    pieces = (*cas.justificatifs[:rang], vieilli, *cas.justificatifs[rang + 1 :])
    avant, apres = decider(cas), decider(replace(cas, justificatifs=pieces))
    assert apres.pass_accordes <= avant.pass_accordes
    assert set(avant.manquants) <= set(apres.manquants)


@given(DOSSIERS)
def test_pass_already_received_never_give_more_in_all(cas: Dossier) -> None:
    sans = decider(replace(cas, anterieurs=()))
    recus = sum(anterieur.nombre for anterieur in cas.anterieurs)
    avec = decider(cas)
    if sans.issue == avec.issue == "accord":
        assert avec.pass_accordes + avec.reste <= max(0, sans.pass_accordes + sans.reste - recus)
