"""The sending cycles of the window: one at a time, in their thread, stopped on demand, and told to the strip."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from passdesk.domain.erreurs import PanneAttendue
from passdesk.services.avancement import Avancement, Progres
from passdesk.services.synchroniser import BilanEnvoi
from passdesk.tasks import TaskRunner
from passdesk.ui.cycle import CycleEnvoi
from passdesk.ui.reseau import Portee, SigneReseau
from tests.ui.conftest import Bilan

NEUF = Progres(9, 14, 900, 1400)


def bilan_de(fin: str, raison: str | None = None) -> BilanEnvoi:
    return BilanEnvoi(fin, raison, 0, 0, 0, 0, 0)


def test_a_bug_in_one_cycle_is_reported_and_the_next_cycle_still_starts(
    qtbot: QtBot, taches: TaskRunner, bilan: Bilan
) -> None:
    essais: list[int] = []

    def synchroniser(_: Avancement, __: Callable[[], bool]) -> BilanEnvoi:
        essais.append(1)
        if len(essais) == 1:
            raise ZeroDivisionError
        return bilan_de("fini")

    cycle = CycleEnvoi(taches, synchroniser)
    with qtbot.waitSignal(cycle.fini):
        cycle.demander()
    qtbot.waitUntil(lambda: bool(bilan.imprevus))
    assert [type(bug) for bug in bilan.imprevus] == [ZeroDivisionError]
    bilan.imprevus.clear()
    assert not cycle.en_ligne
    with qtbot.waitSignal(cycle.fini):
        cycle.demander()
    assert cycle.en_ligne
    cycle.arreter()


def test_a_bug_behind_the_lock_does_not_hold_the_cycles_for_ever(
    qtbot: QtBot, taches: TaskRunner, bilan: Bilan
) -> None:
    ouvert = threading.Event()

    essais: list[int] = []

    def synchroniser(_: Avancement, __: Callable[[], bool]) -> BilanEnvoi:
        essais.append(1)
        if len(essais) == 1:
            ouvert.wait(5)
            raise ZeroDivisionError
        return bilan_de("fini")

    cycle = CycleEnvoi(taches, synchroniser)
    cycle.demander()
    cycle.arreter()
    ouvert.set()
    qtbot.waitUntil(lambda: bool(bilan.imprevus) and not cycle.en_cours)
    bilan.imprevus.clear()
    with qtbot.waitSignal(cycle.fini):
        cycle.demarrer()
    cycle.arreter()


def test_requests_during_a_cycle_make_one_more_cycle(qtbot: QtBot, taches: TaskRunner) -> None:
    bilans = iter(["fini", "hors_ligne", "refuse"])
    avancees: list[Progres] = []

    def synchroniser(avancement: Avancement, _: Callable[[], bool]) -> BilanEnvoi:
        avancement(NEUF)
        return bilan_de(next(bilans), "appareil_revoque")

    cycle = CycleEnvoi(taches, synchroniser)
    cycle.avance.connect(avancees.append)
    for _ in range(3):
        cycle.demander()
    qtbot.waitUntil(lambda: not cycle.en_cours and len(avancees) == 2)
    assert avancees == [NEUF, NEUF], "three requests, two cycles"
    qtbot.waitUntil(lambda: not cycle.en_cours)
    assert not cycle.en_ligne
    assert [cycle.refus] == [None], "offline is no refusal"
    cycle.demander()
    qtbot.waitUntil(lambda: not cycle.en_cours)
    assert cycle.refus == "appareil_revoque"
    cycle.arreter()
    cycle.demander()
    assert not cycle.en_cours


def test_a_desk_locked_during_a_cycle_hears_no_more_of_it(qtbot: QtBot, taches: TaskRunner) -> None:
    ouvert = threading.Event()

    def synchroniser(avancement: Avancement, _: Callable[[], bool]) -> BilanEnvoi:
        ouvert.wait(5)
        avancement(NEUF)
        return bilan_de("fini")

    cycle = CycleEnvoi(taches, synchroniser)
    entendus: list[str] = []
    cycle.fini.connect(lambda: entendus.append("fini"))
    cycle.demander()
    cycle.arreter()
    taches.oublier(cycle)
    del cycle
    ouvert.set()
    qtbot.waitUntil(lambda: taches.en_cours == 0)
    assert entendus == []


def test_a_trouble_while_sending_is_a_state_not_a_dialog(qtbot: QtBot, taches: TaskRunner) -> None:
    def tomber(_: Avancement, __: Callable[[], bool]) -> BilanEnvoi:
        raise PanneAttendue("disque_plein")

    cycle = CycleEnvoi(taches, tomber)
    with qtbot.waitSignal(cycle.fini):
        cycle.demander()
    assert cycle.refus == "disque_plein"


def test_what_stands_before_the_region_is_known_and_no_answer_at_all_is_not_a_cause(
    qtbot: QtBot, taches: TaskRunner
) -> None:
    raisons = iter(["reponse_etrangere", "hors_ligne"])
    cycle = CycleEnvoi(taches, lambda _, __: bilan_de("hors_ligne", next(raisons)))
    for panne in ("reponse_etrangere", None):
        with qtbot.waitSignal(cycle.fini):
            cycle.demander()
        assert (cycle.panne, cycle.refus, cycle.en_ligne) == (panne, None, False)


def test_a_cycle_under_way_is_stopped_from_the_window_and_the_next_one_is_not(qtbot: QtBot, taches: TaskRunner) -> None:
    parti, suite = threading.Event(), threading.Event()
    vus: list[bool] = []

    def synchroniser(_: Avancement, arreter: Callable[[], bool]) -> BilanEnvoi:
        parti.set()
        suite.wait(5)
        vus.append(arreter())
        return bilan_de("arrete" if vus[-1] else "fini")

    cycle = CycleEnvoi(taches, synchroniser)
    cycle.demander()
    assert parti.wait(5)
    cycle.interrompre()
    with qtbot.waitSignal(cycle.fini):
        suite.set()
    with qtbot.waitSignal(cycle.fini):
        cycle.demander()
    assert vus == [True, False]


def test_a_desk_that_is_locked_does_not_wait_for_the_network(qtbot: QtBot, taches: TaskRunner) -> None:
    parti = threading.Event()
    vus: list[bool] = []

    def synchroniser(_: Avancement, arreter: Callable[[], bool]) -> BilanEnvoi:
        parti.set()
        while not arreter():
            pass
        vus.append(True)
        return bilan_de("arrete")

    cycle = CycleEnvoi(taches, synchroniser)
    cycle.demarrer()
    assert parti.wait(5)
    cycle.arreter()
    qtbot.waitUntil(lambda: taches.en_cours == 0)
    assert vus == [True]


def test_a_cycle_that_lasts_is_asked_to_give_way_then_goes_on_by_itself(qtbot: QtBot, taches: TaskRunner) -> None:
    maintenant = [0.0]
    vus: list[bool] = []

    def synchroniser(_: Avancement, arreter: Callable[[], bool]) -> BilanEnvoi:
        if not vus:
            vus.append(arreter())
            maintenant[0] += 700
        vus.append(arreter())
        return bilan_de("arrete" if vus[-1] else "fini")

    cycle = CycleEnvoi(taches, synchroniser, temps=lambda: maintenant[0])
    cycle.demander()
    qtbot.waitUntil(lambda: not cycle.en_cours)
    assert vus == [False, True]
    maintenant[0] += 2
    qtbot.waitUntil(lambda: vus == [False, True, False], timeout=10_000)
    cycle.arreter()


def test_a_network_that_is_back_starts_a_cycle_and_one_that_stays_does_not(qtbot: QtBot, taches: TaskRunner) -> None:
    maintenant = [0.0]
    essais: list[float] = []

    def synchroniser(_: Avancement, __: Callable[[], bool]) -> BilanEnvoi:
        essais.append(maintenant[0])
        return bilan_de("hors_ligne", "hors_ligne" if len(essais) < 3 else None)

    cycle = CycleEnvoi(taches, synchroniser, temps=lambda: maintenant[0], alea=lambda: 0.5)
    signe = SigneReseau()
    signe.revenu.connect(cycle.reseau_revenu)
    cycle.demarrer()
    qtbot.waitUntil(lambda: len(essais) == 1 and not cycle.en_cours)
    signe.noter(Portee.Disconnected)
    maintenant[0] = 16.0
    signe.noter(Portee.Online)
    maintenant[0] = 18.0
    cycle._minuterie.start(0)
    qtbot.waitUntil(lambda: len(essais) == 2 and not cycle.en_cours)
    signe.noter(Portee.Site)
    maintenant[0] = 20.0
    cycle._minuterie.start(0)
    qtbot.waitUntil(lambda: not cycle._minuterie.isActive() or cycle._minuterie.remainingTime() > 1000)
    assert essais == [0.0, 18.0]
    signe.enfermer(False)
    maintenant[0] = 40.0
    cycle._minuterie.start(0)
    qtbot.waitUntil(lambda: essais == [0.0, 18.0, 40.0] and not cycle.en_cours)
    cycle.arreter()
