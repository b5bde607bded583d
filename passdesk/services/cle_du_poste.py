"""Another data key for a desk (protocol §1): whoever has left opens nothing of what the desk is from then on.

Only the *responsable* who does it still has a passphrase that opens; the colleagues are given one again, each in
person, and another recovery sheet is made (decision 0067).
"""

from __future__ import annotations

import logging
import shutil
from datetime import date
from pathlib import Path

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.services.agents import exiger_responsable
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.storage import cles
from passdesk.storage import poste as identite
from passdesk.storage.appareil import ecrire_appareil, lire_appareil
from passdesk.storage.echange import CLE_NEUVE_CHANTIER, achever_un_changement, decider_le_changement
from passdesk.storage.engine import FICHIER, Base
from passdesk.storage.fichiers import disque
from passdesk.storage.rechiffrement import rechiffrer, rester_seul

_journal = logging.getLogger(__name__)
_CHANGEE = "cle_changee_le"


def verifier_le_changement(poste: Poste, phrase: str) -> None:
    """Before the desk is closed for it. Raises SaisieRefusee("agents_reserve" | "ancienne_phrase_autre")."""
    exiger_responsable(poste)
    if cles.phrase_de(poste.dossier, poste.agent_id, phrase) is None:
        raise SaisieRefusee("ancienne_phrase_autre")


def cle_changee_le(poste: Poste) -> date | None:
    """The day of the last change, None when the key is that of the first start."""
    lu = identite.lire_texte(poste.base, _CHANGEE)
    return date.fromisoformat(lu) if lu else None


def changer_la_cle(dossier: Path, phrase: str, horloge: Horloge) -> None:
    """Writes the desk under a key drawn now, then puts it in the place of the present one; all or nothing.

    Nobody may have the desk open. Raises BaseFermee (passphrase unknown, damaged…), SaisieRefusee("agents_reserve"),
    PanneAttendue: "base_occupee", "base_non_copiee", of the disk; the desk is then as it was, except that a disk which
    refuses at the very end leaves the change to be finished at the next opening.
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
    achever_un_changement(dossier)
    _journal.info("data key changed by %s", poste.agent_id)


def _preparer(poste: Poste, chantier: Path, phrase: str) -> None:
    cle = cles.changer_de_cle(poste.dossier, chantier, poste.cle, poste.agent_id, phrase)
    secrets = lire_appareil(poste.dossier, poste.cle)
    if secrets is not None:
        ecrire_appareil(chantier, cle, secrets)
    rechiffrer(poste.base, chantier / FICHIER, cle)
    base = Base.ouvrir(chantier, cle, poste.horloge)
    try:
        identite.ecrire_texte(base, _CHANGEE, poste.horloge.aujourdhui().isoformat())
        base.accorder_copie()
        base.replier()
    finally:
        base.fermer()
