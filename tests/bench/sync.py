"""Sending on a bad link, beside PouchDB in the same run: nothing new, 100 acts, 10 000 acts; time and bytes.

Both send the same people, over HTTP without TLS and a connection that stays open, to a server that commits before it
answers. The bytes are those of IP, handshakes and packets sent again included. Linux, root, Node.js and npm.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import Mesure
from tests.bench.peers.lien import ADRESSE_B, Qualite
from tests.builders import terrain
from tests.e2e.conftest import RACINE, environnement

PORT = 5990
TOURS = 3
"""Times that each session sends nothing, then 100 acts."""
SESSIONS = 3
"""Of each side and link, side by side, each in its own namespaces: the link is slow, not the computer."""
TOUT = 10_000
LIENS = {"500 kbit/s": Qualite(500_000, 0.2, 0.02), "100 kbit/s": Qualite(100_000, 0.4, 0.05)}
AU_PLUS = {"rien": 0.45, "cent": 0.35, "tout": 0.25}
"""Our time over the peer's."""
OCTETS_AU_PLUS = 0.25
PAIRS = Path(__file__).parent / "peers"
_rangs = count()


@dataclass(frozen=True, slots=True)
class Releve:
    """One sending: seconds, and bytes of IP both ways."""

    quoi: str
    secondes: float
    octets: int


class Processus:
    """A child that answers a line of JSON to a line."""

    def __init__(self, ordre: list[str], dossier: Path) -> None:
        self._enfant = subprocess.Popen(
            ordre, cwd=dossier, env=environnement(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.lire()

    def lire(self) -> dict[str, Any]:
        """The next line. Raises RuntimeError when there is none, or when it tells of a fault."""
        assert self._enfant.stdout is not None
        for ligne in self._enfant.stdout:
            if ligne.startswith("{"):
                lu = json.loads(ligne)
                if "erreur" in lu:
                    raise RuntimeError(lu["erreur"])
                return lu
        raise RuntimeError(f"ended: {self._enfant.args}")

    def demander(self, ligne: str) -> dict[str, Any]:
        """Tells it what to do and waits for the answer."""
        assert self._enfant.stdin is not None
        self._enfant.stdin.write(ligne + "\n")
        self._enfant.stdin.flush()
        return self.lire()

    def fermer(self) -> None:
        """Closes its input, which ends it."""
        assert self._enfant.stdin is not None
        self._enfant.stdin.close()
        try:
            self._enfant.wait(20)
        except subprocess.TimeoutExpired:
            self._enfant.kill()
            self._enfant.wait()


def mesurer(bref: bool) -> Iterator[Mesure]:
    """Both links; the 10 000 acts only in full, on the better one."""
    if (manque := _manque()) is not None:
        yield Mesure("sync", 0.0, f"not measured: {manque}", ok=False)
        return
    with tempfile.TemporaryDirectory(prefix="passdesk-bench-") as nom:
        lieu = Path(nom)
        _installer(lieu)
        for lien, qualite in LIENS.items():
            complet = not bref and qualite.debit >= 500_000
            with ThreadPoolExecutor(2 * SESSIONS) as fils:
                cotes = ("pair", "nous") * SESSIONS
                taches = [fils.submit(_session, lieu, cote, qualite, complet) for cote in cotes]
                releves = [(cote, un) for cote, tache in zip(cotes, taches, strict=True) for un in tache.result()]
            yield from _comparer(lien, releves)


def _manque() -> str | None:
    """What is not here of what this bench needs."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs Linux, as root"
    return next((f"needs {outil}" for outil in ("ip", "node", "npm") if shutil.which(outil) is None), None)


def _installer(lieu: Path) -> None:
    """The peer's packages, and the people, in a folder that goes with the run."""
    shutil.copy(PAIRS / "package.json", lieu)
    ordre = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(ordre, cwd=lieu, check=True, stdout=sys.stderr)
    with (lieu / "gens").open("wb") as gens:
        subprocess.run(["node", str(PAIRS / "gens.js"), str(2 * TOUT)], check=True, stdout=gens)


def _comparer(lien: str, releves: list[tuple[str, Releve]]) -> Iterator[Mesure]:
    for quoi, au_plus in AU_PLUS.items():
        nous, pair = ([r for qui, r in releves if qui == cote and r.quoi == quoi] for cote in ("nous", "pair"))
        if not nous:
            continue
        secondes, autres = median(r.secondes for r in nous), median(r.secondes for r in pair)
        ratio = secondes / autres
        avec = f"PouchDB tuned, {lien}, {autres:.2f} s"
        yield Mesure(f"sync_{quoi}", secondes, "s", avec, ratio, f"<= {au_plus}", ratio <= au_plus)
        octets, autres = median(r.octets for r in nous), median(r.octets for r in pair)
        ratio = octets / autres
        avec = f"PouchDB tuned, {lien}, {autres:.0f} bytes"
        juge = quoi != "rien"
        yield Mesure(
            f"sync_{quoi}_octets", octets, "bytes", avec, ratio,
            f"<= {OCTETS_AU_PLUS}" if juge else None, not juge or ratio <= OCTETS_AU_PLUS,
        )  # fmt: skip


def _session(lieu: Path, cote: str, qualite: Qualite, complet: bool) -> list[Releve]:
    """One desk and one server: what is there is sent, then nothing and 100 acts, several times."""
    rang = next(_rangs)
    dossier = lieu / f"{cote}-{rang}"
    dossier.mkdir()
    releves: list[Releve] = []
    with ExitStack() as pile:
        ici, la = (pile.enter_context(_espace(f"pd{os.getpid()}{rang}{bout}")) for bout in "ab")
        lien = _lancer(pile, [sys.executable, "-m", "tests.bench.peers.lien", ici, la], RACINE)
        poste = _nous(pile, dossier, lieu, ici, la) if cote == "nous" else _pair(pile, dossier, lieu, ici, la)

        def envoyer(quoi: str, attendus: int) -> None:
            avant = sum(lien.demander("octets")["octets"])
            fait = poste.demander("pousser")
            apres = sum(lien.demander("octets")["octets"])
            if fait["fautes"] or fait["envoyes"] != attendus:
                raise RuntimeError(f"{cote}: {fait}")
            releves.append(Releve(quoi, fait["secondes"], apres - avant))

        if complet:
            poste.demander(f"ajouter {TOUT}")
            lien.demander(json.dumps(asdict(qualite)))
            envoyer("tout", TOUT)
        else:
            poste.demander("ajouter 200")
            poste.demander("pousser")
            lien.demander(json.dumps(asdict(qualite)))
        for _ in range(TOURS):
            envoyer("rien", 0)
        for _ in range(TOURS):
            poste.demander("ajouter 100")
            envoyer("cent", 100)
    return releves


def _nous(pile: ExitStack, dossier: Path, lieu: Path, ici: str, la: str) -> Processus:
    with terrain(dossier) as place:
        poste = place.nouveau_poste()
        base = poste.dossier
    python = [sys.executable, "-m"]
    region = [*python, "tests.bench.peers.region", str(dossier / "region"), str(PORT)]
    desk = [*python, "tests.bench.peers.desk", str(base), str(lieu / "gens"), f"http://{ADRESSE_B}:{PORT}"]
    _lancer(pile, ["ip", "netns", "exec", la, *region], RACINE)
    return _lancer(pile, ["ip", "netns", "exec", ici, *desk], RACINE)


def _pair(pile: ExitStack, dossier: Path, lieu: Path, ici: str, la: str) -> Processus:
    serveur = ["node", str(PAIRS / "pouch_serveur.js"), ADRESSE_B, str(PORT), str(dossier / "serveur")]
    client = ["node", str(PAIRS / "pouch_poste.js"), f"http://{ADRESSE_B}:{PORT}", str(dossier / "client")]
    _lancer(pile, ["ip", "netns", "exec", la, *serveur], lieu)
    poste = _lancer(pile, ["ip", "netns", "exec", ici, *client], lieu)
    poste.demander("ouvrir")
    return poste


def _lancer(pile: ExitStack, ordre: list[str], dossier: Path) -> Processus:
    processus = Processus(ordre, dossier)
    pile.callback(processus.fermer)
    return processus


@contextmanager
def _espace(nom: str) -> Iterator[str]:
    """A network namespace, removed at the end."""
    subprocess.run(["ip", "netns", "add", nom], check=True)
    try:
        yield nom
    finally:
        subprocess.run(["ip", "netns", "del", nom], check=True)
