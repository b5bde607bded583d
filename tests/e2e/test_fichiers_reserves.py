"""Every file that the real program makes, log and settings too, is for its owner alone."""

from __future__ import annotations

import os
from pathlib import Path

from passdesk.services.poste import creer_poste
from tests.builders import PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.e2e.conftest import passdesk
from tests.e2e.processus import enfant


def _ouverts(dossier: Path) -> list[tuple[str, str]]:
    """What others than the owner may read or pass through."""
    tous = [dossier, *dossier.rglob("*")]
    return [(str(f), oct(f.stat().st_mode)) for f in tous if os.name == "posix" and f.stat().st_mode & 0o077]


def test_what_the_window_makes(tmp_path: Path) -> None:
    guichet = tmp_path / "poste"
    creer_poste(guichet, PHRASE, "Claire", horloge_fixe(), cout_phrase=PHRASE_LEGERE).fermer()
    assert _ouverts(guichet) == []
    with enfant("enfant_fenetre", guichet) as fenetre:
        assert fenetre.annonce()["point"] == "fenetre"
    assert {"journal.log", "poste.db", "poste.verrou"} <= {f.name for f in guichet.iterdir()}
    assert _ouverts(guichet) == []


def test_what_the_commands_make(tmp_path: Path) -> None:
    dossier, copie = tmp_path / "poste", tmp_path / "copie.sauvegarde"
    for commande in (("poste", "creer", "--agent", "Claire"), ("sauvegarder", copie), ("verifier-base", "--reparer")):
        assert passdesk(*commande, "--base-dir", dossier, cwd=tmp_path, PASSDESK_PHRASE=PHRASE).returncode == 0
    assert {"poste.db", "poste.cles", "actes.copie"} <= {f.name for f in dossier.iterdir()}
    assert _ouverts(dossier) == [] and _ouverts(copie) == []
