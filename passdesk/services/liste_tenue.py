"""What the Region signed and this desk holds: the list of trust, and the days that it proves."""

from __future__ import annotations

from datetime import date

from passdesk.protocol.confiance import Confiance, lire_confiance
from passdesk.services import poste as noms
from passdesk.storage import poste as identite
from passdesk.storage.cle_pass import certificats
from passdesk.storage.engine import Base


def liste_tenue(base: Base) -> Confiance | None:
    """The list held, checked up to the root; None before the first one."""
    racine, octets = identite.lire_octets(base, noms.RACINE), identite.lire_octets(base, noms.CONFIANCE)
    return lire_confiance(octets, racine) if racine is not None and octets is not None else None


def jour_passe(base: Base) -> date | None:
    """The latest day that is surely past, because the Region signed something on it; None on a desk not enrolled.

    A computer that says an earlier one has a clock that is behind.
    """
    liste = liste_tenue(base)
    jours = [liste.faite_le] if liste is not None else []
    return max([*jours, *(certificat.poste.premier_jour for certificat in certificats(base))], default=None)
