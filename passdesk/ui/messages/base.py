"""Sentences about the desk's data: opening, saving, checking."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

_INTACT = "Rien n’a été changé."
_APPELER = "N’enregistrez plus rien sur ce poste et prévenez votre responsable."

MESSAGES: dict[str, Message] = {
    # Opening
    "base_absente": Message(
        "Aucun poste n’a été créé dans ce dossier, ou ses données n’y sont plus.",
        _INTACT,
        "Vérifiez le dossier, ou créez le poste.",
    ),
    "base_abimee": Message(
        "Les données de ce poste ne s’ouvrent pas : le fichier est abîmé, ou il ne va pas avec ce fichier de clés.",
        "Rien n’y a été écrit. Tout ce qui a été envoyé à la Région y est.",
        "Gardez le dossier tel quel et prévenez votre responsable.",
    ),
    "base_plus_recente": Message(
        "Les données de ce poste ont été écrites par un PassDesk plus récent que celui-ci.",
        "Elles sont intactes.",
        "Mettez PassDesk à jour sur cet ordinateur.",
    ),
    "cles_abimees": Message(
        "Un fichier de clés de ce poste est abîmé.",
        "Les données sont intactes, mais restent fermées.",
        "Remettez une copie de ce fichier, ou prévenez votre responsable.",
    ),
    "phrase_inconnue": Message(
        "Cette phrase secrète n’ouvre pas ce poste.",
        "Les données sont intactes.",
        "Vérifiez les majuscules et la disposition du clavier, puis recommencez.",
    ),
    # Creating, agents
    "poste_deja_cree": Message(
        "Un poste existe déjà dans ce dossier.", _INTACT, "Ouvrez-le, ou choisissez un autre dossier."
    ),
    "dernier_agent": Message(
        "Cet agent est le seul qui puisse encore ouvrir ce poste.", _INTACT, "Ajoutez d’abord un autre agent."
    ),
    # Working
    "deja_ouvert": Message(
        "PassDesk est déjà ouvert sur ce poste.",
        "Rien n’a été changé ; tout ce qui est enregistré est là.",
        "Reprenez la fenêtre déjà ouverte, ou fermez-la avant de recommencer.",
    ),
    "base_occupee": Message(
        "Les données sont utilisées en ce moment par une autre fenêtre.",
        "Ce geste n’a pas été enregistré ; ce qui l’était déjà est là.",
        "Fermez l’autre fenêtre, ou recommencez dans un instant.",
    ),
    "disque_muet": Message(
        "Le disque ne répond pas, ou n’accepte pas d’écriture.",
        "Ce geste n’a pas été enregistré ; ce qui l’était déjà est là.",
        "Vérifiez le disque et vos droits sur le dossier, puis recommencez.",
    ),
    "operation_illisible": Message(
        "Un acte reçu ne se laisse pas lire.", _INTACT, "Recommencez ; si cela dure, prévenez la Région."
    ),
    # passdesk verifier-base
    "donnees_saines": Message("Les données de ce poste sont saines : {operations} actes vérifiés.", "", ""),
    "page_abimee": Message("Des pages du fichier ont été altérées : {nombre}.", "", _APPELER),
    "structure_abimee": Message("La structure du fichier est abîmée. Endroits : {nombre}.", "", _APPELER),
    "lecture_impossible": Message("Une partie du fichier ne se laisse plus lire (étape « {etape} »).", "", _APPELER),
    "lien_rompu": Message("Des lignes de la table « {table} » ont perdu leur lien : {nombre}.", "", _APPELER),
    "chaine_rompue": Message("La chaîne des actes est rompue à l’acte {seq} (époque {epoch}).", "", _APPELER),
    "journal_tronque": Message(
        "Le journal s’arrête à l’acte {seq}, alors que la Région en a {attendu}.",
        "Les actes manquants sont à la Région.",
        _APPELER,
    ),
    "corps_change": Message("Le contenu de l’acte {seq} (époque {epoch}) a été changé.", "", _APPELER),
    "corps_absent": Message("Le contenu de l’acte {seq} (époque {epoch}) manque.", "", _APPELER),
    "corps_reste": Message(
        "L’acte {seq} (époque {epoch}) garde un contenu qui devait être effacé.", "", "Prévenez votre responsable."
    ),
    "rejeu_impossible": Message("Les {nombre} actes du journal ne se laissent pas rejouer.", "", _APPELER),
    "table_differente": Message(
        "La table « {table} » ne dit pas la même chose que le journal. Lignes : {nombre}.",
        "Le journal fait foi.",
        "Prévenez votre responsable : la table peut être reconstruite.",
    ),
    "numerisation_abimee": Message(
        "Des papiers numérisés ne sont plus ceux qui avaient été joints : {nombre}.",
        "Les fiches et les réponses n’en dépendent pas.",
        _APPELER,
    ),
    "recherche_differente": Message(
        "La recherche de personnes ne correspond plus aux noms enregistrés.",
        "Les noms sont intacts.",
        "Prévenez votre responsable : la recherche peut être reconstruite.",
    ),
}
