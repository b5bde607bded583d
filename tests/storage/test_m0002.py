"""A base of the day before opens with all it held, and its tables are what its log says."""

from __future__ import annotations

from pathlib import Path

from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.operations import Tete, sceller_operation, tete_apres
from passdesk.storage import demandes, journal, personnes
from passdesk.storage.engine import Base
from passdesk.storage.integrite import verifier_base
from passdesk.storage.migrations import ENSEMBLE, m0001_fondation
from passdesk.storage.pilote import Migrations
from tests.storage.gestes import CLE, IDENTITE

PIECE = {"demande": "d1", "type": "piece_identite", "date": None, "vu_le": "2026-11-20"}
DEMANDE = {"demande": "d1", "public": "senior", "arrivee_le": "2026-11-20", "commune": "59392"}


def _ancienne(dossier: Path, horloge: HorlogeFixe) -> None:
    """A base in its first shape: a person, a request, a proof seen twice."""
    etapes = Migrations(ENSEMBLE)
    etapes(name="m0001_fondation")(m0001_fondation.appliquer)
    base = Base.ouvrir(dossier, CLE, horloge, creer=True, etapes=etapes)
    tete = Tete(1)
    with base.ecriture() as db:
        for rang, (agent, genre, corps) in enumerate(
            (
                ("agent-1", "personne.enregistrer", IDENTITE),
                ("agent-1", "demande.deposer", DEMANDE),
                ("agent-1", "justificatif.constater", PIECE),
                ("agent-2", "justificatif.constater", PIECE),
            )
        ):
            operation = sceller_operation(
                tete, op_id=f"op{rang}", type=genre, agent_id=agent, subject_id="p1", wall=1000 + rang, corps=corps,
                sel=bytes(32),
            )  # fmt: skip
            journal.ajouter(db, operation)
            tete = tete_apres(operation.entete)
        db.execute(
            "INSERT INTO personne (personne_id, nom_naissance, prenoms, nom_usage, naissance, commune, telephone, "
            "chiffres, recherche, cle, efface, cree, modifie) VALUES ('p1', ?, ?, '', ?, ?, ?, '0612345678', "
            "'lefevre eloise', ?, 0, 1000, 1000)",
            [IDENTITE[c] for c in ("nom_naissance", "prenoms", "naissance", "commune", "telephone", "cle")],
        )
        db.execute(
            "INSERT INTO demande (demande_id, personne_id, public, arrivee_le, complementaire, commune, etat, motifs, "
            "cree, modifie) VALUES ('d1', 'p1', 'senior', '2026-11-20', 0, '59392', 'ouverte', '[]', 1001, 1003)"
        )
        db.execute("INSERT INTO justificatif VALUES ('d1', 'piece_identite', NULL, '2026-11-20')")
    base.fermer()


def test_a_base_of_the_day_before_says_who_saw_its_proofs(tmp_path: Path, horloge: HorlogeFixe) -> None:
    _ancienne(tmp_path, horloge)
    base = Base.ouvrir(tmp_path, CLE, horloge)
    try:
        personne, demande = personnes.get(base, "p1"), demandes.get(base, "d1")
        assert personne is not None and demande is not None
        assert (personne.nom_naissance, personne.adresse, personne.besoins) == ("Lefèvre", "", ())
        assert [(c.vu_par, c.constate.timestamp()) for c in demande.constats] == [("agent-2", 1.003)]
        assert demande.canal is None
        assert verifier_base(base) == ()
    finally:
        base.fermer()
