"""Two files of one person made one, then two again, without the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from passdesk.domain.francais import typographie
from passdesk.services.fiche import modifier
from passdesk.services.fusion import fusionner
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.personnes import fiche as lire_fiche
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer
from passdesk.storage import personnes as fiches
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.personnes.fusion import PageFusion
from passdesk.ui.personnes.separation import PageSeparation
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.guichet import CTRL, Guichet, nom_lu, poste_hors_ligne
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes
from tests.ui.test_personnes import personnes, posee

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    for nom in ("Walbecq", "Valbeck"):
        carnet = attribuer(poste, visite_accord(poste, nom_naissance=nom, prenoms="Henri")).carnet
        numero = carnet.campagne, carnet.numero
        lancer_impression(poste, *numero)
        repondre(poste, *numero, "tout")
        remettre(poste, *numero, poste.horloge.aujourdhui())
    yield poste
    poste.fermer()


def _fusion(g: Guichet) -> PageFusion:
    page = personnes(g, "walbecq")
    g.touche(Qt.Key.Key_Return)
    posee(g, page)
    g.choisir_acte("Autres actes", "Réunir deux fiches…")
    g.attendre(lambda: isinstance(g.page, PageFusion) and g.page.vu is not None)
    g.calme()
    assert isinstance(g.page, PageFusion)
    return g.page


def _vivantes(g: Guichet) -> set[str]:
    return {personne.nom_naissance for personne in fiches.recentes(g.poste.base, 10)}


def test_au_clavier_reunir_puis_separer_a_nouveau(g: Guichet) -> None:
    page = _fusion(g)
    assert g.focus is page.champ
    assert [rangee.titre for rangee in page.liste.rangees] == ["Henri Valbeck"], "the look-alike comes first"
    assert {"Ensemble\u00a0: 20\u00a0pass", "Ensemble, cela fait plus de 10\u00a0pass"} <= set(g.textes())
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert page.vu is not None and nom_lu(g.focus) == "Réunir les deux fiches"
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: isinstance(g.page, PagePersonnes))
    g.calme()
    assert _vivantes(g) == {"Walbecq"}
    fiche = g.page
    assert isinstance(fiche, PagePersonnes)
    posee(g, fiche)
    assert "20\u00a0pass, pour 10 au plus" in g.textes() and "Deux fiches réunies" in g.textes()
    g.touche(Qt.Key.Key_Return)
    posee(g, fiche)
    for _ in range(30):
        if "Séparer à nouveau" in (g.focus.accessibleName() or ""):
            break
        g.tabuler()
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: isinstance(g.page, PageSeparation))
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: isinstance(g.page, PagePersonnes))
    g.calme()
    assert _vivantes(g) == {"Walbecq", "Valbeck"}
    posee(g, fiche)
    assert "Deux fiches séparées à nouveau" in g.textes()
    assert "Séparer à nouveau" not in g.textes()


def test_echap_vide_la_recherche_avant_de_revenir(g: Guichet) -> None:
    page = _fusion(g)
    g.frapper("valb")
    g.calme()
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert g.page is page and page.champ.text() == ""
    g.touche(Qt.Key.Key_Escape)
    g.attendre(lambda: isinstance(g.page, PagePersonnes))


def test_garder_l_autre_et_echap_ne_change_rien(g: Guichet) -> None:
    page = _fusion(g)
    assert page.vu is not None and page.vu.apercu.garde.personne.nom_naissance == "Walbecq"
    g.touche(Qt.Key.Key_Return)
    g.calme()
    g.aller_a("Garder plutôt l’autre")
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: page.vu is not None and page.vu.apercu.garde.personne.nom_naissance == "Valbeck")
    g.calme()
    assert nom_lu(g.focus) == "Garder plutôt l’autre"
    g.touche(Qt.Key.Key_Escape)
    g.attendre(lambda: isinstance(g.page, PagePersonnes))
    assert _vivantes(g) == {"Walbecq", "Valbeck"}


def test_ce_qui_manque_se_lit_dans_l_autre_fiche_et_c_est_dit_avant(g: Guichet) -> None:
    garde = next(p for p in fiches.recentes(g.poste.base, 10) if p.nom_naissance == "Walbecq")
    modifier(g.poste, replace(garde, telephone=""))
    page = _fusion(g)
    assert g.textes().count("repris de l’autre fiche") == 1
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert page.vu is not None
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: isinstance(g.page, PagePersonnes))
    g.calme()
    assert isinstance(g.page, PagePersonnes)
    posee(g, g.page)
    assert "06\u00a039\u00a098\u00a000\u00a012" in g.textes()


def test_quand_une_demande_les_tient_ensemble_la_page_mene_a_une_visite_pour_l_autre(g: Guichet) -> None:
    ids = {personne.nom_naissance: personne.personne_id for personne in fiches.recentes(g.poste.base, 10)}
    fusionner(g.poste, ids["Walbecq"], ids["Valbeck"])
    sql = "SELECT demande_id FROM demande WHERE origine = ?"
    (demande,) = g.poste.base.db.execute(sql, [ids["Valbeck"]]).fetchone()
    with g.poste.base.acte(g.poste.agent_id) as acte:
        acte.inscrire("demande.completer", ids["Walbecq"], {"demande": demande, "prescripteur": None})
    lue = lire_fiche(g.poste, ids["Walbecq"])
    assert lue is not None
    page = PageSeparation(g.contexte, lue.personne, lue.fusions[0], g.page)
    g.bureau.ouvrir_page(page)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.calme()
    assert "continuée le 23\u00a0novembre 2026" in page.bandeau.quoi.text() and not page.bouton.isEnabled()
    assert nom_lu(g.focus) == "Commencer cette visite"
    assert rognes(g.fenetre) + debordes(g.fenetre) == []
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: isinstance(g.page, PageVisite))
    assert isinstance(g.page, PageVisite) and g.page.en_cours.brouillon.nom_naissance == "Valbeck"


@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
def test_rien_n_est_rogne_ni_mal_ecrit(g: Guichet, echelle: float) -> None:
    g.theme.choisir("clair", echelle)
    page = _fusion(g)
    for ouverte in (False, True):
        if ouverte:
            g.touche(Qt.Key.Key_Return)
            g.calme()
        g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
        assert [texte for texte in g.textes() if typographie(texte) != texte] == []
        assert anonymes(g.page) == []
    assert page.vu is not None and page.vu.isVisible()
