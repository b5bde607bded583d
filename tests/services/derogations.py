"""A règlement that lets a home outside the region, or an age, be lifted; and somebody whom it refuses."""

from __future__ import annotations

import hashlib
from datetime import date

from passdesk.domain.visite import Brouillon
from passdesk.services.poste import Poste
from passdesk.storage import reglements as recus
from tests.builders import visite_accord
from tests.domain.dossiers import texte_2

RAISON = "logée à Paris le temps des travaux"
ARTICLE = "délibération à venir, article 9"


def texte_derogeable(par: str = "responsable", generation: int = 1) -> bytes:
    """The règlement of 2022 from 1 November 2026 on, with its clause of derogation."""
    changes = (
        ('id = "2022-02-01"', f'id = "2026-10-{14 + generation}"'),
        ("valeur = 2022-02-01", "valeur = 2026-11-01"),
    )
    clause = (
        f'[derogation]\nmotifs = {{ valeur = ["domicile_hors_region", "age_hors_public"], source = "{ARTICLE}" }}\n'
        f'accordee_par = {{ valeur = "{par}", a_confirmer = true }}\n'
    )
    return texte_2(*changes, fin=clause).encode()


def publier(poste: Poste, par: str = "responsable", generation: int = 1) -> None:
    """Puts that règlement in force at a desk, as if the Region had sent it."""
    octets = texte_derogeable(par, generation)
    recus.noter(
        poste.base, reglement_id=f"2026-10-{14 + generation}", generation=generation, executoire_le=date(2026, 11, 1),
        empreinte=hashlib.sha256(octets).digest(), octets=octets, raison=None,
    )  # fmt: skip


def refusee(poste: Poste, **champs: object) -> Brouillon:
    """A complete visit of somebody who lives in Paris."""
    return visite_accord(poste, **{"commune": "75056", **champs})
