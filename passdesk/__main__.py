"""The command `passdesk`, and `python -m passdesk`: the window at once, any other command by `passdesk.cli`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


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
    """Entry point of the console script."""
    fenetre = ouverture(sys.argv[1:])
    if fenetre is None:
        from passdesk.cli import main as commander

        commander()
        return
    # The parser of the commands brings them all with it, the Region's included: twice as long as the window.
    try:
        from passdesk.app import main as ouvrir

        code = ouvrir(*fenetre)
    except Exception as trouble:
        from passdesk.cli import dire
        from passdesk.cli.sortie import preparer_les_sorties

        preparer_les_sorties()
        code = dire(trouble)
    sys.exit(code)


if __name__ == "__main__":
    main()
