"""Locked, then back: what was typed is as it was, for the same agent or a colleague; nothing is left to read."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe, HorlogeSysteme
from passdesk.services import agents, visite
from passdesk.services.poste import Poste, creer_poste, ouvrir_poste
from passdesk.services.verrouillage import delai_verrouillage, regler_delai
from passdesk.storage import brouillons, consultations, personnes
from passdesk.tasks import TaskRunner
from passdesk.ui.affichage import Affichage
from passdesk.ui.agents.pages import PageAjout
from passdesk.ui.composants import Dialogue
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.preferences import load_preferences
from passdesk.ui.presse_papiers import PressePapiers
from passdesk.ui.reglages import PageReglages
from passdesk.ui.theme import Theme
from passdesk.ui.veille import Veille
from passdesk.ui.visite import PageVisite
from tests.builders import INDEX_LEGER, MIDI, PHRASE, PHRASE_LEGERE, horloge_fixe, visite_accord
from tests.ui.test_fenetre import Scene, dossier_cree, lancer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
__all__ = ["dossier_cree", "lancer"]
CTRL = Qt.KeyboardModifier.ControlModifier
DE_SAM = "violon rouge mardi cascade"


@pytest.fixture
def a_deux(dossier_cree: Path) -> Path:
    """A desk with a responsable and a mediator."""
    poste = ouvrir_poste(dossier_cree, PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Lefort", pieces=())) is not None
    poste.fermer()
    return dossier_cree


@pytest.fixture
def scene(lancer: Callable[[Path], Scene], a_deux: Path) -> Scene:
    scene = lancer(a_deux)
    scene.ouvrir()
    return scene


def verrouiller(scene: Scene) -> PageDeverrouillage:
    """Ctrl+L, until the base is closed."""
    scene.touche(Qt.Key.Key_L, CTRL)
    page = scene.deverrouillage()
    scene.attendre(lambda: scene.programme.verrou.poste is None)
    scene.calme()
    return page


def rouvrir(scene: Scene, phrase: str = PHRASE) -> None:
    """Types the passphrase; waits for the window to be as it was."""
    scene.attendre(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    scene.taper(phrase)
    scene.touche(Qt.Key.Key_Return)
    scene.attendre(lambda: scene.programme.fenetre.contenu is scene.programme.bureau)
    scene.calme()


def lus(widget: QWidget) -> str:
    """Every sentence and every typed text in sight."""
    mots = [w.text() for w in widget.findChildren(QLabel) if w.isVisible()]
    return "\n".join(mots + [w.text() for w in widget.findChildren(QLineEdit) if w.isVisible()])


def sans_heure(texte: str) -> str:
    return re.sub(r"Enregistré à .*", "Enregistré", texte)


def commencer_une_visite(scene: Scene) -> PageVisite:
    """Half a name, half a date: nothing that may be judged."""
    scene.touche(Qt.Key.Key_N, CTRL)
    scene.attendre(lambda: scene.bureau.page.visite)
    scene.calme()
    scene.taper("Dufresnoy")
    scene.touche(Qt.Key.Key_Tab)
    scene.taper("Maelle")
    scene.touche(Qt.Key.Key_Tab)
    scene.taper("12/0")
    page = scene.bureau.page
    assert isinstance(page, PageVisite)
    return page


def test_a_scan_that_arrives_behind_the_lock_leaves_the_keyboard_to_the_passphrase(scene: Scene) -> None:
    page = commencer_une_visite(scene)
    porte = threading.Event()
    scene.programme.taches.lancer("rendu", porte.wait)
    scans = page.justificatifs.scans
    scans.montrer(True)
    scans.vue.ouvrir("Pièce d’identité", page.en_cours.brouillon.brouillon_id, "")
    try:
        scene.touche(Qt.Key.Key_L, CTRL)
        verrou = scene.deverrouillage()
        scene.attendre(lambda: QApplication.focusWidget() is verrou.phrase.saisie)
    finally:
        porte.set()
    scene.calme()
    assert QApplication.focusWidget() is verrou.phrase.saisie


def test_the_desk_is_locked_from_the_manual_and_the_work_comes_back(scene: Scene) -> None:
    page = commencer_une_visite(scene)
    champ = QApplication.focusWidget()
    assert isinstance(champ, QLineEdit)
    scene.touche(Qt.Key.Key_F1)
    aide = scene.programme.aide
    assert aide.vue is not None and aide.vue.page.nom == "visite"
    verrouiller(scene)
    assert aide.vue is None and "Dufresnoy" not in lus(scene.programme.fenetre)
    rouvrir(scene)
    assert page.isVisible() and QApplication.focusWidget() is champ and champ.text() == "12/0"


def test_a_visit_half_typed_comes_back_to_the_letter(scene: Scene) -> None:
    page = commencer_une_visite(scene)
    champ = QApplication.focusWidget()
    assert isinstance(champ, QLineEdit)
    champ.setCursorPosition(2)
    # Saved, and what is missing is on the screen: the words are new ones, shown at the next turn of the loop.
    scene.attendre(lambda: page.en_cours.a_jour and "Il reste à indiquer" in lus(page))
    avant = lus(page)
    verrou = verrouiller(scene)
    assert QApplication.focusWidget() is verrou.phrase.saisie
    assert "Dufresnoy" not in lus(scene.programme.fenetre)
    assert not page.isVisible()
    rouvrir(scene)
    assert scene.bureau.page is page and page.isVisible()
    assert QApplication.focusWidget() is champ
    assert (champ.text(), champ.cursorPosition(), champ.selectedText()) == ("12/0", 2, "")
    assert sans_heure(lus(page)) == sans_heure(avant)
    # And it goes on: the rest of the date is typed and saved.
    champ.end(False)
    scene.taper("41987")
    scene.calme()
    scene.attendre(lambda: page.en_cours.a_jour)
    assert page.en_cours.brouillon.naissance.endswith("1987")


def test_a_field_that_came_back_still_says_when_it_is_left(scene: Scene) -> None:
    page = commencer_une_visite(scene)
    champ = QApplication.focusWidget()
    assert isinstance(champ, QLineEdit)
    champ.setText("")
    scene.taper("12041987")
    verrouiller(scene)
    rouvrir(scene)
    assert champ.text() == "12041987", "not written otherwise: it was not left"
    scene.touche(Qt.Key.Key_Tab)
    scene.attendre(lambda: champ.text() == "12/04/1987")
    assert page.isVisible()


def test_while_locked_the_base_is_closed_and_what_was_typed_is_on_disk(scene: Scene, a_deux: Path) -> None:
    page = commencer_une_visite(scene)
    verrouiller(scene)
    contexte = scene.programme._contexte
    assert contexte is not None
    assert contexte.poste.cle == b""
    assert not (a_deux / "poste.db-wal").exists(), "no connection is left"
    poste = ouvrir_poste(a_deux, PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    (garde,) = [g.brouillon for g in brouillons.lister(poste.base) if g.brouillon.nom_naissance == "Dufresnoy"]
    assert (garde.prenoms, garde.naissance) == ("Maelle", "12/0")
    poste.fermer()
    # What the pages ask meanwhile waits, and is done once the desk is open again.
    recus: list[int] = []
    contexte.lancer(delai_verrouillage, apres=recus.append)
    scene.calme()
    assert recus == []
    rouvrir(scene)
    assert recus == [10]
    assert page.isVisible()


def test_a_colleague_takes_over_in_the_middle_of_a_visit(scene: Scene, a_deux: Path) -> None:
    premiere = _visite_connue(scene)
    page = commencer_une_visite(scene)
    verrouiller(scene)
    rouvrir(scene, DE_SAM)
    assert scene.bureau.page is page
    assert premiere in scene.bureau.visites
    assert scene.bureau.navigation._nom_agent.text() == "Sam Leroy"
    scene.touche(Qt.Key.Key_Tab)
    scene.taper("fourmi")
    scene.calme()
    contexte = scene.programme._contexte
    assert contexte is not None
    regards: list[set[str]] = []
    contexte.lancer(_qui_a_regarde, premiere.en_cours.brouillon.personne_id, apres=regards.append)
    scene.attendre(lambda: regards)
    qui = contexte.poste.agent_id
    assert qui in regards[0], "who takes over looks at the files that are open: it is noted"
    # What is recorded from now on is the colleague's.
    sam = ouvrir_poste(a_deux, DE_SAM, HorlogeSysteme(), cout_index=INDEX_LEGER)
    assert sam.agent_id == qui
    sam.fermer()


def test_what_was_asked_of_one_agent_is_not_left_to_another(scene: Scene) -> None:
    reglages = scene.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("agents", "")
    scene.calme()
    reglages.agents.ajouter.click()
    scene.calme()
    page = scene.bureau.page
    assert isinstance(page, PageAjout)
    page.nom.set_texte("Lou Petit")
    page.phrase.phrase.set_texte("lampe rivage moulin tambour")
    verrouiller(scene)
    rouvrir(scene)
    assert scene.bureau.page is page, "back with the same agent"
    assert (page.nom.texte(), page.phrase.texte()) == ("Lou Petit", ""), "a passphrase does not outlive the lock"
    verrouiller(scene)
    rouvrir(scene, DE_SAM)
    assert not [p for p in scene.bureau._pages if isinstance(p, PageAjout)]
    scene.bureau.montrer_lieu("reglages")
    scene.calme()
    assert not reglages.agents.ajouter.isVisible()
    assert "Médiation · c’est vous" in lus(reglages)


def test_a_wrong_passphrase_leaves_it_locked_and_a_dialog_does_not_stay_over_it(scene: Scene) -> None:
    commencer_une_visite(scene)
    boite = Dialogue(scene.programme._theme, scene.fenetre, "Dufresnoy ?", "Question.", "info-circle", "info", "Non")
    boite.open()
    scene.programme.verrou.verrouiller()
    assert not boite.isVisible()
    # Offscreen there is no window manager to give the keyboard back.
    scene.fenetre.activateWindow()
    page = scene.deverrouillage()
    page.phrase.set_texte("ce n’est pas la bonne")
    page.valider()
    scene.calme()
    assert page.phrase.message()
    assert "Dufresnoy" not in lus(scene.programme.fenetre)
    page.phrase.set_texte("")
    rouvrir(scene)


def test_closing_the_locked_window_loses_nothing(scene: Scene, a_deux: Path) -> None:
    page = commencer_une_visite(scene)
    scene.attendre(lambda: page.en_cours.a_jour)
    scene.taper("5")
    # At once: before the fingers have rested.
    scene.programme.verrou.verrouiller()
    scene.programme.fenetre.close()
    poste = ouvrir_poste(a_deux, PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    assert ("Dufresnoy", "12/05") in {
        (g.brouillon.nom_naissance, g.brouillon.naissance) for g in brouillons.lister(poste.base)
    }
    poste.fermer()


def test_the_clipboard_is_emptied_of_ours_alone(scene: Scene) -> None:
    presse = QApplication.clipboard()
    page = commencer_une_visite(scene)
    champ = page.personne.champs["nom_naissance"].saisie
    assert isinstance(champ, QLineEdit)
    champ.selectAll()
    champ.copy()
    assert presse.text() == "Dufresnoy"
    verrouiller(scene)
    assert presse.text() == ""
    rouvrir(scene)


def test_what_another_program_copied_stays(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    presse = PressePapiers()
    # Nobody is in front: what comes then is another program's.
    monkeypatch.setattr("passdesk.ui.presse_papiers.QGuiApplication.focusWindow", lambda: None)
    monkeypatch.setattr(type(QApplication.clipboard()), "ownsClipboard", lambda _: False)
    QApplication.clipboard().setText("d’un autre programme")
    presse.vider()
    assert QApplication.clipboard().text() == "d’un autre programme"
    QApplication.clipboard().clear()


@pytest.fixture
def veille(qtbot: QtBot) -> Iterator[tuple[Veille, list[str], HorlogeFixe, QWidget]]:
    """A window that is watched on a clock which stands still."""
    horloge = HorlogeFixe(MIDI)
    fenetre = QLineEdit()
    qtbot.addWidget(fenetre)
    veille, tirs = Veille(horloge), []
    veille.oisif.connect(lambda: tirs.append("verrou"))
    with qtbot.waitActive(fenetre):
        fenetre.show()
        fenetre.activateWindow()
    veille.demarrer(10)
    yield veille, tirs, horloge, fenetre
    veille.arreter()


def test_it_locks_after_the_delay_and_each_gesture_starts_it_again(
    veille: tuple[Veille, list[str], HorlogeFixe, QWidget],
) -> None:
    guet, tirs, horloge, fenetre = veille
    horloge.instant += timedelta(minutes=9)
    guet.regarder()
    QTest.keyClick(fenetre.windowHandle(), Qt.Key.Key_A)
    horloge.instant += timedelta(minutes=9)
    guet.regarder()
    QTest.mouseMove(fenetre.windowHandle())
    horloge.instant += timedelta(minutes=9)
    guet.regarder()
    assert tirs == []
    horloge.instant += timedelta(minutes=1)
    guet.regarder()
    guet.regarder()
    assert tirs == ["verrou"], "once, until it is started again"


def test_a_laptop_that_slept_or_whose_clock_was_put_back_is_locked(
    veille: tuple[Veille, list[str], HorlogeFixe, QWidget],
) -> None:
    guet, tirs, horloge, _ = veille
    horloge.instant -= timedelta(hours=2)
    guet.regarder()
    assert tirs == ["verrou"]


def test_another_delay_counts_from_the_last_gesture(
    veille: tuple[Veille, list[str], HorlogeFixe, QWidget],
) -> None:
    guet, tirs, horloge, _ = veille
    horloge.instant += timedelta(minutes=3)
    guet.demarrer(2)
    guet.regarder()
    assert tirs == ["verrou"]


def test_a_bug_in_a_page_leaves_neither_the_desk_open_nor_the_other_pages_unsaved(scene: Scene, a_deux: Path) -> None:
    visite = commencer_une_visite(scene)

    def boguer() -> None:
        raise ZeroDivisionError

    scene.bureau._accueil.verrouiller = boguer  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        scene.programme.verrou.verrouiller()
    page = scene.deverrouillage()
    scene.attendre(lambda: scene.programme.verrou.poste is None)
    assert "Dufresnoy" not in lus(scene.programme.fenetre) and page.phrase.saisie.hasFocus()
    poste = ouvrir_poste(a_deux, PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    assert "Dufresnoy" in [garde.brouillon.nom_naissance for garde in brouillons.lister(poste.base)]
    poste.fermer()
    rouvrir(scene)
    assert scene.bureau.page is visite


def test_the_window_locks_by_itself_after_the_delay_chosen(scene: Scene, a_deux: Path) -> None:
    reglages = scene.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("agents", "")
    scene.calme()
    reglages.agents.delai.set_valeur(2)
    reglages.agents.delai.activated.emit(reglages.agents.delai.currentIndex())
    scene.calme()
    assert scene.programme.verrou.veille._delai == timedelta(minutes=2)
    scene.programme.verrou.veille._dernier -= timedelta(minutes=2)
    scene.programme.verrou.veille.regarder()
    scene.attendre(lambda: isinstance(scene.programme.fenetre.contenu, PageDeverrouillage))
    scene.calme()
    rouvrir(scene)
    assert scene.programme.verrou.veille._delai == timedelta(minutes=2)


def test_the_delay_is_a_responsable_s_and_one_of_those_offered(a_deux: Path) -> None:
    poste = ouvrir_poste(a_deux, PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    with pytest.raises(SaisieRefusee) as refus:
        regler_delai(poste, 0)
    assert refus.value.code == "verrou_delai"
    poste.fermer()
    sam = ouvrir_poste(a_deux, DE_SAM, HorlogeSysteme(), cout_index=INDEX_LEGER)
    with pytest.raises(SaisieRefusee) as refus:
        regler_delai(sam, 5)
    assert (refus.value.code, delai_verrouillage(sam)) == ("agents_reserve", 10)
    sam.fermer()


def _visite_connue(scene: Scene) -> PageVisite:
    """A visit open on somebody recorded."""
    contexte = scene.programme._contexte
    assert contexte is not None
    contexte.lancer(lambda poste: personnes.recentes(poste.base)[0].personne_id, apres=scene.bureau.nouvelle_visite)
    scene.attendre(lambda: scene.bureau.page.visite)
    scene.calme()
    page = scene.bureau.page
    assert isinstance(page, PageVisite)
    return page


def _qui_a_regarde(poste: Poste, personne_id: str) -> set[str]:
    return {vue.agent_id for vue in consultations.par_personne(poste.base, personne_id)}


def test_wrong_passphrases_are_slowed_and_the_wait_is_counted_down(
    qtbot: QtBot, theme: Theme, taches: TaskRunner, dossier: Path
) -> None:
    creer_poste(
        dossier, PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    ).fermer()
    horloge = HorlogeFixe(MIDI)
    ouverts: list[Poste] = []

    def nouvelle() -> PageDeverrouillage:
        page = PageDeverrouillage(theme, taches, dossier, horloge)
        page.ouvert.connect(ouverts.append)
        qtbot.addWidget(page)
        page.show()
        return page

    def essayer(page: PageDeverrouillage, phrase: str) -> None:
        page.phrase.set_texte(phrase)
        page.valider()
        qtbot.waitUntil(lambda: taches.en_cours == 0, timeout=60_000)

    page = nouvelle()
    for _ in range(3):
        essayer(page, "ce n’est pas la bonne")
    assert "attendez 5\u00a0s" in page.phrase.message()
    assert not page.bouton.isEnabled() and page.bouton.text().startswith("Attendez ")
    page.phrase.modifie.emit("x")
    assert "5\u00a0s" in page.phrase.message(), "typing does not hide the wait"
    # Closing the window is no way round it.
    page = nouvelle()
    essayer(page, PHRASE)
    assert "encore 5\u00a0s" in page.phrase.message() and ouverts == []
    for reste in (4, 3, 2, 1):
        page._seconde.timeout.emit()
        assert f"encore {reste}\u00a0s" in page.phrase.message()
    page._seconde.timeout.emit()
    assert (page.phrase.message(), page.bouton.isEnabled()) == ("", True)
    horloge.instant += timedelta(seconds=5)
    essayer(page, PHRASE)
    assert len(ouverts) == 1
    taches.lancer("base", ouverts[0].fermer)


def test_the_screen_is_that_of_who_opens_the_desk(scene: Scene, theme: Theme) -> None:
    theme.choisir(mode="contraste", echelle=1.5)
    verrouiller(scene)
    assert theme.echelle == 1.5, "the unlock page stays as it was read last"
    rouvrir(scene, DE_SAM)
    assert (theme.mode, theme.echelle) == ("automatique", 1.0), "a colleague who never chose"
    theme.choisir(mode="sombre")
    verrouiller(scene)
    rouvrir(scene)
    assert (theme.mode, theme.echelle) == ("contraste", 1.5)
    verrouiller(scene)
    scene.touche(Qt.Key.Key_Plus, CTRL)
    rouvrir(scene, DE_SAM)
    assert (theme.mode, theme.echelle) == ("contraste", 1.75), "chosen at the door, by the hand that then opened it"
    verrouiller(scene)
    rouvrir(scene)
    assert theme.echelle == 1.5


def test_a_size_chosen_before_there_is_a_desk_is_that_of_its_first_agent(tmp_path: Path, theme: Theme) -> None:
    affichage = Affichage(theme, tmp_path / "poste")
    theme.choisir(echelle=2.0)
    (tmp_path / "poste").mkdir()
    affichage.confier("claire")
    assert theme.echelle == 2.0
    assert load_preferences(tmp_path / "poste", "claire").echelle == 2.0
