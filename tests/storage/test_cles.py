"""The key files: passphrases, damage, what they never show."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.protocol import canonique
from passdesk.storage import appareil, cles
from passdesk.storage.appareil import FICHIER as FICHIER_APPAREIL
from passdesk.storage.appareil import SecretsAppareil, ecrire_appareil, lire_appareil
from passdesk.storage.cles import (
    FICHIER,
    PLANCHER,
    agents_du_trousseau,
    calibrer,
    creer_trousseau,
    ouvrir_trousseau,
    placer_phrase,
    retirer_phrase,
)
from passdesk.storage.fichiers import ecrire_enveloppe
from tests.storage.gestes import COUT

PHRASE = "quatre chevaux bleus dorment"


@pytest.fixture
def cle(tmp_path: Path) -> bytes:
    return creer_trousseau(tmp_path, "agent-1", PHRASE, cout=COUT)


def _refus(dossier: Path, phrase: str = PHRASE) -> str:
    with pytest.raises(BaseFermee) as trouble:
        ouvrir_trousseau(dossier, phrase)
    return trouble.value.code


def test_the_passphrase_opens_and_tells_the_agent(tmp_path: Path, cle: bytes) -> None:
    assert ouvrir_trousseau(tmp_path, PHRASE) == ("agent-1", cle)
    assert len(cle) == 32


@pytest.mark.parametrize("phrase", ["", PHRASE + " ", PHRASE.upper(), "autre"])
def test_another_passphrase_does_not(tmp_path: Path, cle: bytes, phrase: str) -> None:
    assert _refus(tmp_path, phrase) == "phrase_inconnue"


def test_accents_typed_on_another_keyboard_are_the_same(tmp_path: Path) -> None:
    cle = creer_trousseau(tmp_path, "a", "caf\u00e9 no\u00ebl", cout=COUT)
    assert ouvrir_trousseau(tmp_path, "cafe\u0301 noe\u0308l") == ("a", cle)


def test_several_agents_one_key(tmp_path: Path, cle: bytes) -> None:
    placer_phrase(tmp_path, cle, "agent-2", "une autre phrase", cout=COUT)
    assert ouvrir_trousseau(tmp_path, "une autre phrase") == ("agent-2", cle)
    assert ouvrir_trousseau(tmp_path, PHRASE) == ("agent-1", cle)
    placer_phrase(tmp_path, cle, "agent-1", "phrase changée", cout=COUT)
    assert _refus(tmp_path) == "phrase_inconnue"
    retirer_phrase(tmp_path, "agent-2")
    assert _refus(tmp_path, "une autre phrase") == "phrase_inconnue"
    assert agents_du_trousseau(tmp_path) == ("agent-1",)
    with pytest.raises(SaisieRefusee) as trouble:
        retirer_phrase(tmp_path, "agent-1")
    assert trouble.value.code == "dernier_agent"
    assert ouvrir_trousseau(tmp_path, "phrase changée") == ("agent-1", cle)


def test_a_key_file_is_never_overwritten(tmp_path: Path, cle: bytes) -> None:
    with pytest.raises(SaisieRefusee) as trouble:
        creer_trousseau(tmp_path, "agent-2", "x", cout=COUT)
    assert trouble.value.code == "poste_deja_cree"
    assert ouvrir_trousseau(tmp_path, PHRASE) == ("agent-1", cle)


def test_no_key_file(tmp_path: Path) -> None:
    assert _refus(tmp_path) == "base_absente"


def test_every_wrong_byte_is_seen(tmp_path: Path, cle: bytes) -> None:
    fichier = tmp_path / FICHIER
    bon = fichier.read_bytes()
    for rang in range(0, len(bon), 7):
        fichier.write_bytes(bon[:rang] + bytes([bon[rang] ^ 0x20]) + bon[rang + 1 :])
        assert _refus(tmp_path) == "cles_abimees", rang
    for longueur in range(0, len(bon), 13):
        fichier.write_bytes(bon[:longueur])
        assert _refus(tmp_path) == "cles_abimees", longueur


def test_files_are_for_their_owner_and_leave_no_draft(tmp_path: Path, cle: bytes) -> None:
    ecrire_appareil(tmp_path, cle, SecretsAppareil(kid=1))
    assert {f.name: f.stat().st_mode & 0o777 for f in tmp_path.iterdir()} == {FICHIER: 0o600, FICHIER_APPAREIL: 0o600}


def test_a_draft_left_by_a_crash_does_not_matter(tmp_path: Path, cle: bytes) -> None:
    (tmp_path / f"{FICHIER}.nouveau").write_bytes(b"demi")
    placer_phrase(tmp_path, cle, "agent-2", "une autre phrase", cout=COUT)
    assert ouvrir_trousseau(tmp_path, "une autre phrase") == ("agent-2", cle)


def test_two_files_of_the_same_phrase_share_nothing(tmp_path: Path, cle: bytes) -> None:
    autre = creer_trousseau(tmp_path / "b", "agent-1", PHRASE, cout=COUT)
    assert autre != cle
    octets = (tmp_path / FICHIER).read_bytes()
    assert cle not in octets
    assert PHRASE.encode() not in octets


@pytest.mark.parametrize(("duree_par_passe", "passes"), [(0.2, 3), (0.05, 5), (0.001, 24)])
def test_cost_is_calibrated_never_below_the_floor(
    monkeypatch: pytest.MonkeyPatch, duree_par_passe: float, passes: int
) -> None:
    # The border is the processor: what one pass takes.
    instant = [0.0]

    def derive(secret: bytes, sel: bytes, passes: int, memoire: int, voies: int, **autres: object) -> bytes:
        instant[0] += passes * duree_par_passe
        return bytes(32)

    monkeypatch.setattr(cles, "hash_secret_raw", derive)
    choisi = calibrer(lambda: instant[0])
    assert (choisi.memoire_kio, choisi.passes) == (64 * 1024, passes)
    assert choisi.passes >= PLANCHER.passes


def test_device_secrets_come_back_and_show_nowhere(tmp_path: Path, cle: bytes) -> None:
    assert lire_appareil(tmp_path, cle) is None
    secrets = SecretsAppareil(
        b"r" * 32, b"p" * 32, b"x" * 32, kid=7, epoch=2, seq=41, anciennes=((3, b"o" * 32),),
        attendues=((4, b"w" * 32),),
    )  # fmt: skip
    assert "kid=7" in repr(secrets) and "oooo" not in repr(secrets) and "wwww" not in repr(secrets)
    ecrire_appareil(tmp_path, cle, secrets)
    assert lire_appareil(tmp_path, cle) == secrets
    octets = (tmp_path / FICHIER_APPAREIL).read_bytes()
    assert not any(a * 32 in octets for a in (b"r", b"p", b"x", b"o", b"w"))
    with pytest.raises(BaseFermee) as trouble:
        lire_appareil(tmp_path, bytes(32))
    assert trouble.value.code == "cles_abimees"


def test_the_key_file_of_an_earlier_program_is_read(tmp_path: Path, cle: bytes) -> None:
    passe = b"p" * 32
    nonce = bytes(12)
    clair = canonique.encode({"requete": passe, "passe": passe, "enrolement": None, "kid": 7, "epoch": 2, "seq": 5})
    scelle = appareil._enveloppe(cle).encrypt(nonce, clair, appareil._MAGIE)
    ecrire_enveloppe(tmp_path / appareil.FICHIER, appareil._MAGIE, {"nonce": nonce, "scelle": scelle})
    lus = lire_appareil(tmp_path, cle)
    assert lus == SecretsAppareil(requete=passe, passe=passe, kid=7, epoch=2, seq=5)


def test_the_key_of_an_earlier_number_still_signs(tmp_path: Path, cle: bytes) -> None:
    secrets = SecretsAppareil(passe=b"p" * 32, kid=7, anciennes=((3, b"o" * 32),))
    brutes = {kid: cle_pass.private_bytes_raw() for kid in (3, 7) if (cle_pass := secrets.cle_pass(kid))}
    assert brutes == {3: b"o" * 32, 7: b"p" * 32}
    assert secrets.cle_pass(8) is None


def test_a_damaged_device_file_is_told(tmp_path: Path, cle: bytes) -> None:
    ecrire_appareil(tmp_path, cle, SecretsAppareil(kid=7))
    bon = (tmp_path / FICHIER_APPAREIL).read_bytes()
    for debut, _ in pairwise(range(0, len(bon), 11)):
        (tmp_path / FICHIER_APPAREIL).write_bytes(bon[:debut])
        with pytest.raises(BaseFermee):
            lire_appareil(tmp_path, cle)
