"""Lots: never two desks with one number, never more than the stock, whatever happens at the same time."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from passdesk.domain.campagne import Campagne
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.evenements import LotAttribue
from passdesk.server.administration import bilan, doter_poste
from passdesk.server.campagnes import changer_stock, ouvrir_campagne
from passdesk.server.publication import publier
from passdesk.server.racine import Racine
from passdesk.server.region import Region
from tests.server.poste_factice import PosteFactice

Enroler = Callable[[str], PosteFactice]


def _disponible(region: Region, pot: str) -> int:
    return next(p.disponible for p in bilan(region).pots if p.pot == pot)


def test_grants_at_the_same_time_share_the_stock_and_never_a_number(region: Region, enroler: Enroler) -> None:
    postes = [enroler(f"Poste {rang}") for rang in range(4)]

    def demander(rang: int) -> bool:
        try:
            doter_poste(region, postes[rang % 4].device, taille=10, carnets=7)
        except SaisieRefusee as refus:
            assert refus.code == "stock_insuffisant"
            return False
        return True

    with ThreadPoolExecutor(8) as fils:
        accordes = list(fils.map(demander, range(24)))
    # 1 000 pass: fourteen times seventy, and not one more.
    assert accordes.count(True) == 14
    assert _disponible(region, "general") == 20
    lots = [e for poste in postes for e in poste.ecouter() if isinstance(e, LotAttribue)]
    lots.sort(key=lambda lot: lot.premier)
    assert len(lots) == 14
    assert all(avant.dernier < apres.premier for avant, apres in itertools.pairwise(lots))


def test_the_reserve_is_a_pot_of_its_own(region: Region, enroler: Enroler) -> None:
    poste = enroler("Lycée Faidherbe")
    doter_poste(region, poste.device, taille=10, carnets=10, pot="lycee")
    with pytest.raises(SaisieRefusee) as refus:
        doter_poste(region, poste.device, taille=5, carnets=1, pot="lycee")
    assert refus.value.faits == {"demande": 5, "reste": 0}
    assert _disponible(region, "general") == 1000


def test_a_grant_refused_leaves_no_trace(region: Region, enroler: Enroler) -> None:
    poste = enroler("Creil")
    with pytest.raises(SaisieRefusee):
        doter_poste(region, poste.device, taille=10, carnets=101)
    lot = doter_poste(region, poste.device, taille=10, carnets=100)
    assert (lot.premier, lot.dernier, _disponible(region, "general")) == (1, 100, 0)


@pytest.mark.parametrize(("taille", "carnets", "pot"), [(7, 1, "general"), (5, 0, "general"), (5, 1, "secours")])
def test_a_grant_that_makes_no_sense_is_refused(
    region: Region, enroler: Enroler, taille: int, carnets: int, pot: str
) -> None:
    poste = enroler("Creil")
    with pytest.raises(SaisieRefusee) as refus:
        doter_poste(region, poste.device, taille=taille, carnets=carnets, pot=pot)
    assert refus.value.code == "dotation_refusee"


def test_a_returned_lot_gives_back_its_value_and_never_its_numbers(region: Region, enroler: Enroler) -> None:
    poste = enroler("Lens")
    lot = doter_poste(region, poste.device, taille=5, carnets=10)
    poste.inscrire("p1", None)
    poste.accorder("p1", lot.premier, 5)
    poste.ecrire("lot.rendre", lot.lot_id, {"lot": lot.lot_id})
    poste.ecrire("lot.rendre", lot.lot_id, {"lot": lot.lot_id})
    poste.accorder("p1", lot.premier + 1, 5)
    resultats = [(o.result, o.raison) for o in poste.synchroniser().outcomes[1:]]
    assert resultats == [("appliquee", None), ("appliquee", None), ("en_attente", "inapplicable"), ("litige", None)]
    # Awarded after the return: on paper all the same, and a case says so.
    assert _disponible(region, "general") == 990
    assert doter_poste(region, poste.device, taille=5, carnets=1).premier == lot.dernier + 1


def test_a_desk_is_named_by_its_name_or_its_device(region: Region, enroler: Enroler) -> None:
    poste = enroler("Maison  de\tLens")
    assert doter_poste(region, "maison de lens", taille=5, carnets=1).premier == 1
    assert doter_poste(region, poste.device, taille=5, carnets=1).premier == 2
    with pytest.raises(SaisieRefusee) as refus:
        doter_poste(region, "Maison de Creil", taille=5, carnets=1)
    assert refus.value.code == "poste_inconnu"


def _gacher(poste: PosteFactice, *numeros: int) -> None:
    for numero in numeros:
        poste.ecrire("carnet.gacher", f"c{numero}", {"campagne": 12, "numero": numero})


def test_a_spoiled_carnet_gives_back_what_was_granted_for_its_number_once(region: Region, enroler: Enroler) -> None:
    un, deux = enroler("Lens"), enroler("Creil")
    doter_poste(region, un.device, taille=5, carnets=10)
    doter_poste(region, deux.device, taille=10, carnets=10)
    # Said to be of ten; awarded twice; of another desk; of nobody.
    for rang, (numero, taille) in enumerate([(1, 10), (2, 5), (2, 5), (12, 10), (900, 10)]):
        un.inscrire(f"p{rang}", None)
        un.accorder(f"p{rang}", numero, taille)
    _gacher(un, 1, 2, 2, 12, 900)
    assert un.synchroniser().outcomes[-1].result == "appliquee"
    assert _disponible(region, "general") == 850
    publier(region)
    assert _disponible(region, "general") == 860
    # Once more, after its value came back.
    un.accorder("p1", 2, 5)
    _gacher(un, 2)
    assert un.synchroniser().outcomes[-1].result == "appliquee"
    publier(region)
    assert _disponible(region, "general") == 860
    # That other desk gets the value of its own number all the same.
    deux.inscrire("q", None)
    deux.accorder("q", 12, 10)
    _gacher(deux, 12)
    deux.synchroniser()
    publier(region)
    assert _disponible(region, "general") == 870


def test_a_debt_of_a_pot_is_paid_when_it_has_something_again(region: Region, enroler: Enroler) -> None:
    un, deux = enroler("Lens"), enroler("Creil")
    lot = doter_poste(region, un.device, taille=10, carnets=10)
    copie = list(un.log)
    un.ecrire("lot.rendre", lot.lot_id, {"lot": lot.lot_id})
    un.synchroniser()
    doter_poste(region, deux.device, taille=10, carnets=100)
    # From the day before, on paper: nothing is left to take back from.
    un.log[:] = copie
    un.inscrire("p", None)
    un.accorder("p", 1, 10)
    assert un.synchroniser().fork
    assert _disponible(region, "general") == 0
    deux.inscrire("q", None)
    deux.accorder("q", 11, 10)
    deux.inscrire("r", None)
    deux.accorder("r", 12, 10)
    _gacher(deux, 11, 12)
    deux.synchroniser()
    publier(region)
    assert _disponible(region, "general") == 10


def test_a_stock_is_changed_within_what_was_given_and_the_reserve_within_the_deliberation(
    region: Region, racine: Racine, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    autre = Campagne(13, "Une autre", 1000, region.horloge.aujourdhui() + timedelta(days=300))
    ouvrir_campagne(region, racine, autre, stock=0, reserve_lycee=500)
    refuses: tuple[tuple[dict[str, int | None], str], ...] = (
        ({"general": 299}, "stock_deja_donne"),
        ({"general": 5000, "lycee": 3501}, "reserve_lycee_depassee"),
        ({"general": -1}, "stock_refuse"),
        ({"secours": 10}, "stock_refuse"),
    )
    for voulu, code in refuses:
        with pytest.raises(SaisieRefusee) as refus:
            changer_stock(region, 12, voulu)
        assert refus.value.code == code
    assert {p.pot: p.stock for p in changer_stock(region, 12, {"general": None})} == {"general": 1000, "lycee": 100}
    faits = changer_stock(region, 12, {"general": 300, "lycee": 3500})
    assert {p.pot: (p.stock, p.disponible) for p in faits} == {"general": (300, 0), "lycee": (3500, 3500)}
    with pytest.raises(SaisieRefusee, match="stock_insuffisant"):
        doter_poste(region, dotes[0].device, taille=5, carnets=1, campagne=12)
    changer_stock(region, 12, {"general": 305})
    assert doter_poste(region, dotes[0].device, taille=5, carnets=1, campagne=12).premier == 41
