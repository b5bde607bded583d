"""Another data key for a desk (protocol §1): whoever has left opens nothing of what the desk is from then on.

Only the *responsable* who does it still has a passphrase that opens; the colleagues are given one again, each in
person, and another recovery sheet is made (decision 0067).
"""

from __future__ import annotations

import logging
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from passdesk import __version__
from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.services.agents import agents_du_poste, exiger_responsable
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.sauvegarde import nom_de_sauvegarde
from passdesk.storage import cles
from passdesk.storage import poste as identite
from passdesk.storage.appareil import ecrire_appareil, lire_appareil
from passdesk.storage.echange import CLE_NEUVE_CHANTIER, achever_un_changement, decider_le_changement
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, FICHIER, Base
from passdesk.storage.fichiers import disque
from passdesk.storage.rechiffrement import rechiffrer, rester_seul
from passdesk.storage.sauvegarde import ecrire_sauvegarde

_journal = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CleDuPoste:
    """Who besides this agent opens the desk today, by name; whether a recovery sheet does."""

    collegues: tuple[str, ...] = field(repr=False)
    feuille: bool


@dataclass(frozen=True, slots=True)
class EtatCle:
    """`changee_le`: the day of the last change, None when the key is that of the first start; `d_avant`: a backup has
    brought back a former one since.
    """

    changee_le: date | None
    d_avant: bool = False


def cle_du_poste(poste: Poste) -> CleDuPoste:
    """What a change would close. Raises BaseFermee."""
    collegues = tuple(agent.nom for agent in agents_du_poste(poste) if agent.a_une_phrase and not agent.moi)
    return CleDuPoste(collegues, cles.secours_existe(poste.dossier))


def verifier_le_changement(poste: Poste, phrase: str) -> None:
    """Before the desk is closed for it. Raises SaisieRefusee("agents_reserve" | "ancienne_phrase_autre")."""
    exiger_responsable(poste)
    if cles.phrase_de(poste.dossier, poste.agent_id, phrase) is None:
        raise SaisieRefusee("ancienne_phrase_autre")


def etat_de_la_cle(poste: Poste) -> EtatCle:
    """Since when the key is this one."""
    lu = identite.lire_texte(poste.base, identite.CLE_CHANGEE)
    d_avant = identite.lire_texte(poste.base, identite.CLE_D_AVANT) is not None
    return EtatCle(date.fromisoformat(lu) if lu else None, d_avant)


def changer_la_cle(dossier: Path, phrase: str, horloge: Horloge) -> None:
    """Writes the desk under a key drawn now, then puts it in the place of the present one; all or nothing.

    Nobody may have the desk open. Raises BaseFermee (passphrase unknown, damaged…), SaisieRefusee("agents_reserve"),
    PanneAttendue: "base_occupee", "base_non_copiee", "sauvegarde_non_bonne", of the disk: the desk is then as it was;
    "cle_a_achever": it is under the new key, and the next opening puts the last files in their places.
    """
    chantier = dossier / CLE_NEUVE_CHANTIER
    poste = ouvrir_poste(dossier, phrase, horloge)
    try:
        exiger_responsable(poste)
        rester_seul(poste.base)
        with disque():
            shutil.rmtree(chantier, ignore_errors=True)
            chantier.mkdir(mode=0o700)
        _preparer(poste, chantier, phrase)
        decider_le_changement(dossier)
    finally:
        poste.fermer()
        shutil.rmtree(chantier, ignore_errors=True)
    _journal.info("data key changed by %s", poste.agent_id)
    try:
        achever_un_changement(dossier)
    except PanneAttendue:
        raise PanneAttendue("cle_a_achever") from None


def _preparer(poste: Poste, chantier: Path, phrase: str) -> None:
    """Makes the desk ready under another key, with a backup of it."""
    cle = cles.changer_de_cle(poste.dossier, chantier, poste.cle, poste.agent_id, phrase)
    # One that does not read stays as it is: the desk is to be linked again, under whatever key.
    with suppress(BaseFermee):
        secrets = lire_appareil(poste.dossier, poste.cle)
        if secrets is not None:
            ecrire_appareil(chantier, cle, secrets)
    rechiffrer(poste.base, chantier / FICHIER, cle)
    base = Base.ouvrir(chantier, cle, poste.horloge)
    try:
        identite.ecrire_texte(base, identite.CLE_CHANGEE, poste.horloge.aujourdhui().isoformat())
        identite.ecrire_texte(base, identite.CLE_D_AVANT, None)
        base.accorder_copie()
        base.replier()
        # The backups of before carry the key of before: should the key file be lost tomorrow, one opens the desk. It
        # takes its place with the rest: nobody would have the key of one that was left by a change not decided.
        ici = chantier / DOSSIER_SAUVEGARDES
        with disque():
            ici.mkdir(mode=0o700, exist_ok=True)
        ecrire_sauvegarde(base, cle, ici / nom_de_sauvegarde(base), __version__)
    finally:
        base.fermer()
