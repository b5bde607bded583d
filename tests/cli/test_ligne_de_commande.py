"""The command line as people meet it: French pages and complaints, exit codes, UTF-8, no traceback."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

import passdesk.cli
from passdesk.cli import FAMILLES, creer_application, executer
from passdesk.cli.analyseur import Commande, Groupe
from passdesk.cli.sortie import lire_phrase
from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee

ANGLAIS = re.compile(
    r"\b(usage:|show|this|message|exit|try|help\b(?<!--help)|error|missing|invalid|value|argument is|no such|got|"
    r"unexpected|extra|required|default|commands|aborted|file|directory|path|text|integer|traceback|does not)\b",
    re.IGNORECASE,
)


def _commandes(commande: object = None, chemin: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    commande = commande or typer.main.get_command(creer_application())
    yield chemin, commande
    if isinstance(commande, TyperGroup):
        for nom, sous in commande.commands.items():
            yield from _commandes(sous, (*chemin, nom))


CHEMINS = [chemin for chemin, _ in _commandes()]


@pytest.mark.parametrize("chemin", CHEMINS, ids=" ".join)
def test_every_help_page_is_french(chemin: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert executer([*chemin, "--help"]) == 0
    page, plainte = capsys.readouterr()
    assert page.startswith("Usage\u00a0: passdesk")
    assert "Montre cette aide et s’arrête." in page
    sans_noms = re.sub(r"--?[a-z][a-z-]*|PASSDESK_\w+|passdesk( [a-z-]+)*", "", page)
    assert ANGLAIS.findall(sans_noms.replace("Usage\u00a0:", "")) == []
    assert re.findall(r"[\w»)] [:;?!»€]|'|<\w+>", page) == []
    assert plainte == ""


@pytest.mark.parametrize("siennes", FAMILLES.values(), ids=" ".join)
def test_a_command_pays_for_its_own_family_alone(siennes: tuple[str, ...]) -> None:
    for commande in siennes:
        arbre = typer.main.get_command(creer_application(commande))
        assert isinstance(arbre, TyperGroup)
        assert set(arbre.commands) == set(siennes)


def test_a_desk_s_command_starts_without_the_region_nor_what_reads_a_pass() -> None:
    programme = (
        "import sys; from passdesk.cli import executer; executer(['poste', 'etat', '--base-dir', 'nulle-part']); "
        "print(*sys.modules)"
    )
    lu = subprocess.run([sys.executable, "-c", programme], capture_output=True, check=True, text=True)
    charges = set(lu.stdout.split())
    assert "passdesk.services.poste" in charges
    assert {"passdesk.server", "passdesk.cli.region", "http_message_signatures", "zxingcpp"} & charges == set()


def test_every_command_has_a_french_class_and_takes_base_dir() -> None:
    for chemin, commande in _commandes():
        assert isinstance(commande, Commande | Groupe), chemin
        if isinstance(commande, Commande):
            assert "--base-dir" in [option for parametre in commande.params for option in parametre.opts], chemin
        assert commande.help, chemin


COMPLAINTES = [
    (["--foo"], "Option inconnue\u00a0: «\u00a0--foo\u00a0»."),
    (["-x"], "Option inconnue\u00a0: «\u00a0-x\u00a0»."),
    (["regles", "evaluer", "--jso", "x"], "Peut-être\u00a0: «\u00a0--json\u00a0»."),
    (["reglse"], "Commande inconnue\u00a0: «\u00a0reglse\u00a0». Peut-être\u00a0: «\u00a0regles\u00a0»."),
    (["regles", "zzz"], "Commande inconnue\u00a0: «\u00a0zzz\u00a0»."),
    (["regles"], "Il manque le nom d’une commande."),
    (["regles", "evaluer"], "Il manque l’argument «\u00a0DOSSIER.json\u00a0»."),
    (["regles", "evaluer", "a", "b"], "Argument en trop\u00a0: b."),
    (["regles", "evaluer", "a", "--base-dir"], "Il manque une valeur après «\u00a0--base-dir\u00a0»."),
    (["regles", "evaluer", "a", "--json=1"], "«\u00a0--json\u00a0» ne prend pas de valeur."),
    (["--base-dir", "x", "regles", "evaluer", "a"], "«\u00a0--base-dir\u00a0» se place après la commande."),
    (["--demo", "regles", "evaluer", "a"], "«\u00a0--demo\u00a0» se place après la commande."),
]


@pytest.mark.parametrize(("arguments", "phrase"), COMPLAINTES, ids=lambda valeur: str(valeur)[:40])
def test_wrong_use_is_said_in_french(arguments: list[str], phrase: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert executer(arguments) == 2
    sortie, plainte = capsys.readouterr()
    assert phrase in plainte
    assert "--help" in plainte
    assert sortie == ""
    assert ANGLAIS.findall(re.sub(r"«[^»]*»|--\w+|passdesk", "", plainte)) == []


@pytest.fixture
def commande_qui(monkeypatch: pytest.MonkeyPatch):
    """An application with one command, `essai`, that raises what it is told, and options of every kind."""

    def preparer(trouble: BaseException | None = None) -> None:
        app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

        @app.callback()
        def racine() -> None:
            """Essai."""

        @app.command()
        def essai(
            nombre: int = 1, bornes: int = typer.Option(1, min=1, max=9), oblige: str = typer.Option(...)
        ) -> None:
            if trouble is not None:
                raise trouble

        monkeypatch.setattr(passdesk.cli, "_analyseur", lambda _: typer.main.get_command(passdesk.cli.franciser(app)))

    return preparer


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["--nombre", "trois", "--oblige", "x"],
         "Valeur refusée pour l’option «\u00a0--nombre\u00a0». Un nombre entier est attendu."),
        (["--bornes", "12", "--oblige", "x"], "Un nombre entier est attendu, de 1 à 9."),
        ([], "Il manque l’option «\u00a0--oblige\u00a0»."),
    ],
)  # fmt: skip
def test_a_bad_value_of_any_command_is_said_in_french(
    commande_qui, arguments: list[str], phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    commande_qui()
    assert executer(["essai", *arguments]) == 2
    assert phrase in capsys.readouterr().err


@pytest.mark.parametrize(
    ("trouble", "sortie"),
    [
        (SaisieRefusee("phrase_vide"), 2),
        (PanneAttendue("disque_plein"), 3),
        (BaseFermee("interruption"), 4),
        (OSError(errno.ENOSPC, "No space left on device"), 3),
        (FileNotFoundError(errno.ENOENT, "No such file", "/x/liste.csv"), 2),
        (PermissionError(errno.EACCES, "Permission denied", "/x/liste.csv"), 2),
        (KeyboardInterrupt(), 130),
        (RuntimeError("boom"), 3),
        (RecursionError(), 3),
        (KeyError("Dufresnoy"), 3),
    ],
    ids=repr,
)
def test_a_trouble_becomes_french_sentences_and_its_exit_code(
    commande_qui, trouble: BaseException, sortie: int, capsys: pytest.CaptureFixture[str]
) -> None:
    commande_qui(trouble)
    assert executer(["essai", "--oblige", "x"]) == sortie
    texte, plainte = capsys.readouterr()
    assert texte == ""
    assert "Traceback" not in plainte
    assert not re.search(r"boom|Dufresnoy|No space|denied|No such", plainte)
    assert plainte.endswith(".\n")


def test_a_bug_of_ours_gives_a_number_that_says_where(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d.json").write_text("[]", encoding="utf-8")

    def casse(*_: object) -> None:
        raise ZeroDivisionError("Maëlle Dufresnoy")

    monkeypatch.setattr("passdesk.cli.regles.lire_dossiers", casse)
    assert executer(["regles", "evaluer", str(tmp_path / "d.json")]) == 3
    plainte = capsys.readouterr().err
    assert re.search(r"donnez ce numéro au support\u00a0: regles-\d+\.$", plainte.strip())
    assert "Dufresnoy" not in plainte


def _lancer(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    programme = "from passdesk.cli import main; main()"
    environnement = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "-c", programme, *arguments],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parent.parent.parent,
        env={**environnement, **env},
    )


@pytest.mark.parametrize(
    "env", [{"LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_the_real_command_writes_utf8_whatever_the_locale(tmp_path: Path, env: dict[str, str]) -> None:
    dossier = tmp_path / "d.json"
    dossier.write_text(
        json.dumps({"id": "é", "naissance": None, "commune": None, "public": "senior", "prescripteur": None,
                    "arrivee_le": "2022-03-01", "complementaire": False, "justificatifs": [], "anterieurs": []}),
        encoding="utf-8",
    )  # fmt: skip
    fait = _lancer("regles", "evaluer", str(dossier), **env)
    assert (fait.returncode, fait.stderr) == (1, b"")
    assert json.loads(fait.stdout.decode("utf-8"))["id"] == "é"
    assert "pièce d’identité" in fait.stdout.decode("utf-8")
    assert "Commande inconnue\u00a0: «\u00a0zut\u00a0»" in _lancer("zut", **env).stderr.decode("utf-8")


def test_nobody_listening_any_more_is_no_trouble() -> None:
    programme = "from passdesk.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", programme, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as commande:
        assert commande.stdout is not None
        assert commande.stderr is not None
        commande.stdout.close()
        assert commande.stderr.read() == b""


def test_the_secret_phrase_comes_from_a_file_then_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fichier = tmp_path / "phrase"
    fichier.write_bytes("mon été à Anor \r\n".encode())
    monkeypatch.setenv("PASSDESK_PHRASE", "autre phrase")
    assert lire_phrase(fichier) == "mon été à Anor "
    assert lire_phrase(None) == "autre phrase"


def test_without_any_source_the_phrase_is_asked_for_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PASSDESK_PHRASE", raising=False)
    with pytest.raises(SaisieRefusee, match="phrase_absente"):
        lire_phrase()
    (tmp_path / "vide").write_text("\n")
    with pytest.raises(SaisieRefusee, match="fichier_vide"):
        lire_phrase(tmp_path / "vide")
    monkeypatch.setenv("PASSDESK_PHRASE", "  ")
    with pytest.raises(SaisieRefusee, match="phrase_vide"):
        lire_phrase()


def test_a_new_phrase_is_typed_twice_without_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PASSDESK_PHRASE", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    questions: list[str] = []
    reponses = iter(["un", "un", "un", "deux", "trois"])

    def repondre(question: str) -> str:
        questions.append(question)
        return next(reponses)

    monkeypatch.setattr("getpass.getpass", repondre)
    assert lire_phrase(nouvelle=True) == "un"
    with pytest.raises(SaisieRefusee, match="phrases_differentes"):
        lire_phrase(nouvelle=True)
    assert lire_phrase() == "trois"
    assert questions[0] == "Phrase secrète\u00a0: "


@pytest.mark.parametrize(
    "commande", [("regles", "evaluer"), ("poste", "creer", "--agent", "Claire", "--base-dir", "b", "--phrase-file")]
)
def test_a_file_without_end_is_left_before_it_fills_the_memory(
    commande: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(passdesk.cli.sortie, "OCTETS_MAX", 3 << 20)
    assert executer([*commande, "/dev/zero"]) == 2
    assert "«\u00a0zero\u00a0» est beaucoup trop gros\u00a0: 3 Mo au plus." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
