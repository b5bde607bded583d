"""One history: a scheduler, one seed, everything that happens in it, and the judges after each step."""

from __future__ import annotations

import hashlib
import random
import shutil
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

from passdesk.domain.erreurs import KnownError
from passdesk.server import diffusion
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import cle_pass, envoi
from passdesk.storage import poste as identite
from tests.simulation import actes, fautes
from tests.simulation.alea import Source, semer
from tests.simulation.guichet import TOUT, Guichet, HorlogeDerivante
from tests.simulation.invariants import JugeRegion, juger_la_fin, juger_la_valeur, juger_un_echange
from tests.simulation.modele import DEBUT, PIRATE, RESERVE, Modele, en_clair
from tests.simulation.ordinateur import Ordinateurs
from tests.simulation.pirate import Pirate
from tests.simulation.porteur import Porteur
from tests.simulation.region import RegionSimulee
from tests.simulation.reseau import Mort, Reseau
from tests.simulation.temoin import Temoin, Violation

EVENEMENTS_PAR_PAGE = 12
"""Events of one answer: few, so that an exchange takes several."""
VOLS = 0.2
"""Share of the histories in which a laptop is stolen."""
REECOUTES = 0.25
"""Share of the histories that end with a desk that hears everything again over a line that drops."""
TOURS_MAX = 5
"""Rounds of exchanges after which everything must be quiet, once the faults are over."""
_PAS = (
    *(("acte", 36), ("echange", 18), ("courrier", 5), ("region", 12), ("faute", 12)),
    *(("pirate", 4), ("attente", 16)),
)


GESTES = {
    "doter": 48,
    "publier": 20,
    "clore": 18,
    "annuler": 4,
    "ouvrir_une_autre_campagne": 4,
    "recharger": 3,
    "arreter": 5,
}
"""What the Region's people do, and how often."""


@dataclass(frozen=True, slots=True)
class Histoire:
    """What one history gave. `empreinte`: SHA-256 of everything that happened, in order."""

    graine: int
    pas: int
    violation: str | None
    regle: str | None
    vus: Counter[str]
    empreinte: str
    trace: tuple[str, ...] = field(default=(), repr=False)


class Monde:
    """Where it happens."""

    def __init__(self, graine: int, modele: Modele, dossier: Path, *, garder_la_trace: bool = False) -> None:
        self.alea = random.Random(f"histoire/{graine}")
        self.source = Source(f"entropie/{graine}")
        self.temoin = Temoin(menteur=modele.pirate.device)
        self.temps: datetime = DEBUT
        self.reseau = Reseau(self, random.Random(f"reseau/{graine}"))
        self.porteur = Porteur(self, random.Random(f"porteur/{graine}"))
        self.gens = actes.peuple(self.alea)
        self.homonymes: set[actes.Identite] = set()
        """Identities that two persons may share: what a desk knows of one does not bind the other."""
        self._empreinte = hashlib.sha256()
        self.trace: list[str] | None = [] if garder_la_trace else None
        self._imbrique = False
        self.a_fond = graine % 8 == 0
        """Its bases are rebuilt from their logs at the end, as `verifier-base` does: it takes long."""
        shutil.copytree(modele.dossier / "region", dossier / "region")
        horloge = HorlogeDerivante(self)
        avis = random.Random(f"avis/{graine}")
        self.region = RegionSimulee(dossier / "region", horloge, modele.racine, self.temoin, self.alea, avis)
        self.vol = avis.randrange(20, 100) if avis.random() < VOLS else 0
        """At which step a laptop is stolen; 0: none is."""
        self.ordinateurs = Ordinateurs(self, graine)
        self.reecoute = random.Random(f"reecoute/{graine}").random() < REECOUTES
        self.juge = JugeRegion(self.temoin)
        self.guichets: list[Guichet] = []
        for nom, cle, agent, device in modele.postes[: self.alea.choices(range(2, 9), (6, 6, 5, 3, 2, 1, 1))[0]]:
            lieu = dossier / nom
            lieu.mkdir()
            for fichier in (*TOUT, "poste.cles"):
                shutil.copy(modele.dossier / nom / fichier, lieu / fichier)
            self.guichets.append(Guichet(nom, lieu, cle, agent, device, HorlogeDerivante(self), self.temoin))
        self.bus = self.guichets[0].nom if graine % 3 == 0 else ""
        """A desk that hardly ever has a network: sticks carry what it has to say."""
        self.pirate = Pirate(self, modele.pirate)
        premier = self.guichets[0].ouvrir()
        self.cles = [actes._cle(premier, identite) for identite in self.gens]

    # -- what others call

    def vu(self, quoi: str) -> None:
        """One more of these."""
        self.temoin.vus[quoi] += 1

    def tracer(self, *mots: object) -> None:
        """Into the digest of the history."""
        ligne = repr((self.temps.isoformat(), *mots))
        self._empreinte.update(ligne.encode())
        if self.trace is not None:
            self.trace.append(ligne if len(ligne) < 400 else f"{ligne[:400]}…")

    def juger_la_region(self) -> None:
        """After each transaction of the Region."""
        with self.region.region.magasin.lire() as tx:
            self.juge.juger(tx)

    def pendant(self, sauf: Guichet) -> None:
        """Something happens elsewhere while this desk waits for its answer."""
        if self._imbrique:
            return
        self._imbrique = True
        try:
            autres = [g for g in self.guichets if g is not sauf]
            if autres and self.alea.random() < 0.6:
                self.echanger(self.alea.choice(autres))
            else:
                self.agir(self.alea.choice(self.guichets))
        finally:
            self._imbrique = False

    def noter_les_emportes(self, candidats: set[bytes]) -> None:
        """Those of these acts that no disk holds any more; a lot that nobody has after that is nobody's."""
        tous = (*self.guichets, *self.ordinateurs.anciens)
        gardes = set().union(*(guichet.hashes() for guichet in tous)) | self.juge.connus
        partis = {hash_ for hash_ in candidats if hash_ in self.temoin.actes and hash_ not in gardes}
        self.temoin.emportes |= partis
        if partis:
            self.vu("issue.emporte_avec_le_disque")
        with self.region.region.magasin.lire() as tx:
            connus = {lot for (lot,) in tx.toutes("SELECT lot FROM lot")}
        self.temoin.oublier_les_lots(connus)

    def apres_remise_de_la_region(self) -> None:
        """What the Region forgot, and nobody else has, is nobody's until something brings it."""
        tous = set(self.juge.connus)
        self.juge.oublier()
        self.juger_la_region()
        self.noter_les_emportes(tous)

    # -- the scheduler

    def jouer(self, pas: int) -> None:
        """So many steps, then the faults stop. Raises Violation."""
        self.juger_la_region()
        for rang in range(pas):
            self._un_pas()
            if rang == self.vol > 0:
                self._voler()
            self.ordinateurs.pas(rang)
        if self.reecoute:
            self._reecouter()
        self._apaiser()

    def _voler(self) -> None:
        """A laptop is stolen, and its copy with it; whoever has it goes on as if nothing was."""
        issue = self.region.revoquer(self.region.avis.choice(self.guichets).device)
        self.vu(f"region.{issue}")
        self.tracer("region", issue)
        self.juger_la_region()
        juger_la_valeur(self)

    def _reecouter(self) -> None:
        """One of the desks that nothing happened to."""
        sains = [g for g in self.guichets if not (g.recule or g.jumeau or self.revoque(g))]
        if sains:
            issue = fautes.reecouter(self, self.alea.choice(sains))
            self.vu(f"faute.{issue}")
            self.tracer("faute", issue)
            self.juger_la_region()

    def revoque(self, guichet: Guichet) -> bool:
        """True for a laptop that the Region hears no more."""
        return guichet.device in self.region.revoques

    def _un_pas(self) -> None:
        self.temps += timedelta(minutes=self.alea.expovariate(1 / 40))
        self.reseau.livrer_les_retards()
        self.porteur.arriver()
        quoi = self.alea.choices([nom for nom, _ in _PAS], [poids for _, poids in _PAS])[0]
        guichet = self.alea.choice(self.guichets)
        if quoi == "acte":
            self.agir(guichet)
        elif quoi == "echange" and not (guichet.nom == self.bus and self.alea.random() < 0.9):
            self.echanger(guichet)
        elif quoi in ("echange", "courrier"):
            issue = self.porteur.partir(guichet)
            self.vu(f"courrier.{issue}")
            self.tracer("courrier", guichet.nom, issue)
        elif quoi == "region":
            self._administrer()
        elif quoi == "faute":
            faute = self.alea.choices([f for f, _ in fautes.FAUTES], [p for _, p in fautes.FAUTES])[0]
            issue = faute(self, guichet)
            self.vu(f"faute.{issue}")
            self.tracer("faute", guichet.nom, issue)
        elif quoi == "pirate":
            issue = self.pirate.agir()
            self.vu(f"pirate.{issue}")
            self.tracer("pirate", issue)
        else:
            self.temps += timedelta(days=self.alea.choice((1, 3, 7, 30)) * self.alea.random())
        self.juger_la_region()

    def agir(self, guichet: Guichet, acte: Callable[[Monde, Guichet], str] | None = None) -> None:
        """An act at this desk; drawn, unless one is meant."""
        guichet.ouvrir()
        self.source.instant = guichet.horloge.maintenant
        acte = acte or self.alea.choices([a for a, _ in actes.ACTES], [p for _, p in actes.ACTES])[0]
        try:
            issue = acte(self, guichet)
        except KnownError as refus:
            issue = refus.code
        nouveaux = guichet.relever()
        self.vu(f"acte.{issue}")
        self.tracer("acte", guichet.nom, issue, [(a.seq, a.type, a.numeros) for a in nouveaux])

    def echanger(self, guichet: Guichet) -> None:
        """One exchange of this desk over the network."""
        poste = guichet.ouvrir()
        self.source.instant = guichet.horloge.maintenant
        quittait = self.ordinateurs.quitte(guichet)
        try:
            bilan = synchroniser(poste, self.reseau.relier(guichet))
        except Mort:
            self.vu("issue.tue_pendant_un_echange")
            guichet.tuer()
            guichet.ouvrir()
            self.tracer("mort", guichet.nom)
            return
        finally:
            # Killed or not, a side copy is cut by the real one from now on.
            vars(poste.base._copie).pop("refaire", None)
        guichet.relever()
        self.vu(f"echange.{bilan.fin}" + (f".{bilan.raison}" if bilan.raison else ""))
        self.tracer("echange", guichet.nom, bilan)
        if bilan.fin in ("fini", "fourche"):
            guichet.aveugle = False
            self.porteur.entendre_le_reseau(guichet)
        if bilan.fin == "fourche" and not (guichet.recule or guichet.jumeau):
            raise Violation("fourche_sans_cause", f"{guichet.nom} begins an epoch, and was never put back")
        juger_un_echange(self, guichet)
        self.ordinateurs.apres_echange(guichet, bilan.fin, bilan.raison, quittait=quittait)

    def _administrer(self) -> None:
        region, alea = self.region, self.alea
        geste = alea.choices(list(GESTES), list(GESTES.values()))[0]
        if geste == "doter":
            device = alea.choice([*(g.device for g in self.guichets), self.pirate.poste.device])
            pot = "lycee" if alea.random() < 0.15 else "general"
            issue = region.doter(device, taille=alea.choice((5, 10)), carnets=alea.randint(1, 6), pot=pot)
        elif geste == "arreter":
            issue = region.arreter(alea.choice(self.guichets).device)
        else:
            issue = getattr(region, geste)()
        self.vu(f"region.{issue}")
        self.tracer("region", issue)
        self.juger_la_region()
        juger_la_valeur(self)

    # -- the end

    def _apaiser(self) -> None:
        """No fault any more: what was held back arrives, copies go to rest, then all must be quiet in five rounds."""
        self.reseau.calme = self.porteur.calme = True
        self.reseau.livrer_les_retards(tous=True)
        self.porteur.arriver(tous=True)
        for guichet in self.guichets:
            guichet.horloge.decalage = timedelta(0)
            guichet.ouvrir()
        self._ranger_les_copies()
        self.ordinateurs.ranger()
        self._echanger_tous()
        if self.ordinateurs.reprendre_tout():
            self._echanger_tous()
        self.source.instant = self._a_l_heure
        self._noter_les_cas()
        juger_la_fin(self, a_fond=self.a_fond)

    def _echanger_tous(self) -> None:
        for _ in range(TOURS_MAX):
            for guichet in self.guichets:
                self.echanger(guichet)
            if all(self._calme(guichet) for guichet in self.guichets if not self.revoque(guichet)):
                self._entendre_les_cles()
                return
        restes = {g.nom: envoi.reste_a_envoyer(g.ouvrir().base) for g in self.guichets}
        raise Violation("vivacite", f"not quiet after {TOURS_MAX} rounds: {restes}")

    def _entendre_les_cles(self) -> None:
        """A desk says by sending nothing more which epoch it is in: its key may come with the answer, or that it is to
        begin another."""
        with self.region.region.magasin.lire() as tx:
            gardees = dict(tx.toutes("SELECT device, kid FROM poste"))
        for guichet in self.guichets:
            base = guichet.ouvrir().base
            if cle_pass.en_attente(base) or identite.lire_texte(base, "kid") != str(gardees[guichet.device]):
                self.echanger(guichet)

    def _a_l_heure(self) -> datetime:
        return self.temps

    def _ranger_les_copies(self) -> None:
        """Of two laptops that are the same device, one sends what it holds and is put away."""
        for copie in [g for g in self.guichets if g.nom.endswith(" bis")]:
            for _ in range(TOURS_MAX):
                self.echanger(copie)
                if self.revoque(copie) or envoi.reste_a_envoyer(copie.ouvrir().base) == 0:
                    break
            else:
                raise Violation("vivacite", f"{copie.nom} cannot send what it holds")
            copie.fermer()
            self.guichets.remove(copie)

    def _calme(self, guichet: Guichet) -> bool:
        """Nothing to send, nothing to hear."""
        base = guichet.ouvrir().base
        with self.region.region.magasin.lire() as tx:
            reste = tx.une(
                "SELECT 1 FROM evenement WHERE srv_seq > ? AND (device IS NULL OR device = ?) LIMIT 1",
                envoi.etat(base).cursor,
                guichet.device,
            )
        return envoi.reste_a_envoyer(base) == 0 and reste is None

    def _noter_les_cas(self) -> None:
        with self.region.region.magasin.lire() as tx:
            for genre, combien in tx.toutes("SELECT genre, count(*) FROM litige GROUP BY genre"):
                self.temoin.vus[f"cas.{genre}"] += int(combien)
            sql = "SELECT resultat, raison, count(*) FROM operation GROUP BY resultat, raison"
            for resultat, raison, combien in tx.toutes(sql):
                self.temoin.vus[f"resultat.{raison or resultat}"] += int(combien)

    def empreinte(self) -> str:
        """The digest of everything so far."""
        return self._empreinte.hexdigest()

    def fermer(self) -> None:
        """Closes every base."""
        for guichet in (*self.guichets, *self.ordinateurs.anciens):
            guichet.fermer()
        self.region.fermer()


def jouer(graine: int, modele: Modele, lieu: Path, *, garder_la_trace: bool = False) -> Histoire:
    """Plays the history of this seed in a folder of its own under `lieu`, removed afterwards."""
    dossier = lieu / f"histoire-{graine}"
    shutil.rmtree(dossier, ignore_errors=True)
    dossier.mkdir(parents=True)
    with en_clair():
        return _jouer(Monde(graine, modele, dossier, garder_la_trace=garder_la_trace), graine, dossier)


def _jouer(monde: Monde, graine: int, dossier: Path) -> Histoire:
    violation = regle = None
    pas = 100 + int(200 * monde.alea.random() ** 5)
    try:
        with semer(monde.source), mock.patch.object(diffusion, "EVENTS_BATCH", EVENEMENTS_PAR_PAGE):
            monde.jouer(pas)
    except Violation as vue:
        violation, regle = str(vue), vue.regle
    except Exception as imprevu:  # a bug of the program under test, told with its place
        violation, regle = (
            f"imprevu: {imprevu!r}\n{''.join(traceback.format_tb(imprevu.__traceback__)[-6:])}",
            "imprevu",
        )
    finally:
        monde.fermer()
        shutil.rmtree(dossier, ignore_errors=True)
    trace = tuple(monde.trace or ())
    return Histoire(graine, pas, violation, regle, monde.temoin.vus, monde.empreinte(), trace)


__all__ = ["PIRATE", "RESERVE", "Histoire", "Monde", "jouer"]
