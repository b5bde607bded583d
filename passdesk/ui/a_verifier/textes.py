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
from passdesk.services.litiges import ActeEnSuspens, AVerifier, CarnetDuCas, Cas, NoteDuCas, ReglementEcarte
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
NOTER = "Noter l’appel"
IMPRIMER = "Imprimer pour l’appel"
SANS_NUMERO = "Le numéro d’aide se règle dans Réglages."
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
NOTE_PERDUE = "Ce que vous aviez tapé dans la note n’est pas gardé."
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
PAPIER_TITRE = "Papier pour l’appel"
PAPIER_DETAIL = "De quoi parler à la Région, au téléphone. Il ne nomme personne."
PAPIER_ENVOYE = "Le papier est parti à l’imprimante."
PAPIER_ENREGISTRE = "Le papier est enregistré. Il ne porte aucun nom."
PAPIER_ENTETE = "Appeler la Région"
SUSPENS_SUR = "Ces actes sont enregistrés ici et reçus par la Région. Rien n’est perdu, rien n’est à refaire."
REGLEMENT_ECARTE = {
    "decision_prise": "Ce poste a déjà répondu à une demande que ce règlement aurait changée.",
    "generation": "Un règlement publié après lui est déjà là.",
    "reglement_illisible": "PassDesk est trop ancien sur ce poste pour le lire.",
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
DECIDE = {
    "homonyme": "Ce sont deux personnes de mêmes noms et de même naissance. Tous leurs pass sont valables.",
    "meme_personne": "C’est une seule personne, de bonne foi. Elle garde 10 pass, les autres restent bloqués.",
    "erreur": "La personne n’y est pour rien. Tous ses pass sont valables.",
    "fraude": "Aucun lieu ne prend les carnets en trop. Les autres restent valables.",
    "clos": "Le dossier est fermé. Il ne bloque plus aucun pass.",
}
DIRE = {
    "homonyme": "Dire que tous ses pass sont valables.",
    "meme_personne": "Dire que les pass bloqués le restent.",
    "erreur": "Dire que tous ses pass sont valables.",
    "fraude": "Dire que les carnets en trop ne valent plus rien.",
    "clos": "Dire que ses pass sont valables.",
}
LISTE_SUIVANTE = "Un lieu hors ligne l’apprend avec sa prochaine liste."
LIGNES_MAX = 12
SEPARE = " · "


Acte = Literal["", "appel", "carnet", "fiche", "comparer", "papier", "vu"]


@dataclass(frozen=True, slots=True)
class Cote:
    """One side of a case: who, then lines, then which pass are good and which are not."""

    titre: str
    lignes: tuple[str, ...]
    badges: tuple[tuple[str, Ton, str], ...]


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
    faits = [Cote(ici, _lignes(c, aujourdhui), _badges(c.carnet.rangs_bloques, c.carnet.taille)) for c in cas.ici]
    if cas.ailleurs or cas.postes:
        titre = " et ".join(cas.postes) or "À un autre poste"
        faits.append(Cote(titre, _lignes_ailleurs(cas, aujourdhui), _badges_ailleurs(cas)))
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


def _badges(bloques: Sequence[int], taille: int) -> tuple[tuple[str, Ton, str], ...]:
    """Which pass of a carnet are good, then which are not."""
    if not bloques:
        return (("Reste valable", "ok", "check"),)
    valables = [rang for rang in range(1, taille + 1) if rang not in bloques]
    if not valables:
        return (("Bloqué en entier", "warn", "lock"),)
    return _rangs(valables, "valable", "ok", "check"), _rangs(bloques, "bloqué", "warn", "lock")


def _rangs(rangs: Sequence[int], mot: str, ton: Ton, icone: str) -> tuple[str, Ton, str]:
    return f"{rangs_de_pass(rangs)} {mot}{'s' if len(rangs) > 1 else ''}", ton, icone


def _badges_ailleurs(cas: Cas) -> tuple[tuple[str, Ton, str], ...]:
    """The same of the carnets of the other desks, as far as it is known here."""
    nuls = cas.nuls_ailleurs
    if nuls is None or not nuls:
        return (("Suivi par la Région", "info", "cloud"),)
    if not any(nuls):
        return (("Reste valable" if len(nuls) == 1 else "Restent valables", "ok", "check"),)
    if len(nuls) == len(cas.donnes_ailleurs) == 1:
        taille = cas.donnes_ailleurs[0].nombre
        return _badges([rang for rang in nuls[0] if rang <= taille], taille)
    combien = sum(map(len, nuls))
    return ((f"{combien}\u00a0pass bloqués" if combien > 1 else "1\u00a0pass bloqué", "warn", "lock"),)


def explication(cas: Cas) -> str:
    """Why it happened, and that nobody is at fault; once the Region has decided, what it means."""
    if cas.decision:
        return DECIDE.get(cas.decision, "")
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
    if cas.decision:
        return _sur_decide(len(cas.ici), valables, bloques)
    suite = "La Région a reçu ce dossier et décidera."
    if not cas.ici:
        return f"Rien ne change pour les carnets de ce poste. {suite}"
    if cas.retire and not cas.excedent:
        return f"Les {valables}\u00a0pass donnés ici restent valables. Rien n’est bloqué."
    if not bloques:
        return f"Les {valables}\u00a0pass donnés ici restent valables. {suite}"
    ces = f"ces {bloques}\u00a0pass" if bloques > 1 else "ce pass"
    if not valables:
        return f"La Région décidera pour {ces}. Aucun lieu ne {'les' if bloques > 1 else 'le'} prend d’ici là."
    # Which ones stands above, and that nobody takes them in the act below.
    restent = "restent valables" if valables > 1 else "reste valable"
    autres = f"les {bloques}\u00a0autres" if bloques > 1 else "l’autre"
    return f"{valables}\u00a0pass {restent}. La Région a reçu ce dossier et décidera pour {autres}."


def _sur_decide(carnets: int, valables: int, bloques: int) -> str:
    if not carnets:
        return "Rien ne change pour les carnets de ce poste."
    if not bloques:
        return f"Les {valables}\u00a0pass donnés ici sont valables. {LISTE_SUIVANTE}"
    if not valables:
        return "Aucun lieu ne prend les pass donnés ici."
    restent = "restent valables" if valables > 1 else "reste valable"
    lesquels = f"les {bloques}\u00a0autres" if bloques > 1 else "le pass bloqué"
    return f"{valables}\u00a0pass {restent}. Aucun lieu ne prend {lesquels}."


def gestes(cas: Cas) -> tuple[Geste, ...]:
    """The acts, in the order in which they help; the last one says that the case is seen."""
    liste = []
    if cas.separees and not cas.decision:
        liste.append(_comparer("Si c’est une seule personne, réunissez-les à nouveau."))
    if cas.personne is not None:
        # The number stands with the name, above.
        sans = "" if telephone(cas.personne.telephone) else f"Pas de numéro sur la fiche{SEPARE}"
        garde = "ne pas se servir des pass bloqués" if any(c.bloques for c in cas.ici) else "garder le carnet d’ici"
        detail = f"{sans}{DIRE.get(cas.decision) or f'Dire de {garde}.'}"
        liste.append(Geste(f"Appeler {cas.personne.nom_courant}", detail, "appel", NOTER, "à la personne"))
    if cas.postes and not cas.decision:
        qui = " et ".join(cas.postes)
        detail = "Le même dossier s’y affiche\u00a0: comparez."
        # A word that suits whatever a desk is called: a bus, a town hall, a name of its own.
        le, au = ("les postes", "aux postes") if len(cas.postes) > 1 else ("le poste", "au poste")
        liste.append(Geste(f"Appeler {le} {qui}", detail, "appel", NOTER, f"{au} {qui}"))
    liste += [_carnet(carnet) for carnet in cas.ici]
    if cas.personne is not None and not cas.separees and not cas.decision:
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
    """For each act that is a call, the latest one kept of it; once the Region has decided, since then."""
    appels = [geste for geste in gestes if geste.acte == "appel"]
    debuts = {f"Appel {geste.cible}": geste for geste in appels}
    # As it was written before desks were named so.
    debuts |= {f"Appel à {' et '.join(cas.postes)}": geste for geste in appels[-1:] if cas.postes}
    lues = [note for note in cas.notes if cas.decide is None or note.quand >= cas.decide]
    notes = ((debuts.get(note.texte.split(SEPARE)[0]), note) for note in lues)
    return {geste: note for geste, note in notes if geste is not None}


def appel_note(note: NoteDuCas, aujourdhui: date) -> str:
    """ "Appel noté à 8 h 42"."""
    return APPEL_NOTE.format(quand=moment(note.quand, aujourdhui))


def fait(note: NoteDuCas, aujourdhui: date) -> str:
    """What stands under an act that was done: "Appel noté à 8 h 42, Claire Mabille · Carnet rapporté jeudi"."""
    qui = ", ".join(mot for mot in (appel_note(note, aujourdhui), note.agent) if mot)
    return SEPARE.join((qui, *note.texte.split(SEPARE)[1:]))


def numero_acte(acte: ActeEnSuspens) -> str:
    """ "Acte 1-214", as the Region reads it too."""
    return f"Acte\u00a0{acte.epoch}-{acte.seq}"


def sorte_acte(acte: ActeEnSuspens) -> str:
    """ "Carnet", "Demande"…: what the act was about."""
    return ACTES.get(acte.genre.split(".")[0], "Autre acte")


def ligne_acte(acte: ActeEnSuspens, aujourdhui: date) -> str:
    """ "Acte 1-214 · Carnet · Noé Walgrain · 23 novembre"."""
    nom = acte.personne.nom_courant if acte.personne else ""
    mots = (numero_acte(acte), sorte_acte(acte), nom, date_courte(acte.quand.date(), aujourdhui))
    return SEPARE.join(mot for mot in mots if mot)


def gestes_suspens(actes: Sequence[ActeEnSuspens], lu: AVerifier) -> tuple[Geste, ...]:
    """What to do about acts kept aside: mostly nothing."""
    numeros = numero_acte(actes[0]) if len(actes) == 1 else f"{numero_acte(actes[0])} et les suivants"
    return (
        Geste("Continuer à travailler", "La Région regarde ces actes. Cette ligne partira seule."),
        _appeler_region("Appeler la Région si la ligne reste", numeros[:1].lower() + numeros[1:], lu),
    )


def gestes_reglement(ecarte: ReglementEcarte, lu: AVerifier) -> tuple[Geste, ...]:
    """What the desk can do, in order."""
    appeler = _appeler_region("Appeler la Région", f"règlement {ecarte.reglement}, envoi {ecarte.generation}", lu)
    if ecarte.raison == "reglement_illisible":
        return Geste("Mettre PassDesk à jour", "Le règlement sera relu au prochain envoi."), appeler
    return (appeler,)


def _appeler_region(titre: str, quoi: str, lu: AVerifier) -> Geste:
    """Whom to call, and what to dictate."""
    numero = telephone(lu.telephone_aide) or SANS_NUMERO
    dites = ", ".join(mot for mot in (lu.nom_poste and f"poste {lu.nom_poste}", quoi) if mot)
    separe = SEPARE if lu.telephone_aide else " "
    return Geste(titre, typographie(f"{numero}{separe}Dites : {dites}."), "papier", IMPRIMER)
