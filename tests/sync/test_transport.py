"""The border to the network: which addresses are accepted, and what a bad network looks like."""

import socket
import threading

import pytest

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.sync.transport import HttpTransport, verifier_adresse


@pytest.mark.parametrize(
    ("adresse", "attendue"),
    [
        ("https://pass.example.fr/", "https://pass.example.fr"),
        ("https://pass.example.fr:8443/region/", "https://pass.example.fr:8443/region"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_addresses_that_are_accepted(adresse: str, attendue: str) -> None:
    assert verifier_adresse(adresse) == attendue


@pytest.mark.parametrize("adresse", ["http://pass.example.fr", "http://10.0.0.4", "http://localhost.example.fr"])
def test_an_address_in_clear_is_refused(adresse: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        verifier_adresse(adresse)
    assert refus.value.code == "adresse_non_protegee"


@pytest.mark.parametrize(
    "adresse",
    ["", "pass.example.fr", "ftp://pass.example.fr", "https://", "https://a@b.fr", "http://[::1", "https://a:x"],
)
def test_what_is_no_address_is_refused(adresse: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        verifier_adresse(adresse)
    assert refus.value.code == "adresse_illisible"


def _one_answer(octets: bytes) -> str:
    """A server on loopback that answers one connection with these bytes, then closes."""
    ecoute = socket.create_server(("127.0.0.1", 0))

    def servir() -> None:
        with ecoute:
            lien, _ = ecoute.accept()
            with lien:
                lien.recv(65536)
                lien.sendall(octets)

    threading.Thread(target=servir, daemon=True).start()
    return f"http://127.0.0.1:{ecoute.getsockname()[1]}/v1/sync"


def test_a_cut_in_the_middle_of_an_answer_is_no_answer() -> None:
    url = _one_answer(b"HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\nhalf")
    with HttpTransport() as transport, pytest.raises(PanneAttendue) as panne:
        transport.post(url, {}, b"x")
    assert (panne.value.code, panne.value.faits["entame"]) == ("hors_ligne", True)


def test_nobody_at_the_address_is_an_outage_not_a_crash() -> None:
    libre = socket.create_server(("127.0.0.1", 0))
    port = libre.getsockname()[1]
    libre.close()
    with HttpTransport() as transport, pytest.raises(PanneAttendue) as panne:
        transport.post(f"http://127.0.0.1:{port}/", {}, b"x")
    assert (panne.value.code, panne.value.faits["entame"]) == ("hors_ligne", False)


def test_a_redirection_is_handed_over_as_it_is_and_never_followed() -> None:
    url = _one_answer(b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n")
    with HttpTransport() as transport:
        assert transport.post(url, {}, b"x").status == 302
