"""Whether this desk knows what the Region says it should, after each exchange; what differs is heard again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs
from passdesk.protocol.etat import EtatRegion, depuis_fil, vers_fil
from passdesk.protocol.messages import ENTETE_VERSION, VERSION_ETAT
from passdesk.services.poste import Poste
from passdesk.storage import envoi, nouvelles
from passdesk.storage import poste as identite
from passdesk.storage.engine import Base

_journal = logging.getLogger(__name__)

VERSION_REGION = "version_region"
ETAT_VU = "etat_vu"
"""The last digest found equal, and the day: blocks that have not changed since are not worked out again that day."""
ECART_LE = "etat_ecart_le"
"""The day on which something differed, until all is equal again."""


@dataclass(frozen=True, slots=True)
class _Vu:
    jour: str
    etat: EtatRegion


def noter_version(base: Base, entetes: Mapping[str, str]) -> None:
    """The newest request that the Region reads, as its answer says."""
    dite = entetes.get(ENTETE_VERSION, "")
    version = dite if dite.isascii() and dite.isdigit() and len(dite) < 4 else None
    if version != identite.lire_texte(base, VERSION_REGION):
        identite.ecrire_texte(base, VERSION_REGION, version)


def parle_de_l_etat(base: Base) -> bool:
    """True for a Region that tells the digest when it is asked."""
    return int(identite.lire_texte(base, VERSION_REGION) or 1) >= VERSION_ETAT


def ecart_depuis(base: Base) -> str | None:
    """The day (AAAA-MM-JJ) since which this desk and the Region differ; None when they agree, as far as is known."""
    return identite.lire_texte(base, ECART_LE)


def accorder(poste: Poste, etat: EtatRegion, cursor: int) -> bool:
    """Compares; True when something differs and is to be heard again at once: the cursor was put back before it.

    For a difference, once a day at most: what differs still after that is noted, and told by the diagnostic.
    """
    base, jour = poste.base, poste.horloge.aujourdhui().isoformat()
    if envoi.etat(base).cursor != cursor:
        # The index was emptied, and is to be told again whole (decision 0059): there is nothing to compare yet.
        return True
    vu = _vu(base)
    connus = vu.etat.blocs if vu is not None and vu.jour == jour and vu.etat.largeur == etat.largeur else ()
    a_voir = [rang for rang, bloc in enumerate(etat.blocs) if connus[rang : rang + 1] != (bloc,)]
    ici = nouvelles.blocs(base, etat.largeur, a_voir)
    departs = [rang * etat.largeur for rang in a_voir if ici[rang] != etat.blocs[rang]]
    if nouvelles.confiance_entendue(base) != etat.confiance > 0:
        departs.append(etat.confiance - 1)
    if not departs:
        if a_voir or connus != etat.blocs:
            identite.ecrire_octets(base, ETAT_VU, canonique.encode({"jour": jour, "etat": vers_fil(etat)}))
        if ecart_depuis(base) is not None:
            _journal.info("state digest: equal again")
            identite.ecrire_texte(base, ECART_LE, None)
        return False
    essaye = ecart_depuis(base) == jour
    _journal.warning("state digest: differs from %d, %s", min(departs), "told" if essaye else "heard-again")
    if essaye:
        return False
    with base.ecriture():
        identite.ecrire_texte(base, ECART_LE, jour)
        identite.ecrire_octets(base, ETAT_VU, None)
        nouvelles.oublier(base, min(departs))
        envoi.noter_curseur(base, min(departs))
    return True


def _vu(base: Base) -> _Vu | None:
    octets = identite.lire_octets(base, ETAT_VU)
    if octets is None:
        return None
    try:
        champs = Champs(canonique.decode(octets))
        return _Vu(champs.texte("jour"), depuis_fil(champs.carte("etat")))
    except SaisieRefusee:
        return None
