"""The pass keys of a desk, one an epoch: announced by the desk, certified by the Region, told to that desk alone."""

from __future__ import annotations

from datetime import date, timedelta

from passdesk.protocol import canonique
from passdesk.protocol.certificat import Certificat, LienPoste, signer_poste
from passdesk.protocol.champs import Champs
from passdesk.protocol.cle_epoque import annonce_bonne
from passdesk.protocol.evenements import CleCertifiee
from passdesk.server.contexte import Contexte
from passdesk.server.corps import lire_corps
from passdesk.server.diffusion import diffuser
from passdesk.server.magasin import Transaction, ecrire_reglage, lire_reglage, prochain
from passdesk.server.postes import Poste, lister_postes, trouver_poste
from passdesk.server.region import Region
from passdesk.server.restauration import numero_redit, postes_attendus, suite_attendue

JOURS_POSTE = 730
"""Days during which a desk key may sign pass; a new epoch gets a new one before that."""
CLES_MAX = 64
"""Keys of one device: beyond, those that no lot was ever for are forgotten, the oldest first."""

CLES_PAR_JOUR = 8
"""Numbers that one device may take in a day (UTC) for its new epochs: there are 65 535 for the whole Region."""


def annoncer(contexte: Contexte, contenu: Champs) -> None:
    """`poste.epoque` v2: the key of the new epoch is noted, to be certified.

    The one of an epoch that is not the last, or of a computer that the desk left, only when none waits that will be the
    desk's. Raises ValueError when the desk does not prove that it holds it, when another desk has it, or for one too
    many, when all of them had lots.
    """
    epoch, cle, preuve = contenu.entier("epoch", 1), contenu.octets("cle", 32), contenu.octets("preuve", 64)
    tx, device = contexte.tx, contexte.device
    if epoch != contexte.entete.epoch or not annonce_bonne(device, epoch, cle, preuve):
        raise ValueError("the key is not proved")
    _faire_place(tx, device, cle)
    suivante = tx.une("SELECT 1 FROM journal WHERE device = ? AND epoch > ? LIMIT 1", device, epoch)
    passee = contexte.quitte or suivante is not None
    libre = " AND (cle_annoncee IS NULL OR annonce_passee = 1)" if passee else ""
    sql = f"UPDATE poste SET cle_annoncee = ?, annonce_passee = ? WHERE device = ?{libre}"  # noqa: S608
    tx.faire(sql, cle, int(passee), device)


def reprendre_la_cle(tx: Transaction, cle_corps: bytes, device: str, epoch: int) -> bool:
    """Of a desk that has nothing more to send of its present epoch: the key that this one began with is noted, to be
    certified, unless the desk has it, or waits for it. True when it was noted. `cle_corps`: bodies are kept under it.

    Put back to a day before its last epochs, a desk may begin one whose number is lower than theirs. Heard after them,
    it looks like one that is over (`annoncer`): its key was never certified, and the desk waited for it for ever.
    """
    rangee = tx.une(
        "SELECT p.cle_pass, p.cle_annoncee, p.annonce_passee FROM poste p JOIN operation o ON o.device = p.device "
        "WHERE o.device = ? AND o.epoch = ? AND o.seq = 1 AND o.type = 'poste.epoque' AND o.resultat = 'appliquee'",
        device,
        epoch,
    )
    corps = lire_corps(tx, cle_corps, device, epoch, 1) if rangee is not None else None
    if rangee is None or corps is None:
        return False
    presente, annoncee, passee = rangee
    cle = canonique.decode(corps.octets).get("cle")
    if cle is None or cle == bytes(presente) or (not passee and annoncee is not None and cle == bytes(annoncee)):
        return False
    try:
        _faire_place(tx, device, cle)
    except ValueError:
        return False
    tx.faire("UPDATE poste SET cle_annoncee = ?, annonce_passee = 0 WHERE device = ?", cle, device)
    return True


def cle_d_une_suite(tx: Transaction, cle_corps: bytes, device: str, epoch: int) -> bool:
    """Of a desk that has nothing more to send of its present epoch: True when the key that is kept for it, or waits to
    be certified, began a later one. `cle_corps`: bodies are kept under it.

    It does not have that epoch, so it was put back, or is a copy; and its counter did not say so: it asked as often as
    it had before, or this Region forgot how often. It signs with another key than the one that its lots are for.
    """
    suites = tx.toutes(
        "SELECT epoch FROM operation WHERE device = ? AND epoch > ? AND seq = 1 AND type = 'poste.epoque' "
        "AND resultat = 'appliquee'",
        device,
        epoch,
    )
    rangee = tx.une("SELECT cle_pass, cle_annoncee, annonce_passee FROM poste WHERE device = ?", device)
    if not suites or rangee is None:
        return False
    presente, annoncee, passee = rangee
    gardee = bytes(presente if annoncee is None or passee else annoncee)
    corps = (lire_corps(tx, cle_corps, device, int(suite), 1) for (suite,) in suites)
    return any(lu is not None and canonique.decode(lu.octets).get("cle") == gardee for lu in corps)


def _faire_place(tx: Transaction, device: str, cle: bytes) -> None:
    """Raises ValueError when another desk has this key, or when this one has too many that signed something."""
    connues = {lien.cle: qui for qui, lien in liens(tx)}
    if connues.get(cle, device) != device:
        raise ValueError("another desk has this key")
    trop = sum(qui == device for qui in connues.values()) >= CLES_MAX
    if cle not in connues and trop and not _oublier_une_cle(tx, device):
        raise ValueError("too many keys")


def _oublier_une_cle(tx: Transaction, device: str) -> bool:
    """The oldest key without any lot, which signed nothing; never the first one, by which desks are told in order.

    False when there is none, and while a Region put back to a backup may not know all the lots again.
    """
    if postes_attendus(tx):
        return False
    sql = (
        "DELETE FROM cle_ancienne WHERE kid = (SELECT min(a.kid) FROM cle_ancienne a WHERE a.device = ? "
        "AND NOT EXISTS (SELECT 1 FROM lot l WHERE l.kid = a.kid) "
        "AND EXISTS (SELECT 1 FROM cle_ancienne b WHERE b.device = a.device AND b.kid < a.kid))"
    )
    return tx.faire(sql, device) > 0


def certifier(region: Region, tx: Transaction, device: str) -> bool:
    """Certifies the key that this desk announced, if any, and tells it; lots granted from now on are signed with it,
    were it one that the desk had before: linked again, it says which one it signs with (decision 0090).

    One of an epoch that is over is known for the carnets that it signed, when its lots say that there may be some.
    False while there is one to certify and the publication key has run out, a Region put back to a backup has not heard
    all that the desk did with it, or the desk has had its numbers of the day: the next exchange tries again.
    """
    rangee = tx.une("SELECT cle_annoncee, annonce_passee, kid FROM poste WHERE device = ?", device)
    if rangee is None or rangee[0] is None:
        return True
    jour, cle, passee = region.horloge.aujourdhui(), bytes(rangee[0]), bool(rangee[1])
    if jour > region.cles.lien_publication.dernier_jour:
        return False
    # Announced again after this Region was put back from a copy: the number that it has stays its number.
    lien = next((lien for qui, lien in liens(tx) if qui == device and lien.cle == cle), None)
    if lien is None and passee:
        if _reste_a_entendre(tx, device):
            # Its lots may say its number yet; the desk's own key does not wait for it.
            return not suite_attendue(tx, device)
        redit = numero_redit(tx, device)
        if redit is not None:
            lien = signer_cle(region, tx, cle, redit)
            garder_ancienne(tx, device, lien)
    elif lien is None:
        if suite_attendue(tx, device):
            return False
        # One that it had in a life that this Region forgot is on paper.
        redit = numero_redit(tx, device)
        if redit is None and not _encore_un_numero(tx, device, jour):
            return False
        lien = signer_cle(region, tx, cle, redit)
        remplacer_cle(tx, device, lien)
    elif not passee and lien.kid != rangee[2]:
        tx.faire("DELETE FROM cle_ancienne WHERE kid = ?", lien.kid)
        remplacer_cle(tx, device, lien)
    tx.faire("UPDATE poste SET cle_annoncee = NULL, annonce_passee = 0 WHERE device = ?", device)
    if lien is not None:
        diffuser(tx, CleCertifiee(Certificat(region.cles.lien_publication, lien).octets), device=device)
    return not (passee and suite_attendue(tx, device))


def _reste_a_entendre(tx: Transaction, device: str) -> bool:
    """True until the epoch that this Region heard the beginning of last is here to the end that the desk signed."""
    rangee = tx.une(
        "SELECT 1 FROM journal j WHERE j.device = ? AND j.seq < j.tete_seq AND j.epoch = (SELECT o.epoch "
        "FROM operation o WHERE o.device = j.device AND o.type = 'poste.epoque' ORDER BY o.srv_seq DESC LIMIT 1)",
        device,
    )
    return rangee is not None


def _encore_un_numero(tx: Transaction, device: str, jour: date) -> bool:
    """True, and one number less for this device today; False when it has had them all (`CLES_PAR_JOUR`).

    Numbers given are counted, not keys known: those that no lot was ever for are forgotten.
    """
    nom = f"numeros_de_cle/{device}"
    lu = (lire_reglage(tx, nom) or b"").decode().partition(" ")
    pris = int(lu[2]) if lu[0] == jour.isoformat() else 0
    if pris >= CLES_PAR_JOUR:
        return False
    ecrire_reglage(tx, nom, f"{jour.isoformat()} {pris + 1}".encode())
    return True


def signer_cle(region: Region, tx: Transaction, cle: bytes, kid: int | None = None) -> LienPoste:
    """A desk key certified from today on, under this number, the next one without. The caller keeps it."""
    jour = region.horloge.aujourdhui()
    return signer_poste(
        region.cles.publication,
        kid=prochain(tx, "kid") if kid is None else kid,
        cle=cle,
        premier_jour=jour,
        dernier_jour=jour + timedelta(days=JOURS_POSTE),
    )


def remplacer_cle(tx: Transaction, device: str, lien: LienPoste) -> None:
    """This key is the desk's from now on; the one before stays known, for the carnets that it signed."""
    tx.faire(
        "INSERT INTO cle_ancienne (kid, device, cle_pass, premier_jour, dernier_jour, lien) "
        "SELECT kid, device, cle_pass, premier_jour, dernier_jour, lien FROM poste WHERE device = ?",
        device,
    )
    tx.faire(
        "UPDATE poste SET kid = ?, cle_pass = ?, premier_jour = ?, dernier_jour = ?, lien = ? WHERE device = ?",
        lien.kid,
        lien.cle,
        lien.premier_jour.isoformat(),
        lien.dernier_jour.isoformat(),
        lien.signature,
        device,
    )


def garder_ancienne(tx: Transaction, device: str, lien: LienPoste) -> None:
    """This key was the desk's once, and is known for the carnets that it signed."""
    tx.faire(
        "INSERT INTO cle_ancienne (kid, device, cle_pass, premier_jour, dernier_jour, lien) VALUES (?, ?, ?, ?, ?, ?)",
        lien.kid,
        device,
        lien.cle,
        lien.premier_jour.isoformat(),
        lien.dernier_jour.isoformat(),
        lien.signature,
    )


def liens(tx: Transaction) -> tuple[tuple[str, LienPoste], ...]:
    """(device, certified key) of every desk, former keys too, by number."""
    anciennes = (
        (str(device), LienPoste(kid, date.fromisoformat(premier), date.fromisoformat(dernier), cle, signature))
        for device, kid, premier, dernier, cle, signature in tx.toutes(
            "SELECT device, kid, premier_jour, dernier_jour, cle_pass, lien FROM cle_ancienne"
        )
    )
    presentes = ((poste.device, poste.lien) for poste in lister_postes(tx))
    return tuple(sorted((*anciennes, *presentes), key=lambda connue: connue[1].kid))


def poste_a_jour(region: Region, tx: Transaction, poste: Poste) -> Poste | None:
    """The desk with the key that it is to sign with from now on; None while that one cannot be certified."""
    return trouver_poste(tx, poste.device) if certifier(region, tx, poste.device) else None
