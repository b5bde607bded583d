"""A desk that is enrolled, and hostile or only odd: what its acts cost the Region is bounded, counted in statements."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise

import pytest
from litestar.testing import TestClient

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol import canonique
from passdesk.protocol.messages import Outcome, Refusal, SyncAnswer
from passdesk.server import echange, quarantaine, reception
from passdesk.server.administration import doter_poste
from passdesk.server.corps import decrypt
from passdesk.server.magasin import Transaction, dernier
from passdesk.server.ordinaires import Acte, Ordinaires
from passdesk.server.region import Region, server_epoch
from passdesk.server.restauration import (
    CLES_SAUTEES,
    noter_restauration,
    postes_attendus,
    reprendre_les_dotations,
    vies_redites,
)
from passdesk.server.revocation import revoquer
from passdesk.server.routes import creer_application
from passdesk.server.suivi import JOURNAL
from passdesk.server.sujets import FUSIONS_MAX
from tests.server.poste_factice import PosteFactice

Dotes = tuple[PosteFactice, PosteFactice]
SEUL_MAX = 60
"""What an act of one carnet may cost by itself, in statements and rows."""


@pytest.fixture
def couts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the judging of each batch cost."""
    releves: list[int] = []
    vrai = reception._appliquer_tous

    def relever(tx: Transaction, actes: Sequence[Acte]) -> tuple[dict[int, Outcome], int]:
        avant = tx.travail
        fait = vrai(tx, actes)
        releves.append(tx.travail - avant)
        return fait

    monkeypatch.setattr(reception, "_appliquer_tous", relever)
    return releves


def _tout_envoyer(poste: PosteFactice) -> list[SyncAnswer]:
    """As a desk does: from where the Region says that it is, until it has all."""
    reponses: list[SyncAnswer] = []
    while not reponses or reponses[-1].have.seq < len(poste.log):
        reponse = poste.envoyer(poste.preparer(poste.log[reponses[-1].have.seq if reponses else 0 :]))
        assert isinstance(reponse, SyncAnswer)
        reponses.append(reponse)
    return reponses


def test_a_batch_that_is_never_plain_for_long_is_not_looked_at_again_and_again(
    dotes: Dotes, couts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    regardes: list[int] = []
    vrai = Ordinaires._lire

    def relever(self: Ordinaires, rangs: range) -> object:
        regardes.append(len(rangs))
        return vrai(self, rangs)

    monkeypatch.setattr(Ordinaires, "_lire", relever)
    poste = dotes[0]
    for rang in range(120):
        # Plain by its looks, and not in truth: the identity is another.
        poste.inscrire(f"p{rang % 2}", rang.to_bytes(16, "big"))
        poste.inscrire(f"q{rang}", (1000 + rang).to_bytes(16, "big"))
    (reponse,) = _tout_envoyer(poste)
    assert {issue.result for issue in reponse.outcomes} == {"appliquee"}
    assert sum(regardes) <= 5 * len(poste.log), "each look goes no further than what the one before served for"
    assert couts[0] <= 20 * len(poste.log)


def test_what_acts_judged_by_themselves_cost_is_bounded_and_the_rest_comes_with_the_next_request(
    region: Region, dotes: Dotes, couts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "TRAVAIL_MAX", 300)
    poste, autre = dotes
    with region.magasin.ecrire() as tx:
        tx.faire("UPDATE pot SET stock = 10000 WHERE pot = 'general'")
    lots = [doter_poste(region, un.device, taille=10, carnets=40) for un in dotes]
    for rang in range(40):
        poste.ecrire("demande.deposer", f"p{rang}", {"note": "suite"})
        # Somebody far above the cap: each award but the first opens a case about all those before it.
        poste.accorder("p", lots[0].premier + rang, 10)
    reponses = _tout_envoyer(poste)
    issues = [(issue.seq, issue.result) for reponse in reponses for issue in reponse.outcomes]
    assert issues == [(seq, "litige" if seq % 2 == 0 and seq > 2 else "appliquee") for seq in range(1, 81)]
    assert all(suivante.have.seq > reponse.have.seq for reponse, suivante in pairwise(reponses))
    assert len(reponses) > 5
    # The last act begun may go over: nobody knows what it costs before.
    assert max(couts) <= 300 + SEUL_MAX + 40 * 6
    monkeypatch.undo()
    for rang in range(40):
        autre.ecrire("demande.deposer", f"p{rang}", {"note": "suite"})
        autre.accorder("p", lots[1].premier + rang, 10)
    (entiere,) = _tout_envoyer(autre)
    assert [(issue.seq, issue.result) for issue in entiere.outcomes] == issues


def test_a_person_of_too_many_records_waits_and_one_of_many_costs_no_statement_a_record(
    dotes: Dotes, couts: list[int]
) -> None:
    poste = dotes[0]
    for rang in range(FUSIONS_MAX + 2):
        poste.ecrire("personne.fusionner", f"p{rang + 1}", {"absorbee": f"p{rang}"})
    reponses = _tout_envoyer(poste)
    issues = {issue.seq: (issue.result, issue.raison) for reponse in reponses for issue in reponse.outcomes}
    assert issues[FUSIONS_MAX - 1] == ("appliquee", None)
    assert issues[FUSIONS_MAX] == ("en_attente", "inapplicable")
    couts.clear()
    poste.accorder("p0", 1, 10)
    poste.accorder("p0", 2, 10)
    (reponse,) = [poste.synchroniser(depuis=len(poste.log) - 1)]
    assert [issue.result for issue in reponse.outcomes] == ["appliquee", "litige"]
    assert couts[0] <= 2 * SEUL_MAX + 4 * 2 * FUSIONS_MAX, "rows of one look, not a statement each"


def test_a_circle_of_records_ends(dotes: Dotes) -> None:
    poste = dotes[0]
    for garde, absorbee in (("a", "b"), ("b", "c"), ("c", "a")):
        poste.ecrire("personne.fusionner", garde, {"absorbee": absorbee})
    poste.inscrire("b", bytes(16))
    poste.accorder("a", 1, 10)
    assert {issue.result for issue in poste.synchroniser().outcomes} == {"appliquee"}


def test_a_carnet_more_of_somebody_who_has_many_costs_no_statement_for_each(dotes: Dotes, couts: list[int]) -> None:
    poste = dotes[0]
    for rang in range(30):
        poste.accorder("p", 200 + rang, 10)
    poste.synchroniser()
    poste.accorder("p", 300, 10)
    poste.synchroniser(depuis=31)
    # The rows of what counts are read, and named in the case: once each.
    assert couts[1] <= SEUL_MAX + 3 * 31


def test_a_desk_that_says_again_that_the_region_forgot_skips_no_more_numbers(region: Region, dotes: Dotes) -> None:
    poste, autre = dotes
    sautes = [_numeros(region)]
    for attendu in (True, False, False):
        assert poste.enrolled is not None
        with region.magasin.lire() as tx:
            vie = server_epoch(tx)
        reponse = poste.envoyer(poste.preparer([], cursor=10**9, server_epoch=vie))
        assert isinstance(reponse, SyncAnswer) is attendu
        if not isinstance(reponse, SyncAnswer):
            assert reponse.code == "region_indisponible"
        sautes.append(_numeros(region))
    assert sautes[0] < sautes[1] == sautes[2] == sautes[3]
    # It hears like any other as soon as it says what it heard in this life, and so do the others.
    assert isinstance(poste.envoyer(poste.preparer([], server_epoch=vie)), SyncAnswer)
    assert isinstance(autre.envoyer(autre.preparer([], cursor=10**9, server_epoch=vie)), SyncAnswer)
    assert _numeros(region) > sautes[1], "another one is believed"
    assert not _dire_une_vie(region, poste) and not _dire_une_vie(region, autre)
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    # A person knows that they were put back: who was believed before may be again.
    assert _dire_une_vie(region, poste)


def _dire_une_vie(region: Region, poste: PosteFactice) -> bool:
    """Whether the desk is believed when it says that it heard what this Region never said."""
    with region.magasin.lire() as tx:
        vie = server_epoch(tx)
    return isinstance(poste.envoyer(poste.preparer([], cursor=10**9, server_epoch=vie)), SyncAnswer)


def test_a_desk_that_says_each_month_that_the_region_forgot_ends_no_campaign(
    region: Region, dotes: Dotes, horloge: HorlogeFixe
) -> None:
    poste, autre = dotes
    assert _dire_une_vie(region, poste)
    sautes = _numeros(region)
    for _ in range(3):
        horloge.instant += timedelta(days=30)
        for entendu in dotes:
            with region.magasin.lire() as tx:
                vie = server_epoch(tx)
            entendu.envoyer(entendu.preparer([], server_epoch=vie))
        # Numbers are given between what it says: it is not believed the more.
        assert doter_poste(region, autre.device, taille=5, carnets=1).premier == sautes + 1
        sautes += 1
        assert not _dire_une_vie(region, poste)
        assert _numeros(region) == sautes
        # It may be right: nothing is given until a person says what is.
        with pytest.raises(SaisieRefusee, match="dotations_suspendues"):
            doter_poste(region, autre.device, taille=5, carnets=1)
        with region.magasin.ecrire() as tx:
            assert set(vies_redites(tx)) == {poste.device}
            reprendre_les_dotations(tx, region.cles.corps)
            assert postes_attendus(tx) == 0
    assert not _dire_une_vie(region, poste)
    revoquer(region, poste.device, vol=False)
    assert doter_poste(region, autre.device, taille=5, carnets=1).premier == sautes + 1


def test_data_put_back_once_more_are_believed_of_another_desk(region: Region, dotes: Dotes) -> None:
    poste, autre = dotes
    assert _dire_une_vie(region, poste)
    avant, cles = _numeros(region), _cles(region)
    assert not _dire_une_vie(region, poste) and not _dire_une_vie(region, poste)
    # Of keys, which desks get meanwhile: once, however often it says it.
    assert (_numeros(region), _cles(region)) == (avant, cles + CLES_SAUTEES)
    assert _dire_une_vie(region, autre)
    assert _numeros(region) > avant
    with region.magasin.lire() as tx:
        assert vies_redites(tx) == {}


def test_a_life_that_the_base_did_not_take_is_said_again(
    region: Region, dotes: Dotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste, _ = dotes
    with region.magasin.lire() as tx:
        vie = server_epoch(tx)

    def plein(*_: object, **__: object) -> None:
        raise PanneAttendue("disque_plein")

    with monkeypatch.context() as pose:
        pose.setattr("passdesk.server.echange.entretenir", plein)
        perdue = poste.envoyer(poste.preparer([], cursor=10**9, server_epoch=vie))
        assert not isinstance(perdue, SyncAnswer)
    with region.magasin.lire() as tx:
        assert server_epoch(tx) == vie
    assert isinstance(poste.envoyer(poste.preparer([], cursor=10**9, server_epoch=vie)), SyncAnswer)


def _cles(region: Region) -> int:
    with region.magasin.lire() as tx:
        return dernier(tx, "kid")


def _numeros(region: Region) -> int:
    with region.magasin.lire() as tx:
        return dernier(tx, "numero/12")


def test_a_batch_is_read_opened_and_sealed_again_before_anyone_waits_for_it(
    region: Region, dotes: Dotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    verrou: list[bool] = []
    ecrire = region.magasin.ecrire

    @contextmanager
    def sous_verrou() -> Iterator[Transaction]:
        with ecrire() as tx:
            verrou.append(True)
            try:
                yield tx
            finally:
                verrou.pop()

    def defendre(nom: str) -> None:
        vrai = getattr(reception, nom)

        def libre(*donnes: object) -> object:
            assert not verrou, nom
            return vrai(*donnes)

        monkeypatch.setattr(reception, nom, libre)

    monkeypatch.setattr(region.magasin, "ecrire", sous_verrou)
    for nom in ("pieces", "read_header", "verifier_corps", "scelleur", "geste_de"):
        defendre(nom)
    poste = dotes[0]
    poste.inscrire("p", bytes(16))
    poste.accorder("p", 1, 10)
    poste.ecrire("demain.inconnu", "p", {})
    assert [issue.result for issue in poste.synchroniser().outcomes] == ["appliquee", "appliquee", "en_attente"]


def test_a_desk_fills_no_disk_and_none_of_its_acts_is_lost(
    region: Region, dotes: Dotes, horloge: HorlogeFixe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(echange, "VOLUME_JOUR", 45_000)
    poste, autre = dotes
    for rang in range(6):
        poste.ecrire("demande.deposer", f"p{rang}", {"note": "très long " * 900})
    recus = [poste.envoyer(poste.preparer(poste.log[rang : rang + 1])) for rang in range(6)]
    assert [isinstance(recu, SyncAnswer) for recu in recus] == [True] * 4 + [False] * 2
    assert {recu.code for recu in recus if isinstance(recu, Refusal)} == {"region_indisponible"}
    with region.magasin.lire() as tx:
        assert tx.une("SELECT count(*) FROM corps WHERE device = ?", poste.device) == (4,)
    with monkeypatch.context() as ferme:
        # What is beyond is not even opened, what cannot be read is kept no more, and nobody else waits.
        ferme.setattr(echange, "_ouvrir", lambda region, request: pytest.fail("opened"))
        assert isinstance(poste.envoyer(poste.preparer(poste.log[4:])), Refusal)
        assert isinstance(poste.envoyer(poste.preparer([], bodies=b"x" * 500)), Refusal)
    with region.magasin.lire() as tx:
        assert tx.une("SELECT count(*) FROM quarantaine") == (0,)
    assert isinstance(autre.envoyer(autre.preparer([])), SyncAnswer)
    horloge.instant += timedelta(days=1)
    reste = poste.envoyer(poste.preparer(poste.log[4:]))
    assert isinstance(reste, SyncAnswer)
    assert reste.have.seq == 6


def test_headers_without_a_body_count_as_what_they_are_once_opened(
    region: Region, dotes: Dotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(echange, "VOLUME_JOUR", 20_000)
    poste = dotes[0]
    for _ in range(400):
        poste.ecrire("demande.deposer", "p", {})
    demande = poste.preparer(poste.log, corps=[None] * len(poste.log))
    assert len(demande.body) < 10_000
    assert getattr(poste.envoyer(demande), "code", "") == "region_indisponible"
    with region.magasin.lire() as tx:
        assert tx.une("SELECT count(*) FROM operation WHERE device = ?", poste.device) == (0,)


def test_a_branch_of_many_erasures_is_looked_through_once(
    region: Region, dotes: Dotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste, lus = dotes[0], list[int]()

    def relever(cle: bytes, scelle: bytes, device: str, epoch: int, seq: int) -> bytes:
        lus.append(seq)
        return decrypt(cle, scelle, device, epoch, seq)

    monkeypatch.setattr(quarantaine, "decrypt", relever)
    poste.ecrire("demande.deposer", "p", {"note": "au journal"})
    poste.synchroniser()
    poste.log.clear()
    for rang in range(40):
        poste.ecrire("demande.deposer", f"p{rang}", {"note": "à part"})
        poste.ecrire("personne.effacer", f"p{rang}", {"cle": None, "motif": "demande", "litiges": []})
    recu = poste.synchroniser()
    assert recu.fork
    assert {issue.raison for issue in recu.outcomes} == {"fourche"}
    assert len(lus) == len(poste.log)
    with region.magasin.lire() as tx:
        gardes = tx.toutes("SELECT epoch, seq, scelle FROM quarantaine WHERE device = ?", poste.device)
    corps = [canonique.decode(decrypt(region.cles.corps, scelle, poste.device, *ou))[2] for *ou, scelle in gardes]
    assert [seq for (_, seq, _), lu in zip(gardes, corps, strict=True) if lu is None] == [*range(1, 81, 2)]


def test_a_desk_that_is_too_much_is_told_to_who_runs_the_region(
    region: Region, dotes: Dotes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(echange, "VOLUME_JOUR", 0)
    poste = dotes[0]
    with TestClient(creer_application(region)) as client, caplog.at_level(logging.INFO, JOURNAL):
        for _ in range(2):
            demande = poste.preparer([])
            client.post("/v1/sync", headers=dict(demande.headers), content=demande.body)
        compteurs = client.get("/v1/sante").json()["compteurs"]
    assert (compteurs["limite volume"], compteurs["/v1/sync region_indisponible"]) == (2, 2)
    dits = [getattr(ligne, "faits", {}) for ligne in caplog.records if ligne.name == JOURNAL]
    assert [(fait["appareil"], fait["limite"]) for fait in dits] == [(poste.device, "volume")] * 2
