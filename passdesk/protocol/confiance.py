"""The trust bundle: all that a place needs to check pass offline, signed from the root down (design §6, protocol §1).

Bytes: CBOR [version, payload, [publication key, last day, root's signature], publication key's signature], the last one
over b"PassDesk-confiance/1\\0" ‖ payload; days are counted from 2025-01-01.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION, Campagne
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.annulations import Annulation, decode_annulations, encode_annulations
from passdesk.protocol.certificat import LienPublication
from passdesk.protocol.pass_token import (
    CAMPAGNE_MAX,
    CARNET_MAX,
    KID_ESSAI,
    KID_MAX,
    jour_du_numero,
    numero_du_jour,
    signature_bonne,
)

VERSION = 1
TAILLE_MAX = 4 << 20
"""Bytes of a bundle that are read at most; 350 desks and 5 000 voids take about 25 KB."""

_CONTEXTE = b"PassDesk-confiance/1\0"
_CONTEXTE_CAMPAGNE = b"PassDesk-campagne/1\0"
_MISSHAPEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, SaisieRefusee)


@dataclass(frozen=True, slots=True)
class CampagneSignee:
    """A campaign with the root's signature. `octets`: the CBOR map that is signed, kept as received."""

    campagne: Campagne
    octets: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    def verifier(self, racine: bytes) -> bool:
        """True when this root signed it."""
        return signature_bonne(racine, self.signature, _CONTEXTE_CAMPAGNE + self.octets)


@dataclass(frozen=True, slots=True)
class ClePoste:
    """A desk key of the bundle. A desk has one for each of its epochs, and a range belongs to one key alone."""

    kid: int
    cle: bytes
    premier_jour: date
    dernier_jour: date


@dataclass(frozen=True, slots=True)
class Plage:
    """Carnet numbers `premier`–`dernier` (both included) of a campaign, to be signed with key `kid` and no other."""

    campagne: int
    kid: int
    premier: int
    dernier: int


@dataclass(frozen=True, slots=True)
class ContenuConfiance:
    """What the publication key vouches for on the day `faite_le`; `generation` only ever grows."""

    faite_le: date
    generation: int
    cles: tuple[ClePoste, ...] = ()
    plages: tuple[Plage, ...] = ()
    campagnes: tuple[CampagneSignee, ...] = ()
    annulations: tuple[Annulation, ...] = ()


@dataclass(frozen=True, slots=True)
class Confiance:
    """A bundle that was read and checked up to the root, with its look-ups."""

    contenu: ContenuConfiance
    publication: LienPublication
    _cles: Mapping[int, ClePoste] = field(init=False, repr=False, compare=False)
    _campagnes: Mapping[int, Campagne] = field(init=False, repr=False, compare=False)
    _plages: Mapping[tuple[int, int], list[tuple[int, int]]] = field(init=False, repr=False, compare=False)
    _annulations: Mapping[tuple[int, int, int], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        contenu = self.contenu
        cles = {cle.kid: cle for cle in contenu.cles}
        plages: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for plage in sorted(contenu.plages, key=lambda p: (p.premier, p.dernier)):
            _fusionner(plages.setdefault((plage.campagne, plage.kid), []), plage)
        object.__setattr__(self, "_cles", cles)
        object.__setattr__(self, "_campagnes", {c.campagne.numero: c.campagne for c in contenu.campagnes})
        object.__setattr__(self, "_plages", plages)
        annulations = {(a.campagne, a.carnet, a.rang): a.raison for a in contenu.annulations}
        object.__setattr__(self, "_annulations", annulations)

    @property
    def faite_le(self) -> date:
        """The day the bundle was made."""
        return self.contenu.faite_le

    @property
    def generation(self) -> int:
        """Rank of this bundle: a holder keeps the highest it has seen."""
        return self.contenu.generation

    def cle_poste(self, kid: int) -> ClePoste | None:
        """The desk key of this number, or None."""
        return self._cles.get(kid)

    def campagne(self, numero: int) -> Campagne | None:
        """The campaign of this number, signed by the root, or None."""
        return self._campagnes.get(numero)

    def dans_une_plage(self, campagne: int, kid: int, carnet: int) -> bool:
        """True when this carnet number was allotted to this key."""
        plages = self._plages.get((campagne, kid), [])
        rang = bisect_right(plages, (carnet, CARNET_MAX)) - 1
        return rang >= 0 and plages[rang][0] <= carnet <= plages[rang][1]

    def raison_annulation(self, campagne: int, carnet: int, rang: int) -> str | None:
        """Why this pass is void (its whole carnet first), or None."""
        return self._annulations.get((campagne, carnet, 0)) or self._annulations.get((campagne, carnet, rang))


def _fusionner(plages: list[tuple[int, int]], plage: Plage) -> None:
    if plages and plage.premier <= plages[-1][1]:
        plages[-1] = (plages[-1][0], max(plages[-1][1], plage.dernier))
    else:
        plages.append((plage.premier, plage.dernier))


def encode_campagne(campagne: Campagne) -> bytes:
    """The CBOR map of a campaign that the root signs. Raises ValueError when its number has no room."""
    if not 0 <= campagne.numero <= CAMPAGNE_MAX or campagne.tolerance_mois < 0:
        raise ValueError("campaign out of range")
    return canonique.encode(
        {
            "numero": campagne.numero,
            "libelle": campagne.libelle,
            "valeur_cents": campagne.valeur_cents,
            "dernier_jour": campagne.dernier_jour.isoformat(),
            "tolerance_mois": campagne.tolerance_mois,
            "arret_remise_jours": campagne.arret_remise_jours,
            "alerte_jours": campagne.alerte_jours,
        }
    )


def lire_campagne(octets: bytes, signature: bytes, racine: bytes) -> CampagneSignee:
    """A campaign as received, checked against the root. Raises SaisieRefusee("confiance_illisible", raison=…)."""
    if not signature_bonne(racine, signature, _CONTEXTE_CAMPAGNE + octets):
        raise _refus("campagne")
    try:
        valeurs = canonique.decode(octets)
        campagne = Campagne(**{**valeurs, "dernier_jour": date.fromisoformat(valeurs["dernier_jour"])})
        if encode_campagne(campagne) != octets:
            raise _refus("campagne")
    except _MISSHAPEN:
        raise _refus("campagne") from None
    return CampagneSignee(campagne, octets, signature)


def signer_campagne(racine: Ed25519PrivateKey, campagne: Campagne) -> CampagneSignee:
    """The root signs a campaign. Raises ValueError when its number has no room."""
    octets = encode_campagne(campagne)
    return CampagneSignee(campagne, octets, racine.sign(_CONTEXTE_CAMPAGNE + octets))


def verifier_contenu(contenu: ContenuConfiance) -> None:
    """Raises ValueError on what no bundle may hold: numbers without room, doubles, ranges shared by two keys."""
    if contenu.generation < 0 or not _distincts([cle.kid for cle in contenu.cles]):
        raise ValueError("generation or kids")
    for cle in contenu.cles:
        if not KID_ESSAI < cle.kid <= KID_MAX or len(cle.cle) != 32 or cle.premier_jour > cle.dernier_jour:
            raise ValueError("desk key out of range")
    numeros = [signee.campagne.numero for signee in contenu.campagnes]
    if not _distincts(numeros) or (CAMPAGNE_DEMONSTRATION in numeros and len(numeros) > 1):
        # The demonstration has its own root (protocol §2): a place never takes both from one bundle.
        raise ValueError("campaigns")
    fins: dict[int, tuple[int, int]] = {}
    for plage in sorted(contenu.plages, key=lambda p: (p.campagne, p.premier, p.dernier)):
        if not 0 <= plage.premier <= plage.dernier <= CARNET_MAX or not 0 <= plage.campagne <= CAMPAGNE_MAX:
            raise ValueError("range of carnets out of range")
        fin, tenue_par = fins.get(plage.campagne, (-1, plage.kid))
        if plage.premier <= fin and tenue_par != plage.kid:
            raise ValueError("a range is allotted to two keys")
        fins[plage.campagne] = max((fin, tenue_par), (plage.dernier, plage.kid))
    encode_annulations(contenu.annulations)


def _distincts(nombres: list[int]) -> bool:
    return len(set(nombres)) == len(nombres)


def signer_confiance(contenu: ContenuConfiance, publication: Ed25519PrivateKey, lien: LienPublication) -> bytes:
    """The bundle's bytes, always the same for one content. Raises ValueError on a content no reader would take."""
    verifier_contenu(contenu)
    if publication.public_key().public_bytes_raw() != lien.cle or contenu.faite_le > lien.dernier_jour:
        raise ValueError("the publication link is another key's or has run out")
    charge = canonique.encode(
        {
            "faite_le": numero_du_jour(contenu.faite_le),
            "generation": contenu.generation,
            "cles": {
                # The last place is that of a link between the keys of a desk, which nothing uses (decision 0057).
                c.kid: [c.cle, numero_du_jour(c.premier_jour), numero_du_jour(c.dernier_jour), None]
                for c in contenu.cles
            },
            "plages": sorted([p.campagne, p.kid, p.premier, p.dernier] for p in contenu.plages),
            "campagnes": [[c.octets, c.signature] for c in sorted(contenu.campagnes, key=lambda c: c.campagne.numero)],
            "annulations": encode_annulations(contenu.annulations),
        }
    )
    lien_cbor = [lien.cle, numero_du_jour(lien.dernier_jour), lien.signature]
    octets = canonique.encode([VERSION, charge, lien_cbor, publication.sign(_CONTEXTE + charge)])
    if len(octets) > TAILLE_MAX:
        raise ValueError("bundle too large")
    return octets


def lire_confiance(octets: bytes, racine: bytes) -> Confiance:
    """Reads a bundle and checks every signature up to the pinned root (32 bytes).

    Raises SaisieRefusee("confiance_illisible", raison=…): taille, format, version, racine, lien_expire, signature,
    contenu or campagne.
    """
    if len(octets) > TAILLE_MAX:
        raise _refus("taille")
    try:
        version, *suite = canonique.decode(octets, taille_max=TAILLE_MAX)
        if _entier(version) != VERSION:
            raise _refus("version")
        charge, (cle, limite, signature_racine), signature = suite
        lien = LienPublication(cle, jour_du_numero(_entier(limite)), signature_racine)
        if not lien.verifier(racine):
            raise _refus("racine")
        if not signature_bonne(cle, signature, _CONTEXTE + charge):
            raise _refus("signature")
    except SaisieRefusee as refus:
        raise refus if refus.code == "confiance_illisible" else _refus("format") from None
    except _MISSHAPEN:
        raise _refus("format") from None
    contenu = _lire_charge(charge, racine)
    if contenu.faite_le > lien.dernier_jour:
        raise _refus("lien_expire")
    return Confiance(contenu, lien)


def _lire_charge(charge: bytes, racine: bytes) -> ContenuConfiance:
    try:
        valeurs: dict[str, Any] = canonique.decode(charge, taille_max=TAILLE_MAX)
        contenu = ContenuConfiance(
            faite_le=jour_du_numero(valeurs["faite_le"]),
            generation=valeurs["generation"],
            cles=tuple(
                ClePoste(kid, cle, jour_du_numero(premier), jour_du_numero(dernier))
                for kid, (cle, premier, dernier, _) in valeurs["cles"].items()
            ),
            plages=tuple(Plage(*plage) for plage in valeurs["plages"]),
            campagnes=tuple(lire_campagne(texte, signature, racine) for texte, signature in valeurs["campagnes"]),
            annulations=decode_annulations(valeurs["annulations"]),
        )
        verifier_contenu(contenu)
    except SaisieRefusee as refus:
        raise refus if refus.code == "confiance_illisible" else _refus("contenu") from None
    except _MISSHAPEN:
        raise _refus("contenu") from None
    return contenu


def _entier(valeur: Any) -> int:
    """Refuses CBOR's `true`, which Python takes for 1: outside the signature it would be a second writing."""
    if type(valeur) is not int:
        raise TypeError("a number was expected")
    return valeur


def _refus(raison: str) -> SaisieRefusee:
    return SaisieRefusee("confiance_illisible", raison=raison)
