"""How the address of an intermediary is written, and what this computer's settings say."""

from __future__ import annotations

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.sync.proxy import lire_proxy, proxy_du_systeme


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("proxy.mairie.exemple:3128", "proxy.mairie.exemple:3128"),
        (" http://proxy.mairie.exemple:3128/ ", "proxy.mairie.exemple:3128"),
        ("proxy.mairie.exemple", "proxy.mairie.exemple:8080"),
        ("10.1.2.3:8080", "10.1.2.3:8080"),
        ("[fd00::1]:3128", "[fd00::1]:3128"),
    ],
)
def test_addresses_that_are_accepted(texte: str, lu: str) -> None:
    assert lire_proxy(texte) == lu


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("", "proxy_illisible"),
        ("https://proxy.exemple:3128", "proxy_illisible"),
        ("socks5://proxy.exemple:1080", "proxy_illisible"),
        ("proxy.exemple:x", "proxy_illisible"),
        ("proxy.exemple:3128/chemin", "proxy_illisible"),
        ("http://proxy.exemple/wpad.dat?x", "proxy_illisible"),
        ("un proxy", "proxy_illisible"),
        ("http://claire:secret@proxy.exemple:3128", "proxy_avec_mot_de_passe"),
    ],
)
def test_what_is_none_is_refused_by_name(texte: str, code: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        lire_proxy(texte)
    assert refus.value.code == code


@pytest.mark.parametrize(
    ("environnement", "trouve"),
    [
        ({"https_proxy": "http://proxy.exemple:3128"}, "proxy.exemple:3128"),
        ({"all_proxy": "http://proxy.exemple:3128"}, "proxy.exemple:3128"),
        ({"https_proxy": "http://proxy.exemple:3128", "no_proxy": ".region.exemple"}, None),
        ({"all_proxy": "socks5://proxy.exemple:1080"}, None),
        ({"http_proxy": "http://proxy.exemple:3128"}, None),
        ({}, None),
    ],
)
def test_the_settings_of_this_computer(
    monkeypatch: pytest.MonkeyPatch, environnement: dict[str, str], trouve: str | None
) -> None:
    for nom in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(nom, raising=False)
        monkeypatch.delenv(nom.upper(), raising=False)
    for nom, valeur in environnement.items():
        monkeypatch.setenv(nom, valeur)
    assert proxy_du_systeme("pass.region.exemple") == trouve
