"""Sealed bodies: they open for the Region alone, where they were meant to, and never blow up."""

from __future__ import annotations

import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.scellement import CLEAR_MAX, Corps, open_bodies, open_secret, seal_bodies, seal_secret

REGION, AUTRE = X25519PrivateKey.generate(), X25519PrivateKey.generate()
CORPS = (Corps(b"s" * 32, b"\xa1cnomeNgoma"), None, Corps(b"t" * 32, b""))


def _sceller(corps: tuple[Corps | None, ...] = CORPS) -> bytes:
    return seal_bodies(corps, REGION.public_key(), device="poste-1", epoch=2, first_seq=40)


def _refus(bloc: bytes, **contexte: object) -> str:
    lieu: dict[str, object] = {"device": "poste-1", "epoch": 2, "first_seq": 40, "count": 3, **contexte}
    with pytest.raises(SaisieRefusee) as refus:
        open_bodies(bloc, REGION, **lieu)  # type: ignore[arg-type]
    assert refus.value.code == "message_illisible"
    return str(refus.value.faits["detail"])


def _forger(clair: bytes, count: int = 3) -> bytes:
    """A block as only a holder of the public key could make it: well sealed, with this inside."""
    info = b"PassDesk-corps/1\0poste-1\0" + (2).to_bytes(4, "big") + (40).to_bytes(8, "big")
    info += (40 + count - 1).to_bytes(8, "big")
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM).encrypt(clair, REGION.public_key(), info=info)


@given(st.lists(st.none() | st.builds(Corps, st.binary(min_size=32, max_size=32), st.binary(max_size=60)), max_size=5))
def test_bodies_are_read_as_they_were_sealed(corps: list[Corps | None]) -> None:
    bloc = _sceller(tuple(corps))
    lus = open_bodies(bloc, REGION, device="poste-1", epoch=2, first_seq=40, count=len(corps))
    assert lus == tuple(corps)


def test_nothing_can_be_read_on_the_way() -> None:
    assert b"Ngoma" not in _sceller()
    assert _sceller() != _sceller()


@pytest.mark.parametrize(
    "ailleurs", [{"device": "poste-2"}, {"epoch": 3}, {"first_seq": 41}, {"count": 2}, {"count": 4}]
)
def test_a_block_moved_elsewhere_does_not_open(ailleurs: dict[str, object]) -> None:
    assert _refus(_sceller(), **ailleurs) == "scellement"


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SaisieRefusee):
        open_bodies(_sceller(), AUTRE, device="poste-1", epoch=2, first_seq=40, count=3)


@pytest.mark.parametrize("change", [lambda b: b[:-1], lambda b: b + b"\0", lambda b: b"", lambda b: b"\0" * len(b)])
def test_a_changed_block_does_not_open(change: object) -> None:
    assert callable(change)
    assert _refus(change(_sceller())) == "scellement"


def test_a_block_of_a_crowd_is_refused_before_any_member_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbor2.loads", lambda *_, **__: pytest.fail("read all the same"))
    foule = b"\x9a" + (1 << 24).to_bytes(4, "big") + b"\xa0" * (1 << 24)
    bloc = _forger(zstandard.ZstdCompressor().compress(foule))
    assert len(bloc) < 2048
    with pytest.raises(SaisieRefusee) as refus:
        open_bodies(bloc, REGION, device="poste-1", epoch=2, first_seq=40, count=3)
    assert refus.value.code == "message_illisible"


def test_a_decompression_bomb_is_refused_by_its_size() -> None:
    compresse = zstandard.ZstdCompressor()
    assert _refus(_forger(compresse.compress(b"\0" * (CLEAR_MAX + 1)))) == "taille"
    # No honest block hides its size.
    flux = compresse.compressobj()
    sans_taille = flux.compress(b"\0" * (CLEAR_MAX + 1)) + flux.flush()
    assert _refus(_forger(sans_taille)) == "taille"
    assert _refus(_forger(compresse.compress(b"\x80") + b"suite")) == "zstd"


@pytest.mark.parametrize(
    ("clair", "detail"),
    [
        ([None, None], "nombre"),
        ([None, None, [b"s" * 31, b""]], "0"),
        ([None, None, [b"s" * 32, "texte"]], "1"),
        ([None, None, [b"s" * 32]], "liste"),
        ({"0": None}, "corps"),
    ],
)
def test_what_is_well_sealed_is_still_read_strictly(clair: object, detail: str) -> None:
    bloc = _forger(zstandard.ZstdCompressor().compress(canonique.encode(clair)))
    assert _refus(bloc) == detail


def test_what_is_not_compressed_is_refused() -> None:
    assert _refus(_forger(b"pas du zstd")) == "zstd"


def test_a_secret_opens_for_one_enrolment() -> None:
    scelle = seal_secret(b"k" * 32, REGION.public_key(), contexte=b"transcription")
    assert open_secret(scelle, REGION, contexte=b"transcription") == b"k" * 32
    for cle, contexte in ((AUTRE, b"transcription"), (REGION, b"une autre")):
        with pytest.raises(SaisieRefusee):
            open_secret(scelle, cle, contexte=contexte)


def test_bodies_stay_out_of_sight() -> None:
    assert "Ngoma" not in repr(CORPS)
