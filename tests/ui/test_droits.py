"""What a person may ask of the desk, without the mouse: what would go is read, a reason chosen, one question asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.limitation import limitation_de
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer, ouvrir_visite
from passdesk.storage import brouillons, consultations
from passdesk.storage import personnes as fiches
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import Dialogue
from passdesk.ui.droits import PageDroits
from passdesk.ui.droits.effacement import PageEffacement
from passdesk.ui.droits.limitation import DialogueRaison
from passdesk.ui.papier.dialogue import DialoguePapier
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, guichet, nom_lu, poste_hors_ligne
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes
from tests.ui.test_personnes import personnes, posee

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    carnet = attribuer(poste, visite_accord(poste, nom_naissance="Walbecq", prenoms="Henri")).carnet
    numero = carnet.campagne, carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())
    yield poste
    poste.fermer()


def _droits(g: Guichet) -> PageDroits:
    page = personnes(g, "walbecq")
    g.touche(Qt.Key.Key_Return)
    posee(g, page)
    g.choisir_acte("Autres actes", "Droits de la personne…")
    g.calme()
    assert isinstance(g.page, PageDroits)
    return g.page


def _effacement(g: Guichet) -> PageEffacement:
    _droits(g)
    g.aller_a("Voir ce qui serait effacé…")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert isinstance(g.page, PageEffacement)
    return g.page


def _au_dialogue(faire: Callable[[Dialogue], None]) -> None:
    def essayer() -> None:
        dialogue = QApplication.activeModalWidget()
        if isinstance(dialogue, Dialogue):
            faire(dialogue)
        else:
            QTimer.singleShot(10, essayer)

    QTimer.singleShot(0, essayer)


def _vivante(g: Guichet) -> bool:
    return any(personne.nom_naissance == "Walbecq" for personne in fiches.recentes(g.poste.base))


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_effacer_au_clavier_apres_avoir_lu(g: Guichet, theme: Theme, echelle: float) -> None:
    theme.choisir(echelle=echelle)
    page = _effacement(g)
    lus = g.textes()
    assert "L’identité, les coordonnées et la note de la fiche" in lus
    assert "1\u00a0demande, et ce qui a servi à y répondre" in lus
    assert "10\u00a0pass donnés ici, sans nom\u00a0: les comptes de la Région restent justes." in lus
    assert "On ne peut pas revenir en arrière" in lus
    assert (rognes(g.fenetre), debordes(g.fenetre), anonymes(g.fenetre)) == ([], [], [])
    assert nom_lu(g.focus) == "Garder la fiche", "the harmless way comes first"
    # A carnet that cannot be replaced any more is read without scrolling, at large text too.
    assert "Perdu ou volé, son carnet ne se remplace plus." in " ".join(g.textes())
    assert "La copie gardée à la Région, effacée au prochain envoi" in lus
    assert page.bouton.text() == "Choisissez d’abord pourquoi" and not page.bouton.isEnabled()
    g.aller_a("Pourquoi effacer\u00a0?")
    g.touche(Qt.Key.Key_Down)
    assert page.bouton.width() < page.width() / 2, "what cannot be undone is not the widest target"
    g.aller_a("Effacer la fiche")
    questions = []

    def garder(dialogue: Dialogue) -> None:
        questions.append((dialogue.windowTitle(), dialogue.corps.text(), nom_lu(dialogue.focusWidget())))
        dialogue.sans_risque.click()

    _au_dialogue(garder)
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert _vivante(g)
    assert questions == [(
        "Effacer la fiche «\u00a0Henri Walbecq\u00a0»\u00a0?",
        "On ne peut pas revenir en arrière. La Région efface sa copie. Les pass donnés restent valables.",
        "Garder la fiche",
    )]  # fmt: skip
    g.fenetre.activateWindow()
    g.attendre(g.fenetre.isActiveWindow)
    g.aller_a("Effacer la fiche")
    _au_dialogue(lambda dialogue: dialogue.accept())
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: not _vivante(g))
    g.calme()
    assert "La fiche est effacée" in g.textes()
    assert (rognes(g.fenetre), debordes(g.fenetre)) == ([], [])
    _sans_trace(g)
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    page_personnes = g.page
    assert isinstance(page_personnes, PagePersonnes) and page_personnes.champ.text() == ""
    _sans_trace(g)


def _sans_trace(g: Guichet) -> None:
    """Not a word of the person anywhere in the window, shown or not."""
    dits = [w.text() for w in g.fenetre.findChildren(QLineEdit)]
    dits += [*g.textes(), *(page.titre for page in g.bureau.visites)]
    assert not any("Walbecq" in dit or "walbecq" in dit for dit in dits)


def test_la_visite_ouverte_se_ferme_et_ne_se_garde_pas(g: Guichet, poste: Poste) -> None:
    (personne,) = fiches.recentes(poste.base)
    brouillon = replace(ouvrir_visite(poste, personne.personne_id), note="Xylokanari")
    ouverte = g.visite(brouillon)
    _effacement(g)
    g.aller_a("Pourquoi effacer\u00a0?")
    g.touche(Qt.Key.Key_Down)
    g.aller_a("Effacer la fiche")
    # Typed at the last moment, and not saved yet.
    ouverte.en_cours.modifier(replace(ouverte.en_cours.brouillon, note="Quetzalnote"))
    _au_dialogue(lambda dialogue: dialogue.accept())
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: not _vivante(g))
    g.calme()
    assert g.bureau.visites == ()
    assert brouillons.lister(poste.base) == ()


def test_un_mediateur_lit_la_page_et_sait_a_qui_s_adresser(
    tmp_path: Path, poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.ajouter", poste.agent_id, {"nom": "Claire Mabille", "role": "mediateur"})
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.commencer()
        g.calme()
        _effacement(g)
        assert "Un responsable du poste doit effacer la fiche." in g.textes()
        assert "Effacer la fiche" not in [t for t in g.textes() if t == "Effacer la fiche"][1:], "no button"
        assert "Ce qui s’efface" in g.textes()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_tout_ce_qui_est_garde_se_lit_et_s_enregistre(
    g: Guichet, poste: Poste, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, echelle: float
) -> None:
    theme.choisir(echelle=echelle)
    page = _droits(g)
    assert nom_lu(g.focus) == "Voir et imprimer"
    assert (rognes(g.fenetre), debordes(g.fenetre), anonymes(g.fenetre)) == ([], [], [])
    (personne,) = fiches.recentes(poste.base)
    (vue,) = consultations.par_personne(poste.base, personne.personne_id)
    assert (vue.agent_id, vue.geste) == (poste.agent_id, "fiche")
    ouverts: list[DialoguePapier] = []
    page.sortie.montree.connect(ouverts.append)
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: bool(ouverts))
    g.calme()
    assert "Relisez ces pages, puis remettez-les à la personne." in [w.text() for w in ouverts[0].findChildren(QLabel)]
    g.fermer_papier()
    g.aller_a("Enregistrer les fichiers…")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "remis"))
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: "2\u00a0fichiers enregistrés" in g.textes())
    assert sorted(f.suffix for f in (tmp_path / "remis").iterdir()) == [".json", ".pdf"]
    assert "ne les laissez pas sur l’ordinateur" in " ".join(g.textes())
    assert [vue.geste for vue in consultations.par_personne(poste.base, personne.personne_id)] == ["fiche", "export"]


def test_la_notice_se_montre_et_se_note_au_clavier(g: Guichet, poste: Poste) -> None:
    page = _droits(g)
    assert "La notice n’a pas encore été notée comme remise." in g.textes()
    ouverts: list[DialoguePapier] = []
    page.sortie.montree.connect(ouverts.append)
    g.aller_a("Voir la notice")
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: bool(ouverts))
    g.calme()
    g.fermer_papier()
    g.aller_a("Noter qu’elle est remise")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert "Notice remise le 23\u00a0novembre 2026 par Claire Mabille." in g.textes()
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    _droits(g)
    g.calme()
    assert "Notice remise le 23\u00a0novembre 2026 par Claire Mabille." in g.textes(), "read again"


def test_limiter_puis_lever_au_clavier(g: Guichet, poste: Poste) -> None:
    _droits(g)
    (personne,) = fiches.recentes(poste.base)
    for bouton, fleches in (("Limiter la fiche…", 2), ("Lever la limitation…", 1)):
        questions = []

        def repondre(dialogue: Dialogue, fleches: int = fleches, questions: list[bool] = questions) -> None:
            assert isinstance(dialogue, DialogueRaison)
            questions.append(dialogue.faire.isEnabled())
            for _ in range(fleches):
                QTest.keyClick(dialogue.raison, Qt.Key.Key_Down)
            dialogue.faire.click()

        g.aller_a(bouton)
        _au_dialogue(repondre)
        g.touche(Qt.Key.Key_Space)
        g.fenetre.activateWindow()
        g.attendre(g.fenetre.isActiveWindow)
        g.calme()
        assert questions == [False], "a reason first"
        if fleches == 2:
            assert "La personne s’y oppose, depuis le 23\u00a0novembre 2026, par Claire Mabille." in g.textes()
            assert limitation_de(poste, personne.personne_id) is not None
            g.touche(Qt.Key.Key_Escape)
            g.calme()
            assert "Fiche limitée à la demande de la personne" in g.textes()
            _droits(g)
            g.calme()
    assert limitation_de(poste, personne.personne_id) is None
