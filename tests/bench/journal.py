"""A long log on an old desk: a page of the journal costs what it costs in a short one, the weekly check goes with it.

What each is held to in the same run: the same page read bare, the same log done once again in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from passdesk.domain.horloge import HorlogeSysteme
from passdesk.protocol.operations import calculer_hash
from passdesk.services.journal import PAR_PAGE, FiltreJournal, lire_journal, tableau_journal
from passdesk.services.poste import Poste
from passdesk.storage import agents, journal, projections
from passdesk.storage.engine import Base
from passdesk.storage.integrite import verifier_base
from passdesk.storage.migrations import migrations
from passdesk.storage.pilote import connecter
from passdesk.storage.traces import FiltreTraces, Repere, lire
from tests.bench import Mesure, durees_ms
from tests.bench.peuple import CLE, GRAINE, Tirage

TOURS = 15
PAGE_AU_PLUS, PLAT_AU_PLUS, VERIFIER_AU_PLUS = 8.0, 2.0, 4.0
VAIN_AU_PLUS = 60.0
PAR_TRANSACTION = 5_000


def mesurer(bref: bool) -> Iterator[Mesure]:
    """100 000 acts (10 000 when brief), beside a log ten times shorter."""
    nombre = 10_000 if bref else 100_000
    with tempfile.TemporaryDirectory(prefix="passdesk-bench-") as lieu:
        court, long = (_poste(Path(lieu) / str(taille), taille) for taille in (nombre // 10, nombre))
        yield from _pages(court, long, nombre)
        yield from _verification(court, long, nombre)
        for poste in (court, long):
            poste.fermer()


def _poste(dossier: Path, actes: int) -> Poste:
    """Half of the acts about somebody new, half about one who is there; every fourth file was looked at."""
    base = Base.ouvrir(dossier, CLE, HorlogeSysteme(), creer=True)
    base.db.execute("PRAGMA synchronous = OFF")
    tirage = Tirage(GRAINE)
    with base.acte("a1") as acte:
        acte.inscrire("agent.ajouter", "a1", {"nom": "Claire Mabille", "role": agents.RESPONSABLE})
    for debut in range(0, actes // 2, PAR_TRANSACTION):
        with base.acte("a1") as acte:
            for rang in range(debut, min(debut + PAR_TRANSACTION, actes // 2)):
                gens = tirage.gens(rang)
                acte.inscrire("personne.enregistrer", gens.personne_id, gens.corps)
                acte.inscrire("personne.modifier", gens.personne_id, {"telephone": tirage.telephone()})
                if not rang % 4:
                    sql = "INSERT INTO consultation (personne_id, agent_id, geste, quand) VALUES (?, 'a1', 'fiche', ?)"
                    base.db.execute(sql, [gens.personne_id, rang])
    return Poste(dossier, base, CLE, "a1", HorlogeSysteme())


def _pages(court: Poste, long: Poste, nombre: int) -> Iterator[Mesure]:
    """The last page, the one of a single kind of act, and a thousand lines of the table."""
    nue, pages = _en_alternance(lambda: _nue(long), lambda: lire_journal(long, FiltreJournal()))
    yield _mesure("journal_page", pages, f"the same {PAR_PAGE} lines read bare, {nombre} acts", nue, PAGE_AU_PLUS)
    courtes, longues = _en_alternance(
        lambda: lire_journal(court, FiltreJournal()), lambda: lire_journal(long, FiltreJournal())
    )
    yield _mesure("journal_page_log", longues, "a log ten times shorter", courtes, PLAT_AU_PLUS)
    rare = FiltreJournal(genre="effacements")
    longues = median(durees_ms([partial(lire_journal, long, rare)] * TOURS))
    # Nothing is found: all of it is gone through, and no body read.
    yield _mesure("journal_filtre_vide", longues, f"a page, {nombre} acts gone through in vain", pages, VAIN_AU_PLUS)
    tableau = partial(tableau_journal, long, FiltreJournal(), None, lambda note: note.genre)
    nue, tableaux = _en_alternance(lambda: _nue(long, 1000), tableau)
    yield _mesure("journal_tableau", tableaux, "the same thousand lines read bare", nue, PAGE_AU_PLUS)


def _verification(court: Poste, long: Poste, nombre: int) -> Iterator[Mesure]:
    nue, verifiee = _en_alternance(lambda: _rejouer(long.base), lambda: _saine(long.base), tours=1)
    yield _mesure("verification", verifiee, f"the same {nombre} acts done once in memory", nue, VERIFIER_AU_PLUS)
    courtes, longues = _en_alternance(lambda: _saine(court.base), lambda: _saine(long.base), tours=1)
    yield _mesure("verification_log", longues, "a log ten times shorter", courtes, 13.0)


def _nue(poste: Poste, limite: int = PAR_PAGE) -> None:
    traces, _ = lire(poste.base, FiltreTraces(), Repere(), limite)
    for trace in traces:
        if trace.operation is not None:
            trace.operation.contenu()


def _rejouer(base: Base) -> None:
    memoire = connecter(":memory:", None)
    migrations().apply(memoire)
    for operation in journal.operations(base.db):
        calculer_hash(operation.entete)
        projections.appliquer(memoire, operation.entete, operation.contenu())
    memoire.conn.close()


def _saine(base: Base) -> None:
    problemes = verifier_base(base)
    if problemes:
        raise RuntimeError(f"the base of the bench is not sound: {problemes}")


def _en_alternance(
    plancher: Callable[[], object], geste: Callable[[], object], tours: int = TOURS
) -> tuple[float, float]:
    """The medians of the two, measured in turn."""
    durees = durees_ms(fait for _ in range(tours) for fait in (plancher, geste))
    return median(durees[::2]), median(durees[1::2])


def _mesure(nom: str, valeur: float, avec: str, plancher: float, au_plus: float) -> Mesure:
    ratio = valeur / plancher
    return Mesure(nom, valeur, "ms", avec, ratio, f"<= {au_plus:g}", ratio <= au_plus)
