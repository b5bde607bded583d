"""What swells: a frame that opens into a gigabyte, very many tiny acts; memory stays bounded on both sides."""

from __future__ import annotations

import socket
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.protocol.messages import OPERATIONS_MAX, Refusal, decode_answer, decode_request
from passdesk.protocol.signatures import sign_request
from passdesk.services.poste import ADRESSE, APPAREIL, Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import envoi
from passdesk.storage import poste as identite
from passdesk.storage.appareil import lire_appareil
from passdesk.sync.delais import Delais
from passdesk.sync.transport import HttpTransport
from tests.builders import Terrain, terrain
from tests.wire.relais import lire_message, relais

ACTES = 10_000
COUPE = 4
"""The request whose answer is lost."""
PATIENTS = Delais(connexion=600, silence=600, franchise=600)
"""A computer that has much else to do answers late: no batch is sent again for that."""
PLAFOND = 128 << 20
"""Bytes that neither side may add to what it holds."""


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path, a_part=True) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    return lieu.nouveau_poste()


def memoire_du_serveur() -> int:
    """The most that the server's process ever held (bytes); other tests may have left a database running here."""
    fils = (_lire(p) for p in Path("/proc/self/task").glob("*/children"))
    enfants = (n for lus in fils for n in lus.decode().split())
    (numero,) = (n for n in enfants if b"enfant_region" in _lire(Path(f"/proc/{n}/cmdline")))
    lignes = Path(f"/proc/{numero}/status").read_text().splitlines()
    return next(int(ligne.split()[1]) * 1024 for ligne in lignes if ligne.startswith("VmHWM"))


def _lire(chemin: Path) -> bytes:
    """Nothing of a thread or a process that ended since it was listed."""
    try:
        return chemin.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def poster(poste: Poste, corps: bytes) -> bytes:
    """The body of the answer to this message, signed as the desk signs."""
    secrets = lire_appareil(poste.dossier, poste.cle)
    adresse, appareil = identite.lire_texte(poste.base, ADRESSE), identite.lire_texte(poste.base, APPAREIL)
    assert secrets is not None
    assert secrets.requete is not None
    assert adresse is not None
    assert appareil is not None
    signee = sign_request(
        Ed25519PrivateKey.from_private_bytes(secrets.requete),
        device=appareil,
        counter=envoi.compteur_suivant(poste.base),
        url=f"{adresse}/v1/sync",
        body=corps,
    )
    lignes = ["POST /v1/sync HTTP/1.1", "host: region", f"content-length: {len(corps)}"]
    lignes += [f"{nom}: {valeur}" for nom, valeur in signee.headers.items()]
    with socket.create_connection(("127.0.0.1", urlsplit(adresse).port or 0)) as lien:
        lien.sendall("\r\n".join(lignes).encode() + b"\r\n\r\n" + corps)
        lue = lire_message(lien)
    assert lue is not None
    return lue[1]


def bombe(*, avouee: bool) -> bytes:
    """A frame of some kilobytes that opens into a gigabyte of zeros; `avouee`: its header says so."""
    compresseur = zstandard.ZstdCompressor(level=3)
    suite = compresseur.compressobj(size=1 << 30) if avouee else compresseur.compressobj()
    bloc = bytes(1 << 24)
    return b"".join(suite.compress(bloc) for _ in range(64)) + suite.flush()


@pytest.mark.parametrize("avouee", [True, False])
def test_a_frame_that_opens_into_a_gigabyte_is_refused_unopened(poste: Poste, avouee: bool) -> None:
    avant = memoire_du_serveur()
    reponse = decode_answer(poster(poste, bombe(avouee=avouee)))
    assert isinstance(reponse, Refusal)
    assert reponse.code == "message_illisible"
    assert memoire_du_serveur() - avant < PLAFOND
    assert synchroniser(poste).fin == "fini"


def test_very_many_tiny_acts_go_in_bounded_batches_each_once(lieu: Terrain, poste: Poste) -> None:
    """A cut in the middle of them: the Region has them all, and one batch at most travelled twice."""
    with poste.base.acte(poste.agent_id) as acte:
        for rang in range(ACTES):
            acte.inscrire("litige.noter", acte.nouvel_id(), {"litige": f"cas-{rang}", "texte": "", "traite": False})
    a_envoyer = envoi.reste_a_envoyer(poste.base)
    avant = memoire_du_serveur()
    port = urlsplit(lieu.adresse).port
    assert port is not None
    with relais(port) as fil:
        identite.ecrire_texte(poste.base, ADRESSE, fil.url)
        fil.coupe = lambda rang: "apres_la_reponse" if rang == COUPE else None
        tracemalloc.start()
        try:
            bilan = synchroniser(poste, lambda: HttpTransport(PATIENTS))
            _, pointe = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert (bilan.fin, bilan.envoyes, bilan.restent) == ("fini", a_envoyer, 0)
        lots = [_lot(corps) for corps in fil.recues]
    with lieu.region.magasin.lire() as tx:
        rangee = tx.une("SELECT count(*), max(seq) FROM operation")
    assert rangee == (envoi.tete(poste.base).seq,) * 2
    assert max(map(len, lots)) <= OPERATIONS_MAX
    # What the desk records while it sends travels too: counted by their numbers, not as a sum.
    fois = Counter(seq for lot in lots for seq in lot)
    # Of the one that was cut, whatever is sent next: half of it, where exchanges are so slow that batches are small.
    assert {seq for seq, nombre in fois.items() if nombre > 1} == set(lots[COUPE])
    assert set(lots[COUPE]) <= set(lots[COUPE - 1])
    assert max(fois.values()) == 2
    assert pointe < PLAFOND
    assert memoire_du_serveur() - avant < PLAFOND


def _lot(corps: bytes) -> range:
    """The numbers of the acts of this request."""
    demande = decode_request(corps)
    return range(demande.first_seq, demande.first_seq + len(demande.headers))
