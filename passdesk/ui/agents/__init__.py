"""The agents of the desk, their passphrases, the recovery sheet."""

from passdesk.ui.agents.carte import CarteAgents
from passdesk.ui.agents.feuille import PageFeuille
from passdesk.ui.agents.oubli import PageOubli

__all__ = ["CarteAgents", "PageFeuille", "PageOubli"]
