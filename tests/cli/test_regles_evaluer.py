"""`passdesk regles evaluer`: the JSON of contracts §2, in and out, and everything it refuses by name."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.cli import executer
from passdesk.cli.dossier_json import decision_en_json, lire_dossiers
from passdesk.cli.regles import reglements_livres
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.evaluation import CODES_MOTIF
from passdesk.domain.evaluation import evaluer as evaluer_dossier
from passdesk.ui.messages import message

EXEMPLE: dict[str, Any] = {
    "id": "cas-1",
    "naissance": "2003-05-01",
    "commune": "59392",
    "public": "jeune_insertion",
    "prescripteur": "mission_locale",
    "arrivee_le": "2022-03-01",
    "complementaire": False,
    "justificatifs": [
        {"type": "attestation_mission_locale", "date": "2022-02-10", "vu_le": "2022-03-01"},
        {"type": "justificatif_domicile", "date": "2022-01-15"},
        {"type": "piece_identite"},
    ],
    "anterieurs": [{"pass": 5, "le": "2022-02-03"}],
}

Evaluer = Callable[[Any], tuple[int, str, str]]


@pytest.fixture
def evaluer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Evaluer:
    """Runs the command on a value (written as JSON), a text or bytes; exit code, output, complaint."""

    def lancer(contenu: Any) -> tuple[int, str, str]:
        fichier = tmp_path / "dossier.json"
        if isinstance(contenu, bytes):
            fichier.write_bytes(contenu)
        else:
            texte = contenu if isinstance(contenu, str) else json.dumps(contenu)
            fichier.write_text(texte, encoding="utf-8")
        sortie = executer(["regles", "evaluer", str(fichier)])
        return (sortie, *capsys.readouterr())

    return lancer


def exemple(**faits: Any) -> dict[str, Any]:
    """The example of the contract with other facts; `absent=` leaves a key out."""
    absent = faits.pop("absent", None)
    donnee = {**copy.deepcopy(EXEMPLE), **faits}
    donnee.pop(absent, None)
    return donnee


def test_the_example_of_the_contract_gives_the_answer_of_the_contract(evaluer: Evaluer) -> None:
    code, sortie, plainte = evaluer(EXEMPLE)
    reponse = json.loads(sortie)
    texte = reponse["motifs"][0].pop("texte")
    assert reponse == {
        "id": "cas-1",
        "issue": "accord",
        "reglement": "2022-02-01",
        "pass": 5,
        "carnets": [5],
        "reste": 0,
        "motifs": [{"code": "accompagne_carnet_10", "article": "délibération du 1er février 2022, 1er tiret"}],
        "manquants": [],
    }
    assert list(reponse) == ["id", "issue", "reglement", "pass", "carnets", "reste", "motifs", "manquants"]
    assert texte == "Avec accompagnement\u00a0: un carnet de 5."
    assert (code, plainte) == (0, "")


def test_keys_of_a_reason_stand_in_the_order_of_the_contract(evaluer: Evaluer) -> None:
    assert list(json.loads(evaluer(EXEMPLE)[1])["motifs"][0]) == ["code", "texte", "article"]


@pytest.mark.parametrize(
    ("faits", "issue", "sortie"),
    [
        ({}, "accord", 0),
        ({"commune": "75056"}, "refus", 1),
        ({"justificatifs": []}, "incomplet", 1),
        ({"naissance": None, "commune": None}, "incomplet", 1),
        ({"stock": 0}, "refus", 1),
        ({"stock": 5, "foyer": "f-1", "etablissement": "0590001A"}, "accord", 0),
        ({"stock": None, "foyer": None, "etablissement": None}, "accord", 0),
    ],
)
def test_the_exit_code_of_one_dossier_is_its_issue(
    evaluer: Evaluer, faits: dict[str, Any], issue: str, sortie: int
) -> None:
    code, texte, _ = evaluer(exemple(**faits))
    assert (code, json.loads(texte)["issue"]) == (sortie, issue)


def test_an_array_gives_an_array_in_the_same_order_and_exit_0(evaluer: Evaluer) -> None:
    dossiers = [exemple(id=f"cas-{n}", commune="75056" if n % 2 else "59392") for n in range(7)]
    code, texte, _ = evaluer(dossiers)
    assert code == 0
    assert [d["id"] for d in json.loads(texte)] == [f"cas-{n}" for n in range(7)]
    assert [d["issue"] for d in json.loads(texte)] == ["accord", "refus"] * 3 + ["accord"]


def test_an_empty_array_gives_an_empty_array(evaluer: Evaluer) -> None:
    assert evaluer([]) == (0, "[]\n", "")


def test_one_dossier_in_an_array_stays_an_array(evaluer: Evaluer) -> None:
    code, texte, _ = evaluer([exemple(commune="75056")])
    assert code == 0
    assert isinstance(json.loads(texte), list)


def test_missing_papers_are_named_by_type(evaluer: Evaluer) -> None:
    reponse = json.loads(evaluer(exemple(justificatifs=[{"type": "piece_identite"}]))[1])
    assert reponse["manquants"] == [
        ["justificatif_domicile", "attestation_hebergement", "attestation_domiciliation"],
        ["attestation_stage", "attestation_mission_locale"],
    ]


def test_the_old_name_of_the_job_seekers_attestation_is_still_read(evaluer: Evaluer) -> None:
    pieces = [{"type": t, "date": "2022-02-20"} for t in ("attestation_pole_emploi", "justificatif_domicile")]
    reponse = json.loads(
        evaluer(exemple(public="demandeur_emploi", justificatifs=[*pieces, {"type": "piece_identite"}]))[1]
    )
    assert reponse["issue"] == "accord"


@pytest.mark.parametrize("cle", list(EXEMPLE))
def test_an_absent_key_is_named(evaluer: Evaluer, cle: str) -> None:
    code, sortie, plainte = evaluer(exemple(absent=cle))
    assert (code, sortie) == (2, "")
    assert f"«\u00a0{cle}\u00a0»" in plainte


@pytest.mark.parametrize("cle", ["prenom", "Public", "reglement", "", "pass"])
def test_an_unknown_key_is_named(evaluer: Evaluer, cle: str) -> None:
    code, sortie, plainte = evaluer(exemple(**{cle: 1}))
    assert (code, sortie) == (2, "")
    assert cle in plainte


def test_a_misspelt_key_is_named_with_the_one_that_is_missing(evaluer: Evaluer) -> None:
    code, _, plainte = evaluer({**exemple(absent="arrivee_le"), "arrive_le": "2022-03-01"})
    assert code == 2
    assert plainte.startswith("Dossier\u00a0: nom inconnu\u00a0: «\u00a0arrive_le\u00a0»")
    assert "il manque «\u00a0arrivee_le\u00a0»" in plainte


def test_unknown_and_absent_keys_inside_papers_and_awards_are_named(evaluer: Evaluer) -> None:
    for donnee, nom in [
        (exemple(justificatifs=[{"type": "piece_identite", "lieu": "x"}]), "lieu"),
        (exemple(justificatifs=[{"date": "2022-01-01"}]), "type"),
        (exemple(anterieurs=[{"pass": 5}]), "le"),
        (exemple(anterieurs=[{"pass": 5, "le": "2022-01-01", "ou": "x"}]), "ou"),
    ]:
        code, sortie, plainte = evaluer(donnee)
        assert (code, sortie) == (2, "")
        assert f"«\u00a0{nom}\u00a0»" in plainte


MAL_ECRITS: list[tuple[dict[str, Any], str]] = [
    ({"id": 3}, "id"),
    ({"id": ""}, "id"),
    ({"id": None}, "id"),
    ({"naissance": "01/05/2003"}, "naissance"),
    ({"naissance": "20030501"}, "naissance"),
    ({"naissance": "2003-02-30"}, "naissance"),
    ({"naissance": "0203-05-01"}, "naissance"),
    ({"naissance": 2003}, "naissance"),
    ({"commune": "59600 Maubeuge"}, "commune"),
    ({"commune": 59392}, "commune"),
    ({"commune": ""}, "commune"),
    ({"public": "retraite"}, "public"),
    ({"public": None}, "public"),
    ({"prescripteur": "caf"}, "prescripteur"),
    ({"prescripteur": ""}, "prescripteur"),
    ({"prescripteur": False}, "prescripteur"),
    ({"arrivee_le": None}, "arrivee_le"),
    ({"arrivee_le": "2022-13-01"}, "arrivee_le"),
    ({"arrivee_le": "2022-03-01T10:00:00"}, "arrivee_le"),
    ({"complementaire": 0}, "complementaire"),
    ({"complementaire": None}, "complementaire"),
    ({"complementaire": "false"}, "complementaire"),
    ({"justificatifs": None}, "justificatifs"),
    ({"justificatifs": {}}, "justificatifs"),
    ({"justificatifs": [{"type": "passeport"}]}, "type"),
    ({"justificatifs": [{"type": "piece_identite", "date": "hier"}]}, "date"),
    ({"justificatifs": [{"type": "piece_identite", "vu_le": "2022-02-28"}]}, "vu_le"),
    ({"anterieurs": [{"pass": 7, "le": "2022-02-03"}]}, "pass"),
    ({"anterieurs": [{"pass": 5.0, "le": "2022-02-03"}]}, "pass"),
    ({"anterieurs": [{"pass": True, "le": "2022-02-03"}]}, "pass"),
    ({"anterieurs": [{"pass": "5", "le": "2022-02-03"}]}, "pass"),
    ({"anterieurs": [{"pass": 5, "le": None}]}, "le"),
    ({"stock": -1}, "stock"),
    ({"stock": 5.5}, "stock"),
    ({"stock": True}, "stock"),
    ({"foyer": 4}, "foyer"),
    ({"etablissement": []}, "etablissement"),
]


@pytest.mark.parametrize(("faits", "cle"), MAL_ECRITS, ids=str)
def test_a_value_of_the_wrong_kind_is_refused_by_name(evaluer: Evaluer, faits: dict[str, Any], cle: str) -> None:
    code, sortie, plainte = evaluer(exemple(**faits))
    assert (code, sortie) == (2, "")
    assert f"«\u00a0{cle}\u00a0»" in plainte


def test_in_an_array_the_complaint_says_which_dossier(evaluer: Evaluer) -> None:
    code, sortie, plainte = evaluer([EXEMPLE, exemple(public="x")])
    assert (code, sortie) == (2, "")
    assert plainte.startswith("Dossier 2")


@pytest.mark.parametrize("element", [1, "x", None, [], True])
def test_what_is_no_object_is_no_dossier(evaluer: Evaluer, element: Any) -> None:
    assert evaluer([element])[0] == 2
    if not isinstance(element, list):
        assert evaluer(json.dumps(element))[0] == 2


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        (b"", "vide"),
        (b" \n ", "vide"),
        (b'{"id": "cas-1",', "ligne 1"),
        (b'{\n"id": "cas-1"\n"naissance": 1}', "ligne 3"),
        (json.dumps(EXEMPLE).encode("utf-16"), "UTF-8"),
        (b'{"id": "\xe9"}', "octet 9"),
        (b'{"id": "a", "id": "b"}', "«\u00a0id\u00a0» est écrit deux fois"),
        (b'{"stock": NaN}', "NaN"),
        (b'{"stock": -Infinity}', "-Infinity"),
        (b'{"stock": ' + b"9" * 5000 + b"}", "nombre"),
        (b"[" * 100_000, "emboîte trop"),
        (b"{} {}", "ligne 1, colonne 4"),
    ],
    ids=lambda valeur: str(valeur)[:24],
)
def test_a_file_that_is_no_json_is_refused_calmly(evaluer: Evaluer, contenu: bytes, attendu: str) -> None:
    code, sortie, plainte = evaluer(contenu)
    assert (code, sortie) == (2, "")
    assert attendu in plainte
    assert "Rien n’a été changé." in plainte


def test_a_byte_order_mark_is_no_obstacle(evaluer: Evaluer) -> None:
    assert evaluer(b"\xef\xbb\xbf" + json.dumps(EXEMPLE).encode())[0] == 0


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert executer(["regles", "evaluer", str(tmp_path / "absent.json")]) == 2
    assert "«\u00a0absent.json\u00a0» est introuvable" in capsys.readouterr().err
    assert executer(["regles", "evaluer", str(tmp_path)]) == 2
    assert "est un dossier" in capsys.readouterr().err
    assert executer(["regles", "evaluer", "a\0b"]) == 2


def test_a_dash_reads_the_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(EXEMPLE).encode())))
    assert executer(["regles", "evaluer", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["issue"] == "accord"


def test_texts_are_french_and_never_hold_the_birth_date(evaluer: Evaluer) -> None:
    _, texte, _ = evaluer(exemple(arrivee_le="2022-01-15", anterieurs=[], justificatifs=[]))
    motifs = json.loads(texte)["motifs"]
    assert {m["code"] for m in motifs} <= set(CODES_MOTIF)
    assert "15\u00a0janvier 2022" in motifs[0]["texte"]
    assert "2003" not in texte


VALEURS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["2022-02-30", "5"]),
    lambda interieur: st.lists(interieur, max_size=3) | st.dictionaries(st.text(max_size=6), interieur, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([*EXEMPLE, "stock", "foyer", "zut"]), VALEURS)
def test_whatever_stands_in_the_file_is_judged_or_refused_by_name(cle: str, valeur: Any) -> None:
    texte = json.dumps({**EXEMPLE, cle: valeur})
    try:
        lus, en_liste = lire_dossiers(texte, "essai.json")
    except SaisieRefusee as refus:
        assert str(message(refus.code, **refus.faits))
    else:
        assert not en_liste
        assert decision_en_json(lus[0], evaluer_dossier(lus[0], reglements_livres()))["id"] == lus[0].id
