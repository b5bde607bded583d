"""What the diagnostic keeps of the log is what the sources write; starts that went wrong are counted."""

from __future__ import annotations

import ast
import errno
import io
import logging
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.services.departs import FICHIER_DEPARTS, JOURNAL, SEUIL, Departs, copier_le_poste, journaliser
from passdesk.services.diagnostic import MODELES, diagnostiquer, ecrire_diagnostic
from passdesk.services.poste import creer_poste, ouvrir_poste
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.house.lecture import arbre, modules, nom

NIVEAUX = {"debug", "info", "warning", "error", "exception", "critical"}


def modeles_des_sources() -> set[str]:
    """The templates given to the log, anywhere but at the Region's."""
    trouves = set()
    for module in modules():
        for noeud in ast.walk(arbre(module)):
            if (
                not nom(module).startswith("passdesk.server")
                and isinstance(noeud, ast.Call)
                and isinstance(noeud.func, ast.Attribute)
                and isinstance(noeud.func.value, ast.Name)
                and noeud.func.value.id == "_journal"
                and noeud.func.attr in NIVEAUX
            ):
                assert isinstance(noeud.args[0], ast.Constant), ast.unparse(noeud)
                trouves.add(str(noeud.args[0].value))
    return trouves


def test_every_line_of_the_log_has_its_template_in_the_diagnostic_and_no_other() -> None:
    assert modeles_des_sources() == set(MODELES)


def test_nothing_readable_is_no_trouble(tmp_path: Path) -> None:
    lu = diagnostiquer(tmp_path / "absent", horloge_fixe())
    assert lu.fichiers == () and lu.journal == () and lu.rapports == () and lu.etats is None
    assert ("PassDesk") in dict(lu.programme)


def test_a_place_that_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(PanneAttendue, match="ecriture_impossible"):
        ecrire_diagnostic(tmp_path / "absent" / "d.txt", "rien")


def test_starts_without_an_end_are_counted_until_one_is_good(tmp_path: Path) -> None:
    for deja in range(SEUIL):
        depart = Departs(tmp_path)
        assert depart.avant == deja and not depart.a_demander
    assert Departs(tmp_path).a_demander
    bon = Departs(tmp_path)
    assert bon.a_demander
    bon.finir()
    assert Departs(tmp_path).avant == 0


def test_a_desk_that_stayed_open_is_a_good_start_however_it_ends(tmp_path: Path) -> None:
    Departs(tmp_path).stable()
    assert Departs(tmp_path).avant == 0


def test_closing_after_a_bug_is_no_good_start_unless_the_desk_was_steady(tmp_path: Path) -> None:
    trouble = Departs(tmp_path)
    trouble.troubler()
    trouble.finir()
    suivant = Departs(tmp_path)
    assert suivant.avant == 1
    suivant.troubler()
    suivant.stable()
    suivant.finir()
    assert Departs(tmp_path).avant == 0


@pytest.mark.parametrize("contenu", [b"", b"-3", b"\xff\xfe", b"beaucoup", b"9" * 5000])
def test_a_count_that_cannot_be_read_never_keeps_the_program_from_starting(tmp_path: Path, contenu: bytes) -> None:
    (tmp_path / FICHIER_DEPARTS).write_bytes(contenu)
    assert Departs(tmp_path).avant in (0, 99)


def test_a_disk_that_refuses_loses_the_count_alone(tmp_path: Path) -> None:
    (tmp_path / FICHIER_DEPARTS).mkdir()
    depart = Departs(tmp_path)
    depart.finir()
    assert depart.avant == 0


def test_the_copy_opens_with_the_passphrase_and_leaves_the_keys_of_the_device(tmp_path: Path) -> None:
    creer_poste(tmp_path / "poste", PHRASE, "Claire", horloge_fixe(), cout_index=INDEX_LEGER,
                cout_phrase=PHRASE_LEGERE).fermer()  # fmt: skip
    (tmp_path / "poste" / "appareil.cles").write_bytes(b"secret")
    copie = copier_le_poste(tmp_path / "poste", tmp_path, horloge_fixe())
    assert {fichier.name for fichier in copie.iterdir()} == {"poste.db", "poste.cles"}
    assert {stat.S_IMODE(fichier.stat().st_mode) for fichier in copie.iterdir()} == {0o600}
    ouvrir_poste(copie, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER).fermer()
    with pytest.raises(PanneAttendue, match="ecriture_impossible"):
        copier_le_poste(tmp_path / "poste", tmp_path, horloge_fixe())
    with pytest.raises(SaisieRefusee, match="copie_sans_base"):
        copier_le_poste(tmp_path / "rien", tmp_path, horloge_fixe())


class DisquePlein(io.StringIO):
    """What a log is on a full disk: no line goes, nor does what waited for the end."""

    def write(self, _texte: str) -> int:
        raise OSError(errno.ENOSPC, "")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "")


def _ecrire_puis_fermer(journal: logging.Handler) -> None:
    try:
        logging.getLogger("passdesk.essai").error("report %s: %s", "7F3A", "ValueError")
    finally:
        logging.getLogger("passdesk").removeHandler(journal)
        logging.getLogger("passdesk").propagate = True
        journal.close()


def test_a_full_disk_loses_lines_of_the_log_and_shows_nobody_a_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = journaliser(tmp_path)
    assert isinstance(journal, logging.FileHandler)
    journal.stream.close()
    journal.stream = DisquePlein()  # type: ignore[assignment]
    _ecrire_puis_fermer(journal)
    assert capsys.readouterr() == ("", "")


def test_a_log_that_cannot_be_opened_keeps_no_desk_closed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / JOURNAL).mkdir()
    _ecrire_puis_fermer(journaliser(tmp_path))
    assert capsys.readouterr() == ("", "")


def test_what_a_command_logs_is_printed_to_nobody() -> None:
    """In a process of its own: here pytest listens to everything."""
    dit = (
        'import logging, passdesk; logging.getLogger("passdesk.services.etat_region").warning("state digest: differs")'
    )
    fait = subprocess.run([sys.executable, "-c", dit], capture_output=True, text=True, check=True)
    assert (fait.stdout, fait.stderr) == ("", "")
