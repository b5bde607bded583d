"""A second start on the same desk: the first window comes forward while it lives; once dead, it bars nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from passdesk.domain.erreurs import PanneAttendue
from passdesk.services.poste import creer_poste, poste_existe
from passdesk.storage.verrou import FICHIER, FICHIER_APPEL, appeler, preparer_appel, repondre, tenir_seul
from passdesk.ui.messages import message
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.e2e.conftest import passdesk
from tests.e2e.processus import enfant

DEJA = message("deja_ouvert")


@pytest.fixture
def guichet(tmp_path: Path) -> Path:
    """A desk that nobody has open."""
    dossier = tmp_path / "poste"
    creer_poste(
        dossier, PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    ).fermer()
    return dossier


def octets(guichet: Path) -> dict[str, bytes]:
    """Every file of the desk but the one where the two windows speak to each other."""
    return {f.name: f.read_bytes() for f in guichet.iterdir() if f.is_file() and f.name != FICHIER_APPEL}


def test_a_second_start_brings_the_first_window_forward_and_the_first_killed_leaves_the_place(guichet: Path) -> None:
    with enfant("enfant_fenetre", guichet) as premiere:
        assert premiere.annonce()["point"] == "fenetre"
        avant = octets(guichet)
        for _ in range(2):
            with enfant("enfant_fenetre", guichet) as seconde:
                assert seconde.annonce() == {"point": "fin", "sortie": 3}, "no dialog over the window that came"
            assert premiere.annonce() == {"point": "devant", "reduite": False, "visible": True}
        assert octets(guichet) == avant
        assert (guichet / FICHIER_APPEL).stat().st_mode & 0o777 == 0o600
        premiere.tuer()
    assert (guichet / FICHIER).exists()
    with enfant("enfant_fenetre", guichet) as apres:
        assert apres.annonce()["point"] == "fenetre"


def test_where_no_window_answers_the_second_start_says_why(guichet: Path) -> None:
    avant = octets(guichet)
    with tenir_seul(guichet), enfant("enfant_fenetre", guichet) as seconde:  # a command holds the desk
        dit = seconde.annonce()
        assert (dit["point"], dit["titre"]) == ("dialogue", DEJA.quoi)
        assert dit["corps"] == f"{DEJA.sur} {DEJA.faire}"
        assert seconde.annonce() == {"point": "fin", "sortie": 3}
    assert octets(guichet) == avant | {FICHIER: b""}


def test_a_call_left_by_a_window_that_died_is_heard_by_nobody(guichet: Path) -> None:
    chemin = preparer_appel(guichet)
    chemin.write_bytes(b"appel")
    assert preparer_appel(guichet) == chemin
    assert not repondre(chemin)
    chemin.unlink()
    assert not appeler(guichet), "no window listens, and no file is made"
    assert not chemin.exists()


def test_beside_the_window_commands_read_and_do_not_touch_the_keys(guichet: Path, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text(PHRASE, encoding="utf-8")
    options = ("--base-dir", guichet, "--phrase-file", phrase)
    with enfant("enfant_fenetre", guichet) as fenetre:
        assert fenetre.annonce()["point"] == "fenetre"
        refuse = passdesk("poste", "enroler", *options, cwd=tmp_path)
        assert (refuse.returncode, refuse.stderr) == (3, f"{DEJA}\n")
        assert passdesk("verifier-base", *options, cwd=tmp_path).returncode == 0
        assert passdesk("poste", "etat", *options, cwd=tmp_path).returncode == 0


def test_no_desk_is_made_behind_a_window_that_asks_for_its_first_phrase(tmp_path: Path) -> None:
    (tmp_path / "phrase").write_text(PHRASE, encoding="utf-8")
    guichet = tmp_path / "neuf"
    commande = ("poste", "creer", "--agent", "Claire Mabille", "--base-dir", guichet, "--phrase-file", "phrase")
    with enfant("enfant_fenetre", guichet) as fenetre:
        assert fenetre.annonce()["point"] == "fenetre"
        refuse = passdesk(*commande, cwd=tmp_path)
        assert (refuse.returncode, refuse.stderr) == (3, f"{DEJA}\n")
        assert not poste_existe(guichet)
        fenetre.tuer()
    assert passdesk(*commande, cwd=tmp_path).returncode == 0


def test_the_place_is_free_after_a_refusal_and_after_the_block(tmp_path: Path) -> None:
    dossier = tmp_path / "pas encore là"
    with tenir_seul(dossier):
        for _ in range(2):
            with pytest.raises(PanneAttendue) as trouble, tenir_seul(dossier):
                pass
            assert trouble.value.code == "deja_ouvert"
    with tenir_seul(dossier):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    with pytest.raises(PanneAttendue) as trouble, tenir_seul(tmp_path / "fichier" / "poste"):
        pass
    assert trouble.value.code == "disque_muet"
