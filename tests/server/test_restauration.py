"""The Region put back to a backup: it says so or notices, grants nothing it cannot count, and no number comes twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.certificat import certificat_des_octets
from passdesk.protocol.cle_epoque import annonce
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.evenements import CleCertifiee, LotAttribue, lire_evenement
from passdesk.protocol.messages import SyncAnswer
from passdesk.server.administration import bilan, doter_poste, litiges
from passdesk.server.publication import publier
from passdesk.server.rappel import montrer_lots
from passdesk.server.recharge import Recharge, regler_recharge
from passdesk.server.region import Region
from passdesk.server.reglements import publier_reglement
from passdesk.server.restauration import CLES_SAUTEES, noter_restauration, postes_attendus, reprendre_les_dotations
from tests.domain.dossiers import REGLEMENTS
from tests.server.poste_factice import PosteFactice
from tests.server.test_reglements import texte

Dotes = tuple[PosteFactice, PosteFactice]
Photo = dict[str, list[tuple[Any, ...]]]

TABLES = (
    "region", "compteur", "campagne", "pot", "poste", "cle_ancienne", "enrolement", "journal", "operation", "corps",
    "quarantaine", "sujet", "lot", "attribution", "nul", "litige", "litige_carnet", "evenement", "etat_bloc",
    "recharge", "bail", "index_dit", "reglement",
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
    # No number that may be on paper comes again: all those that the stock could give were skipped.
    assert doter_poste(region, un.device, taille=10, carnets=1).premier == 41 + 1100 // 5


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
        reprendre_les_dotations(tx)
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

    dire()
    assert _pot(region) == (300, 0)
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    lots = montrer_lots(region, deux.device)
    for faux in (
        {"premier": 15, "dernier": 24},
        {"premier": 390, "dernier": 395},
        {"premier": 110, "dernier": 101},
        {"pot": "secours"},
        {"campagne": 13},
        {"lot": lots[0].lot.lot},
    ):
        dire(**faux)
    assert _pot(region) == (300, 0)
    # More than the stock holds: kept aside, and nothing of it is counted.
    dire(premier=101, dernier=180)
    assert _pot(region) == (300, 0)
    dire()
    assert _pot(region) == (400, 0)
    dire()
    assert _pot(region) == (400, 0)


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
