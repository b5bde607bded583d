"""All the words of *Carnets*: filters, states, acts and what each act leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.francais import date_longue
from passdesk.services.carnets import FicheCarnet, LigneCarnet
from passdesk.services.stock import StockPot
from passdesk.ui.aujourdhui.rangees import date_courte
from passdesk.ui.composants import Rangee, Ton
from passdesk.ui.etats import CONFIRMER_IMPRESSION, ETATS, IMPRESSION_A_CONFIRMER, rangs_de_pass

TITRE = "Carnets"
CHERCHER = "Chercher un carnet"
AIDE = "Tapez un numéro, un nom, ou scannez un pass."
RETOUR = "Revenir à la liste"
VERIFIER = "Vérifier un pass"
VERIFIER_SCAN = "Vérifier ce pass"
PLUSIEURS = "Imprimer plusieurs carnets"
IMPRIMES = "Ce qui a été imprimé"
HISTOIRE = "Histoire"
FILTRE = "Carnets montrés"
AUCUN = "Aucun carnet ici"
AUCUN_SUITE = "Un carnet vient dans la liste quand il est attribué."
INTROUVABLE = "Aucun carnet trouvé"
INTROUVABLE_SUITE = "Vérifiez le numéro écrit sur la couverture, ou le nom."
INTROUVABLE_ICI = "Vérifiez le numéro sur la couverture, ou montrez tous les carnets."
EPUISES = "Bientôt épuisés"
SEUIL_BAS = 3
FILTRES: tuple[tuple[str, str, tuple[Etat, ...]], ...] = (
    ("tous", "Tous les carnets", tuple(etat for etat in Etat if etat is not Etat.RESERVE)),
    ("poste", "À imprimer ou à remettre", (Etat.ATTRIBUE, Etat.A_CONFIRMER_IMPRESSION, Etat.IMPRIME)),
    ("remis", "Remis aux personnes", (Etat.REMIS, Etat.ENTAME, Etat.EPUISE)),
    ("sortis", "Annulés, gâchés, perdus, rendus", (Etat.ANNULE, Etat.GACHE, Etat.PERDU, Etat.VOLE, Etat.RETOURNE)),
)
TONS: dict[Etat, tuple[Ton, str]] = {
    Etat.ATTRIBUE: ("ok", "check"),
    Etat.A_CONFIRMER_IMPRESSION: ("warn", "printer"),
    Etat.IMPRIME: ("info", "ticket"),
    Etat.PERDU: ("warn", "alert-triangle"),
    Etat.VOLE: ("warn", "alert-triangle"),
}
REPRISES = {
    Etat.ATTRIBUE: ("Imprimer le carnet", "printer"),
    Etat.A_CONFIRMER_IMPRESSION: (CONFIRMER_IMPRESSION, "printer"),
    Etat.IMPRIME: ("Remettre le carnet", "ticket"),
}
REIMPRIMER = "Réimprimer"
REMPLACER = "Donner un autre carnet"
LETTRE = "Imprimer la lettre"
ANNULER_REMISE = "Annuler la remise"
REMPLACABLE = "Un autre carnet peut être donné."
REMPLACABLE_SUITE = "De la même taille, avec d’autres numéros. Rien n’est compté en plus à la personne."
A_REDONNER = "La personne garde son droit."
A_REDONNER_SUITE = "Un autre carnet s’attribue par une nouvelle demande, depuis sa fiche."
A_REMPLACER_SUITE = "Un autre carnet se donne à la place du n°\u00a0{serie}."
OUVRIR_FICHE = "Ouvrir sa fiche"
VOIR_ANCIEN = "Voir le carnet remplacé"
BLOQUE = "La Région examine ce carnet. Jusqu’à sa décision, aucun lieu ne les prend."
VOIR_DOSSIER = "Voir le dossier"
NE_VAUT_PLUS = {
    Etat.ANNULE: "Ne vaut plus rien.",
    Etat.GACHE: "Ne vaut plus rien\u00a0: à déchirer.",
    Etat.PERDU: "Ne vaut plus rien.",
    Etat.VOLE: "Ne vaut plus rien.",
    Etat.RETOURNE: "Ne vaut plus rien\u00a0: à garder au poste.",
}
"""In the place of a last day that no longer counts."""
EXPIRE = "Ce carnet n’est plus valable."


@dataclass(frozen=True, slots=True)
class Question:
    """An act, its button, the question asked before it, what follows from it, and the reasons to choose from.

    `faire` does it, `sans` leaves all as it is.
    """

    bouton: str
    question: str
    consequences: str
    faire: str
    sans: str
    motifs: tuple[str, ...] = ()


_FINI = "Ses {taille}\u00a0pass ne vaudront plus rien. Les numéros ne serviront plus jamais."
QUESTIONS = {
    "carnet.gacher": Question(
        "Carnet gâché",
        "Noter gâché le carnet {serie}\u00a0?",
        f"{_FINI} Déchirez le papier. La personne garde son droit\u00a0: un autre carnet peut lui être attribué.",
        "Noter gâché",
        "Garder le carnet",
        ("Papier abîmé", "Impression illisible", "Feuilles mélangées"),
    ),
    "carnet.declarer_perdu": Question(
        "Déclarer perdu",
        "Déclarer perdu le carnet {serie}\u00a0?",
        f"{_FINI} Les lieux les refuseront dès que la Région le saura. Ces pass restent comptés à la personne. "
        "Un autre carnet peut ensuite lui être donné.",
        "Déclarer perdu",
        "Ne rien déclarer",
    ),
    "carnet.declarer_vole": Question(
        "Déclarer volé",
        "Déclarer volé le carnet {serie}\u00a0?",
        f"{_FINI} Les lieux les refuseront dès que la Région le saura. Ces pass restent comptés à la personne. "
        "Un autre carnet peut ensuite lui être donné.",
        "Déclarer volé",
        "Ne rien déclarer",
    ),
    "carnet.retourner": Question(
        "Carnet rendu",
        "Noter que le carnet {serie} est rendu\u00a0?",
        "Ses pass qui restent ne vaudront plus rien. Les numéros ne serviront plus jamais. Gardez le papier au poste.",
        "Noter le retour",
        "Ne rien noter",
    ),
    "attribution.annuler": Question(
        "Annuler ce carnet",
        "Annuler le carnet {serie}\u00a0?",
        f"{_FINI} La fiche et l’histoire restent. La demande redevient ouverte.",
        "Annuler ce carnet",
        "Garder le carnet",
        ("Saisie à reprendre", "La personne renonce", "Autre raison"),
    ),
}
RENDU_APRES_REMISE = (
    "Ces pass restent comptés à la personne. Un autre carnet peut ensuite lui être donné. "
    "Sa lettre dit qu’elle l’a rendu."
)
RENDU_AVANT_REMISE = "Il n’a pas été remis\u00a0: rien n’en reste compté à la personne."
POURQUOI = "Pourquoi"
POUR = {"general": "", "lycee": "lycéens\u00a0: "}
"""Before the carnets of a pot: whom they are kept for."""
AUCUN_CARNET = "aucun carnet"
EN_ATTENTE = "{nombre} en attente d’un envoi"
CLE_ATTENDUE = "Le poste attend sa nouvelle clé de la Région\u00a0: envoyez, puis demandez des carnets."
REMISE_ARRETEE = "La campagne s’achève\u00a0: plus aucun carnet à attribuer."


def consequences(carnet: Carnet, acte: str) -> str:
    """What follows from an act on this carnet: a carnet that comes back is counted or not, as it was handed over."""
    suite = QUESTIONS[acte].consequences.format(taille=carnet.taille)
    if acte != "carnet.retourner":
        return suite
    return f"{suite} {RENDU_AVANT_REMISE if carnet.remis_le is None else RENDU_APRES_REMISE}"


def numero(serie: str) -> str:
    """The serial in one piece: "127 0000021" never breaks at the end of a line."""
    return serie.replace(" ", "\u00a0")


def titre(ligne: LigneCarnet) -> str:
    """ "Carnet de 10"."""
    return f"Carnet de\u00a0{ligne.carnet.taille}"


def numero_et_titulaire(ligne: LigneCarnet) -> str:
    """ "n° 127 0000021 · Awa Kone"; the holder's name is gone once the person is erased."""
    return " · ".join(mot for mot in (f"n°\u00a0{numero(ligne.serie)}", ligne.titulaire) if mot)


def nom(ligne: LigneCarnet) -> str:
    """ "Carnet de 10, n° 127 0000021"."""
    return f"{titre(ligne)}, n°\u00a0{numero(ligne.serie)}"


def stock(pots: tuple[StockPot, ...], *, court: bool = False) -> str:
    """ "À attribuer : 19 carnets de 10 · 20 carnets de 5 · lycéens : 4 carnets de 5"; `court`: "19 de 10 · 20 de 5"."""
    if all(pot.arretee for pot in pots):
        return REMISE_ARRETEE
    if any(pot.cle_attendue for pot in pots):
        return CLE_ATTENDUE
    mots = []
    for pot in pots:
        noms = ("", "") if court else ("\u00a0carnet", "\u00a0carnets")
        dits = [f"{n}{noms[n > 1]} de\u00a0{taille}" for taille, n in pot.carnets]
        dits += [EN_ATTENTE.format(nombre=pot.en_attente)] if pot.en_attente else []
        mots.append(f"{POUR[pot.pot]}{' · '.join(dits) or AUCUN_CARNET}")
    proche = next((pot.derniere_remise for pot in pots if pot.derniere_remise is not None), None)
    fin = f" · Dernière remise le\u00a0{_sans_annee(proche)}" if proche is not None else ""
    return f"À attribuer\u00a0: {' · '.join(mots)}{fin}"


def _sans_annee(jour: date) -> str:
    """ "16 décembre": it is of these weeks."""
    return date_longue(jour).rpartition(" ")[0]


def bientot_epuise(pots: tuple[StockPot, ...]) -> bool:
    """True when the next persons may have to wait, of any public; a desk that waits for its key says that instead."""
    return not any(pot.cle_attendue for pot in pots) and any(
        reste <= SEUIL_BAS for pot in pots for _, reste in pot.carnets or ((0, 0),)
    )


def etat(carnet: Carnet) -> tuple[str, Ton, str]:
    """Words, tone and icon of its badge: where it stands, and how many of its pass no place takes meanwhile."""
    ton, icone = TONS.get(carnet.etat, ("neutre", ""))
    bloques = len(carnet.rangs_bloques)
    if not bloques:
        return ETATS[carnet.etat], ton, icone
    return f"{ETATS[carnet.etat]} · {bloques}\u00a0bloqué{'s' if bloques > 1 else ''}", "warn", "lock"


COURTS = {
    ETATS[Etat.A_CONFIRMER_IMPRESSION]: "À confirmer",
    ETATS[Etat.PERDU]: "Perdu",
    ETATS[Etat.VOLE]: "Volé",
    ETATS[Etat.RETOURNE]: "Rendu",
}
"""Shorter in the list, where all the badges stand at the right of their row."""


def rangee(ligne: LigneCarnet, aujourdhui: date) -> Rangee:
    """The line of the list: size and number, holder and day, state."""
    jour = date_courte(ligne.depuis.astimezone().date(), aujourdhui)
    detail = " · ".join(mot for mot in (ligne.titulaire, jour) if mot)
    cle = (ligne.carnet.campagne, ligne.carnet.numero)
    titre = f"{numero(ligne.serie)} · {ligne.carnet.taille}\u00a0pass"
    dit, ton, icone = etat(ligne.carnet)
    return Rangee(cle, titre, detail, COURTS.get(dit, dit), ton, icone)


def validite(fiche: FicheCarnet) -> str:
    """Until when it may be used, or that it may not be any more."""
    if fiche.ligne.carnet.etat in NE_VAUT_PLUS:
        return NE_VAUT_PLUS[fiche.ligne.carnet.etat]
    return f"Valable jusqu’au {date_longue(fiche.ligne.carnet.dernier_jour)}"


def place(fiche: FicheCarnet) -> str:
    """Which carnet it replaces, and which one replaces it; "" for most."""
    mots = (("À la place du", fiche.ancien), ("Remplacé par le", fiche.nouveau))
    return " · ".join(f"{debut} n°\u00a0{numero(serie)}" for debut, serie in mots if serie)


def partis(nombre: int) -> str:
    """ "4 carnets sont partis ensemble. Impression à confirmer."."""
    debut = f"{nombre}\u00a0carnets sont partis ensemble" if nombre > 1 else "1\u00a0carnet est parti"
    return f"{debut}. {IMPRESSION_A_CONFIRMER}."


def bloques(carnet: Carnet) -> str:
    """ "Pass 6 à 10 bloqués": which of its pass wait for the Region."""
    return f"{rangs_de_pass(carnet.rangs_bloques)} bloqué{'s' if len(carnet.rangs_bloques) > 1 else ''}"
