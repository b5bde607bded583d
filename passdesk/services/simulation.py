"""A règlement tried on many cases before it is published: what it gives, to whom, and what it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from passdesk.domain.demande import Dossier
from passdesk.domain.evaluation import Decision, evaluer
from passdesk.domain.reglement import Parametre, Reglement, choisir
from passdesk.services.cas import CasLu


@dataclass(frozen=True, slots=True)
class CasSimule:
    """A row judged. `decision` None when it could not be read; `avant`: under the règlements compared with, if any."""

    cas: CasLu
    decision: Decision | None
    avant: Decision | None = None

    @property
    def change(self) -> bool:
        """True when the person would get another answer: issue, number of pass, or reasons."""
        if self.decision is None or self.avant is None:
            return False
        return _reponse(self.decision) != _reponse(self.avant)


def _reponse(decision: Decision) -> tuple[object, ...]:
    return decision.issue, decision.pass_accordes, decision.reste, tuple(motif.code for motif in decision.motifs)


@dataclass(slots=True)
class BilanSimulation:
    """What a simulation gave. `publics`: pass awarded by public.

    `reserves`: pass taken from each stock and reserve that a règlement limits, by name ("stock", "lyceen · lycee",
    "lyceen · lycee · 0590001A").

    `passages`: cases whose answer changes, by issue before and after.
    """

    lignes: int = 0
    illisibles: int = 0
    passes: int = 0
    passes_avant: int = 0
    changes: int = 0
    issues: Counter[str] = field(default_factory=Counter)
    motifs: Counter[str] = field(default_factory=Counter)
    reglements: Counter[str] = field(default_factory=Counter)
    publics: Counter[str] = field(default_factory=Counter)
    passages: Counter[tuple[str, str]] = field(default_factory=Counter)
    reserves: Counter[str] = field(default_factory=Counter)

    def compter(self, simule: CasSimule) -> None:
        """Adds a case."""
        self.lignes += 1
        decision = simule.decision
        if decision is None or simule.cas.dossier is None:
            self.illisibles += 1
            return
        self.issues[decision.issue] += 1
        self.reglements[decision.reglement] += 1
        self.motifs.update(motif.code for motif in decision.motifs)
        self.passes += decision.pass_accordes
        self.publics[simule.cas.dossier.public] += decision.pass_accordes
        if simule.avant is not None:
            self.passes_avant += simule.avant.pass_accordes
            if simule.change:
                self.changes += 1
                self.passages[simule.avant.issue, decision.issue] += 1


class _Reserves:
    """What is left of each stock and reserve as the rows go by, in their order; what a row states wins.

    A pot is one pot whatever the règlement that draws on it: all that is taken counts together, and each row is held
    against the limit of its own règlement. `dites` receives what was taken of those that some règlement limits.
    """

    def __init__(self, dites: Counter[str]) -> None:
        self._dites = dites
        self._pris: Counter[str] = Counter()

    def completer(self, dossier: Dossier, reglement: Reglement) -> Dossier:
        changes: dict[str, Any] = {
            nom: max(0, limite.valeur - self._pris[cle])
            for nom, cle, limite in self._caisses(dossier, reglement)
            if limite is not None and getattr(dossier, nom) is None
        }
        return replace(dossier, **changes) if changes else dossier

    def prendre(self, dossier: Dossier, reglement: Reglement, nombre: int) -> None:
        for _, cle, limite in self._caisses(dossier, reglement) if nombre else ():
            self._pris[cle] += nombre
            if limite is not None or cle in self._dites:
                self._dites[cle] = self._pris[cle]

    @staticmethod
    def _caisses(dossier: Dossier, reglement: Reglement) -> Iterator[tuple[str, str, Parametre[int] | None]]:
        """All that a row draws on: the field that states what is left, its name, the limit if there is one."""
        public = reglement.public(dossier.public)
        cle = f"{public.nom} · {reglement.pot(public.nom)}"
        yield "stock", "stock", reglement.stock
        yield "reserve", cle, public.reserve
        if dossier.etablissement is not None:
            yield "reserve_etablissement", f"{cle} · {dossier.etablissement}", public.reserve_par_etablissement


def simuler(
    cas: Iterable[CasLu],
    reglements: Sequence[Reglement],
    bilan: BilanSimulation,
    *,
    compares: Sequence[Reglement] = (),
) -> Iterator[CasSimule]:
    """Judges each row as it comes, under the règlement of its day of arrival; `bilan` follows. Memory stays flat.

    The stock and the reserves that a règlement states are used up in the order of the rows. `compares`: règlements that
    each case is judged under too, with the same facts.
    """
    reserves = _Reserves(bilan.reserves)
    for un in cas:
        simule = CasSimule(un, None)
        if un.dossier is not None:
            reglement = choisir(reglements, un.dossier.arrivee_le)
            decision = evaluer(reserves.completer(un.dossier, reglement), reglements)
            reserves.prendre(un.dossier, reglement, decision.pass_accordes)
            simule = CasSimule(un, decision, evaluer(un.dossier, compares) if compares else None)
        bilan.compter(simule)
        yield simule
