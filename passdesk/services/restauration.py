"""Back to a backup: what would come back is told first; what was recorded since is done again wherever it can be read.

The base of the backup is made ready aside and takes the place of the present one, which is kept beside it for a month.
Acts recorded since are taken from the present log. When they are not, a new epoch begins: the lots are left, and the
erasures made since are done again before anybody opens the base (protocol §5, §8).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from passdesk.domain.erreurs import BaseFermee, KnownError, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.protocol.operations import TypeOperation
from passdesk.services import poste as noms
from passdesk.services.enroler import oublier_appareil
from passdesk.services.restauration_acces import agent_qui_revient, autres_trousseaux, ouvrir_les_cles
from passdesk.services.restauration_suite import Etabli, lire_copie, lire_suite, relever_effacements
from passdesk.storage import acquit, agents, cle_pass, cles, envoi, journal
from passdesk.storage import poste as identite
from passdesk.storage.acte import Acte, rejouables, rejouer
from passdesk.storage.appareil import lire_appareil
from passdesk.storage.copie_laterale import Etat
from passdesk.storage.echange import CHANTIER, poser_la_base
from passdesk.storage.engine import FICHIER, Base
from passdesk.storage.fichiers import creer_dossier, disque, ecrire_atomique
from passdesk.storage.integrite import HORS_JOURNAL, REFAITS, Probleme, tout_refaire, verifier_base
from passdesk.storage.noms import VERROU_DES_ACTES
from passdesk.storage.rechiffrement import rester_seul
from passdesk.storage.sauvegarde import Entete, extraire_base, origine
from passdesk.storage.verrou import tenir_fichier

MAUVAISES = (
    "sauvegarde_illisible", "sauvegarde_non_lue", "sauvegarde_abimee", "sauvegarde_plus_recente",
    "sauvegarde_autre_poste", "sauvegarde_autre_cle", "sauvegarde_autre_feuille",
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
    cle_d_avant: bool = False
    """The data key was changed since, and nothing that is here gives the present one: the former comes back."""


def apercevoir(dossier: Path, fichier: Path, phrase: str, horloge: Horloge) -> Apercu:
    """What this backup would bring back into this folder; nothing is changed.

    `phrase`: an agent's, or the key of the recovery sheet. Raises BaseFermee("phrase_inconnue" | "secours_inconnu" |
    "base_plus_recente"), PanneAttendue of the disk, SaisieRefusee: one of `MAUVAISES`, "restauration_reservee" (to a
    *responsable*).
    """
    with _etabli(dossier, fichier, phrase, horloge) as etabli:
        return _decrire(etabli)


def restaurer(dossier: Path, fichier: Path, phrase: str, horloge: Horloge, *, suite: bool = True) -> Apercu:
    """Puts the backup in the place of the desk's base, which nobody else may have open.

    `suite`: with what was recorded since, as far as it can be read. Raises as `apercevoir`, and
    SaisieRefusee("suite_non_envoyee"): acts that the Region does not have would be left on purpose;
    PanneAttendue("base_occupee"): another program has the base open, nothing is changed.
    """
    with _etabli(dossier, fichier, phrase, horloge, seul=True) as etabli:
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
        _noter_les_cles(etabli)
        etabli.neuve.replier()
        etabli.neuve.fermer()
        # From here on whoever opens the desk waits, and opens what has taken its place.
        with disque(), tenir_fichier(dossier / VERROU_DES_ACTES):
            if etabli.present is not None:
                etabli.present.fermer()
            poser_la_base(dossier, dossier / CHANTIER, horloge.maintenant(), avec_les_cles=not etabli.acces.memes_cles)
    return apercu


@contextmanager
def _etabli(dossier: Path, fichier: Path, phrase: str, horloge: Horloge, *, seul: bool = False) -> Iterator[Etabli]:
    """`seul`: nobody else has the present base open, from before its acts are read until the end."""
    chantier = dossier / CHANTIER
    with disque():
        creer_dossier(dossier)
        shutil.rmtree(chantier, ignore_errors=True)
        chantier.mkdir(mode=0o700)
    bases: list[Base] = []
    try:
        entete = extraire_base(fichier, chantier / FICHIER)
        ecrire_atomique(chantier / cles.FICHIER, entete.trousseau)
        acces = ouvrir_les_cles(dossier, chantier, phrase, autres_trousseaux(dossier, fichier, entete))
        cle = acces.cle
        neuve = _ouvrir_neuve(dossier, chantier, cle, horloge, entete)
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
        etabli = Etabli(dossier, acces, entete, acces.agent_id, neuve, present, secrets)
        if present is not None:
            if seul:
                _prendre_seul(present)
            lire_suite(etabli, present)
            with suppress(BaseFermee), present.lecture() as db:
                relever_effacements(etabli, journal.operations(db))
        lire_copie(etabli)
        etabli.agent_id = agent_qui_revient(etabli)
        yield etabli
    finally:
        for base in bases:
            base.fermer()
        shutil.rmtree(chantier, ignore_errors=True)


def _prendre_seul(present: Base) -> None:
    """What another program writes to it from now on would be nowhere: an exchange would go on from it, under numbers
    that the base put back gives to other acts. One too damaged to say who has it open is replaced all the same.

    Raises PanneAttendue("base_occupee").
    """
    try:
        rester_seul(present)
    except KnownError as trouble:
        if trouble.code == "base_occupee":
            raise


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


def _ouvrir_neuve(dossier: Path, chantier: Path, cle: bytes, horloge: Horloge, entete: Entete) -> Base:
    """The base of the backup. Every byte of it is as it was written: a key that does not open it is another desk's, or
    one of this desk that this computer does not have.
    """
    try:
        return Base.ouvrir(chantier, cle, horloge)
    except BaseFermee as fermee:
        if fermee.code != "base_abimee":
            raise
    with suppress(BaseFermee):
        present = Base.ouvrir(dossier, cle, horloge)
        try:
            if origine(present) == entete.origine:
                raise SaisieRefusee("sauvegarde_autre_cle")
        finally:
            present.fermer()
    raise SaisieRefusee("sauvegarde_autre_poste")


def _decrire(etabli: Etabli) -> Apercu:
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
        cle_d_avant=etabli.acces.cle_d_avant,
    )


class _Essai(Exception):
    """Raised at the end of a trial, so that nothing of it is kept."""


def _essayer_detachees(etabli: Etabli) -> int:
    """How many acts whose link is lost can be done anew on top of the rest: tried in full, then undone."""
    faites = 0
    if etabli.detachees:
        with suppress(_Essai), etabli.neuve.acte(etabli.agent_id) as acte:
            for operation in etabli.suite:
                rejouer(etabli.neuve.db, operation)
            _nouvelle_epoque(etabli, acte, essai=True)
            faites = acte.refaire(etabli.detachees) + acte.refaire_effacements(etabli.detachees)
            raise _Essai
    return faites


def _nouvelle_epoque(etabli: Etabli, acte: Acte, *, essai: bool = False) -> None:
    """After every one that is known of this desk. A trial makes no key."""
    connues = [envoi.tete(etabli.neuve).epoch, etabli.secrets.epoch if etabli.secrets else 0]
    connues += [operation.entete.epoch for operation in etabli.detachees]
    if etabli.present is not None:
        with suppress(KnownError):
            connues.append(envoi.tete(etabli.present).epoch)
    epoch = max(connues) + 1
    annonce = None if essai else cle_pass.annoncer(etabli.neuve, etabli.dossier, etabli.acces.cle, epoch)
    noms.changer_epoque(etabli.neuve, acte, epoch, annonce)


def _reprendre(etabli: Etabli) -> None:
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


def _laisser(etabli: Etabli, apercu: Apercu) -> None:
    """What does not come back stays in the base put aside: a new epoch, and the erasures known all the same."""
    neuve, present = etabli.neuve, etabli.present
    if apercu.autre_ordinateur:
        oublier_appareil(neuve)
    with neuve.acte(etabli.agent_id) as acte:
        _nouvelle_epoque(etabli, acte)
        acte.refaire(etabli.detachees)
        acte.refaire_effacements(etabli.effacements.values())
    if present is not None:
        with suppress(KnownError):
            envoi.relever_compteur(neuve, envoi.etat(present).counter)
    if etabli.effacements:
        neuve.compacter()


def _noter_les_cles(etabli: Etabli) -> None:
    """What the base says of the key file is said of the one that it is to stand beside.

    One that comes back with a backup opens nothing for who has left since, with the passphrase of then.
    """
    neuve, present = etabli.neuve, etabli.present
    if not etabli.acces.memes_cles:
        cles.garder_agents(neuve.dossier, {agent.agent_id for agent in agents.lister(neuve) if agent.actif})
        if etabli.acces.cle_d_avant:
            identite.ecrire_texte(neuve, identite.CLE_D_AVANT, "1")
    elif present is not None:
        for nom in identite.DU_TROUSSEAU:
            with suppress(KnownError):
                identite.ecrire_texte(neuve, nom, identite.lire_texte(present, nom))
