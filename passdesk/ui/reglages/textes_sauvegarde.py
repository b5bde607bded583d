"""The words of the backups in *Réglages*."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from passdesk.services.integrite import ScanAbime, Verification
from passdesk.services.sauvegarde import EtatSauvegardes, Sauvegarde
from passdesk.ui.apercu_sauvegarde import piece_du_scan, qui_du_scan, refus_de_sauvegarde
from passdesk.ui.aujourdhui.rangees import moment
from passdesk.ui.messages import message
from passdesk.ui.messages.ouverture import REVENIR_SAUVEGARDE

CARTE = "Sauvegardes"
MAINTENANT = "Sauvegarder maintenant"
CHOISIR = "Choisir où va la copie"
OUBLIER = "Ne plus copier ailleurs"
AUCUNE = "Aucune sauvegarde encore"
SEULES = "Elles se font seules, une fois par jour, chiffrées et relues."
SANS_COPIE = "{} sur cet ordinateur seulement. Sur une clé USB ou un autre disque, elles resteraient s’il se perd."
RESERVE = "Un responsable du poste choisit où va la copie."
REVENIR = REVENIR_SAUVEGARDE
FILTRE = "Sauvegardes de PassDesk (*.sauvegarde)"
RENONCER = "Ne rien changer"
PHRASE = "Votre phrase secrète"
VOIR = "Voir ce qui reviendrait"
FAIRE = "Revenir à cette sauvegarde"
CE_QUI_REVIENT = "Ce qui reviendrait"
AVANT = "Rien ne change tant que vous n’avez pas vu ce qui reviendrait."
CONFIRMER = "Le poste se ferme pour cela. L’état actuel est mis de côté un mois."
FAITE = "Le poste est revenu à la sauvegarde. Ouvrez-le avec votre phrase secrète."
ATTENTE = "Retour à la sauvegarde…"
EN_COURS = "Sauvegarde en cours…"

VERIFICATION = "Vérification des données"
VERIFIER = "Vérifier maintenant"
VERIFICATION_SEULE = "Elle se fait seule, une fois par semaine."
VERIFICATION_EN_COURS = "Vérification en cours… Vous pouvez continuer à travailler."
REPARATION_EN_COURS = "Réparation en cours…"
PAS_VERIFIEES = "Pas encore vérifiées"
REFAIRE = "Refaire à partir du journal"
RETIRER_SCANS, RELIER, RENVOYER = "Retirer les scans abîmés", "Relier ce poste à la Région", "Envoyer maintenant"
RETIRER_QUESTION = "Retirer ces scans du poste\u00a0?"
RETIRER_SUITE = (
    "Ils ne se lisent plus tels qu’ils ont été joints. Le papier reste noté comme vu, le jour où il l’a été. "
    "Il se numérise de nouveau quand la personne revient. Le journal le garde."
)
RETIRER_GARDER = "Ne rien changer"
REFAIRE_SENS = "PassDesk peut tout refaire\u00a0: le journal est entier, rien n’est perdu."
CHOSES = {"personne": "fiche", "carnet": "carnet", "demande": "demande", "justificatif": "justificatif"}
"""What the agent calls a row of these tables."""
REVENIR_BONNE = "Revenir à une sauvegarde…"
SECOURS = "Revenir à une sauvegarde"
SECOURS_AIDE = "Les données de ce poste ne s’ouvrent pas. Le fichier abîmé sera gardé un mois à côté."
AILLEURS = "Reprendre un poste sur cet ordinateur"
AILLEURS_AIDE = (
    "L’ordinateur d’avant est perdu ou remplacé\u00a0? Tapez la phrase secrète du jour de la sauvegarde, ou prenez la "
    "feuille de secours. Choisissez ensuite le fichier, sur la clé USB ou le disque où allaient les copies."
)
PAR_FEUILLE, PAR_PHRASE = "Phrase perdue\u00a0: employer la feuille de secours", "Employer la phrase secrète"
PHRASE_DU_POSTE = "Phrase secrète de ce poste"
CHOISIR_FICHIER, NOUVEAU = "Choisir la sauvegarde…", "Créer plutôt un nouveau poste"
AUTRE_FICHIER = "Choisir un autre fichier"
LAISSER = "Laisser tel quel"
RECHERCHE = "Recherche de la dernière bonne sauvegarde…"
TROUVES_MAX = 3
"""Findings shown one by one; the command says them all."""


def verification(faite: Verification, aujourdhui: date) -> str:
    """The line of the last check."""
    if faite.faite_le is None:
        return PAS_VERIFIEES
    quand = moment(faite.faite_le, aujourdhui)
    if faite.saine:
        return f"Vérifiées {quand}\u00a0: tout est sain, {faite.actes}\u00a0acte{'s' if faite.actes > 1 else ''}."
    return f"Vérifiées {quand}\u00a0: quelque chose ne va pas. Ce qui a été envoyé à la Région y est."


def trouves(faite: Verification) -> list[str]:
    """What it found, one sentence each; what to do is on the button, what it keeps is said before it."""
    dits = [_trouve(probleme.code, probleme.faits) for probleme in faite.problemes[:TROUVES_MAX]]
    reste = len(faite.problemes) - TROUVES_MAX
    if reste > 0:
        dits.append(f"Et {reste} de plus.")
    return [*dits, REFAIRE_SENS] if faite.remede == "refaire" else dits


def scan(abime: ScanAbime) -> str:
    """ "Attestation de stage, Henri Alpha"."""
    return f"{piece_du_scan(abime)}, {qui_du_scan(abime)}"


def bouton(remede: str) -> str:
    """What mends it, on the button."""
    return {"refaire": REFAIRE, "retirer": RETIRER_SCANS, "relier": RELIER, "renvoyer": RENVOYER}.get(
        remede, REVENIR_BONNE
    )


def _trouve(code: str, faits: Mapping[str, Any]) -> str:
    """A table is told by what the agent knows of it."""
    if code != "table_differente":
        return message(code, **faits).quoi
    nombre, mot = int(faits["nombre"]), CHOSES.get(str(faits["table"]), "ligne")
    if nombre > 1:
        return f"{nombre}\u00a0{mot}s ne correspondent plus au journal."
    return f"{nombre}\u00a0{mot} ne correspond plus au journal."


def derniere(etat: EtatSauvegardes, aujourdhui: date) -> str:
    """The last good one."""
    return f"Dernière sauvegarde\u00a0: {_dire(etat.derniere, aujourdhui)}" if etat.derniere else AUCUNE


def ailleurs(etat: EtatSauvegardes, aujourdhui: date) -> str:
    """The second copy: where, and the last one there."""
    if etat.dossier is None:
        mots = SANS_COPIE.format("Elles sont" if etat.derniere else "Elles seront")
    elif etat.ailleurs is None:
        mots = f"Copie dans {etat.dossier}\u00a0: aucune encore."
    else:
        mots = f"Copie dans {etat.dossier}\u00a0: {_dire(etat.ailleurs, aujourdhui)}."
    return mots if etat.peut_regler else f"{mots} {RESERVE}"


def place(etat: EtatSauvegardes) -> str:
    """What little room is left where the copy goes."""
    libre = etat.place_ailleurs
    return str(message("place_ailleurs_basse", megaoctets=libre)) if libre is not None else ""


def refus(code: str) -> str:
    """Why the last one could not be made, or copied."""
    return str(refus_de_sauvegarde(code)) if code else ""


def _dire(faite: Sauvegarde, aujourdhui: date) -> str:
    actes = f"{faite.actes}\u00a0acte{'s' if faite.actes > 1 else ''}"
    return f"{moment(faite.faite_le, aujourdhui)}, {actes}"
