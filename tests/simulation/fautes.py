"""What happens to laptops and to the Region's disk: killed, put back to an earlier day, copied, their clock wrong."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from passdesk.domain.erreurs import KnownError
from passdesk.protocol.operations import Operation, Tete
from passdesk.storage import copie_laterale, journal
from passdesk.storage.pilote import dbapi
from tests.simulation import actes
from tests.simulation.guichet import BASE_SEULE, SANS_MARQUE, TOUT, Guichet, HorlogeDerivante, _copier
from tests.simulation.temoin import Violation

if TYPE_CHECKING:
    from tests.simulation.monde import Monde

DIX_ANS = timedelta(days=3653)
JUMEAUX_MAX = 2


def tuer(monde: Monde, guichet: Guichet) -> str:
    """The program is killed between two acts; the desk is opened again."""
    guichet.tuer()
    guichet.ouvrir()
    return "tue"


def tuer_en_plein_acte(monde: Monde, guichet: Guichet) -> str:
    """Killed somewhere inside a transaction: all of the act is there afterwards, or nothing."""
    poste = guichet.ouvrir()
    connexion = poste.base.db.conn
    reste = [monde.alea.randint(1, 60)]

    def compter() -> int:
        reste[0] -= 1
        return int(reste[0] <= 0)

    connexion.set_progress_handler(compter, 50)
    issue = "tue_apres_l_acte"
    try:
        actes.accueillir(monde, guichet)
    except (KnownError, dbapi.Error):
        issue = "tue_en_plein_acte"
    finally:
        # A transaction that could not even be undone left its connection, which is closed.
        if poste.base.db.conn is connexion:
            connexion.set_progress_handler(None, 0)
    guichet.tuer()
    guichet.ouvrir()
    return issue


def prendre_image(monde: Monde, guichet: Guichet) -> str:
    """A copy of the laptop is kept somewhere."""
    guichet.prendre_image()
    return "image_prise"


def remettre_base(monde: Monde, guichet: Guichet) -> str:
    """The base alone is put back; what is beside it stays."""
    return _remettre(monde, guichet, "base_remise", BASE_SEULE)


def remettre_base_et_cles(monde: Monde, guichet: Guichet) -> str:
    """The base and the mark beside it are put back; the second copy of the acts stays."""
    return _remettre(monde, guichet, "base_et_cles_remises", SANS_MARQUE)


def remettre_tout(monde: Monde, guichet: Guichet) -> str:
    """The whole laptop is put back: it knows nothing of what came after."""
    return _remettre(monde, guichet, "poste_remis", TOUT)


def _remettre(monde: Monde, guichet: Guichet, issue: str, fichiers: tuple[str, ...]) -> str:
    if not guichet.images:
        return prendre_image(monde, guichet)
    tenus = guichet.hashes()
    copie = guichet.ouvrir().base.lire_copie().operations if fichiers is not TOUT else ()
    tete = guichet.remettre_image(monde.alea.choice(guichet.images[-2:]), fichiers=fichiers)
    guichet.recule = True
    guichet.aveugle |= fichiers is not BASE_SEULE
    guichet.sans_marque |= fichiers is not BASE_SEULE
    guichet.ouvrir()
    _juger_la_reprise(monde, guichet, tete, copie)
    monde.noter_les_emportes(tenus)
    # The next person is waiting.
    monde.agir(guichet, actes.accueillir)
    return issue


def _juger_la_reprise(monde: Monde, guichet: Guichet, tete: Tete, copie: Sequence[Operation]) -> None:
    """The acts that were beside the base, and come right after what it had when put back, are in it again.

    Those that hang on acts which the Region alone has, or on another branch, are kept in a file; what they say of
    persons and cases is said again.
    """
    poste = guichet.ouvrir()
    perdus = [operation for operation in copie if not journal.contient(poste.base.db, operation.entete)]
    gardes = {operation.entete.hash for operation in guichet.actes_de_cote()} if perdus else set()
    suivent = [operation for operation in copie_laterale.suite_de(tete, copie) if operation.entete.epoch == tete.epoch]
    suite = {operation.entete.hash for operation in suivent}
    dites = journal.dites(poste.base.db, perdus)
    for operation in perdus:
        entete = operation.entete
        if entete.hash in suite or entete.hash not in gardes:
            raise Violation("acte_du_poste_perdu", f"{guichet.nom} {entete.epoch}/{entete.seq} was beside the base")
        redit = (entete.subject_id, entete.type, operation.corps) in dites
        monde.vu("issue.redit_apres_une_remise" if redit else "issue.mis_de_cote")


def remettre_base_copie_muette(monde: Monde, guichet: Guichet) -> str:
    """The base is put back, and the second copy of the acts does not read that day: the next opening finds it."""
    if not guichet.images:
        return prendre_image(monde, guichet)
    tenus = guichet.hashes()
    copie = guichet.ouvrir().base.lire_copie().operations
    guichet.remettre_image(guichet.images[-1], fichiers=BASE_SEULE)
    guichet.recule = guichet.aveugle = True
    lire = Path.read_bytes

    def muette(chemin: Path) -> bytes:
        if chemin == guichet.dossier / copie_laterale.FICHIER:
            raise OSError(errno.EIO, "")
        return lire(chemin)

    with mock.patch.object(Path, "read_bytes", muette):
        guichet.ouvrir()
        monde.agir(guichet, actes.accueillir)
    monde.echanger(guichet)
    tenus |= guichet.hashes()
    guichet.tuer()
    base = guichet.ouvrir().base
    gardes = {operation.entete.hash for operation in guichet.actes_de_cote()}
    for operation in copie:
        if not journal.contient(base.db, operation.entete) and operation.entete.hash not in gardes:
            entete = operation.entete
            raise Violation("acte_du_poste_perdu", f"{guichet.nom} {entete.epoch}/{entete.seq} did not read for a day")
    monde.noter_les_emportes(tenus)
    return "copie_muette"


def cloner(monde: Monde, guichet: Guichet) -> str:
    """The laptop is copied to another one, and both work."""
    if sum(g.jumeau for g in monde.guichets) >= JUMEAUX_MAX:
        return "assez_de_copies"
    guichet.ouvrir().base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    dossier = guichet.dossier.with_name(f"{guichet.dossier.name}-copie")
    _copier(guichet.dossier, dossier)
    copie = Guichet(
        f"{guichet.nom} bis", dossier, guichet.cle, guichet.agent_id, guichet.device,
        HorlogeDerivante(monde, guichet.horloge.decalage), monde.temoin,
        aveugle=guichet.aveugle, sans_marque=guichet.sans_marque, jumeau=True, recule=guichet.recule,
    )  # fmt: skip
    guichet.jumeau = True
    monde.guichets.append(copie)
    copie.ouvrir()
    return "poste_copie"


def derouter_l_horloge(monde: Monde, guichet: Guichet) -> str:
    """The clock of the laptop jumps, by hours or by years, or is set right."""
    guichet.horloge.decalage = (
        monde.alea.choice(
            (DIX_ANS, -DIX_ANS, timedelta(days=40), timedelta(days=-3), timedelta(0), timedelta(0), timedelta(0))
        )
        * monde.alea.random()
    )
    ans = guichet.horloge.decalage / timedelta(days=365)
    return "horloge_juste" if not ans else "horloge_en_avance" if ans > 0 else "horloge_en_retard"


def copier_la_region(monde: Monde, guichet: Guichet) -> str:
    """The Region's nightly backup."""
    monde.region.copier()
    return "region_sauvegardee"


def remettre_la_region(monde: Monde, guichet: Guichet) -> str:
    """The Region's database is put back from its latest backup."""
    if not monde.region.copies:
        return "aucune_copie_de_la_region"
    monde.region.remettre([g.device for g in monde.guichets])
    monde.apres_remise_de_la_region()
    return "region_remise"


def reecouter(monde: Monde, guichet: Guichet) -> str:
    """The lots of a desk are called back, and it says so; the Region is put back to that very day and tells everything
    again. The line drops between two pages, while people wait."""
    monde.region.arreter(guichet.device, "rappele")
    for _ in range(2):
        monde.echanger(guichet)
    monde.region.copier()
    remettre_la_region(monde, guichet)
    guichet.ligne_fragile = True
    monde.echanger(guichet)
    guichet.ligne_fragile = False
    for _ in range(3):
        monde.agir(guichet, actes.accueillir)
    return "reecoute"


FAUTES = (
    (tuer, 5),
    (tuer_en_plein_acte, 8),
    (prendre_image, 12),
    (remettre_base, 6),
    (remettre_base_copie_muette, 3),
    (remettre_base_et_cles, 5),
    (remettre_tout, 4),
    (cloner, 2),
    (derouter_l_horloge, 7),
    (copier_la_region, 6),
    (remettre_la_region, 4),
)
"""What breaks, and how often."""
