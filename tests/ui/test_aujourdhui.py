"""The start page says what would make the next visit go wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services import agents, secours
from passdesk.services.courrier import ATTENTE
from passdesk.services.poste import ECART_HORLOGE, creer_poste
from passdesk.services.visite import attribuer, garder, noter, ouvrir_visite
from passdesk.storage.cles import FICHIER as FICHIER_CLES
from passdesk.storage.poste import ecrire_texte
from passdesk.tasks import TaskRunner
from passdesk.ui.agents import PageFeuille
from passdesk.ui.aujourdhui import PageAujourdhui
from passdesk.ui.aujourdhui.cartes import DEMANDER, VOIR_CARNETS, CarteAFaire, CarteStock, LigneStock
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.composants import Banner
from passdesk.ui.enrolement import PageEnrolement
from passdesk.ui.theme import Theme
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe, visite_accord
from tests.services.lyceens import publier
from tests.ui.guichet import Guichet, guichet, nom_lu, poste_hors_ligne
from tests.ui.mesures import hors_de_vue, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize(("ecart", "dit"), [(timedelta(days=-9), True), (timedelta(hours=40), False)])
@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_a_wrong_clock_is_told_before_the_next_visit(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    theme: Theme,
    taches: TaskRunner,
    qtbot: QtBot,
    ecart: timedelta,
    dit: bool,
    echelle: float,
) -> None:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    ecrire_texte(poste.base, ECART_HORLOGE, str(int(ecart.total_seconds() * 1000)))
    theme.choisir(echelle=echelle)
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.mettre_en_attente()
        g.calme()
        lues = [texte.replace("\u00a0", " ") for texte in g.textes()]
        assert any("L’horloge de cet ordinateur s’écarte de 9 jours" in texte for texte in lues) is dit
        assert any(bandeau.isVisible() for bandeau in g.page.findChildren(Banner)) is dit
        g.attendre(lambda: rognes(g.page) == [])
    poste.fermer()


def _cartes_stock(g: Guichet) -> list[str]:
    carte = g.page.findChild(CarteStock)
    assert carte is not None and carte.isVisible()
    return [
        " ".join(texte.text() for texte in ligne.findChildren(QLabel) if texte.isVisible() and texte.text())
        for ligne in carte.findChildren(LigneStock)
        if ligne.isVisible()
    ]


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_the_reserve_of_an_open_public_stands_beside_the_general_stock(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, theme: Theme, taches: TaskRunner, qtbot: QtBot,
    echelle: float,
) -> None:  # fmt: skip
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    theme.choisir(echelle=echelle)
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.mettre_en_attente()
        g.calme()
        generaux = ["20 carnets de 10 Disponibles au poste", "20 carnets de 5 Disponibles au poste"]
        assert _cartes_stock(g) == generaux
        assert VOIR_CARNETS not in g.textes()
        publier(poste)
        g.contexte.signaler("stock")
        g.calme()
        assert _cartes_stock(g) == [*generaux, "0 carnets pour lycéens Aucun reçu encore"]
        with poste.base.acte(poste.agent_id) as acte:
            lot = {"lot": "L", "campagne": 127, "pot": "lycee", "taille": 5, "premier": 900, "dernier": 902, "kid": 1}
            acte.inscrire("lot.recevoir", "L", {**lot, "bail_jusqu_au": "2027-01-31"})
        g.contexte.signaler("stock")
        g.calme()
        assert _cartes_stock(g) == [*generaux, "3 carnets de 5 pour lycéens Bientôt épuisés"]
        g.attendre(lambda: rognes(g.page) == [])
        # Soon out: what to do is said, and the desk's own carnets are a key away.
        assert DEMANDER in g.textes()
        g.aller_a(VOIR_CARNETS)
        assert hors_de_vue(g.fenetre) == []
        g.touche(Qt.Key.Key_Space)
        g.calme()
        page = g.page
        assert isinstance(page, PageCarnets)
        dit = page.stock.text().replace("\u00a0", " ")
        if echelle > 1:
            assert dit == "À attribuer : 20 de 10 · 20 de 5 · lycéens : 3 de 5"
            assert page.stock.height() < 2 * page.stock.fontMetrics().lineSpacing(), "on one line"
        else:
            assert dit == "À attribuer : 20 carnets de 10 · 20 carnets de 5 · lycéens : 3 carnets de 5"
        assert "Bientôt épuisés" in page._epuises.accessibleName() and page._epuises.isVisible()
        with poste.base.ecriture() as db:
            db.execute("UPDATE lot SET bail_jusqu_au = '2026-01-01' WHERE lot_id = 'L'")
        g.bureau.mettre_en_attente()
        g.calme()
        assert _cartes_stock(g)[-1] == "0 carnets de 5 pour lycéens Attendent un envoi"
        assert DEMANDER not in g.textes(), "they are granted already"
    poste.fermer()


def a_faire(g: Guichet) -> list[str]:
    """What the card of things to do says, row by row; nothing when it is not there."""
    g.bureau.mettre_en_attente()
    g.calme()
    carte = g.page.findChild(CarteAFaire)
    assert carte is not None and carte.isVisible() == bool(carte.rangees)
    return [rangee.titre.text() for rangee in carte.rangees]


def test_a_desk_that_is_not_linked_says_so_and_leads_there(
    tmp_path: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    with guichet(poste, theme, taches, qtbot) as g:
        assert a_faire(g) == ["Relier ce poste à la Région"]
        assert "Aucune visite en cours." in g.textes()
        carte = g.page.findChild(CarteAFaire)
        assert carte is not None
        carte.rangees[0].bouton.click()
        g.attendre(lambda: isinstance(g.page, PageEnrolement))
    poste.fermer()


def test_acts_to_send_are_a_thing_to_do_and_nothing_is_said_as_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    with guichet(poste, theme, taches, qtbot) as g:
        assert a_faire(g) == []
        assert "Rien à faire pour l’instant." in g.textes()
        attribuer(poste, visite_accord(poste))
        (ligne,) = a_faire(g)
        assert ligne.endswith(" actes à envoyer")
        assert "Rien à faire pour l’instant." not in g.textes()
        assert not any("clé USB" in texte for texte in g.textes())
        # Days without the Region: a stick can carry them.
        assert isinstance(poste.horloge, HorlogeFixe)
        poste.horloge.instant += ATTENTE
        assert a_faire(g) == [ligne] and any("clé USB" in texte for texte in g.textes())
        g.attendre(lambda: rognes(g.page) == [])
    poste.fermer()


def test_the_visits_give_way_to_what_is_to_be_done(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    """Many visits: the first are shown and the others counted, so that what is to be done stays in sight."""
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    for rang in range(8):
        noter(poste, replace(ouvrir_visite(poste), nom_naissance=f"Benali-{rang}", prenoms="Karim"))
    garder(poste, visite_accord(poste, pieces=()))
    with guichet(poste, theme, taches, qtbot) as g:
        g.fenetre.resize(1366, 768)
        g.bureau.mettre_en_attente()
        g.calme()
        carte = g.page.findChild(CarteAFaire)
        assert carte is not None and carte.rangees
        g.attendre(lambda: carte.visibleRegion().boundingRect().height() == carte.height())
        assert {"9 visites", "Et 4\u00a0autres…"} <= set(g.textes())
        assert len([texte for texte in g.textes() if texte.startswith("Karim Benali")]) == 4, (
            "and somebody whose paper is missing"
        )
        # The same screen, less the title of the window and the bar of tasks.
        g.fenetre.resize(1366, 690)
        g.attendre(lambda: "Et 5\u00a0autres…" in g.textes())
        g.attendre(lambda: carte.visibleRegion().boundingRect().height() == carte.height())
        g.fenetre.resize(1366, 768)
        g.attendre(lambda: "Et 4\u00a0autres…" in g.textes())
        g.aller_a("Voir les 4\u00a0autres visites")
        g.touche(Qt.Key.Key_Return)
        assert len([texte for texte in g.textes() if texte.startswith("Karim Benali")]) >= 8
        assert nom_lu(g.focus).startswith("Reprendre : ") and not [t for t in g.textes() if "autres…" in t]
        g.attendre(lambda: hors_de_vue(g.fenetre) == [])
    poste.fermer()


def test_a_sheet_that_was_never_printed_is_said_quietly_until_it_is(
    tmp_path: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    """Done, the line goes; the demonstration, and who may not make one, never see it."""
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    assert secours.feuille_attendue(poste)
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.mettre_en_attente()
        g.calme()
        page = g.page
        assert isinstance(page, PageAujourdhui) and page.secours.isVisible()
        page.secours.bouton.setFocus()
        g.touche(Qt.Key.Key_Space)
        g.calme()
        assert isinstance(g.page, PageFeuille)
        secours.retenir_feuille(poste, secours.tirer_feuille(poste))
        g.page.renoncer.click()
        g.calme()
        assert g.page is page and not page.secours.isVisible()
    mediateur = agents.ajouter_agent(poste, "Sam", agents.MEDIATEUR, "lampe rivage moulin tambour")
    (tmp_path / "poste" / FICHIER_CLES).unlink()
    assert not secours.feuille_attendue(poste)
    assert not secours.feuille_attendue(replace(poste, agent_id=mediateur))
    poste.fermer()
