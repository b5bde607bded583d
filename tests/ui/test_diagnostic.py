"""Help from afar, and a start after several that went wrong: nothing written unasked, nothing run by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from passdesk.app import Programme
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.services.departs import SEUIL, Departs
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier
from passdesk.services.poste import Poste, creer_poste
from passdesk.ui import diagnostic, imprevu
from passdesk.ui.composants import Btn
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.diagnostic import DialogueDiagnostic
from passdesk.ui.imprevu import FOIS, Imprevus
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reprise import PageReprise
from passdesk.ui.theme import Theme
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE
from tests.ui.guichet import Guichet
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def devant(faire: Callable[[QDialog], None]) -> None:
    """Once a dialog is in front, does this with it."""

    def essayer() -> None:
        boite = QApplication.activeModalWidget()
        if isinstance(boite, QDialog):
            faire(boite)
        else:
            QTimer.singleShot(10, essayer)

    QTimer.singleShot(0, essayer)


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_le_diagnostic_se_lit_puis_s_enregistre(
    g: Guichet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, echelle: float
) -> None:
    g.theme.choisir(echelle=echelle)
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    page.viser("poste", "")
    g.calme()
    cible = tmp_path / "diagnostic.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(cible), ""))
    vus: list[str] = []

    def lire(boite: QDialog) -> None:
        assert isinstance(boite, DialogueDiagnostic)
        assert rognes(boite) == [] and debordes(boite) == [] and anonymes(boite) == []
        assert boite.height() <= g.fenetre.height()
        vus.append(boite.vue.toPlainText())
        assert not cible.exists(), "nothing is written before it was read"
        boite.enregistrer.click()
        QTimer.singleShot(0, finir)

    def finir() -> None:
        boite = QApplication.activeModalWidget()
        assert isinstance(boite, DialogueDiagnostic)
        if boite.avis.texte():
            vus.append(boite.avis.texte())
            QTest.keyClick(boite, Qt.Key.Key_Escape)
        else:
            QTimer.singleShot(10, finir)

    devant(lire)
    page.poste.ouvrir.click()
    page.poste.diagnostic.click()
    g.attendre(lambda: len(vus) == 2)
    g.calme()
    # The view shows a no-break space as a plain one.
    assert vus == [cible.read_text(encoding="utf-8").replace("\u00a0", " "), diagnostic.ENREGISTRE]
    assert "table personne : " in vus[0] and "Claire Mabille" not in vus[0]


def test_un_endroit_qui_refuse_se_dit(g: Guichet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "absent" / "d.txt"), ""))
    dits: list[str] = []

    def attendre() -> None:
        boite = QApplication.activeModalWidget()
        assert isinstance(boite, DialogueDiagnostic)
        if boite.avis.texte():
            dits.append(boite.avis.texte())
            boite.reject()
        else:
            QTimer.singleShot(10, attendre)

    def enregistrer(boite: QDialog) -> None:
        assert isinstance(boite, DialogueDiagnostic)
        boite.enregistrer.click()
        attendre()

    devant(enregistrer)
    poste = g.contexte.poste
    diagnostic.montrer_diagnostic(g.theme, g.taches, g.fenetre, poste.dossier, poste.horloge, poste)
    g.attendre(lambda: bool(dits))
    g.calme()
    assert "d.txt" in dits[0]


def boguer(valeur: str) -> BaseException:
    try:
        raise ValueError(valeur)
    except ValueError as trouble:
        return trouble


def test_le_meme_imprevu_ne_se_dit_pas_sans_fin(g: Guichet, poste: Poste) -> None:
    vus: list[str] = []
    voirs: list[bool] = []
    imprevus = Imprevus(g.theme, poste.dossier, poste.horloge, lambda: voirs.append(True))

    def fermer(boite: QDialog) -> None:
        boutons = {bouton.text(): bouton for bouton in boite.findChildren(Btn)}
        vus.append(boite.windowTitle())
        boutons[imprevu.VOIR if len(vus) == 2 else imprevu.REPRENDRE].click()

    for rang in range(FOIS):
        devant(fermer)
        imprevus.dire(boguer(f"Dufresnoy {rang}"), g.fenetre)
    assert len(vus) == FOIS and voirs == [True]
    for rang in range(20):
        imprevus.dire(boguer(f"Kone {rang}"), g.fenetre)
    assert QApplication.activeModalWidget() is None
    rapports = list((poste.dossier / "rapports").iterdir())
    assert 1 <= len(rapports) <= FOIS
    assert not any("Dufresnoy" in fichier.read_text(encoding="utf-8") for fichier in rapports)


def test_un_imprevu_se_dit_meme_quand_le_disque_refuse_son_rapport(g: Guichet, poste: Poste) -> None:
    (poste.dossier / "rapports").write_text("à la place du dossier", encoding="utf-8")
    corps: list[str] = []

    def fermer(boite: QDialog) -> None:
        corps.extend(mot.text() for mot in boite.findChildren(type(boite.corps)))  # type: ignore[attr-defined]
        boite.reject()

    devant(fermer)
    Imprevus(g.theme, poste.dossier, poste.horloge, lambda: None).dire(boguer("x"), g.fenetre)
    assert any("donnez ce numéro au support" in mot for mot in corps)


def test_un_imprevu_dans_le_diagnostic_ne_se_mord_pas_la_queue(g: Guichet, poste: Poste) -> None:
    def casser() -> None:
        raise RuntimeError("rien ne marche")

    devant(lambda boite: boite.accept())
    imprevus = Imprevus(g.theme, poste.dossier, poste.horloge, casser)
    imprevus.dire(boguer("x"), g.fenetre)
    devant(lambda boite: boite.reject())
    imprevus.dire(ZeroDivisionError(), g.fenetre)


@pytest.fixture
def dossier_cree(dossier: Path) -> Path:
    poste = creer_poste(
        dossier, PHRASE, "Claire Mabille", HorlogeSysteme(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    poste.fermer()
    return dossier


@pytest.fixture
def programme(dossier_cree: Path, theme: Theme, qtbot: QtBot) -> Iterator[Programme]:
    """After SEUIL starts that went wrong, the page that asks, and a file that a good start would have put away."""
    papier = dossier_cree / DOSSIER_PAPIER
    papier.mkdir()
    (papier / "carnet-127-0000001.pdf").write_bytes(b"oublie")
    for _ in range(SEUIL):
        Departs(dossier_cree)
    ouvert = Programme(dossier_cree, HorlogeSysteme(), theme, lambda: ImprimanteFichier(papier))
    departs = Departs(dossier_cree)
    assert departs.a_demander
    ouvert.compter(departs)
    ouvert.proposer_reprise()
    with qtbot.waitExposed(ouvert.fenetre):
        ouvert.fenetre.show()
    ouvert.fenetre.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is ouvert.fenetre)
    yield ouvert
    ouvert.fenetre.close()
    ouvert.fenetre.deleteLater()


def page_reprise(programme: Programme) -> PageReprise:
    page = programme.fenetre.contenu
    assert isinstance(page, PageReprise)
    page.arriver()
    return page


def ouvrir(programme: Programme, qtbot: QtBot) -> None:
    page = programme.fenetre.contenu
    assert isinstance(page, PageDeverrouillage)
    page.phrase.set_texte(PHRASE)
    page.valider()
    qtbot.waitUntil(lambda: programme.bureau is not None, timeout=60_000)
    qtbot.waitUntil(lambda: programme.taches.en_cours == 0, timeout=60_000)


def test_apres_des_departs_manques_rien_ne_se_lance_sans_qu_on_le_demande(programme: Programme, qtbot: QtBot) -> None:
    page = page_reprise(programme)
    assert QApplication.focusWidget() is page.bouton
    QTest.keyClick(page.bouton, Qt.Key.Key_Return)
    ouvrir(programme, qtbot)
    bureau = programme.bureau
    assert bureau is not None
    assert not bureau.gardien._minuterie.isActive() and not bureau.gardien._premiere.isActive()
    assert (bureau._contexte.poste.dossier / DOSSIER_PAPIER / "carnet-127-0000001.pdf").exists()
    # What is asked for is done all the same.
    bureau.sauvegarder()
    qtbot.waitUntil(lambda: not bureau.gardien.en_cours, timeout=60_000)
    assert bureau.gardien.refus == "" and list((bureau._contexte.poste.dossier / "sauvegardes").glob("passdesk-*"))


def test_ouvrir_comme_d_habitude_lance_tout(programme: Programme, qtbot: QtBot) -> None:
    page_reprise(programme).comme_avant.click()
    ouvrir(programme, qtbot)
    bureau = programme.bureau
    assert bureau is not None and bureau.gardien._minuterie.isActive()
    assert not (bureau._contexte.poste.dossier / DOSSIER_PAPIER / "carnet-127-0000001.pdf").exists()


def test_la_copie_et_le_diagnostic_ne_demandent_pas_la_phrase(
    programme: Programme, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_reprise(programme)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.copier.click()
    qtbot.waitUntil(lambda: bool(page.avis.texte()), timeout=60_000)
    (copie,) = tmp_path.glob("passdesk-copie-*")
    assert copie.name in page.avis.texte() and (copie / "poste.db").stat().st_size > 0
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "absent"))
    page.copier.click()
    qtbot.waitUntil(lambda: "copie" in page.avis.texte() and copie.name + ". Elle" not in page.avis.texte())
    lus: list[str] = []

    def lire(boite: QDialog) -> None:
        assert isinstance(boite, DialogueDiagnostic)
        lus.append(boite.texte)
        boite.reject()

    devant(lire)
    page.voir.click()
    qtbot.waitUntil(lambda: bool(lus), timeout=60_000)
    qtbot.waitUntil(lambda: programme.taches.en_cours == 0, timeout=60_000)
    assert "poste fermé" in lus[0]


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_la_reprise_se_lit_a_toute_taille(programme: Programme, theme: Theme, echelle: float) -> None:
    theme.choisir(echelle=echelle)
    page = page_reprise(programme)
    QApplication.processEvents()
    assert rognes(page) == [] and debordes(page) == [] and anonymes(page) == []
