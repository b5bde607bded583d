"""One printing of a carnet: what was sent to the printer, and what the agent saw come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from passdesk.domain.gabarit import Gabarit

Sortie = Literal["tout", "arrete", "rien", "illisible"]
"""What came out: everything; what stands before a sheet; nothing; something that cannot be used."""


@dataclass(frozen=True, slots=True)
class Tirage:
    """Sheets sent to a printer at once. `feuilles`: their numbers, 1 is the first; `quand`: UTC.

    `imprimante`: its name, "" for a file, and where nobody wrote it down. `sortie`: None until an agent answers;
    `arretee_a`: the first sheet that is missing, for "arrete" alone. `nom`: the cover bears the name of its person.
    """

    gabarit: Gabarit
    feuilles: tuple[int, ...]
    quand: datetime
    agent_id: str
    imprimante: str = ""
    sortie: Sortie | None = None
    arretee_a: int | None = None
    nom: bool = False
