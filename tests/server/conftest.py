"""A real Region on each of its two stores, desks enrolled through the wire, a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from litestar.testing import TestClient

from passdesk.domain.campagne import Campagne
from passdesk.domain.horloge import Horloge, HorlogeFixe
from passdesk.protocol.signatures import SignedRequest
from passdesk.server.administration import doter_poste
from passdesk.server.adresse import Adresse, AdresseSqlite, lire_adresse
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.enrolement import accepter, proposer_code
from passdesk.server.racine import Racine, nouvelle_racine
from passdesk.server.region import Region, initialiser
from passdesk.server.routes import creer_application
from tests.builders import fin_prochaine
from tests.server.grappe import Grappe, GrappeAbsenteError
from tests.server.poste_factice import Envoi, PosteFactice

CAMPAGNE = Campagne(12, "Pass 2026", 1000, date(2027, 12, 31))


@pytest.fixture
def horloge() -> HorlogeFixe:
    return HorlogeFixe(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def racine() -> Racine:
    return nouvelle_racine()


@pytest.fixture(scope="session")
def grappe() -> Iterator[Grappe]:
    """A real PostgreSQL for the whole run. Without the program, the tests fail and say what to install."""
    try:
        grappe = Grappe()
    except GrappeAbsenteError as absente:
        pytest.fail(str(absente), pytrace=False)
    yield grappe
    grappe.arreter()


@pytest.fixture(params=["sqlite", "postgresql"])
def adresse(request: pytest.FixtureRequest, tmp_path: Path) -> Adresse:
    """Where the Region's data will lie: each test that asks runs once for each store."""
    if request.param == "sqlite":
        return AdresseSqlite(tmp_path / "region" / "region.db")
    return lire_adresse(request.getfixturevalue("grappe").vider())


@pytest.fixture
def region(tmp_path: Path, racine: Racine, horloge: Horloge, adresse: Adresse) -> Iterator[Region]:
    region = initialiser(tmp_path / "region", racine, horloge, adresse=adresse)
    ouvrir_campagne(
        region, racine, replace(CAMPAGNE, dernier_jour=fin_prochaine(horloge)), stock=1000, reserve_lycee=100
    )
    yield region
    region.fermer()


@pytest.fixture
def envoi(region: Region) -> Iterator[Envoi]:
    with TestClient(creer_application(region)) as client:

        def envoyer(demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
            chemin = demande.url.removeprefix("http://region.test")
            reponse = client.request(demande.method, chemin, headers=dict(demande.headers), content=demande.body)
            return reponse.status_code, reponse.headers, reponse.content

        yield envoyer


@pytest.fixture
def enroler(region: Region, envoi: Envoi) -> Callable[[str], PosteFactice]:
    def faire(nom: str) -> PosteFactice:
        poste = PosteFactice(envoi)
        code = proposer_code(region, nom)
        poste.demander(code)
        accepter(region, code[:2])
        assert poste.ou_en_est().etat == "accepte"
        return poste

    return faire


@pytest.fixture
def dotes(region: Region, enroler: Callable[[str], PosteFactice]) -> tuple[PosteFactice, PosteFactice]:
    """Two desks; the first holds carnets 1–10 of ten pass and 21–30 of five, the second 11–20 and 31–40."""
    un, deux = enroler("Maison France services de Lens"), enroler("Mission locale de Creil")
    for taille in (10, 5):
        for poste in (un, deux):
            doter_poste(region, poste.device, taille=taille, carnets=10)
    return un, deux
