"""Likely doubles: how many labelled pairs are told right, and how long the desk waits while somebody is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from rapidfuzz.distance import OSA

from passdesk.domain.personne import Personne
from passdesk.domain.ressemblance import cles, cles_cherchees, rapprocher
from passdesk.storage.proches import proches
from tests.bench import Mesure, centile, durees_ms
from tests.bench.paires import ACCORD, MESURE, Paire, paires
from tests.bench.peuple import Gens, peupler

TROUVES_MIN, FAUSSES_MAX = 97.0, 2.0
AIM_MS = 50


def mesurer(bref: bool) -> Iterator[Mesure]:
    """The half of the habits that tuned the matcher, then the other; then 100 000 people (20 000 when brief)."""
    toutes = paires()
    for moitie, quoi in ((ACCORD, "habits it was tuned on"), (MESURE, "habits kept apart")):
        yield from _justesse(quoi, [paire for paire in toutes if paire.moitie == moitie])
    nombre = 20_000 if bref else 100_000
    base, gens = peupler(nombre)
    durees = durees_ms(partial(proches, base, saisie) for un in gens[:60] for saisie in saisies(un))
    base.fermer()
    p95 = centile(durees, 95)
    yield Mesure("doubles_frappe", p95, f"ms p95, {nombre} people", aim=f"<= {AIM_MS}", met=p95 <= AIM_MS)


def reconnue(paire: Paire) -> bool:
    """Told as alike: the keys bring the two together, and the comparison says so."""
    return (
        bool(cles(paire.une) & cles_cherchees(paire.autre))
        and rapprocher(paire.une, paire.autre, OSA.distance) is not None
    )


def saisies(un: Gens) -> Iterator[Personne]:
    """What is on the form after each field, then as each letter of a changed first name comes."""
    corps = un.corps
    nom, prenoms = str(corps["nom_naissance"]), str(corps["prenoms"])
    naissance = date.fromisoformat(str(corps["naissance"]))
    yield Personne("", nom, "")
    for lettres in range(1, len(prenoms) + 1):
        yield Personne("", nom, prenoms[:lettres])
    yield Personne("", nom, prenoms, naissance)
    yield Personne(
        "", prenoms, nom, naissance.replace(day=min(naissance.day + 1, 28)), telephone=str(corps["telephone"])
    )


def _justesse(quoi: str, choisies: list[Paire]) -> Iterator[Mesure]:
    memes = [reconnue(paire) for paire in choisies if paire.meme]
    autres = [reconnue(paire) for paire in choisies if not paire.meme]
    trouves, fausses = 100 * sum(memes) / len(memes), 100 * sum(autres) / len(autres)
    yield Mesure(
        "doubles_trouves",
        trouves,
        f"% of {len(memes)} pairs, {quoi}",
        goal=f">= {TROUVES_MIN}",
        ok=trouves >= TROUVES_MIN,
    )
    yield Mesure(
        "doubles_fausses_alertes", fausses, f"% of {len(autres)} pairs, {quoi}", goal=f"<= {FAUSSES_MAX}",
        ok=fausses <= FAUSSES_MAX,
    )  # fmt: skip
