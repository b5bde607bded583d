"""*Réglages* makes the section that it shows, the others once the page is there; each says what the desk keeps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from passdesk.services.poste import Poste
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reglages.poste import CartePoste
from tests.ui.guichet import Guichet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _reglages(g: Guichet) -> PageReglages:
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    return page


def test_une_seule_section_est_faite_avant_que_la_page_se_voie(g: Guichet) -> None:
    page = _reglages(g)
    assert not page.findChildren(CartePoste) and page.confort.isVisible()
    g.attendre(lambda: len(page.findChildren(CartePoste)) == 1)
    assert page.confort.isVisible() and not page.poste.isVisible() and g.focus is page.sections.choix


def test_une_section_ouverte_avant_d_etre_faite_dit_ce_que_le_poste_garde(g: Guichet, poste: Poste) -> None:
    page = _reglages(g)
    page.viser("poste", "")
    assert page.poste.isVisible()
    g.touche(Qt.Key.Key_Up)
    g.calme()
    assert page.sections.cle != "poste" and not page.poste.isVisible()
    page.viser("poste", "")
    g.calme()
    assert page.poste.isVisible() and page.poste.dossier.texte() == str(poste.dossier)
