"""What must hold after every step, and what must be equal once the faults stop (protocol §2 to §5, mission, never)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.etat import TYPES_INDEX
from passdesk.protocol.evenements import lire_evenement
from passdesk.protocol.index_renouvele import cle_renouvelee
from passdesk.protocol.operations import HASH_RACINE
from passdesk.server.corps import decrypt
from passdesk.server.magasin import Transaction, dernier
from passdesk.server.publication import confiance
from passdesk.server.region import server_epoch
from passdesk.services.etat_region import ecart_depuis
from passdesk.storage import cle_pass, envoi, index_regional
from passdesk.storage import poste as identite
from passdesk.storage.engine import Base
from passdesk.storage.integrite import verifier_base
from passdesk.storage.lecture import lignes
from tests.simulation.guichet import Guichet
from tests.simulation.modele import RESERVE, STOCK
from tests.simulation.temoin import LotAccorde, Temoin, Violation, nomme, suit

if TYPE_CHECKING:
    from tests.simulation.monde import Monde

RENDUS = ("annule", "gache")
PLAFOND = 10
RESERVE_TOTALE = 4000
STOCKS = {"general": STOCK, "lycee": RESERVE}


def compte(etat: str, remis: int) -> bool:
    """True for a carnet that the person had, or may still have."""
    return etat not in RENDUS and (etat != "retourne" or bool(remis))


def _donnes(tx: Transaction) -> dict[tuple[int, int], str]:
    """The device of each number given."""
    return {
        (campagne, numero): device
        for campagne, premier, fin, device in tx.toutes("SELECT campagne, premier, dernier, device FROM lot")
        for numero in range(premier, fin + 1)
    }


@dataclass(slots=True)
class JugeRegion:
    """The Region's tables, read after each of its transactions. What it holds of each log, for this life of it."""

    temoin: Temoin
    journaux: dict[tuple[str, int], tuple[int, bytes]] = field(default_factory=dict)
    places: dict[tuple[str, int, int], bytes] = field(default_factory=dict)
    connus: set[bytes] = field(default_factory=set)
    """Acts that the Region holds, in a log or aside."""
    entendus: dict[bytes, int] = field(default_factory=dict)
    """Acts that the Region ever took in a log, whatever it forgot since, with their rank."""
    annules: set[tuple[int, int]] = field(default_factory=set)
    """Numbers that its void list ever held as voided before hand-over, whatever it forgot since."""
    revoques: set[str] = field(default_factory=set)
    """Devices that were revoked when it was last read."""
    limbes: set[tuple[int, int]] = field(default_factory=set)
    """Numbers that were void in whole for want of an answer when it was last read."""
    vu: tuple[int, int] = (-1, -1)
    _relire: int = 0

    def oublier(self) -> None:
        """The Region was put back: its logs are read anew."""
        self.journaux.clear()
        self.places.clear()
        self.connus.clear()
        self.revoques.clear()
        self.vu = (-1, -1)

    def juger(self, tx: Transaction) -> bool:
        """Raises Violation. False when nothing changed since the last time."""
        (apart,) = tx.une("SELECT coalesce(max(numero), 0) FROM quarantaine") or (0,)
        vu = (dernier(tx, "srv_seq"), int(apart))
        if vu == self.vu:
            return False
        depuis = self.vu[0]
        self._lots(tx, depuis)
        self._journaux(tx, depuis)
        self._dits(tx, depuis)
        if vu[1] != self.vu[1]:
            self.connus |= {bytes(h) for (h,) in tx.toutes("SELECT empreinte FROM quarantaine")}
        self.vu = vu
        self._attributions(tx, depuis)
        self._pots(tx, depuis)
        self._blocages(tx)
        self._nuls(tx)
        self._revocations(tx)
        self._effacements(tx)
        self._relire += 1
        if self._relire % 25 == 0:
            self.relire(tx)
        return True

    def _lots(self, tx: Transaction, depuis: int) -> None:
        """Numbers are given once, whatever the Region remembers."""
        for lot, *champs in tx.toutes(
            "SELECT lot, device, campagne, pot, taille, premier, dernier FROM lot WHERE srv_seq > ?", depuis
        ):
            self.temoin.noter_lot(lot, LotAccorde(*champs))
        self.temoin.repris = {lot for (lot,) in tx.toutes("SELECT lot FROM lot WHERE rendu = 1")}

    def _journaux(self, tx: Transaction, depuis: int) -> None:
        """Each act follows the one before it in its log; a place is filled once."""
        # Linked again, a desk is heard again.
        muets = self.revoques & {device for (device,) in tx.toutes("SELECT device FROM poste WHERE etat = 'revoque'")}
        for device, epoch, seq, hash_, entete in tx.toutes(
            "SELECT device, epoch, seq, hash, entete FROM operation WHERE srv_seq > ? ORDER BY srv_seq", depuis
        ):
            avant = self.journaux.get((device, epoch), (0, HASH_RACINE))
            if device in muets:
                raise Violation("revoque_entendu", f"{device} {epoch}/{seq} is in the log after its revocation")
            if seq != avant[0] + 1 or not suit(avant[1], bytes(entete), bytes(hash_)):
                raise Violation("chaine_de_la_region", f"{device} {epoch}/{seq} does not follow {avant[0]}")
            self.journaux[(device, epoch)] = (seq, bytes(hash_))
            self.places[(device, epoch, seq)] = hashlib.sha256(hash_ + entete).digest()
            self.connus.add(bytes(hash_))
            self.entendus.setdefault(bytes(hash_), len(self.entendus))

    def _dits(self, tx: Transaction, depuis: int) -> None:
        """A desk can read whatever it is told."""
        for srv_seq, type_, octets in tx.toutes(
            "SELECT srv_seq, type, octets FROM evenement WHERE srv_seq > ?", depuis
        ):
            try:
                lire_evenement(type_, octets)
            except SaisieRefusee as refus:
                raise Violation("evenement_illisible", f"{type_} {srv_seq}: {refus.faits}") from None

    def relire(self, tx: Transaction) -> None:
        """Acts received are as they were received."""
        lus = tx.toutes("SELECT device, epoch, seq, hash, entete FROM operation")
        if len(lus) != len(self.places):
            raise Violation("acte_disparu", f"{len(self.places)} received, {len(lus)} there")
        for device, epoch, seq, hash_, entete in lus:
            if self.places[(device, epoch, seq)] != hashlib.sha256(hash_ + entete).digest():
                raise Violation("acte_change", f"{device} {epoch}/{seq}")

    def _attributions(self, tx: Transaction, depuis: int) -> None:
        """A number has one live award and a person ten pass, or a case says so already."""
        sql = "SELECT campagne, carnet, rangs FROM nul WHERE raison = 'litige'"
        blocages = {(campagne, carnet): rangs for campagne, carnet, rangs in tx.toutes(sql)}
        vifs: dict[tuple[int, int], int] = {}
        comptes: list[tuple[tuple[int, int], bytes, int, bool]] = []
        suites: dict[tuple[int, int], tuple[tuple[int, int], bool]] = {}
        rangees = tx.toutes("SELECT campagne, carnet, device, cle, taille, etat, remis, remplace FROM attribution")
        donnes = _donnes(tx)
        for campagne, carnet, device, cle, taille, etat, remis, remplace in rangees:
            # Of a number that is not its own to award, no place takes the paper: a case says so, seen to below.
            if not compte(etat, remis) or donnes.get((campagne, carnet)) != device:
                continue
            if etat == "en_vigueur":
                vifs[(campagne, carnet)] = vifs.get((campagne, carnet), 0) + 1
            if remplace is None:
                comptes.append(((campagne, carnet), cle, taille, etat == "en_vigueur"))
            elif (campagne, remplace) in suites and not self._litige_sur(tx, (campagne, remplace)):
                raise Violation("remplace_deux_fois", f"{campagne}/{remplace} is replaced twice")
            else:
                suites[(campagne, remplace)] = ((campagne, carnet), etat == "en_vigueur")
        totaux: dict[bytes, int] = {}
        encore: set[bytes] = set()
        for numero, cle, taille, vif in comptes:
            # What was replaced counts once, where it stood, less what is blocked of the paper that came last.
            while numero in suites:
                numero, vif = suites[numero]
            restent = taille - min(taille, int(blocages.get(numero, 0)).bit_count())
            totaux[cle] = totaux.get(cle, 0) + restent
            # Its own state: a number said twice may be good for somebody else.
            if vif and restent:
                encore.add(cle)
        for campagne, carnet, device in tx.toutes(
            "SELECT campagne, carnet, device FROM attribution WHERE srv_seq > ?", depuis
        ):
            sien = any(lot.device == device for _, lot in self.temoin.lot_de((campagne, carnet)))
            if not sien and not self._litige_sur(tx, (campagne, carnet)):
                raise Violation("hors_lot_admis", f"{device} awards {campagne}/{carnet} of no lot of its own: no case")
        for numero, combien in vifs.items():
            if combien > 1 and not self._litige_sur(tx, numero):
                raise Violation("numero_en_double", f"{numero} has {combien} live awards and no case")
        for cle, total in totaux.items():
            admis = self._admis(tx, cle) if total > PLAFOND else 0
            if total <= PLAFOND + admis:
                continue
            # What is lost, stolen or returned is void already: there is nothing more to block of it.
            if cle in encore:
                raise Violation("plafond", f"{total} pass for one person, {admis} admitted above 10")
            if tx.une("SELECT 1 FROM litige WHERE cle = ? AND genre = 'plafond'", cle) is None:
                raise Violation("plafond_tu", f"{total} pass for one person and no case")

    def _litige_sur(self, tx: Transaction, numero: tuple[int, int]) -> bool:
        sql = (
            "SELECT 1 FROM litige_carnet c JOIN litige l ON l.litige = c.litige WHERE c.campagne = ? AND c.carnet = ? "
            "AND l.genre IN ('numero_double', 'fourche', 'hors_lot')"
        )
        return tx.une(sql, *numero) is not None

    def _admis(self, tx: Transaction, cle: bytes) -> int:
        """What people let stand by closing cases."""
        rangee = tx.une(
            "SELECT sum(excedent) FROM litige WHERE cle = ? AND genre = 'plafond' AND etat = 'clos' AND repris = 0 "
            "AND separe_le IS NULL AND decision NOT IN ('meme_personne', 'fraude')",
            cle,
        )
        return int(rangee[0] or 0) if rangee else 0

    def _pots(self, tx: Transaction, depuis: int) -> None:
        """granted − returned ≤ stock; the lycéens' reserve is at most 4 000 for all campaigns together."""
        for campagne, pot, stock, accorde, rendu in tx.toutes("SELECT campagne, pot, stock, accorde, rendu FROM pot"):
            if accorde - rendu > stock or rendu > accorde:
                raise Violation("stock", f"campaign {campagne}, {pot}: {accorde} granted, {rendu} returned of {stock}")
            # A number is worth what was granted, once, to the device that it was granted to.
            vides = tx.une(
                "SELECT coalesce(sum(taille), 0) FROM (SELECT DISTINCT a.carnet, l.taille FROM lot l "
                "JOIN attribution a ON a.device = l.device AND a.campagne = l.campagne "
                "AND a.carnet BETWEEN l.premier AND l.dernier "
                "WHERE l.campagne = ? AND l.pot = ? AND (a.etat IN ('annule', 'gache') "
                "OR (a.etat = 'retourne' AND a.remis = 0))) v",
                campagne,
                pot,
            )
            lots = tx.une("SELECT coalesce(sum(valeur), 0) FROM lot WHERE campagne = ? AND pot = ?", campagne, pot)
            if rendu > (vides or (0,))[0] + (lots or (0,))[0]:
                raise Violation("valeur", f"campaign {campagne}, {pot}: {rendu} returned, {vides} void, {lots} of lots")
        # A number that a fork brought to light is on paper: its value was taken back, as far as there was any left.
        trop = tx.toutes(
            "SELECT l.lot, l.valeur, p.stock - p.accorde + p.rendu FROM lot l "
            "JOIN pot p ON p.campagne = l.campagne AND p.pot = l.pot "
            "WHERE l.valeur > l.taille * (l.dernier - l.premier + 1 - (SELECT count(DISTINCT c.carnet) "
            "FROM litige_carnet c JOIN litige f ON f.litige = c.litige WHERE f.genre = 'fourche' AND f.srv_seq > ? "
            "AND c.campagne = l.campagne AND c.carnet BETWEEN l.premier AND l.dernier))",
            depuis,
        )
        for lot, valeur, libres in trop:
            if libres > 0:
                raise Violation("valeur_d_une_fourche", f"{lot}: {valeur} returned, {libres} left in its pot")
        (reserve,) = tx.une("SELECT coalesce(sum(stock), 0) FROM pot WHERE pot = 'lycee'") or (0,)
        if reserve > RESERVE_TOTALE:
            raise Violation("reserve", f"{reserve} pass are set apart for lycéens")

    def _blocages(self, tx: Transaction) -> None:
        """What is void for a case is what cases that stand blocked; after a fraud, whole carnets are."""
        sql = "SELECT campagne, carnet, rangs FROM nul WHERE raison = 'litige'"
        nuls = {(campagne, carnet): int(rangs) for campagne, carnet, rangs in tx.toutes(sql)}
        self.annules |= set(tx.toutes("SELECT campagne, carnet FROM nul WHERE raison = 'annule'"))
        tenus: dict[tuple[int, int], int] = {}
        donnes = _donnes(tx)
        for campagne, carnet, device, rangs, decision, genre, etat in tx.toutes(
            "SELECT c.campagne, c.carnet, c.device, c.rangs, l.decision, l.genre, l.etat FROM litige_carnet c "
            "JOIN litige l ON l.litige = c.litige"
        ):
            numero = (campagne, carnet)
            if donnes.get(numero) != device:
                if rangs:
                    raise Violation("bloque_par_un_autre", f"{numero} is blocked for what {device} said")
                continue
            if etat == "ouvert" or decision in ("meme_personne", "fraude"):
                tenus[numero] = tenus.get(numero, 0) | int(rangs)
            if decision == "fraude" and (rangs or genre != "plafond"):
                for (taille,) in tx.toutes("SELECT taille FROM attribution WHERE campagne = ? AND carnet = ?", *numero):
                    if nuls.get(numero, 0) & (1 << taille) - 1 != (1 << taille) - 1:
                        raise Violation("fraude", f"{numero} was said to be a fraud and is good in part")
        # A paper that replaces another is blocked as that one was, whatever becomes of its case.
        remplacants = set(tx.toutes("SELECT campagne, carnet FROM attribution WHERE remplace IS NOT NULL"))
        for numero in (nuls.keys() | tenus.keys()) - remplacants:
            if nuls.get(numero, 0) != tenus.get(numero, 0):
                raise Violation("blocage", f"{numero}: {nuls.get(numero, 0)} void, cases say {tenus.get(numero, 0)}")

    def _nuls(self, tx: Transaction) -> None:
        """A carnet is void by its own desk's word, by that of the Region's people, or because its desk is gone, until
        that one is back and answers for it."""
        for campagne, carnet, raison in tx.toutes(
            "SELECT n.campagne, n.carnet, n.raison FROM nul n LEFT JOIN lot l ON l.campagne = n.campagne "
            "AND n.carnet BETWEEN l.premier AND l.dernier LEFT JOIN poste p ON p.device = l.device "
            "WHERE n.raison <> 'litige' AND (l.lot IS NULL OR (l.etat <> 'limbes' AND p.etat = 'actif' "
            "AND NOT EXISTS (SELECT 1 FROM attribution a WHERE a.campagne = n.campagne AND a.carnet = n.carnet "
            "AND a.device = l.device AND a.etat <> 'en_vigueur'))) "
            # The ranks above a carnet of 5 whose desk, said stolen, goes on elsewhere: its first key could sign them.
            "AND NOT (n.raison = 'vole' AND n.rangs & 31 = 0 AND p.vole_avant > 0)"
        ):
            if (campagne, carnet) not in self.temoin.annules:
                raise Violation("annule_par_un_autre", f"{campagne}/{carnet} is void ({raison}): not by its own desk")
        for campagne, carnet in tx.toutes(
            "SELECT n.campagne, n.carnet FROM nul n "
            "JOIN lot l ON l.campagne = n.campagne AND n.carnet BETWEEN l.premier AND l.dernier "
            "JOIN attribution a ON a.campagne = n.campagne AND a.carnet = n.carnet AND a.device = l.device "
            "WHERE n.limbes = 1 AND a.etat = 'en_vigueur' AND l.valeur IS NULL"
        ):
            raise Violation("nul_sans_raison", f"{campagne}/{carnet} is void for want of a desk, which says it gave it")

    def _revocations(self, tx: Transaction) -> None:
        """Of a laptop revoked, every number that was not heard of is void; linked again, it awards none of them either,
        and their value comes back all the same."""
        self.revoques = {device for (device,) in tx.toutes("SELECT device FROM poste WHERE etat = 'revoque'")}
        for lot, campagne, premier, fin, valeur in tx.toutes(
            "SELECT l.lot, l.campagne, l.premier, l.dernier, l.valeur FROM lot l JOIN poste p ON p.device = l.device "
            "WHERE l.etat = 'limbes' OR (p.etat = 'revoque' AND l.valeur IS NULL)"
        ):
            bornes = (campagne, premier, fin)
            connus = {
                numero
                for (numero,) in tx.toutes(
                    "SELECT carnet FROM nul WHERE campagne = ? AND carnet BETWEEN ? AND ? AND rangs = 1023 UNION "
                    "SELECT carnet FROM attribution WHERE campagne = ? AND carnet BETWEEN ? AND ? UNION "
                    "SELECT carnet FROM litige_carnet WHERE campagne = ? AND carnet BETWEEN ? AND ?",
                    *bornes * 3,
                )
            }
            if len(connus) != fin - premier + 1:
                raise Violation(
                    "numeros_d_un_vole", f"{lot}: {fin - premier + 1} numbers, {sorted(connus)} void or known"
                )
            if valeur is not None:
                self.temoin.perdus.add(lot)
        self.limbes = set(tx.toutes("SELECT campagne, carnet FROM nul WHERE limbes = 1 AND rangs = 1023"))

    def _effacements(self, tx: Transaction) -> None:
        """No body that names somebody is left from before their erasure."""
        restes = tx.toutes(
            "SELECT o.type, o.device, o.seq FROM operation e JOIN operation o ON o.device = e.device "
            "AND o.sujet = e.sujet AND o.srv_seq < e.srv_seq JOIN corps c ON c.device = o.device AND c.epoch = o.epoch "
            "AND c.seq = o.seq WHERE e.type = 'personne.effacer' AND e.resultat <> 'en_attente'"
        )
        for type_, device, seq in restes:
            if nomme(type_):
                raise Violation("corps_efface", f"the body of {device} {seq} ({type_}) is still there")


def juger_la_valeur(monde: Monde) -> None:
    """What may be on paper, or still be printed, is worth no more than the pots hold, whoever forgot what."""
    temoin, connus = monde.temoin, monde.juge.connus
    engage: dict[str, int] = dict.fromkeys(STOCKS, 0)
    for lot_id, lot in temoin.lots.items():
        # Of a lot given back, what was awarded by then; later, by a laptop put back to an earlier day, a case says so.
        engages = temoin.ferme(lot_id, monde.juge.entendus)
        if lot_id in temoin.perdus:
            # What a revoked laptop had left is void in every list, for long enough; said later still, it stays void.
            dits = {n for n, hashes in temoin.numeros.items() if any(h in connus for h in hashes)}
            engages = frozenset(dits - monde.juge.limbes)
        for numero in range(lot.premier, lot.dernier + 1):
            if engages is not None and (lot.campagne, numero) not in engages:
                continue
            # Void by an act that the Region took in a log, and in its list: worth nothing, whoever else awarded it from
            # another copy of the laptop; a case names them both. A void that it never heard gives nothing back.
            vides = temoin.vides.get((lot.campagne, numero), [])
            if (lot.campagne, numero) in monde.juge.annules and any(h in monde.juge.entendus for h in vides):
                continue
            engage[lot.pot] += lot.taille
    for pot, stock in STOCKS.items():
        if engage[pot] > stock:
            raise Violation("stock_au_dehors", f"{engage[pot]} pass of {pot} are out for a stock of {stock}")


def juger_un_echange(monde: Monde, guichet: Guichet) -> None:
    """What a desk believes after an exchange: its acts are there, its cursor passed nothing that it was not told."""
    base = guichet.ouvrir().base
    etat = envoi.etat(base)
    with monde.region.region.magasin.lire() as tx:
        if etat.server_epoch != server_epoch(tx):
            return
        dits = tx.toutes(
            "SELECT srv_seq, type, octets FROM evenement WHERE srv_seq <= ? AND (device IS NULL OR device = ?) "
            "AND type IN ('index.ajout', 'index.ajout_renouvele', 'litige.ouvert', 'lot.attribue')",
            etat.cursor,
            guichet.device,
        )
        if etat.cursor > dernier(tx, "srv_seq"):
            raise Violation("curseur", f"{guichet.nom} is at {etat.cursor}, beyond the Region")
    acquis = lignes(base, "SELECT hash FROM operation WHERE (epoch, seq) <= (?, ?)", [etat.acked_epoch, etat.acked_seq])
    if any(ligne["hash"] not in monde.juge.connus for ligne in acquis):
        raise Violation("acquit", f"{guichet.nom} believes that the Region has what it has not")
    liste = _liste(base)
    if _plus_ancienne(liste, guichet.liste):
        raise Violation("liste_qui_recule", f"{guichet.nom} had list {guichet.liste}, has {liste}")
    guichet.liste = liste
    index = {ligne["srv_seq"] for ligne in lignes(base, "SELECT srv_seq FROM index_regional", [])}
    cas = {ligne["litige_id"] for ligne in lignes(base, "SELECT litige_id FROM litige", [])}
    lots = {ligne["lot_id"] for ligne in lignes(base, "SELECT lot_id FROM lot", [])}
    laisse = guichet.recule or guichet.jumeau
    for srv_seq, type_, octets in dits:
        contenu = canonique.decode(octets)
        dit = (
            srv_seq in index
            if type_ in TYPES_INDEX
            else contenu["litige"] in cas
            if type_ == "litige.ouvert"
            else laisse or contenu["lot"] in lots
        )
        if not dit:
            raise Violation("evenement_saute", f"{guichet.nom} passed {type_} {srv_seq}")


def juger_la_fin(monde: Monde, *, a_fond: bool) -> None:
    """Faults are over and everybody has exchanged: nothing is lost, nothing is twice, both sides say the same."""
    temoin = monde.temoin
    with monde.region.region.magasin.lire() as tx:
        monde.juge.relire(tx)
        _tout_est_arrive(monde, tx)
        _doubles_signales(monde, tx)
        _personne_ne_revient(monde, tx)
        for guichet in monde.guichets:
            if not monde.revoque(guichet):
                _meme_etat(monde, tx, guichet)
    juger_la_valeur(monde)
    for guichet in monde.guichets:
        base = guichet.ouvrir().base
        fautes = verifier_base(base) if a_fond else ()
        if fautes:
            raise Violation("base_du_poste", f"{guichet.nom}: {fautes}")
        for device, sujet in temoin.effaces():
            sql = "SELECT 1 FROM personne WHERE personne_id = ? AND efface = 0"
            # A stolen laptop is told nothing any more: put back to the day before, or copied and its twin alone erased.
            siennes = "SELECT 1 FROM operation WHERE type = 'personne.effacer' AND subject_id = ?"
            sourd = monde.revoque(guichet) and not lignes(base, siennes, [sujet])
            if device == guichet.device and not sourd and lignes(base, sql, [sujet]):
                raise Violation("revenu_au_poste", f"{guichet.nom} still tells of {sujet}")


def _tout_est_arrive(monde: Monde, tx: Transaction) -> None:
    places: dict[bytes, int] = {}
    for (hash_,) in tx.toutes(
        "SELECT hash FROM operation UNION ALL SELECT empreinte FROM quarantaine WHERE raison = 'fourche'"
    ):
        places[bytes(hash_)] = places.get(bytes(hash_), 0) + 1
    for hash_, acte in monde.temoin.actes.items():
        combien = places.get(hash_, 0)
        perdu = hash_ in monde.temoin.emportes or acte.device in monde.region.revoques
        if combien > 1 or (combien == 0 and not perdu):
            raise Violation("acte_perdu" if combien == 0 else "acte_double", f"{acte}: {combien} times at the Region")


def _doubles_signales(monde: Monde, tx: Transaction) -> None:
    """A number awarded by two acts that the Region has: it says so in a case."""
    for (campagne, carnet), actes in monde.temoin.numeros.items():
        if sum(hash_ in monde.juge.connus for hash_ in actes) < 2:
            continue
        sql = (
            "SELECT 1 FROM litige_carnet c JOIN litige l ON l.litige = c.litige WHERE c.campagne = ? AND c.carnet = ? "
            "AND l.genre IN ('numero_double', 'fourche')"
        )
        if tx.une(sql, campagne, carnet) is None:
            raise Violation("double_tu", f"{campagne}/{carnet} was awarded twice and no case says so")


def _personne_ne_revient(monde: Monde, tx: Transaction) -> None:
    cle = monde.region.region.cles.corps
    for device, sujet in monde.temoin.effaces():
        if device in monde.region.revoques:
            continue
        corps = tx.toutes(
            "SELECT o.type FROM operation o JOIN corps c ON c.device = o.device AND c.epoch = o.epoch AND "
            "c.seq = o.seq WHERE o.device = ? AND o.sujet = ?",
            device,
            sujet,
        )
        if any(nomme(type_) for (type_,) in corps):
            raise Violation("revenu_a_la_region", f"{device}: a body of {sujet} is there")
        sql = "SELECT epoch, seq, scelle FROM quarantaine WHERE device = ? AND raison = 'fourche'"
        for epoch, seq, scelle in tx.toutes(sql, device):
            _, entete, contenu = canonique.decode(decrypt(cle, scelle, device, epoch, seq))
            champs = canonique.decode(entete)
            if contenu is not None and champs[6] == sujet and nomme(champs[3]):
                raise Violation("revenu_a_part", f"{device}: a body of {sujet} is kept aside")


def _meme_etat(monde: Monde, tx: Transaction, guichet: Guichet) -> None:
    """The digests of what both sides hold: index, cases, blocks, carnets, lots, bundle."""
    base = guichet.ouvrir().base
    dits = tx.toutes("SELECT srv_seq, device, type, octets FROM evenement ORDER BY srv_seq")
    ajouts = [ajout for type_ in TYPES_INDEX for ajout in _contenus(dits, guichet, type_)]
    attendu = sorted((srv_seq, bytes(c["cle"]), c["pass"]) for srv_seq, c in ajouts)
    tenu = sorted(
        (x["srv_seq"], x["cle"], x["pass"])
        for x in lignes(base, "SELECT srv_seq, cle, pass FROM index_regional WHERE srv_seq > 0", [])
    )
    # Put back to before a theft, the Region goes by keys of before; a desk brings them up to those that it knows.
    suite = index_regional.suite(base)
    versions = {srv_seq: int(str(c.get("version", 1))) for srv_seq, c in ajouts}
    dites = [(srv_seq, cle_renouvelee(cle, suite[versions[srv_seq] - 1 :]), n) for srv_seq, cle, n in attendu]
    _egal(guichet, "index", dites, tenu)
    if ecart_depuis(base) is not None:
        raise Violation("etats_differents", f"{guichet.nom} still has another digest: it hears all again each day")
    totaux: dict[bytes, int] = {}
    for _, cle, combien in attendu:
        totaux[cle] = totaux.get(cle, 0) + combien
    vrais: dict[bytes, int] = {}
    for cle, taille, etat, remis, remplace in tx.toutes("SELECT cle, taille, etat, remis, remplace FROM attribution"):
        if len(cle) == 16 and compte(etat, remis) and remplace is None:
            vrais[bytes(cle)] = vrais.get(bytes(cle), 0) + taille
    _egal(guichet, "index_et_attributions", {c: n for c, n in totaux.items() if n}, vrais)
    cas = {c["litige"] for _, c in _contenus(dits, guichet, "litige.ouvert")}
    _egal(guichet, "litiges", cas - {x["litige_id"] for x in lignes(base, "SELECT litige_id FROM litige", [])}, set())
    blocs: dict[tuple[int, int, str], list[int]] = {}
    for _, c in _contenus(dits, guichet, "carnet.bloque"):
        blocs[(c["campagne"], c["carnet"], c["raison"])] = list(c["rangs"])
    tenus = {
        (x["campagne"], x["numero"], x["raison"]): json.loads(x["rangs"])
        for x in lignes(base, "SELECT campagne, numero, raison, rangs FROM carnet_bloque", [])
    }
    if monde.region.vie == 1:
        _egal(guichet, "blocages", {k: v for k, v in blocs.items() if v}, tenus)
    if not (guichet.recule or guichet.jumeau):
        _memes_carnets(tx, guichet)
    if not guichet.jumeau:
        # Lots are granted for that key: a desk that signs with another takes none. Unless both wait for the same one to
        # be certified, by a publication key whose days are over.
        kid, annoncee = tx.une("SELECT kid, cle_annoncee FROM poste WHERE device = ?", guichet.device) or (0, None)
        if annoncee is None or annoncee != cle_pass.cle_annoncee(base):
            _egal(guichet, "cle", str(kid), identite.lire_texte(base, "kid"))
    if _plus_ancienne(_liste(base), _lue(confiance(tx), monde.region.region.cles.racine)):
        raise Violation("liste_ancienne", f"{guichet.nom} holds an older list than the Region's")


def _liste(base: Base) -> tuple[int, date]:
    """Generation and day of the trust list that the desk holds."""
    racine, octets = identite.lire_octets(base, "racine"), identite.lire_octets(base, "confiance")
    if racine is None or octets is None:
        return 0, date.min
    return _lue(octets, racine)


@lru_cache(maxsize=16)
def _lue(octets: bytes, racine: bytes) -> tuple[int, date]:
    """Generation and day of a list; every desk is asked for its own after each exchange, and most hold the same."""
    lue = lire_confiance(octets, racine)
    return lue.generation, lue.faite_le


def _plus_ancienne(une: tuple[int, date], autre: tuple[int, date]) -> bool:
    """A Region put back to a backup counts again from a lower number, on a later day."""
    return une[0] < autre[0] and une[1] <= autre[1]


def _memes_carnets(tx: Transaction, guichet: Guichet) -> None:
    la_bas = {
        (c, n): (etat, bool(remis))
        for c, n, etat, remis in tx.toutes(
            "SELECT campagne, carnet, etat, remis FROM attribution WHERE device = ?", guichet.device
        )
    }
    ici = {}
    for x in lignes(guichet.ouvrir().base, "SELECT campagne, numero, etat, remis_le FROM carnet", []):
        etat = x["etat"] if x["etat"] in ("annule", "gache", "perdu", "vole", "retourne") else "en_vigueur"
        ici[(x["campagne"], x["numero"])] = (etat, x["remis_le"] is not None)
    _egal(guichet, "carnets", la_bas, ici)


def _contenus(dits: list[tuple[object, ...]], guichet: Guichet, type_: str) -> list[tuple[int, dict[str, object]]]:
    return [
        (srv_seq, canonique.decode(octets))  # type: ignore[arg-type, misc]
        for srv_seq, device, genre, octets in dits
        if genre == type_ and device in (None, guichet.device)
    ]


def _egal(guichet: Guichet, quoi: str, region: object, poste: object) -> None:
    if region != poste:
        raise Violation("etats_differents", f"{guichet.nom}, {quoi}: the Region has {region}, the desk {poste}")
