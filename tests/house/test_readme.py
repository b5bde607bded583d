"""The README says what is true: its commands and options exist, the paths it names too."""

from __future__ import annotations

import os
import re
import shlex

import pytest
from typer.main import get_command

from passdesk.cli import creer_application
from tests.house.lecture import RACINE

README = (RACINE / "README.md").read_text(encoding="utf-8")
BLOCS = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
LIGNES = [ligne for ligne in BLOCS.splitlines() if ligne.startswith("passdesk ")]


@pytest.mark.parametrize("ligne", LIGNES)
def test_each_command_and_option_exists(ligne: str) -> None:
    mots = shlex.split(ligne, comments=True)[1:]
    commande = get_command(creer_application())
    while mots and mots[0] in getattr(commande, "commands", {}):
        commande = commande.commands[mots.pop(0)]  # type: ignore[attr-defined]
    assert not getattr(commande, "commands", None), f"sous-commande inconnue : {ligne}"
    options = {option for parametre in commande.params for option in parametre.opts}
    assert {mot for mot in mots if mot.startswith("--")} <= options
    obligatoires = {p.opts[0] for p in commande.params if p.required and p.param_type_name == "option"}
    assert obligatoires <= set(mots)


def test_the_readme_walks_through_a_whole_enrolment() -> None:
    assert len(LIGNES) >= 10


def test_the_two_commands_exist() -> None:
    for commande in ("installer/run.py", "installer/test.py"):
        assert f"python3 {commande}" in README
        assert (RACINE / commande).is_file()
    assert os.access(RACINE / ".ci" / "run", os.X_OK)


def test_each_path_it_names_exists() -> None:
    chemins = set(re.findall(r"`((?:passdesk|resources|installer|tests)/[\w./-]*)`", README))
    assert len(chemins) > 10
    assert {chemin for chemin in chemins if "AAAA" not in chemin and not (RACINE / chemin).exists()} == set()


def test_each_room_is_presented() -> None:
    pieces = {p.parent.name for p in (RACINE / "passdesk").glob("*/__init__.py")}
    assert {piece for piece in pieces if f"passdesk/{piece}" not in README} == set()
