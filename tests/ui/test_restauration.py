"""Back to a backup on the screen: seen first, the desk closed for it, opened again with what was recorded since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from passdesk.domain.horloge import HorlogeSysteme
from passdesk.services import visite
from passdesk.services.poste import Poste, creer_poste, ouvrir_poste
from passdesk.services.sauvegarde import sauvegarder
from passdesk.storage import personnes
from passdesk.storage.engine import FICHIER
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import WrapLabel
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.messages import message
from passdesk.ui.reglages import PageReglages, restauration
from passdesk.ui.reglages.restauration import PageRestauration
from passdesk.ui.reglages.textes_sauvegarde import FAITE
from passdesk.ui.theme import Theme
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, visite_accord
from tests.ui.guichet import CTRL, Guichet, guichet, poste_hors_ligne
from tests.ui.test_fenetre import ProgrammeEssai, Scene

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


def _garder(poste: Poste, nom: str) -> None:
    assert visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=())) is not None


def _dits(page: PageRestauration) -> str:
    return "\n".join(mots.text() for mots in page.apercu.findChildren(WrapLabel) if mots.isVisible())


@pytest.fixture
def g(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> Iterator[Guichet]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    with guichet(poste, theme, taches, qtbot) as ouvert:
        ouvert.bureau.commencer()
        ouvert.calme()
        yield ouvert
    poste.fermer()


def test_ce_qui_reviendrait_se_lit_et_rien_ne_change(
    g: Guichet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _garder(g.poste, "Alpha")
    fichier = sauvegarder(g.poste, tmp_path / "copie.sauvegarde").chemin
    _garder(g.poste, "Bravo")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(fichier), ""))
    g.touche(Qt.Key.Key_5, ALT)
    g.calme()
    assert isinstance(g.page, PageReglages)
    g.page.sections.ouvrir("sauvegardes")
    g.page.sauvegardes.revenir.setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageRestauration)
    assert g.focus is page.phrase.saisie and not page.revenir.isVisible()
    g.frapper("une autre phrase que la bonne")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert "n’ouvre pas ce poste" in page.phrase.message() and not page.revenir.isVisible()
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper(PHRASE)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    # The desk as it is today is what a hurried key keeps.
    assert g.focus is page.renoncer and page.primaire() is None
    assert "Personnes\u00a0: 1." in _dits(page) and "Tout ce qui a été enregistré depuis est gardé." in _dits(page)
    assert page.laquelle.text() == "copie.sauvegarde" and page.renoncer.text() == "Ne rien changer"
    assert not page.phrase.message()
    # Typed over, it is to be seen again.
    page.phrase.saisie.setFocus()
    g.frapper("x")
    assert not page.revenir.isVisible() and page.primaire() is page.voir
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert isinstance(g.page, PageReglages)
    assert {p.nom_naissance for p in personnes.recentes(g.poste.base)} == {"Alpha", "Bravo"}


@pytest.fixture
def scene(tmp_path: Path, qtbot: QtBot, theme: Theme) -> Iterator[Scene]:
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", HorlogeSysteme(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    _garder(poste, "Alpha")
    sauvegarder(poste, tmp_path / "copie.sauvegarde")
    _garder(poste, "Bravo")
    poste.fermer()
    programme = ProgrammeEssai(tmp_path / "poste", theme)
    programme.verrouille()
    programme.fenetre.show()
    programme.fenetre.activateWindow()
    scene = Scene(qtbot, programme)
    scene.ouvrir()
    yield scene
    programme.fermer()
    # Left on the screen, it would be one window too many for the tests that come after.
    programme.fenetre.close()
    assert programme.imprevus == []


def _jusqu_a_l_apercu(scene: Scene, fichier: Path) -> PageRestauration:
    reglages = scene.bureau.montrer_lieu("reglages")
    page = PageRestauration(scene.programme._contexte, fichier, reglages)  # type: ignore[arg-type]
    scene.bureau.ouvrir_page(page)
    scene.calme()
    scene.taper(PHRASE)
    scene.touche(Qt.Key.Key_Return)
    scene.calme()
    return page


def test_le_poste_se_ferme_revient_et_se_rouvre_avec_la_suite(scene: Scene, tmp_path: Path) -> None:
    page = _jusqu_a_l_apercu(scene, tmp_path / "copie.sauvegarde")
    page.revenir.click()
    scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageDeverrouillage))
    assert FAITE in [mots.text() for mots in scene.deverrouillage().findChildren(QLabel)]
    assert len(list((tmp_path / "poste" / "sauvegardes").glob("*-remplacee.db"))) == 1
    scene.ouvrir()
    assert scene.programme.pannes == []
    poste = ouvrir_poste(tmp_path / "poste", PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    assert {p.nom_naissance for p in personnes.recentes(poste.base)} == {"Alpha", "Bravo"}
    poste.fermer()


def test_un_fichier_abime_entre_temps_laisse_le_poste_comme_il_est(scene: Scene, tmp_path: Path) -> None:
    fichier = tmp_path / "copie.sauvegarde"
    page = _jusqu_a_l_apercu(scene, fichier)
    fichier.write_bytes(fichier.read_bytes()[:-10])
    page.revenir.click()
    scene.attendre(lambda: bool(scene.programme.pannes))
    assert [panne.code for panne in scene.programme.pannes] == ["sauvegarde_abimee"]
    scene.programme.pannes.clear()
    scene.ouvrir()
    assert (tmp_path / "poste" / FICHIER).is_file()


def test_un_imprevu_pendant_le_retour_ne_laisse_pas_attendre(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _jusqu_a_l_apercu(scene, tmp_path / "copie.sauvegarde")

    def boguer(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(restauration, "restaurer", boguer)
    page.revenir.click()
    scene.attendre(lambda: bool(scene.programme.imprevus))
    assert [type(bug) for bug in scene.programme.imprevus] == [ZeroDivisionError]
    scene.programme.imprevus.clear()
    scene.deverrouillage()
    scene.ouvrir()


def test_des_donnees_ouvertes_ailleurs_ne_sont_pas_remplacees_et_la_fenetre_le_dit(
    scene: Scene, tmp_path: Path
) -> None:
    """Un envoi programmé, par exemple : ce qu’il écrirait ensuite ne serait lu par personne."""
    page = _jusqu_a_l_apercu(scene, tmp_path / "copie.sauvegarde")
    ailleurs = ouvrir_poste(tmp_path / "poste", PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    page.revenir.click()
    scene.attendre(lambda: bool(scene.programme.pannes))
    assert [panne.code for panne in scene.programme.pannes] == ["base_occupee"]
    assert "recommencez" in str(message("base_occupee"))
    scene.programme.pannes.clear()
    assert {p.nom_naissance for p in personnes.recentes(ailleurs.base)} == {"Alpha", "Bravo"}
    ailleurs.fermer()
    scene.ouvrir()
    assert list((tmp_path / "poste" / "sauvegardes").glob("*-remplacee.db")) == []
