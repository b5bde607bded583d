"""A small Region for the tests: fixed keys from root to desk, campaign 12, and one bundle made on 2026-11-23."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.campagne import Campagne
from passdesk.protocol.annulations import Annulation
from passdesk.protocol.certificat import Certificat, signer_poste, signer_publication
from passdesk.protocol.confiance import (
    ClePoste,
    Confiance,
    ContenuConfiance,
    Plage,
    lire_confiance,
    signer_campagne,
    signer_confiance,
)
from passdesk.protocol.pass_token import PassToken, signer_pass


def cle(nom: str) -> Ed25519PrivateKey:
    """A private key that is the same at each run."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(nom.encode()).digest())


def publique(privee: Ed25519PrivateKey) -> bytes:
    """Its raw public key."""
    return privee.public_key().public_bytes_raw()


RACINE, PUBLICATION, POSTE, AUTRE_POSTE = cle("racine"), cle("publication"), cle("poste"), cle("autre poste")
RACINE_PUB = publique(RACINE)
FAITE_LE = date(2026, 11, 23)
DERNIER_JOUR = date(2027, 12, 31)
KID, AUTRE_KID = 42, 43
CAMPAGNE = Campagne(numero=12, libelle="Pass numérique 2027", valeur_cents=1000, dernier_jour=DERNIER_JOUR)
PUBLICATION_LIEN = signer_publication(RACINE, publique(PUBLICATION), date(2027, 2, 21))
PREMIER_JOUR, FIN_CLE = date(2026, 11, 1), date(2027, 11, 1)
CERTIFICAT = Certificat(
    PUBLICATION_LIEN,
    signer_poste(PUBLICATION, kid=KID, cle=publique(POSTE), premier_jour=PREMIER_JOUR, dernier_jour=FIN_CLE),
)
CONTENU = ContenuConfiance(
    faite_le=FAITE_LE,
    generation=7,
    cles=(
        ClePoste(KID, publique(POSTE), PREMIER_JOUR, FIN_CLE),
        ClePoste(AUTRE_KID, publique(AUTRE_POSTE), PREMIER_JOUR, FIN_CLE),
    ),
    plages=(Plage(12, KID, 1000, 1999), Plage(12, KID, 2100, 2109), Plage(12, AUTRE_KID, 2000, 2099)),
    campagnes=(signer_campagne(RACINE, CAMPAGNE),),
    annulations=(
        Annulation(12, 1500, 0, "perdu"),
        Annulation(12, 1501, 0, "vole"),
        Annulation(12, 1502, 6, "litige"),
        Annulation(12, 1502, 7, "litige"),
        Annulation(12, 1503, 0, "annule"),
    ),
)


def confiance(**changements: Any) -> Confiance:
    """The bundle as a place reads it, some of its content replaced."""
    return lire_confiance(signer_confiance(replace(CONTENU, **changements), PUBLICATION, PUBLICATION_LIEN), RACINE_PUB)


def un_pass(privee: Ed25519PrivateKey = POSTE, **changements: Any) -> PassToken:
    """Pass 3 of 10 of carnet 1234, some of its numbers replaced."""
    numeros: dict[str, Any] = {
        "campagne": 12,
        "kid": KID,
        "carnet": 1234,
        "taille": 10,
        "rang": 3,
        "dernier_jour": DERNIER_JOUR,
    }
    return signer_pass(privee, **(numeros | changements))
