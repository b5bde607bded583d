"""A refusal lifted at the desk for one person: what the règlement lets a *responsable* lift, and what one granted."""

from __future__ import annotations

from dataclasses import dataclass, field

from passdesk.domain.motif import Motif


@dataclass(frozen=True, slots=True)
class DerogationAccordee:
    """Granted in a visit. `raison`: in the agent's words; `agent`: id of the *responsable*; `le`: AAAA-MM-JJ.

    `leves`: codes of the refusals it was granted for; it lifts no other that comes to stand later. `sur`: the birth
    date, the home and the public that they were made of, () when an earlier program did not keep them.
    """

    raison: str = field(repr=False)
    agent: str
    le: str
    leves: tuple[str, ...]
    sur: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class DerogationPossible:
    """What the règlement in force lets lift of a request. `refus`: the refusals, as they stand without it.

    `motif`: the reason of the decision once lifted, with its article; `par`: who may at least (DEROGATIONS_PAR);
    `peut_dire`: the agent at work may; `accordee`: granted, and in effect, by the agent named `agent`.
    """

    refus: tuple[Motif, ...]
    motif: Motif
    par: str
    peut_dire: bool = False
    accordee: DerogationAccordee | None = None
    agent: str = field(default="", repr=False)
