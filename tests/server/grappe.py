"""A real PostgreSQL of our own: started in a temporary folder, killed and started again, gone at the end."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

BASE = "region"
DEBIAN = Path("/usr/lib/postgresql")
ABSENT = (
    "Le serveur PostgreSQL est introuvable, et ces tests en démarrent un vrai.\n"
    "Debian, Ubuntu : sudo apt-get install -y postgresql (installer/test.py le fait quand il en a le droit).\n"
    "Ailleurs : installez PostgreSQL 15 ou plus récent et mettez son dossier bin dans le PATH."
)
SANS_COMPTE = (
    "PostgreSQL refuse de tourner en administrateur, et le compte « postgres » n’existe pas.\n"
    "Créez-le (le paquet postgresql le fait), ou lancez les tests sous un compte ordinaire."
)


class GrappeAbsenteError(Exception):
    """PostgreSQL cannot be started here; the sentence says what to install."""


def dossier_des_programmes(chemin: str | None = None, debian: Path = DEBIAN) -> Path:
    """Where `initdb` and `postgres` are: the PATH, or Debian's folders, newest first. Raises GrappeAbsenteError."""
    trouve = shutil.which("initdb", path=chemin)
    candidats = [Path(trouve).resolve().parent] if trouve else []
    candidats += sorted(debian.glob("[0-9]*/bin"), key=lambda d: -float(d.parent.name))
    for candidat in candidats:
        if all(shutil.which(nom, path=str(candidat)) for nom in ("initdb", "postgres")):
            return candidat
    raise GrappeAbsenteError(ABSENT)


def _compte() -> tuple[int, int] | None:
    """(uid, gid) of the account PostgreSQL runs under: `postgres` for root, whom it refuses; None for our own."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    try:
        compte = pwd.getpwnam("postgres")
    except KeyError:
        raise GrappeAbsenteError(SANS_COMPTE) from None
    return compte.pw_uid, compte.pw_gid


def _dossier(compte: tuple[int, int] | None) -> Path:
    """A folder that this account reaches: a parent closed to others would stop it."""
    choix = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    ouverts = [c for c in choix if compte is None or all(p.stat().st_mode & 0o001 for p in [c, *c.parents])]
    dossier = Path(tempfile.mkdtemp(prefix="passdesk-postgres-", dir=ouverts[0]))
    if compte is not None:
        os.chown(dossier, *compte)
    return dossier


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@dataclass
class Grappe:
    """One cluster, all of whose accounts need their password. `durable`: fsync as in production."""

    durable: bool = False
    mot_de_passe: str = field(default_factory=lambda: secrets.token_urlsafe(12), repr=False)
    port: int = field(default_factory=_port_libre)

    def __post_init__(self) -> None:
        self._programmes = dossier_des_programmes()
        self._compte = _compte()
        self.dossier = _dossier(self._compte)
        self._serveur: subprocess.Popen[bytes] | None = None
        try:
            self._creer()
            self.demarrer()
            self.neuve(BASE)
        except BaseException:
            self.arreter()
            raise

    def _creer(self) -> None:
        secret = self.dossier / "secret"
        secret.write_text(self.mot_de_passe, encoding="utf-8")
        if self._compte is not None:
            os.chown(secret, *self._compte)
        options = ["-A", "scram-sha-256", "-U", "postgres", f"--pwfile={secret}", "-E", "UTF8", "--locale=C"]
        fait = self._lancer("initdb", "-D", str(self.dossier / "data"), "--no-sync", *options).wait(60)
        assert fait == 0, self.journal.read_text(encoding="utf-8", errors="replace")
        secret.unlink()

    @property
    def en_marche(self) -> bool:
        """False once it was killed."""
        return self._serveur is not None and self._serveur.poll() is None

    @property
    def pid(self) -> int:
        """Of the process that all the others of this cluster come from."""
        assert self._serveur is not None
        return self._serveur.pid

    @property
    def journal(self) -> Path:
        """What PostgreSQL wrote."""
        return self.dossier / "journal"

    def url(self, base: str = BASE, *, mot_de_passe: str | None = None) -> str:
        """The address of a database, with the password."""
        return f"postgresql://postgres:{mot_de_passe or self.mot_de_passe}@127.0.0.1:{self.port}/{base}"

    def _lancer(self, programme: str, *arguments: str) -> subprocess.Popen[bytes]:
        sous: dict[str, Any] = {}
        if self._compte is not None:
            sous = {"user": self._compte[0], "group": self._compte[1], "extra_groups": []}
        with self.journal.open("ab") as journal:
            return subprocess.Popen(
                [self._programmes / programme, *arguments],
                cwd=self.dossier,
                env={"PATH": os.defpath, "LC_ALL": "C", "PGTZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=journal,
                stderr=journal,
                start_new_session=True,
                **sous,
            )

    def demarrer(self) -> None:
        """Starts it (after a kill: with its recovery) and waits until it answers."""
        reglages = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on" if self.durable else "off",
            "max_connections": "40",
            "shared_buffers": "16MB",
        }
        options = [mot for cle, valeur in reglages.items() for mot in ("-c", f"{cle}={valeur}")]
        self._serveur = self._lancer("postgres", "-D", str(self.dossier / "data"), "-p", str(self.port), *options)
        attente = threading.Event()
        for _ in range(600):
            assert self._serveur.poll() is None, self.journal.read_text(encoding="utf-8", errors="replace")
            try:
                self.administrer("SELECT 1")
            except psycopg.OperationalError:
                attente.wait(0.05)
            else:
                return
        raise AssertionError("PostgreSQL ne répond pas après trente secondes")

    def administrer(self, *ordres: str, base: str = "postgres") -> list[tuple[Any, ...]]:
        """Runs statements as the administrator; the rows of the last one."""
        with psycopg.connect(self.url(base), autocommit=True, connect_timeout=10) as connexion:
            for ordre in ordres:
                curseur = connexion.execute(ordre.encode())
            return curseur.fetchall() if curseur.description else []

    def neuve(self, base: str) -> str:
        """An empty database in place of the one that had this name; its address."""
        self.administrer(f"DROP DATABASE IF EXISTS {base} WITH (FORCE)", f"CREATE DATABASE {base}")
        return self.url(base)

    def copier(self, modele: str) -> str:
        """The database of the tests, as this one is, which nobody may have open; its address.

        Its files are copied as they are: a third of the processor that it takes to make the tables again.
        """
        self.administrer(
            f"DROP DATABASE IF EXISTS {BASE} WITH (FORCE)",
            f"CREATE DATABASE {BASE} TEMPLATE {modele} STRATEGY FILE_COPY",
        )
        return self.url()

    def vider(self, base: str = BASE) -> str:
        """The same, sooner: the tables go, the database stays."""
        self.administrer(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()",
            "DROP SCHEMA public CASCADE",
            "CREATE SCHEMA public",
            base=base,
        )
        return self.url(base)

    def tuer(self) -> None:
        """SIGKILL to PostgreSQL and to every process of its own, as a power cut would end them."""
        assert self._serveur is not None
        enfants = [pid for (pid,) in self.administrer("SELECT pid FROM pg_stat_activity")]
        # Stopped first: none of them may see another one go, and end in good order.
        self._serveur.send_signal(signal.SIGSTOP)
        for pid in enfants:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._serveur.kill()
        self._serveur.wait(10)

    def arreter(self) -> None:
        """Stops at once and removes the folder."""
        if self._serveur is not None and self.en_marche:
            self._serveur.send_signal(signal.SIGQUIT)
            try:
                self._serveur.wait(10)
            except subprocess.TimeoutExpired:
                self._serveur.kill()
                self._serveur.wait(10)
        shutil.rmtree(self.dossier, ignore_errors=True)
