"""A bad link between two network namespaces: loss, then a queue that overflows, then the rate, then the delay.

In user space over two TUN devices, for kernels without `netem`; real TCP on both sides. Linux, root.
Run as `python -m tests.bench.peers.lien NAMESPACE_A NAMESPACE_B`; answers one JSON line to each line: a `Qualite` as
JSON sets the link, `octets` tells the bytes of IP that each end sent so far.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ADRESSE_A, ADRESSE_B = "198.18.0.1", "198.18.0.2"
"""Of the range kept for benchmarks (RFC 2544)."""
FILE = 64_000
"""Bytes that wait at most before the rate; what comes then is lost, as at a small router."""
PAQUET_MAX = 65_536
CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000


@dataclass(frozen=True, slots=True)
class Qualite:
    """`debit`: bit/s, 0 without limit; `delai`: seconds one way; `perte`: of each packet, each way."""

    debit: int = 0
    delai: float = 0.0
    perte: float = 0.0


class Lien:
    """Moves the packets of two devices; one thread, woken by packets, by orders and by the clock."""

    def __init__(self, bouts: tuple[int, int]) -> None:
        self._bouts = bouts
        self._qualite = Qualite()
        self._hasard = random.Random(7)
        self._octets = [0, 0]
        self._libre = [0.0, 0.0]
        self._en_route: list[tuple[float, int, int, bytes]] = []
        self._rang = 0

    def tourner(self) -> None:
        """Until the standard input is closed."""
        reste = b""
        while True:
            self._livrer(time.monotonic())
            attente = max(0.0, self._en_route[0][0] - time.monotonic()) if self._en_route else 1.0
            prets, _, _ = select.select([*self._bouts, 0], [], [], attente)
            if 0 in prets:
                lu = os.read(0, PAQUET_MAX)
                if not lu:
                    return
                *ordres, reste = (reste + lu).split(b"\n")
                for ordre in ordres:
                    self._obeir(ordre)
            for sens, bout in enumerate(self._bouts):
                if bout in prets:
                    self._prendre(sens, bout)

    def _obeir(self, ordre: bytes) -> None:
        if ordre == b"octets":
            print(json.dumps({"octets": self._octets}), flush=True)
            return
        self._qualite = Qualite(**json.loads(ordre))
        print("{}", flush=True)

    def _livrer(self, maintenant: float) -> None:
        while self._en_route and self._en_route[0][0] <= maintenant:
            _, _, sens, paquet = heapq.heappop(self._en_route)
            os.write(self._bouts[1 - sens], paquet)

    def _prendre(self, sens: int, bout: int) -> None:
        for _ in range(64):
            try:
                paquet = os.read(bout, PAQUET_MAX)
            except BlockingIOError:
                return
            self._octets[sens] += len(paquet)
            qualite, maintenant = self._qualite, time.monotonic()
            if self._hasard.random() < qualite.perte:
                continue
            depart = max(maintenant, self._libre[sens])
            if qualite.debit:
                if (depart - maintenant) * qualite.debit / 8 + len(paquet) > FILE:
                    continue
                depart += len(paquet) * 8 / qualite.debit
                self._libre[sens] = depart
            self._rang += 1
            heapq.heappush(self._en_route, (depart + qualite.delai, self._rang, sens, paquet))


def ouvrir_bout(espace: str, nom: str) -> int:
    """A TUN device in a namespace, read without waiting. Raises OSError where the kernel refuses."""
    libc = ctypes.CDLL("libc.so.6", use_errno=True)
    with Path("/var/run/netns", espace).open("rb") as lieu:
        if libc.setns(lieu.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
    bout = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(bout, TUNSETIFF, struct.pack("16sH", nom.encode(), IFF_TUN | IFF_NO_PI))
    return bout


def preparer_bout(espace: str, nom: str, adresse: str, autre: str) -> None:
    """Addresses and congestion control: `reno`, the nearest to what Windows uses that a new namespace may choose."""
    for ordre in (
        "ip link set lo up",
        f"ip addr add {adresse} peer {autre} dev {nom}",
        f"ip link set {nom} mtu 1500 up",
        "sysctl -qw net.ipv4.tcp_congestion_control=reno",
        "sysctl -qw net.ipv4.tcp_no_metrics_save=1",
    ):
        subprocess.run(["ip", "netns", "exec", espace, *ordre.split()], check=True)


def main(espace_a: str, espace_b: str) -> None:
    """The link, until the standard input is closed."""
    bouts = (ouvrir_bout(espace_a, "lienA"), ouvrir_bout(espace_b, "lienB"))
    preparer_bout(espace_a, "lienA", ADRESSE_A, ADRESSE_B)
    preparer_bout(espace_b, "lienB", ADRESSE_B, ADRESSE_A)
    print(json.dumps({"pret": True}), flush=True)
    Lien(bouts).tourner()


if __name__ == "__main__":
    main(*sys.argv[1:])
