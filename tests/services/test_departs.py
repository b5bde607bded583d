"""What the diagnostic keeps of the log is what the sources write; starts that went wrong are counted."""

from __future__ import annotations

import ast
import stat
from pathlib import Path

import pytest

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.services.departs import FICHIER_DEPARTS, SEUIL, Departs, copier_le_poste
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
