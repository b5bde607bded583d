"""One thread rings for everybody: in time, once, and never for what is over."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from passdesk.server.minuterie import Minuterie

LOIN = 3600.0
PATIENCE = 60.0


@pytest.fixture
def minuterie() -> Iterator[Minuterie]:
    minuterie = Minuterie()
    yield minuterie
    minuterie.arreter()
    assert not [fil for fil in threading.enumerate() if fil.name == "minuterie"]


def test_what_is_too_long_rings_once_though_something_else_may_last_longer(minuterie: Minuterie) -> None:
    sonne, loin = threading.Semaphore(0), threading.Event()
    with minuterie.pendant(LOIN, loin.set):
        for _ in range(2):
            with minuterie.pendant(0.0, sonne.release):
                assert sonne.acquire(timeout=PATIENCE)
    assert not sonne.acquire(blocking=False)
    assert not loin.is_set()


def test_what_is_over_never_rings(minuterie: Minuterie) -> None:
    finie, suivante = threading.Event(), threading.Event()
    with minuterie.pendant(LOIN, finie.set):
        pass
    with minuterie.pendant(0.0, suivante.set):
        assert suivante.wait(PATIENCE)
    assert not finie.is_set()


def test_nobody_rings_once_it_is_stopped() -> None:
    minuterie, sonne = Minuterie(), threading.Event()
    with minuterie.pendant(LOIN, sonne.set):
        minuterie.arreter()
        with minuterie.pendant(0.0, sonne.set):
            assert not [fil for fil in threading.enumerate() if fil.name == "minuterie"]
    assert not sonne.is_set()


def test_one_that_fails_rings_again_and_silences_nobody(minuterie: Minuterie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to kill a process that is already ending."""
    monkeypatch.setattr("passdesk.server.minuterie.ENCORE_S", 0.0)
    essais, fait, autre = iter((PermissionError, PermissionError)), threading.Event(), threading.Event()

    def sonner() -> None:
        for refus in essais:
            raise refus
        fait.set()

    with minuterie.pendant(0.0, sonner), minuterie.pendant(0.0, autre.set):
        assert fait.wait(PATIENCE)
        assert autre.wait(PATIENCE)
