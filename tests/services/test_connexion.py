"""How a desk reaches the Region: as the computer does, straight, or through what it was told; by who may say so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services import connexion
from passdesk.services.connexion import Chemin, lire_chemin, regler_chemin
from passdesk.services.poste import ADRESSE, Poste, creer_poste, ouvrir_poste
from passdesk.storage import agents
from passdesk.storage import poste as identite
from passdesk.sync.transport import HttpTransport
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    ouvert = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    identite.ecrire_texte(ouvert.base, ADRESSE, "https://pass.region.exemple/v1")
    yield ouvert
    ouvert.fermer()


@pytest.fixture
def ouverts(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The proxies that transports were opened with; this computer's settings say one."""
    vus: list[str | None] = []

    def ouvrir(*, proxy: str | None, arreter: object) -> HttpTransport:
        vus.append(proxy)
        return HttpTransport(proxy=proxy)

    monkeypatch.setattr(connexion, "HttpTransport", ouvrir)
    monkeypatch.setattr(connexion, "proxy_du_systeme", lambda hote: f"proxy-pour-{hote}:3128")
    return vus


def test_the_computers_settings_are_followed_until_somebody_chooses(poste: Poste, ouverts: list[str | None]) -> None:
    for passage, adresse in (("systeme", ""), ("aucun", ""), ("adresse", "proxy.exemple"), ("systeme", "")):
        regler_chemin(poste, passage, adresse)
        connexion.ouvrir_chemin(poste).close()
    connexion.ouvrir_chemin(poste, adresse="https://autre.exemple/v1").close()
    assert ouverts == [
        "proxy-pour-pass.region.exemple:3128",
        None,
        "proxy.exemple:8080",
        "proxy-pour-pass.region.exemple:3128",
        "proxy-pour-autre.exemple:3128",
    ]


def test_a_bad_address_changes_nothing(poste: Poste) -> None:
    regler_chemin(poste, "adresse", "proxy.exemple:3128")
    with pytest.raises(SaisieRefusee):
        regler_chemin(poste, "adresse", "claire:secret@proxy.exemple:3128")
    assert lire_chemin(poste) == Chemin("adresse", "proxy.exemple:3128")


def test_only_a_responsable_chooses(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents, "RESPONSABLE", "personne")
    with pytest.raises(SaisieRefusee) as refus:
        regler_chemin(poste, "aucun")
    assert refus.value.code == "reglage_reserve"
    assert lire_chemin(poste) == Chemin("systeme")


def test_the_command_says_it_too(poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text(PHRASE, encoding="utf-8")
    ici = ["--base-dir", str(poste.dossier), "--phrase-file", str(phrase)]
    for proxy, code, lu in (
        ("aucun", 0, Chemin("aucun")),
        ("proxy.exemple:3128", 0, Chemin("adresse", "proxy.exemple:3128")),
        ("un proxy", 2, Chemin("adresse", "proxy.exemple:3128")),
        ("systeme", 0, Chemin("systeme")),
    ):
        assert executer(["poste", "regler", "--proxy", proxy, *ici]) == code
        relu = ouvrir_poste(poste.dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
        assert lire_chemin(relu) == lu
        relu.fermer()
