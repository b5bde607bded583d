"""A base of any earlier program opens with all it held; cut at any statement of any migration, it opens again."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from passdesk.domain.horloge import HorlogeFixe
from passdesk.storage import brouillons, envoi, numerisations, trouver
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, FICHIER, Base
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.storage.migrations import ENSEMBLE, ETAPES
from passdesk.storage.pilote import Database, Migrations, connecter
from tests.storage import bases
from tests.storage.gestes import CLE, tout

TOUTES = (*bases.SCHEMAS, bases.FIN_ETAPE_2)
RESTES = (
    ("operation", "epoch, seq, op_id, type, v, agent_id, subject_id, wall, commitment, prev_hash, hash"),
    ("corps", "*"),
    ("personne", "personne_id, nom_naissance, prenoms, nom_usage, naissance, commune, telephone, efface, cree"),
    ("demande", "demande_id, personne_id, public, arrivee_le, etat, motifs"),
    ("carnet", "campagne, numero, etat, personne_id, attribution_id, remis_le"),
    ("lot", "lot_id, campagne, pot, taille, premier, dernier, suivant"),
    ("brouillon", "*"),
    ("envoi", "*"),
)
"""What no migration may change, and the columns that the first shape had."""


def _restes(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    return {t: sorted(db.execute(f"SELECT {c} FROM {t}").fetchall(), key=repr) for t, c in RESTES}


def _avant(fichier: Path) -> dict[str, list[tuple[Any, ...]]]:
    db = connecter(str(fichier), CLE)
    lues = _restes(db)
    db.conn.close()
    return lues


def _appliquees(fichier: Path) -> set[str]:
    db = connecter(str(fichier), CLE)
    noms = {nom for (nom,) in db.execute("SELECT name FROM _sqlite_migrations").fetchall()}
    db.conn.close()
    return noms


@pytest.mark.parametrize("nom", TOUTES)
def test_an_earlier_base_opens_with_all_it_held(nom: str, tmp_path: Path, horloge: HorlogeFixe) -> None:
    avant = _avant(bases.poser(nom, tmp_path, CLE))
    base = Base.ouvrir(tmp_path, CLE, horloge)
    try:
        assert _restes(base.db) == avant
        assert verifier_base(base) == ()
        assert envoi.reste_a_envoyer(base) == len(avant["operation"])
        assert [garde.brouillon.nom_naissance for garde in brouillons.lister(base)] == ["Inachevé"]
        assert [p.personne_id for p in trouver.chercher(base, "eloi lefev 1950")] == ["p000"]
        assert [p.personne_id for p in trouver.chercher(base, "06 12 34 00 11")] == ["p011"]
        assert [p.nom_usage for p in trouver.chercher(base, "lefevre 1952 modifie")] == ["Modifié"]
        migree = tout(base)
        reconstruire_projections(base)
        assert {t: len(r) for t, r in tout(base).items()} == {t: len(r) for t, r in migree.items()}
    finally:
        base.fermer()


def test_each_new_migration_has_the_base_of_the_day_before(tmp_path: Path) -> None:
    """Make it with `tests/storage/bases/fabriquer.py`, from the commit before the migration."""
    noms = [module.__name__.rpartition(".")[2] for module in ETAPES]
    for nom, nombre in bases.SCHEMAS.items():
        assert _appliquees(bases.poser(nom, tmp_path / nom, CLE)) == set(noms[:nombre])
    assert max(bases.SCHEMAS.values()) >= len(ETAPES) - 1


@dataclass
class Temoin:
    """Keeps the files of a base as another process would find them if this one were killed, at each statement."""

    dossier: Path
    instants: Path
    vus: set[str]

    def regarder(self, requete: object = None) -> None:
        """Copies the folder unless it is as it was at an earlier statement."""
        fichiers = sorted(f for f in self.dossier.iterdir() if f.is_file() and not f.name.endswith("-shm"))
        etat = hashlib.sha256()
        for fichier in fichiers:
            etat.update(fichier.name.encode() + fichier.read_bytes())
        if etat.hexdigest() in self.vus:
            return
        self.vus.add(etat.hexdigest())
        instant = self.instants / f"{len(self.vus):03}"
        instant.mkdir(parents=True)
        for fichier in fichiers:
            shutil.copy(fichier, instant / fichier.name)

    def etapes(self) -> Migrations:
        """The program's own migrations, watched."""
        ensemble = Migrations(ENSEMBLE)
        for module in ETAPES:
            ensemble(name=module.__name__.rpartition(".")[2])(self._sous_les_yeux(module.appliquer))
        return ensemble

    def _sous_les_yeux(self, appliquer: Callable[[Database], None]) -> Callable[[Database], None]:
        def faire(db: Database) -> None:
            db.conn.set_trace_callback(self.regarder)
            # Spilled pages reach the log before the commit: a kill finds half a migration there.
            db.execute("PRAGMA cache_size = 2")
            appliquer(db)

        return faire


@pytest.mark.parametrize("nom", [nom for nom, rang in bases.SCHEMAS.items() if rang < len(ETAPES)])
def test_a_base_cut_at_any_statement_of_a_migration_opens_again(nom: str, tmp_path: Path, horloge: HorlogeFixe) -> None:
    avant = _avant(bases.poser(nom, tmp_path / "poste", CLE))
    temoin = Temoin(tmp_path / "poste", tmp_path / "instants", set())
    base = Base.ouvrir(tmp_path / "poste", CLE, horloge, etapes=temoin.etapes())
    attendu = tout(base)
    base.fermer()
    temoin.regarder()
    instants = sorted(temoin.instants.iterdir())
    assert len(instants) > len(ETAPES) - bases.SCHEMAS[nom]
    for instant in instants[:: 1 + len(instants) // 10]:
        coupee = Base.ouvrir(instant, CLE, horloge)
        try:
            assert _restes(coupee.db) == avant, instant.name
            assert {t: r for t, r in tout(coupee).items() if t != "_sqlite_migrations"} == {
                t: r for t, r in attendu.items() if t != "_sqlite_migrations"
            }
            assert verifier_base(coupee) == ()
        finally:
            coupee.fermer()


def test_each_copy_made_before_a_migration_opens_as_it_was(tmp_path: Path, horloge: HorlogeFixe) -> None:
    avant = _avant(bases.poser(bases.FIN_ETAPE_2, tmp_path, CLE))
    assert len(avant["operation"]) >= 500
    Base.ouvrir(tmp_path, CLE, horloge).fermer()
    (copie,) = (tmp_path / DOSSIER_SAUVEGARDES).iterdir()
    retour = tmp_path / "retour"
    retour.mkdir()
    shutil.copy(copie, retour / FICHIER)
    assert _avant(retour / FICHIER) == avant
    base = Base.ouvrir(retour, CLE, horloge)
    assert verifier_base(base) == ()
    assert numerisations.abimees(base.db) == ()
    base.fermer()
