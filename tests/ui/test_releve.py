"""The base replaced by another while the window closes: what is open is closed first."""

from __future__ import annotations

from functools import partial
from threading import Event

import pytest

from passdesk.tasks import TaskRunner
from passdesk.ui.releve import Releve


def test_a_closing_that_still_waits_for_its_thread_comes_before_the_base_is_replaced(taches: TaskRunner) -> None:
    faits: list[str] = []
    libre = Event()
    taches.lancer("reseau", libre.wait, 60)
    releve = Releve(taches, pytest.fail, partial(pytest.fail, "given up"))
    releve.commencer(
        [("reseau", partial(faits.append, "connection closed"))],
        partial(faits.append, "base replaced"),
        partial(pytest.fail, "the window has closed"),
    )
    taches.fermer(("base", libre.set), *releve.fermetures())
    assert releve.achever() is None
    assert faits == ["connection closed", "base replaced"]
