"""Sentences about the agents of a desk, their passphrases and the recovery sheet; and what that sheet says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from passdesk.domain.dossier_personne import DossierPapier, LigneDossier, Rubrique
from passdesk.domain.francais import typographie as t
from passdesk.ui.messages.modele import Message

_RIEN = "Rien n’a changé."

MESSAGES: dict[str, Message] = {
    "agents_reserve": Message("Un responsable du poste peut faire cela.", _RIEN, "Demandez-lui d’ouvrir le poste."),
    "agent_nom_vide": Message("Il manque le nom de cet agent.", _RIEN, "Écrivez-le, en {maximum} signes au plus."),
    "agent_deja_la": Message("Un agent de ce nom travaille déjà ici.", _RIEN, "Ajoutez de quoi les distinguer."),
    "agent_absent": Message("Cet agent ne travaille plus à ce poste.", _RIEN, "Choisissez-en un autre."),
    "agent_inconnu": Message("Aucun agent de ce poste ne porte ce nom.", _RIEN, "Vérifiez la liste des agents."),
    "agent_soi_meme": Message(
        "Vous ne pouvez pas vous retirer vous-même.", _RIEN, "Un autre responsable du poste peut le faire."
    ),
    "phrase_prise": Message(
        "Cette phrase ne peut pas servir ici.", _RIEN, "Choisissez-en une autre, que personne ne connaît."
    ),
    "ancienne_phrase_autre": Message(
        "Ce n’est pas votre phrase actuelle.", _RIEN, "Retapez celle qui vient d’ouvrir le poste."
    ),
    "secours_longueur": Message(
        "La clé de secours a {attendus} signes, vous en avez tapé {lus}.",
        _RIEN,
        "Recopiez les sept groupes de la feuille.",
    ),
    "secours_mal_recopie": Message(
        "Un signe de la clé de secours est mal recopié.", _RIEN, "Relisez la feuille groupe par groupe."
    ),
    "secours_groupe_autre": Message(
        "Ce ne sont pas les derniers signes de cette feuille.",
        "L’ancienne feuille reste bonne.",
        "Lisez-les en bas de la clé, ou imprimez à nouveau.",
    ),
    "secours_inconnu": Message(
        "Cette feuille de secours n’ouvre pas ce poste.",
        "Vos dossiers sont là, chiffrés.",
        "Cherchez la feuille la plus récente : une nouvelle feuille remplace les précédentes.",
    ),
    "secours_existe_deja": Message("« {fichier} » existe déjà.", _RIEN, "Choisissez un autre nom de fichier."),
    "secours_dans_le_poste": Message(
        "La feuille de secours ne se range pas avec les données qu’elle ouvre.",
        _RIEN,
        "Choisissez un autre dossier, mieux : une clé USB.",
    ),
    "secours_non_imprime": Message(
        "La feuille de secours n’est pas sortie.", "Elle reste à l’écran.", "Vérifiez l’imprimante, puis recommencez."
    ),
    "secours_non_ecrit": Message(
        "La feuille de secours n’a pas pu être écrite là.", "Elle reste à l’écran.", "Choisissez un autre endroit."
    ),
}

FEUILLE = "Feuille de secours"
_INTRODUCTION = (
    t("Cette feuille ouvre le poste quand une phrase secrète est oubliée. Qui la tient peut lire tous les dossiers."),
    "Rangez-la sous clé, loin de l’ordinateur. Ne la photographiez pas, ne l’envoyez à personne.",
)
_EMPLOI = (
    "Sur la page où se tape la phrase secrète, choisissez « Phrase oubliée ».",
    "Tapez la clé ci-dessus, choisissez l’agent, puis une nouvelle phrase.",
    "Les chiffres 0 et 1 se lisent aussi O et I : les deux sont acceptés.",
    "L’ordinateur est perdu : avec une sauvegarde, elle rend le poste sur un autre ordinateur.",
    "La feuille reste bonne ensuite. Une nouvelle feuille, faite dans Réglages, la remplace.",
)


def feuille_de_secours(cle_de_secours: str, guichet: str, le: date) -> DossierPapier:
    """The sheet as it is printed: the key in groups, easy to copy."""
    groupes = cle_de_secours.split("-")
    cle = (" - ".join(groupes[:4]), " - ".join(groupes[4:]))
    return DossierPapier(
        titre=FEUILLE,
        personne="",
        guichet=guichet,
        telephone_aide="",
        le=le,
        introduction=_INTRODUCTION,
        rubriques=(
            Rubrique("Clé de secours", _lignes(cle), encadree=True),
            Rubrique("Comment s’en servir", _lignes([t(phrase) for phrase in _EMPLOI])),
        ),
        gros=True,
    )


def _lignes(phrases: Sequence[str]) -> tuple[LigneDossier, ...]:
    return tuple(LigneDossier("", phrase) for phrase in phrases)
