"""A homonym said by keyboard alone: where the pass come from, the reason, what it changes, the answer that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, reprendre
from passdesk.storage import personnes
from passdesk.tasks import TaskRunner
from passdesk.ui.theme import Theme
from passdesk.ui.visite.homonyme import AU_RESPONSABLE, BOUTON, DialogueHomonyme
from passdesk.ui.visite.textes import AUTRE_PERSONNE
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, guichet, nom_lu, poste_hors_ligne
from tests.ui.mesures import rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "homonyme")
    yield poste
    poste.fermer()


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot) as ouvert:
        yield ouvert


def _dans_le_dialogue(faire: Callable[[DialogueHomonyme], None]) -> None:
    def essayer() -> None:
        dialogue = QApplication.activeModalWidget()
        if isinstance(dialogue, DialogueHomonyme):
            faire(dialogue)
        else:
            QTimer.singleShot(10, essayer)

    QTimer.singleShot(0, essayer)


def _une_autre(g: Guichet) -> None:
    """The record already known is not that of who is here."""
    g.aller_a(AUTRE_PERSONNE)
    g.touche(Qt.Key.Key_Space)
    g.calme()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_un_responsable_note_un_homonyme_au_clavier(
    g: Guichet, poste: Poste, qtbot: QtBot, theme: Theme, echelle: float
) -> None:
    theme.choisir(echelle=echelle)
    attribuer(poste, visite_accord(poste))
    page = g.visite(visite_accord(poste))
    assert page.droit is not None
    assert page.droit.etat == "refus"
    assert BOUTON not in g.textes(), "whether it is the same person is asked first, alone"
    _une_autre(g)
    assert g.focus is page.personne.homonyme.bouton, "the keyboard follows, from one question to the next"
    dits = [texte.replace("\u00a0", " ") for texte in g.textes()]
    assert any(t.startswith("10 pass déjà attribués : 10 ici, 0 ailleurs, liste régionale du ") for t in dits)
    assert AU_RESPONSABLE not in g.textes()
    g.attendre(lambda: rognes(page) == [])

    def repondre(dialogue: DialogueHomonyme) -> None:
        assert "au-delà de 10 sont bloqués" in dialogue.corps.text().replace("\u00a0", " ")
        g.attendre(lambda: rognes(dialogue) == [])
        assert anonymes(dialogue) == []
        assert dialogue.focusWidget() is dialogue.motif
        assert not dialogue.noter.isEnabled()
        for _ in range(3):
            qtbot.keyClick(dialogue.motif, Qt.Key.Key_Down)
        assert dialogue.motif.valeur() == "autre"
        assert not dialogue.noter.isEnabled(), "another reason has to be written"
        saisie = dialogue.precision.saisie
        assert isinstance(saisie, QLineEdit)
        qtbot.keyClick(dialogue.motif, Qt.Key.Key_Tab)
        assert dialogue.focusWidget() is saisie
        qtbot.keyClicks(saisie, "pas les memes parents")
        dialogue.noter.setFocus()
        qtbot.keyClick(dialogue.noter, Qt.Key.Key_Space)

    g.aller_a(BOUTON)
    _dans_le_dialogue(repondre)
    g.touche(Qt.Key.Key_Space)
    g.fenetre.activateWindow()
    g.calme()
    g.attendre(lambda: page.droit is not None and page.droit.etat == "accord")
    g.attendre(lambda: rognes(page) == [])
    note = page.personne.homonyme
    assert note.origine.text().startswith("Homonyme noté")
    assert BOUTON not in g.textes()
    assert g.focus is note
    assert nom_lu(note) == note.origine.text()
    g.attendre(lambda: note.origine.visibleRegion().boundingRect().height() == note.origine.height())
    g.calme()
    garde = reprendre(poste, page.en_cours.brouillon.brouillon_id)
    assert garde is not None
    assert garde.homonyme is not None
    assert (garde.homonyme.motif, garde.homonyme.texte) == ("autre", "pas les memes parents")
    g.valider()
    assert len({p.personne_id for p in personnes.recentes(poste.base)}) == 2


def test_echap_ne_note_rien(g: Guichet, poste: Poste, qtbot: QtBot) -> None:
    attribuer(poste, visite_accord(poste))
    page = g.visite(visite_accord(poste))
    _une_autre(g)
    g.aller_a(BOUTON)
    _dans_le_dialogue(lambda dialogue: qtbot.keyClick(dialogue, Qt.Key.Key_Escape))
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.en_cours.brouillon.homonyme is None
    assert page.droit is not None
    assert page.droit.etat == "refus"
    g.fenetre.activateWindow()
    g.attendre(page.personne.homonyme.bouton.hasFocus)


def test_a_qui_ne_peut_pas_le_noter_la_page_dit_qui_le_peut(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    attribuer(poste, visite_accord(poste))
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    with guichet(replace(poste, agent_id=agent), theme, taches, qtbot) as g:
        page = g.visite(visite_accord(poste))
        _une_autre(g)
        assert g.focus is page.demande.radios["demandeur_emploi"], "nothing to press there: the form goes on"
        assert AU_RESPONSABLE in g.textes()
        assert BOUTON not in g.textes()
