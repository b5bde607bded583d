"""Sentences about a spreadsheet given to the desk: what keeps it from being read, or from being recorded."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

_RIEN = "Personne n’a été inscrit."

MESSAGES: dict[str, Message] = {
    "fichier_muet": Message(
        "Le disque qui porte « {fichier} » ne répond pas.", _RIEN, "Copiez le fichier sur cet ordinateur."
    ),
    "tableau_ancien_format": Message(
        "« {fichier} » est d’un ancien format, ou protégé par un mot de passe.",
        _RIEN,
        "Ouvrez-le dans votre tableur, puis enregistrez-le en .ods ou .xlsx, sans mot de passe.",
    ),
    "tableau_autre_chose": Message(
        "« {fichier} » n’est pas un tableau.", _RIEN, "Choisissez un fichier .csv, .ods ou .xlsx."
    ),
    "tableau_abime": Message(
        "« {fichier} » est abîmé, ou n’a pas été fait par un tableur.",
        _RIEN,
        "Ouvrez-le dans votre tableur, puis enregistrez-le sous un autre nom.",
    ),
    "tableau_trop_lourd": Message(
        "« {fichier} » est trop gros : {maximum} Mo au plus.", _RIEN, "Partagez-le en plusieurs fichiers."
    ),
    "tableau_trop_de_cellules": Message(
        "« {fichier} » annonce beaucoup trop de cases.",
        _RIEN,
        "Copiez les lignes utiles dans un nouveau tableau, puis enregistrez-le.",
    ),
    "tableau_trop_long": Message("Ce tableau a plus de {maximum} lignes.", _RIEN, "Partagez-le en plusieurs fichiers."),
    "tableau_trop_large": Message(
        "La ligne {ligne} a plus de {maximum} colonnes.", _RIEN, "Gardez seulement les colonnes utiles."
    ),
    "tableau_mal_ecrit": Message(
        "Le tableau s’arrête d’être lisible à la ligne {ligne} : un guillemet y est mal placé.",
        _RIEN,
        "Ouvrez-le dans votre tableur, puis enregistrez-le en .ods.",
    ),
    "tableau_sans_feuille": Message("« {fichier} » n’a aucune feuille.", _RIEN, "Choisissez un autre fichier."),
    "feuille_absente": Message(
        "Ce fichier n’a pas de feuille « {feuille} ».", _RIEN, "Feuilles présentes : {feuilles}."
    ),
}
