"""The border to Windows's own programs: whose each file is, as `icacls` keeps it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

import pytest

COMPTE = "S-1-5-21-1004336348-1177238915-682003330-512"
HERITES = ("Tout le monde:(I)(F)", "AUTORITE NT\\Système:(I)(F)")


@dataclass
class Droits:
    """Who may read what. `garde`: False on a stick, which says yes and keeps nothing; `refuse`: `icacls` fails.

    `vus`: what stood in each file when it was given to its owner.
    """

    garde: bool = True
    refuse: bool = False
    de: dict[str, tuple[str, ...]] = field(default_factory=dict)
    vus: dict[str, bytes] = field(default_factory=dict)

    def lancer(self, commande: Sequence[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        """Answers as the program does, in the code page of a French computer."""
        outil, *arguments = commande
        nom = PureWindowsPath(outil.replace("/", "\\")).name
        if nom == "whoami.exe":
            return subprocess.CompletedProcess(commande, 0, f'"pc\\hélène","{COMPTE}"\r\n'.encode("cp850"))
        assert nom == "icacls.exe"
        if self.refuse:
            raise subprocess.CalledProcessError(5, list(commande))
        chemin, *quoi = arguments
        if "/grant:r" in quoi and self.garde:
            assert "/inheritance:r" in quoi
            compte, _, droit = quoi[-1].removeprefix("*").partition(":")
            self.de[chemin] = (f"{compte}:{droit.replace('F', '(F)')}",)
            self.vus[chemin] = Path(chemin).read_bytes() if Path(chemin).is_file() else b""
        dits = "\r\n".join(self.de.get(chemin, HERITES))
        return subprocess.CompletedProcess(
            commande, 0, f"{chemin} {dits}\r\n\r\n1 fichiers traités\r\n".encode("cp850")
        )


def sous_windows(monkeypatch: pytest.MonkeyPatch, droits: Droits) -> None:
    """This computer is one."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "run", droits.lancer)
