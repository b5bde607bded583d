"""The Region's own files: created once, certified by the root, refused when they are damaged or mixed up."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from passdesk.domain.campagne import Campagne
from passdesk.domain.erreurs import BaseFermee, KnownError, PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.confiance import lire_confiance
from passdesk.server import racines
from passdesk.server.adresse import Adresse, AdresseSqlite, lire_adresse, ouvrir_magasin
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.escrow import etat_pots
from passdesk.server.publication import publier
from passdesk.server.racine import CoutPhrase, Racine, nouvelle_racine, ouvrir_racine
from passdesk.server.region import Region, initialiser, ouvrir_region, prolonger

LEGER = CoutPhrase(8, 1, 1)
PHRASE = "la Région garde sa clé"


def _campagne(numero: int) -> Campagne:
    return Campagne(numero, "Pass", 1000, date(2027, 12, 31))


def test_the_root_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    fichier = tmp_path / "racine"
    publique = racines.creer(fichier, PHRASE, cout=LEGER)
    assert (tmp_path / "racine.pub").read_text() == publique.hex() + "\n"
    assert fichier.stat().st_mode & 0o777 == 0o600
    assert ouvrir_racine(fichier, PHRASE).publique == publique
    with pytest.raises(BaseFermee) as refus:
        ouvrir_racine(fichier, PHRASE + " ")
    assert refus.value.code == "phrase_racine"
    octets = fichier.read_bytes()
    fichier.write_bytes(octets[:-1])
    with pytest.raises(BaseFermee) as refus:
        ouvrir_racine(fichier, PHRASE)
    assert refus.value.code == "cle_racine_illisible"


def test_a_root_is_never_overwritten(tmp_path: Path) -> None:
    racines.creer(tmp_path / "racine", PHRASE, cout=LEGER)
    avant = (tmp_path / "racine").read_bytes()
    with pytest.raises(SaisieRefusee):
        racines.creer(tmp_path / "racine", PHRASE, cout=LEGER)
    assert (tmp_path / "racine").read_bytes() == avant


def test_a_demonstration_root_cannot_pass_for_a_real_one(tmp_path: Path) -> None:
    fichier = tmp_path / "racine"
    racines.creer(fichier, PHRASE, demonstration=True, cout=LEGER)
    octets = fichier.read_bytes()
    fichier.write_bytes(octets.replace(b"mdemonstration\xf5", b"mdemonstration\xf4"))
    assert fichier.read_bytes() != octets
    with pytest.raises(BaseFermee):
        ouvrir_racine(fichier, PHRASE)


@pytest.mark.parametrize(
    ("demonstration", "numero", "code"),
    [(False, 127, "campagne_reservee"), (True, 12, "campagne_demonstration_seule"), (False, 300, "campagne_refusee")],
)
def test_each_root_signs_its_own_campaigns(
    tmp_path: Path, horloge: HorlogeFixe, demonstration: bool, numero: int, code: str
) -> None:
    racine = nouvelle_racine(demonstration=demonstration)
    region = initialiser(tmp_path / "r", racine, horloge)
    with pytest.raises(SaisieRefusee) as refus:
        ouvrir_campagne(region, racine, _campagne(numero), stock=10)
    region.fermer()
    assert refus.value.code == code


def test_a_campaign_is_opened_once_by_this_root(region: Region, racine: Racine) -> None:
    for voulue, avec, code in (
        (_campagne(12), racine, "campagne_existante"),
        (_campagne(13), nouvelle_racine(), "racine_etrangere"),
        (Campagne(13, "Pass", 1000, date(2026, 11, 22)), racine, "campagne_refusee"),
    ):
        with pytest.raises(SaisieRefusee) as refus:
            ouvrir_campagne(region, avec, voulue, stock=10)
        assert refus.value.code == code
    with pytest.raises(SaisieRefusee):
        ouvrir_campagne(region, racine, _campagne(14), stock=-1)
    ouvrir_campagne(region, racine, _campagne(14), stock=0)


def test_a_region_is_created_once_and_opens_again(
    tmp_path: Path, racine: Racine, horloge: HorlogeFixe, adresse: Adresse
) -> None:
    dossier = tmp_path / "region"
    initialiser(dossier, racine, horloge, adresse=adresse).fermer()
    assert (dossier / "serveur.cles").stat().st_mode & 0o777 == 0o600
    for ailleurs in (dossier, tmp_path / "autre"):
        # Neither the keys nor the data of a Region are ever replaced.
        with pytest.raises(SaisieRefusee) as refus:
            initialiser(ailleurs, nouvelle_racine(), horloge, adresse=adresse)
        assert refus.value.code == "region_deja_initialisee"
    region = ouvrir_region(dossier, horloge, adresse=adresse)
    assert region.cles.racine == racine.publique
    region.fermer()


def test_keys_stay_out_of_the_database_and_of_sight(tmp_path: Path, racine: Racine, horloge: HorlogeFixe) -> None:
    region = initialiser(tmp_path, racine, horloge)
    secrets = [
        region.cles.publication.private_bytes_raw(),
        region.cles.reponse.private_bytes_raw(),
        region.cles.scellement.private_bytes_raw(),
        region.cles.index_secret,
        region.cles.corps,
    ]
    region.fermer()
    octets = b"".join(f.read_bytes() for f in tmp_path.iterdir() if f.name != "serveur.cles")
    assert not any(secret in octets for secret in secrets)
    assert not any(repr(secret) in repr(region) or secret.hex() in repr(region) for secret in secrets)


@pytest.mark.parametrize(
    ("abimer", "code"),
    [
        (lambda d: (d / "serveur.cles").unlink(), "region_absente"),
        (lambda d: (d / "region.db").unlink(), "region_absente"),
        (lambda d: (d / "serveur.cles").write_bytes(b"\xa1av\x01"), "region_cles_illisibles"),
        (lambda d: (d / "region.db").write_bytes(b"SQLite format 3\0" + b"\0" * 4096), "region_illisible"),
        (lambda d: (d / "region.db").write_bytes(b"un autre fichier" * 400), "region_illisible"),
        (lambda d: (d / "region.db").write_bytes(b""), "region_illisible"),
        (lambda d: _percer(d / "region.db"), "region_illisible"),
        (lambda d: _version(d / "region.db", 99), "region_recente"),
    ],
)
def test_what_is_missing_or_damaged_is_named(
    tmp_path: Path, racine: Racine, horloge: HorlogeFixe, abimer: object, code: str
) -> None:
    initialiser(tmp_path, racine, horloge).fermer()
    assert callable(abimer)
    abimer(tmp_path)
    avant = {fichier.name: fichier.read_bytes() for fichier in tmp_path.iterdir()}
    with pytest.raises(KnownError) as refus:
        ouvrir_region(tmp_path, horloge)
    assert refus.value.code == code
    assert isinstance(refus.value, BaseFermee)
    assert {fichier.name: fichier.read_bytes() for fichier in tmp_path.iterdir()} == avant


def _percer(fichier: Path) -> None:
    """One page in the middle is lost; the others still read."""
    octets = bytearray(fichier.read_bytes())
    octets[8 * 4096 : 9 * 4096] = bytes(4096)
    fichier.write_bytes(octets)


def _version(fichier: Path, version: int) -> None:
    connexion = sqlite3.connect(fichier)
    connexion.execute(f"PRAGMA user_version = {version}")
    connexion.close()


def test_keys_and_database_of_two_regions_do_not_mix(
    tmp_path: Path, racine: Racine, horloge: HorlogeFixe, adresse: Adresse
) -> None:
    initialiser(tmp_path / "region", racine, horloge, adresse=adresse).fermer()
    initialiser(tmp_path / "b", nouvelle_racine(), horloge).fermer()
    with pytest.raises(BaseFermee) as refus:
        ouvrir_region(tmp_path / "b", horloge, adresse=adresse)
    assert refus.value.code == "region_cles_etrangeres"


def test_a_second_writer_waits_then_says_so(region: Region, adresse: Adresse, monkeypatch: pytest.MonkeyPatch) -> None:
    for magasin in ("magasin_sqlite", "magasin_postgres"):
        monkeypatch.setattr(f"passdesk.server.{magasin}.ATTENTE_S", 0.05)
    autre = ouvrir_magasin(adresse)
    with region.magasin.ecrire(), pytest.raises(PanneAttendue) as refus, autre.ecrire():
        pass
    autre.fermer()
    assert refus.value.code == "region_occupee"


def test_a_transaction_that_fails_leaves_nothing(region: Region) -> None:
    with pytest.raises(RuntimeError), region.magasin.ecrire() as tx:
        tx.faire("DELETE FROM pot")
        raise RuntimeError
    with region.magasin.lire() as tx:
        assert tx.une("SELECT count(*) FROM pot") == (2,)


def test_each_bundle_is_newer_and_ends_with_the_publication_key(region: Region, horloge: HorlogeFixe) -> None:
    assert [lire_confiance(publier(region), region.cles.racine).generation for _ in range(2)] == [1, 2]
    horloge.instant += timedelta(days=90)
    publier(region)
    horloge.instant += timedelta(days=1)
    with pytest.raises(SaisieRefusee) as refus:
        publier(region)
    assert refus.value.code == "publication_expiree"


def test_the_root_prolongs_the_publication_key(
    region: Region, racine: Racine, adresse: Adresse, tmp_path: Path
) -> None:
    horloge = region.horloge
    assert isinstance(horloge, HorlogeFixe)
    horloge.instant += timedelta(days=100)
    dossier = tmp_path / "region"
    with pytest.raises(SaisieRefusee):
        prolonger(dossier, nouvelle_racine(), horloge)
    assert prolonger(dossier, racine, horloge) == horloge.aujourdhui() + timedelta(days=90)
    assert (dossier / "serveur.cles").stat().st_mode & 0o777 == 0o600
    assert not list(dossier.glob("*.neuf"))
    rouverte = ouvrir_region(dossier, horloge, adresse=adresse)
    assert rouverte.cles.index_secret == region.cles.index_secret
    assert lire_confiance(publier(rouverte), racine.publique).faite_le == horloge.aujourdhui()
    rouverte.fermer()


def test_an_attempt_that_failed_does_not_stand_in_the_way(
    tmp_path: Path, racine: Racine, horloge: HorlogeFixe, adresse: Adresse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plein(descripteur: int) -> None:
        raise OSError(28, "disque plein")

    with monkeypatch.context() as panne:
        panne.setattr("passdesk.server.cles.os.fsync", plein)
        with pytest.raises(PanneAttendue) as refus:
            initialiser(tmp_path / "region", racine, horloge, adresse=adresse)
    assert refus.value.code == "region_disque"
    assert not list((tmp_path / "region").iterdir())
    initialiser(tmp_path / "region", racine, horloge, adresse=adresse).fermer()


def test_data_that_cannot_be_created_leave_no_keys_behind(tmp_path: Path, racine: Racine, horloge: HorlogeFixe) -> None:
    for ailleurs in (AdresseSqlite(tmp_path / "absent" / "region.db"), lire_adresse("postgresql://127.0.0.1:1/region")):
        with pytest.raises(PanneAttendue):
            initialiser(tmp_path / "r", racine, horloge, adresse=ailleurs)
        assert not list((tmp_path / "r").iterdir())


def test_the_lycee_reserve_is_4000_over_all_campaigns(
    tmp_path: Path, racine: Racine, horloge: HorlogeFixe, adresse: Adresse
) -> None:
    region = initialiser(tmp_path / "region", racine, horloge, adresse=adresse)
    with pytest.raises(SaisieRefusee) as refus:
        ouvrir_campagne(region, racine, _campagne(13), stock=10, reserve_lycee=4001)
    assert refus.value.code == "reserve_lycee_depassee"
    ouvrir_campagne(region, racine, _campagne(13), stock=10, reserve_lycee=1500)
    ouvrir_campagne(region, racine, _campagne(14), stock=10)
    with region.magasin.lire() as tx:
        pots = {etat.pot: etat.stock for etat in etat_pots(tx, 14)}
    assert pots == {"general": 10, "lycee": 2500}
    with pytest.raises(SaisieRefusee):
        ouvrir_campagne(region, racine, _campagne(15), stock=10, reserve_lycee=1)
    region.fermer()
