"""Opening hours of OpenStreetMap (`opening_hours`) as a week, when the same week holds all year."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined] # its stubs forget one

from passdesk.domain.horaires import JOURS, MINUIT, Horaires, Journee, Plage, semaine, unir

LUNDI = datetime(2024, 1, 1)  # noqa: DTZ001 (the hours of a door have no time zone)
"""A Monday. Any would do: what changes from one year to the next is not the hours of every week."""
SEMAINES = 53
LONGUEUR_MAX = 500
_ANNEE = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SOLEIL = re.compile(r"sun(?:rise|set)|dawn|dusk", re.IGNORECASE)


@lru_cache(maxsize=4096)
def lire_osm(expression: str) -> tuple[Horaires | None, str]:
    """The week of an expression and "", or None and why: "lieu_horaires_illisibles", "lieu_horaires_changeants".

    Public and school holidays are left out, as on any door. A season, one week in two, a remark ("on appointment"), an
    opening past midnight or without end cannot be told in a few words: better to telephone.
    """
    if len(expression) > LONGUEUR_MAX:
        return None, "lieu_horaires_illisibles"
    try:
        lus = OpeningHours(expression)
    except ParserError:
        return None, "lieu_horaires_illisibles"
    if _ANNEE.search(expression) or _SOLEIL.search(expression):
        return None, "lieu_horaires_changeants"
    semaines: list[list[list[Plage]]] = [[[] for _ in JOURS] for _ in range(SEMAINES)]
    for debut, fin, etat, remarque in lus.intervals(LUNDI, LUNDI + timedelta(weeks=SEMAINES)):
        if etat == State.CLOSED:
            continue
        minutes = debut.hour * 60 + debut.minute, fin.hour * 60 + fin.minute
        if etat != State.OPEN or remarque or debut.date() != fin.date() or not 0 < minutes[0] < minutes[1] < MINUIT:
            return None, "lieu_horaires_changeants"
        jours = (debut - LUNDI).days
        semaines[jours // 7][jours % 7].append(Plage(*minutes))
    unies: set[tuple[Journee, ...]] = {tuple(unir(jour) for jour in jours) for jours in semaines}
    if len(unies) > 1:
        return None, "lieu_horaires_changeants"
    trouves = semaine(list(unies.pop()))
    return trouves, "" if trouves else "lieu_horaires_changeants"
