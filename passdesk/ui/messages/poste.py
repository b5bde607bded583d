"""Sentences about the desk itself, and about the paper of a carnet."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

MESSAGES: dict[str, Message] = {
    "phrase_trop_courte": Message(
        "La phrase secrète est trop courte.",
        "Rien n’est créé.",
        "Il faut au moins {minimum} caractères : quatre ou cinq mots suffisent.",
    ),
    "nom_agent_vide": Message("Il manque le nom de la personne qui tient le poste.", "", "Écrivez-le, puis validez."),
    "telephone_aide_absent": Message(
        "Il manque le numéro d’aide à imprimer sur les carnets.",
        "Le carnet est gardé, rien n’est sorti.",
        "Donnez le numéro de la Région dans Réglages.",
    ),
    "telephone_aide_refuse": Message(
        "« {saisi} » n’est pas un numéro de téléphone.", "Rien n’a changé.", "Écrivez-le avec ses chiffres."
    ),
    "adresse_recours_refusee": Message(
        "Cette adresse ne tient pas sur une lettre.",
        "Rien n’a changé.",
        "Écrivez au plus {lignes} lignes, de {signes} caractères au plus.",
    ),
    "adresse_recours_signes": Message(
        "Une lettre ne peut pas porter ces signes : {signes}", "Rien n’a changé.", "Retirez-les de l’adresse."
    ),
    "reglage_reserve": Message(
        "Un responsable du poste peut changer cette adresse.", "Rien n’a changé.", "Demandez-lui d’ouvrir les réglages."
    ),
    "reglage_absent": Message("Il n’y a rien à régler.", "Rien n’a changé.", "Donnez au moins une option (--help)."),
    "cles_appareil_absentes": Message(
        "Il manque à ce poste le fichier de ses propres clés (appareil.cles).",
        "Tout ce qui est enregistré est là.",
        "Remettez ce fichier, ou appelez la Région pour relier le poste à nouveau.",
    ),
    "relier_sans_reponse": Message(
        "La Région n’a pas répondu.",
        "Rien n’a été changé. Vous pouvez continuer à inscrire des personnes.",
        "Vérifiez l’adresse et la connexion, puis recommencez.",
    ),
    "poste_verrouille": Message("Le poste est verrouillé.", "Rien n’est perdu.", "Ouvrez-le avec votre phrase."),
    "verrou_delai": Message("Ce délai n’est pas proposé.", "Rien n’a changé.", "Choisissez-en un dans la liste."),
    "horloge_fausse": Message(
        "L’horloge de cet ordinateur s’écarte de {jours} jours de celle de la Région.",
        "Rien n’est perdu.",
        "Réglez la date de l’ordinateur avant la prochaine visite, puis appuyez sur F5.",
    ),
    "horloge_en_retard": Message(
        "Cet ordinateur se croit au {dit}, et ce poste a déjà travaillé le {vu}.",
        "Rien n’est perdu.",
        "Réglez la date de l’ordinateur avant la prochaine visite.",
    ),
    "horloge_a_regler": Message(
        "Cet ordinateur se croit au {dit}, et ce poste a déjà travaillé le {vu}.",
        "Ce qui est tapé est gardé.",
        "Réglez la date de l’ordinateur, puis le jour d’arrivée, avant de conclure.",
    ),
    "papier_a_confirmer": Message(
        "Ce carnet est déjà parti à l’imprimante.",
        "Rien ne s’imprime deux fois.",
        "Confirmez d’abord l’impression.",
    ),
    "papier_deja_confirme": Message("La réponse pour ce carnet est déjà notée.", "Rien n’a changé."),
    "papier_non_ecrit": Message(
        "Les feuilles n’ont pas pu être écrites.",
        "Le carnet est gardé, rien n’est compté.",
        "Vérifiez la place sur le disque, puis répondez « Rien n’est sorti ».",
    ),
    "feuille_inconnue": Message("Ce carnet a {feuilles} feuilles.", "", "Choisissez-en une entre 1 et {feuilles}."),
    "fournee_non_ecrite": Message(
        "Le fichier des carnets n’a pas pu être écrit.",
        "Les carnets sont gardés, rien n’est compté.",
        "Vérifiez la place sur le disque, puis répondez « Rien n’est sorti ».",
    ),
    "nom_dans_un_fichier": Message(
        "La couverture de ce carnet porte un nom, qui ne va dans aucun fichier du poste.",
        "Rien n’est sorti.",
        "Sans imprimante, imprimez ce carnet seul.",
    ),
    "carnet_non_imprimable": Message("Ce carnet ne s’imprime plus.", "Rien n’est sorti."),
    "carnet_non_imprime": Message(
        "L’impression de ce carnet est à confirmer.", "", "Confirmez-la d’abord\u00a0: qu’est-il sorti\u00a0?"
    ),
    "carnet_nul": Message(
        "Ce carnet a été annulé : ses pass ne valent plus rien.", "Rien n’est noté.", "Ne le remettez pas, déchirez-le."
    ),
    "carnet_expire": Message("Ce carnet n’est plus valable.", "Rien n’est noté.", "Ne le remettez pas."),
    "carnet_bloque": Message(
        "La Région a bloqué des pass de ce carnet : la personne en a reçu d’autres ailleurs.",
        "Rien n’est sorti, tout est gardé.",
        "Le dossier est dans « À vérifier ». Appelez la Région avant d’imprimer.",
    ),
    "remplacement_bloque": Message(
        "La Région a bloqué des pass de ce carnet : la personne en a reçu d’autres ailleurs.",
        "",
        "Le dossier est dans « À vérifier ». Appelez la Région avant d’en donner un autre.",
    ),
    "remise_trop_tot": Message(
        "La remise ne peut pas précéder la décision.", "Rien n’est noté.", "Vérifiez le jour de la remise."
    ),
    "remise_dans_le_futur": Message("La remise ne peut pas être dans le futur.", "", "Vérifiez la date."),
    "dossier_demo_occupe": Message(
        "Ce dossier contient déjà « {fichier} », qui ne vient pas d’une démonstration.",
        "Rien n’y a été touché.",
        "Choisissez un autre dossier.",
    ),
    "dossier_demo_refuse": Message(
        "« {fichier} » n’est pas un dossier.", "Rien n’est écrit.", "Donnez le nom d’un dossier, neuf ou vide."
    ),
    "region_muette": Message(
        "La Région de démonstration n’a pas démarré.",
        "Rien n’est perdu.",
        "Fermez les autres PassDesk, puis réessayez.",
    ),
    "poste_non_montre": Message(
        "Le poste s’est ouvert, mais n’a pas pu s’afficher.",
        "Ce qui était enregistré est là.",
        "Essayez de nouveau, ou fermez PassDesk.",
    ),
    "cas_inconnu": Message(
        "Ce dossier n’est plus à vérifier ici.",
        "Rien n’a été noté.",
        "Les autres dossiers sont dans la liste, s’il en reste.",
    ),
    "acte_impossible": Message(
        "Ce carnet a changé entre-temps : cet acte ne se fait plus.", "Rien n’est noté.", "Relisez son histoire."
    ),
}
