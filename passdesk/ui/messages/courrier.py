"""Sentences about couriers: acts handed over on a stick, and the answer brought back."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

_INTACT = "Rien n’a été changé."

MESSAGES: dict[str, Message] = {
    "courrier_prepare": Message(
        "Le fichier est prêt. Actes qu’il porte : {actes}.",
        "La Région seule peut l’ouvrir ; les actes restent aussi sur ce poste.",
        "Portez-le à la Région, et rapportez sa réponse.",
    ),
    "courrier_lu": Message(
        "La réponse est lue. Actes que la Région a reçus : {actes}.", "Nouvelles d’elle : {recues}.", ""
    ),
    "courrier_non_lu": Message(
        "Ce fichier ne se lit pas : la clé ou le disque ne répond pas.", _INTACT, "Rebranchez la clé, puis recommencez."
    ),
    "courrier_suite": Message("Actes qui restent, pour un autre fichier : {restent}.", "Rien n’est perdu.", ""),
    "courrier_existe": Message(
        "« {fichier} » existe déjà.", "Il n’a pas été touché.", "Donnez un autre nom, ou rangez l’ancien."
    ),
    "courrier_dossier_absent": Message("Ce dossier n’est pas là.", _INTACT, "Branchez la clé, ou prenez-en un autre."),
    "courrier_illisible": Message(
        "Ce fichier ne s’ouvre pas ici : il est abîmé, ou destiné à un autre.",
        _INTACT,
        "Reprenez le fichier d’origine, ou préparez-en un autre.",
    ),
    "courrier_aller": Message(
        "Ce fichier est celui que ce poste envoie, pas une réponse.", _INTACT, "Choisissez le fichier « .reponse »."
    ),
    "courrier_reponse": Message(
        "Ce fichier est une réponse de la Région, pas un envoi.", _INTACT, "Choisissez le fichier « .courrier »."
    ),
    "courrier_recent": Message(
        "Ce fichier vient d’un PassDesk plus récent que celui-ci.", _INTACT, "Mettez PassDesk à jour."
    ),
    "courrier_non_attendu": Message(
        "Aucune réponse n’est attendue : le poste a échangé par le réseau depuis, ou n’a rien préparé.",
        "Ce qui était envoyé est à la Région.",
        "Préparez un autre fichier s’il reste des actes à envoyer.",
    ),
    "courrier_autre": Message(
        "Cette réponse n’est pas celle du dernier fichier préparé.",
        _INTACT,
        "Rapportez la bonne, ou préparez un autre fichier.",
    ),
    "courrier_inconnu": Message(
        "Ce fichier vient d’un poste que cette Région ne connaît pas.", _INTACT, "Vérifiez de quelle Région il est."
    ),
    "courrier_recu": Message(
        "Courrier de « {poste} ». Actes reçus : {actes}.",
        "La réponse est dans « {fichier} ».",
        "Rendez-la à qui a porté le courrier.",
    ),
    "courrier_deja_recu": Message(
        "Ce courrier de « {poste} » n’apporte rien de nouveau.",
        "Rien n’a compté deux fois.",
        "La première réponse est perdue ? Rapportez « {fichier} ».",
    ),
    "courrier_refuse": Message("Le courrier de « {poste} » n’est pas accepté en entier. {cause}", "", ""),
}
