"""The real server in its own process: it says when it listens, answers over a socket, and ends well."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from uvicorn.server import ServerState

from passdesk.domain.horloge import Horloge, HorlogeFixe, HorlogeSysteme
from passdesk.protocol.certificat import Certificat, certificat_des_octets
from passdesk.protocol.cle_epoque import annonce
from passdesk.protocol.evenements import CleCertifiee
from passdesk.protocol.pass_token import numero_du_jour
from passdesk.protocol.signatures import SignedRequest
from passdesk.server.administration import doter_poste
from passdesk.server.adresse import Adresse, AdressePostgres
from passdesk.server.afflux import OCTETS_MAX, Afflux, CoupeeError
from passdesk.server.connexions import Connexion
from passdesk.server.enrolement import accepter, proposer_code
from passdesk.server.racine import Racine
from passdesk.server.region import Region, prolonger
from passdesk.server.servir import ouvrir_prise
from tests.builders import serveur
from tests.server.grappe import BASE, Grappe
from tests.server.poste_factice import URL, PosteFactice

PROGRAMME = [sys.executable, "-W", "error", "-m", "passdesk"]


@pytest.fixture
def horloge() -> Horloge:
    """Today's: the program served has no other, and a code is good for 24 hours."""
    return HorlogeSysteme()


@contextmanager
def _servie(options: list[str], secret: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    enfant = subprocess.Popen(
        [*PROGRAMME, "region", "servir", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=_environnement() | {"PGPASSWORD": secret},
    )
    assert enfant.stdout is not None
    try:
        ligne = enfant.stdout.readline()
        assert ligne.startswith("Région prête\u00a0: http://127.0.0.1:"), ligne
        yield enfant, ligne.split()[-1]
    finally:
        if enfant.poll() is None:
            enfant.terminate()
        enfant.communicate(timeout=15)


def _environnement() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def _accepte(region: Region, client: httpx.Client) -> PosteFactice:
    def envoyer(demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
        chemin = demande.url.removeprefix(URL)
        reponse = client.post(chemin, headers=dict(demande.headers), content=demande.body)
        return reponse.status_code, reponse.headers, reponse.content

    poste = PosteFactice(envoyer)
    code = proposer_code(region, "Lens")
    poste.demander(code)
    # Another process writes to the same data meanwhile: the command line.
    accepter(region, code[:4])
    poste.ou_en_est()
    return poste


def _certificat_de_l_epoque(poste: PosteFactice) -> Certificat:
    """What the Region certifies of the key that this desk announces with its next epoch."""
    poste.epoch, poste.log = 2, []
    poste.ecrire("poste.epoque", "epoque-2", {"epoch": 2, **annonce(poste.passe, poste.device, 2)}, 2)
    assert [o.result for o in poste.synchroniser().outcomes] == ["appliquee"]
    (dit,) = (evenement for evenement in poste.ecouter() if isinstance(evenement, CleCertifiee))
    certificat = certificat_des_octets(dit.octets)
    assert certificat is not None
    return certificat


@pytest.mark.parametrize("processus", ["1", "2"])
def test_a_desk_over_a_real_socket_and_a_clean_end(
    region: Region, racine: Racine, adresse: Adresse, tmp_path: Path, request: pytest.FixtureRequest, processus: str
) -> None:
    journal = tmp_path / "journal.jsonl"
    options, secret = ["--base-dir", str(tmp_path / "region"), "--journal", str(journal)], ""
    options += ["--processus", processus]
    if isinstance(adresse, AdressePostgres):
        grappe: Grappe = request.getfixturevalue("grappe")
        # As in production: no secret in an argument, where anybody on the machine reads it.
        options += ["--base", f"postgresql://postgres@127.0.0.1:{grappe.port}/{BASE}"]
        secret = grappe.mot_de_passe
    with _servie(options, secret) as (enfant, url), httpx.Client(base_url=url, trust_env=False) as client:
        poste = _accepte(region, client)
        doter_poste(region, "Lens", taille=10, carnets=2)
        poste.inscrire("p1", b"k" * 16)
        poste.accorder("p1", 1, 10)
        assert [o.result for o in poste.synchroniser().outcomes] == ["appliquee", "appliquee"]
        assert client.get("/").status_code == 404
        assert client.get("/v1/sante").json()["etat"] == "bon"
        lignes = [json.loads(ligne) for ligne in journal.read_text(encoding="utf-8").splitlines()]
        assert [(ligne["route"], ligne.get("appareil")) for ligne in lignes[-2:]] == [
            ("/v1/enrolement/etat", None),
            ("/v1/sync", poste.device),
        ]
        demain = HorlogeFixe(region.horloge.maintenant() + timedelta(days=1))
        jour = prolonger(tmp_path / "region", racine, demain)
        # The one that listens, and those that judge: without a restart.
        autre = _accepte(region, client)
        assert autre.region is not None
        assert autre.region.publication_last == numero_du_jour(jour)
        assert _certificat_de_l_epoque(poste).publication.dernier_jour == jour
        assert client.post("/v1/sync", content=b"x" * (5 * 1024 * 1024)).status_code == 413
        # Nobody knows yet who asks to join: it has little to say.
        for route in ("/v1/enrolement", "/v1/enrolement/etat"):
            assert client.post(route, content=b"x" * (65 * 1024)).status_code == 413
        deux = subprocess.run(
            [*PROGRAMME, "region", "servir", "--port", url.rsplit(":", 1)[1], *options],
            capture_output=True,
            encoding="utf-8",
            env=_environnement() | {"PGPASSWORD": secret},
            check=False,
        )
        assert deux.returncode == 3
        assert "est déjà pris" in deux.stderr
        enfant.send_signal(signal.SIGTERM)
        sortie, plaintes = enfant.communicate(timeout=15)
    assert (enfant.returncode, sortie, plaintes) == (0, "", "")


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_a_process_that_hangs_with_a_request_does_not_keep_the_server_from_ending(
    region: Region, tmp_path: Path
) -> None:
    with _servie(["--base-dir", str(tmp_path / "region"), "--processus", "2"], "") as (enfant, url):
        with httpx.Client(base_url=url, trust_env=False) as client:
            poste = _accepte(region, client)
        demande = poste.preparer([])
        autres = Path(f"/proc/{enfant.pid}/task/{enfant.pid}/children").read_text(encoding="ascii").split()
        assert len(autres) == 2
        for pid in autres:
            os.kill(int(pid), signal.SIGSTOP)
        with socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1]))) as prise:
            lignes = {**demande.headers, "host": "region", "content-length": len(demande.body)}
            entetes = "".join(f"{nom}: {valeur}\r\n" for nom, valeur in lignes.items())
            prise.sendall(f"POST /v1/sync HTTP/1.1\r\n{entetes}expect: 100-continue\r\n\r\n".encode())
            assert prise.recv(100).startswith(b"HTTP/1.1 100 ")
            # The request is in hand: the server waits for what it says.
            prise.sendall(demande.body)
            enfant.send_signal(signal.SIGTERM)
            _, plaintes = enfant.communicate(timeout=60)
        assert enfant.returncode == 0
        # Ended by the end of the server, before its own time was over.
        assert "task(s), timeout graceful shutdown exceeded" in plaintes
        assert "atelier perdu" not in plaintes
        assert not any(Path(f"/proc/{pid}").exists() for pid in autres)


def test_a_small_answer_goes_at_once() -> None:
    """Held back until its headers are acknowledged, the body would cost each exchange a round trip more."""

    async def accueillir() -> int:
        vu: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def recevoir(_: asyncio.StreamReader, sortie: asyncio.StreamWriter) -> None:
            prise = sortie.get_extra_info("socket")
            vu.set_result(prise.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            sortie.close()

        async with await asyncio.start_server(recevoir, sock=ouvrir_prise("127.0.0.1", 0)) as serveur:
            _, sortie = await asyncio.open_connection(*serveur.sockets[0].getsockname())
            lu = await vu
            sortie.close()
            return lu

    assert asyncio.run(accueillir()) != 0


def test_a_desk_whose_line_died_is_asked_whether_it_is_still_there() -> None:
    with ouvrir_prise("127.0.0.1", 0) as prise, socket.create_connection(prise.getsockname()):
        acceptee, _ = prise.accept()
        with acceptee:
            assert acceptee.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)


def test_a_request_that_never_ends_is_not_waited_for_for_ever(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("passdesk.server.afflux.CORPS_S", 0.05)
    with serveur(region) as adresse:
        parties = urlsplit(adresse)
        with socket.create_connection((parties.hostname, parties.port), timeout=60) as lien:
            lien.sendall(b"POST /v1/sync HTTP/1.1\r\nhost: region\r\ncontent-length: 5000\r\n\r\nce qui vient")
            recu = b"".join(iter(lambda: lien.recv(65536), b""))
        assert recu.startswith(b"HTTP/1.1 408 ")
        assert httpx.get(f"{adresse}/v1/sante").status_code == 200


def _joindre(pile: ExitStack, url: str) -> socket.socket:
    return pile.enter_context(socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=60))


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_connections_that_say_nothing_keep_no_desk_out(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    # Fewer than for real: whoever runs the tests may open no more than a thousand files.
    maxi, de_trop = 30, 20
    monkeypatch.setattr("passdesk.server.connexions.CONNEXIONS_MAX", maxi)
    with serveur(region) as url, ExitStack() as pile:
        muettes = [_joindre(pile, url) for _ in range(maxi)]
        # One of them began to speak, and never ended.
        muettes[0].sendall(b"POST /v1/sync HTTP/1.1\r\nhost: region\r\ncontent-length: 5000\r\n\r\nce qui vient")
        with httpx.Client(base_url=url, trust_env=False) as client:
            poste = _accepte(region, client)
            muettes += [_joindre(pile, url) for _ in range(de_trop)]
            poste.inscrire("p1", b"k" * 16)
            assert [o.result for o in poste.synchroniser().outcomes] == ["appliquee"]
            # Those that came first went first; nobody closes a connection that has room.
            assert [prise.recv(1) for prise in muettes[1:de_trop]] == [b""] * (de_trop - 1)
        muettes[-1].sendall(b"GET /v1/sante HTTP/1.1\r\nhost: region\r\n\r\n")
        assert muettes[-1].recv(12) == b"HTTP/1.1 200"
        muettes[0].sendall(b"x" * 4988)
        assert muettes[0].recv(9) == b"HTTP/1.1 "


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_connections_that_pipeline_requests_keep_no_desk_out(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    maxi = 30
    monkeypatch.setattr("passdesk.server.connexions.CONNEXIONS_MAX", maxi)
    with serveur(region) as url, ExitStack() as pile:
        # More than the server answers while a desk is served: none of them is silent, none of them arrives.
        for _ in range(maxi):
            prise = _joindre(pile, url)
            prise.sendall(b"GET / HTTP/1.1\r\nhost: region\r\n\r\n" * 2000)
            assert prise.recv(12) == b"HTTP/1.1 404"
        with httpx.Client(base_url=url, trust_env=False) as client:
            poste = _accepte(region, client)
            poste.inscrire("p1", b"k" * 16)
            assert [o.result for o in poste.synchroniser().outcomes] == ["appliquee"]
        # Who has not spoken yet is no more in the way than they are.
        lente = _joindre(pile, url)
        for _ in range(5):
            _joindre(pile, url)
        lente.sendall(b"GET /v1/sante HTTP/1.1\r\nhost: region\r\n\r\n")
        assert lente.recv(12) == b"HTTP/1.1 200"


def test_a_connection_whose_last_answer_is_never_taken_gives_way_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is closing, for as long as its other end likes, and holds a file meanwhile."""
    monkeypatch.setattr("passdesk.server.connexions.CONNEXIONS_MAX", 1)
    abandonnes = []

    class Lien(asyncio.Transport):
        def is_closing(self) -> bool:
            return self in abandonnes or self is pleine

        def get_write_buffer_size(self) -> int:
            return 0 if self in abandonnes else 1

        def abort(self) -> None:
            abandonnes.append(self)

    pleine, neuve = Lien(), Lien()

    async def arriver() -> None:
        etat = ServerState()
        for lien in (pleine, neuve):
            Connexion(uvicorn.Config(lambda: None, log_config=None), etat, {}).connection_made(lien)

    asyncio.run(arriver())
    assert abandonnes == [pleine]


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_requests_without_an_end_hold_little_of_the_server(region: Region, tmp_path: Path) -> None:
    corps = 4 * 1024 * 1024
    combien = 3 * OCTETS_MAX // corps
    with (
        _servie(["--base-dir", str(tmp_path / "region"), "--processus", "1"], "") as (enfant, url),
        httpx.Client(base_url=url, trust_env=False) as client,
        ExitStack() as pile,
    ):
        poste = _accepte(region, client)
        avant = _memoire(enfant.pid)
        tenues = []
        for _ in range(combien):
            prise = _joindre(pile, url)
            prise.sendall(f"POST /v1/sync HTTP/1.1\r\nhost: region\r\ncontent-length: {corps}\r\n\r\n".encode())
            # Taken in, all but what lies in the sockets: another is cut for it when there is too much.
            with suppress(ConnectionError):
                prise.sendall(bytes(corps - 1))
            tenues.append(prise)
        poste.inscrire("p1", b"k" * 16)
        assert [o.result for o in poste.synchroniser().outcomes] == ["appliquee"]
        for prise in tenues:
            prise.settimeout(0)
        # A third may be held, and part of the rest lies in the sockets.
        assert sum(_coupee(prise) for prise in tenues) >= combien // 3
        assert _memoire(enfant.pid) - avant < 2 * OCTETS_MAX


def test_a_request_whose_time_is_just_over_makes_room_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of the largest runs out in the turn of the loop where a small one looks for room."""
    monkeypatch.setattr("passdesk.server.afflux.OCTETS_MAX", 12)
    afflux = Afflux()

    async def lire(morceaux: AsyncIterator[bytes]) -> bytes:
        async with afflux.place() as place:
            return await place.lire(morceaux)

    async def petite() -> AsyncIterator[bytes]:
        yield b"petit"

    async def recevoir() -> bytes:
        honnetes = []

        async def grande() -> AsyncIterator[bytes]:
            yield bytes(10)
            monkeypatch.setattr("passdesk.server.afflux.CORPS_S", 60)
            # It runs after the end of this one's time, which is due, and before this one hears of it.
            honnetes.append(asyncio.create_task(lire(petite())))
            await asyncio.Event().wait()

        monkeypatch.setattr("passdesk.server.afflux.CORPS_S", 0)
        with pytest.raises(CoupeeError):
            await lire(grande())
        return await honnetes[0]

    assert asyncio.run(recevoir()) == b"petit"


def _coupee(prise: socket.socket) -> bool:
    try:
        # Without an answer when the reset was already told, to the one that sent.
        return prise.recv(12) in {b"HTTP/1.1 408", b""}
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def _memoire(pid: int) -> int:
    """The most that this process ever held, in bytes; nothing where the system does not tell."""
    if sys.platform != "linux":
        return 0
    lignes = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(ligne.split()[1]) * 1024 for ligne in lignes if ligne.startswith("VmHWM:"))
