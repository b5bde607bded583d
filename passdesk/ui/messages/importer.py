"""Sentences about a spreadsheet given to the desk: what keeps it from being read, or from being recorded."""

from __future__ import annotations

from collections.abc import Mapping

from passdesk.domain.francais import typographie
from passdesk.ui.messages.modele import Message

_RIEN = "Rien n’a été enregistré."

MESSAGES: dict[str, Message] = {
    "fichier_muet": Message(
        "Le disque qui porte « {fichier} » ne répond pas.", _RIEN, "Copiez le fichier sur cet ordinateur."
    ),
    "tableau_ancien_format": Message(
        "« {fichier} » est d’un ancien format, ou protégé par un mot de passe.",
        _RIEN,
        "Ouvrez-le dans votre tableur, puis enregistrez-le en .ods ou .xlsx, sans mot de passe.",
    ),
    "tableau_autre_chose": Message(
        "« {fichier} » n’est pas un tableau.", _RIEN, "Choisissez un fichier .csv, .ods ou .xlsx."
    ),
    "tableau_abime": Message(
        "« {fichier} » est abîmé, ou n’a pas été fait par un tableur.",
        _RIEN,
        "Ouvrez-le dans votre tableur, puis enregistrez-le sous un autre nom.",
    ),
    "tableau_trop_lourd": Message(
        "« {fichier} » est trop gros : {maximum} Mo au plus.", _RIEN, "Partagez-le en plusieurs fichiers."
    ),
    "tableau_trop_de_cellules": Message(
        "« {fichier} » annonce beaucoup trop de cases.",
        _RIEN,
        "Copiez les lignes utiles dans un nouveau tableau, puis enregistrez-le.",
    ),
    "tableau_trop_long": Message("Ce tableau a plus de {maximum} lignes.", _RIEN, "Partagez-le en plusieurs fichiers."),
    "tableau_trop_large": Message(
        "La ligne {ligne} a plus de {maximum} colonnes.", _RIEN, "Gardez seulement les colonnes utiles."
    ),
    "tableau_mal_ecrit": Message(
        "Le tableau s’arrête d’être lisible à la ligne {ligne} : un guillemet y est mal placé.",
        _RIEN,
        "Ouvrez-le dans votre tableur, puis enregistrez-le en .ods.",
    ),
    "tableau_sans_feuille": Message("« {fichier} » n’a aucune feuille.", _RIEN, "Choisissez un autre fichier."),
    "feuille_absente": Message(
        "Ce fichier n’a pas de feuille « {feuille} ».", _RIEN, "Feuilles présentes : {feuilles}."
    ),
    # Recording
    "colonnes_sans_nom": Message(
        "Aucune colonne ne donne le nom des personnes.", _RIEN, "Dites quelle colonne contient le nom."
    ),
    "import_vide": Message("Aucune ligne n’est choisie.", _RIEN, "Choisissez des lignes à inscrire."),
    "import_trop_grand": Message(
        "Une inscription par fichier s’arrête à {maximum} personnes.", _RIEN, "Choisissez moins de lignes."
    ),
    "import_fichier_change": Message(
        "« {fichier} » a changé depuis qu’il a été lu.", _RIEN, "Choisissez-le de nouveau pour le relire."
    ),
    "import_a_revoir": Message(
        "Une de ces personnes vient d’être inscrite ici.", _RIEN, "Relisez le fichier, puis recommencez."
    ),
    "import_arrete": Message("Arrêté à votre demande.", _RIEN, "Vous pouvez recommencer quand vous voulez."),
    "import_reprise_reservee": Message(
        "Un responsable du poste, ou qui a inscrit ces personnes, peut les retirer.",
        "Rien n’a été changé.",
        "Demandez-lui d’ouvrir cette page.",
    ),
    "import_sans_reprise": Message(
        "Toutes les personnes de ce fichier ont eu une visite depuis.",
        "Rien n’a été changé.",
        "Ouvrez leur fiche une par une.",
    ),
    # About one row
    "nom_absent": Message("Ni nom ni prénom.", "", ""),
    "nom_naissance_absent": Message("Il manque le nom de naissance.", "", ""),
    "prenoms_absent": Message("Il manque le prénom.", "", ""),
    "naissance_absente": Message("Il manque la date de naissance.", "", ""),
    "annee_seule": Message("Seule l’année de naissance est connue : elle va dans la note.", "", ""),
    "annee_douteuse": Message("Cette année de naissance n’est pas reconnue : elle n’est pas reprise.", "", ""),
    "naissance_a_relire": Message("Cet âge est inhabituel : vérifiez l’année de naissance.", "", ""),
    "commune_absente": Message("Il manque la commune.", "", ""),
    "commune_a_choisir": Message("Plusieurs communes sont possibles : à choisir avec la personne.", "", ""),
    "commune_non_trouvee": Message("Cette commune n’est pas dans la liste : à choisir avec la personne.", "", ""),
    "pays_a_choisir": Message(
        "Ce pays n’est pas reconnu : choisissez avec la personne sa commune, ou son pays.", "", ""
    ),
    "pays_contredit": Message("La commune est gardée ; cette case dit autre chose : à vérifier.", "", ""),
    "nom_a_separer": Message("Le nom et le prénom sont dans la même case : rien ne dit lequel est lequel.", "", ""),
    "deux_personnes": Message("Cette case nomme deux personnes : il faut une ligne pour chacune.", "", ""),
    "civilite_douteuse": Message("Le « M » du début est lu comme une civilité : à vérifier.", "", ""),
    "deux_noms": Message(
        "Deux noms dans la même case : le premier est pris pour le nom de naissance, à vérifier.", "", ""
    ),
    "prenom_initiale": Message("Ce prénom n’est qu’une initiale : à compléter avec la personne.", "", ""),
    "date_deux_lectures": Message(
        "Ce nombre se lit comme deux dates différentes. Écrivez la date en entier, comme 01/02/1987.", "", ""
    ),
    "lettre_illisible": Message("Une lettre de cette case est illisible.", "", ""),
    "cellule_trop_longue": Message("Le texte de cette case est trop long.", "", ""),
    "formule": Message("Cette case contient une formule, pas un texte.", "", ""),
}

VERDICTS: Mapping[str, str] = {
    "a_inscrire": "À inscrire",
    "a_completer": "À inscrire, puis à compléter",
    "ressemble": "Ressemble à une fiche d’ici",
    "meme_cle": "Homonyme possible",
    "effacee": "Fiche effacée ici",
    "deja_inscrite": "Déjà au poste",
    "doublon": "Deux fois dans le fichier",
    "illisible": "À corriger",
    "plus_tard": "Pour la prochaine fois",
}
"""What becomes of a row, in a few words."""

_RAISONS: Mapping[str, str] = {
    "doublon": "Même personne que la ligne {autre}.",
    "ressemble": "Prenez la ligne seulement si c’est une autre personne.",
    "meme_cle": (
        "Même nom, premier prénom et naissance que {qui}. Prenez la ligne si c’est une autre personne ; un responsable "
        "notera l’homonyme à sa visite."
    ),
    "effacee": "Une fiche de cette identité a été effacée ici. Prenez la ligne seulement si la personne revient.",
}


def raison(verdict: str, autre: int, proche: str = "") -> str:
    """Why a row of this verdict is left, and what to do about it, "" when there is nothing to say.

    `autre`: the row it is compared with, 0 for somebody of this desk; `proche`: a name, only where one may be shown.
    """
    ou = ("la ", f"ligne\u00a0{autre}") if autre else ("une ", "fiche d’ici")
    qui = f"{proche} ({ou[1]})" if proche else "".join(ou)
    return typographie(_RAISONS.get(verdict, "").format(autre=autre, qui=qui))
