"""*À effacer ?* at the keyboard: from *Aujourd'hui*, ticked, one question, gone; or kept with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from passdesk.services.poste import Poste
from passdesk.services.visite import garder
from passdesk.storage import personnes
from passdesk.ui.aujourdhui import PageAujourdhui
from passdesk.ui.composants import Btn, Dialogue
from passdesk.ui.conservation import PageConservation, textes
from passdesk.ui.conservation.dialogues import DialogueGarde
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.reglages import PageReglages
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, poste_hors_ligne
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
GENS = (("Walbecq", "Odette", "01/02/1960"), ("Kone", "Awa", "30/09/1985"))


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    """Odette and Awa came once, in November 2026; it is March 2029."""
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    for nom, prenoms, naissance in GENS:
        visite = visite_accord(poste, nom_naissance=nom, prenoms=prenoms, naissance=naissance)
        garder(poste, replace(visite, pieces=()))
    poste.horloge.instant = datetime(2029, 3, 5, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    yield poste
    poste.fermer()


def ouvrir(g: Guichet) -> PageConservation:
    g.aller_a("Revoir : Revoir 2\u00a0fiches sans contact")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageConservation) and g.focus is page.liste
    return page


def repondre(mots: str) -> list[str]:
    """Presses this button of the dialog to come; what it said is in the list afterwards."""
    lus: list[str] = []

    def presser() -> None:
        boite = QApplication.activeModalWidget()
        assert isinstance(boite, Dialogue)
        lus.extend(mot.text() for mot in boite.findChildren(QLabel) if mot.isVisible() and mot.text())
        {bouton.text(): bouton for bouton in boite.findChildren(Btn)}[mots].click()

    QTimer.singleShot(0, presser)
    return lus


def test_cochees_puis_effacees_apres_une_question(g: Guichet, poste: Poste) -> None:
    page = ouvrir(g)
    assert [r.titre for r in page.liste.rangees] == ["Odette Walbecq · 01/02/1960", "Awa Kone · 30/09/1985"]
    assert page.liste.rangees[0].detail == "Dernier contact le 23\u00a0novembre 2026, il y a 28\u00a0mois"
    assert not any(r.cochee for r in page.liste.rangees), "nothing is chosen for the agent"
    page.effacer.click()
    assert page.avis.texte() == textes.RIEN_COCHE and g.focus is page.liste
    g.touche(Qt.Key.Key_Space)
    assert [r.cochee for r in page.liste.rangees] == [True, False]
    assert (page.garder.text(), page.effacer.text()) == ("Garder 1\u00a0fiche cochée…", "Effacer 1\u00a0fiche cochée…")
    # The row goes on; what is ticked stays what the question is about.
    g.touche(Qt.Key.Key_Down)
    lus = repondre("Ne rien effacer")
    page.effacer.click()
    g.calme()
    assert lus[0] == "Effacer la fiche «\u00a0Odette Walbecq\u00a0»\u00a0?"
    assert "sont effacés ici, puis à la Région au prochain envoi" in lus[1]
    assert len(personnes.recentes(poste.base, 9)) == 2
    repondre("Effacer 1\u00a0fiche")
    page.effacer.click()
    g.calme()
    assert [p.nom_naissance for p in personnes.recentes(poste.base, 9)] == ["Kone"]
    assert [r.titre for r in page.liste.rangees] == ["Awa Kone · 30/09/1985"]
    assert "La fiche est effacée." in page.avis.texte()
    assert g.fenetre.focusWidget() is page.liste, "the next is under the hand"
    # The rest of the window knows it, and the reminder is silent for this month.
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert isinstance(g.page, PageAujourdhui) and not any("sans contact" in mot for mot in g.textes())


def test_tout_cocher_et_une_liste_vide(g: Guichet, poste: Poste) -> None:
    page = ouvrir(g)
    g.aller_a(textes.COCHER_TOUT)
    g.touche(Qt.Key.Key_Space)
    assert all(r.cochee for r in page.liste.rangees) and page.tout.text() == textes.DECOCHER_TOUT
    assert page.effacer.text() == "Effacer 2\u00a0fiches cochées…"
    lus = repondre("Effacer 2\u00a0fiches")
    page.effacer.click()
    g.calme()
    assert lus[0] == "Effacer 2\u00a0fiches\u00a0?" and {"Odette Walbecq", "Awa Kone"} < set(lus), "each by name"
    assert personnes.recentes(poste.base, 9) == ()
    assert textes.VIDE in g.textes() and g.fenetre.focusWidget() is page.retour


def test_gardee_avec_une_raison_elle_quitte_la_liste(g: Guichet) -> None:
    page = ouvrir(g)
    page.garder.click()
    assert page.avis.texte() == textes.RIEN_COCHE and len(page.liste.rangees) == 2, "nothing is ticked yet"
    g.touche(Qt.Key.Key_Space)
    g.touche(Qt.Key.Key_Down)
    avant: list[tuple[bool, bool]] = []

    def choisir() -> None:
        boite = QApplication.activeModalWidget()
        assert isinstance(boite, DialogueGarde)
        avant.append((boite.faire.isEnabled(), boite.focusWidget() is boite.raison))
        boite.raison.set_valeur("revient")
        boite.faire.click()

    QTimer.singleShot(0, choisir)
    page.garder.click()
    g.calme()
    assert [r.titre for r in page.liste.rangees] == ["Awa Kone · 30/09/1985"]
    assert page.avis.texte() == textes.gardees(1) and avant == [(False, True)]
    assert g.fenetre.focusWidget() is page.liste
    page.tout.click()
    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())  # type: ignore[union-attr]
    page.garder.click()
    g.calme()
    assert len(page.liste.rangees) == 1


def test_la_fiche_se_voit_avant_de_decider(g: Guichet) -> None:
    page = ouvrir(g)
    page.voir.click()
    g.calme()
    assert isinstance(g.page, PagePersonnes)
    assert g.page.fiche is not None and g.page.fiche.fiche.personne.nom_naissance == "Walbecq"


def test_depuis_les_reglages_et_retour(g: Guichet) -> None:
    reglages = g.bureau.montrer_lieu("reglages")
    assert isinstance(reglages, PageReglages)
    reglages.viser("donnees", "")
    g.calme()
    reglages.donnees.anciennes.click()
    g.calme()
    assert isinstance(g.page, PageConservation)
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert g.page is reglages


def test_un_mediateur_lit_la_liste_sans_rappel(g: Guichet, poste: Poste) -> None:
    with poste.base.ecriture() as db:
        db.execute("UPDATE agent SET role = 'mediateur'")
    page = PageConservation(g.contexte, g.page)
    g.bureau.ouvrir_page(page)
    g.calme()
    assert textes.RESERVE in g.textes() and not page.effacer.isEnabled()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_rien_n_est_rogne_et_tout_porte_un_nom(g: Guichet, echelle: float) -> None:
    page = ouvrir(g)
    g.theme.choisir(echelle=echelle)
    g.calme()
    assert rognes(page) == [] and debordes(page) == [] and anonymes(page) == []
