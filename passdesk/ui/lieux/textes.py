"""All the words of *Lieux*, in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from passdesk.domain.francais import date_longue, milliers, telephone, typographie
from passdesk.domain.lieu import Lieu, LieuProche, texte_distance
from passdesk.services.lieux import FicheLieu, VueLieux
from passdesk.services.lieux_couverture import LieuxCouverture
from passdesk.services.lieux_importer import CHANGE, INCHANGE, NOUVEAU, AnalyseLieux, LigneLieu
from passdesk.services.lieux_lecture import LU, REFUSE, REPARE
from passdesk.ui.composants import Rangee, Ton
from passdesk.ui.messages import message
from passdesk.ui.messages.lieux import VERDICTS

TITRE = "Lieux"
RETOUR = "Revenir aux réglages"
RETOUR_LISTE = "Voir tous les lieux"
CHERCHER = "Chercher un lieu, une commune"
PRENDRE = "Prendre une liste"
ACCEPTE, ITINERANT, ACCESSIBLE = "Avec le pass", "Itinérant", "Accessible"
AUCUN = "Aucun lieu pour l’instant"
AUCUN_SUITE = "Prenez la liste que donne la Région, ou celle des France Services."
INTROUVABLE = "Aucun lieu ne correspond"
INTROUVABLE_SUITE = "Cherchez une commune, ou demandez moins."

# The covers of this desk
COUVERTURE = "Sur les couvertures"
COUVERTURE_TITRE = "Sur les couvertures de ce poste"
COUVERTURE_AIDE = "Chaque carnet porte jusqu’à trois lieux. Pour une seule personne, changez-les au moment d’imprimer."
PROCHES = "Les trois plus proches"
A_LA_MAIN = "Ceux que vous choisissez"
QUELS = "Parmi ceux qui"
FILTRES = {"accepte_pass": "acceptent le pass", "itinerant": "sont itinérants", "accessible": "sont accessibles"}
AUCUN_LIEU = "La couverture dira de demander la liste au guichet."
RANGS = ("1er lieu", "2e lieu", "3e lieu")
PERSONNE = "Aucun"
SANS_POSITION = "Ce poste ne sait pas où il est\u00a0: il ne peut pas dire quels lieux sont proches."
SANS_POSITION_SUITE = "Réglez la position du guichet, ou ouvrez le lieu où vous êtes dans la liste."
REGLER_POSITION = "Régler la position"
SANS_ACCORD = "Aucun lieu ne répond à ces choix."
SANS_ACCORD_SUITE = (
    "La plupart des listes ne disent pas qui accepte le pass. Ouvrez un lieu que vous connaissez et notez-le."
)

# One place
SAVOIR = "Ce que vous savez de ce lieu"
SAVOIR_AIDE = "Ce que vous notez ici reste, même quand une nouvelle liste arrive."
QUESTIONS = {
    "accepte_pass": "Accepte le pass",
    "itinerant": "Itinérant",
    "accessible": "Accessible en fauteuil",
}
REPONSES = {"oui": "Oui", "non": "Non", "": "On ne sait pas"}
TELEPHONE = "Téléphone"
HORAIRES = "Corriger les horaires"
HORAIRES_AIDE = "Un jour vide est un jour fermé. Quand tout est vide, la couverture dit de téléphoner."
HORAIRES_EXEMPLE = "9h-12h, 14h-17h"
HORAIRES_FAUX = f"Écrivez les heures comme {HORAIRES_EXEMPLE}."
ECARTER = "Ne jamais proposer ce lieu"
OUBLIER = "Revenir à ce que dit la liste"
ICI = "Ce guichet est dans ce lieu"
ICI_FAIT = "C’est noté\u00a0: les distances se comptent de ce lieu."
NOTE = "C’est noté."
HORAIRES_INCONNUS = "Inconnus, ou ils changent selon la semaine\u00a0: à demander au téléphone."
FAITS = {
    "adresse": "Adresse",
    "distance": "Distance",
    "telephone": "Téléphone",
    "horaires": "Horaires",
    "courriel": "Courriel",
    "site": "Site",
    "frais": "Prix",
    "acces": "Pour venir",
    "note": "À savoir",
    "date": "Liste",
}
FRAIS = {
    "gratuit": "gratuit",
    "gratuit_sous_condition": "gratuit sous condition",
    "payant": "payant",
    "adhesion": "avec adhésion",
}
ACCES = {
    "se_presenter": "se présenter",
    "telephoner": "téléphoner",
    "courriel": "écrire un courriel",
    "rendez_vous_en_ligne": "prendre rendez-vous en ligne",
    "fiche_de_prescription": "envoyer une fiche de prescription",
}

# Taking a list
LISTE_TITRE = "Prendre une liste de lieux"
REVENIR = "Revenir aux lieux"
FICHIER = "La liste"
FICHIER_AIDE = (
    "Un fichier .csv au format LaMednum, ou la liste des France Services. Vous verrez ce qui est lu, réparé ou refusé "
    "avant que quoi que ce soit change. Ce que vous avez corrigé reste."
)
DEPOSER = "Vous pouvez aussi déposer le fichier sur cette page."
CHOISIR = "Choisir un fichier"
AUTRE_FICHIER = "Choisir un autre fichier"
FILTRE_FICHIER = "Listes (*.csv *.ods *.xlsx);;Tous les fichiers (*)"
LIGNES = "Ce que devient chaque ligne"
MONTRER, TOUTES = "Lignes montrées", "Toutes les lignes"
LECTURE = "Lecture de la liste…"
VOIR = "Voir les lieux"
RAPPORT = "Enregistrer la liste des réponses"
RAPPORT_NOM = "reponses-lieux.csv"
RAPPORT_FILTRE = "Tableau (*.csv)"
RAPPORT_FAIT = "Les réponses sont enregistrées, ligne par ligne."
LIGNES_MONTREES = 500
NOMS = {"lamednum": "Liste au format LaMednum", "france-services": "Liste des France Services"}
_TONS: dict[str, tuple[Ton, str]] = {
    LU: ("ok", "check"), REPARE: ("info", "pencil"), REFUSE: ("warn", "alert-triangle"),
}  # fmt: skip


def nombre(combien: int, mot: str) -> str:
    """ "1 lieu", "4 lieux"; thousands are kept apart."""
    pluriel = mot + ("x" if mot.endswith("eu") else "s")
    return f"{milliers(combien)}\u00a0{pluriel if combien > 1 else mot}"


def compte(vue: VueLieux) -> str:
    """How many were found, and that not all are shown."""
    if vue.trouves > len(vue.lieux):
        return f"Les {len(vue.lieux)}\u00a0plus proches sur {nombre(vue.trouves, 'lieu')}. Précisez la recherche."
    return nombre(vue.trouves, "lieu")


def distance(proche: LieuProche) -> str:
    """ "4 km", "" when it is not known."""
    return "" if proche.distance_km is None else texte_distance(proche.distance_km)


def en_bref(proche: LieuProche) -> str:
    """ "Atelier du Moulin · Villetémoin · 4 km"."""
    return " · ".join(mot for mot in (proche.lieu.nom, proche.lieu.commune, distance(proche)) if mot)


def noms(lieux: Sequence[LieuProche]) -> str:
    """The names of some places, nearest first."""
    return ", ".join(
        f"{proche.lieu.nom} ({loin})" if (loin := distance(proche)) else proche.lieu.nom for proche in lieux
    )


def rangee(proche: LieuProche) -> Rangee:
    """A place in the list."""
    lieu = proche.lieu
    detail = " · ".join(mot for mot in (lieu.ville, distance(proche)) if mot)
    badge, ton, icone = accord(lieu) if lieu.accepte_pass is not None else ("", "neutre", "")
    if lieu.ecarte or not lieu.recoit_public:
        badge, ton, icone = "Écarté" if lieu.ecarte else "Sans public", "neutre", ""
    return Rangee(lieu.lieu_id, lieu.nom, detail, badge, ton, icone, "map-pin")


def rangee_couverture(couverture: LieuxCouverture) -> Rangee:
    """The first row: what the covers carry."""
    return Rangee("", COUVERTURE, noms(couverture.lieux) or AUCUN_LIEU, icone="ticket")


def accord(lieu: Lieu) -> tuple[str, Ton, str]:
    """Whether it takes the pass, as a badge."""
    if lieu.accepte_pass is None:
        return "On ne sait pas s’il accepte le pass", "neutre", ""
    return ("Accepte le pass", "ok", "check") if lieu.accepte_pass else ("Refuse le pass", "warn", "ban")


def badges(lieu: Lieu) -> list[tuple[str, Ton, str]]:
    """What is said of a place, in a few words each."""
    dits: list[tuple[str, Ton, str]] = [accord(lieu)]
    if lieu.itinerant:
        dits.append(("Itinérant", "info", ""))
    if lieu.accessible is not None:
        dits.append(("Accessible", "ok", "check") if lieu.accessible else ("Pas accessible", "neutre", ""))
    if not lieu.recoit_public:
        dits.append(("Ne reçoit personne", "warn", "ban"))
    if lieu.ecarte:
        dits.append(("Jamais proposé", "neutre", ""))
    return dits


def faits(fiche: FicheLieu) -> list[tuple[str, str]]:
    """(what, value) of everything that is known of a place."""
    lieu = fiche.proche.lieu
    adresse = "\n".join(ligne for ligne in (lieu.adresse, lieu.complement, lieu.ville) if ligne)
    loin = distance(fiche.proche)
    valeurs = {
        "adresse": adresse,
        "distance": f"{loin} à vol d’oiseau" if loin else "",
        "telephone": telephone(lieu.telephone),
        "horaires": typographie(str(lieu.horaires or HORAIRES_INCONNUS)),
        "courriel": lieu.courriel,
        "site": lieu.site_web,
        "frais": ", ".join(FRAIS[code] for code in lieu.frais),
        "acces": ", ".join(ACCES[code] for code in lieu.acces),
        "note": lieu.note,
        "date": f"à jour au {date_longue(lieu.date_maj)}" if lieu.date_maj else "",
    }
    return [(FAITS[cle], valeur) for cle, valeur in valeurs.items() if valeur]


def selon_la_liste(dit: str) -> str:
    """The hint beside what was corrected."""
    return f"la liste dit\u00a0: {dit or 'rien'}"


def comptes(analyse: AnalyseLieux) -> str:
    """ "201 lignes : 179 lues telles quelles, 10 réparées, 12 refusées."."""
    dits: Counter[str] = analyse.comptes()
    mots = {LU: "telle quelle", REPARE: "réparée", REFUSE: "refusée"}
    morceaux = []
    for verdict, mot in mots.items():
        if dits[verdict]:
            pluriel = " ".join(m + "s" for m in mot.split()) if dits[verdict] > 1 else mot
            lues = ("lues " if dits[verdict] > 1 else "lue ") if verdict == LU else ""
            morceaux.append(f"{dits[verdict]}\u00a0{lues}{pluriel}")
    return f"{nombre(len(analyse.lignes), 'ligne')}\u00a0: {', '.join(morceaux)}." if morceaux else "Liste vide."


def effets(analyse: AnalyseLieux) -> str:
    """What the list changes at the desk."""
    dits = analyse.effets()
    mots = ((NOUVEAU, "nouveau", "nouveaux"), (CHANGE, "changé", "changés"), (INCHANGE, "inchangé", "inchangés"))
    morceaux = [f"{dits[e]}\u00a0{plusieurs if dits[e] > 1 else un}" for e, un, plusieurs in mots if dits[e]]
    return f"Lieux\u00a0: {', '.join(morceaux)}." if morceaux else "Aucun lieu à prendre."


def enregistrer(combien: int) -> str:
    """The primary button."""
    return f"Enregistrer {nombre(combien, 'lieu')}" if combien else "Aucun lieu à enregistrer"


def fait(analyse: AnalyseLieux) -> str:
    """What just happened."""
    return f"{nombre(len(analyse.pris), 'lieu')} {'sont' if len(analyse.pris) > 1 else 'est'} au poste"


def rangee_ligne(ligne: LigneLieu) -> Rangee:
    """A row of the list that was read."""
    lecture = ligne.lecture
    titre = f"Ligne\u00a0{lecture.numero}" + (f" · {lecture.nom}" if lecture.nom else "")
    phrases = [
        f"{cases}\u00a0: {message(code).quoi}" if cases else message(code).quoi
        for code, cases in lecture.par_code.items()
    ]
    ton, icone = _TONS[lecture.verdict]
    return Rangee(lecture.numero, titre, " ".join(phrases) or "Rien à signaler.", VERDICTS[lecture.verdict], ton, icone)


def montrees(combien: int) -> str:
    """Said when there are more rows than shown."""
    return f"Les {LIGNES_MONTREES}\u00a0premières sur {nombre(combien, 'ligne')}." if combien > LIGNES_MONTREES else ""
