"""Agents of a desk as they see themselves: come, leave, another passphrase, the sheet, and a lost passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from passdesk.domain.erreurs import BaseFermee
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.services import agents, secours
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.tasks import TaskRunner
from passdesk.ui.agents import CarteAgents, PageFeuille, PageOubli
from passdesk.ui.agents.pages import PageAjout, PagePhrase
from passdesk.ui.composants import Dialogue
from passdesk.ui.reglages import PageReglages
from passdesk.ui.theme import Theme
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe
from tests.printing.fabrique import textes_du_pdf
from tests.ui.guichet import Guichet, guichet
from tests.ui.test_composants import anonymes
from tests.ui.test_fenetre import Scene, dossier_cree, lancer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
__all__ = ["dossier_cree", "lancer"]
ALT = Qt.KeyboardModifier.AltModifier
DE_SAM = "violon rouge mardi cascade"
AUTRE = "lampe rivage moulin tambour"


def carte(g: Guichet) -> CarteAgents:
    """The card of *Réglages*, its section opened."""
    g.touche(Qt.Key.Key_5, ALT)
    g.calme()
    assert isinstance(g.page, PageReglages)
    g.page.viser("agents", "")
    g.calme()
    return g.page.agents


def qui_ouvre(poste: Poste, phrase: str) -> str:
    """The name of the agent whom this passphrase opens the desk for, or the code of the refusal."""
    try:
        ouvert = ouvrir_poste(poste.dossier, phrase, horloge_fixe(), cout_index=INDEX_LEGER)
    except BaseFermee as fermee:
        return fermee.code
    nom = next(agent.nom for agent in agents.agents_du_poste(ouvert) if agent.moi)
    ouvert.fermer()
    return nom


def dits(widget: object) -> str:
    assert hasattr(widget, "findChildren")
    return "\n".join(mots.text() for mots in widget.findChildren(QLabel) if mots.isVisible())


def test_a_colleague_comes_at_the_keyboard(g: Guichet, poste: Poste) -> None:
    ouverte = carte(g)
    assert "Claire Mabille" in dits(ouverte)
    g.aller_a("Ajouter un agent")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageAjout)
    assert anonymes(page) == []
    g.valider()
    assert page.nom.message()
    g.frapper("Sam Leroy")
    g.aller_a("Sa phrase secrète, quatre ou cinq mots sans lien entre eux")
    g.frapper("Sam Leroy 2026")
    g.valider()
    assert "devine" in page.phrase.phrase.message()
    page.phrase.phrase.set_texte("")
    g.frapper(DE_SAM)
    g.tabuler()
    g.frapper(DE_SAM)
    g.valider()
    g.attendre(lambda: g.page.cle == "reglages")
    g.calme()
    assert "Sam Leroy peut maintenant ouvrir ce poste." in dits(ouverte)
    assert (qui_ouvre(poste, DE_SAM), qui_ouvre(poste, PHRASE)) == ("Sam Leroy", "Claire Mabille")


def test_two_agents_never_share_a_passphrase(g: Guichet, poste: Poste) -> None:
    agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    carte(g).ajouter.click()
    g.calme()
    page = g.page
    assert isinstance(page, PageAjout)
    page.nom.set_texte("Lou Petit")
    page.phrase.phrase.set_texte(DE_SAM)
    page.phrase.encore.set_texte(DE_SAM)
    g.valider()
    assert "ne peut pas servir" in page.phrase.phrase.message()
    assert "Sam" not in page.phrase.phrase.message()
    assert page.acte.isEnabled()


def test_the_passphrase_changes_for_who_knows_the_present_one(g: Guichet, poste: Poste) -> None:
    ouverte = carte(g)
    g.aller_a("Changer ma phrase")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PagePhrase)
    page.phrase.phrase.set_texte(AUTRE)
    page.phrase.encore.set_texte(AUTRE)
    g.frapper("une autre phrase")
    g.valider()
    assert "votre phrase actuelle" in page.ancienne.message()
    page.ancienne.set_texte("")
    g.frapper(PHRASE)
    g.valider()
    g.attendre(lambda: g.page.cle == "reglages")
    g.calme()
    assert "Votre phrase est changée." in dits(ouverte)
    assert (qui_ouvre(poste, AUTRE), qui_ouvre(poste, PHRASE)) == ("Claire Mabille", "phrase_inconnue")


def test_a_colleague_who_lost_theirs_gets_another_then_leaves(g: Guichet, poste: Poste) -> None:
    agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    ouverte = carte(g)
    g.aller_a("Nouvelle phrase, Sam Leroy")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PagePhrase)
    assert not page.ancienne.isVisible()
    g.frapper(AUTRE)
    g.tabuler()
    g.frapper(AUTRE)
    g.valider()
    g.attendre(lambda: g.page.cle == "reglages")
    g.calme()
    assert (qui_ouvre(poste, AUTRE), qui_ouvre(poste, DE_SAM)) == ("Sam Leroy", "phrase_inconnue")
    lu: list[str] = []

    def repondre(accepter: bool) -> None:
        boite = QApplication.activeModalWidget()
        assert isinstance(boite, Dialogue)
        lu.append(f"{boite.windowTitle()} {boite.corps.text()}")
        boite.accept() if accepter else boite.sans_risque.click()

    for accepter, reste in ((False, "Sam Leroy"), (True, "phrase_inconnue")):
        QTimer.singleShot(0, lambda accepter=accepter: repondre(accepter))
        ouverte.boutons["Retirer", "Sam Leroy"].click()
        g.calme()
        assert qui_ouvre(poste, AUTRE) == reste
    assert "Sam Leroy" in lu[0] and "Une sauvegarde d’avant s’ouvre encore" in lu[0]
    assert "Sam Leroy ne peut plus ouvrir ce poste." in dits(ouverte)


def test_a_mediator_is_offered_what_is_theirs(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    sien = ouvrir_poste(poste.dossier, DE_SAM, horloge_fixe(), cout_index=INDEX_LEGER)
    try:
        with guichet(sien, theme, taches, qtbot) as g:
            g.bureau.commencer()
            ouverte = carte(g)
            assert (ouverte.ajouter.isVisible(), ouverte.secours.isVisible(), ouverte.boutons) == (False, False, {})
            assert ouverte.changer.isVisible() and not ouverte.cle.isVisible()
            assert "Demandez-la à un responsable." in dits(ouverte) and not ouverte.premiere.isVisible()
            assert "Un responsable du poste peut ajouter ou retirer un agent." in dits(ouverte)
    finally:
        sien.fermer()


def test_the_sheet_counts_once_read_back_from_the_paper(
    g: Guichet, poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ouverte = carte(g)
    assert "n’a pas de feuille de secours" in ouverte.sans_secours.quoi.text() and ouverte.sans_secours.isVisible()
    ici = ouverte.changer.mapTo(ouverte, ouverte.changer.rect().topLeft())
    assert ouverte.titre.y() < ouverte.sans_secours.y() < ici.y(), "read before the agents, at large text too"
    g.aller_a("Faire la feuille")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageFeuille)
    g.valider()
    cible = tmp_path / "cle-usb.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(cible), ""))
    g.papier().enregistrer.click()
    g.calme()
    g.fermer_papier()
    cle = _cle_du_papier(cible)
    assert secours.etat_secours(poste).faite_le is None
    g.frapper("OOOO" if not cle.endswith("0000") else "1111")
    g.valider()
    assert "Ce ne sont pas les derniers signes" in page.groupe.message()
    page.groupe.set_texte("")
    g.frapper(cle[-4:].lower())
    g.valider()
    assert "Cette feuille ouvre le poste" in dits(page)
    g.valider()
    g.attendre(lambda: g.page.cle == "reglages")
    g.calme()
    assert "Faite le" in dits(ouverte) and not ouverte.sans_secours.isVisible()
    assert secours.agents_a_retrouver(poste.dossier, cle, horloge_fixe())
    for fichier in (f for f in poste.dossier.rglob("*") if f.is_file()):
        assert cle.encode() not in fichier.read_bytes(), fichier.name


def test_a_sheet_left_without_an_answer_replaces_none(g: Guichet, poste: Poste) -> None:
    feuille = secours.tirer_feuille(poste)
    secours.retenir_feuille(poste, feuille)
    ouverte = carte(g)
    ouverte.secours.click()
    g.calme()
    page = g.page
    assert isinstance(page, PageFeuille)
    assert "reste bonne tant que" in dits(page)
    g.valider()
    g.fermer_papier()
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert g.page.cle == "reglages"
    assert secours.agents_a_retrouver(poste.dossier, feuille.cle_de_secours, horloge_fixe())


def _cle_du_papier(pdf: Path) -> str:
    (page,) = textes_du_pdf(pdf.read_bytes())
    return "".join(page.split("Clé de secours", 1)[1].split("Comment", 1)[0].split())


def test_a_lost_passphrase_is_found_again_with_the_sheet(lancer: Callable[[Path], Scene], dossier_cree: Path) -> None:
    poste = ouvrir_poste(dossier_cree, PHRASE, HorlogeSysteme())
    agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    feuille = secours.tirer_feuille(poste)
    secours.retenir_feuille(poste, feuille)
    poste.fermer()
    scene = lancer(dossier_cree)
    scene.deverrouillage().oubli.setFocus()
    scene.touche(Qt.Key.Key_Space)
    page = scene.programme.fenetre.contenu
    assert isinstance(page, PageOubli)
    assert anonymes(page) == []
    scene.taper(feuille.cle_de_secours[:-1])
    scene.touche(Qt.Key.Key_Return)
    scene.calme()
    assert "28 signes" in page.cle.message()
    scene.taper(feuille.cle_de_secours[-1])
    scene.touche(Qt.Key.Key_Return)
    scene.calme()
    scene.touche(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.qui.message()
    scene.touche(Qt.Key.Key_Down)
    scene.touche(Qt.Key.Key_Down)
    assert page.agents.currentText() == "Sam Leroy"
    scene.touche(Qt.Key.Key_Tab)
    for _ in range(2):
        scene.taper(AUTRE)
        scene.touche(Qt.Key.Key_Tab)
    scene.touche(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    scene.attendre(lambda: scene.programme.bureau is not None)
    scene.calme()
    scene.programme.fenetre.close()
    rouvert = ouvrir_poste(dossier_cree, AUTRE, HorlogeSysteme())
    assert [agent.nom for agent in agents.agents_du_poste(rouvert) if agent.moi] == ["Sam Leroy"]
    rouvert.fermer()
