"""Sentences about what a person may ask of what is kept of her: on screen and on the console alike."""

from __future__ import annotations

from collections.abc import Mapping

from passdesk.domain.effacement import DEMANDE, MEGARDE, SANS_CONTACT, ApercuEffacement
from passdesk.domain.francais import date_longue, typographie
from passdesk.ui.messages.modele import Message

MESSAGES: dict[str, Message] = {
    "effacement_reserve": Message(
        "Un responsable du poste doit effacer la fiche.",
        "Rien n’a changé.",
        "Notez la demande et montrez-lui cette page : la réponse est due dans le mois.",
    ),
    "effacement_sans_motif": Message("Il manque la raison.", "Rien n’a changé.", "Choisissez-la dans la liste."),
    "dossier_non_ecrit": Message(
        "Les pages n’ont pas pu être écrites à cet endroit.", "Rien n’est perdu.", "Choisissez un autre dossier."
    ),
    "fiche_limitee": Message(
        "Cette fiche est limitée : rien ne s’y ajoute.",
        "Ce qui était enregistré est là.",
        "Un responsable peut lever la limitation, dans Droits de la personne.",
    ),
    "journal_reserve": Message(
        "Le journal s’enregistre en tableau par un responsable.",
        "Rien n’est sorti du programme.",
        "Demandez à un responsable du poste.",
    ),
    "garde_sans_motif": Message("Il manque la raison.", "Rien n’a changé.", "Choisissez-la dans la liste."),
    "limitation_reservee": Message(
        "Un responsable du poste doit lever la limitation.", "Rien n’a changé.", "Demandez-lui d’ouvrir cette page."
    ),
    "limitation_sans_motif": Message("Il manque la raison.", "Rien n’a changé.", "Choisissez-la dans la liste."),
    "limitation_absente": Message("Cette fiche n’est pas limitée.", "Rien n’a changé."),
    "effacement_papier": Message(
        "Un carnet de cette personne attend encore.",
        "Rien n’a changé.",
        "Remettez-le, ou annulez-le dans Carnets, puis revenez ici.",
    ),
}

MOTIFS: Mapping[str, str] = {
    DEMANDE: "La personne le demande",
    SANS_CONTACT: "Plus de contact depuis longtemps",
    MEGARDE: "Fiche créée par mégarde",
}
"""Why a person is erased, as one chooses it."""

GARDES: Mapping[str, str] = {
    "revient": "La personne va revenir",
    "contestation": "Une réponse est contestée",
    "preuve": "La Région demande de la garder",
}
"""Why a file stays longer than the delay, as one chooses it."""
GARDEE = "Fiche gardée un an de plus"
APPELS: Mapping[str, str] = {
    "jointe": "Personne jointe",
    "sans_reponse": "Pas de réponse",
    "servi": "Dit que ses pass ont servi",
}
"""What came of a call about pass of which none was spent."""
APPEL = "Appel pour les pass"
APPEL_REPRIS = "Annulé"

LIMITEE, LIMITATION_LEVEE = "Fiche limitée", "Limitation levée"
LIMITATIONS: Mapping[str, str] = {
    "exactitude": "La personne dit que la fiche est fausse",
    "opposition": "La personne s’y oppose",
    "preuve": "La personne en a besoin comme preuve",
    "corrigee": "La fiche est corrigée",
    "demande": "La personne le demande",
    "sans_objet": "Plus rien à régler",
}
"""Why a file is limited, and why it is no more."""
RANGER = "Ces fichiers portent un nom : remettez-les à la personne, ne les laissez pas sur l’ordinateur."
FAIT_RELIE = "Elle n’est plus à ce poste. La Région efface sa copie au prochain envoi."
FAIT_SEUL = "Elle n’est plus à ce poste."
FAIT_MENAGE = "PassDesk finira d’effacer à sa prochaine ouverture."
FAIT_PAPIERS = "Rendez ou détruisez les papiers et les fichiers qui portent encore le nom."


def part(vu: ApercuEffacement) -> tuple[str, ...]:
    """What goes, one sentence each, nothing that is not there."""
    parts = vu.parts
    autres = parts.fiches - 1
    avec = f", et de {_pluriel(autres, 'fiche')} réunie{'s' if autres > 1 else ''} avec elle" if autres else ""
    lignes = [f"L’identité, les coordonnées et la note de la fiche{avec}"]
    if parts.demandes:
        lignes.append(f"{_pluriel(parts.demandes, 'demande')}, et ce qui a servi à y répondre")
    if parts.justificatifs:
        scans = (
            f", avec {_pluriel(parts.pages, 'page')} numérisée{'s' if parts.pages > 1 else ''}" if parts.pages else ""
        )
        lignes.append(
            f"{_pluriel(parts.justificatifs, 'justificatif')} vu{'s' if parts.justificatifs > 1 else ''}{scans}"
        )
    if parts.accompagnements:
        lignes.append(_pluriel(parts.accompagnements, "accompagnement"))
    if parts.saisies:
        lignes.append(f"{_pluriel(parts.saisies, 'saisie')} en cours")
    if parts.notes:
        lignes.append(f"{_pluriel(parts.notes, 'note')} sur un dossier d’À vérifier")
    if vu.relie:
        lignes.append("La copie gardée à la Région, effacée au prochain envoi")
    return tuple(map(typographie, lignes))


def reste(vu: ApercuEffacement) -> tuple[str, ...]:
    """What stays and why, one sentence each."""
    lignes = []
    if vu.passes:
        lignes.append(f"{vu.passes}\u00a0pass donnés ici, sans nom : les comptes de la Région restent justes.")
    if vu.cle_jusqu_au is not None:
        fin = date_longue(vu.cle_jusqu_au)
        lignes.append(f"Un repère sans nom, jusqu’au {fin} : il empêche de donner plus que le maximum.")
    if vu.valables:
        lignes.append("Le carnet reste valable. Perdu ou volé, il ne se remplace plus.")
    if vu.ailleurs:
        lignes.append(f"{vu.ailleurs}\u00a0pass reçus à un autre poste : sa fiche de là-bas s’efface là-bas.")
    lignes.append("Le journal : qui a agi et quand, sans dire pour qui.")
    lignes.append("Les sauvegardes déjà faites, illisibles sans la phrase, jusqu’à leur remplacement.")
    return tuple(map(typographie, lignes))


def suites(relie: bool, propre: bool) -> str:
    """After it is done: what is so everywhere, and what is left to do by hand."""
    dites = [FAIT_RELIE if relie else FAIT_SEUL, *(() if propre else (FAIT_MENAGE,)), FAIT_PAPIERS]
    return " ".join(dites)


def _pluriel(nombre: int, mot: str) -> str:
    return f"{nombre}\u00a0{mot}{'s' if nombre > 1 else ''}"
