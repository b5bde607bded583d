"""A Region that is served for months: each process takes up from the key file what the root prolonged meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from passdesk.domain.erreurs import BaseFermee
from passdesk.server.cles import NOM, memes_cles, ouvrir_cles
from passdesk.server.region import Region

_Vu = tuple[int, int, int]


class Trousseau:
    """The Region of `dossier`, opened before, and its certificate of the day."""

    def __init__(self, region: Region, dossier: Path) -> None:
        self._region = region
        self._fichier = dossier / NOM
        self._vu: _Vu | None = None

    def region(self) -> Region:
        """The same Region, its publication key certified up to the last day known.

        Nothing but a later day of the very same keys is taken up: a file that is being changed, cannot be read, or
        holds other keys changes nothing of a server that runs.
        """
        vu = self._voir()
        if vu is not None and vu != self._vu:
            try:
                cles = ouvrir_cles(self._fichier)
            except BaseFermee:
                # Looked at again next time: who held it for a moment (an antivirus) did not change it.
                return self._region
            self._vu = vu
            ici = self._region.cles
            plus_tard = cles.lien_publication.dernier_jour > ici.lien_publication.dernier_jour
            if plus_tard and memes_cles(cles, ici):
                self._region = replace(self._region, cles=cles)
        return self._region

    def _voir(self) -> _Vu | None:
        try:
            stat = self._fichier.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino, stat.st_size
