"""The left column: what stands at its foot is one list."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from tests.ui.guichet import Guichet
from tests.ui.mesures import debordes, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize("echelle", [1.0, 1.25])
@pytest.mark.parametrize("hauteur", [768, 640])
def test_the_agent_the_manual_and_the_lock_stand_at_even_distances(g: Guichet, echelle: float, hauteur: int) -> None:
    g.theme.choisir(echelle=echelle)
    g.fenetre.resize(1366, hauteur)
    navigation = g.bureau.navigation

    def milieux(*widgets: QWidget) -> list[int]:
        return [w.mapTo(navigation, QPoint(0, 0)).y() + w.height() // 2 for w in widgets]

    def pas(*widgets: QWidget) -> list[int]:
        places = milieux(*widgets)
        return [bas - haut for haut, bas in pairwise(places)]

    lieux = list(navigation.lieux.values())
    pied = (navigation._agent, navigation.aide, navigation.verrou)
    # The even places of before the new size would do as well: first the window has it, and the agent's line its height.
    g.attendre(lambda: g.fenetre.height() == hauteur and pied[0].height() >= pied[0].minimumHeight() > 0)
    g.attendre(lambda: rognes(navigation) + debordes(navigation) == [] and len({*pas(*lieux), *pas(*pied)}) == 1)
    assert navigation._agent.isVisible()
