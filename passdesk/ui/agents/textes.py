"""All the words of the agents' pages, in one place."""

from __future__ import annotations

from passdesk.domain.francais import date_longue
from passdesk.domain.francais import typographie as t
from passdesk.services.agents import RESPONSABLE, AgentDuPoste
from passdesk.services.cle_du_poste import EtatCle
from passdesk.services.secours import EtatSecours

CARTE = "Agents"
ROLES = {"mediateur": "Médiation", RESPONSABLE: "Responsable"}
ROLES_AIDE = t("Un responsable peut en plus annuler, effacer, revenir à une sauvegarde et régler le poste.")
CHANGER, AJOUTER, NOUVELLE, RETIRER = "Changer ma phrase", "Ajouter un agent", "Nouvelle phrase", "Retirer"
PASSER = "Passer la main"
PASSER_AIDE = t("Le poste se verrouille ; votre collègue l’ouvre avec sa phrase, là où vous en êtes.")
DELAI, DELAI_AIDE = "Verrouiller tout seul", "quand personne ne touche au clavier ni à la souris"
DELAI_GARDE = "C’est gardé. Le poste se verrouillera après ce délai."
RESERVE = "Un responsable du poste peut ajouter ou retirer un agent."
SECOURS = "Feuille de secours"
SECOURS_AIDE = t("Elle ouvre le poste quand une phrase secrète est oubliée.")
SECOURS_AUCUNE = "Ce poste n’a pas de feuille de secours."
SECOURS_AUCUNE_SUITE = "Si une phrase se perd, ses dossiers se perdent."
SECOURS_A_DEMANDER = "Si une phrase se perd, ses dossiers se perdent. Demandez-la à un responsable."
SECOURS_FAIRE, SECOURS_REFAIRE = "Faire la feuille", "Faire une nouvelle feuille"

CLE = "Changer la clé du poste"
CLE_TITRE = "Clé du poste"
CLE_AIDE = t("À changer quand quelqu’un est parti, ou quand une phrase ou une copie a pu tomber dans d’autres mains.")
CLE_REVENUE = t("Une sauvegarde a ramené la clé d’avant.")
CLE_REVENUE_SUITE = t("Elle avait été changée : ce qui s’ouvrait avec elle s’ouvre de nouveau. Changez-la encore.")
CLE_EFFETS = (
    t("Ce que le poste enregistre ensuite est sous une nouvelle clé : une phrase ou une copie d’avant n’y ouvre rien."),
    t("Une sauvegarde d’avant s’ouvre encore avec les phrases de son jour : gardez-la sous clé."),
)
CLE_FEUILLE = t("La feuille de secours n’ouvrira plus rien : détruisez-la, et faites-en une nouvelle.")
CLE_SEUL = "Personne d’autre ne travaille à ce poste."
CLE_PHRASE = "Votre phrase secrète"
CLE_FAIRE = "Changer la clé"
CLE_ATTENTE = t(
    "La clé du poste change. Tout est récrit puis relu ; cela prend de quelques secondes à quelques minutes."
)
AJOUT = "Ajouter un agent"
NOM = "Prénom et nom"
ROLE = "Ce que cette personne fait ici"
PHRASE_DE = "Sa phrase secrète"
AJOUTER_AVERTISSEMENT = (
    "Personne ne peut retrouver cette phrase.",
    t("Laissez le clavier à cette personne : elle tape sa phrase seule."),
)
CHANGER_AVERTISSEMENT = ("Personne ne peut retrouver cette phrase pour vous.", "L’ancienne n’ouvrira plus ce poste.")
ANCIENNE = "Phrase actuelle"
PHRASE_NOUVELLE = "Nouvelle phrase"
RENONCER = "Renoncer"
GARDER_PHRASE = "Changer la phrase"

FEUILLE_TITRE = "Feuille de secours"
FEUILLE_ETAPE = t("Étape 3 sur 4 : la feuille de secours")
RELIER_ETAPE = t("Étape 4 sur 4 : relier ce poste à la Région")
FEUILLE_AIDE = (
    t("Cette feuille ouvre le poste quand une phrase secrète est oubliée. Sans elle, rien ne le peut."),
    t("Qui la tient peut lire tous les dossiers : imprimez-la, puis rangez-la sous clé, loin de l’ordinateur."),
)
FEUILLE_VOIR, FEUILLE_REVOIR = "Voir et imprimer la feuille", "Revoir la feuille"
FEUILLE_DETAIL = "Elle ne s’affiche qu’une fois. Sans imprimante, enregistrez-la sur une clé USB, jamais ici."
FEUILLE_ENVOYEE = "La feuille est partie à l’imprimante. Prenez-la tout de suite."
FEUILLE_ENREGISTREE = "La feuille est enregistrée. Imprimez-la, puis effacez ce fichier."
FEUILLE_GROUPE = "Les quatre derniers signes de la clé"
FEUILLE_GROUPE_AIDE = "lus sur la feuille imprimée"
FEUILLE_BONNE = "Cette feuille est la bonne"
FEUILLE_RETENUE = t("C’est fait. Cette feuille ouvre le poste ; rangez-la sous clé maintenant.")
FEUILLE_PLUS_TARD = "Plus tard"
CONTINUER, REVENIR = "Continuer", "Revenir aux réglages"

OUBLI_TITRE = "Ouvrir avec la feuille de secours"
OUBLI_AIDE = t("Prenez la feuille de secours du poste. Vous choisirez ensuite une nouvelle phrase.")
OUBLI_SANS = t("Un responsable qui ouvre le poste peut aussi vous donner une nouvelle phrase, dans Réglages.")
OUBLI_CLE = "Clé de secours"
OUBLI_CLE_AIDE = "les sept groupes, avec ou sans tirets"
OUBLI_QUI = t("Qui êtes-vous ?")
OUBLI_CHOISIR = "Choisissez votre nom"
OUBLI_QUI_MANQUE = "Choisissez votre nom dans la liste."
OUBLI_AVERTISSEMENT = (
    "Choisissez une nouvelle phrase.",
    "L’ancienne n’ouvrira plus ce poste. La feuille de secours reste bonne.",
)
OUBLI_OUVRIR, OUBLI_RETOUR = "Ouvrir le poste", "Revenir à la phrase"
OUBLI_CHERCHE = "Lecture de la clé…"


def minutes(delai: int) -> str:
    """ "après 10 minutes"."""
    return f"après {delai}\u00a0minute{'s' if delai > 1 else ''}"


def role(agent: AgentDuPoste) -> str:
    """What is said under a name."""
    mots = (ROLES[agent.role], "c’est vous" if agent.moi else "", "" if agent.a_une_phrase else "sans phrase secrète")
    return " · ".join(mot for mot in mots if mot)


def secours(etat: EtatSecours) -> str:
    """What the sheet is for, since when there is one, and whether it served."""
    if etat.faite_le is None:
        return SECOURS_AIDE
    servi = f" Elle a servi le {date_longue(etat.employee_le)}." if etat.employee_le else ""
    return f"{SECOURS_AIDE} Faite le {date_longue(etat.faite_le)}.{servi}"


def feuille_en_vigueur(etat: EtatSecours) -> str:
    """What becomes of the sheet of before."""
    if etat.faite_le is None:
        return ""
    jour = date_longue(etat.faite_le)
    return t(f"La feuille du {jour} reste bonne tant que la nouvelle n’est pas confirmée ; détruisez-la ensuite.")


def question_retrait(nom: str) -> tuple[str, str, str]:
    """The question, what it does and does not do, the harmless answer."""
    return (
        f"Retirer {nom} de ce poste\u00a0?",
        "Sa phrase n’ouvrira plus ce poste, ni les sauvegardes faites ensuite. Une sauvegarde d’avant s’ouvre encore "
        "avec elle\u00a0: gardez-les sous clé. Si cette personne a pu emporter une copie, changez ensuite la clé du "
        "poste. Ses actes restent à son nom.",
        f"Garder {nom}",
    )


def cle_collegues(noms: tuple[str, ...]) -> str:
    """Who opens nothing until a new passphrase is given."""
    if not noms:
        return CLE_SEUL
    if len(noms) == 1:
        return f"{noms[0]} n’ouvrira plus ce poste tant que vous ne lui aurez pas donné une nouvelle phrase."
    tous = ", ".join(noms[:-1]) + f" et {noms[-1]}"
    return f"{tous} n’ouvriront plus ce poste tant que vous ne leur aurez pas donné une nouvelle phrase."


def cle_faite(collegues: bool, feuille: bool) -> str:
    """Done, and what is left to do."""
    reste = [
        "donnez une nouvelle phrase à chaque collègue" if collegues else "",
        "faites une nouvelle feuille de secours" if feuille else "",
    ]
    suite = ", puis ".join(["Ouvrez avec votre phrase", *(mots for mots in reste if mots)])
    return f"La clé du poste est changée. {suite}."


def cle_changee(etat: EtatCle) -> str:
    """Since when the key is this one."""
    return CLE_AIDE if etat.changee_le is None else f"{CLE_AIDE} Changée le {date_longue(etat.changee_le)}."


def ajoute(nom: str) -> str:
    """Done."""
    return f"{nom} peut maintenant ouvrir ce poste."


def retire(nom: str) -> str:
    """Done."""
    return f"{nom} ne peut plus ouvrir ce poste."


def phrase_changee(nom: str = "") -> str:
    """Done."""
    return f"{nom} a une nouvelle phrase." if nom else "Votre phrase est changée."


def nouvelle_phrase_de(nom: str) -> str:
    """The title of the page."""
    return f"Nouvelle phrase pour {nom}"
