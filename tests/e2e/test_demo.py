"""`passdesk demo --out DIR` (contracts §1): the whole job, its figures, its paper, and what a second run does.

And nobody can be recognised in what it leaves on a disk, on the console or on paper (mission, never 5).
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from passdesk.cli import executer
from passdesk.demonstration.deroule import PHRASE_PUBLIQUE
from passdesk.demonstration.visites import lire_visites
from passdesk.domain.demande import PUBLICS
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.services.poste import ouvrir_poste
from passdesk.storage.integrite import verifier_base
from tests.e2e.canaris import (
    canaris,
    fichiers,
    identites,
    insee,
    motif_binaire,
    motif_texte,
    postaux,
    tus_sur_une_lettre,
)
from tests.e2e.conftest import Demonstration, passdesk
from tests.printing.fabrique import textes_du_pdf

_ISOLE = r"(?<![0-9A-Za-z])(?:{})(?![0-9A-Za-z])"


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    sortie, plainte = capsys.readouterr()
    assert plainte == ""
    return json.loads(sortie)


def _lignes(demonstration: Demonstration, tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of both desks' bases, read on a copy."""
    lues = []
    for nom in ("poste-1", "poste-2"):
        copie = tmp_path / nom
        if not copie.exists():
            shutil.copytree(demonstration.dossier / nom, copie)
        poste = ouvrir_poste(copie, PHRASE_PUBLIQUE, HorlogeSysteme())
        lues += poste.base.db.execute(sql).fetchall()
        poste.fermer()
    return lues


def test_it_leaves_what_the_contract_names_and_nothing_else(demonstration: Demonstration) -> None:
    noms = {chemin.name for chemin in demonstration.dossier.iterdir() if not chemin.name.startswith(".")}
    assert noms == {
        "carnets", "litige", "lettres", "confiance.bin", "racine.pub", "bilan.json", "poste-1", "poste-2", "region",
    }  # fmt: skip
    assert len(bytes.fromhex((demonstration.dossier / "racine.pub").read_text(encoding="ascii"))) == 32
    for dossier in (demonstration.temporaires, demonstration.maison, demonstration.ailleurs):
        assert list(dossier.rglob("*")) == []
    restes = [c for c in demonstration.dossier.rglob("*") if c.name.endswith(("-wal", "-shm", ".partiel", ".nouveau"))]
    assert restes == []


def test_who_got_no_carnet_gets_a_letter(demonstration: Demonstration) -> None:
    lettres = [
        " ".join(" ".join(textes_du_pdf(fichier.read_bytes())).split())
        for fichier in (demonstration.dossier / "lettres").glob("*.pdf")
    ]
    decisions = demonstration.bilan["decisions"]
    assert sum("n’est pas acceptée" in lettre for lettre in lettres) == decisions["refus"]
    assert sum(" à votre demande" in lettre for lettre in lettres) == decisions["incomplet"]
    assert len(lettres) == decisions["refus"] + decisions["incomplet"] >= 2


def test_the_figures_agree_with_the_files(demonstration: Demonstration, tmp_path: Path) -> None:
    bilan = demonstration.bilan
    papiers = [*(demonstration.dossier / "carnets").glob("*.pdf"), *(demonstration.dossier / "litige").glob("*.pdf")]
    assert bilan["personnes"] >= 12
    assert bilan["personnes"] == len(_lignes(demonstration, tmp_path, "SELECT personne_id FROM personne"))
    assert sum(bilan["carnets"].values()) == len(papiers)
    assert sum(int(taille) * nombre for taille, nombre in bilan["carnets"].items()) == bilan["pass"]
    assert len(demonstration.en_vigueur) + len(demonstration.en_litige) == bilan["pass"]
    assert len(demonstration.en_litige) == bilan["pass_bloques"] > 0
    assert sum(bilan["decisions"].values()) == bilan["demandes"] >= bilan["personnes"]
    assert bilan["decisions"]["accord"] == len(papiers)
    assert bilan["litiges"] == 1

    region = sqlite3.connect(demonstration.dossier / "region" / "region.db")
    (recues,) = region.execute("SELECT count(*) FROM operation").fetchone()
    doubles = region.execute("SELECT hash FROM operation GROUP BY hash HAVING count(*) > 1").fetchall()
    region.close()
    operations = bilan["operations"]
    assert operations == {"envoyees": recues, "acquittees": recues, "en_attente": 0}
    assert recues == len(_lignes(demonstration, tmp_path, "SELECT op_id FROM operation"))
    assert doubles == []


def test_every_case_that_the_contract_names_is_played(demonstration: Demonstration, tmp_path: Path) -> None:
    demandes = _lignes(demonstration, tmp_path, "SELECT public, arrivee_le FROM demande")
    assert {public for public, _ in demandes} == set(PUBLICS)
    assert any(arrivee < "2022-02-01" for _, arrivee in demandes)
    motifs = demonstration.bilan["motifs"]
    assert motifs["reglement_anterieur"] == 1
    assert motifs["complement_carnet_5"] == 1
    assert motifs["plafond_atteint"] == 1
    assert motifs["domicile_hors_region"] == 1
    assert demonstration.bilan["decisions"]["refus"] >= 1
    assert demonstration.bilan["decisions"]["incomplet"] >= 1
    assert demonstration.bilan["doublons_reconnus"] >= 1
    # The person recognised had ten already, and the two carnets over ten are on two desks.
    recus = Counter(dict(_lignes(
        demonstration, tmp_path, "SELECT personne_id, sum(taille) FROM carnet GROUP BY personne_id"
    )))  # fmt: skip
    assert max(recus.values()) == 10
    etats = Counter(etat for (etat,) in _lignes(demonstration, tmp_path, "SELECT etat FROM carnet"))
    assert etats == {"remis": demonstration.bilan["decisions"]["accord"]}


def test_the_bases_it_leaves_open_and_are_sound(demonstration: Demonstration, tmp_path: Path) -> None:
    for nom in ("poste-1", "poste-2"):
        shutil.copytree(demonstration.dossier / nom, tmp_path / nom)
        poste = ouvrir_poste(tmp_path / nom, PHRASE_PUBLIQUE, HorlogeSysteme())
        assert verifier_base(poste.base) == ()
        poste.fermer()


def test_every_pass_of_a_carnet_in_force_is_valid(demonstration: Demonstration) -> None:
    assert {(v["verdict"], v["raison"]) for v in demonstration.en_vigueur} == {("valide", None)}
    assert len({v["code"] for v in demonstration.en_vigueur}) == len(demonstration.en_vigueur)
    for carnet, taille in {(v["carnet"], v["sur"]) for v in demonstration.en_vigueur}:
        rangs = [v["pass"] for v in demonstration.en_vigueur if v["carnet"] == carnet]
        assert rangs == list(range(1, taille + 1))
        assert (demonstration.dossier / "carnets" / f"carnet-{carnet.replace(' ', '-')}.pdf").is_file()
    assert {v["campagne"] for v in demonstration.en_vigueur} == {127}


def test_the_pass_in_excess_are_void_for_a_case(demonstration: Demonstration) -> None:
    assert {(v["verdict"], v["raison"]) for v in demonstration.en_litige} == {("annule", "litige")}
    assert {v["liste_du"] for v in demonstration.en_litige} == {v["liste_du"] for v in demonstration.en_vigueur}


def test_every_sheet_says_that_it_is_worth_nothing(demonstration: Demonstration) -> None:
    for fichier in sorted(demonstration.dossier.rglob("*.pdf")):
        for page in textes_du_pdf(fichier.read_bytes()):
            assert "EXEMPLE" in page


def test_every_cover_carries_three_made_up_places(demonstration: Demonstration) -> None:
    pages = [textes_du_pdf(fichier.read_bytes())[0] for fichier in (demonstration.dossier / "carnets").glob("*.pdf")]
    couvertures = [" ".join(page.split()) for page in pages if "gros caractères" not in page]
    assert couvertures
    for couverture in couvertures:
        for mots in ("Atelier du Moulin", "03 53 01 00 02", "du lundi au vendredi : 9 h à 12 h, 14 h à 17 h", "4 km"):
            assert mots in couverture
        assert "Demandez la liste" not in couverture


def test_the_calendar_of_a_pass(demonstration: Demonstration, capsys: pytest.CaptureFixture[str]) -> None:
    vu = demonstration.en_vigueur[0]
    dernier, liste = date.fromisoformat(vu["valable_jusqu_au"]), date.fromisoformat(vu["liste_du"])
    attendus = {
        liste + timedelta(days=90): ("valide", None, 0),
        liste + timedelta(days=91): ("inconnu", "liste_trop_ancienne", 1),
        date(dernier.year + 1, 2, 1): ("perime", None, 1),
        liste - timedelta(days=1): ("inconnu", "cle", 1),
    }
    for jour, (verdict, raison, sortie) in attendus.items():
        assert executer(demonstration.verifier(vu["code"], "--le", jour.isoformat())) == sortie
        (lu,) = _json(capsys)
        assert (lu["verdict"], lu["raison"]) == (verdict, raison), jour


def test_another_root_knows_none_of_it(
    demonstration: Demonstration, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    autre = tmp_path / "autre.pub"
    octets = bytearray.fromhex((demonstration.dossier / "racine.pub").read_text(encoding="ascii"))
    octets[0] ^= 1
    autre.write_text(octets.hex(), encoding="ascii")
    code = demonstration.en_vigueur[0]["code"]
    liste = ["--confiance", str(demonstration.dossier / "confiance.bin")]
    assert executer(["verifier", code, "--racine", str(autre), *liste, "--json"]) == 2
    sortie, plainte = capsys.readouterr()
    assert sortie == ""
    assert "n’est pas signée par cette Région" in plainte
    assert executer(["verifier", code, "--racine", str(autre), "--json"]) == 1
    assert _json(capsys)[0]["verdict"] == "inconnu"


def test_the_cover_alone_is_enough_for_the_signature(
    demonstration: Demonstration, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier = next((demonstration.dossier / "carnets").glob("*.pdf"))
    assert executer(["verifier", "--pdf", str(fichier), "--racine", str(demonstration.dossier / "racine.pub"),
                     "--json"]) == 0  # fmt: skip
    assert {(v["verdict"], v["raison"]) for v in _json(capsys)} == {("valide", "sans_liste")}


@pytest.mark.parametrize("pas", [1, 4, 9])
def test_no_digit_can_be_changed(demonstration: Demonstration, pas: int, capsys: pytest.CaptureFixture[str]) -> None:
    code = demonstration.en_vigueur[7]["code"]
    changes = [code[:rang] + str((int(signe) + pas) % 10) + code[rang + 1 :] for rang, signe in enumerate(code)]
    assert executer(demonstration.verifier(*changes)) == 1
    lus = _json(capsys)
    assert [lu["code"] for lu in lus] == changes
    assert len(code) == 177
    verdicts = [lu["verdict"] for lu in lus]
    assert set(verdicts) <= {"falsifie", "illisible", "inconnu"}
    # Beyond the numbers in clear only the signature can have changed.
    assert set(verdicts[-150:]) == {"falsifie"}


def test_no_byte_of_the_demonstration_names_anybody(demonstration: Demonstration) -> None:
    cherche = motif_binaire(canaris())
    lus = list(fichiers(demonstration.dossier, demonstration.temporaires, demonstration.maison, demonstration.ailleurs))
    assert {"poste.db", "region.db", "poste.cles", "appareil.cles", "bilan.json", "confiance.bin"} <= {
        f.name for f in lus
    }  # fmt: skip
    assert sum(f.suffix == ".pdf" for f in lus) >= 10
    trouves = {
        (str(fichier.relative_to(demonstration.dossier.parent)), vu.group())
        for fichier in lus
        for vu in cherche.finditer(fichier.read_bytes())
    }
    assert trouves == set()
    # Five digits turn up in the tables of a PDF: a home is looked for as a field.
    champ = re.compile(_ISOLE.format("|".join(sorted(insee() | postaux()))).encode())
    autres = [f for f in lus if f.suffix != ".pdf"]
    assert {(f.name, vu.group()) for f in autres for vu in champ.finditer(f.read_bytes())} == set()


def test_no_sheet_names_anybody(demonstration: Demonstration) -> None:
    cherche = motif_texte(canaris())
    champ = re.compile(_ISOLE.format("|".join(sorted(insee()))))
    for fichier in sorted(demonstration.dossier.rglob("carnet-*.pdf")):
        for page in textes_du_pdf(fichier.read_bytes()):
            assert cherche.findall(page) == [], fichier.name
            assert champ.findall(page) == [], fichier.name


def test_a_letter_names_its_person_and_says_nothing_else_of_them(demonstration: Demonstration) -> None:
    lettres = sorted((demonstration.dossier / "lettres").glob("*.pdf"))
    assert len(lettres) >= 2
    for fichier in lettres:
        texte = " ".join(" ".join(textes_du_pdf(fichier.read_bytes())).split())
        nommees = [p for p in identites() if (p.get("nom_usage") or p["nom_naissance"]).upper() in texte]
        assert len(nommees) == 1 and nommees[0]["prenoms"] in texte, fichier.name
        assert motif_texte(tus_sur_une_lettre()).findall(texte) == [], fichier.name


def test_no_file_name_names_anybody(demonstration: Demonstration) -> None:
    noms = " ".join(str(c.relative_to(demonstration.dossier)) for c in demonstration.dossier.rglob("*"))
    assert motif_texte(canaris()).findall(noms) == []


def test_nothing_said_on_the_console_names_anybody(demonstration: Demonstration) -> None:
    assert demonstration.plaintes == ""
    assert motif_texte(canaris() | insee() | postaux()).findall(demonstration.sortie) == []


def test_a_second_run_replaces_only_what_the_first_made(demonstration: Demonstration, tmp_path: Path) -> None:
    dossier = tmp_path / "encore une fois"
    shutil.copytree(demonstration.dossier, dossier)
    etrangers = [dossier / nom for nom in ("notes.txt", "photos/été.jpg", "carnets/courrier.pdf", "poste-1/lisez.txt")]
    for etranger in etrangers:
        etranger.parent.mkdir(exist_ok=True)
        etranger.write_text("à garder", encoding="utf-8")
    refaite = passdesk("demo", "--out", "encore une fois", "--json", cwd=tmp_path)
    assert (refaite.returncode, refaite.stderr) == (0, "")
    assert json.loads(refaite.stdout) == json.loads((dossier / "bilan.json").read_text(encoding="utf-8"))
    assert json.loads(refaite.stdout) == demonstration.bilan
    assert (dossier / "racine.pub").read_bytes() != (demonstration.dossier / "racine.pub").read_bytes()
    papiers = {chemin.relative_to(dossier) for chemin in dossier.rglob("carnet-*.pdf")}
    avant = {chemin.relative_to(demonstration.dossier) for chemin in demonstration.dossier.rglob("carnet-*.pdf")}
    assert papiers == avant
    # A letter bears the number of its request, drawn anew.
    assert len(list(dossier.rglob("*.pdf"))) == len(list(demonstration.dossier.rglob("*.pdf"))) + 1
    for etranger in etrangers:
        assert etranger.read_text(encoding="utf-8") == "à garder"
    assert sorted(c.name for c in tmp_path.iterdir()) == ["encore une fois"]


@pytest.mark.parametrize("occupant", ["poste-1", "region", "carnets", "bilan.json"])
def test_what_it_did_not_make_it_does_not_touch(
    tmp_path: Path, occupant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    etranger = tmp_path / occupant
    if etranger.suffix:
        etranger.write_text("{}", encoding="utf-8")
    else:
        etranger.mkdir()
        (etranger / "poste.db").write_bytes(b"le travail de quelqu'un")
    avant = {c: c.read_bytes() for c in tmp_path.rglob("*") if c.is_file()}
    assert executer(["demo", "--out", str(tmp_path)]) == 2
    sortie, plainte = capsys.readouterr()
    assert sortie == ""
    assert occupant in plainte
    assert {c: c.read_bytes() for c in tmp_path.rglob("*") if c.is_file()} == avant


def test_the_script_holds_the_people_the_contract_asks_for() -> None:
    visites = lire_visites(date(2026, 11, 23))
    assert {v.poste for v in visites} == {1, 2}
    assert {v.champs["public"] for v in visites} == set(PUBLICS)
