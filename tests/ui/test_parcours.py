"""The whole job at the keyboard: from an empty page to a carnet handed over, and what must never be lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Etat
from passdesk.services.poste import etat_poste
from passdesk.services.visite import visites_ouvertes
from passdesk.storage import carnets, personnes
from passdesk.tasks import TaskRunner
from passdesk.ui.impression import PageImpression
from passdesk.ui.remise import PageRemise
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite
from tests.builders import poste_enrole
from tests.ui.guichet import CTRL, dossier_papier, guichet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_du_premier_mot_a_la_remise_sans_souris(tmp_path: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    with poste_enrole(tmp_path, a_part=True) as poste, guichet(poste, theme, taches, qtbot) as g:
        g.touche(Qt.Key.Key_N, CTRL)
        g.attendre(lambda: isinstance(g.page, PageVisite))
        g.calme()
        g.frapper("Dufresnoy")
        g.tabuler()
        g.frapper("Maëlle")
        g.tabuler()
        g.frapper("12041987")
        g.tabuler()
        g.frapper("fourmi")
        g.tabuler(2)
        g.calme()
        page = g.page
        assert isinstance(page, PageVisite)
        assert page.en_cours.brouillon.naissance == "12/04/1987"
        assert page.en_cours.brouillon.commune == "59249"
        assert page.personne.commune.texte() == "Fourmies (59610)"

        g.valider()  # the button leads to the first answer missing: the situation
        assert page.droit is not None and page.droit.action.cle == "aller"
        g.touche(Qt.Key.Key_Space)
        g.calme()
        g.valider()  # then to the accompaniment
        g.touche(Qt.Key.Key_Space)
        g.tabuler()
        g.touche(Qt.Key.Key_Down)
        g.calme()
        assert page.en_cours.brouillon.accompagnement is True
        assert page.en_cours.brouillon.prescripteur is not None

        rangs = page.justificatifs.rangs
        for _ in range(8):
            if g.focus is not rangs["piece_identite"].case:
                g.tabuler()
        g.touche(Qt.Key.Key_Space)
        g.tabuler(2)
        g.frapper("18/10/26")
        g.tabuler(2)
        g.frapper("2 novembre 2026")
        g.calme()
        assert rangs["justificatif_domicile"].saisie.text() == "18/10/2026"
        assert rangs["attestation_france_travail"].case.isChecked()
        assert page.droit is not None
        assert (page.droit.etat, page.droit.titre) == ("accord", "Un carnet de\u00a010")
        assert "Il\u00a0restera 19\u00a0carnets de\u00a010 au poste." in page.droit.rassurance

        g.valider()
        assert isinstance(g.page, PageImpression)
        assert [f.name for f in dossier_papier(poste)] == ["carnet-127-0000021.pdf"]
        assert g.page.bouton.texte() == "Ouvrir le fichier" and g.page.question.groupe.valeur() is None
        g.touche(Qt.Key.Key_1)
        g.valider()
        assert isinstance(g.page, PageRemise)
        g.valider()
        assert "Carnet remis" in g.textes()
        (suivi,) = carnets.par_etat(poste.base, *Etat)
        assert suivi.carnet.etat is Etat.REMIS
        assert dossier_papier(poste) == []
        g.valider()
        assert g.bureau.visites == ()
        assert visites_ouvertes(poste) == ()

        g.touche(Qt.Key.Key_F5)
        g.attendre(lambda: etat_poste(poste).actes_a_envoyer == 0)
        g.attendre(lambda: "tout est envoyé" in " ".join(t.text() for t in g.bureau.bandeau.findChildren(QLabel)))


def test_ce_qui_est_tape_survit_a_la_fermeture(tmp_path: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    with poste_enrole(tmp_path) as poste, guichet(poste, theme, taches, qtbot) as g:
        g.touche(Qt.Key.Key_N, CTRL)
        g.attendre(lambda: isinstance(g.page, PageVisite))
        g.calme()
        g.frapper("<b>O'Neil & fils</b>")
        g.tabuler(2)
        g.frapper("31/02/58")
        g.touche(Qt.Key.Key_M, CTRL)
        g.calme()
        assert not isinstance(g.page, PageVisite)
        (ligne,) = visites_ouvertes(poste)
        g.bureau.fermer_page(g.bureau.visites[0])
        g.calme()
        g.bureau.reprendre(ligne)
        g.attendre(lambda: isinstance(g.page, PageVisite))
        g.calme()
        page = g.page
        assert isinstance(page, PageVisite)
        assert page.personne.champs["nom_naissance"].texte() == "<b>O'Neil & fils</b>"
        assert page.personne.champs["naissance"].texte() == "31/02/58"
        assert "Février n’a pas de 31. Vérifiez le jour sur la pièce." in g.textes()
        assert personnes.compter(poste.base) == 0


def test_une_fermeture_brusque_garde_la_derniere_lettre(
    tmp_path: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    with poste_enrole(tmp_path) as poste:
        with guichet(poste, theme, taches, qtbot) as g:
            g.touche(Qt.Key.Key_N, CTRL)
            g.attendre(lambda: isinstance(g.page, PageVisite))
            g.calme()
            g.frapper("Nguyễn")
        (ligne,) = visites_ouvertes(poste)
        assert ligne.titre == "Nguyễn"
