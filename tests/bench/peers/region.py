"""The Region's server at its end of the link, until its input closes: `… peers.region FOLDER PORT`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from passdesk.server.region import ouvrir_region
from passdesk.server.servir import ouvrir_prise, servir
from tests.bench.peers.lien import ADRESSE_B
from tests.builders import horloge_fixe


def main(dossier: str, port: str) -> None:
    """Serves the Region of the folder to the link."""
    region = ouvrir_region(Path(dossier), horloge_fixe())
    pret = {"pret": True}
    servir(
        region,
        ouvrir_prise(ADRESSE_B, int(port)),
        lambda _: print(json.dumps(pret), flush=True),
        entree=sys.stdin.buffer,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
