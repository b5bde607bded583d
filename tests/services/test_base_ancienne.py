"""A desk that had sent nothing under the program of the day before sends everything under this one."""

from __future__ import annotations

from pathlib import Path

from passdesk.server import enrolement
from passdesk.services import enroler
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import envoi
from passdesk.storage.engine import Base
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, terrain
from tests.storage import bases
from tests.storage.gestes import AGENT, CLE


def test_five_hundred_unsent_acts_of_an_earlier_program_all_reach_the_region(tmp_path: Path) -> None:
    bases.poser(bases.FIN_ETAPE_2, tmp_path / "ancien", CLE)
    with terrain(tmp_path) as lieu:
        base = Base.ouvrir(tmp_path / "ancien", CLE, lieu.horloge)
        poste = Poste(tmp_path / "ancien", base, CLE, AGENT, lieu.horloge, cout_index=INDEX_LEGER)
        try:
            en_attente = envoi.reste_a_envoyer(base)
            assert en_attente >= 500
            enroler.demander(poste, lieu.adresse, enrolement.proposer_code(lieu.region, "Ancien"))
            (attente,) = enrolement.en_attente(lieu.region)
            enrolement.accepter(lieu.region, attente.identifiant)
            assert enroler.terminer(poste)
            bilans = [synchroniser(poste)]
            while bilans[-1].restent and len(bilans) < 9:
                bilans.append(synchroniser(poste))
            assert envoi.reste_a_envoyer(base) == 0
            with lieu.region.magasin.lire() as tx:
                recues = tx.toutes("SELECT hash FROM operation ORDER BY epoch, seq")
            gardees = base.db.execute("SELECT hash FROM operation ORDER BY epoch, seq").fetchall()
            assert [bytes(ligne[0]) for ligne in recues] == [bytes(ligne[0]) for ligne in gardees]
            assert verifier_base(base) == ()
        finally:
            poste.fermer()
