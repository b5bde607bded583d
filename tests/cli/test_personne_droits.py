"""`passdesk personne exporter` and `effacer`: nobody is named on the console, and what is erased is really gone."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.services.poste import creer_poste, ouvrir_poste
from passdesk.storage import personnes
from passdesk.storage.engine import FICHIER
from passdesk.storage.verrou import tenir_seul
from passdesk.ui.messages import message
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.printing.fabrique import textes_du_pdf
from tests.storage.pages import pages_en_clair

NOMS = ("Vanhoutte", "Delattre", "Wilhelmine")


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    dossier = tmp_path / "poste"
    poste = creer_poste(
        dossier, PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    with poste.base.acte(poste.agent_id) as acte:
        for ident, nom in (("p1", NOMS[0]), ("p2", NOMS[1])):
            acte.inscrire("personne.enregistrer", ident, {"nom_naissance": nom, "prenoms": NOMS[2], "cle": None})
    poste.fermer()
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    return dossier


def effacer(dossier: Path, *arguments: str) -> int:
    return executer(["personne", "effacer", *arguments, "--base-dir", str(dossier)])


def inscrites(dossier: Path) -> list[str]:
    """The birth names of this desk, and those that any page of its file still holds."""
    poste = ouvrir_poste(dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    try:
        noms = [personne.nom_naissance for personne in personnes.recentes(poste.base)]
        octets = b"".join(pages_en_clair(dossier / FICHIER, poste.cle))
        assert all((nom.encode() in octets) == (nom in noms) for nom in NOMS[:2])
        return noms
    finally:
        poste.fermer()


def test_a_person_is_erased_and_nobody_is_named(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert effacer(dossier, "p1") == 0
    assert inscrites(dossier) == [NOMS[1]]
    sortie, plaintes = capsys.readouterr()
    assert plaintes == ""
    assert "Ce qui s’efface\u00a0:\n  - L’identité, les coordonnées et la note de la fiche\n" in sortie
    assert "Ce qui reste, et pourquoi\u00a0:" in sortie and "Elle n’est plus à ce poste." in sortie
    assert not any(nom in sortie for nom in NOMS)
    assert effacer(dossier, "p2", "--json", "--motif", "par_megarde") == 0
    reponse = json.loads(capsys.readouterr().out)
    assert reponse == {"effacee": True, "pass_comptes": 0, "a_envoyer": False, "fichier_nettoye": True}
    assert inscrites(dossier) == []


def test_who_is_not_here_or_a_reason_unknown_changes_nothing(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert effacer(dossier, "p9") == 2
    assert "Cette fiche n’est plus au poste." in capsys.readouterr().err
    assert effacer(dossier, "p1", "--motif", "parce que") == 2
    assert "Il manque la raison." in capsys.readouterr().err
    assert len(inscrites(dossier)) == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("reponse", "restent"), [("non\n", 2), ("\n", 2), ("Oui\n", 1)])
def test_in_a_terminal_it_asks_first(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reponse: str, restent: int
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(reponse))
    assert effacer(dossier, "p1") == (0 if restent == 1 else 1)
    assert len(inscrites(dossier)) == restent
    sortie, question = capsys.readouterr()
    assert "Ce qui s’efface" in sortie and "tapez oui" in question


@pytest.mark.parametrize(("reponse", "effacee"), [("non\n", False), ("oui\n", True)])
def test_in_a_terminal_the_question_stays_beside_an_answer_in_json(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reponse: str, effacee: bool
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(reponse))
    assert effacer(dossier, "p1", "--json") == (0 if effacee else 1)
    sortie, question = capsys.readouterr()
    assert json.loads(sortie)["effacee"] is effacee
    assert question.index("Ce qui s’efface") < question.index("tapez oui")


@pytest.mark.parametrize("obstacle", ["effacement_reserve", "effacement_papier"])
def test_what_is_in_the_way_is_a_negative_answer(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], obstacle: str
) -> None:
    """Its help says so; and nothing is asked about what cannot be done."""
    monkeypatch.setattr(
        *(
            ("passdesk.services.effacement.est_responsable", lambda _: False)
            if obstacle == "effacement_reserve"
            else ("passdesk.services.effacement._obstacle", lambda *_: obstacle)
        )
    )
    monkeypatch.setattr("sys.stdin", Terminal(""))
    for essai in ([], ["--essai"]):
        assert effacer(dossier, "p1", "--json", *essai) == 1
        assert json.loads(capsys.readouterr().out) == {"effacee": False, "obstacle": obstacle, "pass_comptes": 0}
        assert effacer(dossier, "p1", *essai) == 1
        sortie, plaintes = capsys.readouterr()
        assert str(message(obstacle)) in sortie and plaintes == ""
    assert len(inscrites(dossier)) == 2


@pytest.mark.parametrize(
    "commande",
    [
        ("personne", "importer", "personnes.csv"), ("personne", "exporter", "p1", "--out", "remis"),
        ("personne", "effacer", "p1"), ("lieux", "importer", "lieux.csv"), ("poste", "enroler"),
        ("agent", "retirer", "Sam"), ("agent", "feuille", "--out", "feuille.pdf"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_desk_is_held_before_it_is_opened(
    dossier: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    commande: tuple[str, ...],
) -> None:
    """Opened first, it could be the base that somebody who held the desk has just put another in the place of."""
    monkeypatch.chdir(tmp_path)
    Path("personnes.csv").write_text("Nom;Prénom\nVanhoutte;Ada\n", encoding="utf-8")
    monkeypatch.setattr("passdesk.services.poste.ouvrir_poste", lambda *_: pytest.fail("opened"))
    with tenir_seul(dossier):
        assert executer([*commande, "--base-dir", str(dossier)]) == 3
    assert "déjà ouvert" in capsys.readouterr().err


def test_all_that_is_held_is_written_and_nobody_is_named(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["personne", "exporter", "p1", "--out", str(tmp_path / "remis"), "--base-dir", str(dossier)]
    assert executer(arguments) == 0
    sortie, plaintes = capsys.readouterr()
    assert plaintes == "" and "ne les laissez pas sur l’ordinateur" in sortie
    assert not any(nom in sortie for nom in NOMS)
    pdf, lu = sorted((tmp_path / "remis").iterdir(), key=lambda fichier: fichier.suffix, reverse=True)
    assert json.loads(lu.read_text(encoding="utf-8"))["identite"]["nom_naissance"] == NOMS[0]
    assert NOMS[1] not in lu.read_text(encoding="utf-8")
    assert any(NOMS[0] in page for page in textes_du_pdf(pdf.read_bytes()))
    assert executer([*arguments[:2], "p9", *arguments[3:]]) == 2
    assert "Cette fiche n’est plus au poste." in capsys.readouterr().err


def test_the_export_does_without_the_window(dossier: Path, tmp_path: Path) -> None:
    """On a computer with no screen, where the window's libraries are not there."""
    script = (
        "import sys; sys.modules['PySide6'] = None; from passdesk.cli import executer; "
        f"sys.exit(executer(['personne', 'exporter', 'p1', '--out', {str(tmp_path / 'remis')!r}, "
        f"'--base-dir', {str(dossier)!r}]))"
    )
    fait = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (fait.returncode, fait.stderr) == (0, "")


def test_what_would_go_can_be_read_first(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert effacer(dossier, "p1", "--essai") == 0
    sortie = capsys.readouterr().out
    assert "Ce qui s’efface" in sortie and "Rien n’a été effacé." in sortie
    assert effacer(dossier, "p1", "--essai", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"effacee": False, "obstacle": None, "pass_comptes": 0}
    assert len(inscrites(dossier)) == 2


def test_without_a_terminal_the_command_is_the_order_and_in_one_it_can_be_given_at_once(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Contracts §1: a script of the Region's says `effacer ID`, and it is done; nothing is read from its input."""

    class Ferme(io.StringIO):
        def readline(self, *_: object) -> str:
            raise AssertionError("nothing is to be asked")

    monkeypatch.setattr("sys.stdin", Ferme())
    assert effacer(dossier, "p1") == 0
    monkeypatch.setattr(Ferme, "isatty", lambda _: True)
    assert effacer(dossier, "p2", "--oui") == 0
    assert inscrites(dossier) == [] and "tapez oui" not in capsys.readouterr().out
