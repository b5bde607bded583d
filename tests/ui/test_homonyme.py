"""A homonym said by keyboard alone: where the pass come from, the reason, what it changes, the answer that follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from passdesk.services.homonyme import declarer_homonyme, note_de
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, reprendre
from passdesk.storage import litiges, personnes
from passdesk.tasks import TaskRunner
from passdesk.ui.a_verifier import PageAVerifier
from passdesk.ui.a_verifier.detail import DetailCas
from passdesk.ui.homonyme import RETIRER, DialogueRetrait
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.theme import Theme
from passdesk.ui.visite.homonyme import AU_RESPONSABLE, BOUTON, OUBLIER, DialogueHomonyme
from passdesk.ui.visite.textes import AUTRE_PERSONNE, MEME_PERSONNE
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, guichet, nom_lu
from tests.ui.mesures import rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _au_retrait(faire: Callable[[DialogueRetrait], None]) -> None:
    def essayer() -> None:
        dialogue = QApplication.activeModalWidget()
        if isinstance(dialogue, DialogueRetrait):
            faire(dialogue)
        else:
            QTimer.singleShot(10, essayer)

    QTimer.singleShot(0, essayer)


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
    assert page.droit.etat == "question"
    assert BOUTON not in g.textes(), "whether it is the same person is asked first, alone"
    _une_autre(g)
    assert page.droit.etat == "refus"
    assert g.focus is page.personne.homonyme.bouton, "the keyboard follows, from one question to the next"
    phrase = page.personne.homonyme.origine
    g.attendre(lambda: phrase.visibleRegion().boundingRect().height() == phrase.height())
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


def _homonyme_servi(poste: Poste) -> str:
    """The second of two persons of one identity, awarded once noted a homonym."""
    attribuer(poste, visite_accord(poste))
    dit = declarer_homonyme(poste, visite_accord(poste), "autre", "née à Lille")
    return attribuer(poste, dit).personne.personne_id


def _devant(g: Guichet) -> None:
    """Offscreen there is no window manager to give the keyboard to the window."""
    g.fenetre.activateWindow()
    g.attendre(g.fenetre.isActiveWindow)


def _fiche(g: Guichet, personne_id: str) -> PagePersonnes:
    page = g.bureau.montrer_lieu("personnes")
    assert isinstance(page, PagePersonnes)
    g.calme()
    while page.liste.cle() != personne_id:
        page.liste.avancer(1)
    page.ouvrir()
    g.attendre(lambda: page.fiche is not None and page.fiche.fiche.personne.personne_id == personne_id)
    g.calme()
    _devant(g)
    g.tabuler()
    return page


def test_dit_dans_la_visite_il_se_dedit_dans_la_visite(g: Guichet, poste: Poste) -> None:
    attribuer(poste, visite_accord(poste))
    page = g.visite(declarer_homonyme(poste, visite_accord(poste), "identite_differente", ""))
    assert page.droit is not None and page.droit.etat == "accord"
    g.aller_a(OUBLIER)
    g.touche(Qt.Key.Key_Space)
    g.calme()
    g.attendre(lambda: page.droit is not None and page.droit.etat == "question")
    assert page.en_cours.brouillon.homonyme is None
    assert OUBLIER not in g.textes()
    # Whether it is the same person is asked again, where the keyboard now is.
    g.attendre(lambda: nom_lu(g.focus) == MEME_PERSONNE)


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_depuis_la_fiche_un_responsable_le_retire_au_clavier(
    g: Guichet, poste: Poste, qtbot: QtBot, theme: Theme, echelle: float
) -> None:
    theme.choisir(echelle=echelle)
    seconde = _homonyme_servi(poste)
    page = _fiche(g, seconde)
    dits = [texte.replace("\u00a0", " ") for texte in g.textes()]
    assert "Homonyme noté" in dits
    assert "Par Claire Mabille le 23 novembre 2026 · née à Lille" in dits
    g.attendre(lambda: rognes(page) == [])

    def repondre(dialogue: DialogueRetrait) -> None:
        corps = dialogue.corps.text().replace("\u00a0", " ")
        assert "compteront ensemble : 20." in corps
        assert "10 de plus que le maximum" in corps and "la Région bloque les derniers donnés" in corps
        g.attendre(lambda: rognes(dialogue) == [])
        assert anonymes(dialogue) == []
        assert dialogue.focusWidget() is dialogue.motif
        assert not dialogue.faire.isEnabled(), "a reason is chosen first"
        qtbot.keyClick(dialogue.motif, Qt.Key.Key_Down)
        dialogue.faire.setFocus()
        qtbot.keyClick(dialogue.faire, Qt.Key.Key_Space)

    g.aller_a(RETIRER)
    _au_retrait(repondre)
    g.touche(Qt.Key.Key_Space)
    g.fenetre.activateWindow()
    g.calme()
    g.attendre(lambda: page.fiche is not None and page.fiche.homonyme is None)
    g.calme()
    assert note_de(poste, seconde) is None
    assert "Homonyme retiré" in g.textes()
    assert "20\u00a0pass, pour 10 au plus" in g.textes()
    assert page.fiche is not None
    g.attendre(page.fiche.bouton.hasFocus)


def test_echap_garde_l_homonyme(g: Guichet, poste: Poste, qtbot: QtBot) -> None:
    seconde = _homonyme_servi(poste)
    page = _fiche(g, seconde)
    g.aller_a(RETIRER)
    _au_retrait(lambda dialogue: qtbot.keyClick(dialogue, Qt.Key.Key_Escape))
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert note_de(poste, seconde) is not None
    assert page.fiche is not None and page.fiche.homonyme is not None


def test_depuis_le_dossier_a_verifier(g: Guichet, poste: Poste, qtbot: QtBot) -> None:
    seconde = _homonyme_servi(poste)
    (numero,) = (c for (c,) in poste.base.db.execute("SELECT numero FROM carnet WHERE personne_id = ?", [seconde]))
    with poste.base.ecriture():
        litiges.ouvrir(
            poste.base, srv_seq=51, litige_id="L000051", sujet=seconde, campagne=127, carnets=(numero,), excedent=10,
            postes=("Guichet d’essai",),
        )  # fmt: skip
    page = g.bureau.montrer_lieu("a-verifier")
    assert isinstance(page, PageAVerifier)
    g.calme()
    page.ouvrir()
    g.calme()
    assert "Un homonyme, et 10\u00a0pass en attente" in g.textes()
    _devant(g)
    g.tabuler()

    def repondre(dialogue: DialogueRetrait) -> None:
        qtbot.keyClick(dialogue.motif, Qt.Key.Key_Down)
        dialogue.faire.click()

    g.aller_a(RETIRER)
    avant = page.detail
    g.fenetre.resize(1200, 690)
    g.attendre(lambda: page.detail is not avant)
    assert nom_lu(g.focus) == RETIRER, "made again for another window, it keeps the keyboard"
    _au_retrait(repondre)
    g.touche(Qt.Key.Key_Space)
    g.fenetre.activateWindow()
    g.calme()
    g.attendre(lambda: isinstance(page.detail, DetailCas) and page.detail.homonyme is None)
    assert "10\u00a0pass de trop pour la même personne" in g.textes()
    assert any("puis retiré" in texte for texte in g.textes())
    assert RETIRER not in g.textes()


def test_un_mediateur_le_lit_et_ne_le_retire_pas(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    seconde = _homonyme_servi(poste)
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    with guichet(replace(poste, agent_id=agent), theme, taches, qtbot) as g:
        _fiche(g, seconde)
        assert "Homonyme noté" in g.textes()
        assert RETIRER not in g.textes()
