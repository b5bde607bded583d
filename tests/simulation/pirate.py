"""A device gone bad: it holds real keys and a real lot, it hears the wire, and it lies."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from passdesk.protocol.messages import Refusal
from passdesk.protocol.operations import Operation
from passdesk.protocol.scellement import Corps
from passdesk.protocol.signatures import HEADER_COUNTER, HEADER_DEVICE, SignedRequest
from tests.server.poste_factice import PosteFactice
from tests.simulation.modele import ADRESSE, CAMPAGNE
from tests.simulation.reseau import Envoi
from tests.simulation.temoin import Acte, LotAccorde, Violation, numeros_accordes

if TYPE_CHECKING:
    from tests.simulation.monde import Monde

SORTIES = ("carnet.gacher", "carnet.declarer_perdu", "carnet.declarer_vole", "carnet.retourner")
GESTES = (
    *("rejouer", "forger_le_compteur", "usurper", "sauter_en_avant", "alterer_un_corps", "resigner"),
    *("accorder_hors_lot", "accorder_le_numero_d_un_autre", "depasser_le_plafond", "fourcher", "acte_inconnu"),
    *("gacher_hors_lot", "gacher_deux_fois", "annuler_le_numero_d_un_autre", "annuler_un_numero_a_venir"),
)


class Pirate:
    """The device, for one history."""

    def __init__(self, monde: Monde, modele: PosteFactice) -> None:
        self._monde = monde
        self.poste = replace(modele, envoi=self._envoyer, log=[], ids=itertools.count(), epoch=1)
        self._envoye = 0
        self._rang = 0

    def agir(self) -> str:
        """One of its tricks."""
        geste = self._monde.alea.choice(GESTES)
        return f"{geste}_{getattr(self, f'_{geste}')()}"

    def _envoyer(self, demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
        url = ADRESSE + demande.url.removeprefix("http://region.test")
        reponse = self._monde.reseau.livrer(Envoi(self.poste.device, url, demande.headers, demande.body))
        return reponse.status, reponse.headers, reponse.body

    def _synchroniser(self, corps: list[Corps | None] | None = None) -> str:
        """Sends its whole log of this epoch, known or not."""
        siens = [o for o in self.poste.log if o.entete.epoch == self.poste.epoch]
        reponse = self.poste.envoyer(self.poste.preparer(siens, corps=corps))
        if isinstance(reponse, Refusal):
            if reponse.code == "compteur_depasse" and reponse.n < 2**53 - 1:
                self.poste.counter = reponse.n
            return reponse.code
        for operation in siens:
            self._noter(operation)
        return "recu" if not reponse.fork else "fourche"

    def _noter(self, operation: Operation) -> None:
        entete = operation.entete
        numeros = tuple((int(c["campagne"]), int(c["numero"])) for c in numeros_accordes(entete.type, operation.corps))
        self._monde.temoin.noter(
            entete.hash,
            Acte(self.poste.device, entete.epoch, entete.seq, entete.type, entete.subject_id, numeros),
            operation.corps,
        )

    # -- on the wire

    def _un_envoi(self) -> Envoi | None:
        passes = self._monde.reseau.passes
        return self._monde.alea.choice(passes) if passes else None

    def _rejouer(self) -> str:
        envoi = self._un_envoi()
        return "rien" if envoi is None else str(self._monde.reseau.livrer(envoi).status)

    def _forger_le_compteur(self) -> str:
        envoi = self._un_envoi()
        if envoi is None:
            return "rien"
        entetes = {**envoi.headers, HEADER_COUNTER: str(int(envoi.headers[HEADER_COUNTER]) + 1000)}
        return self._refusee(replace(envoi, headers=entetes))

    def _usurper(self) -> str:
        """Its own signature under somebody else's name."""
        demande = self.poste.preparer([])
        autre = self._monde.alea.choice(self._monde.guichets).device
        entetes = {**demande.headers, HEADER_DEVICE: autre}
        return self._refusee(Envoi(autre, f"{ADRESSE}/v1/sync", entetes, demande.body))

    def _refusee(self, envoi: Envoi) -> str:
        reponse = self._monde.reseau.livrer(envoi)
        if reponse.status != 401:
            raise Violation("signature", f"a request that nobody signed is answered {reponse.status}")
        return "refuse"

    def _sauter_en_avant(self) -> str:
        self.poste.counter += 5000
        return self._synchroniser()

    # -- in its log

    def _sujet(self) -> str:
        self._rang += 1
        return f"sujet-{self._rang}"

    def _alterer_un_corps(self) -> str:
        """Another body than the one that the header promises, of acts not sent yet."""
        self._synchroniser()
        self.poste.inscrire(self._sujet(), None)
        corps: list[Corps | None] = [
            Corps(o.sel, o.corps) if o.sel is not None and o.corps is not None else None
            for o in self.poste.log
            if o.entete.epoch == self.poste.epoch
        ]
        corps[-1] = Corps(bytes(32), b"\xa1ccle\xf6")
        return self._synchroniser(corps)

    def _resigner(self) -> str:
        """An act of somebody else, sealed again as its own."""
        autres = [acte for acte in self._monde.temoin.actes.values() if acte.device != self.poste.device]
        if not autres:
            return "rien"
        acte = self._monde.alea.choice(autres)
        self.poste.ecrire("carnet.declarer_perdu", acte.sujet, self._numero_de(acte))
        return self._synchroniser()

    def _numero_de(self, acte: Acte) -> dict[str, object]:
        campagne, numero = acte.numeros[0] if acte.numeros else (CAMPAGNE.numero, 1)
        return {"campagne": campagne, "numero": numero, "le": "2026-12-01"}

    def _accorder(self, numero: int, taille: int) -> str:
        sujet = self._sujet()
        self.poste.inscrire(sujet, self._monde.alea.choice(self._monde.cles))
        self.poste.accorder(sujet, numero, taille, CAMPAGNE.numero)
        return self._synchroniser()

    def _accorder_hors_lot(self) -> str:
        return self._accorder(2_000_000 + self._rang, 10)

    def _d_un_autre(self) -> LotAccorde:
        lots = [lot for lot in self._monde.temoin.lots.values() if lot.device != self.poste.device]
        return self._monde.alea.choice(lots)

    def _accorder_le_numero_d_un_autre(self) -> str:
        lot = self._d_un_autre()
        return self._accorder(self._monde.alea.randint(lot.premier, lot.dernier), lot.taille)

    def _annuler_le_numero_d_un_autre(self) -> str:
        """Awards some numbers that are not its own, then says that they left circulation: are they good still?"""
        lot = self._d_un_autre()
        for numero in range(lot.premier, min(lot.premier + 4, lot.dernier) + 1):
            self._annuler(numero, lot.taille)
        return self._synchroniser()

    def _annuler_un_numero_a_venir(self) -> str:
        """The same, of the numbers that the Region gives next."""
        prochain = 1 + max(lot.dernier for lot in self._monde.temoin.lots.values())
        for numero in range(prochain, prochain + 4):
            self._annuler(numero, 10)
        return self._synchroniser()

    def _annuler(self, numero: int, taille: int) -> None:
        self._accorder(numero, taille)
        self.poste.ecrire(
            self._monde.alea.choice(SORTIES),
            f"sujet-{self._rang}",
            {"campagne": CAMPAGNE.numero, "numero": numero, "le": "2026-12-01"},
        )

    def _gacher(self, numero: int) -> None:
        self.poste.ecrire("carnet.gacher", self._sujet(), {"campagne": CAMPAGNE.numero, "numero": numero})

    def _gacher_hors_lot(self) -> str:
        """A number that nobody gave it, spoiled at once: is there value to be had?"""
        self._accorder(numero := 1_000_000 + self._rang, 10)
        self._gacher(numero)
        return self._synchroniser()

    def _gacher_deux_fois(self) -> str:
        """A number of its own, awarded to two people and spoiled twice, each time that it comes to it: the same."""
        lot = self._sien()
        for _ in range(2):
            self._accorder(lot.premier, lot.taille)
        for _ in range(2):
            self._gacher(lot.premier)
        return self._synchroniser()

    def _depasser_le_plafond(self) -> str:
        lot = self._sien()
        return self._accorder(self._monde.alea.randint(lot.premier, lot.dernier), lot.taille)

    def _sien(self) -> LotAccorde:
        siens = [lot for lot in self._monde.temoin.lots.values() if lot.device == self.poste.device]
        return self._monde.alea.choice(siens)

    def _fourcher(self) -> str:
        """Says something else than before in the same place."""
        self._synchroniser()
        siens = [o for o in self.poste.log if o.entete.epoch == self.poste.epoch]
        if not siens:
            return "rien"
        self.poste.log = [o for o in self.poste.log if o is not siens[-1]]
        self.poste.inscrire(self._sujet(), None, nom="Autre")
        issue = self._synchroniser()
        self.poste.epoch += 1
        self.poste.ecrire("poste.epoque", "poste", {"epoch": self.poste.epoch})
        return issue

    def _acte_inconnu(self) -> str:
        self.poste.ecrire("pass.rever", self._sujet(), {"quoi": "futur"})
        return self._synchroniser()
