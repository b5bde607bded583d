"""A desk goes on under other keys (decision 0090): on another computer, its own lost, stolen or replaced; or where it
was, revoked by mistake.

The backup is put back on a new computer, which asks to be linked again: it has shown whose log it holds, somebody at
the Region says so too, and may say it wrong first. The computer of before may live on for a while: it is refused, and
what it says is set aside until somebody takes it up.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.server import enrolement
from passdesk.server.enrolement import Attente
from passdesk.server.gardes import montrer_gardes, reprendre_gardes
from passdesk.services import enroler
from passdesk.services.lien import REFUS_DEFINITIFS, REVOQUE
from passdesk.services.poste import APPAREIL
from passdesk.services.restauration import restaurer
from passdesk.services.sauvegarde import sauvegarder
from passdesk.storage import envoi
from passdesk.storage import poste as identite
from passdesk.storage.integrite import verifier_base
from passdesk.sync.cycle import LOT_MIN
from passdesk.sync.transport import Reponse
from tests.builders import PHRASE
from tests.simulation import actes, fautes
from tests.simulation.guichet import Guichet, HorlogeDerivante
from tests.simulation.modele import ADRESSE, servir
from tests.simulation.temoin import Violation

if TYPE_CHECKING:
    from tests.simulation.monde import Monde

CHANGEMENTS, MEPRISES = (1, 6, 9, 14), (1, 8)
"""Of sixteen histories, those in which a desk changes its computer, and those in which one is revoked by mistake."""
VIE = 0.12
"""How often, at each step, the computer of before does something."""


@dataclass(slots=True)
class Ordinateurs:
    """What happens of this in one history. `anciens`: the computers that their desk left, and that still work."""

    monde: Monde
    graine: int
    anciens: list[Guichet] = field(default_factory=list)
    voles: set[str] = field(default_factory=set)
    """Laptops, by name, of which nobody at the Region takes up anything."""
    alea: random.Random = field(init=False)
    _meprise: int = -1
    _sauvegarde: int = -1
    _depart: int = -1
    _oubli: int = -1
    _sauve: tuple[Guichet, Path] = field(init=False)
    _neuf: Guichet | None = None
    _tenus: set[bytes] = field(default_factory=set)
    _dits: dict[str, set[bytes]] = field(default_factory=dict)
    """By device, the acts that its computers of before have surely said."""

    def __post_init__(self) -> None:
        self.alea = random.Random(f"ordinateurs/{self.graine}")
        if self.graine % 16 in CHANGEMENTS:
            self._sauvegarde = self.alea.randrange(10, 70)
            # What is recorded in between is not in the backup.
            self._depart = self._sauvegarde + self.alea.choice((0, 3, 8, 15, 25))
        if self.graine % 16 in MEPRISES:
            self._meprise = self.alea.randrange(15, 90)

    def pas(self, rang: int) -> None:
        """After each step of the history."""
        monde = self.monde
        if rang == self._meprise:
            self._retirer()
        if rang == self._sauvegarde:
            self._sauver()
        if rang == self._depart:
            if self.alea.random() < 0.3:
                monde.region.copier()
                self._oubli = rang + self.alea.choice((1, 3, 8))
            self._changer()
        if rang == self._oubli:
            # The day after, from the backup of the night before: who was linked since is not known.
            self._dire(fautes.remettre_la_region(monde, monde.guichets[0]))
        if self.anciens and self.alea.random() < VIE:
            self._vivre(self.alea.choice(self.anciens))

    # -- what happens

    def _retirer(self) -> None:
        """The Region's people revoke a desk that they took for another; it learns so, and calls."""
        actifs = [g for g in self.monde.guichets if not self.monde.revoque(g)]
        if actifs:
            guichet = self.alea.choice(actifs)
            self._dire("retire_par_erreur", self.monde.region.retirer(guichet.device))
            for _ in range(3):
                # Nobody has told it yet.
                self.monde.agir(guichet, actes.accueillir)

    def _sauver(self) -> None:
        guichet = self.alea.choice(self.monde.guichets)
        chemin = guichet.dossier.with_name(f"{guichet.dossier.name}.sauvegarde")
        sauvegarder(guichet.ouvrir(), chemin)
        self._sauve = (guichet, chemin)

    def _changer(self) -> None:
        """The backup on a computer that has nothing of the desk, linked again; the one of before lives on, or is lost.
        Stolen, it is revoked first."""
        monde, (avant, chemin) = self.monde, self._sauve
        freres = [g for g in monde.guichets if g.device == avant.device]
        vole = monde.revoque(avant) or self.alea.random() < 0.25
        if vole and not monde.revoque(avant):
            monde.region.revoquer(avant.device)
        neuf = self._remettre(avant, chemin)
        monde.guichets[monde.guichets.index(avant)] = neuf
        monde.guichets = [g for g in monde.guichets if g not in freres]
        if monde.bus == avant.nom:
            monde.bus = neuf.nom
        self._dire("vole" if vole else "remplace", neuf.nom)
        tenus = set().union(*(g.hashes() for g in freres))
        if vole or self.alea.random() < 0.6:
            self.anciens += freres
            self.voles |= {g.nom for g in freres if vole}
            if self.alea.random() < 0.5:
                # Nobody has told those who have it in hand.
                monde.agir(self.alea.choice(freres))
        else:
            monde.vu("ordinateur.ancien_perdu")
            for guichet in freres:
                guichet.fermer()
        monde.noter_les_emportes(tenus)
        self.relier(neuf)
        for taille in (5, 10):
            monde.region.doter(neuf.device, taille=taille, carnets=2, pot="general")
        monde.juger_la_region()

    def _remettre(self, avant: Guichet, chemin: Path) -> Guichet:
        monde = self.monde
        horloge = HorlogeDerivante(monde)
        monde.source.instant = horloge.maintenant
        dossier = avant.dossier.with_name(f"{avant.dossier.name}-neuf")
        apercu = restaurer(dossier, chemin, PHRASE, horloge)
        if not apercu.autre_ordinateur:
            raise Violation("meme_ordinateur", f"{avant.nom} is put back elsewhere, and takes it for its computer")
        neuf = Guichet(
            f"{avant.nom} neuf", dossier, avant.cle, avant.agent_id, avant.device, horloge, monde.temoin, recule=True
        )
        neuf.ouvrir()
        self._neuf = neuf
        return neuf

    def _vivre(self, ancien: Guichet) -> None:
        """Those who still have it in hand go on."""
        if self.alea.random() < 0.5:
            self.monde.agir(ancien)
        else:
            self.monde.echanger(ancien)
        if ancien.nom not in self.voles and self.alea.random() < 0.2:
            self._reprendre(ancien.device)

    def _dire(self, quoi: str, *mots: object) -> None:
        self.monde.vu(f"ordinateur.{quoi}")
        self.monde.tracer("ordinateur", quoi, *mots)
        self.monde.juger_la_region()

    # -- linked again

    def quitte(self, guichet: Guichet) -> bool:
        """True when the Region listens to another computer of this desk."""
        return self.monde.region.ecoutes[guichet.device] != guichet.cle_requete()

    def apres_echange(self, guichet: Guichet, fin: str, raison: str | None, *, quittait: bool) -> None:
        """The Region hears no computer but the one that was linked last. Its desk calls; whoever stole it does not.

        `quittait`: it was left when the exchange began. Between its question and its answer, another may be linked.
        """
        quitte = self.quitte(guichet)
        if quittait and quitte and fin in ("fini", "fourche") and not guichet.jumeau:
            raise Violation("ancien_entendu", f"{guichet.nom} is listened to, and its desk has left it")
        if guichet in self.anciens:
            if (fin, raison) == ("refuse", REVOQUE):
                self.monde.vu("ordinateur.ancien_refuse")
            return
        # Changed on its way, a request is refused too, and the next one is not.
        definitif = fin == "refuse" and raison in REFUS_DEFINITIFS and (quitte or raison == REVOQUE)
        if definitif and not self.monde.revoque(guichet) and (self.monde.reseau.calme or self.alea.random() < 0.5):
            if raison != REVOQUE:
                self.monde.vu("ordinateur.region_d_avant")
            self.relier(guichet)

    def relier(self, guichet: Guichet) -> None:
        """Asks, is taken for another or for a new one, then accepted as the desk that it is."""
        monde, region = self.monde, self.monde.region
        code = enrolement.proposer_code(region.region, f"{guichet.nom} relié")
        mots = self._demander(guichet, code)
        (attente,) = [a for a in enrolement.en_attente(region.region) if a.mots == mots]
        if attente.suite is None or attente.suite.device != guichet.device:
            raise Violation("poste_meconnu", f"{guichet.nom} holds the log of {guichet.device}: {attente.suite}")
        choix = self.alea.random()
        if choix < 0.3:
            self._accepter_mal(attente, None, "suite_a_dire")
        elif choix < 0.5:
            self._accepter_mal(attente, monde.pirate.poste.device, "suite_non_montree")
        if self.alea.random() < 0.3:
            # Killed while it waits; a person comes meanwhile.
            guichet.tuer()
            monde.agir(guichet, actes.accueillir)
        region.accepter(attente.identifiant, guichet.device, guichet.cle_requete())
        while True:
            try:
                assert enroler.terminer(guichet.ouvrir(), lambda: self._ligne(guichet))
                break
            except PanneAttendue:
                continue
        if identite.lire_texte(guichet.ouvrir().base, APPAREIL) != guichet.device:
            raise Violation("appareil_change", f"{guichet.nom} was {guichet.device}, and is not any more")
        guichet.recule = True
        self._dire("relie", guichet.nom)

    def _demander(self, guichet: Guichet, code: str) -> tuple[str, ...]:
        poste = guichet.ouvrir()
        self.monde.source.instant = guichet.horloge.maintenant
        while True:
            try:
                return enroler.demander(poste, ADRESSE, code, lambda: self._ligne(guichet))
            except PanneAttendue:
                # The same code serves again, with the same keys.
                self.monde.vu("ordinateur.reponse_perdue")

    def _accepter_mal(self, attente: Attente, dite: str | None, code: str) -> None:
        """Somebody at the Region errs; nobody is put in anybody's place."""
        region = self.monde.region
        try:
            region.accepter(attente.identifiant, dite, None)
        except SaisieRefusee as refus:
            if refus.code != code:
                raise
        else:
            raise Violation("accepte_pour_un_autre", f"{attente.suite} is accepted as {dite or 'a new desk'}")
        self.monde.vu(f"ordinateur.{code}")

    def _ligne(self, guichet: Guichet) -> _Ligne:
        return _Ligne(self.monde, guichet, perdue=not self.monde.reseau.calme and self.alea.random() < 0.2)

    # -- the end

    def ranger(self) -> None:
        """The computers of before say what they hold once more, and are put away."""
        for ancien in self.anciens:
            ancien.horloge.decalage = timedelta(0)
            base = ancien.ouvrir().base
            etat = envoi.etat(base)
            partent = envoi.operations_apres(base, etat.acked_epoch, etat.acked_seq, octets=LOT_MIN)
            self.monde.echanger(ancien)
            if ancien.nom not in self.voles:
                dits = self._dits.setdefault(ancien.device, set())
                dits.update(operation.entete.hash for operation in partent)
            self._tenus |= ancien.hashes()
            ancien.fermer()
        self.anciens.clear()

    def reprendre_tout(self) -> bool:
        """All has arrived that can: somebody takes up what was set aside. False when there was nothing."""
        pris = 0
        for device, dits in sorted(self._dits.items()):
            if device in self.monde.region.revoques:
                continue
            pris += self._reprendre(device)
            for garde in montrer_gardes(self.monde.region.region, device):
                if garde.epoch is not None and garde.premier <= self._recu(device, garde.epoch) + 1:
                    raise Violation("garde_non_repris", f"{device}: {garde} follows the log, and is not taken up")
                # What comes before it was forgotten by the Region, and no disk has it.
                dits.clear()
            if dits - self.monde.juge.connus:
                raise Violation("garde_perdu", f"{device}: what the computer of before said is nowhere")
        self.monde.noter_les_emportes(self._tenus)
        if self._neuf is not None and (trouvees := verifier_base(self._neuf.ouvrir().base)):
            raise Violation("base_du_poste", f"{self._neuf.nom}: {trouvees}")
        return pris > 0

    def _reprendre(self, device: str) -> int:
        """How many messages; of a desk that is revoked, nothing is taken up before it is linked again."""
        if device in self.monde.juge.revoques:
            return 0
        repris = reprendre_gardes(self.monde.region.region, device)
        if repris.messages:
            self._dire("actes_repris", device, sorted(repris.issues.items()))
        return repris.messages

    def _recu(self, device: str, epoch: int) -> int:
        """How far the Region has this log."""
        return self.monde.juge.journaux.get((device, epoch), (0, b""))[0]


@dataclass(slots=True)
class _Ligne:
    """The way to the Region for one request to join. `perdue`: it arrives, and its answer does not."""

    monde: Monde
    guichet: Guichet
    perdue: bool

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        """See `Transport`."""
        self.monde.tracer("inscription", self.guichet.nom, self.perdue, body)
        reponse = servir(self.monde.region.region, url, headers, body)
        self.monde.tracer("inscription", reponse.status, reponse.body)
        if self.perdue:
            raise PanneAttendue("hors_ligne")
        return Reponse(reponse.status, reponse.headers, reponse.body)

    def close(self) -> None:
        """Nothing is held."""
