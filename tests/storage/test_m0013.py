"""A base of the day before knows the calls that its log holds, those taken back left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.operations import Tete, sceller_operation, tete_apres
from passdesk.storage import journal
from passdesk.storage.engine import Base
from passdesk.storage.integrite import verifier_base
from passdesk.storage.migrations import ENSEMBLE, ETAPES
from passdesk.storage.pilote import Migrations
from tests.storage.gestes import CLE, IDENTITE
from tests.storage.histoires_appels import HISTOIRES, vivre

MOTS = (
    {"issue": "sans_reponse", "le": "2027-01-05", "carnets": [[12, 1], [12, 2]]},
    {"issue": "jointe", "le": "2027-01-06", "carnets": [[12, 2]]},
    {"issue": "servi", "le": "2027-01-07", "carnets": [[12, 1]]},
    {"repris": True},
    {},
)


def _ancienne(dossier: Path, horloge: HorlogeFixe) -> None:
    etapes = Migrations(ENSEMBLE)
    for module in ETAPES[:12]:
        etapes(name=module.__name__.rpartition(".")[2])(module.appliquer)
    base = Base.ouvrir(dossier, CLE, horloge, creer=True, etapes=etapes)
    tete = Tete(1)
    with base.ecriture() as db:
        for rang, mot in enumerate(MOTS):
            operation = sceller_operation(
                tete, op_id=f"op{rang}", type="personne.modifier", agent_id="agent-1", subject_id="p1",
                wall=1000 + rang, corps={**IDENTITE, "rappel": mot}, sel=bytes(32),
            )  # fmt: skip
            journal.ajouter(db, operation)
            tete = tete_apres(operation.entete)
    base.fermer()


def test_the_calls_of_the_log_are_in_the_table(tmp_path: Path, horloge: HorlogeFixe) -> None:
    _ancienne(tmp_path, horloge)
    base = Base.ouvrir(tmp_path, CLE, horloge)
    try:
        with base.lecture() as db:
            lus = db.execute("SELECT campagne, numero, le, issue FROM appel ORDER BY rang").fetchall()
    finally:
        base.fermer()
    assert lus == [
        (12, 1, "2027-01-05", "sans_reponse"), (12, 2, "2027-01-05", "sans_reponse"), (12, 2, "2027-01-06", "jointe"),
    ]  # fmt: skip


def _revenir(base: Base) -> None:
    """The shape of the day before, with all the rows that were there."""
    with base.ecriture() as db:
        db.execute("DROP TABLE appel")
        db.execute("DROP INDEX idx_carnet_remis")
        for colonne in ("appel_le", "appel_issue"):
            db.execute(f"ALTER TABLE carnet DROP COLUMN {colonne}")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0013_appels'")


@pytest.mark.parametrize("histoire", HISTOIRES.values(), ids=HISTOIRES)
def test_the_tables_are_those_that_the_log_gives(
    tmp_path: Path, horloge: HorlogeFixe, histoire: tuple[tuple[object, ...], ...]
) -> None:
    base = Base.ouvrir(tmp_path, CLE, horloge, creer=True)
    vivre(base, histoire)
    sql = "SELECT numero, appel_le, appel_issue FROM carnet ORDER BY numero"
    avant = base.db.execute(sql).fetchall()
    _revenir(base)
    base.fermer()
    base = Base.ouvrir(tmp_path, CLE, horloge)
    try:
        assert (base.db.execute(sql).fetchall(), verifier_base(base)) == (avant, ())
    finally:
        base.fermer()
