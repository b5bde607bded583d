"""All the words of *Journal*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from passdesk.domain.campagne import BAIL_MINIMUM
from passdesk.domain.francais import date_longue, heure, milliers, typographie
from passdesk.services.consultations import CARNET, COMPARAISON, DECISION, EXPORT, FICHE, SCAN_RETIRE, VISITE
from passdesk.services.journal import REGARD, FiltreJournal, NoteJournal
from passdesk.ui.composants import Rangee
from passdesk.ui.jours import titre_du_jour
from passdesk.ui.messages.droits import MOTIFS
from passdesk.ui.recits import Recit, raconter

TITRE = "Journal"
RETOUR = "Revenir aux réglages"
CHERCHER = "Chercher une personne, un carnet, un repère"
AGENT, GENRE, PERIODE = "Agent", "Sorte d’acte", "Période"
TOUS_AGENTS = ("", "Tous les agents")
GENRES = (
    ("", "Tous les actes"),
    ("regards", "Fiches regardées"),
    ("fiches", "Fiches"),
    ("demandes", "Demandes"),
    ("carnets", "Carnets"),
    ("effacements", "Effacements"),
    ("poste", "Poste et agents"),
)
ENTRE = "entre"
PERIODES: tuple[tuple[object, str], ...] = (
    (1, "Aujourd’hui"),
    (7, "7\u00a0derniers jours"),
    (30, "30\u00a0derniers jours"),
    (None, "Depuis le début"),
    (ENTRE, "Deux dates"),
)
DU, AU = "D&u", "&Au"
SUITE = "Voir ce qui précède"
ENREGISTRER = "Enregistrer en tableau…"
CORRIGER = "Corrigez la date."
FIN_AVANT = "La fin vient avant le début."
A_CORRIGER = "Période à corriger\u00a0: la liste ne tient pas compte de cette date."
CONSEQUENCES = (
    "Le tableau nomme les agents et dit l’heure de chaque acte. Aucune personne servie n’y est nommée\u00a0: un repère "
    "de huit signes la remplace, que seul ce poste sait relire. Il n’est plus protégé une fois enregistré\u00a0: "
    "rangez-le, et effacez-le quand il a servi."
)
GARDER, FAIRE = "Ne rien enregistrer", "Enregistrer"
RESERVE = "Un responsable du poste peut l’enregistrer en tableau."
NOM_TABLEAU = "journal.csv"
FILTRE_CSV = "Tableau CSV (*.csv)"
INTROUVABLE = "Aucun acte trouvé"
INTROUVABLE_SUITE = (
    "Il n’y a rien à enregistrer. Choisissez une période plus longue, un autre agent, ou effacez la recherche."
)
TOUT_VOIR = "Tout montrer"
SANS_NOM = "Un agent du poste"
EFFACEE = "personne effacée"
REGARDS: Mapping[str, Recit] = {
    FICHE: Recit("eye", "neutre", "Fiche regardée"),
    EXPORT: Recit("file-text", "neutre", "Dossier de la personne préparé"),
    VISITE: Recit("eye", "neutre", "Visite ouverte"),
    CARNET: Recit("eye", "neutre", "Carnet regardé"),
    DECISION: Recit("eye", "neutre", "Réponse relue"),
    COMPARAISON: Recit("users", "neutre", "Fiche comparée à une autre"),
    SCAN_RETIRE: Recit("file-text", "neutre", "Scan abîmé retiré\u00a0: papier à numériser de nouveau"),
}
VIDES: Mapping[str, str] = {
    "personne.enregistrer": "Fiche créée",
    "personne.modifier": "Fiche modifiée",
    "demande.deposer": "Demande déposée",
    "demande.completer": "Demande complétée",
    "demande.abandonner": "Demande abandonnée",
    "justificatif.constater": "Papier vu",
    "accompagnement.noter": "Accompagnement noté",
    "litige.noter": "À vérifier : note ajoutée",
}
"""What is left to say of an act whose content was erased with the person."""
ROLES = {"responsable": "responsable", "mediateur": "médiateur"}


def periode(choix: object) -> str:
    """A period as the list says it."""
    return dict(PERIODES)[choix]


def conter(note: NoteJournal) -> Recit:
    """A line in words: what was done, never to whom."""
    if note.genre.startswith(REGARD):
        return REGARDS.get(note.genre.removeprefix(REGARD), Recit("eye", "neutre", "Fiche regardée"))
    if note.fait is None:
        return Recit("file-text", "neutre", VIDES.get(note.genre, "Acte dont le contenu est effacé"))
    faits = note.fait.faits
    match note.genre:
        case "personne.effacer":
            return Recit("ban", "neutre", "Fiche effacée", MOTIFS.get(faits.get("motif") or "", ""))
        case "lot.recevoir":
            nombre = int(faits["dernier"]) - int(faits["premier"]) + 1
            arretes = date.fromisoformat(faits["bail_jusqu_au"]) < BAIL_MINIMUM
            titre = "Carnets arrêtés par la Région" if arretes else "Carnets reçus de la Région"
            return Recit("ticket", "neutre", titre, f"{nombre} carnets de {faits['taille']}")
        case "lot.rendre":
            return Recit("ticket", "neutre", "Carnets rendus à la Région")
        case "agent.ajouter":
            role = ROLES.get(faits.get("role") or "", ROLES["mediateur"])
            return Recit("user-plus", "neutre", "Agent ajouté", f"{faits['nom']}, {role}")
        case "agent.retirer":
            return Recit("user", "neutre", "Agent retiré", str(faits.get("nom") or ""))
        case "poste.epoque":
            titre = "Poste créé" if faits.get("epoch") == 1 else "Poste remis en service"
            return Recit("settings", "neutre", titre)
        case "litige.noter" if "litige" in faits:
            return Recit(
                "clipboard-check",
                "neutre",
                "À vérifier : dossier vu" if faits.get("traite") else "À vérifier : note ajoutée",
            )
    return raconter(note.fait)


def acte(note: NoteJournal) -> str:
    """The same for a cell of the table: words of ours alone, and nothing that an agent typed."""
    return conter(note).titre


def rangees(notes: Sequence[NoteJournal], aujourdhui: date, *, suite: bool) -> list[Rangee]:
    """The rows, each day under its title; the last one shows what came before, when there is more."""
    toutes: list[Rangee] = []
    for rang, (jour, du_jour) in enumerate(groupby(notes, key=lambda note: note.quand.astimezone().date())):
        # A clock put back shows a day twice: each title has a key of its own.
        toutes.append(Rangee((rang, jour), titre_du_jour(jour, aujourdhui), entete=True))
        toutes += [_rangee(note) for note in du_jour]
    if suite:
        toutes.append(Rangee(SUITE, SUITE, icone="chevron-down"))
    return toutes


def _rangee(note: NoteJournal) -> Rangee:
    recit = conter(note)
    qui = note.personne or (EFFACEE if note.effacee else "")
    titre = " · ".join(mot for mot in (typographie(recit.titre), qui) if mot)
    mots = (heure(note.quand.astimezone()), note.agent or SANS_NOM, typographie(recit.detail), f"repère {note.repere}")
    detail = " · ".join(mot for mot in (mots if note.repere else mots[:3]) if mot)
    return Rangee(note.cle, titre, detail, icone=recit.icone)


def question(nombre: int, filtre: FiltreJournal) -> str:
    """How many lines the table has, and of which days."""
    actes = f"{milliers(nombre)}\u00a0acte{'s' if nombre > 1 else ''}"
    du, au = (date_longue(jour) if jour else "" for jour in (filtre.du, filtre.au))
    quand = f"du\u00a0{du} au\u00a0{au}" if du and au else f"depuis le\u00a0{du}" if du else ""
    quand = quand or (f"jusqu’au\u00a0{au}" if au else "depuis le début")
    return f"Enregistrer {actes}, {quand}\u00a0?"


def enregistre(nombre: int) -> str:
    """Said once the table is written."""
    return f"Le tableau est enregistré\u00a0: {milliers(nombre)}\u00a0ligne{'s' if nombre > 1 else ''}."


def en_cours(nombre: int) -> str:
    """Said while it is read."""
    return f"Préparation du tableau\u00a0: {milliers(nombre)}\u00a0lignes."
