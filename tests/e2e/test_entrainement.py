"""The practice window, started as from the window: it lives in a folder of its own, and leaves nothing anywhere."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from passdesk.demonstration.bureau import PREFIXE, Demonstration
from passdesk.domain.erreurs import PanneAttendue
from passdesk.services import entrainement
from passdesk.services.diagnostic import JOURNAL
from passdesk.services.entrainement import Entrainement, environnement
from passdesk.services.poste import creer_poste
from passdesk.ui.preferences import Preferences, load_preferences, save_preferences
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe

PATIENCE = 240.0
PAS = 0.2
AFFICHAGE = Preferences("contraste", 1.5, False, False)


@pytest.fixture
def guichet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk that is somebody's own, on a computer whose user has these folders."""
    dossier = tmp_path / "poste"
    creer_poste(
        dossier, PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    ).fermer()
    save_preferences(dossier, AFFICHAGE)
    for nom in ("temporaires", "maison"):
        (tmp_path / nom).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporaires"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for nom in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(nom, str(tmp_path / "maison"))
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    return dossier


def etat(dossier: Path) -> dict[str, tuple[bytes, int]]:
    """Every file: what is in it, and when it was written."""
    return {str(f.relative_to(dossier)): (f.read_bytes(), f.stat().st_mtime_ns) for f in dossier.rglob("*")
            if f.is_file()}  # fmt: skip


def ouverte(temporaires: Path) -> Path | None:
    """The folder of the window, once its desk is open."""
    for journal in temporaires.glob(f"*/{JOURNAL}"):
        if "desk open" in journal.read_text(encoding="utf-8"):
            return journal.parent
    return None


def test_it_opens_beside_the_desk_and_leaves_nothing(guichet: Path, tmp_path: Path) -> None:
    avant, temporaires = etat(guichet), tmp_path / "temporaires"
    essai = Entrainement(guichet)
    assert not essai.ouverte
    essai.lancer()
    processus = essai._ouverte
    assert processus is not None
    try:
        fin = time.monotonic() + PATIENCE
        while ouverte(temporaires) is None:
            assert time.monotonic() < fin and essai.ouverte
            try:
                processus.wait(PAS)
            except subprocess.TimeoutExpired:
                continue
        essai.lancer()
        assert essai._ouverte is processus, "one at a time"
        (dossier,) = temporaires.iterdir()
        assert load_preferences(dossier) == AFFICHAGE, "it is read as the desk is"
        processus.terminate()
        assert processus.wait(60) == 0
    finally:
        if processus.poll() is None:
            processus.kill()
            processus.wait()
    assert list(temporaires.iterdir()) == []
    assert [f for f in (tmp_path / "maison").rglob("*") if f.is_file()] == []
    assert etat(guichet) == avant
    assert not essai.ouverte


TENIR = """
import sys
from passdesk.demonstration.bureau import Demonstration
from tests.builders import horloge_fixe
with Demonstration(horloge_fixe()) as essai:
    (essai.dossier / "poste").mkdir()
    (essai.dossier / "poste" / "poste.db").write_bytes(bytes(9))
    print(essai.dossier, flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_window_left_goes_at_the_next_start(guichet: Path, tmp_path: Path) -> None:
    del guichet
    temporaires = tmp_path / "temporaires"
    fenetres = [
        subprocess.Popen([sys.executable, "-c", TENIR], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        dossiers = [Path(fenetre.stdout.readline().strip()) for fenetre in fenetres if fenetre.stdout]
        fenetres[0].kill()
        fenetres[0].wait()
        en_train = temporaires / f"{PREFIXE}en-train"
        en_train.mkdir()
        (temporaires / "autre-chose").mkdir()
        with Demonstration(horloge_fixe()) as essai:
            restent = {essai.dossier, dossiers[1], en_train, temporaires / "autre-chose"}
            assert set(temporaires.iterdir()) == restent
            assert (dossiers[1] / "poste" / "poste.db").exists(), "one that is open keeps all of it"
    finally:
        for fenetre in fenetres:
            fenetre.communicate("")
    assert fenetres[1].returncode == 0
    assert set(temporaires.iterdir()) == {en_train, temporaires / "autre-chose"}


def test_it_gets_no_secret_of_this_desk(guichet: Path) -> None:
    secrets = dict.fromkeys(("PASSDESK_PHRASE", "PASSDESK_NOUVELLE_PHRASE", "PASSDESK_SECOURS"), PHRASE)
    assert environnement({**secrets, "HOME": "x"}) == {"HOME": "x"}
    assert environnement({"HOME": "x", "XDG_CACHE_HOME": str(guichet)}) == {"HOME": "x"}


def test_what_keeps_it_from_opening_is_said(guichet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrainement, "commande", lambda _: [str(guichet / "absent")])
    with pytest.raises(PanneAttendue, match="entrainement_impossible"):
        Entrainement(guichet).lancer()


def test_on_windows_it_does_not_live_in_the_console_of_this_one(guichet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing that black window ends all that lives in it, as it stands."""
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    lances: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *_, creationflags, **__: lances.append(creationflags))
    Entrainement(guichet).lancer()
    assert lances == [0x08000200]
