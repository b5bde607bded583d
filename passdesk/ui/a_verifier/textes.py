"""All the words of *À vérifier*: the facts of a case, what is safe, and the acts in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from passdesk.domain.carnet import Etat
from passdesk.domain.commune import Communes
from passdesk.domain.francais import date_longue, telephone, typographie
from passdesk.domain.horaires import JOURS
from passdesk.services.litiges import ActeEnSuspens, CarnetDuCas, Cas, NoteDuCas, ReglementEcarte
from passdesk.ui.aujourdhui.rangees import date_courte, moment
from passdesk.ui.composants import Ton
from passdesk.ui.etats import ETATS, rangs_de_pass
from passdesk.ui.personnes.textes import faits_personne, pluriel

TITRE = "À vérifier"
RESTE = "Une ligne reste ici tant qu’elle n’est pas vue."
RETOUR = "Revenir à la liste"
RIEN = "Rien à vérifier"
RIEN_SUITE = "Quand la Région trouve un cas à regarder, il vient ici."
FAIRE = "Ce que vous pouvez faire"
VU = "C’est vu"
NOTER_APPEL = "Noter l’appel"
ENCORE = "Noter un autre appel"
APPEL_NOTE = "Appel noté {quand}"
APPEL_PARTI = "{fait}. La Région le recevra au prochain envoi."
RENDU = "Carnet rendu"
VOIR_CARNET = "Voir le carnet"
OUVRIR_FICHE = "Ouvrir la fiche"
COMPARER = "Comparer"
NOTE = "&Note"
NOTE_INDICATION = "facultatif, lu par la Région"
VERS_LA_NOTE = "C’est vu…"
DEJA = "Déjà vu"
NOTEE = "C’est noté. La Région le recevra au prochain envoi."
CROISES = "Les postes étaient hors ligne et ne pouvaient pas le savoir. Personne n’a fait d’erreur."
SEUL = "Des actes se sont croisés entre le poste et la Région. Personne n’a fait d’erreur."
SEPAREES = "Deux fiches étaient réunies, puis séparées le {jour}. Ce total n’est plus celui d’une seule personne."
HOMONYME = "Un responsable a noté que deux personnes ont les mêmes noms et la même naissance. La Région vérifie."
HOMONYME_RETIRE = "Un homonyme avait été noté ici, puis retiré. Les pass comptent de nouveau pour une seule personne."
EN_SUSPENS = {
    "corps_illisible": "La Région n’a pas pu lire ce qui est écrit dans ces actes.",
    "inapplicable": "La Région ne peut pas appliquer ces actes pour l’instant.",
    "fourche": "La Région a reçu deux suites différentes d’actes de ce poste. Elle garde les deux.",
}
SUSPENS_AUTRE = "La Région garde ces actes et les appliquera plus tard."
SUSPENS_SUR = "Ces actes sont enregistrés ici et reçus par la Région. Rien n’est perdu, rien n’est à refaire."
REGLEMENT_ECARTE = {
    "decision_prise": "Ce poste a déjà répondu à une demande que ce règlement aurait changée.",
    "generation": "Un règlement publié après lui est déjà là.",
    "reglement_illisible": "Ce poste est trop ancien pour le lire.",
}
REGLEMENT_DOUTEUX = "Rien ne prouve qu’il vient de la Région. Le poste ne l’applique pas."
REGLEMENT_SUR = "Les réponses déjà données ne changent pas. Le poste continue avec le règlement d’avant."
ACTES = {
    "personne": "Fiche d’une personne",
    "demande": "Demande",
    "justificatif": "Justificatif vu",
    "accompagnement": "Accompagnement",
    "attribution": "Attribution",
    "carnet": "Carnet",
    "lot": "Carnets reçus",
    "litige": "Dossier vérifié",
    "agent": "Agent du poste",
    "poste": "Reprise du poste",
}
LIGNES_MAX = 12
SEPARE = " · "


Acte = Literal["", "appel", "carnet", "fiche", "comparer", "vu"]


@dataclass(frozen=True, slots=True)
class Cote:
    """One side of a case: who, then lines, then a badge."""

    titre: str
    lignes: tuple[str, ...]
    badge: str
    ton: Ton
    icone: str


@dataclass(frozen=True, slots=True)
class Geste:
    """One numbered act. `acte`: what its button does, "" without one; `cible`: the carnet, or who is called."""

    titre: str = field(repr=False)
    detail: str = ""
    acte: Acte = ""
    bouton: str = ""
    cible: CarnetDuCas | str = field(default="", repr=False)


def sous_titre(nombre: int) -> str:
    """ "3 dossiers à reprendre quand vous avez un moment"."""
    return f"{pluriel(nombre, 'dossier')} à reprendre quand vous avez un moment" if nombre else ""


def personne_cas(cas: Cas, communes: Communes) -> str:
    """ "Josiane Delmotte · 23/05/1961 · Trélon · 06 39 98 00 58"."""
    if cas.personne is None:
        return "Personne inconnue à ce poste"
    appel = telephone(cas.personne.telephone)
    faits = (cas.personne.nom_courant, faits_personne(cas.personne, communes), appel)
    return " · ".join(mot for mot in faits if mot)


def depuis(cas: Cas, aujourdhui: date) -> str:
    """The second line in the list: "Josiane Delmotte · depuis vendredi"."""
    nom = cas.personne.nom_courant if cas.personne else "Personne inconnue ici"
    return f"{nom} · depuis\u00a0{_depuis(cas.recu.astimezone().date(), aujourdhui)}"


def _depuis(jour: date, aujourdhui: date) -> str:
    """ "hier", "vendredi" within the week, "le 18 novembre" before."""
    recul = (aujourdhui - jour).days
    if recul in (0, 1):
        return ("aujourd’hui", "hier")[recul]
    return JOURS[jour.weekday()] if 1 < recul < len(JOURS) else f"le\u00a0{date_courte(jour, aujourdhui)}"


def cotes(cas: Cas, aujourdhui: date) -> tuple[Cote, ...]:
    """Both sides alike: each carnet of this desk, then what the others awarded."""
    ici = typographie(f"Ici, {cas.nom_poste}" if cas.nom_poste else "Ici")
    faits = [Cote(ici, _lignes(carnet, aujourdhui), *_badge(carnet)) for carnet in cas.ici]
    if cas.ailleurs or cas.postes:
        titre = " et ".join(cas.postes) or "À un autre poste"
        faits.append(Cote(titre, _lignes_ailleurs(cas, aujourdhui), "Suivi par la Région", "info", "cloud"))
    return tuple(faits)


def _lignes_ailleurs(cas: Cas, aujourdhui: date) -> tuple[str, ...]:
    """The day and the size as the Region told them; of several, which is which is not known here."""
    series = [f"n°\u00a0{serie.replace(' ', chr(0xA0))}" for serie in cas.ailleurs]
    dons = [(f"{don.nombre}", date_courte(don.le, aujourdhui)) for don in cas.donnes_ailleurs]
    if len(series) == len(dons) == 1:
        ((combien, le),) = dons
        return (f"Attribué le {le}", f"Carnet de\u00a0{combien}, {series[0]}")
    lignes = (*(f"{n}\u00a0pass attribués le {le}" for n, le in dons), *(f"Carnet {serie}" for serie in series))
    return lignes or ("La Région connaît le carnet.",)


def _lignes(carnet: CarnetDuCas, aujourdhui: date) -> tuple[str, ...]:
    etat = ETATS.get(carnet.carnet.etat, "")
    if carnet.carnet.remis_le and carnet.carnet.etat is Etat.REMIS:
        etat = f"Remis le {date_courte(carnet.carnet.remis_le, aujourdhui)}"
    serie = carnet.serie.replace(" ", "\u00a0")
    return (etat, f"Carnet de\u00a0{carnet.carnet.taille}, n°\u00a0{serie}")


def _badge(carnet: CarnetDuCas) -> tuple[str, Ton, str]:
    if not carnet.bloques:
        return "Reste valable", "ok", "check"
    if carnet.bloques == carnet.carnet.taille:
        return "Bloqué en entier", "warn", "lock"
    return f"{rangs_de_pass(carnet.carnet.rangs_bloques)} bloqué{'s' if carnet.bloques > 1 else ''}", "warn", "lock"


def explication(cas: Cas) -> str:
    """Why it happened, and that nobody is at fault."""
    if cas.separees:
        return SEPAREES.format(jour=date_longue(cas.separees.astimezone().date()))
    if cas.homonyme:
        return HOMONYME
    if cas.retire:
        return HOMONYME_RETIRE
    return CROISES if cas.postes else SEUL


def sur(cas: Cas) -> str:
    """What is safe."""
    bloques = sum(carnet.bloques for carnet in cas.ici)
    valables = sum(carnet.carnet.taille for carnet in cas.ici) - bloques
    suite = "La Région a reçu ce dossier et décidera."
    if not cas.ici:
        return f"Rien ne change pour les carnets de ce poste. {suite}"
    if cas.retire and not cas.excedent:
        return f"Les {valables}\u00a0pass donnés ici restent valables. Rien n’est bloqué."
    if not bloques:
        return f"Les {valables}\u00a0pass donnés ici restent valables. {suite}"
    if bloques == 1:
        attente = f"{'Un autre' if valables else 'Un pass'} attend la décision de la Région : aucun lieu ne le prend"
    else:
        lesquels = f"Les {bloques}\u00a0autres" if valables else f"Ces {bloques}\u00a0pass"
        attente = f"{lesquels} attendent la décision de la Région : aucun lieu ne les prend"
    restent = "pass restent valables" if valables > 1 else "pass reste valable"
    return typographie(f"{valables}\u00a0{restent}. {attente} d’ici là." if valables else f"{attente} d’ici là.")


def gestes(cas: Cas) -> tuple[Geste, ...]:
    """The acts, in the order in which they help; the last one says that the case is seen."""
    liste = []
    if cas.separees:
        liste.append(_comparer("Si c’est une seule personne, réunissez-les à nouveau."))
    if cas.personne is not None:
        # The number stands with the name, above.
        sans = "" if telephone(cas.personne.telephone) else f"Pas de numéro sur la fiche{SEPARE}"
        garde = "ne pas se servir des pass bloqués" if any(c.bloques for c in cas.ici) else "garder le carnet d’ici"
        detail = f"{sans}Dire de {garde}."
        liste.append(Geste(f"Appeler {cas.personne.nom_courant}", detail, "appel", NOTER_APPEL, "à la personne"))
    if cas.postes:
        qui = " et ".join(cas.postes)
        detail = "Le même dossier s’y affiche\u00a0: comparez."
        # A word that suits whatever a desk is called: a bus, a town hall, a name of its own.
        le, au = ("les postes", "aux postes") if len(cas.postes) > 1 else ("le poste", "au poste")
        liste.append(Geste(f"Appeler {le} {qui}", detail, "appel", NOTER_APPEL, f"{au} {qui}"))
    liste += [_carnet(carnet) for carnet in cas.ici]
    if cas.personne is not None and not cas.separees:
        if len({carnet.carnet.personne_id for carnet in cas.ici}) > 1:
            liste.append(_comparer("Mêmes noms, même naissance : cela arrive."))
        else:
            detail = "Deux personnes du même nom : cela arrive."
            liste.append(Geste("Relire la fiche", typographie(detail), "fiche", OUVRIR_FICHE))
    liste.append(Geste("Noter que c’est vu", "La ligne quitte la liste. La Région lira la note.", "vu", VU))
    return tuple(liste)


def _comparer(detail: str) -> Geste:
    return Geste("Vérifier les deux fiches", typographie(detail), "comparer", COMPARER)


def _carnet(carnet: CarnetDuCas) -> Geste:
    numero = f"N°\u00a0{carnet.serie.replace(' ', chr(0xA0))}"
    if carnet.bloques and carnet.carnet.etat in (Etat.REMIS, Etat.ENTAME):
        return Geste("Reprendre le carnet bloqué", f"{numero}, quand il est rapporté.", "carnet", RENDU, carnet)
    return Geste("Regarder le carnet", f"{numero} et ce qui s’est passé.", "carnet", VOIR_CARNET, carnet)


def appel(a_qui: str, note: str) -> str:
    """What is kept of a call: "Appel au poste Bus de l’Avesnois · Carnet rapporté jeudi"."""
    return SEPARE.join(mot for mot in (f"Appel {a_qui}", note.strip()) if mot)


def appels_notes(cas: Cas, gestes: Sequence[Geste]) -> dict[Geste, NoteDuCas]:
    """For each act that is a call, the latest one kept of it."""
    appels = [geste for geste in gestes if geste.acte == "appel"]
    debuts = {f"Appel {geste.cible}": geste for geste in appels}
    # As it was written before desks were named so.
    debuts |= {f"Appel à {' et '.join(cas.postes)}": geste for geste in appels[-1:] if cas.postes}
    notes = ((debuts.get(note.texte.split(SEPARE)[0]), note) for note in cas.notes)
    return {geste: note for geste, note in notes if geste is not None}


def appel_note(note: NoteDuCas, aujourdhui: date) -> str:
    """ "Appel noté à 8 h 42"."""
    return APPEL_NOTE.format(quand=moment(note.quand, aujourdhui))


def fait(note: NoteDuCas, aujourdhui: date) -> str:
    """What stands under an act that was done: "Appel noté à 8 h 42, Claire Mabille · Carnet rapporté jeudi"."""
    qui = ", ".join(mot for mot in (appel_note(note, aujourdhui), note.agent) if mot)
    return SEPARE.join((qui, *note.texte.split(SEPARE)[1:]))


def ligne_acte(acte: ActeEnSuspens, aujourdhui: date) -> str:
    """ "Carnet · Noé Walgrain · 23 novembre"."""
    mot = ACTES.get(acte.genre.split(".")[0], "Acte")
    nom = acte.personne.nom_courant if acte.personne else ""
    return " · ".join(m for m in (mot, nom, date_courte(acte.quand.date(), aujourdhui)) if m)


def gestes_suspens() -> tuple[Geste, ...]:
    """What to do about acts kept aside: mostly nothing."""
    return (
        Geste("Continuer à travailler", "La Région regarde ces actes. Cette ligne partira seule."),
        Geste("Appeler la Région si la ligne reste", "Donnez-lui le nom de ce poste et la date des actes."),
    )


def gestes_reglement(ecarte: ReglementEcarte) -> tuple[Geste, ...]:
    """What the desk can do, in order."""
    appeler = Geste("Appeler la Région", "Elle publie une correction, ou vous dit comment traiter ces demandes.")
    if ecarte.raison == "reglement_illisible":
        return Geste("Mettre PassDesk à jour", "Le règlement sera relu au prochain envoi."), appeler
    return (appeler,)
