"""The decision: `evaluer` over 100 000 random cases on one core, and a whole simulation of them, with its memory."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from passdesk.domain.csv_francais import ENTETE_UTF8, ligne_csv
from passdesk.domain.demande import PRESCRIPTEURS, PUBLICS, TYPES_JUSTIFICATIF, Anterieur, Dossier, JustificatifPresente
from passdesk.domain.evaluation import evaluer
from passdesk.services.reglements_connus import reglements_livres
from tests.bench import Mesure

CAS, CAS_BREF = 100_000, 10_000
SECONDES_PAR_CAS = 6 / 100_000
"""The goal of issue 4: 6 s for 100 000 cases."""

MIO_MAX = 160
"""The table is never whole in memory: 100 000 rows take no more than 10 000."""

ANTERIEURS = ((), (), (5,), (10,), (5, 5))
COMMUNES = ("59392", "59350", "02691", "60159", "62498", "80021", "75056", None)
_RELAIS = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
pris = resource.getrusage(resource.RUSAGE_CHILDREN)
print(pris.ru_utime + pris.ru_stime, pris.ru_maxrss)
"""
"""Seconds of processor and peak memory (KiB on Linux) of the command that follows."""

TABLE = Path("resources/reglements/2022-02-01.toml")


def cas_au_hasard(nombre: int, graine: int = 20220201) -> Iterator[Dossier]:
    """Cases of every public, in every state, half of them with good papers."""
    de = random.Random(graine)

    def papier(type_: str, arrivee: date) -> JustificatifPresente:
        recul = de.choice((10, 40, 80, 200, -5))
        vu_le = arrivee + timedelta(days=de.randrange(20)) if de.random() < 0.3 else None
        jour = arrivee - timedelta(days=recul) if de.random() < 0.9 else None
        return JustificatifPresente(type_, jour, vu_le)

    def un(rang: int) -> Dossier:
        arrivee = date(2021, 6, 1) + timedelta(days=de.randrange(600))
        naissance = date(1935, 1, 1) + timedelta(days=de.randrange(27_000)) if de.random() < 0.98 else None
        return Dossier(
            id=f"cas-{rang}",
            naissance=naissance,
            commune=de.choice(COMMUNES),
            public=de.choice(PUBLICS),
            prescripteur=de.choice((None, None, *PRESCRIPTEURS)),
            arrivee_le=arrivee,
            complementaire=de.random() < 0.2,
            justificatifs=tuple(papier(t, arrivee) for t in de.sample(TYPES_JUSTIFICATIF, de.randrange(2, 6))),
            anterieurs=tuple(Anterieur(n, arrivee - timedelta(days=100)) for n in de.choice(ANTERIEURS)),
            stock=de.choice((None, None, None, 0, 5, 500)),
        )

    return (un(rang) for rang in range(nombre))


def mesurer(bref: bool) -> Iterator[Mesure]:
    """`regles simuler` from a file to a file in a process of its own, then `evaluer` alone, on the same cases."""
    nombre = CAS_BREF if bref else CAS
    secondes, mio = _simuler(nombre)
    cas, reglements = list(cas_au_hasard(nombre)), reglements_livres()
    but = SECONDES_PAR_CAS * nombre
    gc.collect()
    debut = time.process_time()
    accords = sum(evaluer(dossier, reglements).issue == "accord" for dossier in cas)
    duree = time.process_time() - debut
    assert 0 < accords < nombre
    yield Mesure(f"evaluer {nombre} cas", duree, "s", goal=f"≤ {but:g} s, un cœur", ok=duree <= but)
    yield Mesure(f"simuler {nombre} cas", secondes, "s", versus=f"evaluer {nombre} cas", ratio=secondes / duree)
    yield Mesure(f"simuler {nombre} cas, mémoire", mio, "Mio", goal=f"≤ {MIO_MAX} Mio", ok=mio <= MIO_MAX)


def _simuler(nombre: int) -> tuple[float, float]:
    """Processor seconds and peak memory of a whole simulation."""
    with tempfile.TemporaryDirectory() as dossier:
        entree, sortie = Path(dossier) / "cas.csv", Path(dossier) / "reponses.csv"
        _ecrire(entree, cas_au_hasard(nombre))
        commande = [sys.executable, "-m", "passdesk", "regles", "simuler", str(entree), "--reglement", str(TABLE)]
        # Between us and it, a small process: what the kernel counts as a child's peak begins at its parent's own size.
        relais = [sys.executable, "-c", _RELAIS, *commande, "--out", str(sortie)]
        lu = subprocess.run(relais, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
        secondes, kio = map(float, lu.split())
        with sortie.open(encoding="utf-8-sig") as flux:
            assert sum(1 for _ in flux) == nombre + 1
    return secondes, kio / 1024


def _ecrire(fichier: Path, cas: Iterable[Dossier]) -> None:
    colonnes = ("id", "naissance", "commune", "public", "prescripteur", "arrivee_le", "complementaire", "anterieurs",
                "stock")  # fmt: skip
    with fichier.open("w", encoding="utf-8", newline="") as flux:
        flux.write(ENTETE_UTF8 + ligne_csv((*colonnes, *TYPES_JUSTIFICATIF)))
        for un in cas:
            pieces = {p.type: p.date.isoformat() if p.date else "oui" for p in un.justificatifs}
            anterieurs = " ".join(f"{a.nombre}:{a.le}" for a in un.anterieurs)
            faits = (un.id, un.naissance, un.commune, un.public, un.prescripteur, un.arrivee_le, un.complementaire)
            flux.write(ligne_csv((*faits, anterieurs, un.stock, *(pieces.get(t) for t in TYPES_JUSTIFICATIF))))
