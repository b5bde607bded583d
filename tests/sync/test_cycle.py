"""One cycle as a pure machine: it ends, it gives way on bad links, and it never argues with the server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.protocol.messages import Have, Refusal, SyncAnswer
from passdesk.sync.cycle import (
    LOT_DEPART,
    LOT_MAX,
    LOT_MIN,
    Cycle,
    apres_coupure,
    apres_refus,
    apres_reponse,
)


def suivre(cycle: Cycle, recue: SyncAnswer, *, reste: bool = False, avance: bool = True, duree_ms: int = 400) -> Cycle:
    """The next step after an answer that says whether the logs differ by its `fork` alone."""
    return apres_reponse(cycle, recue, reste=reste, avance=avance, fourche=recue.fork, duree_ms=duree_ms)


def reponse(*, more: bool = False, fork: bool = False) -> SyncAnswer:
    return SyncAnswer(Have(1, 4, bytes(32)), (), (), 12, more, 1, 0, fork)


def test_a_cycle_with_nothing_left_ends() -> None:
    assert suivre(Cycle(), reponse()).etape == "fini"


@pytest.mark.parametrize(("reste", "more"), [(True, False), (False, True), (True, True)])
def test_what_is_left_on_either_side_asks_for_another_exchange(reste: bool, more: bool) -> None:
    assert suivre(Cycle(), reponse(more=more), reste=reste).etape == "envoyer"


@given(st.lists(st.integers(0, 60_000), max_size=40))
def test_batches_grow_on_quick_links_and_shrink_on_slow_ones_within_bounds(durees: list[int]) -> None:
    cycle = Cycle()
    for duree in durees:
        apres = suivre(cycle, reponse(more=True), reste=True, duree_ms=duree)
        assert LOT_MIN <= apres.lot <= LOT_MAX
        assert apres.lot == max(LOT_MIN, min(LOT_MAX, cycle.lot * 2 if duree < 8000 else cycle.lot // 2))
        cycle = apres


def test_a_server_that_always_has_more_cannot_hold_a_cycle_for_ever() -> None:
    cycle = Cycle()
    tours = 0
    while cycle.etape == "envoyer":
        cycle = suivre(cycle, reponse(more=True))
        tours += 1
    assert (cycle.etape, cycle.raison) == ("refuse", "reponse_sans_suite"), "not finished, and told"
    assert tours <= 10_000


@pytest.mark.parametrize(("reste", "more"), [(True, False), (False, True)])
def test_an_answer_that_moves_nothing_is_not_asked_for_again(reste: bool, more: bool) -> None:
    cycle = suivre(Cycle(), reponse(more=more), reste=reste, avance=False)
    assert (cycle.etape, cycle.raison) == ("refuse", "reponse_sans_suite")


def test_a_cut_in_mid_cycle_is_tried_once_more_with_a_smaller_batch_then_left_for_later() -> None:
    apres_un = suivre(Cycle(), reponse(more=True), reste=True, duree_ms=10_000)
    encore = apres_coupure(apres_un, "hors_ligne")
    assert (encore.etape, encore.lot) == ("envoyer", max(LOT_MIN, apres_un.lot // 2))
    assert apres_coupure(encore, "hors_ligne").etape == "hors_ligne"


def test_a_first_batch_cut_on_its_way_is_tried_smaller_at_once_and_the_next_cycle_begins_smaller_still() -> None:
    encore = apres_coupure(Cycle(), "hors_ligne", entame=True)
    assert (encore.etape, encore.lot) == ("envoyer", LOT_DEPART // 2)
    fin = apres_coupure(encore, "hors_ligne", entame=True)
    assert (fin.etape, fin.lot) == ("hors_ligne", LOT_DEPART // 4)
    cycle = Cycle(lot=LOT_MIN)
    for _ in range(2):
        cycle = apres_coupure(cycle, "hors_ligne", entame=True)
        assert cycle.lot == LOT_MIN
    portail = apres_coupure(Cycle(), "reponse_etrangere", entame=True)
    assert (portail.etape, portail.lot) == ("hors_ligne", LOT_DEPART), "it would answer the same"


def test_two_logs_that_differ_ask_for_another_exchange_once_although_nothing_moved() -> None:
    cycle = suivre(Cycle(), reponse(fork=True), reste=True, avance=False)
    assert cycle.etape == "envoyer" and cycle.fourche
    assert suivre(cycle, reponse(fork=True), reste=True, avance=False).raison == "reponse_sans_suite"


def test_no_network_at_all_ends_at_once_and_a_portal_is_not_asked_twice() -> None:
    fin = apres_coupure(Cycle(), "hors_ligne")
    assert (fin.etape, fin.lot) == ("hors_ligne", LOT_DEPART)
    en_route = Cycle(tours=3)
    assert apres_coupure(en_route, "reponse_etrangere").etape == "hors_ligne"


def test_a_counter_behind_is_mended_and_told() -> None:
    for recul in (True, False):
        cycle = apres_refus(Cycle(compteur_mini=4), Refusal("compteur_depasse", 90, 0), recul=recul)
        assert (cycle.etape, cycle.compteur_mini) == ("envoyer", 90)
        assert suivre(cycle, reponse()).etape == ("fourche" if recul else "fini")


def test_any_other_refusal_ends_the_cycle_with_its_reason() -> None:
    cycle = apres_refus(Cycle(), Refusal("appareil_revoque", 0, 0), recul=False)
    assert (cycle.etape, cycle.raison) == ("refuse", "appareil_revoque")


def test_two_branches_of_one_log_are_both_sent_then_told() -> None:
    cycle = suivre(Cycle(), reponse(fork=True), reste=True)
    assert cycle.etape == "envoyer"
    assert suivre(cycle, reponse(more=True)).etape == "envoyer"
    fin = suivre(cycle, reponse())
    assert (fin.etape, fin.raison) == ("fourche", "fourche")


def test_a_region_whose_database_rests_is_an_outage_not_a_refusal() -> None:
    cycle = apres_refus(Cycle(), Refusal("region_indisponible", 0, 0), recul=False)
    assert (cycle.etape, cycle.raison) == ("hors_ligne", "region_indisponible")
