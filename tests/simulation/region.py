"""The Region in a history: its clock, what its people do, its backups; a server that may stop in mid-transaction."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from passdesk.domain.erreurs import KnownError, PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.server import enrolement
from passdesk.server.administration import clore, doter_poste, litiges
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.cles import renouveler
from passdesk.server.echange import HttpAnswer, HttpRequest, refuser
from passdesk.server.magasin import Magasin, T, Transaction, ecrire_reglage, lire_reglage
from passdesk.server.menage import faire_le_menage
from passdesk.server.publication import annuler_carnet, publier, retablir_carnet
from passdesk.server.racine import Racine
from passdesk.server.rappel import rappeler, relancer
from passdesk.server.recharge import Recharge, recharges, regler_recharge
from passdesk.server.region import Region, ouvrir_region
from passdesk.server.restauration import noter_restauration
from passdesk.server.revocation import revoquer
from passdesk.server.trancher import DECISIONS, trancher
from tests.simulation.modele import CAMPAGNE, servir
from tests.simulation.temoin import Temoin, Violation

FICHIERS = ("region.db", "region.db-wal", "region.db-shm")


class MagasinFragile:
    """The real store; `mourir`: the server stops at the end of the next writing transaction, before it is on disk."""

    def __init__(self, vrai: Magasin) -> None:
        self.vrai = vrai
        self.mourir = False

    @contextmanager
    def ecrire(self) -> Iterator[Transaction]:
        """See `Magasin`."""
        with self.vrai.ecrire() as tx:
            yield tx
            if self.mourir:
                self.mourir = False
                self.perdre(tx)

    def perdre(self, tx: Transaction) -> None:
        """Nothing of this transaction is kept, and nothing is answered."""
        raise PanneAttendue("region_disque")

    def lire(self) -> AbstractContextManager[Transaction]:
        """See `Magasin`."""
        return self.vrai.lire()

    def regarder(self, regard: Callable[[Transaction], T]) -> T:
        """See `Magasin`."""
        return self.vrai.regarder(regard)

    def reecrire(self, tables: Sequence[str]) -> bool:
        """See `Magasin`."""
        return self.vrai.reecrire(tables)

    def fermer(self) -> None:
        """See `Magasin`."""
        self.vrai.fermer()


@dataclass(slots=True)
class RegionSimulee:
    """The Region of one history, in its own folder."""

    dossier: Path
    horloge: Horloge
    racine: Racine = field(repr=False)
    temoin: Temoin
    alea: random.Random
    avis: random.Random
    """What people decide of cases."""
    vie: int = 1
    """Which life of the server this is."""
    copies: list[tuple[Path, dict[str, bytes]]] = field(default_factory=list)
    """Its backups, with the computers that it listened to by then."""
    ecoutes: dict[str, bytes] = field(init=False)
    """The request key of the computer that people linked last, of each device: no other is listened to."""
    revoques: set[str] = field(default_factory=set)
    """Stolen laptops: revoked again when the Region is put back to before."""
    volees: set[bytes] = field(default_factory=set)
    """Their request keys."""
    en_attente: set[str] = field(default_factory=set)
    """Devices not heard of since the Region was put back: nothing is granted until then, as its people are told."""
    campagnes: int = 1
    region: Region = field(init=False)
    magasin: MagasinFragile = field(init=False)

    def __post_init__(self) -> None:
        self._ouvrir()
        with self.region.magasin.lire() as tx:
            self.ecoutes = {device: bytes(cle) for device, cle in tx.toutes("SELECT device, cle_requete FROM poste")}

    def _ouvrir(self) -> None:
        ouverte = ouvrir_region(self.dossier, self.horloge)
        self.magasin = MagasinFragile(ouverte.magasin)
        cles = ouverte.cles
        if self.horloge.aujourdhui() > cles.lien_publication.dernier_jour:
            cles = renouveler(cles, self.racine, self.horloge.aujourdhui())
        self.region = replace(ouverte, magasin=self.magasin, cles=cles)

    def fermer(self) -> None:
        """Closes the database."""
        self.region.fermer()

    def repondre(self, url: str, headers: dict[str, str], body: bytes) -> HttpAnswer:
        """As its routes do: an outage is told as such, what an erasure left is cleaned after the answer."""
        try:
            reponse = servir(self.region, url, headers, body)
        except KnownError:
            http = HttpRequest("POST", "http://region/v1/sync", headers, body)
            return refuser(self.region, http, "region_indisponible")
        faire_le_menage(self.region)
        return reponse

    # -- what its people do

    def doter(self, device: str, *, taille: int, carnets: int, pot: str) -> str:
        """Grants a lot; the outcome."""
        if self._attend_les_postes():
            return "dotation_attend_les_postes"
        try:
            doter_poste(self.region, device, taille=taille, carnets=carnets, pot=pot, campagne=CAMPAGNE.numero)
        except SaisieRefusee as refus:
            return refus.code
        return "lot_accorde"

    def recharger(self) -> str:
        """The lots of a pot and size are topped up by themselves from now on, or no more."""
        if self._attend_les_postes():
            return "dotation_attend_les_postes"
        pot, taille = self.alea.choice((("general", 5), ("general", 10), ("lycee", 5)))
        carnets = self.alea.choice((0, 10 if pot == "general" else 2))
        with self.region.magasin.ecrire() as tx:
            regler_recharge(tx, Recharge(CAMPAGNE.numero, pot, taille, 1, carnets))
        return "recharge_reglee" if carnets else "recharge_arretee"

    def _attend_les_postes(self) -> bool:
        """True until each desk has been heard to its end since the Region was put back, or is a desk no more."""
        if self.en_attente:
            with self.region.magasin.lire() as tx:
                self.en_attente -= self.revoques | {
                    device
                    for (device,) in tx.toutes(
                        "SELECT device FROM poste WHERE etat <> 'actif' OR (vu_le >= ? AND NOT EXISTS "
                        "(SELECT 1 FROM journal j WHERE j.device = poste.device AND j.tete_seq > j.seq))",
                        int(lire_reglage(tx, "restauree_le") or b"0"),
                    )
                }
        return bool(self.en_attente)

    def arreter(self, device: str, geste: str | None = None) -> str:
        """The lots of a desk are frozen, called back, or let go on; drawn, unless one is meant."""
        geste = geste or self.alea.choice(("gele", "rappele", "relance"))
        try:
            if geste == "relance":
                relancer(self.region, device)
            else:
                rappeler(self.region, device, etat=geste)
        except SaisieRefusee as refus:
            return refus.code
        return f"lots_{geste}s"

    def publier(self) -> str:
        """A new trust bundle; its key is prolonged by the root when its 90 days are over."""
        try:
            publier(self.region)
        except SaisieRefusee:
            cles = renouveler(self.region.cles, self.racine, self.horloge.aujourdhui())
            self.region = replace(self.region, cles=cles)
            publier(self.region)
            return "publication_prolongee"
        return "liste_publiee"

    def clore(self) -> str:
        """Somebody closes an open case, or decides it; or thinks better of one that was decided."""
        ouverts = litiges(self.region)
        if not ouverts:
            return "aucun_litige"
        litige = self.alea.choice(ouverts).litige
        if self.avis.random() < 0.4:
            clore(self.region, litige)
            return "litige_clos"
        decision = self.avis.choice(DECISIONS)
        if self.avis.random() < 0.3:
            litige = self.avis.choice(litiges(self.region, tous=True)).litige
        try:
            trancher(self.region, litige, decision)
        except SaisieRefusee as refus:
            return refus.code
        return f"litige_{decision}"

    def revoquer(self, device: str) -> str:
        """A laptop is said to be stolen."""
        revoquer(self.region, device, vol=True)
        self.revoques.add(device)
        self.volees.add(self.ecoutes[device])
        return "poste_revoque"

    def retirer(self, device: str) -> str:
        """A desk is revoked by mistake."""
        revoquer(self.region, device, vol=False)
        return "poste_retire"

    def accepter(self, identifiant: str, suite: str | None, cle: bytes | None) -> None:
        """Somebody says yes to a computer that shows this request key, in the place of `suite`.

        Raises SaisieRefusee as `enrolement.accepter`.
        """
        if self.horloge.aujourdhui() > self.region.cles.lien_publication.dernier_jour:
            self.publier()
        poste = enrolement.accepter(self.region, identifiant, a_la_place_de=suite)
        if poste.device != suite or poste.cle_requete != cle:
            raise Violation("poste_meconnu", f"{poste} is accepted in the place of {suite}")
        self.ecoutes[poste.device] = poste.cle_requete
        self.revoques.discard(poste.device)

    def annuler(self) -> str:
        """Somebody voids a carnet of some lot, and may think better of it."""
        lot = self.temoin.lots[self.alea.choice(sorted(self.temoin.lots))]
        numero = self.alea.randint(lot.premier, lot.dernier)
        try:
            annuler_carnet(self.region, lot.campagne, numero)
        except SaisieRefusee as refus:
            return refus.code
        self.temoin.annules.add((lot.campagne, numero))
        if self.avis.random() < 0.7:
            return "carnet_annule_par_la_region"
        try:
            retablir_carnet(self.region, lot.campagne, numero)
        except SaisieRefusee as refus:
            return refus.code
        return "carnet_retabli"

    def ouvrir_une_autre_campagne(self) -> str:
        """Another campaign asks for the whole reserve of the lycéens: no."""
        autre = replace(CAMPAGNE, numero=CAMPAGNE.numero + self.campagnes, libelle="Campagne de plus")
        try:
            ouvrir_campagne(self.region, self.racine, autre, stock=100, reserve_lycee=4000)
        except SaisieRefusee as refus:
            return refus.code
        self.campagnes += 1
        return "campagne_ouverte"

    # -- its disk

    def copier(self) -> None:
        """A backup of the database."""
        copie = self.dossier.with_name(f"region-copie-{len(self.copies)}")
        copie.mkdir()
        self._seule()
        shutil.copy(self.dossier / FICHIERS[0], copie / FICHIERS[0])
        self.copies.append((copie, dict(self.ecoutes)))

    def remettre(self, devices: Sequence[str]) -> None:
        """The latest backup put back, under a new number of life; `devices`: those to hear before granting again."""
        self.fermer()
        for nom in FICHIERS:
            (self.dossier / nom).unlink(missing_ok=True)
        copie, ecoutes = self.copies[-1]
        shutil.copy(copie / FICHIERS[0], self.dossier / FICHIERS[0])
        self._ouvrir()
        self.ecoutes = dict(ecoutes)
        self.revoques = {device for device, cle in self.ecoutes.items() if cle in self.volees}
        self.vie += 1
        self.en_attente = set(devices)
        with self.region.magasin.ecrire() as tx:
            noter_restauration(tx, self.region.maintenant())
            # Drawn anew, which no replay would draw again.
            ecrire_reglage(tx, "server_epoch", ((1 << 52) + self.vie).to_bytes(8, "big"))
            for voulue in recharges(tx):
                regler_recharge(tx, replace(voulue, carnets=0))
            entendus = {device for (device,) in tx.toutes("SELECT device FROM poste WHERE etat = 'actif'")}
        for device in sorted(self.revoques & entendus):
            self.revoquer(device)
        self.en_attente -= self.revoques

    def _seule(self) -> None:
        """Every connection closed: SQLite folds what it holds into the one file."""
        self.magasin.fermer()
