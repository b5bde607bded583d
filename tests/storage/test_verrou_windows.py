"""The locks of Windows: waiting is waiting, however long the other one holds the file."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from passdesk.storage import verrou


class Serrure(ModuleType):
    """What `msvcrt` does of a byte that another process holds: LK_LOCK gives up after ten looks, LK_NBLCK at once."""

    LK_LOCK, LK_NBLCK = 1, 2

    def __init__(self, tours: int) -> None:
        super().__init__("msvcrt")
        self.tours, self.tenue = tours, False

    def locking(self, descripteur: int, genre: int, octets: int) -> None:
        if genre == self.LK_LOCK and self.tours > 10:
            raise OSError(36, "Resource deadlock avoided")
        if genre == self.LK_NBLCK and self.tours:
            self.tours -= 1
            raise PermissionError(13, "Permission denied")
        self.tenue = True


def test_a_lock_held_for_more_than_ten_seconds_is_still_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serrure = Serrure(1000)
    monkeypatch.setitem(sys.modules, "msvcrt", serrure)
    monkeypatch.setattr(sys, "platform", "win32")
    plan = importlib.util.spec_from_file_location("verrou_windows", verrou.__file__)
    assert plan is not None and plan.loader is not None
    windows = importlib.util.module_from_spec(plan)
    plan.loader.exec_module(windows)
    attentes: list[float] = []
    windows.time = SimpleNamespace(sleep=attentes.append, monotonic=time.monotonic)
    with windows.tenir_fichier(tmp_path / "verrou"):
        assert serrure.tenue
    assert len(attentes) == 1000 and max(attentes) < 0.1
