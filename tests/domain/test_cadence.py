"""When to exchange with the Region: always a next time, never two at once, never in haste, never a quarter late."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain import cadence
from passdesk.domain.cadence import Cadence

FINS = {
    "fini": {"reussi": True, "arrete": False},
    "panne": {"reussi": False, "arrete": False},
    "arrete": {"reussi": False, "arrete": True},
}


def ouvert(t: float = 0.0) -> Cadence:
    """A desk that has just opened, its first cycle under way."""
    demande = cadence.demarrer(Cadence(), t)
    assert cadence.est_l_heure(demande, t)
    return cadence.commencer(demande, t)


def finie(etat: Cadence, t: float, fin: str, alea: float = 0.5) -> Cadence:
    return cadence.finir(etat, t, **FINS[fin], alea=alea)


@given(
    st.lists(
        st.tuples(
            st.floats(0, 2000),
            st.sampled_from(["remise", "bouton", "reseau", "depart", "fini", "panne", "arrete", "minuterie"]),
            st.floats(0, 1, exclude_max=True),
        ),
        max_size=60,
    )
)
def test_whatever_happens_a_next_time_is_set_and_two_cycles_never_run(gestes: list[tuple[float, str, float]]) -> None:
    t, etat = 0.0, ouvert()
    for pas, geste, alea in gestes:
        t += pas
        if geste in FINS:
            if etat.debut is not None:
                etat = finie(etat, t, geste, alea)
        elif geste == "minuterie":
            if cadence.est_l_heure(etat, t):
                assert etat.debut is None
                etat = cadence.commencer(etat, t)
        else:
            avant = etat.debut
            etat = cadence.demander(etat, geste, t)  # type: ignore[arg-type]
            assert etat.debut == avant, "a request never touches the cycle under way"
        if etat.debut is None:
            assert etat.prochain is not None
            assert etat.prochain - t <= cadence.RECUL_MAX
    assert etat.seul


def test_failures_wait_longer_and_longer_a_quarter_of_an_hour_at_most() -> None:
    for alea in (0.0, 0.5, 0.999):
        attentes, etat, t = [], ouvert(), 0.0
        for _ in range(12):
            etat = finie(etat, t, "panne", alea)
            assert etat.prochain is not None
            attentes.append(etat.prochain - t)
            t = etat.prochain
            etat = cadence.commencer(etat, t)
        assert attentes == sorted(attentes)
        assert 15 <= attentes[0] <= 30
        assert 450 <= attentes[-1] <= 900
    assert finie(finie(ouvert(), 0, "panne"), 9, "fini").echecs == 0


def test_desks_that_failed_together_do_not_call_together() -> None:
    attentes = {cadence.recul(6, alea / 10) for alea in range(10)}
    assert len(attentes) == 10
    assert min(attentes) >= 450


def test_several_hand_overs_make_one_cycle_soon() -> None:
    etat = finie(ouvert(), 0, "fini")
    for t in (10.0, 11.0, 12.0):
        etat = cadence.demander(etat, "remise", t)
    assert etat.prochain == 10 + cadence.APRES_UN_ACTE


def test_a_hand_over_while_nothing_answers_goes_with_the_next_try() -> None:
    etat = finie(ouvert(), 0, "panne")
    assert cadence.demander(etat, "remise", 5.0).prochain == etat.prochain


def test_somebody_who_asks_is_served_now_whatever_failed_before() -> None:
    etat = finie(ouvert(), 0, "panne")
    assert cadence.demander(etat, "bouton", 1.0).prochain == 1.0


def test_a_network_that_is_back_is_tried_soon_and_forgives_the_failures() -> None:
    etat = ouvert()
    for t in (0.0, 100.0, 300.0, 900.0, 2000.0, 4000.0):
        etat = finie(etat, t, "panne", 0.9)
        if t < 4000:
            etat = cadence.commencer(etat, t + 1)
    revenu = cadence.demander(etat, "reseau", 4100.0)
    assert revenu.prochain == 4100 + cadence.RETOUR_RESEAU
    assert finie(cadence.commencer(revenu, 4102), 4103, "panne", 0.0).echecs == 1


def test_a_network_that_comes_and_goes_is_not_called_each_time() -> None:
    etat = cadence.demander(finie(ouvert(), 100, "panne"), "reseau", 100.5)
    assert etat.prochain == 100 + cadence.PAUSE_MINI


def test_what_was_asked_during_a_cycle_makes_one_more_right_after_it_went_well() -> None:
    etat = cadence.demander(ouvert(), "remise", 2.0)
    assert not cadence.est_l_heure(etat, 2.0)
    assert finie(etat, 4.0, "fini").prochain == 4.0
    prochain = finie(etat, 4.0, "panne").prochain
    assert prochain is not None
    assert prochain > 4.0


def test_a_cycle_that_lasts_gives_way_and_goes_on_at_once() -> None:
    etat = ouvert()
    assert not cadence.doit_ceder(etat, cadence.CYCLE_MAX - 1)
    assert cadence.doit_ceder(etat, cadence.CYCLE_MAX)
    cedee = finie(etat, cadence.CYCLE_MAX, "arrete")
    assert cedee.prochain == cadence.CYCLE_MAX + cadence.SUITE


def test_a_sending_that_somebody_stopped_starts_again_by_itself_later_on() -> None:
    etat = finie(cadence.demander(ouvert(), "remise", 1.0), 20.0, "arrete")
    assert etat.prochain == 20 + cadence.INTERVALLE
    assert etat.echecs == 0


def test_a_closed_desk_starts_nothing_and_one_that_works_when_asked_only_does_not_come_back() -> None:
    ferme = cadence.arreter(cadence.demander(ouvert(), "bouton", 1.0))
    assert finie(ferme, 2.0, "fini").prochain is None
    assert cadence.demander(ferme, "bouton", 3.0) == ferme
    sobre = cadence.commencer(cadence.demander(Cadence(), "bouton", 0.0), 0.0)
    for fin in FINS:
        assert finie(sobre, 1.0, fin).prochain is None


@pytest.mark.parametrize("alea", [0.0, 0.999])
def test_the_ordinary_pause_is_of_five_minutes_about(alea: float) -> None:
    prochain = finie(ouvert(), 0.0, "fini", alea).prochain
    assert prochain is not None
    assert 270 <= prochain <= 330
