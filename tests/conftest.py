"""What every test lives under: no screen needed, no thread left behind, the same hypothesis profile for all."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("rapide", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("complet", parent=settings.get_profile("rapide"), max_examples=1000)
settings.load_profile("rapide")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="montre les fenêtres pendant les tests")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # A test must not see the tester's own desk, settings or passphrase. And where nothing compiled may be kept, each
    # of the hundreds of programs that the tests start compiles all of PassDesk again.
    sys.dont_write_bytecode = False
    for variable in ("PASSDESK_PHRASE", "PYTHONDONTWRITEBYTECODE", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE"):
        os.environ.pop(variable, None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Each of several workers begins its imports with another part of the files.

    All of them read every file, in one order: in a fresh copy, each would rewrite and compile all of them at the same
    time. So each compiles its part, and finds that of the others done.
    """
    ouvrier = getattr(session.config, "workerinput", None)
    if ouvrier is None:
        return
    fichiers = sorted(fichier for lieu in session.config.args for fichier in Path(lieu).rglob("test_*.py"))
    depart = len(fichiers) * int(ouvrier["workerid"].removeprefix("gw")) // ouvrier["workercount"]
    for fichier in fichiers[depart:] + fichiers[:depart]:
        # What does not import is told by pytest, which tries again.
        with suppress(Exception):
            # Not resolved, no more than the root is: a checkout may be reached through a link.
            nom = fichier.absolute().relative_to(session.config.rootpath).with_suffix("")
            import_module(".".join(nom.parts))


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector would go over half a million objects again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each journey at the desk took beyond the data itself (`tests/ui/conftest.py`)."""
    rapports = [r for genre in ("passed", "failed") for r in terminalreporter.stats.get(genre, [])]
    comptes = [valeur for r in rapports for nom, valeur in getattr(r, "user_properties", ()) if nom == "gestes"]
    if comptes:
        titre = "gestes, de « Nouvelle personne » au carnet remis (et tabulations par-dessus ce qui reste vide)"
        terminalreporter.write_sep("-", titre)
        for journee, gestes, passages in sorted(map(tuple, comptes)):
            terminalreporter.write_line(f"{gestes:3} (+{passages:2})  {journee}")


@pytest.fixture(autouse=True, scope="session")
def modele_du_guichet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The Region and the desk that `tests.builders` copies, made before the first test when one of them may ask."""
    constructeurs = sys.modules.get("tests.builders")
    if constructeurs is None:
        yield
        return
    constructeurs.preparer_modele(tmp_path_factory.mktemp("modele"))
    yield
    constructeurs.oublier_modele()


@pytest.fixture(autouse=True, scope="module")
def programme_hors_des_tours() -> None:
    """A program that ends gives the collector all that it had left out (`passdesk.tasks`).

    Asked once in a file: the answer counts half a million objects one by one, four milliseconds for each test.
    """
    if not gc.get_freeze_count():
        pytest_collection_finish()


@pytest.fixture(autouse=True)
def aucun_fil_oublie() -> Iterator[None]:
    """Fails a test that leaves a thread running: at the desk it would hold the base open after closing."""
    avant, passage = set(threading.enumerate()), sys.getswitchinterval()
    yield
    assert sys.getswitchinterval() == passage, "the next test would hand the interpreter over at another pace"
    # A server that outlives the test takes another thread of its loop when two requests meet.
    servie = any(fil.name == "region" and fil.is_alive() for fil in avant)
    oublies = []
    for fil in set(threading.enumerate()) - avant:
        if servie and fil.name.startswith("asyncio_"):
            continue
        fil.join(timeout=2)
        if fil.is_alive():
            oublies.append(fil.name)
    assert not oublies, f"fils d’exécution encore vivants après le test : {sorted(oublies)}"
