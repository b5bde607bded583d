"""The scan of a proof: named by the log, kept in the base of the desk alone, gone with whatever it belonged to."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from passdesk.domain.visite import Brouillon
from passdesk.services import visite
from passdesk.services.dossier_personne import dossier_personne, en_json
from passdesk.services.justificatifs import joindre, numeriser, voir
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import demandes, numerisations
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.ui.visite import saisies
from tests.builders import poste_enrole, visite_accord

AUJOURDHUI = date(2026, 11, 23)
DOMICILE = "justificatif_domicile"


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with poste_enrole(tmp_path) as ouvert:
        yield ouvert


def _scan(tmp_path: Path, teinte: int = 90) -> tuple[bytes, ...]:
    Image.new("L", (300, 400), teinte).save(tmp_path / "scan.png")
    return numeriser(tmp_path / "scan.png")


def _avec_scan(poste: Poste, pages: tuple[bytes, ...], **champs: object) -> Brouillon:
    brouillon = visite_accord(poste, **champs)
    cle = joindre(poste, brouillon.brouillon_id, pages)
    return saisies.joindre(brouillon, DOMICILE, cle, len(pages), AUJOURDHUI)


def _nombre(poste: Poste) -> int:
    return int(poste.base.db.execute("SELECT count(*) FROM numerisation").fetchone()[0])


def test_a_scan_is_named_in_the_log_and_its_bytes_are_not(poste: Poste, tmp_path: Path) -> None:
    pages = _scan(tmp_path)
    brouillon = _avec_scan(poste, pages)
    visite.noter(poste, brouillon)
    assert visite.reprendre(poste, brouillon.brouillon_id) == brouillon
    visite.attribuer(poste, brouillon)
    demande = demandes.get(poste.base, brouillon.brouillon_id)
    assert demande is not None
    (constat,) = [c for c in demande.constats if c.piece.type == DOMICILE]
    assert (constat.numerisation, constat.pages) == (numerisations.empreinte(pages), 1)
    assert voir(poste, demande.demande_id, constat.numerisation) == pages
    assert synchroniser(poste).restent == 0
    corps = poste.base.db.execute("SELECT octets FROM corps").fetchall()
    assert not [octets for (octets,) in corps if b"\xff\xd8\xff" in octets]
    assert bytes.fromhex(constat.numerisation) in b"".join(octets for (octets,) in corps)
    assert verifier_base(poste.base) == ()
    reconstruire_projections(poste.base)
    assert voir(poste, demande.demande_id, constat.numerisation) == pages


def test_a_scan_taken_off_leaves_the_disk_at_the_next_recording(poste: Poste, tmp_path: Path) -> None:
    pieces = visite_accord(poste).pieces[:2]
    garde = visite.garder(poste, _avec_scan(poste, _scan(tmp_path), pieces=pieces))
    assert garde is not None and _nombre(poste) == 1
    retire = saisies.retirer_scan(garde, DOMICILE)
    visite.noter(poste, retire)
    assert _nombre(poste) == 1  # it can still be put back
    visite.garder(poste, retire)
    assert _nombre(poste) == 0
    assert garde.demande_id is not None
    demande = demandes.get(poste.base, garde.demande_id)
    assert demande is not None and [c.numerisation for c in demande.constats] == ["", ""]


def test_another_scan_takes_the_place_of_the_first(poste: Poste, tmp_path: Path) -> None:
    pieces = visite_accord(poste).pieces[:2]
    garde = visite.garder(poste, _avec_scan(poste, _scan(tmp_path), pieces=pieces))
    assert garde is not None
    neuves = _scan(tmp_path, teinte=200)
    cle = joindre(poste, garde.brouillon_id, neuves)
    encore = visite.garder(poste, saisies.joindre(garde, DOMICILE, cle, 1, AUJOURDHUI))
    assert encore is not None and encore.demande_id is not None
    demande = demandes.get(poste.base, encore.demande_id)
    assert demande is not None and cle in {c.numerisation for c in demande.constats}
    assert _nombre(poste) == 1 and voir(poste, encore.demande_id, cle) == neuves


def test_a_visit_given_up_or_a_person_erased_takes_the_scans_along(poste: Poste, tmp_path: Path) -> None:
    brouillon = _avec_scan(poste, _scan(tmp_path))
    visite.noter(poste, brouillon)
    visite.abandonner(poste, brouillon.brouillon_id)
    assert _nombre(poste) == 0
    brouillon = _avec_scan(poste, _scan(tmp_path))
    carnet = visite.attribuer(poste, brouillon).carnet
    suite = replace(_avec_scan(poste, _scan(tmp_path, 10)), personne_id=carnet.personne_id)
    visite.noter(poste, suite)
    assert _nombre(poste) == 2
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", carnet.personne_id, {"cle": b"k" * 16})
    assert _nombre(poste) == 0
    assert verifier_base(poste.base) == ()


def test_pages_are_hashed_apart() -> None:
    assert numerisations.empreinte([b"ab", b"c"]) != numerisations.empreinte([b"a", b"bc"])
    assert io.BytesIO(bytes.fromhex(numerisations.empreinte([b"a"]))).getbuffer().nbytes == 32


def test_a_scan_of_a_visit_under_way_is_handed_over_with_the_file(poste: Poste, tmp_path: Path) -> None:
    """The person is told all that is kept of them (article 15): what is joined and not recorded yet too."""
    pages, plus_tard = _scan(tmp_path), _scan(tmp_path, 120)
    garde = visite.garder(poste, _avec_scan(poste, pages, pieces=()))
    assert garde is not None and garde.personne_id is not None
    cle = joindre(poste, garde.brouillon_id, plus_tard)
    visite.noter(poste, saisies.joindre(garde, "piece_identite", cle, 1, AUJOURDHUI))
    dossier = dossier_personne(poste, garde.personne_id)
    assert [(scan.type, scan.pages) for scan in dossier.scans] == [(DOMICILE, pages), ("piece_identite", plus_tard)]
    lu = json.loads(en_json(dossier))
    assert [vu["pages_numerisees"] for vu in lu["demandes"][0]["justificatifs"]] == [1]
