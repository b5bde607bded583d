"""A letter without a birth date, somebody with no home to name: the request is kept, and what is missing is asked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from passdesk.services.poste import Poste
from passdesk.services.visite import ouvrir_visite
from passdesk.storage import demandes
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.guichet import CTRL, Guichet, nom_lu
from tests.ui.mesures import rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ECHELLES = [1.0, 1.25, 1.5, 2.0]


def liens(page: PageVisite) -> list[str]:
    """Those in sight, as they are heard."""
    return [nom_lu(i.lien) for i in page.personne.formulaire.inconnus.values() if i.lien.isVisible()]


def passer(g: Guichet, page: PageVisite, nom: str) -> None:
    """Goes through a field and types nothing."""
    page.personne.champs[nom].saisie.setFocus()
    g.tabuler()


def test_nothing_is_offered_before_a_field_is_passed_over(g: Guichet, poste: Poste) -> None:
    page = g.visite(ouvrir_visite(poste))
    assert liens(page) == []
    passer(g, page, "prenoms")
    assert liens(page) == [], "the birth date is about to be typed"
    g.frapper("12/04/1987")
    g.tabuler()
    assert liens(page) == []
    g.tabuler()
    assert liens(page) == ["Commune inconnue pour l’instant"]
    page.personne.champs["commune"].saisie.setFocus()
    g.frapper("F")
    assert liens(page) == []


def test_a_request_without_birth_date_is_kept_and_its_letter_asks_for_it(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, naissance=""))
    page.personne.replier(False)
    passer(g, page, "naissance")
    assert liens(page) == ["Naissance inconnue pour l’instant"]
    g.touche(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert nom_lu(g.focus) == "Naissance inconnue pour l’instant"
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert liens(page) == [] and g.focus is page.personne.champs["commune"].saisie
    assert page.personne.champs["naissance"].indication.text() == "à demander"
    assert page.droit is not None and (page.droit.etat, page.droit.titre) == ("incomplet", "Encore une information")
    dits = [ligne.texte for section in page.droit.sections for ligne in section.lignes]
    assert dits[0] == "La date de naissance"
    assert not any("reçu avant" in dit for dit in dits), "nobody could look for it"
    g.valider()
    g.fermer_papier()
    brouillon = page.en_cours.brouillon
    assert brouillon.demande_id is not None and demandes.get(poste.base, brouillon.demande_id) is not None
    naissance = page.personne.champs["naissance"].saisie
    assert isinstance(naissance, QLineEdit)
    page.personne.replier(False)
    naissance.setFocus()
    g.frapper("12/04/1987")
    g.tabuler()
    g.calme()
    assert not page.en_cours.brouillon.naissance_inconnue
    assert page.droit is not None and page.droit.etat == "accord"
    assert page.personne.champs["naissance"].indication.text() == "39\u00a0ans"


def test_typing_takes_it_back_and_ctrl_z_too(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, commune=""))
    page.personne.replier(False)
    passer(g, page, "commune")
    page.personne.formulaire.inconnus["commune"].lien.click()
    g.calme()
    assert page.personne.champs["commune"].indication.text() == "à demander"
    assert g.focus is page.personne.champs["telephone"].saisie
    g.touche(Qt.Key.Key_Z, CTRL)
    g.calme()
    assert page.droit is not None and page.droit.action.champ == "commune"
    assert page.personne.champs["commune"].indication.text() == "ou pays"
    g.touche(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    g.calme()
    assert page.droit.etat == "incomplet"
    page.personne.champs["commune"].saisie.setFocus()
    g.frapper("F")
    g.calme()
    assert page.droit.etat == "question" and page.personne.champs["commune"].indication.text() == "ou pays"


def test_missing_with_papers_both_are_counted(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, naissance="", naissance_inconnue=True, pieces=()))
    assert page.droit is not None and page.droit.titre == "Encore 4 éléments"
    page = g.visite(visite_accord(poste, commune="", commune_inconnue=True, naissance="", naissance_inconnue=True))
    assert page.droit is not None and page.droit.titre == "Encore 2 informations"


@pytest.mark.parametrize("echelle", ECHELLES)
def test_nothing_is_cut(g: Guichet, poste: Poste, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = g.visite(ouvrir_visite(poste))
    for nom in ("naissance", "commune"):
        passer(g, page, nom)
    g.calme()
    assert len(liens(page)) == 2 and rognes(page) == []
    for inconnu in page.personne.formulaire.inconnus.values():
        inconnu.lien.click()
    g.calme()
    assert liens(page) == [] and rognes(page) == []
