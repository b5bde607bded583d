"""What a person measured on the calibration page of a printer, and what follows from it (ui/paper §7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

REGLE = 100.0
"""Length of both rulers of the page, mm."""
TOLERANCE = 0.02
"""How far the scale may be off: beyond, carnets are not printed."""
CROIX = (80.0, 115.0)
"""The centre of the cross, mm from the left and from the top of the sheet."""
DECALAGE_MAX = 5.0
"""Millimetres: a sheet further out is badly fed, or badly measured."""

_NOMBRE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class ReglageImprimante:
    """Measures in mm. `couche`, `debout`: the rulers, across and down; `gauche`, `haut`: the cross to the edges."""

    couche: float
    debout: float
    gauche: float
    haut: float
    le: date

    @property
    def juste(self) -> bool:
        """True when both rulers are within the tolerance."""
        return all(abs(mesure - REGLE) <= REGLE * TOLERANCE + 1e-9 for mesure in (self.couche, self.debout))

    @property
    def pire(self) -> float:
        """The ruler that is further from its length, mm."""
        return max(self.couche, self.debout, key=lambda mesure: abs(mesure - REGLE))

    @property
    def decalage(self) -> tuple[float, float]:
        """How far to move what is drawn, right and down, mm, so that it falls where it should."""
        return round(CROIX[0] - self.gauche, 2), round(CROIX[1] - self.haut, 2)

    @property
    def plausible(self) -> bool:
        """False when a measure can only be a slip: a ruler of half or twice its length, a sheet far aside."""
        regles = all(REGLE / 2 <= mesure <= REGLE * 1.5 for mesure in (self.couche, self.debout))
        return regles and all(abs(ecart) <= DECALAGE_MAX for ecart in self.decalage)


def lire_mesure(texte: str) -> float | None:
    """A measure as typed, mm: "99,5", "99.5 mm"; None when it is not one."""
    nu = texte.strip().removesuffix("mm").strip()
    return float(nu.replace(",", ".")) if _NOMBRE.fullmatch(nu) else None
