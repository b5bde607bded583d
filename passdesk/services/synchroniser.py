"""One whole exchange with the Region: drives the pure cycle over the base and the network."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from passdesk import __version__
from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.protocol.abrege import abreger
from passdesk.protocol.certificat import certificat_des_octets
from passdesk.protocol.confiance import lire_campagne, lire_confiance
from passdesk.protocol.evenements import (
    CampagneOuverte,
    CleCertifiee,
    ConfiancePubliee,
    IndexRenouvele,
    LotAttribue,
    PersonneEffacee,
    ReglementPublie,
    entendre_evenement,
)
from passdesk.protocol.index_renouvele import ouvrir_suite
from passdesk.protocol.messages import (
    OPERATIONS_MAX,
    Refusal,
    SyncAnswer,
    SyncRequest,
    decode_answer,
    encode_request,
    head_message,
    header_bytes,
)
from passdesk.protocol.operations import HASH_RACINE, Operation
from passdesk.protocol.scellement import Corps, seal_bodies
from passdesk.protocol.signatures import sign_request, verify_answer
from passdesk.services import effacements_dits, etat_region, lien, lots_dits
from passdesk.services import poste as noms
from passdesk.services.avancement import Avancement, Suivi
from passdesk.services.connexion import ouvrir_chemin
from passdesk.services.poste import Poste
from passdesk.services.reglements import recevoir, reprendre
from passdesk.services.verification import depassee
from passdesk.storage import (
    acquit,
    campagnes,
    cle_pass,
    envoi,
    evenements,
    index_regional,
    nouvelles,
)
from passdesk.storage import poste as identite
from passdesk.storage.acte import Acte
from passdesk.storage.appareil import lire_appareil
from passdesk.storage.engine import Base
from passdesk.sync.cycle import LOT_DEPART, LOT_MAX, Cycle, apres_coupure, apres_refus, apres_reponse
from passdesk.sync.delais import ARRETE
from passdesk.sync.transport import Transport

OPERATIONS_PAR_ENVOI = 1000
LOT_RETENU = "lot_retenu"
"""Name of what a batch aims at, among the values of the desk, while its link bears less than the usual."""


@dataclass(frozen=True, slots=True)
class BilanEnvoi:
    """How an exchange ended. `fin`: "fini" | "hors_ligne" | "refuse" | "fourche" | "arrete"; `raison`: its code.

    "fini": nothing is left on either side. "fourche": the same, and the Region knew acts of this desk that are not
    here; a new epoch began and the lots held are left.

    `envoyes`: acts that the Region now holds on disk; `restent`: acts still to send; `recus`: events applied;
    `litiges`: cases opened about acts sent now; `en_attente`: acts that the Region keeps aside.
    """

    fin: str
    raison: str | None
    envoyes: int
    restent: int
    recus: int
    litiges: int
    en_attente: int


@dataclass(frozen=True, slots=True)
class RegionDuPoste:
    """What this desk knows of its Region, once enrolled."""

    appareil: str
    adresse: str
    racine: bytes
    reponse: Ed25519PublicKey
    scellement: X25519PublicKey
    requete: Ed25519PrivateKey


def synchroniser(
    poste: Poste,
    relier: Callable[[], Transport] | None = None,
    *,
    avancement: Avancement | None = None,
    arreter: Callable[[], bool] = lambda: False,
) -> BilanEnvoi:
    """Sends what is not acknowledged and applies what the Region tells, until both are done or the network ends.

    Never raises for a network: that is `fin`. `relier`: the way to the Region, the one that the desk's settings say
    when None, where `arreter` is asked while an exchange is waited for too. What was acknowledged stays so.
    Raises SaisieRefusee("poste_non_enrole"), BaseFermee("cles_appareil_absentes"), PanneAttendue when the base or its
    disk refuse: "base_occupee", "disque_plein", "disque_muet".
    """
    region = region_du_poste(poste)
    reprendre(poste)
    evenements.reentendre_les_inconnus(poste.base)
    cycle, recus, litiges, aside = Cycle(lot=_lot_retenu(poste.base)), 0, 0, 0
    depart = a_cote = envoi.reste_a_envoyer(poste.base)
    suivi = Suivi(poste, depart, avancement)
    transport = relier() if relier is not None else ouvrir_chemin(poste, arreter)
    try:
        while cycle.etape == "envoyer" and not arreter():
            demande = former_demande(poste, region, cycle)
            debut = time.monotonic()
            try:
                recue = _echanger(region, transport, demande)
            except PanneAttendue as panne:
                if panne.code == ARRETE:
                    break
                cycle = apres_coupure(cycle, panne.code, entame=bool(panne.faits.get("entame")))
                continue
            duree_ms = int((time.monotonic() - debut) * 1000)
            avant = _avancee(poste)
            etat_region.noter_version(poste.base, recue.headers)
            try:
                reponse = decode_answer(recue.body)
                if isinstance(reponse, Refusal):
                    lien.noter_refus(poste.base, reponse.code)
                    recul = reponse.code == "compteur_depasse" and noter_recul(poste, reponse.n)
                    cycle = apres_refus(cycle, reponse, recul=recul)
                    continue
                fourche = appliquer(poste, region, demande, reponse, recue)
            except SaisieRefusee as refus:
                # Signed, yet it does not hold (a bundle of another root, a newer Region…): nothing of it was kept, and
                # it is told.
                cycle = replace(cycle, etape="refuse", raison=refus.code)
                continue
            relire = reponse.etat is not None and etat_region.accorder(poste, reponse.etat, reponse.cursor)
            recus += len(reponse.events)
            litiges += sum(o.result == "litige" for o in reponse.outcomes)
            aside += sum(o.result == "en_attente" for o in reponse.outcomes)
            restent = envoi.reste_a_envoyer(poste.base)
            if restent <= a_cote // 2:
                # Written anew for each batch, it would be written as many times as there are batches.
                poste.base.refaire_copie()
                a_cote = restent
            suivi.dire(restent)
            # A request that carried nothing moves nothing: what is left was recorded meanwhile.
            avance = _avancee(poste) != avant or not (demande.headers or reponse.more)
            reste = restent > 0 or relire
            cycle = apres_reponse(cycle, reponse, reste=reste, avance=avance, fourche=fourche, duree_ms=duree_ms)
    finally:
        transport.close()
    _retenir_lot(poste.base, cycle.lot)
    restent = envoi.reste_a_envoyer(poste.base)
    if restent < a_cote:
        poste.base.refaire_copie()
    fin = "arrete" if cycle.etape == "envoyer" else cycle.etape
    return BilanEnvoi(fin, cycle.raison, max(depart - restent, 0), restent, recus, litiges, aside)


def _lot_retenu(base: Base) -> int:
    """Bytes of the first batch: the usual, or what the link bore the last time if that was less."""
    return int(identite.lire_texte(base, LOT_RETENU) or LOT_DEPART)


def _retenir_lot(base: Base, lot: int) -> None:
    """A link that drops every few seconds would else be asked for the usual batch first, each time."""
    retenu = str(lot) if lot < LOT_DEPART else None
    if retenu != identite.lire_texte(base, LOT_RETENU):
        identite.ecrire_texte(base, LOT_RETENU, retenu)


def region_du_poste(poste: Poste) -> RegionDuPoste:
    """Raises SaisieRefusee("poste_non_enrole"), BaseFermee("cles_appareil_absentes")."""
    base = poste.base
    appareil, adresse = identite.lire_texte(base, noms.APPAREIL), identite.lire_texte(base, noms.ADRESSE)
    racine, reponse = identite.lire_octets(base, noms.RACINE), identite.lire_octets(base, noms.CLE_REPONSE)
    scellement = identite.lire_octets(base, noms.CLE_SCELLEMENT)
    secrets = lire_appareil(poste.dossier, poste.cle)
    if appareil and secrets is None:
        raise BaseFermee("cles_appareil_absentes")
    if not (appareil and adresse and racine and reponse and scellement and secrets and secrets.requete):
        raise SaisieRefusee("poste_non_enrole")
    return RegionDuPoste(
        appareil,
        adresse,
        racine,
        Ed25519PublicKey.from_public_bytes(reponse),
        X25519PublicKey.from_public_bytes(scellement),
        Ed25519PrivateKey.from_private_bytes(secrets.requete),
    )


def _echanger(region: RegionDuPoste, transport: Transport, demande: SyncRequest) -> acquit.Reponse:
    """What the Region answers, believed only once its signature holds. Raises PanneAttendue; touches no base."""
    corps = encode_request(demande)
    signee = sign_request(
        region.requete, device=region.appareil, counter=demande.counter, url=f"{region.adresse}/v1/sync", body=corps
    )
    reponse = transport.post(signee.url, signee.headers, signee.body)
    verify_answer(region.reponse, request=signee, status=reponse.status, headers=reponse.headers, body=reponse.body)
    return acquit.Reponse(signee, reponse.status, reponse.headers, reponse.body)


def _avancee(poste: Poste) -> tuple[int, ...]:
    """How far both sides are: what a useful answer changes."""
    etat = envoi.etat(poste.base)
    return etat.server_epoch, etat.cursor, etat.acked_epoch, etat.acked_seq, envoi.tete(poste.base).epoch


def former_demande(
    poste: Poste, region: RegionDuPoste, cycle: Cycle, depuis: tuple[int, int] | None = None
) -> SyncRequest:
    """The next request, under a counter of its own. `depuis`: the last act (epoch, seq) that one before it carries
    already; None: what the Region acknowledged."""
    base = poste.base
    envoi.relever_compteur(base, cycle.compteur_mini)
    etat, tete = envoi.etat(base), envoi.tete(base)
    partis = depuis or (etat.acked_epoch, etat.acked_seq)
    operations = envoi.operations_apres(base, *partis, limite=OPERATIONS_PAR_ENVOI, octets=cycle.lot)
    epoch, head_seq, head_hash = tete.epoch, tete.seq, tete.hash
    if operations and operations[0].entete.epoch != epoch:
        # The rest of an earlier epoch goes first.
        if cycle.fourche:
            operations = envoi.operations_apres(base, *partis, limite=OPERATIONS_MAX, octets=LOT_MAX)
        epoch = operations[0].entete.epoch
        head_seq = envoi.dernier_seq(base, epoch)
        head_hash = envoi.hash_de(base, epoch, head_seq) or HASH_RACINE
    premier = operations[0].entete if operations else None
    first_seq = premier.seq if premier else head_seq + 1
    corps = [_corps(operation) for operation in operations]
    demande = SyncRequest(
        device=region.appareil,
        epoch=epoch,
        head_seq=head_seq,
        head_hash=head_hash,
        head_sig=region.requete.sign(head_message(region.appareil, epoch, head_seq, head_hash)),
        cursor=etat.cursor,
        server_epoch=etat.server_epoch or 0,
        counter=envoi.compteur_suivant(base),
        app=__version__,
        first_seq=first_seq,
        prev_hash=premier.prev_hash if premier else (head_hash if head_seq else HASH_RACINE),
        headers=tuple(header_bytes(operation.entete) for operation in operations),
        bodies=seal_bodies(corps, region.scellement, device=region.appareil, epoch=epoch, first_seq=first_seq),
        etat=not cycle.sans_etat and etat_region.parle_de_l_etat(base),
    )
    return demande if cycle.entier or not corps else abreger(demande, corps)


def _corps(operation: Operation) -> Corps | None:
    if operation.sel is None or operation.corps is None:
        return None
    return Corps(operation.sel, operation.corps)


def appliquer(
    poste: Poste,
    region: RegionDuPoste,
    demande: SyncRequest,
    reponse: SyncAnswer,
    recue: acquit.Reponse,
    *,
    en_direct: bool = True,
) -> bool:
    """Acknowledgement, outcomes and events in one transaction: the cursor never passes an event not applied.

    True when the Region holds another log of this desk than the one kept here: a new epoch is begun with it.
    `en_direct`: it answers now; False for what a courier brings back, days later.
    """
    base, a_redire = poste.base, False
    with base.acte(poste.agent_id) as acte:
        restauree = envoi.noter_serveur(base, reponse.server_epoch)
        if restauree:
            nouvelles.oublier(base)
            lots_dits.oublier(base)
        epoch = reponse.have.epoch
        envoi.noter_issues(base, (envoi.Issue(epoch, i.seq, i.result, i.litige, i.raison) for i in reponse.outcomes))
        lus = [entendre_evenement(evenement.type, evenement.payload) for evenement in reponse.events]
        effacees = {lu.sujet for lu in lus if isinstance(lu, PersonneEffacee)}
        for evenement, lu in zip(reponse.events, lus, strict=True):
            nouvelles.noter(base, evenement.srv_seq, evenement.type, evenement.payload)
            if isinstance(lu, ConfiancePubliee) and depassee(base, lire_confiance(lu.octets, region.racine)):
                # A newer one was brought by hand.
                continue
            if isinstance(lu, IndexRenouvele):
                suite = ouvrir_suite(lu.scelle, region.requete, region.appareil)
                a_redire = not index_regional.renouveler(base, suite) or a_redire
            elif not evenements.appliquer(base, evenement.srv_seq, lu):
                _agir(poste, region, acte, lu, effacees)
        acquittee = _acquitter(poste, demande, reponse)
        if acquittee:
            acquit.garder(base, recue)
        fourche = not acquittee or reponse.fork
        if fourche and demande.epoch == envoi.tete(base).epoch:
            noms.nouvelle_epoque(poste, acte, demande.epoch + 1)
        identite.ecrire_texte(base, lien.A_RELIER, None)
        if not reponse.more:
            lots_dits.conclure(base, acte)
            # All that the Region had to tell is told: the lots that come from now on are new.
            identite.ecrire_texte(base, noms.LOTS_A_LAISSER, None)
        if restauree and (demande.epoch > 1 or fourche):
            # It told how far it is in one epoch only, and not of this branch: it may have lost acts before that.
            envoi.noter_acquit(base, 1, 0)
        envoi.noter_curseur(base, 0 if a_redire else reponse.cursor)
        # What came by hand says when the Region wrote it, and nothing of today.
        envoi.noter_contact(base, None if en_direct else reponse.server_time)
        if en_direct:
            ici = int(poste.horloge.maintenant().timestamp() * 1000)
            identite.ecrire_texte(base, noms.ECART_HORLOGE, str(reponse.server_time - ici))
            # An answer of a courier prepared before speaks of a day gone by.
            identite.ecrire_octets(base, noms.COURRIER_ATTENDU, None)
    if fourche:
        # A base put back once more, from before this epoch, still holds the lots that it left.
        noms.marquer(poste)
    return fourche


def _acquitter(poste: Poste, demande: SyncRequest, reponse: SyncAnswer) -> bool:
    """Notes what the Region has on disk; False when that is not our log.

    `have` counts only when it names an operation that is here, with the same hash: beyond it, or on another branch,
    it would pass over acts that never left. The outcomes then say what was received, in the log or aside; the Region
    takes a branch only from where it leaves its own log, so what is left of one is sent again from there.
    """
    base, have = poste.base, reponse.have
    if envoi.hash_de(base, have.epoch, have.seq) == have.hash:
        envoi.noter_acquit(base, have.epoch, have.seq)
        return True
    recu = max((issue.seq for issue in reponse.outcomes), default=demande.first_seq - 1)
    fini = recu >= envoi.dernier_seq(base, demande.epoch)
    envoi.noter_acquit(base, demande.epoch, recu if fini else min(recu, have.seq))
    return False


def noter_recul(poste: Poste, compteur: int) -> bool:
    """True when the Region saw a request that this base never sent: it was put back, and a new epoch begins.

    A counter that was used here is a request repeated by the network, or two programs that send at once.
    """
    if compteur <= envoi.etat(poste.base).counter:
        return False
    with poste.base.acte(poste.agent_id) as acte:
        envoi.relever_compteur(poste.base, compteur)
        noms.nouvelle_epoque(poste, acte, envoi.tete(poste.base).epoch + 1)
    noms.marquer(poste)
    return True


def _agir(poste: Poste, region: RegionDuPoste, acte: Acte, evenement: object, effacees: Collection[str]) -> None:
    """The events that are more than a row: a lot, an erasure become acts of this desk, what is signed is checked first.

    A campaign that does not hold stops the exchange; a règlement is kept with the reason why it is not applied.
    `effacees`: everybody whom this answer says was erased.
    """
    if isinstance(evenement, LotAttribue):
        lots_dits.entendre(poste, acte, evenement)
    elif isinstance(evenement, CleCertifiee):
        certificat = certificat_des_octets(evenement.octets)
        if certificat is None or not certificat.verifier(region.racine, certificat.poste.premier_jour):
            raise SaisieRefusee("confiance_illisible", raison="certificat")
        cle_pass.recevoir(poste.base, poste.dossier, poste.cle, certificat)
    elif isinstance(evenement, PersonneEffacee):
        effacements_dits.entendre(poste, acte, evenement.sujet, effacees)
    elif isinstance(evenement, ReglementPublie):
        recevoir(poste, evenement, region.racine)
    elif isinstance(evenement, CampagneOuverte):
        signee = lire_campagne(evenement.carte, evenement.signature, region.racine)
        campagnes.enregistrer(poste.base, signee.campagne, signee.octets)
