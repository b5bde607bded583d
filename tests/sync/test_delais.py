"""An exchange ends: however little comes each time, and when somebody asks; a slow link that works is let work."""

from __future__ import annotations

from collections.abc import Callable

import httpcore
import pytest

from passdesk.domain.erreurs import PanneAttendue
from passdesk.sync.delais import ARRETE, Delais, Echeance
from passdesk.sync.flux import Flux


class Temps:
    """A clock that only goes on when something waits."""

    def __init__(self) -> None:
        self.t = 1000.0

    def __call__(self) -> float:
        return self.t


class Lien(httpcore.NetworkStream):
    """Gives `octets` every `pause` seconds, for ever; takes what it is sent at the same pace."""

    def __init__(self, temps: Temps, pause: float, octets: int) -> None:
        self._temps, self._pause, self._octets = temps, pause, octets
        self._prochain = temps.t + pause

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        assert timeout is not None
        if self._prochain > self._temps.t + timeout:
            self._temps.t += timeout
            raise httpcore.ReadTimeout
        self._temps.t = self._prochain
        self._prochain += self._pause
        return b"x" * min(self._octets, max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._temps.t += self._pause


def lire(lien: Lien, temps: Temps, octets: int, arreter: Callable[[], bool] = lambda: False) -> float:
    """Reads so many bytes; how long it took."""
    echeance = Echeance(Delais(), temps, arreter)
    flux, recu, debut = Flux(lien, echeance), 0, temps.t
    while recu < octets:
        recu += len(flux.read(65536, 30.0))
    return temps.t - debut


def test_an_answer_given_byte_by_byte_holds_a_desk_for_a_minute_at_most() -> None:
    temps = Temps()
    with pytest.raises(httpcore.ReadTimeout):
        lire(Lien(temps, 10.0, 1), temps, 100_000)
    assert temps.t - 1000 <= 61


def test_a_silence_ends_before_that() -> None:
    temps = Temps()
    with pytest.raises(httpcore.ReadTimeout):
        lire(Lien(temps, 1e9, 1), temps, 1)
    assert temps.t - 1000 == pytest.approx(30)


def test_the_slowest_link_that_is_of_use_has_the_time_it_needs() -> None:
    temps = Temps()
    # 20 kbit/s: a megabyte takes seven minutes.
    assert lire(Lien(temps, 1.0, 2_500), temps, 1_000_000) == pytest.approx(400)


def test_nothing_lasts_more_than_twenty_minutes_however_much_comes() -> None:
    temps = Temps()
    with pytest.raises(httpcore.ReadTimeout):
        lire(Lien(temps, 1.0, 3_000), temps, 100_000_000)
    assert temps.t - 1000 == pytest.approx(1_200, abs=1)


def test_a_wait_ends_as_soon_as_somebody_asks() -> None:
    temps = Temps()
    with pytest.raises(PanneAttendue) as panne:
        lire(Lien(temps, 1e9, 1), temps, 1, lambda: temps.t >= 1007)
    assert panne.value.code == ARRETE
    assert temps.t - 1000 <= 7.5


def test_a_sending_that_does_not_move_ends_too_and_the_next_exchange_has_its_own_time() -> None:
    temps = Temps()
    echeance = Echeance(Delais(), temps, lambda: False)
    flux = Flux(Lien(temps, 50.0, 1), echeance)
    with pytest.raises(httpcore.WriteTimeout):
        flux.write(b"x" * 10 * 32 * 1024)
    assert temps.t - 1000 < 250
    echeance.commencer()
    flux.write(b"x")
