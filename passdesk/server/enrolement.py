"""A desk joins: a code given by hand, six words compared, an acceptance by a person, then keys and a certificate."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from passdesk import ressources
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.certificat import LienPoste
from passdesk.protocol.enrolement import (
    ALPHABET,
    CODE_HASARD,
    DeviceKeys,
    EnrolmentPending,
    EnrolmentRequest,
    fingerprint,
    proof_message,
    six_words,
    transcript,
)
from passdesk.protocol.pass_token import signature_bonne
from passdesk.server.cles_poste import signer_cle
from passdesk.server.magasin import Rangee, Transaction
from passdesk.server.postes import Poste, trouver_poste
from passdesk.server.publication import annoncer
from passdesk.server.region import Region
from passdesk.server.revocation import Revocation, annuler_les_siens
from passdesk.server.suite import (
    ID_APPAREIL,
    Suite,
    changer_d_ordinateur,
    montrer_suite,
    reconnaitre_suite,
    verifier_la_parole,
)

DUREE = timedelta(hours=24)
ESSAIS = 5
REPERE = 4
"""First characters of a code: they find it; a guess that gets them right costs one of its tries. As many as that, so
that nobody finds the codes of others by trying them all, and uses up their tries (decision 0081)."""


@dataclass(frozen=True, slots=True)
class Attente:
    """A desk that asked to join: compare the six words with those on its screen. `identifiant`: what to accept;
    `suite`: the desk that it goes on with, None for a new one."""

    identifiant: str
    nom: str
    mots: tuple[str, ...]
    suite: Suite | None = None


@dataclass(frozen=True, slots=True)
class DemandePoste:
    """A code and the desk that answered it. `etat`: ouvert, en_attente, accepte, refuse or perime; `suite`: the device
    whose log it has shown that it holds."""

    repere: str
    code_mac: bytes = field(repr=False)
    nom: str
    etat: str
    essais: int
    ticket: bytes | None
    cles: DeviceKeys | None
    empreinte: bytes | None
    device: str | None
    suite: str | None


_COLONNES = "repere, code_mac, nom, etat, essais, ticket, cle_requete, cle_pass, cle_boite, empreinte, device, suite"


def _ligne(rangee: Rangee) -> DemandePoste:
    repere, code_mac, nom, etat, essais, ticket, requete, passe, boite, empreinte, device, suite = rangee
    cles = DeviceKeys(requete, passe, boite) if requete is not None else None
    return DemandePoste(repere, code_mac, nom, etat, essais, ticket, cles, empreinte, device, suite)


def mots() -> tuple[str, ...]:
    """The 256 words of the list shipped with PassDesk."""
    return tuple(ressources.chemin("mots.txt").read_text(encoding="utf-8").split())


def proposer_code(region: Region, nom: str) -> str:
    """A one-time code for the desk `nom`: 10 characters, 24 h, five tries. Raises SaisieRefusee(nom_poste_refuse)."""
    nom = " ".join(nom.split())
    if not 1 <= len(nom) <= 120:
        raise SaisieRefusee("nom_poste_refuse")
    maintenant = region.maintenant()
    with region.magasin.ecrire() as tx:
        _perimer(tx, maintenant)
        pris = {
            repere
            for (repere,) in tx.toutes("SELECT DISTINCT repere FROM enrolement WHERE etat IN ('ouvert', 'en_attente')")
        }
        while True:
            hasard = "".join(secrets.choice(ALPHABET) for _ in range(CODE_HASARD))
            if hasard[:REPERE] not in pris:
                break
        code = hasard + fingerprint(region.cles.lien_publication.cle)
        tx.faire(
            "INSERT INTO enrolement (repere, code_mac, nom, expire_le) VALUES (?, ?, ?, ?)",
            code[:REPERE],
            region.cles.code_mac(code),
            nom,
            maintenant + int(DUREE.total_seconds() * 1000),
        )
    return code


def en_attente(region: Region) -> tuple[Attente, ...]:
    """The desks that wait for an acceptance."""
    liste = mots()
    with region.magasin.ecrire() as tx:
        _perimer(tx, region.maintenant())
        rangees = tx.toutes(f"SELECT {_COLONNES} FROM enrolement WHERE etat = 'en_attente' ORDER BY repere")  # noqa: S608
        return tuple(
            Attente(li.repere, li.nom, six_words(li.empreinte or b"", liste), montrer_suite(tx, li.suite))
            for li in map(_ligne, rangees)
        )


def accepter(region: Region, identifiant: str, *, a_la_place_de: str | None = None) -> Poste:
    """A person says yes, the six words being the same: device id, `kid`, desk certificate.

    `a_la_place_de`: the device whose log this desk goes on with, on another computer or after it was revoked; it keeps
    that id (decision 0090). Raises SaisieRefusee(attente_inconnue, publication_expiree, suite_a_dire,
    suite_non_montree).
    """
    _publication_valable(region)
    with region.magasin.ecrire() as tx:
        return _accepter(region, tx, identifiant, a_la_place_de)


def accepter_apres_un_vol(region: Region, identifiant: str, a_la_place_de: str) -> Revocation:
    """The same when the computer that the desk leaves was stolen: its numbers are void as those of a desk revoked for
    it, ranks that its key could sign too, the index renewed, and a bundle says so, in one transaction.

    Raises as `accepter`.
    """
    _publication_valable(region)
    with region.magasin.ecrire() as tx:
        poste = _accepter(region, tx, identifiant, a_la_place_de)
        carnets, index = annuler_les_siens(tx, region, poste.device, vol=True)
        return Revocation(poste, carnets, annoncer(tx, region), index)


def _publication_valable(region: Region) -> None:
    jour = region.horloge.aujourdhui()
    if jour > region.cles.lien_publication.dernier_jour:
        raise SaisieRefusee("publication_expiree")


def _accepter(region: Region, tx: Transaction, identifiant: str, a_la_place_de: str | None) -> Poste:
    ligne = _attente(tx, region, identifiant)
    assert ligne.cles is not None
    verifier_la_parole(tx, ligne.suite, a_la_place_de)
    device = ligne.suite or secrets.token_hex(ID_APPAREIL // 2)
    lien = signer_cle(region, tx, ligne.cles.passe)
    if trouver_poste(tx, device) is not None:
        changer_d_ordinateur(tx, device, ligne.nom, ligne.cles, lien, region.maintenant())
    else:
        _inscrire(tx, device, ligne.nom, ligne.cles, lien)
    tx.faire(
        "UPDATE enrolement SET etat = 'accepte', device = ? WHERE repere = ? AND code_mac = ?",
        device,
        ligne.repere,
        ligne.code_mac,
    )
    poste = trouver_poste(tx, device)
    assert poste is not None
    return poste


def _inscrire(tx: Transaction, device: str, nom: str, cles: DeviceKeys, lien: LienPoste) -> None:
    tx.faire(
        "INSERT INTO poste (device, nom, kid, cle_requete, cle_pass, cle_boite, premier_jour, dernier_jour, lien) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        device,
        nom,
        lien.kid,
        cles.request,
        cles.passe,
        cles.box,
        lien.premier_jour.isoformat(),
        lien.dernier_jour.isoformat(),
        lien.signature,
    )


def refuser_poste(region: Region, identifiant: str) -> None:
    """A person says no: the words differ. Raises SaisieRefusee(attente_inconnue)."""
    with region.magasin.ecrire() as tx:
        ligne = _attente(tx, region, identifiant)
        tx.faire(
            "UPDATE enrolement SET etat = 'refuse' WHERE repere = ? AND code_mac = ?", ligne.repere, ligne.code_mac
        )


def demander(region: Region, demande: EnrolmentRequest) -> EnrolmentPending:
    """A desk shows its code and its keys, which it holds (`possede`). Raises SaisieRefusee(code_refuse): unknown, over,
    used or tried too often.

    Sent again with the same keys it gets the same ticket: its first answer may have been lost.
    """
    maintenant = region.maintenant()
    # Counted even when refused: the transaction ends before the refusal is raised.
    with region.magasin.ecrire() as tx:
        _perimer(tx, maintenant)
        ticket = _demander(tx, region, demande)
    if ticket is None:
        raise SaisieRefusee("code_refuse")
    return EnrolmentPending(ticket, region.cles.publiques)


def _demander(tx: Transaction, region: Region, demande: EnrolmentRequest) -> bytes | None:
    rangee = tx.une(
        f"SELECT {_COLONNES} FROM enrolement WHERE repere = ? AND etat IN ('ouvert', 'en_attente')",  # noqa: S608
        demande.code[:REPERE],
    )
    if rangee is None:
        return None
    ligne = _ligne(rangee)
    if not hmac.compare_digest(ligne.code_mac, region.cles.code_mac(demande.code)):
        etat = "perime" if ligne.essais + 1 >= ESSAIS and ligne.etat == "ouvert" else ligne.etat
        tx.faire(
            "UPDATE enrolement SET essais = essais + 1, etat = ? WHERE repere = ? AND code_mac = ?",
            etat,
            ligne.repere,
            ligne.code_mac,
        )
        return None
    if ligne.etat == "en_attente":
        return ligne.ticket if ligne.cles == demande.keys else None
    ticket = secrets.token_bytes(16)
    tx.faire(
        "UPDATE enrolement SET etat = 'en_attente', ticket = ?, cle_requete = ?, cle_pass = ?, cle_boite = ?, "
        "empreinte = ?, suite = ? WHERE repere = ? AND code_mac = ?",
        ticket,
        demande.keys.request,
        demande.keys.passe,
        demande.keys.box,
        transcript(demande.code, region.cles.publiques, demande.keys),
        reconnaitre_suite(tx, region.cles.corps, demande),
        ligne.repere,
        ligne.code_mac,
    )
    return ticket


def demande_du_ticket(region: Region, tx: Transaction, ticket: bytes) -> DemandePoste | None:
    """The desk that holds this ticket, wherever it stands; None for an unknown ticket."""
    _perimer(tx, region.maintenant())
    rangee = tx.une(f"SELECT {_COLONNES} FROM enrolement WHERE ticket = ?", ticket)  # noqa: S608
    return _ligne(rangee) if rangee else None


def repere_ouvert(tx: Transaction, code: str) -> str | None:
    """The reference of a code that some desk may still show; None when there is none of that beginning."""
    rangee = tx.une(
        "SELECT repere FROM enrolement WHERE repere = ? AND etat IN ('ouvert', 'en_attente') LIMIT 1", code[:REPERE]
    )
    return str(rangee[0]) if rangee else None


def cle_du_ticket(tx: Transaction, ticket: bytes) -> bytes | None:
    """The request key of the desk that holds this ticket; None for an unknown one."""
    rangee = tx.une("SELECT cle_requete FROM enrolement WHERE ticket = ?", ticket)
    return bytes(rangee[0]) if rangee and rangee[0] is not None else None


def possede(demande: EnrolmentRequest) -> bool:
    """True when who sends this holds both of the keys that it shows."""
    message = proof_message(demande.code, demande.keys)
    return signature_bonne(demande.keys.request, demande.proof_request, message) and signature_bonne(
        demande.keys.passe, demande.proof_pass, message
    )


def _perimer(tx: Transaction, maintenant: int) -> None:
    tx.faire(
        "UPDATE enrolement SET etat = 'perime' WHERE etat IN ('ouvert', 'en_attente') AND expire_le <= ?", maintenant
    )


def _attente(tx: Transaction, region: Region, identifiant: str) -> DemandePoste:
    _perimer(tx, region.maintenant())
    rangee = tx.une(
        f"SELECT {_COLONNES} FROM enrolement WHERE repere = ? AND etat = 'en_attente'",  # noqa: S608
        identifiant.strip().upper()[:REPERE],
    )
    if rangee is None:
        raise SaisieRefusee("attente_inconnue", identifiant=identifiant)
    return _ligne(rangee)
