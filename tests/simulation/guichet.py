"""One laptop in a history: a desk's folder, its clock, its images; what it says recorded goes to the witness."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.protocol.operations import HASH_RACINE, Operation, Tete
from passdesk.services.poste import Poste, ouvrir_avec_cle
from passdesk.storage import copie_laterale, engine, journal
from passdesk.storage.appareil import FICHIER as CLES
from passdesk.storage.appareil import lire_appareil
from passdesk.storage.engine import DOSSIER_SAUVEGARDES
from passdesk.storage.engine import FICHIER as BASE
from passdesk.storage.lecture import lignes
from tests.builders import INDEX_LEGER
from tests.simulation.temoin import Acte, Temoin, Violation, numeros_accordes

_APRES = (
    "SELECT o.epoch, o.seq, o.hash, o.prev_hash, o.type, o.subject_id, o.v, c.octets FROM operation o "
    "LEFT JOIN corps c ON c.op_id = o.op_id WHERE (o.epoch, o.seq) > (?, ?) ORDER BY o.epoch, o.seq"
)


class Temps(Protocol):
    """Where the true time is read."""

    temps: datetime


@dataclass(slots=True)
class HorlogeDerivante:
    """The clock of one computer: the true time, and how wrong it is."""

    monde: Temps
    decalage: timedelta = timedelta(0)

    def maintenant(self) -> datetime:
        """The present instant, as this computer believes."""
        return self.monde.temps + self.decalage

    def aujourdhui(self) -> date:
        """The day, as this computer believes."""
        return self.maintenant().date()


@dataclass(slots=True)
class Guichet:
    """A laptop. `device`: how the Region knows it; a clone has the same."""

    nom: str
    dossier: Path
    cle: bytes = field(repr=False)
    agent_id: str
    device: str
    horloge: HorlogeDerivante
    temoin: Temoin
    poste: Poste | None = None
    images: list[Path] = field(default_factory=list)
    aveugle: bool = False
    """Put back to an earlier day with its keys, and the Region has not been heard since: nothing can tell it."""
    sans_marque: bool = False
    """Put back with its keys once at least."""
    jumeau: bool = False
    """Copied to another laptop, or the copy: both work, each without knowing."""
    ligne_fragile: bool = False
    """Its line drops after the first page of what the Region tells again, and stays down for that exchange."""
    liste: tuple[int, date] = (0, date.min)
    """Generation and day of the trust list last seen here."""
    recule: bool = False
    """Put back once at least: what the Region has of it may be on two branches."""
    remises: int = 0
    """How many times its disk was put back."""
    releve: tuple[int, int, bytes] = (0, 0, HASH_RACINE)
    _copies: int = 0

    def ouvrir(self) -> Poste:
        """The desk, opened as at the start of the program if it was closed."""
        if self.poste is None:
            self.poste = ouvrir_avec_cle(self.dossier, self.cle, self.agent_id, self.horloge, cout_index=INDEX_LEGER)
            self.releve = (0, 0, HASH_RACINE)
            self.relever()
        return self.poste

    def fermer(self) -> None:
        """Closed as by its window."""
        if self.poste is not None:
            self.poste.fermer()
            self.poste = None

    def tuer(self) -> None:
        """The process is gone: what was not committed is not there."""
        if self.poste is not None:
            self.poste.base.db.rollback()
            self.fermer()

    def relever(self) -> list[Acte]:
        """Tells the witness what is recorded since the last time, each act held to the chain; the new acts."""
        assert self.poste is not None
        nouveaux = []
        for epoch, seq, hash_, prev, type_, sujet, _, octets in self.poste.base.db.execute(
            _APRES, [self.releve[0], self.releve[1]]
        ).fetchall():
            avant = self.releve[2] if epoch == self.releve[0] else HASH_RACINE
            suite = (epoch == self.releve[0] and seq == self.releve[1] + 1) or (epoch > self.releve[0] and seq == 1)
            if prev != avant or not suite:
                raise Violation("chaine_du_poste", f"{self.nom} {epoch}/{seq} does not follow")
            self.releve = (epoch, seq, hash_)
            carnets = numeros_accordes(type_, octets)
            numeros = tuple((int(c["campagne"]), int(c["numero"])) for c in carnets)
            acte = Acte(self.device, epoch, seq, type_, sujet, numeros)
            if self.temoin.noter(hash_, acte, octets, self.hashes):
                nouveaux.append(acte)
                for carnet in carnets:
                    self._juger_numero(carnet, hash_)
        return nouveaux

    def _juger_numero(self, carnet: dict[str, int | str], hash_: bytes) -> None:
        """The desk awards numbers of its own lots, and each of them once."""
        temoin = self.temoin
        numero = (int(carnet["campagne"]), int(carnet["numero"]))
        siens = [
            lot_id
            for lot_id, lot in temoin.lot_de(numero)
            if (lot.device, lot.taille, lot.pot) == (self.device, carnet["taille"], carnet["pot"])
        ]
        if not siens:
            raise Violation("numero_hors_lot", f"{self.nom} awards {numero}, which is in none of its lots")
        if siens[0] in temoin.rendus.keys() | temoin.arretes.keys() and not (self.recule or self.jumeau):
            raise Violation("numero_rendu", f"{self.nom} awards {numero}, which it gave back")
        autres = [h for h in temoin.numeros[numero] if h != hash_ and temoin.actes[h].device != temoin.menteur]
        # Of an act that went with the disk, the mark beside it too, nothing is left to tell this desk.
        su = [h for h in autres if not (h in temoin.emportes and self.sans_marque)]
        memes = all(temoin.actes[h].device == self.device for h in autres)
        if su and not (memes and (self.aveugle or self.jumeau)):
            raise Violation("numero_deux_fois", f"{self.nom} awards {numero} again")
        if autres:
            self.temoin.vus["issue.numero_redonne_sans_le_savoir"] += 1

    # -- its disk

    def cle_requete(self) -> bytes | None:
        """The public key under which it asks, as it holds it now; None without one."""
        secrets = lire_appareil(self.dossier, self.cle)
        if secrets is None or secrets.requete is None:
            return None
        return Ed25519PrivateKey.from_private_bytes(secrets.requete).public_key().public_bytes_raw()

    def prendre_image(self) -> None:
        """A copy of the whole folder, as a disk image or a careful colleague would make it."""
        poste = self.ouvrir()
        poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._copies += 1
        image = self.dossier.with_name(f"{self.dossier.name}-image-{self._copies}")
        _copier(self.dossier, image)
        self.images.append(image)

    def remettre_image(self, image: Path, *, fichiers: tuple[str, ...]) -> Tete:
        """These files put back as they were in the image; the others stay. The head of the log put back."""
        self.tuer()
        self.remises += 1
        self.liste = (0, date.min)
        for suite in ("-wal", "-shm"):
            (self.dossier / f"{BASE}{suite}").unlink(missing_ok=True)
        for nom in fichiers:
            (self.dossier / nom).unlink(missing_ok=True)
            if (image / nom).exists():
                shutil.copy(image / nom, self.dossier / nom)
        base = engine.connecter(str(self.dossier / BASE), self.cle)
        try:
            return journal.tete(base)
        finally:
            base.close()

    def actes_de_cote(self) -> list[Operation]:
        """What the side copies that were kept aside hold."""
        operations: list[Operation] = []
        for fichier in (self.dossier / DOSSIER_SAUVEGARDES).glob("*-actes*.db.copie"):
            with tempfile.TemporaryDirectory() as lieu:
                shutil.copy(fichier, Path(lieu) / copie_laterale.FICHIER)
                operations += copie_laterale.CopieLaterale(Path(lieu), self.cle).lire().operations
        return operations

    def hashes(self) -> set[bytes]:
        """The acts that this laptop holds, in its base or beside it."""
        poste = self.ouvrir()
        dans_la_base = {ligne["hash"] for ligne in lignes(poste.base, "SELECT hash FROM operation", [])}
        return dans_la_base | {o.entete.hash for o in poste.base.lire_copie().operations}


TOUT = (BASE, CLES, copie_laterale.FICHIER)
SANS_MARQUE = (BASE, CLES)
BASE_SEULE = (BASE,)


def _copier(de: Path, vers: Path) -> None:
    vers.mkdir()
    for nom in (*TOUT, "poste.cles"):
        if (de / nom).exists():
            shutil.copy(de / nom, vers / nom)
