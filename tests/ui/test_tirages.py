"""*Ce qui a été imprimé*: by keys, day by day, to the carnet, and as a table where the agent says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.tirages import PageTirages
from tests.builders import visite_accord
from tests.ui.guichet import Guichet
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


def imprimer(poste: Poste) -> None:
    """Two carnets, on two days."""
    for rang, (nom, sortie) in enumerate((("Walbecq", "rien"), ("Kone", "tout"))):
        poste.horloge.instant = poste.horloge.instant.replace(day=22 + rang, hour=9)  # type: ignore[attr-defined]
        carnet = attribuer(poste, visite_accord(poste, nom_naissance=nom)).carnet
        lancer_impression(poste, carnet.campagne, carnet.numero, imprimante="Accueil")
        repondre(poste, carnet.campagne, carnet.numero, sortie)  # type: ignore[arg-type]


def ouvrir(g: Guichet) -> PageTirages:
    """Alt+3, then Tab to the link."""
    g.touche(Qt.Key.Key_3, ALT)
    g.calme()
    g.aller_a("Ce qui a été imprimé")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageTirages) and g.focus is page.champ
    return page


def test_les_jours_puis_les_impressions_et_chacune_ouvre_son_carnet(g: Guichet, poste: Poste) -> None:
    imprimer(poste)
    page = ouvrir(g)
    assert [(r.titre, r.entete, r.badge) for r in page.liste.rangees] == [
        ("Aujourd’hui, 23\u00a0novembre", True, ""),
        ("127\u00a00000022 · Maëlle Kone", False, "Tout est sorti"),
        ("Hier, 22\u00a0novembre", True, ""),
        ("127\u00a00000021 · Maëlle Walbecq", False, "Rien n’est sorti"),
    ]
    assert page.liste.rangees[1].detail.endswith("Claire Mabille · imprimante «\u00a0Accueil\u00a0» · 3\u00a0feuilles")
    assert "2\u00a0impressions" in g.textes()
    # A day is a title: the arrows go from one printing to the next.
    assert page.liste.currentIndex().row() == 1
    g.touche(Qt.Key.Key_Down)
    assert page.liste.currentIndex().row() == 3
    g.touche(Qt.Key.Key_Return)
    g.calme()
    carnets = g.page
    assert isinstance(carnets, PageCarnets)
    assert carnets.detail is not None and carnets.detail.fiche.ligne.serie == "127 0000021"


def test_aux_fleches_dans_la_liste_aussi(g: Guichet, poste: Poste) -> None:
    imprimer(poste)
    page = ouvrir(g)
    page.liste.setFocus()
    for touche, rang in ((Qt.Key.Key_Down, 3), (Qt.Key.Key_Down, 3), (Qt.Key.Key_Up, 1), (Qt.Key.Key_Up, 1)):
        g.touche(touche)
        assert page.liste.currentIndex().row() == rang


def test_la_recherche_le_choix_et_ce_qu_on_ne_trouve_pas(g: Guichet, poste: Poste) -> None:
    imprimer(poste)
    page = ouvrir(g)
    g.frapper("walb")
    g.calme()
    assert [r.titre for r in page.liste.rangees if not r.entete] == ["127\u00a00000021 · Maëlle Walbecq"]
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert len(page.liste.rangees) == 4
    g.aller_a("Période")
    g.touche(Qt.Key.Key_Up)
    g.calme()
    assert [r.entete for r in page.liste.rangees] == [True, False], "today alone"
    g.aller_a("Ce qui est sorti")
    g.touche(Qt.Key.Key_Down)
    g.calme()
    assert "Aucune impression trouvée" in g.textes() and not page.enregistrer.isVisible()
    g.aller_a("Tout montrer")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert len(page.liste.rangees) == 4 and g.focus is page.champ


def test_avant_la_premiere_la_page_dit_ce_qui_y_viendra(g: Guichet) -> None:
    page = ouvrir(g)
    page.tout.click()
    g.calme()
    assert "Rien n’a encore été imprimé" in g.textes()
    assert "Chaque carnet envoyé à l’imprimante se note ici, avec ce qui en est sorti." in g.textes()
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert isinstance(g.page, PageCarnets)


def test_le_tableau_va_ou_l_agent_le_dit(
    g: Guichet, poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imprimer(poste)
    page = ouvrir(g)
    cible = tmp_path / "bureau" / "impressions.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(cible), ""))
    page.enregistrer.click()
    g.calme()
    assert page.avis.isVisible() and "impressions.csv" in page.avis.texte()
    cible.parent.mkdir()
    page.enregistrer.click()
    g.calme()
    assert "Le tableau est enregistré." in g.textes()
    octets = cible.read_bytes()
    assert octets.startswith(b"\xef\xbb\xbfJour;Heure;") and octets.count(b"\r\n") == 3
    assert b"Tout est sorti" in octets and b"Kone" not in octets


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_rien_n_est_rogne_et_tout_porte_un_nom(g: Guichet, poste: Poste, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    imprimer(poste)
    page = ouvrir(g)
    assert rognes(page) == [] and debordes(page) == [] and anonymes(page) == []
