"""Sentences that any part of the program may need: files, formats, disk, wrong use of the command."""

from __future__ import annotations

from collections.abc import Mapping

from passdesk.ui.messages.modele import Message

RIEN = "Rien n’a été changé."

RAISONS: Mapping[str, str] = {
    "suite": "un acte manque avant lui",
    "chaine": "il ne suit pas celui d’avant, comme un acte déplacé ou ajouté",
    "hash": "il a été changé",
    "epoque": "il vient d’une autre reprise du poste",
    "texte": "un texte est attendu",
    "texte_vide": "le texte est vide",
    "entier": "un nombre entier est attendu",
    "entier_positif": "un nombre entier, zéro ou plus, est attendu",
    "booleen": "true ou false est attendu",
    "date": "une date AAAA-MM-JJ est attendue",
    "date_impossible": "ce jour n’existe pas",
    "annee_impossible": "cette année est hors du possible",
    "date_iso_ou_francaise": "une date est attendue, comme « 2022-03-01 » ou « 01/03/2022 »",
    "oui_ou_non": "oui ou non est attendu",
    "piece_absente": "ce jour est donné sans la pièce",
    "cellules_en_trop": "il y a plus de cellules que de colonnes",
    "liste": "une liste est attendue",
    "objet": "un objet { } est attendu",
    "table": "une table est attendue",
    "cinq_ou_dix": "5 ou 10 est attendu",
    "commune": "un numéro INSEE à 5 caractères est attendu",
    "avant_arrivee": "ce jour précède l’arrivée de la demande",
    "hors_liste": "cette valeur n’est pas dans la liste connue",
    "cle_inconnue": "ce nom n’est pas connu",
    "cle_absente": "ce nom manque",
    "double": "cette valeur est donnée deux fois",
    "source_absente": "il faut « source » ou « a_confirmer = true »",
    "bornes": "la borne basse dépasse la borne haute",
    "version": "ce format est plus récent que le programme",
    "quantite": "ce nombre ne se donne pas en carnets, ou dépasse le plafond",
    "zero": "un nombre au-dessus de zéro est attendu",
    "entier_trop_grand": "ce nombre est trop grand",
    "departement": "un département est attendu, comme « 59 » ou « 2A »",
    "uai": "ce numéro d’établissement (UAI) n’existe pas ; vérifiez sa lettre",
    "perimetre_vide": "ce périmètre n’a ni commune ni département",
    "motif_de_cinq": "ce motif parle d’un carnet de 5, le nombre est autre",
    "au_dela_du_plafond": "ce nombre dépasse le plafond",
    "pas_en_carnets": "ce nombre ne se donne pas en carnets entiers",
    "avant_adoption": "le texte s’appliquerait avant d’être adopté",
    "age_sans_naissance": "un âge est exigé, mais la naissance n’est pas demandée",
    "motif_de_carnet": "ce motif parle d’un carnet, les pass se donnent à l’unité",
    "pas_de_second": "un délai est écrit, mais le premier carnet épuise le plafond",
    "foyer_sous_personne": "le plafond du foyer est sous celui d’une personne",
    "public_ferme_servi": "ce public est fermé, et pourtant décrit comme servi",
    "reserve_au_dela": "la réserve dépasse ce dont elle fait partie",
    "hors_departements": "une commune ou un département est hors des départements permis",
    "non_derogeable": "ce refus ne peut pas être levé",
    "validite_passee": "les pass finiraient avant que le texte s’applique",
    "syntaxe": "l’écriture n’est pas celle d’un fichier TOML",
    "encodage": "le texte n’est pas en UTF-8",
    "marque_bom": "le fichier commence par une marque (BOM) ; enregistrez-le en UTF-8 sans elle",
    "caractere_nul": "un caractère nul s’y trouve",
    "trop_long": "le fichier est trop long pour un règlement",
    "trop_profond": "trop de listes ou de tables sont emboîtées",
    "nombre_demesure": "un nombre est démesuré",
}
"""What is wrong with a value, for the fact `raison` of any sentence."""

STOCKS: Mapping[str, str] = {"general": "stock général", "lycee": "réserve des lycéens"}
"""The two stocks of a campaign: people read their names, options and JSON have their codes."""

EN_MOTS: Mapping[str, Mapping[str, str]] = {"raison": RAISONS, "pot": STOCKS}
"""Facts that are codes, and what each code says; another value stands as it is."""

MESSAGES: dict[str, Message] = {
    "entrainement_impossible": Message(
        "La fenêtre d’entraînement ne s’ouvre pas.",
        "Ce poste n’a pas changé.",
        "Fermez d’autres programmes, puis recommencez.",
    ),
    # Files
    "fichier_introuvable": Message(
        "Le fichier « {fichier} » est introuvable.", RIEN, "Vérifiez son nom et son dossier."
    ),
    "fichier_est_dossier": Message("« {fichier} » est un dossier, pas un fichier.", RIEN, "Indiquez un fichier."),
    "fichier_protege": Message(
        "« {fichier} » ne peut pas être ouvert : l’accès est protégé.", RIEN, "Vérifiez vos droits."
    ),
    "fichier_non_lu": Message("Le fichier « {fichier} » ne se laisse pas lire.", RIEN, "Essayez une autre copie."),
    "fichier_vide": Message("Le fichier « {fichier} » est vide.", RIEN, "Vérifiez que c’est le bon fichier."),
    "fichier_demesure": Message(
        "« {fichier} » est beaucoup trop gros : {maximum} Mo au plus.", RIEN, "Vérifiez que c’est le bon fichier."
    ),
    "encodage_inattendu": Message(
        "Le fichier « {fichier} » n’est pas du texte UTF-8 (octet {octet}).", RIEN, "Enregistrez-le en UTF-8."
    ),
    "disque_plein": Message(
        "Le disque est plein.", "Ce qui était enregistré est là.", "Libérez de la place, puis recommencez."
    ),
    "ecriture_impossible": Message(
        "« {fichier} » ne peut pas être écrit.", "Ce qui était enregistré est là.", "Vérifiez le dossier et vos droits."
    ),
    # Dossiers (passdesk regles evaluer)
    "json_illisible": Message(
        "« {fichier} » n’est pas du JSON lisible, ligne {ligne}, colonne {colonne}.", RIEN, "Corrigez cet endroit."
    ),
    "json_trop_profond": Message("« {fichier} » emboîte trop de listes ou d’objets.", RIEN, "Vérifiez le fichier."),
    "json_nombre": Message(
        "« {fichier} » contient un nombre qui n’en est pas un : {valeur}.", RIEN, "Corrigez ce nombre."
    ),
    "json_cle_double": Message("« {cle} » est écrit deux fois dans le même objet.", RIEN, "Gardez-en un seul."),
    "dossier_mal_forme": Message("{ou} : un objet {{ }} est attendu.", RIEN, "Corrigez le fichier."),
    "cles_inconnues": Message("{ou} : nom inconnu : {cles}.", RIEN, "Retirez-le ou corrigez-le."),
    "cles_mal_ecrites": Message("{ou} : nom inconnu : {inconnues} ; il manque {absentes}.", RIEN, "Corrigez ces noms."),
    "cles_absentes": Message("{ou} : il manque {cles}.", RIEN, "Ajoutez ce qui manque."),
    "valeur_inattendue": Message("{ou}, « {cle} » : {raison}.", RIEN, "Corrigez cette valeur."),
    # Règlements
    "reglement_illisible": Message(
        "Le règlement « {nom} » n’est pas utilisable, ligne {ligne}. « {detail} » : {raison}.",
        RIEN,
        "Corrigez le fichier.",
    ),
    "reglement_contradictoire": Message(
        "Le règlement « {nom} » se contredit, lignes {ligne} et {ligne2}. « {detail} » et « {detail2} » : {raison}.",
        RIEN,
        "Corrigez l’une des deux lignes.",
    ),
    "reglement_donne_deux_fois": Message("Le règlement {reglement} est donné deux fois.", RIEN, "Gardez-en un seul."),
    # Table of cases (passdesk regles simuler)
    "colonnes_refusees": Message(
        "Les colonnes de « {fichier} » ne conviennent pas. {inconnues}{absentes}{doubles}",
        RIEN,
        "Corrigez la 1re ligne.",
    ),
    "cas_illisible": Message("Ligne {ligne}, colonne « {colonne} » : {raison}."),
    "cas_illisibles_autres": Message("Et {nombre} autres lignes illisibles."),
    "simulation_avance": Message("{lignes} lignes jugées…"),
    "sortie_est_entree": Message("« {fichier} » est un des fichiers à lire.", RIEN, "Donnez un autre nom avec --out."),
    "reglement_absent": Message("Aucun règlement n’est installé.", RIEN, "Réinstallez PassDesk."),
    "communes_illisibles": Message(
        "La liste des communes n’est pas lisible, ligne {ligne}.", RIEN, "Réinstallez PassDesk."
    ),
    # Secrets
    "phrase_absente": Message(
        "La phrase secrète n’a pas été donnée.", RIEN, "Utilisez --phrase-file, ou la variable PASSDESK_PHRASE."
    ),
    "phrase_vide": Message("La phrase secrète est vide.", RIEN, "Tapez votre phrase secrète."),
    "phrases_differentes": Message("Les deux phrases secrètes sont différentes.", RIEN, "Recommencez."),
    # Wrong use of the command
    "usage_option_inconnue": Message("Option inconnue : « {option} ».", faire="{proches}Voir l’aide : {aide}"),
    "usage_commande_inconnue": Message("Commande inconnue : « {commande} ».", faire="{proches}Voir l’aide : {aide}"),
    "usage_commande_absente": Message("Il manque le nom d’une commande.", faire="Voir l’aide : {aide}"),
    "usage_argument_absent": Message("Il manque {nom}.", faire="Voir l’aide : {aide}"),
    "usage_argument_en_trop": Message("Argument en trop : {valeur}.", faire="Voir l’aide : {aide}"),
    "usage_valeur_absente": Message("Il manque une valeur après « {option} ».", faire="Voir l’aide : {aide}"),
    "usage_valeur_en_trop": Message("« {option} » ne prend pas de valeur.", faire="Voir l’aide : {aide}"),
    "usage_valeur_refusee": Message("Valeur refusée pour {nom}.", faire="{attendu}Voir l’aide : {aide}"),
    "usage_mal_placee": Message("« {option} » se place après la commande.", faire="Voir l’aide : {aide}"),
    "usage_incompris": Message("La commande n’est pas comprise.", faire="Voir l’aide : {aide}"),
    # The rest
    "interruption": Message("Arrêté à votre demande.", "Ce qui était enregistré est là."),
    "copie_sans_base": Message(
        "Il n’y a rien à copier.", "Rien n’a changé.", "Voyez si le dossier du poste est le bon."
    ),
    "interrompu": Message(
        "PassDesk s’est interrompu.",
        "Ce qui était enregistré est là.",
        "Voyez si c’est fait, sinon recommencez.",
    ),
    "imprevu": Message(
        "PassDesk s’est interrompu.",
        "Tout ce qui était enregistré est là.",
        "Recommencez, et donnez ce numéro au support : {numero}.",
    ),
}
