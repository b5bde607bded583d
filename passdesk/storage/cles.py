"""DIR/poste.cles: the random data key of the base, wrapped once for each agent's passphrase (protocol §1)."""

from __future__ import annotations

import math
import secrets
import time
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from passdesk.domain.erreurs import BaseFermee, KnownError, SaisieRefusee
from passdesk.protocol import canonique
from passdesk.storage import noms
from passdesk.storage.echange import achever_un_changement, un_changement_attend
from passdesk.storage.fichiers import ecrire_enveloppe, lire_enveloppe, ouvrir_enveloppe

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


@dataclass(frozen=True, slots=True)
class _Trousseau:
    """The key file: a slot for each passphrase, and the earlier data keys under the present one, b"" without any."""

    places: tuple[_Emplacement, ...]
    anciennes: bytes = field(default=b"", repr=False)
    temoin: bytes = b""
    """Tells the data key from another without opening anything; b"" in the files of before."""


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


def temoin(trousseau: bytes) -> bytes:
    """Tells the data key of a key file, as a backup carries it, from another; b"" where nothing does."""
    try:
        return _decoder(ouvrir_enveloppe(trousseau, _MAGIE)).temoin
    except KnownError:
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
    place = _sceller(cle, agent_id, phrase, cout or calibrer(), alea)
    _ecrire(dossier, _Trousseau((place,), temoin=_temoin(cle)))
    return cle


def changer_de_cle(
    dossier: Path,
    vers: Path,
    cle: bytes,
    agent_id: str,
    phrase: str,
    *,
    alea: Callable[[int], bytes] = secrets.token_bytes,
) -> bytes:
    """Draws another data key, writes in the folder `vers` the key file that this agent alone opens; returns the key.

    The earlier keys go with it, under the new one: a backup of before is read with them. Raises BaseFermee.
    """
    neuve, nonce = alea(32), alea(12)
    anciennes = canonique.encode([cle, *cles_d_avant(dossier, cle)])
    scelle = nonce + _enveloppe_anciennes(neuve).encrypt(nonce, anciennes, _MAGIE)
    place = _sceller(neuve, agent_id, phrase, _cout(_lire(dossier).places), alea)
    _ecrire(vers, _Trousseau((place,), scelle, _temoin(neuve)))
    return neuve


def est_la_cle(dossier: Path, cle: bytes) -> bool:
    """False when the desk is under another key than this one, or is about to be: this one was read before the change.

    A key file that does not read says nothing.
    """
    if un_changement_attend(dossier):
        return False
    try:
        temoin = _lire_tel_quel(dossier).temoin
    except KnownError:
        return True
    return temoin in (b"", _temoin(cle))


def cles_d_avant(dossier: Path, cle: bytes) -> tuple[bytes, ...]:
    """The data keys that this one took the place of, the last one first. Raises BaseFermee."""
    anciennes = _lire(dossier).anciennes
    if not anciennes:
        return ()
    try:
        lues = canonique.decode(_enveloppe_anciennes(cle).decrypt(anciennes[:12], anciennes[12:], _MAGIE))
    except (InvalidTag, SaisieRefusee):
        raise BaseFermee("cles_abimees") from None
    return tuple(lues)


def ouvrir_trousseau(dossier: Path, phrase: str) -> tuple[str, bytes]:
    """The agent whose passphrase this is, and the data key.

    Raises BaseFermee: "base_absente", "cles_abimees", "phrase_inconnue".
    """
    for emplacement in _des_agents(_lire(dossier).places):
        cle = _desceller(emplacement, phrase)
        if cle is not None:
            return emplacement.agent_id, cle
    raise BaseFermee("phrase_inconnue")


def agents_du_trousseau(dossier: Path) -> tuple[str, ...]:
    """Ids of the agents who can open this base. Raises BaseFermee."""
    return tuple(emplacement.agent_id for emplacement in _des_agents(_lire(dossier).places))


def secours_existe(dossier: Path) -> bool:
    """True when a recovery sheet opens this base. Raises BaseFermee."""
    return any(place.agent_id == SECOURS for place in _lire(dossier).places)


def ouvrir_par_secours(dossier: Path, cle_de_secours: str) -> bytes:
    """The data key, from what the recovery sheet bears (as `domain.secours` writes it).

    Raises BaseFermee: "base_absente", "cles_abimees", "secours_inconnu" (another sheet, or none was ever made).
    """
    for emplacement in _lire(dossier).places:
        if emplacement.agent_id == SECOURS and (cle := _desceller(emplacement, cle_de_secours)) is not None:
            return cle
    raise BaseFermee("secours_inconnu")


def phrase_de(dossier: Path, agent_id: str, phrase: str) -> bytes | None:
    """The data key when this is the passphrase of this agent, else None. Raises BaseFermee."""
    siennes = [place for place in _lire(dossier).places if place.agent_id == agent_id]
    return _desceller(siennes[0], phrase) if siennes else None


def verifier_libre(dossier: Path, agent_id: str, phrase: str) -> None:
    """The passphrase says who opens: raises SaisieRefusee("phrase_prise") when it is another agent's."""
    for emplacement in _des_agents(_lire(dossier).places):
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
    trousseau = _lire(dossier)
    autres = tuple(place for place in trousseau.places if place.agent_id != agent_id)
    sienne = _sceller(cle, agent_id, phrase, cout or _cout(trousseau.places), alea)
    _ecrire(dossier, replace(trousseau, places=(*autres, sienne)))


def retirer_phrase(dossier: Path, agent_id: str) -> None:
    """Takes an agent's slot away. Raises SaisieRefusee("dernier_agent") when nobody else could open the base."""
    trousseau = _lire(dossier)
    autres = tuple(place for place in trousseau.places if place.agent_id != agent_id)
    if not _des_agents(autres):
        raise SaisieRefusee("dernier_agent")
    _ecrire(dossier, replace(trousseau, places=autres))


def garder_agents(dossier: Path, agents: Collection[str]) -> None:
    """Takes away the slot of every other agent; the recovery sheet stays, and then suffices to give a passphrase again.

    Raises SaisieRefusee("dernier_agent") when nothing would open the base.
    """
    trousseau = _lire(dossier)
    gardees = tuple(place for place in trousseau.places if place.agent_id in {*agents, SECOURS})
    if not gardees:
        raise SaisieRefusee("dernier_agent")
    if gardees != trousseau.places:
        _ecrire(dossier, replace(trousseau, places=gardees))


def _des_agents(places: tuple[_Emplacement, ...]) -> tuple[_Emplacement, ...]:
    return tuple(place for place in places if place.agent_id != SECOURS)


def _cout(places: tuple[_Emplacement, ...]) -> Cout:
    return max((place.cout for place in places), key=lambda mesure: (mesure.memoire_kio, mesure.passes))


def _enveloppe_anciennes(cle: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=_MAGIE + b"anciennes").derive(cle))


def _temoin(cle: bytes) -> bytes:
    return HKDF(SHA256(), 16, salt=None, info=_MAGIE + b"temoin").derive(cle)


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


def _ecrire(dossier: Path, trousseau: _Trousseau) -> None:
    contenu: dict[str, Any] = {
        "v": 1,
        "places": [
            {
                "agent": place.agent_id,
                "argon2id": [place.cout.memoire_kio, place.cout.passes, place.cout.voies],
                "sel": place.sel,
                "nonce": place.nonce,
                "cle": place.scelle,
            }
            for place in trousseau.places
        ],
    }
    for nom, octets in (("anciennes", trousseau.anciennes), ("temoin", trousseau.temoin)):
        if octets:
            contenu[nom] = octets
    ecrire_enveloppe(dossier / FICHIER, _MAGIE, contenu)


def _lire(dossier: Path) -> _Trousseau:
    # Cut in the middle of a change of key, the file that is here may be of the other one.
    achever_un_changement(dossier)
    return _lire_tel_quel(dossier)


def _lire_tel_quel(dossier: Path) -> _Trousseau:
    try:
        contenu = lire_enveloppe(dossier / FICHIER, _MAGIE)
    except FileNotFoundError:
        raise BaseFermee("base_absente") from None
    except SaisieRefusee:
        raise BaseFermee("cles_abimees") from None
    return _decoder(contenu)


def _decoder(contenu: Any) -> _Trousseau:
    if not isinstance(contenu, dict) or contenu.get("v") != 1:
        raise BaseFermee("base_plus_recente")
    places = tuple(_emplacement(place) for place in contenu["places"])
    return _Trousseau(places, contenu.get("anciennes", b""), contenu.get("temoin", b""))


def _emplacement(place: dict[str, Any]) -> _Emplacement:
    return _Emplacement(place["agent"], Cout(*place["argon2id"]), place["sel"], place["nonce"], place["cle"])
