"""What is closed leaves the memory: the window, its pages and its dialogs, and what they made without showing it."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from passdesk.services.poste import Poste
from passdesk.tasks import TaskRunner
from passdesk.ui.aide.lecteur import Lecteur
from passdesk.ui.composants import (
    Btn,
    ChampLignes,
    ChampRecherche,
    Colonne,
    Combo,
    Dialogue,
    EmptyState,
    Field,
    GroupeRadios,
    Liste,
    ListeDetail,
    Page,
    PageListeActes,
    Radio,
    Tuile,
    WrapLabel,
)
from passdesk.ui.composants.dialogue import confirmer
from passdesk.ui.droits.limitation import demander_raison
from passdesk.ui.fenetre import Fenetre
from passdesk.ui.impression import PageImpression
from passdesk.ui.reglages.apercu import TuilesTheme
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, guichet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _menage() -> None:
    """What Qt destroys later, and what only a round of Python's collector frees."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _sans_parent() -> Counter[str]:
    """The widgets that are nobody's, by kind: a lambda on a signal of theirs that holds them keeps them for ever."""
    _menage()
    return Counter(type(widget).__name__ for widget in QApplication.topLevelWidgets() if widget.parent() is None)


def _restees(g: Guichet) -> list[QWidget]:
    """Pages and dialogs that are closed and not gone."""
    _menage()
    ouvertes = g.bureau._pages
    return [
        widget
        for widget in QApplication.allWidgets()
        if (isinstance(widget, Page) and widget not in ouvertes)
        or (isinstance(widget, Dialogue) and not widget.isVisible())
    ]


def _garder() -> None:
    """Answers the dialog in front by its harmless button."""
    dialogue = QApplication.activeModalWidget()
    assert isinstance(dialogue, Dialogue)
    dialogue.sans_risque.click()


def test_ce_qui_est_ferme_quitte_la_memoire(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    avant = _sans_parent()
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        _parcourir(g)
    del g
    assert _sans_parent() == avant


def _parcourir(g: Guichet) -> None:
    """Every place, a visit left, another awarded, two dialogs."""
    for lieu in ("personnes", "carnets", "a-verifier", "reglages", "lieux"):
        g.bureau.montrer_lieu(lieu)
        g.calme()
    assert _restees(g) == []
    page = g.visite(visite_accord(g.poste))
    page.justificatifs.scans.montrer(True)
    g.bureau.fermer_page(page)
    assert _restees(g) == []
    page = g.visite(visite_accord(g.poste))
    g.valider()
    assert isinstance(g.page, PageImpression)
    g.bureau.fermer_page(g.page)
    g.calme()
    del page
    assert _restees(g) == []
    QTimer.singleShot(0, _garder)
    assert not confirmer(g.theme, g.fenetre, question="Annuler\u00a0?", consequences="", garder="Non", faire="Oui")
    QTimer.singleShot(0, _garder)
    assert demander_raison(g.theme, g.fenetre, lever=False) == ""
    assert _restees(g) == []


def test_une_fenetre_fermee_quitte_la_memoire(qtbot: QtBot, theme: Theme) -> None:
    avant = _sans_parent()
    fenetre = Fenetre(theme)
    fenetre.montrer(QWidget())
    fenetre.show()
    qtbot.waitExposed(fenetre)
    fenetre.close()
    del fenetre
    assert _sans_parent() == avant


def _question(theme: Theme) -> QWidget:
    """Two radios of one question."""
    widget = QWidget()
    colonne = Colonne(theme)
    widget.setLayout(colonne)
    groupe = GroupeRadios(widget)
    for valeur in ("oui", "non"):
        radio = Radio(theme, valeur)
        colonne.addWidget(radio)
        groupe.ajouter(radio, valeur)
    return widget


def _themes(theme: Theme) -> QWidget:
    widget = QWidget()
    colonne = Colonne(theme)
    colonne.addWidget(TuilesTheme(theme, GroupeRadios(widget)))
    widget.setLayout(colonne)
    return widget


@pytest.mark.parametrize(
    "faire",
    [
        lambda theme: Btn(theme, "Oui"),
        lambda theme: Combo(theme, ((1, "Un"),), "Choix"),
        lambda theme: Field(theme, "Nom"),
        lambda theme: Liste(theme, "Personnes"),
        lambda _: WrapLabel("Une phrase"),
        lambda theme: Field(theme, "&Nom"),
        lambda _: ChampLignes(),
        lambda theme: ChampRecherche(theme, "Chercher"),
        lambda theme: Tuile(theme, "Tout est sorti", "Les feuilles sont là", "1"),
        _question,
        lambda theme: ListeDetail(theme, "Revenir"),
        lambda theme: EmptyState(theme, "search", "Rien", "", Btn(theme, "Tout voir")),
        lambda theme: PageListeActes(theme, "essai", "Liste", "Revenir", EmptyState(theme, "search", "Rien")),
        lambda theme: Dialogue(theme, None, "Effacer\u00a0?", "", "alert-circle", "info", "Garder"),
        Lecteur,
        _themes,
    ],
    ids=[
        "bouton", "choix", "champ", "liste", "phrase", "champ et sa lettre", "lignes", "recherche", "tuile", "question",
        "liste et detail", "vide", "page d’une liste", "dialogue", "page du manuel", "themes",
    ],
)  # fmt: skip
def test_ce_qui_n_est_jamais_montre_quitte_la_memoire(theme: Theme, faire: Callable[[Theme], QWidget]) -> None:
    """Nobody's child: nothing but Python's collector destroys it, and it cannot when a signal of it holds it."""
    avant = _sans_parent()
    faire(theme)
    assert _sans_parent() == avant
