"""Alt+Left and Alt+Right: back to the places and the lines seen, never to what is gone, and nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from passdesk.services.effacement import effacer_personne
from passdesk.services.fusion import fusionner
from passdesk.services.poste import Poste
from passdesk.services.visite import abandonner, attribuer, garder
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.reglages import PageReglages
from passdesk.ui.trajet import Etape, Trajet
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.accueil import ALT
from tests.ui.guichet import CTRL, Guichet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
GAUCHE, DROITE = Qt.Key.Key_Left, Qt.Key.Key_Right


def aller(g: Guichet, touche: Qt.Key, modificateur: Qt.KeyboardModifier = ALT) -> None:
    g.touche(touche, modificateur)
    g.calme()
    g.attendre(lambda: not any(p._attente.isActive() for p in g.bureau._pages if isinstance(p, PagePersonnes)))
    g.calme()


def ouvrir_personne(g: Guichet, nom: str) -> str:
    """Alt+2, the name, Enter; whose record it is."""
    aller(g, Qt.Key.Key_2)
    g.frapper(nom)
    g.calme()
    g.touche(Qt.Key.Key_Return)
    g.attendre(lambda: personne(g) != "")
    g.calme()
    return personne(g)


def personne(g: Guichet) -> str:
    page = g.page
    assert isinstance(page, PagePersonnes)
    fiche = page.fiche
    return fiche.fiche.personne.nom_naissance if fiche is not None and not page._attente.isActive() else ""


def deux_personnes(poste: Poste) -> tuple[str, str]:
    """The ids of Lefort and of Obin."""
    return une_personne(poste, "Lefort", "Rose", "01/02/1990"), une_personne(poste, "Obin", "Karim", "05/06/1985")


def une_personne(poste: Poste, nom: str, prenoms: str, naissance: str) -> str:
    brouillon = visite_accord(poste, nom_naissance=nom, prenoms=prenoms, naissance=naissance, telephone="", pieces=())
    garde = garder(poste, brouillon)
    assert garde is not None and garde.personne_id is not None
    abandonner(poste, garde.brouillon_id)
    return garde.personne_id


def test_back_and_forward_among_places_persons_carnets_and_sections(g: Guichet, poste: Poste) -> None:
    deux_personnes(poste)
    attribuer(poste, visite_accord(poste))
    ouvrir_personne(g, "lefort")
    ouvrir_personne(g, "obin")
    aller(g, Qt.Key.Key_3)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    carnets = g.page
    assert isinstance(carnets, PageCarnets)
    vu = carnets.ligne_montree
    aller(g, Qt.Key.Key_5)
    reglages = g.page
    assert isinstance(reglages, PageReglages)
    reglages.viser("agents", "")
    aller(g, Qt.Key.Key_1)

    aller(g, GAUCHE)
    assert g.page is reglages and reglages.sections.cle == "agents"
    aller(g, GAUCHE)
    assert g.page is carnets and carnets.ligne_montree == vu
    aller(g, GAUCHE)
    assert personne(g) == "Obin"
    aller(g, GAUCHE)
    assert personne(g) == "Lefort"
    aller(g, GAUCHE)
    assert g.page.cle == "aujourdhui"
    aller(g, GAUCHE)
    assert g.page.cle == "aujourdhui", "nothing before"
    for _ in range(2):
        aller(g, DROITE)
    assert personne(g) == "Obin"
    for _ in range(3):
        aller(g, DROITE)
    assert g.page.cle == "aujourdhui"


def test_a_visit_is_found_as_it_was_typed_and_one_that_is_over_is_passed_over(g: Guichet, poste: Poste) -> None:
    deux_personnes(poste)
    ouvrir_personne(g, "lefort")
    g.touche(Qt.Key.Key_N, CTRL)
    g.attendre(lambda: isinstance(g.page, PageVisite))
    g.calme()
    g.frapper("Dufres")
    visite = g.page
    assert isinstance(visite, PageVisite)
    aller(g, GAUCHE)
    assert personne(g) == "Lefort"
    aller(g, DROITE)
    assert g.page is visite and visite.personne.champs["nom_naissance"].texte() == "Dufres"
    aller(g, Qt.Key.Key_3)
    g.bureau.fermer_page(visite)
    g.calme()
    aller(g, GAUCHE)
    assert personne(g) == "Lefort"
    aller(g, DROITE)
    assert g.page.cle == "carnets"


def test_an_erased_person_is_passed_over_and_a_merged_one_is_found_where_they_are(g: Guichet, poste: Poste) -> None:
    lefort, obin = deux_personnes(poste)
    ouvrir_personne(g, "lefort")
    ouvrir_personne(g, "obin")
    aller(g, Qt.Key.Key_5)
    fusionner(poste, une_personne(poste, "Oban", "Karim", "05/06/1985"), obin)
    assert effacer_personne(poste, lefort)
    aller(g, GAUCHE)
    assert personne(g) == "Oban"
    aller(g, GAUCHE)
    assert g.page.cle == "aujourdhui"


def test_a_note_being_typed_is_not_replaced(g: Guichet, poste: Poste) -> None:
    deux_personnes(poste)
    ouvrir_personne(g, "lefort")
    ouvrir_personne(g, "obin")
    page = g.page
    assert isinstance(page, PagePersonnes) and page.fiche is not None
    page.fiche.accompagnements.bouton.click()
    g.calme()
    assert page.en_saisie
    aller(g, GAUCHE)
    assert personne(g) == "Obin" and page.en_saisie


def test_what_was_only_browsed_leaves_one_place() -> None:
    trajet = Trajet()
    accueil, personnes = Etape("aujourdhui"), Etape("personnes")
    trajet.aller(None, accueil)
    trajet.aller(accueil, personnes)
    trajet.preciser(Etape("personnes", "a"))
    trajet.aller(Etape("personnes", "c"), Etape("carnets"))
    assert trajet.marcher(-1, Etape("carnets")) == Etape("personnes", "c")
    assert trajet.marcher(-1, Etape("personnes", "c")) == Etape("personnes", "a")
    assert trajet.marcher(-1, Etape("personnes", "a")) == accueil
    assert trajet.marcher(-1, accueil) is None
    assert trajet.marcher(1, accueil) == Etape("personnes", "a")
    trajet.sauter(Etape("personnes", "c"))
    assert trajet.marcher(1, Etape("personnes", "a")) == Etape("carnets")
