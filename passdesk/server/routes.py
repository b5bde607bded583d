"""The Region's server over HTTP: three signed POST routes, nothing else (protocol §5)."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from litestar import Litestar, Request, Response, post
from litestar.background_tasks import BackgroundTask
from litestar.concurrency import sync_to_thread
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from passdesk.domain.erreurs import KnownError
from passdesk.protocol.messages import REQUEST_MAX
from passdesk.server.echange import HttpAnswer, HttpRequest, refuser, traiter_sync
from passdesk.server.inscription import traiter_demande, traiter_etat
from passdesk.server.menage import faire_le_menage
from passdesk.server.region import Region

journal = logging.getLogger("passdesk.region")

Requete = Request[None, None, State]


def creer_application(region: Region) -> Litestar:
    """The ASGI application of this Region."""

    async def servir(requete: Requete, traiter: Callable[[Region, HttpRequest], HttpAnswer]) -> Response[bytes]:
        http = HttpRequest(
            requete.method, f"http://region{requete.scope['path']}", dict(requete.headers), await requete.body()
        )
        answer = await sync_to_thread(_a_l_abri, region, http, traiter)
        return Response(answer.body, status_code=answer.status, headers=dict(answer.headers))

    @post("/v1/sync")
    async def sync(request: Requete) -> Response[bytes]:
        reponse = await servir(request, traiter_sync)
        # The desk has its answer first: a large table takes a while.
        reponse.background = BackgroundTask(faire_le_menage, region)
        return reponse

    @post("/v1/enrolement")
    async def enrolement(request: Requete) -> Response[bytes]:
        return await servir(request, traiter_demande)

    @post("/v1/enrolement/etat")
    async def enrolement_etat(request: Requete) -> Response[bytes]:
        return await servir(request, traiter_etat)

    return Litestar(
        [sync, enrolement, enrolement_etat],
        openapi_config=None,
        logging_config=None,
        debug=False,
        request_max_body_size=REQUEST_MAX + 1,
        exception_handlers={HTTPException: _refus_http, Exception: _imprevu},
    )


def _a_l_abri(region: Region, http: HttpRequest, traiter: Callable[[Region, HttpRequest], HttpAnswer]) -> HttpAnswer:
    """An outage of the database is told as such: the desk keeps its operations and comes back."""
    try:
        return traiter(region, http)
    except KnownError as trouble:
        journal.warning("%s: %s", http.url, trouble.code)
        return refuser(region, http, "region_indisponible")


def _refus_http(_: Requete, refus: HTTPException) -> Response[bytes]:
    return Response(b"", status_code=refus.status_code)


def _imprevu(_: Requete, bug: Exception) -> Response[bytes]:
    # Where, never what: the values at hand may be somebody's.
    journal.error("%s\n%s", type(bug).__name__, "".join(traceback.format_tb(bug.__traceback__)))
    return Response(b"", status_code=500)
