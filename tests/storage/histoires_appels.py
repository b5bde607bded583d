"""What a desk may have said of the carnets 1 (of p1) and 2 (of p2), merges and erasures in between, step by step."""

from __future__ import annotations

from typing import Any

from passdesk.storage.engine import Base
from tests.storage.gestes import AGENT, CAMPAGNE, IDENTITE, recevoir, servir

Pas = tuple[Any, ...]
JOUR = "2027-01-05"
REUNIS = ("reunir", "p1", "p2")
SEPARES = ("separer", "p1", "p2")

HISTOIRES: dict[str, tuple[Pas, ...]] = {
    "called": (("appel", "p1", "jointe", 1), ("appel", "p2", "servi", 2)),
    "taken back": (("appel", "p1", "sans_reponse", 1), ("appel", "p1", "jointe", 1), ("repris", "p1", 1)),
    "taken back as first written": (("appel", "p1", "sans_reponse", 1), ("appel", "p1", "jointe", 1), ("repris", "p1")),
    "merged": (("appel", "p2", "jointe", 2), REUNIS, ("appel", "p1", "servi", 1, 2)),
    "merged then erased": (("appel", "p2", "jointe", 2), REUNIS, ("appel", "p1", "servi", 1, 2), ("effacer", "p1")),
    "two again, who kept erased": (REUNIS, ("appel", "p1", "jointe", 1, 2), SEPARES, ("effacer", "p1")),
    "two again, the other erased": (REUNIS, ("appel", "p1", "jointe", 1, 2), SEPARES, ("effacer", "p2")),
    "two again, both erased": (
        REUNIS, ("appel", "p1", "jointe", 1, 2), SEPARES, ("effacer", "p2"), ("effacer", "p1"),
    ),
    "the word of before holds again": (
        ("appel", "p2", "sans_reponse", 2), REUNIS, ("appel", "p1", "jointe", 1, 2), SEPARES, ("effacer", "p1"),
    ),
    "taken back by one who was erased": (
        ("appel", "p2", "jointe", 2), REUNIS, ("repris", "p1", 1, 2), SEPARES, ("effacer", "p1"),
    ),
    "taken back by one who stays": (
        REUNIS, ("appel", "p1", "jointe", 1, 2), SEPARES, ("reunir", "p2", "p1"), ("repris", "p2", 1, 2),
        ("separer", "p2", "p1"), ("appel", "p1", "servi", 1), ("effacer", "p1"), ("appel", "p2", "servi", 2),
    ),
    "taken back as first written, then erased": (
        ("appel", "p2", "jointe", 2), REUNIS, ("appel", "p1", "servi", 1, 2), ("repris", "p1"), SEPARES,
        ("effacer", "p1"),
    ),
    "taken back as first written, about one erased since": (
        REUNIS, ("appel", "p1", "sans_reponse", 1), ("appel", "p1", "servi", 2), SEPARES, ("effacer", "p2"),
        ("repris", "p1"),
    ),
}  # fmt: skip


def vivre(base: Base, histoire: tuple[Pas, ...]) -> None:
    """Two persons with a carnet each, then the steps, an act each."""
    recevoir(base)
    for rang in (1, 2):
        servir(base, f"p{rang}", rang, cle=bytes([rang]) * 16)
    for pas in histoire:
        with base.acte(AGENT) as acte:
            acte.inscrire(*_acte(*pas))


def _acte(geste: str, sujet: str, *reste: Any) -> tuple[Any, ...]:
    if geste == "appel":
        return "personne.modifier", sujet, _dit({"issue": reste[0], "le": JOUR, "carnets": _carnets(reste[1:])})
    if geste == "repris":
        # As it was first written, it names no carnet.
        return "personne.modifier", sujet, _dit({"repris": True} | ({"carnets": _carnets(reste)} if reste else {}))
    if geste == "effacer":
        return "personne.effacer", sujet, {"cle": None}
    absorbee = {"absorbee": reste[0]}
    return ("personne.fusionner", sujet, *((absorbee,) if geste == "reunir" else (absorbee | {"annule": True}, 2)))


def _dit(mot: dict[str, Any]) -> dict[str, Any]:
    return {**IDENTITE, "rappel": mot}


def _carnets(numeros: tuple[int, ...]) -> list[list[int]]:
    return [[CAMPAGNE, numero] for numero in numeros]
