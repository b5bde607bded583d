"""A server started by another program cannot outlive it, however that program ended."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

from passdesk.domain.horloge import HorlogeSysteme
from passdesk.server.racine import nouvelle_racine
from passdesk.server.region import initialiser

PARENT = """
import sys
from pathlib import Path
from passdesk.demonstration.region import region_servie

with region_servie(Path(sys.argv[1])) as adresse:
    print(adresse, flush=True)
    sys.stdin.read()
"""


def _region(dossier: Path) -> Path:
    initialiser(dossier, nouvelle_racine(demonstration=True), HorlogeSysteme()).fermer()
    return dossier


def test_the_server_ends_well_when_its_input_closes(tmp_path: Path) -> None:
    commande = [sys.executable, "-m", "passdesk", "region", "servir", "--base-dir", str(_region(tmp_path / "region"))]
    enfant = subprocess.Popen(
        [*commande, "--port", "0", "--tant-que-entree"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert enfant.stdin is not None and enfant.stdout is not None
    assert enfant.stdout.readline().startswith("Région prête")
    enfant.stdin.close()
    assert enfant.wait(20) == 0
    enfant.stdout.close()


def test_killing_the_demonstration_takes_its_server_along(tmp_path: Path) -> None:
    dossier = _region(tmp_path / "region")
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(dossier)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdin is not None and parent.stdout is not None
    adresse = parent.stdout.readline().strip()
    assert adresse.startswith("http://127.0.0.1:")
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    port = int(adresse.rsplit(":", 1)[1])
    limite = time.monotonic() + 20
    while _ecoute(port):
        assert time.monotonic() < limite, "the server is still there"


def _ecoute(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
