"""All the words of *Réglages*, in one place."""

from __future__ import annotations

from datetime import date

from passdesk.services.reglages import ReglagesPoste
from passdesk.ui.aujourdhui.rangees import moment

TITRE = "Réglages"
THEME = "Thème"
THEME_AIDE = "«\u00a0Comme l’ordinateur\u00a0» suit le réglage de l’ordinateur."
MODES = {
    "automatique": "Comme l’ordinateur",
    "clair": "Clair",
    "sombre": "Sombre",
    "contraste": "Contraste fort",
}
TAILLE = "Taille du texte"
TAILLE_AIDE = "Partout\u00a0: Ctrl + agrandit, Ctrl − réduit, Ctrl 0 revient à 100\u00a0%."
APPLIQUE = "Vos choix s’appliquent tout de suite, sur ce poste."
DEPART = "Revenir aux choix de départ"
CARNETS = "Carnets imprimés"
TELEPHONE = "&Téléphone d’aide"
TELEPHONE_INDICATION = "imprimé sur les couvertures"
TELEPHONE_AIDE = "Les personnes appellent ce numéro quand elles ont une question sur leurs pass."
TELEPHONE_GARDE = "C’est gardé. Les prochains carnets porteront ce numéro."
RELIER = "Relier ce poste"
PAS_RELIE = "Ce poste n’est pas encore relié à la Région."
PAS_RELIE_SUITE = "Vous pouvez inscrire des personnes. Les carnets viendront de la Région."
POSTE = "Ce poste"
DOSSIER = "&Dossier du poste"
DOSSIER_INDICATION = "tout ce que le poste garde est là"
PROGRAMME = "Programme"


def pourcent(echelle: float) -> str:
    """ "125 %"."""
    return f"{round(echelle * 100)}\u00a0%"


def lien(reglages: ReglagesPoste, aujourdhui: date) -> tuple[str, str]:
    """The state of the link, bold, then its facts."""
    if not reglages.relie:
        return PAS_RELIE, PAS_RELIE_SUITE
    titre = f"Relié à la Région\u00a0: {reglages.nom_poste}" if reglages.nom_poste else "Relié à la Région"
    contact = moment(reglages.dernier_contact, aujourdhui) if reglages.dernier_contact else ""
    faits = (reglages.adresse, reglages.campagne, f"dernière réponse {contact}" if contact else "")
    return titre, " · ".join(fait for fait in faits if fait)
