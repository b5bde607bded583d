"""Whatever was done to a desk's file is named, and each failure has its way back: nothing that can be read is lost."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from passdesk.cli import executer
from passdesk.domain.erreurs import BaseFermee, PanneAttendue
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol import canonique
from passdesk.protocol.operations import HASH_RACINE, calculer_hash
from passdesk.services import visite
from passdesk.services.consultations import SCAN_RETIRE
from passdesk.services.integrite import (
    PERIODE,
    REMEDES,
    Remede,
    derniere_verification,
    refaire,
    remede,
    retirer_scans,
    revenir,
    scans_abimes,
    verifier,
    verifier_si_utile,
)
from passdesk.services.journal import FiltreJournal, lire_journal
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.restauration import apercevoir
from passdesk.services.sauvegarde import sauvegarder, sauvegarder_au_poste
from passdesk.services.second_poste import SecondPoste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import acquit, demandes, envoi, integrite, journal, numerisations, personnes, trouver
from passdesk.storage import integrite as storage_integrite
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, FICHIER
from passdesk.storage.integrite import REFAITS, Probleme, VerificationArretee, verifier_base
from passdesk.storage.pilote import Database, dbapi
from passdesk.ui.messages import MESSAGES
from tests.builders import INDEX_LEGER, PHRASE, Terrain, terrain, visite_accord


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    """A desk with an award that the Region has, one that is in the backup too, and one that only this base holds."""
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Alpha"))
    assert synchroniser(poste).restent == 0
    sauvegarder_au_poste(poste)
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Bravo"))
    assert synchroniser(poste).restent == 0
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Charlie"))
    assert verifier_base(poste.base) == ()
    return poste


def _codes(poste: Poste) -> list[str]:
    return [probleme.code for probleme in verifier_base(poste.base)]


def _noms(poste: Poste) -> list[str]:
    return sorted(p.nom_naissance for p in personnes.recentes(poste.base))


def _sans_gardes(poste: Poste) -> Any:
    """The base as somebody with the key and a tool sees it: no trigger, no links."""
    db = poste.base.db
    lus = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%fige%'").fetchall()
    for (nom,) in lus:
        db.execute(f"DROP TRIGGER {nom}")
    db.execute("PRAGMA foreign_keys = OFF")
    return db


def _rouvrir(lieu: Terrain, ancien: Poste) -> Poste:
    ancien.fermer()
    remis = ouvrir_poste(ancien.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(ancien, remis)
    return remis


def _revenir(lieu: Terrain, poste: Poste) -> Poste:
    poste.fermer()
    revenir(poste.dossier, PHRASE, lieu.horloge)
    remis = _rouvrir(lieu, poste)
    assert verifier_base(remis.base) == ()
    return remis


def _forger(db: Any, depuis: int) -> None:
    """Every hash computed again from this act on: the chain holds."""
    prev = HASH_RACINE if depuis == 1 else _hash(db, depuis - 1)
    for operation in list(journal.operations(db, apres=(1, depuis - 1))):
        nue = replace(operation.entete, prev_hash=prev)
        prev = calculer_hash(nue)
        db.execute("UPDATE operation SET prev_hash = ?, hash = ? WHERE seq = ?", [nue.prev_hash, prev, nue.seq])


def _hash(db: Any, seq: int) -> bytes:
    return bytes(db.execute("SELECT hash FROM operation WHERE seq = ?", [seq]).fetchone()[0])


def _echanger_deux(db: Any, seq: int) -> None:
    for vu, vers in ((seq, 900), (seq + 1, seq), (900, seq + 1)):
        db.execute("UPDATE operation SET seq = ? WHERE seq = ?", [vers, vu])


def _inserer(db: Any, seq: int) -> None:
    """A copy of an act under another id, in its place; those after it move by one."""
    db.execute("UPDATE operation SET seq = seq + 1000 WHERE seq >= ?", [seq])
    db.execute("UPDATE operation SET seq = seq - 999 WHERE seq > 1000")
    db.execute(
        "INSERT INTO operation SELECT epoch, ?, 'ajoute', type, v, agent_id, subject_id, wall, commitment, prev_hash, "
        "hash FROM operation WHERE seq = ?",
        [seq, seq - 1],
    )
    db.execute("INSERT INTO corps SELECT 'ajoute', sel, octets FROM corps WHERE op_id = (SELECT op_id FROM operation "
               "WHERE seq = ?)", [seq - 1])  # fmt: skip


def test_a_changed_byte_of_the_file_is_seen_and_everything_comes_back(lieu: Terrain, poste: Poste) -> None:
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tete = envoi.tete(poste.base)
    racine = poste.base.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'justificatif'").fetchone()[0]
    poste.fermer()
    with (poste.dossier / FICHIER).open("r+b") as fichier:
        fichier.seek((racine - 1) * 4096 + 700)
        octet = fichier.read(1)
        fichier.seek((racine - 1) * 4096 + 700)
        fichier.write(bytes([octet[0] ^ 1]))
    abime = _rouvrir(lieu, poste)
    # Told, and noted: the line of the last week is not green any more.
    assert Probleme("page_abimee", {"nombre": 1}) in verifier(abime).problemes
    assert derniere_verification(abime).remede == "revenir"
    remis = _revenir(lieu, abime)
    # The log read whole: the same acts, the same head, and for the Region nothing happened.
    assert (_noms(remis), envoi.tete(remis.base)) == (["Alpha", "Bravo", "Charlie"], tete)
    assert synchroniser(remis).fin == "fini"


def test_a_backup_that_meets_a_bad_page_has_everything_checked_at_once(lieu: Terrain, poste: Poste) -> None:
    """The week may be long: what is wrong is told the day it is met, with what mends it."""
    verifier(poste)
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    racine = poste.base.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'justificatif'").fetchone()[0]
    poste.fermer()
    with (poste.dossier / FICHIER).open("r+b") as fichier:
        fichier.seek((racine - 1) * 4096 + 700)
        octet = fichier.read(1)
        fichier.seek((racine - 1) * 4096 + 700)
        fichier.write(bytes([octet[0] ^ 1]))
    abime = _rouvrir(lieu, poste)
    assert derniere_verification(abime).saine
    second = SecondPoste(abime, lambda: False)
    with pytest.raises(BaseFermee):
        second.sauvegarder(True)
    second.fermer()
    assert derniere_verification(abime).remede == "revenir"


@pytest.mark.parametrize(
    ("geste", "raison"),
    [
        (lambda db, seq: db.execute("UPDATE operation SET wall = wall + 1 WHERE seq = ?", [seq]), "hash"),
        (lambda db, seq: db.execute("DELETE FROM operation WHERE seq = ?", [seq]), "suite"),
        (_echanger_deux, "chaine"),
        (_inserer, "chaine"),
    ],
    ids=["changed", "removed", "swapped", "inserted"],
)
@pytest.mark.parametrize("ou", ["before_the_backup", "after_it"])
def test_an_act_tampered_with_is_named_and_the_last_good_backup_brings_the_rest_back(
    lieu: Terrain, poste: Poste, geste: Callable[[Any, int], object], raison: str, ou: str
) -> None:
    fin = envoi.tete(poste.base).seq
    seq = 3 if ou == "before_the_backup" else fin - 3
    geste(_sans_gardes(poste), seq)
    (rompue,) = [p for p in verifier_base(poste.base) if p.code == "chaine_rompue"]
    assert (rompue.faits["raison"], rompue.faits["epoch"]) == (raison, 1)
    assert rompue.faits["seq"] in (seq, seq + 1)
    assert remede([rompue]) == "revenir"
    remis = _revenir(lieu, poste)
    (cote,) = (poste.dossier / DOSSIER_SAUVEGARDES).glob("*-remplacee.db")
    assert cote.stat().st_size > 0
    if ou == "before_the_backup" and raison == "hash":
        # What follows the backup was not touched.
        assert (_noms(remis), envoi.tete(remis.base).epoch) == (["Alpha", "Bravo", "Charlie"], 1)
    elif ou == "after_it":
        # All that stands before the act that was touched, then a new epoch: no number is given twice.
        assert _noms(remis) in (["Alpha", "Bravo"], ["Alpha", "Bravo", "Charlie"])
        assert envoi.tete(remis.base).epoch == 2
    assert synchroniser(remis).restent == 0
    assert synchroniser(remis).fin == "fini"
    assert verifier_base(remis.base) == ()


def test_a_forged_head_is_told_from_the_one_that_the_region_signed_for(lieu: Terrain, poste: Poste) -> None:
    """Somebody with the key writes the log again, every hash computed anew: only the Region's signature tells."""
    db = _sans_gardes(poste)
    db.execute("UPDATE operation SET wall = wall + 86400000 WHERE seq = 4")
    _forger(db, 4)
    have = acquit.lire(db)
    assert have is not None and have.seq > 4
    trouves = verifier_base(poste.base)
    # The guards taken off to write are seen missing too.
    assert {p.code for p in trouves} == {"tete_differente", "forme_differente"}
    assert trouves[-1] == Probleme("tete_differente", {"epoch": 1, "seq": have.seq})
    remis = _revenir(lieu, poste)
    # Bravo is at the Region, and came back from nowhere else; Charlie was in the side copy.
    assert (_noms(remis), envoi.tete(remis.base).epoch) == (["Alpha", "Charlie"], 2)
    assert synchroniser(remis).restent == 0


def test_a_log_cut_by_who_holds_the_key_is_told_too(poste: Poste) -> None:
    db = _sans_gardes(poste)
    have = acquit.lire(db)
    assert have is not None
    db.execute("DELETE FROM operation WHERE seq >= ?", [have.seq])
    db.execute("UPDATE envoi SET acked_seq = 1")
    attendu = Probleme("journal_tronque", {"epoch": 1, "seq": have.seq - 1, "attendu": have.seq})
    assert attendu in verifier_base(poste.base)


def test_an_answer_that_the_region_did_not_sign_proves_nothing(poste: Poste) -> None:
    lu = poste.base.db.execute("SELECT octets FROM poste WHERE nom = ?", [acquit.NOM]).fetchone()[0]
    gardee = canonique.decode(lu, taille_max=4 * acquit.CORPS_MAX)
    corps = gardee["body"]
    faux = canonique.encode(gardee | {"body": corps[:-1] + bytes([corps[-1] ^ 1])})
    with poste.base.ecriture() as db:
        db.execute("UPDATE poste SET octets = ? WHERE nom = ?", [faux, acquit.NOM])
    assert _codes(poste) == ["acquit_falsifie"]
    assert remede([Probleme("acquit_falsifie")]) == "renvoyer"
    assert synchroniser(poste).fin == "fini"
    assert _codes(poste) == []


def _sans_lien(db: Any) -> None:
    db.execute("DELETE FROM attribution")


def _index_menteur(db: Any) -> None:
    """An index that misses rows written while it was not there."""
    db.execute("PRAGMA writable_schema = ON")
    (ligne,) = db.execute("SELECT * FROM sqlite_master WHERE name = 'idx_personne_naissance'").fetchall()
    db.execute("DELETE FROM sqlite_master WHERE name = 'idx_personne_naissance'")
    db.execute("PRAGMA writable_schema = RESET")
    db.execute("UPDATE personne SET naissance = '1950-01-01' WHERE nom_naissance = 'Alpha'")
    db.execute("PRAGMA writable_schema = ON")
    db.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", ligne)
    db.execute("PRAGMA writable_schema = RESET")


def _pages_perdues(db: Any) -> None:
    db.execute("CREATE TABLE perdue (octets BLOB)")
    db.execute("INSERT INTO perdue VALUES (zeroblob(20000))")
    db.execute("PRAGMA writable_schema = ON")
    db.execute("DELETE FROM sqlite_master WHERE name = 'perdue'")
    db.execute("PRAGMA writable_schema = RESET")


def _recherche_menteuse(db: Any) -> None:
    db.execute("INSERT INTO personne_fts(personne_fts) VALUES('delete-all')")


def _sans_forme(db: Any) -> None:
    """What keeps the search up to date, and an index, are gone; a name then changes unseen."""
    for perdu in ("TRIGGER personne_au", "INDEX idx_carnet_personne_id", "INDEX idx_personne_personne_id"):
        db.execute(f"DROP {perdu}")


def _forme_en_trop(db: Any) -> None:
    db.execute("CREATE TRIGGER discret AFTER INSERT ON carnet BEGIN UPDATE carnet SET etat = 'annule'; END")


@pytest.mark.parametrize(
    ("geste", "code"),
    [
        (lambda db: db.execute("UPDATE carnet SET etat = 'remis'"), "table_differente"),
        (_sans_lien, "lien_rompu"),
        (_index_menteur, "index_abime"),
        (_pages_perdues, "pages_perdues"),
        (_recherche_menteuse, "recherche_differente"),
        (_sans_forme, "forme_differente"),
        (_forme_en_trop, "forme_differente"),
    ],
    ids=["table", "lien", "index", "pages", "recherche", "garde", "trop"],
)
def test_what_hangs_on_the_log_is_made_again_from_it_after_a_backup(
    poste: Poste, geste: Callable[[Any], object], code: str
) -> None:
    tete, avant = envoi.tete(poste.base), set((poste.dossier / DOSSIER_SAUVEGARDES).iterdir())
    assert isinstance(poste.horloge, HorlogeFixe)
    geste(_sans_gardes(poste))
    poste.base.db.execute("PRAGMA foreign_keys = ON")
    poste.horloge.instant += timedelta(minutes=1)
    trouvee = verifier(poste)
    assert code in [p.code for p in trouvee.problemes]
    assert (trouvee.remede, trouvee.saine) == ("refaire", False)
    assert refaire(poste).saine
    (neuve,) = set((poste.dossier / DOSSIER_SAUVEGARDES).iterdir()) - avant
    # Made before anything was touched, and good all the same: its log is.
    poste.base.db.execute("PRAGMA foreign_keys = ON")
    assert apercevoir(poste.dossier, neuve, PHRASE, poste.horloge).lisible
    assert (_noms(poste), envoi.tete(poste.base)) == (["Alpha", "Bravo", "Charlie"], tete)
    assert [p.nom_naissance for p in trouver.chercher(poste.base, "charl")] == ["Charlie"]
    assert derniere_verification(poste).saine


def test_a_body_that_an_erasure_left_goes(poste: Poste) -> None:
    (premiere, *_) = [p for p in personnes.recentes(poste.base) if p.nom_naissance == "Alpha"]
    gardes = poste.base.db.execute(
        "SELECT c.op_id, sel, octets FROM corps c JOIN operation o ON o.op_id = c.op_id WHERE subject_id = ? "
        "AND type = 'personne.enregistrer'",
        [premiere.personne_id],
    ).fetchall()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", premiere.personne_id, {"cle": None})
    assert verifier_base(poste.base) == ()
    poste.base.db.execute("INSERT INTO corps VALUES (?, ?, ?)", gardes[0])
    assert "corps_reste" in _codes(poste)
    assert refaire(poste).saine


def test_it_is_looked_at_once_a_week_and_told(poste: Poste) -> None:
    assert isinstance(poste.horloge, HorlogeFixe)
    assert derniere_verification(poste).faite_le is None
    assert verifier_si_utile(poste)
    faite = derniere_verification(poste)
    assert (faite.faite_le, faite.saine) == (poste.horloge.maintenant(), True)
    assert faite.actes == poste.base.db.table("operation").count
    poste.horloge.instant += PERIODE - timedelta(seconds=1)
    assert not verifier_si_utile(poste)
    poste.horloge.instant += timedelta(seconds=1)
    assert verifier_si_utile(poste)
    # A clock put back by years does not put it off.
    poste.horloge.instant -= timedelta(days=4000)
    assert verifier_si_utile(poste)


def test_a_full_disk_is_not_told_as_damage(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its remedy would be to go back to a backup, for nothing."""

    def pleine(_: Database) -> Iterator[Probleme]:
        raise dbapi.OperationalError("database or disk is full")
        yield

    verifier(poste)
    monkeypatch.setattr(integrite, "_recherche", pleine)
    with pytest.raises(PanneAttendue) as panne:
        verifier(poste)
    assert panne.value.code == "disque_plein" and derniere_verification(poste).saine


def test_a_program_that_closes_does_not_wait_for_it(poste: Poste) -> None:
    with pytest.raises(VerificationArretee):
        verifier(poste, lambda: True)
    assert not verifier_si_utile(poste, lambda: True)
    assert derniere_verification(poste).faite_le is None
    assert verifier(poste).saine
    assert visite.attribuer(poste, visite_accord(poste, nom_naissance="Delta")).carnet.numero


def _commande(poste: Poste, *options: str) -> int:
    return executer(["verifier-base", "--base-dir", str(poste.dossier), *options])


def test_the_command_repairs(
    lieu: Terrain, poste: Poste, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    poste.base.db.execute("UPDATE carnet SET etat = 'remis'")
    poste.fermer()
    avant = (poste.dossier / FICHIER).read_bytes()
    assert _commande(poste) == 1
    assert (poste.dossier / FICHIER).read_bytes() == avant
    capsys.readouterr()
    assert _commande(poste, "--reparer", "--json") == 0
    lu = json.loads(capsys.readouterr().out)
    assert lu["saine"] and "refait à partir du journal" in lu["reparations"][-1]
    assert _commande(poste, "--reparer") == 0
    assert "Il n’y a rien à réparer." in capsys.readouterr().out
    (poste.dossier / FICHIER).write_bytes(b"plus rien" * 5000)
    assert _commande(poste) == 4
    assert _commande(poste, "--reparer") == 0
    sortie = capsys.readouterr().out
    assert "est revenu à la sauvegarde" in sortie and "Prévenez la Région" in sortie
    assert _commande(poste) == 0
    lieu.adopter(poste, ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER))


@pytest.mark.parametrize("perdu", [FICHIER, "poste.cles"])
def test_the_command_brings_back_a_file_of_the_desk_that_is_gone(
    lieu: Terrain, poste: Poste, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, perdu: str
) -> None:
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    poste.fermer()
    (poste.dossier / perdu).unlink()
    assert _commande(poste) == 4
    assert _commande(poste, "--reparer") == 0
    assert "est revenu à la sauvegarde" in capsys.readouterr().out
    remis = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(poste, remis)
    # Without the base, what only the Region has does not come back here; without the keys, nothing is missing.
    noms = _noms(remis)
    assert "Alpha" in noms and "Charlie" in noms and ("Bravo" in noms) == (perdu != FICHIER)


def test_without_any_good_backup_nothing_is_touched(
    poste: Poste, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    poste.fermer()
    for fichier in (poste.dossier / DOSSIER_SAUVEGARDES).glob("*.sauvegarde"):
        fichier.write_bytes(fichier.read_bytes()[:-50])
    (poste.dossier / FICHIER).write_bytes(b"plus rien" * 5000)
    assert _commande(poste, "--reparer") == 2
    assert "Aucune bonne sauvegarde" in capsys.readouterr().err
    assert (poste.dossier / FICHIER).read_bytes() == b"plus rien" * 5000


def test_a_damaged_backup_is_passed_over_for_the_one_before(lieu: Terrain, poste: Poste) -> None:
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant += timedelta(days=1)
    sauvegarder_au_poste(poste)
    derniere = max((poste.dossier / DOSSIER_SAUVEGARDES).glob("*.sauvegarde"))
    derniere.write_bytes(derniere.read_bytes()[:-50])
    remis = _revenir(lieu, poste)
    assert _noms(remis) == ["Alpha", "Bravo", "Charlie"]


def test_each_thing_that_a_check_finds_has_its_remedy_and_its_sentence() -> None:
    """A code found by the check and without a remedy leaves who reads it with nothing to do."""
    nommes = {
        mot.value
        for appel in ast.walk(ast.parse(inspect.getsource(storage_integrite)))
        if isinstance(appel, ast.Call) and isinstance(appel.func, ast.Name) and appel.func.id == "Probleme"
        for mot in ast.walk(appel.args[0])
        if isinstance(mot, ast.Constant)
    }
    genres = {storage_integrite._genre(trouble) for trouble in ("freelist", "fts5", "row missing from index", "page 4")}
    assert nommes | genres == set(REMEDES)
    assert set(REMEDES.values()) == set(get_args(Remede)) - {"rien"}
    assert {remede([Probleme(code)]) for code in REFAITS} == {"refaire"}
    assert remede([Probleme("un_code_a_venir")]) == "revenir"
    assert all(code in MESSAGES for code in REMEDES)


def test_a_damaged_scan_is_named_taken_away_and_told_in_the_journal(poste: Poste, tmp_path: Path) -> None:
    demande = next(d for p in personnes.recentes(poste.base) for d in demandes.par_personne(poste.base, p.personne_id))
    bonne = numerisations.enregistrer(poste.base, demande.demande_id, (b"une autre",))
    perdue = numerisations.enregistrer(poste.base, demande.demande_id, (b"page",))
    with poste.base.ecriture() as db:
        db.execute("UPDATE numerisation SET octets = x'00' WHERE empreinte = ?", [perdue])
    assert verifier(poste).remede == "retirer"
    (scan,) = scans_abimes(poste)
    personne = personnes.get(poste.base, demande.personne_id)
    assert personne is not None and scan.personne == personne.nom_complet
    # A backup made meanwhile is a good one: its log is.
    copie = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    assert apercevoir(poste.dossier, copie, PHRASE, poste.horloge).lisible
    assert retirer_scans(poste) == (scan,)
    assert derniere_verification(poste).saine and verifier_base(poste.base) == ()
    assert numerisations.pages(poste.base, demande.demande_id, bonne) and scans_abimes(poste) == ()
    (note,) = [n for n in lire_journal(poste, FiltreJournal(genre="regards")).notes if n.genre.endswith(SCAN_RETIRE)]
    assert note.personne == personne.nom_complet
