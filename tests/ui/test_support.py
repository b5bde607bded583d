"""The paper in a printer is chosen once for that printer; the carnet is laid out on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Etat
from passdesk.domain.gabarit import BANDES_74, BANDES_99, GROS, GROS_99, ORDINAIRE, Support
from passdesk.printing.lecture import lire_pdf
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier, lancer_impression
from passdesk.services.poste import Poste
from passdesk.services.tirages import dernier_tirage
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.storage import carnets
from passdesk.tasks import TaskRunner
from passdesk.ui.impression import PageImpression
from passdesk.ui.impression.textes import AUTREMENT
from passdesk.ui.papier.habitudes import Habitude, load_habitudes, save_habitude
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.reglages import PageReglages
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.printing.fabrique import textes_du_pdf
from tests.ui.guichet import Guichet, dossier_papier, guichet
from tests.ui.mesures import rognes
from tests.ui.parc import ParcPdf

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
QUATRE, TROIS = Habitude(support=Support.BANDES_74), Habitude(support=Support.BANDES_99)


@pytest.fixture
def parc(tmp_path: Path) -> ParcPdf:
    (tmp_path / "sorties").mkdir()
    return ParcPdf(tmp_path / "sorties", "Accueil", "Étage")


def systeme(poste: Poste, parc: ParcPdf) -> ImprimanteSysteme:
    return ImprimanteSysteme(poste.dossier, ImprimanteFichier(poste.dossier / DOSSIER_PAPIER), parc)


@pytest.fixture
def g(poste: Poste, parc: ParcPdf, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot, systeme(poste, parc)) as ouvert:
        yield ouvert


def attribuer_a_l_ecran(g: Guichet, poste: Poste, **champs: object) -> PageImpression:
    g.visite(visite_accord(poste, **champs))
    g.valider()
    assert isinstance(g.page, PageImpression)
    return g.page


def le_seul(poste: Poste) -> tuple[Etat, object]:
    """Where the only carnet stands, and how it was laid out last."""
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    tirage = dernier_tirage(poste, suivi.carnet)
    return suivi.carnet.etat, tirage.gabarit if tirage else None


def choisir(g: Guichet, liste: object, fois: int) -> None:
    liste.setFocus()  # type: ignore[attr-defined]
    for _ in range(fois):
        g.touche(Qt.Key.Key_Down)
    g.calme()


def test_the_paper_is_remembered_for_its_printer_alone(g: Guichet, poste: Poste) -> None:
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    page.viser("imprimante", "")
    g.calme()
    choisir(g, page.imprimante.support.liste, 2)
    assert load_habitudes(poste.dossier) == {"Accueil": TROIS}
    choisir(g, page.imprimante.choix.liste, 1)
    assert page.imprimante.support.liste.currentText() == "Ordinaire, à couper"
    choisir(g, page.imprimante.support.liste, 1)
    assert load_habitudes(poste.dossier) == {"Accueil": TROIS, "Étage": QUATRE}
    page.imprimante.choix.liste.setFocus()
    g.touche(Qt.Key.Key_Up)
    assert page.imprimante.support.liste.currentText() == "Prédécoupé, 3 bandes de 99\u00a0mm"


def test_after_an_award_the_sheets_go_out_on_the_paper_of_the_printer(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    systeme(poste, parc).choisir("Accueil")
    save_habitude(poste.dossier, "Accueil", QUATRE)
    page = attribuer_a_l_ecran(g, poste)
    assert le_seul(poste) == (Etat.A_CONFIRMER_IMPRESSION, BANDES_74)
    assert len(page.liste.lignes) == 4 and "Les 4\u00a0feuilles, bien lisibles." in g.textes()
    (sortie,) = parc.sorties()
    assert len(textes_du_pdf(sortie.read_bytes())) == 4
    assert len([code for code in lire_pdf(sortie) if code.startswith("801")]) == 10


def test_large_print_on_strips_of_99(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    systeme(poste, parc).choisir("Accueil")
    save_habitude(poste.dossier, "Accueil", TROIS)
    attribuer_a_l_ecran(g, poste, besoins=("gros_caracteres",))
    assert "Ordinaire, 5\u00a0feuilles" in g.textes() and "Gros caractères, 5\u00a0feuilles" in g.textes()
    g.valider()
    assert le_seul(poste) == (Etat.A_CONFIRMER_IMPRESSION, GROS_99)


def test_strips_too_narrow_for_large_print_ask_for_plain_paper(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    avis = "Ces bandes sont trop étroites pour les gros caractères\u00a0: mettez du papier ordinaire."
    systeme(poste, parc).choisir("Accueil")
    save_habitude(poste.dossier, "Accueil", QUATRE)
    page = attribuer_a_l_ecran(g, poste, besoins=("gros_caracteres",))
    assert avis in g.textes()
    page.preparation.ecritures.checkedButton().setFocus()
    g.touche(Qt.Key.Key_Up)
    g.calme()
    assert avis not in g.textes() and len(page.liste.lignes) == 4
    g.touche(Qt.Key.Key_Down)
    g.calme()
    g.valider()
    assert le_seul(poste) == (Etat.A_CONFIRMER_IMPRESSION, GROS)


def test_another_paper_can_be_chosen_before_printing(g: Guichet, poste: Poste) -> None:
    page = attribuer_a_l_ecran(g, poste)
    assert len(page.liste.lignes) == 3
    choisir(g, page.preparation.support.liste, 1)
    assert len(page.liste.lignes) == 4
    assert load_habitudes(poste.dossier) == {"Accueil": QUATRE}
    choisir(g, page.choix.liste, 2)
    assert page.choix.liste.currentText() == "Fichier PDF" and len(page.liste.lignes) == 3
    g.valider()
    assert le_seul(poste) == (Etat.A_CONFIRMER_IMPRESSION, ORDINAIRE)
    assert len(dossier_papier(poste)) == 1


def test_a_carnet_out_on_the_wrong_paper_goes_again_whole_on_the_right_one(
    g: Guichet, poste: Poste, parc: ParcPdf
) -> None:
    systeme(poste, parc).choisir("Accueil")
    page = attribuer_a_l_ecran(g, poste)
    g.touche(Qt.Key.Key_2)
    # Only some sheets go again: they follow those that are good.
    assert not page.preparation.support.isVisible()
    g.touche(Qt.Key.Key_4)
    assert not page.preparation.support.isVisible(), "the question and its four answers have the room"
    g.aller_a(AUTREMENT)
    g.touche(Qt.Key.Key_Space)
    assert page.preparation.support.isVisible() and g.focus is page.preparation.ecritures.checkedButton()
    choisir(g, page.preparation.support.liste, 2)
    assert len(page.liste.lignes) == 3, "the question is about the sheets that are out"
    page.question.tuiles["illisible"].radio.setFocus()
    g.valider()
    assert le_seul(poste) == (Etat.A_CONFIRMER_IMPRESSION, BANDES_99)
    assert len(page.liste.lignes) == 5
    assert len(textes_du_pdf(parc.sorties()[-1].read_bytes())) == 5


def test_the_rest_of_a_carnet_keeps_its_paper(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    attribue = attribuer(poste, visite_accord(poste))
    lancer_impression(poste, attribue.carnet.campagne, attribue.carnet.numero, gabarit=BANDES_74)
    systeme(poste, parc).choisir("Accueil")
    g.bureau.reprendre(visites_ouvertes(poste)[0])
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    page = g.page
    assert isinstance(page, PageImpression) and len(page.liste.lignes) == 4
    g.touche(Qt.Key.Key_2)
    choisir(g, page.question.feuille, 4)
    g.valider()
    assert le_seul(poste) == (Etat.A_CONFIRMER_IMPRESSION, BANDES_74)
    assert len(textes_du_pdf(parc.sorties()[-1].read_bytes())) == 1


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_nothing_is_cut_off(g: Guichet, poste: Poste, parc: ParcPdf, echelle: float) -> None:
    save_habitude(poste.dossier, "Accueil", QUATRE)
    g.theme.choisir(echelle=echelle)
    page = attribuer_a_l_ecran(g, poste, besoins=("gros_caracteres",))
    g.attendre(lambda: rognes(page) == [])
    g.valider()
    g.touche(Qt.Key.Key_4)
    g.attendre(lambda: rognes(page) == [])
