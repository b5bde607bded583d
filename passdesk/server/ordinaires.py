"""Acts in plain order: what they are held against is read once for a whole batch, and what they write goes in together.

An act is plain when its effect is known from a few facts: somebody registered whom nothing else was said of, a carnet
awarded once, from its lot, to somebody who stays within the cap, the paper handed over. Any other is applied by itself,
at its own place (`effets.appliquer`); what is written here is what that would have written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.champs import Champs
from passdesk.protocol.evenements import CAMPAGNE_MAX, NUMERO_MAX, IndexAjout, encode_evenement
from passdesk.protocol.index_renouvele import cle_renouvelee
from passdesk.protocol.operations import Operation, TypeOperation
from passdesk.server.attributions import CarnetAccorde, lire_carnet
from passdesk.server.contexte import Contexte
from passdesk.server.index_region import secrets_ajoutes, version_index
from passdesk.server.magasin import RegleRompueError, Transaction, avancer
from passdesk.server.settlement import PLAFOND
from passdesk.server.sujets import sans_identite

_GARDES = frozenset({
    TypeOperation.DEMANDE_DEPOSER, TypeOperation.DEMANDE_COMPLETER, TypeOperation.DEMANDE_ABANDONNER,
    TypeOperation.JUSTIFICATIF_CONSTATER, TypeOperation.ACCOMPAGNEMENT_NOTER, TypeOperation.ATTRIBUTION_REFUSER,
    TypeOperation.CARNET_IMPRESSION_LANCEE, TypeOperation.CARNET_IMPRESSION_FAITE,
    TypeOperation.CARNET_IMPRESSION_RATEE, TypeOperation.AGENT_AJOUTER, TypeOperation.AGENT_RETIRER,
})  # fmt: skip
"""Only kept: to apply one is to read it, and writes nothing."""

_LUES = "srv_seq, campagne, carnet, device, sujet, cle, taille"

Numero = tuple[int, int]
"""(campaign, carnet)."""


@dataclass(frozen=True, slots=True)
class _Rien:
    """Nothing to write."""


@dataclass(frozen=True, slots=True)
class _Identite:
    """Somebody registered; `cle`: v1, as the desk wrote it."""

    cle: bytes


@dataclass(frozen=True, slots=True)
class _Accord:
    attribution: str
    carnets: tuple[CarnetAccorde, ...]


@dataclass(frozen=True, slots=True)
class _Remise:
    numero: Numero
    remis: int


Geste = _Rien | _Identite | _Accord | _Remise
Acte = tuple[Contexte, Operation, Geste | None]
"""An act, and what it does if it is plain."""


@dataclass(slots=True)
class _Faits:
    """What the plain acts of a batch are held against, kept up with what they do."""

    suite: tuple[bytes, ...]
    version: int
    cles: dict[str, bytes | None]
    """The records known, each with its key."""
    lies: set[str]
    """Records merged, either way: who they are takes more than a look."""
    attribues: set[str]
    """Records that were awarded something."""
    lots: list[tuple[int, int, int, int, str, int]]
    """Campaign, first, last, size, pot, kid: the lots that this desk did not close."""
    pris: set[Numero]
    totaux: dict[bytes, int]
    """Pass under each key, those taken back too: never fewer than what counts."""


@dataclass(slots=True)
class _AEcrire:
    """What was taken and is not written yet."""

    rangs: list[int] = field(default_factory=list)
    sujets: list[tuple[str, str, bytes]] = field(default_factory=list)
    attributions: dict[Numero, list[object]] = field(default_factory=dict)
    remises: dict[Numero, int] = field(default_factory=dict)
    evenements: list[tuple[str, bytes]] = field(default_factory=list)


class EnsembleRefuseError(Exception):
    """The database would not have plain acts together, normally never: each is then to be applied by itself."""


class Ordinaires:
    """The plain acts among those of one batch, in their order."""

    def __init__(self, tx: Transaction, actes: Sequence[Acte]) -> None:
        self._tx = tx
        self._actes = actes
        self._gestes = [geste for _, _, geste in actes]
        self._faits: _Faits | None = None
        self._lus = range(0)
        """The ranks that these facts are about."""
        self._fenetre = len(actes)
        self._attente = _AEcrire()

    def prendre(self, rang: int) -> bool:
        """Takes this act if it is plain: there is nothing to say of it, and it is written with the others.

        One that nothing was read about is left too, though it may be plain.
        """
        geste = self._gestes[rang]
        pris = geste is not None and (isinstance(geste, _Rien) or self._noter(rang, geste))
        if pris:
            self._attente.rangs.append(rang)
        return pris

    def ecrire(self) -> None:
        """Writes what was taken, in one go: to be called before any other act is applied, which may change every fact.

        Raises EnsembleRefuseError when the database would not have them so: the transaction is lost.
        """
        attente, self._attente = self._attente, _AEcrire()
        if self._faits is not None:
            # The next look goes no further than twice what this one served for: a batch that is never plain for long
            # costs what its acts cost one by one, not the square of it.
            self._faits, self._fenetre = None, 2 * sum(rang in self._lus for rang in attente.rangs) + 1
        if not (attente.sujets or attente.attributions or attente.remises):
            return
        try:
            self._ecrire(attente)
        except RegleRompueError:
            raise EnsembleRefuseError from None

    def _ecrire(self, attente: _AEcrire) -> None:
        tx, device = self._tx, self._actes[0][0].device
        tx.inserer("sujet", "device, sujet, cle", attente.sujets)
        tx.inserer(
            "attribution",
            "srv_seq, campagne, carnet, device, sujet, attribution, cle, taille, pot, le, remis",
            [*attente.attributions.values()],
        )
        tx.repeter(
            "UPDATE attribution SET remis = ? WHERE campagne = ? AND carnet = ? AND device = ? AND etat = 'en_vigueur'",
            [(remis, *numero, device) for numero, remis in attente.remises.items()],
        )
        if attente.evenements:
            premier = avancer(tx, "srv_seq", len(attente.evenements))
            rangees = [(srv_seq, *evenement) for srv_seq, evenement in enumerate(attente.evenements, premier)]
            tx.inserer("evenement", "srv_seq, type, octets", rangees)

    # -- one act

    def _noter(self, rang: int, geste: _Identite | _Accord | _Remise) -> bool:
        if isinstance(geste, _Remise):
            self._remettre(geste)
            return True
        if self._faits is None:
            self._lus = range(rang, min(rang + self._fenetre, len(self._actes)))
            self._faits = self._lire(self._lus)
        if rang not in self._lus:
            return False
        contexte = self._actes[rang][0]
        if contexte.entete.subject_id in self._faits.lies:
            return False
        if isinstance(geste, _Identite):
            return self._inscrire(self._faits, contexte, geste)
        return self._accorder(self._faits, contexte, geste)

    def _inscrire(self, faits: _Faits, contexte: Contexte, geste: _Identite) -> bool:
        sujet, cle = contexte.entete.subject_id, cle_renouvelee(geste.cle, faits.suite)
        if sujet in faits.cles:
            # A corrected identity moves what was awarded.
            return faits.cles[sujet] == cle
        if sujet in faits.attribues:
            return False
        faits.cles[sujet] = cle
        self._attente.sujets.append((contexte.device, sujet, cle))
        return True

    def _accorder(self, faits: _Faits, contexte: Contexte, geste: _Accord) -> bool:
        sujet, numeros = contexte.entete.subject_id, [(c.campagne, c.numero) for c in geste.carnets]
        cle = faits.cles.get(sujet) or sans_identite(contexte.device, sujet)
        total = faits.totaux.get(cle, 0) + sum(carnet.taille for carnet in geste.carnets)
        nouveaux = len(set(numeros)) == len(numeros) and not any(
            numero in faits.pris or numero in self._attente.remises for numero in numeros
        )
        if total > PLAFOND or not nouveaux or not all(_du_lot(faits, carnet) for carnet in geste.carnets):
            return False
        try:
            jour = contexte.jour
        except ValueError:
            return False
        faits.totaux[cle] = total
        faits.attribues.add(sujet)
        for carnet, numero in zip(geste.carnets, numeros, strict=True):
            faits.pris.add(numero)
            self._attente.attributions[numero] = [
                contexte.srv_seq, *numero, contexte.device, sujet, geste.attribution, cle, carnet.taille, carnet.pot,
                jour.isoformat(), 0,
            ]  # fmt: skip
            # A person without identity has no key that another desk could recognise.
            if len(cle) == 16:
                ajout = IndexAjout(cle, carnet.taille, jour, contexte.device, faits.version)
                self._attente.evenements.append(encode_evenement(ajout))
        return True

    def _remettre(self, geste: _Remise) -> None:
        rangee = self._attente.attributions.get(geste.numero)
        if rangee is not None:
            rangee[-1] = geste.remis
        else:
            self._attente.remises[geste.numero] = geste.remis

    # -- what they are held against

    def _lire(self, rangs: range) -> _Faits:
        """The facts that matter to the plain acts among these."""
        tx, device = self._tx, self._actes[0][0].device
        # Up to the next act that is not plain, before which all of this is read again.
        suivants = takewhile(lambda rang: self._gestes[rang] is not None, rangs)
        restent = [(self._actes[rang][0].entete.subject_id, self._gestes[rang]) for rang in suivants]
        sujets = list(dict.fromkeys(sujet for sujet, geste in restent if isinstance(geste, _Identite | _Accord)))
        carnets = [carnet for _, geste in restent if isinstance(geste, _Accord) for carnet in geste.carnets]
        suite = secrets_ajoutes(tx, self._actes[0][0].cle_corps)
        connus = tx.toutes(
            "SELECT sujet, cle, fusionne_dans FROM sujet WHERE device = ? AND sujet = ANY (?) UNION ALL "
            "SELECT sujet, cle, fusionne_dans FROM sujet WHERE device = ? AND fusionne_dans IS NOT NULL "
            "AND fusionne_dans = ANY (?)",
            device, sujets, device, sujets,
        )  # fmt: skip
        cles = {str(sujet): None if cle is None else bytes(cle) for sujet, cle, _ in connus}
        lies = {str(qui) for sujet, _, dans in connus if dans is not None for qui in (sujet, dans)}
        inscrits = {cle_renouvelee(geste.cle, suite) for _, geste in restent if isinstance(geste, _Identite)}
        sous = {cles.get(sujet) or sans_identite(device, sujet) for sujet in sujets} | inscrits
        attribues: set[str] = set()
        totaux: dict[bytes, int] = {}
        pris: set[Numero] = set()
        for _, campagne, carnet, qui, sujet, cle, taille in tx.toutes(
            # One way to the rows for each index; a row found twice comes once.
            f"SELECT {_LUES} FROM attribution WHERE device = ? AND sujet = ANY (?) UNION "  # noqa: S608
            f"SELECT {_LUES} FROM attribution WHERE cle = ANY (?) UNION "
            f"SELECT {_LUES} FROM attribution WHERE campagne = ANY (?) AND carnet = ANY (?)",
            device,
            sujets,
            sorted(sous),
            sorted({carnet.campagne for carnet in carnets}) or [-1],
            sorted({carnet.numero for carnet in carnets}) or [-1],
        ):
            pris.add((int(campagne), int(carnet)))
            totaux[bytes(cle)] = totaux.get(bytes(cle), 0) + int(taille)
            if qui == device:
                attribues.add(str(sujet))
        lots = tx.toutes(
            "SELECT campagne, premier, dernier, taille, pot, kid FROM lot WHERE device = ? AND fini = 0 AND rendu = 0 "
            # A number of these is good again: one by one.
            "AND etat <> 'limbes'",
            device,
        )
        return _Faits(
            suite=suite,
            version=version_index(tx),
            cles=cles,
            lies=lies,
            attribues=attribues,
            lots=[(int(c), int(p), int(d), int(t), str(pot), int(kid)) for c, p, d, t, pot, kid in lots],
            pris=pris,
            totaux=totaux,
        )


def geste_de(operation: Operation) -> Geste | None:
    """What an act does if it is plain; None for one that has to be looked at by itself."""
    genre, entete = operation.entete.type, operation.entete
    try:
        if genre in _GARDES:
            operation.contenu()
            return _Rien()
        if genre in (TypeOperation.PERSONNE_ENREGISTRER, TypeOperation.PERSONNE_MODIFIER):
            cle = Champs(operation.contenu()).octets_ou_rien("cle", 16)
            return _Identite(cle) if cle is not None else _Rien()
        if genre == TypeOperation.ATTRIBUTION_ACCORDER and entete.v == 1:
            return _accord(Champs(operation.contenu()))
        if genre == TypeOperation.CARNET_REMETTRE:
            contenu = Champs(operation.contenu())
            numero = contenu.entier("campagne", 0, CAMPAGNE_MAX), contenu.entier("numero", 0, NUMERO_MAX)
            return _Remise(numero, int(entete.v == 1))
    except (SaisieRefusee, ValueError):
        return None
    return None


def _accord(contenu: Champs) -> _Accord | None:
    if contenu.texte_si_ecrit("homonyme"):
        return None
    accord = _Accord(contenu.texte("attribution"), tuple(map(lire_carnet, contenu.cartes("carnets", 10))))
    # Above the cap it is never plain; and so a batch asks for few numbers.
    possible = accord.carnets and sum(carnet.taille for carnet in accord.carnets) <= PLAFOND
    return accord if possible and "\0" not in accord.attribution else None


def _du_lot(faits: _Faits, carnet: CarnetAccorde) -> bool:
    return any(
        (campagne, taille, pot, kid) == (carnet.campagne, carnet.taille, carnet.pot, carnet.kid)
        and premier <= carnet.numero <= dernier
        for campagne, premier, dernier, taille, pot, kid in faits.lots
    )
