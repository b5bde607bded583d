"""Cases: what people have to look at, opened in the transaction that made them necessary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from passdesk.protocol.evenements import CONCERNES_MAX, EXCEDENT_MAX, CarnetBloque, LitigeOuvert, LitigeTranche
from passdesk.server.diffusion import diffuser
from passdesk.server.magasin import Transaction, prochain
from passdesk.server.nullite import annuler, bits, lever, rangs, rangs_nuls

CLOS = "clos"
"""What the desks are told of a case closed without a decision: it blocks nothing any more."""


@dataclass(frozen=True, slots=True)
class Concerne:
    """A carnet of a case, the device that awarded it, the person's id at that device, the ranks just blocked (bits)."""

    campagne: int
    carnet: int
    device: str
    sujet: str | None
    rangs: int = 0


@dataclass(frozen=True, slots=True)
class CarnetEnLitige:
    """A carnet of a case as people read it. `rangs`: the ranks that this case blocked."""

    campagne: int
    carnet: int
    poste: str
    sujet: str | None
    rangs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Litige:
    """A case. `genre`: plafond, hors_lot, numero_double or fourche; `ouvert_le` and `separe_le` in ms UTC.

    `homonyme`: the reason's code when a desk said that two persons share the identity; `excedent` may then be 0.
    `homonyme_retire`: the reason's code when the desk took that back; `repris`: the case was closed on that word, and
    admits nothing any more.
    `separe_le`: when the Region heard that the merge it came from was undone, None for most.
    `decision`: what a person decided (`trancher.DECISIONS`), "" before; `decide_le` in ms UTC.
    """

    litige: str
    genre: str
    campagne: int
    excedent: int
    etat: str
    ouvert_le: int
    carnets: tuple[CarnetEnLitige, ...]
    homonyme: str = ""
    homonyme_retire: str = ""
    repris: bool = False
    separe_le: int | None = None
    decision: str = ""
    decide_le: int | None = None


def ouvrir_litige(
    tx: Transaction,
    genre: str,
    concernes: Sequence[Concerne],
    *,
    campagne: int,
    excedent: int,
    maintenant: int,
    cle: bytes | None = None,
    homonyme: str = "",
) -> str:
    """Opens a case and tells every desk concerned, each with its own person id. Returns the case's id."""
    srv_seq = prochain(tx, "srv_seq")
    litige = f"L{srv_seq:06d}"
    tx.faire(
        "INSERT INTO litige (litige, genre, srv_seq, campagne, excedent, cle, ouvert_le, homonyme) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        litige,
        genre,
        srv_seq,
        campagne,
        excedent,
        cle,
        maintenant,
        homonyme,
    )
    tx.repeter(
        "INSERT INTO litige_carnet (litige, campagne, carnet, device, sujet, rangs) VALUES (?, ?, ?, ?, ?, ?) "
        # One number that a desk awarded twice to one person stands twice.
        "ON CONFLICT (litige, campagne, carnet, device) DO UPDATE SET rangs = litige_carnet.rangs | excluded.rangs",
        [(litige, c.campagne, c.carnet, c.device, c.sujet, c.rangs) for c in concernes],
    )
    devices = list(dict.fromkeys(c.device for c in concernes))
    # Whoever opens cases at will opens no large ones at everybody else's.
    postes = tuple(nom_du_poste(tx, device) for device in devices[-CONCERNES_MAX:])
    dit = min(excedent, EXCEDENT_MAX)
    for device in devices:
        sujet = next((c.sujet for c in reversed(concernes) if c.device == device), None)
        carnets = _a_dire([c for c in concernes if c.campagne == campagne], device)
        diffuser(tx, LitigeOuvert(litige, sujet, campagne, carnets, dit, postes), device=device)
    return litige


def _a_dire(concernes: Sequence[Concerne], device: str) -> tuple[int, ...]:
    """The carnets of a case that this desk is told, in their order: of very many, its own first, and the latest."""
    tous = dict.fromkeys(c.carnet for c in concernes)
    siens = {c.carnet for c in concernes if c.device == device}
    # Sorted in place of equals: those of others that came first go first.
    dits = set(sorted(tous, key=siens.__contains__)[-CONCERNES_MAX:])
    return tuple(carnet for carnet in tous if carnet in dits)


def nom_du_poste(tx: Transaction, device: str) -> str:
    """The name of a desk, as the Region wrote it."""
    rangee = tx.une("SELECT nom FROM poste WHERE device = ?", device)
    return str(rangee[0]) if rangee else device


def lister_litiges(tx: Transaction, *, tous: bool = False) -> tuple[Litige, ...]:
    """Open cases, oldest first; all of them with `tous`."""
    rangees = tx.toutes(
        "SELECT litige, genre, campagne, excedent, etat, ouvert_le, homonyme, homonyme_retire, repris, separe_le, "
        "decision, decide_le FROM litige "
        "WHERE etat = 'ouvert' OR ? = 1 ORDER BY srv_seq",
        int(tous),
    )
    return tuple(
        Litige(
            litige,
            genre,
            campagne,
            excedent,
            etat,
            ouvert_le,
            _carnets(tx, litige),
            homonyme,
            retire,
            bool(repris),
            *suite,
        )
        for litige, genre, campagne, excedent, etat, ouvert_le, homonyme, retire, repris, *suite in rangees
    )


def clore_litige(tx: Transaction, litige: str) -> bool:
    """Closes a case and lifts what it blocked: the next bundle gives the pass back. False when no such case is open."""
    if tx.faire("UPDATE litige SET etat = 'clos' WHERE litige = ? AND etat = 'ouvert'", litige) == 0:
        return False
    lever_blocages(tx, litige)
    dire_aux_postes(tx, litige, CLOS)
    return True


def dire_aux_postes(tx: Transaction, litige: str, decision: str) -> None:
    """Tells each desk of a case what was decided of it."""
    for (device,) in tx.toutes("SELECT DISTINCT device FROM litige_carnet WHERE litige = ? ORDER BY device", litige):
        diffuser(tx, LitigeTranche(litige, decision), device=device)


def lever_blocages(tx: Transaction, litige: str) -> int:
    """Lifts what a case blocked and no other one holds void, and tells the desks; how many pass."""
    leves = 0
    carnets = tx.toutes(
        "SELECT campagne, carnet, device, rangs FROM litige_carnet WHERE litige = ? AND rangs <> 0 "
        "ORDER BY campagne, carnet",
        litige,
    )
    for campagne, carnet, device, champ in carnets:
        libres = champ & ~_tenus_ailleurs(tx, litige, campagne, carnet)
        # One number awarded by two desks stands twice.
        leves += (libres & rangs_nuls(tx, campagne, carnet, "litige")).bit_count()
        reste = lever(tx, campagne, carnet, libres)
        diffuser(tx, CarnetBloque(campagne, carnet, rangs(reste), "litige"), device=device)
    return leves


def annuler_entier(tx: Transaction, litige: str, campagne: int, carnet: int, device: str, taille: int) -> int:
    """Voids a whole carnet for a fraud; how many pass more. All its ranks are noted as blocked by this case, so that
    another decision can give them back, and that none about another case does."""
    entier = bits(range(1, taille + 1))
    libres = entier & ~rangs_nuls(tx, campagne, carnet, "litige")
    annuler(tx, campagne, carnet, "litige", entier)
    tx.faire(
        "UPDATE litige_carnet SET rangs = ? WHERE litige = ? AND campagne = ? AND carnet = ? AND device = ?",
        entier,
        litige,
        campagne,
        carnet,
        device,
    )
    diffuser(tx, CarnetBloque(campagne, carnet, rangs(entier), "litige"), device=device)
    return libres.bit_count()


def _tenus_ailleurs(tx: Transaction, litige: str, campagne: int, carnet: int) -> int:
    """The ranks of a carnet that another case holds void, open or decided so."""
    champ = 0
    for (rangs_tenus,) in tx.toutes(
        "SELECT c.rangs FROM litige_carnet c JOIN litige l ON l.litige = c.litige WHERE c.campagne = ? "
        "AND c.carnet = ? AND c.litige <> ? AND (l.etat = 'ouvert' OR l.decision IN ('meme_personne', 'fraude'))",
        campagne,
        carnet,
        litige,
    ):
        champ |= int(rangs_tenus)
    return champ


def noter_separation(tx: Transaction, cle: bytes, device: str, sujets: Sequence[str], maintenant: int) -> None:
    """Marks the cases of a key that count carnets of these records: the merge that put them there was undone."""
    for sujet in sujets:
        tx.faire(
            "UPDATE litige SET separe_le = ? WHERE cle = ? AND genre = 'plafond' AND separe_le IS NULL AND EXISTS "
            "(SELECT 1 FROM litige_carnet c WHERE c.litige = litige.litige AND c.device = ? AND c.sujet = ?)",
            maintenant,
            cle,
            device,
            sujet,
        )


def cles_du_litige(tx: Transaction, litige: str) -> tuple[bytes, ...]:
    """The blind keys that the carnets of a case have now: more than one once the merge it came from was undone.

    Of a number that was awarded twice, both: a block holds the paper, whoever it was awarded to, and lifts for both.
    """
    rangees = tx.toutes(
        "SELECT DISTINCT a.cle FROM litige_carnet c JOIN attribution a ON a.campagne = c.campagne "
        "AND a.carnet = c.carnet WHERE c.litige = ? ORDER BY a.cle",
        litige,
    )
    return tuple(bytes(rangee[0]) for rangee in rangees)


def excedent_admis(tx: Transaction, cle: bytes) -> int:
    """Pass above the cap that people let stand for this key by closing its cases (homonyms, mostly).

    Not those of a merge that was undone: its excess was of two persons together. Nor what a decision leaves void.
    """
    rangee = tx.une(
        "SELECT sum(excedent) FROM litige WHERE cle = ? AND genre = 'plafond' AND etat = 'clos' AND repris = 0 "
        "AND separe_le IS NULL AND decision NOT IN ('meme_personne', 'fraude')",
        cle,
    )
    return int(rangee[0] or 0) if rangee else 0


def _carnets(tx: Transaction, litige: str) -> tuple[CarnetEnLitige, ...]:
    rangees = tx.toutes(
        "SELECT c.campagne, c.carnet, p.nom, c.sujet, c.rangs FROM litige_carnet c JOIN poste p ON p.device = c.device "
        "WHERE c.litige = ? ORDER BY c.campagne, c.carnet, p.nom",
        litige,
    )
    return tuple(
        CarnetEnLitige(campagne, carnet, nom, sujet, rangs(champ)) for campagne, carnet, nom, sujet, champ in rangees
    )
