"""Sentences of the reasons of a decision: the closed list of contracts §2, in the desk's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from passdesk.domain.francais import date_longue
from passdesk.domain.pays import pays_du_code
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

PRESCRIPTEURS: Mapping[str, str] = {
    "france_services": "France Services",
    "mission_locale": "mission locale",
    "france_travail": "France Travail",
    "antenne_region": "antenne de la Région",
    "structure_insertion": "structure d’insertion",
    "autre": "autre structure",
}

DEROGATIONS_PAR: Mapping[str, str] = {"responsable": "responsable du poste", "region": "Région"}

LEVES: Mapping[str, str] = {
    "domicile_hors_region": "domicile hors de la région",
    "age_hors_public": "âge hors du public",
    "domicile_hors_perimetre": "domicile hors du territoire",
    "etablissement_non_retenu": "établissement hors de l’expérimentation",
    "delai_non_ecoule": "délai à attendre",
    "plafond_foyer_atteint": "maximum du foyer atteint",
}
"""The refusals that a derogation may lift, as the desk names them, lower case."""

MESSAGES: dict[str, Message] = {
    "accompagne_carnet_10": Message("Avec accompagnement : un carnet de {nombre}."),
    "autonome_carnet_5": Message("Sans accompagnement : un premier carnet de 5."),
    "complement_carnet_5": Message("Demande complémentaire : un second carnet de 5."),
    "reglement_anterieur": Message("Demande arrivée le {arrivee_le} : le règlement du {reglement} s’applique."),
    "domicile_hors_region": Message("Le domicile est {ou}."),
    "age_hors_public": Message("{age} {quand} : il faut {ages}."),
    "public_ferme": Message("Les pass ne sont pas ouverts à ce public : {public}."),
    "plafond_atteint": Message("{pass_recus}\u00a0pass déjà attribués : le maximum est de {plafond} par personne."),
    "complement_non_demande": Message(
        "{pass_recus}\u00a0pass déjà attribués.", faire="La suite se donne sur demande complémentaire."
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
    # Given only by the règlements that state them (decision 0015)
    "quantite_du_reglement": Message("Le règlement donne {nombre} pass."),
    "domicile_hors_perimetre": Message("Le domicile est hors du territoire prévu : {perimetre}."),
    "etablissement_non_retenu": Message("L’établissement {etablissement} n’est pas dans l’expérimentation."),
    "delai_non_ecoule": Message(
        "Moins de {mois}\u00a0mois depuis les derniers pass.", faire="Une demande sera possible le {possible_le}."
    ),
    "plafond_foyer_atteint": Message("{pass_recus} pass déjà attribués au foyer : le maximum est de {plafond}."),
    "etablissement_manquant": Message("Il manque le numéro de l’établissement.", faire="À demander à la personne."),
    "foyer_manquant": Message("Il manque le nombre de pass déjà reçus dans le foyer.", faire="À demander."),
    "prescripteur_non_retenu": Message("Cet accompagnement ne compte pas ici : {prescripteur}."),
    "derogation": Message("Refus levé par dérogation ({par}) : {leves}."),
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
    if "departement" in faits:
        pays = pays_du_code(faits.get("pays", faits["departement"]))
        lisibles["ou"] = (
            f"{pays.ou}, hors des Hauts-de-France"
            if pays is not None
            else f"hors des Hauts-de-France (département {faits['departement']})"
        )
    if "public" in faits:
        lisibles["public"] = PUBLICS.get(faits["public"], faits["public"])
    if "prescripteur" in faits:
        lisibles["prescripteur"] = PRESCRIPTEURS.get(faits["prescripteur"], faits["prescripteur"])
    if "par" in faits:
        lisibles["par"] = DEROGATIONS_PAR.get(faits["par"], faits["par"])
        lisibles["leves"] = ", ".join(LEVES.get(code, code) for code in faits.get("leves", "").split())
    if "age" in faits:
        lisibles["age"] = _age(faits["age"])
        compte_au = faits.get("compte_au")
        lisibles["quand"] = f"le {_jour_lisible(compte_au)}" if compte_au else "à l’arrivée de la demande"
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
