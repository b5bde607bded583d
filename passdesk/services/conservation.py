"""*À effacer ?*: the files that nobody has come for, proposed once a month; a person decides for each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from passdesk.domain.campagne import plus_mois
from passdesk.domain.carnet import Etat
from passdesk.domain.conservation import SuiviFiche, a_effacer, besoins
from passdesk.domain.effacement import SANS_CONTACT
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.personne import Personne
from passdesk.services.donnees import lire_donnees
from passdesk.services.effacement import effacer_sans_menage, faire_le_menage
from passdesk.services.fiche import cle_de, corps_personne, est_limitee, propre
from passdesk.services.poste import APPAREIL, Poste, est_responsable
from passdesk.services.rappels import CLE_RAPPEL
from passdesk.services.visite import ETAPES
from passdesk.storage import campagnes, carnets, effacables, litiges, personnes
from passdesk.storage import poste as identite
from passdesk.storage.conservation import dernier_contact, peut_etre_anciennes, saisies_apres

CLE_GARDE = "conservation"
"""Under which a body of `personne.modifier` says that the file is kept, and why."""
MOTIFS_GARDE = ("revient", "contestation", "preuve")
"""Why a file stays longer: the person is about to come back, an answer is contested, the Region asked for it."""
REVUE, RAPPEL = "conservation_revue", "conservation_rappel"
"""The month in which the list was last looked at; and how many files it held, the day they were counted."""
_SANS_VALEUR = (Etat.ANNULE, Etat.GACHE, Etat.RETOURNE)


@dataclass(frozen=True, slots=True)
class FicheAncienne:
    """A file proposed: nobody has come since `dernier_contact`. `passes`: pass that it received here."""

    personne: Personne = field(repr=False)
    dernier_contact: date


@dataclass(frozen=True, slots=True)
class FichesAnciennes:
    """The list. `retenues`: as old, but still needed; `mois`: the delay; `peut_effacer`: whether this agent may.

    `relie`: the Region has copies, which go with the next sending.
    """

    fiches: tuple[FicheAncienne, ...]
    retenues: int
    mois: int
    peut_effacer: bool
    relie: bool


def fiches_anciennes(poste: Poste) -> FichesAnciennes:
    """The files that may go, the longest silent first; looking at the list is noted for this month."""
    lues = _lire(poste)
    if lues.peut_effacer:
        identite.ecrire_texte(poste.base, REVUE, _mois(poste))
    return lues


def rappel(poste: Poste) -> int:
    """How many files wait to be looked at: 0 once they were this month, or for an agent who may not erase."""
    if not est_responsable(poste) or identite.lire_texte(poste.base, REVUE) == _mois(poste):
        return 0
    jour = poste.horloge.aujourdhui().isoformat()
    garde = identite.lire_texte(poste.base, RAPPEL)
    connu = json.loads(garde) if garde else {}
    if connu.get("le") != jour:
        # The log is gone through once a day at most.
        connu = {"le": jour, "fiches": len(_lire(poste).fiches)}
        identite.ecrire_texte(poste.base, RAPPEL, json.dumps(connu))
    return int(connu["fiches"])


def effacer_anciennes(poste: Poste, personnes_id: Sequence[str]) -> tuple[int, bool]:
    """Erases those of these persons that are still on the list: how many, and whether the file holds nothing of them.

    Each is an act of its own; the file is rewritten once. Raises SaisieRefusee("effacement_reserve").
    """
    if not est_responsable(poste):
        raise SaisieRefusee("effacement_reserve")
    restent = {ancienne.personne.personne_id for ancienne in _lire(poste).fiches}
    voulues = [ident for ident in dict.fromkeys(personnes_id) if ident in restent]
    for ident in voulues:
        effacer_sans_menage(poste, ident, SANS_CONTACT)
    return len(voulues), faire_le_menage(poste)


def garder_anciennes(poste: Poste, personnes_id: Sequence[str], motif: str) -> int:
    """Keeps for a year more those of these persons that are still on the list, each an act of its own: how many.

    Raises SaisieRefusee("garde_sans_motif").
    """
    restent = {ancienne.personne.personne_id for ancienne in _lire(poste).fiches}
    voulues = [ident for ident in dict.fromkeys(personnes_id) if ident in restent]
    for ident in voulues:
        garder(poste, ident, motif)
    return len(voulues)


def garder(poste: Poste, personne_id: str, motif: str) -> None:
    """Keeps a file for a year more. Raises SaisieRefusee: "garde_sans_motif", "personne_absente"."""
    if motif not in MOTIFS_GARDE:
        raise SaisieRefusee("garde_sans_motif")
    lue = personnes.get(poste.base, personne_id)
    if lue is None:
        raise SaisieRefusee("personne_absente")
    sienne, ajout = propre(poste, lue)
    corps = {**corps_personne(sienne, cle_de(poste, sienne)), **ajout}
    corps[CLE_GARDE] = {"motif": motif, "le": poste.horloge.aujourdhui().isoformat()}
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.modifier", lue.personne_id, corps)


def _lire(poste: Poste) -> FichesAnciennes:
    lus = lire_donnees(poste)
    limite = plus_mois(lus.le, -lus.conservation_mois)
    # A day more than the rule: it is the rule that decides, on days of here.
    avant = int(datetime.combine(limite, time(), UTC).timestamp() * 1000) + 2 * 86_400_000
    # A visit begun and left for as long as the file is no more a contact than the file itself.
    ouvertes = saisies_apres(poste.base, limite)
    proposees, retenues = [], 0
    for ident in peut_etre_anciennes(poste.base, avant):
        personne, suivi = personnes.get(poste.base, ident), _suivi(poste, ident, ouvertes)
        if personne is None or suivi is None or plus_mois(suivi.dernier_contact, lus.conservation_mois) > lus.le:
            continue
        if a_effacer(suivi, lus.conservation_mois, lus.le):
            proposees.append(FicheAncienne(personne, suivi.dernier_contact))
        elif besoins(suivi, lus.le):
            retenues += 1
    relie = identite.lire_texte(poste.base, APPAREIL) is not None
    return FichesAnciennes(tuple(proposees), retenues, lus.conservation_mois, est_responsable(poste), relie)


def _suivi(poste: Poste, personne_id: str, ouvertes: frozenset[str]) -> SuiviFiche | None:
    base = poste.base
    quand = dernier_contact(base, personne_id, _est_contact)
    if quand is None:
        return None
    siennes = effacables.concernees(base, personne_id)
    siens = [suivi.carnet for suivi in carnets.par_personne(base, personne_id)]
    fins = {campagne.numero: campagne.fin_tolerance for campagne in campagnes.lister(base)}
    cas = (litiges.get(base, cas_id) for cas_id in effacables.litiges_de(base, personne_id))
    dit = personnes.derniere_parole(base, personne_id, CLE_GARDE)
    return SuiviFiche(
        datetime.fromtimestamp(quand / 1000, UTC).astimezone().date(),
        tuple(fins[c.campagne] for c in siens if c.campagne in fins and c.etat not in _SANS_VALEUR),
        papier_en_attente=any(carnet.etat in ETAPES for carnet in siens),
        litige_ouvert=any(connu is not None and not connu.traite for connu in cas),
        visite_ouverte=not ouvertes.isdisjoint(siennes),
        limitee=est_limitee(poste, personne_id),
        gardee_le=date.fromisoformat(dit.valeur["le"]) if dit is not None else None,
    )


def _est_contact(dit: Mapping[str, Any]) -> bool:
    """Neither that the file is kept, nor a call that reached nobody, or was noted by mistake."""
    appel = dit.get(CLE_RAPPEL)
    return CLE_GARDE not in dit and (not appel or appel.get("issue") in ("jointe", "servi"))


def _mois(poste: Poste) -> str:
    return f"{poste.horloge.aujourdhui():%Y-%m}"
