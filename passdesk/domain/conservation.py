"""How long a file stays: the rule, as a pure decision. What the campaign needs comes before the delay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from passdesk.domain.campagne import plus_mois

MOIS_DE_GARDE = 12
"""A file kept for a reason is not asked about again before so long."""


class Besoin(StrEnum):
    """What a file is still needed for, whatever the delay."""

    PAPIER = "papier"
    CARNET = "carnet"
    LITIGE = "litige"
    VISITE = "visite"
    LIMITATION = "limitation"
    GARDEE = "gardee"


@dataclass(frozen=True, slots=True)
class SuiviFiche:
    """What the rule looks at. `carnets_jusqu_au`: last days, tolerance included, of the carnets that are not void.

    `gardee_le`: when somebody last said to keep it.
    """

    dernier_contact: date
    carnets_jusqu_au: tuple[date, ...] = ()
    papier_en_attente: bool = False
    litige_ouvert: bool = False
    visite_ouverte: bool = False
    limitee: bool = False
    gardee_le: date | None = None


def a_effacer(suivi: SuiviFiche, mois: int, aujourdhui: date) -> bool:
    """True once the delay has passed and nothing needs the file."""
    return plus_mois(suivi.dernier_contact, mois) <= aujourdhui and not besoins(suivi, aujourdhui)


def besoins(suivi: SuiviFiche, aujourdhui: date) -> frozenset[Besoin]:
    """All that the file is still needed for today."""
    gardee = suivi.gardee_le is not None and plus_mois(suivi.gardee_le, MOIS_DE_GARDE) > aujourdhui
    faits: Iterable[tuple[bool, Besoin]] = (
        (suivi.papier_en_attente, Besoin.PAPIER),
        (any(jour >= aujourdhui for jour in suivi.carnets_jusqu_au), Besoin.CARNET),
        (suivi.litige_ouvert, Besoin.LITIGE),
        (suivi.visite_ouverte, Besoin.VISITE),
        (suivi.limitee, Besoin.LIMITATION),
        (gardee, Besoin.GARDEE),
    )
    return frozenset(besoin for vrai, besoin in faits if vrai)
