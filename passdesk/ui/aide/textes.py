"""The words around the manual, and those of the practice window."""

from __future__ import annotations

from passdesk.domain.francais import typographie as t

TITRE = "Aide"
CHERCHER = "Chercher dans l’aide"
SOMMAIRE = "Pages de l’aide"
REVENIR = "Revenir à mon travail"
PRECEDENTE = "Page d’avant"
VERS_SOMMAIRE = "Sommaire"
IMPRIMER = "Imprimer…"
LUE = "Page de l’aide"
RIEN_SUITE = "Essayez un autre mot, ou moins de lettres. Échap rend le sommaire."

PAPIER_TITRE = "Imprimer l’aide"
PAPIER_DETAIL = "Elle ne porte le nom de personne."
QUOI = t("Que faut-il imprimer ?")
TOUT = "Tout le manuel"
IMPRIMEE = "L’aide est partie à l’imprimante."
ENREGISTREE = "L’aide est enregistrée."
FICHIER = "aide-passdesk.pdf"

ENTRAINEMENT = "S’entraîner"
ENTRAINEMENT_D_ABORD = "S’entraîner d’abord, avec des personnes inventées"
ENTRAINEMENT_LONG = "Une autre fenêtre s’ouvre, avec des personnes inventées et des carnets sans valeur."
ENTRAINEMENT_SUR = "Ce poste n’y change en rien. Pour revenir, fermez cette autre fenêtre."
ENTRAINEMENT_OUVERT = t("La fenêtre d’entraînement s’ouvre : il lui faut une demi-minute. Ici, rien ne change.")
ENTRAINEMENT_ATTENTE = "Préparation de l’entraînement…"
ENTRAINEMENT_DEJA = t("La fenêtre d’entraînement est déjà ouverte. Elle est peut-être derrière celle-ci.")
BANDE = t("Entraînement : personnes inventées, rien n’est envoyé à la Région")
TITRE_ENTRAINEMENT = t("PassDesk, entraînement sans valeur")


def resultats(nombre: int) -> str:
    """How many pages hold the words."""
    return "1\u00a0page" if nombre == 1 else f"{nombre}\u00a0pages"


def rien(cherche: str) -> str:
    """No page holds them."""
    return f"Rien dans l’aide pour «\u00a0{cherche}\u00a0»"


def cette_page(titre: str) -> str:
    """The first of the two choices of what to print."""
    return f"Cette page, «\u00a0{titre}\u00a0»"


def affichee(titre: str) -> str:
    """What is announced when another page is shown."""
    return f"{LUE}\u00a0: {titre}"
