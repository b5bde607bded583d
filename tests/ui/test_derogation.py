"""A derogation granted by keyboard alone, seen in the panel, withdrawn, and what the other agents are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from passdesk.services.decision import decision_du_carnet
from passdesk.services.derogation import accorder
from passdesk.services.poste import Poste
from passdesk.services.visite import reprendre
from passdesk.storage import carnets
from passdesk.tasks import TaskRunner
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite, textes
from tests.builders import visite_accord
from tests.services.derogations import ARTICLE, RAISON, publier, refusee
from tests.ui.guichet import Guichet, guichet
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes


def mediateur(poste: Poste) -> Poste:
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    return replace(poste, agent_id=agent)


def dits(g: Guichet) -> str:
    return "\n".join(g.textes()).replace("\u00a0", " ")


def etat(page: PageVisite) -> str:
    assert page.droit is not None
    return page.droit.etat


def saine(g: Guichet, page: PageVisite) -> None:
    g.attendre(lambda: rognes(page) == [] and debordes(page) == [])
    assert anonymes(page) == []


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_un_responsable_accorde_puis_retire_au_clavier(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot, echelle: float
) -> None:
    theme.choisir(echelle=echelle)
    publier(poste)
    with guichet(poste, theme, taches, qtbot) as g:
        page = g.visite(refusee(poste))
        assert etat(page) == "refus"
        assert page.derogation.isHidden()
        g.aller_a(textes.DEROGER)
        g.touche(Qt.Key.Key_Space)
        g.calme()
        assert g.focus is page.derogation.raison.saisie
        # Which refusal it lifts, and by what article.
        assert "Ce refus sera levé" in dits(g)
        assert ARTICLE[1:] in "\n".join(g.textes())
        saine(g, page)
        # Without a reason nothing is granted, and the field says so.
        g.touche(Qt.Key.Key_Return)
        g.calme()
        assert (page.derogation.raison.message() != "", etat(page)) == (True, "refus")
        assert g.focus is page.derogation.raison.saisie
        g.frapper("chez sa soeur")
        # The filled button does what is being written, never the answer that it would lift.
        assert page.droit is not None and page.droit.action.libelle == textes.DEROGATION_ACCORDER
        assert textes.IMPRIMER_REPONSE in [action.libelle for action in page.droit.discretes]
        g.valider()
        g.attendre(lambda: etat(page) == "accord")
        assert page.droit is not None and page.droit.sens.startswith("Accordé par dérogation")
        assert "Accordée par Claire Mabille, le 23 novembre 2026" in dits(g)
        assert "en Hauts-de-France" not in dits(g).replace("hors des Hauts-de-France", "")
        assert textes.DEROGER not in g.textes()
        g.attendre(page.derogation.retirer.hasFocus)
        saine(g, page)
        garde = reprendre(poste, page.en_cours.brouillon.brouillon_id)
        assert garde is not None and garde.derogation is not None
        assert garde.derogation.raison == "chez sa soeur"
        g.touche(Qt.Key.Key_Space)
        g.calme()
        g.attendre(lambda: etat(page) == "refus")
        # What was written is still there, to be corrected.
        assert page.derogation.raison.texte() == "chez sa soeur"
        g.attendre(page.derogation.raison.saisie.hasFocus)
        g.touche(Qt.Key.Key_Return)
        g.calme()
        g.attendre(lambda: etat(page) == "accord")
        g.valider()
        (suivi,) = carnets.en_attente_de_papier(poste.base)
        decision_id = decision_du_carnet(poste, suivi.carnet.campagne, suivi.carnet.numero)
        g.bureau.expliquer(decision_id, g.page)
        g.calme()
        assert "Dérogation accordée par Claire Mabille, le 23 novembre 2026" in dits(g)
        assert "chez sa soeur" in g.textes()
        assert "Refus levé par dérogation (responsable du poste) : domicile hors de la région." in dits(g)


def test_echap_referme_sans_rien_accorder(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    publier(poste)
    with guichet(poste, theme, taches, qtbot) as g:
        page = g.visite(refusee(poste))
        g.aller_a(textes.DEROGER)
        g.touche(Qt.Key.Key_Space)
        g.frapper("essai")
        g.touche(Qt.Key.Key_Escape)
        g.calme()
        assert page.derogation.isHidden()
        assert (etat(page), page.en_cours.brouillon.derogation) == ("refus", None)
        assert getattr(g.focus, "texte", lambda: "")() == textes.DEROGER
        # The answer is printed and closed as ever.
        g.valider()
        assert page.droit is not None and page.droit.action.cle == "imprimer"
        g.fermer_papier()
        assert textes.DEROGER not in g.textes()


def test_a_qui_ne_peut_pas_la_page_dit_qui_le_peut(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    publier(poste)
    with guichet(mediateur(poste), theme, taches, qtbot) as g:
        g.visite(refusee(poste))
        assert textes.LEVABLE_ICI in g.textes()
        assert textes.DEROGER not in g.textes()
        # Granted by the responsable, the visit goes on with anybody; only a responsable takes it back.
        page = g.visite(accorder(poste, refusee(poste), RAISON))
        assert etat(page) == "accord"
        assert RAISON in g.textes()
        assert textes.DEROGATION_RETIRER not in g.textes()


def test_quand_seule_la_region_le_peut(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    publier(poste, "region")
    with guichet(poste, theme, taches, qtbot) as g:
        g.visite(refusee(poste))
        assert textes.LEVABLE_A_LA_REGION in g.textes()
        assert textes.DEROGER not in g.textes()


def test_rien_ne_se_montre_sous_les_reglements_livres(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    with guichet(poste, theme, taches, qtbot) as g:
        for champs in ({}, {"arrivee_le": "15/01/2022", "public": "senior"}):
            page = g.visite(refusee(poste, **champs))
            assert etat(page) == "refus"
            assert "dérogation" not in dits(g).lower()
        page = g.visite(visite_accord(poste))
        assert "dérogation" not in dits(g).lower()


def test_un_dossier_incomplet_dit_ce_que_la_derogation_donnera(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    publier(poste)
    complete = refusee(poste)
    with guichet(poste, theme, taches, qtbot) as g:
        page = g.visite(accorder(poste, replace(complete, pieces=complete.pieces[:2]), RAISON))
        assert page.droit is not None
        assert (page.droit.etat, page.droit.sens) == ("incomplet", "Ensuite, un carnet de\u00a010")
        assert "Refus levé par dérogation" in dits(g)


def test_un_refus_corrige_referme_la_section(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    publier(poste)
    with guichet(poste, theme, taches, qtbot) as g:
        page = g.visite(refusee(poste))
        page.panneau.discretes.boutons[0].click()
        g.calme()
        assert not page.derogation.isHidden()
        page.en_cours.modifier(replace(page.en_cours.brouillon, commune="59249"), tout_de_suite=True)
        g.calme()
        assert page.derogation.isHidden()
        assert etat(page) == "accord"
