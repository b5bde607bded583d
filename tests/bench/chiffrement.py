"""What encryption costs: the same base in clear, in the same run, searched and written to; and opening a big one.

Everything else is equal: pages, content, acts (`synchronous=FULL`, the copy beside the base). The two are
measured in turn, so that what else the computer does weighs on both.
"""

from __future__ import annotations

import random
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from passdesk.app import load_communes
from passdesk.domain.commune import Communes
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.services.personnes import chercher
from passdesk.services.poste import Poste
from passdesk.storage.copie_laterale import CopieLaterale
from passdesk.storage.engine import FICHIER, Base, uuid7
from passdesk.storage.pilote import connecter
from tests.bench import Mesure, durees_ms
from tests.bench.peuple import CLE, Gens, peupler
from tests.bench.recherche import textes

ACTES = 60
OUVERTURES = 15
AU_PLUS = 2.0


def mesurer(bref: bool) -> Iterator[Mesure]:
    """100 000 people (10 000 when brief)."""
    nombre = 10_000 if bref else 100_000
    modele, gens = peupler(nombre)
    modele.fermer()
    with tempfile.TemporaryDirectory(prefix="passdesk-bench-") as lieu:
        chiffree, claire = _les_deux(modele.dossier, Path(lieu))
        yield from _chercher(chiffree, claire, gens, load_communes(), nombre)
        yield from _ecrire(chiffree, claire, gens)
        chiffree.fermer()
        claire.fermer()
        yield _ouvrir(chiffree.dossier, Path(lieu) / "vide", nombre)


def _les_deux(modele: Path, lieu: Path) -> tuple[Base, Base]:
    """A copy of the base to write to, and the same one in clear."""
    secrete, ouverte = lieu / "chiffree", lieu / "claire"
    secrete.mkdir()
    ouverte.mkdir()
    shutil.copy(modele / FICHIER, secrete / FICHIER)
    chiffree = Base.ouvrir(secrete, CLE, HorlogeSysteme())
    chiffree.db.execute("ATTACH DATABASE ? AS claire KEY ''", [str(ouverte / FICHIER)])
    chiffree.db.execute("SELECT sqlcipher_export('claire')")
    chiffree.db.execute("DETACH DATABASE claire")
    db = connecter(str(ouverte / FICHIER), None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    copie, connexion = CopieLaterale(ouverte, CLE), partial(connecter, str(ouverte / FICHIER), None)
    return chiffree, Base(ouverte, db, HorlogeSysteme(), uuid7, secrets.token_bytes, copie, connexion)


def _chercher(chiffree: Base, claire: Base, gens: list[Gens], communes: Communes, nombre: int) -> Iterator[Mesure]:
    noms, tout = textes(gens)
    postes = [Poste(base.dossier, base, CLE, "bench", HorlogeSysteme()) for base in (chiffree, claire)]
    gestes = [partial(chercher, poste, texte, communes) for texte in (*noms, *tout) for poste in postes]
    yield _comparer("chiffrement_recherche", durees_ms(gestes), f"same base in clear, {nombre} people")


def _ecrire(chiffree: Base, claire: Base, gens: list[Gens]) -> Iterator[Mesure]:
    hasard = random.Random(3)
    gestes: list[Callable[[], object]] = []
    for rang in range(ACTES):
        corps = hasard.choice(gens).corps
        gestes += [partial(_inscrire, base, f"bench-{rang}", corps) for base in (chiffree, claire)]
    yield _comparer("chiffrement_ecriture", durees_ms(gestes), "same act in clear")


def _inscrire(base: Base, personne_id: str, corps: dict[str, object]) -> None:
    with base.acte("bench") as acte:
        acte.inscrire("personne.enregistrer", personne_id, corps)


def _comparer(nom: str, durees: list[float], avec: str) -> Mesure:
    """Even ranks are encrypted, odd ones in clear."""
    chiffre, clair = median(durees[::2]), median(durees[1::2])
    return Mesure(nom, chiffre, "ms", avec, chiffre / clair, f"<= {AU_PLUS:g}", chiffre / clair <= AU_PLUS)


def _ouvrir(pleine: Path, vide: Path, nombre: int) -> Mesure:
    """With the raw key, to the first rows read."""
    vide.mkdir()
    Base.ouvrir(vide, CLE, HorlogeSysteme(), creer=True).fermer()
    durees = durees_ms(partial(_ouvrir_une, dossier) for _ in range(OUVERTURES) for dossier in (pleine, vide))
    return _comparer("chiffrement_ouverture", durees, f"an empty base; {nombre} people")


def _ouvrir_une(dossier: Path) -> None:
    base = Base.ouvrir(dossier, CLE, HorlogeSysteme())
    base.db.execute("SELECT * FROM personne LIMIT 1").fetchall()
    base.fermer()
