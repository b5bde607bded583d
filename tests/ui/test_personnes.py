"""*Personnes* as a mediator uses it: type, arrows, Enter, and the right page is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from passdesk.domain.francais import typographie
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, garder
from passdesk.ui.impression import PageImpression
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.guichet import CTRL, Guichet, nom_lu, poste_hors_ligne
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    attribuer(poste, visite_accord(poste, nom_naissance="Walbecq", prenoms="Henri & <b>Fils</b>"))
    sans_piece = visite_accord(poste, nom_naissance="Walgrain", prenoms="Noé", naissance="05/05/2004", pieces=())
    garder(poste, sans_piece)
    yield poste
    poste.fermer()


def personnes(g: Guichet, texte: str = "") -> PagePersonnes:
    """Ctrl+K, then types."""
    g.touche(Qt.Key.Key_K, CTRL)
    page = g.page
    assert isinstance(page, PagePersonnes)
    assert g.focus is page.champ
    g.frapper(texte)
    posee(g, page)
    return page


def posee(g: Guichet, page: PagePersonnes) -> None:
    """Until the row chosen is the page shown."""
    g.calme()
    g.attendre(lambda: page.fiche is not None and page.fiche.fiche.personne.personne_id == page.liste.cle())
    g.calme()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_aucune_page_ne_demande_plus_que_l_ecran(g: Guichet, theme: Theme, echelle: float) -> None:
    """1366 × 768 whatever is shown: places, the person chosen, nobody found, a long name searched."""
    theme.choisir(echelle=echelle)
    g.fenetre.resize(1366, 768)
    demandes: dict[str, tuple[int, int]] = {}

    def mesurer(quoi: str) -> None:
        g.calme()
        demande = g.fenetre.minimumSizeHint()
        if demande.width() > 1366 or demande.height() > 768:
            demandes[quoi] = (demande.width(), demande.height())

    for lieu in ("aujourdhui", "carnets", "a-verifier", "reglages"):
        g.bureau.montrer_lieu(lieu)
        mesurer(lieu)
    page = personnes(g, "WAL")
    page.ouvrir()
    mesurer("fiche")
    page.panneau.fermer()
    for texte in ("zumb", "Delhaye-Montrésor de la Houssière van den Broucke-Delattre", "127 0000009"):
        page.champ.setText(texte)
        mesurer(texte)
    assert demandes == {}
    assert g.fenetre.height() == 768


def test_chercher_de_partout_marquer_compter_et_ouvrir(g: Guichet) -> None:
    page = personnes(g, "WALB")
    (rangee,) = page.liste.rangees
    ((debut, longueur),) = rangee.reperes
    assert rangee.titre[debut : debut + longueur] == "Walb"
    assert page.compte.text() == "1\u00a0personne pour «\u00a0WALB\u00a0»"
    textes = g.textes()
    assert "Henri & <b>Fils</b> Walbecq" in textes, "names are data, never markup"
    dits = {
        "10\u00a0pass, le maximum",
        "Aucun pass",
        "Droit\u00a0: un carnet de\u00a010",
        "Une visite est en cours",
    }
    assert dits <= set(textes)
    g.touche(Qt.Key.Key_Return)
    assert page.fiche is not None and g.focus is page.fiche.bouton


def test_les_fleches_choisissent_sans_quitter_la_recherche(g: Guichet) -> None:
    page = personnes(g, "wal")
    premiere = page.liste.cle()
    g.touche(Qt.Key.Key_Down)
    posee(g, page)
    assert g.focus is page.champ
    assert page.liste.cle() != premiere
    g.touche(Qt.Key.Key_Down)
    assert page.liste.cle() != premiere, "the last row stays chosen"
    g.touche(Qt.Key.Key_Up)
    posee(g, page)
    assert page.liste.cle() == premiere


def test_ctrl_d_commence_une_demande_pour_la_personne_montree(g: Guichet) -> None:
    personnes(g, "walb")
    g.touche(Qt.Key.Key_D, CTRL)
    g.attendre(lambda: isinstance(g.page, PageVisite))
    assert g.page.titre == "Henri & <b>Fils</b> Walbecq"
    assert isinstance(g.page, PageVisite)
    assert g.page.en_cours.brouillon.personne_id is not None


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_la_visite_en_cours_est_la_suite_et_se_reprend_d_ici(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = personnes(g, "walb")
    g.touche(Qt.Key.Key_Return)
    suite = page.primaire()
    assert suite is not None and nom_lu(suite) == "Reprendre la visite"
    assert suite.visibleRegion().boundingRect() == suite.rect()
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: isinstance(g.page, PageImpression))


def test_personne_de_ce_nom_alors_l_inscrire(g: Guichet) -> None:
    g.touche(Qt.Key.Key_K, CTRL)
    g.frapper("zumb")
    g.calme()
    textes = g.textes()
    assert "Inscrire «\u00a0zumb\u00a0»" in textes
    assert "Aucune fiche pour «\u00a0zumb\u00a0»" in textes
    g.touche(Qt.Key.Key_N, CTRL)
    g.attendre(lambda: isinstance(g.page, PageVisite))
    assert isinstance(g.page, PageVisite)
    assert g.page.en_cours.brouillon.nom_naissance == "Zumb"


def test_ctrl_n_reste_vide_quand_la_recherche_a_trouve(g: Guichet) -> None:
    personnes(g, "walb")
    g.touche(Qt.Key.Key_N, CTRL)
    g.attendre(lambda: isinstance(g.page, PageVisite))
    assert isinstance(g.page, PageVisite)
    assert g.page.en_cours.brouillon.nom_naissance == ""


def test_la_derniere_recherche_l_emporte(g: Guichet) -> None:
    g.touche(Qt.Key.Key_K, CTRL)
    page = g.page
    assert isinstance(page, PagePersonnes)
    for texte in ("w", "wa", "zzz", "walg"):
        page.champ.setText(texte)
    assert g.taches.en_cours <= 4, "what is typed meanwhile does not pile up"
    posee(g, page)
    assert [r.titre for r in page.liste.rangees] == ["Noé Walgrain"]
    assert page.compte.text() == "1\u00a0personne pour «\u00a0walg\u00a0»"


def test_alt_2_et_sa_jumelle_azerty_y_menent(g: Guichet) -> None:
    g.touche(Qt.Key.Key_Eacute, ALT)
    g.attendre(lambda: isinstance(g.page, PagePersonnes))
    assert g.bureau.navigation.lieux["personnes"].ici()
    g.touche(Qt.Key.Key_1, ALT)
    assert g.page.cle == "aujourdhui"
    g.touche(Qt.Key.Key_2, ALT)
    assert isinstance(g.page, PagePersonnes)


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_une_croix_vide_la_recherche_et_sa_touche_se_lit_a_cote(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = personnes(g)
    croix = page.champ.croix
    assert not croix.isVisible(), "nothing to clear"
    g.frapper("WAL")
    g.calme()
    assert croix.isVisible() and croix.accessibleName() == "Effacer la recherche"
    seule = page.champ.textMargins().right()
    g.theme.choisir(raccourcis=False)
    assert page.champ.textMargins().right() < seule, "the key goes with the other keys"
    g.theme.choisir(raccourcis=True)
    QTest.mouseClick(croix, Qt.MouseButton.LeftButton)
    g.calme()
    assert page.champ.text() == "" and g.focus is page.champ and not croix.isVisible()
    g.frapper("WAL")
    g.tabuler()
    assert g.focus is not page.champ and g.focus is not croix, "Tab goes on to what was found"


def test_echap_vide_la_recherche(g: Guichet) -> None:
    page = personnes(g, "walg")
    g.touche(Qt.Key.Key_Escape)
    posee(g, page)
    assert page.champ.text() == "" and len(page.liste.rangees) == 2


def test_etroite_une_chose_a_la_fois(g: Guichet) -> None:
    g.theme.choisir(echelle=2.0)
    page = personnes(g, "walb")
    assert page.liste.isVisible() and page.fiche is not None and not page.fiche.isVisible()
    g.touche(Qt.Key.Key_Return)
    assert page.fiche.isVisible() and not page.liste.isVisible()
    assert g.focus is page.fiche.bouton
    g.touche(Qt.Key.Key_Escape)
    assert page.liste.isVisible() and g.focus is page.champ


@pytest.mark.parametrize("mode", ["clair", "contraste"])
@pytest.mark.parametrize("echelle", [1.0, 1.25, 1.5, 2.0])
def test_rien_n_est_rogne_ni_mal_ecrit(g: Guichet, echelle: float, mode: str) -> None:
    g.theme.choisir(mode, echelle)
    page = personnes(g, "wal")
    g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
    g.touche(Qt.Key.Key_Return)
    posee(g, page)
    g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
    g.touche(Qt.Key.Key_K, CTRL)
    g.frapper("zumb")
    g.calme()
    g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
    assert [texte for texte in g.textes() if typographie(texte) != texte] == []
    assert anonymes(g.page) == []
