"""*Carnets*: find one, and nothing irreversible without its question."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.francais import typographie
from passdesk.protocol.evenements import CarnetBloque
from passdesk.services.anterieurs import totaux
from passdesk.services.carnets import agir, fiche_carnet
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste, nouvelle_epoque
from passdesk.services.remise import remettre
from passdesk.services.remplacement import remplacer
from passdesk.services.visite import attribuer
from passdesk.storage import evenements, litiges
from passdesk.tasks import TaskRunner
from passdesk.ui.a_verifier import PageAVerifier
from passdesk.ui.a_verifier.detail import DetailCas
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.carnets.textes import CLE_ATTENDUE, EPUISES
from passdesk.ui.composants import Badge, Dialogue
from passdesk.ui.impression import PageImpression
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.remise import PageRemise
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, guichet, nom_lu
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def carnets(poste: Poste) -> tuple[Carnet, Carnet]:
    """One handed over, one printed."""
    faits = []
    for prenoms, naissance in (("Maëlle", "12/04/1987"), ("Zoé & Co", "01/02/1990")):
        carnet = attribuer(poste, visite_accord(poste, prenoms=prenoms, naissance=naissance)).carnet
        lancer_impression(poste, carnet.campagne, carnet.numero)
        repondre(poste, carnet.campagne, carnet.numero, "tout")
        faits.append(carnet)
    remettre(poste, faits[0].campagne, faits[0].numero, poste.horloge.aujourdhui())
    return faits[0], faits[1]


@pytest.fixture
def g(
    poste: Poste, carnets: tuple[Carnet, Carnet], theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot) as ouvert:
        ouvert.bureau.commencer()
        ouvert.calme()
        yield ouvert


def page_carnets(g: Guichet, texte: str = "") -> PageCarnets:
    """Alt+3, then types."""
    g.touche(Qt.Key.Key_3, ALT)
    page = g.page
    assert isinstance(page, PageCarnets)
    assert g.focus is page.champ
    g.frapper(texte)
    g.calme()
    return page


def repondre_a(g: Guichet, presser: Callable[[], object], reponse: str) -> list[str]:
    """Presses, answers the question with the button of that name, and returns what was asked."""
    lus: list[str] = []

    def faire() -> None:
        dialogue = QApplication.activeModalWidget()
        if not isinstance(dialogue, Dialogue):
            QTimer.singleShot(10, faire)
            return
        lus.extend(etiquette.text() for etiquette in dialogue.findChildren(QLabel) if etiquette.isVisible())
        assert dialogue.focusWidget() is dialogue.sans_risque
        g.attendre(lambda: rognes(dialogue) == [])
        next(b for b in dialogue.findChildren(QPushButton) if b.accessibleName() == reponse).click()

    QTimer.singleShot(0, faire)
    presser()
    g.calme()
    return lus


def test_le_stock_les_etats_et_la_recherche(g: Guichet) -> None:
    page = page_carnets(g)
    assert page.stock.text() == "À attribuer\u00a0: 18\u00a0carnets de\u00a010 · 20\u00a0carnets de\u00a05"
    assert {r.badge for r in page.liste.rangees} == {"Remis", "À remettre"}
    page.champ.setText("zoe")
    g.calme()
    assert [r.detail for r in page.liste.rangees] == ["Zoé & Co Dufresnoy · 23\u00a0novembre"]
    page.champ.setText("999999")
    g.calme()
    assert "Aucun carnet trouvé" in g.textes()
    assert "Vérifiez le numéro écrit sur la couverture, ou le nom." in g.textes()
    assert not page.panneau._detail.isVisible(), "no empty card beside it"
    g.touche(Qt.Key.Key_Escape)
    page.filtre.set_valeur("remis")
    page.filtre.choisi.emit("remis")
    g.calme()
    assert [r.badge for r in page.liste.rangees] == ["Remis"]


def test_un_carnet_rendu_dit_s_il_reste_compte_puis_donne_sa_lettre(
    g: Guichet, poste: Poste, carnets: tuple[Carnet, Carnet]
) -> None:
    """Unused pass brought back after the hand-over stay counted; a carnet never given leaves nothing."""
    remis, imprime = carnets
    for carnet, dit, recus in ((remis, "Ces pass restent comptés", 10), (imprime, "rien n’en reste compté", 0)):
        page = page_carnets(g)
        page.champ.setText(f"127 {carnet.numero:07d}")
        g.calme()
        assert page.detail is not None
        lus = repondre_a(g, page.detail.actes["carnet.retourner"].click, "Noter le retour")
        assert any(dit in texte for texte in lus)
        assert fiche_carnet(poste, carnet.campagne, carnet.numero).ligne.carnet.etat is Etat.RETOURNE
        assert totaux(poste, [carnet.personne_id]) == {carnet.personne_id: recus}
        assert "Imprimer la lettre" in page.detail.actes
        page.detail.actes["Imprimer la lettre"].click()
        g.calme()
        g.fermer_papier()


def test_perdu_se_dit_apres_la_question(g: Guichet, poste: Poste, carnets: tuple[Carnet, Carnet]) -> None:
    remis, _ = carnets
    page = page_carnets(g, "127 0000021")
    assert page.detail is not None and page.primaire() is None
    g.touche(Qt.Key.Key_Return)
    assert g.focus is page.liste, "nothing that cannot be undone is proposed"
    lus = repondre_a(g, page.detail.actes["carnet.declarer_perdu"].click, "Ne rien déclarer")
    assert "Déclarer perdu le carnet 127\u00a00000021\u00a0?" in lus
    assert any(texte.startswith("Ses 10\u00a0pass ne vaudront plus rien.") for texte in lus)
    assert fiche_carnet(poste, remis.campagne, remis.numero).ligne.carnet.etat is Etat.REMIS
    repondre_a(g, page.detail.actes["carnet.declarer_perdu"].click, "Déclarer perdu")
    assert fiche_carnet(poste, remis.campagne, remis.numero).ligne.carnet.etat is Etat.PERDU
    assert page.liste.rangees[0].badge == "Perdu"
    assert "Carnet de\u00a010 déclaré perdu" in g.textes()


def test_perdu_puis_un_autre_carnet_sans_souris(g: Guichet, poste: Poste, carnets: tuple[Carnet, Carnet]) -> None:
    remis, _ = carnets
    page = page_carnets(g, "127 0000021")
    assert page.detail is not None
    repondre_a(g, page.detail.actes["carnet.declarer_perdu"].click, "Déclarer perdu")
    assert "Un autre carnet peut être donné." in g.textes()
    g.valider()
    g.attendre(lambda: isinstance(g.page, PageImpression))
    page = page_carnets(g, "127 0000021")
    page.champ.setText("127 0000021")
    g.calme()
    fiche = fiche_carnet(poste, remis.campagne, remis.numero)
    assert f"Remplacé par le n°\u00a0{fiche.nouveau.replace(' ', chr(160))}" in g.textes()
    assert "Nouveau\u00a0: un carnet de\u00a010" in g.textes()
    assert page.primaire() is None
    page.detail.actes["Imprimer la lettre"].click()
    g.attendre(lambda: isinstance(QApplication.activeModalWidget(), Dialogue))
    dialogue = QApplication.activeModalWidget()
    assert isinstance(dialogue, Dialogue)
    assert "Lettre pour la personne" in [etiquette.text() for etiquette in dialogue.findChildren(QLabel)]
    dialogue.reject()
    g.calme()


def test_sans_carnet_de_cette_taille_on_dit_pourquoi(g: Guichet, poste: Poste, carnets: tuple[Carnet, Carnet]) -> None:
    for rang in range(18):
        attribuer(poste, visite_accord(poste, prenoms=f"Ana{chr(97 + rang)}", naissance=f"{rang + 1:02d}/02/1990"))
    page = page_carnets(g, "127 0000021")
    assert page.detail is not None
    repondre_a(g, page.detail.actes["carnet.declarer_vole"].click, "Déclarer volé")
    assert page.primaire() is None
    assert any("plus de carnet de" in texte for texte in g.textes())


def test_une_remise_du_jour_s_annule_depuis_la_liste(g: Guichet, poste: Poste, carnets: tuple[Carnet, Carnet]) -> None:
    remis, _ = carnets
    page = page_carnets(g, "127 0000021")
    assert page.detail is not None
    page.detail.actes["Annuler la remise"].click()
    g.calme()
    assert fiche_carnet(poste, remis.campagne, remis.numero).ligne.carnet.etat is Etat.IMPRIME
    assert page.primaire() is not None


def test_gache_demande_pourquoi(g: Guichet, poste: Poste, carnets: tuple[Carnet, Carnet]) -> None:
    _, imprime = carnets
    page = page_carnets(g, "zoe")
    assert page.detail is not None
    lus = repondre_a(g, page.detail.actes["carnet.gacher"].click, "Noter gâché")
    assert "Pourquoi" in lus
    fiche = fiche_carnet(poste, imprime.campagne, imprime.numero)
    assert (fiche.ligne.carnet.etat, fiche.motif) == (Etat.GACHE, "Papier abîmé")


def test_un_carnet_gache_mene_a_la_fiche_de_la_personne(g: Guichet, carnets: tuple[Carnet, Carnet]) -> None:
    page = page_carnets(g, "zoe")
    agir(g.poste, carnets[1].campagne, carnets[1].numero, "carnet.gacher", "Papier abîmé")
    g.contexte.signaler("carnets")
    g.calme()
    assert page.detail is not None
    assert {"La personne garde son droit.", "Gâché"} <= {*g.textes(), page.liste.rangees[0].badge}
    assert "Ne vaut plus rien\u00a0: à déchirer." in g.textes()
    assert not any(texte.startswith("Valable") for texte in g.textes())
    g.valider()
    fiche = g.page
    assert isinstance(fiche, PagePersonnes)
    assert "Nouvelle demande" in g.textes() and "Zoé & Co Dufresnoy" in g.textes()


def test_gache_a_la_place_d_un_perdu_ramene_au_perdu(g: Guichet, carnets: tuple[Carnet, Carnet]) -> None:
    """The right is that of the lost one: another is given in its place, not asked for again."""
    agir(g.poste, carnets[0].campagne, carnets[0].numero, "carnet.declarer_perdu")
    second = remplacer(g.poste, carnets[0].campagne, carnets[0].numero).carnet
    agir(g.poste, second.campagne, second.numero, "carnet.gacher", "Papier abîmé")
    page = page_carnets(g, str(second.numero))
    assert page.detail is not None and page.detail.fiche.ligne.carnet.numero == second.numero
    g.valider()
    assert g.page is page and page.detail.fiche.ligne.carnet.numero == carnets[0].numero
    assert page.detail.bouton is not None and page.detail.bouton.texte() == "Donner un autre carnet"


def test_le_papier_se_reprend_sur_ses_pages(g: Guichet) -> None:
    page = page_carnets(g, "zoe")
    assert page.detail is not None
    g.valider()
    g.attendre(lambda: isinstance(g.page, PageRemise))
    page = page_carnets(g, "")
    page.champ.setText("zoe")
    g.calme()
    assert page.detail is not None
    page.detail.reimpression.emit()
    g.attendre(lambda: isinstance(g.page, PageImpression))


def test_a_200_pour_cent_un_carnet_se_lit_depuis_son_titre_quel_qu_ait_ete_le_precedent(g: Guichet) -> None:
    g.theme.choisir(echelle=2.0)
    page = page_carnets(g, "maelle")
    page.ouvrir()
    g.calme()
    assert page.detail is not None and page.detail.bouton is None
    assert g.focus is page.panneau.retour
    g.touche(Qt.Key.Key_PageDown)
    g.attendre(lambda: not _entier(page, "Carnet de\u00a010"))
    g.touche(Qt.Key.Key_Escape)
    page.champ.setText("zoe")
    g.calme()
    page.ouvrir()
    g.calme()
    g.attendre(lambda: _entier(page, "Carnet de\u00a010"))


def _entier(page: PageCarnets, texte: str) -> bool:
    """True while this line of the detail is in sight, whole."""
    assert page.detail is not None
    (ligne,) = [e for e in page.detail.findChildren(QLabel) if e.text() == texte]
    return ligne.visibleRegion().boundingRect() == ligne.rect()


@pytest.mark.parametrize("mode", ["clair", "contraste"])
@pytest.mark.parametrize("echelle", [1.0, 1.25, 1.5, 2.0])
def test_rien_n_est_rogne_ni_mal_ecrit(g: Guichet, echelle: float, mode: str) -> None:
    g.theme.choisir(mode, echelle)
    page = page_carnets(g)
    g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
    for etat in ("zoe", "maelle"):
        page.champ.setText(etat)
        g.calme()
        page.ouvrir()
        g.calme()
        g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
    assert [texte for texte in g.textes() if typographie(texte) != texte] == []
    assert anonymes(g.page) == []


def test_un_poste_revenu_d_une_copie_dit_qu_il_attend_sa_cle(g: Guichet, poste: Poste) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        nouvelle_epoque(poste, acte, 2)
    g.contexte.signaler("stock", "carnets", "envoi")
    page = page_carnets(g)
    g.attendre(lambda: CLE_ATTENDUE in g.textes())
    assert [b.accessibleName() for b in page.findChildren(Badge) if b.isVisible()].count(EPUISES) == 0
    g.bureau.montrer_lieu("aujourdhui")
    g.attendre(lambda: g.textes().count("En attente de la Région") == 2)


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_un_carnet_bloque_mene_a_son_dossier_et_jamais_a_le_declarer_perdu(
    g: Guichet, poste: Poste, carnets: tuple[Carnet, Carnet], echelle: float
) -> None:
    carnet = carnets[0]
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 50, CarnetBloque(127, carnet.numero, (9, 10), "litige"))
        for rang, vise in ((51, carnets[1].numero), (52, carnet.numero), (53, carnets[1].numero)):
            litiges.ouvrir(
                poste.base, srv_seq=rang, litige_id=f"L{rang:06d}", sujet=None, campagne=127, carnets=(vise,),
                excedent=2, postes=(),
            )  # fmt: skip
    g.theme.choisir(echelle=echelle)
    page = page_carnets(g, str(carnet.numero))
    assert page.liste.rangees[0].badge == "Remis · 2\u00a0bloqués"
    g.touche(Qt.Key.Key_Return)
    assert page.detail is not None
    assert "Pass\u00a09 et\u00a010 bloqués" in g.textes()
    assert g.focus is page.detail.bouton and nom_lu(g.focus) == "Voir le dossier"
    g.touche(Qt.Key.Key_Return)
    g.calme()
    cas = g.page
    assert isinstance(cas, PageAVerifier) and isinstance(cas.detail, DetailCas)
    assert cas.detail.cas.litige_id == "L000052" and cas.detail.isVisible()
    g.attendre(lambda: rognes(cas) == [])
