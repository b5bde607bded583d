"""The passphrase is right and the desk cannot be shown: the page says why, tries again or closes; never « Ouverture… »
for ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.services.poste import Poste, etat_poste, ouvrir_poste
from passdesk.ui import deverrouillage, lecture, suite
from passdesk.ui.agents import PageOubli
from passdesk.ui.composants.annonce import ANNONCE
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.messages import message
from passdesk.ui.messages import ouverture as textes
from tests.builders import PHRASE
from tests.ui.mesures import debordes, rognes
from tests.ui.test_fenetre import Scene, dossier_cree, lancer
from tests.ui.test_verrouillage import verrouiller

__all__ = ["dossier_cree", "lancer"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class UneFois:
    """Does `vraie`, after having failed with `trouble` once; the desks it was asked about."""

    def __init__(self, vraie: Callable[..., object], trouble: Exception) -> None:
        self._vraie, self._troubles, self.postes = vraie, [trouble], list[Poste]()

    def __call__(self, *recus: Poste) -> object:
        self.postes += recus
        if self._troubles:
            raise self._troubles.pop()
        return self._vraie(*recus)


def dire_la_phrase(scene: Scene) -> PageDeverrouillage:
    """Types it, and waits for the page to have answered."""
    page = scene.programme.fenetre.contenu
    assert isinstance(page, PageDeverrouillage)
    page.phrase.set_texte(PHRASE)
    page.valider()
    scene.attendre(lambda: not page.quitter.isHidden())
    scene.calme()
    return page


@pytest.mark.parametrize("verrouille", [False, True], ids=["ouverture", "retour"])
def test_what_prevented_it_is_said_and_one_key_tries_again(
    lancer: Callable[[Path], Scene], dossier_cree: Path, monkeypatch: pytest.MonkeyPatch, verrouille: bool
) -> None:
    scene = lancer(dossier_cree)
    if verrouille:
        scene.ouvrir()
        verrouiller(scene)
    lire = UneFois(etat_poste, PanneAttendue("disque_plein"))
    monkeypatch.setattr(suite, "etat_poste", lire)
    page = dire_la_phrase(scene)
    dit = message("disque_plein")
    assert (page.non_montre.quoi.text(), page.non_montre.suite.text()) == (dit.quoi, f"{dit.sur} {dit.faire}")
    assert scene.fenetre.property(ANNONCE) == str(dit)
    assert page.attente.isHidden() and page.phrase.message() == "" and page.bouton.isEnabled()
    assert QApplication.focusWidget() is page.bouton and page.bouton.texte() == "Essayer de nouveau"
    assert rognes(page) + debordes(page) == []
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(lambda: scene.programme.fenetre.contenu is scene.programme.bureau is not None)
    scene.calme()
    premier, second = lire.postes
    assert scene.programme.verrou.poste is second and premier.base is not second.base
    with pytest.raises(Exception, match="closed"):
        premier.base.db.execute("SELECT 1")


def test_a_bug_is_told_and_the_page_does_not_wait_for_ever(
    lancer: Callable[[Path], Scene], dossier_cree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = lancer(dossier_cree)
    monkeypatch.setattr(suite, "etat_poste", UneFois(etat_poste, ZeroDivisionError()))
    page = dire_la_phrase(scene)
    assert page.non_montre.quoi.text() == message("poste_non_montre").quoi
    assert [type(trouble) for trouble in scene.programme.imprevus] == [ZeroDivisionError]
    scene.programme.imprevus.clear()
    page.quitter.click()
    assert not scene.fenetre.isVisible() and scene.programme.bureau is None


def test_a_bug_in_making_the_window_of_the_desk_gives_the_page_back(
    lancer: Callable[[Path], Scene], dossier_cree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = lancer(dossier_cree)
    monkeypatch.setattr(suite, "Parcours", UneFois(suite.Parcours, ZeroDivisionError()))
    page = dire_la_phrase(scene)
    assert [type(trouble) for trouble in scene.programme.imprevus] == [ZeroDivisionError]
    scene.programme.imprevus.clear()
    page.valider()
    scene.attendre(lambda: scene.programme.bureau is not None)
    scene.calme()


def test_a_damaged_base_leads_to_its_backup_with_the_phrase(
    lancer: Callable[[Path], Scene], dossier_cree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = lancer(dossier_cree)
    monkeypatch.setattr(suite, "etat_poste", UneFois(etat_poste, PanneAttendue("base_abimee")))
    page = dire_la_phrase(scene)
    assert not page.abime.isHidden() and page.non_montre.isHidden()
    assert (page.bouton.texte(), page.phrase.texte()) == ("Revenir à une sauvegarde", PHRASE)
    page.encore.click()
    scene.attendre(lambda: scene.programme.bureau is not None)
    scene.calme()


def test_the_rest_of_the_program_that_cannot_be_read_is_said_and_read_again(
    lancer: Callable[[Path], Scene], dossier_cree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def manquer() -> None:
        raise PanneAttendue("fichier_introuvable", fichier="communes.csv")

    with monkeypatch.context() as absentes:
        absentes.setattr(lecture, "load_suite", manquer)
        scene = lancer(dossier_cree)
        page = dire_la_phrase(scene)
    assert page.non_montre.quoi.text() == message("fichier_introuvable", fichier="communes.csv").quoi
    page.valider()
    scene.attendre(lambda: scene.programme.bureau is not None)
    scene.calme()


def test_typing_another_phrase_takes_the_sentence_away(
    lancer: Callable[[Path], Scene], dossier_cree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = lancer(dossier_cree)
    monkeypatch.setattr(suite, "etat_poste", UneFois(etat_poste, PanneAttendue("disque_plein")))
    page = dire_la_phrase(scene)
    page.phrase.saisie.setFocus()
    scene.taper("x")
    assert page.non_montre.isHidden() and page.quitter.isHidden() and page.bouton.texte() == "Ouvrir"


def test_a_desk_just_made_asks_for_its_phrase_and_says_why(
    lancer: Callable[[Path], Scene], dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of the first start has no more to ask: the desk exists."""
    dossier.mkdir()
    scene = lancer(dossier)
    monkeypatch.setattr(suite, "etat_poste", UneFois(etat_poste, PanneAttendue("disque_plein")))
    page = scene.premier_depart()
    page.guichet.set_texte("France services de Maubeuge")
    page.nom.set_texte("Claire Mabille")
    page.valider()
    page.phrase.phrase.set_texte(PHRASE)
    page.phrase.encore.set_texte(PHRASE)
    page.valider()
    scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageDeverrouillage))
    autre = scene.deverrouillage()
    assert autre.non_montre.quoi.text() == message("disque_plein").quoi
    assert QApplication.focusWidget() is autre.phrase.saisie and autre.bouton.texte() == "Ouvrir"
    scene.ouvrir()


@pytest.mark.parametrize("code", ["disque_plein", "base_abimee"])
def test_a_phrase_that_was_right_is_shown_to_nobody_and_asked_for_again_after_a_while(
    lancer: Callable[[Path], Scene], dossier_cree: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    scene = lancer(dossier_cree)
    page = scene.deverrouillage()
    page.montrer.setChecked(True)
    monkeypatch.setattr(suite, "etat_poste", UneFois(etat_poste, PanneAttendue(code)))
    dire_la_phrase(scene)
    saisie = page.phrase.saisie
    assert isinstance(saisie, QLineEdit) and saisie.echoMode() is QLineEdit.EchoMode.Password
    assert page.montrer.isHidden() and not page.montrer.isChecked()
    if code == "disque_plein":
        saisie.setFocus()
        saisie.end(False)
        scene.touche(Qt.Key.Key_Backspace)
        assert page.montrer.isHidden(), "one letter less of it is still it"
    monkeypatch.setattr(deverrouillage, "GARDE_MS", 0)
    page.echouer(PanneAttendue(code))
    scene.attendre(lambda: page.phrase.texte() == "")
    assert (page.bouton.texte(), page.encore.isHidden(), page.abime.isHidden()) == ("Ouvrir", True, True)
    assert page.montrer.isVisible() and QApplication.focusWidget() is saisie
    assert page.non_montre.isVisible() and page.non_montre.quoi.text() == message(code).quoi, "the trouble stays said"
    assert rognes(page) + debordes(page) == []
    scene.ouvrir()


@pytest.mark.parametrize("code", ["disque_plein", "base_abimee"])
def test_after_the_recovery_sheet_behind_a_lock_the_phrase_is_asked_for_before_anything_needs_it(
    lancer: Callable[[Path], Scene], dossier_cree: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """The sheet leaves no phrase in the field, and what was open is still there, under the lock."""
    scene = lancer(dossier_cree)
    scene.ouvrir()
    verrouiller(scene).oubliee.emit()
    oubli = scene.programme.fenetre.contenu
    assert isinstance(oubli, PageOubli)
    monkeypatch.setattr(suite, "etat_poste", UneFois(etat_poste, PanneAttendue(code)))
    ouverts: list[Poste] = []
    ouvrir = (dossier_cree, PHRASE, HorlogeSysteme())
    scene.programme.taches.lancer("base", ouvrir_poste, *ouvrir, apres=ouverts.append)
    scene.attendre(lambda: bool(ouverts))
    oubli.ouvert.emit(ouverts[0])
    scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageDeverrouillage))
    page = scene.deverrouillage()
    scene.calme()
    assert page.titre.text() == textes.VERROUILLE_TITRE
    assert page.non_montre.quoi.text() == message(code).quoi and page.abime.isHidden()
    assert page.bouton.texte() == "Ouvrir" and QApplication.focusWidget() is page.phrase.saisie
    scene.taper(PHRASE)
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(lambda: scene.programme.fenetre.contenu is scene.programme.bureau)
    scene.calme()
