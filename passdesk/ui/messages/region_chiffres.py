"""The words of the figures that the Region gives."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

MESSAGES: dict[str, Message] = {
    "chiffres_exportes": Message(
        "Les chiffres de la campagne {campagne}, jusqu’au {jour}, sont dans « {fichier} ».",
        "Ils ne permettent de reconnaître personne.",
    ),
}

MOTS = {
    "cache": "Pas donné",
    "entete_campagne": "Campagne",
    "entete_tableau": "Tableau",
    "entete_ligne": "Ligne",
    "entete_nombre": "Nombre",
    "entete_unite": "Unité",
    "carnets": "carnets",
    "pass": "pass",
    "total": "Carnets attribués",
    "jusqu_au": "Jusqu’au {jour}",
    "mois": "Par mois",
    "taille": "Par taille",
    "pot": "Par stock",
    "poste": "Par poste",
    "suite": "Par suite donnée",
    "de_taille": "Carnets de {taille}",
    "pot_general": "Stock général",
    "pot_lycee": "Réserve des lycéens",
    "suite_remis": "Remis",
    "suite_en_attente": "Pas encore remis",
    "suite_perdu": "Perdus",
    "suite_vole": "Volés",
    "suite_retourne": "Rendus au poste",
    "stock": "Stock de la campagne",
    "donne": "Confié aux postes",
    "libre": "Reste à donner",
}
"""Labels of the table, by the codes of `server.chiffres`."""
