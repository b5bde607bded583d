"""The Region put back to a backup: a new life, told to every desk, and nothing granted before they were heard.

What was granted since the backup is on paper and in the desks' logs, not here: its numbers are skipped, those of the
keys that sign it too, and its value is booked again as each desk sends its log (anchors: sync §2.9, decision 0076).
A lot that cannot be booked waits, and so does every grant, until a person looks.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass

from passdesk.domain.campagne import CARNETS_MAX, POTS, TAILLES
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs
from passdesk.protocol.evenements import CAMPAGNE_MAX, GENERATION_MAX, KID_MAX, NUMERO_MAX
from passdesk.server.contexte import Contexte
from passdesk.server.corps import lire_corps
from passdesk.server.limbes import annuler_les_rangs_en_trop, mettre_en_limbes, raison_de_reappris
from passdesk.server.lots import trouver_lot
from passdesk.server.magasin import (
    GENERATION_REGLEMENT,
    ORDRE,
    Transaction,
    avancer,
    dernier,
    ecrire_reglage,
    lire_reglage,
)
from passdesk.server.nullite import ATTEND, SANS_OBJET
from passdesk.server.region import SERVER_EPOCH, nouvelle_vie, server_epoch, vie_possible
from passdesk.server.settlement import entendre_les_dits

PART_ENTENDUE = 95
"""Percent of the active desks to hear before anything is granted again."""
NUMEROS_SAUTES = 100_000
"""Carnet numbers that a Region gives in a campaign between two backups, at least: its stock may have been raised since,
by as much as anyone decides, and the backup does not know. There are two million."""
CLES_SAUTEES = 256
"""Key numbers that a Region gives between two backups, at most: to desks that join, and to their new epochs."""
SUITES_SAUTEES = {ORDRE: 100_000, "generation": 100_000, GENERATION_REGLEMENT: 1_000}
"""The same of cases, which are named after the order of the world, of trust bundles and of règlements: whoever heard
of one goes by its number, and would take the new one for the old."""
_RESTAUREE = "restauree_le"
_DITE_PAR = "restauree_dite_par"
_REPRISE = "dotations_reprises"
"""Empty while desks are awaited; else up to which place in the order of the world a person passes over what waits."""
_NUMEROS_DITS = "numeros_dits"
_VIES_DITES = "vies_dites"
"""On whose word a life was begun since a person last said that the data were put back: by device, when (ms UTC), and
whether it said so again since."""


@dataclass(frozen=True, slots=True)
class Attente:
    """What a Region put back to a backup still waits for; nothing in one that never was.

    `envois`: the active desks whose log it did not hear to its end, none once it heard nearly all: until then it grants
    nothing, and publishes nothing by itself. `lots`: the acts (device, epoch, seq) that say a lot which it could not
    book, one is enough: until then it grants nothing. It publishes: those numbers are in no range that it knows.
    `vies`: the active desks that say again that the data were put back, one is enough: until a person looks it grants
    nothing. It publishes: what it would have forgotten, a later bundle says again; a number on paper stays there.
    """

    envois: frozenset[str]
    lots: frozenset[tuple[str, int, int]]
    dite_par: str = ""
    """The desk by whose word this Region knew that it was put back; "" when a person said so. That desk may lie."""
    vies: frozenset[str] = frozenset()

    @property
    def postes(self) -> frozenset[str]:
        """The desks of which nobody knows yet what they hold: while there is one, nothing is granted."""
        return self.envois | self.vies | {device for device, _, _ in self.lots}

    def faits(self) -> dict[str, object]:
        """The same for a program that watches: how many, what stops, and which command shows it. Nobody is named."""
        return {
            "postes_attendus": len(self.postes),
            "lots_en_attente": len(self.lots),
            "vies_redites": len(self.vies),
            "annonces_suspendues": bool(self.envois),
            "a_taper": f"passdesk region {'suspens' if self.lots or self.vies else 'postes'}",
        }


@dataclass(frozen=True, slots=True)
class LotDit:
    """A lot that an active desk says it was granted in a life that the Region forgot, and that it could not book: more
    than the stock, numbers beyond those skipped, or another's. `epoch`, `seq`: the act that says so."""

    device: str
    epoch: int
    seq: int
    campagne: int
    pot: str
    taille: int
    premier: int
    dernier: int


def noter_restauration(tx: Transaction, maintenant: int, dite_par: str = "", vie: int = 0) -> None:
    """Begins a new life of the server (`maintenant`: ms UTC): desks hear everything again and send what is missing.
    `dite_par`: the desk by whose word (`Attente`). `vie`: the one that it named, over from now on.

    Every number that can have been given since the backup is skipped: some may be on paper. So are those of keys, which
    are on paper too, and those that desks and places know an announcement or a règlement by.
    """
    ecrire_reglage(tx, SERVER_EPOCH, nouvelle_vie(maintenant, max(server_epoch(tx), vie)).to_bytes(8, "big"))
    ecrire_reglage(tx, _RESTAUREE, str(maintenant).encode())
    ecrire_reglage(tx, _DITE_PAR, dite_par.encode())
    ecrire_reglage(tx, _REPRISE, b"")
    _noter_les_vies(tx, {})
    for campagne, stock in tx.toutes("SELECT campagne, sum(stock) FROM pot GROUP BY campagne ORDER BY campagne"):
        _sauter_les_numeros(tx, int(campagne), int(stock))
    _sauter(tx, "kid", CLES_SAUTEES, KID_MAX)
    for nom, saut in SUITES_SAUTEES.items():
        _sauter(tx, nom, saut, GENERATION_MAX)


def commencer_les_numeros(tx: Transaction, campagne: int, stock: int) -> None:
    """Of a campaign that opens: in a Region once put back to a backup, it may have been open in the life forgotten."""
    if lire_reglage(tx, _RESTAUREE):
        _sauter_les_numeros(tx, campagne, stock)


def _sauter_les_numeros(tx: Transaction, campagne: int, stock: int) -> None:
    _sauter(tx, f"numero/{campagne}", max(stock // min(TAILLES), NUMEROS_SAUTES), NUMERO_MAX)


def _sauter(tx: Transaction, nom: str, saut: int, maximum: int) -> None:
    """Never more than half of what is left: a Region put back often still has numbers to give."""
    avancer(tx, nom, max(0, min(saut, (maximum - dernier(tx, nom)) // 2)))


def suite_attendue(tx: Transaction, device: str) -> bool:
    """True while a Region put back to a backup has not heard all of this desk's present epoch, whose end it signed."""
    if not lire_reglage(tx, _RESTAUREE) or lire_reglage(tx, _REPRISE):
        return False
    rangee = tx.une("SELECT seq, tete_seq FROM journal WHERE device = ? ORDER BY epoch DESC LIMIT 1", device)
    return rangee is not None and rangee[0] < rangee[1]


def numero_redit(tx: Transaction, device: str) -> int | None:
    """The number that this desk's key had in a life that the Region forgot: its lots since its last epoch say it.

    Only one that was given, that nobody has, and for the key that this epoch announced. None without such a lot:
    nothing was printed with that key.
    """
    rangee = tx.une(
        "SELECT max(l.kid) FROM lot l WHERE l.device = ? AND l.kid <= ? "
        "AND l.srv_seq > (SELECT max(o.srv_seq) FROM operation o WHERE o.device = ? AND o.type = 'poste.epoque') "
        "AND NOT EXISTS (SELECT 1 FROM poste p WHERE p.kid = l.kid) "
        "AND NOT EXISTS (SELECT 1 FROM cle_ancienne a WHERE a.kid = l.kid)",
        device,
        dernier(tx, "kid"),
        device,
    )
    return int(rangee[0]) if rangee and rangee[0] is not None else None


def dernier_instant(tx: Transaction) -> int | None:
    """Until when these data go (ms UTC): what was decided later is in none of them. None before anything happened."""
    rangee = tx.une(
        "SELECT max(quand) FROM (SELECT max(vu_le) AS quand FROM poste UNION ALL SELECT max(recu_le) FROM operation "
        "UNION ALL SELECT max(ouvert_le) FROM litige UNION ALL SELECT max(decide_le) FROM litige "
        "UNION ALL SELECT max(etat_le) FROM lot UNION ALL SELECT max(accorde_le) FROM lot) tous"
    )
    return int(rangee[0]) if rangee and rangee[0] else None


def dit_un_oubli(tx: Transaction, vie: int, cursor: int, maintenant: int) -> bool:
    """True of a desk that heard what this Region never said: farther in this life, or anything in a later one."""
    presente = server_epoch(tx)
    if vie == presente:
        return cursor > dernier(tx, ORDRE)
    return vie > presente and vie_possible(vie, maintenant)


def reconnaitre(tx: Transaction, device: str, vie: int, cursor: int, maintenant: int) -> bool:
    """True, and a new life, when this desk has heard what this Region never said: it was put back, and nobody told.
    `vie`, `cursor`: the life that it last heard of, and how far."""
    if not dit_un_oubli(tx, vie, cursor, maintenant):
        return False
    crus = {cru: (le, False) for cru, (le, _) in _vies_dites(tx).items()}
    noter_restauration(tx, maintenant, device, vie)
    _noter_les_vies(tx, {**crus, device: (maintenant, False)})
    return True


def deja_cru(tx: Transaction, device: str) -> bool:
    """True for a desk on whose word this Region began a life before: each one skips numbers, and they are not without
    end. It may be right, the data being put back once more: nothing is granted until a person, or another desk, says
    so, and numbers of keys, which desks get meanwhile, are skipped. Data put back to before it was believed forgot that
    they believed it."""
    crus = _vies_dites(tx)
    if device not in crus:
        return False
    le, redit = crus[device]
    if not redit:
        _noter_les_vies(tx, {**crus, device: (le, True)})
        # Once in a person's answer: as many as that ends no keys.
        _sauter(tx, "kid", CLES_SAUTEES, KID_MAX)
    return True


def vies_redites(tx: Transaction) -> dict[str, int]:
    """The active desks that say again that this Region was put back, and when (ms UTC) each was believed."""
    redites = {device: le for device, (le, redit) in _vies_dites(tx).items() if redit}
    actifs = tx.toutes("SELECT device FROM poste WHERE etat = 'actif'") if redites else []
    return {device: redites[device] for (device,) in actifs if device in redites}


def _vies_dites(tx: Transaction) -> dict[str, tuple[int, bool]]:
    lues = json.loads(lire_reglage(tx, _VIES_DITES) or b"{}")
    return {device: (le, redit) for device, (le, redit) in lues.items()}


def _noter_les_vies(tx: Transaction, vies: dict[str, tuple[int, bool]]) -> None:
    ecrire_reglage(tx, _VIES_DITES, json.dumps(vies).encode())


def postes_attendus(tx: Transaction) -> int:
    """How many active desks are still to be heard before grants; 0 when nothing is held back.

    A desk whose lot could not be booked was not heard either, and a single one is enough: its numbers may be on paper,
    and nobody else knows which they are.
    """
    return len(attente(tx).postes)


def attente(tx: Transaction) -> Attente:
    """What holds this Region back now."""
    reprise = lire_reglage(tx, _REPRISE) or b""
    lots = lots_non_comptes(tx, int(reprise) if reprise.isdigit() else 0)
    dite_par = (lire_reglage(tx, _DITE_PAR) or b"").decode()
    return Attente(envois_attendus(tx), frozenset(lots), dite_par, frozenset(vies_redites(tx)))


def envois_attendus(tx: Transaction) -> frozenset[str]:
    """The active desks to hear to the end of their log before this Region says anything by itself: what it would say
    forgets what they alone know. None once nearly all were heard, or a person passed over the others."""
    instant = lire_reglage(tx, _RESTAUREE)
    if not instant or lire_reglage(tx, _REPRISE):
        return frozenset()
    manquent = tx.toutes(
        "SELECT device FROM poste WHERE etat = 'actif' AND (vu_le < ? OR EXISTS "
        "(SELECT 1 FROM journal j WHERE j.device = poste.device AND j.tete_seq > j.seq))",
        int(instant),
    )
    actifs = tx.une("SELECT count(*) FROM poste WHERE etat = 'actif'")
    if not actifs or len(manquent) * 100 <= int(actifs[0]) * (100 - PART_ENTENDUE):
        return frozenset()
    return frozenset(str(device) for (device,) in manquent)


def lots_non_comptes(tx: Transaction, apres: int = 0) -> list[tuple[str, int, int]]:
    """The acts (device, epoch, seq) by which active desks say lots that could not be booked, whatever they say, in the
    order in which they came, after `apres` in the order of the world; none in a Region that was never put back."""
    if not lire_reglage(tx, _RESTAUREE):
        return []
    rangees = tx.toutes(
        "SELECT o.device, o.epoch, o.seq FROM operation o JOIN poste p ON p.device = o.device AND p.etat = 'actif' "
        "WHERE o.resultat = 'en_attente' AND o.type = 'lot.recevoir' AND o.srv_seq > ? ORDER BY o.srv_seq",
        apres,
    )
    return [(str(device), int(epoch), int(seq)) for device, epoch, seq in rangees]


def reprendre_les_dotations(tx: Transaction, cle_corps: bytes) -> None:
    """A person decides to grant again although desks are missing: what they hold may then exceed the stock.

    The numbers of the lots that wait are nobody else's from now on, and their desks are believed of them. `cle_corps`:
    under which bodies are kept.
    """
    dits = {*_tous_les_dits(tx), *((lot.campagne, lot.premier, lot.dernier) for lot in lots_dits(tx, cle_corps))}
    ecrire_reglage(tx, _NUMEROS_DITS, json.dumps(sorted(dits)).encode())
    ecrire_reglage(tx, _REPRISE, str(dernier(tx, ORDRE)).encode())
    _noter_les_vies(tx, {cru: (le, False) for cru, (le, _) in _vies_dites(tx).items()})


def lots_dits(tx: Transaction, cle_corps: bytes) -> tuple[LotDit, ...]:
    """What the acts of `lots_non_comptes` say, in their order: those that can be read, and no larger than any lot that
    was ever granted."""
    lus: list[LotDit] = []
    for device, epoch, seq in lots_non_comptes(tx):
        corps = lire_corps(tx, cle_corps, device, epoch, seq)
        with suppress(SaisieRefusee):
            contenu = Champs(canonique.decode(corps.octets if corps is not None else b""))
            campagne, pot, taille, premier, fin = _dit(contenu)
            if 0 <= fin - premier < CARNETS_MAX:
                lus.append(LotDit(device, epoch, seq, campagne, pot, taille, premier, fin))
    return tuple(lus)


def numeros_dits(tx: Transaction, campagne: int) -> tuple[tuple[int, int], ...]:
    """The numbers, first and last of each lot in order, that desks said they hold when a person decided to grant again:
    never granted to anybody."""
    return tuple((premier, fin) for numero, premier, fin in _tous_les_dits(tx) if numero == campagne)


def _tous_les_dits(tx: Transaction) -> list[tuple[int, int, int]]:
    return [(campagne, premier, fin) for campagne, premier, fin in json.loads(lire_reglage(tx, _NUMEROS_DITS) or b"[]")]


def _dit(contenu: Champs) -> tuple[int, str, int, int, int]:
    """Campaign, pot, size, first and last number of a lot, as its desk writes them."""
    return (
        contenu.entier("campagne", 0, CAMPAGNE_MAX),
        contenu.choix("pot", POTS),
        contenu.entier("taille", 5, 10),
        contenu.entier("premier", 1, NUMERO_MAX),
        contenu.entier("dernier", 1, NUMERO_MAX),
    )


def reapprendre_lot(contexte: Contexte, lot: str, contenu: Champs) -> None:
    """A lot that this Region gave in a life that it forgot: known again, and its value booked; in limbo when its desk
    was revoked since, or said stolen.

    Raises ValueError when it cannot be true, as far as this Region knows: numbers of another lot, or that were never
    given. It waits then, and while it does a Region that was put back grants nothing (`postes_attendus`). One that was
    never put back knows every number it gave.
    """
    tx = contexte.tx
    campagne, pot, taille, premier, fin = _dit(contenu)
    kid, bail = contenu.entier("kid", 0, KID_MAX), contenu.jour("bail_jusqu_au")
    pris = tx.une(
        "SELECT 1 FROM lot WHERE lot = ? OR (campagne = ? AND premier <= ? AND dernier >= ?) LIMIT 1",
        lot,
        campagne,
        fin,
        premier,
    )
    if pris is not None or taille not in TAILLES or not premier <= fin:
        raise ValueError("no such lot was granted")
    if fin > dernier(tx, f"numero/{campagne}") and (premier, fin) not in numeros_dits(tx, campagne):
        raise ValueError("numbers that were never given")
    tx.faire(
        "UPDATE pot SET accorde = accorde + ? WHERE campagne = ? AND pot = ?",
        taille * (fin - premier + 1),
        campagne,
        pot,
    )
    tx.faire(
        "INSERT INTO lot (lot, campagne, pot, taille, premier, dernier, device, kid, bail_jusqu_au, srv_seq) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        lot,
        campagne,
        pot,
        taille,
        premier,
        fin,
        contexte.device,
        kid,
        bail.isoformat(),
        contexte.srv_seq,
    )
    # What was void of it, when nobody knew that it was worth something.
    tx.faire(
        f"UPDATE attribution SET valeur_rendue = {ATTEND} WHERE campagne = ? AND carnet BETWEEN ? AND ? "  # noqa: S608
        f"AND device = ? AND valeur_rendue = {SANS_OBJET}",
        campagne,
        premier,
        fin,
        contexte.device,
    )
    entendre_les_dits(tx, contexte.device, campagne, premier, fin, contexte.maintenant)
    raison = raison_de_reappris(tx, contexte.device, kid, quitte=contexte.quitte)
    appris = trouver_lot(tx, lot) if raison else None
    if raison and appris:
        # Nobody will award from it, and whoever has that computer must not either.
        mettre_en_limbes(tx, appris, raison, contexte.maintenant)
        if raison == "vole":
            annuler_les_rangs_en_trop(tx, appris)
