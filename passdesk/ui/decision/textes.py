"""All the words of a decision explained, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from passdesk.domain.francais import ESPACE

SURTITRE = "Expliquer cette décision"
REVENIR = "Revenir"
IMPRIMER = "Imprimer la lettre"
SANS_NOM = "Personne effacée"

POURQUOI = "Pourquoi"
REGLEMENT = "Le règlement"
VERIFIE = "Ce qui a été vérifié"
RECU = "Pass reçus avant"
POSSIBLE = "Ce qui reste possible"
CONTESTER = "Pour contester"
ENCORE = "Contrôle de la réponse"

LETTRES: Mapping[str, str] = {
    "accord": "Lettre d’accord",
    "refus": "Réponse à imprimer",
    "incomplet": "Papiers à apporter",
}
LETTRE_DETAIL = "La réponse est enregistrée. Cette lettre est pour la personne."
RESUME = "Résumé de la visite"
RESUME_DETAIL = "Ce qui est demandé, les papiers vus, la réponse et ce qui est remis. Il n’est jamais obligatoire."
RESUME_ENVOYE = "Le résumé est parti à l’imprimante."
RESUME_ENREGISTRE = f"Le résumé est enregistré. Il porte un nom{ESPACE}: rangez-le ou supprimez-le."
LETTRE_CARNET = "Lettre pour la personne"
LETTRE_CARNET_DETAIL = "Elle dit que l’ancien carnet ne vaut plus rien, et lequel le remplace."
LETTRE_ENVOYEE = "La lettre est partie à l’imprimante."
LETTRE_ENREGISTREE = f"La lettre est enregistrée. Elle porte un nom{ESPACE}: rangez-la ou supprimez-la."

REJEU: Mapping[str, tuple[str, str, str]] = {
    "meme": ("circle-check", "ok", "Refaite aujourd’hui avec le même règlement : même réponse."),
    "differente": (
        "alert-triangle",
        "warn",
        "Refaite aujourd’hui avec le même règlement, la réponse serait autre. Celle de ce jour-là reste. "
        "Signalez-le à la Région.",
    ),
    "reglement_inconnu": (
        "info-circle",
        "info",
        "Ce règlement n’est pas à ce poste : la réponse ne peut pas être refaite ici.",
    ),
    "faits_effaces": (
        "info-circle",
        "info",
        "Les faits ont été effacés avec les données de la personne. Les raisons et le jour restent.",
    ),
    "faits_absents": (
        "info-circle",
        "info",
        "Les faits n’ont pas été gardés : cette réponse vient d’un PassDesk plus ancien. Rien n’est deviné.",
    ),
}
"""Icon, tone and sentence of each state of `services.decision.Rejeu`."""

PLUS_RECENTE = "Cette demande a reçu une autre réponse depuis."
RECOURS = (
    ("file-text", "La personne peut écrire à la Région dans les deux mois, pour lui demander de revoir cette réponse."),
    ("scale", "Elle peut aussi s’adresser au tribunal administratif, dans le même délai."),
)
RECOURS_REFERENCES = ("", "La lettre le dit · à confirmer par la Région")
ETATS_PIECE: Mapping[str | None, tuple[str, str]] = {
    "bonne": ("check", "ok"),
    "perimee": ("hourglass", "warn"),
    "posterieure": ("hourglass", "warn"),
    "sans_date": ("hourglass", "warn"),
    None: ("hourglass", "warn"),
}
SITUATIONS: Mapping[str, str] = {
    "demandeur_emploi": "En recherche d’emploi",
    "jeune_insertion": "En parcours d’insertion",
    "senior": "60 ans et plus",
    "lyceen": "En lycée",
}
