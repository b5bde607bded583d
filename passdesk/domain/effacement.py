"""Erasing a person: why, what goes and what stays (protocol §8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.personne import Personne

DEMANDE = "demande_personne"
SANS_CONTACT = "sans_contact"
MEGARDE = "par_megarde"
MOTIFS = (DEMANDE, SANS_CONTACT, MEGARDE)
"""Why a person is erased: it asked, nobody has heard of it for long, or it was recorded by mistake."""


@dataclass(frozen=True, slots=True)
class ContenuEffacable:
    """What an erasure would drop of a person, everyone merged into it included: numbers only.

    `pages`: of scans; `saisies`: visits and corrections begun.
    """

    fiches: int
    demandes: int
    justificatifs: int
    pages: int
    accompagnements: int
    saisies: int
    notes: int


@dataclass(frozen=True, slots=True)
class ApercuEffacement:
    """What erasing a person would do. `parts`: what goes; `passes`: awarded here, which stay in the figures, unnamed.

    `ailleurs`: pass received at other desks, whose files this one cannot erase. `valables`: pass handed over here that
    are not past. `cle_jusqu_au`: last day of the campaign that keeps the key and the total, None when nothing was
    received. `relie`: the Region has a copy, which goes with the next sending. `obstacle`: code of what must be
    settled first, or None. `fiches`: ids of the records that go together.
    """

    personne: Personne = field(repr=False)
    parts: ContenuEffacable
    passes: int
    valables: int
    ailleurs: int
    cle_jusqu_au: date | None
    relie: bool
    obstacle: str | None
    fiches: frozenset[str]
