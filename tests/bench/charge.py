"""The Region on PostgreSQL, as in production: what it takes in beside a bare insert, and 300 desks at once.

The acts are those of visits: most are only kept, one in ten is an award, judged against its lot and the ten pass.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
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
from tests.builders import campagne_de_test, serveur
from tests.server.grappe import Grappe
from tests.server.poste_factice import URL, Envoi, PosteFactice

LOT = 100
AUTOUR = (
    "demande.deposer", "justificatif.constater", "justificatif.constater", "accompagnement.noter",
    "carnet.impression_lancee", "carnet.impression_faite", "carnet.remettre",
)  # fmt: skip
"""Of a visit, beside the person and the award."""
CORPS = {"note": "ce que la demande dit de la situation, en une phrase ou deux", "jour": "2026-11-23", "par": "agent-1"}
MOITIE = 0.5
AIM_S = 2.0
CHEMINS = {"/v1/sync": traiter_sync, "/v1/enrolement": traiter_demande, "/v1/enrolement/etat": traiter_etat}


def mesurer(bref: bool) -> Iterator[Mesure]:
    """20 000 acts of one desk, then 300 desks of 100 (4 000, then 60, when brief)."""
    grappe = Grappe(durable=True)
    try:
        with _region(grappe) as region:
            yield _ingestion(region, grappe, 40 if bref else 200)
        with _region(grappe) as region:
            yield from _ruee(region, 60 if bref else 300)
    finally:
        grappe.arreter()


@contextmanager
def _region(grappe: Grappe) -> Iterator[Region]:
    racine = nouvelle_racine(demonstration=True)
    with TemporaryDirectory(prefix="passdesk-bench-") as lieu:
        adresse = lire_adresse(grappe.vider())
        region = initialiser(Path(lieu) / "region", racine, HorlogeSysteme(), adresse=adresse)
        ouvrir_campagne(region, racine, campagne_de_test(horloge=region.horloge), stock=600_000)
        yield region
        region.fermer()


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
    accepter(region, code[:2])
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


def _par_lots(tout: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for debut in range(0, len(tout), LOT):
        yield tout[debut : debut + LOT]


def _ingestion(region: Region, grappe: Grappe, lots: int) -> Mesure:
    poste = _poste(region, 0, lots * LOT // 10)
    _visites(poste, 1, lots * LOT // 10)
    demandes = [poste.preparer(list(lot)) for lot in _par_lots(poste.log)]
    debut = time.perf_counter()
    recues = [poste.envoyer(demande) for demande in demandes]
    secondes = time.perf_counter() - debut
    assert all(isinstance(r, SyncAnswer) and {o.result for o in r.outcomes} == {"appliquee"} for r in recues), recues[
        -1
    ]
    nue = _inserer(grappe)
    ratio = nue / secondes
    return Mesure(
        "charge_ingestion", lots * LOT / secondes, "acts/s", f"bare batched insert, {lots * LOT / nue:.0f}/s", ratio,
        f">= {MOITIE}", ratio >= MOITIE,
    )  # fmt: skip


def _inserer(grappe: Grappe) -> float:
    """Seconds for the same rows, as many to a transaction, into tables of the same shape, and nothing else."""
    with psycopg.connect(grappe.url(), autocommit=True) as connexion:
        rangees = {}
        for table in ("operation", "corps"):
            connexion.execute(f"CREATE TABLE nue_{table} (LIKE {table} INCLUDING ALL)".encode())
            rangees[table] = connexion.execute(f"SELECT * FROM {table} ORDER BY seq".encode()).fetchall()
        debut = time.perf_counter()
        for actes, corps in zip(*(_par_lots(rangees[t]) for t in ("operation", "corps")), strict=True):
            with connexion.transaction(), connexion.cursor() as curseur:
                for table, lot in (("operation", actes), ("corps", corps)):
                    marques = ", ".join(["%s"] * len(lot[0]))
                    curseur.executemany(f"INSERT INTO nue_{table} VALUES ({marques})".encode(), lot)
        return time.perf_counter() - debut


def _ruee(region: Region, nombre: int) -> Iterator[Mesure]:
    """Every desk sends its hundred acts at the same instant, over HTTP, on a connection of its own."""
    numeros = count(1, LOT // 10)
    postes = [_poste(region, rang, LOT // 10) for rang in range(nombre)]
    for poste in postes:
        _visites(poste, next(numeros), LOT // 10)
    demandes = [poste.preparer(poste.log) for poste in postes]
    depart = Barrier(nombre)
    with serveur(region) as adresse, ThreadPoolExecutor(nombre) as fils:
        taches = [fils.submit(_envoyer, adresse, depart, p, d) for p, d in zip(postes, demandes, strict=True)]
        durees = [tache.result() for tache in taches]
    fautes = sum(duree is None for duree in durees)
    p95 = centile([duree for duree in durees if duree is not None], 95)
    yield Mesure("charge_ruee_fautes", fautes, f"of {nombre} desks", goal="<= 0", ok=fautes == 0)
    yield Mesure("charge_ruee", p95, f"s p95, {nombre} desks at once", aim=f"<= {AIM_S}", met=p95 <= AIM_S)


def _envoyer(adresse: str, depart: Barrier, poste: PosteFactice, demande: SignedRequest) -> float | None:
    """Seconds until the signed answer is read; None when it is not the one expected."""
    with HttpTransport() as transport:
        poste.envoi = _par_http(transport, adresse)
        depart.wait()
        debut = time.perf_counter()
        reponse = poste.envoyer(demande)
        secondes = time.perf_counter() - debut
    bonne = isinstance(reponse, SyncAnswer) and reponse.have.seq == LOT
    return secondes if bonne else None


def _par_http(transport: HttpTransport, adresse: str) -> Callable[[SignedRequest], tuple[int, Any, bytes]]:
    def envoyer(demande: SignedRequest) -> tuple[int, Any, bytes]:
        reponse = transport.post(f"{adresse}/v1/sync", demande.headers, demande.body)
        return reponse.status, reponse.headers, reponse.body

    return envoyer
