"""What the panel beside the form shows: a state, reasons, and the one next step. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from passdesk.domain.carnet import Carnet

EtatDroit = Literal["accord", "question", "incomplet", "refus", "servir"]
"""`servir`: nothing more is given, and a carnet already awarded has not been handed over yet."""
CleAction = Literal[
    "attribuer",
    "attribuer_seul",
    "garder",
    "noter",
    "garder_seul",
    "noter_seul",
    "aller",
    "attendre",
    "terminer",
    "abandonner",
    "servir",
    "imprimer",
    "expliquer",
    "deroger",
    "accorder_derogation",
]
"""`attribuer`, `garder`, `noter`: record, then print; with `_seul`: record alone. `abandonner`: nothing is recorded."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """Icon, tone, sentence, and its reference in small. `gras`: the beginning of the sentence that is in bold.

    `precision`: what is asked for, on a line of its own, as large as the sentence.
    """

    icone: str
    ton: str
    texte: str
    reference: str = ""
    gras: str = ""
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of the panel. `repliee`: only counted, until it is opened."""

    titre: str
    lignes: tuple[Ligne, ...]
    repliee: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """The filled button. `champ`: where "aller" puts the focus. `carnet`: the one that "servir" goes on with."""

    cle: CleAction
    libelle: str
    icone: str
    champ: str = ""
    carnet: Carnet | None = None


@dataclass(frozen=True, slots=True)
class Droit:
    """All that the panel shows."""

    etat: EtatDroit
    surtitre: str
    titre: str
    sens: str
    sections: tuple[Section, ...]
    rassurance: tuple[str, ...]
    action: Action
    retenu: bool = False
    """True when the answer is yes and something else keeps this desk from awarding."""
    discretes: tuple[Action, ...] = ()
    """Rarer acts, as quiet buttons."""

    @property
    def raisons(self) -> int:
        """How many reasons there are to read."""
        return sum(len(section.lignes) for section in self.sections)
