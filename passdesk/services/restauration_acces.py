"""Who opens a backup: with the keys that are here, else with those that backups carry (decision 0075); whose name it is
put back in, and whether they may.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.domain.secours import lire_cle_de_secours
from passdesk.protocol.operations import Operation, TypeOperation
from passdesk.services.restauration_suite import Acces, Etabli
from passdesk.services.sauvegarde import sauvegardes_de
from passdesk.storage import agents, cles
from passdesk.storage.engine import DOSSIER_SAUVEGARDES
from passdesk.storage.fichiers import ecrire_atomique
from passdesk.storage.rechiffrement import mettre_sous_la_cle
from passdesk.storage.sauvegarde import Entete, lire_entete


@dataclass(frozen=True, slots=True)
class Trousseau:
    """A key file that another backup of the desk carries. `apres`: that backup is the later one."""

    octets: bytes = field(repr=False)
    apres: bool


def ouvrir_les_cles(dossier: Path, chantier: Path, secret: str, autres: tuple[Trousseau, ...]) -> Acces:
    """By an agent's passphrase or the key of the sheet: from the key file of the desk, else from that of the backup.

    `chantier` holds both: its base is then under this key, unless it is another desk's. `autres`: the key files of
    other keys of this desk (`autres_trousseaux`); one that knows the key of the backup comes before its own. Raises
    PanneAttendue of the disk, BaseFermee("phrase_inconnue" | "secours_inconnu"), and
    SaisieRefusee("sauvegarde_autre_feuille"): the backup is the only one to ask, and does not know this sheet.
    """
    ici = _par_les_cles_d_ici(dossier, secret)
    if ici is not None:
        _remettre_sous_la_cle(dossier, chantier, ici[1])
        return Acces(*ici, memes_cles=True)
    suivant = _par_une_cle_suivante(chantier, secret, autres)
    if suivant is not None:
        return Acces(*suivant, memes_cles=False)
    try:
        return Acces(*_ouvrir_par(chantier, secret), memes_cles=False, cle_d_avant=any(autre.apres for autre in autres))
    except BaseFermee as fermee:
        if fermee.code != "secours_inconnu":
            raise
        # Made before this sheet, or after another took its place: a backup of another day may know it.
        raise SaisieRefusee("sauvegarde_autre_feuille") from None


def autres_trousseaux(dossier: Path, fichier: Path, entete: Entete) -> tuple[Trousseau, ...]:
    """The key files under other keys that the backups of this desk carry, here or beside this one: of each key the last
    one, the one that goes furthest in the log first.
    """
    return tuple(_autres(dossier, fichier, entete))


def _autres(dossier: Path, fichier: Path, entete: Entete) -> Iterator[Trousseau]:
    vus = {cles.temoin(entete.trousseau), b""}
    for chemin in sauvegardes_de(dossier / DOSSIER_SAUVEGARDES, fichier.parent, origine=entete.origine):
        with suppress(OSError, SaisieRefusee):
            autre = lire_entete(chemin)
            temoin = cles.temoin(autre.trousseau)
            if temoin not in vus:
                vus.add(temoin)
                apres = (autre.epoch, autre.seq, autre.faite_ms) > (entete.epoch, entete.seq, entete.faite_ms)
                yield Trousseau(autre.trousseau, apres)


def _par_une_cle_suivante(chantier: Path, secret: str, autres: tuple[Trousseau, ...]) -> tuple[str, bytes] | None:
    """None when none of these key files is opened by this secret and knows the key of the backup.

    What the desk has under its last key (the acts since, the keys of this computer) is read with it, and who has left
    comes back by no backup of before.
    """
    essai = chantier / "cles"
    for autre in autres:
        ecrire_atomique(essai / cles.FICHIER, autre.octets)
        with suppress(BaseFermee):
            agent_id, cle = _ouvrir_par(essai, secret)
            if _remettre_sous_la_cle(essai, chantier, cle):
                ecrire_atomique(chantier / cles.FICHIER, autre.octets)
                return agent_id, cle
    return None


def _par_les_cles_d_ici(dossier: Path, secret: str) -> tuple[str, bytes] | None:
    """None when the key file of the desk is gone or damaged.

    It comes before that of the backup, which knows the passphrases of its own day: since then one may have been
    changed, an agent may have come; one who was taken away does not come back that way.
    """
    try:
        return _ouvrir_par(dossier, secret)
    except BaseFermee as fermee:
        if fermee.code in ("phrase_inconnue", "secours_inconnu"):
            raise
        return None


def _ouvrir_par(dossier: Path, secret: str) -> tuple[str, bytes]:
    try:
        return "", cles.ouvrir_par_secours(dossier, lire_cle_de_secours(secret))
    except SaisieRefusee:
        return cles.ouvrir_trousseau(dossier, secret)


def _remettre_sous_la_cle(dossier: Path, chantier: Path, cle: bytes) -> bool:
    """Made before the key of the desk was changed, the backup's base is written again under that of today."""
    try:
        return mettre_sous_la_cle(chantier, cle, cles.cles_d_avant(dossier, cle))
    except BaseFermee:
        return False


def agent_qui_revient(etabli: Etabli) -> str:
    """In whose name it is done. The sheet is kept by a *responsable*: the first one, still at work where that is known.

    Raises SaisieRefusee("restauration_reservee") for who is none.
    """
    if etabli.agent_id:
        _verifier_role(etabli, etabli.agent_id)
        return etabli.agent_id
    candidats = [a for a in agents.lister(etabli.neuve) if a.actif and a.role == agents.RESPONSABLE]
    la: set[str] = set()
    if etabli.present is not None:
        with suppress(BaseFermee):
            la = {agent.agent_id for agent in agents.lister(etabli.present) if agent.actif}
    if not candidats:
        raise SaisieRefusee("restauration_reservee")
    return next((a for a in candidats if a.agent_id in la), candidats[0]).agent_id


def _verifier_role(etabli: Etabli, agent_id: str) -> None:
    role = None
    try:
        # The agents of today, unless their table does not read any more.
        agent = agents.get(etabli.present, agent_id) if etabli.present else None
    except BaseFermee:
        agent = None
    if agent is None:
        agent = agents.get(etabli.neuve, agent_id)
        role = agent.role if agent is not None and agent.actif else None
        for operation in etabli.suite:
            if operation.entete.subject_id == agent_id:
                role = _role_apres(role, operation)
    elif agent.actif:
        role = agent.role
    if role != agents.RESPONSABLE:
        raise SaisieRefusee("restauration_reservee")


def _role_apres(role: str | None, operation: Operation) -> str | None:
    if operation.entete.type == TypeOperation.AGENT_AJOUTER:
        return str(operation.contenu()["role"])
    return None if operation.entete.type == TypeOperation.AGENT_RETIRER else role
