"""Backups: verified, turned over, the last good one told, nothing of a person readable in them."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from passdesk.domain.erreurs import KnownError, PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.services import sauvegarde, visite
from passdesk.services.integrite import derniere_sauvegarde
from passdesk.services.poste import Poste, creer_poste
from passdesk.services.sauvegarde import (
    choisir_dossier,
    etat_sauvegardes,
    sauvegarder,
    sauvegarder_au_poste,
    sauvegarder_si_utile,
    sauvegardes_de,
)
from passdesk.storage import envoi, verrou
from passdesk.storage import sauvegarde as fichier_sauvegarde
from passdesk.storage.cles import ouvrir_trousseau
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, FICHIER, Base
from passdesk.storage.integrite import verifier_base
from passdesk.storage.sauvegarde import Entete, extraire_base, lire_entete
from tests.builders import INDEX_LEGER, MIDI, PHRASE, PHRASE_LEGERE, visite_accord


@pytest.fixture
def horloge() -> HorlogeFixe:
    return HorlogeFixe(MIDI)


@pytest.fixture
def poste(tmp_path: Path, horloge: HorlogeFixe) -> Iterator[Poste]:
    ouvert = creer_poste(
        tmp_path / "poste", PHRASE, "Claire Mabille", horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    yield ouvert
    ouvert.fermer()


def _recevoir(poste: Poste, nom: str = "Xylokanari") -> None:
    assert visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=())) is not None


def _fichiers(dossier: Path) -> list[str]:
    return sorted(f.name for f in dossier.iterdir())


def test_a_backup_opens_elsewhere_with_the_passphrase_and_holds_every_act(poste: Poste, tmp_path: Path) -> None:
    _recevoir(poste)
    faite = sauvegarder(poste, tmp_path / "copie.sauvegarde")
    assert (faite.actes, faite.faite_le) == (envoi.tete(poste.base).seq, MIDI)
    ailleurs = tmp_path / "ailleurs"
    ailleurs.mkdir()
    entete = extraire_base(faite.chemin, ailleurs / FICHIER)
    (ailleurs / "poste.cles").write_bytes(entete.trousseau)
    _, cle = ouvrir_trousseau(ailleurs, PHRASE)
    base = Base.ouvrir(ailleurs, cle, poste.horloge)
    assert verifier_base(base) == ()
    assert envoi.tete(base) == envoi.tete(poste.base)
    base.fermer()


def test_nothing_can_be_read_in_it_and_its_owner_alone_has_it(poste: Poste, tmp_path: Path) -> None:
    _recevoir(poste)
    sauvegarder(poste, tmp_path / "copie.sauvegarde")
    sauvegarder_au_poste(poste)
    (ici,) = (poste.dossier / DOSSIER_SAUVEGARDES).glob("*.sauvegarde")
    for fichier in (tmp_path / "copie.sauvegarde", ici):
        octets = fichier.read_bytes()
        assert not any(trace in octets for trace in (b"Xylokanari", b"xylokanari", b"Mabille", poste.cle, b"SQLite"))
        if os.name == "posix":
            assert stat.S_IMODE(fichier.stat().st_mode) == 0o600
    if os.name == "posix":
        assert stat.S_IMODE(ici.parent.stat().st_mode) == 0o700
    # No working copy is left.
    assert _fichiers(ici.parent) == [ici.name]


def test_work_goes_on_while_it_is_made_and_what_came_after_is_not_in_it(poste: Poste, tmp_path: Path) -> None:
    second = poste.rouvrir()
    _recevoir(poste)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.ajouter", "agent-9", {"nom": "Paul Agent", "role": "mediateur"})
        faite = sauvegarder(second, tmp_path / "copie.sauvegarde")
    assert faite.actes == envoi.tete(poste.base).seq - 1
    second.fermer()


def test_once_a_day_and_only_when_something_was_recorded(poste: Poste, horloge: HorlogeFixe) -> None:
    assert sauvegarder_si_utile(poste)
    _recevoir(poste)
    assert not sauvegarder_si_utile(poste), "once a day"
    horloge.instant += timedelta(days=1)
    assert sauvegarder_si_utile(poste)
    horloge.instant += timedelta(days=1)
    assert not sauvegarder_si_utile(poste), "nothing was recorded since"
    etat = etat_sauvegardes(poste)
    assert etat.derniere is not None
    assert (etat.derniere.faite_le, etat.derniere.actes) == (MIDI + timedelta(days=1), envoi.tete(poste.base).seq)
    assert etat.derniere.chemin.is_file()
    assert len(_fichiers(poste.dossier / DOSSIER_SAUVEGARDES)) == 2


def test_old_ones_go_and_copies_made_before_a_migration_too(poste: Poste, horloge: HorlogeFixe) -> None:
    dossier = poste.dossier / DOSSIER_SAUVEGARDES
    for _ in range(14):
        sauvegarder_au_poste(poste)
        horloge.instant += timedelta(days=3)
    restent = [(horloge.instant - lire_entete(dossier / nom).faite_le).days for nom in _fichiers(dossier)]
    assert sorted(restent)[:3] == [3, 6, 9] and 21 < max(restent) <= 33 and len(restent) in (6, 7)
    for nom in ("poste-20260101T090000-avant-m0002.db", "poste-20261230T090000-avant-m0003.db", "notes.txt"):
        (dossier / nom).write_bytes(b"x")
    sauvegarder_au_poste(poste)
    assert {"notes.txt", "poste-20261230T090000-avant-m0003.db"} <= set(_fichiers(dossier))
    assert "poste-20260101T090000-avant-m0002.db" not in _fichiers(dossier)


def test_a_second_copy_on_the_stick_and_a_stick_that_is_not_there(
    poste: Poste, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    cle_usb = tmp_path / "clé USB"
    cle_usb.mkdir()
    (cle_usb / "passdesk-00000000-20250101T000000.sauvegarde").write_bytes(b"d'un autre poste")
    choisir_dossier(poste, cle_usb)
    etat = sauvegarder_au_poste(poste)
    assert etat.ailleurs is not None and etat.derniere is not None
    assert etat.ailleurs.chemin.read_bytes() == etat.derniere.chemin.read_bytes()
    assert len(_fichiers(cle_usb)) == 2, "the backups of other desks are not ours to remove"
    shutil.rmtree(cle_usb)
    _recevoir(poste)
    horloge.instant += timedelta(days=1)
    assert sauvegarder_si_utile(poste)
    etat = etat_sauvegardes(poste)
    assert (etat.panne, etat.jours_sans) == ("disque_muet", 0)
    assert etat.derniere is not None and etat.derniere.faite_le == horloge.instant
    horloge.instant += timedelta(days=7)
    assert etat_sauvegardes(poste).jours_sans == 8
    # Back again: the copy is made without waiting for the next day.
    cle_usb.mkdir()
    assert sauvegarder_si_utile(poste)
    etat = etat_sauvegardes(poste)
    assert (etat.panne, etat.jours_sans, len(_fichiers(cle_usb))) == ("", 0, 1)
    assert not sauvegarder_si_utile(poste)


def test_what_a_stick_pulled_out_left_unfinished_does_not_stay(
    poste: Poste, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    _recevoir(poste)
    cle = tmp_path / "cle"
    cle.mkdir()
    choisir_dossier(poste, cle)
    sauvegarder_au_poste(poste)
    (faite,) = _fichiers(cle)
    autre = faite.replace(faite.split("-")[1], "0123abcd")
    for dossier, nom in ((poste.dossier / DOSSIER_SAUVEGARDES, faite), (cle, faite), (cle, autre)):
        (dossier / f"{nom}.partiel").write_bytes(b"half")
    nommee = poste.dossier / DOSSIER_SAUVEGARDES / f"{faite}.0a1b2c3d.partiel"
    nommee.write_bytes(b"half")
    horloge.instant += timedelta(days=1)
    sauvegarder_au_poste(poste)
    assert not [nom for nom in _fichiers(poste.dossier / DOSSIER_SAUVEGARDES) if nom.endswith(".partiel")]
    # What another desk is writing in a folder they share is its own.
    assert [nom for nom in _fichiers(cle) if nom.endswith(".partiel")] == [f"{autre}.partiel"]


def test_a_backup_dated_in_the_future_goes_with_those_made_after_it(poste: Poste, horloge: HorlogeFixe) -> None:
    """Whom was erased since would stay in it for years."""
    ici = poste.dossier / DOSSIER_SAUVEGARDES
    horloge.instant += timedelta(days=3650)
    _recevoir(poste, "Alpha")
    sauvegarder_au_poste(poste)
    (future,) = _fichiers(ici)
    horloge.instant -= timedelta(days=3650)
    for nom in ("Bravo", "Charlie"):
        _recevoir(poste, nom)
        sauvegarder_au_poste(poste)
        horloge.instant += timedelta(days=16)
    assert future in _fichiers(ici), "the clock was wrong, not the backup"
    _recevoir(poste, "Delta")
    sauvegarder_au_poste(poste)
    assert future not in _fichiers(ici) and len(_fichiers(ici)) == 2


def test_old_ones_go_from_a_desk_where_nothing_is_recorded_any_more(poste: Poste, horloge: HorlogeFixe) -> None:
    ici = poste.dossier / DOSSIER_SAUVEGARDES
    for nom in ("Alpha", "Bravo"):
        _recevoir(poste, nom)
        sauvegarder_au_poste(poste)
        (ici / f"poste-{horloge.instant:%Y%m%dT%H%M%S}-remplacee.db").write_bytes(b"")
        horloge.instant += timedelta(days=1)
    derniere = _fichiers(ici)[1]
    horloge.instant += timedelta(days=31)
    assert not sauvegarder_si_utile(poste)
    assert _fichiers(ici) == [derniere]


def test_two_at_once_wait_for_each_other(poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command makes one while the window makes its own: each would take the copy of the other for its own."""
    _recevoir(poste)
    libres: list[bool] = []
    eprouver = fichier_sauvegarde._eprouver

    def regarder(base: Base, cle: bytes, copie: Path, programme: str) -> Entete:
        descripteur = os.open(poste.dossier / fichier_sauvegarde.VERROU, os.O_RDWR)
        libres.append(verrou._prendre(descripteur))
        os.close(descripteur)
        return eprouver(base, cle, copie, programme)

    monkeypatch.setattr(fichier_sauvegarde, "_eprouver", regarder)
    sauvegarder(poste, tmp_path / "une.sauvegarde")
    sauvegarder(poste, tmp_path / "autre.sauvegarde")
    assert libres == [False, False]


def test_a_clock_that_was_wrong_one_day_does_not_make_that_day_s_the_last_one(
    poste: Poste, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    _recevoir(poste, "Alpha")
    horloge.instant += timedelta(days=20)
    sauvegarder_au_poste(poste)
    horloge.instant -= timedelta(days=20)
    _recevoir(poste, "Bravo")
    derniere = sauvegarder_au_poste(poste).derniere
    assert derniere is not None
    ici = poste.dossier / DOSSIER_SAUVEGARDES
    # A folder that several desks share: what is not ours is not proposed.
    autre = creer_poste(tmp_path / "autre", PHRASE, "Paul", horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE)
    for rang in range(5):
        _recevoir(autre, f"Autre{rang}")
    voisine = sauvegarder_au_poste(autre).derniere
    autre.fermer()
    assert voisine is not None
    (ici / "passdesk-00000000-20990101T000000.sauvegarde").write_bytes(b"nothing")
    shutil.copyfile(voisine.chemin, ici / voisine.chemin.name)
    assert sauvegardes_de(ici, origine=lire_entete(derniere.chemin).origine)[0] == derniere.chemin
    assert derniere_sauvegarde(poste) == derniere.chemin
    assert [lire_entete(f).seq for f in sauvegardes_de(ici)[:3]] == sorted(
        (lire_entete(f).seq for f in sauvegardes_de(ici)[:3]), reverse=True
    )


def test_a_week_without_any_is_told_and_a_quiet_week_is_not(poste: Poste, horloge: HorlogeFixe) -> None:
    assert etat_sauvegardes(poste).jours_sans == 0
    horloge.instant += timedelta(days=9)
    assert etat_sauvegardes(poste).jours_sans == 9
    sauvegarder_au_poste(poste)
    horloge.instant += timedelta(days=60)
    assert etat_sauvegardes(poste).jours_sans == 0
    _recevoir(poste)
    assert etat_sauvegardes(poste).jours_sans == 60


def test_a_damaged_base_makes_no_backup_and_the_former_ones_stay(poste: Poste, tmp_path: Path) -> None:
    sauvegarder_au_poste(poste)
    avant = _fichiers(poste.dossier / DOSSIER_SAUVEGARDES)
    with poste.base.ecriture() as db:
        db.execute("DELETE FROM corps WHERE op_id = (SELECT op_id FROM operation WHERE seq = 2)")
    for faire in (lambda: sauvegarder(poste, tmp_path / "copie"), lambda: sauvegarder_au_poste(poste)):
        with pytest.raises(PanneAttendue) as panne:
            faire()
        assert panne.value.code == "sauvegarde_non_bonne"
    assert not (tmp_path / "copie").exists()
    assert _fichiers(poste.dossier / DOSSIER_SAUVEGARDES) == avant


def test_a_disk_that_loses_bytes_is_seen_before_the_backup_takes_its_name(
    poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vrai = os.fsync

    def perdre(descripteur: int) -> None:
        vrai(descripteur)
        if os.fstat(descripteur).st_size > 50_000:
            os.pwrite(descripteur, b"\0" * 16, 40_000)

    monkeypatch.setattr(os, "fsync", perdre)
    with pytest.raises(PanneAttendue) as panne:
        sauvegarder(poste, tmp_path / "copie")
    assert panne.value.code == "sauvegarde_non_bonne"
    assert _fichiers(tmp_path) == ["poste"]


@pytest.mark.parametrize("part", range(12))
def test_a_backup_cut_or_changed_anywhere_is_refused(poste: Poste, tmp_path: Path, part: int) -> None:
    entier = sauvegarder(poste, tmp_path / "copie").chemin.read_bytes()
    rang = len(entier) * part // 12
    change = bytearray(entier)
    change[rang] ^= 0x10
    for nom, octets in (("coupee", entier[:rang]), ("changee", bytes(change)), ("longue", entier + b"\0")):
        (tmp_path / nom).write_bytes(octets)
        with pytest.raises(KnownError) as refus:
            extraire_base(tmp_path / nom, tmp_path / f"{nom}.db")
        assert refus.value.code in ("sauvegarde_illisible", "sauvegarde_abimee", "sauvegarde_plus_recente")


def test_where_backups_go_is_chosen_with_care(poste: Poste, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    for dossier, code in (
        (tmp_path / "absent", "sauvegarde_dossier_absent"),
        (tmp_path / "fichier", "sauvegarde_dossier_absent"),
        (poste.dossier, "sauvegarde_dossier_du_poste"),
        (poste.dossier / "papier" / "..", "sauvegarde_dossier_absent"),
    ):
        with pytest.raises(SaisieRefusee) as refus:
            choisir_dossier(poste, dossier)
        assert refus.value.code == code
    assert etat_sauvegardes(poste).dossier is None
    (tmp_path / "copie").write_bytes(b"une photo")
    with pytest.raises(SaisieRefusee) as refus:
        sauvegarder(poste, tmp_path / "copie")
    assert refus.value.code == "sauvegarde_existe"
    assert (tmp_path / "copie").read_bytes() == b"une photo"


def test_only_a_responsable_chooses_where_they_go(poste: Poste, tmp_path: Path) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.ajouter", "agent-9", {"nom": "Paul Agent", "role": "mediateur"})
    poste.agent_id = "agent-9"
    with pytest.raises(SaisieRefusee) as refus:
        choisir_dossier(poste, tmp_path)
    assert refus.value.code == "sauvegarde_reservee"
    assert sauvegarder_au_poste(poste).derniere is not None


def test_a_disk_nearly_full_is_told_while_there_is_room_to_work(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    vrai = shutil.disk_usage(poste.dossier)
    for libre, attendu in ((499_999_999, 499), (500_000_000, None), (12_300_000, 12)):
        monkeypatch.setattr(sauvegarde.shutil, "disk_usage", lambda _, libre=libre: vrai._replace(free=libre))
        assert etat_sauvegardes(poste).place_basse == attendu


def test_little_room_where_the_copy_goes_is_told_and_kept(
    poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cle = tmp_path / "CLE"
    cle.mkdir()
    choisir_dossier(poste, cle)
    vrai = shutil.disk_usage(cle)
    for libre, attendu in ((500_000_000, None), (321_000_000, 321)):
        monkeypatch.setattr(
            sauvegarde.shutil, "disk_usage", lambda lieu, n=libre: vrai._replace(free=n if lieu == cle else 10**10)
        )
        etat = sauvegarder_au_poste(poste)
        assert (etat.place_ailleurs, etat.place_basse, etat.panne) == (attendu, None, "")
    # It is told without looking at the stick again.
    monkeypatch.undo()
    assert etat_sauvegardes(poste).place_ailleurs == 321
    choisir_dossier(poste, None)
    assert etat_sauvegardes(poste).place_ailleurs is None


def test_a_working_copy_that_an_antivirus_holds_spoils_no_backup(
    poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to remove it; the backup is good, and the next one takes it away."""
    _recevoir(poste)
    faite = tmp_path / "copie.sauvegarde"
    vraie = os.unlink

    def refuser(chemin: str | Path, **options: int) -> None:
        if faite.exists() and Path(chemin).name == "en-cours.db":
            raise PermissionError(13, "held by another program")
        vraie(chemin, **options)

    with monkeypatch.context() as tenu:
        tenu.setattr(os, "unlink", refuser)
        sauvegarder(poste, faite)
    assert lire_entete(faite).actes
    sauvegarder(poste, tmp_path / "suivante.sauvegarde")
    assert not (poste.dossier / DOSSIER_SAUVEGARDES / "en-cours.db").exists()
