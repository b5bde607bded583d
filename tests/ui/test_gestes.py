"""What spares a key: the digit on a tick, the last prescripteur, Tab in the order of reading."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, garder, ouvrir_visite
from passdesk.tasks import TaskRunner
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, guichet, nom_lu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_qui_accompagnait_la_derniere_fois_vient_avec_le_oui(g: Guichet, poste: Poste) -> None:
    attribuer(poste, visite_accord(poste, nom_naissance="Lefort", prescripteur="mission_locale"))
    page = g.visite(ouvrir_visite(poste))
    assert page.demande.prescripteur.valeur() is None, "nothing is shown before the answer"
    page.demande.oui.click()
    assert page.demande.prescripteur.valeur() == "mission_locale"
    assert page.en_cours.brouillon.prescripteur == "mission_locale"
    page.demande.non.click()
    assert page.demande.prescripteur.valeur() is None


def test_un_chiffre_tape_sur_la_case_est_le_debut_de_sa_date(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste))
    rang = page.justificatifs.rangs["justificatif_domicile"]
    rang.case.setFocus()
    g.lettre("1")
    assert g.focus is rang.saisie
    assert rang.saisie.text() == "1", "in the place of the date that was there"
    g.frapper("91026")
    g.tabuler()
    g.calme()
    assert rang.saisie.text() == "19/10/2026"
    page.justificatifs.rangs["piece_identite"].case.setFocus()
    g.lettre("1")
    assert g.focus is page.justificatifs.rangs["piece_identite"].case


def test_tab_goes_through_the_page_as_it_is_read(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    garder(poste, visite_accord(poste, pieces=()))
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        lus = []
        for _ in range(3):
            lus.append(nom_lu(g.focus))
            g.tabuler()
        assert lus[0] == "Nouvelle personne"
        assert lus[1].startswith("Reprendre : Maëlle Dufresnoy")
        assert lus[2].startswith("Envoyer : ")
