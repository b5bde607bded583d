"""After a theft the index goes by other keys: real desks, one of them cut off, forget nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from passdesk.server.index_region import renouveler_index
from passdesk.server.magasin import ecrire_reglage
from passdesk.services import visite
from passdesk.services.anterieurs import totaux
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import index_regional
from tests.builders import Terrain, terrain, visite_accord


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _recus(poste: Poste, nom: str = "Dufresnoy") -> int:
    return visite.apprecier(poste, visite_accord(poste, nom_naissance=nom)).pass_anterieurs


def _servir(poste: Poste, nom: str = "Dufresnoy") -> str:
    personne = visite.attribuer(poste, visite_accord(poste, nom_naissance=nom)).personne
    assert synchroniser(poste).fin == "fini"
    return personne.personne_id


def test_nobody_is_forgotten_before_during_or_after(lieu: Terrain) -> None:
    un, deux, coupe = (lieu.nouveau_poste(nom) for nom in ("Un", "Deux", "Coupé"))
    personne = _servir(un)
    assert (synchroniser(deux).fin, synchroniser(coupe).fin) == ("fini", "fini")
    renouveler_index(lieu.region)
    # Cut off, it knows what it knew.
    assert _recus(coupe) == _recus(deux) == 10
    _servir(un, "Petit")
    assert synchroniser(deux).fin == "fini"
    assert (_recus(deux), _recus(deux, "Petit"), _recus(coupe, "Petit")) == (10, 10, 0)
    assert totaux(un, [personne]) == {personne: 10}
    # What it gave while cut off is settled as ever, and it then knows as much as the others.
    visite.attribuer(coupe, visite_accord(coupe, nom_naissance="Petit"))
    assert synchroniser(coupe).litiges == 1
    assert _recus(coupe) == 10
    assert synchroniser(deux).fin == "fini"
    assert _recus(deux, "Petit") == 20
    neuf = lieu.nouveau_poste("Neuf")
    synchroniser(neuf)
    assert (_recus(neuf), _recus(neuf, "Petit")) == (10, 20)


def test_a_list_of_persons_counts_what_others_gave_under_the_new_keys(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    renouveler_index(lieu.region)
    synchroniser(deux)
    seul = {"accompagnement": False, "prescripteur": None}
    personne = visite.attribuer(un, visite_accord(un, **seul)).personne.personne_id
    visite.attribuer(deux, visite_accord(deux, **seul))
    for poste in (un, deux, un):
        synchroniser(poste)
    assert totaux(un, [personne]) == {personne: 10}


def test_a_region_put_back_before_the_theft_tells_the_same_persons_once(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    _servir(un)
    renouveler_index(lieu.region)
    synchroniser(deux)
    with lieu.region.magasin.ecrire() as tx:
        ecrire_reglage(tx, "server_epoch", (1 << 52).to_bytes(8, "big"))
    synchroniser(deux)
    assert _recus(deux) == 10
    # And what it tells by the first keys is brought up to those known here.
    cle = deux.cle_de_la_personne("Petit", "Maëlle", date(1987, 4, 12))
    assert cle is not None
    index_regional.ajouter(deux.base, 900, cle, 5, date(2026, 11, 20), "ailleurs")
    assert _recus(deux, "Petit") == 5


def test_secrets_that_do_not_follow_those_known_here_begin_again(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    _servir(un)
    renouveler_index(lieu.region)
    synchroniser(deux)
    # As after a backup older than the theft: the Region renews once more, with another secret.
    with deux.base.ecriture():
        assert not index_regional.renouveler(deux.base, [b"autre" * 6 + b"xx"])
    assert _recus(deux) == 0
    renouveler_index(lieu.region)
    assert synchroniser(deux).fin == "fini"
    assert _recus(deux) == 10
