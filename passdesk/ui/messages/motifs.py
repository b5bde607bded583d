"""Sentences of the reasons of a decision: the closed list of contracts §2, in the desk's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from passdesk.domain.francais import date_longue
from passdesk.ui.messages.modele import Message

PIECES: Mapping[str, str] = {
    "attestation_france_travail": "attestation France Travail",
    "attestation_stage": "attestation de stage",
    "attestation_mission_locale": "attestation de la mission locale",
    "justificatif_domicile": "justificatif de domicile",
    "piece_identite": "pièce d’identité",
    "attestation_hebergement": "attestation d’hébergement",
    "attestation_domiciliation": "attestation de domiciliation",
    "certificat_scolarite": "certificat de scolarité",
}
"""The proofs as the desk names them, lower case, without article."""

IDENTITE: Mapping[str, str] = {
    "naissance": "la date de naissance",
    "commune": "la commune",
    "naissance commune": "la date de naissance et la commune",
}

PUBLICS: Mapping[str, str] = {
    "demandeur_emploi": "personnes en recherche d’emploi",
    "jeune_insertion": "jeunes en parcours d’insertion",
    "senior": "seniors",
    "lyceen": "lycéens",
}

MESSAGES: dict[str, Message] = {
    "accompagne_carnet_10": Message("Avec accompagnement : un carnet de {nombre} pass."),
    "autonome_carnet_5": Message("Sans accompagnement : un premier carnet de 5 pass."),
    "complement_carnet_5": Message("Demande complémentaire : un second carnet de 5 pass."),
    "reglement_anterieur": Message("Demande arrivée le {arrivee_le} : le règlement du {reglement} s’applique."),
    "domicile_hors_region": Message("Le domicile est hors des Hauts-de-France (département {departement})."),
    "age_hors_public": Message("{age} à l’arrivée de la demande : il faut {ages}."),
    "public_ferme": Message("Les pass ne sont pas ouverts à ce public : {public}."),
    "plafond_atteint": Message("{pass_recus} pass déjà attribués : le maximum est de {plafond} par personne."),
    "complement_non_demande": Message(
        "{pass_recus} pass déjà attribués.", faire="La suite se donne sur demande complémentaire."
    ),
    "complement_sans_premier": Message(
        "Demande complémentaire, mais aucun premier carnet n’est connu.", faire="Déposez une première demande."
    ),
    "reserve_epuisee": Message(
        "Plus assez de pass : il en reste {stock}, il en faut {besoin}.",
        faire="Rappelez la personne à la prochaine dotation.",
    ),
    "justificatif_manquant": Message("Il manque un papier : {pieces}.", faire="{condition}"),
    "justificatif_perime": Message("{piece} du {date} : {mois}\u00a0mois ou plus.", faire="{condition}"),
    "justificatif_posterieur": Message(
        "{piece} du {date} : cette date suit le jour où le papier a été vu.", faire="Vérifiez la date écrite."
    ),
    "identite_incomplete": Message("Il manque {identite}.", faire="À demander à la personne."),
}


def faits_lisibles(faits: Mapping[str, str]) -> dict[str, str]:
    """The facts of a reason in words: ISO dates, proof types, ages and publics as people say them."""
    lisibles = {nom: _jour_lisible(valeur) for nom, valeur in faits.items()}
    if "preuves" in faits:
        lisibles["pieces"] = _ou([PIECES.get(preuve, preuve) for preuve in faits["preuves"].split()])
        debut = faits.get("date_debut")
        lisibles["condition"] = f"Il faut une date du {_jour_lisible(debut)} ou après." if debut else ""
    if "piece" in faits:
        piece = PIECES.get(faits["piece"], faits["piece"])
        lisibles["piece"] = piece[:1].upper() + piece[1:]
    if "identite" in faits:
        lisibles["identite"] = IDENTITE.get(faits["identite"], faits["identite"])
    if "public" in faits:
        lisibles["public"] = PUBLICS.get(faits["public"], faits["public"])
    if "age" in faits:
        lisibles["age"] = _age(faits["age"])
        lisibles["ages"] = _ages(faits.get("age_min"), faits.get("age_max"))
    return lisibles


def _jour_lisible(valeur: str) -> str:
    try:
        return date_longue(date.fromisoformat(valeur)) if len(valeur) == 10 else valeur
    except ValueError:
        return valeur


def _ou(noms: list[str]) -> str:
    """ "a, b ou c"."""
    return " ou ".join(partie for partie in (", ".join(noms[:-1]), noms[-1]) if partie)


def _age(age: str) -> str:
    if int(age) < 0:
        return "Pas encore de naissance"
    return f"{age}\u00a0an" if int(age) < 2 else f"{age}\u00a0ans"


def _ages(minimum: str | None, maximum: str | None) -> str:
    if minimum and maximum:
        return f"de {minimum} à {maximum}\u00a0ans"
    return f"au moins {minimum}\u00a0ans" if minimum else f"{maximum}\u00a0ans au plus"
