"""The demonstration behind the window: a throw-away desk on a real server, gone when the window closes."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from passdesk.demonstration.region import poste_de_demonstration, preparer_region, region_servie
from passdesk.demonstration.visites import jouer, lire_visites
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.horloge import Horloge
from passdesk.services import visite
from passdesk.services.impression import ImprimanteFichier
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage.verrou import tenir_seul

NOM_POSTE = "Maison de l’Exemple, Avesnois"
AGENT = "Claire Mabille"
LOTS = {5: 12, 10: 12}
DEJA_VENUES = ("karim", "lucie", "hanh", "sans_attestation")
EN_COURS = "odette"
PREFIXE = "passdesk-demonstration-"
VIVANTE = "vivante.verrou"
"""Held as long as the process that made the folder lives."""


def oublier_les_mortes() -> None:
    """What a window that was killed left among the temporary files goes: nobody else would ever remove it."""
    for dossier in Path(tempfile.gettempdir()).glob(f"{PREFIXE}*"):
        # One without the file is being made. Another user's, or one that is held, is left.
        with suppress(OSError, PanneAttendue):
            if (dossier / VIVANTE).is_file() and not dossier.is_symlink():
                with tenir_seul(dossier, VIVANTE):
                    pass
                shutil.rmtree(dossier, ignore_errors=True)


class Demonstration:
    """Use as a context: its folder is temporary and removed at the end, whatever happened in between.

    Campaign 127 only: nothing that comes out of it is worth anything.
    """

    def __init__(self, horloge: Horloge) -> None:
        self._horloge = horloge
        self._pile = ExitStack()
        self.dossier = Path()

    def __enter__(self) -> Demonstration:
        oublier_les_mortes()
        self.dossier = Path(tempfile.mkdtemp(prefix=PREFIXE))
        self._pile.callback(shutil.rmtree, self.dossier, ignore_errors=True)
        self._pile.enter_context(tenir_seul(self.dossier, VIVANTE))
        return self

    def __exit__(
        self, genre: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pile.close()

    def ouvrir(self) -> Poste:
        """Makes the Region, its server and the desk, and plays a few visits; some seconds, in the `base` thread.

        The passphrase is drawn and forgotten: the desk lives as long as the window. Raises PanneAttendue.
        """
        horloge = self._horloge
        region = preparer_region(self.dossier / "region", horloge)
        self._pile.callback(region.fermer)
        adresse = self._pile.enter_context(region_servie(self.dossier / "region"))
        poste = poste_de_demonstration(
            self.dossier / "poste", region, adresse, NOM_POSTE, AGENT, secrets.token_urlsafe(24), horloge, carnets=LOTS
        )
        scenes = {scene.id: scene for scene in lire_visites(horloge.aujourdhui())}
        imprimante = ImprimanteFichier(self.dossier / "deja-remis")
        for nom in DEJA_VENUES:
            jouer(poste, scenes[nom], imprimante)
        identite = scenes[EN_COURS].identite
        visite.noter(poste, replace(visite.ouvrir_visite(poste), **identite))
        synchroniser(poste)
        return poste
