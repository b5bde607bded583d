"""The verdict of a pass at a place, offline: from the text read, the root, the bundle and the day (contracts §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.campagne import plus_mois
from passdesk.protocol.certificat import Certificat
from passdesk.protocol.confiance import Confiance
from passdesk.protocol.pass_token import MAGIE, PassToken, lire_pass, sans_azerty, verifier_pass
from passdesk.protocol.serie import lire_serie, mal_tapee, serie_carnet

LISTE_JOURS_MAX = 90
"""Beyond this age on the day of the check, a bundle no longer makes a pass good (contracts §3)."""

_CHIFFRES_MIN = 40
"""Digits from which a text with our magic is a damaged pass: shop bar codes may start with 801 too."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict. `carnet`: printed carnet serial; `rang`: JSON key "pass"; `liste_du`: day of the bundle used.

    What a falsified or unknown pass says of itself is given as read.
    """

    code: str = field(repr=False)
    verdict: str
    raison: str | None = None
    campagne: int | None = None
    carnet: str | None = None
    rang: int | None = None
    sur: int | None = None
    valable_jusqu_au: date | None = None
    liste_du: date | None = None

    def en_json(self) -> dict[str, str | int | None]:
        """The object of contracts §3, its keys in that order, dates ISO."""
        return {
            "code": self.code,
            "verdict": self.verdict,
            "campagne": self.campagne,
            "carnet": self.carnet,
            "pass": self.rang,
            "sur": self.sur,
            "valable_jusqu_au": self.valable_jusqu_au.isoformat() if self.valable_jusqu_au else None,
            "raison": self.raison,
            "liste_du": self.liste_du.isoformat() if self.liste_du else None,
        }


def porte_notre_magie(texte: str) -> bool:
    """True for a pass of ours, even damaged: only digits, the magic in front, and far longer than a shop bar code."""
    chiffres = sans_azerty("".join(texte.split()))
    return chiffres.startswith(MAGIE) and chiffres.isascii() and chiffres.isdigit() and len(chiffres) >= _CHIFFRES_MIN


def verifier_code(
    texte: str, racine: bytes, confiance: Confiance | None, certificats: Sequence[Certificat], le: date
) -> Verdict:
    """The verdict of one code on the day `le`. Certificates count only without a bundle, which alone knows revocations.

    The dates of a desk key bound signing: what it printed stays good after its last day; before its first day the key
    is unknown. `confiance` was read against the same `racine`.
    """
    liste_du = confiance.faite_le if confiance else None
    token = lire_pass(texte)
    if token is None:
        return Verdict(texte, "illisible", _raison_illisible(texte), liste_du=liste_du)
    if confiance is None:
        issue, raison = _sans_liste(token, racine, certificats, le)
    else:
        issue, raison = _avec_liste(token, confiance, le)
    return Verdict(
        code=texte,
        verdict=issue,
        raison=raison,
        campagne=token.campagne,
        carnet=serie_carnet(token.campagne, token.carnet),
        rang=token.rang,
        sur=token.taille,
        valable_jusqu_au=_dernier_jour(token, confiance),
        liste_du=liste_du,
    )


def _dernier_jour(token: PassToken, confiance: Confiance | None) -> date:
    """The day that the pass says, never later than the campaign's: a stolen key would sign any day."""
    campagne = confiance.campagne(token.campagne) if confiance is not None else None
    return min(token.dernier_jour, campagne.dernier_jour) if campagne is not None else token.dernier_jour


def _raison_illisible(texte: str) -> str | None:
    if not texte.strip() or porte_notre_magie(texte) or mal_tapee(texte):
        return None
    return "pas_un_pass" if lire_serie(texte) is None else "en_ligne_seulement"


def _signe_par(token: PassToken, cle: bytes) -> bool:
    return verifier_pass(token, cle) and 1 <= token.rang <= token.taille


def _avec_liste(token: PassToken, confiance: Confiance, le: date) -> tuple[str, str | None]:
    poste = confiance.cle_poste(token.kid)
    if poste is None or le < poste.premier_jour:
        return "inconnu", "cle"
    if not _signe_par(token, poste.cle):
        return "falsifie", None
    campagne = confiance.campagne(token.campagne)
    if campagne is None:
        return "inconnu", None
    if not confiance.dans_une_plage(token.campagne, token.kid, token.carnet):
        return "inconnu", "hors_plage"
    annulation = confiance.raison_annulation(token.campagne, token.carnet, token.rang)
    if annulation is not None:
        return "annule", annulation
    dernier_jour = _dernier_jour(token, confiance)
    if le > plus_mois(dernier_jour, campagne.tolerance_mois):
        return "perime", None
    if (le - confiance.faite_le).days > LISTE_JOURS_MAX:
        return "inconnu", "liste_trop_ancienne"
    return "valide", "tolerance" if le > dernier_jour else None


def _sans_liste(token: PassToken, racine: bytes, certificats: Sequence[Certificat], le: date) -> tuple[str, str | None]:
    cles = [c.poste.cle for c in certificats if c.poste.kid == token.kid and c.verifier(racine, le)]
    if not cles:
        return "inconnu", "cle"
    if not any(_signe_par(token, cle) for cle in cles):
        return "falsifie", None
    # Without the bundle the tolerance is not known: the printed day is the last one.
    return ("perime", None) if le > token.dernier_jour else ("valide", "sans_liste")
