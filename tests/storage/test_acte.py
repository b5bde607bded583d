"""An act is whole or nothing, and the log is a chain that never changes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from passdesk.domain.carnet import Etat, TransitionInterdite
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.operations import Tete, TypeOperation, verifier_chaine, verifier_corps
from passdesk.storage import carnets, journal, lots, personnes, trouver
from passdesk.storage.engine import Base
from passdesk.storage.pilote import dbapi
from passdesk.storage.projections import ActeRefuse
from tests.storage.gestes import (
    AGENT,
    CAMPAGNE,
    CLE,
    accorder,
    carnet,
    deposer,
    enregistrer,
    recevoir,
    recevoir_lot,
    servir,
    sur_carnet,
    tout,
)


def test_an_act_writes_log_bodies_and_tables_at_once(base: Base, tmp_path: Path, horloge: HorlogeFixe) -> None:
    recevoir(base)
    servir(base)
    autre = Base.ouvrir(tmp_path, CLE, horloge)
    try:
        assert [op.entete.type for op in journal.operations(autre.db)] == [
            "lot.recevoir", "personne.enregistrer", "demande.deposer", "justificatif.constater", "attribution.accorder",
        ]  # fmt: skip
        trouve = carnets.get(autre, CAMPAGNE, 1)
        assert trouve is not None
        assert (trouve.etat, trouve.personne_id, trouve.kid) == (Etat.ATTRIBUE, "p1", 7)
        assert personnes.get(autre, "p1") is not None
    finally:
        autre.fermer()


def test_numbers_are_gapless_and_chained(base: Base) -> None:
    recevoir(base)
    servir(base)
    operations = list(journal.operations(base.db))
    assert [op.entete.seq for op in operations] == [1, 2, 3, 4, 5]
    assert verifier_chaine((op.entete for op in operations), Tete(1)) is None
    assert all(verifier_corps(op.entete, op.sel, op.corps) for op in operations)
    assert len({op.sel for op in operations}) == 5


def test_an_exception_in_the_middle_leaves_nothing(base: Base) -> None:
    recevoir(base)
    avant = tout(base)
    with pytest.raises(ZeroDivisionError), base.acte(AGENT) as acte:
        enregistrer(acte)
        deposer(acte)
        accorder(acte, carnet(1))
        raise ZeroDivisionError
    assert tout(base) == avant
    assert trouver.chercher(base, "eloise") == ()
    servir(base)
    assert journal.tete(base.db).seq == 5


@pytest.mark.parametrize("numero", [1, 0, 21, 500])
def test_a_number_used_or_not_ours_is_refused_whole(base: Base, numero: int) -> None:
    recevoir(base)
    servir(base, numero=1)
    avant = tout(base)
    with pytest.raises(ActeRefuse), base.acte(AGENT) as acte:
        enregistrer(acte, "p2")
        accorder(acte, carnet(2), carnet(numero), personne_id="p2", attribution="a2", demande="d2")
    assert tout(base) == avant


def test_the_table_itself_holds_a_number_once(base: Base) -> None:
    recevoir(base)
    servir(base)
    with pytest.raises(dbapi.IntegrityError), base.ecriture() as db:
        db.execute("INSERT INTO carnet SELECT * FROM carnet")


def test_a_number_of_another_size_or_of_a_lot_given_back_is_refused(base: Base) -> None:
    recevoir(base)
    with pytest.raises(ActeRefuse), base.acte(AGENT) as acte:
        enregistrer(acte)
        accorder(acte, carnet(1, taille=5))
    with base.acte(AGENT) as acte:
        acte.inscrire("lot.rendre", "lot-10", {"lot": "lot-10"})
    with pytest.raises(ActeRefuse):
        servir(base)
    assert lots.prochain_numero(base, CAMPAGNE, 10, "general") is None


def test_lots_may_not_overlap_nor_change(base: Base) -> None:
    recevoir(base)
    with pytest.raises(ActeRefuse), base.acte(AGENT) as acte:
        recevoir_lot(acte, "autre", premier=20, dernier=30)
    with pytest.raises(ActeRefuse), base.acte(AGENT) as acte:
        recevoir_lot(acte, premier=1, dernier=30)
    assert [suivi.restants for suivi in lots.lister(base)] == [20]


def test_a_lease_renewed_keeps_the_numbers_used(base: Base) -> None:
    recevoir(base)
    servir(base)
    with base.acte(AGENT) as acte:
        recevoir_lot(acte, bail_jusqu_au="2028-01-31")
    (suivi,) = lots.lister(base)
    assert (suivi.suivant, suivi.lot.bail_jusqu_au.isoformat()) == (2, "2028-01-31")


def test_states_follow_the_table_of_the_domain(base: Base) -> None:
    recevoir(base)
    servir(base)
    with pytest.raises(TransitionInterdite), base.acte(AGENT) as acte:
        sur_carnet(acte, "remettre", le="2026-11-23")
    with base.acte(AGENT) as acte:
        sur_carnet(acte, "impression_lancee", feuilles=[1, 2, 3])
        sur_carnet(acte, "impression_faite")
        sur_carnet(acte, "remettre", le="2026-11-23")
    remis = carnets.get(base, CAMPAGNE, 1)
    assert remis is not None
    assert (remis.etat, str(remis.remis_le)) == (Etat.REMIS, "2026-11-23")


def test_unknown_types_cannot_be_written(base: Base) -> None:
    with pytest.raises(ValueError, match=r"personne\.inventer"), base.acte(AGENT) as acte:
        acte.inscrire("personne.inventer", "p1", {})
    assert journal.tete(base.db) == Tete(1)


@pytest.mark.parametrize(
    "sql", ["UPDATE operation SET wall = 0", "DELETE FROM operation", "UPDATE corps SET octets = x''"]
)
def test_the_log_refuses_to_be_changed(base: Base, sql: str) -> None:
    recevoir(base)
    with pytest.raises(dbapi.IntegrityError, match="never changed"), base.ecriture() as db:
        db.execute(sql)
    assert journal.tete(base.db).seq == 1


def test_a_new_epoch_starts_a_new_chain(base: Base) -> None:
    recevoir(base)
    with base.acte(AGENT) as acte:
        premiere = acte.inscrire(TypeOperation.POSTE_EPOQUE, "poste", {"epoch": 3})
        seconde = enregistrer(acte)
    assert (premiere.epoch, premiere.seq, seconde.epoch, seconde.seq) == (3, 1, 3, 2)
    entetes = [op.entete for op in journal.operations(base.db, epoch=3)]
    assert verifier_chaine(entetes, Tete(3)) is None
    with pytest.raises(ActeRefuse), base.acte(AGENT) as acte:
        acte.inscrire(TypeOperation.POSTE_EPOQUE, "poste", {"epoch": 2})


def test_two_threads_with_their_own_connection_write_one_chain(
    base: Base, tmp_path: Path, horloge: HorlogeFixe
) -> None:
    depart = threading.Barrier(2)
    troubles: list[BaseException] = []

    def travailler(nom: str) -> None:
        try:
            mienne = Base.ouvrir(tmp_path, CLE, horloge)
            try:
                depart.wait(5)
                for rang in range(25):
                    with mienne.acte(nom) as acte:
                        enregistrer(acte, f"{nom}-{rang}")
            finally:
                mienne.fermer()
        except BaseException as trouble:
            troubles.append(trouble)

    fils = [threading.Thread(target=travailler, args=(nom,)) for nom in ("a", "b")]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(20)
    assert troubles == []
    entetes = [op.entete for op in journal.operations(base.db)]
    assert len(entetes) == 50
    assert verifier_chaine(entetes, Tete(1)) is None


def test_a_connection_stays_in_its_thread(base: Base) -> None:
    vus: list[str] = []

    def lire() -> None:
        try:
            personnes.compter(base)
        except dbapi.ProgrammingError as trouble:
            vus.append(str(trouble))

    fil = threading.Thread(target=lire)
    fil.start()
    fil.join(5)
    assert "thread" in vus[0]


def test_a_writer_that_waits_too_long_is_told(base: Base, tmp_path: Path, horloge: HorlogeFixe) -> None:
    autre = Base.ouvrir(tmp_path, CLE, horloge)
    autre.db.execute("PRAGMA busy_timeout = 10")
    try:
        with base.acte(AGENT) as acte:
            enregistrer(acte)
            with pytest.raises(PanneAttendue) as trouble, autre.acte("agent-2"):
                pass
        assert trouble.value.code == "base_occupee"
    finally:
        autre.fermer()
    assert personnes.compter(base) == 1


def test_a_full_disk_is_told_and_keeps_what_was_there(base: Base) -> None:
    recevoir(base)
    avant = tout(base)
    base.db.execute("PRAGMA max_page_count = 1")
    with pytest.raises(PanneAttendue) as trouble, base.acte(AGENT) as acte:
        for rang in range(200):
            enregistrer(acte, f"p{rang}", nom_naissance="x" * 500)
    assert trouble.value.code == "disque_plein"
    assert tout(base) == avant
    base.db.execute("PRAGMA max_page_count = 1000000")
    servir(base)
    assert journal.tete(base.db).seq == 5


def test_acts_do_not_nest(base: Base) -> None:
    with pytest.raises(RuntimeError), base.acte(AGENT), base.acte(AGENT):
        pass
