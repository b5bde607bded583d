"""The record of a person, keyboard only: an accompaniment noted and corrected, a proof and its scan looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from passdesk.domain.accompagnement import Accompagnement
from passdesk.services import visite
from passdesk.services.carnets import agir
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.justificatifs import joindre, numeriser
from passdesk.services.personnes import fiche
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.storage import personnes
from passdesk.tasks import TaskRunner
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.personnes.fiche import Fiche
from passdesk.ui.theme import Theme
from passdesk.ui.visite import saisies
from tests.builders import visite_accord
from tests.ui.guichet import CTRL, Guichet, guichet, nom_lu
from tests.ui.mesures import debordes, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot, tmp_path: Path) -> Iterator[Guichet]:
    Image.new("L", (1200, 1700), 230).save(tmp_path / "facture.png")
    brouillon = visite_accord(poste, pieces=visite_accord(poste).pieces[:2])
    cle = joindre(poste, brouillon.brouillon_id, numeriser(tmp_path / "facture.png"))
    aujourdhui = poste.horloge.aujourdhui()
    visite.garder(poste, saisies.joindre(brouillon, "justificatif_domicile", cle, 1, aujourdhui))
    with guichet(poste, theme, taches, qtbot) as ouvert:
        yield ouvert


def _ouvrir(g: Guichet) -> Fiche:
    g.touche(Qt.Key.Key_K, CTRL)
    g.calme()
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Return)
    return _fiche(g)


def _fiche(g: Guichet) -> Fiche:
    page = g.page
    assert isinstance(page, PagePersonnes)
    g.attendre(lambda: page.fiche is not None and page.fiche.isVisible())
    assert page.fiche is not None
    return page.fiche


def _notes(poste: Poste) -> tuple[Accompagnement, ...]:
    (personne,) = personnes.recentes(poste.base)
    lue = fiche(poste, personne.personne_id)
    assert lue is not None
    return lue.accompagnements


def test_un_accompagnement_se_note_en_quelques_touches_puis_se_corrige(g: Guichet, poste: Poste) -> None:
    _ouvrir(g)
    assert "Aucun accompagnement noté à ce poste." in g.textes()
    g.aller_a("Noter un accompagnement")
    g.touche(Qt.Key.Key_Space)
    # The first time, only the theme is missing.
    for _ in range(5):
        g.touche(Qt.Key.Key_Down)
    g.aller_a("Enregistrer")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    (note,) = _notes(poste)
    assert (note.duree, note.type_lieu, note.thematiques) == (30, "lieu_activite", ("navigation_sur_internet",))
    g.attendre(lambda: "Navigation sur internet" in g.textes())
    # The next one is the same again: two keys.
    assert g.focus is _fiche(g).accompagnements.bouton
    g.touche(Qt.Key.Key_Space)
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert [n.thematiques for n in _notes(poste)] == [("navigation_sur_internet",)] * 2
    g.attendre(lambda: len(_fiche(g).fiche.accompagnements) == 2)
    g.aller_a("Corriger\u00a0: Navigation sur internet, 23\u00a0novembre 2026 · 30\u00a0min · Au guichet")
    g.touche(Qt.Key.Key_Space)
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper("20/11/26")
    g.aller_a("Durée")
    g.touche(Qt.Key.Key_Down)
    g.aller_a("Enregistrer")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert sorted((n.le.day, n.duree) for n in _notes(poste)) == [(20, 45), (23, 30)]
    g.attendre(lambda: "20\u00a0novembre 2026 · 45\u00a0min · Au guichet" in g.textes())
    g.aller_a("Corriger\u00a0: Navigation sur internet, 20\u00a0novembre 2026 · 45\u00a0min · Au guichet")
    g.touche(Qt.Key.Key_Space)
    g.aller_a("Retirer cet accompagnement")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert [n.le.day for n in _notes(poste)] == [23]


def test_plusieurs_prenoms_se_lisent_sur_la_fiche_et_ne_font_pas_deux_personnes(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    visite.garder(poste, visite_accord(poste, nom_naissance="Walbecq", prenoms="Marie, Josée", pieces=()))
    with guichet(poste, theme, taches, qtbot) as g:
        ouverte = _ouvrir(g)
        dits = g.textes()
        assert "Marie Walbecq" in dits and "Marie, Josée" in dits
        assert not any("Marie, Josée Walbecq" in dit for dit in dits)
        assert nom_lu(ouverte) == "Marie Walbecq"
        g.touche(Qt.Key.Key_K, CTRL)
        g.frapper("josée")
        g.calme()
        page = g.page
        assert isinstance(page, PagePersonnes)
        g.attendre(lambda: bool(page.liste.rangees))
        (rangee,) = page.liste.rangees
        assert rangee.titre == "Marie Walbecq" and rangee.detail.endswith("prénoms Marie, Josée")


def test_la_fiche_dit_les_pass_qu_aucun_lieu_ne_prend(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    carnet = visite.attribuer(poste, visite_accord(poste)).carnet
    lancer_impression(poste, carnet.campagne, carnet.numero)
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())
    with guichet(poste, theme, taches, qtbot) as g:
        _ouvrir(g)
        assert "Plus utilisables" not in g.textes()
        agir(poste, carnet.campagne, carnet.numero, "carnet.declarer_perdu")
        g.bureau.montrer_lieu("aujourdhui")
        _ouvrir(g)
        g.attendre(lambda: "Plus utilisables" in g.textes())


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_a_qui_a_tout_recu_la_fiche_propose_ce_qui_reste_utile(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot, echelle: float
) -> None:
    """Nothing more can be asked: the file says why, and its filled button notes an accompaniment instead."""
    carnet = visite.attribuer(poste, visite_accord(poste)).carnet
    lancer_impression(poste, carnet.campagne, carnet.numero)
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())
    theme.choisir(echelle=echelle)
    with guichet(poste, theme, taches, qtbot) as g:
        ouverte = _ouvrir(g)
        dits = [texte.replace("\u00a0", " ") for texte in g.textes()]
        assert "10 pass, le maximum" in dits and "Aucun pass" in dits
        assert sum("maximum" in dit.lower() for dit in dits) == 1, "told once"
        g.attendre(lambda: nom_lu(g.focus) == "Noter un accompagnement")
        g.attendre(lambda: rognes(ouverte) == [])
        g.touche(Qt.Key.Key_Return, CTRL)
        g.calme()
        assert ouverte.accompagnements.en_saisie and g.focus is not ouverte.bouton
        g.touche(Qt.Key.Key_D, CTRL)
        g.attendre(lambda: g.page.visite)


def test_une_lecture_en_retard_n_efface_pas_ce_qui_s_ecrit(g: Guichet, poste: Poste) -> None:
    ouverte = _ouvrir(g)
    g.aller_a("Noter un accompagnement")
    g.touche(Qt.Key.Key_Space)
    g.contexte.signaler("envoi", "personnes")
    g.calme()
    assert _fiche(g) is ouverte and ouverte.accompagnements.en_saisie
    g.aller_a("Enregistrer")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert any(texte.startswith("Il manque le jour ou le thème") for texte in g.textes())
    assert _notes(poste) == ()


def test_la_fiche_dit_qui_a_vu_chaque_piece_et_montre_son_scan(g: Guichet) -> None:
    ouverte = _ouvrir(g)
    attendu = "Daté du 18\u00a0octobre 2026 · vu le 23\u00a0novembre 2026 par Claire Mabille · scan de 1\u00a0page"
    assert attendu in g.textes()
    g.aller_a("Voir le scan\u00a0: Justificatif de domicile")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert "Fermer l’image" in g.textes()
    assert debordes(ouverte.window()) == []


@pytest.mark.parametrize(("echelle", "largeur"), [(1.0, 1366), (1.25, 1366), (1.5, 1366), (2.0, 1366), (1.0, 800)])
def test_rien_n_est_coupe(g: Guichet, echelle: float, largeur: int) -> None:
    g.theme.choisir(echelle=echelle)
    g.fenetre.resize(largeur, 768)
    ouverte = _ouvrir(g)
    ouverte.accompagnements.bouton.click()
    g.calme()
    g.attendre(lambda: rognes(ouverte) == [])
    assert g.fenetre.width() == largeur
    assert debordes(g.page) == []


def test_a_200_pour_cent_les_faits_viennent_avant_les_actes(g: Guichet, poste: Poste) -> None:
    g.theme.choisir(echelle=2.0)
    montree = _ouvrir(g)
    g.calme()
    lignes = {texte.text(): texte for texte in montree.findChildren(QLabel) if texte.isVisible()}
    for fait in ("Une visite est en cours", "À compléter", "Peut encore demander", "Téléphone"):
        g.attendre(lambda fait=fait: lignes[fait].visibleRegion().boundingRect() == lignes[fait].rect())  # type: ignore[misc]
    haut = montree.modifier.mapTo(montree, montree.modifier.rect().topLeft()).y()
    assert haut > lignes["Peut encore demander"].mapTo(montree, lignes["Peut encore demander"].rect().topLeft()).y()
    assert "Depuis un tableau" not in g.textes(), "the heading gives its room to the person shown"
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert "Depuis un tableau" in g.textes()


def test_les_actes_rares_sont_sous_un_mot_et_ctrl_d_reste(g: Guichet) -> None:
    montree = _ouvrir(g)
    assert not {"Réunir deux fiches…", "Droits de la personne…"} & set(g.textes())
    g.aller_a("Autres actes")
    g.touche(Qt.Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actes = [acte.text().split("\t")[0] for acte in menu.actions()]
    assert actes == ["Nouvelle demande", "Réunir deux fiches…", "Droits de la personne…"]
    g.touche(Qt.Key.Key_Escape)
    g.reprendre_le_clavier()
    assert not menu.isVisible() and nom_lu(g.focus) == "Autres actes" and montree.isVisible(), "back where one was"
    g.touche(Qt.Key.Key_D, CTRL)
    g.calme()
    assert g.page.visite, "the key of an act of the menu works from the page"
