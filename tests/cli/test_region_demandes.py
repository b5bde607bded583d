"""What nothing takes back is said before it is done, and asked where somebody can answer; a script gave the order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.server.region import ouvrir_region
from tests.cli.region_factice import Commande, Terminal, litige_ouvert, poste_enrole

RIEN = "Rien n’a été changé.\n"


def test_a_carnet_is_said_before_it_is_voided_and_asked_for_where_somebody_can_answer(
    ouverte: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste_enrole(tmp_path)
    ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4", "--json")
    quoi = "Carnet 012 0000003 de 10, confié à « Lens ». La Région ne l’a pas vu donner."
    assert ouverte("annuler", "3", "--essai")[:2] == (0, f"{quoi}\nRien n’a été changé.\n")
    assert ouverte("annuler", "3", "--essai", "--json")["change"] is False
    monkeypatch.setattr("sys.stdin", Terminal("non\n"))
    code, dit, _ = ouverte("annuler", "3")
    assert (code, "tapez « oui »." in dit, dit.splitlines()[-1]) == (1, True, "Rien n’a été changé.")
    assert ouverte("annuler", "3", "--essai", "--json")["annule"] == []
    monkeypatch.setattr("sys.stdin", Terminal("Oui\n"))
    assert "est annulé" in ouverte("annuler", "012 0000003")[1]
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert "Il est déjà annulé." in ouverte("annuler", "3", "--retablir")[1]
    assert ouverte("annuler", "3", "--essai", "--json")["annule"] == ["annule"]
    assert ouverte("annuler", "3", "--retablir", "--oui", "--json")["change"] is True
    assert "n’est pas annulé" in ouverte("annuler", "3", "--retablir", "--oui")[2]


def test_a_desk_is_said_before_it_is_revoked(
    ouverte: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste_enrole(tmp_path)
    ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4", "--json")
    (lu,) = ouverte("postes", "--json")
    quoi = f"« Lens » ({lu['appareil']}), enrôlé le "
    code, dit, _ = ouverte("revoquer", "Lens", "--essai")
    assert (code, dit.startswith(quoi), dit.endswith(RIEN)) == (0, True, True)
    assert "jamais entendu. Numéros non donnés, qui seraient annulés partout : 4." in dit
    vu = ouverte("revoquer", "Lens", "--vole", "--essai", "--json")
    assert (vu["appareil"], vu["carnets_a_annuler"], vu["change"]) == (lu["appareil"], 4, False)
    monkeypatch.setattr("sys.stdin", Terminal("ou\n"))
    code, dit, _ = ouverte("revoquer", "Lens", "--vole")
    assert (code, "le dire volé, tapez « oui »." in dit, dit.endswith(RIEN)) == (1, True, True)
    assert ouverte("postes", "--json") == [lu], "nothing typed, nothing done"
    monkeypatch.setattr("sys.stdin", Terminal(" OUI \n"))
    code, dit, _ = ouverte("revoquer", "Lens")
    assert (code, "annulés : 4. Leur valeur" in dit) == (0, True)
    monkeypatch.setattr("sys.stdin", Terminal(""))
    dit = ouverte("revoquer", lu["appareil"], "--vole", "--oui")[1]
    assert "déjà révoqué. Numéros qui restent à annuler : 0." in dit and "tapez" not in dit


def test_the_question_stays_out_of_an_answer_in_json(
    ouverte: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    poste_enrole(tmp_path)
    monkeypatch.setattr("sys.stdin", Terminal("non\n"))
    rc = executer(["region", "revoquer", "Lens", "--json", "--base-dir", str(tmp_path / "region")])
    sortie = capsys.readouterr()
    assert (rc, json.loads(sortie.out)["change"]) == (1, False)
    assert "« Lens »" in sortie.err.replace("\u00a0", " ") and "tapez" in sortie.err


@pytest.mark.parametrize(
    ("geste", "demande", "fait"),
    [
        (
            ("--trancher", "fraude"),
            "annulés en entier. Pour trancher ainsi, tapez « oui ».",
            "est tranché : une fraude.",
        ),
        (("--trancher", "erreur"), "bons, sans retour. Pour trancher", "est tranché : un poste s’est trompé"),
        (("--clore",), "sans retour. Pour le clore, tapez « oui ».", "est clos, ses blocages sont levés."),
    ],
)
def test_a_case_is_said_before_it_is_decided_and_the_answer_names_what_it_was_about(
    ouverte: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, geste: tuple[str, ...], demande: str, fait: str
) -> None:
    litige = litige_ouvert(tmp_path)
    arguments = ("litiges", *geste, litige) if len(geste) == 1 else ("litiges", litige, *geste)
    montre = ouverte("litiges", litige)[1]
    assert ouverte(*arguments, "--essai")[:2] == (0, montre + RIEN)
    monkeypatch.setattr("sys.stdin", Terminal("\n"))
    code, dit, _ = ouverte(*arguments)
    assert (code, dit.startswith(montre), demande in dit, dit.endswith(RIEN)) == (1, True, True, True)
    assert ouverte("litiges", litige)[1] == montre
    monkeypatch.setattr("sys.stdin", Terminal("oui\n"))
    code, dit, _ = ouverte(*arguments)
    assert (code, fait in dit) == (0, True)
    assert dit.endswith("\n  Carnet 012 0000001, « Lens ».\n  Carnet 012 0000004, « Lens ».\n")
    assert ouverte("litiges", litige, "--trancher", "meme-personne", "--essai")[0] == 2, (
        "what is refused is no question"
    )
    assert ouverte("litiges", "--clore", litige, "--essai")[0] == 2


def test_numbers_left_are_said_before_they_are_given_up(
    ouverte: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste_enrole(tmp_path)
    lot = ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4", "--json")["lot"]
    laisser = ("rappeler", "--poste", "Lens", "--laisses")
    assert "aucun lot de cette sorte" in ouverte(*laisser, "--essai")[2]
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    with region.magasin.ecrire() as tx:
        tx.faire("UPDATE lot SET etat = 'laisse'")
    region.fermer()
    montre = ouverte("lots")[1]
    assert "4 sur 4 sans nouvelles" in montre
    assert ouverte(*laisser, "--essai")[:2] == (0, montre + RIEN)
    assert ouverte(*laisser, "--essai", "--json") == {"poste": "Lens", "lots": [lot], "change": False}
    assert ouverte("rappeler", "--poste", "Lens", "--essai")[0] == 2, "a call back is no trial because it was asked so"
    monkeypatch.setattr("sys.stdin", Terminal("non\n"))
    code, dit, _ = ouverte(*laisser)
    assert (code, "Pour y renoncer, tapez « oui »." in dit, ouverte("lots")[1]) == (1, True, montre)
    assert "refusés partout : 4." in ouverte(*laisser, "--oui")[1]
