"""The steps that bring a base to the present shape, in order; each file stands alone and never touches operations."""

from __future__ import annotations

from passdesk.storage.migrations import (
    m0001_fondation,
    m0002_fiche,
    m0003_decision,
    m0004_recherche,
    m0005_reglements,
    m0006_fusion,
    m0007_remplacement,
    m0008_lieux,
    m0009_consultations,
    m0010_nouvelles,
    m0011_decisions_de_la_region,
    m0012_par_commune,
    m0013_appels,
)
from passdesk.storage.pilote import Migrations

ENSEMBLE = "passdesk"
ETAPES = (
    m0001_fondation, m0002_fiche, m0003_decision, m0004_recherche, m0005_reglements, m0006_fusion, m0007_remplacement,
    m0008_lieux, m0009_consultations, m0010_nouvelles, m0011_decisions_de_la_region, m0012_par_commune, m0013_appels,
)  # fmt: skip


def migrations() -> Migrations:
    """All known steps, oldest first."""
    ensemble = Migrations(ENSEMBLE)
    for module in ETAPES:
        ensemble(name=module.__name__.rpartition(".")[2])(module.appliquer)
    return ensemble
