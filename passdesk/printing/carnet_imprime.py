"""What a carnet needs to be printed: data only, ready to be set, no storage and no keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION
from passdesk.domain.gabarit import ORDINAIRE, Gabarit


@dataclass(frozen=True, slots=True)
class PassImprime:
    """One coupon. `serie`: "012 0001234 03"; `cle`: two digits; `code`: five Crockford characters (protocol §2).

    `qr_texte`: "801" and 174 digits. It is worth money: never logged, never shown by repr.
    """

    rang: int
    serie: str
    cle: str
    code: str
    qr_texte: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LieuImprime:
    """One place of the cover. `ville`: "59000 Villetémoin"; `distance`: "4 km", "" when nobody knows it.

    `horaires`: (days, hours) in words, ("lundi, mardi", "9 h à 12 h"); none when they are not known.
    """

    nom: str
    rue: str
    ville: str
    telephone: str
    horaires: tuple[tuple[str, str], ...] = ()
    distance: str = ""


LIEUX_IMPRIMES = 3
"""Places of a cover, at most."""


@dataclass(frozen=True, slots=True)
class CarnetImprime:
    """One carnet on paper. `taille`: 5 or 10 pass of `valeur_cents` each; `serie_carnet`: "012 0001234".

    `exemple`: print *EXEMPLE, sans valeur* on every strip; campaign 127 has it whatever is asked.
    `telephone_aide`: as it will be read. `horaires_aide`: at most two short lines; none, nothing is printed.
    `nom`: printed on the cover only when the person wishes it (ui/paper §9: by default no name).
    `lieux`: the nearest first, three at most; with none, the cover says where to ask for the list.
    """

    campagne_numero: int
    serie_carnet: str
    taille: int
    dernier_jour: date
    passes: tuple[PassImprime, ...]
    certificat_texte: str
    exemple: bool
    telephone_aide: str
    nom: str | None = field(default=None, repr=False)
    horaires_aide: tuple[str, ...] = ()
    valeur_cents: int = 1000
    lieux: tuple[LieuImprime, ...] = ()
    gabarit: Gabarit = ORDINAIRE

    @property
    def nombre_feuilles(self) -> int:
        """Sheets of paper, as laid out."""
        return self.gabarit.nombre_feuilles(self.taille)

    @property
    def sans_valeur(self) -> bool:
        """True when every strip must say that it is worth nothing (protocol §2)."""
        return self.exemple or self.campagne_numero == CAMPAGNE_DEMONSTRATION
