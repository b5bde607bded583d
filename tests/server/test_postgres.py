"""PostgreSQL as the Region's people meet it: how it is named, what it refuses, where its password never shows."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from passdesk.cli import executer
from passdesk.domain.erreurs import BaseFermee, KnownError, PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.server.administration import doter_poste
from passdesk.server.adresse import AdresseSqlite, creer_magasin, lire_adresse, ouvrir_magasin
from passdesk.server.magasin import prochain
from passdesk.server.racine import CoutPhrase, Racine
from passdesk.server.region import initialiser, ouvrir_region
from passdesk.ui.messages import message
from tests.server.grappe import BASE, Grappe, GrappeAbsenteError, dossier_des_programmes

CANARI = "canari-Xq7%40z"
"""A password as a URL writes it."""
CLAIR = "canari-Xq7@z"


@pytest.fixture
def sans_reglage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Nothing of the tester's own PostgreSQL habits."""
    for variable in ("PGPASSWORD", "PGSERVICE", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "aucun"))
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "aucun"))
    return monkeypatch


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        (f"postgresql://moi:{CANARI}@machine:pas-un-port/region", "region_base_mal_ecrite"),
        (f"postgresql://moi:{CANARI}@machine/region?secret={CANARI}", "region_base_mal_ecrite"),
        (f"postgresql://moi:{CANARI}@[machine/region", "region_base_mal_ecrite"),
        (f"moi:{CANARI}@machine/region", "region_base_mal_ecrite"),
        (f"mysql://moi:{CANARI}@machine/region", "region_base_inconnue"),
        ("sqlite://relatif.db", "region_base_mal_ecrite"),
        ("sqlite:///", "region_base_mal_ecrite"),
        ("", "region_base_mal_ecrite"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(texte: str, code: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        lire_adresse(texte)
    assert refus.value.code == code
    dit = str(message(code, **refus.value.faits)) + "".join(traceback.format_exception(refus.value))
    assert "canari" not in dit


def test_addresses_are_read(tmp_path: Path) -> None:
    assert lire_adresse(f"sqlite:///{tmp_path}/r.db") == AdresseSqlite(tmp_path / "r.db")
    for url in ("postgresql://machine/region", "postgres://machine/region", "postgresql:///?service=region"):
        assert "machine" not in repr(lire_adresse(url))


def test_the_password_stays_out_of_arguments(grappe: Grappe, sans_reglage: pytest.MonkeyPatch, tmp_path: Path) -> None:
    creer_magasin(lire_adresse(grappe.vider()), {}).fermer()
    nue = f"postgresql://postgres@127.0.0.1:{grappe.port}/{BASE}"
    with pytest.raises(BaseFermee) as refus:
        ouvrir_magasin(lire_adresse(nue))
    assert refus.value.code == "region_acces_refuse"
    passe = tmp_path / "pgpass"
    passe.write_text(f"127.0.0.1:{grappe.port}:*:postgres:{grappe.mot_de_passe}\n", encoding="utf-8")
    passe.chmod(0o600)
    with sans_reglage.context() as reglage:
        reglage.setenv("PGPASSFILE", str(passe))
        ouvrir_magasin(lire_adresse(nue)).fermer()
    with sans_reglage.context() as reglage:
        reglage.setenv("PGPASSWORD", grappe.mot_de_passe)
        ouvrir_magasin(lire_adresse(nue)).fermer()
    service = tmp_path / "services"
    service.write_text(
        f"[region]\nhost=127.0.0.1\nport={grappe.port}\ndbname={BASE}\nuser=postgres\npassword={grappe.mot_de_passe}\n",
        encoding="utf-8",
    )
    sans_reglage.setenv("PGSERVICEFILE", str(service))
    ouvrir_magasin(lire_adresse("postgresql:///?service=region")).fermer()


@pytest.mark.parametrize(
    ("url", "genre", "code"),
    [
        ("postgresql://postgres:{canari}@127.0.0.1:{port}/region", BaseFermee, "region_acces_refuse"),
        ("postgresql://personne:{canari}@127.0.0.1:{port}/region", BaseFermee, "region_acces_refuse"),
        ("postgresql://postgres:{secret}@127.0.0.1:{port}/canari_absente", BaseFermee, "region_acces_refuse"),
        ("postgresql://postgres:{secret}@127.0.0.1:{port}/postgres", BaseFermee, "region_absente"),
        ("postgresql://postgres:{canari}@127.0.0.1:1/region", PanneAttendue, "region_injoignable"),
        ("postgresql:///?service=canari_inconnu", PanneAttendue, "region_injoignable"),
    ],
)
def test_what_stands_in_the_way_is_named_and_the_password_is_not(
    grappe: Grappe,
    sans_reglage: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    url: str,
    genre: type[KnownError],
    code: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    adresse = lire_adresse(url.format(canari=CANARI, port=grappe.port, secret=grappe.mot_de_passe))
    with pytest.raises(genre) as refus:
        ouvrir_magasin(adresse)
    assert refus.value.code == code
    dit = "".join(traceback.format_exception(refus.value)) + repr(adresse) + str(message(code)) + caplog.text
    for secret in (CANARI, CLAIR, "canari", grappe.mot_de_passe):
        assert secret not in dit


def test_nothing_of_the_password_in_what_a_region_shows_of_itself(
    grappe: Grappe, tmp_path: Path, racine: Racine, horloge: HorlogeFixe, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    adresse = lire_adresse(grappe.vider())
    region = initialiser(tmp_path / "r", racine, horloge, adresse=adresse)
    with pytest.raises(SaisieRefusee):
        doter_poste(region, "personne", taille=5, carnets=1)
    assert grappe.mot_de_passe not in repr(region) + str(region.magasin) + repr(adresse) + caplog.text
    assert not [f for f in (tmp_path / "r").iterdir() if grappe.mot_de_passe.encode() in f.read_bytes()]
    region.fermer()


def test_a_database_that_takes_no_writing_is_told(grappe: Grappe) -> None:
    magasin = creer_magasin(lire_adresse(grappe.neuve("figee")), {})
    grappe.administrer("ALTER DATABASE figee SET default_transaction_read_only = on")
    fige = ouvrir_magasin(lire_adresse(grappe.url("figee")))
    with pytest.raises(PanneAttendue) as panne, fige.ecrire() as tx:
        prochain(tx, "srv_seq")
    assert panne.value.code == "region_disque"
    fige.fermer()
    magasin.fermer()


def test_an_account_that_may_not_create_tables_is_told(
    grappe: Grappe, tmp_path: Path, racine: Racine, horloge: HorlogeFixe
) -> None:
    grappe.neuve("gardee")
    grappe.administrer("DROP ROLE IF EXISTS lectrice", f"CREATE ROLE lectrice LOGIN PASSWORD '{CLAIR}'")
    grappe.administrer("REVOKE CREATE ON SCHEMA public FROM public", base="gardee")
    adresse = lire_adresse(f"postgresql://lectrice:{CANARI}@127.0.0.1:{grappe.port}/gardee")
    with pytest.raises(BaseFermee) as refus:
        initialiser(tmp_path / "r", racine, horloge, adresse=adresse)
    assert refus.value.code == "region_acces_refuse"
    assert not list((tmp_path / "r").iterdir())


def test_a_database_in_another_alphabet_is_refused(grappe: Grappe) -> None:
    grappe.administrer(
        "DROP DATABASE IF EXISTS latine", "CREATE DATABASE latine ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    )
    with pytest.raises(SaisieRefusee) as refus:
        creer_magasin(lire_adresse(grappe.url("latine")), {})
    assert refus.value.code == "region_base_encodage"


def test_tables_of_another_program_are_left_alone(grappe: Grappe) -> None:
    adresse = lire_adresse(grappe.vider())
    grappe.administrer("CREATE TABLE lot (x text)", "INSERT INTO lot VALUES ('à eux')", base=BASE)
    with pytest.raises(SaisieRefusee) as refus:
        creer_magasin(adresse, {})
    assert refus.value.code == "region_deja_initialisee"
    assert grappe.administrer("SELECT x FROM lot", base=BASE) == [("à eux",)]
    assert grappe.administrer("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", base=BASE) == [(1,)]


def test_damaged_tables_are_told(grappe: Grappe, tmp_path: Path, racine: Racine, horloge: HorlogeFixe) -> None:
    adresse = lire_adresse(grappe.vider())
    initialiser(tmp_path / "r", racine, horloge, adresse=adresse).fermer()
    grappe.administrer("ALTER TABLE region DROP COLUMN valeur", base=BASE)
    with pytest.raises(BaseFermee) as refus:
        ouvrir_region(tmp_path / "r", horloge, adresse=adresse)
    assert refus.value.code == "region_illisible"


def test_kept_means_on_the_disk_even_where_the_database_would_rather_wait(grappe: Grappe) -> None:
    grappe.neuve("pressee")
    grappe.administrer("ALTER DATABASE pressee SET synchronous_commit = off")
    magasin = creer_magasin(lire_adresse(grappe.url("pressee")), {})
    with magasin.ecrire() as tx:
        assert tx.une("SHOW synchronous_commit") == ("on",)
    magasin.fermer()


@pytest.fixture
def commande(
    grappe: Grappe, sans_reglage: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Any]:
    """Runs `passdesk region …` on PostgreSQL, the password in the environment."""
    grappe.vider()
    sans_reglage.setenv("PASSDESK_PHRASE", "une phrase pour la racine")
    sans_reglage.setenv("PGPASSWORD", grappe.mot_de_passe)
    sans_reglage.setattr("passdesk.server.racine.COUT_RACINE", CoutPhrase(8, 1, 1))
    ici = f"postgresql://postgres@127.0.0.1:{grappe.port}/{BASE}"

    def lancer(*arguments: str, base: str = ici) -> Any:
        ou = () if arguments[0] == "racine" else ("--base-dir", str(tmp_path / "region"), "--base", base)
        code = executer(["region", *arguments, *ou])
        sortie = capsys.readouterr()
        if "--json" in arguments:
            assert (code, sortie.err) == (0, "")
            return json.loads(sortie.out)
        return code, sortie.err.replace("\u00a0", " ")

    return lancer


def test_the_whole_of_the_regions_commands(commande: Callable[..., Any], tmp_path: Path, grappe: Grappe) -> None:
    racine = ("--racine", str(tmp_path / "racine"))
    assert commande("racine", "--out", racine[1])[0] == 0
    assert commande("initialiser", *racine) == (0, "")
    assert commande("initialiser", *racine)[0] == 2
    options = ("--numero", "12", "--libelle", "Pass 2026", "--dernier-jour", "2027-12-31", "--stock", "100")
    assert commande("campagne", *racine, *options, "--json")["stock"] == {"general": 100, "lycee": 4000}
    assert len(commande("enroler", "--poste", "Maison de Lens", "--json")["code"]) == 10
    assert commande("publier", "--out", str(tmp_path / "confiance.bin"), "--json")["generation"] == 1
    assert commande("litiges", "--json") == []
    assert [f.name for f in (tmp_path / "region").iterdir()] == ["serveur.cles"]
    grappe.administrer("INSERT INTO migration VALUES (99, 'demain')", base=BASE)
    code, dit = commande("litiges")
    assert (code, "plus récent" in dit) == (4, True)


@pytest.mark.parametrize(
    ("base", "rc", "dit"),
    [
        ("postgresql://postgres@127.0.0.1:1/region", 3, "PostgreSQL ne répond pas."),
        ("postgresql://postgres:" + CANARI + "@127.0.0.1:{port}/region", 4, "PostgreSQL refuse l’accès"),
        ("postgresql://postgres:" + CANARI + "@127.0.0.1:port/region", 2, "ne se lit pas"),
    ],
)
def test_each_trouble_ends_with_its_exit_code(
    commande: Callable[..., Any], tmp_path: Path, grappe: Grappe, base: str, rc: int, dit: str
) -> None:
    racine = str(tmp_path / "racine")
    assert commande("racine", "--out", racine)[0] == 0
    assert commande("initialiser", "--racine", racine)[0] == 0
    code, plainte = commande("litiges", base=base.format(port=grappe.port))
    assert (code, dit in plainte, "canari" in plainte) == (rc, True, False)


def test_without_postgresql_the_tests_say_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "15" / "bin").mkdir(parents=True)
    with pytest.raises(GrappeAbsenteError, match="sudo apt-get install -y postgresql"):
        dossier_des_programmes(str(tmp_path), tmp_path)
    for nom in ("initdb", "postgres"):
        (tmp_path / "15" / "bin" / nom).touch(mode=0o755)
    assert dossier_des_programmes(str(tmp_path), tmp_path) == tmp_path / "15" / "bin"
