"""All the words of *Inscrire depuis un tableau*, in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from passdesk.domain.francais import date_longue, milliers, typographie
from passdesk.services.importer import (
    A_COMPLETER,
    A_INSCRIRE,
    DEJA_INSCRITE,
    DOUBLON,
    EFFACEE,
    ILLISIBLE,
    MEME_CLE,
    PERSONNES_MAX,
    PLUS_TARD,
    RESSEMBLE,
    LigneAnalysee,
)
from passdesk.services.importer_actes import DernierImport
from passdesk.services.importer_colonnes import Colonne
from passdesk.services.importer_lecture import Remarque, lettres_colonne
from passdesk.ui.composants import Rangee, Ton
from passdesk.ui.messages import message
from passdesk.ui.messages.importer import VERDICTS, raison

TITRE = "Inscrire depuis un tableau"
BOUTON = "Depuis un tableau"
RETOUR = "Revenir à Personnes"
FICHIER = "Le tableau"
AIDE = (
    "Une ligne par personne, dans un fichier .csv, .ods ou .xlsx : votre liste, ou la feuille « Bénéficiaires » de La "
    "Coop. Vous verrez ce que devient chaque ligne avant toute inscription."
)
DEPOSER = "Vous pouvez aussi déposer le fichier sur cette page."
CHOISIR = "Choisir un fichier"
AUTRE_FICHIER = "Choisir un autre fichier"
FILTRE = "Tableaux (*.csv *.ods *.xlsx *.txt *.tsv);;Tous les fichiers (*)"
FEUILLE = "Feuille"
COLONNES = "Les colonnes"
COLONNES_AIDE = "Voici ce qui a été reconnu. Corrigez si besoin : ce choix est retenu pour les mêmes titres."
SANS_ENTETE = "Aucune ligne de titres n’a été reconnue : dites ce que contient chaque colonne."
CHANGER_COLONNES = "Changer les colonnes"
REGARDER = "Regarder les lignes"
LAISSEE = "Ne pas reprendre"
LIGNES = "Ce que devient chaque ligne"
MONTRER = "Lignes montrées"
TOUTES = "Toutes les lignes"
LISTE = "Lignes du tableau"
RAPPORT = "Enregistrer la liste des réponses"
RAPPORT_NOM = "reponses-tableau.csv"
RAPPORT_FILTRE = "Tableau (*.csv)"
RAPPORT_FAIT = "Les réponses sont enregistrées, sans aucun nom."
LAISSER = "Laisser cette ligne"
PRENDRE = "Prendre cette ligne"
VOIR = "Voir les personnes"
SUITE = "Continuer avec ce tableau"
GARDER = "Les garder"
FAIRE = "Les retirer"
LECTURE = "Lecture du tableau…"
COMPARAISON = "Comparaison avec les fiches d’ici…"
PREPARATION = "Préparation, sans rien inscrire encore. Vous pouvez continuer ailleurs."
ENREGISTREMENT = "Inscription de toutes les personnes, d’un seul coup…"
REPRISE = "Retrait de ces personnes…"

PRISES = (A_INSCRIRE, A_COMPLETER)
"""Verdicts of rows taken unless the agent says otherwise."""

LIGNES_MONTREES = 500
"""Rows shown at once; the file of answers has them all."""

CHAMPS = {
    "nom_naissance": "Nom de naissance",
    "nom_usage": "Nom d’usage",
    "prenoms": "Prénoms",
    "nom_complet": "Nom et prénoms ensemble",
    "naissance": "Date de naissance",
    "annee_naissance": "Année de naissance",
    "lieu_naissance": "Lieu de naissance",
    "adresse": "Adresse",
    "complement_adresse": "Complément d’adresse",
    "code_postal": "Code postal",
    "commune": "Commune",
    "pays": "Pays du domicile",
    "code_insee": "Numéro INSEE de la commune",
    "telephone": "Téléphone",
    "courriel": "Adresse électronique",
    "langue": "Langue",
    "note": "Note",
}

_TONS: dict[str, tuple[Ton, str]] = {
    A_INSCRIRE: ("ok", "check"),
    A_COMPLETER: ("ok", "pencil"),
    RESSEMBLE: ("warn", "users"),
    MEME_CLE: ("warn", "users"),
    EFFACEE: ("warn", "user"),
    DEJA_INSCRITE: ("neutre", "user"),
    DOUBLON: ("neutre", ""),
    ILLISIBLE: ("warn", "alert-triangle"),
    PLUS_TARD: ("info", "clock"),
}


def nombre(combien: int, mot: str, pluriel: str = "") -> str:
    """ "1 ligne", "4 lignes"; thousands are kept apart."""
    return f"{milliers(combien)}\u00a0{(pluriel or mot + 's') if combien > 1 else mot}"


def colonne(rang: int, titre: str) -> str:
    """The header as written, or the letter of the column."""
    return titre or f"Colonne\u00a0{lettres_colonne(rang)}"


def apercu(colonne_lue: Colonne) -> str:
    """The first things under a header."""
    return " · ".join(" ".join(texte.split())[:30] for texte in colonne_lue.apercus) or "rien dessous"


def resume_colonnes(champs: Iterable[str]) -> str:
    """ "8 colonnes reprises · 3 laissées"."""
    prises = [bool(champ) for champ in champs]
    laissees = len(prises) - sum(prises)
    return " · ".join(
        [nombre(sum(prises), "colonne reprise", "colonnes reprises")]
        + ([f"{laissees}\u00a0laissée{'s' if laissees > 1 else ''}"] if laissees else [])
    )


def compte(comptes: Counter[str]) -> str:
    """How many rows, and how many of each kind: the first thing to read."""
    lignes = [f"{milliers(comptes[v])}\u00a0{_EN_MOTS[v][comptes[v] > 1]}" for v in VERDICTS if comptes[v]]
    return "\u00a0· ".join(lignes) or "Ce tableau n’a aucune ligne à lire."


_EN_MOTS = {
    A_INSCRIRE: ("à inscrire", "à inscrire"),
    A_COMPLETER: ("à compléter ensuite", "à compléter ensuite"),
    RESSEMBLE: ("qui ressemble à une fiche", "qui ressemblent à une fiche"),
    MEME_CLE: ("homonyme possible", "homonymes possibles"),
    EFFACEE: ("d’une fiche effacée", "de fiches effacées"),
    DEJA_INSCRITE: ("déjà au poste", "déjà au poste"),
    DOUBLON: ("en double", "en double"),
    ILLISIBLE: ("à corriger", "à corriger"),
    PLUS_TARD: ("pour la prochaine fois", "pour la prochaine fois"),
}


def plus_tard(combien: int) -> tuple[str, str]:
    """Why a long file is recorded in several times, and that nothing has to be cut."""
    quoi = f"Ce tableau est long\u00a0: {nombre(PERSONNES_MAX, 'personne')} au plus s’inscrivent à la fois."
    suite = f"Reprenez le même fichier ensuite\u00a0: PassDesk proposera la suite ({milliers(combien)})."
    return quoi, suite


def choix_ressemblances(combien: int) -> str:
    """The tick that takes look-alikes too."""
    qui = "la personne ressemblante" if combien == 1 else f"les {milliers(combien)}\u00a0personnes ressemblantes"
    return f"Inscrire aussi {qui}"


def inscrire(combien: int) -> str:
    """The primary button."""
    return f"Inscrire {nombre(combien, 'personne')}" if combien else "Aucune ligne à inscrire"


def fait(combien: int) -> str:
    """What just happened."""
    return f"{nombre(combien, 'personne')} de plus {'sont' if combien > 1 else 'est'} au poste"


def ensuite(comptes: Counter[str], prises: Sequence[LigneAnalysee]) -> str:
    """What to do next, in sentences. `comptes`: rows of each verdict; `prises`: those just recorded."""
    phrases = []
    if combien := sum(ligne.a_completer for ligne in prises):
        phrases.append(
            f"{nombre(combien, 'fiche')} {'restent' if combien > 1 else 'reste'} à compléter\u00a0: ce qui manque se "
            "demande à la prochaine visite."
        )
    if fautives := comptes[ILLISIBLE]:
        phrases.append(
            f"{nombre(fautives, 'ligne')} à corriger {'sont laissées' if fautives > 1 else 'est laissée'}. Corrigez le "
            "tableau, puis redonnez-le\u00a0: ce qui est fait ne se refait pas."
        )
    choix = (RESSEMBLE, MEME_CLE, EFFACEE)
    if laissees := sum(comptes[v] for v in choix) - sum(ligne.verdict in choix for ligne in prises):
        une = laissees == 1
        phrases.append(
            f"{nombre(laissees, 'ligne')} {'reste' if une else 'restent'} à votre choix\u00a0: redonnez le tableau tel "
            f"quel pour {'la prendre' if une else 'en prendre'}."
        )
    if comptes[PLUS_TARD]:
        phrases.append(f"La suite du tableau attend\u00a0: {nombre(comptes[PLUS_TARD], 'personne')}.")
    return " ".join(phrases) or "Rien d’autre à faire."


def dernier(fait_le: DernierImport) -> str:
    """What the last spreadsheet left."""
    jour = date_longue(fait_le.le.astimezone().date())
    return f"Le dernier tableau, le {jour}\u00a0: {nombre(fait_le.inscrites, 'personne')} au poste."


def dernier_suite(fait_le: DernierImport) -> str:
    """How many of them can be taken back, and by whom when it is not the agent at work."""
    if fait_le.permis or not fait_le.intactes:
        return _intactes(fait_le)
    ou = f", ou {fait_le.par} qui les a inscrites," if fait_le.par else ""
    return f"{_intactes(fait_le)} Un responsable du poste{ou} peut les retirer."


def _intactes(fait_le: DernierImport) -> str:
    if fait_le.intactes == fait_le.inscrites:
        return "Aucune n’a encore eu de visite."
    if not fait_le.intactes:
        return "Toutes ont eu une visite depuis\u00a0: elles restent."
    return f"{nombre(fait_le.intactes, 'personne')} n’{'ont' if fait_le.intactes > 1 else 'a'} pas encore eu de visite."


def retirer(combien: int) -> str:
    """The button that takes them back."""
    return f"Retirer ces {nombre(combien, 'personne')}" if combien > 1 else "Retirer cette personne"


def question_retrait(combien: int) -> str:
    """Asked before."""
    return f"Retirer {nombre(combien, 'personne')} de ce poste\u00a0?"


CONSEQUENCES = (
    "Leurs fiches seront effacées. Les personnes venues depuis restent au poste. Le fichier du tableau n’est pas "
    "touché."
)


def retirees(combien: int) -> str:
    """Told once they are gone."""
    return f"{nombre(combien, 'fiche')} {'sont retirées' if combien > 1 else 'est retirée'}. Le reste n’a pas changé."


def phrase(remarque: Remarque) -> str:
    """ "C12 : Février n’a pas de 31."."""
    dit = message(remarque.code).quoi
    return f"{remarque.cellule}\u00a0: {dit}" if remarque.cellule else dit


def rangee(ligne: LigneAnalysee, prise: bool) -> Rangee:
    """A row of the list: its number and who, why, and what becomes of it. `prise`: it is to be recorded."""
    titre = typographie(f"Ligne {ligne.numero}".replace(" ", "\u00a0")) + (f" · {ligne.nom}" if ligne.nom else "")
    faits = [phrase(remarque) for remarque in ligne.remarques]
    if ligne.verdict == DOUBLON:
        faits = [f"La même personne que la ligne\u00a0{ligne.autre}."]
    elif ligne.verdict == RESSEMBLE:
        faits = [f"Peut-être {ligne.proche}.", *faits]
    elif ligne.verdict in (MEME_CLE, EFFACEE):
        faits = [raison(ligne.verdict, ligne.autre, ligne.proche), *faits]
    elif ligne.verdict == DEJA_INSCRITE:
        faits = ["La même personne est au poste\u00a0: rien à faire."]
    elif ligne.verdict == PLUS_TARD:
        faits = ["Elle sera proposée quand vous reprendrez ce tableau."]
    ton, icone = _TONS[ligne.verdict]
    badge = VERDICTS[ligne.verdict]
    if ligne.verdict in PRISES and not prise:
        badge, ton, icone = "Laissée", "neutre", ""
    elif prise and ligne.verdict not in PRISES:
        badge, (ton, icone) = VERDICTS[A_INSCRIRE], _TONS[A_INSCRIRE]
    return Rangee(ligne.numero, titre, " ".join(faits) or "Rien à signaler.", badge, ton, icone)


def montrees(combien: int) -> str:
    """Said when there are more rows than shown."""
    if combien <= LIGNES_MONTREES:
        return ""
    return f"Les {LIGNES_MONTREES}\u00a0premières sur {milliers(combien)}. Le fichier des réponses les a toutes."
