"""One word per thing: every class of the domain is in the glossary, and the words set aside are nowhere."""

from __future__ import annotations

import re

from tests.house.lecture import RACINE, classes_publiques, modules, mots_definis, nom, table

GLOSSAIRE = (RACINE / "resources" / "glossaire.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^## (.+)$", GLOSSAIRE, re.MULTILINE)
ECARTES = "Mots écartés"


def _termes() -> list[list[str]]:
    return [ligne for section in SECTIONS if section != ECARTES for ligne in table(GLOSSAIRE, section)]


def test_every_public_class_of_the_domain_is_explained() -> None:
    expliques = {ligne[0].strip("`") for ligne in _termes() if ligne[0].startswith("`")}
    du_domaine = {classe for m in modules("domain") for classe in classes_publiques(m)}
    assert du_domaine - expliques == set(), "à expliquer dans resources/glossaire.md"


def test_the_glossary_explains_no_class_that_is_gone() -> None:
    expliques = {ligne[0].strip("`") for ligne in _termes() if ligne[0].startswith("`")}
    notions = {"Demande", "Justificatif"}
    assert expliques - {c for m in modules() for c in classes_publiques(m)} - notions == set()


def test_every_entry_has_a_meaning_and_a_source_and_stands_once() -> None:
    termes = [ligne[0] for ligne in _termes()]
    assert len(termes) == len(set(termes))
    assert [ligne[0] for ligne in _termes() if len(ligne) != 4 or len(ligne[1]) < 10 or not ligne[2]] == []


def test_words_set_aside_name_nothing_in_the_program() -> None:
    ecartes = {ligne[0]: ligne[1] for ligne in table(GLOSSAIRE, ECARTES)}
    assert len(ecartes) > 10
    trouves = [
        f"{nom(m)}:{ligne} {mot} : dire {ecartes[mot.rstrip('s')]}"
        for m in modules()
        for ligne, mot in mots_definis(m)
        if mot in ecartes or mot.rstrip("s") in ecartes
    ]
    assert trouves == []
