"""A real Region on each of its two stores, desks enrolled through the wire, a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from passdesk.domain.horloge import Horloge, HorlogeFixe
from passdesk.protocol.evenements import lire_evenement
from passdesk.server.adresse import Adresse, AdresseSqlite, lire_adresse
from passdesk.server.racine import Racine, nouvelle_racine
from passdesk.server.region import NOM_BASE, Region
from tests.server.grappe import Grappe, GrappeAbsenteError
from tests.server.modele import HEURE, Dotes, Modele, Modeles, doter_deux, enroler_poste, faire_region, joindre
from tests.server.poste_factice import Envoi, PosteFactice


@pytest.fixture
def horloge() -> HorlogeFixe:
    return HorlogeFixe(HEURE)


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


@pytest.fixture(scope="session")
def modeles(racine: Racine, tmp_path_factory: pytest.TempPathFactory) -> Modeles:
    return Modeles(racine, tmp_path_factory.mktemp("modeles"))


@pytest.fixture
def modele(request: pytest.FixtureRequest, horloge: Horloge) -> Modele | None:
    """What `region` copies, with two desks when the test asks for `dotes`.

    None on another clock, and where the tests of a file have an `adresse` of their own.
    """
    genre = request.node.callspec.params.get("adresse") if hasattr(request.node, "callspec") else None
    if genre is None or "region" not in request.fixturenames or horloge.maintenant() != HEURE:
        return None
    grappe = request.getfixturevalue("grappe") if genre == "postgresql" else None
    modeles: Modeles = request.getfixturevalue("modeles")
    return modeles.modele(grappe, dotee="dotes" in request.fixturenames)


@pytest.fixture(params=["sqlite", "postgresql"])
def adresse(request: pytest.FixtureRequest, tmp_path: Path, modele: Modele | None) -> Adresse:
    """Where the Region's data will lie, nothing there yet: each test that asks runs once for each store."""
    if request.param == "sqlite":
        return AdresseSqlite(tmp_path / "region" / NOM_BASE)
    grappe: Grappe = request.getfixturevalue("grappe")
    # The copy of a model takes the place of all that was there.
    return lire_adresse(grappe.vider() if modele is None else grappe.url())


@pytest.fixture
def region(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    racine: Racine,
    horloge: Horloge,
    adresse: Adresse,
    modele: Modele | None,
) -> Iterator[Region]:
    if modele is not None:
        region = modele.copier(tmp_path / "region", horloge)
    else:
        region = faire_region(tmp_path / "region", racine, horloge, adresse)
    yield region
    # Whatever happened: a desk could not hear past what it cannot read.
    with region.magasin.lire() as tx:
        for type_, octets in tx.toutes("SELECT type, octets FROM evenement ORDER BY srv_seq"):
            lire_evenement(str(type_), bytes(octets))
    region.fermer()


@pytest.fixture
def envoi(region: Region) -> Iterator[Envoi]:
    with joindre(region) as envoi:
        yield envoi


@pytest.fixture
def enroler(region: Region, envoi: Envoi) -> Callable[[str], PosteFactice]:
    return partial(enroler_poste, region, envoi)


@pytest.fixture
def dotes(enroler: Callable[[str], PosteFactice], region: Region, envoi: Envoi, modele: Modele | None) -> Dotes:
    """Two desks; the first holds carnets 1–10 of ten pass and 21–30 of five, the second 11–20 and 31–40."""
    return doter_deux(region, enroler) if modele is None else modele.postes(envoi)
