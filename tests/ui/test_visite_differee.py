"""What a visit does not show yet is not made yet: the window would stop for it. Made later, it says the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from passdesk.services.poste import Poste
from passdesk.services.visite import ouvrir_visite
from passdesk.ui.visite.suite import CHAMPS_SUITE
from tests.builders import visite_accord
from tests.ui.guichet import Guichet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

COMPOSANTS = 200
"""There were 356; each one takes a third of a millisecond to be made, dressed and laid out."""


def test_une_visite_qui_commence_ne_fait_que_ce_qu_elle_montre(g: Guichet, poste: Poste) -> None:
    page = g.visite(ouvrir_visite(poste))
    assert len(page.findChildren(QWidget)) < COMPOSANTS
    assert not set(page.personne.champs) & set(CHAMPS_SUITE)


def test_le_reste_de_la_fiche_dit_ce_que_le_brouillon_dit_quand_il_s_ouvre(g: Guichet, poste: Poste) -> None:
    brouillon = replace(visite_accord(poste), courriel="odette@exemple", besoins=("gros_caracteres",), code_postal="")
    page = g.visite(brouillon)
    page.personne.replier(False)
    page.personne.formulaire.lien.click()
    g.calme()
    suite = page.personne.formulaire.suite
    assert suite.isVisible() and g.focus is suite.champs["nom_usage"].saisie
    assert suite.champs["courriel"].texte() == "odette@exemple" and suite.champs["courriel"].message()
    assert [besoin for besoin, case in suite.besoins.items() if case.isChecked()] == ["gros_caracteres"]
    assert tuple(suite.champs) == CHAMPS_SUITE


def test_le_droit_se_lit_dans_la_forme_que_la_fenetre_vient_de_prendre(g: Guichet, poste: Poste) -> None:
    """The form that was not shown did not follow; it does as it comes, and the other way back."""
    page = g.visite(visite_accord(poste))
    assert page.droit is not None and page.panneau.titre.text() == page.droit.titre
    g.fenetre.resize(900, 768)
    g.attendre(page.barre.isVisible)
    assert page.barre.titre.text() == page.droit.titre and page.barre.bouton.texte() == page.droit.action.libelle
    assert page.raisons.sens.text() == page.droit.sens
    avant = page.droit.titre
    page.en_cours.modifier(replace(page.en_cours.brouillon, public="lyceen"), tout_de_suite=True)
    g.calme()
    assert page.barre.titre.text() == page.droit.titre != avant
    g.fenetre.resize(1366, 768)
    g.attendre(page.panneau.isVisible)
    assert page.panneau.titre.text() == page.droit.titre and page.panneau.bouton.texte() == page.droit.action.libelle
