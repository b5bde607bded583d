"""The log and the looks together, the latest first and page by page: a page costs the same in a log of any length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from passdesk.protocol.operations import Operation
from passdesk.storage.consultation import ACTES, operation
from passdesk.storage.engine import Base
from passdesk.storage.lecture import instant, lignes

SANS_FIN = 1 << 62
"""Later than anything written."""


@dataclass(frozen=True, slots=True)
class Repere:
    """How far was read: the acts before (epoch, number), the looks before this row."""

    acte: tuple[int, int] = (SANS_FIN, 0)
    regard: int = SANS_FIN


@dataclass(frozen=True, slots=True)
class FiltreTraces:
    """What to read. `types`: beginnings of types of acts, `gestes`: looks; None for all, () for none of them.

    `sujets`: about one of these ids, `fin_sujet`: or about one whose id ends so. `depuis`, `avant`: ms since 1970.
    """

    agent_id: str = ""
    types: tuple[str, ...] | None = None
    gestes: tuple[str, ...] | None = None
    sujets: tuple[str, ...] | None = None
    fin_sujet: str = ""
    depuis: int = 0
    avant: int = SANS_FIN


@dataclass(frozen=True, slots=True)
class Trace:
    """An act (`operation`), or a look at somebody's file: by whom, at whom, how (`geste`), when (UTC)."""

    agent_id: str
    sujet_id: str
    quand: datetime
    operation: Operation | None = None
    geste: str = ""
    rang: int = 0


def lire(base: Base, filtre: FiltreTraces, repere: Repere, limite: int) -> tuple[tuple[Trace, ...], Repere | None]:
    """At most `limite` traces before `repere`, and where the next page begins, None when there is none.

    Each of the two is read in the order in which it was written, whatever the clock said then.
    """
    actes = _actes(base, filtre, repere.acte, limite + 1)
    regards = _regards(base, filtre, repere.regard, limite + 1)
    lues: list[Trace] = []
    while len(lues) < limite and (actes or regards):
        suivants = actes if actes and (not regards or actes[0].quand >= regards[0].quand) else regards
        lues.append(suivants.pop(0))
    if not actes and not regards:
        return tuple(lues), None
    for trace in lues:
        if trace.operation is None:
            repere = Repere(repere.acte, trace.rang)
        else:
            entete = trace.operation.entete
            repere = Repere((entete.epoch, entete.seq), repere.regard)
    return tuple(lues), repere


def _actes(base: Base, filtre: FiltreTraces, avant: tuple[int, int], limite: int) -> list[Trace]:
    if filtre.types == ():
        return []
    conditions, valeurs = _communs(filtre, "o.agent_id", "o.subject_id", "o.wall")
    conditions.append("(o.epoch, o.seq) < (?, ?)")
    valeurs += avant
    if filtre.types is not None:
        conditions.append("(" + " OR ".join("o.type LIKE ?" for _ in filtre.types) + ")")
        valeurs += [f"{debut}%" for debut in filtre.types]
    sql = f"{ACTES} WHERE {' AND '.join(conditions)} ORDER BY o.epoch DESC, o.seq DESC LIMIT ?"
    lues = (operation(tuple(champs.values())) for champs in lignes(base, sql, [*valeurs, limite]))
    return [Trace(o.entete.agent_id, o.entete.subject_id, instant(o.entete.wall), o) for o in lues]


def _regards(base: Base, filtre: FiltreTraces, avant: int, limite: int) -> list[Trace]:
    if filtre.gestes == ():
        return []
    conditions, valeurs = _communs(filtre, "agent_id", "personne_id", "quand")
    conditions.append("rang < ?")
    valeurs.append(avant)
    if filtre.gestes is not None:
        conditions.append(_parmi("geste", filtre.gestes))
        valeurs += filtre.gestes
    sql = f"SELECT * FROM consultation WHERE {' AND '.join(conditions)} ORDER BY rang DESC LIMIT ?"  # noqa: S608
    return [
        Trace(c["agent_id"], c["personne_id"], instant(c["quand"]), None, c["geste"], c["rang"])
        for c in lignes(base, sql, [*valeurs, limite])
    ]


def _communs(filtre: FiltreTraces, agent: str, sujet: str, quand: str) -> tuple[list[str], list[Any]]:
    conditions = [f"{quand} >= ?", f"{quand} < ?"]
    valeurs: list[Any] = [filtre.depuis, filtre.avant]
    if filtre.agent_id:
        conditions.append(f"{agent} = ?")
        valeurs.append(filtre.agent_id)
    sujets = []
    if filtre.sujets is not None:
        sujets.append(_parmi(sujet, filtre.sujets))
        valeurs += filtre.sujets
    if filtre.fin_sujet:
        sujets.append(f"substr({sujet}, -{len(filtre.fin_sujet)}) = ?")
        valeurs.append(filtre.fin_sujet)
    if sujets:
        conditions.append(f"({' OR '.join(sujets)})")
    return conditions, valeurs


def _parmi(colonne: str, valeurs: Sequence[str]) -> str:
    return f"{colonne} IN ({', '.join('?' for _ in valeurs)})"
