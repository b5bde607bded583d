"""All the words of *Vérifier un pass*; each verdict is said by a word, an icon and a tone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION
from passdesk.domain.francais import date_longue, heure
from passdesk.services.carnet_du_poste import FAUX, JUSTE
from passdesk.services.verification import A_VENIR, ABSENTE, FRAICHE, TROP_ANCIENNE, Controle, EtatListe
from passdesk.ui.composants import Rangee, Ton
from passdesk.ui.messages import Message, message
from passdesk.ui.messages.verdicts import cle_verdict

TITRE = "Vérifier un pass"
RETOUR = "Revenir aux carnets"
CHAMP = "Pass à vérifier"
AIDE = "Scannez le carré du pass. S’il ne se lit plus, tapez son numéro, sa clé et ses cinq caractères."
DEPOSER = "Une image ou un PDF peut aussi être déposé ici, ou collé."
BOUTON = "Vérifier ce pass"
CHOISIR = "Choisir une image ou un PDF"
FILTRE = "Images et PDF (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.webp *.gif *.bmp)"
LECTURE = "Lecture du fichier…"
LECTURE_PAGES = "Arrêter la lecture, page {page} sur {pages}"
PRENDRE = "Prendre une liste reçue"
FILTRE_LISTE = "Liste de la Région (*.bin);;Tous les fichiers (*)"
SEANCE = "Pass vérifiés pendant cette séance"
RETOUR_LISTE = "Revenir aux pass vérifiés"
RIEN = "Aucun pass vérifié pour l’instant"
RIEN_SUITE = "Scannez un pass\u00a0: la réponse vient ici. Rien n’en est enregistré."
COUVERTURE = "C’est la couverture du carnet."
COUVERTURE_SUITE = "Elle n’est pas un pass. Scannez plutôt l’un des pass."
LISTE_PRISE = "La liste reçue est en place."
NOUVELLE_LISTE = "Appuyez sur F5 quand une connexion existe, ou prenez une liste reçue par courriel ou sur une clé."
REGLER_DATE = "La réponse vaut pour le jour de la liste. Réglez la date, puis vérifiez encore."
VIEILLE = "Un pass annulé depuis ne s’y voit pas."
CAMPAGNE_DE = re.compile("^Campagne (d[’']|de )?", re.IGNORECASE)
"""What the label of a campaign repeats beside the word itself."""


@dataclass(frozen=True, slots=True)
class Mine:
    """How a verdict looks: one word, its icon, its tone."""

    mot: str
    icone: str
    ton: Ton


MINES = {
    "valide": Mine("Valide", "circle-check", "ok"),
    "perime": Mine("Périmé", "hourglass", "bad"),
    "annule": Mine("Annulé", "ban", "bad"),
    "falsifie": Mine("Falsifié", "alert-circle", "bad"),
    "inconnu": Mine("Inconnu", "question-mark", "warn"),
    "illisible": Mine("Illisible", "eye", "info"),
}
RESERVE = Mine("Valide", "alert-triangle", "warn")
NUMERO_JUSTE = Mine("Numéro juste, à scanner", "alert-triangle", "warn")
EXEMPLE = Mine("Exemple, sans valeur", "alert-triangle", "warn")
NUMERO_FAUX = Mine("Faux", "alert-circle", "bad")
COURTS = {EXEMPLE: "Sans valeur", NUMERO_JUSTE: "À scanner"}
"""Shorter in the list, where all the badges stand at the right of their row."""


def mine(controle: Controle) -> Mine:
    """The look of a check; a good pass to be looked at twice, or a good number without its pass, is amber, never green.

    What the desk knows to be void or wrong never looks fine, whatever a place would say of it.
    """
    if controle.constat.code == FAUX:
        return NUMERO_FAUX
    if controle.perime:
        return MINES["perime"]
    if controle.a_refuser:
        return MINES["annule"]
    if controle.constat.code == JUSTE:
        return NUMERO_JUSTE
    if _exemple(controle):
        return EXEMPLE
    return RESERVE if controle.reserve else MINES[controle.verdict.verdict]


def phrases(controle: Controle) -> Message:
    """Why, and what to do."""
    if controle.constat.code == FAUX:
        return message("numero_faux")
    if controle.perime:
        return message("verdict_perime")
    if controle.annulation is not None:
        return message(cle_verdict("annule", controle.annulation))
    if controle.constat.sorti:
        return message("carnet_sorti_ici")
    if controle.constat.bloque:
        return message(cle_verdict("annule", "litige"))
    if controle.constat.code == JUSTE:
        return message("numero_juste")
    if _exemple(controle):
        return message("pass_exemple")
    return message(cle_verdict(controle.verdict.verdict, controle.verdict.raison))


def _exemple(controle: Controle) -> bool:
    """True for a pass well made, but printed to try things out: its verdict is a good one, and it pays nothing."""
    verdict = controle.verdict
    return verdict.verdict == "valide" and verdict.campagne == CAMPAGNE_DEMONSTRATION


def nom(controle: Controle) -> str:
    """Which pass: its number as printed, or what was read, short."""
    verdict = controle.verdict
    if verdict.carnet is None:
        lu = "".join(signe if signe.isprintable() else " " for signe in verdict.code.strip())
        return f"«\u00a0{lu[:24]}{'…' if len(lu) > 24 else ''}\u00a0»" if lu else "Rien de lu"
    return f"n°\u00a0{verdict.carnet} {verdict.rang:02d}".replace(" ", "\u00a0")


def faits(controle: Controle) -> list[tuple[str, str]]:
    """What the pass says of itself: name and value of each fact."""
    verdict, lus = controle.verdict, list[tuple[str, str]]()
    if verdict.carnet is not None and verdict.valable_jusqu_au is not None:
        lus.append(("Pass", f"{verdict.rang} sur {verdict.sur}".replace(" ", "\u00a0")))
        if controle.campagne:
            lus.append(("Campagne", CAMPAGNE_DE.sub("", controle.campagne)))
        lus.append(("Dernier jour", date_longue(verdict.valable_jusqu_au)))
    return lus


def lecture(page: int, pages: int) -> str:
    """What the button of the file says while it is read: one page is soon over, many can be stopped."""
    return LECTURE_PAGES.format(page=page, pages=pages).replace(" ", "\u00a0") if pages > 1 else LECTURE


def liste(etat: EtatListe) -> str:
    """The day and the age of the Region's list."""
    if etat.age == ABSENTE or etat.faite_le is None:
        return "Aucune liste de la Région sur ce poste"
    if etat.age == A_VENIR:
        return f"Liste de la Région du {date_longue(etat.faite_le)}, après la date de cet ordinateur"
    age = "d’aujourd’hui" if etat.jours == 0 else f"il y a {_jours(etat.jours)}"
    return f"Liste de la Région du {date_longue(etat.faite_le)}, {age}"


def _jours(nombre: int) -> str:
    return f"{nombre}\u00a0jour{'s' if nombre > 1 else ''}"


def alerte(etat: EtatListe) -> tuple[str, str] | None:
    """What to say of a list that is old or absent: what is so, what to do."""
    if etat.age == FRAICHE:
        return None
    if etat.age == ABSENTE:
        return "Il n’y a pas de liste de la Région sur ce poste.", NOUVELLE_LISTE
    if etat.age == A_VENIR:
        return "La date de cet ordinateur est fausse\u00a0: la liste est faite après.", REGLER_DATE
    jours = _jours(etat.jours)
    if etat.age == TROP_ANCIENNE:
        return f"La liste a {jours}\u00a0: aucun pass ne peut plus être dit valide.", NOUVELLE_LISTE
    return f"La liste a {jours}. {VIEILLE}", NOUVELLE_LISTE


def resume(controles: tuple[Controle, ...]) -> str:
    """What is announced: the one verdict, or how many are good."""
    if len(controles) == 1:
        return f"{mine(controles[0]).mot}. {phrases(controles[0]).quoi}"
    if all(map(_exemple, controles)):
        return f"{len(controles)}\u00a0pass d’exemple, sans valeur"
    bons = sum(
        controle.verdict.verdict == "valide" and not (controle.a_refuser or _exemple(controle))
        for controle in controles
    )
    return f"{bons}\u00a0pass valide{'s' if bons > 1 else ''} sur\u00a0{len(controles)}"


def rangee(numero: int, controle: Controle) -> Rangee:
    """A row of the sitting."""
    vue, moment = mine(controle), heure(controle.fait_a.astimezone())
    return Rangee(numero, nom(controle), f"Vérifié à {moment}", COURTS.get(vue, vue.mot), vue.ton, vue.icone)
