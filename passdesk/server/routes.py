"""The Region's server over HTTP: three signed POST routes (protocol §5), and its health."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from litestar import Litestar, Request, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.concurrency import sync_to_thread
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.protocol.enrolement import REQUEST_MAX as ENROLMENT_MAX
from passdesk.protocol.messages import REQUEST_MAX
from passdesk.server.afflux import Afflux, CoupeeError
from passdesk.server.ateliers import ATTENTE_S, Ateliers, ImprevuError
from passdesk.server.debit import ATTENTE, DEMANDE, RECHERCHE, SYNC, Cadence, Debit
from passdesk.server.echange import HttpAnswer, HttpRequest, refuser, traiter_sync, traiter_verifie
from passdesk.server.inscription import traiter_demande, traiter_etat
from passdesk.server.menage import faire_le_menage
from passdesk.server.region import Region
from passdesk.server.suivi import Suivi, journal, ou

Requete = Request[None, None, State]
Traiter = Callable[[Region, HttpRequest], HttpAnswer]


def creer_application(
    region: Region,
    *,
    sync: Cadence = SYNC,
    recherche: Cadence = RECHERCHE,
    demande: Cadence = DEMANDE,
    attente: Cadence = ATTENTE,
    ateliers: Ateliers | None = None,
    presente: Callable[[], Region] | None = None,
) -> Litestar:
    """The ASGI application of this Region; the cadences of each route, counted in this process. `ateliers`: where the
    requests of known desks are judged, here without them. `presente`: this Region with its keys as they are now
    (`trousseau`), the same all along without it."""
    presente = presente or (lambda: region)
    repond = ateliers.repond if ateliers is not None else lambda: True
    suivi = Suivi(region, repond=repond, presente=presente)
    juger = ateliers.traiter if ateliers is not None else traiter_verifie
    # As many as there are processes; the threads beside these are for whoever asks for nothing to be judged.
    tour = asyncio.Semaphore(ateliers.nombre) if ateliers is not None else None
    afflux = Afflux()
    appareils, recherches, demandes, attentes = Debit(sync), Debit(recherche), Debit(demande), Debit(attente)

    async def servir(requete: Requete, traiter: Traiter, tour: asyncio.Semaphore | None = None) -> Response[bytes]:
        debut = time.monotonic()
        route = str(requete.scope["path"])
        http = HttpRequest(requete.method, f"http://region{route}", dict(requete.headers), b"")
        try:
            async with afflux.place() as place:
                http = replace(http, body=await place.lire(requete.stream()))
                async with _tour(tour):
                    place.garder()
                    answer = await sync_to_thread(_a_l_abri, presente(), http, traiter)
        except CoupeeError:
            # Nobody is there any more, or somebody who holds as much as he likes.
            return Response(b"", status_code=408, headers={"connection": "close"})
        except PanneAttendue as trouble:
            answer = _en_panne(region, http, trouble)
        duree_ms = int((time.monotonic() - debut) * 1000)
        suivi.noter(route, answer.status, answer.faits, duree_ms=duree_ms, octets=len(http.body))
        # The desk has its answer first: a large table takes a while.
        ensuite = BackgroundTask(faire_le_menage, region) if answer.menage else None
        return Response(answer.body, status_code=answer.status, headers=dict(answer.headers), background=ensuite)

    @post("/v1/sync")
    async def synchroniser(request: Requete) -> Response[bytes]:
        return await servir(request, partial(traiter_sync, permis=appareils.prendre, juger=juger), tour)

    @post("/v1/enrolement", request_max_body_size=ENROLMENT_MAX)
    async def enrolement(request: Requete) -> Response[bytes]:
        return await servir(request, partial(traiter_demande, cherche=recherches.prendre, permis=demandes.prendre))

    @post("/v1/enrolement/etat", request_max_body_size=ENROLMENT_MAX)
    async def enrolement_etat(request: Requete) -> Response[bytes]:
        return await servir(request, partial(traiter_etat, permis=attentes.prendre))

    @get("/v1/sante", sync_to_thread=True)
    def sante() -> Response[bytes]:
        bonne, dite = suivi.sante()
        entetes = {"content-type": "application/json", "cache-control": "no-store"}
        return Response(dite, status_code=200 if bonne else 503, headers=entetes)

    return Litestar(
        [synchroniser, enrolement, enrolement_etat, sante],
        openapi_config=None,
        logging_config=None,
        debug=False,
        request_max_body_size=REQUEST_MAX + 1,
        exception_handlers={HTTPException: _refus_http, Exception: _imprevu},
    )


@asynccontextmanager
async def _tour(tour: asyncio.Semaphore | None) -> AsyncIterator[None]:
    """Its turn, when turns are taken. Raises PanneAttendue(region_occupee)."""
    if tour is None:
        yield
        return
    try:
        async with asyncio.timeout(ATTENTE_S):
            await tour.acquire()
    except TimeoutError:
        raise PanneAttendue("region_occupee") from None
    try:
        yield
    finally:
        tour.release()


def _a_l_abri(region: Region, http: HttpRequest, traiter: Traiter) -> HttpAnswer:
    """An outage of the database is told as such: the desk keeps its operations and comes back."""
    try:
        return traiter(region, http)
    except KnownError as trouble:
        return _en_panne(region, http, trouble)


def _en_panne(region: Region, http: HttpRequest, trouble: KnownError) -> HttpAnswer:
    journal.warning("panne %s", trouble.code, extra={"faits": {"route": http.url, "code": trouble.code}})
    return refuser(region, http, "region_indisponible")


def _refus_http(_: Requete, refus: HTTPException) -> Response[bytes]:
    return Response(b"", status_code=refus.status_code)


def _imprevu(_: Requete, bug: Exception) -> Response[bytes]:
    # Where, never what: the values at hand may be somebody's.
    faits = bug.faits if isinstance(bug, ImprevuError) else {"bug": type(bug).__name__, "ou": ou(bug)}
    journal.error("imprevu %s", faits["bug"], extra={"faits": faits})
    return Response(b"", status_code=500)
