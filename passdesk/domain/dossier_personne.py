"""All that is kept of one person, as it is put on paper: headings, then lines of a name and a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class LigneDossier:
    """One line. `nom`: what it is, "" for a sentence that stands alone."""

    nom: str
    valeur: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A heading and its lines, in the order in which they are read.

    `encadree`: its lines are copied by hand; they stand out, in a frame.
    """

    titre: str
    lignes: tuple[LigneDossier, ...] = field(repr=False)
    encadree: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPapier:
    """What is handed over. `introduction` and `pied`: sentences before and after; `gros`: in large print."""

    titre: str
    personne: str = field(repr=False)
    guichet: str
    telephone_aide: str
    le: date
    introduction: tuple[str, ...]
    rubriques: tuple[Rubrique, ...] = field(repr=False)
    pied: tuple[str, ...] = ()
    gros: bool = False
