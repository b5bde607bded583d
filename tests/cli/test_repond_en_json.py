"""Commands that answer answer another program too (contracts §1): one JSON object on the output, and nothing beside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from passdesk.cli import creer_application, executer
from passdesk.server import enrolement
from passdesk.services.poste import creer_poste
from tests.builders import PHRASE, PHRASE_LEGERE, Terrain, horloge_fixe, terrain

DE_SAM = "violon rouge mardi cascade"
Repondre = Callable[..., Any]


@pytest.fixture
def guichet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    creer_poste(tmp_path / "poste", PHRASE, "Claire Mabille", horloge_fixe(), cout_phrase=PHRASE_LEGERE).fermer()
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    return tmp_path / "poste"


@pytest.fixture
def repondre(guichet: Path, capsys: pytest.CaptureFixture[str]) -> Repondre:
    def faire(*commande: str, attendu: int = 0, ou: Path = guichet) -> Any:
        capsys.readouterr()
        assert executer([*commande, "--json", "--base-dir", str(ou)]) == attendu
        sortie, plaintes = capsys.readouterr()
        assert plaintes == ""
        return json.loads(sortie)

    return faire


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path / "terrain") as ouvert:
        yield ouvert


def test_a_desk_is_linked_by_another_program(lieu: Terrain, tmp_path: Path, repondre: Repondre) -> None:
    (tmp_path / "code").write_text(enrolement.proposer_code(lieu.region, "Lens"), encoding="utf-8")
    demande = repondre("poste", "enroler", "--adresse", lieu.adresse, "--code-file", str(tmp_path / "code"))
    (attente,) = enrolement.en_attente(lieu.region)
    assert demande == {"mots": list(attente.mots)}
    assert repondre("poste", "enroler", attendu=1) == {"relie": False, "poste": None}
    enrolement.accepter(lieu.region, attente.identifiant)
    assert repondre("poste", "enroler") == {"relie": True, "poste": "Lens"}


def test_a_desk_is_made_and_set_by_another_program(tmp_path: Path, repondre: Repondre) -> None:
    neuf = tmp_path / "neuf"
    assert repondre("poste", "creer", "--agent", " Sam Leroy ", ou=neuf) == {"cree": True, "agent": "Sam Leroy"}
    regles = repondre("poste", "regler", "--telephone-aide", "03 20 00 00 00", "--libelle", "Bus de Fourmies")
    assert regles == {"regles": ["telephone_aide", "libelle"]}


def test_agents_come_and_leave_by_another_program(tmp_path: Path, repondre: Repondre) -> None:
    (tmp_path / "sam").write_text(DE_SAM, encoding="utf-8")
    nouvelle = ("--nouvelle-phrase-file", str(tmp_path / "sam"))
    assert repondre("agent", "ajouter", " Sam  Leroy", *nouvelle) == {"agent": "Sam Leroy", "role": "mediateur"}
    assert repondre("agent", "phrase", "--agent", "sam leroy", *nouvelle) == {"agent": "Sam Leroy"}
    assert repondre("agent", "retirer", "SAM LEROY") == {"agent": "Sam Leroy"}
    faite = repondre("agent", "feuille", "--out", str(tmp_path / "feuille.pdf"))
    assert faite == {
        "fichier": str(tmp_path / "feuille.pdf"),
        "faite_le": repondre("agent", "lister")["feuille_de_secours"],
    }
    assert repondre("agent", "cle") == {"changee": True}


def test_every_command_that_answers_takes_both_options() -> None:
    """`region servir` never ends: it has no answer."""

    def feuilles(commande: Any, chemin: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], set[str]]]:
        if hasattr(commande, "commands"):
            for nom, sous in commande.commands.items():
                yield from feuilles(sous, (*chemin, nom))
        else:
            yield chemin, {option for parametre in commande.params for option in parametre.opts}

    muettes = [
        chemin
        for chemin, options in feuilles(typer.main.get_command(creer_application()))
        if not {"--json", "--base-dir"} <= options
    ]
    assert muettes == [("region", "servir")]
