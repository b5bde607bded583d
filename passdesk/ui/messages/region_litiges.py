"""Sentences about what the Region decides of a case."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

_RIEN = "Rien n’a été changé."
_TRANCHER = "Pour trancher ainsi, tapez « oui »."
ANNONCE_PRETE = (
    "L’annonce qui le dit est faite, et les lieux ne l’ont pas encore. « region servir --annonce FICHIER » l’écrit "
    "pour eux. Sinon, « region publier --derniere --out FICHIER », et donnez-leur ce fichier."
)
"""Until a file is in their hands, places know nothing: no desk hands it out."""

MESSAGES: dict[str, Message] = {
    "litige_trancher_meme_personne_demande": Message(
        "Une seule personne : ce qui dépasse 10 resterait annulé.", faire=_TRANCHER
    ),
    "litige_trancher_homonyme_demande": Message(
        "Deux personnes de même nom : tous leurs pass seraient bons, sans retour.", faire=_TRANCHER
    ),
    "litige_trancher_erreur_demande": Message(
        "Un poste s’est trompé : tous les pass seraient bons, sans retour.", faire=_TRANCHER
    ),
    "litige_trancher_fraude_demande": Message(
        "Une fraude : les carnets qui dépassent seraient annulés en entier.", faire=_TRANCHER
    ),
    "litige_clore_demande": Message(
        "Clos sans décision : ses pass bloqués redeviendraient bons, sans retour.",
        faire="Pour le clore, tapez « oui ».",
    ),
    "litige_tranche_meme_personne": Message(
        "{litige} est tranché : une seule personne.", "Ce qui dépasse 10 reste annulé, le reste est bon.", ANNONCE_PRETE
    ),
    "litige_tranche_homonyme": Message(
        "{litige} est tranché : deux personnes de même nom.", "Tous leurs pass sont bons.", ANNONCE_PRETE
    ),
    "litige_tranche_erreur": Message(
        "{litige} est tranché : un poste s’est trompé, la personne n’y est pour rien.",
        "Tous ses pass sont bons.",
        ANNONCE_PRETE,
    ),
    "litige_tranche_fraude": Message(
        "{litige} est tranché : une fraude.", "Les carnets qui dépassent sont annulés en entier.", ANNONCE_PRETE
    ),
    "litige_sans_annonce": Message(
        "La clé de publication a dépassé ses 90 jours : aucune annonce n’est partie.",
        faire="Lancez « passdesk region prolonger », puis « passdesk region publier ».",
    ),
    "litige_suite": Message("Le total dépasse encore 10 : {litige} s’ouvre."),
    "litige_decide_meme_personne": Message("Tranché le {jour} : une seule personne ; ce qui dépasse reste annulé."),
    "litige_decide_homonyme": Message("Tranché le {jour} : homonyme ; tous les pass sont bons."),
    "litige_decide_erreur": Message("Tranché le {jour} : un poste s’est trompé ; tous les pass sont bons."),
    "litige_decide_fraude": Message("Tranché le {jour} : fraude ; les carnets qui dépassent sont annulés."),
    "litige_attribution": Message("Carnet {carnet} de {taille}, donné par « {poste} » le {jour}. {etat}"),
    "litige_attribution_remise": Message(
        "Carnet {carnet} de {taille}, donné et remis par « {poste} » le {jour}. {etat}"
    ),
    "litige_etat_en_vigueur": Message("En vigueur."),
    "litige_etat_annule": Message("Annulé avant la remise."),
    "litige_etat_gache": Message("Gâché à l’impression."),
    "litige_etat_perdu": Message("Déclaré perdu."),
    "litige_etat_vole": Message("Déclaré volé."),
    "litige_etat_retourne": Message("Rendu au poste."),
    "litige_note": Message("Note de « {poste} » : {texte}."),
    "litige_decision_refusee": Message(
        "Cette décision ne convient pas à {litige}.",
        _RIEN,
        "« passdesk region litiges --help » dit ce qui convient à chacun.",
    ),
    "litige_deja_tranche": Message(
        "{litige} est déjà tranché.", _RIEN, "Seule une décision qui annulait des pass peut être revue."
    ),
    "litiges_un_geste": Message(
        "--trancher demande un numéro de litige, et --clore se donne seul.",
        _RIEN,
        "Voir : passdesk region litiges --help.",
    ),
}
