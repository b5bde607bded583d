"""One cycle as a pure machine: it ends, it gives way on bad links, and it never argues with the server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.protocol.messages import Have, Refusal, SyncAnswer
from passdesk.sync.cycle import (
    LOT_MAX,
    LOT_MIN,
    Cycle,
    apres_coupure,
    apres_refus,
    apres_reponse,
    delai_avant_reprise,
)


def reponse(*, more: bool = False, fork: bool = False) -> SyncAnswer:
    return SyncAnswer(Have(1, 4, bytes(32)), (), (), 12, more, 1, 0, fork)


def test_a_cycle_with_nothing_left_ends() -> None:
    assert apres_reponse(Cycle(), reponse(), reste=False, duree_ms=400).etape == "fini"


@pytest.mark.parametrize(("reste", "more"), [(True, False), (False, True), (True, True)])
def test_what_is_left_on_either_side_asks_for_another_exchange(reste: bool, more: bool) -> None:
    assert apres_reponse(Cycle(), reponse(more=more), reste=reste, duree_ms=400).etape == "envoyer"


@given(st.lists(st.integers(0, 60_000), max_size=40))
def test_batches_grow_on_quick_links_and_shrink_on_slow_ones_within_bounds(durees: list[int]) -> None:
    cycle = Cycle()
    for duree in durees:
        apres = apres_reponse(cycle, reponse(more=True), reste=True, duree_ms=duree)
        assert LOT_MIN <= apres.lot <= LOT_MAX
        assert apres.lot == max(LOT_MIN, min(LOT_MAX, cycle.lot * 2 if duree < 8000 else cycle.lot // 2))
        cycle = apres


def test_a_server_that_always_has_more_cannot_hold_a_cycle_for_ever() -> None:
    cycle = Cycle()
    tours = 0
    while cycle.etape == "envoyer":
        cycle = apres_reponse(cycle, reponse(more=True), reste=False, duree_ms=1)
        tours += 1
    assert cycle.etape == "fini"
    assert tours <= 10_000


def test_a_cut_in_mid_cycle_is_tried_once_more_with_a_smaller_batch_then_left_for_later() -> None:
    apres_un = apres_reponse(Cycle(), reponse(more=True), reste=True, duree_ms=10_000)
    encore = apres_coupure(apres_un, "hors_ligne")
    assert (encore.etape, encore.lot) == ("envoyer", max(LOT_MIN, apres_un.lot // 2))
    assert apres_coupure(encore, "hors_ligne").etape == "hors_ligne"


def test_no_network_at_all_ends_at_once_and_a_portal_is_not_asked_twice() -> None:
    assert apres_coupure(Cycle(), "hors_ligne").etape == "hors_ligne"
    en_route = Cycle(tours=3)
    assert apres_coupure(en_route, "reponse_etrangere").etape == "hors_ligne"


def test_a_counter_behind_is_mended_and_told() -> None:
    cycle = apres_refus(Cycle(compteur_mini=4), Refusal("compteur_depasse", 90, 0))
    assert (cycle.etape, cycle.compteur_mini, cycle.recul) == ("envoyer", 90, True)


def test_any_other_refusal_ends_the_cycle_with_its_reason() -> None:
    cycle = apres_refus(Cycle(), Refusal("appareil_revoque", 0, 0))
    assert (cycle.etape, cycle.raison) == ("refuse", "appareil_revoque")


def test_two_branches_of_one_log_stop_the_cycle() -> None:
    assert apres_reponse(Cycle(), reponse(fork=True), reste=True, duree_ms=1).etape == "fourche"


@given(st.integers(0, 200), st.floats(0, 1, exclude_max=True))
def test_the_wait_between_failed_cycles_never_exceeds_eighteen_minutes(coupures: int, hasard: float) -> None:
    assert 12 <= delai_avant_reprise(coupures, hasard) <= 1080
