"""One of the other processes of a server (`etabli`), as the system starts it."""

from __future__ import annotations

import signal


def main() -> None:
    """Ctrl-C and a stop of the service reach every process: this one ends with the one that it works for, and knows it
    before the program is there, which takes a second."""
    for nom in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, nom):
            signal.signal(getattr(signal, nom), signal.SIG_IGN)
    from passdesk.server.etabli import travailler

    travailler()


if __name__ == "__main__":
    main()
