"""`passdesk regles simuler`: a table in, a table and a summary out; a row that cannot be read stops nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from passdesk.cli import executer
from passdesk.services.cas import TableDeCas
from passdesk.services.reglements_connus import reglements_livres
from passdesk.services.simulation import BilanSimulation, simuler
from tests.domain.dossiers import FICHIERS, texte_2

R2022 = FICHIERS / "2022-02-01.toml"
R2020 = FICHIERS / "2020-07-01.toml"
TABLE = """id;naissance;commune;public;prescripteur;arrivee_le;complementaire;anterieurs;\
justificatif_domicile;justificatif_domicile_vu_le;piece_identite;attestation_pole_emploi
a;12/04/1987;59392;demandeur_emploi;;2022-03-15;non;;2022-03-01;;oui;2022-03-01
b;1987-04-12;2691;demandeur_emploi;autre;15/03/2022;;;01/01/2020 2022-03-16;16/03/2022;vu;2022-03-01
c;1987-04-12;75056;demandeur_emploi;;2022-03-15;oui;5:2022-02-03;2022-03-01;;oui;2022-03-01
d;1987-04-12;59392;demandeur_emploi;;2022-03-15;;10:2022-02-03;;;;
e;1987-04-12;59392;retraite;;2022-03-15;;;;;;
f;1987-02-30;59392;senior;;2022-03-15;;;;;;

g;1987-04-12;59392;senior;;2022-03-15;peut-être;;;;;
"""
Simuler = Callable[..., tuple[int, str, str]]


@pytest.fixture
def simule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Simuler:
    def lancer(table: str | bytes, *options: str, reglements: tuple[Path, ...] = (R2022,)) -> tuple[int, str, str]:
        fichier = tmp_path / "cas.csv"
        fichier.write_bytes(table.encode() if isinstance(table, str) else table)
        choix = [mot for reglement in reglements for mot in ("--reglement", str(reglement))]
        code = executer(["regles", "simuler", str(fichier), *choix, *options])
        sortie = capsys.readouterr()
        return code, sortie.out.replace("\u00a0", " "), sortie.err.replace("\u00a0", " ")

    return lancer


def reponses(fichier: Path) -> list[dict[str, str]]:
    octets = fichier.read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    assert octets.endswith(b"\r\n")
    return list(csv.DictReader(octets.decode("utf-8-sig").splitlines(), delimiter=";"))


def test_every_row_gets_its_answer_and_those_that_cannot_be_read_are_told_by_line(
    simule: Simuler, tmp_path: Path
) -> None:
    out = tmp_path / "reponses.csv"
    code, sortie, erreurs = simule(TABLE, "--out", str(out))
    assert code == 0
    lues = reponses(out)
    assert [(r["Identifiant"], r["Issue"], r["Pass"], r["Carnets"], r["Motifs"]) for r in lues[:4]] == [
        ("a", "accord", "5", "5", "autonome_carnet_5"),
        ("b", "accord", "10", "10", "accompagne_carnet_10"),
        ("c", "refus", "0", "", "domicile_hors_region"),
        ("d", "refus", "0", "", "plafond_atteint justificatif_manquant justificatif_manquant justificatif_manquant"),
    ]
    assert lues[3]["Pièces manquantes"].startswith("justificatif de domicile ou attestation d’hébergement")
    assert [(r["Ligne"], r["Issue"]) for r in lues[4:]] == [("6", "illisible"), ("7", "illisible"), ("9", "illisible")]
    assert "Ligne 6, colonne « public » : cette valeur n’est pas dans la liste connue." in erreurs
    assert "Ligne 7, colonne « naissance » : ce jour n’existe pas." in erreurs
    assert "Ligne 9, colonne « complementaire » : oui ou non est attendu." in erreurs
    assert "7 cas, 15 pass accordés." in sortie
    assert "2  accord" in sortie
    assert "3  lignes illisibles" in sortie


def test_the_summary_in_json_counts_issues_and_reasons(simule: Simuler) -> None:
    code, sortie, _ = simule(TABLE, "--json")
    dit = json.loads(sortie)
    assert code == 0
    assert (dit["cas"], dit["illisibles"], dit["pass"]) == (7, 3, 15)
    assert dit["issues"] == {"accord": 2, "incomplet": 0, "refus": 2}
    assert dit["motifs"]["plafond_atteint"] == 1
    assert dit["reglements"] == {"2022-02-01": 4}
    assert dit["pass_par_public"] == {"demandeur_emploi": 15}


def test_the_day_of_arrival_chooses_among_several_reglements(simule: Simuler) -> None:
    deux = "public;arrivee_le\nsenior;2022-01-31\nsenior;2022-02-01\n"
    _, sortie, _ = simule(deux, "--json", reglements=(R2022, R2020))
    assert json.loads(sortie)["reglements"] == {"2020-07-01": 1, "2022-02-01": 1}
    code, _, erreurs = simule(deux, reglements=(R2022, R2022))
    assert (code, "donné deux fois" in erreurs) == (2, True)


def test_what_changes_is_told_case_by_case_and_in_all(simule: Simuler, tmp_path: Path) -> None:
    nouveau = tmp_path / "nouveau.toml"
    nouveau.write_text(
        texte_2(
            ('"62", "80"]', '"62", "80", "75"]'),
            fin='[accompagnement]\nprescripteurs = { valeur = ["mission_locale"], a_confirmer = true }\n',
        )
    )
    out = tmp_path / "reponses.csv"
    code, sortie, _ = simule(TABLE, "--out", str(out), "--compare", "--json", reglements=(nouveau,))
    comparaison = json.loads(sortie)["comparaison"]
    assert code == 0
    assert comparaison == {
        "changent": 2,
        "pass_en_vigueur": 15,
        "passages": [
            {"avant": "accord", "apres": "accord", "cas": 1},
            {"avant": "refus", "apres": "accord", "cas": 1},
        ],
    }
    assert [r["Change"] for r in reponses(out)[:4]] == ["non", "oui", "oui", "non"]
    assert reponses(out)[1]["Pass comparés"] == "10"
    _, texte, _ = simule(TABLE, "--compare", reglements=(nouveau,))
    assert "2 réponses changent" in texte
    assert "refus → accord" in texte


@pytest.mark.parametrize(
    "octets",
    [
        TABLE.encode("utf-8-sig"),
        TABLE.encode("cp1252"),
        TABLE.replace(";", ",").encode(),
        TABLE.replace("\n", "\r\n").encode(),
    ],
    ids=["bom", "windows-1252", "virgules", "crlf"],
)
def test_a_table_is_read_as_spreadsheets_write_it(simule: Simuler, octets: bytes) -> None:
    code, sortie, _ = simule(octets, "--json")
    assert (code, json.loads(sortie)["issues"]["accord"]) == (0, 2)


def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(simule: Simuler, tmp_path: Path) -> None:
    out = tmp_path / "reponses.csv"
    pieges = ["=HYPERLINK(A1)", "+1", "-2", "@x", 'a";b']
    lignes = "".join(f'"{p.replace(chr(34), chr(34) * 2)}";senior;2022-03-01\n' for p in pieges)
    assert simule("id;public;arrivee_le\n" + lignes, "--out", str(out))[0] == 0
    assert [r["Identifiant"] for r in reponses(out)] == ["'=HYPERLINK(A1)", "'+1", "'-2", "'@x", 'a";b']


def test_the_reserve_of_a_public_is_used_up_in_the_order_of_the_rows(simule: Simuler, tmp_path: Path) -> None:
    ouvert = tmp_path / "lyceens.toml"
    ouvert.write_text(
        texte_2(
            ("ouvert = { valeur = false", "ouvert = { valeur = true"),
            ("reserve = { valeur = 4000", "reserve = { valeur = 10"),
        )
    )
    table = "id;naissance;commune;public;arrivee_le;justificatif_domicile;piece_identite\n" + "".join(
        f"{rang};2006-01-09;59392;lyceen;2022-03-15;2022-03-01;oui\n" for rang in range(3)
    )
    out = tmp_path / "reponses.csv"
    _, sortie, _ = simule(table, "--out", str(out), "--json", reglements=(ouvert,))
    assert [r["Motifs"] for r in reponses(out)] == ["autonome_carnet_5", "autonome_carnet_5", "reserve_epuisee"]
    assert json.loads(sortie)["reserves"] == {"lyceen · lycee": 10}


def test_one_pot_is_not_given_once_by_each_reglement_that_draws_on_it(simule: Simuler, tmp_path: Path) -> None:
    ouvert = ("ouvert = { valeur = false", "ouvert = { valeur = true")
    avant, apres = tmp_path / "avant.toml", tmp_path / "apres.toml"
    avant.write_text(texte_2(ouvert, ("reserve = { valeur = 4000", "reserve = { valeur = 10")))
    apres.write_text(
        texte_2(
            ouvert,
            ("reserve = { valeur = 4000", "reserve = { valeur = 15"),
            ('id = "2022-02-01"', 'id = "2022-03-15"'),
            ("executoire_le = { valeur = 2022-02-01", "executoire_le = { valeur = 2022-03-15"),
        )
    )
    table = "id;naissance;commune;public;arrivee_le;justificatif_domicile;piece_identite\n" + "".join(
        f"{rang};2006-01-09;59392;lyceen;{jour};2022-03-01;oui\n"
        for rang, jour in enumerate(["2022-03-14"] * 3 + ["2022-03-15"] * 2 + ["2022-03-14"])
    )
    out = tmp_path / "reponses.csv"
    _, sortie, _ = simule(table, "--out", str(out), "--json", reglements=(avant, apres))
    assert [r["Pass"] for r in reponses(out)] == ["5", "5", "0", "5", "0", "0"]
    assert json.loads(sortie)["reserves"] == {"lyceen · lycee": 15}


@pytest.mark.parametrize(
    ("table", "dit"),
    [
        ("", "est vide"),
        ("public;arrivee\nsenior;2022-01-01\n", "inconnue : arrivee. absente : arrivee_le."),
        ("public;arrivee_le;nom\nsenior;2022-01-01;Lemaire\n", "inconnue : nom."),
        ("public;public;arrivee_le\n", "en double : public."),
        ('public;arrivee_le\nsenior;"2022-01-01\n', "ligne 2"),
    ],
)
def test_what_is_no_table_of_cases_is_refused_in_plain_words(simule: Simuler, table: str, dit: str) -> None:
    code, _, erreurs = simule(table)
    assert (code, dit in erreurs) == (2, True), erreurs


def test_a_reglement_that_does_not_hold_and_files_that_are_not_there(simule: Simuler, tmp_path: Path) -> None:
    mauvais = tmp_path / "mauvais.toml"
    mauvais.write_text(texte_2(("age_min = { valeur = 18", "age_min = { valeur = 28")))
    code, _, erreurs = simule(TABLE, reglements=(mauvais,))
    assert (code, "se contredit, lignes" in erreurs) == (2, True)
    code, _, erreurs = simule(TABLE, reglements=(tmp_path / "absent.toml",))
    assert (code, "introuvable" in erreurs) == (2, True)


def test_the_answers_are_written_over_nothing_that_is_read_nor_that_lies_beside(
    simule: Simuler, tmp_path: Path
) -> None:
    essaye, meme = tmp_path / "r.toml", tmp_path / "meme.toml"
    essaye.write_bytes(R2022.read_bytes())
    meme.hardlink_to(essaye)
    for lu in (tmp_path / "cas.csv", essaye, meme):
        code, _, erreurs = simule(TABLE, "--out", str(lu), reglements=(essaye,))
        assert (code, f"« {lu.name} » est un des fichiers à lire" in erreurs) == (2, True)
    assert (tmp_path / "cas.csv").read_text() == TABLE
    assert essaye.read_bytes() == R2022.read_bytes()
    voisin = tmp_path / "out.csv.tmp"
    voisin.write_text("à moi")
    assert simule(TABLE, "--out", str(tmp_path / "out.csv"), reglements=(essaye,))[0] == 0
    assert voisin.read_text() == "à moi"
    assert {f.name for f in tmp_path.iterdir()} == {"cas.csv", "r.toml", "meme.toml", "out.csv", "out.csv.tmp"}


LIGNES = [
    ("senior;;;;;;;;;", "arrivee_le", "texte_vide"),
    ("senior;2022-03-15;abc;;;;;;;", "commune", "commune"),
    ("senior;2022-03-15;;7:2022-01-01;;;;;;", "anterieurs", "cinq_ou_dix"),
    ("senior;2022-03-15;;5:hier;;;;;;", "anterieurs", "date_iso_ou_francaise"),
    ("senior;2022-03-15;;;-1;;;;;", "stock", "entier_positif"),
    ("senior;2022-03-15;;;;maire;parce que;;;", "derogation_par", "hors_liste"),
    ("senior;2022-03-15;;;;region;;;;", "derogation_raison", "texte_vide"),
    ("senior;2022-03-15;;;;;;0203-05-01;;", "piece_identite", "annee_impossible"),
    ("senior;2022-03-15;;;;;;2022-03-01;2022-03-14;", "piece_identite_vu_le", "avant_arrivee"),
    ("senior;2022-03-15;;;;;;;2022-03-14;", "piece_identite_vu_le", "piece_absente"),
    ("senior;2022-03-15;;;;;;;;x;y", "", "cellules_en_trop"),
]


@pytest.mark.parametrize(("ligne", "colonne", "raison"), LIGNES)
def test_each_fault_of_a_row_names_its_column(tmp_path: Path, ligne: str, colonne: str, raison: str) -> None:
    entete = ("public;arrivee_le;commune;anterieurs;stock;derogation_par;derogation_raison;piece_identite;"
              "piece_identite_vu_le;foyer")  # fmt: skip
    fichier = tmp_path / "cas.csv"
    fichier.write_text(f"{entete}\n{ligne}\n")
    (cas,) = TableDeCas(fichier)
    assert (cas.ligne, cas.dossier, cas.colonne, cas.raison) == (2, None, colonne, raison)


def test_rows_are_judged_as_they_come_never_kept(tmp_path: Path) -> None:
    fichier = tmp_path / "cas.csv"
    fichier.write_text("public;arrivee_le\n" + "senior;2022-03-15\n" * 50)
    bilan: Any = BilanSimulation()
    juges = simuler(TableDeCas(fichier), reglements_livres(), bilan)
    next(juges)
    assert bilan.lignes == 1
    assert sum(1 for _ in juges) == 49
