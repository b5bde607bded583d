"""The words of the figures that the Region gives."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

MESSAGES: dict[str, Message] = {
    "chiffres_exportes": Message(
        "Les chiffres de la campagne {campagne} sont dans « {fichier} ».", "Ils ne permettent de reconnaître personne."
    ),
    "chiffre_cache": Message("Pas donné"),
    "chiffres_entete_campagne": Message("Campagne"),
    "chiffres_entete_tableau": Message("Tableau"),
    "chiffres_entete_ligne": Message("Ligne"),
    "chiffres_entete_nombre": Message("Nombre"),
    "chiffres_entete_unite": Message("Unité"),
    "chiffres_carnets": Message("carnets"),
    "chiffres_pass": Message("pass"),
    "chiffres_total": Message("Carnets attribués"),
    "chiffres_mois": Message("Par mois"),
    "chiffres_taille": Message("Par taille"),
    "chiffres_pot": Message("Par stock"),
    "chiffres_poste": Message("Par poste"),
    "chiffres_suite": Message("Par suite donnée"),
    "chiffres_de_taille": Message("Carnets de {taille}"),
    "chiffres_pot_general": Message("Stock général"),
    "chiffres_pot_lycee": Message("Réserve des lycéens"),
    "chiffres_suite_remis": Message("Remis"),
    "chiffres_suite_en_attente": Message("Pas encore remis"),
    "chiffres_suite_perdu": Message("Perdus"),
    "chiffres_suite_vole": Message("Volés"),
    "chiffres_suite_retourne": Message("Rendus au poste"),
    "chiffres_stock": Message("Stock de la campagne"),
    "chiffres_donne": Message("Confié aux postes"),
    "chiffres_libre": Message("Reste à donner"),
}
