"""Tab goes through the visit in reading order, reaches every stop once, and comes round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, ouvrir_visite
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, nom_lu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

TOURS_MAX = 80


def tour(g: Guichet) -> list[QWidget]:
    """Where Tab stops, from where the focus is until it is back there."""
    depart = g.focus
    arrets = [depart]
    while len(arrets) < TOURS_MAX:
        g.tabuler()
        if g.focus is depart:
            return arrets
        assert g.focus not in arrets, f"Tab loops: {[nom_lu(a) for a in arrets]} then {nom_lu(g.focus)}"
        arrets.append(g.focus)
    raise AssertionError(f"Tab never comes back: {[nom_lu(a) for a in arrets]}")


def arrets_possibles(page: QWidget) -> set[QWidget]:
    """What Tab must reach on a page: visible, enabled, and of a group of radios the one that is a stop."""
    return {
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget, QRadioButton)
    }


@pytest.mark.parametrize("largeur", [1366, 760])
def test_tab_visits_each_stop_of_an_award_once(g: Guichet, poste: Poste, largeur: int) -> None:
    g.fenetre.resize(largeur, 768)
    page = g.visite(visite_accord(poste))
    page.personne.replier(False)
    g.calme()
    page.personne.champs["nom_naissance"].saisie.setFocus()
    manquants = arrets_possibles(page) - set(tour(g))
    assert not {nom_lu(m) for m in manquants if not m.inherits("QScrollArea")}


def test_tab_follows_the_reading_order(g: Guichet, poste: Poste) -> None:
    page = g.visite(replace(ouvrir_visite(poste), public="jeune_insertion"))
    page.personne.champs["nom_naissance"].saisie.setFocus()
    noms = [nom_lu(arret) for arret in tour(g)]
    attendus = [
        "Nom de naissance",
        "Prénoms",
        "Naissance",
        "Commune, ou pays",
        "Téléphone, facultatif",
        "18 à 25\u00a0ans, en insertion",
        "Arrivée le",
        "Autres cas",
        "Pièce d’identité",
        "Justificatif de domicile",
        "Attestation de stage",
        "Attestation mission locale",
        "Autres papiers",
        "Aller à ce qui manque",
    ]
    assert [n for n in noms if n in attendus] == attendus
    assert noms[noms.index("Téléphone, facultatif") + 1] == "18 à 25\u00a0ans, en insertion"


def test_what_appears_late_has_its_place_under_tab(g: Guichet, poste: Poste) -> None:
    """A question about a record, a scan joined, the quiet act of the panel: not last of the window."""
    attribuer(poste, visite_accord(poste))
    saisi = replace(visite_accord(poste), pieces=visite_accord(poste).pieces[:2])
    saisi = replace(saisi, pieces=(saisi.pieces[0], replace(saisi.pieces[1], numerisation="cle", pages=1)))
    page = g.visite(replace(saisi, nom_naissance="Dufrenoy", accompagnement=False, prescripteur=None))
    page.personne.replier(False)
    page.personne.champs["nom_naissance"].saisie.setFocus()
    noms = [nom_lu(arret) for arret in tour(g)]
    attendus = [
        "Téléphone, facultatif",
        "C’est la même personne",
        "Une autre personne",
        "En recherche d’emploi",
        "Choisir un fichier",
        "Voir\u00a0: Justificatif de domicile",
        "Retirer\u00a0: Justificatif de domicile",
        "Répondre à la question",
    ]
    assert [n for n in noms if n in attendus] == attendus
    g.aller_a("Une autre personne")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert nom_lu(g.focus) == "En recherche d’emploi"
    g.aller_a("Garder sans imprimer")
    g.tabuler()
    assert nom_lu(g.focus) == "Imprimer la liste"


def test_other_proofs_take_the_place_of_the_first_ones_under_tab(g: Guichet, poste: Poste) -> None:
    page = g.visite(replace(ouvrir_visite(poste), public="jeune_insertion"))
    page.demande.champ("public").setFocus()
    g.touche(Qt.Key.Key_Left)
    g.calme()
    page.personne.champs["nom_naissance"].saisie.setFocus()
    noms = [nom_lu(arret) for arret in tour(g)]
    rangs = [noms.index(n) for n in ("Arrivée le", "Pièce d’identité", "Attestation France Travail")]
    assert rangs == sorted(rangs)
    assert noms.index("Aller à ce qui manque") > rangs[-1]
