"""*À vérifier* says why an act was not recorded: what happened, what is safe, what to do; then it can be done again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from passdesk.domain.erreurs import PanneAttendue
from passdesk.services.litiges import a_verifier
from passdesk.services.poste import Poste
from passdesk.ui.a_verifier import PageAVerifier
from passdesk.ui.a_verifier import page as module
from passdesk.ui.a_verifier.detail import DetailCas
from passdesk.ui.composants.annonce import ANNONCE
from tests.ui.guichet import Guichet, nom_lu
from tests.ui.mesures import debordes, rognes
from tests.ui.test_a_verifier import NOTE, a_verifier_page, poste

__all__ = ["poste"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def dits(page: PageAVerifier) -> list[str]:
    """What the banner shows now."""
    return [mots.text() for mots in page.refus.findChildren(QLabel) if mots.isVisible() and mots.text()]


def ouvrir(g: Guichet, texte: str) -> PageAVerifier:
    """The case, its note typed."""
    page = a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert isinstance(page.detail, DetailCas)
    page.detail.note.saisie.setFocus()
    g.frapper(texte)
    return page


def voir(g: Guichet, page: PageAVerifier) -> None:
    """« C'est vu », wherever it stands."""
    assert isinstance(page.detail, DetailCas)
    list(page.detail.boutons.values())[-1].click()
    g.calme()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_un_disque_plein_se_dit_la_note_reste_et_l_acte_se_refait(
    g: Guichet, poste: Poste, monkeypatch: pytest.MonkeyPatch, echelle: float
) -> None:
    def plein(*_: object) -> None:
        raise PanneAttendue("disque_plein")

    g.theme.choisir(echelle=echelle)
    page = ouvrir(g, "Rapporte le carnet jeudi")
    with monkeypatch.context() as panne:
        panne.setattr(module, "noter_vu", plein)
        voir(g, page)
    assert dits(page) == [
        "Le disque est plein.",
        "Ce qui était enregistré est là. Libérez de la place, puis recommencez.",
    ]
    assert g.fenetre.property(ANNONCE) == " ".join(dits(page)), "whoever hears the screen is told too"
    assert isinstance(page.detail, DetailCas) and page.detail.note.texte() == "Rapporte le carnet jeudi"
    assert nom_lu(g.focus) == NOTE
    g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
    voir(g, page)
    assert dits(page) == [] and [note.texte for note in a_verifier(poste).vus[0].notes] == ["Rapporte le carnet jeudi"]


def test_un_dossier_qui_n_est_plus_la_se_dit_jusqu_a_ce_qu_on_revienne(g: Guichet, poste: Poste) -> None:
    page = ouvrir(g, "Vu")
    with poste.base.ecriture() as db:
        db.execute("DELETE FROM litige")
    voir(g, page)
    quoi, suite = dits(page)
    assert quoi == "Ce dossier n’est plus à vérifier ici." and suite.startswith("Rien n’a été noté.")
    assert page.liste.rangees == ()
    g.touche(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    a_verifier_page(g)
    assert dits(page) == []
