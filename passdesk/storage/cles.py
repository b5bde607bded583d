"""DIR/poste.cles: the random data key of the base, wrapped once for each agent's passphrase (protocol §1)."""

from __future__ import annotations

import math
import secrets
import time
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.protocol import canonique
from passdesk.storage import noms
from passdesk.storage.fichiers import ecrire_enveloppe, lire_enveloppe

FICHIER = noms.TROUSSEAU
SECOURS = "secours"
"""The slot that the recovery sheet opens, beside those of the agents."""
_MAGIE = b"PassDesk-cles/1\0"
_CIBLE_S = 0.25
_PASSES_MAX = 24


@dataclass(frozen=True, slots=True)
class Cout:
    """Cost of Argon2id: memory in KiB, passes, lanes (RFC 9106)."""

    memoire_kio: int = 64 * 1024
    passes: int = 3
    voies: int = 4


PLANCHER = Cout()
"""Never below 64 MiB and 3 passes on a real desk (protocol §1)."""


@dataclass(frozen=True, slots=True)
class _Emplacement:
    agent_id: str
    cout: Cout
    sel: bytes
    nonce: bytes
    scelle: bytes = field(repr=False)


def calibrer(chronometre: Callable[[], float] = time.perf_counter) -> Cout:
    """The cost that takes this computer at least 250 ms, the floor or above."""
    passes = PLANCHER.passes
    while True:
        essai = Cout(PLANCHER.memoire_kio, passes, PLANCHER.voies)
        debut = chronometre()
        _deriver("calibrage", bytes(16), essai)
        duree = max(chronometre() - debut, 0.001)
        if duree >= _CIBLE_S or passes >= _PASSES_MAX:
            return essai
        passes = min(_PASSES_MAX, max(passes + 1, math.ceil(passes * _CIBLE_S / duree)))


def lire_trousseau(dossier: Path) -> bytes:
    """The bytes of the key file, as a backup carries them; b"" without one."""
    try:
        return (dossier / FICHIER).read_bytes()
    except OSError:
        return b""


def trousseau_existe(dossier: Path) -> bool:
    """True when a desk was created in this folder."""
    return (dossier / FICHIER).exists()


def creer_trousseau(
    dossier: Path,
    agent_id: str,
    phrase: str,
    *,
    cout: Cout | None = None,
    alea: Callable[[int], bytes] = secrets.token_bytes,
) -> bytes:
    """Draws the data key, writes the first key file, returns the key (32 bytes).

    `cout` None: calibrated here. Raises SaisieRefusee("poste_deja_cree"): a key file is never overwritten.
    """
    if trousseau_existe(dossier):
        raise SaisieRefusee("poste_deja_cree")
    cle = alea(32)
    _ecrire(dossier, (_sceller(cle, agent_id, phrase, cout or calibrer(), alea),))
    return cle


def ouvrir_trousseau(dossier: Path, phrase: str) -> tuple[str, bytes]:
    """The agent whose passphrase this is, and the data key.

    Raises BaseFermee: "base_absente", "cles_abimees", "phrase_inconnue".
    """
    for emplacement in _des_agents(_lire(dossier)):
        cle = _desceller(emplacement, phrase)
        if cle is not None:
            return emplacement.agent_id, cle
    raise BaseFermee("phrase_inconnue")


def agents_du_trousseau(dossier: Path) -> tuple[str, ...]:
    """Ids of the agents who can open this base. Raises BaseFermee."""
    return tuple(emplacement.agent_id for emplacement in _des_agents(_lire(dossier)))


def secours_existe(dossier: Path) -> bool:
    """True when a recovery sheet opens this base. Raises BaseFermee."""
    return any(place.agent_id == SECOURS for place in _lire(dossier))


def ouvrir_par_secours(dossier: Path, cle_de_secours: str) -> bytes:
    """The data key, from what the recovery sheet bears (as `domain.secours` writes it).

    Raises BaseFermee: "base_absente", "cles_abimees", "secours_inconnu" (another sheet, or none was ever made).
    """
    for emplacement in _lire(dossier):
        if emplacement.agent_id == SECOURS and (cle := _desceller(emplacement, cle_de_secours)) is not None:
            return cle
    raise BaseFermee("secours_inconnu")


def phrase_de(dossier: Path, agent_id: str, phrase: str) -> bytes | None:
    """The data key when this is the passphrase of this agent, else None. Raises BaseFermee."""
    siennes = [place for place in _lire(dossier) if place.agent_id == agent_id]
    return _desceller(siennes[0], phrase) if siennes else None


def verifier_libre(dossier: Path, agent_id: str, phrase: str) -> None:
    """The passphrase says who opens: raises SaisieRefusee("phrase_prise") when it is another agent's."""
    for emplacement in _des_agents(_lire(dossier)):
        if emplacement.agent_id != agent_id and _desceller(emplacement, phrase) is not None:
            raise SaisieRefusee("phrase_prise")


def placer_phrase(
    dossier: Path,
    cle: bytes,
    agent_id: str,
    phrase: str,
    *,
    cout: Cout | None = None,
    alea: Callable[[int], bytes] = secrets.token_bytes,
) -> None:
    """Adds an agent (or the recovery sheet), or replaces the passphrase: the key is wrapped again, the base untouched.

    `cout` None: that measured at the first start, the highest written here.
    """
    places = _lire(dossier)
    autres = tuple(place for place in places if place.agent_id != agent_id)
    cout = cout or max((place.cout for place in places), key=lambda mesure: (mesure.memoire_kio, mesure.passes))
    _ecrire(dossier, (*autres, _sceller(cle, agent_id, phrase, cout, alea)))


def retirer_phrase(dossier: Path, agent_id: str) -> None:
    """Takes an agent's slot away. Raises SaisieRefusee("dernier_agent") when nobody else could open the base."""
    autres = tuple(place for place in _lire(dossier) if place.agent_id != agent_id)
    if not _des_agents(autres):
        raise SaisieRefusee("dernier_agent")
    _ecrire(dossier, autres)


def garder_agents(dossier: Path, agents: Collection[str]) -> None:
    """Takes away the slot of every other agent; the recovery sheet stays, and then suffices to give a passphrase again.

    Raises SaisieRefusee("dernier_agent") when nothing would open the base.
    """
    places = _lire(dossier)
    gardees = tuple(place for place in places if place.agent_id in {*agents, SECOURS})
    if not gardees:
        raise SaisieRefusee("dernier_agent")
    if gardees != places:
        _ecrire(dossier, gardees)


def _des_agents(places: tuple[_Emplacement, ...]) -> tuple[_Emplacement, ...]:
    return tuple(place for place in places if place.agent_id != SECOURS)


def _deriver(phrase: str, sel: bytes, cout: Cout) -> bytes:
    # The same phrase typed on two keyboards may come composed or decomposed.
    secret = unicodedata.normalize("NFKC", phrase).encode()
    return hash_secret_raw(secret, sel, cout.passes, cout.memoire_kio, cout.voies, hash_len=32, type=Type.ID)


def _contexte(agent_id: str, cout: Cout, sel: bytes) -> bytes:
    """What the wrap is bound to besides the key: the rest of the slot."""
    reglages = [cout.memoire_kio, cout.passes, cout.voies]
    return _MAGIE + canonique.encode([agent_id, *reglages, sel])


def _sceller(cle: bytes, agent_id: str, phrase: str, cout: Cout, alea: Callable[[int], bytes]) -> _Emplacement:
    sel, nonce = alea(16), alea(12)
    enveloppe = AESGCM(_deriver(phrase, sel, cout))
    scelle = enveloppe.encrypt(nonce, cle, _contexte(agent_id, cout, sel))
    return _Emplacement(agent_id, cout, sel, nonce, scelle)


def _desceller(place: _Emplacement, phrase: str) -> bytes | None:
    enveloppe = AESGCM(_deriver(phrase, place.sel, place.cout))
    try:
        return enveloppe.decrypt(place.nonce, place.scelle, _contexte(place.agent_id, place.cout, place.sel))
    except InvalidTag:
        return None


def _ecrire(dossier: Path, places: tuple[_Emplacement, ...]) -> None:
    contenu = {
        "v": 1,
        "places": [
            {
                "agent": place.agent_id,
                "argon2id": [place.cout.memoire_kio, place.cout.passes, place.cout.voies],
                "sel": place.sel,
                "nonce": place.nonce,
                "cle": place.scelle,
            }
            for place in places
        ],
    }
    ecrire_enveloppe(dossier / FICHIER, _MAGIE, contenu)


def _lire(dossier: Path) -> tuple[_Emplacement, ...]:
    try:
        contenu = lire_enveloppe(dossier / FICHIER, _MAGIE)
    except FileNotFoundError:
        raise BaseFermee("base_absente") from None
    except SaisieRefusee:
        raise BaseFermee("cles_abimees") from None
    if not isinstance(contenu, dict) or contenu.get("v") != 1:
        raise BaseFermee("base_plus_recente")
    return tuple(_emplacement(place) for place in contenu["places"])


def _emplacement(place: dict[str, Any]) -> _Emplacement:
    return _Emplacement(place["agent"], Cout(*place["argon2id"]), place["sel"], place["nonce"], place["cle"])
