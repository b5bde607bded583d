"""A desk and the Region over the wire: what is durable is said, what is said again counts once, nothing is dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from passdesk.domain.erreurs import PanneAttendue
from passdesk.protocol import canonique
from passdesk.protocol.evenements import CampagneOuverte, IndexAjout, LitigeOuvert, LotAttribue
from passdesk.protocol.messages import Outcome, Refusal, SyncAnswer, header_bytes
from passdesk.protocol.operations import Entete
from passdesk.protocol.scellement import Corps
from passdesk.protocol.signatures import SignedRequest
from passdesk.server import administration
from passdesk.server.corps import lire_corps
from passdesk.server.region import Region
from tests.server.poste_factice import PosteFactice

CLE = b"k" * 16
Dotes = tuple[PosteFactice, PosteFactice]


def _total(region: Region, cle: bytes) -> int:
    with region.magasin.lire() as tx:
        rangee = tx.une("SELECT coalesce(sum(taille), 0) FROM attribution WHERE cle = ?", cle)
    assert rangee is not None
    return int(rangee[0])


def _corps(region: Region, poste: PosteFactice, seq: int) -> Corps | None:
    with region.magasin.lire() as tx:
        return lire_corps(tx, region.cles.corps, poste.device, poste.epoch, seq)


def _quarantaine(region: Region) -> list[tuple[str, int]]:
    with region.magasin.lire() as tx:
        return [(str(r), int(s)) for r, s in tx.toutes("SELECT raison, seq FROM quarantaine ORDER BY numero")]


def test_what_is_sent_is_acknowledged_and_told_to_the_other_desk(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 1, 10)
    answer = un.synchroniser()
    assert (answer.have.epoch, answer.have.seq, answer.have.hash) == (1, 2, un.tete.hash)
    assert answer.outcomes == (Outcome(1, "appliquee"), Outcome(2, "appliquee"))
    entendus = deux.ecouter()
    assert [type(e) for e in entendus] == [CampagneOuverte, LotAttribue, LotAttribue, IndexAjout]
    index = entendus[-1]
    assert isinstance(index, IndexAjout)
    assert (index.cle, index.passes, index.le.isoformat(), index.poste) == (CLE, 10, "2026-11-23", un.device)
    corps = _corps(region, un, 1)
    assert corps is not None
    assert corps.octets == un.log[0].corps


def test_the_cursor_moves_past_events_meant_for_others(dotes: Dotes) -> None:
    un, deux = dotes
    deux.ecouter()
    avant = deux.cursor
    un.inscrire("p1", CLE)
    un.synchroniser()
    assert deux.ecouter() == []
    assert deux.cursor > avant


def test_an_answer_that_was_lost_changes_nothing_when_all_is_sent_again(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 21, 5)
    premiere = un.synchroniser()
    seconde = un.synchroniser()
    assert (seconde.have, seconde.outcomes) == (premiere.have, premiere.outcomes)
    assert _total(region, CLE) == 5
    assert administration.litiges(region) == ()


def test_a_batch_that_overlaps_the_one_before_adds_only_its_end(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 21, 5)
    un.synchroniser()
    un.accorder("p1", 22, 5)
    answer = un.synchroniser(depuis=2)
    assert answer.have.seq == 3
    assert _total(region, CLE) == 10


def test_the_same_request_twice_is_a_replay_and_the_answer_says_which_counter(dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    demande = un.preparer(un.log)
    assert isinstance(un.envoyer(demande), SyncAnswer)
    refus = un.envoyer(demande)
    assert isinstance(refus, Refusal)
    assert (refus.code, refus.n) == ("compteur_depasse", un.counter)
    # As protocol §5: go to n + 1 and on.
    assert isinstance(un.envoyer(un.preparer([], counter=refus.n + 1)), SyncAnswer)


def test_an_old_signed_refusal_does_not_answer_a_new_request(dotes: Dotes) -> None:
    un, _ = dotes
    un.synchroniser()
    rejouee = un.preparer([], counter=1)
    refus = un.envoi(rejouee)
    un.envoi = lambda _: refus
    with pytest.raises(PanneAttendue):
        un.envoyer(un.preparer([]))


def test_after_a_gap_nothing_is_taken_and_have_says_where_to_start(dotes: Dotes) -> None:
    un, _ = dotes
    for personne in ("p1", "p2", "p3"):
        un.inscrire(personne, None)
    answer = un.synchroniser(depuis=3)
    assert (answer.have.seq, answer.outcomes) == (0, ())
    assert un.synchroniser().have.seq == 3


def test_a_hole_inside_a_batch_leaves_the_part_before_it(dotes: Dotes) -> None:
    un, _ = dotes
    for personne in ("p1", "p2", "p3"):
        un.inscrire(personne, None)
    troue = [un.log[0], un.log[2]]
    answer = un.envoyer(un.preparer(troue))
    assert isinstance(answer, SyncAnswer)
    assert answer.have.seq == 1
    assert [o.seq for o in answer.outcomes] == [1]


def test_an_unknown_type_and_a_newer_body_are_kept_and_wait(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.ecrire("pass.rever", "p1", {"quoi": "futur"})
    un.ecrire("personne.enregistrer", "p1", {"cle": CLE}, v=9)
    un.ecrire("attribution.accorder", "p1", b"\xff\xff")
    un.ecrire("carnet.gacher", "p1", {"campagne": 12, "numero": 999, "motif": "taché"})
    un.inscrire("p2", CLE)
    answer = un.synchroniser()
    assert [(o.result, o.raison) for o in answer.outcomes] == [
        ("en_attente", "type_inconnu"),
        ("en_attente", "version_recente"),
        ("en_attente", "corps_illisible"),
        ("en_attente", "inapplicable"),
        ("appliquee", None),
    ]
    assert answer.have.seq == 5
    for operation in un.log:
        corps = _corps(region, un, operation.entete.seq)
        assert corps is not None
        assert corps.octets == operation.corps


def test_a_header_of_a_newer_program_is_chained_and_waits(dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", None)
    neuf = canonique.encode([*canonique.decode(header_bytes(un.log[0].entete)), "un champ de plus"])
    answer = un.envoyer(un.preparer(un.log[:1], headers=(neuf,)))
    assert isinstance(answer, SyncAnswer)
    assert answer.outcomes == (Outcome(1, "en_attente", None, "entete_inconnu"),)
    assert answer.have.seq == 1


def test_a_body_that_is_not_the_one_promised_waits(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 1, 10)
    sel = un.log[1].sel
    assert sel is not None
    premier = un.log[0]
    assert premier.sel is not None
    assert premier.corps is not None
    truque = [Corps(premier.sel, premier.corps), Corps(sel, b"\xa1ctaille\x05")]
    answer = un.synchroniser(corps=truque)
    assert answer.outcomes[1] == Outcome(2, "en_attente", None, "engagement")
    assert _total(region, CLE) == 0


def test_an_erased_body_is_taken(dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    answer = un.synchroniser(corps=[None])
    assert answer.outcomes == (Outcome(1, "appliquee"),)


def test_bodies_sealed_for_somebody_else_are_kept_and_wait(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    answer = un.envoyer(un.preparer(un.log, bodies=b"x" * 300))
    assert isinstance(answer, SyncAnswer)
    assert answer.outcomes == (Outcome(1, "en_attente", None, "bloc_illisible"),)
    assert _quarantaine(region) == [("bloc_illisible", 0)]


def test_an_unreadable_message_is_kept_and_answered(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    refus = un.envoyer(un.preparer(un.log, head_hash=b"n" * 32))
    assert isinstance(refus, Refusal)
    assert refus.code == "message_illisible"
    assert _quarantaine(region) == [("message_illisible", 0)]


def test_two_branches_are_both_kept_and_open_one_case(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 21, 5)
    un.synchroniser()
    garde = un.tete.hash
    del un.log[1:]
    un.accorder("p1", 2, 10)
    un.inscrire("p2", None)
    answer = un.synchroniser()
    assert answer.fork
    assert (answer.have.seq, answer.have.hash) == (2, garde)
    assert [(o.seq, o.result, o.raison) for o in answer.outcomes] == [
        (1, "appliquee", None),
        (2, "en_attente", "fourche"),
        (3, "en_attente", "fourche"),
    ]
    assert _quarantaine(region) == [("fourche", 2), ("fourche", 3)]
    (litige,) = administration.litiges(region)
    assert (litige.genre, [c.carnet for c in litige.carnets]) == ("fourche", [2])
    un.synchroniser()
    assert len(administration.litiges(region)) == 1
    assert len(_quarantaine(region)) == 2


def test_after_a_fork_a_new_epoch_goes_on(dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.synchroniser()
    un.log.clear()
    un.inscrire("p9", None)
    assert un.synchroniser().fork
    un.epoch, un.log = 2, []
    un.ecrire("poste.epoque", "poste", {"epoch": 2})
    answer = un.synchroniser()
    assert (answer.fork, answer.have.epoch, answer.have.seq) == (False, 2, 1)


def test_a_log_that_continues_another_past_is_a_fork(dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.synchroniser()
    un.log.clear()
    un.inscrire("autre", None)
    un.inscrire("p2", None)
    answer = un.synchroniser(depuis=2)
    assert answer.fork
    assert answer.have.seq == 1


def test_a_desk_put_back_to_a_backup_is_known_to_have_heard_less(region: Region, dotes: Dotes) -> None:
    poste, connus = dotes[0], []
    debut = poste.cursor
    poste.ecouter()
    for cursor in (poste.cursor, debut):
        poste.envoyer(poste.preparer([], cursor=cursor))
        with region.magasin.lire() as tx:
            connus.append(tx.une("SELECT cursor FROM poste WHERE device = ?", poste.device))
    assert connus == [(poste.cursor,), (debut,)]
    assert poste.cursor > debut


def test_a_cursor_of_another_life_of_the_server_starts_again(dotes: Dotes) -> None:
    un, _ = dotes
    un.ecouter()
    assert un.ecouter() == []
    assert un.enrolled is not None
    un.enrolled = replace(un.enrolled, server_epoch=un.enrolled.server_epoch + 1)
    answer = un.envoyer(un.preparer([]))
    assert isinstance(answer, SyncAnswer)
    assert answer.events[0].srv_seq == 1


def test_a_stranger_and_a_forger_are_told_so(dotes: Dotes) -> None:
    un, deux = dotes
    demande = deux.preparer([])
    for device, code in (("f" * 16, "appareil_inconnu"), (un.device, "signature_refusee")):
        headers = {**demande.headers, "x-passdesk-device": device}
        refus = deux.envoyer(replace(demande, headers=headers))
        assert isinstance(refus, Refusal)
        assert refus.code == code


def test_a_body_changed_on_the_way_is_refused(dotes: Dotes) -> None:
    un, _ = dotes
    demande: SignedRequest = un.preparer([])
    refus = un.envoyer(replace(demande, body=demande.body[:-1] + bytes([demande.body[-1] ^ 1])))
    assert isinstance(refus, Refusal)
    assert refus.code == "signature_refusee"


def test_a_revoked_device_is_refused_and_what_it_holds_is_kept(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    with region.magasin.ecrire() as tx:
        tx.faire("UPDATE poste SET etat = 'revoque' WHERE device = ?", un.device)
    un.inscrire("p1", CLE)
    refus = un.envoyer(un.preparer(un.log))
    assert isinstance(refus, Refusal)
    assert refus.code == "appareil_revoque"
    assert _quarantaine(region) == [("appareil_revoque", 1)]


def test_erasing_a_person_drops_the_bodies_and_keeps_the_chain(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.ecrire("demande.deposer", "p1", {"demande": "d1", "public": "senior"})
    un.accorder("p1", 1, 10)
    un.inscrire("p2", b"z" * 16)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p3"})
    un.inscrire("p3", b"y" * 16)
    un.ecrire("personne.effacer", "p1", {"cle": CLE})
    answer = un.synchroniser()
    assert {o.result for o in answer.outcomes} == {"appliquee"}
    assert [seq for seq in range(1, 8) if _corps(region, un, seq) is None] == [1, 2, 6]
    assert _total(region, CLE) == 10
    assert un.synchroniser().have.seq == 7


def test_a_case_reaches_both_desks_with_their_own_person(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    for poste, numero, personne in ((un, 1, "p-un"), (deux, 11, "p-deux")):
        poste.ecouter()
        poste.inscrire(personne, CLE)
        poste.accorder(personne, numero, 10)
        poste.synchroniser()
    for poste, personne in ((un, "p-un"), (deux, "p-deux")):
        (litige,) = [e for e in poste.ecouter() if isinstance(e, LitigeOuvert)]
        assert (litige.sujet, litige.carnets, litige.excedent) == (personne, (1, 11), 10)
        assert litige.postes == ("Maison France services de Lens", "Mission locale de Creil")


def test_header_round_trip_keeps_the_hash(dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", None)
    entete: Entete = un.log[0].entete
    assert un.synchroniser().have.hash == entete.hash


def test_a_text_that_no_table_can_hold_is_kept_and_waits(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.ecrire("personne.enregistrer", "p\0", {"cle": CLE})
    un.inscrire("p1", CLE)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p\0"})
    un.accorder("p1", 1, 10)
    answer = un.synchroniser(app="essai\0")
    assert [(o.result, o.raison) for o in answer.outcomes] == [
        ("en_attente", "entete_inconnu"),
        ("appliquee", None),
        ("en_attente", "inapplicable"),
        ("appliquee", None),
    ]
    assert (answer.have.seq, _total(region, CLE)) == (4, 10)
