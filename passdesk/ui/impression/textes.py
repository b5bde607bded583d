"""All the words of the printing page, in one place."""

from __future__ import annotations

PAS_ANNULE = "Le carnet est attribué\u00a0: il ne s’annule pas d’ici, mais depuis Carnets."
TITRE = "Impression du carnet"
QUESTION = "Que s’est-il passé à l’imprimante\u00a0?"
QUESTION_FICHIER = "Imprimez le fichier"
ENSUITE = "Ensuite, que s’est-il passé\u00a0?"
REGARDEZ = "Regardez le bac, puis répondez. Rien n’est perdu."
REGARDEZ_BAC = "Regardez le bac de «\u00a0{imprimante}\u00a0», puis répondez."
REGARDEZ_NOM = "Enregistrez-le, imprimez-le, puis répondez."
REGARDEZ_FICHIER = "Ouvrez-le, imprimez-le, puis répondez."
PRET = "Le carnet est prêt à imprimer"
PRET_DETAIL = "Il est attribué et gardé. Rien n’est encore envoyé à l’imprimante."
PRET_ENCORE = "Ce carnet est déjà sur papier"
PRET_ENCORE_DETAIL = "Déchirez d’abord les feuilles déjà sorties\u00a0: ce sont les mêmes numéros."
PRET_COUVERTURE = "La couverture est à réimprimer"
PRET_COUVERTURE_DETAIL = "Déchirez l’ancienne. Les pass déjà sortis restent bons."
PRET_RIEN = "Il est attribué et gardé. Rien n’en était sorti de l’imprimante."
PRET_ILLISIBLE = "Déchirez d’abord ce qui est sorti\u00a0: ce sont les mêmes numéros."
MANQUE = "Il manque la {feuilles}"
MANQUENT = "Il manque les {feuilles}"
MANQUE_DETAIL = "Gardez celles qui sont sorties\u00a0: elles sont bonnes."
TOUT_LE_CARNET = "Elles ne sont plus là\u00a0: tout réimprimer"
ECRITURE = "Écriture du carnet"
ECRITURES = {False: "Ordinaire", True: "Gros caractères"}
BANDES_ETROITES = "Ces bandes sont trop étroites pour les gros caractères\u00a0: mettez du papier ordinaire."
IMPRIMER = "Imprimer le carnet"
PASSER = "Passer à la remise"
REGLER = "Régler cette imprimante"
REVENIR = "Revenir à l’impression"
PREPARATION = "Préparation des feuilles…"
LIEUX = "Lieux imprimés sur ce carnet"
AUTRES_LIEUX = "Autres lieux…"
AUCUN_LIEU = "Aucun\u00a0: le carnet dit de demander la liste au guichet."
NOM = "Nom de la personne"
NOM_CORRIGE = "Le nom a été corrigé depuis l’impression\u00a0: la couverture repart."
NOM_CASE = "Imprimer le nom sur la couverture"
PLUS_TARD = "Répondre plus tard"
IMPRIMER_PLUS_TARD = "Imprimer plus tard"
CHANGER_COUVERTURE = "Changer la couverture…"
AUTREMENT = "Imprimer autrement…"
# Not "no pass is valid before the hand-over": at a place the signature decides (protocol §3).
RASSURANCE = "Mêmes numéros : rien n’est compté deux fois."
OUVRIR = "Ouvrir le fichier"
COPIER = "Copier ailleurs…"
COPIE_FAITE = "Une copie est enregistrée."
ENREGISTRER = "Enregistrer le fichier…"
NOM_ENREGISTRE = "Le fichier est enregistré. Il porte un nom\u00a0: effacez-le après l’impression."
FILTRE_PDF = "Fichier PDF (*.pdf)"
ARRETE_ETROIT, ARRETE_A_LA = "Arrêté en route", "Arrêté à la"
ARRETE_A = "Feuille où l’impression s’est arrêtée"
QUELLE_FEUILLE = "quelle feuille\u00a0?"
REPONDEZ = "Répondez d’abord"
DITES_OU = "Dites à quelle feuille"


def sous_titre(nom: str, taille: int, serie: str, heure: str, imprimante: str = "") -> str:
    """ "Maëlle Dufresnoy · carnet de 10, n° 127 0000004 · préparé à 9 h 47", or "envoyé à 9 h 47 sur …".

    `heure`: "" before it went, and where there is no room for it.
    """
    numero = serie.replace(" ", "\u00a0")
    fait = f"envoyé à {heure} sur l’imprimante «\u00a0{imprimante}\u00a0»" if imprimante else f"préparé à {heure}"
    fin = f" · {fait}" if heure else ""
    return f"{nom} · carnet de\u00a0{taille}, n°\u00a0{numero}{fin}"


def ecriture(mots: str, feuilles: int) -> str:
    """ "Gros caractères, 5 feuilles"."""
    return f"{mots}, {compte_feuilles(feuilles)}"


def compte_feuilles(nombre: int) -> str:
    """ "3 feuilles"."""
    return f"{nombre}\u00a0feuille{'s' if nombre > 1 else ''}"


def nom_imprime(nom: str) -> str:
    """ "« Ce carnet est à Awa Kone »": what the cover says when it is ticked."""
    return f"«\u00a0Ce carnet est à {nom}\u00a0»"
