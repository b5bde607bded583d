"""A campaign, its dates, and the lots of carnets that a desk may award from (protocol §2 and §5)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

CAMPAGNE_DEMONSTRATION = 127
"""Own root, *EXEMPLE, sans valeur* on every coupon; a real root never signs it (protocol §2)."""

BAIL_MINIMUM = date(2000, 1, 1)
"""A lease that ended before that day stops a lot: no clock, right or wrong, is that early (decision 0058)."""

Etape = Literal["en_cours", "bientot", "sans_remise", "tolerance", "finie"]
"""Where a campaign is: the last days to hand over are near; nothing is handed over any more; its pass are over, and
places may still take them; all is over."""
POTS = ("general", "lycee")
TAILLES = (5, 10)
CARNETS_MAX = 2000
"""Carnets of one lot."""


def plus_mois(jour: date, mois: int) -> date:
    """The same day `mois` calendar months later (or earlier), clamped to the end of the month."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, mois_0 = divmod(rang, 12)
    return date(annee, mois_0 + 1, min(jour.day, calendar.monthrange(annee, mois_0 + 1)[1]))


@dataclass(frozen=True, slots=True)
class Campagne:
    """What the root signs about a campaign. `valeur_cents`: face value of one pass, in cents."""

    numero: int
    libelle: str
    valeur_cents: int
    dernier_jour: date
    tolerance_mois: int = 1
    arret_remise_jours: int = 15
    alerte_jours: int = 30

    @property
    def fin_tolerance(self) -> date:
        """Last day on which a place may still take a pass; never printed (ui/paper §2)."""
        return plus_mois(self.dernier_jour, self.tolerance_mois)

    @property
    def arret_remise(self) -> date:
        """Last day on which a carnet may be awarded and handed over."""
        return self.dernier_jour - timedelta(days=self.arret_remise_jours)

    def etape(self, jour: date) -> Etape:
        """Where it is on that day; each last day is included."""
        if jour > self.fin_tolerance:
            return "finie"
        if jour > self.dernier_jour:
            return "tolerance"
        if jour > self.arret_remise:
            return "sans_remise"
        return "bientot" if jour >= self.dernier_jour - timedelta(days=self.alerte_jours) else "en_cours"

    @property
    def est_demonstration(self) -> bool:
        """True for the campaign whose paper is worth nothing."""
        return self.numero == CAMPAGNE_DEMONSTRATION


@dataclass(frozen=True, slots=True)
class Lot:
    """Numbers granted to one desk: `premier`–`dernier` (carnet numbers, both included), all of one size and pot.

    `bail_jusqu_au`: last day on which the desk may award from it.
    """

    lot_id: str
    campagne: int
    pot: str
    taille: int
    premier: int
    dernier: int
    bail_jusqu_au: date
