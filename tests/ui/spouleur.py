"""A real CUPS of our own: started in a temporary folder, with printers whose paper can be looked at, gone at the end.

It answers on a socket of that folder and nowhere else: the tester's own printers are neither seen nor touched.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAMMES = ("cupsd", "lpadmin", "cupsdisable", "cupsenable", "cupsreject", "cupsaccept", "cancel", "lpstat")
COMMANDES = Path("/usr/lib/cups")
ABSENT = (
    "Le spouleur CUPS est introuvable, et ces tests en démarrent un vrai.\n"
    "Debian, Ubuntu : sudo apt-get install -y cups-daemon cups-client (installer/test.py le fait quand il en a le "
    "droit).\n"
    "Ailleurs sous Linux, macOS : installez CUPS 2.3 ou 2.4, commandes comprises.\n"
    "Sous Windows, où CUPS n’existe pas : lancez les tests dans WSL (wsl --install Debian)."
)
CONFIGURATION = """\
Listen {dossier}/cups.sock
LogLevel warn
MaxLogSize 0
Browsing Off
WebInterface No
DefaultAuthType None
ErrorPolicy stop-printer
PreserveJobFiles No
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Allow all
  </Limit>
</Policy>
"""
FICHIERS = """\
ServerRoot {dossier}/etc
ServerBin {dossier}/bin
DataDir /usr/share/cups
DocumentRoot {dossier}/doc
CacheDir {dossier}/cache
StateDir {dossier}/etat
RequestRoot {dossier}/file
TempDir {dossier}/tmp
AccessLog {dossier}/acces.log
ErrorLog {dossier}/erreurs.log
PageLog {dossier}/pages.log
"""
PILOTE = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "PASSDESK.PPD"
*Manufacturer: "PassDesk"
*Product: "(Test printer)"
*ModelName: "Test printer"
*ShortNickName: "Test printer"
*NickName: "Test printer"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*LandscapeOrientation: Plus90
*cupsVersion: 2.3
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: Letter
*PageSize Letter/US Letter: "<</PageSize[612 792]>>setpagedevice"
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: Letter
*PageRegion Letter/US Letter: "<</PageSize[612 792]>>setpagedevice"
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea Letter/US Letter: "18 12 594 780"
*ImageableArea A4/A4: "12 12 583 830"
*DefaultPaperDimension: Letter
*PaperDimension Letter/US Letter: "612 792"
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex/2-Sided Printing: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: DuplexNoTumble
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long Edge: "<</Duplex true/Tumble false>>setpagedevice"
*CloseUI: *Duplex
*DefaultFont: Courier
*Font Courier: Standard "(002.004S)" Standard ROM
"""
"""A printer as badly set as they come: US Letter, both sides, margins it does not print. PDF goes through as it is."""


class SpouleurAbsentError(Exception):
    """CUPS cannot be started here; the sentence says what to install."""


@dataclass(frozen=True)
class Recu:
    """What a printer was sent and what lies in its tray. `options`: as CUPS gave them to it, "media=A4"…"""

    titre: str
    options: frozenset[str]
    sorti: Path


def programmes(chemin: str | None = None) -> dict[str, str]:
    """Where each program is: the PATH, or the folders that an ordinary account lacks. Raises SpouleurAbsentError."""
    ou = chemin if chemin is not None else os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    trouves = {nom: shutil.which(nom, path=ou) for nom in PROGRAMMES}
    presents = {nom: trouve for nom, trouve in trouves.items() if trouve is not None}
    if len(presents) < len(PROGRAMMES):
        raise SpouleurAbsentError(ABSENT)
    return presents


class Spouleur:
    """CUPS under way. `variables`: what a process needs in its environment to see these printers and no other."""

    def __init__(self) -> None:
        self._programmes = programmes()
        self.dossier = Path(tempfile.mkdtemp(prefix="passdesk-cups-"))
        self.bac = self.dossier / "bac"
        self.variables = {
            "CUPS_SERVER": str(self.dossier / "cups.sock"),
            "CUPS_SERVERROOT": str(self.dossier / "etc"),
            "HOME": str(self.dossier / "maison"),
            "TMPDIR": str(self.dossier / "passage"),
            # No bus, no printer found by it on the network round the tester.
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.dossier / 'sans-bus'}",
        }
        self._serveur: subprocess.Popen[bytes] | None = None
        try:
            self._poser()
            self._demarrer()
        except BaseException:
            self.arreter()
            raise

    def _poser(self) -> None:
        for nom in ("etc", "doc", "cache", "etat", "file", "tmp", "maison", "passage", "bac", "bin/backend"):
            (self.dossier / nom).mkdir(parents=True)
        for nom in ("daemon", "notifier"):
            (self.dossier / "bin" / nom).symlink_to(COMMANDES / nom)
        # A copy: AppArmor ties the one of the system to the system's folders.
        shutil.copy(self._programmes["cupsd"], self.dossier / "cupsd")
        dorsal = self.dossier / "bin" / "backend" / "passdesk"
        programme = shlex.join([sys.executable, "-I", str(Path(__file__).with_name("dorsal.py"))])
        dorsal.write_text(f'#!/bin/sh\nexec {programme} "$@"\n', encoding="utf-8")
        # Closed to others: then CUPS runs it under the account of the tests, root's too, and the tray stays ours.
        dorsal.chmod(0o700)
        for nom, texte in (("cupsd.conf", CONFIGURATION), ("cups-files.conf", FICHIERS), ("essai.ppd", PILOTE)):
            (self.dossier / "etc" / nom).write_text(texte.format(dossier=self.dossier), encoding="ascii")

    def _demarrer(self) -> None:
        etc = self.dossier / "etc"
        options = ["-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "cups-files.conf")]
        plaintes = self.dossier / "plaintes.log"
        with plaintes.open("ab") as journal:
            self._serveur = subprocess.Popen(
                [self.dossier / "cupsd", *options],
                stdin=subprocess.DEVNULL,
                stdout=journal,
                stderr=journal,
                start_new_session=True,
            )
        attente = threading.Event()
        for _ in range(600):
            assert self._serveur.poll() is None, plaintes.read_text(encoding="utf-8", errors="replace")
            with socket.socket(socket.AF_UNIX) as prise, suppress(OSError):
                prise.connect(self.variables["CUPS_SERVER"])
                return
            attente.wait(0.05)
        raise AssertionError("CUPS ne répond pas après trente secondes")

    def _lancer(self, programme: str, *arguments: str) -> str:
        fait = subprocess.run(
            [self._programmes[programme], *arguments],
            env={**os.environ, **self.variables, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert fait.returncode == 0, f"{programme} : {fait.stderr}"
        return fait.stdout

    def brancher(self, nom: str, *, panne: str = "stop-printer") -> None:
        """A printer that works. `panne`: what CUPS does when it fails ("abort-job" gives up the job and goes on)."""
        (self.bac / nom).mkdir(exist_ok=True)
        pilote = str(self.dossier / "etc" / "essai.ppd")
        reglages = ["-o", f"printer-error-policy={panne}", "-E"]
        self._lancer("lpadmin", "-p", nom, "-v", f"passdesk:{self.bac / nom}", "-P", pilote, *reglages)

    def mal_regler(self, nom: str, *reglages: str) -> None:
        """What the computer then asks of every job that does not say otherwise ("copies-default=2")."""
        self._lancer("lpadmin", "-p", nom, *(mot for reglage in reglages for mot in ("-o", reglage)))

    def debrancher(self, nom: str) -> None:
        """Takes the printer away from this computer."""
        self._lancer("lpadmin", "-x", nom)

    def suspendre(self, nom: str) -> None:
        """ "Pause" in the settings of the computer: jobs are taken and wait."""
        self._lancer("cupsdisable", nom)

    def reprendre(self, nom: str) -> None:
        """The end of the pause: what waits comes out."""
        self._lancer("cupsenable", nom)

    def refuser(self, nom: str) -> None:
        """The queue takes no job any more."""
        self._lancer("cupsreject", nom)

    def accepter(self, nom: str) -> None:
        """It takes jobs again."""
        self._lancer("cupsaccept", nom)

    def vider(self, nom: str) -> None:
        """Cancels what waits in the queue."""
        self._lancer("cancel", "-a", nom)

    def arretee(self, nom: str) -> bool:
        """True when the queue is stopped."""
        return f"printer {nom} disabled" in self._lancer("lpstat", "-p", nom)

    def attendent(self, nom: str) -> int:
        """How many jobs are not over."""
        return len(self._lancer("lpstat", "-W", "not-completed", "-o", nom).splitlines())

    def coincer(self, nom: str, feuilles: int, code: int) -> None:
        """From now on the printer ends with this code of CUPS after so many sheets."""
        (self.bac / nom / "panne.json").write_text(json.dumps([feuilles, code]), encoding="ascii")

    def decoincer(self, nom: str) -> None:
        """The printer works again."""
        (self.bac / nom / "panne.json").unlink()

    def recus(self, nom: str) -> list[Recu]:
        """The jobs that the printer is done with, in order."""
        faits: list[dict[str, Any]] = [
            {**json.loads(f.read_text(encoding="utf-8")), "sorti": f.with_suffix(".pdf")}
            for f in sorted((self.bac / nom).glob("travail-*.json"))
        ]
        return [Recu(fait["titre"], frozenset(fait["options"].split()), fait["sorti"]) for fait in faits]

    def arreter(self) -> None:
        """Stops at once and removes the folder."""
        if self._serveur is not None and self._serveur.poll() is None:
            self._serveur.send_signal(signal.SIGTERM)
            try:
                self._serveur.wait(10)
            except subprocess.TimeoutExpired:
                self._serveur.kill()
                self._serveur.wait(10)
        shutil.rmtree(self.dossier, ignore_errors=True)
