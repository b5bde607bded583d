"""What an agent left open at this desk, found again the next day: ids alone, in the encrypted base."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass, field

from passdesk.domain.visite import Brouillon, CarnetAttribue, VisiteOuverte
from passdesk.services.poste import Poste
from passdesk.services.visite import carnet_attribue, reprendre, visites_ouvertes
from passdesk.storage import personnes
from passdesk.storage import poste as identite

PERSONNES = "personnes"
"""The place whose line is somebody: their name is read again, never kept here."""


@dataclass(frozen=True, slots=True)
class Ouvert:
    """The visits open, in their order: the id of a draft, or the campaign and number of a carnet; then where one is.

    `page`: the key of a place, or of one of these visits; `detail`: the line shown there; `texte`: what finds it.
    """

    visites: tuple[str | tuple[int, int], ...] = ()
    page: str = ""
    detail: Hashable = None
    texte: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Retrouve:
    """The same, read again: the visits that are still there (a carnet with its step), and the line if it still is."""

    visites: tuple[Brouillon | tuple[CarnetAttribue, str], ...] = ()
    page: str = ""
    detail: Hashable = None
    texte: str = field(default="", repr=False)


def retenir(poste: Poste, ouvert: Ouvert) -> None:
    """Keeps what this agent has open now."""
    texte = ouvert.texte if ouvert.page != PERSONNES else ""
    ecrit = json.dumps([ouvert.visites, ouvert.page, ouvert.detail, texte])
    if ecrit != identite.lire_texte(poste.base, _nom(poste)):
        identite.ecrire_texte(poste.base, _nom(poste), ecrit)


def retrouver(poste: Poste) -> Retrouve:
    """What this agent had open the last time, without what has been settled, erased or merged away since."""
    try:
        lues, page, lu, texte = json.loads(identite.lire_texte(poste.base, _nom(poste)) or '[[], "", null, ""]')
    except ValueError:
        return Retrouve()
    la = {_cle(visite): visite for visite in visites_ouvertes(poste)}
    encore = [la[cle] for cle in map(_lisible, lues) if cle in la]
    visites = tuple(v for v in (_rouvrir(poste, visite) for visite in encore) if v is not None)
    detail = _lisible(lu)
    if page == PERSONNES and isinstance(detail, str):
        personne = personnes.get(poste.base, detail)
        detail, texte = (personne.personne_id, personne.nom_complet) if personne is not None else (None, "")
    return Retrouve(visites, page, detail, texte)


def _rouvrir(poste: Poste, visite: VisiteOuverte) -> Brouillon | tuple[CarnetAttribue, str] | None:
    if visite.carnet is not None:
        return carnet_attribue(poste, visite.carnet.campagne, visite.carnet.numero), visite.etape
    return reprendre(poste, visite.brouillon_id) if visite.brouillon_id is not None else None


def _cle(visite: VisiteOuverte) -> Hashable:
    return visite.brouillon_id if visite.carnet is None else (visite.carnet.campagne, visite.carnet.numero)


def _lisible(lu: object) -> Hashable:
    """A pair is a list once written."""
    return tuple(lu) if isinstance(lu, list) else lu if isinstance(lu, str) else None


def _nom(poste: Poste) -> str:
    return f"ouvert.{poste.agent_id}"
