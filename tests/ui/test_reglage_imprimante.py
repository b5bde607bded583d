"""A printer is measured once: what it prints is moved, and no carnet goes where its size would change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.reglage_imprimante import ReglageImprimante
from passdesk.printing.lecture import lire_pdf
from passdesk.protocol.essai import code_d_essai
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier
from passdesk.services.poste import Poste
from passdesk.storage import carnets
from passdesk.tasks import TaskRunner
from passdesk.ui.impression import PageImpression
from passdesk.ui.papier.habitudes import FICHIER, Habitude, load_habitudes, save_habitude
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reglages.mesures import PageMesures
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.printing.fabrique import images_du_pdf
from tests.ui.guichet import Guichet, dossier_papier, guichet
from tests.ui.mesures import debordes, rognes
from tests.ui.parc import ParcPdf
from tests.ui.test_composants import anonymes
from tests.ui.test_peintre import PAPIERS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LE = date(2026, 11, 23)
BON = ReglageImprimante(100, 99.5, 81.5, 114.2, LE)
TROP_PETIT = ReglageImprimante(96.6, 96.6, 80, 115, LE)


@pytest.fixture
def parc(tmp_path: Path) -> ParcPdf:
    (tmp_path / "sorties").mkdir()
    return ParcPdf(tmp_path / "sorties", "Accueil", "Étage")


def systeme(dossier: Path, parc: ParcPdf) -> ImprimanteSysteme:
    return ImprimanteSysteme(dossier, ImprimanteFichier(dossier / DOSSIER_PAPIER), parc)


@pytest.fixture
def g(poste: Poste, parc: ParcPdf, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot, systeme(poste.dossier, parc)) as ouvert:
        yield ouvert


def reglages(g: Guichet) -> PageReglages:
    page = g.bureau.montrer_lieu("reglages")
    page.viser("imprimante", "")
    g.calme()
    assert isinstance(page, PageReglages)
    return page


def mesures(g: Guichet) -> PageMesures:
    """From *Réglages*, by the keyboard, to the page of the first printer."""
    reglages(g)
    g.aller_a("Régler cette imprimante")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageMesures)
    return page


def noter(g: Guichet, page: PageMesures, **saisies: str) -> None:
    for cle, texte in saisies.items():
        page.champs[cle].saisie.setFocus()
        g.frapper(texte)
    g.calme()


def revenir(g: Guichet, page: PageImpression) -> None:
    """To *Aujourd'hui*, and back to the page."""
    g.bureau.mettre_en_attente()
    g.calme()
    g.bureau.navigation.page_demandee.emit(page)
    g.calme()


def etat(poste: Poste) -> Etat:
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    return suivi.carnet.etat


def test_the_sheet_goes_out_then_the_measures_are_kept_for_this_printer(
    g: Guichet, poste: Poste, parc: ParcPdf
) -> None:
    page = mesures(g)
    assert page.titre == "Régler l’imprimante «\u00a0Accueil\u00a0»"
    assert not page.garder.isEnabled()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert lire_pdf(parc.sorties()[0]) == [code_d_essai()]
    assert "La page est partie à l’imprimante." in g.textes()
    noter(g, page, couche="100", debout="99,5", gauche="81,5", haut="114,2 mm")
    moved = "La taille est bonne. Ce qui s’imprime est déplacé de 1,5\u00a0mm à gauche et de 0,8\u00a0mm vers le bas."
    assert moved in g.textes()
    g.valider()
    assert isinstance(g.page, PageReglages)
    assert load_habitudes(poste.dossier) == {"Accueil": Habitude(BON)}
    assert "Réglée le 23\u00a0novembre 2026" in g.textes()
    page_reglages = g.page
    page_reglages.imprimante.choix.liste.setFocus()
    g.touche(Qt.Key.Key_Down)
    assert "Pas encore réglée" in g.textes()


def test_a_bad_scale_is_told_as_it_is_typed_with_the_way_out(g: Guichet) -> None:
    page = mesures(g)
    noter(g, page, couche="96,6", debout="96,6")
    textes = " ".join(g.textes())
    assert "Elle change la taille\u00a0: 96,6\u00a0mm au lieu de 100" in textes
    assert "Imprimez la page encore une fois, en taille réelle, puis mesurez." in textes
    g.valider()
    assert "Elle change la taille\u00a0: 96,6\u00a0mm au lieu de 100" in g.textes()


def test_the_verdict_is_in_sight_with_the_button_that_keeps_the_measures(g: Guichet) -> None:
    g.theme.choisir(echelle=2.0)
    page = mesures(g)
    assert "Notez d’abord les deux traits, couché et debout." in g.textes(), "why the button waits"
    noter(g, page, couche="96,6", debout="96,6", gauche="81,5", haut="114,2")
    for widget in (page.alerte, page.garder):
        g.attendre(lambda w=widget: w.visibleRegion().boundingRect() == w.rect())  # type: ignore[misc]
    assert g.fenetre.height() <= 768


def test_what_cannot_be_a_measure_is_not_kept(g: Guichet, poste: Poste) -> None:
    page = mesures(g)
    noter(g, page, couche="cent", debout="100")
    assert page.champs["couche"].message() == "Écrivez des millimètres, par exemple 99,5."
    assert not page.garder.isEnabled()
    page.champs["couche"].set_texte("")
    noter(g, page, couche="10")
    assert "Ces mesures s’écartent trop de ce qui est attendu. Mesurez encore une fois." in g.textes()
    assert not page.garder.isEnabled()
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert isinstance(g.page, PageReglages) and load_habitudes(poste.dossier) == {}


def test_the_sheet_is_never_moved_and_a_stopped_printer_is_told(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    save_habitude(poste.dossier, "Accueil", Habitude(BON))
    parc.arretees.add("Accueil")
    page = mesures(g)
    assert page.champs["gauche"].texte() == "81,5"
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert any(texte.startswith("L’imprimante «\u00a0Accueil\u00a0» est arrêtée.") for texte in g.textes())
    parc.arretees.clear()
    page.imprimer.click()
    g.calme()
    (image,) = images_du_pdf(parc.sorties()[0].read_bytes(), 300)
    gauches = sorted(code.position.top_left.x / 300 * 25.4 for code in zxingcpp.read_barcodes(image))
    assert gauches == pytest.approx([42.0, 94.8, 140.5], abs=0.15)


def test_what_is_printed_is_moved_by_the_measures_and_the_file_is_not(
    tmp_path: Path, parc: ParcPdf, theme: Theme
) -> None:
    save_habitude(tmp_path, "Accueil", Habitude(BON))
    imprimante = systeme(tmp_path, parc)
    imprimante.choisir("Accueil")
    assert imprimante.sortir(PAPIERS["une feuille"], "carnet.pdf") is None
    imprimante.choisir("Étage")
    imprimante.sortir(PAPIERS["une feuille"], "carnet.pdf")
    ici, ailleurs = (coins(pdf.read_bytes()) for pdf in parc.sorties())
    assert len(ici) == len(ailleurs) == 5
    for (x, y), (x_droit, y_droit) in zip(ici, ailleurs, strict=True):
        assert (x - x_droit, y - y_droit) == pytest.approx((-1.5, 0.8), abs=0.1)
    imprimante.choisir("")
    chemin = imprimante.sortir(PAPIERS["une feuille"], "carnet.pdf")
    assert chemin is not None and chemin.read_bytes() == PAPIERS["une feuille"].pdf


def coins(pdf: bytes) -> list[tuple[float, float]]:
    """The top left corner of each code, mm, from the top of the sheet."""
    (image,) = images_du_pdf(pdf, 600)
    places = [code.position.top_left for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)]
    return sorted(((place.x / 600 * 25.4, place.y / 600 * 25.4) for place in places), key=lambda coin: coin[1])


def test_no_carnet_goes_to_a_printer_that_changes_its_size(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    save_habitude(poste.dossier, "Accueil", Habitude(TROP_PETIT))
    systeme(poste.dossier, parc).choisir("Accueil")
    g.visite(visite_accord(poste))
    g.valider()
    page = g.page
    assert isinstance(page, PageImpression)
    phrase = "L’imprimante «\u00a0Accueil\u00a0» change la taille des feuilles\u00a0: 96,6\u00a0mm au lieu de 100."
    assert phrase in g.textes()
    assert "taille réelle (100\u00a0%)" in " ".join(g.textes())
    assert etat(poste) is Etat.ATTRIBUE and parc.ouvertes == []
    assert page.bouton.texte() == "Régler cette imprimante"
    g.valider()
    assert etat(poste) is Etat.ATTRIBUE and parc.ouvertes == []
    # Measured again, at its true size this time: back on the page, it prints.
    a_regler = g.page
    assert isinstance(a_regler, PageMesures)
    assert a_regler.revenir.texte() == "Revenir à l’impression"
    for champ in a_regler.champs.values():
        champ.set_texte("")
    noter(g, a_regler, couche="100", debout="100")
    g.valider()
    assert g.page is page
    assert page.bouton.texte() == "Imprimer le carnet" and not page.bandeau.isVisible()
    g.valider()
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION and parc.ouvertes == ["Accueil"]


def test_an_answer_waits_while_the_rest_cannot_be_printed(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    systeme(poste.dossier, parc).choisir("Accueil")
    g.visite(visite_accord(poste))
    g.valider()
    page = g.page
    assert isinstance(page, PageImpression)
    save_habitude(poste.dossier, "Accueil", Habitude(TROP_PETIT))
    revenir(g, page)
    g.touche(Qt.Key.Key_3)
    g.valider()
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION and len(parc.ouvertes) == 1
    assert isinstance(g.page, PageMesures)
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert g.page is page and page.bandeau.isVisible()
    # What is out can still be answered, and another way be taken.
    g.touche(Qt.Key.Key_1)
    assert page.bouton.texte() == "Passer à la remise" and not page.bandeau.isVisible()
    g.touche(Qt.Key.Key_3)
    page.choix.liste.set_valeur("")
    page.choix.liste.choisi.emit("")
    assert page.bouton.texte() != "Régler cette imprimante"
    g.valider()
    assert len(dossier_papier(poste)) == 1


def test_a_measure_taken_in_between_stops_the_carnet_too(tmp_path: Path, parc: ParcPdf, theme: Theme) -> None:
    save_habitude(tmp_path, "Accueil", Habitude(TROP_PETIT))
    imprimante = systeme(tmp_path, parc)
    imprimante.choisir("Accueil")
    with pytest.raises(PanneAttendue) as panne:
        imprimante.sortir(PAPIERS["carnet"], "carnet.pdf")
    assert (panne.value.code, panne.value.faits) == (
        "imprimante_hors_echelle", {"imprimante": "Accueil", "mesure": "96,6"},
    )  # fmt: skip
    assert parc.ouvertes == []
    # A letter has no code to keep at its size.
    imprimante.imprimer(PAPIERS["récépissé"], "Accueil")
    assert parc.ouvertes == ["Accueil"]


@pytest.mark.parametrize("contenu", ["", "[]", "{", '{"Accueil": 3}', '{"Accueil": {"reglage": {"couche": "x"}}}',
    '{"Accueil": {"reglage": {"couche": 1, "debout": 100, "gauche": 80, "haut": 115, "le": "2026-11-23"}}}',
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_a_printer_never_measured(tmp_path: Path, parc: ParcPdf, contenu: str) -> None:
    (tmp_path / FICHIER).write_text(contenu, encoding="utf-8")
    imprimante = systeme(tmp_path, parc)
    imprimante.choisir("Accueil")
    assert imprimante.choix().habitude.reglage is None
    imprimante.noter("Accueil", Habitude(BON))
    assert imprimante.choix().habitude == Habitude(BON)


def test_measures_that_cannot_be_written_are_told(g: Guichet, poste: Poste) -> None:
    (poste.dossier / f"{FICHIER}.nouveau").mkdir()
    page = mesures(g)
    noter(g, page, couche="100", debout="100")
    g.valider()
    assert g.page is page
    assert any(texte.startswith("Les mesures n’ont pas pu être gardées.") for texte in g.textes())


def test_without_any_printer_the_card_says_so(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    with guichet(poste, theme, taches, qtbot) as g:
        page = reglages(g)
        assert "Cet ordinateur ne montre aucune imprimante\u00a0: les feuilles vont dans un fichier PDF." in g.textes()
        assert not page.imprimante.bouton.isVisible()


@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
def test_nothing_is_cut_off(g: Guichet, parc: ParcPdf, echelle: float) -> None:
    parc.presentes[0] = "HP LaserJet Pro M404dn du premier étage, côté jardin"
    g.theme.choisir(echelle=echelle)
    page = reglages(g)
    # What came from the other thread is laid out at the next turn of the window.
    g.attendre(lambda: rognes(page) == [] and debordes(page) == [])
    page_mesures = mesures(g)
    g.attendre(lambda: rognes(page_mesures) == [] and debordes(page_mesures) == [])
    assert anonymes(page_mesures) == []
    noter(g, page_mesures, couche="96,6", debout="96,6", gauche="x")
    g.attendre(lambda: rognes(page_mesures) == [] and debordes(page_mesures) == [])
