"""The receipt at the hand-over: seen, printed or saved by the agent, and never left in the desk's folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier, lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import Btn
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.papier.textes import SANS_IMPRIMANTE
from passdesk.ui.remise import PageRemise
from passdesk.ui.remise.recepisse import DialogueRecepisse
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.printing.fabrique import textes_du_pdf
from tests.ui.guichet import Guichet, guichet, poste_hors_ligne
from tests.ui.mesures import rognes
from tests.ui.parc import ParcPdf

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    carnet = attribuer(poste, visite_accord(poste)).carnet
    lancer_impression(poste, carnet.campagne, carnet.numero)
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    yield poste
    poste.fermer()


@pytest.fixture
def parc(tmp_path: Path) -> ParcPdf:
    (tmp_path / "sorties").mkdir()
    return ParcPdf(tmp_path / "sorties", "Accueil")


@pytest.fixture
def g(poste: Poste, parc: ParcPdf, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    imprimante = ImprimanteSysteme(poste.dossier, ImprimanteFichier(poste.dossier / DOSSIER_PAPIER), parc)
    with guichet(poste, theme, taches, qtbot, imprimante) as ouvert:
        (ligne,) = visites_ouvertes(poste)
        ouvert.bureau.reprendre(ligne)
        ouvert.attendre(lambda: isinstance(ouvert.page, PageRemise))
        ouvert.calme()
        yield ouvert


def dialogue(g: Guichet) -> DialogueRecepisse:
    """Opens the receipt from the page."""
    page = g.page
    assert isinstance(page, PageRemise)
    page.recepisse.click()
    g.calme()
    ouverts = [w for w in QApplication.topLevelWidgets() if isinstance(w, DialogueRecepisse) and w.isVisible()]
    assert len(ouverts) == 1
    return ouverts[0]


def pleins(ouvert: DialogueRecepisse) -> list[Btn]:
    """The filled buttons in sight."""
    return [bouton for bouton in ouvert.findChildren(Btn) if bouton.isVisible() and bouton.genre == "primaire"]


def fichiers(poste: Poste) -> set[str]:
    return {fichier.name for fichier in poste.dossier.rglob("*") if "recepisse" in fichier.name}


def test_it_goes_to_the_printer_before_the_hand_over(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    ouvert = dialogue(g)
    assert ouvert.imprimer.isVisible() and pleins(ouvert) == [ouvert.imprimer]
    ouvert.imprimer.click()
    g.calme()
    assert ouvert.etat.texte() == "Le récépissé est parti à l’imprimante."
    assert pleins(ouvert) == [ouvert.sans_risque], "it is done: to close comes next"
    (sortie,) = parc.sorties()
    (texte,) = textes_du_pdf(sortie.read_bytes())
    assert "Maëlle Dufresnoy" in texte and "23 novembre 2026" in texte
    assert fichiers(poste) == set()
    ouvert.sans_risque.click()
    assert isinstance(g.page, PageRemise)


def taper_jour(g: Guichet, texte: str) -> PageRemise:
    page = g.page
    assert isinstance(page, PageRemise) and isinstance(page.jour.saisie, QLineEdit)
    page.jour.saisie.setFocus()
    page.jour.saisie.selectAll()
    g.touche(Qt.Key.Key_Delete)
    g.frapper(texte)
    return page


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("31/11/2026", "Novembre n’a pas de 31."),
        ("", "Vérifiez le jour de la remise."),
        ("24/11/2026", "Cette date est dans le futur."),
        ("21/11/2026", "La remise ne peut pas précéder la décision."),
    ],
)
def test_nobody_signs_for_a_day_that_cannot_be_recorded(g: Guichet, texte: str, phrase: str) -> None:
    page = taper_jour(g, texte)
    page.recepisse.click()
    g.calme()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, DialogueRecepisse) and w.isVisible()]
    assert [dit for dit in g.textes() if phrase in dit]
    assert page.jour.texte() == texte
    if texte != "21/11/2026":
        assert g.focus is page.jour.saisie


def test_a_day_other_than_the_one_signed_is_told(g: Guichet, poste: Poste) -> None:
    """The paper and the base would disagree in silence."""
    dialogue(g).imprimer.click()
    g.calme()
    g.fermer_papier()
    page = g.page
    assert isinstance(page, PageRemise) and page.jour.message() == ""
    g.bureau.mettre_en_attente()
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant += timedelta(days=3)
    g.bureau.reprendre(visites_ouvertes(poste)[0])
    g.calme()
    assert page.jour.texte() == "26/11/2026"
    dit = "Le récépissé dit le 23\u00a0novembre 2026. Écrivez ce jour, ou faites-en signer un autre."
    assert page.jour.message() == dit and rognes(page) == []
    g.theme.choisir(echelle=2.0)
    g.calme()
    page.arriver()
    g.calme()
    assert page.jour.visibleRegion().boundingRect().size() == page.jour.size(), "in sight in large letters too"
    g.theme.choisir(echelle=1.0)
    g.calme()
    taper_jour(g, "23/11/26")
    page.bouton.setFocus()
    assert page.jour.message() == ""
    taper_jour(g, "25/11/26")
    page.bouton.setFocus()
    assert page.jour.message() == dit
    dialogue(g).imprimer.click()
    g.calme()
    g.fermer_papier()
    assert page.jour.message() == "", "signed anew"


def test_it_can_be_had_after_the_hand_over_too(g: Guichet, parc: ParcPdf) -> None:
    g.valider()
    assert "Carnet remis" in g.textes()
    dialogue(g).imprimer.click()
    g.calme()
    assert len(parc.sorties()) == 1


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_what_keeps_the_printer_from_it_is_told_by_its_name(g: Guichet, parc: ParcPdf) -> None:
    """Stopped, taken away, silent: the words of a carnet, and what is safe of a receipt."""
    ouvert = dialogue(g)
    refaire = "Le carnet est gardé, et le récépissé peut être refait."
    parc.arretees.add("Accueil")
    ouvert.imprimer.click()
    g.calme()
    assert ouvert.etat.texte() == (
        f"L’imprimante «\u00a0Accueil\u00a0» est arrêtée. {refaire} Videz sa file d’attente sur l’ordinateur et "
        "remettez-la en marche, ou choisissez-en une autre."
    )
    parc.arretees.clear()
    parc.presentes.clear()
    ouvert.imprimer.click()
    g.calme()
    assert ouvert.etat.texte() == (
        f"L’imprimante «\u00a0Accueil\u00a0» n’est plus sur cet ordinateur. {refaire} "
        "Rebranchez-la, ou choisissez-en une autre."
    )
    parc.presentes.append("Accueil")
    parc.feuilles = 0
    (parc.dossier / "Accueil-1.pdf").mkdir()
    ouvert.imprimer.click()
    g.calme()
    assert ouvert.etat.texte() == f"L’imprimante ne répond pas. {refaire} Vérifiez le câble et le papier."
    assert ouvert.imprimer.isEnabled()


def test_without_a_printer_it_is_saved_where_the_agent_says(
    g: Guichet, poste: Poste, parc: ParcPdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parc.presentes.clear()
    ouvert = dialogue(g)
    assert not ouvert.imprimer.isVisible() and pleins(ouvert) == [ouvert.enregistrer]
    assert ouvert.etat.isVisible() and ouvert.etat.texte() == SANS_IMPRIMANTE
    proposes: list[str] = []
    cible = tmp_path / "absent" / "r.pdf"

    def choisir(_parent: object, _titre: str, propose: str, _filtre: str) -> tuple[str, str]:
        proposes.append(propose)
        return str(cible), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choisir)
    ouvert.enregistrer.click()
    g.calme()
    assert ouvert.etat.texte().startswith("Le récépissé n’a pas pu être écrit")
    cible.parent.mkdir()
    ouvert.enregistrer.click()
    g.calme()
    assert "Maëlle Dufresnoy" in textes_du_pdf(cible.read_bytes())[0]
    assert "Il porte un nom" in ouvert.etat.texte()
    assert "Dufresnoy" not in proposes[0] and fichiers(poste) == set()


def test_with_the_file_preferred_only_saving_is_left(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    ouvert = dialogue(g)
    ouvert.choix.liste.set_valeur("")
    ouvert.choix.liste.choisi.emit("")
    g.calme()
    assert not ouvert.imprimer.isEnabled() and ouvert.enregistrer.isEnabled()
    assert fichiers(poste) == set()


@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
def test_nothing_is_cut_off(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    g.calme()
    assert rognes(g.page) == []
    ouvert = dialogue(g)
    assert rognes(ouvert) == []
    ouvert.imprimer.click()
    g.calme()
    assert rognes(ouvert) == []
