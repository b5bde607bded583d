"""All the words of *Imprimer plusieurs carnets*."""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.domain.francais import heure, milliers
from passdesk.domain.gabarit import Support
from passdesk.domain.tirage import Sortie
from passdesk.services.fournee import CarnetFournee, FourneeEnQuestion
from passdesk.ui.composants import Rangee, Ton
from passdesk.ui.fournee.travail import Avance, Bilan
from passdesk.ui.impression.reponses import CleReponse, noms_feuilles

TITRE = "Imprimer plusieurs carnets"
RETOUR = "Revenir aux carnets"
IMPRIMER = "Imprimer"
LISTE = "Carnets à imprimer"
LISTE_PARTIS = "Carnets partis à l’imprimante"
TOUT_COCHER = "Tout cocher"
TOUT_DECOCHER = "Tout décocher"
ORDRE = "Par nom, les feuilles d’une même personne ensemble."
AUCUN = "Aucun carnet n’attend l’impression"
AUCUN_SUITE = "Un carnet vient ici quand il est attribué sans être imprimé."
VOIR = "Voir les carnets"
REMETTRE = "Remettre les carnets"
AUTRE_IMPRIMANTE = "Changer…"
REVENIR_A_LA_PILE = "Revoir la liste"
RIEN_DE_COCHE = "Cochez les carnets à imprimer."
EN_COURS = "Impression en cours"
EN_COURS_SUITE = "Vous pouvez recevoir quelqu’un pendant ce temps."
ARRET = "Arrêt après ce carnet…"
QUESTION = "Qu’est-il sorti de l’imprimante\u00a0?"
QUESTION_COURTE = "Qu’est-il sorti\u00a0?"
REGARDEZ = "Regardez le bac, puis répondez pour tous les carnets."
IMPRIMEZ_FICHIER = "Imprimez le fichier"
REGARDEZ_FICHIER = "Ouvrez-le, imprimez-le, puis répondez."
ENSUITE = "Ensuite, qu’est-il sorti\u00a0?"
AU_CARNET = "Au carnet"
A_LA_FEUILLE = "À la feuille"
REPONDEZ = "Répondez d’abord"
COCHEZ = "Cochez les carnets illisibles"
CHOISISSEZ_CARNET = "Choisissez le carnet"
DITES_OU = "Dites à quel carnet"
DITES_FEUILLE = "Dites à quelle feuille"
CHOISISSEZ_FEUILLE = "Choisissez la feuille"
PLUS_TARD = "Répondre plus tard"
TOUT_EST_SORTI = "Noter que tout est sorti"
AUTRE_PAPIER = "Autre papier"
TITRES: dict[CleReponse, tuple[str, str]] = {
    "tout": ("Tout est sorti", ""),
    "arrete": ("Arrêté en route", "Gardez ce qui est sorti avant, c’est bon."),
    "rien": ("Rien n’est sorti", "Mêmes carnets, mêmes numéros."),
    "illisible": ("Carnets illisibles", "Cochez-les, puis déchirez-les."),
}


def compte(nombre: int, mot: str) -> str:
    """ "1 carnet", "12 carnets"."""
    return f"{milliers(nombre)}\u00a0{mot}{'s' if nombre > 1 else ''}"


def carnets_et_feuilles(pris: Sequence[CarnetFournee], support: Support) -> str:
    """ "4 carnets, 14 feuilles"."""
    feuilles = sum(carnet.nombre_feuilles(support) for carnet in pris)
    return f"{compte(len(pris), 'carnet')}, {compte(feuilles, 'feuille')}"


def attendent(nombre: int) -> str:
    """ "4 carnets attendent l’impression"."""
    return f"{compte(nombre, 'carnet')} {'attendent' if nombre > 1 else 'attend'} l’impression"


def imprimer(nombre: int) -> str:
    """ "Imprimer 4 carnets"."""
    return f"Imprimer {compte(nombre, 'carnet')}"


def bloques(nombre: int) -> str:
    """Those that the Region keeps."""
    if nombre == 1:
        return "1\u00a0autre carnet attend une décision de la Région. Le dossier est dans À vérifier."
    return f"{nombre}\u00a0autres carnets attendent une décision de la Région. Les dossiers sont dans À vérifier."


def trop_gros(nombre: int) -> str:
    """Large print that these strips cannot hold."""
    suite = "Mettez ensuite du papier ordinaire."
    if nombre == 1:
        return f"Ces bandes sont trop étroites pour 1\u00a0carnet en gros caractères. {suite}"
    return f"Ces bandes sont trop étroites pour {nombre}\u00a0carnets en gros caractères. {suite}"


def avance(ou: Avance) -> str:
    """ "Carnet 3 sur 12 · 6 feuilles envoyées sur 36"."""
    envoyees = f"{compte(ou.feuilles, 'feuille')} envoyée{'s' if ou.feuilles > 1 else ''} sur {ou.en_tout}"
    return f"Carnet\u00a0{ou.rang} sur\u00a0{ou.total} · {envoyees}"


def resume(pris: Sequence[CarnetFournee], support: Support, imprimante: str) -> str:
    """ "14 feuilles sur « Accueil »": what the button does, where the choice of the printer is out of sight."""
    feuilles = sum(carnet.nombre_feuilles(support) for carnet in pris)
    ou = f"sur «\u00a0{imprimante}\u00a0»" if imprimante else "dans un fichier PDF"
    return f"{compte(feuilles, 'feuille')} {ou}" if pris else RIEN_DE_COCHE


def envoyes(question: FourneeEnQuestion) -> str:
    """ "4 carnets, 14 feuilles · envoyés à 9 h 42 sur l’imprimante « Accueil »"."""
    quand, s = heure(question.quand.astimezone()), "s" if len(question.carnets) > 1 else ""
    imprimante = question.imprimante
    ou = f"envoyé{s} à {quand} sur l’imprimante «\u00a0{imprimante}\u00a0»" if imprimante else f"préparé{s} à {quand}"
    return f"{carnets_et_feuilles(question.carnets, Support.ORDINAIRE)} · {ou}"


def detail_tout(question: FourneeEnQuestion) -> str:
    """ "4 carnets, 14 feuilles, bien lisibles."."""
    return f"{carnets_et_feuilles(question.carnets, Support.ORDINAIRE)}, bien lisibles."


def noter(a_refaire: int) -> str:
    """ "Noter 3 carnets à refaire"; nothing to do again: all came out."""
    return f"Noter {compte(a_refaire, 'carnet')} à refaire" if a_refaire else TOUT_EST_SORTI


def nom(carnet: CarnetFournee) -> str:
    """ "127 0000021 · Maëlle Dufresnoy"."""
    return " · ".join(mot for mot in (carnet.serie.replace(" ", "\u00a0"), carnet.titulaire) if mot)


def rangee(carnet: CarnetFournee, support: Support, *, cochee: bool, possible: bool) -> Rangee:
    """A carnet that waits. Not `possible`: not on this paper."""
    badge: tuple[str, Ton, str] = ("", "neutre", "") if possible else (AUTRE_PAPIER, "warn", "alert-triangle")
    return Rangee(carnet.cle, _nom(carnet), _detail(carnet, support), *badge, cochee=cochee and possible)


def rangee_en_route(carnet: CarnetFournee, support: Support, place: int, en_cours: int) -> Rangee:
    """A carnet of the batch under way, at this place of the pile."""
    badges: dict[int, tuple[str, Ton, str]] = {-1: ("Envoyé", "neutre", "check"), 0: ("En cours", "info", "printer")}
    badge = badges.get(min(max(place - en_cours, -1), 1), ("", "neutre", ""))
    return Rangee(carnet.cle, _nom(carnet), _detail(carnet, support), *badge)


def rangee_partie(
    carnet: CarnetFournee, sortie: tuple[Sortie, int | None] | None, cochee: bool | None = None
) -> Rangee:
    """A carnet that went, and what the answer chosen says of it."""
    badge: tuple[str, Ton, str] = ("À regarder", "neutre", "eye")
    if sortie is not None:
        quoi, feuille = sortie
        if quoi == "tout":
            badge = ("Bon", "ok", "check")
        elif feuille is None:
            badge = ("À refaire", "warn", "refresh")
        else:
            refaites = noms_feuilles(range(feuille, carnet.feuilles[-1] + 1))
            badge = (f"{refaites[0].upper()}{refaites[1:]} à refaire", "warn", "refresh")
    return Rangee(carnet.cle, _nom(carnet), _detail(carnet, Support.ORDINAIRE), *badge, cochee=cochee)


def notee(total: int, bons: int) -> tuple[str, str]:
    """What was recorded of a batch, and what follows."""
    refaits = total - bons
    imprimes = f"{compte(bons, 'carnet')} {'sont imprimés' if bons > 1 else 'est imprimé'}."
    attend = "Ils attendent leur remise." if bons > 1 else "Il attend sa remise."
    if not refaits:
        return imprimes, attend
    return (imprimes if bons else "Rien n’est imprimé."), f"{compte(refaits, 'carnet')} à refaire, mêmes numéros."


def restent(nombre: int) -> str:
    """ "9 carnets restent à imprimer."; "" when all went."""
    return f"{compte(nombre, 'carnet')} {'restent' if nombre > 1 else 'reste'} à imprimer." if nombre else ""


def incident(bilan: Bilan, total: int, quoi: str) -> tuple[str, str]:
    """Why not all went, and where the others are. `quoi`: what kept the first of those left here, if any was."""
    if bilan.arretee:
        return f"Arrêté après {compte(bilan.partis, 'carnet')} sur {total}.", restent(total - bilan.partis)
    laisses = len(bilan.laisses)
    return f"{compte(laisses, 'carnet')} {'ne sont pas partis' if laisses > 1 else 'n’est pas parti'}.", quoi


def _nom(carnet: CarnetFournee) -> str:
    return carnet.titulaire or carnet.serie.replace(" ", "\u00a0")


def _detail(carnet: CarnetFournee, support: Support) -> str:
    serie = f"n°\u00a0{carnet.serie.replace(' ', chr(160))}"
    entier = not carnet.feuilles or carnet.feuilles[0] == 1
    quelles = compte(carnet.nombre_feuilles(support), "feuille") if entier else noms_feuilles(carnet.feuilles)
    mots = (serie, f"{carnet.carnet.taille}\u00a0pass", quelles, "gros caractères" if carnet.gros else "")
    return " · ".join(mot for mot in mots if mot)
