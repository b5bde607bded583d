"""Points and power losses: the disk of a recorded day rebuilt after each call, opened and judged; and the mutants."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from tests.builders import terrain
from tests.crash import Verdict
from tests.crash.disque import Disque, lire_dossier, poser
from tests.crash.trace import Appel, enregistrer
from tests.crash.travail import GARDES
from tests.crash.verdict import Dit, juger

PARTS = os.cpu_count() or 1
PERSONNES_DU_MUTANT = 2


@dataclass(frozen=True, slots=True)
class Journee:
    """A recorded day: the folder as it began, then each call."""

    dossier: Path
    depart: dict[str, bytes]
    appels: tuple[Appel, ...]


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment of a day at which the disk is rebuilt. `perte`: seed of a power loss, None for a killed process."""

    rang: int
    perte: str | None


def batir_modele(dossier: Path) -> Path:
    """An enrolled desk, closed: what every campaign begins with."""
    with terrain(dossier) as lieu:
        return lieu.nouveau_poste(carnets_5=5, carnets_10=200).dossier


def vivre(modele: Path, lieu: Path, personnes: int, garde: str = "") -> Journee:
    """Records a day of work on a copy of the desk."""
    dossier = lieu / f"journee-{garde or 'entiere'}"
    shutil.copytree(modele, dossier)
    depart = lire_dossier(dossier)
    appels = enregistrer(lieu / f"{dossier.name}.strace", dossier, [str(personnes), *([garde] if garde else [])])
    shutil.rmtree(dossier)
    return Journee(dossier, depart, appels)


def instants(journee: Journee, graine: int, nombre: int | None, pertes: int) -> tuple[Instant, ...]:
    """After each call that changes the disk, as killed and as `pertes` power losses; `nombre` of each when given.

    A sample takes half of its moments beside a sync, a rename, a removal, a cut or something said.
    """
    disque, rangs, nets = Disque(journee.depart), [], []
    for rang, appel in enumerate(journee.appels):
        if disque.faire(appel):
            rangs.append(rang)
            voisins = journee.appels[max(0, rang - 1) : rang + 2]
            if any(voisin.genre != "ecrire" for voisin in voisins):
                nets.append(rang)
    alea = Random(graine)

    def choisir() -> list[int]:
        if nombre is None:
            return rangs
        pres = alea.sample(nets, min(nombre // 2, len(nets)))
        return sorted({*pres, *alea.sample(rangs, min(nombre - len(pres), len(rangs)))})

    tues = [Instant(rang, None) for rang in choisir()]
    return (*tues, *(Instant(rang, f"{graine}-{rang}-{tour}") for tour in range(pertes) for rang in choisir()))


def juger_journee(journee: Journee, voulus: Sequence[Instant], part: int, parts: int) -> list[Verdict]:
    """One share of the moments, in the order of the day."""
    par_rang: dict[int, list[Instant]] = {}
    for instant in voulus[part::parts]:
        par_rang.setdefault(instant.rang, []).append(instant)
    with tempfile.TemporaryDirectory(prefix="passdesk-crash-", dir=memoire()) as lieu:
        return list(_derouler(journee, par_rang, Path(lieu)))


def _derouler(journee: Journee, par_rang: dict[int, list[Instant]], lieu: Path) -> Iterator[Verdict]:
    disque, dits = Disque(journee.depart), list[Dit]()
    a_dire = [json.loads(appel.octets) for appel in journee.appels if appel.genre == "dire"]
    for rang, appel in enumerate(journee.appels):
        disque.faire(appel)
        if appel.genre == "dire":
            dits.append(a_dire[len(dits)])
        for instant in par_rang.get(rang, ()):
            contenu = disque.tue() if instant.perte is None else disque.coupe(Random(instant.perte))
            poste = lieu / "poste"
            shutil.rmtree(poste, ignore_errors=True)
            poser(contenu, journee.dossier, poste)
            suivants = [dit for dit in a_dire[len(dits) :] if "seq" in dit]
            verdict = juger(poste, dits, suivants[0] if suivants else None, continuer=rang % 16 == 0 and bool(suivants))
            yield verdict if verdict.bon else _situer(verdict, instant, appel)


def _situer(verdict: Verdict, instant: Instant, appel: Appel) -> Verdict:
    quoi = f"call {instant.rang} ({appel.genre} {Path(appel.chemin).name}), loss {instant.perte}"
    return Verdict(verdict.perdus, verdict.doubles, (*verdict.fautes, quoi))


def passer(journee: Journee, voulus: Sequence[Instant]) -> list[Verdict]:
    """Every moment, on all processors."""
    with ProcessPoolExecutor(PARTS) as ouvriers:
        faire = partial(juger_journee, journee, voulus, parts=PARTS)
        return [verdict for lot in ouvriers.map(faire, range(PARTS)) for verdict in lot]


def mutants(modele: Path, lieu: Path, graine: int) -> dict[str, bool]:
    """Whether the removal of each guard is seen by the campaign's own sample."""
    with ThreadPoolExecutor(PARTS) as fils:
        return dict(zip(GARDES, fils.map(partial(_mutant, modele, lieu, graine), GARDES), strict=True))


def _mutant(modele: Path, lieu: Path, graine: int, garde: str) -> bool:
    journee = vivre(modele, lieu, PERSONNES_DU_MUTANT, garde)
    voulus = list(instants(journee, graine, 20, 2))
    Random(graine).shuffle(voulus)
    # A few at a time: the first that shows it is enough.
    return any(not v.bon for part in range(15) for v in juger_journee(journee, voulus, part, 15))


def memoire() -> str | None:
    """Where to put a disk that is thrown away at once: in memory where there is room for it."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
