"""Making a desk and opening it: never half made, never made over another."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.services import poste as service
from passdesk.services.poste import creer_poste, etat_poste, ouvrir_poste, poste_existe
from passdesk.storage import cles, engine
from passdesk.storage.engine import Base
from passdesk.storage.pilote import dbapi
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.windows import COMPTE, Droits, sous_windows


def creer(dossier: Path, phrase: str = PHRASE, agent: str = "Claire Mabille") -> service.Poste:
    return creer_poste(dossier, phrase, agent, horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE)


def test_a_new_desk_opens_with_its_phrase_and_knows_its_agent(tmp_path: Path) -> None:
    creer(tmp_path / "poste").fermer()
    poste = ouvrir_poste(tmp_path / "poste", PHRASE, horloge_fixe())
    etat = etat_poste(poste)
    assert (etat.nom_agent, etat.enrole, etat.carnets_10) == ("Claire Mabille", False, 0)
    poste.fermer()


@pytest.mark.parametrize(
    ("phrase", "agent", "code"),
    [("court", "Claire", "phrase_trop_courte"), (PHRASE, "  ", "nom_agent_vide")],
)
def test_what_is_missing_is_said_and_nothing_is_made(tmp_path: Path, phrase: str, agent: str, code: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        creer(tmp_path / "poste", phrase, agent)
    assert refus.value.code == code
    assert not poste_existe(tmp_path / "poste")


def test_a_desk_is_never_made_over_another(tmp_path: Path) -> None:
    creer(tmp_path).fermer()
    avant = (tmp_path / engine.FICHIER).read_bytes()
    with pytest.raises(SaisieRefusee) as refus:
        creer(tmp_path, agent="Quelqu’un d’autre")
    assert refus.value.code == "poste_deja_cree"
    assert (tmp_path / engine.FICHIER).read_bytes() == avant


def test_a_base_without_its_keys_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    creer(tmp_path).fermer()
    (tmp_path / cles.FICHIER).unlink()
    with pytest.raises(SaisieRefusee):
        creer(tmp_path)
    with pytest.raises(BaseFermee) as ferme:
        ouvrir_poste(tmp_path, PHRASE, horloge_fixe())
    assert ferme.value.code == "poste_incomplet"


@pytest.mark.parametrize("mal", ["base", "cles", "cles_abimees"])
def test_a_desk_of_which_a_file_is_gone_is_told_as_one_that_a_backup_brings_back(tmp_path: Path, mal: str) -> None:
    creer(tmp_path).fermer()
    if mal == "cles_abimees":
        (tmp_path / cles.FICHIER).write_bytes((tmp_path / cles.FICHIER).read_bytes()[:-1])
    else:
        (tmp_path / (engine.FICHIER if mal == "base" else cles.FICHIER)).unlink()
    with pytest.raises(BaseFermee) as ferme:
        ouvrir_poste(tmp_path, PHRASE, horloge_fixe())
    assert ferme.value.code in service.SANS_DONNEES


def test_a_disk_that_refuses_is_told_as_such_at_the_creation_and_at_the_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuser(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "mkdir", refuser)
    with pytest.raises(PanneAttendue) as panne:
        creer(tmp_path / "poste")
    assert panne.value.code == "disque_plein"
    monkeypatch.undo()
    monkeypatch.setattr(service, "poser_nom", refuser)
    with pytest.raises(PanneAttendue):
        creer(tmp_path / "poste")
    monkeypatch.undo()
    creer(tmp_path / "poste").fermer()

    def tenu(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "used by another program")

    monkeypatch.setattr(Path, "read_bytes", tenu)
    with pytest.raises(PanneAttendue) as panne:
        ouvrir_poste(tmp_path / "poste", PHRASE, horloge_fixe())
    assert panne.value.code == "disque_muet"


def test_a_new_base_that_cannot_be_folded_into_its_file_is_not_moved_without_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plein(_: Base) -> None:
        raise PanneAttendue("disque_plein")

    monkeypatch.setattr(Base, "replier", plein)
    with pytest.raises(PanneAttendue):
        creer(tmp_path / "poste")
    monkeypatch.undo()
    assert not poste_existe(tmp_path / "poste")
    creer(tmp_path / "poste").fermer()


def test_an_opening_that_fails_leaves_no_file_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    creer(tmp_path).fermer()
    ouvertes: list[Base] = []

    def abimee(base: Base, _: object) -> int:
        ouvertes.append(base)
        raise BaseFermee("base_abimee")

    monkeypatch.setattr(service, "reprendre_copie", abimee)
    with pytest.raises(BaseFermee):
        ouvrir_poste(tmp_path, PHRASE, horloge_fixe())
    with pytest.raises(dbapi.ProgrammingError):
        ouvertes[0].db.execute("SELECT 1")


def test_a_creation_cut_before_its_last_step_is_finished_at_the_next_opening(tmp_path: Path) -> None:
    creer(tmp_path).fermer()
    (tmp_path / service.CHANTIER).mkdir()
    (tmp_path / engine.FICHIER).rename(tmp_path / service.CHANTIER / engine.FICHIER)
    poste = ouvrir_poste(tmp_path, PHRASE, horloge_fixe())
    assert etat_poste(poste).nom_agent == "Claire Mabille"
    poste.fermer()


def test_a_creation_cut_before_the_keys_moved_can_be_begun_again(tmp_path: Path) -> None:
    chantier = tmp_path / service.CHANTIER
    chantier.mkdir()
    (chantier / engine.FICHIER).write_bytes(b"half")
    creer(tmp_path).fermer()
    assert not chantier.exists()


@pytest.mark.parametrize("droits", [Droits(), Droits(refuse=True)], ids=["disk", "stick"])
def test_on_windows_the_folder_of_a_desk_is_for_one_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, droits: Droits
) -> None:
    """Also outside the profile, also when somebody had made it; a stick that keeps no rights takes the desk."""
    dossier = tmp_path / "poste"
    dossier.mkdir()
    with monkeypatch.context() as windows:
        sous_windows(windows, droits)
        creer(dossier).fermer()
    assert droits.de == ({} if droits.refuse else {str(dossier): (f"{COMPTE}:(OI)(CI)(F)",)})
