"""All the words of *Ce qui a été imprimé*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from passdesk.domain.francais import heure
from passdesk.services.tirages_notes import A_DIRE, A_REFAIRE, TirageNote
from passdesk.ui.composants import Rangee, Ton
from passdesk.ui.etats import IMPRESSION_A_CONFIRMER
from passdesk.ui.impression.reponses import nom_feuille, noms_feuilles
from passdesk.ui.impression.textes import compte_feuilles
from passdesk.ui.jours import titre_du_jour

TITRE = "Ce qui a été imprimé"
RETOUR = "Revenir aux carnets"
CHERCHER = "Chercher un numéro, un nom, une imprimante"
PERIODE = "Période"
PERIODES: tuple[tuple[int | None, str], ...] = (
    (1, "Aujourd’hui"),
    (7, "7\u00a0derniers jours"),
    (30, "30\u00a0derniers jours"),
    (None, "Depuis le début"),
)
SORTIES = "Ce qui est sorti"
CHOIX_SORTIES = (("", "Toutes les impressions"), (A_DIRE, IMPRESSION_A_CONFIRMER), (A_REFAIRE, "À refaire"))
ENREGISTRER = "Enregistrer en tableau…"
ENREGISTRE = "Le tableau est enregistré."
NOM_TABLEAU = "impressions.csv"
FILTRE_CSV = "Tableau CSV (*.csv)"
AUCUNE = "Rien n’a encore été imprimé"
AUCUNE_SUITE = "Chaque carnet envoyé à l’imprimante se note ici, avec ce qui en est sorti."
INTROUVABLE = "Aucune impression trouvée"
INTROUVABLE_SUITE = "Choisissez une période plus longue, ou effacez la recherche."
TOUT_VOIR = "Tout montrer"
FICHIER = "fichier PDF"


def compte(nombre: int) -> str:
    """ "12 impressions"."""
    return f"{nombre}\u00a0impression{'s' if nombre > 1 else ''}"


def sortie(note: TirageNote) -> tuple[str, Ton, str]:
    """What came out: words, tone, icon."""
    tirage = note.tirage
    if tirage.sortie is None:
        return (IMPRESSION_A_CONFIRMER, "warn", "printer") if note.a_dire else ("Sans réponse", "neutre", "")
    if tirage.sortie == "tout":
        return "Tout est sorti", "ok", "check"
    if tirage.sortie == "arrete" and tirage.arretee_a is not None:
        return f"Arrêté à la {nom_feuille(tirage.arretee_a).lower()}", "warn", "refresh"
    return ("Illisible" if tirage.sortie == "illisible" else "Rien n’est sorti"), "warn", "refresh"


def rangees(notes: Sequence[TirageNote], aujourdhui: date) -> list[Rangee]:
    """The rows, each day under its title."""
    toutes: list[Rangee] = []
    for jour, du_jour in groupby(notes, key=lambda note: note.tirage.quand.astimezone().date()):
        toutes.append(Rangee(jour, titre_du_jour(jour, aujourdhui), entete=True))
        toutes += [_rangee(note) for note in du_jour]
    return toutes


def _rangee(note: TirageNote) -> Rangee:
    tirage = note.tirage
    serie = note.serie.replace(" ", "\u00a0")
    titre = " · ".join(mot for mot in (serie, note.titulaire) if mot)
    ou = f"imprimante «\u00a0{tirage.imprimante}\u00a0»" if tirage.imprimante else FICHIER
    entier = tirage.feuilles[0] == 1
    feuilles = compte_feuilles(len(tirage.feuilles)) if entier else noms_feuilles(tirage.feuilles)
    detail = " · ".join(mot for mot in (heure(tirage.quand.astimezone()), note.agent, ou, feuilles) if mot)
    return Rangee(note.acte, titre, detail, *sortie(note))
