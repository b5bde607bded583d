"""Sentences about the visit at the desk: what is typed, and what keeps this desk from awarding."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

_PIECE = "Vérifiez le jour sur la pièce."

MESSAGES: dict[str, Message] = {
    # What is wrong with a date: codes of `passdesk.domain.saisie_date`.
    "date_incomprise": Message("Cette date n’est pas comprise.", "", "Écrivez le jour, le mois et l’année."),
    "date_incomplete": Message("La date n’est pas complète.", "", "Écrivez le jour, le mois et l’année."),
    "date_jour": Message("Le jour va de 1 à 31.", "", _PIECE),
    "date_mois": Message("Le mois va de 1 à 12.", "", "Le jour s’écrit avant le mois."),
    "date_annee": Message("L’année s’écrit avec quatre chiffres.", "", "Par exemple 1987."),
    "date_fevrier_29": Message("Cette année-là, février s’arrête au 28.", "", _PIECE),
    "date_fevrier_30": Message("Février n’a pas de 30.", "", _PIECE),
    "date_fevrier_31": Message("Février n’a pas de 31.", "", _PIECE),
    "date_avril_31": Message("Avril n’a pas de 31.", "", _PIECE),
    "date_juin_31": Message("Juin n’a pas de 31.", "", _PIECE),
    "date_septembre_31": Message("Septembre n’a pas de 31.", "", _PIECE),
    "date_novembre_31": Message("Novembre n’a pas de 31.", "", _PIECE),
    "date_future": Message("Cette date est dans le futur.", "", "Vérifiez l’année."),
    "date_trop_ancienne": Message("Cette date a plus de 120 ans.", "", "Vérifiez l’année."),
    "naissance_apres_arrivee": Message("Cette date est après l’arrivée.", "", "Vérifiez les deux dates."),
    "naissance_a_confirmer": Message("{age} : vérifiez l’année de naissance.", "", ""),
    # The other fields.
    "telephone_incomplet": Message("Il manque des chiffres.", "", "Dix en France, +32 pour la Belgique."),
    "telephone_trop_long": Message("Il y a trop de chiffres.", "", "Un numéro français en a dix."),
    "telephone_incompris": Message(
        "Ce numéro n’est pas reconnu.", "Il est gardé tel quel.", "Vérifiez-le avec la personne."
    ),
    "identite_sans_nom": Message(
        "Le nom de naissance et les prénoms ne peuvent pas rester vides.",
        "La fiche est comme avant.",
        "Écrivez-les comme sur la pièce d’identité.",
    ),
    "naissance_a_revoir": Message(
        "La date de naissance n’est pas comprise.",
        "Ce que vous avez tapé est gardé.",
        "Corrigez-la, ou effacez-la si vous ne la connaissez pas.",
    ),
    "homonyme_reserve": Message(
        "Un responsable du poste doit noter l’homonyme.", "Rien n’a changé.", "Demandez-lui d’ouvrir cette visite."
    ),
    "homonyme_sans_motif": Message("Il manque la raison.", "Rien n’a changé.", "Choisissez-la dans la liste."),
    "homonyme_a_preciser": Message("Cette raison est à préciser.", "Rien n’a changé.", "Écrivez-la en quelques mots."),
    "homonyme_absent": Message("Aucun homonyme n’est noté pour cette personne.", "Rien n’a changé."),
    "homonyme_sans_objet": Message(
        "Aucun pass n’est compté d’après les noms et la naissance.", "Il n’y a pas d’homonyme à noter."
    ),
    "derogation_reservee": Message(
        "Un responsable du poste doit accorder la dérogation.",
        "Rien n’a changé.",
        "Demandez-lui d’ouvrir cette visite.",
    ),
    "derogation_sans_raison": Message("Il manque la raison.", "Rien n’a changé.", "Écrivez-la en quelques mots."),
    "derogation_sans_objet": Message(
        "Il n’y a plus de refus à lever ici.", "Rien n’a changé.", "Lisez la réponse affichée à côté."
    ),
    "accompagnement_a_revoir": Message(
        "Il manque le jour ou le thème de l’accompagnement.", "Rien n’a changé.", "Complétez, puis enregistrez."
    ),
    "personne_absente": Message(
        "Cette fiche n’est plus au poste.", "Rien n’a changé.", "Cherchez la personne dans Personnes."
    ),
    "fusion_meme_fiche": Message(
        "C’est deux fois la même fiche.", "Rien n’a changé.", "Choisissez l’autre fiche de la personne."
    ),
    "fusion_visite_ouverte": Message(
        "Une visite ou une correction n’est pas finie sur la fiche qui disparaîtrait.",
        "Rien n’a changé.",
        "Finissez-la, ou gardez plutôt cette fiche-là.",
    ),
    "fusion_defaite": Message(
        "Ces fiches ne sont plus réunies.", "Rien n’a changé.", "Cherchez la personne dans Personnes."
    ),
    "fusion_melee": Message(
        "Une demande de l’autre fiche a été continuée le {jour}, sous la fiche gardée.",
        "Les deux fiches restent réunies, rien n’est perdu.",
        "Si ce sont deux personnes, commencez une visite pour l’autre. Un responsable y note l’homonyme.",
    ),
    "commune_inconnue": Message(
        "Cette commune n’est pas dans la liste.",
        "",
        "Tapez le début du nom, puis choisissez. Hors de France, tapez le pays, ou « autre pays ».",
    ),
    "commune_cedex": Message(
        "Un code postal CEDEX est celui d’une organisation.",
        "",
        "Demandez celui du domicile, écrit sur le justificatif.",
    ),
    "code_postal_inconnu": Message(
        "Ce code postal n’est pas dans la liste.", "", "Vérifiez-le sur le justificatif de domicile."
    ),
    "code_postal_partage": Message("Plusieurs communes ont ce code postal.", "", "Choisissez la commune, plus haut."),
    "code_postal_autre": Message("{commune} a pour code postal {postal}.", "", "Vérifiez l’un et l’autre."),
    "courriel_douteux": Message(
        "Cette adresse électronique paraît incomplète.", "Elle est gardée telle quelle.", "Relisez-la avec la personne."
    ),
    "sms_sans_mobile": Message("Un SMS n’arrive que sur un mobile.", "", "Demandez un numéro de mobile."),
    "uai_inconnu": Message(
        "Ce numéro de lycée n’existe pas.",
        "",
        "Il a sept chiffres et une lettre, sur le certificat de scolarité.",
    ),
    # Scans of proofs.
    "numerisation_absente": Message(
        "Ce fichier ne peut pas être lu.", "Rien n’a changé.", "Vérifiez qu’il est toujours là, puis recommencez."
    ),
    "numerisation_format": Message(
        "Ce fichier n’est ni une image ni un PDF.", "Rien n’a changé.", "Choisissez un JPEG, un PNG, un TIFF ou un PDF."
    ),
    "numerisation_illisible": Message(
        "Ce fichier est abîmé ou incomplet.", "Rien n’a changé.", "Numérisez le papier une nouvelle fois."
    ),
    "numerisation_protegee": Message(
        "Ce PDF est protégé par un mot de passe.", "Rien n’a changé.", "Numérisez le papier, ou prenez-le en photo."
    ),
    "numerisation_trop_longue": Message(
        "Ce fichier a plus de {maximum} pages.", "Rien n’a changé.", "Gardez seulement les pages qui prouvent le droit."
    ),
    "numerisation_trop_lourde": Message(
        "Ce fichier pèse plus de {maximum} mégaoctets.", "Rien n’a changé.", "Numérisez-le en qualité ordinaire."
    ),
    "numerisation_trop_grande": Message(
        "Cette image est trop grande pour être lue ici.", "Rien n’a changé.", "Numérisez-la à 300 points par pouce."
    ),
    # What keeps this desk from awarding although the answer is yes.
    "poste_non_enrole": Message(
        "Ce poste n’est pas encore relié à la Région.",
        "La demande peut être gardée.",
        "Ouvrez les réglages pour relier le poste.",
    ),
    "poste_retire": Message(
        "La Région a retiré ce poste : un carnet donné ici ne vaudrait rien.",
        "La demande est gardée.",
        "Appelez la Région. Si c’est une méprise, le poste se relie depuis Aujourd’hui.",
    ),
    "cle_d_un_autre_ordinateur": Message(
        "Ce carnet a été préparé sur l’ordinateur d’avant : lui seul pouvait l’imprimer.",
        "Il n’est pas sorti d’ici, et aucun pass n’est perdu.",
        "Annulez-le dans la page Carnets, puis donnez-en un autre à la personne.",
    ),
    "cle_attendue": Message(
        "Revenu d’une copie, ce poste attend sa nouvelle clé de la Région.",
        "La demande est gardée.",
        "Connectez le poste à internet, puis appuyez sur F5.",
    ),
    "campagne_absente": Message(
        "Aucune campagne n’est ouverte à ce poste.",
        "La demande est gardée.",
        "Connectez le poste à internet, puis appuyez sur F5.",
    ),
    "reserve_epuisee_5": Message(
        "Il n’y a plus de carnet de 5 au poste.",
        "La demande est gardée.",
        "Appelez la personne à la prochaine dotation.",
    ),
    "reserve_epuisee_10": Message(
        "Il n’y a plus de carnet de 10 au poste.",
        "La demande est gardée.",
        "Appelez la personne à la prochaine dotation.",
    ),
    "reserve_epuisee_lycee": Message(
        "Ce poste n’a pas assez de carnets réservés aux lycéens.",
        "La demande est gardée.",
        "Appelez la personne à la prochaine dotation.",
    ),
    "reserve_epuisee_poste": Message(
        "Il n’y a plus de carnet de {taille} au poste.",
        "La demande est gardée.",
        "Appelez la personne à la prochaine dotation.",
    ),
    "bail_depasse": Message(
        "Les carnets du poste attendent des nouvelles de la Région.",
        "La demande est gardée.",
        "Connectez le poste à internet, puis appuyez sur F5.",
    ),
    "reglement_hors_guichet": Message(
        "Ce règlement donne des pass d’une façon que ce guichet ne peut pas suivre.",
        "La demande est gardée.",
        "Appelez la Région : elle attribue ces pass elle-même.",
    ),
    "decision_changee": Message(
        "Le droit a changé entre-temps.", "Rien n’est enregistré.", "Lisez les raisons, puis recommencez."
    ),
    "visite_terminee": Message(
        "Cette visite est déjà enregistrée, avec sa réponse.", "Rien n’est fait deux fois.", "Revenez à l’accueil."
    ),
    "dossier_inacheve": Message(
        "Il reste une réponse à donner ou à corriger.", "Ce qui est tapé est gardé.", "Regardez les champs signalés."
    ),
    "carnet_inconnu": Message("Ce carnet n’est pas connu de ce poste.", "Rien n’est changé.", "Vérifiez le numéro."),
    "decision_inconnue": Message(
        "Cette réponse n’est pas connue de ce poste.", "Rien n’est changé.", "Ouvrez la fiche de la personne."
    ),
    "remise_non_annulable": Message(
        "Cette remise ne date pas d’aujourd’hui.",
        "Rien n’est changé.",
        "Si la personne rend le carnet, notez « Carnet rendu ».",
    ),
    "remise_arretee": Message(
        "La campagne s’achève : aucun carnet ne peut plus être remis.",
        "La demande est gardée.",
        "La Région dira quand la suivante commence.",
    ),
    "papier_non_ouvert": Message(
        "Cet ordinateur n’a pas pu ouvrir le fichier.",
        "Le carnet est gardé.",
        "Choisissez « Copier ailleurs… », puis ouvrez la copie.",
    ),
    "copie_impossible": Message(
        "Le fichier n’a pas pu être écrit à cet endroit.",
        "Le carnet est gardé.",
        "Choisissez un autre dossier.",
    ),
}
