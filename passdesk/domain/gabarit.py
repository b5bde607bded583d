"""How a carnet is laid out on A4 sheets: strips of one height, in the order of the pile (ui/paper §2–§4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from passdesk.domain.dessin import HAUTEUR_A4


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

    `gros`: large print. `perfore`: the sheet is cut beforehand, from edge to edge. `marge`: from the top of a strip to
    the drawing in it, mm. `avant`, `apres`: what stands before and after the pass, in the order of the pile.
    """

    cle: str
    pas: float
    bandes: int
    avant: tuple[Bande, ...]
    apres: tuple[Bande, ...] = ()
    gros: bool = False
    perfore: bool = False
    marge: float = 0.0

    @property
    def haut(self) -> float:
        """y of the first cut, mm from the top of the sheet."""
        return 0.0 if self.perfore else 12.0

    def coupes(self, bandes: int) -> tuple[float, ...]:
        """y of the cuts round so many strips, mm from the top of the sheet; the edges of the paper are not cuts."""
        lignes = tuple(self.haut + self.pas * rang for rang in range(bandes + 1))
        return tuple(y for y in lignes if 0 < y < HAUTEUR_A4)

    def feuilles(self, taille: int) -> tuple[tuple[Contenu, ...], ...]:
        """What is on each sheet of a carnet of `taille` pass, from its top."""
        pile: tuple[Contenu, ...] = (*self.avant, *range(1, taille + 1), *self.apres)
        return tuple(pile[debut : debut + self.bandes] for debut in range(0, len(pile), self.bandes))

    def nombre_feuilles(self, taille: int) -> int:
        """Sheets of paper that come out of the printer for a carnet of `taille` pass."""
        return len(self.feuilles(taille))

    def feuilles_des_lieux(self, taille: int) -> tuple[int, ...]:
        """The sheets, from 1, that hold a place: what goes to the printer again when others are chosen."""
        return self._porteuses(taille, {Bande.LIEUX, Bande.CERTIFICAT if self.gros else Bande.AIDE})

    def feuilles_du_nom(self, taille: int) -> tuple[int, ...]:
        """The sheets, from 1, that say whose carnet it is."""
        return self._porteuses(taille, {Bande.DEVANT})

    def _porteuses(self, taille: int, cherchees: set[Bande]) -> tuple[int, ...]:
        return tuple(rang for rang, bandes in enumerate(self.feuilles(taille), 1) if cherchees.intersection(bandes))


_NORMALE = (Bande.DEVANT, Bande.MODE_D_EMPLOI, Bande.LIEUX, Bande.AIDE, Bande.DONNEES)
_GROSSE, _FIN = (Bande.DEVANT, Bande.MODE_D_EMPLOI, Bande.AIDE), (Bande.LIEUX, Bande.CERTIFICAT)

ORDINAIRE = Gabarit("ordinaire", 54.0, 5, _NORMALE)
BANDES_74 = Gabarit("bandes-74", 74.25, 4, _NORMALE, perfore=True, marge=10.125)
BANDES_99 = Gabarit("bandes-99", 99.0, 3, _NORMALE, perfore=True, marge=22.5)
GROS = Gabarit("gros", 90.0, 3, _GROSSE, _FIN, gros=True)
GROS_99 = Gabarit("gros-99", 99.0, 3, _GROSSE, _FIN, gros=True, perfore=True, marge=7.0)
GABARITS = {gabarit.cle: gabarit for gabarit in (ORDINAIRE, BANDES_74, BANDES_99, GROS, GROS_99)}


class Support(StrEnum):
    """The paper in the printer: plain, to be cut, or sheets cut beforehand into strips of one height (mm)."""

    ORDINAIRE = "ordinaire"
    BANDES_74 = "bandes-74"
    BANDES_99 = "bandes-99"


_SUR: dict[tuple[Support, bool], Gabarit] = {
    (Support.ORDINAIRE, False): ORDINAIRE,
    (Support.ORDINAIRE, True): GROS,
    (Support.BANDES_74, False): BANDES_74,
    # Large letters need 90 mm: they go on plain paper.
    (Support.BANDES_74, True): GROS,
    (Support.BANDES_99, False): BANDES_99,
    (Support.BANDES_99, True): GROS_99,
}


def gabarit_sur(support: Support, *, gros: bool) -> Gabarit:
    """How a carnet goes on this paper, in large print or not."""
    return _SUR[support, gros]


GROS_CARACTERES = "gros_caracteres"
"""The need of a person that asks for large print (one of `personne.BESOINS`)."""


def gabarit_pour(besoins: Sequence[str], support: Support = Support.ORDINAIRE) -> Gabarit:
    """What suits a person who said these needs, on this paper."""
    return gabarit_sur(support, gros=GROS_CARACTERES in besoins)


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
