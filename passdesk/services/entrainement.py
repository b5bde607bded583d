"""The practice window: another process, on a throw-away desk, that never hears of the desk of this computer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from passdesk.domain.erreurs import PanneAttendue

SECRETS = ("PASSDESK_PHRASE", "PASSDESK_NOUVELLE_PHRASE", "PASSDESK_SECOURS")
"""What the other process has no use for: a passphrase, the one to come, the key of the recovery sheet."""

SANS_CONSOLE = ("CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW")
"""How Windows starts it; other systems know neither."""


class Entrainement:
    """Starts it, one at a time. `dossier`: the desk whose text size and colours it takes (nothing else is read there).

    It lives on when this window closes, and leaves nothing behind once it is closed (`demonstration.bureau`).
    """

    def __init__(self, dossier: Path) -> None:
        self._dossier = dossier
        self._ouverte: subprocess.Popen[bytes] | None = None

    @property
    def ouverte(self) -> bool:
        """True while the window started last has not been closed."""
        return self._ouverte is not None and self._ouverte.poll() is None

    def lancer(self) -> None:
        """Starts the window, unless it is open. Raises PanneAttendue("entrainement_impossible")."""
        if self.ouverte:
            return
        try:
            self._ouverte = subprocess.Popen(  # noqa: S603 our own program
                commande(self._dossier),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environnement(os.environ),
                start_new_session=os.name == "posix",
                # In the console of this one, closing it would end both as they stand.
                creationflags=sum(getattr(subprocess, nom, 0) for nom in SANS_CONSOLE),
            )
        except OSError:
            raise PanneAttendue("entrainement_impossible") from None


def commande(dossier: Path) -> list[str]:
    """The same program, on made-up people."""
    return [sys.executable, "-m", "passdesk", "--demo", "--base-dir", str(dossier)]


def environnement(variables: Mapping[str, str]) -> dict[str, str]:
    """Those of this process, without its secrets nor the cache of its own desk (`app.ouvrir_application`)."""
    return {nom: valeur for nom, valeur in variables.items() if nom not in (*SECRETS, "XDG_CACHE_HOME")}
