"""One printing of a carnet, or of many in a row: what was sent to the printer, and what the agent saw come out."""

from __future__ import annotations

from collections.abc import Sequence
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
    `fournee`: the batch it was part of, "" for none.
    """

    gabarit: Gabarit
    feuilles: tuple[int, ...]
    quand: datetime
    agent_id: str
    imprimante: str = ""
    sortie: Sortie | None = None
    arretee_a: int | None = None
    nom: bool = False
    fournee: str = ""

    def manquantes(self, taille: int) -> tuple[int, ...]:
        """The sheets that its answer leaves to be printed, in order, of a carnet of `taille` pass; none when all is
        there, or nothing is answered.

        All the others are good and on paper: made again, they would be two papers of one number (mission, never 2).
        """
        if self.sortie == "illisible":
            return tuple(range(1, self.gabarit.nombre_feuilles(taille) + 1))
        premiere = {"rien": 1, "arrete": self.arretee_a or 1}.get(self.sortie or "")
        return () if premiere is None else tuple(feuille for feuille in self.feuilles if feuille >= premiere)


@dataclass(frozen=True, slots=True)
class ReponseFournee:
    """What came out of a batch. `carnet` (its rank in the pile, from 0) and `feuille`: where it stopped, for "arrete"
    alone; `illisibles`: the ranks of those that cannot be used, for "illisible" alone, the others being good.
    """

    sortie: Sortie
    carnet: int = 0
    feuille: int = 1
    illisibles: frozenset[int] = frozenset()


def sorties(pile: Sequence[Sequence[int]], reponse: ReponseFournee) -> tuple[tuple[Sortie, int | None], ...]:
    """What an answer for the whole pile says of each carnet: the answer for it alone, and its first missing sheet.

    `pile`: the sheets of each carnet that went, in the order in which they went.
    """
    dites: list[tuple[Sortie, int | None]] = []
    for rang, feuilles in enumerate(pile):
        avant = reponse.sortie == "arrete" and rang < reponse.carnet
        bon = reponse.sortie == "illisible" and rang not in reponse.illisibles
        if reponse.sortie == "tout" or avant or bon:
            dites.append(("tout", None))
        elif reponse.sortie == "illisible":
            dites.append(("illisible", None))
        else:
            arretee = reponse.sortie == "arrete" and rang == reponse.carnet
            premiere = reponse.feuille if arretee else feuilles[0]
            # Sheets of an earlier printing stand before the first one that went this time: they are good.
            dites.append(("rien", None) if premiere == 1 else ("arrete", premiere))
    return tuple(dites)
