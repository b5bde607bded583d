"""What opens PassDesk on Windows: a shortcut on the desktop, made by the system itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from annonces import etape, suite
from preparation import programme

_POSER = """
$ErrorActionPreference = 'Stop'
$lien = Join-Path ([Environment]::GetFolderPath('Desktop')) 'PassDesk.lnk'
$raccourci = (New-Object -ComObject WScript.Shell).CreateShortcut($lien)
$raccourci.TargetPath = $env:PASSDESK_CIBLE
$raccourci.WorkingDirectory = $env:USERPROFILE
$raccourci.Description = 'PassDesk'
$raccourci.Save()
"""


def poser_le_raccourci(venv: Path) -> None:
    """Leaves « PassDesk » on the desktop of Windows: it opens the desk without a console. Says so, or what to open."""
    cible = programme(venv, "passdesk-fenetre")
    systeme = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "WindowsPowerShell" / "v1.0"
    commande: list[str | Path] = [systeme / "powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _POSER]
    try:
        # The path goes beside the command, never in it: an apostrophe in a name would end it there.
        subprocess.run(commande, env={**os.environ, "PASSDESK_CIBLE": str(cible)}, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        suite(f"Le raccourci « PassDesk » n’a pas pu être posé sur le bureau ; ce programme ouvre le poste : {cible}")
        return
    etape("Le raccourci « PassDesk » est sur le bureau : il ouvre le poste.")
