"""The suite itself notices a forgotten thread."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

OUBLI = """
import threading

_fin = threading.Event()

def test_oublie():
    threading.Thread(target=_fin.wait, name="oublie", daemon=True).start()
"""


def test_a_thread_left_running_fails_its_test(pytester: pytest.Pytester, request: pytest.FixtureRequest) -> None:
    pytester.makeconftest((request.config.rootpath / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(OUBLI)
    resultat = pytester.runpytest_subprocess("-p", "no:pytest-qt", "-p", "no:randomly")
    resultat.assert_outcomes(passed=1, errors=1)
    resultat.stdout.fnmatch_lines(["*encore vivants*oublie*"])
