"""Back to a backup: what would come back is told first; what was recorded since is done again wherever it can be read.

The base of the backup is made ready aside and takes the place of the present one, which is kept beside it for a month.
Acts recorded since are taken from the present log. When they are not, a new epoch begins: the lots are left, and the
erasures made since are done again before anybody opens the base (protocol §5, §8).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, KnownError, PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.protocol.operations import Operation, TypeOperation, tete_apres
from passdesk.services import poste as noms
from passdesk.services.enroler import oublier_appareil
from passdesk.services.restauration_acces import ouvrir_les_cles
from passdesk.storage import acquit, agents, cle_pass, cles, envoi, journal
from passdesk.storage import poste as identite
from passdesk.storage.acte import Acte, rejouables, rejouer
from passdesk.storage.appareil import SecretsAppareil, lire_appareil
from passdesk.storage.copie_laterale import CopieLaterale, Etat, suit_la_chaine, suite_de
from passdesk.storage.echange import CHANTIER, poser_la_base
from passdesk.storage.engine import FICHIER, Base
from passdesk.storage.fichiers import disque, ecrire_atomique
from passdesk.storage.integrite import HORS_JOURNAL, REFAITS, Probleme, tout_refaire, verifier_base
from passdesk.storage.sauvegarde import Entete, extraire_base

MAUVAISES = (
    "sauvegarde_illisible", "sauvegarde_non_lue", "sauvegarde_abimee", "sauvegarde_plus_recente",
    "sauvegarde_autre_poste", "sauvegarde_autre_feuille",
)  # fmt: skip
"""What is refused for the backup itself: another one may be good."""


@dataclass(frozen=True, slots=True)
class Apercu:
    """What a backup would bring back. `faite_le` (UTC), `actes`, `personnes`: what it holds.

    `depuis`: acts recorded at this desk since, as far as is known, None when nothing is; of these, `reviennent` can be
    done again on the backup, `carnets` were awarded, `non_envoyes` the Region does not have, `effacements` of persons.
    `lisible`: all of them come back, and the Region knows of no other. `autre_ordinateur`: the keys of the desk are not
    here, it must be linked to the Region again.
    """

    faite_le: datetime
    actes: int
    personnes: int
    depuis: int | None
    reviennent: int
    carnets: int
    non_envoyes: int
    effacements: int
    lisible: bool
    autre_ordinateur: bool
    copie: Etat = "absente"
    """Of the recent acts, beside the base: "abimee" and "etrangere" are told, what can be read of it is taken."""


@dataclass(slots=True)
class _Etabli:
    """The two bases side by side. `present` is None when there is none that opens with this key.

    `memes_cles`: the key file that is here opens the backup too; it knows the agents of today.
    """

    dossier: Path
    cle: bytes = field(repr=False)
    entete: Entete
    agent_id: str
    memes_cles: bool
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


def apercevoir(dossier: Path, fichier: Path, phrase: str, horloge: Horloge) -> Apercu:
    """What this backup would bring back into this folder; nothing is changed.

    `phrase`: an agent's, or the key of the recovery sheet. Raises BaseFermee("phrase_inconnue" | "secours_inconnu" |
    "base_plus_recente"), PanneAttendue of the disk, SaisieRefusee: one of `MAUVAISES`, "restauration_reservee" (to a
    *responsable*).
    """
    with _etabli(dossier, fichier, phrase, horloge) as etabli:
        return _decrire(etabli)


def restaurer(dossier: Path, fichier: Path, phrase: str, horloge: Horloge, *, suite: bool = True) -> Apercu:
    """Puts the backup in the place of the desk's base, which nobody may have open.

    `suite`: with what was recorded since, as far as it can be read. Raises as `apercevoir`, and
    SaisieRefusee("suite_non_envoyee"): acts that the Region does not have would be left on purpose.
    """
    with _etabli(dossier, fichier, phrase, horloge) as etabli:
        apercu = _decrire(etabli)
        if apercu.non_envoyes and not suite and etabli.secrets is not None:
            raise SaisieRefusee("suite_non_envoyee", nombre=apercu.non_envoyes)
        if suite:
            _reprendre(etabli)
        if not (suite and apercu.lisible):
            if not suite:
                etabli.detachees = ()
            _laisser(etabli, apercu)
        acquit.oublier_si_absent(etabli.neuve)
        if _graves(etabli.neuve):
            raise SaisieRefusee("sauvegarde_abimee")
        if not etabli.memes_cles:
            _fermer_a_qui_est_parti(etabli.neuve)
        etabli.neuve.replier()
        etabli.neuve.fermer()
        if etabli.present is not None:
            etabli.present.fermer()
        poser_la_base(dossier, dossier / CHANTIER, horloge.maintenant(), avec_les_cles=not etabli.memes_cles)
    return apercu


@contextmanager
def _etabli(dossier: Path, fichier: Path, phrase: str, horloge: Horloge) -> Iterator[_Etabli]:
    chantier = dossier / CHANTIER
    with disque():
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(chantier, ignore_errors=True)
        chantier.mkdir(mode=0o700)
    bases: list[Base] = []
    try:
        entete = extraire_base(fichier, chantier / FICHIER)
        ecrire_atomique(chantier / cles.FICHIER, entete.trousseau)
        acces = ouvrir_les_cles(dossier, chantier, phrase)
        cle = acces.cle
        neuve = _ouvrir_neuve(chantier, cle, horloge)
        bases.append(neuve)
        _assainir(neuve)
        try:
            present = Base.ouvrir(dossier, cle, horloge)
            bases.append(present)
        except BaseFermee:
            present = None
        try:
            secrets = lire_appareil(dossier, cle)
        except BaseFermee:
            secrets = None
        etabli = _Etabli(dossier, cle, entete, acces.agent_id, acces.memes_cles, neuve, present, secrets)
        if present is not None:
            _lire_suite(etabli, present)
            with suppress(BaseFermee), present.lecture() as db:
                _relever_effacements(etabli, journal.operations(db))
        _lire_copie(etabli, dossier, cle)
        etabli.agent_id = _agent_qui_revient(etabli)
        yield etabli
    finally:
        for base in bases:
            base.fermer()
        shutil.rmtree(chantier, ignore_errors=True)


def _assainir(neuve: Base) -> None:
    """A backup is good when its log is: tables that were wrong when it was made are made again from it.

    Raises SaisieRefusee("sauvegarde_abimee").
    """
    problemes = _graves(neuve)
    if any(probleme.code not in REFAITS for probleme in problemes):
        raise SaisieRefusee("sauvegarde_abimee")
    if problemes:
        tout_refaire(neuve, problemes)


def _graves(base: Base) -> list[Probleme]:
    """What is wrong with the log, or hangs on it; a damaged scan is told by the next check, and taken away there."""
    return [probleme for probleme in verifier_base(base) if probleme.code not in HORS_JOURNAL]


def _ouvrir_neuve(chantier: Path, cle: bytes, horloge: Horloge) -> Base:
    """The base of the backup. Every byte of it is as it was written: a key that does not open it is another desk's."""
    try:
        return Base.ouvrir(chantier, cle, horloge)
    except BaseFermee as fermee:
        if fermee.code == "base_abimee":
            raise SaisieRefusee("sauvegarde_autre_poste") from None
        raise


def _agent_qui_revient(etabli: _Etabli) -> str:
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


def _verifier_role(etabli: _Etabli, agent_id: str) -> None:
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


def _lire_suite(etabli: _Etabli, present: Base) -> None:
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


def _lire_copie(etabli: _Etabli, dossier: Path, cle: bytes) -> None:
    """What the side copy adds, also when no base reads. Raises PanneAttendue of a disk that does not give it."""
    lue = CopieLaterale(dossier, cle).lire()
    if lue.etat == "illisible":
        raise PanneAttendue("disque_muet")
    tete = tete_apres(etabli.suite[-1].entete) if etabli.suite else envoi.tete(etabli.neuve)
    suite = suite_de(tete, lue.operations)
    arrivee = tete_apres(suite[-1].entete) if suite else tete
    etabli.copie = lue.etat
    _relever_effacements(etabli, lue.operations)
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


def _decrire(etabli: _Etabli) -> Apercu:
    """Told before anything is done; what comes back is tried in full, and undone."""
    suite, neuve = etabli.suite, etabli.neuve
    acquis = envoi.etat(neuve)
    if etabli.present is not None and etabli.suit:
        with suppress(BaseFermee):
            acquis = envoi.etat(etabli.present)
    connues = (*suite, *etabli.detachees)
    personnes_avant = neuve.db.table("personne").count
    reviennent = rejouables(neuve.db, suite)
    etabli.suite = suite[:reviennent]
    refaits = _essayer_detachees(etabli)
    etabli.lisible = etabli.lisible and reviennent == len(suite)
    return Apercu(
        faite_le=etabli.entete.faite_le,
        actes=etabli.entete.actes,
        personnes=personnes_avant,
        depuis=max(etabli.attendues, len(suite)) if etabli.suit or etabli.detachees else None,
        reviennent=reviennent + refaits,
        carnets=sum(op.entete.type == TypeOperation.ATTRIBUTION_ACCORDER for op in connues),
        non_envoyes=sum((op.entete.epoch, op.entete.seq) > (acquis.acked_epoch, acquis.acked_seq) for op in connues),
        effacements=len(etabli.effacements),
        lisible=etabli.lisible,
        autre_ordinateur=etabli.secrets is None and identite.lire_texte(neuve, noms.APPAREIL) is not None,
        copie=etabli.copie,
    )


class _Essai(Exception):
    """Raised at the end of a trial, so that nothing of it is kept."""


def _essayer_detachees(etabli: _Etabli) -> int:
    """How many acts whose link is lost can be done anew on top of the rest: tried in full, then undone."""
    faites = 0
    if etabli.detachees:
        with suppress(_Essai), etabli.neuve.acte(etabli.agent_id) as acte:
            for operation in etabli.suite:
                rejouer(etabli.neuve.db, operation)
            _nouvelle_epoque(etabli, acte, essai=True)
            faites = acte.refaire(etabli.detachees)
            raise _Essai
    return faites


def _nouvelle_epoque(etabli: _Etabli, acte: Acte, *, essai: bool = False) -> None:
    """After every one that is known of this desk. A trial makes no key."""
    connues = [envoi.tete(etabli.neuve).epoch, etabli.secrets.epoch if etabli.secrets else 0]
    connues += [operation.entete.epoch for operation in etabli.detachees]
    if etabli.present is not None:
        with suppress(KnownError):
            connues.append(envoi.tete(etabli.present).epoch)
    epoch = max(connues) + 1
    annonce = None if essai else cle_pass.annoncer(etabli.neuve, etabli.dossier, etabli.cle, epoch)
    noms.changer_epoque(etabli.neuve, acte, epoch, annonce)


def _absente(etabli: _Etabli, operation: Operation) -> bool:
    return not journal.contient(etabli.neuve.db, operation.entete)


def _relever_effacements(etabli: _Etabli, operations: Iterable[Operation]) -> None:
    for operation in operations:
        if operation.entete.type == TypeOperation.PERSONNE_EFFACER and _absente(etabli, operation):
            etabli.effacements[operation.entete.epoch, operation.entete.seq] = operation


def _reprendre(etabli: _Etabli) -> None:
    """The acts recorded since, as they were; and what the desk is, which is in no act."""
    neuve, present = etabli.neuve, etabli.present
    with neuve.ecriture() as db:
        for operation in etabli.suite:
            rejouer(db, operation)
    if present is not None and etabli.suit:
        # A page of it that does not read leaves what the backup says.
        with suppress(KnownError), present.lecture() as db:
            lus = db.execute("SELECT nom, texte, octets FROM poste").fetchall()
            with neuve.ecriture():
                for nom, texte, octets in lus:
                    if octets is not None:
                        identite.ecrire_octets(neuve, nom, octets)
                    else:
                        identite.ecrire_texte(neuve, nom, texte)
                envoi.relever_compteur(neuve, envoi.etat(present).counter)
    if etabli.effacements:
        neuve.compacter()


def _laisser(etabli: _Etabli, apercu: Apercu) -> None:
    """What does not come back stays in the base put aside: a new epoch, and the erasures known all the same."""
    neuve, present = etabli.neuve, etabli.present
    if apercu.autre_ordinateur:
        oublier_appareil(neuve)
    with neuve.acte(etabli.agent_id) as acte:
        _nouvelle_epoque(etabli, acte)
        acte.refaire(etabli.detachees)
        acte.refaire_effacements(etabli.effacements.values())
        if apercu.autre_ordinateur:
            # What the Region will give to this one is new.
            identite.ecrire_texte(neuve, noms.LOTS_A_LAISSER, None)
    if present is not None:
        with suppress(KnownError):
            envoi.relever_compteur(neuve, envoi.etat(present).counter)
    if etabli.effacements:
        neuve.compacter()


def _fermer_a_qui_est_parti(neuve: Base) -> None:
    """The key file of the backup comes back with it: who has left since opens nothing with the passphrase of then."""
    cles.garder_agents(neuve.dossier, {agent.agent_id for agent in agents.lister(neuve) if agent.actif})
