"""*À vérifier* says why an act was not recorded: what happened, what is safe, what to do; then it can be done again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from passdesk.domain.erreurs import PanneAttendue
from passdesk.services.litiges import a_verifier
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer
from passdesk.storage import litiges
from passdesk.ui.a_verifier import PageAVerifier
from passdesk.ui.a_verifier import page as module
from passdesk.ui.a_verifier.detail import DetailCas
from passdesk.ui.composants.annonce import ANNONCE
from tests.builders import visite_accord
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


def second_dossier(poste: Poste) -> None:
    """About somebody else."""
    carnet = attribuer(poste, visite_accord(poste, nom_naissance="Carlier", prenoms="Sophie")).carnet
    with poste.base.ecriture():
        litiges.ouvrir(
            poste.base, srv_seq=52, litige_id="L000052", sujet=carnet.personne_id, campagne=127,
            carnets=(carnet.numero, 143), excedent=3, postes=("Guichet d’essai", "Bus de l’Avesnois"),
        )  # fmt: skip


def oublier_le_premier(poste: Poste, page: PageAVerifier) -> None:
    """The case that is shown leaves the base meanwhile."""
    assert isinstance(page.detail, DetailCas)
    with poste.base.ecriture() as db:
        db.execute("DELETE FROM litige WHERE litige_id = ?", (page.detail.cas.litige_id,))


def test_ce_qui_a_ete_refuse_d_un_dossier_n_est_pas_dit_d_un_autre(
    g: Guichet, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plein(*_: object) -> None:
        raise PanneAttendue("disque_plein")

    second_dossier(poste)
    page = ouvrir(g, "Vu")
    monkeypatch.setattr(module, "noter_vu", plein)
    voir(g, page)
    assert dits(page)[0] == "Le disque est plein."
    g.contexte.signaler("litiges")
    g.calme()
    assert dits(page), "the list read again changes nothing of it"
    page.liste.setFocus()
    g.touche(Qt.Key.Key_Down)
    assert page.liste.cle() == page.liste.rangees[1].cle and dits(page) == []


def test_de_deux_dossiers_celui_qui_part_laisse_le_clavier_dans_la_liste_puis_sur_la_page(
    g: Guichet, poste: Poste
) -> None:
    second_dossier(poste)
    page = ouvrir(g, "Vu avec le bus")
    oublier_le_premier(poste, page)
    voir(g, page)
    parti, reste = "Ce dossier n’est plus à vérifier ici.", "Les autres dossiers sont dans la liste, s’il en reste."
    perdue = "Ce que vous aviez tapé dans la note n’est pas gardé."
    assert dits(page) == [parti, f"Rien n’a été noté. {perdue} {reste}"]
    assert g.fenetre.property(ANNONCE) == " ".join(dits(page))
    assert len(page.liste.rangees) == 1 and g.focus is page.liste
    assert isinstance(page.detail, DetailCas) and page.detail.note.texte() == ""
    g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
    oublier_le_premier(poste, page)
    voir(g, page)
    assert dits(page) == [parti, f"Rien n’a été noté. {reste}"] and page.liste.rangees == ()
    assert page.isAncestorOf(g.focus) and nom_lu(g.focus).startswith("Rien à vérifier")


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
