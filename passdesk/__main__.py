"""The command `passdesk`, and `python -m passdesk`: the window at once, any other command by `passdesk.cli`."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

_ICONE = 0x40
"""Of a box that tells something (MB_ICONINFORMATION)."""


def ouverture(arguments: Sequence[str]) -> tuple[Path | None, bool] | None:
    """The folder of the desk (None: the platform's) and whether it is a demonstration; None for any other command."""
    base_dir, demo, reste = None, False, list(arguments)
    while reste:
        option, egal, valeur = reste.pop(0).partition("=")
        if option == "--demo" and not egal and not demo:
            demo = True
        elif option == "--base-dir" and base_dir is None:
            valeur = valeur if egal else reste.pop(0) if reste else ""
            if not valeur or valeur.startswith("-"):
                return None
            base_dir = Path(valeur)
        else:
            return None
    return base_dir, demo


def main() -> None:
    """Entry point of the console script, and of the one that Windows starts without a console."""
    sys.exit(_lancer() if sys.stderr is not None else _sans_console())


def _lancer(*dits: str) -> int:
    """The exit code. `dits`: the troubles that a window has told already, and that are not told again."""
    fenetre = ouverture(sys.argv[1:])
    if fenetre is None:
        from passdesk.cli import executer
        from passdesk.cli.sortie import preparer_les_sorties

        preparer_les_sorties()
        return executer(sys.argv[1:])
    # The parser of the commands brings them all with it, the Region's included: twice as long as the window.
    try:
        from passdesk.app import main as ouvrir

        return ouvrir(*fenetre)
    except Exception as trouble:
        from passdesk.cli import dire
        from passdesk.cli.sortie import preparer_les_sorties
        from passdesk.domain.erreurs import KnownError

        if isinstance(trouble, KnownError) and trouble.code in dits:
            return trouble.exit_code
        preparer_les_sorties()
        return dire(trouble)


def _sans_console() -> int:
    """What would be printed is shown in a box of the system: without one, it would be told to nobody."""
    dites = io.StringIO()
    with redirect_stdout(dites), redirect_stderr(dites):
        code = _lancer("deja_ouvert")
    texte = dites.getvalue().strip()
    if texte:
        import ctypes

        systeme = getattr(ctypes, "windll", None)
        if systeme is not None:
            systeme.user32.MessageBoxW(None, texte, "PassDesk", _ICONE)
    return code


if __name__ == "__main__":
    main()
