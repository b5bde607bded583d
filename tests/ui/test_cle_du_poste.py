"""Another key for the desk, asked for in *Réglages*: told before, the desk closed for it, opened again by one's own."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from passdesk.domain.erreurs import BaseFermee, PanneAttendue
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.services import agents, secours, visite
from passdesk.services.poste import creer_poste, ouvrir_poste
from passdesk.services.second_poste import SecondPoste
from passdesk.storage import personnes
from passdesk.ui.agents import pages, textes
from passdesk.ui.agents.pages import PageCle
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.reglages import PageReglages
from passdesk.ui.releve import Fermeture
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, visite_accord
from tests.ui.test_fenetre import Scene, lancer

__all__ = ["lancer"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
DE_SAM = "violon rouge mardi cascade"


@pytest.fixture
def scene(tmp_path: Path, lancer: Callable[[Path], Scene]) -> Scene:
    dossier = tmp_path / "poste"
    poste = creer_poste(dossier, PHRASE, "Claire", HorlogeSysteme(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE)
    agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    secours.retenir_feuille(poste, secours.tirer_feuille(poste))
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Alpha", pieces=())) is not None
    poste.fermer()
    scene = lancer(dossier)
    scene.ouvrir()
    return scene


def demander(scene: Scene) -> PageCle:
    """*Réglages*, the agents, « Changer la clé du poste… »."""
    reglages = scene.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("agents", "")
    scene.calme()
    reglages.agents.cle.setFocus()
    scene.touche(Qt.Key.Key_Space)
    scene.calme()
    page = scene.bureau.page
    assert isinstance(page, PageCle)
    return page


def dits(widget: QWidget) -> str:
    return "\n".join(mots.text() for mots in widget.findChildren(QLabel) if mots.isVisible())


def test_at_large_text_what_is_asked_about_is_read_before_the_passphrase_is_asked(scene: Scene) -> None:
    scene.programme._theme.choisir(echelle=2.0)
    page = demander(scene)
    premiere = next(mots for mots in page.findChildren(QLabel) if mots.text() == textes.CLE_EFFETS[0])
    scene.attendre(lambda: QApplication.focusWidget() is page._zone and page._zone.verticalScrollBar().value() == 0)
    scene.calme()
    assert premiere.visibleRegion().boundingRect() == premiere.rect()
    scene.touche(Qt.Key.Key_PageDown)
    assert page._zone.verticalScrollBar().value() > 0
    scene.touche(Qt.Key.Key_Tab)
    scene.taper(PHRASE)
    assert page.phrase.texte() == PHRASE


def test_the_key_changes_and_only_who_asked_opens(scene: Scene, tmp_path: Path) -> None:
    page = demander(scene)
    assert "Sam Leroy n’ouvrira plus ce poste" in dits(page) and "La feuille de secours n’ouvrira plus rien" in dits(
        page
    )
    scene.taper("une autre phrase que la bonne")
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(lambda: bool(page.phrase.message()))
    page.phrase.set_texte("")
    page.phrase.saisie.setFocus()
    scene.taper(PHRASE)
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageDeverrouillage))
    assert "La clé du poste est changée. Ouvrez avec votre phrase, puis donnez" in dits(scene.deverrouillage())
    with pytest.raises(BaseFermee, match="phrase_inconnue"):
        ouvrir_poste(tmp_path / "poste", DE_SAM, HorlogeSysteme(), cout_index=INDEX_LEGER)
    scene.ouvrir()
    assert scene.programme.pannes == []
    poste = ouvrir_poste(tmp_path / "poste", PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    assert [p.nom_naissance for p in personnes.recentes(poste.base)] == ["Alpha"]
    poste.fermer()
    # What is left to do is said where it is done.
    reglages = scene.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("agents", "")
    scene.calme()
    scene.attendre(lambda: "Médiation · sans phrase secrète" in dits(reglages.agents))
    assert textes.SECOURS_AUCUNE in dits(reglages.agents) and "Changée le " in dits(reglages.agents)


def test_given_up_or_refused_by_the_disk_the_desk_is_as_it_was(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demander(scene)
    scene.touche(Qt.Key.Key_Escape)
    scene.calme()
    assert isinstance(scene.bureau.page, PageReglages)

    def plein(*_: object) -> None:
        raise PanneAttendue("disque_plein")

    monkeypatch.setattr(pages, "changer_la_cle", plein)
    demander(scene)
    scene.taper(PHRASE)
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(lambda: bool(scene.programme.pannes))
    assert [panne.code for panne in scene.programme.pannes] == ["disque_plein"]
    scene.programme.pannes.clear()
    scene.ouvrir()
    poste = ouvrir_poste(tmp_path / "poste", DE_SAM, HorlogeSysteme(), cout_index=INDEX_LEGER)
    poste.fermer()


def test_a_desk_that_was_closed_leaves_the_memory(scene: Scene) -> None:
    # What was on its pages is of persons: it does not stay behind the desk that takes its place.
    avant = weakref.ref(scene.bureau)
    demander(scene)
    scene.taper(PHRASE)
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageDeverrouillage))
    scene.ouvrir()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert avant() is None


def test_what_was_asked_for_is_not_done_behind_the_lock(scene: Scene, tmp_path: Path) -> None:
    page = demander(scene)
    scene.taper(PHRASE)
    # The key that locks is pressed while the passphrase is being checked.
    page.agir()
    scene.programme.verrou.verrouiller()
    scene.attendre(lambda: scene.programme.verrou.poste is None)
    scene.attendre(lambda: scene.programme.taches.en_cours == 0)
    assert scene.programme.verrou.ferme and page.phrase.texte() == "" and page.acte.isEnabled()
    assert ouvrir_poste(tmp_path / "poste", DE_SAM, HorlogeSysteme(), cout_index=INDEX_LEGER).fermer() is None


def test_the_page_come_back_to_says_who_is_there_now(scene: Scene) -> None:
    page = demander(scene)
    assert "Sam Leroy n’ouvrira plus" in dits(page)
    scene.taper("a moitie tapee")
    scene.bureau.montrer_lieu("reglages")
    scene.calme()
    assert page.phrase.texte() == ""
    contexte = scene.programme._contexte
    assert contexte is not None
    contexte.lancer(agents.ajouter_agent, "Nadia Roy", agents.MEDIATEUR, "lampe rivage moulin tambour")
    scene.calme()
    revenue = demander(scene)
    scene.attendre(lambda: "Sam Leroy et Nadia Roy n’ouvriront plus" in dits(revenue))


def _demander_le_changement(scene: Scene, monkeypatch: pytest.MonkeyPatch, quand: str) -> None:
    """Up to the moment when the window is to close: the desk is closing for the change, or the change is under way."""
    avant, suite = Event(), Event()

    def attendre(faire: Callable[..., None]) -> Callable[..., None]:
        def attendu(*args: object) -> None:
            avant.set()
            assert suite.wait(60)
            faire(*args)

        return attendu

    if quand == "avant":
        monkeypatch.setattr(SecondPoste, "fermer", attendre(SecondPoste.fermer))
    else:
        monkeypatch.setattr(pages, "changer_la_cle", attendre(pages.changer_la_cle))
    # Once the window waits for the threads, what held them lets go.
    attendre_les_fils = scene.programme.taches.fermer

    def fermer(*fermetures: Fermeture) -> None:
        suite.set()
        attendre_les_fils(*fermetures)

    monkeypatch.setattr(scene.programme.taches, "fermer", fermer)
    demander(scene)
    scene.taper(PHRASE)
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(avant.is_set)


@pytest.mark.parametrize("quand", ["avant", "pendant"])
def test_a_window_closed_meanwhile_changes_the_key_all_the_same(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quand: str
) -> None:
    _demander_le_changement(scene, monkeypatch, quand)
    scene.programme.fenetre.close()
    with pytest.raises(BaseFermee, match="phrase_inconnue"):
        ouvrir_poste(tmp_path / "poste", DE_SAM, HorlogeSysteme(), cout_index=INDEX_LEGER)
    ouvrir_poste(tmp_path / "poste", PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER).fermer()


@pytest.mark.parametrize("quand", ["avant", "pendant"])
def test_a_window_closed_meanwhile_says_what_the_disk_refused(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quand: str
) -> None:
    def plein(*_: object) -> None:
        raise PanneAttendue("disque_plein")

    monkeypatch.setattr(pages, "changer_la_cle", plein)
    _demander_le_changement(scene, monkeypatch, quand)
    scene.programme.fenetre.close()
    # Closed once, told once.
    scene.programme.fermer()
    assert [panne.code for panne in scene.programme.pannes] == ["disque_plein"]
    scene.programme.pannes.clear()
    ouvrir_poste(tmp_path / "poste", DE_SAM, HorlogeSysteme(), cout_index=INDEX_LEGER).fermer()
