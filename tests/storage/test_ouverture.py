"""Opening: the driver's settings, wrong keys, damage, newer programs, migrations after a copy."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from passdesk.domain.erreurs import BaseFermee, PanneAttendue
from passdesk.domain.horloge import HorlogeFixe
from passdesk.storage import personnes
from passdesk.storage.engine import FICHIER, Base
from passdesk.storage.integrite import verifier_base
from passdesk.storage.migrations import migrations
from passdesk.storage.pilote import Database, Migrations, connecter, dbapi
from tests.storage.gestes import CLE, recevoir, servir, tout


def test_sqlite_utils_takes_sqlcipher_and_its_exceptions(base: Base) -> None:
    programme = (
        "import passdesk.storage.pilote as p, sqlite_utils.utils as u, sqlcipher3;"
        "assert u.sqlite3 is sqlcipher3 and u.OperationalError is p.dbapi.OperationalError"
    )
    assert subprocess.run([sys.executable, "-c", programme], check=False).returncode == 0
    # It catches the driver's own error to add the column: the wrong family would let it through.
    base.db.table("essai").insert({"id": 1}, pk="id")
    base.db.table("essai").insert({"id": 2, "ajoute": "x"}, alter=True)
    assert base.db.table("essai").get(2)["ajoute"] == "x"


def test_sqlite_utils_imported_first_is_refused() -> None:
    programme = "import sqlite_utils, passdesk.storage.pilote"
    refuse = subprocess.run([sys.executable, "-c", programme], check=False, capture_output=True, text=True)
    assert refuse.returncode == 1
    assert "before passdesk.storage.pilote" in refuse.stderr


@pytest.mark.parametrize(
    ("reglage", "valeur"),
    [
        ("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("temp_store", 2), ("secure_delete", 1),
        ("busy_timeout", 5000), ("cipher_memory_security", "0"),
    ],
)  # fmt: skip
def test_settings_of_every_connection(base: Base, reglage: str, valeur: object) -> None:
    assert base.db.execute(f"PRAGMA {reglage}").fetchone()[0] == valeur


def test_every_table_is_strict(base: Base) -> None:
    laches = base.db.execute(
        "SELECT name FROM pragma_table_list WHERE strict = 0 AND type = 'table' AND schema = 'main'"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
    ).fetchall()
    assert laches == []


def test_another_program_sees_no_database(base: Base, tmp_path: Path) -> None:
    connexion = sqlite3.connect(tmp_path / FICHIER)
    with pytest.raises(sqlite3.DatabaseError):
        connexion.execute("SELECT count(*) FROM sqlite_master")
    connexion.close()


def test_a_missing_base_is_not_replaced_by_an_empty_one(tmp_path: Path, horloge: HorlogeFixe) -> None:
    with pytest.raises(BaseFermee) as trouble:
        Base.ouvrir(tmp_path, CLE, horloge)
    assert trouble.value.code == "base_absente"
    assert list(tmp_path.iterdir()) == []


def _rouvrir(dossier: Path, horloge: HorlogeFixe, cle: bytes = CLE) -> str:
    """The code of the refusal, or "" when it opens and is found sound."""
    try:
        base = Base.ouvrir(dossier, cle, horloge)
    except BaseFermee as trouble:
        assert trouble.__cause__ is None
        return trouble.code
    problemes = verifier_base(base)
    base.fermer()
    return ",".join(sorted({probleme.code for probleme in problemes}))


def test_another_key_does_not_open_it_and_says_nothing_on_the_console(
    base: Base, tmp_path: Path, horloge: HorlogeFixe, capfd: pytest.CaptureFixture[str]
) -> None:
    recevoir(base)
    base.fermer()
    assert _rouvrir(tmp_path, horloge, bytes(32)) == "base_abimee"
    assert capfd.readouterr() == ("", "")
    assert _rouvrir(tmp_path, horloge) == ""


@pytest.mark.parametrize(
    "abimer",
    [
        lambda octets: octets[:1000],
        lambda octets: b"",
        lambda octets: bytes(len(octets)),
        lambda octets: bytes([octets[0] ^ 1]) + octets[1:],
        lambda octets: octets[: len(octets) // 2 // 4096 * 4096],
        lambda octets: octets[:9000] + bytes([octets[9000] ^ 1]) + octets[9001:],
        lambda octets: octets[:-1] + bytes([octets[-1] ^ 1]),
    ],
    ids=["court", "vide", "zeros", "sel", "moitie", "page", "fin"],
)
def test_damage_never_opens_as_sound(
    base: Base, tmp_path: Path, horloge: HorlogeFixe, abimer: Callable[[bytes], bytes]
) -> None:
    recevoir(base)
    servir(base)
    base.fermer()
    fichier = tmp_path / FICHIER
    fichier.write_bytes(abimer(fichier.read_bytes()))
    assert _rouvrir(tmp_path, horloge) != ""


def _plus_tard(*noms: str, geste: Callable[[Database], None] = lambda db: None) -> Migrations:
    ensemble = migrations()
    for nom in noms:
        ensemble(name=nom)(lambda db: geste(db))
    return ensemble


def test_a_file_that_the_disk_refuses_is_an_outage(tmp_path: Path, horloge: HorlogeFixe) -> None:
    (tmp_path / FICHIER).mkdir()
    with pytest.raises(PanneAttendue) as trouble:
        Base.ouvrir(tmp_path, CLE, horloge)
    assert trouble.value.code == "disque_muet"


def test_a_migration_comes_after_a_copy_that_opens(base: Base, tmp_path: Path, horloge: HorlogeFixe) -> None:
    recevoir(base)
    servir(base)
    base.fermer()

    def ajouter_table(db: Database) -> None:
        db.table("m2").create({"id": int}, pk="id", strict=True)

    migree = Base.ouvrir(tmp_path, CLE, horloge, etapes=_plus_tard("m0002_essai", geste=ajouter_table))
    assert migree.db.table("m2").exists()
    assert personnes.compter(migree) == 1
    migree.fermer()
    (copie,) = (tmp_path / "sauvegardes").iterdir()
    assert copie.name == "poste-20261123T093000-avant-m0002_essai.db"
    assert copie.stat().st_mode & 0o077 == 0
    avant = connecter(str(copie), CLE)
    assert not avant.table("m2").exists()
    assert avant.execute("SELECT count(*) FROM operation").fetchone()[0] == 5
    avant.conn.close()


def test_a_base_from_a_newer_program_is_refused_untouched(base: Base, tmp_path: Path, horloge: HorlogeFixe) -> None:
    base.fermer()
    Base.ouvrir(tmp_path, CLE, horloge, etapes=_plus_tard("m0002_essai")).fermer()
    octets = (tmp_path / FICHIER).read_bytes()
    assert _rouvrir(tmp_path, horloge) == "base_plus_recente"
    assert (tmp_path / FICHIER).read_bytes() == octets


def test_a_migration_that_fails_leaves_the_base_as_it_was(base: Base, tmp_path: Path, horloge: HorlogeFixe) -> None:
    recevoir(base)
    avant = tout(base)
    base.fermer()

    def rater(db: Database) -> None:
        db.execute("CREATE TABLE demi (id INTEGER)")
        db.execute("UPDATE lot SET suivant = 5")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Base.ouvrir(tmp_path, CLE, horloge, etapes=_plus_tard("m0002_essai", geste=rater))
    apres = Base.ouvrir(tmp_path, CLE, horloge)
    assert tout(apres) == avant
    apres.fermer()


def test_an_interrupted_creation_starts_again(tmp_path: Path, horloge: HorlogeFixe) -> None:
    (tmp_path / FICHIER).touch()
    base = Base.ouvrir(tmp_path, CLE, horloge, creer=True)
    assert verifier_base(base) == ()
    base.fermer()


def test_the_first_shape_is_made_in_one_transaction() -> None:
    db = connecter(":memory:", None)
    etapes = Migrations("passdesk")
    (fondation,) = (etape for etape in migrations().pending(db) if etape.name == "m0001_fondation")

    @etapes(name="m0001_fondation")
    def _interrompue(db: Database) -> None:
        fondation.fn(db)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        etapes.apply(db)
    assert db.table_names() == ["_sqlite_migrations"]
    db.conn.close()


def test_a_key_of_another_length_is_a_bug() -> None:
    with pytest.raises(ValueError, match="32"):
        connecter(":memory:", b"court")
    assert issubclass(dbapi.OperationalError, dbapi.DatabaseError)
