"""Règlements at the Region, on both stores: kept by generation, told to every desk, never twice."""

from __future__ import annotations

from datetime import date

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.evenements import ReglementPublie, lire_evenement
from passdesk.protocol.reglements import verifier_reglement
from passdesk.server.diffusion import evenements_apres
from passdesk.server.region import Region
from passdesk.server.reglements import publier_reglement, reglements_publies
from tests.domain.dossiers import REGLEMENTS, texte_2


def texte(adopte: str, executoire: str) -> bytes:
    return texte_2(
        ('id = "2022-02-01"', f'id = "{adopte}"'),
        ("executoire_le = { valeur = 2022-02-01", f"executoire_le = {{ valeur = {executoire}"),
    ).encode()


def test_reglements_are_kept_in_generations_and_told_in_that_order(region: Region) -> None:
    for adopte, executoire in (("2026-10-15", "2026-12-01"), ("2026-11-20", "2027-01-01")):
        publier_reglement(region, texte(adopte, executoire), "essai.toml", REGLEMENTS)
    with pytest.raises(SaisieRefusee, match="reglement_deja_publie"):
        publier_reglement(region, texte("2026-10-15", "2026-12-01"), "essai.toml", REGLEMENTS)
    with pytest.raises(SaisieRefusee, match="reglement_adopte_avant"):
        publier_reglement(region, texte("2026-11-20", "2027-02-01"), "essai.toml", REGLEMENTS)
    with region.magasin.lire() as tx:
        publies = reglements_publies(tx)
        events = [e for e in evenements_apres(tx, "un poste", 0)[0] if e.type == "reglement"]
    assert [(p.id, p.generation, p.executoire_le) for p in publies] == [
        ("2026-10-15", 1, date(2026, 12, 1)), ("2026-11-20", 2, date(2027, 1, 1)),
    ]  # fmt: skip
    lus = [lire_evenement(e.type, e.payload) for e in events]
    assert [lu.octets for lu in lus if isinstance(lu, ReglementPublie)] == [p.octets for p in publies]
    assert all(isinstance(lu, ReglementPublie) and verifier_reglement(lu, region.cles.racine) is None for lu in lus)
