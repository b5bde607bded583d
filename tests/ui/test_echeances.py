"""The last weeks of a campaign are told where they matter: Aujourd’hui, the right of a visit, Carnets."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from passdesk.domain.campagne import Campagne
from passdesk.domain.horloge import HorlogeFixe
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer
from passdesk.tasks import TaskRunner
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.ui.accueil import ALT, lu
from tests.ui.guichet import Guichet, guichet
from tests.ui.mesures import rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
FIN = date(2027, 12, 31)
REMISE, PLUS_TARD = "Remise jusqu’au 16 décembre", "Carnet à remettre au plus tard le 16 décembre."


def au_jour(poste: Poste, jour: date) -> None:
    horloge = poste.horloge
    assert isinstance(horloge, HorlogeFixe)
    horloge.instant = datetime.combine(jour, time(11), UTC)


def accord(poste: Poste) -> Brouillon:
    """A visit whose papers are fresh on that day."""
    recent = f"{poste.horloge.aujourdhui() - timedelta(days=20):%d/%m/%Y}"
    dates = (PieceSaisie(t, vue=True, date=recent) for t in ("justificatif_domicile", "attestation_france_travail"))
    return visite_accord(poste, pieces=(PieceSaisie("piece_identite", vue=True), *dates))


def carnets(g: Guichet) -> str:
    g.touche(Qt.Key.Key_3, ALT)
    g.calme()
    return lu(g)


@pytest.mark.parametrize(
    ("avant", "alerte", "remise", "plus_tard"),
    [
        (31, "", REMISE, False),
        (30, "Plus que 15 jours pour remettre.", REMISE, True),
        (16, "Plus qu’un jour pour remettre.", REMISE, True),
        (15, "C’est le dernier jour pour remettre.", REMISE, True),
    ],
)
def test_the_end_of_hand_overs_is_told_thirty_days_before_the_end(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot, avant: int, alerte: str, remise: str, plus_tard: bool
) -> None:
    au_jour(poste, FIN - timedelta(days=avant))
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        assert remise in lu(g)
        assert ("pour remettre" in lu(g)) is bool(alerte) and alerte in lu(g)
        assert ("Dernière remise le 16 décembre" in carnets(g)) is plus_tard
        page = g.visite(accord(poste))
        assert page.droit is not None and page.droit.action.cle == "attribuer"
        assert (PLUS_TARD in lu(g)) is plus_tard
        g.attendre(lambda: rognes(g.page) == [])


def test_the_dates_of_a_campaign_of_next_year_say_their_year(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    au_jour(poste, date(2026, 11, 27))
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        assert "Remise jusqu’au 16/12/2027" in lu(g) and "Pass valables jusqu’au 31/12/2027" in lu(g)
        g.attendre(lambda: rognes(g.page) == [])


def test_after_the_last_hand_over_the_right_is_there_and_no_carnet(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    au_jour(poste, FIN - timedelta(days=14))
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        assert "Plus aucun carnet ne se remet." in lu(g)
        assert "Dernière remise le 16 décembre" in lu(g)
        assert "La remise est arrêtée" in lu(g)
        page = g.visite(accord(poste))
        assert page.droit is not None and page.droit.retenu
        assert "La campagne s’achève : aucun carnet ne peut plus être remis" in lu(g).replace(" ", " ")


@pytest.mark.parametrize(
    ("jour", "alerte", "tolerance"),
    [
        (FIN, "Plus aucun carnet ne se remet.", False),
        (FIN + timedelta(days=1), "Les pass de cette campagne sont finis.", True),
        (date(2028, 1, 31), "Les pass de cette campagne sont finis.", True),
        (date(2028, 2, 1), "La campagne est terminée.", False),
    ],
)
def test_after_the_end_it_is_told_until_when_places_take_the_pass(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot, jour: date, alerte: str, tolerance: bool
) -> None:
    au_jour(poste, jour)
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        assert alerte in lu(g)
        assert ("Les lieux les prennent encore jusqu’au 31 janvier" in lu(g)) is tolerance
        g.attendre(lambda: rognes(g.page) == [])


def test_carnets_that_nobody_has_yet_are_counted_before_the_end(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    au_jour(poste, FIN - timedelta(days=20))
    attribuer(poste, accord(poste))
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        assert "Plus que 5 jours pour remettre. 1 carnet attend." in lu(g)


def test_each_last_day_belongs_to_what_it_ends() -> None:
    campagne = Campagne(12, "Campagne 2027", 1000, FIN)
    jours = {date(2027, 11, 30): "en_cours", date(2027, 12, 1): "bientot", date(2027, 12, 16): "bientot",
             date(2027, 12, 17): "sans_remise", FIN: "sans_remise", date(2028, 1, 1): "tolerance",
             date(2028, 1, 31): "tolerance", date(2028, 2, 1): "finie"}  # fmt: skip
    assert {jour: campagne.etape(jour) for jour in jours} == jours
