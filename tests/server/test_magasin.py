"""The contract of a store, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.protocol.evenements import IndexAjout
from passdesk.server.adresse import Adresse, AdresseSqlite, creer_magasin, lire_adresse, ouvrir_magasin
from passdesk.server.diffusion import diffuser, evenements_apres
from passdesk.server.magasin import (
    Magasin,
    RegleRompueError,
    Transaction,
    avancer,
    dernier,
    ecrire_reglage,
    lire_reglage,
    prochain,
)
from passdesk.server.migrations import MIGRATIONS, VERSION_SCHEMA
from tests.server.grappe import Grappe
from tests.server.modele import CAMPAGNE

REGLAGES = {"racine": b"r" * 32}


@pytest.fixture
def magasin(adresse: Adresse) -> Iterator[Magasin]:
    if isinstance(adresse, AdresseSqlite):
        adresse.fichier.parent.mkdir()
    magasin = creer_magasin(adresse, REGLAGES)
    yield magasin
    magasin.fermer()


def _pot(tx: Transaction, stock: int = 100) -> None:
    tx.faire("INSERT INTO campagne (numero, carte, signature) VALUES (12, ?, ?)", b"carte", b"signature")
    tx.faire("INSERT INTO pot (campagne, pot, stock) VALUES (12, 'general', ?)", stock)


def _prendre(tx: Transaction, passes: int) -> None:
    tx.faire("UPDATE pot SET accorde = accorde + ? WHERE pot = 'general'", passes)


def _accorde(magasin: Magasin) -> object:
    with magasin.lire() as tx:
        return tx.une("SELECT accorde FROM pot")


def test_values_come_back_as_they_went(magasin: Magasin) -> None:
    grand = 2**63 - 1
    with magasin.ecrire() as tx:
        for rang, (octets, texte) in enumerate([(bytes(range(256)), "é’« ? % »"), (b"", "")]):
            tx.faire(
                "INSERT INTO evenement (srv_seq, device, type, octets) VALUES (?, ?, ?, ?)",
                grand - rang,
                None,
                texte,
                octets,
            )
    with magasin.lire() as tx:
        rangees = tx.toutes("SELECT srv_seq, device, type, octets FROM evenement ORDER BY srv_seq")
        (somme,) = tx.une("SELECT sum(valeur) FROM compteur WHERE nom = ?", "rien") or (0,)
    assert rangees == [(grand - 1, None, "", b""), (grand, None, "é’« ? % »", bytes(range(256)))]
    assert somme is None


def test_rows_go_in_together_and_are_found_in_a_list(magasin: Magasin) -> None:
    rangees = [
        ("d", f"s{rang}", bytes([rang, 92, 9, 10]), "é’« ?\t\n\\N »" if rang % 2 else None) for rang in range(99)
    ]
    with magasin.ecrire() as tx:
        tx.inserer("sujet", "device, sujet, cle, fusionne_dans", rangees)
        tx.inserer("sujet", "device, sujet", [])
    with magasin.lire() as tx:
        lues = tx.toutes("SELECT device, sujet, cle, fusionne_dans FROM sujet ORDER BY cle")
        parmi = "SELECT sujet FROM sujet WHERE device = ? AND sujet = ANY (?) AND cle = ANY (?) ORDER BY sujet"
        trouves = tx.toutes(parmi, "d", ["s2", "s3", "s99"], [rangees[rang][2] for rang in (3, 2, 7)])
    assert (lues, trouves) == (rangees, [("s2",), ("s3",)])


def test_a_sum_is_a_whole_number(magasin: Magasin) -> None:
    with magasin.ecrire() as tx:
        _pot(tx)
        rangee = tx.une("SELECT sum(stock), coalesce(sum(accorde), 0), count(*) FROM pot")
    assert rangee == (100, 0, 1)
    assert [type(valeur) for valeur in rangee or ()] == [int, int, int]


def test_settings_and_counters(magasin: Magasin) -> None:
    with magasin.ecrire() as tx:
        ecrire_reglage(tx, "confiance", b"un")
        ecrire_reglage(tx, "confiance", b"deux")
        assert [prochain(tx, "kid"), prochain(tx, "kid"), avancer(tx, "kid", 10), prochain(tx, "kid")] == [1, 2, 3, 13]
    with magasin.lire() as tx:
        assert (lire_reglage(tx, "confiance"), lire_reglage(tx, "racine"), lire_reglage(tx, "rien")) == (
            b"deux",
            b"r" * 32,
            None,
        )
        assert (dernier(tx, "kid"), dernier(tx, "autre")) == (13, 0)


def test_rows_changed_are_counted(magasin: Magasin) -> None:
    garder = "INSERT INTO sujet (device, sujet) VALUES (?, ?) ON CONFLICT (device, sujet) DO NOTHING"
    with magasin.ecrire() as tx:
        assert [tx.faire(garder, "d", sujet) for sujet in ("a", "b", "a")] == [1, 1, 0]
        assert tx.faire("UPDATE sujet SET cle = ? WHERE device = ?", b"k" * 16, "d") == 2
        assert tx.faire("DELETE FROM sujet WHERE sujet = ?", "z") == 0


def test_the_order_of_the_world_is_read_once_and_follows_what_a_step_gives_back(magasin: Magasin) -> None:
    with magasin.ecrire() as tx:
        assert (lire_reglage(tx, "racine"), dernier(tx, "srv_seq")) == (b"r" * 32, 0)
        avant = tx.travail
        assert (avancer(tx, "srv_seq", 5), dernier(tx, "srv_seq")) == (1, 5)
        assert tx.travail == avant + 1
        with pytest.raises(KeyError), tx.etape():
            assert prochain(tx, "srv_seq") == 6
            raise KeyError
        assert (dernier(tx, "srv_seq"), prochain(tx, "srv_seq"), prochain(tx, "kid"), dernier(tx, "srv_seq")) == (
            5, 6, 1, 6,
        )  # fmt: skip


def test_one_row_is_looked_at_without_a_transaction(magasin: Magasin) -> None:
    with magasin.ecrire() as tx:
        tx.faire("INSERT INTO region (cle, valeur) VALUES ('a', ?)", b"1")
        # What is not committed yet is not seen.
        assert magasin.regarder(lambda vu: vu.une("SELECT valeur FROM region WHERE cle = 'a'")) is None
    assert magasin.regarder(lambda vu: vu.une("SELECT valeur FROM region WHERE cle = 'a'")) == (b"1",)
    with pytest.raises(KeyError):
        magasin.regarder(lambda vu: {}[vu.travail])


@pytest.mark.parametrize(
    "rompre",
    [
        lambda tx: _prendre(tx, 101),
        lambda tx: tx.faire("INSERT INTO campagne (numero, carte, signature) VALUES (12, ?, ?)", b"", b""),
        lambda tx: tx.faire("INSERT INTO pot (campagne, pot, stock) VALUES (99, 'general', 1)"),
        lambda tx: tx.faire("INSERT INTO sujet (device, sujet) VALUES (?, ?)", "d", None),
        lambda tx: tx.faire("INSERT INTO sujet (device, sujet) VALUES (?, ?)", "d", "nul\0"),
        lambda tx: tx.faire("UPDATE pot SET stock = ?", 2**63),
        lambda tx: tx.repeter("INSERT INTO sujet (device, sujet) VALUES (?, ?)", [("d", "s"), ("d", "s")]),
        lambda tx: tx.repeter("INSERT INTO sujet (device, sujet) VALUES (?, ?)", [("d", "s"), ("d", "nul\0")]),
        lambda tx: tx.inserer("sujet", "device, sujet", [("d", "s"), ("d", "s")]),
        lambda tx: tx.inserer("sujet", "device, sujet", [("d", "s"), ("d", "nul\0")]),
        lambda tx: tx.inserer("evenement", "srv_seq, type, octets", [(1, "t", b""), (2**63, "t", b"")]),
    ],
    ids=[
        *("borne", "double", "reference", "vide", "nul", "trop_grand", "double_d_une_suite", "nul_d_une_suite"),
        *("double_d_un_bloc", "nul_d_un_bloc", "trop_grand_d_un_bloc"),
    ],
)
def test_a_rule_broken_in_a_step_takes_the_step_back_and_nothing_else(
    magasin: Magasin, rompre: Callable[[Transaction], object]
) -> None:
    with magasin.ecrire() as tx:
        _pot(tx)
        with tx.etape():
            _prendre(tx, 10)
            with pytest.raises(RegleRompueError), tx.etape():
                _prendre(tx, 20)
                rompre(tx)
            _prendre(tx, 30)
    assert _accorde(magasin) == (40,)


def test_after_a_rule_broken_outside_any_step_nothing_looks_done(magasin: Magasin) -> None:
    with magasin.ecrire() as tx:
        _pot(tx)
    with pytest.raises(RegleRompueError), magasin.ecrire() as tx:
        _prendre(tx, 10)
        with pytest.raises(RegleRompueError):
            _prendre(tx, 101)
    assert _accorde(magasin) == (0,)
    with magasin.ecrire() as tx:
        _prendre(tx, 5)
    assert _accorde(magasin) == (5,)


def test_a_reading_sees_one_world_whatever_is_written_meanwhile(magasin: Magasin) -> None:
    with magasin.ecrire() as tx:
        _pot(tx)
    with magasin.lire() as lecture:
        assert lecture.une("SELECT accorde FROM pot") == (0,)
        with magasin.ecrire() as tx:
            _prendre(tx, 10)
        assert lecture.une("SELECT accorde FROM pot") == (0,)
    assert _accorde(magasin) == (10,)


def test_many_threads_share_a_few_connections(magasin: Magasin) -> None:
    ensemble = threading.Barrier(24, timeout=20)

    def faire(rang: int) -> int:
        ensemble.wait()
        with magasin.ecrire() as tx:
            return prochain(tx, "srv_seq")

    with ThreadPoolExecutor(24) as fils:
        donnes = list(fils.map(faire, range(24)))
    assert sorted(donnes) == list(range(1, 25))


def test_a_number_is_given_only_once_the_one_before_is_kept(magasin: Magasin) -> None:
    second_demande, second_a = threading.Event(), threading.Event()

    def second() -> int:
        second_demande.set()
        with magasin.ecrire() as tx:
            numero = prochain(tx, "srv_seq")
            second_a.set()
            return numero

    with ThreadPoolExecutor(1) as fil:
        with magasin.ecrire() as tx:
            assert prochain(tx, "srv_seq") == 1
            attente = fil.submit(second)
            assert second_demande.wait(10)
            assert not second_a.wait(0.2)
            with magasin.lire() as lecture:
                assert dernier(lecture, "srv_seq") == 0
        assert attente.result(20) == 2


def test_a_cursor_never_passes_an_event_that_is_kept_later(magasin: Magasin) -> None:
    ecrivains, chacun = 8, 15
    vus: list[int] = []

    def ecrire(rang: int) -> list[int]:
        donnes = []
        for _ in range(chacun):
            with magasin.ecrire() as tx:
                for _ in range(2):
                    donnes.append(
                        diffuser(tx, IndexAjout(bytes([rang]) * 16, 5, CAMPAGNE.dernier_jour, f"poste {rang}"))
                    )
        return donnes

    def lire() -> None:
        cursor = 0
        while len(vus) < ecrivains * chacun * 2:
            with magasin.lire() as tx:
                events, cursor, _ = evenements_apres(tx, "lecteur", cursor)
            vus.extend(event.srv_seq for event in events)
            assert cursor == (vus[-1] if vus else 0)

    with ThreadPoolExecutor(ecrivains + 1) as fils:
        lecteur = fils.submit(lire)
        donnes = [numero for numeros in fils.map(ecrire, range(ecrivains)) for numero in numeros]
        lecteur.result(30)
    assert vus == sorted(donnes) == list(range(1, ecrivains * chacun * 2 + 1))


def test_what_is_kept_is_there_when_it_opens_again(magasin: Magasin, adresse: Adresse) -> None:
    with magasin.ecrire() as tx:
        _pot(tx)
    rouvert = ouvrir_magasin(adresse)
    assert _accorde(rouvert) == (0,)
    rouvert.fermer()
    with pytest.raises(SaisieRefusee) as refus:
        creer_magasin(adresse, {})
    assert refus.value.code == "region_deja_initialisee"
    with magasin.lire() as tx:
        assert lire_reglage(tx, "racine") == b"r" * 32


def _premiere_version(tx: Transaction, adresse: Adresse) -> None:
    """What PassDesk made before it counted its migrations."""
    for table in (
        "migration",
        "reglement",
        "recharge",
        "bail",
        "index_dit",
        "cle_ancienne",
        "etat_bloc",
        "ordinateur_quitte",
    ):
        tx.faire(f"DROP TABLE {table}")
    for index in (
        *("lot_vivant", "litige_carnet_par_numero", "attribution_par_sujet", "sujet_par_fusion", "litige_par_cle"),
        *("operation_en_attente", "evenement_confiance", "lot_par_poste"),
    ):
        tx.faire(f"DROP INDEX {index}")
    for colonne in (
        "attribution.homonyme",
        "attribution.remplace",
        "litige.homonyme",
        "litige.homonyme_retire",
        "litige.repris",
        "litige.separe_le",
        "litige.decision",
        "litige.decide_le",
        *(f"lot.{nom}" for nom in ("etat", "etat_le", "arrets", "ferme_a", "valeur", "publie_le", "accorde_le")),
        "lot.automatique",
        "lot.fini",
        "poste.cle_annoncee",
        *("poste.annonce_passee", "poste.annule_avant", "poste.vole_avant"),
        "poste.octets",
        "poste.octets_jour",
        "enrolement.suite",
        "nul.limbes",
    ):
        table, nom = colonne.split(".")
        tx.faire(f"ALTER TABLE {table} DROP COLUMN {nom}")
    if isinstance(adresse, AdresseSqlite):
        tx.faire("PRAGMA user_version = 1")


def test_an_older_database_is_brought_up_to_date_with_what_it_holds(magasin: Magasin, adresse: Adresse) -> None:
    with magasin.ecrire() as tx:
        _pot(tx)
        _premiere_version(tx, adresse)
    for _ in range(2):
        ouvert = ouvrir_magasin(adresse)
        with ouvert.lire() as tx:
            assert tx.toutes("SELECT numero, nom FROM migration ORDER BY numero") == list(enumerate(MIGRATIONS, 1))
            assert (lire_reglage(tx, "racine"), tx.une("SELECT stock FROM pot")) == (b"r" * 32, (100,))
        ouvert.fermer()


def test_a_second_process_of_a_server_leaves_an_older_database_as_it_is(magasin: Magasin, adresse: Adresse) -> None:
    ouvrir_magasin(adresse, second=True).fermer()
    with magasin.ecrire() as tx:
        _premiere_version(tx, adresse)
    with pytest.raises(BaseFermee) as refus:
        ouvrir_magasin(adresse, second=True)
    assert refus.value.code == "region_changee"
    with magasin.ecrire() as tx:
        # Possible only because it is not there.
        tx.faire("ALTER TABLE poste ADD COLUMN octets INTEGER")


def test_two_programs_that_open_an_older_database_migrate_it_once(magasin: Magasin, adresse: Adresse) -> None:
    with magasin.ecrire() as tx:
        _premiere_version(tx, adresse)
    with ThreadPoolExecutor(4) as fils:
        for ouvert in fils.map(lambda _: ouvrir_magasin(adresse), range(4)):
            ouvert.fermer()
    with magasin.lire() as tx:
        assert tx.une("SELECT count(*), max(numero) FROM migration") == (VERSION_SCHEMA, VERSION_SCHEMA)


def test_a_newer_database_is_refused_and_left_alone(magasin: Magasin, adresse: Adresse) -> None:
    with magasin.ecrire() as tx:
        tx.faire("INSERT INTO migration (numero, nom) VALUES (?, ?)", VERSION_SCHEMA + 1, "celle de demain")
    with pytest.raises(BaseFermee) as refus:
        ouvrir_magasin(adresse)
    assert refus.value.code == "region_recente"


def test_both_stores_have_the_same_tables(grappe: Grappe, tmp_path: Path) -> None:
    sqlite = creer_magasin(AdresseSqlite(tmp_path / "region.db"), {})
    with sqlite.lire() as tx:
        tables = [nom for (nom,) in tx.toutes("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        d_un_cote = {
            (table, nom, {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}[genre])
            for table in tables
            for nom, genre in tx.toutes(f"SELECT name, type FROM pragma_table_info('{table}')")
        }
    sqlite.fermer()
    postgres = creer_magasin(lire_adresse(grappe.vider()), {})
    with postgres.lire() as tx:
        de_l_autre = set(
            tx.toutes(
                "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns "
                "WHERE table_schema = 'public'"
            )
        )
    postgres.fermer()
    assert d_un_cote == de_l_autre
    assert len(tables) > 15


def test_a_change_is_made_for_each_row_and_for_none(magasin: Magasin) -> None:
    with magasin.ecrire() as tx:
        tx.repeter("INSERT INTO sujet (device, sujet) VALUES (?, ?)", [("d", f"s{rang}") for rang in range(250)])
        tx.repeter("INSERT INTO sujet (device, sujet) VALUES (?, ?)", [])
        assert tx.une("SELECT count(*) FROM sujet") == (250,)
