"""The Region put back to a backup: it says so or notices, grants nothing it cannot count, and no number comes twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.campagne import Campagne
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.certificat import certificat_des_octets
from passdesk.protocol.cle_epoque import annonce
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.evenements import NUMERO_MAX, CleCertifiee, LotAttribue, lire_evenement
from passdesk.protocol.messages import Refusal, SyncAnswer
from passdesk.server.administration import bilan, doter_poste, litiges
from passdesk.server.campagnes import changer_stock, ouvrir_campagne
from passdesk.server.publication import publier, publier_si_besoin
from passdesk.server.racine import Racine
from passdesk.server.rappel import montrer_lots
from passdesk.server.recharge import Recharge, regler_recharge
from passdesk.server.region import Region, nouvelle_vie, server_epoch
from passdesk.server.reglements import publier_reglement
from passdesk.server.reprise import en_suspens, reprendre_les_lots
from passdesk.server.restauration import (
    CLES_SAUTEES,
    NUMEROS_SAUTES,
    lots_dits,
    noter_restauration,
    postes_attendus,
    reprendre_les_dotations,
)
from passdesk.server.revocation import revoquer
from tests.domain.dossiers import REGLEMENTS
from tests.server.poste_factice import PosteFactice
from tests.server.test_reglements import texte

Dotes = tuple[PosteFactice, PosteFactice]
Photo = dict[str, list[tuple[Any, ...]]]

TABLES = (
    "region", "compteur", "campagne", "pot", "poste", "ordinateur_quitte", "cle_ancienne", "enrolement",
    "journal", "operation", "corps", "quarantaine", "sujet", "lot", "attribution", "nul", "litige",
    "litige_carnet", "evenement", "etat_bloc", "recharge", "bail", "index_dit", "reglement",
)  # fmt: skip
"""What a backup holds, those that others refer to first."""


def _sauvegarder(region: Region) -> Photo:
    with region.magasin.lire() as tx:
        return {table: tx.toutes(f"SELECT * FROM {table}") for table in TABLES}


def _remettre(region: Region, photo: Photo) -> None:
    with region.magasin.ecrire() as tx:
        for table in reversed(TABLES):
            tx.faire(f"DELETE FROM {table}")
        for table, rangees in photo.items():
            for rangee in rangees:
                tx.faire(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in rangee)})", *rangee)


def _entendre(poste: PosteFactice) -> SyncAnswer:
    """One exchange of a desk that believes what it is told of the Region's life, sends from there and records lots."""
    answer = poste.envoyer(poste.preparer(poste.log[poste.__dict__.get("acquis", 0) :]))
    assert isinstance(answer, SyncAnswer)
    assert poste.enrolled is not None
    if answer.server_epoch != poste.enrolled.server_epoch:
        poste.enrolled = replace(poste.enrolled, server_epoch=answer.server_epoch)
    poste.cursor = answer.cursor
    poste.__dict__["acquis"] = answer.have.seq
    for event in answer.events:
        lu = lire_evenement(event.type, event.payload)
        deja = {o.entete.subject_id for o in poste.log if o.entete.type == "lot.recevoir"}
        if isinstance(lu, LotAttribue) and lu.lot not in deja:
            corps = {nom: getattr(lu, nom) for nom in ("lot", "campagne", "pot", "taille", "premier", "dernier", "kid")}
            poste.ecrire("lot.recevoir", lu.lot, {**corps, "bail_jusqu_au": lu.bail_jusqu_au.isoformat()})
    return answer


def _pot(region: Region) -> tuple[int, int]:
    return next((p.accorde, p.rendu) for p in bilan(region).pots if p.pot == "general")


def _servir(poste: PosteFactice, numero: int) -> None:
    poste.inscrire(f"p{numero}", bytes([numero]) * 16)
    poste.accorder(f"p{numero}", numero, 10)


@pytest.fixture
def perdue(region: Region, dotes: Dotes, horloge: HorlogeFixe) -> Dotes:
    """A Region that has just lost an hour: a lot of each desk, and what they awarded from them."""
    un, deux = dotes
    for poste in dotes:
        _entendre(poste)
    photo = _sauvegarder(region)
    for rang, poste in enumerate(dotes):
        doter_poste(region, poste.device, taille=10, carnets=10)
        _entendre(poste)
        _servir(poste, 41 + 10 * rang)
        _entendre(poste)
    assert _pot(region) == (500, 0)
    _remettre(region, photo)
    horloge.instant += timedelta(hours=1)
    assert _pot(region) == (300, 0)
    return un, deux


def test_a_region_that_was_put_back_notices_and_counts_again_what_it_forgot(region: Region, perdue: Dotes) -> None:
    un, deux = perdue
    avant = un.enrolled.server_epoch if un.enrolled else 0
    answer = _entendre(un)
    assert answer.server_epoch != avant
    assert answer.events[0].srv_seq < answer.cursor
    with pytest.raises(SaisieRefusee) as refus:
        doter_poste(region, un.device, taille=10, carnets=1)
    assert (refus.value.code, refus.value.faits) == ("dotations_suspendues", {"postes": 2})
    for _ in range(2):
        _entendre(un)
    assert _pot(region) == (400, 0)
    with region.magasin.lire() as tx:
        assert postes_attendus(tx) == 1
    for _ in range(3):
        _entendre(deux)
    assert _pot(region) == (500, 0)
    assert litiges(region) == ()
    assert {(lu.lot.premier, lu.lot.dernier, lu.lot.utilises) for lu in montrer_lots(region)} >= {
        (41, 50, 1),
        (51, 60, 1),
    }
    # No number that may be on paper comes again, whatever the stock was meanwhile.
    assert doter_poste(region, un.device, taille=10, carnets=1).premier == 41 + NUMEROS_SAUTES


def test_data_put_back_twice_give_no_number_twice_though_the_first_to_speak_was_believed_before(
    region: Region, perdue: Dotes
) -> None:
    un, deux = perdue
    _tout_entendre(un, deux)
    photo = _sauvegarder(region)
    donnes = []
    for poste in (un, deux):
        donnes.append(doter_poste(region, poste.device, taille=10, carnets=10))
        _entendre(poste)
        _entendre(poste)
    _remettre(region, photo)
    # It was believed the first time, and may lie: its word skips nothing, but the next numbers may be on paper.
    redit = un.envoyer(un.preparer([]))
    assert isinstance(redit, Refusal)
    with pytest.raises(SaisieRefusee, match="dotations_suspendues"):
        doter_poste(region, deux.device, taille=10, carnets=10)
    _tout_entendre(deux, un)
    assert doter_poste(region, deux.device, taille=10, carnets=10).premier > donnes[1].dernier


def test_data_put_back_twice_to_the_same_backup_give_no_number_twice(
    region: Region, dotes: Dotes, horloge: HorlogeFixe
) -> None:
    un, deux = dotes
    _tout_entendre(un, deux)
    photo = _sauvegarder(region)
    donnes = []
    for _ in range(2):
        donnes.append(doter_poste(region, un.device, taille=10, carnets=10))
        _tout_entendre(un, deux)
        _remettre(region, photo)
        horloge.instant += timedelta(hours=1)
        # The life that they heard of the second time is one that this Region forgot whole.
        _entendre(un)
        with pytest.raises(SaisieRefusee, match="dotations_suspendues"):
            doter_poste(region, deux.device, taille=10, carnets=10)
        _tout_entendre(un, deux)
    # What the first life skipped is skipped once: the second lot lies beyond, and waits for a person.
    assert _attendus(region) == 1
    with region.magasin.ecrire() as tx:
        reprendre_les_dotations(tx, region.cles.corps)
    assert doter_poste(region, deux.device, taille=10, carnets=10).premier > max(lot.dernier for lot in donnes)


def test_a_desk_that_names_a_life_yet_to_come_or_over_begins_none(region: Region, dotes: Dotes) -> None:
    poste, _ = dotes
    with region.magasin.ecrire() as tx:
        avant = server_epoch(tx)
        noter_restauration(tx, region.maintenant())
        vie = server_epoch(tx)
    assert avant < vie
    for dite in (0, avant, nouvelle_vie(region.maintenant() + 1), 2**62):
        reponse = poste.envoyer(poste.preparer([], cursor=10**9, server_epoch=dite))
        assert isinstance(reponse, SyncAnswer) and reponse.server_epoch == vie


def test_a_life_that_was_named_is_over_once_another_began(region: Region, dotes: Dotes) -> None:
    """The requests of one stick all name it, and so does every desk that heard of it: one is enough."""
    nommee = nouvelle_vie(region.maintenant()) | 2047
    vies = [
        reponse.server_epoch
        for poste in (dotes[0], *dotes)
        if isinstance(reponse := poste.envoyer(poste.preparer([], cursor=10**9, server_epoch=nommee)), SyncAnswer)
    ]
    assert len(vies) == 3 and len(set(vies)) == 1 and vies[0] > nommee


def test_no_refill_leaves_before_the_desks_were_heard(region: Region, perdue: Dotes) -> None:
    un, deux = perdue
    with region.magasin.ecrire() as tx:
        regler_recharge(tx, Recharge(12, "general", 10, 100, 10))
    for _ in range(3):
        _entendre(un)
    assert _pot(region) == (400, 0)
    for _ in range(3):
        _entendre(deux)
    assert _pot(region)[0] > 500


def test_a_person_may_decide_not_to_wait(region: Region, perdue: Dotes) -> None:
    un, _ = perdue
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
        assert postes_attendus(tx) == 2
        reprendre_les_dotations(tx, region.cles.corps)
        assert postes_attendus(tx) == 0
    assert doter_poste(region, un.device, taille=10, carnets=1).premier > 60
    # Told by hand, it needs no second life when the desk comes.
    vie = _entendre(un).server_epoch
    assert _entendre(un).server_epoch == vie


def test_a_carnet_spoiled_before_its_lot_is_known_again_gives_its_value_back(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    un.inscrire("p", None)
    un.accorder("p", 101, 10)
    un.ecrire("carnet.gacher", "c", {"campagne": 12, "numero": 101})
    un.synchroniser()
    publier(region)
    assert _pot(region) == (300, 0)
    corps = {"lot": "l", "campagne": 12, "pot": "general", "taille": 10, "premier": 101, "dernier": 110, "kid": 1}
    un.ecrire("lot.recevoir", "l", {**corps, "bail_jusqu_au": "2027-12-16"})
    un.synchroniser(len(un.log))
    publier(region)
    assert _pot(region) == (400, 10)


def test_only_a_region_that_was_put_back_learns_lots_and_only_believable_ones(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    juste = {"lot": "l", "campagne": 12, "pot": "general", "taille": 10, "premier": 101, "dernier": 110, "kid": 1}

    def dire(**autres: object) -> None:
        corps = {**juste, "bail_jusqu_au": "2027-12-16", **autres}
        un.ecrire("lot.recevoir", str(corps["lot"]), corps)
        un.synchroniser(len(un.log))

    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    lots = montrer_lots(region, deux.device)
    for rang, faux in enumerate(
        (
            {"premier": 15, "dernier": 24},
            {"premier": 40 + NUMEROS_SAUTES, "dernier": 41 + NUMEROS_SAUTES},
            {"premier": 110, "dernier": 101},
            {"taille": 7},
            {"pot": "secours"},
            {"campagne": 13},
            # More than the stock holds: kept aside, and nothing of it is counted.
            {"premier": 101, "dernier": 180},
        ),
        1,
    ):
        dire(**faux)
        assert len(en_suspens(region)) == rang
    dire(lot=lots[0].lot.lot)
    assert (_pot(region), len(en_suspens(region))) == ((300, 0), 7)
    dire()
    assert _pot(region) == (400, 0)
    dire()
    assert (_pot(region), len(en_suspens(region))) == ((400, 0), 7)


def test_a_lot_that_nobody_gave_stops_nobody_at_a_region_that_was_never_put_back(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _dire_un_lot(un, 101, 110)
    assert (_pot(region), len(en_suspens(region))) == ((300, 0), 1)
    with region.magasin.lire() as tx:
        assert (postes_attendus(tx), lots_dits(tx, region.cles.corps)) == (0, ())
    assert doter_poste(region, deux.device, taille=5, carnets=1).premier == 41


def _dire_un_lot(poste: PosteFactice, premier: int, fin: int, campagne: int = 12) -> None:
    numeros = {"lot": f"l{premier}", "campagne": campagne, "premier": premier, "dernier": fin}
    corps = {**numeros, "pot": "general", "taille": 5, "kid": 1, "bail_jusqu_au": "2027-12-16"}
    poste.ecrire("lot.recevoir", f"l{premier}", corps)
    assert isinstance(poste.synchroniser(len(poste.log)), SyncAnswer)


@pytest.fixture
def agrandie(region: Region, dotes: Dotes, horloge: HorlogeFixe) -> Dotes:
    """A Region whose stock was raised since the backup, and one desk granted far more than the backup could give."""
    un, deux = dotes
    for poste in dotes:
        _entendre(poste)
    photo = _sauvegarder(region)
    changer_stock(region, 12, {"general": 50_000})
    assert [doter_poste(region, un.device, taille=5, carnets=1000).premier for _ in range(2)] == [41, 1041]
    _entendre(un)
    un.inscrire("p", b"k" * 16)
    un.accorder("p", 1041, 5)
    _entendre(un)
    _remettre(region, photo)
    horloge.instant += timedelta(hours=1)
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    return un, deux


def _tout_entendre(*postes: PosteFactice) -> None:
    for poste in postes:
        for _ in range(3):
            _entendre(poste)


def _attendus(region: Region) -> int:
    with region.magasin.lire() as tx:
        return postes_attendus(tx)


def test_a_stock_raised_since_the_backup_gives_no_number_twice(region: Region, agrandie: Dotes) -> None:
    un, deux = agrandie
    _tout_entendre(un, deux)
    # More than the stock as the backup has it: it waits, and so does every grant.
    assert (_pot(region), _attendus(region)) == ((300, 0), 1)
    for refuse in (
        lambda: doter_poste(region, deux.device, taille=5, carnets=1),
        lambda: changer_stock(region, 12, {"general": 900}),
    ):
        with pytest.raises(SaisieRefusee, match="dotations_suspendues"):
            refuse()
    # Its numbers were in no range that this Region knows: what it says meanwhile forgets nothing.
    assert publier_si_besoin(region)
    changer_stock(region, 12, {"general": 50_000})
    reprendre_les_lots(region)
    assert (_pot(region), _attendus(region)) == ((10_300, 0), 0)
    assert {doter_poste(region, deux.device, taille=5, carnets=1000).premier for _ in range(2)} == {
        41 + NUMEROS_SAUTES,
        1041 + NUMEROS_SAUTES,
    }
    lue = lire_confiance(publier(region), region.cles.racine)
    assert un.enrolled is not None and lue.dans_une_plage(12, un.enrolled.kid, 1041)


def test_a_lot_beyond_all_that_was_skipped_waits_and_goes_to_nobody_else(region: Region, agrandie: Dotes) -> None:
    un, deux = agrandie
    # Near the end of the numbers, half of what is left is less than what was given.
    with region.magasin.ecrire() as tx:
        tx.faire("UPDATE compteur SET valeur = 240 WHERE nom = 'numero/12'")
    changer_stock(region, 12, {"general": 50_000})
    _tout_entendre(un, deux)
    assert (_pot(region), _attendus(region)) == ((300, 0), 1)
    with pytest.raises(SaisieRefusee, match="dotations_suspendues"):
        doter_poste(region, deux.device, taille=5, carnets=1)
    with region.magasin.ecrire() as tx:
        dits = lots_dits(tx, region.cles.corps)
        reprendre_les_dotations(tx, region.cles.corps)
    assert [(lot.device, lot.taille, lot.premier, lot.dernier) for lot in dits] == [
        (un.device, 5, 41, 1040),
        (un.device, 5, 1041, 2040),
    ]
    # Who decides to grant again believes what the desks say of these numbers: they are good, and counted.
    reprendre_les_lots(region)
    assert (_pot(region), _attendus(region)) == ((10_300, 0), 0)
    assert [doter_poste(region, deux.device, taille=5, carnets=n).premier for n in (200, 300)] == [2041, 2241]


def test_a_desk_that_lies_of_its_lots_stops_the_grants_until_somebody_looks_and_takes_no_number(
    region: Region, dotes: Dotes, enroler: Callable[[str], PosteFactice]
) -> None:
    un, deux = dotes
    honnetes = [deux, *(enroler(f"Creil {rang}") for rang in range(25))]
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    for poste in honnetes:
        poste.synchroniser()
    premier = 41 + NUMEROS_SAUTES
    for debut in (premier, NUMERO_MAX - 1999):
        _dire_un_lot(un, debut, debut + 1999)
    # One of twenty-seven is not waited for when it is only silent.
    assert _attendus(region) == 1
    with region.magasin.ecrire() as tx:
        reprendre_les_dotations(tx, region.cles.corps)
    assert _attendus(region) == 0
    assert doter_poste(region, deux.device, taille=5, carnets=1).premier == premier + 2000
    _dire_un_lot(un, premier + 2001, premier + 3000)
    assert _attendus(region) == 1
    revoquer(region, un.device, vol=False)
    assert _attendus(region) == 0
    assert doter_poste(region, deux.device, taille=5, carnets=1).premier == premier + 2001


def test_a_campaign_that_was_opened_since_the_backup_is_opened_again_with_other_numbers(
    region: Region, dotes: Dotes, racine: Racine
) -> None:
    un, deux = dotes
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    for poste in dotes:
        poste.synchroniser()
    _dire_un_lot(un, 1, 20, campagne=13)
    assert _attendus(region) == 1
    autre = Campagne(13, "Une autre", 1000, region.horloge.aujourdhui() + timedelta(days=300))
    ouvrir_campagne(region, racine, autre, stock=1000)
    reprendre_les_lots(region)
    assert _attendus(region) == 0
    assert doter_poste(region, deux.device, taille=5, carnets=1, campagne=13).premier == NUMEROS_SAUTES + 1
    assert {(lu.lot.campagne, lu.lot.premier) for lu in montrer_lots(region, un.device)} >= {(13, 1)}


def test_no_number_that_was_given_since_the_backup_is_given_to_another(
    region: Region, dotes: Dotes, enroler: Callable[[str], PosteFactice]
) -> None:
    publier(region)
    photo = _sauvegarder(region)
    un, deux = dotes
    # Of nobody's lot: a case, that its desk hears of.
    _servir(un, 200)
    perdu = un.synchroniser().outcomes[-1].litige
    lost = enroler("Lille")
    assert lost.enrolled is not None
    lu = lire_confiance(publier(region), region.cles.racine)
    assert [cle.kid for cle in lu.contenu.cles] == [1, 2, lost.enrolled.kid]
    publie = publier_reglement(region, texte("2026-10-15", "2026-12-01"), "essai.toml", REGLEMENTS)
    _remettre(region, photo)
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    _servir(deux, 201)
    assert perdu is not None
    assert deux.synchroniser().outcomes[-1].litige not in (None, perdu)
    autre = enroler("Amiens")
    assert autre.enrolled is not None and autre.enrolled.kid == 2 + CLES_SAUTEES + 1
    # The papers of the desk that this Region forgot are of a key unknown: nobody else's, which would say them forged.
    neuve = lire_confiance(publier(region), region.cles.racine)
    assert lost.enrolled.kid not in {cle.kid for cle in neuve.contenu.cles}
    assert neuve.generation > lu.generation
    suivant = publier_reglement(region, texte("2026-11-20", "2027-01-01"), "essai.toml", REGLEMENTS)
    assert suivant.generation > publie.generation


def test_the_key_of_an_epoch_that_the_region_forgot_has_its_number_again(
    region: Region, dotes: Dotes, enroler: Callable[[str], PosteFactice]
) -> None:
    un, _ = dotes
    photo = _sauvegarder(region)
    passe = Ed25519PrivateKey.generate()
    un.epoch, un.log = 2, []
    un.ecrire("poste.epoque", "e2", {"epoch": 2, **annonce(passe, un.device, 2)}, 2)
    un.synchroniser()
    lot = doter_poste(region, un.device, taille=10, carnets=5)
    recu = {"lot": lot.lot_id, "campagne": 12, "pot": "general", "taille": 10, "premier": lot.premier}
    fin = {"dernier": lot.dernier, "kid": 3, "bail_jusqu_au": lot.bail_jusqu_au.isoformat()}
    un.ecrire("lot.recevoir", lot.lot_id, recu | fin)
    assert un.enrolled is not None
    un.enrolled = replace(un.enrolled, kid=3)
    _servir(un, lot.premier)
    assert un.synchroniser(2).outcomes[-1].result == "appliquee"
    _remettre(region, photo)
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    # Before it has said again all that it did with that key, it has none.
    answer = un.envoyer(un.preparer(un.log[:1]))
    assert isinstance(answer, SyncAnswer) and answer.have.seq == 1
    assert [lu for lu in un.ecouter() if isinstance(lu, CleCertifiee)] == []
    with pytest.raises(SaisieRefusee) as refus:
        doter_poste(region, un.device, taille=10, carnets=1)
    assert refus.value.code == "dotations_suspendues"
    assert enroler("Amiens").enrolled is not None
    assert [issue.result for issue in un.synchroniser(2).outcomes] == ["appliquee"] * 3
    (certificat,) = (certificat_des_octets(lu.octets) for lu in un.ecouter() if isinstance(lu, CleCertifiee))
    assert certificat is not None
    assert (certificat.poste.kid, certificat.poste.cle) == (3, passe.public_key().public_bytes_raw())
    lue = lire_confiance(publier(region), region.cles.racine)
    assert [lue.dans_une_plage(12, kid, lot.premier) for kid in (1, 3)] == [False, True]


def test_a_number_that_another_desk_has_is_nobody_elses(region: Region, dotes: Dotes) -> None:
    """A desk that lies of the key of a lot that the Region forgot gets a new number."""
    un, _ = dotes
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    un.epoch, un.log = 2, []
    un.ecrire("poste.epoque", "e2", {"epoch": 2, **annonce(Ed25519PrivateKey.generate(), un.device, 2)}, 2)
    for rang, kid in enumerate((2, 1, 40_000)):
        corps = {"lot": f"l{rang}", "campagne": 12, "pot": "general", "taille": 10, "premier": 101 + rang, "kid": kid}
        un.ecrire("lot.recevoir", f"l{rang}", {**corps, "dernier": 101 + rang, "bail_jusqu_au": "2027-12-16"})
    un.synchroniser()
    (certificat,) = (certificat_des_octets(lu.octets) for lu in un.ecouter() if isinstance(lu, CleCertifiee))
    assert certificat is not None and certificat.poste.kid == 2 + CLES_SAUTEES + 1
