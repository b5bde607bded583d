"""A wire cut at each kind of place: what was said recorded arrives once, and at most one batch travels twice."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from passdesk.protocol.messages import decode_request
from passdesk.services import visite
from passdesk.services.poste import ADRESSE, Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import envoi
from passdesk.storage import poste as identite
from passdesk.storage.integrite import verifier_base
from tests.builders import Terrain, terrain, visite_accord
from tests.wire.relais import POINTS, Point, Relais, lire_message, relais

VISITES = 30


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path, a_part=True) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    """A desk with some hundreds of acts to send, in several batches."""
    ouvert = lieu.nouveau_poste(carnets_10=VISITES)
    for rang in range(VISITES):
        nom = "Nom" + chr(ord("a") + rang % 26) * (1 + rang // 26)
        visite.attribuer(ouvert, visite_accord(ouvert, nom_naissance=nom, prenoms="x" * 400))
    return ouvert


@pytest.fixture
def fil(lieu: Terrain, poste: Poste) -> Iterator[Relais]:
    port = urlsplit(lieu.adresse).port
    assert port is not None
    with relais(port) as ouvert:
        identite.ecrire_texte(poste.base, ADRESSE, ouvert.url)
        yield ouvert


def a_la_region(lieu: Terrain) -> tuple[int, int]:
    """How many acts it has on disk, and the last of them."""
    with lieu.region.magasin.lire() as tx:
        rangee = tx.une("SELECT count(*), max(seq) FROM operation")
    assert rangee is not None
    return int(rangee[0]), int(rangee[1])


@pytest.mark.parametrize("point", POINTS)
def test_what_was_cut_goes_on_from_where_the_region_is(lieu: Terrain, poste: Poste, fil: Relais, point: Point) -> None:
    deja, _ = a_la_region(lieu)
    a_envoyer = envoi.reste_a_envoyer(poste.base)
    fil.coupe = lambda rang: point if rang in (2, 3) else None
    bilan = synchroniser(poste)
    assert bilan.fin == "hors_ligne"
    assert 0 < bilan.restent < a_envoyer
    coupe_a = len(fil.recues)
    fil.coupe = lambda _: None
    fini = synchroniser(poste)
    assert (fini.fin, fini.restent) == ("fini", 0)
    tete = envoi.tete(poste.base)
    assert a_la_region(lieu) == (deja + a_envoyer, tete.seq)
    demandes = [decode_request(corps) for corps in fil.recues]
    envoyes = [len(demande.headers) for demande in demandes]
    de_trop = sum(envoyes) - a_envoyer
    # Twice for a cut that the cycle tried again, once for the cycle after.
    assert de_trop <= sum(sorted(envoyes)[-2:])
    if point in ("en_tete", "corps"):
        assert de_trop == 0, "what never arrived is not sent twice"
    else:
        assert coupe_a >= 2
        assert {d.first_seq for d in demandes[coupe_a:]} & set(range(1, tete.seq + 2))
    assert verifier_base(poste.base) == ()


def test_a_forged_counter_is_refused_and_the_next_true_one_is_not(lieu: Terrain, poste: Poste, fil: Relais) -> None:
    def compteurs() -> list[int]:
        with lieu.region.magasin.lire() as tx:
            return [int(c) for (c,) in tx.toutes("SELECT compteur FROM poste")]

    avant, tete = compteurs(), envoi.tete(poste.base)
    fil.changer = lambda entete: entete.replace(b"x-passdesk-counter: ", b"x-passdesk-counter: 9")
    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.envoyes) in (("refuse", 0), ("hors_ligne", 0))
    assert compteurs() == avant
    assert envoi.tete(poste.base) == tete
    fil.changer = lambda entete: entete
    assert synchroniser(poste).fin == "fini"


def test_a_request_played_again_by_the_network_gives_nothing_twice(lieu: Terrain, poste: Poste, fil: Relais) -> None:
    tetes: list[bytes] = []

    def noter(tete: bytes) -> bytes:
        tetes.append(tete)
        return tete

    fil.changer = noter
    assert synchroniser(poste).fin == "fini"
    combien = a_la_region(lieu)
    rejeu = iter(zip(list(tetes), list(fil.recues), strict=True))
    port = urlsplit(lieu.adresse).port
    assert port is not None
    for tete, corps in rejeu:
        with socket.create_connection(("127.0.0.1", port)) as lien:
            lien.sendall(tete + corps)
            reponse = lire_message(lien)
        assert reponse is not None
        assert reponse[0].startswith(b"HTTP/1.1 409 ")
    assert a_la_region(lieu) == combien
    assert synchroniser(poste).fin == "fini"
