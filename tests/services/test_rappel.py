"""What the Region stops or calls back, and what it tops up, seen by a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.administration import bilan
from passdesk.server.rappel import rappeler, relancer
from passdesk.server.recharge import Recharge, regler_recharge
from passdesk.services.journal import FiltreJournal, lire_journal
from passdesk.services.poste import etat_poste
from passdesk.services.stock import StockPot, stocks
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import attribuer
from passdesk.storage.integrite import verifier_base
from passdesk.ui.journal.textes import conter
from tests.builders import Terrain, terrain, visite_accord

NOM = "Guichet d’essai"


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _rendu(lieu: Terrain) -> int:
    return next(pot.rendu for pot in bilan(lieu.region).pots if pot.pot == "general")


def test_a_desk_called_back_awards_no_more_and_its_answer_gives_the_value_back(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    attribuer(poste, visite_accord(poste))
    rappeler(lieu.region, NOM)
    # Not heard of yet: a person is served, and it counts.
    attribuer(poste, visite_accord(poste, nom_naissance="Petit"))
    assert synchroniser(poste).fin == "fini"
    assert stocks(poste) == (StockPot("general", ((10, 0), (5, 0))),)
    assert etat_poste(poste).fin_de_bail is None
    with pytest.raises(SaisieRefusee) as refus:
        attribuer(poste, visite_accord(poste, nom_naissance="Roche"))
    assert refus.value.code == "reserve_epuisee_10"
    # The answer left in the same exchange.
    assert _rendu(lieu) == 18 * 10 + 20 * 5
    assert verifier_base(poste.base) == ()


def test_lots_that_go_on_again_are_taken_up_where_they_were(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    attribuer(poste, visite_accord(poste))
    rappeler(lieu.region, NOM, etat="gele")
    synchroniser(poste)
    relancer(lieu.region, NOM)
    synchroniser(poste)
    assert stocks(poste) == (StockPot("general", ((10, 19), (5, 20))),)
    attribuer(poste, visite_accord(poste, nom_naissance="Petit"))
    titres = [conter(note).titre for note in lire_journal(poste, FiltreJournal()).notes if note.genre == "lot.recevoir"]
    assert sorted(titres) == ["Carnets arrêtés par la Région"] * 2 + ["Carnets reçus de la Région"] * 4


def test_a_desk_that_runs_low_has_more_when_its_exchange_ends(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste(carnets_10=2)
    with lieu.region.magasin.ecrire() as tx:
        regler_recharge(tx, Recharge(CAMPAGNE_DEMONSTRATION, "general", 10, 1, 10))
    attribuer(poste, visite_accord(poste))
    assert synchroniser(poste).fin == "fini"
    assert stocks(poste) == (StockPot("general", ((10, 11), (5, 20))),)
