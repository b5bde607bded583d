"""What happened, told in sentences: icon, title, detail of each fact of a history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from passdesk.domain.francais import date_longue, typographie
from passdesk.services.histoire import Fait
from passdesk.ui.messages.droits import (
    APPEL,
    APPEL_REPRIS,
    APPELS,
    GARDEE,
    GARDES,
    LIMITATION_LEVEE,
    LIMITATIONS,
    LIMITEE,
)
from passdesk.ui.messages.homonyme import DITS as HOMONYMES
from passdesk.ui.messages.homonyme import MOTIFS as RETRAITS
from passdesk.ui.messages.homonyme import RETIRE
from passdesk.ui.messages.motifs import PIECES
from passdesk.ui.mots_accompagnement import THEMATIQUES, duree

if TYPE_CHECKING:
    # The console tells these facts too, where there is no window.
    from passdesk.ui.composants import Ton

PRESCRIPTEURS = {
    "france_services": "France Services",
    "mission_locale": "la mission locale",
    "france_travail": "France Travail",
    "antenne_region": "l’antenne de la Région",
    "structure_insertion": "une structure d’insertion",
    "autre": "un autre prescripteur",
}
RECUES = {"courrier": "reçue par courrier", "plateforme_region": "reçue par la plateforme de la Région"}
"""How a request came when it was not at the desk."""
MOTIFS = {
    "accompagne_carnet_10": "avec accompagnement",
    "autonome_carnet_5": "sans accompagnement",
    "complement_carnet_5": "demande complémentaire",
    "domicile_hors_region": "domicile hors de la région",
    "age_hors_public": "âge hors du public",
    "public_ferme": "public pas encore ouvert",
    "plafond_atteint": "maximum de pass atteint",
    "complement_non_demande": "demande complémentaire à faire",
    "complement_sans_premier": "aucun premier carnet connu",
    "reserve_epuisee": "plus assez de pass",
    "justificatif_manquant": "papier à apporter",
    "justificatif_perime": "papier trop ancien",
    "justificatif_posterieur": "date de papier à vérifier",
    "identite_incomplete": "identité à compléter",
    "quantite_du_reglement": "nombre donné par le règlement",
    "domicile_hors_perimetre": "domicile hors du territoire",
    "etablissement_non_retenu": "établissement hors de l’expérimentation",
    "delai_non_ecoule": "délai à attendre",
    "plafond_foyer_atteint": "maximum du foyer atteint",
    "etablissement_manquant": "établissement à indiquer",
    "foyer_manquant": "foyer à compléter",
    "prescripteur_non_retenu": "accompagnement qui ne compte pas",
    "derogation": "par dérogation",
}
PLURIELS = {
    "justificatif_manquant": "papiers à apporter",
    "justificatif_perime": "papiers trop anciens",
    "justificatif_posterieur": "dates de papier à vérifier",
}
JOUR = "jour_acte"
"""Added to the facts of each act: the day it was noted, as ISO 8601."""
SORTIES = {
    "arrete": "l’imprimante s’est arrêtée en route",
    "rien": "rien n’est sorti",
    "illisible": "le papier n’était pas lisible",
}


@dataclass(frozen=True, slots=True)
class Recit:
    """How a fact is told. `detail` may be empty."""

    icone: str
    ton: Ton
    titre: str
    detail: str = field(default="", repr=False)


Conteur = Callable[[Mapping[str, Any]], Recit]


def raconter(fait: Fait) -> Recit:
    """The fact in words; an act of a newer PassDesk is told as such, never hidden."""
    conteur = _CONTEURS.get(fait.genre)
    jour = fait.quand.astimezone().date().isoformat()
    recit = conteur({**fait.faits, JOUR: jour}) if conteur else Recit("info-circle", "neutre", "Autre acte enregistré")
    return Recit(recit.icone, recit.ton, typographie(recit.titre), typographie(recit.detail))


def taille_carnets(tailles: tuple[int, ...]) -> str:
    """ "un carnet de 10", "deux carnets de 5", "un carnet de 10 et un carnet de 5"."""
    mots = []
    for taille in sorted(set(tailles), reverse=True):
        nombre = tailles.count(taille)
        debut = "un carnet" if nombre == 1 else f"{'deux' if nombre == 2 else nombre} carnets"
        mots.append(f"{debut} de\u00a0{taille}")
    return " et ".join(mots)


def _carnet(faits: Mapping[str, Any]) -> str:
    return f"Carnet de\u00a0{faits['taille']}" if faits.get("taille") else "Carnet"


def _numero(faits: Mapping[str, Any], suite: str = "") -> str:
    return " · ".join(mot for mot in (f"n°\u00a0{faits.get('serie', '')}", suite) if mot)


def _le(faits: Mapping[str, Any], cle: str = "le") -> str:
    return date_longue(date.fromisoformat(faits[cle])) if faits.get(cle) else ""


def _pieces(faits: Mapping[str, Any]) -> str:
    vues = [PIECES.get(piece, piece) for piece in faits.get("pieces", ())]
    return f"papiers vus : {', '.join(vues)}" if vues else ""


def _arrivee(faits: Mapping[str, Any]) -> str:
    """ "reçue par courrier le 15 novembre 2021"; nothing to say of a request made at the desk."""
    recue, jour = RECUES.get(faits.get("canal") or "", ""), _le(faits, "arrivee_le")
    return f"{recue} le {jour}" if recue and jour else recue


def _demande(titre: str) -> Conteur:
    def conter(faits: Mapping[str, Any]) -> Recit:
        qui = PRESCRIPTEURS.get(faits.get("prescripteur") or "", "")
        aide = f"avec {qui}" if qui else "sans accompagnement"
        mots = (_arrivee(faits), aide, _pieces(faits))
        return Recit("file-text", "info", titre, _phrase(" · ".join(mot for mot in mots if mot)))

    return conter


def _motifs(faits: Mapping[str, Any]) -> str:
    codes = Counter(code for code in faits.get("motifs", ()) if code in MOTIFS)
    dits = [_plusieurs(code, nombre) for code, nombre in codes.items()]
    return _phrase(" · ".join([*dits, f"règlement du {_le(faits, 'reglement')}"]))


def _plusieurs(code: str, nombre: int) -> str:
    """A reason said once, however many papers it is about."""
    pluriel = PLURIELS.get(code)
    return MOTIFS[code] if nombre == 1 or pluriel is None else f"{nombre}\u00a0{pluriel}"


def _phrase(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _accord(faits: Mapping[str, Any]) -> Recit:
    tailles = tuple(carnet["taille"] for carnet in faits.get("carnets", ()))
    if "remplace" in faits:
        return Recit("refresh", "info", f"Nouveau : {taille_carnets(tailles)}", f"À la place du n° {faits['ancien']}")
    return Recit("scale", "ok", f"Droit : {taille_carnets(tailles)}", _motifs(faits))


def _encore(faits: Mapping[str, Any]) -> str:
    """ "Encore une pièce", "Encore 3 pièces"."""
    manques = sum(code in PLURIELS for code in faits.get("motifs", ()))
    return f"Encore {manques}\u00a0pièces" if manques > 1 else "Encore une pièce"


def _refus(faits: Mapping[str, Any]) -> Recit:
    if faits.get("issue") == "incomplet":
        return Recit("hourglass", "warn", _encore(faits), _motifs(faits))
    return Recit("ban", "bad", "Pas de nouveau carnet", _motifs(faits))


def _sur_carnet(icone: str, ton: Ton, suite: str, detail: Callable[[Mapping[str, Any]], str]) -> Conteur:
    return lambda faits: Recit(icone, ton, f"{_carnet(faits)} {suite}", _numero(faits, detail(faits)))


def _rien(_faits: Mapping[str, Any]) -> str:
    return ""


def _motif(faits: Mapping[str, Any]) -> str:
    return str(faits.get("motif") or "")


def _remis_le(faits: Mapping[str, Any]) -> str:
    """ "le 12 novembre 2026", when it was noted on another day: the day of the act stands beside already."""
    return "" if faits.get("le") == faits[JOUR] else f"le {_le(faits)}"


def _accompagnement(faits: Mapping[str, Any]) -> Recit:
    if faits.get("retire"):
        return Recit("users", "neutre", "Accompagnement retiré", "")
    if "accompagnement" not in faits:
        return Recit("users", "info", "Accompagnement noté", PRESCRIPTEURS.get(faits.get("prescripteur") or "", ""))
    themes = ", ".join(THEMATIQUES.get(theme, "") for theme in faits["thematiques"])
    return Recit("users", "info", "Accompagnement noté", f"{themes} · {duree(faits['duree'])}")


def _fixe(icone: str, ton: Ton, titre: str, detail: str = "") -> Conteur:
    return lambda _: Recit(icone, ton, titre, detail)


def _fusion(faits: Mapping[str, Any]) -> Recit:
    if faits.get("annule"):
        return Recit("users", "neutre", "Deux fiches séparées à nouveau", "Chacune a retrouvé ce qui était à elle")
    return Recit("users", "neutre", "Deux fiches réunies", "C’était la même personne")


def _remise(faits: Mapping[str, Any]) -> Recit:
    if faits.get("annule"):
        return Recit("ticket", "neutre", f"{_carnet(faits)} : remise annulée", _numero(faits))
    return Recit("ticket", "ok", f"{_carnet(faits)} remis", _numero(faits, _remis_le(faits)))


def _fiche(icone: str, ton: Ton, titre: str, detail: str = "") -> Conteur:
    def conter(faits: Mapping[str, Any]) -> Recit:
        limitation = faits.get("limitation")
        if limitation:
            quoi = LIMITATION_LEVEE if "levee" in limitation else LIMITEE
            dite = LIMITATIONS.get(limitation.get("motif") or limitation.get("levee"), "")
            return Recit("lock", "neutre", quoi, dite)
        garde = faits.get("conservation")
        if garde:
            return Recit("clock", "neutre", GARDEE, GARDES.get(garde.get("motif") or "", ""))
        appel = faits.get("rappel")
        if appel:
            return Recit("phone", "neutre", APPEL, APPELS.get(appel.get("issue") or "", APPEL_REPRIS))
        if faits.get("information"):
            return Recit("info-circle", "info", "Notice d’information remise")
        dit = faits.get("homonyme") or {}
        note = f"homonyme noté : {HOMONYMES.get(dit.get('motif') or '', HOMONYMES['autre'])}" if dit else ""
        return Recit(icone, ton, titre, _phrase(" · ".join(mot for mot in (detail, note) if mot)))

    return conter


def _note_litige(faits: Mapping[str, Any]) -> Recit:
    """Only the second kind of note has a person for subject."""
    return Recit("users", "neutre", RETIRE, RETRAITS.get(faits.get("motif") or "", ""))


_CONTEURS: Mapping[str, Conteur] = {
    "personne.enregistrer": _fiche("user-plus", "info", "Fiche créée", "Première visite à ce poste"),
    "personne.modifier": _fiche("pencil", "neutre", "Fiche modifiée"),
    "litige.noter": _note_litige,
    "personne.fusionner": _fusion,
    "demande.deposer": _demande("Demande déposée"),
    "demande.completer": _demande("Demande complétée"),
    "demande.abandonner": _fixe("file-text", "neutre", "Demande abandonnée"),
    "justificatif.constater": lambda faits: Recit(
        "file-text", "info", "Papier vu", _phrase(PIECES.get(faits["type"], faits["type"]))
    ),
    "accompagnement.noter": _accompagnement,
    "attribution.accorder": _accord,
    "attribution.refuser": _refus,
    "attribution.annuler": lambda faits: Recit("ban", "neutre", "Attribution annulée", _motif(faits)),
    "carnet.impression_lancee": _sur_carnet("printer", "warn", "envoyé à l’imprimante", _rien),
    "carnet.impression_faite": _sur_carnet("printer", "ok", "imprimé", _rien),
    "carnet.impression_ratee": _sur_carnet(
        "printer", "warn", "à réimprimer", lambda faits: SORTIES.get(faits.get("sortie") or "", "")
    ),
    "carnet.gacher": _sur_carnet("ban", "warn", "gâché", _motif),
    "carnet.remettre": _remise,
    "carnet.declarer_perdu": _sur_carnet("alert-triangle", "warn", "déclaré perdu", _rien),
    "carnet.declarer_vole": _sur_carnet("alert-triangle", "warn", "déclaré volé", _rien),
    "carnet.retourner": _sur_carnet("refresh", "neutre", "rendu au poste", _rien),
}
