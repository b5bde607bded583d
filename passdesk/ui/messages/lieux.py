"""Sentences about the places of mediation: a list that cannot be read, a row of it, a choice."""

from __future__ import annotations

from collections.abc import Mapping

from passdesk.ui.messages.modele import Message

MESSAGES: dict[str, Message] = {
    "lieux_liste_inconnue": Message(
        "« {fichier} » n’est pas une liste de lieux connue.",
        "La liste du poste n’a pas changé.",
        "Donnez un fichier au format LaMednum, ou la liste des France Services.",
    ),
    "lieu_inconnu": Message("Ce lieu n’est plus dans la liste.", "Rien n’a changé.", "Choisissez un autre lieu."),
    "endroit_inconnu": Message(
        "Cet endroit n’est pas dans la liste.", "Rien n’a changé.", "Choisissez une commune, ou un lieu de la liste."
    ),
    "poste_fixe": Message(
        "Ce poste ne se déplace pas.", "Rien n’a changé.", "Dites d’abord qu’il est itinérant (--itinerant oui)."
    ),
    "libelle_signes": Message(
        "Ces signes ne s’impriment pas : {signes}.", "Le nom d’avant reste.", "Écrivez-le autrement."
    ),
    "lieu_sans_point": Message(
        "La position de « {nom} » n’est pas connue.", "Rien n’a changé.", "Donnez la latitude et la longitude."
    ),
    "position_incomprise": Message(
        "« {saisi} » n’est pas une position de France métropolitaine.",
        "Rien n’a changé.",
        "Donnez la latitude puis la longitude, comme 50,1233 ;\u00a03,9308.",
    ),
    # Mended
    "lieu_code_postal_repare": Message("Le code postal n’est pas celui de la commune : il est corrigé."),
    "lieu_adresse_reparee": Message("La commune était écrite dans la rue : elle en est retirée."),
    "lieu_position_inversee": Message("La latitude et la longitude étaient échangées : elles sont remises en place."),
    "lieu_horaires_repares": Message("Des horaires se répètent ou se chevauchent : ils sont réunis."),
    "lieu_lettres_reparees": Message("Des lettres accentuées étaient abîmées : elles sont réparées."),
    # To look at
    "lieu_code_postal_douteux": Message("Ce code postal n’est pas celui de la commune : à vérifier."),
    "lieu_position_illisible": Message("La position n’est pas lisible : la distance ne sera pas dite."),
    "lieu_position_hors_france": Message("La position est hors de France métropolitaine : elle n’est pas reprise."),
    "lieu_sans_position": Message("Il manque la position : la distance ne sera pas dite."),
    "lieu_sans_adresse": Message("Il manque la rue."),
    "lieu_sans_telephone": Message("Il manque le téléphone."),
    "lieu_sans_public": Message("Ce lieu ne reçoit personne : il ne sera pas proposé."),
    "lieu_horaires_illisibles": Message("Les horaires ne sont pas lisibles : ils seront demandés au téléphone."),
    "lieu_horaires_changeants": Message(
        "Les horaires changent selon la saison ou la semaine : ils seront demandés au téléphone."
    ),
    "lieu_valeur_inconnue": Message("Une valeur de cette case n’est pas connue : elle est laissée."),
    # Refused
    "lieu_sans_nom": Message("Il manque le nom du lieu."),
    "lieu_sans_identifiant": Message("Il manque l’identifiant du lieu."),
    "lieu_introuvable": Message("Ni commune ni position : personne ne pourrait trouver ce lieu."),
    "lieu_en_double": Message("Le même identifiant est déjà plus haut dans le fichier."),
}

VERDICTS: Mapping[str, str] = {"lu": "Lu", "repare": "Réparé", "refuse": "Refusé"}
"""What became of a row, in a word."""
