"""Finding a person by what one types, and warning about look-alikes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.personne import Personne
from passdesk.storage import personnes, proches, trouver
from passdesk.storage.engine import Base
from passdesk.storage.integrite import verifier_base
from passdesk.storage.recherche import chiffres_telephone, lire_demande
from tests.storage.gestes import AGENT, enregistrer

GENS = {
    "eloise": {"nom_naissance": "Lefèvre", "prenoms": "Éloïse Marie", "nom_usage": "Dupond-Moretti"},
    "oneil": {"nom_naissance": "<b>O'Neil & fils</b>", "prenoms": "Zoë", "naissance": "1990-02-11"},
    "nguyen": {"nom_naissance": "Nguyễn Đình", "prenoms": "Thị Ánh", "telephone": "+33 7 11 22 33 44"},
    "turc": {"nom_naissance": "Işıklı", "prenoms": "İbrahim Çağrı", "telephone": "", "naissance": "1962-11-03"},
    "oeuf": {"nom_naissance": "Œuvrard", "prenoms": "Lætitia", "naissance": None},
    "or": {"nom_naissance": "OR", "prenoms": "Not", "naissance": "2001-01-01"},
}


@pytest.fixture
def peuplee(base: Base) -> Base:
    with base.acte(AGENT) as acte:
        for ident, champs in GENS.items():
            enregistrer(acte, ident, **champs)
    return base


def _trouves(base: Base, texte: str) -> set[str]:
    return {personne.personne_id for personne in trouver.chercher(base, texte)}


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("eloise", "eloise"), ("ELOÏSE lef", "eloise"), ("lefevre élo", "eloise"), ("moretti", "eloise"),
        ("dupond-moretti", "eloise"), ("dupondmoretti", "eloise"), ("marie dupond", "eloise"),
        ("o'neil", "oneil"), ("O’Neil", "oneil"), ("oneil", "oneil"), ("neil fils", "oneil"),
        ("<b>O'Neil & fils</b>", "oneil"),
        ("nguyen", "nguyen"), ("nguyễn", "nguyen"), ("dinh", "nguyen"), ("Đình", "nguyen"), ("thi anh", "nguyen"),
        ("isikli", "turc"), ("IŞIKLI", "turc"), ("ışıklı", "turc"), ("ibrahim", "turc"), ("İBRAHİM", "turc"),
        ("cagri", "turc"),
        ("oeuvrard", "oeuf"), ("œuv", "oeuf"), ("laetitia", "oeuf"),
        ("or", "or"), ("not or", "or"),
        ("11/02/1990", "oneil"), ("11.2.1990", "oneil"), ("1990-02-11", "oneil"), ("o'neil 11/02/1990", "oneil"),
        ("11/2/90", "oneil"), ("11.2.90", "oneil"), ("11-02-90", "oneil"), ("11 2 90", "oneil"), ("110290", "oneil"),
        ("11021990", "oneil"), ("o'neil 11/2/90", "oneil"), ("110290 zoe", "oneil"), ("3/11/62", "turc"),
        ("0711223344", "nguyen"), ("07 11 22", "nguyen"), ("+33 7 11 22 33 44", "nguyen"), ("2233", "nguyen"),
        ("nguyen 07.11.22", "nguyen"), ("nguyen 2233", "nguyen"),
        ("11 22 33", "nguyen"), ("711223344", "nguyen"), ("zoe 1990", "oneil"),
        ("1962", "turc"), ("isikli 1962", "turc"),
    ],
)  # fmt: skip
def test_found_as_typed(peuplee: Base, texte: str, attendu: str) -> None:
    assert _trouves(peuplee, texte) == {attendu}


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "   ",
        "...",
        '"',
        "*",
        "-",
        "'",
        "&",
        "(",
        "31/02/1990 zzz",
        "eloise 11/02/1990",
        "zoe 2233",
        "eloise 11/2/90",
        "11/2/91",
    ],
)
def test_finds_nobody(peuplee: Base, texte: str) -> None:
    assert _trouves(peuplee, texte) == set()


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ('"eloise', {"eloise"}), ('eloise"', {"eloise"}), ("eloise*", {"eloise"}), ("*eloise", {"eloise"}),
        ("-eloise", {"eloise"}), ("eloise OR nguyen", set()), ("eloise AND", set()), ("NEAR(eloise nguyen)", set()),
        ("recherche:eloise", set()), ("{eloise", {"eloise"}), ("eloise^2", set()), ("eloise + marie", {"eloise"}),
    ],
)  # fmt: skip
def test_operators_typed_are_only_characters(peuplee: Base, texte: str, attendus: set[str]) -> None:
    assert _trouves(peuplee, texte) == attendus


@given(st.text(max_size=40))
def test_no_text_can_break_the_expression(texte: str) -> None:
    assert all(mot.isalnum() for mot in lire_demande(texte, date(2026, 3, 3)).mots)


def test_any_typed_text_is_answered(peuplee: Base) -> None:
    for texte in ("\x00", "a\x00b", "٠١٢٣٤", "²³", "🙂", "x" * 10_000, "1" * 40, "'; DROP TABLE personne; --"):
        assert _trouves(peuplee, texte) <= set(GENS)
    assert personnes.compter(peuplee) == len(GENS)


def test_a_name_that_changes_is_found_under_the_new_one_only(peuplee: Base) -> None:
    with peuplee.acte(AGENT) as acte:
        acte.inscrire("personne.modifier", "turc", {"nom_naissance": "Yılmaz", "prenoms": "İbrahim"})
    assert _trouves(peuplee, "isikli") == set()
    assert _trouves(peuplee, "yilmaz") == {"turc"}
    trouvee = personnes.get(peuplee, "turc")
    assert trouvee is not None
    assert trouvee.nom_complet == "İbrahim Yılmaz"


def test_names_come_back_exactly_as_typed(peuplee: Base) -> None:
    (personne,) = trouver.chercher(peuplee, "oneil")
    assert personne.nom_naissance == "<b>O'Neil & fils</b>"
    assert personne.naissance == date(1990, 2, 11)


@pytest.mark.parametrize(
    ("tape", "chiffres"),
    [
        ("06 12 34 56 78", "0612345678"),
        ("+33 (0)6 12 34 56 78", "0612345678"),
        ("0033612345678", "0612345678"),
        ("", ""),
    ],
)
def test_telephone_digits(tape: str, chiffres: str) -> None:
    assert chiffres_telephone(tape) == chiffres


@pytest.mark.parametrize(
    ("nom", "prenoms", "naissance", "telephone", "attendus"),
    [
        ("Lefebvre", "Eloise", None, "", ["eloise"]),
        ("Lefevre", "Héloïse", date(2003, 5, 1), "", ["eloise"]),
        ("LEFÈVRE", "éloïse", date(1950, 1, 1), "", []),
        ("Lefevre", "Eloise", date(2003, 5, 7), "", ["eloise"]),
        ("Dupont Moretti", "Héloïse", date(2003, 5, 1), "", ["eloise"]),
        ("Éloïse", "Lefèvre", date(2003, 5, 1), "", ["eloise"]),
        ("Lefevre", "Eloïse", date(2003, 1, 5), "", ["eloise"]),
        ("Neil", "Zoé", date(1990, 2, 11), "", ["oneil"]),
        ("Dinh", "Nguyen Anh", None, "07 11 22 33 44", ["nguyen"]),
        ("Martin", "Paul", date(2003, 5, 1), "", []),
        ("Lefèvre", "Bernard", date(1950, 1, 1), "", []),
        ("", "", None, "", []),
    ],
)
def test_look_alikes(
    peuplee: Base, nom: str, prenoms: str, naissance: date | None, telephone: str, attendus: list[str]
) -> None:
    trouvees = proches.proches(peuplee, Personne("", nom, prenoms, naissance, telephone=telephone))
    assert [proche.personne.personne_id for proche in trouvees] == attendus


def test_the_person_being_entered_is_no_look_alike_of_itself(peuplee: Base) -> None:
    assert proches.proches(peuplee, Personne("eloise", "Lefèvre", "Éloïse")) == ()


def test_one_look_alike_tells_why_and_a_name_changed_or_erased_is_looked_for_no_more(peuplee: Base) -> None:
    typee = Personne("", "Isiklı", "Ibrahim", date(1962, 3, 11))
    (proche,) = proches.proches(peuplee, typee)
    assert [(i.code, i.ici, i.la) for i in proche.rapprochement.indices] == [
        ("naissance_inversee", "", ""), ("prenom_abrege", "Ibrahim", "İbrahim Çağrı"),
    ]  # fmt: skip
    with peuplee.acte(AGENT) as acte:
        acte.inscrire("personne.modifier", "turc", {"nom_naissance": "Demir", "prenoms": "Ali"})
    assert proches.proches(peuplee, typee) == ()
    with peuplee.acte(AGENT) as acte:
        acte.inscrire("personne.effacer", "turc", {"cle": None})
    assert proches.proches(peuplee, Personne("", "Demir", "Ali")) == ()
    assert verifier_base(peuplee) == ()


def test_somebody_merged_is_recognised_under_both_names(peuplee: Base) -> None:
    with peuplee.acte(AGENT) as acte:
        acte.inscrire("personne.fusionner", "or", {"absorbee": "turc"})
    (proche,) = proches.proches(peuplee, Personne("", "Isikly", "Ibrahim", date(1962, 11, 3)))
    assert proche.personne.personne_id == "or"


def test_by_blind_key_also_before_a_merge(base: Base) -> None:
    with base.acte(AGENT) as acte:
        enregistrer(acte, "p1", cle=b"a" * 16)
        enregistrer(acte, "p2", cle=b"b" * 16)
        acte.inscrire("personne.fusionner", "p2", {"absorbee": "p1"})
    assert [p.personne_id for p in personnes.par_cle(base, b"a" * 16)] == ["p2"]
    assert [p.personne_id for p in personnes.par_cle(base, b"b" * 16)] == ["p2"]
    assert personnes.par_cle(base, b"c" * 16) == ()


def test_the_first_of_a_commune_are_the_first_as_french_orders_them(base: Base) -> None:
    noms = ["Zola", "Émile", "Dupont", "Œuvrard", "Éluard", "Martin", "d’Hondt", "Ümit"]
    with base.acte(AGENT) as acte:
        for rang, nom in enumerate(noms):
            enregistrer(acte, f"p{rang}", nom_naissance=nom, prenoms="Léa", commune="59392")
    tous = [p.nom_naissance for p in trouver.par_communes(base, ["59392"], 30)]
    assert tous == ["d’Hondt", "Dupont", "Éluard", "Émile", "Martin", "Œuvrard", "Ümit", "Zola"]
    assert [p.nom_naissance for p in trouver.par_communes(base, ["59392"], 3)] == tous[:3]
    with base.lecture() as db:
        plan = db.execute(f"EXPLAIN QUERY PLAN {trouver.D_UNE_COMMUNE}", ["59392", 3]).fetchall()
    # However many they are, the first are read in the order of an index.
    assert not any("TEMP B-TREE" in detail for *_, detail in plan)
