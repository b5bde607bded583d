"""What each operation does at the Region; most only have to be kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs
from passdesk.protocol.cle_epoque import VERSION_EPOQUE
from passdesk.protocol.evenements import CAMPAGNE_MAX, NUMERO_MAX, PersonneEffacee
from passdesk.protocol.operations import Entete, Operation, TypeOperation
from passdesk.server.attributions import accorder, annuler_attribution, remettre, sortir
from passdesk.server.cles_poste import annoncer
from passdesk.server.contexte import Contexte
from passdesk.server.corps import lire_corps
from passdesk.server.diffusion import diffuser
from passdesk.server.lots import laisser_lots, noter_recu, rendre_lot
from passdesk.server.magasin import Transaction
from passdesk.server.menage import demander_menage
from passdesk.server.quarantaine import effacer_branches, entetes_a_part
from passdesk.server.restauration import reapprendre_lot
from passdesk.server.sujets import (
    fusionner_sujets,
    fusionnes,
    noter_sujet,
    retirer_homonyme,
    separer_sujets,
)

VERSION_CONNUE = 1
VERSIONS_CONNUES = {
    str(TypeOperation.PERSONNE_FUSIONNER): 2,
    str(TypeOperation.ATTRIBUTION_ACCORDER): 2,
    str(TypeOperation.CARNET_REMETTRE): 2,
    str(TypeOperation.LITIGE_NOTER): 2,
    str(TypeOperation.POSTE_EPOQUE): VERSION_EPOQUE,
}
"""Types that went past the first version."""

_SORTIES = {
    TypeOperation.CARNET_GACHER: "gache",
    TypeOperation.CARNET_DECLARER_PERDU: "perdu",
    TypeOperation.CARNET_DECLARER_VOLE: "vole",
    TypeOperation.CARNET_RETOURNER: "retourne",
}
_SANS_IDENTITE = frozenset(
    genre
    for genre in TypeOperation
    if genre.startswith(("attribution.", "carnet.", "lot.", "agent.", "poste.", "litige."))
    or genre in (TypeOperation.PERSONNE_FUSIONNER, TypeOperation.PERSONNE_EFFACER)
)
"""Operations whose bodies name nobody (protocol §4): an erasure leaves them, and drops all others, unknown ones too."""


def appliquer(contexte: Contexte, operation: Operation) -> str | None:
    """Applies an operation; the id of the case it opened, or None.

    Raises SaisieRefusee or ValueError when its body cannot be read or does not fit: the caller parks it.
    """
    genre = TypeOperation(operation.entete.type)
    if genre is TypeOperation.PERSONNE_EFFACER:
        # It carries the key alone: its total stays known even when no body with it ever arrived.
        contenu = None if operation.efface else _champs(operation)
        litiges = contenu.textes_si_ecrits("litiges") if contenu is not None else ()
        litige = noter_sujet(contexte, contenu)
        effacer(contexte, litiges)
        return litige
    if genre in (TypeOperation.PERSONNE_ENREGISTRER, TypeOperation.PERSONNE_MODIFIER):
        return noter_sujet(contexte, None if operation.efface else _champs(operation))
    if operation.efface:
        if genre not in _SANS_IDENTITE or (genre is TypeOperation.LITIGE_NOTER and operation.entete.v == 1):
            return None
        raise SaisieRefusee("message_illisible", detail="corps")
    contenu = _champs(operation)
    if genre is TypeOperation.ATTRIBUTION_ACCORDER:
        return accorder(contexte, contenu, remplacement=operation.entete.v == 2)
    if genre is TypeOperation.ATTRIBUTION_ANNULER:
        return annuler_attribution(contexte, contenu)
    if genre in _SORTIES:
        return sortir(contexte, *_numero(contenu), _SORTIES[genre])
    if genre is TypeOperation.PERSONNE_FUSIONNER:
        return (separer_sujets if operation.entete.v == 2 else fusionner_sujets)(contexte, contenu)
    if genre is TypeOperation.LITIGE_NOTER and operation.entete.v == 2:
        return retirer_homonyme(contexte, contenu)
    if genre is TypeOperation.CARNET_REMETTRE:
        remettre(contexte, *_numero(contenu), remis=operation.entete.v == 1)
    elif genre is TypeOperation.LOT_RENDRE:
        rendre_lot(contexte, contenu.texte("lot"))
    elif genre is TypeOperation.LOT_RECEVOIR:
        lot = contenu.texte("lot")
        if not noter_recu(contexte, lot, contenu):
            # A Region put back to a backup may have forgotten it.
            reapprendre_lot(contexte, lot, contenu)
    elif genre is TypeOperation.POSTE_EPOQUE:
        if not contexte.quitte:
            laisser_lots(contexte)
        if operation.entete.v == VERSION_EPOQUE:
            annoncer(contexte, contenu)
    return None


def effacer(contexte: Contexte, litiges: Sequence[str]) -> None:
    """Drops the bodies of a person and of those merged into it, and what was noted on the cases about them.

    Headers, numbers and the index row stay (protocol §8).
    """
    _effacer_a_part(contexte, _effacer_du_journal(contexte, litiges), litiges)


def effacer_autres(tx: Transaction, cle_corps: bytes, device: str, actes: Sequence[tuple[Contexte, Operation]]) -> None:
    """Erasures that take no place in the log, being of a branch set aside, erase all the same; and a branch that comes
    after an erasure brings nobody back (protocol §8): the bodies set aside of who this device erased, in its log or on
    a branch, are dropped. What is set aside is looked through once, however many they are."""
    sujets, cas = set[str](), set[str]()
    for contexte, operation in actes:
        try:
            litiges = () if operation.efface else _champs(operation).textes_si_ecrits("litiges")
        except SaisieRefusee:
            litiges = ()
        sujets.update(_effacer_du_journal(contexte, litiges))
        cas.update(litiges)
    effacer = str(TypeOperation.PERSONNE_EFFACER)
    sql = "SELECT DISTINCT sujet FROM operation WHERE device = ? AND type = ?"
    effaces = {str(sujet) for (sujet,) in tx.toutes(sql, device, effacer)}

    def regle(entetes: Sequence[Entete]) -> Callable[[Entete], bool]:
        dits = effaces | {entete.subject_id for entete in entetes if entete.type == effacer}
        return concernes(sujets.union(*(fusionnes(tx, device, sujet) for sujet in dits - sujets)), cas)

    effacer_branches(tx, cle_corps, device, regle)


def _effacer_du_journal(contexte: Contexte, litiges: Sequence[str]) -> Sequence[str]:
    """In the log alone; who was erased, under every name."""
    tx, device = contexte.tx, contexte.device
    sujets = fusionnes(tx, device, contexte.entete.subject_id)
    marques = ", ".join("?" for _ in _SANS_IDENTITE)
    vides = 0
    for sujet in sujets:
        vides += _vider(
            contexte, sujet, f"(o.type IS NULL OR o.type NOT IN ({marques}))", *sorted(map(str, _SANS_IDENTITE))
        )
    for sujet in sujets:
        # A copy of that desk put back elsewhere has no other way to know (protocol §8). Told whoever it is: who was
        # recorded on that copy alone is erased there too.
        diffuser(tx, PersonneEffacee(sujet))
    for litige in litiges:
        vides += _vider(contexte, litige, "o.type = ?", str(TypeOperation.LITIGE_NOTER))
    if vides:
        demander_menage(tx)
    return sujets


def _effacer_a_part(contexte: Contexte, sujets: Collection[str], litiges: Collection[str]) -> None:
    effacer_branches(contexte.tx, contexte.cle_corps, contexte.device, lambda _: concernes(sujets, litiges))


def effacements(tx: Transaction, cle_corps: bytes, device: str) -> Callable[[Entete], bool]:
    """What an act that comes now must not bring back: who this device erased, in its log or on a branch set aside, and
    what was noted on the cases about them."""
    effacer = str(TypeOperation.PERSONNE_EFFACER)
    dits = {e.subject_id for e in entetes_a_part(tx, cle_corps, device) if e.type == effacer}
    cas = set[str]()
    sql = "SELECT epoch, seq, sujet FROM operation WHERE device = ? AND type = ?"
    for epoch, seq, sujet in tx.toutes(sql, device, effacer):
        dits.add(str(sujet))
        corps = lire_corps(tx, cle_corps, device, int(epoch), int(seq))
        if corps is not None:
            with suppress(SaisieRefusee):
                cas.update(Champs(canonique.decode(corps.octets)).textes_si_ecrits("litiges"))
    return concernes(dits.union(*(fusionnes(tx, device, sujet) for sujet in dits)), cas)


def concernes(sujets: Collection[str], litiges: Collection[str]) -> Callable[[Entete], bool]:
    """Whether an act names one of these persons, or notes something on one of these cases."""
    return lambda entete: (
        (entete.subject_id in sujets and entete.type not in _SANS_IDENTITE)
        or (entete.subject_id in litiges and entete.type == TypeOperation.LITIGE_NOTER)
    )


def _vider(contexte: Contexte, sujet: str, genres: str, *valeurs: str) -> int:
    """How many bodies were dropped."""
    return contexte.tx.faire(
        "DELETE FROM corps WHERE device = ? AND EXISTS (SELECT 1 FROM operation o WHERE o.device = corps.device "  # noqa: S608
        f"AND o.epoch = corps.epoch AND o.seq = corps.seq AND o.sujet = ? AND {genres})",
        contexte.device,
        sujet,
        *valeurs,
    )


def _champs(operation: Operation) -> Champs:
    return Champs(operation.contenu())


def _numero(contenu: Champs) -> tuple[int, int]:
    return contenu.entier("campagne", 0, CAMPAGNE_MAX), contenu.entier("numero", 0, NUMERO_MAX)
