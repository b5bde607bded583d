"""A desk that goes on with its log under other keys: on another computer, or after it was revoked by mistake.

It keeps its device id, and with it its people, its carnets and its place in the index (decision 0090).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.certificat import LienPoste
from passdesk.protocol.enrolement import DeviceKeys, EnrolmentRequest, log_proof
from passdesk.protocol.signatures import verify_request
from passdesk.server.cles_poste import remplacer_cle
from passdesk.server.corps import lire_corps
from passdesk.server.index_region import redire_index
from passdesk.server.magasin import Transaction
from passdesk.server.postes import trouver_poste
from passdesk.server.region import Region

_JOUR_MS = 86_400_000
ID_APPAREIL = 16
"""Characters of a device id, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Suite:
    """The desk that one which asks to join goes on with. `etat`: actif, revoque, or inconnu of a Region that was put
    back to a backup; `vu_le`: its last request, ms UTC, 0 for never."""

    device: str
    nom: str
    etat: str
    vu_le: int


def reconnaitre_suite(tx: Transaction, cle_corps: bytes, demande: EnrolmentRequest) -> str | None:
    """The device whose log this desk shows that it holds; the id it says it had, when this Region knows of no such
    device; None for a new desk, and for one that shows nothing."""
    dite = demande.log
    if dite is None:
        return None
    candidats = tx.toutes(
        "SELECT p.device FROM poste p JOIN operation o ON o.device = p.device AND o.epoch = 1 AND o.seq = 1 "
        "WHERE o.hash = ? ORDER BY CASE p.device WHEN ? THEN 0 ELSE 1 END, p.vu_le DESC",
        dite.origin,
        dite.device,
    )
    for (device,) in candidats:
        corps = lire_corps(tx, cle_corps, device, 1, 1)
        if corps is not None and hmac.compare_digest(log_proof(corps.sel, demande.code, demande.keys), dite.proof):
            return str(device)
    oubliee = len(dite.device) == ID_APPAREIL and all(c in "0123456789abcdef" for c in dite.device)
    return dite.device if oubliee and trouver_poste(tx, dite.device) is None else None


def montrer_suite(tx: Transaction, device: str | None) -> Suite | None:
    """What people are told of it before they accept."""
    if device is None:
        return None
    poste = trouver_poste(tx, device)
    return Suite(device, "", "inconnu", 0) if poste is None else Suite(device, poste.nom, poste.etat, poste.vu_le)


def verifier_la_parole(tx: Transaction, suite: str | None, dite: str | None) -> None:
    """A person says which desk goes on, and the desk has shown it: neither is enough alone.

    Raises SaisieRefusee("suite_a_dire": it holds the log of a desk, and nobody named it; "suite_non_montree").
    """
    dite = None if dite is None else dite.strip().casefold()
    if suite == dite:
        return
    connue = montrer_suite(tx, suite)
    if connue is not None and dite is None:
        raise SaisieRefusee("suite_a_dire", appareil=connue.device, poste=connue.nom or connue.device)
    raise SaisieRefusee("suite_non_montree", appareil=(dite or "")[:20])


def changer_d_ordinateur(tx: Transaction, device: str, nom: str, cles: DeviceKeys, lien: LienPoste, le: int) -> None:
    """The desk signs with these keys from now on (`le`: ms UTC); what the computer it leaves still sends is set aside.

    Its numbers that are not known as awarded stay what they are: the desk leaves them with its new epoch.
    """
    tx.faire(
        "INSERT INTO ordinateur_quitte (device, cle_requete, quitte_le) SELECT device, cle_requete, ? FROM poste "
        "WHERE device = ? ON CONFLICT (device, cle_requete) DO UPDATE SET quitte_le = excluded.quitte_le",
        le,
        device,
    )
    remplacer_cle(tx, device, lien)
    tx.faire(
        # Under this key nothing was ever asked: an old request cannot be asked again.
        "UPDATE poste SET nom = ?, cle_requete = ?, cle_boite = ?, cle_annoncee = NULL, annonce_passee = 0, "
        "etat = 'actif', compteur = 0 WHERE device = ?",
        nom,
        cles.request,
        cles.box,
        device,
    )
    redire_index(tx, device)


def cle_quittee(
    region: Region, device: str, method: str, url: str, headers: Mapping[str, str], body: bytes
) -> tuple[bytes, int] | None:
    """The request key (32 bytes) of the computer that its desk left, and that this message comes from, with the volume
    of what it sent today before (`gardes.mettre_a_part`); None for any other message."""
    jour = region.maintenant() // _JOUR_MS
    lues = region.magasin.regarder(
        lambda tx: tx.toutes(
            "SELECT cle_requete, CASE volume_jour WHEN ? THEN volume ELSE 0 END FROM ordinateur_quitte "
            "WHERE device = ?",
            jour,
            device,
        )
    )
    for cle, volume in lues:
        with suppress(SaisieRefusee):
            publique = Ed25519PublicKey.from_public_bytes(cle)
            verify_request(publique, method=method, url=url, headers=headers, body=body)
            return bytes(cle), int(volume)
    return None
