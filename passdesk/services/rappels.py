"""*À rappeler*: those who have a carnet and spent nothing of it, as far as is known here; what each call gave."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from passdesk.domain.campagne import plus_mois
from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.personne import Personne
from passdesk.domain.rappel import Appel, IssueAppel, a_rappeler, revient_le
from passdesk.services.fiche import cle_de, corps_personne, est_limitee, exiger_libre, propre
from passdesk.services.poste import Poste
from passdesk.storage import appels, campagnes, carnets, personnes
from passdesk.storage import poste as identite

CLE_RAPPEL = "rappel"
"""Under which a body of `personne.modifier` says what a call gave, and about which carnets; or takes the last back."""
LIMITE = 50
"""Persons shown at once, of those who have a number and of those who have none: an afternoon of calls."""
COMPTE = "rappels_comptes"
"""How many there are of both, and the day they were counted."""
ALERTE_JOURS = 30
"""For a campaign that is not known here."""


@dataclass(frozen=True, slots=True)
class Rappel:
    """A person to call about these carnets, the first to end before the others; without a telephone number, to be
    written to, or told when they pass by. `essai`: the last call in vain.
    """

    personne: Personne = field(repr=False)
    carnets: tuple[Carnet, ...]
    essai: date | None


@dataclass(frozen=True, slots=True)
class Compte:
    """How many persons to call, and how many to write to or to tell when they pass by: they have no number. More than
    LIMITE is LIMITE + 1.
    """

    joignables: int = 0
    sans_numero: int = 0


@dataclass(frozen=True, slots=True)
class Rappels:
    """The list, the most pressing first, those without a number after the others, at most LIMITE of each. `compte`: of
    both, those not shown told by one more.
    """

    rappels: tuple[Rappel, ...]
    compte: Compte


def a_appeler(poste: Poste) -> Rappels:
    """Whom to call today, and whom there is no number for; those whose file is not limited."""
    avec, sans = (tuple(islice(_lire(poste, joignables=oui), LIMITE + 1)) for oui in (True, False))
    compte = Compte(len(avec), len(sans))
    _compter(poste, compte)
    return Rappels(avec[:LIMITE] + sans[:LIMITE], compte)


def combien(poste: Poste) -> Compte:
    """How many persons to call. As last counted today, by `recompter` if nobody did."""
    return _compte(poste) or recompter(poste)


def recompter(poste: Poste) -> Compte:
    """The same, counted now."""
    return a_appeler(poste).compte


def noter_appel(poste: Poste, rappel: Rappel, issue: IssueAppel) -> date | None:
    """Records what a call about these carnets gave. Returns the day from which to call again, None for no other day.

    Raises SaisieRefusee: "personne_absente", "fiche_limitee".
    """
    appel = Appel(poste.horloge.aujourdhui(), issue)
    _inscrire(poste, rappel, {"issue": issue, "le": appel.le.isoformat()})
    if connu := _compte(poste):
        genre = "joignables" if rappel.personne.telephone else "sans_numero"
        _compter(poste, replace(connu, **{genre: max(0, getattr(connu, genre) - 1)}))
    alertes = _alertes(poste)
    jours = (revient_le(c.dernier_jour, alertes.get(c.campagne, ALERTE_JOURS), appel) for c in rappel.carnets)
    return min((jour for jour in jours if jour is not None), default=None)


def reprendre_appel(poste: Poste, rappel: Rappel) -> None:
    """Takes back the call noted last about these carnets; what was said before holds again, the log keeps all.

    Raises SaisieRefusee: "personne_absente", "fiche_limitee".
    """
    _inscrire(poste, rappel, {"repris": True})


def _inscrire(poste: Poste, rappel: Rappel, dit: Mapping[str, Any]) -> None:
    exiger_libre(poste, rappel.personne.personne_id)
    lue = personnes.get(poste.base, rappel.personne.personne_id)
    assert lue is not None
    siens = [[carnet.campagne, carnet.numero] for carnet in rappel.carnets]
    sienne, ajout = propre(poste, lue)
    corps = {**corps_personne(sienne, cle_de(poste, sienne)), **ajout, CLE_RAPPEL: {**dit, "carnets": siens}}
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.modifier", lue.personne_id, corps)


def _compte(poste: Poste) -> Compte | None:
    connu: dict[str, Any] = json.loads(identite.lire_texte(poste.base, COMPTE) or "{}")
    # The program of before, on the same day, counted them together.
    if connu.pop("le", None) != poste.horloge.aujourdhui().isoformat() or "personnes" in connu:
        return None
    return Compte(**connu)


def _compter(poste: Poste, compte: Compte) -> None:
    dit = {"le": poste.horloge.aujourdhui().isoformat(), **asdict(compte)}
    identite.ecrire_texte(poste.base, COMPTE, json.dumps(dit))


def _alertes(poste: Poste) -> Mapping[int, int]:
    return {campagne.numero: campagne.alerte_jours for campagne in campagnes.lister(poste.base)}


def _lire(poste: Poste, *, joignables: bool) -> Iterator[Rappel]:
    jour, alertes = poste.horloge.aujourdhui(), _alertes(poste)
    vues: set[str] = set()
    for ident in _detenteurs(poste, jour, joignables=joignables):
        personne = personnes.get(poste.base, ident)
        if personne is None or personne.personne_id in vues or bool(personne.telephone) != joignables:
            continue
        vues.add(personne.personne_id)
        faits = appels.derniers(poste.base, personne.personne_id)
        siens = [
            carnet
            for suivi in carnets.par_personne(poste.base, personne.personne_id)
            if _attend(carnet := suivi.carnet, alertes, faits.get((carnet.campagne, carnet.numero)), jour)
        ]
        if siens and not est_limitee(poste, personne.personne_id):
            siens.sort(key=lambda carnet: (carnet.dernier_jour, carnet.numero))
            yield Rappel(personne, tuple(siens), _essai(siens, faits))


def _detenteurs(poste: Poste, jour: date, *, joignables: bool) -> Iterator[str]:
    """By small lots: the list is short."""
    vus = 0
    avant = plus_mois(jour, -1) + timedelta(days=3)
    while lot := appels.detenteurs(
        poste.base, jour, remis_avant=avant, alerte=ALERTE_JOURS, joignables=joignables, combien=2 * LIMITE, apres=vus
    ):
        yield from lot
        vus += len(lot)


def _attend(carnet: Carnet, alertes: Mapping[int, int], appel: Appel | None, jour: date) -> bool:
    alerte = alertes.get(carnet.campagne, ALERTE_JOURS)
    return (
        carnet.etat is Etat.REMIS
        and carnet.remis_le is not None
        and not carnet.rangs_bloques
        and a_rappeler(carnet.remis_le, carnet.dernier_jour, alerte, appel, jour)
    )


def _essai(siens: Sequence[Carnet], faits: Mapping[tuple[int, int], Appel]) -> date | None:
    siens_appels = (faits.get((carnet.campagne, carnet.numero)) for carnet in siens)
    return max(
        (appel.le for appel in siens_appels if appel is not None and appel.issue == "sans_reponse"), default=None
    )
