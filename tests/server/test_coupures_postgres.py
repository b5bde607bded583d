"""PostgreSQL killed in the middle of an exchange, fsync on: each operation is there exactly once afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from passdesk.protocol.evenements import IndexAjout
from passdesk.protocol.messages import Refusal, SyncAnswer
from passdesk.protocol.signatures import SignedRequest
from passdesk.server import administration
from passdesk.server.adresse import Adresse, lire_adresse
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.racine import nouvelle_racine
from passdesk.server.region import Region, initialiser
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import attribuer
from passdesk.storage import envoi
from tests.builders import Terrain, campagne_de_test, horloge_fixe, serveur, visite_accord
from tests.server.grappe import Grappe
from tests.server.poste_factice import PosteFactice

CLE = b"k" * 16
Dotes = tuple[PosteFactice, PosteFactice]


class AnswerLostError(Exception):
    """The wire broke before the answer."""


@pytest.fixture(scope="module")
def durable() -> Iterator[Grappe]:
    """A PostgreSQL that these tests may kill, as careful with the disk as in production."""
    grappe = Grappe(durable=True)
    yield grappe
    grappe.arreter()


@pytest.fixture
def adresse(durable: Grappe) -> Adresse:
    if not durable.en_marche:
        durable.demarrer()
    return lire_adresse(durable.vider())


def _exactement_une_fois(region: Region, un: PosteFactice, deux: PosteFactice, carnets: list[int]) -> None:
    """The log, the awards, the index, the pots: all there, nothing twice, no case opened."""
    with region.magasin.lire() as tx:
        operations = tx.toutes("SELECT seq, hash FROM operation WHERE device = ? ORDER BY seq", un.device)
        corps = tx.toutes("SELECT seq FROM corps WHERE device = ? ORDER BY seq", un.device)
        attribues = tx.toutes("SELECT carnet, taille FROM attribution ORDER BY carnet")
        places = [n for (n,) in tx.toutes("SELECT srv_seq FROM operation UNION ALL SELECT srv_seq FROM evenement")]
        journal = tx.une("SELECT seq, hash FROM journal WHERE device = ?", un.device)
    assert operations == [(o.entete.seq, o.entete.hash) for o in un.log]
    assert corps == [(o.entete.seq,) for o in un.log]
    assert [carnet for carnet, _ in attribues] == carnets
    assert len(set(places)) == len(places)
    assert journal == (un.tete.seq, un.tete.hash)
    entendus = [e for e in deux.ecouter() if isinstance(e, IndexAjout)]
    assert [e.passes for e in entendus] == [taille for _, taille in attribues]
    assert administration.litiges(region) == ()


def test_killed_between_the_commit_and_the_answer(durable: Grappe, region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 1, 10)
    envoi = un.envoi

    def perdre(demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
        assert envoi(demande)[0] == 200
        durable.tuer()
        raise AnswerLostError

    un.envoi = perdre
    with pytest.raises(AnswerLostError):
        un.synchroniser()
    un.envoi = envoi
    refus = un.envoyer(un.preparer(un.log))
    assert isinstance(refus, Refusal)
    assert refus.code == "region_indisponible"
    durable.demarrer()
    answer = un.synchroniser()
    assert (answer.have.seq, [o.result for o in answer.outcomes]) == (2, ["appliquee", "appliquee"])
    _exactement_une_fois(region, un, deux, [1])


@pytest.mark.parametrize("table", ["operation", "corps", "sujet", "attribution", "evenement", "journal"])
def test_killed_in_the_middle_of_the_transaction(durable: Grappe, region: Region, dotes: Dotes, table: str) -> None:
    un, deux = dotes
    deux.ecouter()
    un.inscrire("p1", CLE)
    un.accorder("p1", 1, 10)
    with ThreadPoolExecutor(1) as fil:
        with closing(psycopg.connect(durable.url(), autocommit=True)) as obstacle:
            # Somebody looks at this table for a while: the exchange stands still there, half written.
            obstacle.execute("BEGIN")
            obstacle.execute(f"LOCK TABLE {table} IN SHARE MODE".encode())
            attente = fil.submit(lambda: un.envoyer(un.preparer(un.log)))
            _attendre_l_arret(durable, table)
            durable.tuer()
        refus = attente.result(30)
    assert isinstance(refus, Refusal)
    assert refus.code == "region_indisponible"
    durable.demarrer()
    with region.magasin.lire() as tx:
        for vide in ("operation", "corps", "attribution", "journal"):
            assert tx.une(f"SELECT count(*) FROM {vide}") == (0,)
    answer = un.synchroniser()
    assert (answer.have.seq, [o.result for o in answer.outcomes]) == (2, ["appliquee", "appliquee"])
    _exactement_une_fois(region, un, deux, [1])


def _attendre_l_arret(grappe: Grappe, table: str) -> None:
    attente = threading.Event()
    for _ in range(400):
        if grappe.administrer(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'relation' "
            f"AND database = (SELECT oid FROM pg_database WHERE datname = 'region') AND relation = '{table}'::regclass",
            base="region",
        ):
            return
        attente.wait(0.02)
    raise AssertionError(f"l’échange n’a pas atteint {table}")


def test_killed_again_and_again_while_a_desk_sends(durable: Grappe, region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    deux.ecouter()
    carnets = [*range(1, 11), *range(21, 31)]
    for rang, carnet in enumerate(carnets):
        un.inscrire(f"p{rang}", bytes([rang]) * 16)
        un.accorder(f"p{rang}", carnet, 10 if carnet <= 10 else 5)
    avance, refuses = threading.Event(), []

    def envoyer() -> None:
        recu = 0
        while recu < len(un.log):
            answer = un.envoyer(un.preparer(un.log[recu : recu + 2]))
            if isinstance(answer, SyncAnswer):
                # What was once said to be kept must never be taken back.
                assert answer.have.seq >= recu
                recu = answer.have.seq
                avance.set()
            else:
                refuses.append(answer.code)

    with ThreadPoolExecutor(1) as fil:
        envois = fil.submit(envoyer)
        for _ in range(3):
            avance.clear()
            avance.wait(2)
            durable.tuer()
            durable.demarrer()
        envois.result(60)
    assert set(refuses) <= {"region_indisponible"}
    _exactement_une_fois(region, un, deux, carnets)


def test_a_restart_between_two_exchanges_goes_unseen(durable: Grappe, region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.synchroniser()
    durable.tuer()
    durable.demarrer()
    un.inscrire("p2", None)
    assert un.synchroniser().have.seq == 2


def test_a_real_desk_goes_on_alone_then_catches_up(durable: Grappe, adresse: Adresse, tmp_path: Path) -> None:
    racine = nouvelle_racine(demonstration=True)
    region = initialiser(tmp_path / "region", racine, horloge_fixe(), adresse=adresse)
    ouvrir_campagne(region, racine, campagne_de_test(), stock=5000)
    with serveur(region) as url:
        lieu = Terrain(tmp_path, region, racine, horloge_fixe(), url)
        poste = lieu.nouveau_poste()
        attribuer(poste, visite_accord(poste))
        durable.tuer()
        attribuer(poste, visite_accord(poste, nom_naissance="Lheureux", telephone="06 39 98 00 13"))
        bilan = synchroniser(poste)
        assert (bilan.raison, bilan.envoyes) == ("region_indisponible", 0)
        durable.demarrer()
        bilan = synchroniser(poste)
        assert (bilan.fin, bilan.restent, bilan.litiges) == ("fini", 0, 0)
        tete = envoi.tete(poste.base).seq
        with region.magasin.lire() as tx:
            assert tx.une("SELECT count(*), count(DISTINCT hash) FROM operation") == (tete, tete)
            assert tx.une("SELECT count(*), sum(taille) FROM attribution") == (2, 20)
        lieu.fermer()
    region.fermer()
