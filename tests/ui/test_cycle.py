"""The sending cycle of the window, on the day one of our own bugs shows."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from passdesk.services.synchroniser import Avancement, BilanEnvoi
from passdesk.tasks import TaskRunner
from passdesk.ui.cycle import CycleEnvoi
from tests.ui.conftest import Bilan


def test_a_bug_in_one_cycle_is_reported_and_the_next_cycle_still_starts(
    qtbot: QtBot, taches: TaskRunner, bilan: Bilan
) -> None:
    essais: list[int] = []

    def synchroniser(_: Avancement) -> BilanEnvoi:
        essais.append(1)
        if len(essais) == 1:
            raise ZeroDivisionError
        return BilanEnvoi("fini", None, 0, 0, 0, 0, 0)

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
