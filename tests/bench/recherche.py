"""Search as one types, as the page *Personnes* asks for it: against the bare full-text query, and ten times the people.

Measured through the service that the page calls, with the number of pass of each line; the same texts in every base.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from passdesk.app import load_communes
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.domain.phonetique import replier
from passdesk.services.personnes import LIMITE, chercher
from passdesk.services.poste import Poste
from tests.bench import Mesure, centile, durees_ms
from tests.bench.peuple import CLE, Gens, peupler

ENTREES = 60
"""People searched for, letter by letter."""
AIM_MS = 16
NUE = (
    "SELECT personne.* FROM personne_fts JOIN personne ON personne.rang = personne_fts.rowid "
    "WHERE personne_fts MATCH ? ORDER BY rank LIMIT ?"
)
"""The bare query: the beginnings typed, best first, the lines of one page."""


def mesurer(bref: bool) -> Iterator[Mesure]:
    """100 000 people, then 1 000 000 (10 000 and 100 000 when brief)."""
    communes = load_communes()
    centiles = []
    for nombre in (10_000, 100_000) if bref else (100_000, 1_000_000):
        base, gens = peupler(nombre)
        poste = Poste(base.dossier, base, CLE, "bench", HorlogeSysteme())
        noms, tout = textes(gens)
        nue = durees_ms(partial(_nue, poste, texte) for texte in noms)
        par_nom = durees_ms(partial(chercher, poste, texte, communes) for texte in noms)
        ensemble = par_nom + durees_ms(partial(chercher, poste, texte, communes) for texte in tout)
        base.fermer()
        p95 = centile(ensemble, 95)
        centiles.append(p95)
        ratio = centile(par_nom, 95) / centile(nue, 95)
        yield Mesure(
            "recherche_frappe", centile(par_nom, 95), "ms p95", f"bare FTS query, {nombre} people", ratio, "<= 2",
            ratio <= 2,
        )  # fmt: skip
        yield Mesure("recherche_tout", p95, f"ms p95, {nombre} people", aim=f"<= {AIM_MS}", met=p95 <= AIM_MS)
    ratio = centiles[1] / centiles[0]
    yield Mesure("recherche_taille", centiles[1], "ms p95", "ten times fewer people", ratio, "<= 2.5", ratio <= 2.5)


def textes(gens: list[Gens]) -> tuple[list[str], list[str]]:
    """What is typed: names growing letter by letter; and dates, years, telephones, communes, postal codes, numbers."""
    hasard = random.Random(1)
    noms: list[str] = []
    tout: list[str] = []
    for un in hasard.sample(gens, ENTREES):
        nom, prenoms = str(un.corps["nom_naissance"]), str(un.corps["prenoms"])
        phrase = hasard.choice((f"{nom} {prenoms.split()[0]}", f"{prenoms.split()[0]} {nom}"))
        noms += [phrase[:longueur] for longueur in range(1, len(phrase) + 1) if phrase[longueur - 1].isalnum()]
        an, mois, jour = str(un.corps["naissance"]).split("-")
        tout += [f"{jour}/{mois}/{an}", f"{nom} {an}", an]
        telephone = str(un.corps["telephone"]) or "06 12"
        tout += [telephone[:longueur] for longueur in (5, 8, 14)] + [telephone[-8:], f"{nom} {telephone[:8]}"]
    tout += ["lille", "fourm", "59600", "maubeuge", f"{gens[0].corps['nom_naissance']} fourmies", "127 0000021"] * 8
    return noms, tout


def _nue(poste: Poste, texte: str) -> None:
    expression = " ".join(f'"{mot}"*' for mot in replier(texte).split())
    poste.base.db.execute(NUE, [expression, LIMITE + 1]).fetchall()
