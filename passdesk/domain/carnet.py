"""The life of a carnet: one table of states, acts and who may do them (protocol §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Etat(StrEnum):
    """Where a carnet stands. `expire` is computed from the date; a *litige* is a block beside the state."""

    RESERVE = "reserve"
    ATTRIBUE = "attribue"
    A_CONFIRMER_IMPRESSION = "a_confirmer_impression"
    IMPRIME = "imprime"
    REMIS = "remis"
    ENTAME = "entame"
    EPUISE = "epuise"
    ANNULE = "annule"
    GACHE = "gache"
    PERDU = "perdu"
    VOLE = "vole"
    RETOURNE = "retourne"


class Acteur(StrEnum):
    """Who may do an act (guides at the desk, protocol §1)."""

    MEDIATEUR = "mediateur"
    RESPONSABLE = "responsable"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table: in state `de`, the act `acte` leads to `vers`; done by `qui`, with the facts `exige`."""

    de: Etat
    acte: str
    vers: Etat
    qui: Acteur
    exige: tuple[str, ...] = ()


_M, _R, _REGION = Acteur.MEDIATEUR, Acteur.RESPONSABLE, Acteur.REGION

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Etat.RESERVE, "attribution.accorder", Etat.ATTRIBUE, _M, ("demande",)),
    Transition(Etat.ATTRIBUE, "carnet.impression_lancee", Etat.A_CONFIRMER_IMPRESSION, _M, ("feuilles",)),
    Transition(Etat.A_CONFIRMER_IMPRESSION, "carnet.impression_faite", Etat.IMPRIME, _M),
    Transition(Etat.A_CONFIRMER_IMPRESSION, "carnet.impression_ratee", Etat.ATTRIBUE, _M, ("sortie",)),
    # Reprint before hand-over: same numbers, same bytes, logged.
    Transition(Etat.IMPRIME, "carnet.impression_lancee", Etat.A_CONFIRMER_IMPRESSION, _M, ("feuilles",)),
    Transition(Etat.IMPRIME, "carnet.remettre", Etat.REMIS, _M, ("le",)),
    # The wrong box ticked: the same day, while the paper is still at the desk (`carnet.remettre` version 2).
    Transition(Etat.REMIS, "remise.annuler", Etat.IMPRIME, _M, ("le",)),
    # Before hand-over: void, the value goes back to its pot once the void is published.
    Transition(Etat.ATTRIBUE, "attribution.annuler", Etat.ANNULE, _R, ("motif",)),
    Transition(Etat.IMPRIME, "attribution.annuler", Etat.ANNULE, _R, ("motif",)),
    Transition(Etat.ATTRIBUE, "carnet.gacher", Etat.GACHE, _M, ("motif",)),
    Transition(Etat.A_CONFIRMER_IMPRESSION, "carnet.gacher", Etat.GACHE, _M, ("motif",)),
    Transition(Etat.IMPRIME, "carnet.gacher", Etat.GACHE, _M, ("motif",)),
    # Once the paper may have left the desk, it can get lost or stolen.
    Transition(Etat.IMPRIME, "carnet.declarer_perdu", Etat.PERDU, _M, ("le",)),
    Transition(Etat.IMPRIME, "carnet.declarer_vole", Etat.VOLE, _M, ("le",)),
    Transition(Etat.REMIS, "carnet.declarer_perdu", Etat.PERDU, _M, ("le",)),
    Transition(Etat.REMIS, "carnet.declarer_vole", Etat.VOLE, _M, ("le",)),
    Transition(Etat.REMIS, "carnet.retourner", Etat.RETOURNE, _M, ("le",)),
    Transition(Etat.ENTAME, "carnet.declarer_perdu", Etat.PERDU, _M, ("le",)),
    Transition(Etat.ENTAME, "carnet.declarer_vole", Etat.VOLE, _M, ("le",)),
    Transition(Etat.ENTAME, "carnet.retourner", Etat.RETOURNE, _M, ("le",)),
    Transition(Etat.IMPRIME, "carnet.retourner", Etat.RETOURNE, _M, ("le",)),
    # Only the Region knows that pass were spent; hand-over is never a condition at the place.
    Transition(Etat.IMPRIME, "pass.depenser", Etat.ENTAME, _REGION),
    Transition(Etat.REMIS, "pass.depenser", Etat.ENTAME, _REGION),
    Transition(Etat.ENTAME, "pass.epuiser", Etat.EPUISE, _REGION),
)

_TABLE = {(t.de, t.acte): t for t in TRANSITIONS}

IMPRIMABLE = frozenset({Etat.ATTRIBUE, Etat.IMPRIME})
REMPLACABLES = frozenset({Etat.PERDU, Etat.VOLE, Etat.RETOURNE})
"""States after which a person may be given another carnet of the same size, which counts 0 (protocol §3)."""


class TransitionInterdite(Exception):
    """A bug: an act that the table does not know from this state."""


def transition(etat: Etat, acte: str) -> Transition:
    """The table's line for this act. Raises TransitionInterdite: callers offer only what the table allows."""
    try:
        return _TABLE[etat, acte]
    except KeyError:
        raise TransitionInterdite(f"{etat} -> {acte}") from None


def suivant(etat: Etat, acte: str) -> Etat:
    """The state after the act. Raises TransitionInterdite."""
    return transition(etat, acte).vers


def actes_possibles(etat: Etat, qui: Acteur | None = None) -> tuple[str, ...]:
    """The acts offered from this state, in the table's order, all or those of one actor."""
    return tuple(t.acte for t in TRANSITIONS if t.de is etat and (qui is None or t.qui is qui))


@dataclass(frozen=True, slots=True)
class Carnet:
    """A carnet awarded at this desk. `numero` is unique in its campaign (21 bits); `kid` names the key that signs it.

    `rangs_bloques`: ranks that a *litige* blocks, empty when there is none.
    """

    campagne: int
    numero: int
    taille: int
    dernier_jour: date
    kid: int
    etat: Etat
    personne_id: str
    attribution_id: str
    remis_le: date | None = None
    rangs_bloques: tuple[int, ...] = ()

    def expire(self, le: date) -> bool:
        """True when the last printed day is past."""
        return le > self.dernier_jour
