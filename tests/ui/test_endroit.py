"""A desk that moves says once a day where it is: distances and papers follow, and nobody is kept waiting for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.lettre import lettre_de_demande
from passdesk.services.lieu_du_jour import choisir_lieu, lieu_du_jour, nom_du_guichet, regler_itinerant
from passdesk.services.poste import Poste
from passdesk.services.visite import garder
from passdesk.tasks import TaskRunner
from passdesk.ui.aujourdhui import PageAujourdhui
from passdesk.ui.reglages import PageReglages
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.accueil import ALT
from tests.ui.guichet import CTRL, Guichet, communes, guichet, nom_lu
from tests.ui.mesures import rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
QUESTION = "Aujourd’hui, le guichet est à"


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    regler_itinerant(poste, True)
    with guichet(poste, theme, taches, qtbot) as ouvert:
        ouvert.commencer()
        yield ouvert


def accueil(g: Guichet) -> PageAujourdhui:
    page = g.page
    assert isinstance(page, PageAujourdhui)
    return page


def sous_titre(g: Guichet) -> str:
    return next(t for t in g.textes() if t.startswith(("Lundi 23", "Mardi 24")))


def test_it_is_asked_once_a_day_and_answered_by_keys(g: Guichet, poste: Poste) -> None:
    horloge = poste.horloge
    assert isinstance(horloge, HorlogeFixe)
    assert QUESTION in g.textes()
    assert nom_lu(g.focus) == "Nouvelle personne", "the next person comes first"
    g.aller_a("Commune")
    g.frapper("fourmi")
    g.tabuler()
    g.aller_a("C’est ici")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert QUESTION not in g.textes() and sous_titre(g).endswith("à Fourmies")
    g.reprendre_le_clavier()
    assert nom_lu(g.focus) == "Nouvelle personne"
    g.touche(Qt.Key.Key_5, ALT)
    g.calme()
    g.touche(Qt.Key.Key_1, ALT)
    g.calme()
    assert QUESTION not in g.textes()

    horloge.instant += timedelta(days=1)
    g.touche(Qt.Key.Key_1, ALT)
    g.calme()
    assert QUESTION in g.textes() and "Fourmies" not in sous_titre(g)
    assert accueil(g).endroit.choix.currentText() == "Fourmies", "the last one is proposed"
    g.touche(Qt.Key.Key_N, CTRL)
    g.attendre(lambda: isinstance(g.page, PageVisite))
    g.touche(Qt.Key.Key_1, ALT)
    g.calme()
    g.aller_a("C’est ici")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert sous_titre(g).endswith("à Fourmies")
    g.aller_a("Changer d’endroit")
    g.touche(Qt.Key.Key_Space)
    assert QUESTION in g.textes()


def test_what_is_not_in_the_list_says_what_to_do(g: Guichet) -> None:
    carte = accueil(g).endroit
    carte.bouton.click()
    g.calme()
    assert "Tapez le début de la commune, puis choisissez-la." in g.textes()
    assert g.focus is carte.commune.saisie
    g.frapper("Nulle-Part")
    carte.bouton.click()
    g.calme()
    assert any(t.startswith("Cet endroit n’est pas dans la liste.") for t in g.textes())
    assert g.focus is carte.commune.saisie


def test_a_desk_that_stays_is_asked_nothing(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        assert QUESTION not in g.textes()
        g.touche(Qt.Key.Key_5, ALT)
        g.calme()
        reglages = g.page
        assert isinstance(reglages, PageReglages)
        reglages.viser("poste", "")
        g.calme()
        reglages.poste._itinerant.click()
        g.calme()
        g.touche(Qt.Key.Key_1, ALT)
        g.calme()
        assert QUESTION in g.textes()


def test_papers_say_where_and_the_choices_are_those_of_the_last_days(poste: Poste) -> None:
    horloge = poste.horloge
    assert isinstance(horloge, HorlogeFixe)
    nom = nom_du_guichet(poste)
    regler_itinerant(poste, True)
    with pytest.raises(SaisieRefusee, match="endroit_inconnu"):
        choisir_lieu(poste, "", communes())
    choisir_lieu(poste, "59249", communes())
    garde = garder(poste, visite_accord(poste, pieces=()))
    assert garde is not None and garde.demande_id is not None
    assert lettre_de_demande(poste, garde.demande_id).guichet == f"{nom}, à Fourmies"
    horloge.instant += timedelta(days=1)
    assert nom_du_guichet(poste) == nom
    choisir_lieu(poste, "59392", communes())
    lu = lieu_du_jour(poste)
    assert [e.nom for e in lu.choix[:2]] == ["Maubeuge", "Fourmies"] and not lu.a_demander
    regler_itinerant(poste, False)
    assert nom_du_guichet(poste) == nom and lieu_du_jour(poste).ici is None


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_it_is_read_whole_at_any_size(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    g.calme()
    g.attendre(lambda: rognes(g.page) == [])
    carte = accueil(g).endroit
    assert [t for t in carte.findChildren(QLabel) if t.isVisible()]


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_a_desk_takes_its_own_name_on_papers(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot, echelle: float
) -> None:
    regional = nom_du_guichet(poste)
    theme.choisir(echelle=echelle)
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        reglages = g.bureau.montrer_lieu("reglages")
        assert isinstance(reglages, PageReglages)
        reglages.viser("poste", "")
        g.calme()
        assert any(regional in texte for texte in g.textes())
        reglages.poste.libelle.saisie.setFocus()
        g.frapper("Bus  de l'Avesnois")
        g.tabuler()
        g.calme()
        assert nom_du_guichet(poste) == "Bus de l'Avesnois"
        assert reglages.poste.libelle.texte() == "Bus de l'Avesnois"
        reglages.poste.libelle.saisie.setFocus()
        g.frapper("\U0001f600")
        g.tabuler()
        g.calme()
        assert reglages.poste.libelle.message().startswith("Ces signes ne s’impriment pas")
        assert nom_du_guichet(poste) == "Bus de l'Avesnois"
        g.attendre(lambda: rognes(g.page) == [])
        reglages.poste.libelle.set_texte("")
        reglages.poste.libelle.quitte.emit()
        g.calme()
        assert nom_du_guichet(poste) == regional
