"""The recovery sheet: printed once, kept under lock away from the computer; it opens a desk whose passphrase is lost.

It wraps the same data key in a slot of its own. A new sheet makes the former one worthless; using it does not.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from passdesk.domain.dossier_personne import DossierPapier
from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.domain.secours import OCTETS, dernier_groupe_de, ecrire_cle_de_secours, lire_cle_de_secours
from passdesk.printing.apercu import render_pages
from passdesk.printing.dossier_papier import papier_dossier
from passdesk.protocol.index_aveugle import ARGON2_INDEX, ParametresIndex
from passdesk.services.agents import exiger_responsable, verifier_phrase
from passdesk.services.dossier_personne import DossierDessine
from passdesk.services.impression import LARGEUR_APERCU
from passdesk.services.poste import NOM, Poste, campagne_courante, est_responsable, ouvrir_avec_cle, poste_entier
from passdesk.storage import agents, cles, essais
from passdesk.storage import poste as identite
from passdesk.storage.engine import Base
from passdesk.storage.ouverture import ouvrir_sous_la_cle

_journal = logging.getLogger(__name__)
NOM_FICHIER = "feuille-de-secours.pdf"


@dataclass(frozen=True, slots=True)
class EtatSecours:
    """`faite_le`: the day of the sheet in force, None without one; `employee_le`: when it last opened the desk."""

    faite_le: date | None
    employee_le: date | None
    peut_refaire: bool


@dataclass(frozen=True, slots=True)
class NouvelleFeuille:
    """What goes on the sheet; it is kept nowhere."""

    cle_de_secours: str = field(repr=False)
    guichet: str
    le: date


@dataclass(frozen=True, slots=True)
class AgentARetrouver:
    """Somebody at work at a desk opened by its sheet."""

    agent_id: str
    nom: str = field(repr=False)


def etat_secours(poste: Poste) -> EtatSecours:
    """Whether there is a sheet, and what became of it."""
    faite, employee = (_jour(poste.base, nom) for nom in (identite.FEUILLE_FAITE, identite.FEUILLE_EMPLOYEE))
    return EtatSecours(faite if cles.secours_existe(poste.dossier) else None, employee, est_responsable(poste))


def feuille_attendue(poste: Poste) -> bool:
    """True while no sheet opens this desk and it is for this agent to make one; never at a desk of demonstration."""
    campagne = campagne_courante(poste)
    if not est_responsable(poste) or (campagne is not None and campagne.est_demonstration):
        return False
    try:
        return not cles.secours_existe(poste.dossier)
    except BaseFermee:
        # The key file is gone or damaged under an open desk: the weekly check tells it.
        return False


def tirer_feuille(poste: Poste) -> NouvelleFeuille:
    """Draws the key of another sheet; nothing changes before `retenir_feuille`.

    Raises SaisieRefusee("agents_reserve").
    """
    exiger_responsable(poste)
    cle_de_secours = ecrire_cle_de_secours(secrets.token_bytes(OCTETS))
    guichet = identite.lire_texte(poste.base, NOM) or "Guichet du pass numérique"
    return NouvelleFeuille(cle_de_secours, guichet, poste.horloge.aujourdhui())


def retenir_feuille(poste: Poste, feuille: NouvelleFeuille, dernier_groupe: str | None = None) -> None:
    """The sheet is on paper: it opens the desk from now on, the former one opens nothing.

    `dernier_groupe`: as read on the paper, which proves that it came out. Raises SaisieRefusee: "agents_reserve",
    "secours_groupe_autre" (nothing has changed), PanneAttendue of the disk.
    """
    exiger_responsable(poste)
    if dernier_groupe is not None and not dernier_groupe_de(feuille.cle_de_secours, dernier_groupe):
        raise SaisieRefusee("secours_groupe_autre")
    cles.placer_phrase(poste.dossier, poste.cle, cles.SECOURS, feuille.cle_de_secours)
    with poste.base.ecriture():
        identite.ecrire_texte(poste.base, identite.FEUILLE_FAITE, feuille.le.isoformat())
        identite.ecrire_texte(poste.base, identite.FEUILLE_EMPLOYEE, None)
    _journal.info("recovery sheet made by %s", poste.agent_id)


def dessiner_feuille(contenu: DossierPapier) -> DossierDessine:
    """The sheet, in memory; needs no base."""
    papier = papier_dossier(contenu)
    return DossierDessine(NOM_FICHIER, papier, render_pages(papier.pdf, LARGEUR_APERCU))


def agents_a_retrouver(dossier: Path, saisi: str, horloge: Horloge) -> tuple[AgentARetrouver, ...]:
    """Who works at the desk that this sheet opens; nothing is changed.

    Raises SaisieRefusee("secours_longueur" | "secours_mal_recopie"), BaseFermee("secours_inconnu" and those of a base).
    """
    cle_de_secours = lire_cle_de_secours(saisi)
    with poste_entier(dossier):
        cle = cles.ouvrir_par_secours(dossier, cle_de_secours)
    base = ouvrir_sous_la_cle(dossier, cle, horloge)
    try:
        return tuple(AgentARetrouver(a.agent_id, a.nom) for a in agents.lister(base) if a.actif)
    finally:
        base.fermer()


def retrouver(
    dossier: Path,
    saisi: str,
    agent_id: str,
    phrase: str,
    horloge: Horloge,
    *,
    cout_index: ParametresIndex = ARGON2_INDEX,
) -> Poste:
    """Gives this agent another passphrase and opens the desk; the sheet stays good.

    Raises as `agents_a_retrouver`, and SaisieRefusee("agent_absent" | "phrase_trop_courte" | "phrase_prise").
    """
    cle = cles.ouvrir_par_secours(dossier, lire_cle_de_secours(saisi))
    poste = ouvrir_avec_cle(dossier, cle, agent_id, horloge, cout_index=cout_index)
    try:
        agent = agents.get(poste.base, agent_id)
        if agent is None or not agent.actif:
            raise SaisieRefusee("agent_absent")
        verifier_phrase(poste, agent_id, phrase)
        cles.placer_phrase(dossier, cle, agent_id, phrase)
        essais.oublier(dossier)
        with poste.base.ecriture():
            identite.ecrire_texte(poste.base, identite.FEUILLE_EMPLOYEE, horloge.aujourdhui().isoformat())
    except BaseException:
        poste.fermer()
        raise
    _journal.info("recovery sheet used for %s", agent_id)
    return poste


def _jour(base: Base, nom: str) -> date | None:
    lu = identite.lire_texte(base, nom)
    return datetime.fromisoformat(lu).date() if lu else None
