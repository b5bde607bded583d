"""A desk on a disk that fills up, in a process of its own: `python -m tests.e2e.enfant_disque MOYEN GUICHET DISQUE`.

"volume": a small real file system, seen by this process alone and gone with it (Linux, for root or where a user may
have a name space); "limite" instead where there is none. "limite": the system refuses to let a file grow (every
POSIX): other words, the same refusal. The first line says which of the two it is.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from passdesk.cli import executer
from passdesk.domain.erreurs import KnownError
from passdesk.domain.reglage_imprimante import ReglageImprimante
from passdesk.services import carnets, impression, lieux, lieux_importer, remplacement, visite
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.remise import remettre
from passdesk.storage import envoi
from passdesk.storage.integrite import verifier_base
from passdesk.ui.papier.habitudes import Habitude, load_habitudes
from passdesk.ui.papier.systeme import ImprimanteSysteme
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, visite_accord
from tests.e2e.processus import annoncer
from tests.services.listes_lieux import france_services
from tests.ui.guichet import communes

TAILLE = 6_000_000
RESTES = (0, 8_192, 24_576)
"""Bytes left: none, some pages of an act, more of them."""
LIEUX = 300
"""Places of a list: more than the most that is left."""
NOUVEL_ESPACE = 0x00020000
NOUVEL_UTILISATEUR = 0x10000000
PRIVE = 1 << 18 | 1 << 14


class Volume:
    """A file system of `TAILLE` bytes mounted on a folder."""

    def __init__(self, point: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        utilisateur = 0 if os.geteuid() == 0 else NOUVEL_UTILISATEUR
        options = f"size={TAILLE}".encode()
        for code in (
            libc.unshare(NOUVEL_ESPACE | utilisateur),
            libc.mount(b"none", b"/", None, PRIVE, None),
            libc.mount(b"tmpfs", os.fsencode(point), b"tmpfs", 0, options),
        ):
            if code:
                raise OSError(ctypes.get_errno(), "no volume")
        self._lest = point / "lest"

    @contextmanager
    def plein(self, reste: int) -> Iterator[None]:
        """Full but for `reste` bytes during the block."""
        with self._lest.open("wb", buffering=0) as lest:
            with contextlib.suppress(OSError):
                while lest.write(bytes(4096)):
                    pass
            lest.truncate(max(0, lest.tell() - reste))
        try:
            yield
        finally:
            self._lest.unlink()


class Limite:
    """No file may grow past some bytes."""

    def __init__(self, _point: Path) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    @contextmanager
    def plein(self, reste: int) -> Iterator[None]:
        """No file past `reste` bytes during the block."""
        avant = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (reste, avant[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, avant)


def etat(poste: Poste) -> list[Any]:
    """All that an act may change: head of the log, then rows of each table that is written."""
    tables = (
        *("operation", "corps", "personne", "demande", "attribution", "carnet", "brouillon"),
        *("lieu", "lieu_correction"),
    )
    lignes = [poste.base.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    return [envoi.tete(poste.base).seq, *lignes, poste.base.db.execute("SELECT sum(suivant) FROM lot").fetchone()[0]]


def regler(disque: Volume | Limite, dossier: Path, fichier: impression.Imprimante) -> None:
    """Keeps the measures of a printer, then others on the full disk: those in force are told each time."""
    imprimante = ImprimanteSysteme(dossier, fichier)
    for reste, couche in ((None, 100.0), (0, 99.0), (None, 98.5)):
        place = contextlib.nullcontext() if reste is None else disque.plein(reste)
        dit = ""
        with place:
            try:
                imprimante.noter("Accueil", Habitude(ReglageImprimante(couche, 100.0, 80.0, 115.0, date(2026, 11, 23))))
            except KnownError as trouble:
                dit = trouble.code
        garde = load_habitudes(dossier)["Accueil"].reglage
        annoncer(geste="regler", dit=dit, couche=garde and garde.couche, restes=len([*dossier.glob("*.nouveau")]))


def main(moyen: str, guichet: str, point: str) -> None:
    """Tries each act on the full disk, from no room at all to some, then with the room given back."""
    disque: Volume | Limite = Limite(Path(point))
    if moyen == "volume":
        # A system without these calls, an account without the right to them.
        with contextlib.suppress(OSError, AttributeError):
            disque = Volume(Path(point))
    annoncer(moyen=type(disque).__name__)
    dossier = Path(point) / "poste"
    shutil.copytree(guichet, dossier)
    poste = ouvrir_poste(dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)

    def essayer(geste: str, faire: Callable[[], object]) -> Any:
        for reste in RESTES:
            avant = etat(poste)
            dit = ""
            # A log already read back into the base has room of its own, where a small act is written without the disk.
            poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with disque.plein(reste):
                try:
                    faire()
                except KnownError as trouble:
                    dit = trouble.code
            annoncer(
                geste=geste, reste=reste, dit=dit, change=etat(poste) != avant, problemes=verifier_base(poste.base)
            )
            if not dit:
                return
        faire()
        annoncer(geste=geste, reste=None, dit="", change=etat(poste) != avant, problemes=verifier_base(poste.base))

    brouillon = visite_accord(poste)
    essayer("noter", lambda: visite.noter(poste, brouillon))
    essayer("attribuer", lambda: visite.attribuer(poste, brouillon))
    ligne = poste.base.db.execute("SELECT campagne, numero FROM carnet").fetchall()
    (campagne, numero), *doubles = ligne
    assert doubles == []
    essayer("lancer", lambda: impression.lancer_impression(poste, campagne, numero))
    impression.repondre(poste, campagne, numero, "rien")
    travail = impression.lancer_impression(poste, campagne, numero)
    papier = dossier / impression.DOSSIER_PAPIER
    imprimante = impression.ImprimanteFichier(papier)
    for reste in RESTES:
        with disque.plein(reste):
            try:
                impression.mettre_sur_papier(travail, imprimante)
                dit = ""
            except KnownError as trouble:
                dit = trouble.code
        annoncer(geste="papier", reste=reste, dit=dit, fichiers=len(list(papier.glob("*"))))
    sorti = impression.mettre_sur_papier(travail, imprimante)
    assert sorti is not None
    annoncer(geste="papier", reste=None, dit="", fichiers=len(list(papier.glob("*"))))
    impression.repondre(poste, campagne, numero, "tout")
    remettre(poste, campagne, numero, poste.horloge.aujourdhui())
    essayer("perdre", lambda: carnets.agir(poste, campagne, numero, "carnet.declarer_perdu"))
    essayer("remplacer", lambda: remplacement.remplacer(poste, campagne, numero))
    liste = Path(point).parent / "liste.csv"
    liste.write_text(france_services(*({"id_fs": str(rang)} for rang in range(LIEUX))), encoding="utf-8")
    analyse = lieux_importer.preparer_analyse(poste, liste, communes())
    while not analyse.avancer():
        pass
    essayer("lieux", lambda: lieux_importer.enregistrer(poste, analyse))
    assert len(lieux.lieux_du_poste(poste)) == LIEUX
    essayer("corriger", lambda: lieux.corriger_lieu(poste, "france-services:0", "accepte_pass", "oui"))
    regler(disque, dossier, imprimante)
    annoncer(geste="fin", problemes=verifier_base(poste.base))
    poste.fermer()
    os.environ["PASSDESK_PHRASE"] = PHRASE
    for reste in (0, None):
        plaintes = io.StringIO()
        place = contextlib.nullcontext() if reste is None else disque.plein(reste)
        with place, contextlib.redirect_stderr(plaintes), contextlib.redirect_stdout(io.StringIO()):
            code = executer(["poste", "regler", "--telephone-aide", "03 53 01 00 00", "--base-dir", str(dossier)])
        annoncer(geste="commande", reste=reste, sortie=code, plaintes=plaintes.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])
