"""The person in front of the mediator."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date

PREFERENCES_CONTACT = ("telephone", "sms", "courriel", "courrier")
"""How a person may wish to be reached; "" is no preference told."""

BESOINS = ("gros_caracteres", "lecture_difficile")
"""What helps a person at the desk and on paper: large print, reading with difficulty. Never a diagnosis."""


@dataclass(frozen=True, slots=True)
class Personne:
    """Who asks for pass. Names are data, kept exactly as typed; birth date and commune may still be missing.

    `commune` is the INSEE code of the home (5 characters), `telephone` and `courriel` as typed. `adresse`: number and
    street. `preference_contact`: "" or one of PREFERENCES_CONTACT; `besoins`: of BESOINS; `langue`: "" is French.
    """

    personne_id: str
    nom_naissance: str = field(repr=False)
    prenoms: str = field(repr=False)
    naissance: date | None = field(default=None, repr=False)
    commune: str | None = field(default=None, repr=False)
    telephone: str = field(default="", repr=False)
    nom_usage: str = field(default="", repr=False)
    lieu_naissance: str = field(default="", repr=False)
    adresse: str = field(default="", repr=False)
    complement_adresse: str = field(default="", repr=False)
    code_postal: str = field(default="", repr=False)
    courriel: str = field(default="", repr=False)
    preference_contact: str = field(default="", repr=False)
    besoins: tuple[str, ...] = field(default=(), repr=False)
    langue: str = field(default="", repr=False)
    note: str = field(default="", repr=False)

    @property
    def nom_complet(self) -> str:
        """First names, then the usage name where there is one, as one says it."""
        return f"{self.prenoms} {self.nom_usage or self.nom_naissance}".strip()

    @property
    def nom_courant(self) -> str:
        """The same with the first first name alone: several, parted by commas, read as several persons."""
        return f"{premier_prenom(self.prenoms)} {self.nom_usage or self.nom_naissance}".strip()


def premier_prenom(prenoms: str) -> str:
    """What stands before the first comma; without one, all: "Marie Claude" may be a single first name."""
    return prenoms.partition(",")[0].strip() or prenoms.strip()


def texte_recherche(texte: str) -> str:
    """The letters and digits of a text without accents, case, apostrophes or hyphens: what a search compares."""
    decompose = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    lettres = "".join(c if c.isalnum() else " " for c in decompose if not unicodedata.combining(c))
    return " ".join(lettres.casefold().split())


def ordre_alphabetique(texte: str) -> tuple[str, str]:
    """What French lists are sorted by, the same on every computer: letters first (É with E, Œ as OE, d’Hondt under D),
    then accents and capitals between two that differ by nothing else."""
    return texte_recherche(texte.replace("Æ", "AE")), texte
