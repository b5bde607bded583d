"""A Region put back to a backup learns a lot again once its desk was revoked, or its computer stolen: void like those
that it knew then, however it hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.messages import Refusal
from passdesk.server.administration import bilan, doter_poste
from passdesk.server.campagnes import changer_stock
from passdesk.server.enrolement import accepter, accepter_apres_un_vol
from passdesk.server.gardes import reprendre_gardes
from passdesk.server.publication import publier
from passdesk.server.rappel import montrer_lots
from passdesk.server.region import Region
from passdesk.server.reprise import en_suspens, reprendre, reprendre_les_lots
from passdesk.server.restauration import noter_restauration
from passdesk.server.revocation import revoquer
from tests.server.modele import Dotes, continuer_ailleurs
from tests.server.poste_factice import PosteFactice
from tests.server.test_restauration import _dire_un_lot, _entendre, _remettre, _sauvegarder, _tout_entendre

HAUTS = 0b1111100000
"""The bits of ranks 6 to 10."""


@pytest.fixture
def oublies(region: Region, dotes: Dotes, horloge: HorlogeFixe) -> Dotes:
    """The first desk holds carnets 41–60 of five, beyond the stock that the backup says, and has given 41 and 42; the
    Region was put back, and heard nobody yet."""
    un, deux = dotes
    for poste in (*dotes, *dotes):
        _entendre(poste)
    photo = _sauvegarder(region)
    changer_stock(region, 12, {"general": 50_000})
    assert doter_poste(region, un.device, taille=5, carnets=20).premier == 41
    _entendre(un)
    for numero in (41, 42):
        un.inscrire(f"p{numero}", bytes([numero]) * 16)
        un.accorder(f"p{numero}", numero, 5)
    _entendre(un)
    _remettre(region, photo)
    horloge.instant += timedelta(hours=1)
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
        tx.faire("UPDATE pot SET stock = accorde WHERE campagne = 12 AND pot = 'general'")
    return un, deux


def _nuls(region: Region) -> dict[tuple[int, str], tuple[int, int]]:
    with region.magasin.lire() as tx:
        return {
            (c, r): (champ, limbes)
            for c, r, champ, limbes in tx.toutes("SELECT carnet, raison, rangs, limbes FROM nul WHERE carnet > 40")
            if r != "litige"
        }


def _appris(region: Region, un: PosteFactice) -> list[str]:
    return [lu.lot.etat for lu in montrer_lots(region) if (lu.lot.device, lu.lot.premier) == (un.device, 41)]


def _attendus(raison: str) -> dict[tuple[int, str], tuple[int, int]]:
    """What is void of carnets 41–60, of which two are known as given."""
    hauts = {(n, "vole"): (HAUTS, 0) for n in (41, 42)} if raison == "vole" else {}
    return hauts | {(n, raison): (1023, 1) for n in range(43, 61)}


@pytest.mark.parametrize("vol", [True, False])
def test_a_lot_that_waited_while_its_desk_was_revoked_is_void(region: Region, oublies: Dotes, vol: bool) -> None:
    un, deux = oublies
    _tout_entendre(un, deux)
    assert [acte.type for acte in en_suspens(region)] == ["lot.recevoir"]
    revoquer(region, un.device, vol=vol)
    changer_stock(region, 12, {"general": 50_000})
    # Of a desk that is heard no more nothing is taken up by itself, were there another's to take up.
    _dire_un_lot(deux, 61, 70)
    _dire_un_lot(deux, 2_000_000 - 9, 2_000_000)
    reprendre_les_lots(region)
    assert _appris(region, un) == []
    assert reprendre(region)["appliquee"] == 1
    raison = "vole" if vol else "annule"
    assert (_appris(region, un), _nuls(region)) == (["limbes"], _attendus(raison))
    lue = lire_confiance(publier(region), region.cles.racine)
    assert {nul.carnet for nul in lue.contenu.annulations if nul.rang == 0 and nul.carnet > 40} == {*range(43, 61)}


def test_the_value_of_what_is_void_at_once_comes_back_after_the_quarantine(
    region: Region, oublies: Dotes, horloge: HorlogeFixe
) -> None:
    un, deux = oublies
    _tout_entendre(un, deux)
    revoquer(region, un.device, vol=True)
    changer_stock(region, 12, {"general": 50_000})
    reprendre(region)
    publier(region)
    avant = _rendu(region)
    horloge.instant += timedelta(days=61)
    publier(region)
    # The unknown numbers of the three lots of that desk, the two that it had given apart.
    assert _rendu(region) - avant == 10 * 10 + 10 * 5 + 18 * 5


def _rendu(region: Region) -> int:
    return next(pot.rendu for pot in bilan(region).pots if pot.pot == "general")


def test_a_desk_revoked_again_before_it_is_heard_has_its_lots_void_when_its_messages_are_taken_up(
    region: Region, oublies: Dotes
) -> None:
    un, _ = oublies
    changer_stock(region, 12, {"general": 50_000})
    revoquer(region, un.device, vol=True)
    refus = un.envoyer(un.preparer(un.log[2:]))
    assert isinstance(refus, Refusal) and refus.code == "appareil_revoque"
    assert reprendre_gardes(region, un.device).messages == 1
    assert (_appris(region, un), set(_nuls(region)) - {(41, "vole"), (42, "vole")}) == (
        ["limbes"],
        {(n, "vole") for n in range(43, 61)},
    )
    # Given before it was known of: good, but for the ranks that its key could sign.
    assert [_nuls(region)[n, "vole"] for n in (41, 42)] == [(HAUTS, 0)] * 2


def _suivre(neuf: PosteFactice) -> None:
    """The desk accepted elsewhere sends all that it has, then its new epoch."""
    assert neuf.ou_en_est().etat == "accepte"
    neuf.synchroniser(3)
    neuf.epoch += 1
    neuf.ecrire("poste.epoque", "poste", {"epoch": neuf.epoch})
    neuf.synchroniser()


def test_a_theft_said_in_a_region_put_back_holds_the_lots_that_the_desk_says_afterwards(
    region: Region, oublies: Dotes
) -> None:
    un, deux = oublies
    changer_stock(region, 12, {"general": 50_000})
    neuf, identifiant = continuer_ailleurs(region, un, "Lens")
    accepter_apres_un_vol(region, identifiant, un.device)
    _suivre(neuf)
    assert (_appris(region, un), _nuls(region)) == (["limbes"], _attendus("vole"))
    # What it is granted on its new computer is good, and so is what a Region put back once more forgot of it.
    _entendre(deux)
    photo = _sauvegarder(region)
    lot = doter_poste(region, neuf.device, taille=5, carnets=3)
    assert neuf.enrolled is not None
    recu = {"lot": lot.lot_id, "campagne": 12, "pot": "general", "taille": 5, "premier": lot.premier}
    fin = {"dernier": lot.dernier, "kid": neuf.enrolled.kid, "bail_jusqu_au": lot.bail_jusqu_au.isoformat()}
    neuf.ecrire("lot.recevoir", lot.lot_id, recu | fin)
    _remettre(region, photo)
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    assert {o.result for o in neuf.synchroniser(2).outcomes} == {"appliquee"}
    assert [lu.lot.etat for lu in montrer_lots(region) if lu.lot.lot == lot.lot_id] == ["actif"]
    assert not [numero for numero, _ in _nuls(region) if numero >= lot.premier]


def test_a_desk_linked_again_after_a_mistake_awards_what_it_says_and_leaves_the_rest_void(
    region: Region, oublies: Dotes
) -> None:
    un, _ = oublies
    changer_stock(region, 12, {"general": 50_000})
    revoquer(region, un.device, vol=False)
    neuf, identifiant = continuer_ailleurs(region, un, "Lens")
    accepter(region, identifiant, a_la_place_de=un.device)
    _suivre(neuf)
    assert (_appris(region, un), _nuls(region)) == (["limbes"], _attendus("annule"))


def test_a_stolen_computer_may_say_any_key_of_a_lot_that_nobody_knows(
    region: Region, oublies: Dotes, enroler: Callable[[str], PosteFactice]
) -> None:
    un, _ = oublies
    changer_stock(region, 12, {"general": 50_000})
    neuf, identifiant = continuer_ailleurs(region, un, "Lens")
    accepter_apres_un_vol(region, identifiant, un.device)
    assert neuf.ou_en_est().etat == "accepte" and neuf.enrolled is not None
    neuf.synchroniser(3)
    suite = len(un.log)
    corps = {"lot": "l", "campagne": 12, "pot": "general", "taille": 5, "premier": 101, "dernier": 103}
    un.ecrire("lot.recevoir", "l", {**corps, "kid": neuf.enrolled.kid + 1, "bail_jusqu_au": "2027-12-16"})
    assert isinstance(un.envoyer(un.preparer(un.log[suite:])), Refusal)
    assert reprendre_gardes(region, un.device).issues == {"appliquee": 1}
    assert {(n, "vole") for n in (101, 102, 103)} <= set(_nuls(region))
