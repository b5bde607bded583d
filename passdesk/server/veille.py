"""What a server does by itself, now and then: takes up lots that waited for room, publishes what was voided and keeps
the file of the places up to date, clears what was erased out of its files, and says that its publication key ends or
that it grants nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from passdesk.domain.erreurs import KnownError
from passdesk.server.annonce import tenir_a_jour
from passdesk.server.menage import faire_le_menage
from passdesk.server.publication import publier_si_besoin
from passdesk.server.region import PREAVIS_JOURS, Region
from passdesk.server.reprise import reprendre_les_lots
from passdesk.server.restauration import attente
from passdesk.server.suivi import journal, ou

T = TypeVar("T")

TOUR_S = 600.0
"""Seconds between two looks; the first one too: a server started again and again publishes nothing more."""
ATTENTION = "cle_de_publication"
"""What the journal says of a key that ends, with its last day and how many are left."""
SUSPENSION = "dotations_suspendues"
"""The same of a Region put back to a backup that grants nothing: how many desks and lots, and the command to type."""


_Dite = tuple[date, bool, frozenset[str]]
"""What the journal was told: the day, whether a lot waits, and which desks say again that the data were put back."""


async def veiller(
    presente: Callable[[], Region],
    attendre: Callable[[float], Awaitable[object]] = asyncio.sleep,
    annonce: Path | None = None,
) -> None:
    """Goes on until it is cancelled, whatever happens to one look. `presente`: the Region with its keys of the day;
    `annonce`: the file that hands the bundle out to the places, none without."""
    dit = prevenir(presente())
    await asyncio.to_thread(_tenter, lambda: _tenir(presente(), annonce))
    dite = await asyncio.to_thread(_tenter, lambda: dire_la_suspension(presente()))
    while True:
        await attendre(TOUR_S)
        dit = await asyncio.to_thread(_regarder, presente(), dit, annonce)
        dite = await asyncio.to_thread(_tenter, partial(dire_la_suspension, presente(), dite))


def prevenir(region: Region, dit: int | None = None) -> int | None:
    """Writes in the journal that the publication key ends, once a day (`dit`: the days left when it last did)."""
    reste = region.jours_de_publication()
    if reste > PREAVIS_JOURS or reste == dit:
        return dit
    jour = region.cles.lien_publication.dernier_jour
    journal.warning(ATTENTION, extra={"faits": {"jusqu_au": jour.isoformat(), "jours": reste}})
    return reste


def dire_la_suspension(region: Region, dite: _Dite | None = None) -> _Dite | None:
    """Writes in the journal that this Region grants nothing, and why, once a day while it lasts (`dite`: what this
    returned last)."""
    with region.magasin.lire() as tx:
        attendus = attente(tx)
    if not attendus.postes:
        return None
    neuve = (region.horloge.aujourdhui(), bool(attendus.lots), attendus.vies)
    if neuve != dite:
        qui = {"dite_par": attendus.dite_par, "redite_par": sorted(attendus.vies)}
        journal.warning(SUSPENSION, extra={"faits": {**attendus.faits(), **qui}})
    return neuve


def _regarder(region: Region, dit: int | None, annonce: Path | None) -> int | None:
    _tenter(lambda: _publier(region))
    # Also what a command of the Region published in another process.
    _tenter(lambda: _tenir(region, annonce))
    # An exchange does it too, but after the last one of a Friday evening nobody comes before Monday.
    faire_le_menage(region)
    return prevenir(region, dit)


def _publier(region: Region) -> None:
    reprendre_les_lots(region)
    if publier_si_besoin(region):
        journal.info("annonce_publiee")


def _tenir(region: Region, annonce: Path | None) -> None:
    if annonce is not None and tenir_a_jour(region, annonce):
        journal.info("annonce_ecrite")


def _tenter(geste: Callable[[], T]) -> T | None:
    try:
        return geste()
    except KnownError as trouble:
        journal.warning("panne %s", trouble.code, extra={"faits": {"code": trouble.code}})
    except Exception as bug:
        # The next look comes all the same; where, never what.
        journal.error("imprevu %s", type(bug).__name__, extra={"faits": {"bug": type(bug).__name__, "ou": ou(bug)}})
    return None
