"""Whatever is changed behind the program's back is seen, and tables can always be made again from the log."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from passdesk.domain.carnet import actes_possibles
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.operations import TypeOperation
from passdesk.storage import carnets, envoi, journal, numerisations
from passdesk.storage.engine import FICHIER, Base
from passdesk.storage.integrite import Probleme, reconstruire_projections, verifier_base
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


@pytest.fixture
def servie(base: Base) -> Base:
    """A log in which every type of operation stands at least once."""
    with base.acte(AGENT) as acte:
        acte.inscrire("poste.epoque", "poste", {"epoch": 1})
        acte.inscrire("agent.ajouter", "agent-1", {"nom": "Claire Agent", "role": "responsable"})
        acte.inscrire("agent.ajouter", "agent-2", {"nom": "Paul Agent"})
        acte.inscrire("agent.retirer", "agent-2", {})
        recevoir_lot(acte)
        recevoir_lot(acte, "lot-5", taille=5, premier=100, dernier=110)
        recevoir_lot(acte, "rendu", taille=5, premier=200, dernier=210)
        acte.inscrire("lot.rendre", "rendu", {"lot": "rendu"})
    for rang in range(1, 8):
        servir(base, f"p{rang}", rang)
    with base.acte(AGENT) as acte:
        for rang in range(1, 8):
            sur_carnet(acte, "impression_lancee", rang, f"p{rang}", feuilles=[1, 2, 3])
        sur_carnet(acte, "impression_ratee", 1, sortie="rien")
        sur_carnet(acte, "gacher", 1, motif="illisible")
        for rang in range(2, 8):
            sur_carnet(acte, "impression_faite", rang, f"p{rang}")
        for rang in range(2, 6):
            sur_carnet(acte, "remettre", rang, f"p{rang}", le="2026-11-23")
        sur_carnet(acte, "declarer_perdu", 2, "p2", le="2026-11-24")
        sur_carnet(acte, "declarer_vole", 3, "p3", le="2026-11-24")
        sur_carnet(acte, "retourner", 4, "p4", le="2026-11-24")
        acte.inscrire("attribution.annuler", "p7", {"attribution": "a-p7", "motif": "saisie"})
        deposer(acte, "p5", "d-bis", complementaire=True)
        acte.inscrire("demande.completer", "p5", {"demande": "d-bis", "prescripteur": None, "complementaire": False})
        acte.inscrire("accompagnement.noter", "p5", {"demande": "d-bis", "prescripteur": "mission_locale"})
        refus = {"demande": "d-bis", "motifs": ["plafond_atteint"], "reglement": "2022-02-01", "empreinte": b"r" * 32}
        acte.inscrire("attribution.refuser", "p5", refus | {"issue": "refus"})
        acte.inscrire("demande.abandonner", "p5", {"demande": "d-bis"})
        acte.inscrire("personne.modifier", "p5", {"nom_naissance": "Nouveau", "prenoms": "Nom"})
        acte.inscrire("personne.fusionner", "p6", {"absorbee": "p5"})
        acte.inscrire("personne.effacer", "p2", {"cle": b"k" * 16})
        acte.inscrire("litige.noter", "litige-1", {"litige": "litige-1", "texte": "appelé", "traite": True})
    return base


def _codes(base: Base) -> list[str]:
    return [probleme.code for probleme in verifier_base(base)]


def test_every_type_of_the_closed_list_is_applied(servie: Base) -> None:
    assert {op.entete.type for op in journal.operations(servie.db)} == set(TypeOperation)
    assert verifier_base(servie) == ()


def test_rebuilt_tables_are_the_same(servie: Base) -> None:
    sans_rang = [ligne.split(",", 1)[1] for ligne in tout(servie)["personne"]]
    avant = tout(servie)
    reconstruire_projections(servie)
    apres = tout(servie)
    assert [ligne.split(",", 1)[1] for ligne in apres.pop("personne")] == sans_rang
    avant.pop("personne")
    assert apres == avant
    assert verifier_base(servie) == ()


def test_rebuilding_mends_what_was_changed_by_hand(servie: Base) -> None:
    with servie.ecriture() as db:
        db.execute("UPDATE carnet SET etat = 'remis' WHERE numero = 1")
        db.execute("DELETE FROM justificatif")
        db.execute("UPDATE lot SET suivant = 1")
    assert {p.faits["table"] for p in verifier_base(servie)} == {"carnet", "justificatif", "lot"}
    reconstruire_projections(servie)
    assert verifier_base(servie) == ()


@pytest.mark.parametrize(
    ("colonne", "valeur"),
    [
        ("op_id", "'autre'"), ("type", "'personne.modifier'"), ("v", "2"), ("agent_id", "'x'"), ("subject_id", "'x'"),
        ("wall", "wall + 1"), ("commitment", "zeroblob(32)"), ("prev_hash", "zeroblob(32)"), ("hash", "zeroblob(32)"),
        ("seq", "seq + 1000"), ("epoch", "9"),
    ],
)  # fmt: skip
def test_any_changed_header_field_breaks_the_chain(servie: Base, colonne: str, valeur: str) -> None:
    _forcer(servie, f"UPDATE operation SET {colonne} = {valeur} WHERE seq = 11")
    assert "chaine_rompue" in _codes(servie)


def _forcer(base: Base, sql: str) -> None:
    """What somebody with the key and a tool could do: without the program's triggers."""
    for (nom,) in base.db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%fige%'"
    ).fetchall():
        base.db.execute(f"DROP TRIGGER {nom}")
    base.db.execute("PRAGMA foreign_keys = OFF")
    base.db.execute(sql)


def test_a_lost_operation_is_seen(servie: Base) -> None:
    _forcer(servie, "DELETE FROM operation WHERE seq = 11")
    assert Probleme("chaine_rompue", {"epoch": 1, "seq": 12, "raison": "suite"}) in verifier_base(servie)


def test_a_log_cut_short_is_seen_once_the_region_had_it(servie: Base) -> None:
    fin = envoi.tete(servie)
    envoi.noter_acquit(servie, fin.epoch, fin.seq)
    _forcer(servie, f"DELETE FROM operation WHERE seq = {fin.seq}")
    assert "journal_tronque" in _codes(servie)


@pytest.mark.parametrize(
    "sql", ["UPDATE corps SET octets = cast(octets || x'00' AS BLOB)", "UPDATE corps SET sel = zeroblob(32)"]
)
def test_any_changed_body_byte_is_seen(servie: Base, sql: str) -> None:
    (op_id,) = servie.db.execute("SELECT op_id FROM operation WHERE seq = 11").fetchone()
    _forcer(servie, f"{sql} WHERE op_id = '{op_id}'")
    assert Probleme("corps_change", {"epoch": 1, "seq": 11}) in verifier_base(servie)


def test_a_body_missing_without_an_erasure_is_seen(servie: Base) -> None:
    with servie.ecriture() as db:
        db.execute(
            "DELETE FROM corps WHERE op_id = (SELECT op_id FROM operation WHERE type = 'demande.deposer' LIMIT 1)"
        )
    assert "corps_absent" in _codes(servie)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE numerisation SET octets = x'6162' WHERE demande_id = 'd1' AND page = 1",
        "DELETE FROM numerisation WHERE demande_id = 'd1' AND page = 0",
        "UPDATE numerisation SET page = 5 WHERE demande_id = 'd1' AND page = 0",
        "INSERT INTO numerisation SELECT demande_id, empreinte, 2, octets, ajoute FROM numerisation WHERE page = 1 "
        "AND demande_id = 'd1'",
    ],
    ids=["changee", "perdue", "ordre", "ajoutee"],
)
def test_a_scan_that_is_not_the_one_joined_any_more_is_seen(servie: Base, sql: str) -> None:
    deux = b"page un", b"page deux"
    for demande, pages in (("d0", deux), ("d1", deux), ("d2", (b"page un",)), ("d2", (b"autre",))):
        numerisations.enregistrer(servie, demande, pages)
    assert verifier_base(servie) == ()
    with servie.ecriture() as db:
        db.execute(sql)
    assert verifier_base(servie) == (Probleme("numerisation_abimee", {"nombre": 1}),)


def test_a_search_index_that_lies_is_seen(servie: Base) -> None:
    servie.db.execute("DROP TRIGGER personne_au")
    servie.db.execute("UPDATE personne SET recherche = 'ailleurs' WHERE personne_id = 'p4'")
    assert "recherche_differente" in _codes(servie)


def test_a_lost_parent_is_seen(servie: Base) -> None:
    _forcer(servie, "DELETE FROM attribution WHERE attribution_id = 'a-p4'")
    assert "lien_rompu" in _codes(servie)


def test_an_operation_of_a_newer_program_is_told_apart(servie: Base) -> None:
    _forcer(servie, "UPDATE operation SET type = 'personne.inventer' WHERE seq = 11")
    assert "rejeu_impossible" in _codes(servie)


@pytest.mark.parametrize("graine", range(6))
def test_random_days_rebuild_the_same(base: Base, graine: int) -> None:
    hasard = random.Random(graine)
    with base.acte(AGENT) as acte:
        recevoir_lot(acte, premier=1, dernier=40)
    suivant = 1
    for rang in range(12):
        servir(base, f"p{rang}", suivant)
        suivant += hasard.choice((1, 1, 2))
    for _ in range(60):
        vu = hasard.choice(carnets.par_etat(base, *{s.carnet.etat for s in _tous(base)}))
        possibles = [a for a in actes_possibles(vu.carnet.etat) if a.startswith("carnet.")]
        if possibles:
            corps = {"campagne": CAMPAGNE, "numero": vu.carnet.numero, "le": "2026-11-23", "motif": "essai"}
            with base.acte(AGENT) as acte:
                acte.inscrire(hasard.choice(possibles), vu.carnet.personne_id, corps)
    with base.acte(AGENT) as acte:
        for rang in hasard.sample(range(12), 3):
            acte.inscrire("personne.effacer", f"p{rang}", {"cle": bytes([rang] * 16)})
    avant = tout(base)
    assert verifier_base(base) == ()
    reconstruire_projections(base)
    assert {k: v for k, v in tout(base).items() if k != "personne"} == {
        k: v for k, v in avant.items() if k != "personne"
    }


def _tous(base: Base) -> tuple[carnets.CarnetSuivi, ...]:
    return tuple(suivi for rang in range(12) for suivi in carnets.par_personne(base, f"p{rang}"))


def test_a_busy_base_is_not_a_damaged_one(servie: Base, tmp_path: Path, horloge: HorlogeFixe) -> None:
    autre = Base.ouvrir(tmp_path, CLE, horloge)
    try:
        with autre.acte(AGENT) as acte:
            enregistrer(acte, "p-neuf")
            servie.db.execute("PRAGMA busy_timeout = 10")
            with pytest.raises(PanneAttendue):
                verifier_base(servie)
    finally:
        autre.fermer()
    avant = tout(servie)
    assert verifier_base(servie) == ()
    assert tout(servie) == avant


def test_a_failed_rebuild_keeps_the_tables(servie: Base) -> None:
    avant = tout(servie)
    _forcer(servie, "UPDATE operation SET type = 'personne.inventer' WHERE seq = 11")
    servie.db.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(Exception, match=r"personne\.inventer"):
        reconstruire_projections(servie)
    assert {k: v for k, v in tout(servie).items() if k != "operation"} == {
        k: v for k, v in avant.items() if k != "operation"
    }


def test_an_award_may_skip_numbers_and_never_goes_back(base: Base) -> None:
    with base.acte(AGENT) as acte:
        recevoir_lot(acte)
        enregistrer(acte)
        accorder(acte, carnet(3))
        accorder(acte, carnet(4), attribution="a2")
    assert [s.carnet.numero for s in carnets.par_personne(base, "p1")] == [3, 4]
    with pytest.raises(ActeRefuse), base.acte(AGENT) as acte:
        accorder(acte, carnet(2), attribution="a3")


def test_a_power_cut_while_the_log_was_folded_is_not_a_damaged_page(base: Base, horloge: HorlogeFixe) -> None:
    """The pages half written are whole in the log that was being folded: the base is as sound as it reads."""
    recevoir(base)
    servir(base)
    coupee = base.dossier / "coupee"
    coupee.mkdir()
    for nom in (FICHIER, f"{FICHIER}-wal"):
        shutil.copy(base.dossier / nom, coupee / nom)
    journal_wal = (coupee / f"{FICHIER}-wal").read_bytes()
    page = int.from_bytes(journal_wal[32:36], "big")
    with (coupee / FICHIER).open("r+b") as fichier:
        fichier.seek((page - 1) * 4096 + 512)
        fichier.write(b"\xff" * 512)
    rouverte = Base.ouvrir(coupee, CLE, horloge)
    assert verifier_base(rouverte) == ()
    rouverte.fermer()
