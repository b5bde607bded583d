"""A bug of ours before the desk is open, or behind it: told, and never a page that waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from passdesk.domain.horloge import HorlogeSysteme
from passdesk.tasks import TaskRunner
from passdesk.ui import deverrouillage, premier_depart, retour
from passdesk.ui.agents import PageOubli, oubli
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.gardien import Gardien
from passdesk.ui.premier_depart import PagePremierDepart
from passdesk.ui.retour import PageRetour
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme
from tests.builders import PHRASE
from tests.ui.conftest import Bilan


def boguer(*_: object, **__: object) -> None:
    """A bug of ours."""
    raise ZeroDivisionError


def _ouverture(theme: Theme, taches: TaskRunner, dossier: Path) -> PageSeuil:
    page = PageDeverrouillage(theme, taches, dossier, HorlogeSysteme())
    page.phrase.set_texte(PHRASE)
    return page


def _premier_depart(theme: Theme, taches: TaskRunner, dossier: Path) -> PageSeuil:
    page = PagePremierDepart(theme, taches, dossier, HorlogeSysteme())
    page.guichet.set_texte("Maubeuge")
    page.nom.set_texte("Claire")
    page.valider()
    page.phrase.phrase.set_texte("violon rouge mardi cascade")
    page.phrase.encore.set_texte("violon rouge mardi cascade")
    return page


def _oubli(theme: Theme, taches: TaskRunner, dossier: Path) -> PageSeuil:
    return PageOubli(theme, taches, dossier, HorlogeSysteme())


@pytest.mark.parametrize(
    ("faire", "module", "fonction"),
    [
        (_ouverture, deverrouillage, "ouvrir_poste"),
        (_premier_depart, premier_depart, "creer_poste"),
        (_oubli, oubli, "agents_a_retrouver"),
    ],
    ids=["ouverture", "premier_depart", "oubli"],
)
def test_la_page_se_rend(
    faire: Callable[[Theme, TaskRunner, Path], PageSeuil],
    module: object,
    fonction: str,
    theme: Theme,
    taches: TaskRunner,
    bilan: Bilan,
    dossier: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, fonction, boguer)
    page = faire(theme, taches, dossier)
    qtbot.addWidget(page)
    page.valider()
    assert not page.bouton.isEnabled()
    qtbot.waitUntil(lambda: bool(bilan.imprevus))
    assert page.bouton.isEnabled() and page.attente.isHidden()
    bilan.imprevus.clear()


def test_le_retour_a_une_sauvegarde_se_rend(
    theme: Theme, taches: TaskRunner, bilan: Bilan, dossier: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retour, "proposer", boguer)
    page = PageRetour(theme, taches, dossier, HorlogeSysteme(), PHRASE)
    qtbot.addWidget(page)
    page.arriver()
    qtbot.waitUntil(lambda: bool(bilan.imprevus))
    assert page.garder.isEnabled() and page.autre.isEnabled() and not page.bouton.isEnabled()
    bilan.imprevus.clear()


@pytest.mark.parametrize("geste", ["sauvegarder", "verifier"])
def test_le_gardien_recommence(taches: TaskRunner, bilan: Bilan, qtbot: QtBot, geste: str) -> None:
    poste = QObject()
    gardien = Gardien(poste, taches, boguer, boguer, Event())
    for fois in (1, 2):
        if geste == "verifier":
            gardien.verifier()
        else:
            gardien.demander(en_tout_cas=True)
        qtbot.waitUntil(lambda fois=fois: len(bilan.imprevus) == fois)  # type: ignore[misc]
        assert not gardien.en_cours
    bilan.imprevus.clear()
