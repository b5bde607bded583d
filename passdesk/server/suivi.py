"""What the server tells of itself: one line of JSON an exchange, counters, its health. Ids and numbers, nobody's name.

Only what was verified is told: a header, a path or a body may hold anything.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.server.migrations import VERSION_SCHEMA
from passdesk.server.region import PREAVIS_JOURS, Region
from passdesk.server.restauration import Attente, attente

JOURNAL = "passdesk.region"
_SANTE_S = 2.0
"""Seconds during which a health check is not done again: whoever asks costs nothing."""

journal = logging.getLogger(JOURNAL)


class Suivi:
    """The counters of this process since it started, and when it last looked at its database."""

    def __init__(
        self,
        region: Region,
        maintenant: Callable[[], float] = time.monotonic,
        repond: Callable[[], bool] = lambda: True,
        presente: Callable[[], Region] | None = None,
    ) -> None:
        """`repond`: whether the processes that judge can read the data too. `presente`: the Region with its keys of the
        day."""
        self._region = region
        self._presente = presente or (lambda: region)
        self._autres = repond
        self._maintenant = maintenant
        self._depart = maintenant()
        self._compteurs: Counter[str] = Counter()
        self._verrou = threading.Lock()
        self._regard = threading.Lock()
        self._sante: tuple[float, bool, Attente | None] | None = None

    def noter(self, route: str, statut: int, faits: Mapping[str, str | int], *, duree_ms: int, octets: int) -> None:
        """One exchange that was answered. `faits`: what the answer says of it (`HttpAnswer.faits`)."""
        with self._verrou:
            self._compteurs[f"{route} {faits.get('refus', statut)}"] += 1
            if "limite" in faits:
                self._compteurs[f"limite {faits['limite']}"] += 1
            for nom in ("operations", "en_attente", "litiges", "evenements"):
                self._compteurs[nom] += int(faits.get(nom, 0))
        dits = {"route": route, "statut": statut, "ms": duree_ms, "octets": octets, **faits}
        journal.info("echange", extra={"faits": dits})

    def sante(self) -> tuple[bool, bytes]:
        """(whether the database answers, the health as JSON)."""
        instant = self._maintenant()
        with self._verrou:
            connue = self._sante
        # One looks, however many ask: the others are told what was last seen.
        if (connue is None or instant - connue[0] >= _SANTE_S) and self._regard.acquire(blocking=connue is None):
            try:
                lue = self._lire()
                connue = (instant, lue is not None and self._autres(), lue)
                with self._verrou:
                    self._sante = connue
            finally:
                self._regard.release()
        assert connue is not None
        with self._verrou:
            compteurs = dict(sorted(self._compteurs.items()))
        _, bonne, attendus = connue
        dite = {
            "etat": "bon" if bonne else "indisponible",
            "schema": VERSION_SCHEMA,
            "depuis_s": int(instant - self._depart),
            **self._publication(),
            **({"dotations_suspendues": True, **attendus.faits()} if attendus and attendus.postes else {}),
            "compteurs": compteurs,
        }
        return bonne, json.dumps(dite).encode()

    def _publication(self) -> dict[str, object]:
        """Until when the publication key signs; from two weeks before, that somebody has to fetch the root."""
        region = self._presente()
        reste = region.jours_de_publication()
        dite: dict[str, object] = {"publication_jusqu_au": region.cles.lien_publication.dernier_jour.isoformat()}
        return {**dite, "a_prolonger": True, "jours": reste} if reste <= PREAVIS_JOURS else dite

    def _lire(self) -> Attente | None:
        """What holds the grants back; None when the database does not answer."""
        try:
            with self._region.magasin.lire() as tx:
                return attente(tx)
        except KnownError:
            return None


class _EnJson(logging.Formatter):
    """One JSON object a line. The text of somebody else's record is its template: its values may be anybody's."""

    def format(self, record: logging.LogRecord) -> str:
        ligne: dict[str, object] = {
            "quand": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname.lower(),
            "source": record.name,
            "quoi": str(record.msg),
        }
        faits = getattr(record, "faits", None)
        if isinstance(faits, dict):
            ligne.update(faits)
        if record.exc_info and record.exc_info[0] is not None:
            ligne["bug"] = record.exc_info[0].__name__
            ligne["ou"] = ou(record.exc_info[1])
        return json.dumps(ligne, ensure_ascii=False)


def ou(bug: BaseException | None) -> list[str]:
    """Where a bug happened, innermost last: files and lines, never the values at hand."""
    pas = traceback.extract_tb(bug.__traceback__) if bug is not None else []
    return [f"{Path(p.filename).name}:{p.lineno} {p.name}" for p in pas[-12:]]


class _Journal(logging.FileHandler):
    """A line that the disk refuses is lost: no trace of ours is for who serves (contracts §1)."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (of logging)
        """Says nothing."""

    def close(self) -> None:
        with suppress(OSError):
            super().close()


def ecrire_le_journal(fichier: Path | None) -> logging.Handler:
    """Sends the journal of this process to a file, every exchange; without one, troubles alone to the error output.

    To be taken off by `fermer_le_journal`. Raises PanneAttendue(ecriture_impossible).
    """
    try:
        sortie: logging.Handler = (
            logging.StreamHandler(sys.stderr) if fichier is None else _Journal(fichier, encoding="utf-8")
        )
    except OSError:
        raise PanneAttendue("ecriture_impossible", fichier=fichier.name if fichier else "") from None
    sortie.setFormatter(_EnJson())
    sortie.setLevel(logging.WARNING if fichier is None else logging.INFO)
    journal.setLevel(logging.INFO)
    for nom in (JOURNAL, "uvicorn.error"):
        logging.getLogger(nom).addHandler(sortie)
    return sortie


def fermer_le_journal(sortie: logging.Handler) -> None:
    """Takes the journal off and closes its file."""
    for nom in (JOURNAL, "uvicorn.error"):
        logging.getLogger(nom).removeHandler(sortie)
    sortie.close()
