"""*À rappeler*: those who have a carnet and spent nothing of it, as far as is known here; what each call gave."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.personne import Personne
from passdesk.domain.rappel import Appel, IssueAppel, a_rappeler
from passdesk.services.fiche import cle_de, corps_personne, est_limitee, exiger_libre, propre
from passdesk.services.poste import Poste
from passdesk.storage import campagnes, carnets, personnes
from passdesk.storage import poste as identite

CLE_RAPPEL = "rappel"
"""Under which a body of `personne.modifier` says that the person was called, and what came of it."""
LIMITE = 50
"""Persons shown at once: an afternoon of calls."""
COMPTE = "rappels_comptes"
"""How many there are, and the day they were counted."""


@dataclass(frozen=True, slots=True)
class Rappel:
    """A person to call about these carnets, the first to end before the others. `essai`: the last call in vain."""

    personne: Personne = field(repr=False)
    carnets: tuple[Carnet, ...]
    essai: date | None


@dataclass(frozen=True, slots=True)
class Rappels:
    """The list, the most pressing first. `suite`: there are more of them than are shown."""

    rappels: tuple[Rappel, ...]
    suite: bool


def a_appeler(poste: Poste) -> Rappels:
    """Whom to call today; those who can be called, and whose file is not limited."""
    lus = tuple(islice(_lire(poste), LIMITE + 1))
    _compter(poste, len(lus))
    return Rappels(lus[:LIMITE], len(lus) > LIMITE)


def combien(poste: Poste) -> int:
    """How many persons to call; more than LIMITE is LIMITE + 1. They are looked for once a day, and at each call."""
    connu = json.loads(identite.lire_texte(poste.base, COMPTE) or "{}")
    if connu.get("le") != poste.horloge.aujourdhui().isoformat():
        a_appeler(poste)
        connu = json.loads(identite.lire_texte(poste.base, COMPTE) or "{}")
    return int(connu["personnes"])


def noter_appel(poste: Poste, personne_id: str, issue: IssueAppel) -> Mapping[str, Any] | None:
    """Records what a call gave. Returns what was said before, for `reprendre_appel`.

    Raises SaisieRefusee: "personne_absente", "fiche_limitee".
    """
    avant = personnes.derniere_parole(poste.base, personne_id, CLE_RAPPEL)
    _inscrire(poste, personne_id, {"issue": issue, "le": poste.horloge.aujourdhui().isoformat()})
    return avant.valeur if avant is not None else None


def reprendre_appel(poste: Poste, personne_id: str, avant: Mapping[str, Any] | None) -> None:
    """Takes back the call noted last: what was said before holds again; the log keeps both.

    Raises SaisieRefusee: "personne_absente", "fiche_limitee".
    """
    _inscrire(poste, personne_id, avant or {"repris": True})


def _inscrire(poste: Poste, personne_id: str, dit: Mapping[str, Any]) -> None:
    exiger_libre(poste, personne_id)
    lue = personnes.get(poste.base, personne_id)
    assert lue is not None
    sienne, ajout = propre(poste, lue)
    corps = {**corps_personne(sienne, cle_de(poste, sienne)), **ajout, CLE_RAPPEL: dict(dit)}
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.modifier", lue.personne_id, corps)
    a_appeler(poste)


def _compter(poste: Poste, nombre: int) -> None:
    compte = {"le": poste.horloge.aujourdhui().isoformat(), "personnes": nombre}
    identite.ecrire_texte(poste.base, COMPTE, json.dumps(compte))


def _lire(poste: Poste) -> Iterator[Rappel]:
    jour = poste.horloge.aujourdhui()
    alertes = {campagne.numero: campagne.alerte_jours for campagne in campagnes.lister(poste.base)}
    vues: set[str] = set()
    for ident in _detenteurs(poste, jour):
        personne = personnes.get(poste.base, ident)
        if personne is None or personne.personne_id in vues or not personne.telephone:
            continue
        vues.add(personne.personne_id)
        dit = personnes.derniere_parole(poste.base, personne.personne_id, CLE_RAPPEL)
        appel = _appel(dit.valeur) if dit is not None else None
        siens = tuple(
            suivi.carnet
            for suivi in carnets.par_personne(poste.base, personne.personne_id)
            if _attend(suivi.carnet, alertes, appel, jour)
        )
        if siens and not est_limitee(poste, personne.personne_id):
            en_vain = appel is not None and appel.issue == "sans_reponse"
            ordre = sorted(siens, key=lambda carnet: (carnet.dernier_jour, carnet.numero))
            yield Rappel(personne, tuple(ordre), appel.le if appel is not None and en_vain else None)


def _detenteurs(poste: Poste, jour: date) -> Iterator[str]:
    """By small lots: the list is short, and a large desk has a hundred thousand of them."""
    vus = 0
    while lot := carnets.detenteurs(poste.base, jour, 4 * LIMITE, vus):
        yield from lot
        vus += len(lot)


def _attend(carnet: Carnet, alertes: Mapping[int, int], appel: Appel | None, jour: date) -> bool:
    return (
        carnet.etat is Etat.REMIS
        and carnet.remis_le is not None
        and not carnet.rangs_bloques
        and a_rappeler(carnet.remis_le, carnet.dernier_jour, alertes.get(carnet.campagne, 30), appel, jour)
    )


def _appel(dit: Mapping[str, Any]) -> Appel | None:
    return None if dit.get("repris") else Appel(date.fromisoformat(dit["le"]), dit["issue"])
