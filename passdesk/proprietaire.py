"""Files for their owner alone on Windows, which does not read it in the mode that they are made with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

_DELAI_S = 30


def reserver(chemin: Path) -> None:
    """This file, or this folder and whatever is made in it, is for this account alone from now on.

    Elsewhere the mode has said it already. Raises OSError when Windows does not do it, as on a stick that keeps no
    rights; for a file, what it did is read back.
    """
    if sys.platform == "win32":
        _donner_au_compte(chemin)


def _donner_au_compte(chemin: Path) -> None:
    dossier = chemin.is_dir()
    if not dossier:
        # What the session gives by default to others than its account.
        _icacls(chemin, "/reset")
    _icacls(chemin, "/inheritance:r", "/grant:r", f"*{_compte()}:{'(OI)(CI)' if dossier else ''}F")
    if not dossier and _icacls(chemin).count(b":(") != 1:
        raise PermissionError(f"{chemin.name} is not for one account alone")


def _compte() -> str:
    """The account's own number (SID): names depend on the language and on the domain."""
    lu = re.search(rb"S-1-[0-9-]+", _demander("whoami.exe", "/user", "/fo", "csv", "/nh").rpartition(b",")[2])
    if lu is None:
        raise OSError("no account")
    return lu.group().decode()


def _icacls(chemin: Path, *quoi: str) -> bytes:
    return _demander("icacls.exe", str(chemin.absolute()), *quoi)


def _demander(outil: str, *arguments: str) -> bytes:
    """What a program of Windows answers; by its full path, and without a window of its own."""
    systeme = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
    try:
        return subprocess.run(  # noqa: S603 (Windows's own program)
            [str(systeme / outil), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_DELAI_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ).stdout
    except subprocess.SubprocessError as trouble:
        raise OSError(f"{outil}: {type(trouble).__name__}") from None
