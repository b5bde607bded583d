"""All the words of *Droits de la personne* and of *Effacer la fiche*, in one place."""

from __future__ import annotations

from passdesk.domain.effacement import ApercuEffacement
from passdesk.domain.francais import date_longue, typographie
from passdesk.services.donnees import InformationRemise
from passdesk.services.limitation import Limitation
from passdesk.ui.messages.droits import LIMITATIONS

TITRE = "Droits de la personne"
REVENIR = "Revenir à la fiche"
DOSSIER_TITRE = "Ce que nous gardons de la personne"
DOSSIER_SENS = "Tout ce que le poste a sur elle, en clair, à lui remettre. Rien n’y est sur une autre personne."
DOSSIER_VOIR = "Voir et imprimer"
DOSSIER_FICHIERS = "Enregistrer les fichiers…"
DOSSIER_OU = "Où enregistrer les fichiers"
DOSSIER_DETAIL = "Relisez ces pages, puis remettez-les à la personne."
DOSSIER_ENVOYE = "Les pages sont parties à l’imprimante."
DOSSIER_ENREGISTRE = "Les pages sont enregistrées. Elles portent un nom\u00a0: remettez-les ou supprimez-les."
INFORMATION_TITRE = "Information"
INFORMATION_JAMAIS = "La notice n’a pas encore été notée comme remise."
INFORMATION_ANCIENNE = "La notice a changé depuis\u00a0: remettez la nouvelle."
NOTICE_VOIR = "Voir la notice"
NOTICE_NOTER = "Noter qu’elle est remise"
NOTICE_TITRE = "Notice d’information"
NOTICE_DETAIL = "Une page à donner\u00a0: ce que le guichet garde, pourquoi, combien de temps, et les droits."
NOTICE_ENVOYEE = "La notice est partie à l’imprimante."
NOTICE_ENREGISTREE = "La notice est enregistrée. Elle ne porte aucun nom."
LIMITATION_TITRE = "Limitation"
LIMITATION_AUCUNE = "La fiche peut être mise de côté le temps d’une vérification\u00a0: rien ne s’y ajoute."
LIMITER_VOIR = "Limiter la fiche…"
LIMITER = "Limiter la fiche"
LIMITER_GARDER = "Laisser comme avant"
LIMITER_QUESTION = "Limiter cette fiche ?"
LIMITER_SENS = (
    "Elle reste lisible, mais rien ne s’y ajoute : ni demande, ni correction. Les carnets donnés restent valables."
)
LEVER_VOIR = "Lever la limitation…"
LEVER = "Lever la limitation"
LEVER_GARDER = "Garder la limitation"
LEVER_QUESTION = "Lever la limitation ?"
LEVER_SENS = "La fiche sert de nouveau comme les autres. La raison reste dans son histoire."
RAISON = "Pourquoi"
EFFACER_TITRE = "Effacement"
EFFACER_SENS = "Ce que le poste et la Région gardent de la personne disparaît. On ne revient pas en arrière."
EFFACER_VOIR = "Voir ce qui serait effacé…"

EFFACER = "Effacer la fiche"
PART = "Ce qui s’efface"
RESTE = "Ce qui reste, et pourquoi"
POURQUOI = "Pourquoi effacer\u00a0?"
CHOISIR = "Choisissez d’abord pourquoi"
SANS_RETOUR = "On ne peut pas revenir en arrière"
GARDER = "Garder la fiche"
FAIT = "La fiche est effacée"
RETOUR_PERSONNES = "Revenir aux personnes"


def information(remise: InformationRemise | None) -> str:
    """When the notice was given, and by whom; that it was not."""
    if remise is None:
        return INFORMATION_JAMAIS
    par = f" par {remise.agent}" if remise.agent else ""
    dite = f"Notice remise le {date_longue(remise.le)}{par}."
    return dite if remise.a_jour else f"{dite} {INFORMATION_ANCIENNE}"


def limitation(en_cours: Limitation | None) -> str:
    """Since when the file is limited, why and by whom; what a limitation does."""
    if en_cours is None:
        return LIMITATION_AUCUNE
    par = f", par {en_cours.agent}" if en_cours.agent else ""
    return typographie(f"{LIMITATIONS[en_cours.motif]}, depuis le {date_longue(en_cours.le)}{par}.")


def ecrits(nombre: int) -> str:
    """After the files were written."""
    return f"{nombre}\u00a0fichiers enregistrés"


def sans_retour(vu: ApercuEffacement) -> str:
    """Under *On ne peut pas revenir en arrière*: with what a carnet in hand loses by it."""
    perdu = " Perdu ou volé, son carnet ne se remplace plus." if vu.valables else ""
    return f"Une fois effacée, la fiche ne se retrouve plus.{perdu}"


def question(nom: str) -> str:
    """The question of the dialog, with its object."""
    return typographie(f"Effacer la fiche « {nom} » ?")


def consequences(vu: ApercuEffacement) -> str:
    """What the dialog says under it."""
    region = " La Région efface sa copie." if vu.relie else ""
    passes = " Les pass donnés restent valables." if vu.valables else ""
    return typographie(f"On ne peut pas revenir en arrière.{region}{passes}")
