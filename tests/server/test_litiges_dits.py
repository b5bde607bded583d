"""A case is told so that every desk can read it, however many carnets and desks it is about; the Region keeps all."""

from __future__ import annotations

import pytest

from passdesk.protocol.evenements import CONCERNES_MAX, EXCEDENT_MAX, LitigeOuvert
from passdesk.server import administration
from passdesk.server.litiges import Concerne, lister_litiges, ouvrir_litige
from passdesk.server.region import Region
from tests.server.poste_factice import PosteFactice

CLE = b"k" * 16
Dotes = tuple[PosteFactice, PosteFactice]


def _dits(poste: PosteFactice) -> list[LitigeOuvert]:
    return [evenement for evenement in poste.ecouter() if isinstance(evenement, LitigeOuvert)]


@pytest.mark.parametrize("combien", [1, 100, 101, 257])
@pytest.mark.parametrize("excedent", [0, 5000])
def test_a_case_of_any_size_is_heard_by_its_desks(region: Region, dotes: Dotes, combien: int, excedent: int) -> None:
    un, deux = dotes
    ceux = [Concerne(12, 1, un.device, "p")]
    ceux += [Concerne(12, 1000 + rang, deux.device, "x") for rang in range(combien)]
    with region.magasin.ecrire() as tx:
        # Other desks than there are stand in it too.
        ceux += [Concerne(12, 5000 + rang, f"ancien-{rang}", None) for rang in range(combien)]
        ouvrir_litige(tx, "numero_double", ceux, campagne=12, excedent=excedent, maintenant=0)
        tenus = tx.une("SELECT count(*) FROM litige_carnet")
        (garde,) = lister_litiges(tx)
    assert tenus == (2 * combien + 1,)
    assert garde.excedent == excedent
    for poste, numero in ((un, 1), (deux, 1000 + combien - 1)):
        (dit,) = _dits(poste)
        assert numero in dit.carnets, "its own is told first"
        assert len(dit.carnets) == min(2 * combien + 1, CONCERNES_MAX)
        assert list(dit.carnets) == sorted(dit.carnets), "in their order"
        assert (dit.excedent, len(dit.postes)) == (min(excedent, EXCEDENT_MAX), min(combien + 2, CONCERNES_MAX))


def test_a_hostile_desk_that_awards_without_end_silences_nobody(region: Region, dotes: Dotes) -> None:
    un, hostile = dotes
    un.inscrire("p", CLE)
    un.accorder("p", 1, 10)
    un.synchroniser()
    with region.magasin.ecrire() as tx:
        tx.faire("UPDATE pot SET stock = 20000 WHERE pot = 'general'")
    lot = administration.doter_poste(region, hostile.device, taille=10, carnets=120)
    hostile.inscrire("x", CLE)
    for debut in range(lot.premier, lot.premier + 120, 10):
        carnet = {"campagne": 12, "taille": 10, "dernier_jour": "2027-12-31", "pot": "general"}
        kid = hostile.enrolled.kid if hostile.enrolled else 0
        carnets = [{**carnet, "numero": debut + rang, "kid": kid} for rang in range(10)]
        hostile.accorder("x", debut, 10, carnets=carnets)
    hostile.synchroniser()
    dits = _dits(un)
    assert len(dits) == 12
    assert all(1 in dit.carnets for dit in dits)


def test_a_laptop_copied_and_used_all_day_still_hears(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("a", b"a" * 16)
    un.synchroniser()
    un.log.clear()
    for rang in range(101):
        un.accorder(f"f{rang}", 100 + rang, 10)
    assert un.synchroniser().fork
    (dit,) = _dits(un)
    assert dit.carnets == tuple(range(101, 201))
