"""Awards as the Region keeps them: each carnet with its place in the order, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from passdesk.domain.homonyme import MOTIFS_HOMONYME
from passdesk.protocol.champs import Champs
from passdesk.protocol.evenements import CAMPAGNE_MAX, NUMERO_MAX, CarnetBloque
from passdesk.server.contexte import Contexte
from passdesk.server.diffusion import diffuser
from passdesk.server.litiges import Concerne, ouvrir_litige
from passdesk.server.nullite import DE_SON_LOT, annuler, raison_de, rangs, rangs_nuls, sortir_des_limbes, tient
from passdesk.server.settlement import compte, indexer, regler_plafond
from passdesk.server.sujets import cle_de


@dataclass(frozen=True, slots=True)
class CarnetAccorde:
    """One carnet of an award, as its body says."""

    campagne: int
    numero: int
    taille: int
    kid: int
    pot: str


def accorder(contexte: Contexte, contenu: Champs, *, remplacement: bool = False) -> str | None:
    """Records an award, tells the index, settles the cap. Returns the case's id, None when all is in order.

    `remplacement`: its carnet takes the place of a void one, and counts in its place; one that has no such place to
    take counts as any award.
    """
    tx, entete = contexte.tx, contexte.entete
    attribution = contenu.texte("attribution")
    accordes = tuple(lire_carnet(rangee) for rangee in contenu.cartes("carnets", 10))
    if not accordes:
        raise ValueError("an award without a carnet")
    cle = cle_de(tx, contexte.device, entete.subject_id)
    homonyme = _homonyme(contenu)
    ancien = _remplace(contexte, contenu, accordes, cle) if remplacement else None
    litige = None
    for carnet in accordes:
        litige = _numero_permis(contexte, carnet) or litige
        tx.faire(
            "INSERT INTO attribution (srv_seq, campagne, carnet, device, sujet, attribution, cle, taille, pot, le, "
            "homonyme, remplace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            contexte.srv_seq,
            carnet.campagne,
            carnet.numero,
            contexte.device,
            entete.subject_id,
            attribution,
            cle,
            carnet.taille,
            carnet.pot,
            contexte.jour.isoformat(),
            homonyme,
            ancien,
        )
        if ancien is None:
            indexer(tx, cle, carnet.taille, contexte.jour, contexte.device)
        else:
            _reporter_blocage(contexte, carnet, ancien)
    return regler_plafond(tx, contexte.maintenant, cle, homonyme=homonyme) or litige


def _remplace(contexte: Contexte, contenu: Champs, accordes: tuple[CarnetAccorde, ...], cle: bytes) -> int | None:
    """The number of the carnet replaced: void, of this person, as large, and not replaced yet. None otherwise.

    Awards of numbers that their desk did not hold are looked through: they replace nothing, and nothing is replaced.
    """
    ancien = contenu.carte("remplace")
    campagne, numero = ancien.entier("campagne", 0, CAMPAGNE_MAX), ancien.entier("numero", 0, NUMERO_MAX)
    if [carnet.campagne for carnet in accordes] != [campagne]:
        return None
    if not tient(contexte.tx, contexte.device, campagne, accordes[0].numero):
        return None
    rangee = contexte.tx.une(
        "SELECT cle, taille, etat, remis FROM attribution a WHERE campagne = ? AND carnet = ? "  # noqa: S608
        f"AND {DE_SON_LOT} ORDER BY srv_seq DESC LIMIT 1",
        campagne,
        numero,
    )
    if rangee is None or (rangee[0], rangee[1]) != (cle, accordes[0].taille):
        return None
    if rangee[2] not in ("perdu", "vole", "retourne") or not compte(rangee[2], rangee[3]):
        return None
    suites = contexte.tx.toutes(
        "SELECT etat, remis FROM attribution WHERE campagne = ? AND remplace = ?", campagne, numero
    )
    return None if any(compte(etat, remis) for etat, remis in suites) else numero


def _reporter_blocage(contexte: Contexte, carnet: CarnetAccorde, ancien: int) -> None:
    """The ranks that a case blocks on the old paper are blocked on the new one, which is of the case from now on."""
    bloques = rangs_nuls(contexte.tx, carnet.campagne, ancien, "litige")
    if bloques:
        contexte.tx.faire(
            "INSERT INTO litige_carnet (litige, campagne, carnet, device, sujet, rangs) "
            "SELECT litige, campagne, ?, ?, ?, max(rangs) FROM litige_carnet WHERE campagne = ? AND carnet = ? "
            "AND rangs <> 0 GROUP BY litige, campagne ON CONFLICT (litige, campagne, carnet, device) "
            "DO UPDATE SET rangs = litige_carnet.rangs | excluded.rangs",
            carnet.numero,
            contexte.device,
            contexte.entete.subject_id,
            carnet.campagne,
            ancien,
        )
        annuler(contexte.tx, carnet.campagne, carnet.numero, "litige", bloques)
        evenement = CarnetBloque(carnet.campagne, carnet.numero, rangs(bloques), "litige")
        diffuser(contexte.tx, evenement, device=contexte.device)


def annuler_attribution(contexte: Contexte, contenu: Champs) -> str | None:
    """An award voided before hand-over: all its carnets leave. A case's id, as `sortir`."""
    carnets = contexte.tx.toutes(
        "SELECT campagne, carnet FROM attribution WHERE device = ? AND attribution = ? AND etat = 'en_vigueur'",
        contexte.device,
        contenu.texte("attribution"),
    )
    litiges = [sortir(contexte, campagne, carnet, "annule") for campagne, carnet in carnets]
    return next((litige for litige in litiges if litige), None)


def sortir(contexte: Contexte, campagne: int, carnet: int, etat: str) -> str | None:
    """A carnet leaves circulation (annule, gache, perdu, vole, retourne): void list, and the index before hand-over.

    Of a number that this desk does not hold, its own award alone leaves. A case's id when one that replaced another
    leaves the person above the cap.
    """
    tx = contexte.tx
    rangee = tx.une(
        "SELECT srv_seq, cle, taille, le, etat, remis, remplace FROM attribution "
        "WHERE campagne = ? AND carnet = ? AND device = ? AND etat = 'en_vigueur' ORDER BY srv_seq DESC LIMIT 1",
        campagne,
        carnet,
        contexte.device,
    )
    if rangee is None:
        raise ValueError("this desk holds no such carnet")
    srv_seq, cle, taille, le, _, remis, remplace = rangee
    tx.faire(
        "UPDATE attribution SET etat = ? WHERE srv_seq = ? AND campagne = ? AND carnet = ?",
        etat,
        srv_seq,
        campagne,
        carnet,
    )
    if tient(tx, contexte.device, campagne, carnet):
        annuler(tx, campagne, carnet, raison_de(etat))
    if compte(etat, remis):
        return None
    if remplace is None:
        indexer(tx, cle, -taille, date.fromisoformat(le), contexte.device)
        return None
    # The one it replaced counts again in its place, whole: what a case blocked was blocked on the paper that leaves.
    return regler_plafond(tx, contexte.maintenant, cle)


def remettre(contexte: Contexte, campagne: int, carnet: int, *, remis: bool) -> None:
    """The paper was handed over: whatever happens to it now, it counts. `remis` is False when that was a mistake.

    Of a carnet that left circulation, a desk put back to a copy may say it still: what counted then stands.
    """
    contexte.tx.faire(
        "UPDATE attribution SET remis = ? WHERE campagne = ? AND carnet = ? AND device = ? AND etat = 'en_vigueur'",
        int(remis),
        campagne,
        carnet,
        contexte.device,
    )


def _numero_permis(contexte: Contexte, carnet: CarnetAccorde) -> str | None:
    """A case when this number is not the desk's to award, with this key and no other, or was awarded before."""
    tx = contexte.tx
    ici = Concerne(carnet.campagne, carnet.numero, contexte.device, contexte.entete.subject_id)
    deja = tx.toutes(
        "SELECT device, sujet FROM attribution WHERE campagne = ? AND carnet = ?", carnet.campagne, carnet.numero
    )
    lot = tx.une(
        "SELECT etat FROM lot WHERE campagne = ? AND ? BETWEEN premier AND dernier AND device = ? AND taille = ? "
        "AND pot = ? AND kid = ? AND (rendu = 0 OR ferme_a > ?)",
        carnet.campagne,
        carnet.numero,
        contexte.device,
        carnet.taille,
        carnet.pot,
        carnet.kid,
        # Taken up late, it may have been awarded before the lot was returned.
        contexte.srv_seq,
    )
    if lot is not None and lot[0] == "limbes":
        # Its desk came back, and says that it gave it (decision 0090). What another says of it is no reason to keep it
        # void (0079).
        sortir_des_limbes(tx, carnet.campagne, carnet.numero, carnet.taille)
    if deja:
        autres = tuple(Concerne(carnet.campagne, carnet.numero, device, sujet) for device, sujet in deja)
        genre, concernes = "numero_double", (*autres, ici)
    elif lot is not None:
        return None
    else:
        genre, concernes = "hors_lot", (ici,)
    return ouvrir_litige(
        tx, genre, concernes, campagne=carnet.campagne, excedent=carnet.taille, maintenant=contexte.maintenant
    )


def _homonyme(contenu: Champs) -> str:
    """The reason's code of an award to a homonym, "" for most; one that this Region does not know yet is another."""
    motif = contenu.texte_si_ecrit("homonyme")
    return motif if not motif or motif in MOTIFS_HOMONYME else "autre"


def lire_carnet(champs: Champs) -> CarnetAccorde:
    """One carnet of an award's body. Raises SaisieRefusee, ValueError (its size)."""
    taille = champs.entier("taille", 5, 10)
    if taille not in (5, 10):
        raise ValueError("size")
    return CarnetAccorde(
        champs.entier("campagne", 0, CAMPAGNE_MAX),
        champs.entier("numero", 0, NUMERO_MAX),
        taille,
        champs.entier("kid", 0, 65535),
        champs.texte("pot"),
    )
