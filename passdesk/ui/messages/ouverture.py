"""What is said before the desk is open, and of passphrases."""

from __future__ import annotations

from passdesk.domain.francais import typographie as t

PHRASE_NOUVELLE = "Votre phrase secrète"
PHRASE_ENCORE = "La même phrase, encore une fois"
PHRASE_INDICATION = "quatre ou cinq mots sans lien entre eux"
MONTRER = "Montrer la phrase"
PHRASES_DIFFERENTES = "Les deux phrases ne sont pas les mêmes. Retapez celle-ci."
FORCE_VIDE = "Sa solidité se lit ici pendant que vous tapez."
FORCES = {
    "courte": t("Encore trop courte : ajoutez des mots."),
    "facile": t("Facile à deviner : ajoutez des mots sans lien."),
    "fragile": t("Un peu fragile : un mot de plus la rendrait bonne."),
    "bonne": "Bonne phrase.",
    "forte": "Très bonne phrase.",
}
REFUS_PHRASE = {
    "courte": "Il faut au moins {minimum} signes. Ajoutez un mot.",
    "facile": "Cette phrase se devine en quelques jours. Ajoutez un ou deux mots.",
}
AVERTISSEMENT = (
    "Personne ne peut retrouver cette phrase pour vous.",
    t("Sans elle ni la feuille de secours de l’étape suivante, tous les dossiers sont perdus."),
)

PREMIERE_ETAPE, DEUXIEME_ETAPE = t("Créer ce poste : étape 1 sur 4"), t("Étape 2 sur 4 : la phrase secrète")
PREMIERE_AIDE = "Tout ce que vous inscrirez sera chiffré sur cet ordinateur."
NOM_POSTE = t("Où est ce guichet ?")
NOM_POSTE_INDICATION = t("par exemple : France Services de Maubeuge")
NOM_AGENT = "Votre prénom et votre nom"
NOM_AGENT_MANQUE = t("Écrivez votre nom : il sera gardé avec vos actes.")
NOM_POSTE_MANQUE = t("Écrivez où est ce guichet : c’est ce que diront ses papiers.")
CONTINUER, CREER, REVENIR = "Continuer", "Créer le poste", "Revenir à l’étape 1"
REPRENDRE = "Reprendre un poste depuis une sauvegarde"
CREATION = "Création du poste…"
OUVRIR_TITRE = "Ouvrir le poste"
OUVRIR_AIDE = "Tapez votre phrase secrète. Vos dossiers sont là, chiffrés sur cet ordinateur."
VERROUILLE_TITRE = "Poste verrouillé"
VERROUILLE_AIDE = t("Tout revient tel quel, avec votre phrase ou celle d’un collègue qui prend la suite.")
OUVERTURE = "Ouverture du poste…"
OUVRIR = "Ouvrir"
OUVRIR_ENCORE = "Essayer de nouveau"
QUITTER = "Fermer PassDesk"
OUBLIEE = "Phrase oubliée"
REVENIR_SAUVEGARDE = "Revenir à une sauvegarde"
PHRASE = "Phrase secrète"


def attendre(secondes: int) -> str:
    """On the button, while the next try waits."""
    return f"Attendez {secondes}\u00a0seconde{'s' if secondes > 1 else ''}"
