"""All the words of the visit page, in one place."""

from __future__ import annotations

from passdesk.domain.carnet import Etat
from passdesk.domain.francais import euros
from passdesk.domain.visite import Brouillon
from passdesk.ui.etats import CONFIRMER_IMPRESSION, IMPRESSION_A_CONFIRMER
from passdesk.ui.messages.fiche import BESOINS

SANS_NOM = "Nouvelle personne"

SECTION_PERSONNE = "Personne"
SECTION_DEMANDE = "Demande"
SECTION_PIECES = "Justificatifs"

CHAMPS = {
    "nom_naissance": "&Nom de naissance",
    "prenoms": "&Prénoms",
    "naissance": "N&aissance",
    "commune": "&Commune",
    "telephone": "&Téléphone",
    "nom_usage": "Nom d’&usage",
    "lieu_naissance": "Lieu de naissance",
    "adresse": "Adresse",
    "complement_adresse": "Complément d’adresse",
    "code_postal": "Code postal",
    "courriel": "Adresse électronique",
    "preference_contact": "Pour joindre la personne",
    "langue": "Langue",
    "note": "Note",
    "public": "&Situation",
    "arrivee_le": "Arrivée &le",
    "etablissement": "Numéro du l&ycée",
}
OU_EST_L_UAI = "sept chiffres et une lettre, sur le certificat de scolarité"
ACCOMPAGNEMENT = "Accompagnement par un prescripteur"
PIECES_APRES_SITUATION = "Les pièces à voir s’affichent une fois la situation choisie."
FACULTATIF = "facultatif"
OU_PAYS = "ou pays"
INCONNUE = "Inconnue"
INCONNUE_DE = {"naissance": "Naissance inconnue pour l’instant", "commune": "Commune inconnue pour l’instant"}
A_DEMANDER, A_LA_PERSONNE = "à demander", "À demander à la personne"
"""Beside the label of what nobody here knows."""
INFORMATIONS = {"naissance": "La date de naissance", "commune": "La commune où la personne habite"}
LIEN_SUITE = "Nom d’usage, adresse…"
LIEN_SUITE_FERMER = "Refermer le complément"
LIEN_TROIS_CASES = "Jour, mois, année à part"
TROIS_CASES = (("Jour", "14"), ("Mois", "7"), ("Année", "1984"))
TOUT_FACULTATIF = "Tout ce qui suit est facultatif, et ne change pas le droit."
POUR_AIDER = "Pour aider"
AVIS_NOTE = (
    "N’écrivez ici que ce qui aide à accompagner la personne. Jamais rien sur la santé, les opinions, la religion, "
    "la famille ou l’argent. La personne peut tout relire."
)
SANS_PREFERENCE = "Pas de préférence"
AUTRES_CAS = "Autres cas"
AUTRES_PAPIERS = "Autres papiers"
LIEN_AUTRE_SITUATION = "Autre situation…"
LIEN_CANAL = "Reçue par courrier…"
RESUMER = "Imprimer le résumé…\tCtrl+P"
EFFACER_VISITE = "Effacer cette visite…"
EFFACER_QUESTION = "Effacer cette visite\u00a0?"
EFFACER_CONSEQUENCES = (
    "Ce qui y est tapé et les scans joints disparaissent de ce poste. Aucune demande n’est enregistrée. "
    "La fiche de la personne, si elle en a déjà une ici, ne change pas."
)
EFFACER_GARDER = "Garder la visite"
EFFACER_FAIRE = "Effacer la visite"
CANAL = "Demande reçue"
REGLEMENT_APRES_DATE = "Le règlement s’affiche une fois le jour d’arrivée écrit."
LIEN_AUTRES_DOMICILES = "Hébergement, domiciliation…"
CHOISIR_PRESCRIPTEUR = "Prescripteur"
OUI_PAR = "Oui, par"
NON = "Non"
EST_COMPLEMENTAIRE = "Est-ce une demande complémentaire\u00a0?"
COMPLEMENTAIRE = "Oui, un second carnet de\u00a05"

PUBLICS = {
    "demandeur_emploi": "En recherche d’emploi",
    "jeune_insertion": "18 à 25\u00a0ans, en insertion",
    "senior": "60\u00a0ans et plus",
    "lyceen": "En lycée",
}

PRESCRIPTEURS = {
    "france_services": "France Services",
    "mission_locale": "Mission locale",
    "france_travail": "France Travail",
    "antenne_region": "Antenne de la Région",
    "structure_insertion": "Structure d’insertion",
    "autre": "Autre prescripteur",
}

PIECES = {
    "piece_identite": "Pièce d’identité",
    "justificatif_domicile": "Justificatif de domicile",
    "attestation_hebergement": "Attestation d’hébergement",
    "attestation_domiciliation": "Attestation de domiciliation",
    "attestation_france_travail": "Attestation France Travail",
    "attestation_stage": "Attestation de stage",
    "attestation_mission_locale": "Attestation mission locale",
    "certificat_scolarite": "Certificat de scolarité",
}
PIECES_SANS_DATE = frozenset({"piece_identite"})
DATE_DE = "Daté du"
LIEN_SCAN = "Joindre un scan ou une photo…"
SCAN_POUR = "Scan ou photo du justificatif"
SCAN_AIDE = (
    "JPEG, PNG, TIFF ou PDF, 6 pages au plus. Un fichier peut aussi être glissé ici. "
    "Il reste chiffré sur ce poste et n’est envoyé à personne."
)
CHOISIR_FICHIER = "Choisir un fichier"
FILTRE_SCAN = "Images et PDF (*.jpg *.jpeg *.png *.tif *.tiff *.pdf)"
SCAN_LECTURE = "Lecture du fichier…"
SCAN_VOIR = "Voir"
SCAN_RETIRER = "Retirer"
SCAN_REMETTRE = "Remettre"
SCAN_RETIRE = "scan retiré"

QUESTIONS = {
    "nom_naissance": "Le nom de naissance",
    "prenoms": "Les prénoms",
    "naissance": "La naissance",
    "commune": "La commune",
    "public": "La situation",
    "arrivee_le": "Le jour d’arrivée de la demande",
    "accompagnement": "L’accompagnement par un prescripteur",
    "prescripteur": "Le prescripteur",
    "etablissement": "Le numéro du lycée",
}

MODIFIER = "Modifier"
VOIR = "Voir"
REFERMER = "Refermer"
METTRE_EN_ATTENTE = "Mettre en attente"
TERMINER = "Terminer la visite"
TERMINER_SANS_NOTER = "Terminer sans rien noter"
ATTRIBUER = "Attribuer et imprimer"
ATTRIBUER_SEUL = "Attribuer sans imprimer"
IMPRIMER_LISTE = "Imprimer la liste"
GARDER = "Garder sans imprimer"
PLUS_TARD = METTRE_EN_ATTENTE
VOIR_PIECES = "Aller aux justificatifs"
IMPRIMER_REPONSE = "Imprimer la réponse"
NOTER = "Noter sans imprimer"
EXPLIQUER = "Expliquer cette décision"
REVOIR = {"public": "Revoir la situation", "complementaire": "Revoir la demande"}
REMPLIR = "Aller à ce qui manque"
REPONDRE = "Répondre à la question"
SANS_CARNET = "Droit acquis, pas\u00a0de\u00a0carnet"
PAS_DE_CARNET = "Pas de carnet à donner"
DROIT_ACQUIS = "Le droit est acquis"
PAR_DEROGATION = "Accordé par dérogation"
DEROGER = "Accorder par dérogation…"
LEVABLE_ICI = "Un responsable du poste peut lever ce refus, par dérogation."
LEVABLE_A_LA_REGION = "Seule la Région peut lever ce refus, par dérogation."
DEROGATION = "Dérogation"
DEROGATION_LEVE = "Ce refus sera levé"
DEROGATION_LEVENT = "Ces refus seront levés"
DEROGATION_PERMISE = "Le règlement le permet à un responsable du poste."
DEROGATION_RAISON = "Raison de la dérogation"
DEROGATION_AVIS = (
    "La raison est imprimée sur la lettre\u00a0: la personne peut la lire. "
    "Rien sur la santé, les opinions ou la religion."
)
DEROGATION_ACCORDER = "Accorder la dérogation"
DEROGATION_REFERMER = "Refermer sans accorder"
DEROGATION_RETIRER = "Retirer la dérogation"
DEJA_RECU = "Déjà reçu"
DEJA_ATTRIBUE = "Déjà attribué"
CARNET_ATTEND = "Un carnet l’attend déjà"
SANS_NOUVEAU = "Il reste à le lui remettre"
SERVIR_SANS_COMPTER = "Ce carnet est déjà compté\u00a0: le remettre ne compte rien de plus."
SERVIR = {
    Etat.ATTRIBUE: ("Imprimer ce carnet", "printer"),
    Etat.A_CONFIRMER_IMPRESSION: (CONFIRMER_IMPRESSION, "printer"),
    Etat.IMPRIME: ("Remettre ce carnet", "ticket"),
}
PAS_REMIS = {
    Etat.ATTRIBUE: "pas encore imprimé",
    Etat.A_CONFIRMER_IMPRESSION: IMPRESSION_A_CONFIRMER.lower(),
    Etat.IMPRIME: "imprimé, pas encore remis",
}
VOIR_FICHE = "Voir la fiche"
CE_POSTE = "à ce poste"
AUTRE_POSTE = "dit par la Région"
AILLEURS = "Autre poste"
PLUS_VALABLE = "Plus valable"
MEME_PERSONNE = "C’est la même personne"
AUTRE_PERSONNE = "Une autre personne"
VOIR_SA_FICHE = "Voir sa fiche"
FICHE_REPRISE = "Fiche reprise"
PAS_ELLE = "Ce n’est pas cette personne"
SI_MEME = "Si c’est la même personne, ils comptent dans son maximum"
SI_HOMONYME = "Si c’est une autre personne, un responsable du poste peut noter l’homonyme"
ENREGISTREMENT = "Enregistrement…"


def faits_utiles(brouillon: Brouillon) -> str:
    """ "Gros caractères · vietnamien": what helps to serve the person, when the rest of the file is closed."""
    return " · ".join([*(BESOINS[besoin] for besoin in brouillon.besoins), *filter(None, [brouillon.langue])])


def nombre_pass(nombre: int) -> str:
    """ "1 pass", "10 pass": the word has no plural mark."""
    return f"{nombre}\u00a0pass"


def carnets_en_mots(carnets: tuple[int, ...]) -> str:
    """ "Un carnet de 10", "Deux carnets de 5"."""
    if len(carnets) == 1:
        return f"Un carnet de\u00a0{carnets[0]}"
    if len(set(carnets)) == 1 and len(carnets) == 2:
        return f"Deux carnets de\u00a0{carnets[0]}"
    return "Carnets de " + " et ".join(str(taille) for taille in carnets)


def valeur_en_mots(nombre: int, valeur_cents: int) -> str:
    """ "10 pass de 10 €, soit 100 €"; the value of one pass in cents."""
    return f"{nombre_pass(nombre)} de {euros(valeur_cents)}, soit {euros(valeur_cents * nombre)}"


def pages_en_mots(pages: int) -> str:
    """ "1 page", "3 pages"."""
    return f"{pages} page{'s' if pages > 1 else ''}"


def age_en_mots(age: int) -> str:
    """ "38 ans", "1 an"."""
    return f"{age}\u00a0an{'s' if age > 1 else ''}"


ACTES = {
    "personne": "la fiche reprise",
    "ressemblance": "la réponse sur une autre fiche",
    "complementaire": "la demande complémentaire",
    "besoins": "l’aide souhaitée",
    "canal": "l’arrivée de la demande",
}
"""What an act was about, where neither a question nor a field says it."""
PAS_ANNULE = {
    "rien": ("Rien à annuler", "Rien à annuler dans cette visite."),
    "enregistree": ("Déjà enregistré", "Ce qui précède est enregistré\u00a0: corrigez-le dans les champs."),
    "corrigee": ("Rien à annuler", "La fiche a été corrigée depuis\u00a0: rien d’avant ne s’annule."),
    "responsable": ("Rien à annuler", "Ce qu’un responsable a dit se retire à sa place."),
    "terminee": ("Déjà enregistré", "La réponse est enregistrée\u00a0: elle ne s’annule pas d’ici."),
}
"""Why nothing is undone, in few words and in a sentence."""
PAS_RETABLI = "Rien à rétablir"


def acte_annule(champ: str, *, retabli: bool = False) -> str:
    """ "Annulé : les prénoms"."""
    quoi = ACTES.get(champ) or QUESTIONS.get(champ) or PIECES.get(champ.removeprefix("piece."))
    quoi = quoi or CHAMPS.get(champ, "").replace("&", "")
    return f"{'Rétabli' if retabli else 'Annulé'}\u00a0: {quoi[:1].lower()}{quoi[1:]}"
