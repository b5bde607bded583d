"""Two persons of the same names and birth date: what a *responsable* says so that one does not count for the other."""

from __future__ import annotations

from dataclasses import dataclass, field

MOTIFS_HOMONYME = ("identite_differente", "jumeaux_ou_parents", "autre")
"""Why they are two: another proof of identity, twins or relatives, something else that is then written."""

MOTIFS_RETRAIT = ("meme_personne", "par_megarde", "autre")
"""Why the word is taken back: it was the same person after all, it was noted by mistake, something else."""
RETRAIT = "homonyme_retire"
"""`genre` of the `litige.noter` v2 that takes it back."""


@dataclass(frozen=True, slots=True)
class Homonyme:
    """Said of the identity of blind key `cle` (protocol §6), and of no other.

    `motif`: one of MOTIFS_HOMONYME; `texte`: in the agent's words; `agent`: id of the *responsable*; `le`: AAAA-MM-JJ.
    """

    motif: str
    texte: str = field(repr=False)
    agent: str
    le: str
    cle: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class HomonymeNote:
    """What is said of a recorded person, and what taking it back would do.

    `motif`: one of MOTIFS_HOMONYME; `texte`, `agent` (name) and `le` (AAAA-MM-JJ) may be "". `ici`: pass awarded to
    this record; `ensemble`: those that would count together; `plafond`: pass that one person may have. `peut_retirer`:
    the agent at work may take it back.
    """

    personne_id: str
    motif: str
    texte: str = field(repr=False)
    agent: str = field(repr=False)
    le: str
    ici: int
    ensemble: int
    plafond: int
    peut_retirer: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the pass already received come from: this desk, the other desks as the Region last told.

    `liste_le`: day of that telling (AAAA-MM-JJ), "" before the first. `par_identite`: how many of them are known by
    the names and the birth date alone, which two persons may share. `homonyme`: reason already said, or "";
    `dans_la_visite`: said in this visit, not recorded yet. `peut_dire`: the agent at work may say that they are two.
    """

    ici: int = 0
    ailleurs: int = 0
    liste_le: str = ""
    par_identite: int = 0
    homonyme: str = ""
    peut_dire: bool = False
    dans_la_visite: bool = False
