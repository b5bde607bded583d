"""A real print queue: what comes out is what the base holds; whatever fails, a person says what is in the tray."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from passdesk.app import imprimante_du_poste
from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.dessin import MM_PAR_POINT
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.gabarit import ORDINAIRE
from passdesk.printing.carnet_pdf import papier_carnet
from passdesk.services.impression import ImprimanteFichier, contenu_imprime
from passdesk.services.poste import Poste
from passdesk.services.tirages import tirages
from passdesk.storage import carnets
from passdesk.tasks import TaskRunner
from passdesk.ui.impression import PageImpression
from passdesk.ui.papier.systeme import ImprimanteSysteme, ParcSysteme
from passdesk.ui.remise import PageRemise
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.printing.fabrique import carnet as carnet_essai
from tests.printing.fabrique import images_du_pdf
from tests.printing.regle import ecarts
from tests.ui.guichet import Guichet, guichet
from tests.ui.spouleur import Spouleur, SpouleurAbsentError, programmes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

QUESTION = "Que s’est-il passé à l’imprimante\u00a0?"
GARDE = "Le carnet est gardé"
PATIENCE = 60
"""Seconds for CUPS to start a program: on a loaded machine, more than the window ever needs."""


@pytest.fixture
def spouleur(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spouleur]:
    """CUPS with one printer, "Accueil". Without the program, the tests fail and say what to install."""
    absence = ""
    try:
        spouleur = Spouleur()
    except SpouleurAbsentError as absent:
        absence = str(absent)
    if absence:
        pytest.fail(absence, pytrace=False)
    try:
        spouleur.brancher("Accueil")
        for nom, valeur in spouleur.variables.items():
            monkeypatch.setenv(nom, valeur)
        yield spouleur
    finally:
        spouleur.arreter()


@pytest.fixture
def g(poste: Poste, spouleur: Spouleur, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot, imprimante_du_poste(poste.dossier)) as ouvert:
        yield ouvert


def attribuer_a_l_ecran(g: Guichet, poste: Poste) -> PageImpression:
    g.visite(visite_accord(poste))
    g.valider()
    assert isinstance(g.page, PageImpression)
    assert g.page.choix.liste.valeur() == "Accueil"
    return g.page


def le_carnet(poste: Poste) -> Carnet:
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    return suivi.carnet


def envois(poste: Poste) -> list[tuple[tuple[int, ...], str | None]]:
    """What was sent to the printer, by the log: the sheets, and what was said to have come out."""
    return [(tirage.feuilles, tirage.sortie) for tirage in tirages(poste, le_carnet(poste))]


def codes(pdf: Path) -> list[str]:
    """Every code on the sheets, page by page from the top, read by another decoder than the program's own ladder."""
    lus = []
    for image in images_du_pdf(pdf.read_bytes(), 300):
        vus = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
        lus += [code.text for code in sorted(vus, key=lambda code: code.position.top_left.y)]
    return lus


def attendus(poste: Poste) -> list[str]:
    """The tokens of the carnet in the base, in their order."""
    return [un_pass.qr_texte for un_pass in contenu_imprime(poste, le_carnet(poste)).passes]


def test_without_cups_the_command_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(SpouleurAbsentError, match="sudo apt-get install -y cups-daemon cups-client"):
        programmes(str(tmp_path))


def test_a_queue_set_to_two_copies_gives_one_paper_of_each_number(g: Guichet, poste: Poste, spouleur: Spouleur) -> None:
    spouleur.mal_regler("Accueil", "copies-default=2", "number-up-default=2", "sides-default=two-sided-long-edge")
    attribuer_a_l_ecran(g, poste)
    g.valider()
    g.attendre(lambda: bool(spouleur.recus("Accueil")), PATIENCE)
    (recu,) = spouleur.recus("Accueil")
    assert {"copies=1", "number-up=1", "sides=one-sided"} <= recu.options


def test_the_carnet_that_comes_out_is_the_one_of_the_base(g: Guichet, poste: Poste, spouleur: Spouleur) -> None:
    attribuer_a_l_ecran(g, poste)
    g.valider()
    g.attendre(lambda: bool(spouleur.recus("Accueil")), PATIENCE)
    (recu,) = spouleur.recus("Accueil")
    assert recu.titre == "PassDesk carnet 127-0000021"
    assert {"media=A4", "sides=one-sided", "copies=1", "number-up=1"} <= recu.options
    mots = ("scal", "fit", "page-", "mirror", "orientation")
    assert [option for option in recu.options if any(mot in option for mot in mots)] == []
    with pypdfium2.PdfDocument(recu.sorti) as document:
        tailles = [tuple(cote * MM_PAR_POINT for cote in page.get_size()) for page in document]
    assert tailles == [pytest.approx((210, 297), abs=0.15)] * 3
    assert codes(recu.sorti) == [contenu_imprime(poste, le_carnet(poste)).certificat_texte, *attendus(poste)]
    assert ecarts(recu.sorti.read_bytes(), ORDINAIRE, 10) == []
    assert QUESTION in g.textes() and envois(poste) == [((1, 2, 3), None)]
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert isinstance(g.page, PageRemise) and le_carnet(poste).etat is Etat.IMPRIME


class ParcMalRegle(ParcSysteme):
    """Opens a printer as the driver of another system does: on the paper that somebody set it to."""

    def ouvrir(self, nom: str) -> QPrinter:
        appareil = super().ouvrir(nom)
        appareil.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
        appareil.setPageOrientation(QPageLayout.Orientation.Landscape)
        return appareil


@pytest.mark.usefixtures("theme")
def test_a_printer_set_to_another_paper_is_given_a4_upright(spouleur: Spouleur, tmp_path: Path) -> None:
    """It has margins of its own: such a printer refuses A4 with none, unless it is asked for the whole page."""
    imprimante = ImprimanteSysteme(tmp_path, ImprimanteFichier(tmp_path), ParcMalRegle())
    with ThreadPoolExecutor(1) as rendu:
        rendu.submit(imprimante.imprimer, papier_carnet(carnet_essai(10)), "Accueil").result()
    attente = threading.Event()
    while not spouleur.recus("Accueil"):
        attente.wait(0.05)
    (recu,) = spouleur.recus("Accueil")
    assert "media=A4" in recu.options and not [o for o in recu.options if "orientation" in o or "landscape" in o]
    with pypdfium2.PdfDocument(recu.sorti) as document:
        tailles = [tuple(cote * MM_PAR_POINT for cote in page.get_size()) for page in document]
    assert tailles == [pytest.approx((210, 297), abs=0.15)] * 3
    assert ecarts(recu.sorti.read_bytes(), ORDINAIRE, 10) == []


def test_a_name_stays_neither_in_the_queue_nor_in_passing_files(g: Guichet, poste: Poste, spouleur: Spouleur) -> None:
    """The receipt bears the name of the person: the queue shows another title, and no file is left on the way."""
    attribuer_a_l_ecran(g, poste)
    g.valider()
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert isinstance(g.page, PageRemise)
    g.page.recepisse.click()
    g.calme()
    g.papier().imprimer.click()
    g.calme()
    g.attendre(lambda: len(spouleur.recus("Accueil")) == 2, PATIENCE)
    g.attendre(lambda: spouleur.attendent("Accueil") == 0, PATIENCE)
    g.fermer_papier()
    carnet, recepisse = spouleur.recus("Accueil")
    assert recepisse.titre == "PassDesk recepisse"
    assert list(Path(spouleur.variables["TMPDIR"]).iterdir()) == []
    ecrits = [f for f in spouleur.dossier.rglob("*") if f.is_file() and f not in (carnet.sorti, recepisse.sorti)]
    assert [f.name for f in ecrits if b"fresnoy" in f.read_bytes().lower()] == []


@pytest.mark.parametrize(("code", "panne"), [(1, "abort-job"), (3, "stop-printer")], ids=["abandonné", "retenu"])
def test_a_job_that_fails_half_way_is_asked_about_and_the_rest_alone_goes_again(
    g: Guichet, poste: Poste, spouleur: Spouleur, code: int, panne: str
) -> None:
    """The queue says nothing of it to the program: the question does not depend on that."""
    spouleur.brancher("Accueil", panne=panne)
    spouleur.coincer("Accueil", 2, code)
    page = attribuer_a_l_ecran(g, poste)
    g.valider()
    g.attendre(lambda: bool(spouleur.recus("Accueil")), PATIENCE)
    assert QUESTION in g.textes() and page.question.groupe.valeur() is None
    assert le_carnet(poste).etat is Etat.A_CONFIRMER_IMPRESSION
    spouleur.decoincer("Accueil")
    g.arrete_a(3)
    assert page.bouton.texte() == "Réimprimer la feuille\u00a03"
    assert len(spouleur.recus("Accueil")) == 1, "nothing is printed again before the answer"
    g.valider()
    g.attendre(lambda: len(spouleur.recus("Accueil")) == 2, PATIENCE)
    sur_papier = [code for recu in spouleur.recus("Accueil") for code in codes(recu.sorti) if code.startswith("801")]
    assert sur_papier == attendus(poste), "each pass is on paper, once"
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert le_carnet(poste).etat is Etat.IMPRIME
    assert envois(poste) == [((1, 2, 3), "arrete"), ((3,), "tout")]


def test_a_queue_stopped_by_a_jam_is_told_before_anything_goes_again(
    g: Guichet, poste: Poste, spouleur: Spouleur
) -> None:
    spouleur.coincer("Accueil", 2, 4)
    page = attribuer_a_l_ecran(g, poste)
    g.valider()
    g.attendre(lambda: spouleur.arretee("Accueil"), PATIENCE)
    g.arrete_a(3)
    g.valider()
    # The answer is kept; sheet 3 could not go, and the job that waits is the first one, whole.
    assert dit(g) == [
        "L’imprimante «\u00a0Accueil\u00a0» est arrêtée.",
        "Le carnet est gardé, rien n’est compté. Videz sa file d’attente sur l’ordinateur et remettez-la en marche, "
        "ou choisissez-en une autre.",
    ]
    assert spouleur.attendent("Accueil") == 1 and len(spouleur.recus("Accueil")) == 1
    assert le_carnet(poste).etat is Etat.A_CONFIRMER_IMPRESSION and QUESTION in g.textes()
    spouleur.decoincer("Accueil")
    spouleur.vider("Accueil")
    spouleur.reprendre("Accueil")
    g.touche(Qt.Key.Key_3)
    assert page.bouton.texte() == "Réimprimer la feuille\u00a03"
    g.valider()
    assert not page.bandeau.isVisible()
    g.attendre(lambda: len(spouleur.recus("Accueil")) == 2, PATIENCE)
    g.touche(Qt.Key.Key_1)
    g.valider()
    sur_papier = [code for recu in spouleur.recus("Accueil") for code in codes(recu.sorti) if code.startswith("801")]
    assert sur_papier == attendus(poste)
    assert envois(poste) == [((1, 2, 3), "arrete"), ((3,), "rien"), ((3,), "tout")]


def test_a_paused_printer_gets_nothing_that_could_come_out_later(g: Guichet, poste: Poste, spouleur: Spouleur) -> None:
    page = attribuer_a_l_ecran(g, poste)
    spouleur.suspendre("Accueil")
    g.valider()
    assert dit(g)[0] == "L’imprimante «\u00a0Accueil\u00a0» est arrêtée." and dit(g)[1].startswith(GARDE)
    spouleur.reprendre("Accueil")
    assert spouleur.attendent("Accueil") == 0 and spouleur.recus("Accueil") == []
    g.touche(Qt.Key.Key_3)
    g.valider()
    assert not page.bandeau.isVisible()
    g.attendre(lambda: bool(spouleur.recus("Accueil")), PATIENCE)
    assert len(codes(spouleur.recus("Accueil")[0].sorti)) == 11
    assert envois(poste) == [((1, 2, 3), "rien"), ((1, 2, 3), None)]


def test_a_printer_taken_away_is_told_and_its_carnet_comes_out_of_no_other(
    g: Guichet, poste: Poste, spouleur: Spouleur
) -> None:
    spouleur.brancher("Etage")
    page = attribuer_a_l_ecran(g, poste)
    spouleur.debrancher("Accueil")
    g.valider()
    assert dit(g) == [
        "L’imprimante «\u00a0Accueil\u00a0» n’est plus sur cet ordinateur.",
        "Le carnet est gardé, rien n’est parti. Rebranchez-la, ou choisissez-en une autre.",
    ]
    assert QUESTION in g.textes() and spouleur.recus("Etage") == []
    page.choix.liste.setFocus()
    g.touche(Qt.Key.Key_Down)
    assert page.choix.liste.currentText() == "Etage"
    page.question.tuiles["rien"].radio.setFocus()
    g.touche(Qt.Key.Key_3)
    g.valider()
    g.attendre(lambda: bool(spouleur.recus("Etage")), PATIENCE)
    assert len(codes(spouleur.recus("Etage")[0].sorti)) == 11


def test_a_printer_that_goes_at_the_last_moment_is_not_replaced(theme: Theme, spouleur: Spouleur) -> None:
    """Qt opens the default printer instead of one that it does not find."""
    with ThreadPoolExecutor(1) as rendu, pytest.raises(PanneAttendue) as panne:
        rendu.submit(ParcSysteme().ouvrir, "Etage").result()
    assert (panne.value.code, panne.value.faits) == ("imprimante_absente", {"imprimante": "Etage"})


def test_a_queue_that_refuses_loses_the_job_in_silence_and_the_question_catches_it(
    g: Guichet, poste: Poste, spouleur: Spouleur
) -> None:
    attribuer_a_l_ecran(g, poste)
    spouleur.refuser("Accueil")
    g.valider()
    assert spouleur.attendent("Accueil") == 0
    assert QUESTION in g.textes() and le_carnet(poste).etat is Etat.A_CONFIRMER_IMPRESSION
    spouleur.accepter("Accueil")
    g.touche(Qt.Key.Key_3)
    g.valider()
    g.attendre(lambda: bool(spouleur.recus("Accueil")), PATIENCE)
    assert len(codes(spouleur.recus("Accueil")[0].sorti)) == 11


def dit(g: Guichet) -> list[str]:
    """The two sentences of the trouble told above the question."""
    page = g.page
    assert isinstance(page, PageImpression) and page.bandeau.isVisible()
    return [page.bandeau.quoi.text(), page.bandeau.suite.text()]
