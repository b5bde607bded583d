"""Captive portals and broken proxies over real sockets: the right word, no act lost, and not one row changed."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from passdesk.services import visite
from passdesk.services.poste import ADRESSE, Poste
from passdesk.services.synchroniser import LOT_RETENU, synchroniser
from passdesk.storage import poste as identite
from passdesk.sync import transport
from passdesk.sync.delais import Delais
from passdesk.sync.transport import HttpTransport
from tests.builders import MIDI, Terrain, terrain, visite_accord
from tests.wire.relais import imposteur, lire_message

VITE = Delais(connexion=5, silence=0.3, franchise=0.6, debit=2000, maximum=5)
"""Limits that a test can wait for."""

HTML = b"<!DOCTYPE html><title>Wifi gratuit</title>" + b"<p>Bienvenue</p>" * 50
AILLEURS = "pass.region.invalid"


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    """A desk with acts to send, once the Region was heard."""
    ouvert = lieu.nouveau_poste()
    assert synchroniser(ouvert).fin == "fini"
    visite.attribuer(ouvert, visite_accord(ouvert))
    return ouvert


def http(statut: str, corps: bytes = b"", *entetes: str, longueur: int | None = None) -> bytes:
    lignes = [f"HTTP/1.1 {statut}", f"content-length: {len(corps) if longueur is None else longueur}", *entetes]
    return "\r\n".join(lignes).encode() + b"\r\n\r\n" + corps


def dire(octets: bytes) -> Callable[[socket.socket], None]:
    """Reads the request, gives these bytes, closes."""

    def repondre(client: socket.socket) -> None:
        lire_message(client)
        client.sendall(octets)

    return repondre


def accepter_puis_dire(octets: bytes) -> Callable[[socket.socket], None]:
    """A proxy that says it leads there, then gives these bytes where the Region would begin TLS."""

    def repondre(client: socket.socket) -> None:
        lire_message(client)
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        client.recv(65536)
        client.sendall(octets)

    return repondre


def au_compte_gouttes(client: socket.socket) -> None:
    """One more byte of a header each time, for ever: never a silence."""
    lire_message(client)
    client.sendall(b"HTTP/1.1 200 OK\r\nx-attente: ")
    client.settimeout(0.05)
    while True:
        client.sendall(b"x")
        try:
            if not client.recv(1):
                return
        except TimeoutError:
            continue


def se_taire(client: socket.socket) -> None:
    lire_message(client)
    client.recv(1)


def etat(poste: Poste) -> dict[str, Any]:
    """Every row of the base, but the counter of requests and the size of a batch that the link bore."""
    with poste.base.lecture() as db:
        noms = [nom for (nom,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        lus = {nom: db.execute(f"SELECT * FROM [{nom}]").fetchall() for nom in noms if "fts" not in nom}
        lus["envoi"] = db.execute("SELECT server_epoch, cursor, acked_epoch, acked_seq, contact FROM envoi").fetchall()
    lus["poste"] = [rangee for rangee in lus["poste"] if LOT_RETENU not in rangee]
    return lus


def essayer(poste: Poste, adresse: str, **chemin: Any) -> str | None:
    """One exchange by this way; the reason it gave, nothing having changed, and the next true one going on."""
    vraie = identite.lire_texte(poste.base, ADRESSE)
    identite.ecrire_texte(poste.base, ADRESSE, adresse)
    avant = etat(poste)
    bilan = synchroniser(poste, partial(HttpTransport, VITE, **chemin))
    assert (bilan.fin, bilan.envoyes, bilan.recus) == ("hors_ligne", 0, 0)
    assert etat(poste) == avant
    identite.ecrire_texte(poste.base, ADRESSE, vraie)
    suite = synchroniser(poste)
    assert (suite.fin, suite.restent) == ("fini", 0)
    return bilan.raison


@pytest.mark.parametrize(
    ("repondre", "raison"),
    [
        pytest.param(dire(http("200 OK", HTML, "content-type: text/html")), "reponse_etrangere", id="200-html"),
        pytest.param(dire(http("302 Found", b"", "location: http://10.0.0.1/")), "reponse_etrangere", id="302"),
        pytest.param(dire(http("511 Network Authentication Required", HTML)), "reponse_etrangere", id="511"),
        pytest.param(dire(http("502 Bad Gateway", HTML)), "reponse_etrangere", id="502"),
        pytest.param(dire(http("403 Forbidden", HTML)), "reponse_etrangere", id="403"),
        pytest.param(dire(http("200 OK")), "reponse_etrangere", id="200-vide"),
        pytest.param(dire(http("200 OK", HTML, longueur=len(HTML) + 400)), "hors_ligne", id="longueur-trop-grande"),
        pytest.param(dire(http("200 OK", HTML, longueur=9)), "reponse_etrangere", id="longueur-trop-petite"),
        pytest.param(dire(http("200 OK", b"", "content-length: 5") + b"suite"), "hors_ligne", id="deux-longueurs"),
        pytest.param(dire(b"SSH-2.0-OpenSSH_9.2\r\n"), "hors_ligne", id="pas-du-http"),
        pytest.param(dire(b""), "hors_ligne", id="ferme-sans-un-mot"),
        pytest.param(se_taire, "hors_ligne", id="muet"),
        pytest.param(au_compte_gouttes, "hors_ligne", id="compte-gouttes"),
    ],
)
def test_somebody_else_answers(poste: Poste, repondre: Callable[[socket.socket], None], raison: str) -> None:
    with imposteur(repondre) as port:
        assert essayer(poste, f"http://127.0.0.1:{port}") == raison


def test_a_wait_that_somebody_stops_is_no_outage(poste: Poste) -> None:
    assez = threading.Event()

    def se_taire_longtemps(client: socket.socket) -> None:
        lire_message(client)
        assez.set()
        client.recv(1)

    vraie = identite.lire_texte(poste.base, ADRESSE)
    with imposteur(se_taire_longtemps) as port:
        identite.ecrire_texte(poste.base, ADRESSE, f"http://127.0.0.1:{port}")
        bilan = synchroniser(poste, partial(HttpTransport, arreter=assez.is_set), arreter=assez.is_set)
    assert (bilan.fin, bilan.raison, bilan.envoyes) == ("arrete", None, 0)
    identite.ecrire_texte(poste.base, ADRESSE, vraie)
    assert synchroniser(poste).fin == "fini"


def test_a_gzip_bomb_stays_closed(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    bombe = gzip.compress(bytes(1 << 26), 9)
    lus: list[int] = []
    vrai = HttpTransport.post

    def peser(self: HttpTransport, *demande: Any) -> Any:
        reponse = vrai(self, *demande)
        lus.append(len(reponse.body))
        return reponse

    monkeypatch.setattr(HttpTransport, "post", peser)
    with imposteur(dire(http("200 OK", bombe, "content-encoding: gzip"))) as port:
        assert essayer(poste, f"http://127.0.0.1:{port}") == "reponse_etrangere"
    assert lus[0] == len(bombe)


def test_an_answer_without_end_is_left_when_it_is_too_long(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "TAILLE_REPONSE", 1 << 20)

    def sans_fin(client: socket.socket) -> None:
        lire_message(client)
        client.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:
            client.sendall(b"10000\r\n" + bytes(1 << 16) + b"\r\n")

    with imposteur(sans_fin) as port:
        assert essayer(poste, f"http://127.0.0.1:{port}") == "reponse_etrangere"


@pytest.fixture
def autre_autorite(tmp_path: Path) -> ssl.SSLContext:
    """A server certificate of an authority that this computer does not know."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, AILLEURS)])
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(1)
        .not_valid_before(MIDI.replace(year=2020))
        .not_valid_after(MIDI.replace(year=2040))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(AILLEURS)]), critical=False)
        .sign(cle, hashes.SHA256())
    )
    fichier = tmp_path / "autre.pem"
    fichier.write_bytes(
        cle.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificat.public_bytes(serialization.Encoding.PEM)
    )
    contexte = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    contexte.load_cert_chain(fichier)
    return contexte


@pytest.fixture
def nom_detourne(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name server of the place says that the Region is here."""
    vrai = socket.getaddrinfo

    def mentir(hote: Any, *suite: Any, **faits: Any) -> Any:
        return vrai("127.0.0.1" if hote in (AILLEURS, AILLEURS.encode()) else hote, *suite, **faits)

    monkeypatch.setattr(socket, "getaddrinfo", mentir)


@pytest.mark.usefixtures("nom_detourne")
def test_a_name_server_that_lies_leads_to_nobody_who_is_believed(poste: Poste, autre_autorite: ssl.SSLContext) -> None:
    def poignee(client: socket.socket) -> None:
        with autre_autorite.wrap_socket(client, server_side=True) as chiffre:
            chiffre.recv(65536)

    with imposteur(poignee) as port:
        assert essayer(poste, f"https://{AILLEURS}:{port}") == "certificat_refuse"
    with imposteur(dire_au_vol(http("200 OK", HTML))) as port:
        assert essayer(poste, f"https://{AILLEURS}:{port}") == "reponse_etrangere"


def dire_au_vol(octets: bytes) -> Callable[[socket.socket], None]:
    """The same without waiting for a request: what comes first under TLS is none."""

    def repondre(client: socket.socket) -> None:
        client.recv(65536)
        client.sendall(octets)

    return repondre


def test_a_name_that_nobody_knows_is_no_network(poste: Poste) -> None:
    assert essayer(poste, f"https://{AILLEURS}") == "hors_ligne"


@pytest.mark.parametrize(
    ("repondre", "raison"),
    [
        pytest.param(
            dire(http("407 Proxy Authentication Required", HTML, 'proxy-authenticate: Basic realm="mairie"')),
            "proxy_mot_de_passe",
            id="407",
        ),
        pytest.param(dire(http("403 Forbidden", HTML)), "proxy_refuse", id="403"),
        pytest.param(dire(http("502 Bad Gateway", HTML)), "proxy_refuse", id="502"),
        pytest.param(dire(http("302 Found", b"", "location: http://10.0.0.1/")), "proxy_refuse", id="302"),
        pytest.param(accepter_puis_dire(HTML), "proxy_refuse", id="200-puis-html"),
        pytest.param(dire(b""), "hors_ligne", id="ferme-sans-un-mot"),
        pytest.param(se_taire, "hors_ligne", id="muet"),
        pytest.param(au_compte_gouttes, "hors_ligne", id="compte-gouttes"),
    ],
)
def test_a_broken_proxy(poste: Poste, repondre: Callable[[socket.socket], None], raison: str) -> None:
    with imposteur(repondre) as port:
        assert essayer(poste, f"https://{AILLEURS}", proxy=f"127.0.0.1:{port}") == raison


def test_a_proxy_where_nobody_listens(poste: Poste) -> None:
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    assert essayer(poste, f"https://{AILLEURS}", proxy=f"127.0.0.1:{port}") == "proxy_muet"


def test_a_region_on_this_computer_is_never_asked_through_a_proxy(poste: Poste) -> None:
    assert synchroniser(poste, partial(HttpTransport, proxy="127.0.0.1:9")).fin == "fini"


@pytest.mark.usefixtures("nom_detourne")
def test_a_proxy_that_lets_through_leads_to_the_region_itself(poste: Poste, autre_autorite: ssl.SSLContext) -> None:
    """CONNECT, then TLS to the end: the certificate is the Region's, not the proxy's."""
    vus: list[bytes] = []

    def passer(client: socket.socket) -> None:
        lue = lire_message(client)
        assert lue is not None
        vus.append(lue[0].split(b"\r\n")[0])
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with autre_autorite.wrap_socket(client, server_side=True) as chiffre:
            chiffre.recv(65536)

    with imposteur(passer) as port:
        assert essayer(poste, f"https://{AILLEURS}", proxy=f"127.0.0.1:{port}") == "certificat_refuse"
    assert vus == [f"CONNECT {AILLEURS}:443 HTTP/1.1".encode()]
