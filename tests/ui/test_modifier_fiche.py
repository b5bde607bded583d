"""*Modifier la fiche* in a real window, keyboard only: recorded by one key, kept when it cannot be, followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from passdesk.domain.personne import Personne
from passdesk.services import fiche, visite
from passdesk.services.fiche import ouvrir
from passdesk.services.poste import Poste
from passdesk.storage import personnes
from passdesk.tasks import TaskRunner
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.personnes.modifier import PageFiche
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.ui.guichet import CTRL, Guichet, guichet
from tests.ui.mesures import debordes, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    visite.garder(poste, visite_accord(poste, pieces=(), adresse="14 rue Neuve", besoins=("gros_caracteres",)))
    with guichet(poste, theme, taches, qtbot) as ouvert:
        yield ouvert


def _seule(poste: Poste) -> Personne:
    (personne,) = personnes.recentes(poste.base)
    return personne


def _ouvrir(g: Guichet) -> PageFiche:
    g.touche(Qt.Key.Key_K, CTRL)
    g.calme()
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Return)
    g.attendre(lambda: isinstance(g.page, PagePersonnes) and g.page.fiche is not None and g.page.fiche.isVisible())
    assert "14 rue Neuve, Fourmies" in g.textes()
    assert "Gros caractères" in g.textes()
    g.aller_a("Modifier la fiche")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageFiche)
    return page


def _remplacer(g: Guichet, nom: str, texte: str) -> None:
    g.aller_a(nom)
    g.touche(Qt.Key.Key_A, CTRL)
    g.touche(Qt.Key.Key_Delete)
    g.frapper(texte)
    g.tabuler()
    g.calme()


def test_une_fiche_se_corrige_au_clavier(g: Guichet, poste: Poste) -> None:
    page = _ouvrir(g)
    assert page.titre == "Fiche\u00a0: Maëlle Dufresnoy"
    _remplacer(g, "Nom de naissance", "Dufresnois")
    _remplacer(g, "Téléphone, facultatif", "0470 12 34 56")
    _remplacer(g, "Note, facultatif", "Préfère le matin")
    g.valider()
    assert isinstance(g.page, PagePersonnes)
    lue = _seule(poste)
    assert (lue.nom_naissance, lue.telephone, lue.note) == ("Dufresnois", "+32 470 12 34 56", "Préfère le matin")
    g.attendre(lambda: "Préfère le matin" in g.textes())
    assert [p for p in g.bureau.visites if isinstance(p, PageFiche)] == []


def test_un_age_d_enfant_s_y_dit_aussi_et_s_enregistre(g: Guichet, poste: Poste) -> None:
    page = _ouvrir(g)
    page.formulaire.champs["naissance"].saisie.setFocus()
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper("12042017")
    g.tabuler()
    g.calme()
    assert "9\u00a0ans\u00a0: vérifiez l’année de naissance." in g.textes()
    g.valider()
    assert _seule(poste).naissance == date(2017, 4, 12)


@pytest.mark.parametrize("bouton", ["Enregistrer la fiche", "Laisser comme avant"])
def test_le_champ_ou_l_on_finit_ne_laisse_pas_de_correction_derriere_lui(g: Guichet, poste: Poste, bouton: str) -> None:
    page = _ouvrir(g)
    g.aller_a("Téléphone, facultatif")
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper("0639980077")
    # Straight from the field, which the page takes away: leaving it writes the number in its own way.
    (page.bouton if bouton == page.bouton.texte() else page.annuler).click()
    g.calme()
    assert isinstance(g.page, PagePersonnes)
    correction = ouvrir(poste, _seule(poste).personne_id)
    assert correction is not None and not correction.commencee
    assert "Une correction n’est pas finie" not in g.textes()


def test_ce_qui_ne_peut_pas_s_enregistrer_reste_et_se_reprend(g: Guichet, poste: Poste) -> None:
    avant = _seule(poste)
    page = _ouvrir(g)
    _remplacer(g, "Prénoms", "")
    g.valider()
    assert g.page is page and page.bandeau.isVisible()
    assert g.focus is page.formulaire.champs["prenoms"].saisie
    page.quitter()
    g.calme()
    assert _seule(poste) == avant
    g.bureau.fermer_page(page)
    g.touche(Qt.Key.Key_K, CTRL)
    g.calme()
    g.attendre(lambda: "Une correction n’est pas finie" in g.textes())
    g.aller_a("Reprendre la correction")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    reprise = g.page
    assert isinstance(reprise, PageFiche) and reprise.formulaire.champs["prenoms"].texte() == ""
    _remplacer(g, "Prénoms", "Maëlle Anne")
    g.valider()
    assert _seule(poste).prenoms == "Maëlle Anne"


def test_quitter_la_page_enregistre_ce_qui_est_corrige(g: Guichet, poste: Poste) -> None:
    page = _ouvrir(g)
    _remplacer(g, "Adresse, facultatif", "1 place Verte")
    g.touche(Qt.Key.Key_M, CTRL)
    g.calme()
    assert page in g.bureau.visites
    g.bureau.quitter()
    g.calme()
    assert _seule(poste).adresse == "1 place Verte"


def test_laisser_la_fiche_comme_avant_n_enregistre_rien(g: Guichet, poste: Poste) -> None:
    avant = _seule(poste)
    _ouvrir(g)
    _remplacer(g, "Adresse, facultatif", "1 place Verte")
    g.aller_a("Laisser comme avant")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert _seule(poste) == avant
    lue = fiche.ouvrir(poste, avant.personne_id)
    assert lue is not None and not lue.commencee


def test_la_visite_ouverte_suit_la_correction(g: Guichet, poste: Poste) -> None:
    (ligne,) = visite.visites_ouvertes(poste)
    assert ligne.brouillon_id is not None
    brouillon = visite.reprendre(poste, ligne.brouillon_id)
    assert brouillon is not None
    ouverte = g.visite(brouillon)
    _ouvrir(g)
    _remplacer(g, "Nom de naissance", "Dufresnois")
    g.valider()
    g.attendre(lambda: ouverte.personne.champs["nom_naissance"].texte() == "Dufresnois")
    assert ouverte.en_cours.brouillon == replace(brouillon, nom_naissance="Dufresnois")


@pytest.mark.parametrize(("echelle", "largeur"), [(1.0, 1366), (2.0, 1366), (1.0, 800)])
def test_rien_n_est_coupe(g: Guichet, echelle: float, largeur: int) -> None:
    g.theme.choisir(echelle=echelle)
    g.fenetre.resize(largeur, 768)
    page = _ouvrir(g)
    assert g.fenetre.width() == largeur
    assert rognes(page) == []
    assert debordes(page) == []
