"""Sentences about printing and reading paper."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message


def _imprimante(papier: str, garde: str, *, absente: str = "") -> dict[str, Message]:
    """What keeps a printer from taking a paper, in the same words for all of them; `garde`: what is safe.

    `papier` begins the codes, "" for a carnet; `absente`: what is safe when nothing can have left.
    """
    return {
        f"{papier}imprimante_muette": Message("L’imprimante ne répond pas.", garde, "Vérifiez le câble et le papier."),
        f"{papier}imprimante_absente": Message(
            "L’imprimante « {imprimante} » n’est plus sur cet ordinateur.",
            absente or garde,
            "Rebranchez-la, ou choisissez-en une autre.",
        ),
        f"{papier}imprimante_arretee": Message(
            "L’imprimante « {imprimante} » est arrêtée.",
            garde,
            "Videz sa file d’attente sur l’ordinateur et remettez-la en marche, ou choisissez-en une autre.",
        ),
    }


MESSAGES: dict[str, Message] = {
    "fichier_illisible": Message(
        "Ce fichier ne s’ouvre pas : il est abîmé, vide ou d’un autre genre.",
        "Rien n’a changé sur ce poste.",
        "Choisissez une image (PNG, JPEG, TIFF) ou un PDF.",
    ),
    "fichier_trop_gros": Message(
        "Ce fichier est trop grand pour être lu ici.",
        "Rien n’a changé sur ce poste.",
        "Numérisez la feuille au format A4, à 300 points par pouce, puis recommencez.",
    ),
    "pdf_protege": Message(
        "Ce PDF est protégé par un mot de passe.",
        "Rien n’a changé sur ce poste.",
        "Demandez un PDF sans mot de passe, ou numérisez la feuille de papier.",
    ),
    "nom_trop_long": Message(
        "Le nom est trop long pour la couverture du carnet.",
        "Le carnet est gardé et ses numéros ne changent pas.",
        "La couverture laisse une ligne : la personne peut l’écrire à la main.",
    ),
    "nom_sans_dessin": Message(
        "Ce nom a des lettres que le papier écrit mal.",
        "Le papier laisse une ligne pour l’écrire à la main.",
        "Pour l’imprimer, écrivez-le dans la fiche en lettres latines, comme sur la pièce d’identité.",
    ),
    **_imprimante("", "Le carnet est gardé, rien n’est compté.", absente="Le carnet est gardé, rien n’est parti."),
    **_imprimante("recepisse_", "Le carnet est gardé, et le récépissé peut être refait."),
    **_imprimante("lettre_", "La réponse est enregistrée, et la lettre peut être refaite."),
    **_imprimante("pages_", "Rien n’est perdu : ces pages se refont."),
    "aide_non_ecrite": Message(
        "Le fichier n’a pas pu être écrit à cet endroit.",
        "Rien n’a changé sur ce poste.",
        "Choisissez un autre dossier.",
    ),
    "imprimante_hors_echelle": Message(
        "L’imprimante « {imprimante} » change la taille des feuilles : {mesure}\u00a0mm au lieu de 100.",
        "Le carnet est gardé, rien n’est sorti.",
        "Réglez-la : une page d’essai en taille réelle (100 %) et une règle suffisent. Ou choisissez-en une autre.",
    ),
    "reglage_non_garde": Message(
        "Les mesures n’ont pas pu être gardées.",
        "Les feuilles sortent comme avant.",
        "Vérifiez la place libre sur le disque, puis recommencez.",
    ),
    "recepisse_non_ecrit": Message(
        "Le récépissé n’a pas pu être écrit à cet endroit.",
        "Le carnet est gardé.",
        "Choisissez un autre dossier.",
    ),
    "lettre_sans_faits": Message(
        "Les faits de cette réponse ne sont plus au poste : la lettre ne peut pas être refaite.",
        "La réponse, son jour et ses raisons restent.",
        "Lisez-les ici, et dites-les de vive voix.",
    ),
    "lettre_non_ecrite": Message(
        "La lettre n’a pas pu être écrite à cet endroit.",
        "La réponse est enregistrée.",
        "Choisissez un autre dossier.",
    ),
    "resume_non_ecrit": Message(
        "Le résumé n’a pas pu être écrit à cet endroit.",
        "La visite est gardée.",
        "Choisissez un autre dossier.",
    ),
    "personne_inconnue": Message(
        "Le dossier de cette personne n’est plus au poste.",
        "Le carnet et ses numéros sont gardés.",
        "Notez la remise sur papier.",
    ),
}
