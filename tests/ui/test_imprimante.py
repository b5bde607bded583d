"""The system's printer: chosen once, remembered; whatever goes wrong, the carnet waits and the question is asked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import PanneAttendue
from passdesk.printing.lecture import lire_pdf
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier
from passdesk.services.poste import Poste
from passdesk.storage import carnets
from passdesk.tasks import TaskRunner
from passdesk.ui.impression import PageImpression
from passdesk.ui.papier.systeme import FICHIER, Choix, ImprimanteSysteme, ParcSysteme, regler
from passdesk.ui.remise import PageRemise
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, dossier_papier, guichet
from tests.ui.mesures import rognes
from tests.ui.parc import ParcPdf
from tests.ui.test_peintre import PAPIERS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

MUETTE = "L’imprimante ne répond pas."


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


def attribuer_a_l_ecran(g: Guichet, poste: Poste) -> PageImpression:
    g.visite(visite_accord(poste))
    g.valider()
    assert isinstance(g.page, PageImpression)
    return g.page


def etat(poste: Poste) -> Etat:
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    return suivi.carnet.etat


def codes(pdf: Path) -> int:
    return len([code for code in lire_pdf(pdf) if code.startswith("801")])


def test_without_any_printer_sheets_go_to_a_file(tmp_path: Path) -> None:
    imprimante = systeme(tmp_path, ParcPdf(tmp_path))
    assert imprimante.choix() == Choix((), "", retenu=True)
    chemin = imprimante.sortir(PAPIERS["sans exemple"], "carnet.pdf")
    assert chemin is not None and chemin.read_bytes() == PAPIERS["sans exemple"].pdf
    assert imprimante.sortir(PAPIERS["carnet"], "nomme.pdf") is None, "a paper that bears a name is left nowhere"
    assert list(chemin.parent.iterdir()) == [chemin]


def test_a_choice_is_remembered_and_a_missing_printer_stays_chosen(tmp_path: Path, parc: ParcPdf) -> None:
    assert systeme(tmp_path, parc).choix() == Choix(("Accueil", "Étage"), "Accueil", retenu=False)
    systeme(tmp_path, parc).choisir("Étage")
    assert systeme(tmp_path, parc).choix() == Choix(("Accueil", "Étage"), "Étage", retenu=True)
    parc.presentes.remove("Étage")
    assert systeme(tmp_path, parc).choix() == Choix(("Étage", "Accueil"), "Étage", retenu=True)
    with pytest.raises(PanneAttendue) as panne:
        systeme(tmp_path, parc).sortir(PAPIERS["carnet"], "carnet.pdf")
    assert panne.value.code == "imprimante_absente"
    systeme(tmp_path, parc).choisir("")
    assert systeme(tmp_path, parc).choix() == Choix(("Accueil",), "", retenu=True)


def test_a_choice_that_cannot_be_written_holds_until_the_end(tmp_path: Path, parc: ParcPdf) -> None:
    (tmp_path / FICHIER).mkdir()
    imprimante = systeme(tmp_path, parc)
    imprimante.choisir("Étage")
    assert imprimante.choix().choisie == "Étage"


def test_a_job_is_one_sided_unscaled_and_its_title_says_nothing_of_the_person(theme: Theme) -> None:
    appareil = QPrinter(QPrinter.PrinterMode.HighResolution)
    # As the preferences of a printer may ask, on Windows too.
    appareil.setCopyCount(2)
    regler(appareil, PAPIERS["récépissé"].titre)
    assert appareil.fullPage() and appareil.copyCount() == 1
    assert appareil.duplex() is QPrinter.DuplexMode.DuplexNone
    assert appareil.docName() == "PassDesk recepisse"
    page = appareil.pageRect(QPrinter.Unit.Millimeter)
    assert (round(page.x()), round(page.y()), round(page.width()), round(page.height())) == (0, 0, 210, 297)


def test_this_computer_s_printers_are_listed_and_an_unknown_one_is_absent(theme: Theme) -> None:
    parc = ParcSysteme()
    assert all(isinstance(nom, str) for nom in parc.noms())
    panne = parc.panne("une imprimante qui n’existe pas")
    assert panne is not None and panne.code == "imprimante_absente"


@dataclass(frozen=True)
class Vue:
    """What Qt says of a printer that is there."""

    etat: QPrinter.PrinterState

    def isNull(self) -> bool:
        return False

    def state(self) -> QPrinter.PrinterState:
        return self.etat


@pytest.mark.parametrize(("plateforme", "code"), [("linux", "imprimante_arretee"), ("win32", None)])
def test_on_windows_an_error_may_be_low_toner_and_refuses_no_carnet(
    monkeypatch: pytest.MonkeyPatch, plateforme: str, code: str | None
) -> None:
    vue = Vue(QPrinter.PrinterState.Error)
    monkeypatch.setattr(sys, "platform", plateforme)
    monkeypatch.setattr(QPrinterInfo, "printerInfo", lambda nom: vue)
    panne = ParcSysteme().panne("Accueil")
    assert (panne.code if panne is not None else None) == code


def test_the_first_time_the_agent_says_where_then_it_goes_at_once(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    page = attribuer_a_l_ecran(g, poste)
    assert etat(poste) is Etat.ATTRIBUE and parc.sorties() == []
    assert page.choix.isVisible() and page.choix.liste.valeur() == "Accueil"
    assert page.bouton.texte() == "Imprimer le carnet"
    g.valider()
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION and parc.ouvertes == ["Accueil"]
    assert codes(parc.sorties()[0]) == 10
    assert dossier_papier(poste) == []
    assert any(t.endswith("sur l’imprimante «\u00a0Accueil\u00a0»") for t in g.textes())
    assert not any("Ouvrir le fichier" in t for t in g.textes())
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert isinstance(g.page, PageRemise)
    g.valider()
    g.visite(visite_accord(poste, nom_naissance="Walbecq", prenoms="Odette", naissance="01/02/1960"))
    g.valider()
    assert parc.ouvertes == ["Accueil", "Accueil"]


def test_a_stop_half_way_is_told_and_the_rest_goes_again(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    parc.feuilles = 2
    page = attribuer_a_l_ecran(g, poste)
    g.valider()
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION
    assert page.bandeau.isVisible() and page.question.isVisible()
    textes = " ".join(g.textes())
    assert MUETTE in textes
    assert "Le carnet est gardé, rien n’est compté. Vérifiez le câble et le papier." in textes
    assert len(page.liste.lignes) == 3 and page.question.groupe.valeur() is None
    parc.feuilles = None
    g.arrete_a(3)
    assert page.bouton.texte() == "Réimprimer la feuille\u00a03"
    g.valider()
    assert codes(parc.sorties()[-1]) == 5
    assert not page.bandeau.isVisible()


def test_a_printer_that_is_stopped_can_be_left_for_another(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    parc.arretees.add("Accueil")
    page = attribuer_a_l_ecran(g, poste)
    g.valider()
    assert any("L’imprimante «\u00a0Accueil\u00a0» est arrêtée." in t for t in g.textes()) and parc.ouvertes == []
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION
    assert g.focus is page.question.tuiles["rien"].radio and page.question.groupe.valeur() is None
    page.choix.liste.setFocus()
    g.touche(Qt.Key.Key_Down)
    assert page.choix.liste.currentText() == "Étage"
    page.question.tuiles["rien"].radio.setFocus()
    g.touche(Qt.Key.Key_3)
    g.valider()
    assert parc.ouvertes == ["Étage"] and codes(parc.sorties()[0]) == 10
    assert (poste.dossier / FICHIER).read_text(encoding="utf-8") == "Étage"


def test_a_file_can_be_preferred_to_a_printer(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    page = attribuer_a_l_ecran(g, poste)
    page.choix.liste.setFocus()
    g.touche(Qt.Key.Key_End)
    assert page.choix.liste.currentText() == "Fichier PDF"
    g.valider()
    assert parc.ouvertes == [] and len(dossier_papier(poste)) == 1
    assert "Ouvrir le fichier" in g.textes()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_nothing_is_cut_off(g: Guichet, poste: Poste, parc: ParcPdf, echelle: float) -> None:
    parc.presentes.append("HP LaserJet Pro M404dn du premier étage, côté jardin")
    g.theme.choisir(echelle=echelle)
    page = attribuer_a_l_ecran(g, poste)
    assert rognes(page) == []
    g.valider()
    assert rognes(page) == []


@pytest.mark.parametrize("echelle", [1.25, 1.5, 2.0])
def test_a_stopped_printer_leaves_the_four_answers_in_sight(
    g: Guichet, poste: Poste, parc: ParcPdf, echelle: float
) -> None:
    g.theme.choisir(echelle=echelle)
    parc.arretees.add("Accueil")
    page = attribuer_a_l_ecran(g, poste)
    g.valider()
    assert any("est arrêtée" in t for t in g.textes())
    for tuile in page.question.tuiles.values():
        g.attendre(lambda t=tuile: t.visibleRegion().boundingRect() == t.rect())
    assert rognes(page) == []
