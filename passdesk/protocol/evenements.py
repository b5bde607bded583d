"""What the Region tells every desk, in the order of the world (`srv_seq`): typed payloads, CBOR maps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.campagne import POTS
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.certificat import TAILLE as TAILLE_CERTIFICAT
from passdesk.protocol.certificat import LienPublication
from passdesk.protocol.champs import Champs, entier_entre, illisible, texte_court

NUMERO_MAX = 2**21 - 1
KID_MAX = 65535
CAMPAGNE_MAX = 127
GENERATION_MAX = 2**31 - 1
REGLEMENT_MAX = 256 * 1024
RESULTATS = ("appliquee", "en_attente", "litige")
RAISONS = ("annule", "perdu", "vole", "litige")
CONCERNES_MAX, EXCEDENT_MAX = 100, 1000
"""Of a case, what a desk is told: so many carnets and desks, the latest, and pass in excess up to so many."""
_PAYLOAD_MAX = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LotAttribue:
    """Carnet numbers `premier`–`dernier` given to the desk that reads this, to sign with key `kid`."""

    lot: str
    campagne: int
    pot: str
    taille: int
    premier: int
    dernier: int
    bail_jusqu_au: date
    kid: int


@dataclass(frozen=True, slots=True)
class IndexAjout:
    """`passes` pass were awarded on day `le` at desk `poste` to the identity of blind key `cle` (16 bytes).

    Negative when an award was voided before hand-over. It is personal data (protocol §6). `version`: of the key, 1
    until the index is renewed.
    """

    cle: bytes = field(repr=False)
    passes: int
    le: date
    poste: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class IndexRenouvele:
    """The index goes by keys of this version; `scelle`: the further secrets for the device that reads this.

    Read with `index_renouvele`. Told before everything else, so that no key of a version unknown is ever read.
    """

    version: int
    scelle: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CarnetBloque:
    """The ranks of a carnet that no place takes any more; empty `rangs`: the block is lifted."""

    campagne: int
    carnet: int
    rangs: tuple[int, ...]
    raison: str


@dataclass(frozen=True, slots=True)
class LitigeOuvert:
    """A case: what was awarded together exceeds 10 by `excedent` pass, or a number was not this desk's to award.

    `sujet`: the person's id at the desk that reads this, or null. `postes`: names of the desks to call.
    """

    litige: str
    sujet: str | None
    campagne: int
    carnets: tuple[int, ...]
    excedent: int
    postes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LitigeTranche:
    """What the Region decided of a case (decision 0069). `decision`: its code; a newer Region may have others."""

    litige: str
    decision: str


@dataclass(frozen=True, slots=True)
class ConfiancePubliee:
    """A new trust bundle, as `confiance.lire_confiance` reads it."""

    octets: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CampagneOuverte:
    """A campaign as the root signed it: the CBOR map and the signature (read with `certificat`)."""

    carte: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class ReglementPublie:
    """A règlement: `octets` is its TOML, `empreinte` the SHA-256 of it, `lien` the publication key that signed.

    Read and checked with `protocol.reglements`.
    """

    reglement: str
    generation: int
    executoire_le: date
    empreinte: bytes
    octets: bytes = field(repr=False)
    lien: LienPublication
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonneEffacee:
    """Some desk erased this person (its id at that desk, a random one): whoever holds a copy erases it too."""

    sujet: str


@dataclass(frozen=True, slots=True)
class CleCertifiee:
    """The Region certified a pass key that this desk announced; `octets`: the certificate of the cover (200 bytes)."""

    octets: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ActeRepris:
    """An act of this desk that the Region had kept aside, tried again: what an outcome says, later."""

    epoch: int
    seq: int
    resultat: str
    litige: str | None
    raison: str | None


@dataclass(frozen=True, slots=True)
class EvenementInconnu:
    """An event of a newer Region, or one that cannot be read: kept, shown to nobody; the cursor goes on."""

    type: str
    octets: bytes = field(repr=False)


Evenement = (
    LotAttribue
    | IndexAjout
    | IndexRenouvele
    | CarnetBloque
    | LitigeOuvert
    | LitigeTranche
    | ConfiancePubliee
    | CampagneOuverte
    | ReglementPublie
    | PersonneEffacee
    | CleCertifiee
    | ActeRepris
    | EvenementInconnu
)


def encode_evenement(evenement: Evenement) -> tuple[str, bytes]:
    """(type, payload) of an event."""
    match evenement:
        case LotAttribue():
            return "lot.attribue", canonique.encode(
                {
                    "lot": evenement.lot,
                    "campagne": evenement.campagne,
                    "pot": evenement.pot,
                    "taille": evenement.taille,
                    "premier": evenement.premier,
                    "dernier": evenement.dernier,
                    "bail_jusqu_au": evenement.bail_jusqu_au.isoformat(),
                    "kid": evenement.kid,
                }
            )
        case IndexAjout():
            ajout = {
                "cle": evenement.cle,
                "pass": evenement.passes,
                "le": evenement.le.isoformat(),
                "poste": evenement.poste,
            }
            if evenement.version == 1:
                return "index.ajout", canonique.encode(ajout)
            # Under another name: a desk that cannot read these keys must not take them for the first ones.
            return "index.ajout_renouvele", canonique.encode({**ajout, "version": evenement.version})
        case IndexRenouvele():
            return "index.renouvele", canonique.encode({"version": evenement.version, "scelle": evenement.scelle})
        case CarnetBloque():
            return "carnet.bloque", canonique.encode(
                {
                    "campagne": evenement.campagne,
                    "carnet": evenement.carnet,
                    "rangs": list(evenement.rangs),
                    "raison": evenement.raison,
                }
            )
        case LitigeOuvert():
            return "litige.ouvert", canonique.encode(
                {
                    "litige": evenement.litige,
                    "sujet": evenement.sujet,
                    "campagne": evenement.campagne,
                    "carnets": list(evenement.carnets),
                    "excedent": evenement.excedent,
                    "postes": list(evenement.postes),
                }
            )
        case ConfiancePubliee():
            return "confiance", canonique.encode({"octets": evenement.octets})
        case CampagneOuverte():
            return "campagne", canonique.encode({"carte": evenement.carte, "signature": evenement.signature})
        case ReglementPublie():
            return "reglement", canonique.encode(
                {
                    "id": evenement.reglement,
                    "generation": evenement.generation,
                    "executoire_le": evenement.executoire_le.isoformat(),
                    "empreinte": evenement.empreinte,
                    "octets": evenement.octets,
                    "cle": evenement.lien.cle,
                    "cle_dernier_jour": evenement.lien.dernier_jour.isoformat(),
                    "cle_signature": evenement.lien.signature,
                    "signature": evenement.signature,
                }
            )
        case LitigeTranche():
            return "litige.tranche", canonique.encode({"litige": evenement.litige, "decision": evenement.decision})
        case PersonneEffacee():
            return "personne.effacee", canonique.encode({"sujet": evenement.sujet})
        case CleCertifiee():
            return "cle.certifiee", canonique.encode({"certificat": evenement.octets})
        case ActeRepris():
            return "acte.repris", canonique.encode(
                {
                    "epoch": evenement.epoch,
                    "seq": evenement.seq,
                    "resultat": evenement.resultat,
                    "litige": evenement.litige,
                    "raison": evenement.raison,
                }
            )
        case EvenementInconnu():
            return evenement.type, evenement.octets


def lire_evenement(type_: str, payload: bytes) -> Evenement:
    """The event, EvenementInconnu for an unknown type. Raises SaisieRefusee(message_illisible) on a bad payload."""
    lire = _LECTEURS.get(type_)
    if lire is None:
        return EvenementInconnu(type_, payload)
    champs = Champs(canonique.decode(payload, taille_max=_PAYLOAD_MAX))
    evenement = lire(champs)
    champs.fin()
    return evenement


def entendre_evenement(type_: str, payload: bytes) -> Evenement:
    """The event, EvenementInconnu for one that cannot be read either: told again it would be no better, and whatever
    comes after it must be heard."""
    try:
        return lire_evenement(type_, payload)
    except SaisieRefusee:
        return EvenementInconnu(type_, payload)


def _lot(champs: Champs) -> Evenement:
    lot = LotAttribue(
        lot=champs.texte("lot"),
        campagne=champs.entier("campagne", 0, CAMPAGNE_MAX),
        pot=champs.choix("pot", POTS),
        taille=champs.entier("taille", 5, 10),
        premier=champs.entier("premier", 0, NUMERO_MAX),
        dernier=champs.entier("dernier", 0, NUMERO_MAX),
        bail_jusqu_au=champs.jour("bail_jusqu_au"),
        kid=champs.entier("kid", 0, KID_MAX),
    )
    if lot.taille not in (5, 10) or lot.dernier < lot.premier:
        raise illisible("lot")
    return lot


def _index(champs: Champs) -> Evenement:
    return IndexAjout(
        champs.octets("cle", 16), champs.entier("pass", -10, 10), champs.jour("le"), champs.texte("poste", 120)
    )


def _index_renouvele(champs: Champs) -> Evenement:
    version = champs.entier("version", 2, 65535)
    return IndexAjout(
        champs.octets("cle", 16), champs.entier("pass", -10, 10), champs.jour("le"), champs.texte("poste", 120), version
    )


def _renouvele(champs: Champs) -> Evenement:
    return IndexRenouvele(champs.entier("version", 2, 65535), champs.octets("scelle", maxi=4096))


def _bloque(champs: Champs) -> Evenement:
    return CarnetBloque(
        champs.entier("campagne", 0, CAMPAGNE_MAX),
        champs.entier("carnet", 0, NUMERO_MAX),
        champs.liste("rangs", entier_entre(1, 10), 10),
        champs.choix("raison", RAISONS),
    )


def _litige(champs: Champs) -> Evenement:
    return LitigeOuvert(
        litige=champs.texte("litige"),
        sujet=champs.texte_ou_rien("sujet"),
        campagne=champs.entier("campagne", 0, CAMPAGNE_MAX),
        carnets=champs.liste("carnets", entier_entre(0, NUMERO_MAX), CONCERNES_MAX),
        excedent=champs.entier("excedent", 0, EXCEDENT_MAX),
        postes=champs.liste("postes", texte_court, CONCERNES_MAX),
    )


def _tranche(champs: Champs) -> Evenement:
    return LitigeTranche(champs.texte("litige"), champs.texte("decision", 40))


def _effacee(champs: Champs) -> Evenement:
    return PersonneEffacee(champs.texte("sujet"))


def _certifiee(champs: Champs) -> Evenement:
    return CleCertifiee(champs.octets("certificat", TAILLE_CERTIFICAT))


def _repris(champs: Champs) -> Evenement:
    return ActeRepris(
        champs.entier("epoch", 1, 2**31 - 1),
        champs.entier("seq", 1),
        champs.choix("resultat", RESULTATS),
        champs.texte_ou_rien("litige"),
        champs.texte_ou_rien("raison"),
    )


def _confiance(champs: Champs) -> Evenement:
    return ConfiancePubliee(champs.octets("octets", maxi=_PAYLOAD_MAX))


def _campagne(champs: Champs) -> Evenement:
    return CampagneOuverte(champs.octets("carte", maxi=4096), champs.octets("signature", 64))


def _reglement(champs: Champs) -> Evenement:
    return ReglementPublie(
        reglement=champs.texte("id", 10),
        generation=champs.entier("generation", 1, GENERATION_MAX),
        executoire_le=champs.jour("executoire_le"),
        empreinte=champs.octets("empreinte", 32),
        octets=champs.octets("octets", maxi=REGLEMENT_MAX),
        lien=LienPublication(
            champs.octets("cle", 32), champs.jour("cle_dernier_jour"), champs.octets("cle_signature", 64)
        ),
        signature=champs.octets("signature", 64),
    )


_LECTEURS = {
    "lot.attribue": _lot,
    "index.ajout": _index,
    "index.ajout_renouvele": _index_renouvele,
    "index.renouvele": _renouvele,
    "carnet.bloque": _bloque,
    "litige.ouvert": _litige,
    "litige.tranche": _tranche,
    "confiance": _confiance,
    "campagne": _campagne,
    "reglement": _reglement,
    "personne.effacee": _effacee,
    "acte.repris": _repris,
    "cle.certifiee": _certifiee,
}
