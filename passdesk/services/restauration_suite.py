"""What was recorded since a backup: the two bases side by side, and all that continues the one or was erased since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, PanneAttendue
from passdesk.protocol.operations import Operation, TypeOperation, tete_apres
from passdesk.storage import acquit, envoi, journal
from passdesk.storage.appareil import SecretsAppareil
from passdesk.storage.copie_laterale import CopieLaterale, Etat, suit_la_chaine, suite_de
from passdesk.storage.engine import Base
from passdesk.storage.sauvegarde import Entete


@dataclass(frozen=True, slots=True)
class Acces:
    """The data key, and whose passphrase opened it: "" for the recovery sheet, which is nobody's.

    `memes_cles`: the key file that is here did; it knows the agents of today. `cle_d_avant`: the key of the desk was
    changed since, and this is the former one.
    """

    agent_id: str
    cle: bytes = field(repr=False)
    memes_cles: bool
    cle_d_avant: bool = False


@dataclass(slots=True)
class Etabli:
    """The two bases side by side. `present` is None when there is none that opens with this key."""

    dossier: Path
    acces: Acces
    entete: Entete
    agent_id: str
    neuve: Base
    present: Base | None
    secrets: SecretsAppareil | None = field(repr=False)
    suite: tuple[Operation, ...] = field(default=(), repr=False)
    """What continues the backup, each act held to the chain."""
    attendues: int = 0
    """How many acts followed the backup, as far as the present log says."""
    lisible: bool = False
    suit: bool = False
    """What is known of the acts since continues the backup's log."""
    copie: Etat = "absente"
    detachees: tuple[Operation, ...] = field(default=(), repr=False)
    """Acts of the side copy that hang on others that nobody here has any more."""
    effacements: dict[tuple[int, int], Operation] = field(default_factory=dict, repr=False)
    """Every erasure of a person that can be read here and is not in the backup, whether it continues it or not."""


def lire_suite(etabli: Etabli, present: Base) -> None:
    """The acts of the present log that follow the backup, up to the first that is not as it was written."""
    neuve, lues = etabli.neuve, []
    try:
        with present.lecture() as db:
            depart, arrivee = journal.tete(neuve.db), journal.tete(db)
            if envoi.hash_de(present, depart.epoch, depart.seq) != depart.hash:
                # The present one is behind the backup, or on another branch.
                etabli.suit = etabli.lisible = envoi.hash_de(neuve, arrivee.epoch, arrivee.seq) == arrivee.hash
                return
            etabli.suit = True
            etabli.attendues = envoi.compter_apres(present, depart.epoch, depart.seq)
            for operation in journal.operations(db, apres=(depart.epoch, depart.seq)):
                if not suit_la_chaine(operation, depart):
                    break
                lues.append(operation)
                depart = tete_apres(operation.entete)
            connu = acquit.lire(db)
    except (BaseFermee, acquit.AcquitFalsifie):
        connu = None
    etabli.suite = tuple(lues)
    # What the Region signed for and is not here was recorded, and may be on paper.
    entier = connu is None or (connu.epoch, connu.seq) <= (depart.epoch, depart.seq)
    etabli.lisible = entier and len(lues) == etabli.attendues


def lire_copie(etabli: Etabli) -> None:
    """What the side copy adds, also when no base reads. Raises PanneAttendue of a disk that does not give it."""
    lue = CopieLaterale(etabli.dossier, etabli.acces.cle).lire()
    if lue.etat == "illisible":
        raise PanneAttendue("disque_muet")
    tete = tete_apres(etabli.suite[-1].entete) if etabli.suite else envoi.tete(etabli.neuve)
    suite = suite_de(tete, lue.operations)
    arrivee = tete_apres(suite[-1].entete) if suite else tete
    etabli.copie = lue.etat
    relever_effacements(etabli, lue.operations)
    etabli.suite += suite
    repris = {operation.entete.hash for operation in etabli.suite}
    etabli.detachees = tuple(o for o in lue.operations if o.entete.hash not in repris and _absente(etabli, o))
    marque = (etabli.secrets.epoch, etabli.secrets.seq) if etabli.secrets is not None else (0, 0)
    if suite and etabli.present is None:
        # From the backup to the last act that was said recorded, without a hole; the mark of the last award agrees.
        etabli.suit = True
        etabli.lisible = lue.etat == "bonne" and marque <= (arrivee.epoch, arrivee.seq)
    etabli.lisible = etabli.lisible and not etabli.detachees
    etabli.attendues = max(etabli.attendues, len(etabli.suite) + len(etabli.detachees))


def _absente(etabli: Etabli, operation: Operation) -> bool:
    return not journal.contient(etabli.neuve.db, operation.entete)


def relever_effacements(etabli: Etabli, operations: Iterable[Operation]) -> None:
    for operation in operations:
        if operation.entete.type == TypeOperation.PERSONNE_EFFACER and _absente(etabli, operation):
            etabli.effacements[operation.entete.epoch, operation.entete.seq] = operation
