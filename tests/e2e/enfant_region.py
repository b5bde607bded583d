"""The Region's server in a process of its own, stopped around one exchange: `… enfant_region POINT DOSSIER PORT`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from passdesk.server.region import ouvrir_region
from passdesk.server.servir import Serveur, ouvrir_prise
from tests.builders import horloge_fixe
from tests.e2e.processus import annoncer, attendre_la_fin


class Arret:
    """Around the application: announces POST /v1/sync at the point, and lets nothing more through.

    "requete": received, not read. "reponse": committed, the answer not sent yet. "corps": its first half is sent.
    "aucun": never.
    """

    def __init__(self, application: Any, point: str) -> None:
        self._application = application
        self._point = point

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != "/v1/sync":
            await self._application(scope, receive, send)
            return
        if self._point == "requete":
            self._arreter()

        async def envoyer(message: dict[str, Any]) -> None:
            if self._point == "reponse" and message["type"] == "http.response.start":
                self._arreter(message["status"])
            if self._point == "corps" and message["type"] == "http.response.body":
                moitie = message["body"][: len(message["body"]) // 2]
                await send({**message, "body": moitie, "more_body": True})
                self._arreter()
            await send(message)

        await self._application(scope, receive, envoyer)

    def _arreter(self, statut: int = 0) -> None:
        annoncer(point=self._point, statut=statut)
        attendre_la_fin()


def main(point: str, dossier: str, port: str) -> None:
    region = ouvrir_region(Path(dossier), horloge_fixe())
    marche = Serveur(region, lambda: annoncer(point="pret"))
    marche.config.app = Arret(marche.config.app, point)
    marche.run(sockets=[ouvrir_prise("127.0.0.1", int(port))])


if __name__ == "__main__":
    main(*sys.argv[1:])
