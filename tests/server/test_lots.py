"""Lots after they were granted: refilled in the exchange, stopped, called back, left; value back when it is sure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.evenements import LotAttribue, lire_evenement
from passdesk.protocol.messages import SyncAnswer
from passdesk.protocol.operations import Operation
from passdesk.protocol.scellement import Corps
from passdesk.server.administration import bilan, doter_poste
from passdesk.server.litiges import lister_litiges
from passdesk.server.lots import ARRET
from passdesk.server.publication import publier
from passdesk.server.rappel import montrer_lots, rappeler, relancer
from passdesk.server.recharge import (
    RECHARGES_PAR_JOUR,
    Recharge,
    recharges,
    regler_bail,
    regler_recharge,
)
from passdesk.server.region import Region
from tests.server.poste_factice import PosteFactice

Enroler = Callable[[str], PosteFactice]


def _disponible(region: Region, pot: str = "general") -> int:
    return next(p.disponible for p in bilan(region).pots if p.pot == pot)


def _regler(region: Region, pot: str, taille: int, seuil: int, carnets: int) -> None:
    with region.magasin.ecrire() as tx:
        regler_recharge(tx, Recharge(12, pot, taille, seuil, carnets))


def _accorder(poste: PosteFactice, *numeros: int, taille: int = 10, pot: str = "general") -> None:
    for numero in numeros:
        poste.inscrire(f"p{numero}", None)
        poste.accorder(f"p{numero}", numero, taille, pot=pot)


def _envoyer(poste: PosteFactice) -> tuple[LotAttribue, ...]:
    """One exchange of a desk that keeps its place: sends what is new, hears the lots, records each in its log."""
    envoyees = poste.__dict__.setdefault("envoyees", 0)
    du_moment = [o for o in poste.log if o.entete.epoch == poste.epoch and o.entete.seq > envoyees]
    answer = poste.envoyer(poste.preparer(du_moment))
    assert isinstance(answer, SyncAnswer)
    poste.__dict__["envoyees"] = answer.have.seq
    poste.cursor = answer.cursor
    lus = [lire_evenement(e.type, e.payload) for e in answer.events]
    lots = tuple(lu for lu in lus if isinstance(lu, LotAttribue))
    for lot in lots:
        corps = {nom: getattr(lot, nom) for nom in ("lot", "campagne", "pot", "taille", "premier", "dernier", "kid")}
        poste.ecrire("lot.recevoir", lot.lot, {**corps, "bail_jusqu_au": lot.bail_jusqu_au.isoformat()})
    return lots


def test_a_desk_that_runs_low_is_refilled_in_the_same_answer(region: Region, enroler: Enroler) -> None:
    un, deux = enroler("Lens"), enroler("Creil")
    _regler(region, "general", 10, 3, 10)
    doter_poste(region, un.device, taille=10, carnets=5)
    assert [lot.premier for lot in _envoyer(un)] == [1]
    _accorder(un, 1)
    assert _envoyer(un) == ()
    _accorder(un, 2)
    assert [(lot.premier, lot.dernier, lot.taille) for lot in _envoyer(un)] == [(6, 15, 10)]
    # Sent again, or with nothing new, it asks for nothing more; a desk that was never granted a lot takes no part.
    assert _envoyer(un) == _envoyer(un) == ()
    assert _envoyer(deux) == ()
    assert _disponible(region) == 1000 - 150
    # A carnet of five is another stock.
    _regler(region, "general", 5, 3, 10)
    assert _envoyer(un) == ()


def test_the_last_of_the_stock_is_given_whole_and_never_exceeded(region: Region, enroler: Enroler) -> None:
    un = enroler("Lens")
    _regler(region, "general", 10, 0, 60)
    doter_poste(region, un.device, taille=10, carnets=1)
    doter_poste(region, enroler("Creil").device, taille=10, carnets=95)
    _envoyer(un)
    _accorder(un, 1)
    assert [lot.dernier - lot.premier + 1 for lot in _envoyer(un)] == [4]
    assert _disponible(region) == 0
    _accorder(un, *range(97, 101))
    assert _envoyer(un) == ()


def test_a_reserve_goes_two_by_two_and_half_of_it_stays_central(region: Region, enroler: Enroler) -> None:
    # 100 pass: ten carnets of ten.
    ecoles = [enroler(f"Lycée {rang}") for rang in range(4)]
    for ecole in ecoles:
        lot = doter_poste(region, ecole.device, taille=10, carnets=1, pot="lycee")
        _accorder(ecole, lot.premier, pot="lycee")
        _envoyer(ecole)
    _regler(region, "lycee", 10, 0, 2)
    # Four were spent; six are left: two to each while as many stay central as lie at the desks.
    donnes = [[lot.dernier - lot.premier + 1 for lot in _envoyer(ecole)] for ecole in ecoles]
    assert donnes == [[2], [1], [], []]
    assert _disponible(region, "lycee") == 30
    assert doter_poste(region, ecoles[3].device, taille=10, carnets=3, pot="lycee").dernier > 0


def test_refills_of_a_day_are_counted(region: Region, enroler: Enroler, horloge: HorlogeFixe) -> None:
    un = enroler("Lens")
    _regler(region, "general", 5, 2000, 10)
    doter_poste(region, un.device, taille=5, carnets=1)
    assert [len(_envoyer(un)) for _ in range(RECHARGES_PAR_JOUR + 2)] == [2] + [1] * (RECHARGES_PAR_JOUR - 1) + [0, 0]
    horloge.instant += timedelta(hours=25)
    assert len(_envoyer(un)) == 1


@pytest.mark.parametrize(
    ("pot", "taille", "seuil", "carnets", "code"),
    [
        ("general", 10, 3, 9, "recharge_refusee"),
        ("lycee", 10, 0, 3, "recharge_refusee"),
        ("secours", 10, 0, 10, "dotation_refusee"),
        ("general", 7, 0, 10, "dotation_refusee"),
    ],
)
def test_a_refill_that_makes_no_sense_is_refused(
    region: Region, pot: str, taille: int, seuil: int, carnets: int, code: str
) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        _regler(region, pot, taille, seuil, carnets)
    assert refus.value.code == code
    _regler(region, "general", 10, 3, 10)
    _regler(region, "general", 10, 3, 0)
    with region.magasin.lire() as tx:
        assert recharges(tx) == ()


def test_what_is_called_back_gives_its_value_once_the_desk_has_answered(region: Region, enroler: Enroler) -> None:
    un = enroler("Lens")
    doter_poste(region, un.device, taille=10, carnets=10)
    _envoyer(un)
    _accorder(un, 1)
    _envoyer(un)
    assert [lu.lot for lu in rappeler(region, un.device)] == [lu.lot.lot for lu in montrer_lots(region)]
    # Awarded after the call, before the desk heard of it: it is there before the answer, and counts.
    _accorder(un, 2, 3)
    (arret,) = _envoyer(un)
    assert (arret.bail_jusqu_au, arret.premier) == (ARRET, 1)
    assert _disponible(region) == 900
    _envoyer(un)
    assert _disponible(region) == 900 + 70
    (lu,) = montrer_lots(region)
    assert (lu.lot.rendu, lu.lot.valeur, lu.lot.utilises) == (True, 70, 3)
    # From then on the bundle knows the three numbers alone, and another award from there is looked at.
    contenu = lire_confiance(publier(region), region.cles.racine).contenu
    assert [(p.premier, p.dernier) for p in contenu.plages] == [(1, 3)]
    _accorder(un, 9)
    assert un.synchroniser(len(un.log) - 1).outcomes[-1].result == "litige"
    assert _disponible(region) == 960
    assert doter_poste(region, un.device, taille=10, carnets=1).premier == 11


def test_an_old_answer_does_not_stand_for_a_later_call(region: Region, enroler: Enroler) -> None:
    un = enroler("Lens")
    doter_poste(region, un.device, taille=10, carnets=10)
    _envoyer(un)
    rappeler(region, un.device)
    _envoyer(un)
    # The desk recorded the stop but has not sent it; meanwhile it may award again, then is called back once more.
    relancer(region, un.device)
    rappeler(region, un.device)
    _envoyer(un)
    assert _disponible(region) == 900
    _envoyer(un)
    assert _disponible(region) == 1000


def test_what_is_frozen_keeps_its_value_and_may_go_on(region: Region, enroler: Enroler) -> None:
    un = enroler("Lens")
    doter_poste(region, un.device, taille=10, carnets=10)
    doter_poste(region, un.device, taille=5, carnets=10, pot="lycee")
    _envoyer(un)
    rappeler(region, un.device, pot="general", etat="gele")
    (arret,) = _envoyer(un)
    _envoyer(un)
    assert (arret.bail_jusqu_au, _disponible(region)) == (ARRET, 900)
    _regler(region, "general", 10, 20, 10)
    assert _envoyer(un) == ()
    relancer(region, un.device, lot=arret.lot)
    assert _envoyer(un)[0].bail_jusqu_au > date(2026, 11, 23)
    with pytest.raises(SaisieRefusee) as refus:
        rappeler(region, un.device, lot="ailleurs")
    assert refus.value.code == "lot_inconnu"


def test_value_waits_while_an_act_before_the_return_cannot_be_read(region: Region, enroler: Enroler) -> None:
    un = enroler("Lens")
    lot = doter_poste(region, un.device, taille=10, carnets=10)
    _accorder(un, 1)
    # Its body does not fit its header: nobody knows which numbers it took.
    corps: list[Corps | None] = [Corps(o.sel or b"", o.corps or b"") for o in un.log]
    corps[-1] = Corps(bytes(32), b"\xa0")
    un.ecrire("lot.rendre", lot.lot_id, {"lot": lot.lot_id})
    dernier = un.log[-1]
    corps.append(Corps(dernier.sel or b"", dernier.corps or b""))
    outcomes = un.synchroniser(corps=corps).outcomes
    assert [(o.result, o.raison) for o in outcomes[1:]] == [("en_attente", "engagement"), ("appliquee", None)]
    (lu,) = montrer_lots(region)
    assert (lu.lot.rendu, lu.lot.valeur, _disponible(region)) == (True, None, 900)


def test_a_desk_put_back_to_a_copy_leaves_its_lots_and_is_refilled_next_time(region: Region, enroler: Enroler) -> None:
    un = enroler("Lens")
    _regler(region, "general", 10, 0, 10)
    doter_poste(region, un.device, taille=10, carnets=10)
    un.ecrire("poste.epoque", "e", {"epoch": 1})
    _envoyer(un)
    assert [lu.lot.etat for lu in montrer_lots(region)] == ["actif"]
    _accorder(un, 1)
    _envoyer(un)
    un.epoch, un.__dict__["envoyees"] = 2, 0
    un.ecrire("poste.epoque", "e", {"epoch": 2})
    # In this answer it would still leave what it hears.
    assert _envoyer(un) == ()
    assert [lu.lot.etat for lu in montrer_lots(region)] == ["laisse"]
    assert [(lot.premier, lot.dernier) for lot in _envoyer(un)] == [(11, 20)]
    assert _disponible(region) == 800


def test_a_lease_shorter_than_the_campaign_goes_on_with_each_exchange(
    region: Region, enroler: Enroler, horloge: HorlogeFixe
) -> None:
    un = enroler("Lens")
    with region.magasin.ecrire() as tx:
        regler_bail(tx, 12, 30)
    jour = horloge.aujourdhui()
    doter_poste(region, un.device, taille=10, carnets=10)
    assert [lot.bail_jusqu_au for lot in _envoyer(un)] == [jour + timedelta(days=30)]
    horloge.instant += timedelta(days=10)
    assert _envoyer(un) == ()
    horloge.instant += timedelta(days=6)
    assert [lot.bail_jusqu_au for lot in _envoyer(un)] == [jour + timedelta(days=46)]
    # Over, it begins again as soon as the desk is heard.
    horloge.instant += timedelta(days=60)
    assert [lot.bail_jusqu_au for lot in _envoyer(un)] == [jour + timedelta(days=106)]
    with region.magasin.ecrire() as tx, pytest.raises(SaisieRefusee):
        regler_bail(tx, 12, -1)


def test_while_a_log_has_two_branches_nothing_comes_back_and_nothing_more_is_given(
    region: Region, enroler: Enroler
) -> None:
    un = enroler("Lens")
    lot = doter_poste(region, un.device, taille=10, carnets=10)
    _accorder(un, 1)
    _envoyer(un)
    ici = list(un.log)
    # A copy of this laptop awarded another number.
    del un.log[1:]
    _accorder(un, 2)
    assert un.synchroniser().fork
    un.log[:] = ici
    un.ecrire("lot.rendre", lot.lot_id, {"lot": lot.lot_id})
    _regler(region, "general", 10, 2000, 10)
    assert _envoyer(un) == ()
    (lu,) = montrer_lots(region)
    assert (lu.lot.rendu, lu.lot.valeur, lu.lot.utilises) == (True, None, 2)
    doter_poste(region, un.device, taille=10, carnets=10)
    assert len(_envoyer(un)) == 1
    assert _envoyer(un) == ()


def _rappele(region: Region, poste: PosteFactice) -> list[Operation]:
    """Ten carnets granted, then called back, and their value given back; the log of the day before the call."""
    doter_poste(region, poste.device, taille=10, carnets=10)
    _envoyer(poste)
    veille = list(poste.log)
    rappeler(region, poste.device)
    _envoyer(poste)
    _envoyer(poste)
    return veille


def test_an_award_of_a_day_before_the_call_takes_its_value_back(region: Region, enroler: Enroler) -> None:
    un = enroler("Lens")
    veille = _rappele(region, un)
    assert _disponible(region) == 1000
    # Put back to the day before, with its keys, it knows nothing of the call: three carnets are on paper.
    un.log[:] = veille
    _accorder(un, 1, 2, 3)
    assert un.synchroniser().fork
    (lu,) = montrer_lots(region)
    assert (lu.lot.valeur, lu.lot.utilises, _disponible(region)) == (70, 3, 970)
    # Told again, it is the same carnet.
    assert un.synchroniser().fork
    assert _disponible(region) == 970


def test_of_a_stock_that_is_gone_nothing_can_be_taken_back(region: Region, enroler: Enroler) -> None:
    un, deux = enroler("Lens"), enroler("Creil")
    veille = _rappele(region, un)
    doter_poste(region, deux.device, taille=5, carnets=199)
    un.log[:] = veille
    _accorder(un, 1, 2)
    assert un.synchroniser().fork
    (lu, _) = montrer_lots(region)
    assert (lu.lot.valeur, _disponible(region)) == (95, 0)
    # The case names them all the same.
    with region.magasin.lire() as tx:
        assert [(c.carnet, c.poste) for c in lister_litiges(tx)[0].carnets] == [(1, "Lens"), (2, "Lens")]
