"""How a carnet is laid out on A4 sheets: strips of one height, in the order of the pile (ui/paper §2–§4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Bande(StrEnum):
    """A strip that is not a pass."""

    DEVANT = "devant"
    MODE_D_EMPLOI = "mode_d_emploi"
    LIEUX = "lieux"
    AIDE = "aide"
    DONNEES = "donnees"
    CERTIFICAT = "certificat"


Contenu = Bande | int
"""What a strip holds: one of the cover's, or the pass of this rank."""

COUVERTURE = frozenset({Bande.DEVANT, Bande.MODE_D_EMPLOI, Bande.AIDE, Bande.DONNEES})


@dataclass(frozen=True, slots=True)
class Gabarit:
    """A way to print a carnet. `cle`: how an act records it; `pas`: height of a strip, mm; `bandes`: strips a sheet.

    `gros`: large print. `avant`, `apres`: what stands before and after the pass, in the order of the pile.
    """

    cle: str
    pas: float
    bandes: int
    gros: bool
    avant: tuple[Bande, ...]
    apres: tuple[Bande, ...] = ()

    @property
    def haut(self) -> float:
        """y of the first cut, mm from the top of the sheet."""
        return 12.0

    def feuilles(self, taille: int) -> tuple[tuple[Contenu, ...], ...]:
        """What is on each sheet of a carnet of `taille` pass, from its top."""
        pile: tuple[Contenu, ...] = (*self.avant, *range(1, taille + 1), *self.apres)
        return tuple(pile[debut : debut + self.bandes] for debut in range(0, len(pile), self.bandes))

    def nombre_feuilles(self, taille: int) -> int:
        """Sheets of paper that come out of the printer for a carnet of `taille` pass."""
        return len(self.feuilles(taille))

    def feuilles_des_lieux(self, taille: int) -> tuple[int, ...]:
        """The sheets, from 1, that hold a place: what goes to the printer again when others are chosen."""
        porteuses = {Bande.LIEUX, Bande.CERTIFICAT if self.gros else Bande.AIDE}
        return tuple(rang for rang, bandes in enumerate(self.feuilles(taille), 1) if porteuses.intersection(bandes))


ORDINAIRE = Gabarit(
    "ordinaire", 54.0, 5, gros=False,
    avant=(Bande.DEVANT, Bande.MODE_D_EMPLOI, Bande.LIEUX, Bande.AIDE, Bande.DONNEES),
)  # fmt: skip
GROS = Gabarit(
    "gros", 90.0, 3, gros=True,
    avant=(Bande.DEVANT, Bande.MODE_D_EMPLOI, Bande.AIDE),
    apres=(Bande.LIEUX, Bande.CERTIFICAT),
)  # fmt: skip
GABARITS = {gabarit.cle: gabarit for gabarit in (ORDINAIRE, GROS)}

GROS_CARACTERES = "gros_caracteres"
"""The need of a person that asks for large print (one of `personne.BESOINS`)."""


def gabarit_pour(besoins: tuple[str, ...]) -> Gabarit:
    """What suits a person who said these needs."""
    return GROS if GROS_CARACTERES in besoins else ORDINAIRE


def nom_contenu(bandes: Sequence[Contenu]) -> str:
    """ "couverture", "pass 1 à 5", "pass 10 et lieux": what is on a sheet, as its foot and the screen say it."""
    rangs = [bande for bande in bandes if isinstance(bande, int)]
    couverture = bool(COUVERTURE.intersection(bandes))
    mots = ["couverture"] if couverture else []
    if rangs:
        mots.append(f"pass {rangs[0]} à {rangs[-1]}" if len(rangs) > 1 else f"pass {rangs[0]}")
    if Bande.LIEUX in bandes and not couverture:
        mots.append("lieux")
    return " et ".join(mots) or "certificat"
