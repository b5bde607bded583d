"""SIGKILL of the real program at random moments of what it does; the desk is then opened and judged.

Killed: the visits of a day (award, print, hand-over), `passdesk personne importer`, `passdesk sauvegarder`, a migration
and the copy made before it. Visits and migrations are born of a process that has imported the program already: to do it
once for each was two thirds of what they took.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import BinaryIO

from passdesk.domain.erreurs import KnownError
from passdesk.storage.cles import ouvrir_trousseau
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, Base
from passdesk.storage.integrite import verifier_base
from passdesk.storage.migrations import migrations
from passdesk.storage.pilote import Database, Migrations
from passdesk.storage.sauvegarde import extraire_base
from tests.builders import PHRASE, horloge_fixe
from tests.crash import Verdict, travail
from tests.crash.campagne import PARTS, memoire
from tests.crash.travail import dire
from tests.crash.verdict import juger
from tests.e2e.conftest import RACINE, environnement

INSCRITES = 4
"""Persons of the spreadsheet: the key of each takes the computer a tenth of a second."""
ACTES_AU_PLUS = 16


def _lancer(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=RACINE, env=environnement(PASSDESK_PHRASE=PHRASE),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _naitre(faire: Callable[..., None], *arguments: str) -> tuple[ForkServerProcess, BinaryIO]:
    """A process that does this, and what it says."""
    contexte = multiprocessing.get_context("forkserver")
    contexte.set_forkserver_preload([__name__])
    lu, ecrit = contexte.Pipe(duplex=False)
    with lu, ecrit:
        processus = contexte.Process(target=_travailler, args=(ecrit, faire, arguments), daemon=True)
        processus.start()
        return processus, os.fdopen(os.dup(lu.fileno()), "rb")


def _travailler(dits: Connection, faire: Callable[..., None], arguments: tuple[str, ...]) -> None:
    os.dup2(dits.fileno(), 1)
    dits.close()
    sien = environnement()
    os.environ.clear()
    os.environ.update(sien)
    faire(*arguments)


def _tuer_ne(processus: ForkServerProcess, dans: float) -> bool:
    """As `_tuer`, of one that was born."""
    threading.Event().wait(dans)
    processus.kill()
    processus.join()
    return (processus.exitcode or 0) < 0


def _tuer(processus: subprocess.Popen[bytes], dans: float) -> bool:
    """Kills it in so many seconds; False when it had ended before."""
    threading.Event().wait(dans)
    processus.kill()
    return processus.wait() < 0


def tuer_visites(dossier: Path, alea: Random) -> Verdict:
    """A day of visits, killed some time after one of its acts was said."""
    processus, dit = _naitre(travail.main, str(dossier), "1000")
    with dit:
        lus = [dit.readline() for _ in range(alea.randint(1, ACTES_AU_PLUS))]
        tue = _tuer_ne(processus, alea.uniform(0, 0.06))
        lus += dit.read().splitlines(keepends=True)
    dits = [json.loads(ligne) for ligne in lus if ligne.endswith(b"\n")]
    verdict = juger(dossier, dits, continuer=True)
    return verdict if tue else Verdict(fautes=(*verdict.fautes, "not killed"))


def tuer_importer(dossier: Path, alea: Random) -> Verdict:
    """The recording of a spreadsheet: all of it or nothing; done again, each person is there once."""
    tableau = dossier.with_suffix(".csv")
    lignes = (f"Tableau{chr(97 + n)};Odile{chr(97 + n)};{n % 28 + 1:02d}/03/1950" for n in range(INSCRITES))
    tableau.write_text("Nom;Prénom;Né(e) le\n" + "\n".join(lignes) + "\n", encoding="utf-8")
    commande = ("passdesk", "personne", "importer", str(tableau), "--base-dir", str(dossier))
    attente = 4.0
    while not _tuer(_lancer(*commande), alea.uniform(0.2, 1) * attente):
        # Too late: less time, and once more on a desk that has them all.
        attente /= 1.5
    fautes = [f"{n} persons of {INSCRITES}" for n in [_compter(dossier)] if n not in (0, INSCRITES)]
    _lancer(*commande).wait()
    manque = INSCRITES - _compter(dossier)
    verdict = juger(dossier, [], continuer=True)
    return Verdict(verdict.perdus + max(0, manque), verdict.doubles + max(0, -manque), (*verdict.fautes, *fautes))


def _compter(dossier: Path) -> int:
    base = Base.ouvrir(dossier, ouvrir_trousseau(dossier, PHRASE)[1], horloge_fixe())
    try:
        return int(base.db.execute("SELECT count(*) FROM personne WHERE nom_naissance LIKE 'Tableau%'").fetchone()[0])
    finally:
        base.fermer()


def etapes_a_venir() -> Migrations:
    """The program's migrations and one more, that rewrites every table beside itself."""
    ensemble = migrations()

    def recopier(db: Database) -> None:
        for table in [nom for nom in db.table_names() if not nom.startswith(("_", "sqlite_", "personne_fts"))]:
            db.execute(f'CREATE TABLE "avenir_{table}" AS SELECT * FROM "{table}"')

    ensemble(name="m9999_avenir")(recopier)
    return ensemble


def migrer(dossier: str) -> None:
    """In a process of its own: opens the desk with a program to come."""
    cle = ouvrir_trousseau(Path(dossier), PHRASE)[1]
    dire({"quoi": "debut"})
    Base.ouvrir(Path(dossier), cle, horloge_fixe(), etapes=etapes_a_venir()).fermer()


def tuer_migration(dossier: Path, alea: Random) -> Verdict:
    """A migration: the base is as before or as after, and each copy that is there opens."""
    processus, dit = _naitre(migrer, str(dossier))
    with dit:
        dit.readline()
        _tuer_ne(processus, alea.uniform(0, 0.09))
    fautes: list[str] = []
    cle = ouvrir_trousseau(dossier, PHRASE)[1]
    try:
        base = Base.ouvrir(dossier, cle, horloge_fixe(), etapes=etapes_a_venir())
    except KnownError as trouble:
        return Verdict(1, fautes=(f"does not open: {trouble.code}",))
    fautes += [f"unsound: {probleme.code}" for probleme in verifier_base(base)]
    perdus = int(not base.db.execute("SELECT count(*) FROM avenir_operation").fetchone()[0])
    base.fermer()
    if not list((dossier / DOSSIER_SAUVEGARDES).glob("*.db")):
        fautes.append("no copy before the migration")
    return Verdict(perdus, fautes=tuple(fautes))


def tuer_sauvegarde(dossier: Path, alea: Random) -> Verdict:
    """`passdesk sauvegarder` to a file: the file is whole, or is not there."""
    fichier, debut = dossier.parent / "copie.sauvegarde", dossier / DOSSIER_SAUVEGARDES
    dans, tue = alea.uniform(0, 0.12), False
    while not tue:
        shutil.rmtree(debut, ignore_errors=True)
        fichier.unlink(missing_ok=True)
        processus = _lancer("passdesk", "sauvegarder", str(fichier), "--base-dir", str(dossier))
        # Its folder is the first thing that it makes; what follows takes a tenth of a second.
        while not debut.exists() and processus.poll() is None:
            threading.Event().wait(0.001)
        tue = _tuer(processus, dans)
        dans /= 3
    fautes = []
    if fichier.exists():
        try:
            extraire_base(fichier, dossier.parent / "lue.db")
        except KnownError as trouble:
            fautes.append(f"backup under its name, not whole: {trouble.code}")
    verdict = juger(dossier, [], continuer=True)
    return Verdict(verdict.perdus, verdict.doubles, (*verdict.fautes, *fautes))


MORTS: tuple[Callable[[Path, Random], Verdict], ...] = (
    *(tuer_visites, tuer_visites, tuer_migration, tuer_visites, tuer_importer),
    *(tuer_visites, tuer_sauvegarde, tuer_migration, tuer_visites, tuer_visites),
)  # fmt: skip
"""In turn. An import takes three processes where a visit takes one."""


def passer(modele: Path, graine: int, nombre: int) -> list[Verdict]:
    """So many kills, in turn, each on a desk of its own; as many at a time as there are processors."""

    def une(rang: int) -> Verdict:
        with tempfile.TemporaryDirectory(prefix="passdesk-crash-", dir=memoire()) as lieu:
            dossier = Path(lieu) / "poste"
            shutil.copytree(modele, dossier)
            mort = MORTS[rang % len(MORTS)]
            verdict = mort(dossier, Random(f"{graine}-{rang}"))
        if verdict.bon:
            return verdict
        return Verdict(verdict.perdus, verdict.doubles, (*verdict.fautes, f"kill {rang} ({mort.__name__})"))

    with ThreadPoolExecutor(PARTS) as fils:
        return list(fils.map(une, range(nombre)))
