"""Two records of one person: what one lacks and the other tells, read each time; a merge copies nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from passdesk.domain.personne import Personne

IDENTITE = ("nom_naissance", "prenoms", "naissance")
"""What the blind key is made of."""
DOMICILE = ("adresse", "complement_adresse", "code_postal", "commune")
"""Read together: a street of one record and a town of the other would be nobody's address."""
GROUPES = (
    *((champ,) for champ in IDENTITE),
    ("nom_usage",), ("lieu_naissance",), ("telephone",), ("courriel",), ("preference_contact",), ("besoins",),
    ("langue",), ("note",), DOMICILE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reunion:
    """A record with others merged into it. `sienne`: what it says itself; `connue`: as shown, completed by them.

    `ecartes`: fields that somebody left blank since although another record tells them.
    """

    sienne: Personne = field(repr=False)
    connue: Personne = field(repr=False)
    ecartes: tuple[str, ...] = ()


def completer(garde: Personne, autre: Personne, ecartes: Collection[str] = ()) -> Personne:
    """The record kept, with what is blank in it (but not on purpose) and filled in the other; all it says stays."""
    return replace(garde, **{champ: getattr(autre, champ) for champ in _reprises(garde, autre, ecartes)})


def a_ecrire(typee: Personne, reunion: Reunion, *, identite: bool) -> tuple[Personne, tuple[str, ...]]:
    """What is to be written of a person typed: what was left as the other records tell it stays theirs.

    And the fields left blank on purpose. `identite`: names and birth date are written as typed, somebody has just read
    them on a paper.
    """
    connue, siens = reunion.connue, dict[str, Any]()
    ecartes: list[str] = []
    for groupe in GROUPES:
        laisse = all(getattr(typee, champ) == getattr(connue, champ) for champ in groupe)
        if laisse and not (identite and groupe[0] in IDENTITE):
            siens |= {champ: getattr(reunion.sienne, champ) for champ in groupe}
        change = groupe == DOMICILE and not laisse
        vides = (champ for champ in groupe if not getattr(typee, champ))
        ecartes += [champ for champ in vides if change or getattr(connue, champ) or champ in reunion.ecartes]
    return replace(typee, **siens), tuple(ecartes)


def _reprises(garde: Personne, autre: Personne, ecartes: Collection[str]) -> list[str]:
    remplis = []
    for groupe in GROUPES:
        if groupe == DOMICILE and not _meme_domicile(garde, autre, ecartes):
            continue
        remplis += [c for c in groupe if getattr(autre, c) and not getattr(garde, c) and c not in ecartes]
    return remplis


def _meme_domicile(garde: Personne, autre: Personne, ecartes: Collection[str]) -> bool:
    """The record kept has no street, and nothing that it says of its home is otherwise in the other."""
    if garde.adresse or garde.complement_adresse or not set(ecartes).isdisjoint(DOMICILE):
        return False
    return garde.commune in (None, autre.commune) and garde.code_postal in ("", autre.code_postal)
