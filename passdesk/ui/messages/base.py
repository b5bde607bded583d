"""Sentences about the desk's data: opening, saving, checking."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

_INTACT = "Rien n’a été changé."
_REVENIR = "Un responsable peut revenir à la dernière bonne sauvegarde : Réglages, Sauvegardes."
_A_LA_REGION = "Ce qui a été envoyé est à la Région, tel qu’il était."
_REFAIRE = "Un bouton refait tout à partir du journal : Réglages, Sauvegardes."
_JOURNAL = "Le journal fait foi."

MESSAGES: dict[str, Message] = {
    # Opening
    "base_absente": Message(
        "Aucun poste n’a été créé dans ce dossier, ou ses données n’y sont plus.",
        _INTACT,
        "Vérifiez le dossier, ou créez le poste.",
    ),
    "base_abimee": Message(
        "Les données de ce poste ne s’ouvrent pas : leur fichier est abîmé, ou n’est pas celui de ces clés.",
        "Tout ce qui a été envoyé à la Région y est.",
        "Ne déplacez rien sur l’ordinateur : un responsable peut revenir à la dernière bonne sauvegarde.",
    ),
    "poste_incomplet": Message(
        "Un fichier de ce poste n’est plus là, ou est abîmé : le poste ne peut pas s’ouvrir.",
        "Tout ce qui a été envoyé à la Région y est.",
        "Ne déplacez rien sur l’ordinateur : un responsable peut revenir à la dernière bonne sauvegarde.",
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
    "phrase_inconnue_attente": Message(
        "Cette phrase secrète n’ouvre pas ce poste.",
        "Les données sont intactes.",
        "Vérifiez le clavier, et attendez {secondes}\u00a0s avant de recommencer.",
    ),
    "trop_d_essais": Message(
        "Plusieurs phrases n’ont pas ouvert ce poste.",
        "Les données sont intactes.",
        "Attendez encore {secondes}\u00a0s, puis recommencez.",
    ),
    "dernier_agent": Message(
        "Cet agent est le seul qui puisse encore ouvrir ce poste.", _INTACT, "Ajoutez d’abord un autre agent."
    ),
    # Working
    "deja_ouvert": Message(
        "PassDesk est déjà ouvert sur ce poste.",
        "Rien n’a été changé ; tout ce qui est enregistré est là.",
        "Reprenez la fenêtre déjà ouverte. Vous venez de la fermer ? Attendez un instant : elle finit son travail.",
    ),
    "page_illisible": Message(
        "Une partie des données de ce poste ne se lit plus sur le disque.",
        "Le reste se lit et s’enregistre : vous pouvez continuer. Ce qui a été envoyé est à la Région.",
        "Dites-le à votre responsable : Réglages, Sauvegardes, « Vérifier maintenant ».",
    ),
    "base_occupee": Message(
        "Les données sont utilisées en ce moment par une autre fenêtre, ou par un envoi programmé.",
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
    "page_abimee": Message("Des pages du fichier ont été altérées : {nombre}.", "", _REVENIR),
    "structure_abimee": Message("La structure du fichier est abîmée. Endroits : {nombre}.", "", _REVENIR),
    "index_abime": Message("Des repères du fichier ne vont pas avec ce qu’il contient : {nombre}.", _JOURNAL, _REFAIRE),
    "pages_perdues": Message("Des pages vides du fichier sont mal comptées : {nombre}.", _JOURNAL, _REFAIRE),
    "lecture_impossible": Message("Une partie du fichier ne se laisse plus lire (étape « {etape} »).", "", _REVENIR),
    "lien_rompu": Message("Des lignes de la table « {table} » ont perdu leur lien : {nombre}.", _JOURNAL, _REFAIRE),
    "chaine_rompue": Message("L’acte {epoch}-{seq} du journal ne va pas : {raison}.", _A_LA_REGION, _REVENIR),
    "tete_differente": Message(
        "Le journal n’est pas celui que la Région a reçu : il diffère avant l’acte {epoch}-{seq}.",
        _A_LA_REGION,
        _REVENIR,
    ),
    "acquit_falsifie": Message(
        "La dernière réponse gardée de la Région ne porte pas sa signature.",
        "Les actes sont intacts.",
        "Envoyez (F5) : la Région répondra de nouveau. Si cela revient, prévenez-la.",
    ),
    "journal_tronque": Message(
        "Le journal s’arrête à l’acte {seq}, alors que la Région en a {attendu}.",
        "Les actes manquants sont à la Région.",
        _REVENIR,
    ),
    "corps_change": Message("Le contenu de l’acte {epoch}-{seq} a été changé.", "", _REVENIR),
    "corps_absent": Message("Le contenu de l’acte {epoch}-{seq} manque.", "", _REVENIR),
    "corps_reste": Message("L’acte {epoch}-{seq} garde un contenu qui devait être effacé.", _JOURNAL, _REFAIRE),
    "rejeu_impossible": Message("Les {nombre} actes du journal ne se laissent pas rejouer.", "", _REVENIR),
    "table_differente": Message(
        "La table « {table} » ne dit pas la même chose que le journal. Lignes : {nombre}.", _JOURNAL, _REFAIRE
    ),
    "numerisation_abimee": Message(
        "Des papiers numérisés ne sont plus ceux qui avaient été joints : {nombre}.",
        "Les fiches et les réponses n’en dépendent pas.",
        "Un bouton les retire, et dit de qui ils sont : Réglages, Sauvegardes.",
    ),
    "forme_differente": Message("Des repères du fichier manquent : {nombre}.", _JOURNAL, _REFAIRE),
    "scan_retire": Message(
        "Scan abîmé retiré : {piece}, {personne}.", "", "Numérisez-le de nouveau quand la personne revient."
    ),
    "recherche_differente": Message(
        "La recherche de personnes ne correspond plus aux noms enregistrés.",
        "Les noms sont intacts.",
        _REFAIRE,
    ),
    # passdesk verifier-base --reparer
    "reparation_inutile": Message("Il n’y a rien à réparer.", "", ""),
    "reparation_refaite": Message(
        "Tout est refait à partir du journal.",
        "Une sauvegarde a été gardée avant.",
        "",
    ),
    "reparation_revenue": Message(
        "Le poste est revenu à la sauvegarde « {fichier} ».",
        "Les données abîmées sont gardées un mois à côté, telles quelles.",
        "Prévenez la Région de ce que la vérification a trouvé.",
    ),
    "reparation_impossible": Message(
        "Le journal ne se laisse pas rejouer.",
        "Rien n’a été changé ; une sauvegarde a été gardée avant.",
        "Revenez à une sauvegarde plus ancienne, ou prévenez votre responsable.",
    ),
    "sauvegarde_aucune_bonne": Message(
        "Aucune bonne sauvegarde n’a été trouvée sur cet ordinateur.",
        "Rien n’a été changé. Tout ce qui a été envoyé à la Région y est.",
        "Branchez la clé où vont les copies, ou choisissez le fichier vous-même.",
    ),
}
