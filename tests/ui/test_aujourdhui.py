"""The start page says what would make the next visit go wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from passdesk.services.poste import ECART_HORLOGE, creer_poste
from passdesk.services.visite import attribuer
from passdesk.storage.poste import ecrire_texte
from passdesk.tasks import TaskRunner
from passdesk.ui.aujourdhui.cartes import CarteAFaire
from passdesk.ui.composants import Banner
from passdesk.ui.enrolement import PageEnrolement
from passdesk.ui.theme import Theme
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe, visite_accord
from tests.ui.guichet import Guichet, guichet, poste_hors_ligne
from tests.ui.mesures import rognes

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
        assert any(bandeau.isVisible() for bandeau in g.page.findChildren(Banner)) is dit
        g.attendre(lambda: rognes(g.page) == [])
    poste.fermer()


def a_faire(g: Guichet) -> list[str]:
    """What the card of things to do says, row by row; nothing when it is not there."""
    g.bureau.mettre_en_attente()
    g.calme()
    carte = g.page.findChild(CarteAFaire)
    assert carte is not None and carte.isVisible() == bool(carte.rangees)
    return [rangee.titre.text() for rangee in carte.rangees]


def test_a_desk_that_is_not_linked_says_so_and_leads_there(
    tmp_path: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    with guichet(poste, theme, taches, qtbot) as g:
        assert a_faire(g) == ["Relier ce poste à la Région"]
        assert "Aucune visite en cours." in g.textes()
        carte = g.page.findChild(CarteAFaire)
        assert carte is not None
        carte.rangees[0].bouton.click()
        g.attendre(lambda: isinstance(g.page, PageEnrolement))
    poste.fermer()


def test_acts_to_send_are_a_thing_to_do_and_nothing_is_said_as_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "aujourdhui")
    with guichet(poste, theme, taches, qtbot) as g:
        assert a_faire(g) == []
        assert "Rien à faire pour l’instant." in g.textes()
        attribuer(poste, visite_accord(poste))
        (ligne,) = a_faire(g)
        assert ligne.startswith("Envoyer ") and ligne.endswith(" actes")
        assert "Rien à faire pour l’instant." not in g.textes()
    poste.fermer()
