"""Ctrl+Z in the visit: one history, in the order of acts, down to what is recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from passdesk.domain.visite import Brouillon
from passdesk.services.effacement import effacer_personne
from passdesk.services.poste import Poste
from passdesk.services.visite import garder, noter, ouvrir_visite, visites_ouvertes
from passdesk.storage import brouillons
from passdesk.ui.visite import PageVisite, saisies
from passdesk.ui.visite.defaire import Historique
from tests.builders import visite_accord
from tests.ui.accueil import (
    DOMICILE,
    EMPLOI,
    IDENTITE,
    MAELLE,
    SANS_DATE,
    SENIOR,
    SITUATIONS,
    accompagner,
    choisir,
    montrer,
    nouvelle_visite,
)  # fmt: skip
from tests.ui.guichet import CTRL, Guichet, nom_lu
from tests.ui.mesures import rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
MAJ = Qt.KeyboardModifier.ShiftModifier
VIDE = Brouillon("b-1")


def defaire(g: Guichet) -> str:
    """Ctrl+Z; says what the page says of it."""
    g.touche(Qt.Key.Key_Z, CTRL)
    g.calme()
    return dit(g)


def refaire(g: Guichet) -> str:
    g.touche(Qt.Key.Key_Z, CTRL | MAJ)
    g.calme()
    return dit(g)


def dit(g: Guichet) -> str:
    page = g.page
    assert isinstance(page, PageVisite)
    acte = page._marque._acte
    return acte.text() if acte.isVisible() else ""


def test_each_act_is_taken_back_in_its_order_whatever_the_section(g: Guichet, poste: Poste) -> None:
    page = nouvelle_visite(g, MAELLE)
    choisir(g, EMPLOI, *SITUATIONS)
    accompagner(g, None)
    montrer(g, {IDENTITE: SANS_DATE, DOMICILE: "18/10/2026"})
    entier = page.en_cours.brouillon
    assert defaire(g) == "Annulé\u00a0: justificatif de domicile"
    assert page.justificatifs.rangs["justificatif_domicile"].saisie.text() == ""
    assert not page.justificatifs.rangs["justificatif_domicile"].case.isChecked()
    assert defaire(g) == "Annulé\u00a0: pièce d’identité"
    assert g.focus is page.justificatifs.rangs["piece_identite"].case
    assert defaire(g) == "Annulé\u00a0: l’accompagnement par un prescripteur"
    assert page.demande.accompagnement.valeur() is None
    assert defaire(g) == "Annulé\u00a0: la situation"
    assert page.demande.publics.valeur() is None
    assert defaire(g) == "Annulé\u00a0: la commune"
    assert page.personne.commune.texte() == ""
    assert defaire(g) == "Annulé\u00a0: la naissance"
    assert defaire(g) == "Annulé\u00a0: les prénoms"
    champ = g.focus
    assert isinstance(champ, QLineEdit) and nom_lu(champ) == "Prénoms" and champ.text() == ""
    for _ in range(7):
        refaire(g)
    assert refaire(g) == "Rien à rétablir"
    assert page.en_cours.brouillon == entier
    (ligne,) = visites_ouvertes(poste)
    assert ligne.brouillon_id and brouillons.get(poste.base, ligne.brouillon_id) == entier, "saved as typed"


def test_the_letters_of_a_field_are_one_act_and_another_act_ends_the_way_forward(g: Guichet) -> None:
    page = nouvelle_visite(g, MAELLE)
    choisir(g, EMPLOI, *SITUATIONS)
    page.personne.champs["telephone"].saisie.setFocus()
    g.frapper("0639980012")
    assert defaire(g) == "Annulé\u00a0: téléphone"
    assert page.personne.champs["telephone"].texte() == ""
    assert g.focus is page.personne.champs["telephone"].saisie
    page.demande.radios["senior"].click()
    assert refaire(g) == "Rien à rétablir"
    assert defaire(g) == "Annulé\u00a0: la situation"
    assert page.demande.publics.valeur() == "demandeur_emploi"


def test_a_visit_put_aside_keeps_its_own_history(g: Guichet) -> None:
    premiere = nouvelle_visite(g, MAELLE)
    choisir(g, EMPLOI, *SITUATIONS)
    seconde = nouvelle_visite(g, ("Obin", "Rémi", "14022004"))
    choisir(g, SENIOR, *SITUATIONS)
    g.touche(Qt.Key.Key_Tab, CTRL)
    g.calme()
    assert g.page is premiere
    assert defaire(g) == "Annulé\u00a0: la situation"
    assert premiere.demande.publics.valeur() is None and seconde.demande.publics.valeur() == "senior"


def test_what_is_recorded_is_not_undone_and_it_says_so(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, pieces=()))
    assert defaire(g) == "Rien à annuler dans cette visite."
    page.demande.non.click()
    g.calme()
    montrer(g, {IDENTITE: SANS_DATE})
    g.valider()
    g.fermer_papier()
    assert "Demande gardée." in "".join(g.textes())
    garde = page.en_cours.brouillon
    assert defaire(g) == "Ce qui précède est enregistré\u00a0: corrigez-le dans les champs."
    assert page.en_cours.brouillon == garde
    page.personne.champs["telephone"].saisie.setFocus()
    g.frapper("1")
    assert defaire(g) == "Annulé\u00a0: téléphone"
    assert defaire(g).startswith("Ce qui précède est enregistré")
    assert page.en_cours.brouillon == garde


def test_somebody_erased_meanwhile_does_not_come_back_by_what_was_typed(g: Guichet, poste: Poste) -> None:
    """The same person was adopted after the names were typed: taken back, they would stand under no file."""
    garde = garder(poste, visite_accord(poste, nom_naissance="Lefort", pieces=()))
    assert garde.personne_id is not None
    page = g.visite(visite_accord(poste, nom_naissance="Lefort"))
    page.en_cours.remplacer(replace(page.en_cours.brouillon, personne_id=garde.personne_id, note="reconnue"))
    g.calme()
    assert effacer_personne(poste, garde.personne_id)
    g.contexte.signaler("personnes")
    g.calme()
    defaire(g)
    g.calme()
    assert not visites_ouvertes(poste)


def test_what_was_corrected_elsewhere_is_not_written_over(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, nom_naissance="Lefort"))
    page.demande.radios["senior"].click()
    g.calme()
    noter(poste, replace(page.en_cours.brouillon, prenoms="Zoé"))
    g.contexte.signaler("personnes")
    g.calme()
    assert page.en_cours.brouillon.prenoms == "Zoé"
    assert defaire(g) == "La fiche a été corrigée depuis\u00a0: rien d’avant ne s’annule."
    assert page.en_cours.brouillon.public == "senior"


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_it_is_read_whole_at_any_size(g: Guichet, poste: Poste, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    g.visite(visite_accord(poste, nom_naissance="Dufresnoy-Vandenbroucke", pieces=()))
    defaire(g)
    g.attendre(lambda: rognes(g.page) == [])
    page = g.page
    assert isinstance(page, PageVisite)
    page.demande.non.click()
    g.calme()
    assert defaire(g) == "Annulé\u00a0: l’accompagnement par un prescripteur"
    g.attendre(lambda: rognes(g.page) == [])
    g.attendre(lambda: g.fenetre.minimumSizeHint().width() <= 1366)
    for autre in (2.0, 1.0, echelle):
        g.theme.choisir(echelle=autre)
        g.calme()
        # The parts of a page take their new measure a turn after one another.
        g.attendre(lambda: g.fenetre.minimumSizeHint().width() <= 1366)
        assert g.fenetre.width() <= 1366, "it never widens the window"


def test_letters_erased_again_leave_no_act(poste: Poste) -> None:
    historique, un = Historique(), replace(VIDE, note="a")
    historique.noter(VIDE, un)
    historique.noter(un, VIDE)
    assert historique.defaire(VIDE) is None and historique.borne == "rien"
    historique.noter(VIDE, un)
    historique.quitter()
    deux = replace(un, note="ab")
    historique.noter(un, deux)
    rendu = historique.defaire(deux)
    assert rendu is not None and (rendu.brouillon, rendu.champ) == (un, "note")
    ouverte = ouvrir_visite(poste)
    assert historique.defaire(saisies.ecrire(ouverte, "note", "a")) is not None
