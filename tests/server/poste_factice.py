"""A desk reduced to what the Region sees of it: keys, a log, and the wire. Only the network is a stand-in."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from passdesk.protocol import enrolement
from passdesk.protocol.evenements import Evenement, lire_evenement
from passdesk.protocol.messages import (
    Refusal,
    SyncAnswer,
    SyncRequest,
    decode_answer,
    encode_request,
    head_message,
    header_bytes,
)
from passdesk.protocol.operations import Operation, Tete, sceller_operation, tete_apres
from passdesk.protocol.scellement import Corps, open_secret, seal_bodies
from passdesk.protocol.signatures import SignedRequest, sign_request, verify_answer

Envoi = Callable[[SignedRequest], tuple[int, Mapping[str, str], bytes]]

URL = "http://region.test"
WALL = 1_795_420_800_000
_SEL = bytes(range(32))


@dataclass
class PosteFactice:
    """A desk that asked with a code; `accepte` once the Region said yes."""

    envoi: Envoi
    requete: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    passe: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    boite: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    code: str = ""
    ticket: bytes = b""
    region: enrolement.RegionKeys | None = None
    enrolled: enrolement.Enrolled | None = None
    counter: int = 0
    cursor: int = 0
    epoch: int = 1
    log: list[Operation] = field(default_factory=list)
    ids: Any = field(default_factory=itertools.count)

    # -- joining

    def demander(self, code: str, log: tuple[str, bytes, bytes] | None = None) -> enrolement.EnrolmentPending:
        """`log`: id, hash and salt of the first act of the log that it says it goes on with."""
        self.code = code
        body = enrolement.build_request(code, self.requete, self.passe, self.box, "essai", log=log)
        pending = enrolement.decode_pending(self._joindre("/v1/enrolement", body))
        enrolement.verify_region_keys(pending.region, code)
        self.ticket, self.region = pending.ticket, pending.region
        return pending

    def ou_en_est(self) -> enrolement.EnrolmentState:
        body = enrolement.encode_poll(enrolement.EnrolmentPoll(self.ticket))
        state = enrolement.decode_state(self._joindre("/v1/enrolement/etat", body))
        self.enrolled = state.enrolled
        return state

    @property
    def box(self) -> bytes:
        return self.boite.public_key().public_bytes_raw()

    @property
    def cles(self) -> enrolement.DeviceKeys:
        return enrolement.DeviceKeys(
            self.requete.public_key().public_bytes_raw(), self.passe.public_key().public_bytes_raw(), self.box
        )

    @property
    def transcript(self) -> bytes:
        assert self.region is not None
        return enrolement.transcript(self.code, self.region, self.cles)

    @property
    def index_secret(self) -> bytes:
        assert self.enrolled is not None
        return open_secret(self.enrolled.index_secret, self.boite, contexte=self.transcript)

    def _joindre(self, chemin: str, body: bytes) -> bytes:
        self.counter += 1
        demande = sign_request(
            self.requete, device=enrolement.DEVICE_ENROLEMENT, counter=self.counter, url=URL + chemin, body=body
        )
        status, headers, reponse = self.envoi(demande)
        if status != 200:
            refus = decode_answer(reponse)
            assert isinstance(refus, Refusal)
            raise RefusRegion(refus.code)
        answer_key = self.region.answer if self.region else enrolement.decode_pending(reponse).region.answer
        verify_answer(
            Ed25519PublicKey.from_public_bytes(answer_key),
            request=demande,
            status=status,
            headers=headers,
            body=reponse,
        )
        return reponse

    # -- the log

    @property
    def device(self) -> str:
        assert self.enrolled is not None
        return self.enrolled.device

    @property
    def suite(self) -> tuple[str, bytes, bytes]:
        """What shows that its log is open in front of who says it."""
        return self.device, self.log[0].entete.hash, _SEL

    @property
    def tete(self) -> Tete:
        du_moment = [o for o in self.log if o.entete.epoch == self.epoch]
        return tete_apres(du_moment[-1].entete) if du_moment else Tete(self.epoch)

    def ecrire(self, type_: str, sujet: str, corps: Mapping[str, Any] | bytes, v: int = 1) -> Operation:
        operation = sceller_operation(
            self.tete,
            op_id=f"op-{next(self.ids)}",
            type=type_,
            agent_id="agent-1",
            subject_id=sujet,
            wall=WALL,
            corps=corps,
            sel=_SEL,
            v=v,
        )
        self.log.append(operation)
        return operation

    def inscrire(self, sujet: str, cle: bytes | None, nom: str = "Ngoma") -> None:
        self.ecrire(
            "personne.enregistrer",
            sujet,
            {"nom_naissance": nom, "prenoms": "Awa", "naissance": "1990-05-01", "cle": cle, "telephone": ""},
        )

    def accorder(
        self,
        sujet: str,
        numero: int,
        taille: int,
        campagne: int = 12,
        pot: str = "general",
        v: int = 1,
        **autres: object,
    ) -> None:
        self.ecrire(
            "attribution.accorder",
            sujet,
            {
                "attribution": f"attribution-{numero}",
                "demande": f"demande-{numero}",
                "pass": taille,
                "reste": 0,
                "carnets": [
                    {
                        "campagne": campagne,
                        "numero": numero,
                        "taille": taille,
                        "dernier_jour": "2027-12-31",
                        "kid": self.enrolled.kid if self.enrolled else 0,
                        "pot": pot,
                    }
                ],
                "motifs": ["accompagne_carnet_10"],
                "reglement": "2022-02-01",
                "empreinte": bytes(32),
                "anterieurs": [],
                **autres,
            },
            v,
        )

    # -- sending

    def preparer(
        self,
        operations: list[Operation],
        *,
        counter: int | None = None,
        corps: list[Corps | None] | None = None,
        **autres: Any,
    ) -> SignedRequest:
        assert self.enrolled is not None
        if counter is None:
            self.counter += 1
            counter = self.counter
        premiere = operations[0].entete.seq if operations else self.tete.seq + 1
        avant = operations[0].entete.prev_hash if operations else self.tete.hash
        if corps is None:
            corps = [Corps(o.sel, o.corps) if o.sel and o.corps else None for o in operations]
        message = head_message(self.device, self.epoch, self.tete.seq, self.tete.hash)
        champs: dict[str, Any] = {
            "device": self.device,
            "epoch": self.epoch,
            "head_seq": self.tete.seq,
            "head_hash": self.tete.hash,
            "head_sig": self.requete.sign(message),
            "cursor": self.cursor,
            "server_epoch": self.enrolled.server_epoch,
            "counter": counter,
            "app": "essai",
            "first_seq": premiere,
            "prev_hash": avant,
            "headers": tuple(header_bytes(o.entete) for o in operations),
            "bodies": seal_bodies(
                corps,
                X25519PublicKey.from_public_bytes(self.enrolled.region.sealing),
                device=self.device,
                epoch=self.epoch,
                first_seq=premiere,
            ),
        }
        body = encode_request(SyncRequest(**{**champs, **autres}))
        return sign_request(self.requete, device=self.device, counter=counter, url=URL + "/v1/sync", body=body)

    def envoyer(self, demande: SignedRequest) -> SyncAnswer | Refusal:
        assert self.enrolled is not None
        status, headers, body = self.envoi(demande)
        cle = Ed25519PublicKey.from_public_bytes(self.enrolled.region.answer)
        verify_answer(cle, request=demande, status=status, headers=headers, body=body)
        return decode_answer(body)

    def synchroniser(self, depuis: int = 1, **options: Any) -> SyncAnswer:
        operations = [o for o in self.log if o.entete.seq >= depuis and o.entete.epoch == self.epoch]
        answer = self.envoyer(self.preparer(operations, **options))
        assert isinstance(answer, SyncAnswer), answer
        return answer

    def ecouter(self) -> list[Evenement]:
        """Pulls everything after the cursor."""
        lus: list[Evenement] = []
        while True:
            answer = self.envoyer(self.preparer([]))
            assert isinstance(answer, SyncAnswer), answer
            lus.extend(lire_evenement(e.type, e.payload) for e in answer.events)
            self.cursor = answer.cursor
            if not answer.more:
                return lus


class RefusRegion(Exception):
    """The Region said no to an enrolment."""
