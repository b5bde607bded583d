"""The disk that a power loss leaves, and what is read of the calls: what the crash campaigns stand on."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.crash.disque import Disque
from tests.crash.trace import Appel, lire


def _hexa(texte: str) -> str:
    return "".join(f"\\x{octet:02x}" for octet in texte.encode())


def _coupes(disque: Disque, fois: int = 300) -> list[dict[str, bytes]]:
    return [disque.coupe(Random(graine)) for graine in range(fois)]


def test_what_is_synced_stays_and_the_rest_comes_in_any_order() -> None:
    disque = Disque({"/d/a": b"0000"})
    for appel in (
        Appel("ecrire", "/d/a", b"11", 0),
        Appel("sync", "/d/a"),
        Appel("ecrire", "/d/a", b"2", 2),
        Appel("ecrire", "/d/a", b"3", 3),
    ):
        assert disque.faire(appel)
    assert disque.tue() == {"/d/a": b"1123"}
    assert {coupe["/d/a"] for coupe in _coupes(disque)} == {b"1100", b"1120", b"1103", b"1123"}


@pytest.mark.parametrize("unite", [512, 4096])
def test_a_write_may_be_torn_where_the_disk_writes_whole_units(unite: int) -> None:
    disque = Disque({"/d/a": bytes(3 * 4096)})
    # A write that begins in the middle of a unit, as those of the write-ahead log do.
    disque.faire(Appel("ecrire", "/d/a", b"\xff" * 8192, 32))
    ecrits = {coupe["/d/a"].count(b"\xff") for coupe in _coupes(disque, 2000)}
    assert {0, 8192, unite - 32, 8192 - (unite - 32)} <= ecrits
    assert all(n in (0, 8192) or (n + 32) % 512 == 0 or (8192 - n + 32) % 512 == 0 for n in ecrits)


def test_a_cut_file_may_be_whole_again_and_a_longer_one_is_filled_with_zeros() -> None:
    disque = Disque({"/d/a": b"12345678"})
    disque.faire(Appel("couper", "/d/a", rang=2))
    disque.faire(Appel("ecrire", "/d/a", b"9", 4))
    assert disque.tue() == {"/d/a": b"12\0\x009"}
    assert {c["/d/a"] for c in _coupes(disque)} == {b"12345678", b"12", b"12\0\x009", b"12349678"}


def test_a_name_is_there_for_good_once_its_folder_is_synced() -> None:
    disque = Disque({"/d/a": b"ancien"})
    for appel in (
        Appel("creer", "/d/a.nouveau"),
        Appel("ecrire", "/d/a.nouveau", b"neuf"),
        Appel("sync", "/d/a.nouveau"),
        Appel("renommer", "/d/a.nouveau", vers="/d/a"),
    ):
        disque.faire(appel)
    attendus = [{"/d/a": b"ancien"}, {"/d/a": b"ancien", "/d/a.nouveau": b"neuf"}, {"/d/a": b"neuf"}]
    vus = _coupes(disque)
    assert all(vu in attendus for vu in vus)
    assert all(attendu in vus for attendu in attendus)
    assert not disque.faire(Appel("sync", "/ailleurs"))
    assert disque.faire(Appel("sync", "/d"))
    assert set(map(str, _coupes(disque))) == {str({"/d/a": b"neuf"})}


def test_the_calls_are_read_as_strace_writes_them(tmp_path: Path) -> None:
    trace, a, b = tmp_path / "trace", _hexa("/d/poste/a"), _hexa("/d/poste/b")
    trace.write_text(
        f'openat(AT_FDCWD<{_hexa("/d")}>, "{a}", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 5<{a}>\n'
        f'write(5<{a}>, "{_hexa("bon")}", 3) = 3\n'
        f'write(5<{a}>, "{_hexa("jour")}", 4) = 2\n'
        f'pwrite64(5<{a}>, "{_hexa("X")}", 1, 7) = 1\n'
        f'write(1<{_hexa("/tmp/dits")}>, "{_hexa("dit")}", 3) = 3\n'
        f'unlink("{b}") = -1 ENOENT (No such file or directory)\n'
        f'rename("{a}", "{b}") = 0\n'
        f"fsync(6<{_hexa('/d/poste')}>) = 0\n"
        f'openat(AT_FDCWD<{_hexa("/d")}>, "{_hexa("/usr/lib/x")}", O_RDONLY) = 5<{_hexa("/usr/lib/x")}>\n',
        encoding="ascii",
    )
    assert list(lire(trace, Path("/d/poste"))) == [
        Appel("creer", "/d/poste/a"),
        Appel("couper", "/d/poste/a"),
        Appel("ecrire", "/d/poste/a", b"bon", 0),
        Appel("ecrire", "/d/poste/a", b"jo", 3),
        Appel("ecrire", "/d/poste/a", b"X", 7),
        Appel("dire", "", b"dit"),
        Appel("renommer", "/d/poste/a", vers="/d/poste/b"),
        Appel("sync", "/d/poste"),
    ]


def test_a_call_that_it_does_not_know_stops_the_campaign(tmp_path: Path) -> None:
    """Better no campaign than one that misses a write."""
    trace = tmp_path / "trace"
    trace.write_text(f"copy_file_range(5<{_hexa('/d/poste/a')}>, NULL, 6, NULL, 9, 0) = 9\n", encoding="ascii")
    with pytest.raises(ValueError, match="copy_file_range"):
        list(lire(trace, Path("/d/poste")))
