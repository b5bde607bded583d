"""All the words of *Réglages*, in one place."""

from __future__ import annotations

from datetime import date

from passdesk.services.donnees import ReglagesDonnees
from passdesk.services.lieux import PositionPoste
from passdesk.services.reglages import ReglagesPoste
from passdesk.ui.aujourdhui.rangees import moment

TITRE = "Réglages"
SECTION, SECTIONS = "Section", "Sections"
AIDES = {
    "imprimante": "imprimante",
    "lieux": "lieux",
    "sauvegardes": "sauvegardes",
    "donnees": "conservation",
    "journal": "journal",
    "agents": "agents",
    "entrainement": "entrainement",
}
"""Sections that have a page of the manual of their own."""
AFFICHAGE = "Affichage"
THEME = "Thème"
MODES = {
    "automatique": "Automatique",
    "clair": "Clair",
    "sombre": "Sombre",
    "contraste": "Contraste fort",
}
THEME_AIDE = "«\u00a0Automatique\u00a0» suit le réglage de l’ordinateur."
TAILLE = "Taille du texte"
TAILLE_AIDE = "Partout\u00a0: Ctrl + agrandit, Ctrl − réduit, Ctrl 0 revient à 100\u00a0%."
CONFORT = "Confort"
RACCOURCIS = "Montrer les raccourcis clavier"
RACCOURCIS_AIDE = "À côté des boutons et des lieux. Cachés, ils marchent quand même."
MOUVEMENTS = "Réduire les mouvements"
MOUVEMENTS_AIDE = "Pas de barre qui défile pendant une attente."
APPLIQUE = "Vos choix s’appliquent tout de suite, pour vous, sur ce poste."
DEPART = "Revenir aux choix de départ"
CARNETS = "Carnets et lettres"
TELEPHONE = "&Téléphone d’aide"
TELEPHONE_INDICATION = "sur les carnets et les lettres"
TELEPHONE_AIDE = "Les personnes appellent ce numéro quand elles ont une question sur leurs pass."
TELEPHONE_GARDE = "C’est gardé. Les prochains carnets porteront ce numéro."
RECOURS = "&Adresse pour contester"
RECOURS_INDICATION = "sur les lettres de refus"
RECOURS_AIDE = "C’est là que la personne écrit à la Région pour faire revoir la réponse. La Région donne cette adresse."
RECOURS_VIDE = "Sans adresse, la lettre dit de la demander au guichet."
RECOURS_RESERVE = "Un responsable du poste peut la changer."
RECOURS_GARDE = "C’est gardé. Les prochaines lettres porteront cette adresse."
RECOURS_RETIREE = "C’est gardé. Les prochaines lettres diront de demander l’adresse au guichet."
LIEUX = "Lieux"
LIEUX_OUVRIR = "Voir les lieux"
LIEUX_AIDE = "La liste des lieux, et ceux que portent les couvertures des carnets."
POSITION = "&Position du guichet"
POSITION_INDICATION = "latitude\u00a0; longitude"
POSITION_EXEMPLE = "50,1233\u00a0; 3,9308"
POSITION_GARDEE = "C’est gardé. Les distances se comptent de là."
POSITION_OUBLIEE = "C’est gardé. Les distances ne sont plus dites."
POSITION_ABSENTE = "Une carte en ligne la donne. Ou ouvrez, dans la liste, le lieu où est le guichet."
DONNEES = "Données des personnes"
CONTACT_DONNEES = "À &qui écrire à la Région"
CONTACT_DONNEES_INDICATION = "sur la notice d’information"
CONTACT_DONNEES_AIDE = "C’est là que la personne écrit pour ses données. La Région donne ce contact."
CONTACT_DONNEES_VIDE = "Sans lui, la notice dit de s’adresser au guichet."
CONTACT_DONNEES_GARDE = "C’est gardé. Les prochaines notices porteront ce contact."
CONSERVATION = "Garder une &fiche"
CONSERVATION_INDICATION = "après le dernier contact"
CONSERVATION_GARDEE = "C’est gardé. La notice et le registre le diront."
ANCIENNES_VOIR = "Voir les fiches à effacer"
REGISTRE = "Registre des traitements"
REGISTRE_VOIR = "Voir le registre"
REGISTRE_DETAIL = "Une page pour la personne chargée de la protection des données."
REGISTRE_ENVOYE = "Le registre est parti à l’imprimante."
REGISTRE_ENREGISTRE = "Le registre est enregistré. Il ne porte le nom de personne."
JOURNAL = "Journal et chiffres"
CHIFFRES_OUVRIR = "Voir les chiffres"
CHIFFRES_AIDE = "Combien de demandes, par public, réponse, mois et commune. On n’y reconnaît personne."
JOURNAL_OUVRIR = "Ouvrir le journal"
JOURNAL_AIDE = "Qui a fait quoi à ce poste, qui a regardé quelle fiche, et quand."
RELIER = "Relier ce poste"
PAS_RELIE = "Ce poste n’est pas encore relié à la Région."
PAS_RELIE_SUITE = "Vous pouvez inscrire des personnes. Les carnets viendront de la Région."
POSTE = "Ce poste"
DOSSIER = "&Dossier du poste"
DOSSIER_INDICATION = "tout ce que le poste garde est là"
ADRESSE = "Adresse de la Région"
PROGRAMME = "Programme"
DETAILS = "Détails pour le support"
CHEMIN = "Pour joindre la Région"
PASSAGES = {"systeme": "Comme cet ordinateur", "aucun": "Directement", "adresse": "Par un proxy"}
PROXY = "Adresse du &proxy"
PROXY_INDICATION = "donnée par votre informatique"
CHEMIN_AIDES = {
    "systeme": "PassDesk suit l’ordinateur, s’il passe par un proxy. Un réglage par script (PAC) n’est pas lu\u00a0: "
    "tapez l’adresse.",
    "aucun": "PassDesk ne passe par aucun proxy, quels que soient les réglages de l’ordinateur.",
    "adresse": "Elle s’écrit comme proxy.mairie.exemple:8080, sans mot de passe.",
}
CHEMIN_RESERVE = "Un responsable du poste peut le changer."
CHEMIN_GARDE = "C’est gardé. PassDesk appelle la Région par là, dès maintenant."
LIBELLE = "Nom du guichet sur les papiers"
LIBELLE_INDICATION = "facultatif"
LIBELLE_AIDE = "Sans lui, les lettres et les récépissés portent le nom donné par la Région{nom}."
ITINERANT = "Ce guichet se déplace (bus, permanences)"
ITINERANT_AIDE = "Une fois par jour, Aujourd’hui demande où il est. Les distances et les papiers du jour partent de là."
DIAGNOSTIC = "Préparer un diagnostic"
CACHER_DETAILS = "Cacher les détails"


def position(lue: PositionPoste) -> str:
    """Where the desk stands, in words."""
    if lue.lieu is not None:
        return f"Le guichet est dans un lieu de la liste\u00a0: {lue.lieu.nom}."
    return "" if lue.position is not None else POSITION_ABSENTE


def aide_recours(reglages: ReglagesPoste) -> str:
    """What is said under the address: what it is for, who may change it."""
    mots = (RECOURS_AIDE, "" if reglages.adresse_recours else RECOURS_VIDE)
    return " ".join(mot for mot in (*mots, "" if reglages.peut_regler else RECOURS_RESERVE) if mot)


def aide_donnees(lus: ReglagesDonnees) -> str:
    """What is said under the contact: what it is for, who may change it."""
    mots = (CONTACT_DONNEES_AIDE, "" if lus.contact else CONTACT_DONNEES_VIDE)
    return " ".join(mot for mot in (*mots, "" if lus.peut_regler else RECOURS_RESERVE) if mot)


def aide_chemin(passage: str, *, permis: bool) -> str:
    """What is said under the way to the Region: what the choice does, who may make it."""
    return " ".join(mot for mot in (CHEMIN_AIDES.get(passage, ""), "" if permis else CHEMIN_RESERVE) if mot)


def pourcent(echelle: float) -> str:
    """ "125 %"."""
    return f"{round(echelle * 100)}\u00a0%"


def lien(reglages: ReglagesPoste, aujourdhui: date) -> tuple[str, str]:
    """The state of the link, bold, then its facts."""
    if not reglages.relie:
        return PAS_RELIE, PAS_RELIE_SUITE
    titre = f"Relié à la Région\u00a0: {reglages.nom_poste}" if reglages.nom_poste else "Relié à la Région"
    contact = moment(reglages.dernier_contact, aujourdhui) if reglages.dernier_contact else ""
    faits = (reglages.campagne, f"dernière réponse {contact}" if contact else "")
    return titre, " · ".join(fait for fait in faits if fait)
