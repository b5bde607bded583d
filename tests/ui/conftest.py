"""What the screens' tests start from: a theme installed, tasks that are always closed, a desk of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from passdesk.domain.erreurs import KnownError
from passdesk.services.poste import Poste
from passdesk.tasks import TaskRunner
from passdesk.ui.papier import feuille
from passdesk.ui.theme import Theme
from tests.ui.guichet import Guichet, guichet, poste_hors_ligne


class Bilan:
    """What reached the ends of the line: known troubles that nobody followed, and bugs."""

    def __init__(self) -> None:
        self.pannes: list[KnownError] = []
        self.imprevus: list[BaseException] = []


@pytest.fixture(autouse=True)
def aucune_fenetre_oubliee(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a window on the screen: the tests after it would type in it.

    What it made is gone before the next test, whoever still holds it: Qt would dress all of it again with each theme
    (`test_fermees` says what should have gone by itself).
    """
    yield
    oubliees = [fenetre for fenetre in QApplication.topLevelWidgets() if fenetre.isVisible()]
    for fenetre in oubliees:
        fenetre.hide()
    for reste in QApplication.topLevelWidgets():
        if reste.parent() is None:
            reste.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not oubliees, f"windows still shown after the test: {oubliees}"


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


GESTES_MAX = 12
"""Issue 8: from *Nouvelle personne* to the carnet handed over, beyond the data itself."""


Compter = Callable[[str, tuple[int, int]], None]


@pytest.fixture
def compter(record_property: Callable[[str, object], None]) -> Compter:
    """Notes what a journey took (`Gestes.comptes`), printed at the end of the run; none takes more than GESTES_MAX."""

    def noter(journee: str, comptes: tuple[int, int]) -> None:
        record_property("gestes", (journee, *comptes))
        assert comptes[0] <= GESTES_MAX, f"{journee}: {comptes[0]} key presses"

    return noter


@pytest.fixture
def images_faites(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is done to show the pictures of sheets, and in which thread."""
    faites: list[tuple[str, str]] = []

    def noter(quoi: Callable[..., object], *recus: object) -> object:
        faites.append((quoi.__name__, threading.current_thread().name.split("_")[0]))
        return quoi(*recus)

    for quoi in (feuille._lire, feuille._reduire):
        monkeypatch.setattr(feuille, quoi.__name__, partial(noter, quoi))
    return faites


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """The base directory of a desk that does not exist yet."""
    return tmp_path / "poste"


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    """A desk enrolled and granted lots, offline, with nobody in it."""
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    yield poste
    poste.fermer()


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    """The window of that desk, at *Aujourd’hui*."""
    with guichet(poste, theme, taches, qtbot) as ouvert:
        ouvert.commencer()
        yield ouvert
