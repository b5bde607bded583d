"""A lease counts once the Region has told all that it had to tell: what it says again by pages is not its last word."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from passdesk.protocol.evenements import IndexAjout
from passdesk.server import diffusion
from passdesk.server.administration import bilan
from passdesk.server.rappel import rappeler, relancer
from passdesk.server.restauration import noter_restauration
from passdesk.services.poste import Poste
from passdesk.services.stock import stocks
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import attribuer
from passdesk.storage import envoi
from tests.builders import MIDI, Coupe, Terrain, terrain, visite_accord

NOM = "Guichet d’essai"


@pytest.fixture
def lieu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terrain]:
    monkeypatch.setattr(diffusion, "EVENTS_BATCH", 20)
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _rendu(lieu: Terrain) -> int:
    return next(pot.rendu for pot in bilan(lieu.region).pots if pot.pot == "general")


def _d_autres_attribuent(lieu: Terrain) -> None:
    """More than a page is told between what was said of the lots and what follows."""
    with lieu.region.magasin.ecrire() as tx:
        for _ in range(diffusion.EVENTS_BATCH):
            diffusion.diffuser(tx, IndexAjout(os.urandom(16), 10, MIDI.date(), "ailleurs", 1))


def _rappelee(lieu: Terrain, poste: Poste) -> None:
    rappeler(lieu.region, NOM)


def _gelee_puis_relancee(lieu: Terrain, poste: Poste) -> None:
    rappeler(lieu.region, NOM, etat="gele")
    assert synchroniser(poste).fin == "fini"
    _d_autres_attribuent(lieu)
    relancer(lieu.region, NOM)


@pytest.mark.parametrize(("geste", "dites"), [(_rappelee, 1), (_gelee_puis_relancee, 2)])
def test_lots_are_as_the_last_page_says_while_everything_is_heard_again(
    lieu: Terrain, geste: Callable[[Terrain, Poste], None], dites: int
) -> None:
    """The pages before it say what was true then: a lot called back was alive, one that goes on was stopped."""
    poste = lieu.nouveau_poste()
    attribuer(poste, visite_accord(poste))
    _d_autres_attribuent(lieu)
    geste(lieu, poste)
    for _ in range(2):
        assert synchroniser(poste).fin == "fini"
    tenus, rendu, tete = stocks(poste), _rendu(lieu), envoi.tete(poste.base)
    with lieu.region.magasin.ecrire() as tx:
        noter_restauration(tx, lieu.region.maintenant())
    for _ in range(dites):
        assert synchroniser(poste, Coupe).fin == "hors_ligne"
        assert stocks(poste) == tenus
    assert synchroniser(poste).fin == "fini"
    assert (stocks(poste), _rendu(lieu)) == (tenus, rendu)
    assert envoi.tete(poste.base) == tete, "no act was made of what was heard twice"


def test_what_a_life_of_the_region_did_not_finish_saying_is_not_believed_in_the_next(lieu: Terrain) -> None:
    """Put back to before a lot was given, it says nothing of it any more: the lease of a first page is nobody's."""
    poste = lieu.nouveau_poste()
    _d_autres_attribuent(lieu)
    rappeler(lieu.region, NOM)
    for _ in range(2):
        assert synchroniser(poste).fin == "fini"
    tenus = stocks(poste)
    for oublier in (False, True):
        with lieu.region.magasin.ecrire() as tx:
            noter_restauration(tx, lieu.region.maintenant())
            if oublier:
                tx.faire("DELETE FROM evenement WHERE type = 'lot.attribue'")
        synchroniser(poste, None if oublier else Coupe)
        assert stocks(poste) == tenus
