"""A big encrypted base of made-up people, built once in the system's temporary folder and found again there."""

from __future__ import annotations

import hashlib
import inspect
import random
import shutil
import tempfile
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from passdesk.domain import phonetique, ressemblance
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.protocol.operations import Entete, TypeOperation
from passdesk.storage import migrations, recherche
from passdesk.storage.engine import Base
from passdesk.storage.projections import personnes as projection
from tests.bench import noms as module_noms
from tests.bench.noms import FINS, NOMS, PRENOMS, SYLLABES

CLE = bytes(range(32))
COMMUNES = ("59392", "59249", "59350", "59512", "59606", "02691", "62041", "80021", "60057", "59365")
"""Where people live: mostly a few towns, as at a real desk."""
NOMS_RARES = 20_000
GRAINE = 2026


@dataclass(frozen=True, slots=True)
class Gens:
    """One made-up person, as `personne.enregistrer` holds it."""

    personne_id: str
    corps: dict[str, object]


class Tirage:
    """Draws of names: a few common ones, many rare ones, as in a telephone book."""

    def __init__(self, graine: int) -> None:
        self.hasard = random.Random(graine)
        rares = sorted({self._rare() for _ in range(NOMS_RARES)})
        self.noms = [*NOMS, *rares]
        self.prenoms = list(PRENOMS)
        self._poids_noms = list(accumulate(1 / (rang + 12) for rang in range(len(self.noms))))
        self._poids_prenoms = list(accumulate(1 / (rang + 12) for rang in range(len(self.prenoms))))

    def _rare(self) -> str:
        milieu = "".join(self.hasard.choice(SYLLABES) for _ in range(self.hasard.choice((1, 2, 2))))
        return (milieu + self.hasard.choice(FINS)).capitalize()

    def nom(self) -> str:
        """A surname."""
        return self.noms[bisect(self._poids_noms, self.hasard.random() * self._poids_noms[-1])]

    def prenom(self) -> str:
        """A first name."""
        return self.prenoms[bisect(self._poids_prenoms, self.hasard.random() * self._poids_prenoms[-1])]

    def naissance(self) -> date:
        """A day on which a living person was born."""
        return date(1932, 1, 1) + timedelta(days=self.hasard.randrange(27_000))

    def telephone(self) -> str:
        """A French number, ten digits by pairs; mostly a mobile one."""
        chiffres = self.hasard.choice(("06", "06", "07", "03")) + f"{self.hasard.randrange(10**8):08d}"
        return " ".join(chiffres[rang : rang + 2] for rang in range(0, 10, 2))

    def gens(self, rang: int) -> Gens:
        """The `rang`-th person."""
        hasard = self.hasard
        prenoms = self.prenom() if hasard.random() < 0.6 else f"{self.prenom()} {self.prenom()}"
        corps: dict[str, object] = {
            "nom_naissance": self.nom(),
            "prenoms": prenoms,
            "nom_usage": self.nom() if hasard.random() < 0.25 else "",
            "naissance": self.naissance().isoformat(),
            "commune": hasard.choice(COMMUNES),
            "telephone": self.telephone() if hasard.random() < 0.85 else "",
            "cle": hasard.randbytes(16),
        }
        return Gens(f"p{rang:08d}", corps)


def peupler(nombre: int) -> tuple[Base, list[Gens]]:
    """An open base of `nombre` people, and some of them; the rows are those that the real projection would write."""
    tirage = Tirage(GRAINE)
    dossier = Path(tempfile.gettempdir()) / f"passdesk-bench-{empreinte()}-{nombre}"
    pret = dossier / "pret"
    if not pret.exists():
        shutil.rmtree(dossier, ignore_errors=True)
        base = Base.ouvrir(dossier, CLE, HorlogeSysteme(), creer=True)
        # Keys come in no order: with the pages in memory, a million people take minutes rather than hours.
        base.db.execute("PRAGMA synchronous = OFF")
        base.db.execute("PRAGMA cache_size = -800000")
        with base.ecriture():
            inscrire(base, _tous(tirage, nombre))
        base.fermer()
        pret.touch()
    temoins = list(_tous(Tirage(GRAINE), min(nombre, 2000)))
    return Base.ouvrir(dossier, CLE, HorlogeSysteme()), temoins


def remplir(base: Base, nombre: int) -> None:
    """Adds `nombre` people to the base of a desk."""
    with base.ecriture():
        inscrire(base, _tous(Tirage(GRAINE), nombre))


def inscrire(base: Base, tous: Iterator[Gens]) -> None:
    """By the real projection; the indexes are filled once at the end, which gives the same ones."""
    db = base.db
    sql = (
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'personne' AND sql IS NOT NULL "
        "AND (type = 'trigger' OR (type = 'index' AND name NOT LIKE '%personne_id'))"
    )
    a_refaire = db.execute(sql).fetchall()
    for genre, nom, _ in a_refaire:
        db.execute(f"DROP {genre} {nom}")
    for rang, gens in enumerate(tous, 1):
        entete = Entete(1, rang, "", TypeOperation.PERSONNE_ENREGISTRER, 1, "", gens.personne_id, rang, b"", b"", b"")
        projection.ecrire(db, entete, gens.corps)
    for _, _, creation in a_refaire:
        db.execute(creation)
    db.execute("INSERT INTO personne_fts(personne_fts) VALUES('rebuild')")


def _tous(tirage: Tirage, nombre: int) -> Iterator[Gens]:
    return (tirage.gens(rang) for rang in range(nombre))


def empreinte() -> str:
    """Changes with whatever shapes the base: another shape is another folder."""
    modules = (projection, module_noms, inspect.getmodule(peupler), ressemblance, phonetique, recherche)
    sources = [inspect.getsource(module) for module in modules if module is not None]
    sources += [p.read_text(encoding="utf-8") for p in sorted(Path(migrations.__file__).parent.glob("*.py"))]
    return hashlib.sha256("".join(sources).encode()).hexdigest()[:12]
