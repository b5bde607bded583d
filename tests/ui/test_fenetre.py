"""The window with the real services behind it: from the passphrase to the open visits and back to locked."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from passdesk.app import Programme
from passdesk.domain.erreurs import KnownError
from passdesk.domain.francais import typographie
from passdesk.domain.horloge import Horloge, HorlogeFixe, HorlogeSysteme
from passdesk.domain.visite import PieceSaisie
from passdesk.server import enrolement
from passdesk.server.revocation import revoquer
from passdesk.services.departs import journaliser
from passdesk.services.impression import ImprimanteFichier
from passdesk.services.poste import APPAREIL, creer_poste
from passdesk.services.visite import attribuer, noter, ouvrir_visite
from passdesk.storage import poste as identite
from passdesk.ui.bureau import Bureau
from passdesk.ui.composants import Btn, Titre
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.enrolement import PageEnrolement
from passdesk.ui.fenetre import Fenetre
from passdesk.ui.icones import _svg, vider_icones
from passdesk.ui.imprevu import save_rapport
from passdesk.ui.preferences import load_preferences
from passdesk.ui.premier_depart import PagePremierDepart
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme
from tests.builders import INDEX_LEGER, NOM, PHRASE, PHRASE_LEGERE, Terrain, terrain, visite_accord
from tests.ui.mesures import rognes
from tests.ui.test_composants import anonymes, coupes

PLAIN = Qt.TextFormat.PlainText
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class ProgrammeEssai(Programme):
    """The program with its two dialogs replaced by lists: nobody is there to close them."""

    def __init__(self, dossier: Path, theme: Theme, horloge: Horloge | None = None) -> None:
        self.pannes: list[KnownError] = []
        self.imprevus: list[BaseException] = []
        super().__init__(dossier, horloge or HorlogeSysteme(), theme, lambda: ImprimanteFichier(dossier / "papier"))

    def _panne(self, panne: KnownError) -> None:
        self.pannes.append(panne)

    def _imprevu(self, trouble: BaseException) -> None:
        self.imprevus.append(trouble)


@dataclass
class Scene:
    """A program on the screen, and the few gestures of these tests."""

    qtbot: QtBot
    programme: ProgrammeEssai

    @property
    def fenetre(self) -> QWidget:
        return self.programme.fenetre

    @property
    def bureau(self) -> Bureau:
        assert self.programme.bureau is not None
        return self.programme.bureau

    def attendre(self, vrai: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(vrai()), timeout=60_000)

    def calme(self) -> None:
        self.attendre(lambda: self.programme.taches.en_cours == 0)

    def touche(self, touche: Qt.Key, modificateur: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.fenetre, touche, modificateur)

    def taper(self, texte: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.fenetre, texte)

    def deverrouillage(self) -> PageDeverrouillage:
        page = self.programme.fenetre.contenu
        assert isinstance(page, PageDeverrouillage)
        return page

    def premier_depart(self) -> PagePremierDepart:
        page = self.programme.fenetre.contenu
        assert isinstance(page, PagePremierDepart)
        return page

    def ouvrir(self, phrase: str = PHRASE) -> None:
        self.attendre(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        self.taper(phrase)
        self.touche(Qt.Key.Key_Return)
        self.attendre(lambda: self.programme.bureau is not None)
        self.calme()


@pytest.fixture
def lancer(qtbot: QtBot, theme: Theme) -> Iterator[Callable[[Path], Scene]]:
    """Starts the program on a base directory; closed at the end, without any trouble left unsaid."""
    scenes: list[Scene] = []

    def lancer(dossier: Path) -> Scene:
        programme = ProgrammeEssai(dossier, theme)
        scene = Scene(qtbot, programme)
        scenes.append(scene)
        programme.verrouille()
        with qtbot.waitExposed(programme.fenetre):
            programme.fenetre.show()
        programme.fenetre.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is programme.fenetre)
        page = programme.fenetre.contenu
        assert isinstance(page, PageSeuil)
        page.arriver()
        return scene

    yield lancer
    for scene in reversed(scenes):
        scene.programme.fenetre.close()
        scene.programme.fenetre.deleteLater()
        assert scene.programme.imprevus == []
        assert scene.programme.pannes == []


_ECOUTES: list[list[str]] = []


@cache
def _ecouter() -> None:
    """Python has no way to take such a hook off."""

    def noter(evenement: str, faits: tuple[object, ...]) -> None:
        if _ECOUTES and evenement == "open" and threading.current_thread() is threading.main_thread():
            _ECOUTES[-1].append(str(faits[0]))

    sys.addaudithook(noter)


@pytest.fixture
def fichiers_de_la_fenetre() -> Iterator[list[str]]:
    """The files that the window's thread opens."""
    _ecouter()
    _ECOUTES.append([])
    yield _ECOUTES[-1]
    _ECOUTES.clear()


@pytest.fixture
def dossier_cree(dossier: Path) -> Path:
    """A desk that exists, is not linked to the Region, and has one visit begun."""
    horloge = HorlogeSysteme()
    poste = creer_poste(dossier, PHRASE, "Claire Mabille", horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE)
    noter(poste, replace(ouvrir_visite(poste), nom_naissance="Lê & Fils", prenoms="Hạnh"))
    poste.fermer()
    return dossier


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    """A Region on loopback."""
    with terrain(tmp_path, HorlogeSysteme()) as lieu:
        yield lieu


def test_a_window_that_closes_is_out_of_sight_before_the_work_under_way_is_waited_for(
    lancer: Callable[[Path], Scene], dossier_cree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = lancer(dossier_cree)
    scene.ouvrir()
    taches = scene.programme.taches
    vue: list[bool] = []
    attendre = taches.fermer

    def fermer(*fermetures: Any) -> None:
        vue.append(scene.programme.fenetre.isVisible())
        attendre(*fermetures)

    monkeypatch.setattr(taches, "fermer", fermer)
    scene.programme.fenetre.close()
    assert vue == [False]


def test_the_first_start_creates_a_desk_and_refuses_weak_answers(
    lancer: Callable[[Path], Scene], dossier: Path
) -> None:
    dossier.mkdir()
    scene = lancer(dossier)
    page = scene.premier_depart()
    scene.touche(Qt.Key.Key_Return, CTRL)
    assert page.guichet.message()
    scene.taper("France services de Maubeuge")
    scene.touche(Qt.Key.Key_Tab)
    scene.taper("Claire Mabille")
    scene.touche(Qt.Key.Key_Return)
    phrase = page.phrase
    assert QApplication.focusWidget() is phrase.phrase.saisie
    for faible, dit in (("trop court", "12"), ("azertyuiop12", "devine"), ("Claire Mabille", "devine")):
        phrase.phrase.set_texte(faible)
        scene.touche(Qt.Key.Key_Return, CTRL)
        assert dit in phrase.phrase.message(), faible
    phrase.phrase.set_texte(PHRASE)
    phrase.encore.set_texte(PHRASE + "s")
    scene.touche(Qt.Key.Key_Return, CTRL)
    assert phrase.encore.message()
    assert QApplication.focusWidget() is phrase.encore.saisie
    assert list(dossier.iterdir()) == []
    phrase.encore.set_texte(PHRASE)
    scene.touche(Qt.Key.Key_Return, CTRL)
    assert page.attente.isVisible()
    scene.attendre(lambda: scene.programme.bureau is not None)
    scene.calme()
    # The sheet, then the Region: both may wait.
    for etape in ("Étape 3 sur 4", "Étape 4 sur 4"):
        assert any(etape in titre.text() for titre in scene.bureau.page.findChildren(Titre)), etape
        (plus_tard,) = [b for b in scene.bureau.page.findChildren(Btn) if b.texte() == "Plus tard"]
        plus_tard.setFocus()
        scene.touche(Qt.Key.Key_Space)
        scene.calme()
    dits = [texte.text() for texte in scene.bureau.page.findChildren(QLabel)]
    assert "Bonjour Claire" in dits
    assert any("France services de Maubeuge" in dit for dit in dits)
    assert scene.bureau.bandeau.texte.accessibleName().startswith("Poste pas encore relié à la Région")


def test_what_is_typed_says_how_long_it_would_hold(lancer: Callable[[Path], Scene], dossier: Path) -> None:
    dossier.mkdir()
    scene = lancer(dossier)
    page = scene.premier_depart()
    page.guichet.set_texte("Maubeuge")
    page.nom.set_texte("Claire Mabille")
    scene.touche(Qt.Key.Key_Return)
    for morceau, dit in (
        ("lampe", "trop courte"),
        (" rivage moulin", "fragile"),
        (" tambour", "Bonne"),
        (" zeste", "Très"),
    ):
        scene.taper(morceau)
        scene.attendre(lambda dit=dit: dit in page.phrase.force.text())
    assert page.phrase.force.text() == page.phrase.phrase.saisie.accessibleDescription()


@pytest.mark.parametrize("premiere_fois", [True, False])
def test_at_200_the_one_act_stays_in_sight_before_the_desk_is_open(
    lancer: Callable[[Path], Scene], dossier: Path, request: pytest.FixtureRequest, premiere_fois: bool
) -> None:
    if premiere_fois:
        dossier.mkdir()
    else:
        request.getfixturevalue("dossier_cree")
    scene = lancer(dossier)
    page: PageSeuil
    if premiere_fois:
        premier = page = scene.premier_depart()
        premier.guichet.set_texte("Maubeuge")
        premier.nom.set_texte("Claire Mabille")
        scene.touche(Qt.Key.Key_Return)
        phrase = premier.phrase.phrase
    else:
        ouvrir = page = scene.deverrouillage()
        phrase = ouvrir.phrase
    for _ in range(4):
        scene.touche(Qt.Key.Key_Plus, CTRL)
    if premiere_fois:
        # What losing it costs is read above the field, before and after a refusal.
        avertissement = premier.phrase.avertissement
        for _ in range(2):
            scene.attendre(lambda: avertissement.visibleRegion().boundingRect() == avertissement.rect())
            scene.touche(Qt.Key.Key_Return, CTRL)
    scene.touche(Qt.Key.Key_Return, CTRL)
    assert phrase.message()
    scene.attendre(lambda: rognes(page) == [])
    scene.attendre(lambda: page.bouton.visibleRegion().boundingRect() == page.bouton.rect())
    for _ in range(4):
        scene.touche(Qt.Key.Key_Minus, CTRL)
    scene.attendre(lambda: phrase.saisie.width() >= page.bouton.width() * 0.9 > 0)
    scene.attendre(lambda: rognes(page) == [])


def test_a_wrong_phrase_says_so_and_the_right_one_opens(lancer: Callable[[Path], Scene], dossier_cree: Path) -> None:
    scene = lancer(dossier_cree)
    page = scene.deverrouillage()
    scene.taper("une phrase au hasard")
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(lambda: page.phrase.message())
    assert scene.programme.bureau is None
    assert page.bouton.isEnabled()
    assert QApplication.focusWidget() is page.phrase.saisie
    scene.taper(PHRASE)  # typed over the wrong one, which is selected
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(lambda: scene.programme.bureau is not None)


def test_locking_keeps_what_is_typed_and_closes_the_base(lancer: Callable[[Path], Scene], dossier_cree: Path) -> None:
    scene = lancer(dossier_cree)
    scene.ouvrir()
    scene.touche(Qt.Key.Key_N, CTRL)
    scene.attendre(lambda: scene.bureau.page.visite)
    scene.attendre(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    scene.taper("Dufresnoy")
    scene.touche(Qt.Key.Key_L, CTRL)
    assert not scene.bureau.isVisible()
    scene.calme()
    scene.deverrouillage()
    scene.ouvrir()
    scene.attendre(scene.bureau.isVisible)
    scene.touche(Qt.Key.Key_1, ALT)
    scene.calme()
    noms = [rangee.visite.titre for rangee in scene.bureau._accueil._rangees]
    assert sorted(noms) == ["Dufresnoy", "Hạnh Lê & Fils"]


def test_the_collector_goes_round_what_the_pages_made_and_not_round_the_program(
    lancer: Callable[[Path], Scene], dossier_cree: Path
) -> None:
    """A whole round takes as long as a page to open, and the window waits for it once a minute."""
    scene = lancer(dossier_cree)
    scene.ouvrir()
    vus = {id(objet) for objet in gc.get_objects()}
    assert id(scene.bureau) in vus
    assert id(scene.fenetre) not in vus
    scene.fenetre.close()
    assert id(scene.fenetre) in {id(objet) for objet in gc.get_objects()}


def test_the_window_reads_no_file_while_it_is_worked_in(
    lancer: Callable[[Path], Scene], dossier_cree: Path, fichiers_de_la_fenetre: list[str]
) -> None:
    """On a slow disk each would stop it. How this agent likes the screen was read at the start, and is at hand."""
    vider_icones()
    _svg.cache_clear()
    premiere = lancer(dossier_cree)
    premiere.ouvrir()
    premiere.fenetre.close()
    scene = lancer(dossier_cree)
    scene.calme()
    fichiers_de_la_fenetre.clear()
    scene.ouvrir()
    for lieu in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5):
        scene.touche(lieu, ALT)
        scene.calme()
    scene.touche(Qt.Key.Key_N, CTRL)
    scene.calme()
    scene.touche(Qt.Key.Key_F1)
    assert scene.programme.aide.vue is not None
    assert {Path(fichier).name for fichier in fichiers_de_la_fenetre} <= {"affichage.json"}


def test_the_next_person_is_served_while_another_visit_stays_open(
    lancer: Callable[[Path], Scene], dossier_cree: Path
) -> None:
    scene = lancer(dossier_cree)
    scene.ouvrir()
    (rangee,) = scene.bureau._accueil._rangees
    rangee.bouton.setFocus()
    scene.touche(Qt.Key.Key_Space)
    scene.attendre(lambda: scene.bureau.page.visite)
    premiere = scene.bureau.page
    assert premiere.titre == "Hạnh Lê & Fils"
    scene.touche(Qt.Key.Key_N, CTRL)
    scene.attendre(lambda: len(scene.bureau.visites) == 2)
    seconde = scene.bureau.page
    navigation = scene.bureau.navigation
    haut = navigation.lieux["reglages"].mapTo(navigation, navigation.lieux["reglages"].rect().bottomLeft()).y()
    liens = [lien.mapTo(navigation, lien.rect().topLeft()).y() for lien in navigation._liens.values()]
    assert max(liens) - haut < 200, "the open visits stand right under the places"
    scene.touche(Qt.Key.Key_Tab, CTRL)
    assert scene.bureau.page is premiere
    scene.touche(Qt.Key.Key_Ampersand, ALT)
    assert scene.bureau.page.cle == "aujourdhui"
    scene.touche(Qt.Key.Key_Tab, CTRL)
    assert scene.bureau.page is premiere
    scene.touche(Qt.Key.Key_1, ALT)
    scene.calme()
    (rangee, *_) = scene.bureau._accueil._rangees
    rangee.bouton.click()
    scene.calme()
    assert scene.bureau.page is premiere, "a visit that is open is shown, not opened twice"
    scene.bureau.fermer_page(seconde)
    assert scene.bureau.visites == (premiere,)


def test_f6_goes_round_the_regions(lancer: Callable[[Path], Scene], dossier_cree: Path) -> None:
    scene = lancer(dossier_cree)
    scene.ouvrir()
    depart = QApplication.focusWidget()
    assert depart is scene.bureau._accueil.primaire()
    vus = []
    for _ in range(3):
        scene.touche(Qt.Key.Key_F6)
        vus.append(QApplication.focusWidget())
    assert depart in vus
    assert scene.bureau.navigation.chercher in vus
    scene.touche(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() in vus


@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("mode", ["clair", "sombre", "contraste"])
def test_nothing_is_clipped_or_nameless_at_any_size(
    lancer: Callable[[Path], Scene], dossier_cree: Path, theme: Theme, echelle: float, mode: str
) -> None:
    scene = lancer(dossier_cree)
    theme.choisir(mode=mode, echelle=echelle)
    scene.fenetre.resize(1366, 768)
    scene.attendre(lambda: coupes(scene.fenetre) == [])
    assert anonymes(scene.fenetre) == []
    scene.ouvrir()
    scene.attendre(lambda: coupes(scene.fenetre) == [])
    assert anonymes(scene.fenetre) == []
    assert scene.fenetre.size().width() == 1366, "the content fits the screen"


def test_the_text_size_keys_work_everywhere_and_are_remembered(
    lancer: Callable[[Path], Scene], dossier_cree: Path, theme: Theme
) -> None:
    scene = lancer(dossier_cree)
    scene.ouvrir()
    scene.touche(Qt.Key.Key_Equal, CTRL)
    scene.touche(Qt.Key.Key_Plus, CTRL)
    assert theme.echelle == 1.5
    assert scene.bureau.page.etroite, "1366 px are less than 60 em at 150 %"
    assert load_preferences(dossier_cree).echelle == 1.5
    scene.touche(Qt.Key.Key_0, CTRL)
    assert theme.echelle == 1.0
    assert not scene.bureau.page.etroite


def test_nothing_is_written_outside_the_base_directory(
    lancer: Callable[[Path], Scene], dossier_cree: Path, tmp_path: Path
) -> None:
    scene = lancer(dossier_cree)
    scene.ouvrir()
    scene.touche(Qt.Key.Key_Equal, CTRL)
    assert {p.name for p in tmp_path.iterdir()} == {dossier_cree.name}
    assert not [p for p in dossier_cree.rglob("*") if b"Claire" in p.read_bytes() or b"Fils" in p.read_bytes()]


def test_the_desk_is_linked_to_the_region_from_the_window(
    lancer: Callable[[Path], Scene], dossier_cree: Path, lieu: Terrain
) -> None:
    scene = lancer(dossier_cree)
    scene.ouvrir()
    scene.bureau.relier()
    page = scene.bureau.page
    assert isinstance(page, PageEnrolement)
    scene.calme()
    page.demande.click()
    assert page.adresse.message()
    page.adresse.set_texte(lieu.adresse)
    page.numero.set_texte("0000000000")
    page.demande.click()
    scene.attendre(lambda: page.probleme.isVisible())
    assert page.probleme.quoi.text()
    page.numero.set_texte(enrolement.proposer_code(lieu.region, "Guichet de Fourmies"))
    page.demande.click()
    scene.attendre(lambda: page.mots.isVisible())
    (attente,) = enrolement.en_attente(lieu.region)
    assert page.mots.accessibleName().endswith(", ".join(attente.mots))
    assert anonymes(page) == []
    page.interroger()
    scene.calme()
    assert scene.bureau.page is page, "the Region has not answered yet"
    enrolement.accepter(lieu.region, attente.identifiant)
    page.interroger()
    scene.attendre(lambda: scene.bureau.page.cle == "aujourdhui")
    scene.attendre(lambda: "En ligne" in scene.bureau.bandeau.texte.accessibleName())


def test_a_desk_revoked_by_mistake_is_linked_again_from_the_window(
    lancer: Callable[[Path], Scene], lieu: Terrain
) -> None:
    poste = lieu.nouveau_poste()
    appareil = identite.lire_texte(poste.base, APPAREIL)
    poste.fermer()
    revoquer(lieu.region, NOM, vol=False)
    scene = lancer(poste.dossier)
    scene.ouvrir()
    a_faire = scene.bureau._accueil.a_faire

    def a_relier() -> list[Btn]:
        return [rangee.bouton for rangee in a_faire.rangees if rangee.bouton.texte() == "Relier"]

    scene.attendre(lambda: len(a_relier()) == 1)
    a_relier()[0].click()
    page = scene.bureau.page
    assert isinstance(page, PageEnrolement)
    scene.calme()
    page.adresse.set_texte(lieu.adresse)
    page.numero.set_texte(enrolement.proposer_code(lieu.region, NOM))
    page.demande.click()
    scene.attendre(lambda: page.mots.isVisible())
    scene.calme()
    assert len(a_relier()) == 1, "said once"
    (attente,) = enrolement.en_attente(lieu.region)
    enrolement.accepter(lieu.region, attente.identifiant, a_la_place_de=appareil)
    page.interroger()
    scene.attendre(lambda: scene.bureau.page.cle == "aujourdhui")
    scene.attendre(lambda: "En ligne" in scene.bureau.bandeau.texte.accessibleName())
    scene.attendre(lambda: not a_relier())


def test_carnets_in_progress_open_on_the_page_of_their_step(lancer: Callable[[Path], Scene], lieu: Terrain) -> None:
    poste = lieu.nouveau_poste(carnets_5=2, carnets_10=11)
    attribuer(poste, visite_accord(poste, arrivee_le=f"{lieu.horloge.aujourdhui():%d/%m/%Y}", **_pieces(lieu)))
    poste.fermer()
    scene = lancer(poste.dossier)
    scene.ouvrir()
    (rangee,) = scene.bureau._accueil._rangees
    assert rangee.visite.etape == "a_imprimer"
    scene.attendre(lambda: coupes(scene.fenetre) == [])
    rangee.bouton.click()
    scene.attendre(lambda: scene.bureau.page.cle != "aujourdhui")
    assert scene.bureau.page.titre == "Maëlle Dufresnoy"
    scene.touche(Qt.Key.Key_F5)
    scene.attendre(lambda: "tout est envoyé" in scene.bureau.bandeau.texte.accessibleName())


def _pieces(lieu: Terrain) -> dict[str, object]:
    recent = f"{lieu.horloge.aujourdhui() - timedelta(days=20):%d/%m/%Y}"
    return {
        "pieces": (
            PieceSaisie("piece_identite", vue=True),
            PieceSaisie("justificatif_domicile", vue=True, date=recent),
            PieceSaisie("attestation_france_travail", vue=True, date=recent),
        )
    }


MARDI = datetime(2026, 3, 3, 9, 42, tzinfo=UTC)


def test_the_report_of_a_bug_holds_places_and_no_value(tmp_path: Path) -> None:
    def boguer(nom: str) -> None:
        raise ValueError(f"{nom} introuvable")

    with pytest.raises(ValueError, match="introuvable") as attrape:
        boguer("Maëlle Dufresnoy")
    numero = save_rapport(tmp_path, attrape.value, HorlogeFixe(MARDI))
    (rapport,) = (tmp_path / "rapports").iterdir()
    texte = rapport.read_text(encoding="utf-8")
    assert rapport.name == f"2026-03-03-{numero}.txt"
    assert "ValueError" in texte
    assert "boguer" in texte
    assert "Dufresnoy" not in texte


def test_the_journal_lies_in_the_base_directory(tmp_path: Path) -> None:
    fichier = journaliser(tmp_path)
    try:
        logging.getLogger("passdesk.essai").info("carnet %s", "012 0001234")
    finally:
        logging.getLogger("passdesk").removeHandler(fichier)
        logging.getLogger("passdesk").propagate = True
        fichier.close()
    assert "012 0001234" in (tmp_path / "journal.log").read_text(encoding="utf-8")


def test_the_words_of_the_window_follow_french_typography(
    lancer: Callable[[Path], Scene], dossier: Path, lieu: Terrain
) -> None:
    scene = lancer(dossier)
    vus = _mots(scene.fenetre)
    poste = lieu.nouveau_poste()
    poste.fermer()
    scene = lancer(poste.dossier)
    vus |= _mots(scene.fenetre)
    scene.ouvrir()
    vus |= _mots(scene.fenetre)
    scene.bureau.relier()
    vus |= _mots(scene.fenetre)
    assert len(vus) > 25
    assert {mot for mot in vus if typographie(mot) != mot} == set()


def _mots(racine: QWidget) -> set[str]:
    textes = {w.text().replace("&&", "&") for w in racine.findChildren(QLabel) if w.textFormat() is PLAIN}
    return textes | {w.accessibleName() for w in racine.findChildren(QWidget)}


def test_words_that_come_do_not_push_the_window_out_of_the_screen(qtbot: QtBot, theme: Theme) -> None:
    """Measured narrow at first, they ask for more than there is; the window keeps its size."""
    fenetre, page = Fenetre(theme), QWidget()
    qtbot.addWidget(fenetre)
    fenetre.montrer(page)
    fenetre.show()
    page.setMinimumHeight(948)
    QApplication.processEvents()
    assert fenetre.height() == 768
    page.setMinimumHeight(500)
    qtbot.waitUntil(lambda: fenetre.minimumHeight() == 500)
    assert fenetre.height() == 768
    page.setMinimumHeight(2000)
    qtbot.waitUntil(lambda: fenetre.minimumHeight() > 500)
    assert fenetre.minimumHeight() <= 768
