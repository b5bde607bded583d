"""The Region on PostgreSQL, as in production: what it takes in beside a bare insert, and 300 desks at once.

Its server is a process of its own, with as many again as there are cores, and every act comes over HTTP. The acts are
those of visits: most are only kept, one in ten is an award, judged against its lot and the ten pass. The bare insert is
psycopg's own (`executemany`, no answer awaited between rows): the rows that the same acts left, as many to a
transaction, into tables of the same shape.

Three hundred desks, their Region and its database share the cores of one machine here: what each of the three took of
them is told apart, with what the Region's own journal says of the wait. A desk signs and seals before, and verifies its
answer once all have theirs: on its own machine, that would take nothing from the Region.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any

import psycopg

from passdesk.domain.horloge import HorlogeSysteme
from passdesk.protocol.messages import SyncAnswer
from passdesk.protocol.signatures import SignedRequest
from passdesk.server.administration import doter_poste
from passdesk.server.adresse import lire_adresse
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.echange import HttpRequest, traiter_sync
from passdesk.server.enrolement import accepter, proposer_code
from passdesk.server.inscription import traiter_demande, traiter_etat
from passdesk.server.racine import nouvelle_racine
from passdesk.server.region import Region, initialiser
from passdesk.sync.transport import HttpTransport
from tests.bench import Mesure, centile
from tests.builders import campagne_de_test
from tests.e2e.conftest import environnement
from tests.server.grappe import Grappe
from tests.server.poste_factice import URL, Envoi, PosteFactice

LOT = 100
"""Acts of each desk that comes online with all the others: a week's work."""
VAGUE = 1000
"""Acts of one request while the ingest is measured first: a desk that has many to send sends 64 KiB of them, about
400, then twice as many as long as the line is fast."""
AUTOUR = (
    "demande.deposer", "justificatif.constater", "justificatif.constater", "accompagnement.noter",
    "carnet.impression_lancee", "carnet.impression_faite", "carnet.remettre",
)  # fmt: skip
"""Of a visit, beside the person and the award."""
CORPS = {"note": "ce que la demande dit de la situation, en une phrase ou deux", "jour": "2026-11-23", "par": "agent-1"}
ENSEMBLE = 4
"""Desks that send at once meanwhile."""
RANGEES = {
    "operation": "srv_seq > %s", "evenement": "srv_seq > %s", "attribution": "srv_seq > %s",
    "corps": "(device, epoch, seq) IN (SELECT device, epoch, seq FROM operation WHERE srv_seq > %s)",
    "sujet": "(device, sujet) IN (SELECT device, sujet FROM operation WHERE srv_seq > %s)",
}  # fmt: skip
"""The tables in which acts leave rows, and which of them came after a place in the order of the world."""
MOITIE = 0.5
AIM_S = 2.0
PROCESSUS = ("--processus", str(os.cpu_count() or 1))
"""As the command says to."""
CHEMINS = {"/v1/sync": traiter_sync, "/v1/enrolement": traiter_demande, "/v1/enrolement/etat": traiter_etat}


def mesurer(bref: bool) -> Iterator[Mesure]:
    """36 000 acts of 4 desks, 12 000 by requests of a hundred, then 300 desks of 100 (fewer when brief)."""
    grappe = Grappe(durable=True)
    try:
        with _region(grappe) as (region, serveur):
            servie, nue, ratio = _ingestion(region, serveur.adresse, grappe, 4 if bref else 8, VAGUE)
            yield Mesure(
                "charge_ingestion", servie, "acts/s", f"bare batched insert, {nue:.0f}/s", ratio, f">= {MOITIE}",
                ratio >= MOITIE,
            )  # fmt: skip
        with _region(grappe) as (region, serveur):
            servie, nue, ratio = _ingestion(region, serveur.adresse, grappe, 10 if bref else 30, LOT)
            # What does not depend on the acts (HTTP, signatures, thirty round trips) weighs as much as they do.
            yield Mesure(
                "charge_ingestion_cent", servie, f"acts/s, {LOT} a request", f"bare batched insert, {nue:.0f}/s", ratio,
                aim=f">= {MOITIE}", met=ratio >= MOITIE,
            )  # fmt: skip
        with _region(grappe) as (region, serveur):
            yield from _ruee(region, serveur, grappe, 60 if bref else 300)
    finally:
        grappe.arreter()


@dataclass(frozen=True)
class Serveur:
    """A Region's server that answers at `adresse`; `journal`: where it tells each exchange."""

    adresse: str
    pid: int
    journal: Path


@contextmanager
def _region(grappe: Grappe) -> Iterator[tuple[Region, Serveur]]:
    """A new Region, and its server."""
    racine = nouvelle_racine(demonstration=True)
    with TemporaryDirectory(prefix="passdesk-bench-") as lieu:
        dossier, base = Path(lieu) / "region", grappe.vider()
        region = initialiser(dossier, racine, HorlogeSysteme(), adresse=lire_adresse(base))
        ouvrir_campagne(region, racine, campagne_de_test(horloge=region.horloge), stock=600_000)
        try:
            with _serveur(dossier, base) as serveur:
                yield region, serveur
        finally:
            region.fermer()


@contextmanager
def _serveur(dossier: Path, base: str) -> Iterator[Serveur]:
    """`region servir`, as a Region starts it."""
    journal = dossier / "journal.jsonl"
    commande = [sys.executable, "-m", "passdesk", "region", "servir", "--port", "0", "--tant-que-entree", *PROCESSUS]
    with subprocess.Popen(
        [*commande, "--base-dir", str(dossier), "--base", base, "--journal", str(journal)],
        env=environnement(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as enfant:  # fmt: skip
        assert enfant.stdin is not None and enfant.stdout is not None
        try:
            yield Serveur(enfant.stdout.readline().split()[-1], enfant.pid, journal)
        finally:
            enfant.stdin.close()
            enfant.wait(20)


def _direct(region: Region) -> Envoi:
    """Requests handed to the Region in this process."""

    def envoyer(demande: SignedRequest) -> tuple[int, Any, bytes]:
        traiter = CHEMINS[demande.url.removeprefix(URL)]
        reponse = traiter(region, HttpRequest(demande.method, demande.url, demande.headers, demande.body))
        return reponse.status, reponse.headers, reponse.body

    return envoyer


def _poste(region: Region, rang: int, carnets: int) -> PosteFactice:
    """A desk enrolled, with a lot."""
    poste = PosteFactice(_direct(region))
    code = proposer_code(region, f"Poste {rang}")
    poste.demander(code)
    accepter(region, code[:4])
    assert poste.ou_en_est().etat == "accepte"
    doter_poste(region, poste.device, taille=10, carnets=carnets)
    return poste


def _visites(poste: PosteFactice, premier: int, nombre: int) -> None:
    """So many visits of one carnet each, ten acts a visit."""
    for numero in range(premier, premier + nombre):
        sujet = f"{poste.device}-{numero}"
        poste.inscrire(sujet, numero.to_bytes(16, "big"))
        for genre in AUTOUR[:4]:
            poste.ecrire(genre, sujet, CORPS)
        poste.accorder(sujet, numero, 10, 127)
        for genre in AUTOUR[4:]:
            poste.ecrire(genre, sujet, {"campagne": 127, "numero": numero, "le": "2026-11-23"})
        poste.ecrire("accompagnement.noter", sujet, CORPS)


def _ingestion(region: Region, adresse: str, grappe: Grappe, tours: int, vague: int) -> tuple[float, float, float]:
    """Round by round, the same acts: sent by the desks at once, then their rows inserted and nothing else.

    Acts a second of both, and the median ratio. `vague`: acts of a request.
    """
    postes = [_poste(region, rang, (tours + 1) * vague // 10) for rang in range(ENSEMBLE)]
    numeros = count(1, (tours + 1) * vague // 10)
    ecrits = {poste.device: next(numeros) for poste in postes}
    servies, nues = [], []
    with ExitStack() as pile, psycopg.connect(grappe.url(), autocommit=True) as connexion:
        fils = pile.enter_context(ThreadPoolExecutor(ENSEMBLE))
        transports = {poste.device: pile.enter_context(HttpTransport()) for poste in postes}
        for table in RANGEES:
            connexion.execute(f"CREATE TABLE nue_{table} (LIKE {table} INCLUDING ALL)".encode())
        for _ in range(tours + 1):
            avant = connexion.execute("SELECT valeur FROM compteur WHERE nom = 'srv_seq'").fetchall()[0][0]
            demandes = []
            for poste in postes:
                _visites(poste, ecrits[poste.device], vague // 10)
                ecrits[poste.device] += vague // 10
                demandes.append(poste.preparer(poste.log[-vague:]))
            debut = time.perf_counter()
            envois = [
                fils.submit(_poster, transports[p.device], adresse, d) for p, d in zip(postes, demandes, strict=True)
            ]
            reponses = [envoi.result() for envoi in envois]
            servies.append(time.perf_counter() - debut)
            for poste, demande, reponse in zip(postes, demandes, reponses, strict=True):
                poste.envoi = lambda _, reponse=reponse: reponse
                recue = poste.envoyer(demande)
                assert isinstance(recue, SyncAnswer) and {o.result for o in recue.outcomes} == {"appliquee"}, recue
                poste.cursor = recue.cursor
            nues.append(_inserer(connexion, avant))
    # The first round pays for what is prepared once.
    ratios = [nue / servie for nue, servie in zip(nues, servies, strict=True)][1:]
    actes = ENSEMBLE * vague
    return actes / median(servies[1:]), actes / median(nues[1:]), median(ratios)


def _inserer(connexion: psycopg.Connection[Any], apres: int) -> float:
    """Seconds for the rows that came after this place, as many to a transaction as a request brought."""
    lots: list[dict[str, Sequence[Any]]] = [{} for _ in range(ENSEMBLE)]
    for table, lesquelles in RANGEES.items():
        rangees = connexion.execute(f"SELECT * FROM {table} WHERE {lesquelles}".encode(), [apres]).fetchall()
        for rang, lot in enumerate(lots):
            lot[table] = rangees[len(rangees) * rang // ENSEMBLE : len(rangees) * (rang + 1) // ENSEMBLE]
    debut = time.perf_counter()
    for lot in lots:
        with connexion.transaction(), connexion.cursor() as curseur:
            for table, rangees in lot.items():
                marques = ", ".join(["%s"] * len(rangees[0]))
                curseur.executemany(f"INSERT INTO nue_{table} VALUES ({marques})".encode(), rangees)
    return time.perf_counter() - debut


def _ruee(region: Region, serveur: Serveur, grappe: Grappe, nombre: int) -> Iterator[Mesure]:
    """Every desk sends its hundred acts at the same instant, on a connection of its own."""
    numeros = count(1, LOT // 10)
    postes = [_poste(region, rang, LOT // 10) for rang in range(nombre)]
    for poste in postes:
        _visites(poste, next(numeros), LOT // 10)
    demandes = [poste.preparer(poste.log) for poste in postes]
    depart = Barrier(nombre)
    with ExitStack() as pile:
        transports = [pile.enter_context(HttpTransport()) for _ in postes]
        fils = pile.enter_context(ThreadPoolExecutor(nombre))
        avant = _coeurs(serveur, grappe)
        adresses = [serveur.adresse] * nombre
        recues = list(fils.map(_envoyer, transports, adresses, [depart] * nombre, demandes))
    pris = [apres - debut for apres, debut in zip(_coeurs(serveur, grappe), avant, strict=True)]
    echanges = [json.loads(ligne) for ligne in serveur.journal.read_text(encoding="utf-8").splitlines()]
    bonnes = [
        secondes
        for poste, demande, (secondes, reponse) in zip(postes, demandes, recues, strict=True)
        if _bien_recue(poste, demande, reponse)
    ]
    fautes = nombre - len(bonnes)
    p95 = centile(bonnes, 95)
    yield Mesure("charge_ruee_fautes", fautes, f"of {nombre} desks", goal="<= 0", ok=fautes == 0)
    yield Mesure("charge_ruee", p95, f"s p95, {nombre} desks at once", aim=f"<= {AIM_S}", met=p95 <= AIM_S)
    attente = centile([echange["ms"] for echange in echanges if echange.get("route") == "/v1/sync"], 95) / 1000
    yield Mesure("charge_ruee_region", attente, "s p95, from request to answer, in the Region's own journal")
    dits = ", ".join(f"{qui} {part:.1f}" for qui, part in zip(("Region", "database", "desks"), pris, strict=True))
    yield Mesure("charge_ruee_coeurs", sum(pris), f"s of a core for all of it: {dits}")


def _coeurs(serveur: Serveur, grappe: Grappe) -> tuple[float, float, float]:
    """Seconds of a core taken so far by the server, by the database, and by this process, which is all the desks."""
    region = database = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, suite = stat.read_text(encoding="utf-8", errors="replace").partition(" (")
        except OSError:
            # It ended meanwhile.
            continue
        champs = suite.rpartition(")")[2].split()
        secondes = (int(champs[11]) + int(champs[12])) / os.sysconf("SC_CLK_TCK")
        if serveur.pid in (int(pid), int(champs[1])):
            region += secondes
        elif grappe.pid in (int(pid), int(champs[1])):
            # Each connection is a process of its own.
            database += secondes
    return region, database, time.process_time()


def _envoyer(
    transport: HttpTransport, adresse: str, depart: Barrier, demande: SignedRequest
) -> tuple[float, tuple[int, Any, bytes]]:
    """Seconds until the answer is read, from a connection not made yet; and the answer."""
    depart.wait()
    debut = time.perf_counter()
    reponse = _poster(transport, adresse, demande)
    return time.perf_counter() - debut, reponse


def _bien_recue(poste: PosteFactice, demande: SignedRequest, reponse: tuple[int, Any, bytes]) -> bool:
    """Whether the Region says, and signs, that it has the hundred acts."""
    poste.envoi = lambda _: reponse
    recue = poste.envoyer(demande)
    return isinstance(recue, SyncAnswer) and recue.have.seq == LOT


def _poster(transport: HttpTransport, adresse: str, demande: SignedRequest) -> tuple[int, Any, bytes]:
    reponse = transport.post(f"{adresse}/v1/sync", demande.headers, demande.body)
    return reponse.status, reponse.headers, reponse.body
