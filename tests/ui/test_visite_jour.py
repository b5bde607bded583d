"""The day of arrival of a visit: it decides the règlement, the age and which papers are recent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.poste import Poste
from passdesk.services.visite import noter
from passdesk.storage import brouillons
from passdesk.ui.aujourdhui import PageAujourdhui
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.guichet import CTRL, Guichet
from tests.ui.mesures import rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
GESTES = ("rouvrir", "verrouiller")


def avancer(poste: Poste, jours: int) -> None:
    """The same clock, days later, or before."""
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant += timedelta(days=jours)


def revenir(g: Guichet, poste: Poste, geste: str, jours: int) -> None:
    """The page left, or the desk locked, for days."""
    page = g.page
    if geste == "rouvrir":
        g.bureau.mettre_en_attente()
        avancer(poste, jours)
        g.touche(Qt.Key.Key_Tab, CTRL)
    else:
        g.bureau.verrouiller_les_pages()
        avancer(poste, jours)
        g.bureau.deverrouiller("Claire", autre_agent=False)
    g.calme()
    assert g.page is page


def nouvelle(g: Guichet) -> PageVisite:
    """Ctrl+N."""
    g.touche(Qt.Key.Key_N, CTRL)
    g.attendre(lambda: isinstance(g.page, PageVisite))
    g.calme()
    page = g.page
    assert isinstance(page, PageVisite)
    return page


@pytest.mark.parametrize("geste", GESTES)
def test_opened_on_friday_and_left_empty_it_begins_on_monday(g: Guichet, poste: Poste, geste: str) -> None:
    page = nouvelle(g)
    assert page.demande.arrivee.texte() == "23/11/2026"
    revenir(g, poste, geste, 3)
    assert page.demande.arrivee.texte() == "26/11/2026"
    assert not page.demande.canal.isVisible(), "it arrived today, at the desk"
    revenir(g, poste, geste, 1)
    page.personne.champs["nom_naissance"].saisie.setFocus()
    g.frapper("Walbecq")
    g.calme()
    (garde,) = brouillons.lister(poste.base)
    assert garde.brouillon.arrivee_le == "27/11/2026"
    revenir(g, poste, geste, 1)
    assert page.en_cours.brouillon.arrivee_le == "27/11/2026", "somebody came that day"


def test_a_visit_kept_or_dated_by_hand_keeps_its_day(g: Guichet, poste: Poste) -> None:
    """Also one whose first letter was taken back: it was kept."""
    page = nouvelle(g)
    page.personne.champs["nom_naissance"].saisie.setFocus()
    g.frapper("W")
    g.calme()
    g.touche(Qt.Key.Key_Backspace)
    g.calme()
    revenir(g, poste, "rouvrir", 3)
    assert page.en_cours.brouillon.arrivee_le == "23/11/2026"
    gardee = replace(visite_accord(poste), arrivee_le="26/11/2026")
    noter(poste, gardee)
    page = g.visite(gardee)
    revenir(g, poste, "verrouiller", 3)
    assert page.en_cours.brouillon.arrivee_le == "26/11/2026"


def test_a_clock_behind_a_day_that_the_desk_saw_is_told_before_anybody_arrives(g: Guichet, poste: Poste) -> None:
    """The battery of the computer is flat, and there is no network: on 1 March everybody would arrive on 1 March."""
    dit = "Cet ordinateur se croit au 1er\u00a0mars 2026, et ce poste a déjà travaillé le 23\u00a0novembre 2026."
    assert dit not in g.textes()
    avancer(poste, -267)
    page = nouvelle(g)
    assert dit in g.textes() and rognes(page) == []
    g.bureau.mettre_en_attente()
    g.calme()
    assert isinstance(g.page, PageAujourdhui)
    assert dit in g.textes() and rognes(g.page) == []
    avancer(poste, 267)
    g.contexte.signaler("envoi")
    g.calme()
    assert dit not in g.textes()
    g.touche(Qt.Key.Key_Tab, CTRL)
    g.calme()
    assert g.page is page and dit not in g.textes()
    assert page.demande.arrivee.texte() == "23/11/2026", "left empty, it arrives today"
