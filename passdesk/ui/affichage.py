"""How the screen is shown to each agent of the desk: as they left it, whoever was there in between."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from passdesk.ui.preferences import Preferences, load_preferences, save_preferences
from passdesk.ui.theme import Theme


class Affichage:
    """Follows the theme and keeps each choice for who has the desk, or for the unlock page while nobody has."""

    def __init__(self, theme: Theme, dossier: Path) -> None:
        self._theme, self._dossier = theme, dossier
        self._agent_id = ""
        self._trouve = self._present()
        theme.change.connect(self._retenir)

    def confier(self, agent_id: str) -> None:
        """This agent has opened the desk. What was chosen to read the unlock page stays: it was their hand."""
        choisi = self._present()
        siennes = choisi if choisi != self._trouve else load_preferences(self._dossier, agent_id)
        self._agent_id = agent_id
        self._theme.choisir(siennes.mode, siennes.echelle, siennes.raccourcis, siennes.mouvements)
        self._retenir()

    def rendre(self) -> None:
        """The desk is locked: the next one to open it may be another."""
        self._agent_id = ""
        self._trouve = self._present()

    def _present(self) -> Preferences:
        t = self._theme
        return Preferences(t.mode, t.echelle, t.raccourcis, t.mouvements)

    def _retenir(self) -> None:
        # Before the first desk is made there is no folder; a full disk has worse to say elsewhere.
        with suppress(OSError):
            save_preferences(self._dossier, self._present(), self._agent_id)
