"""*À vérifier* keeps the keyboard where it was when its detail is made again: another window, other facts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.services.litiges import a_verifier
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer
from passdesk.storage import envoi, litiges
from passdesk.storage.envoi import Issue
from passdesk.ui.a_verifier import PageAVerifier
from passdesk.ui.a_verifier.detail import DetailCas
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, nom_lu
from tests.ui.test_a_verifier import NOTE, a_verifier_page, poste

__all__ = ["poste"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ACTES = (
    "Noter l’appel, Appeler le poste Bus de l’Avesnois",
    "Voir le carnet, Regarder le carnet",
    "Ouvrir la fiche, Relire la fiche",
    NOTE,
    "C’est vu",
)


def refait(g: Guichet, page: PageAVerifier, taille: tuple[int, int]) -> None:
    """The window at this size: the detail is another."""
    avant = page.detail
    g.fenetre.resize(*taille)
    g.attendre(lambda: page.detail is not avant)
    g.calme()


def ouvrir(g: Guichet) -> PageAVerifier:
    page = a_verifier_page(g)
    g.fenetre.resize(1366, 768)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    return page


@pytest.mark.parametrize("acte", ACTES)
def test_chaque_acte_garde_le_clavier_quand_la_fenetre_change(g: Guichet, acte: str) -> None:
    page = ouvrir(g)
    g.aller_a(acte)
    # Lower, back, narrower and lower at once, back.
    for taille in ((1366, 690), (1366, 768), (1200, 690), (1366, 768)):
        refait(g, page, taille)
        assert nom_lu(g.focus) == acte, taille
        assert page.isAncestorOf(g.focus) and g.focus.isVisible()


def test_le_papier_de_l_appel_garde_le_clavier_aussi(g: Guichet, poste: Poste) -> None:
    tete = envoi.tete(poste.base)
    envoi.noter_issues(poste.base, [Issue(tete.epoch, tete.seq, "en_attente", None, "inapplicable")])
    page = a_verifier_page(g)
    g.fenetre.resize(1366, 768)
    g.touche(Qt.Key.Key_Down)
    g.calme()
    g.aller_a("Imprimer pour l’appel")
    refait(g, page, (1200, 690))
    assert nom_lu(g.focus) == "Imprimer pour l’appel"


def test_de_deux_carnets_c_est_le_meme_qui_garde_le_clavier(g: Guichet, poste: Poste) -> None:
    autre = attribuer(poste, visite_accord(poste, nom_naissance="Carlier")).carnet
    (cas,) = a_verifier(poste).ouverts
    with poste.base.ecriture():
        litiges.ouvrir(
            poste.base, srv_seq=53, litige_id=cas.litige_id, sujet=autre.personne_id, campagne=127,
            carnets=(cas.ici[0].carnet.numero, autre.numero), excedent=5, postes=(),
        )  # fmt: skip
    page = ouvrir(g)
    for rang in (0, 1):
        assert isinstance(page.detail, DetailCas)
        geste = [geste for geste in page.detail.boutons if geste.acte == "carnet"][rang]
        page.detail.boutons[geste].setFocus()
        refait(g, page, (1200, 690) if rang == 0 else (1366, 768))
        assert isinstance(page.detail, DetailCas)
        assert g.focus is page.detail.boutons[geste]


def test_le_clavier_reste_sur_l_acte_quand_un_autre_dossier_arrive(g: Guichet, poste: Poste) -> None:
    page = ouvrir(g)
    g.aller_a("Voir le carnet, Regarder le carnet")
    carnet = attribuer(poste, visite_accord(poste, nom_naissance="Carlier")).carnet
    with poste.base.ecriture():
        litiges.ouvrir(
            poste.base, srv_seq=53, litige_id="L000052", sujet=carnet.personne_id, campagne=127,
            carnets=(carnet.numero,), excedent=1, postes=(),
        )  # fmt: skip
    avant = page.detail
    g.contexte.signaler("litiges")
    g.attendre(lambda: page.detail is not avant)
    g.calme()
    assert len(page.liste.rangees) == 2
    assert nom_lu(g.focus) == "Voir le carnet, Regarder le carnet"


def test_une_fenetre_plus_etroite_et_plus_basse_ne_refait_le_dossier_qu_une_fois(
    g: Guichet, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ouvrir(g)
    montrer, faits = page.panneau.montrer, list[QWidget | None]()

    def compter(detail: QWidget | None, *reste: object) -> None:
        faits.append(detail)
        montrer(detail, *reste)  # type: ignore[arg-type]

    monkeypatch.setattr(page.panneau, "montrer", compter)
    for taille in ((1200, 690), (1366, 768), (700, 600), (1366, 768)):
        faits.clear()
        refait(g, page, taille)
        assert len(faits) == 1, taille
