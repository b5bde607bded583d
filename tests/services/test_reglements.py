"""The règlements of a desk: shipped or received, found again by their print, in every connection."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from passdesk.services import visite
from passdesk.services.poste import Poste, creer_poste, ouvrir_poste
from passdesk.services.reglements import par_empreinte, reglements
from passdesk.storage import reglements as recus
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe, visite_accord
from tests.domain.dossiers import FICHIERS

NOUVEAU = (
    (FICHIERS / "2022-02-01.toml")
    .read_bytes()
    .replace(b'id = "2022-02-01"', b'id = "2026-10-01"')
    .replace(b"executoire_le = { valeur = 2022-02-01", b"executoire_le = { valeur = 2026-11-01")
    .replace(b"plafond = { valeur = 10", b"plafond = { valeur = 5")
    .replace(b'premier = { valeur = 10, motif = "accompagne_carnet_10"', b"premier = { valeur = 5")
)


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    neuf = creer_poste(
        tmp_path, PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    yield neuf
    neuf.fermer()


def recevoir(poste: Poste, octets: bytes = NOUVEAU, raison: str | None = None) -> bytes:
    empreinte = hashlib.sha256(octets).digest()
    recus.noter(
        poste.base, reglement_id="2026-10-01", generation=1, executoire_le=date(2026, 11, 1), empreinte=empreinte,
        octets=octets, raison=raison,
    )  # fmt: skip
    return empreinte


def test_a_desk_starts_with_the_reglements_shipped(poste: Poste) -> None:
    assert [r.id for r in poste.reglements] == [r.id for r in reglements(poste)] == ["2020-07-01", "2022-02-01"]


def test_a_reglement_received_serves_at_once_in_each_connection_and_after_reopening(
    poste: Poste, tmp_path: Path
) -> None:
    second = poste.rouvrir()
    empreinte = recevoir(second)
    assert visite.apprecier(poste, visite_accord(poste)).decision.reglement == "2026-10-01"
    assert [r.id for r in poste.reglements] == [r.id for r in reglements(second)]
    second.fermer()
    encore = ouvrir_poste(tmp_path, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    assert par_empreinte(encore, empreinte) == poste.reglements[-1]
    assert par_empreinte(encore, bytes(32)) is None
    encore.fermer()


def test_a_reglement_refused_decides_nothing(poste: Poste) -> None:
    recevoir(poste, raison="generation")
    assert len(reglements(poste)) == 2
    assert [(r.id, r.raison) for r in recus.refuses(poste.base)] == [("2026-10-01", "generation")]


def test_a_rebuild_keeps_the_reglements_received(poste: Poste) -> None:
    recevoir(poste)
    reconstruire_projections(poste.base)
    assert reglements(poste)[-1].id == "2026-10-01"
    assert verifier_base(poste.base) == ()
