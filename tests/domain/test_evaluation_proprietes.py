"""What holds for every request whatever: the cap, the completeness of awards, purity."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.demande import (
    PRESCRIPTEURS,
    PUBLICS,
    TYPES_JUSTIFICATIF,
    Anterieur,
    Dossier,
    JustificatifPresente,
)
from passdesk.domain.evaluation import CODES_MOTIF, MOTIFS_INCOMPLET, MOTIFS_REFUS
from passdesk.ui.messages import phrase_motif
from tests.domain.dossiers import codes, decider

JOURS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
PIECES = st.builds(JustificatifPresente, st.sampled_from(TYPES_JUSTIFICATIF), st.none() | JOURS, st.none() | JOURS)
DOSSIERS = st.builds(
    Dossier,
    id=st.just("cas"),
    naissance=st.none() | st.dates(date(1920, 1, 1), date(2027, 12, 31)),
    commune=st.none() | st.sampled_from(["59392", "02691", "75056", "2A004", "97411"]),
    public=st.sampled_from(PUBLICS),
    prescripteur=st.none() | st.sampled_from(PRESCRIPTEURS),
    arrivee_le=JOURS,
    complementaire=st.booleans(),
    justificatifs=st.lists(PIECES, max_size=8).map(tuple),
    anterieurs=st.lists(st.builds(Anterieur, st.sampled_from([5, 10]), JOURS), max_size=3).map(tuple),
    stock=st.none() | st.integers(0, 12),
)


@given(DOSSIERS)
def test_nobody_ever_gets_more_than_ten(dossier: Dossier) -> None:
    recus = sum(anterieur.nombre for anterieur in dossier.anterieurs)
    decision = decider(dossier)
    assert decision.pass_accordes in (0, 5, 10)
    if decision.pass_accordes:
        assert recus + decision.pass_accordes + decision.reste <= 10
        assert dossier.stock is None or decision.pass_accordes <= dossier.stock
    assert sum(decision.carnets) == decision.pass_accordes


@given(DOSSIERS)
def test_an_award_gives_pass_and_lacks_nothing(dossier: Dossier) -> None:
    decision = decider(dossier)
    manque = {"justificatif_manquant", "justificatif_perime", "justificatif_posterieur"} & set(codes(decision))
    assert (decision.issue == "accord") == (decision.pass_accordes > 0)
    assert bool(decision.manquants) == bool(manque)
    if decision.issue == "accord":
        assert decision.manquants == ()
        assert not set(codes(decision)) & {*MOTIFS_REFUS, *MOTIFS_INCOMPLET}
    else:
        assert decision.reste == 0
        assert bool(set(codes(decision)) & set(MOTIFS_REFUS)) == (decision.issue == "refus")


@given(DOSSIERS)
def test_same_request_same_decision(dossier: Dossier) -> None:
    copie = deepcopy(dossier)
    assert decider(dossier) == decider(copie)
    assert dossier == copie


@given(DOSSIERS)
def test_the_order_of_papers_and_of_earlier_awards_changes_nothing(dossier: Dossier) -> None:
    autre = replace(dossier, justificatifs=dossier.justificatifs[::-1], anterieurs=dossier.anterieurs[::-1])
    assert decider(autre) == decider(dossier)


@given(DOSSIERS)
def test_one_more_paper_never_takes_an_award_away(dossier: Dossier) -> None:
    if decider(dossier).issue == "accord":
        vieux = JustificatifPresente("justificatif_domicile", date(1999, 1, 1))
        assert decider(replace(dossier, justificatifs=(*dossier.justificatifs, vieux))).issue == "accord"


@given(DOSSIERS)
def test_every_reason_is_in_the_closed_list_and_has_its_whole_sentence(dossier: Dossier) -> None:
    for motif in decider(dossier).motifs:
        assert motif.code in CODES_MOTIF
        assert motif.article
        phrase = phrase_motif(motif)
        assert "…" not in phrase
        assert "{" not in phrase
        assert phrase.endswith(".")
