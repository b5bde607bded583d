"""The start page says what would make the next visit go wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from passdesk.services.poste import ECART_HORLOGE
from passdesk.storage.poste import ecrire_texte
from passdesk.tasks import TaskRunner
from passdesk.ui.theme import Theme
from tests.ui.guichet import guichet, poste_hors_ligne, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize(("ecart", "dit"), [(timedelta(days=-9), True), (timedelta(hours=40), False)])
@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_a_wrong_clock_is_told_before_the_next_visit(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    theme: Theme,
    taches: TaskRunner,
    qtbot: QtBot,
    ecart: timedelta,
    dit: bool,
    echelle: float,
) -> None:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "aujourdhui")
    ecrire_texte(poste.base, ECART_HORLOGE, str(int(ecart.total_seconds() * 1000)))
    theme.choisir(echelle=echelle)
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.mettre_en_attente()
        g.calme()
        lues = [texte.replace("\u00a0", " ") for texte in g.textes()]
        assert any("L’horloge de cet ordinateur s’écarte de 9 jours" in texte for texte in lues) is dit
        g.attendre(lambda: rognes(g.page) == [])
    poste.fermer()
