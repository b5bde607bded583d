"""What the screens' tests start from: a theme installed, tasks that are always closed, a desk of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from passdesk.domain.erreurs import KnownError
from passdesk.tasks import TaskRunner
from passdesk.ui.theme import Theme


class Bilan:
    """What reached the ends of the line: known troubles that nobody followed, and bugs."""

    def __init__(self) -> None:
        self.pannes: list[KnownError] = []
        self.imprevus: list[BaseException] = []


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme at 100 %, installed on the application."""
    theme = Theme("clair", 1.0)
    theme.installer(qapp)
    return theme


@pytest.fixture
def bilan() -> Bilan:
    """Troubles seen; a test that expects one empties the list."""
    return Bilan()


@pytest.fixture
def taches(qapp: QApplication, bilan: Bilan) -> Iterator[TaskRunner]:
    """A runner that is closed at the end, where no bug may remain."""
    taches = TaskRunner(KnownError, bilan.pannes.append, bilan.imprevus.append)
    yield taches
    taches.fermer()
    assert bilan.imprevus == []
    assert bilan.pannes == []


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """The base directory of a desk that does not exist yet."""
    return tmp_path / "poste"
