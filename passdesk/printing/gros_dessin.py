"""What the strips in large print share."""

from __future__ import annotations

from passdesk.domain.dessin import MM_PAR_POINT, Ancre, Element, Texte, cercle
from passdesk.printing.feuille_couverture import X_TEXTE
from passdesk.printing.mise_en_page import HAUTEUR_CAPITALE

__all__ = ["CORPS", "X_TEXTE", "numero"]

CORPS = 20.0
"""The least size of what matters, points (ui/paper §4)."""


def numero(x: float, y: float, rang: int) -> list[Element]:
    """A number in a circle about (x, y)."""
    base = y + HAUTEUR_CAPITALE * CORPS * MM_PAR_POINT / 2
    return [cercle(x, y, 5.7, 1.4), Texte(x, base, str(rang), CORPS, gras=True, ancre=Ancre.CENTRE)]
