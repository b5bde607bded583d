"""The carnets of this desk: the stock, each carnet with its history, and the acts that the table of states allows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from passdesk.domain.carnet import REMPLACABLES, Acteur, Carnet, Etat, actes_possibles
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.personne import Personne
from passdesk.domain.phonetique import replier
from passdesk.protocol.pass_token import lire_pass
from passdesk.protocol.serie import lire_serie, serie_carnet
from passdesk.services.anterieurs import JAMAIS_RECUS
from passdesk.services.consultations import CARNET, noter
from passdesk.services.histoire import Fait, histoire_carnet
from passdesk.services.impression import retirer_papier
from passdesk.services.poste import Poste
from passdesk.services.remise import remise_annulable
from passdesk.services.remplacement import obstacle, peut_etre_remplace, remplacant, remplace_par
from passdesk.services.stock import StockPot, stocks
from passdesk.storage import agents, carnets, personnes

_NUMERO = re.compile(r"\d{4,7}|\d{10}", re.ASCII)
_SEPARATEURS = re.compile(r"[\s.\-\u00a0]|^n[°o]", re.IGNORECASE)

PERTES = ("carnet.declarer_perdu", "carnet.declarer_vole", "carnet.retourner")
"""Acts on a paper that may have left the desk; they carry their day."""
ACTES = ("carnet.gacher", *PERTES, "attribution.annuler")
"""What this page does; printing and hand-over have their own."""


@dataclass(frozen=True, slots=True)
class LigneCarnet:
    """A carnet of the list. `serie`: as printed; `depuis`: when it came to its state (UTC)."""

    carnet: Carnet
    serie: str
    titulaire: str = field(repr=False)
    depuis: datetime


@dataclass(frozen=True, slots=True)
class FicheCarnet:
    """One carnet. `actes`: what this agent may do with it now, out of ACTES; `reimprimable`: on paper, not given.

    `ancien`, `nouveau`: numbers, as printed, of the carnet it replaces and of the one that replaces it, "" for none.
    `remplacable`: another may be given for it, unless `obstacle` (a code) says why not today. `lettre`: there is one
    to print. `remise_annulable`: its hand-over was recorded today. `a_redonner`: it was void before it was given, and
    the person, who keeps the right to it, has had none in its place.
    """

    ligne: LigneCarnet
    personne: Personne | None = field(repr=False)
    motif: str | None
    expire: bool
    actes: tuple[str, ...]
    reimprimable: bool
    histoire: tuple[Fait, ...]
    ancien: str = ""
    nouveau: str = ""
    remplacable: bool = False
    obstacle: str | None = None
    lettre: bool = False
    remise_annulable: bool = False
    a_redonner: bool = False


@dataclass(frozen=True, slots=True)
class VueCarnets:
    """What the page shows: the stock by pot, and the carnets chosen, latest change first.

    `est_un_pass`: a pass or its serial is searched, which can be checked whatever is found.
    """

    stock: tuple[StockPot, ...]
    lignes: tuple[LigneCarnet, ...]
    est_un_pass: bool = False


def lire_numero(texte: str) -> tuple[int | None, int] | None:
    """(campaign or None, carnet) in what was typed or scanned: a pass, a serial, or the carnet's own number."""
    scanne = lire_pass(texte.strip())
    if scanne is not None:
        return scanne.campagne, scanne.carnet
    lue = lire_serie(texte)
    if lue is not None:
        return lue.campagne, lue.carnet
    chiffres = _SEPARATEURS.sub("", texte.strip())
    if not _NUMERO.fullmatch(chiffres):
        return None
    return (int(chiffres[:3]), int(chiffres[3:])) if len(chiffres) == 10 else (None, int(chiffres))


def voir_carnets(poste: Poste, etats: tuple[Etat, ...], texte: str = "") -> VueCarnets:
    """The stock that can be awarded today, and the carnets in these states whose number or holder matches the text."""
    lignes = [_ligne(poste, suivi) for suivi in carnets.par_etat(poste.base, *etats)]
    cherche = texte.strip()
    if cherche:
        lignes = [ligne for ligne in lignes if _repond(ligne, cherche)]
    lignes.sort(key=lambda ligne: ligne.depuis, reverse=True)
    return VueCarnets(stocks(poste), tuple(lignes), est_un_pass(texte))


def est_un_pass(texte: str) -> bool:
    """True for a pass scanned, or its serial typed: not for the number of a carnet alone."""
    return lire_pass(texte) is not None or lire_serie(texte) is not None


def fiche_carnet(poste: Poste, campagne: int, numero: int) -> FicheCarnet:
    """All that is known here of a carnet. Raises SaisieRefusee("carnet_inconnu")."""
    suivi = _suivi(poste, campagne, numero)
    carnet = suivi.carnet
    personne = personnes.get(poste.base, carnet.personne_id)
    if personne is not None:
        noter(poste, personne.personne_id, CARNET)
    ancien, nouveau = remplace_par(poste, carnet), remplacant(poste, carnet)
    remplacable = peut_etre_remplace(poste, carnet)
    return FicheCarnet(
        _ligne(poste, suivi),
        personne,
        suivi.motif,
        carnet.expire(poste.horloge.aujourdhui()),
        _permis(poste, carnet),
        carnet.etat is Etat.IMPRIME,
        histoire_carnet(poste, carnet.personne_id, campagne, numero),
        ancien=serie_carnet(*ancien) if ancien is not None else "",
        nouveau=serie_carnet(nouveau.campagne, nouveau.numero) if nouveau is not None else "",
        remplacable=remplacable,
        obstacle=obstacle(poste, carnet) if remplacable else None,
        lettre=carnet.etat in REMPLACABLES and personne is not None,
        remise_annulable=remise_annulable(poste, carnet),
        a_redonner=personne is not None and _a_redonner(poste, suivi),
    )


def agir(poste: Poste, campagne: int, numero: int, acte: str, motif: str = "") -> FicheCarnet:
    """Records one of ACTES today, and removes the carnet's print file: its pass are worth nothing any more.

    "attribution.annuler" voids every carnet of the award. Raises SaisieRefusee("carnet_inconnu" | "acte_impossible").
    """
    carnet = _suivi(poste, campagne, numero).carnet
    if acte not in _permis(poste, carnet):
        raise SaisieRefusee("acte_impossible")
    touches = [carnet]
    corps: dict[str, object] = {"campagne": campagne, "numero": numero}
    if acte == "attribution.annuler":
        touches = [suivi.carnet for suivi in carnets.par_attribution(poste.base, carnet.attribution_id)]
        corps = {"attribution": carnet.attribution_id, "motif": motif}
    elif acte in PERTES:
        corps["le"] = poste.horloge.aujourdhui().isoformat()
    else:
        corps["motif"] = motif
    with poste.base.acte(poste.agent_id) as plume:
        plume.inscrire(acte, carnet.personne_id, corps)
    for touche in touches:
        retirer_papier(poste, touche)
    return fiche_carnet(poste, campagne, numero)


def _a_redonner(poste: Poste, suivi: carnets.CarnetSuivi) -> bool:
    """A void that no award has followed. Awards are named by the moment they are made (UUIDv7)."""
    carnet = suivi.carnet
    siens = (autre.carnet for autre in carnets.par_personne(poste.base, carnet.personne_id))
    return carnet.etat in JAMAIS_RECUS and not any(
        autre.etat not in JAMAIS_RECUS and autre.attribution_id > carnet.attribution_id for autre in siens
    )


def _permis(poste: Poste, carnet: Carnet) -> tuple[str, ...]:
    agent = agents.get(poste.base, poste.agent_id)
    roles = {Acteur.MEDIATEUR, Acteur(agent.role)} if agent else {Acteur.MEDIATEUR}
    possibles = {acte for qui in roles for acte in actes_possibles(carnet.etat, qui)}
    ensemble = carnets.par_attribution(poste.base, carnet.attribution_id)
    if not all("attribution.annuler" in actes_possibles(suivi.carnet.etat) for suivi in ensemble):
        possibles.discard("attribution.annuler")
    return tuple(acte for acte in ACTES if acte in possibles)


def _ligne(poste: Poste, suivi: carnets.CarnetSuivi) -> LigneCarnet:
    carnet = suivi.carnet
    personne = personnes.get(poste.base, carnet.personne_id)
    serie = serie_carnet(carnet.campagne, carnet.numero)
    return LigneCarnet(carnet, serie, personne.nom_courant if personne else "", suivi.depuis)


def _repond(ligne: LigneCarnet, cherche: str) -> bool:
    """By number, whole or in part; or by the beginning of a word of the holder's name."""
    lu = lire_numero(cherche)
    if lu is not None and (lu[0] in (None, ligne.carnet.campagne)) and lu[1] == ligne.carnet.numero:
        return True
    chiffres = _SEPARATEURS.sub("", cherche)
    if chiffres.isdecimal():
        return chiffres in ligne.serie.replace(" ", "")
    mots = f" {replier(ligne.titulaire)}"
    return all(f" {mot}" in mots for mot in replier(cherche).split()) and bool(replier(cherche))


def _suivi(poste: Poste, campagne: int, numero: int) -> carnets.CarnetSuivi:
    suivi = carnets.suivi(poste.base, campagne, numero)
    if suivi is None:
        raise SaisieRefusee("carnet_inconnu")
    return suivi
