"""The index renewed after a theft: every blind key at the Region changes at once, and each desk is told how."""

from __future__ import annotations

import secrets

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.evenements import IndexAjout, IndexRenouvele, encode_evenement, lire_evenement
from passdesk.protocol.index_aveugle import TAILLE
from passdesk.protocol.index_renouvele import SECRET, SUITE_MAX, cle_renouvelee, sceller_suite
from passdesk.server import etat
from passdesk.server.corps import decrypt, encrypt
from passdesk.server.diffusion import INDEX_VERSION, diffuser
from passdesk.server.magasin import Transaction, ecrire_reglage, lire_reglage
from passdesk.server.postes import Poste
from passdesk.server.region import Region

_SUITE = "index_suite"
_LIEU = ("index", 0, 0)
"""What the sealed secrets are bound to, where a body is bound to its operation."""


def version_index(tx: Transaction) -> int:
    """1 at first; one more each time the index was renewed."""
    return int(lire_reglage(tx, INDEX_VERSION) or b"1")


def cle_du_moment(tx: Transaction, cle_corps: bytes, cle: bytes) -> bytes:
    """The key that the index goes by now, of a key v1 as desks write it in their acts."""
    return cle_renouvelee(cle, secrets_ajoutes(tx, cle_corps))


def renouveler_index(region: Region) -> int:
    """A new secret on top of the others; its version. Everything the Region keeps by key follows in the transaction.

    Raises SaisieRefusee(index_renouvele_trop).
    """
    with region.magasin.ecrire() as tx:
        version = renouveler(tx, region.cles.corps)
    if version is None:
        raise SaisieRefusee("index_renouvele_trop")
    return version


def renouveler(tx: Transaction, cle_corps: bytes) -> int | None:
    """The same in a transaction; None, and nothing changed, once there are `SUITE_MAX` secrets."""
    secret = secrets.token_bytes(SECRET)
    suite = (*secrets_ajoutes(tx, cle_corps), secret)
    if len(suite) > SUITE_MAX:
        return None
    ecrire_reglage(tx, _SUITE, encrypt(cle_corps, canonique.encode(list(suite)), *_LIEU))
    ecrire_reglage(tx, INDEX_VERSION, str(len(suite) + 1).encode())
    for table, lignes in (("sujet", "device, sujet"), ("attribution", "cle"), ("litige", "litige")):
        # 32 bytes: somebody without identity, whom no desk could recognise.
        sql = f"SELECT DISTINCT cle, {lignes} FROM {table} WHERE length(cle) = ?"  # noqa: S608
        ou = " AND ".join(f"{nom} = ?" for nom in lignes.split(", "))
        for cle, *ligne in tx.toutes(sql, TAILLE):
            neuve = cle_renouvelee(bytes(cle), (secret,))
            tx.faire(f"UPDATE {table} SET cle = ? WHERE {ou}", neuve, *ligne)  # noqa: S608
    _redire(tx, secret, len(suite) + 1)
    tx.faire("DELETE FROM evenement WHERE type = 'index.renouvele'")
    etat.oublier(tx)
    return len(suite) + 1


def dire_index(region: Region, tx: Transaction, poste: Poste) -> None:
    """Tells a desk the further secrets, once for each version, in its own exchange: a revoked one never hears them."""
    version = version_index(tx)
    if version == 1:
        return
    dite = tx.une("SELECT version FROM index_dit WHERE device = ?", poste.device)
    if dite is not None and dite[0] >= version:
        return
    scelle = sceller_suite(secrets_ajoutes(tx, region.cles.corps), poste.cle_requete, poste.device)
    tx.faire("DELETE FROM evenement WHERE type = 'index.renouvele' AND device = ?", poste.device)
    srv_seq = diffuser(tx, IndexRenouvele(version, scelle), device=poste.device)
    tx.faire(
        "INSERT INTO index_dit (device, version, srv_seq) VALUES (?, ?, ?) "
        "ON CONFLICT (device) DO UPDATE SET version = excluded.version, srv_seq = excluded.srv_seq",
        poste.device,
        version,
        srv_seq,
    )


def redire_index(tx: Transaction, device: str) -> None:
    """What this desk was told of the index was sealed to a key that it has no more: it is told again."""
    tx.faire("DELETE FROM index_dit WHERE device = ?", device)


def secrets_ajoutes(tx: Transaction, cle_corps: bytes) -> tuple[bytes, ...]:
    """The secrets that a key v1 goes through, in order, to become the one that the index goes by now."""
    scellee = lire_reglage(tx, _SUITE)
    if scellee is None:
        return ()
    lue = canonique.decode(decrypt(cle_corps, scellee, *_LIEU))
    assert isinstance(lue, list)
    return tuple(bytes(secret) for secret in lue)


def _redire(tx: Transaction, secret: bytes, version: int) -> None:
    """What was told by the old keys is told by the new ones, at the same place in the order of the world."""
    rangees = tx.toutes("SELECT srv_seq, type, octets FROM evenement WHERE type LIKE 'index.ajout%' ORDER BY srv_seq")
    for srv_seq, type_, octets in rangees:
        ajout = lire_evenement(type_, octets)
        assert isinstance(ajout, IndexAjout)
        cle = cle_renouvelee(ajout.cle, (secret,))
        neuf = encode_evenement(IndexAjout(cle, ajout.passes, ajout.le, ajout.poste, version))
        tx.faire("UPDATE evenement SET type = ?, octets = ? WHERE srv_seq = ?", *neuf, srv_seq)
