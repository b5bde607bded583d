"""What the tables answer to the services: requests, awards, carnets, numbers left, cases, agents, campaigns."""

from __future__ import annotations

from datetime import UTC, date, datetime

from passdesk.domain.campagne import Campagne
from passdesk.domain.carnet import Etat
from passdesk.domain.demande import Anterieur, JustificatifPresente
from passdesk.storage import agents, attributions, campagnes, carnets, demandes, litiges, lots, personnes, poste
from passdesk.storage.engine import Base
from tests.storage.gestes import (
    AGENT,
    CAMPAGNE,
    accorder,
    carnet,
    deposer,
    enregistrer,
    recevoir,
    recevoir_lot,
    servir,
    sur_carnet,
)


def test_a_request_and_its_proofs(base: Base) -> None:
    with base.acte(AGENT) as acte:
        enregistrer(acte)
        deposer(acte, prescripteur=None, naissance=None, commune=None)
        for jour in ("2026-08-01", "2026-11-02"):
            piece = {"demande": "d1", "type": "justificatif_domicile", "date": jour, "vu_le": "2026-11-20"}
            acte.inscrire("justificatif.constater", "p1", piece)
        acte.inscrire("demande.completer", "p1", {"demande": "d1", "commune": "59392", "complementaire": True})
        acte.inscrire(
            "attribution.refuser",
            "p1",
            {"demande": "d1", "issue": "incomplet", "motifs": ["identite_incomplete"], "reglement": "2022-02-01",
             "empreinte": b"r" * 32},
        )  # fmt: skip
    lue = demandes.get(base, "d1")
    assert lue is not None
    assert (lue.public, lue.prescripteur, lue.arrivee_le) == ("jeune_insertion", None, date(2026, 11, 20))
    assert (lue.commune, lue.naissance, lue.complementaire) == ("59392", None, True)
    assert (lue.etat, lue.motifs, lue.reglement) == ("incomplete", ("identite_incomplete",), "2022-02-01")
    assert lue.justificatifs == (JustificatifPresente("justificatif_domicile", date(2026, 11, 2), date(2026, 11, 20)),)
    assert demandes.par_etat(base, "incomplete") == (lue,)
    assert demandes.get(base, "autre") is None


def test_what_was_received_here(base: Base) -> None:
    with base.acte(AGENT) as acte:
        recevoir_lot(acte, taille=5, dernier=9)
    with base.acte(AGENT) as acte:
        enregistrer(acte)
        enregistrer(acte, "p2")
        enregistrer(acte, "p3", cle=b"x" * 16)
        accorder(acte, carnet(1, 5), nombre=5)
        accorder(acte, carnet(2, 5), personne_id="p2", attribution="a2", nombre=5)
        accorder(acte, carnet(3, 5), personne_id="p2", attribution="a3", nombre=0)
        accorder(acte, carnet(4, 5), personne_id="p3", attribution="a4", nombre=5)
    le = date(2026, 11, 23)
    assert attributions.anterieurs_de(base, "p1") == (Anterieur(5, le),)
    assert attributions.anterieurs_de(base, *personnes.fiches_de(base, None, b"k" * 16)) == (
        Anterieur(5, le),
        Anterieur(5, le),
    )
    with base.acte(AGENT) as acte:
        acte.inscrire("attribution.annuler", "p2", {"attribution": "a2", "motif": "saisie"})
    assert attributions.anterieurs_de(base, *personnes.fiches_de(base, None, b"k" * 16)) == (Anterieur(5, le),)
    annulee = attributions.get(base, "a2")
    assert annulee is not None
    assert annulee.etat == attributions.ANNULEE
    assert [a.nombre for a in attributions.par_personne(base, "p2")] == [5, 0]
    assert [a.attribution_id for a in attributions.par_demande(base, "d1")] == ["a1", "a2", "a3", "a4"]


def test_papers_awaited_longest_first(base: Base, horloge: object) -> None:
    recevoir(base)
    for rang in (1, 2, 3):
        servir(base, f"p{rang}", rang)
    assert [s.carnet.numero for s in carnets.en_attente_de_papier(base)] == [1, 2, 3]
    with base.acte(AGENT) as acte:
        sur_carnet(acte, "impression_lancee", 2, "p2", feuilles=[1, 2, 3])
        sur_carnet(acte, "impression_lancee", 3, "p3", feuilles=[1, 2, 3])
        sur_carnet(acte, "impression_faite", 3, "p3")
        sur_carnet(acte, "remettre", 3, "p3", le="2026-11-23")
        sur_carnet(acte, "gacher", 1, "p1", motif="papier")
    (attendu,) = carnets.en_attente_de_papier(base)
    assert (attendu.carnet.numero, attendu.carnet.etat) == (2, Etat.A_CONFIRMER_IMPRESSION)
    assert attendu.depuis == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    (gache,) = carnets.par_etat(base, Etat.GACHE)
    assert (gache.motif, gache.pot) == ("papier", "general")
    assert [s.carnet.numero for s in carnets.par_attribution(base, "a-p3")] == [3]
    assert carnets.get(base, CAMPAGNE, 99) is None


def test_numbers_come_from_the_lease_that_ends_first(base: Base) -> None:
    with base.acte(AGENT) as acte:
        recevoir_lot(acte, "tard", premier=1, dernier=2, bail_jusqu_au="2027-12-16")
        recevoir_lot(acte, "tot", premier=50, dernier=51, bail_jusqu_au="2026-12-31", kid=8)
        recevoir_lot(acte, "petit", premier=80, dernier=84, taille=5)
    assert lots.restants(base, CAMPAGNE, "general") == {5: 5, 10: 4}
    assert lots.restants(base, CAMPAGNE, "lycee") == {5: 0, 10: 0}
    libre = lots.numero_libre(base, CAMPAGNE, 10, "general")
    assert libre is not None
    assert (libre.numero, libre.kid, libre.lot_id) == (50, 8, "tot")
    servir(base, numero=50)
    assert lots.prochain_numero(base, CAMPAGNE, 10, "general") == 51
    # Once a lease is over, its numbers are there no more.
    assert lots.prochain_numero(base, CAMPAGNE, 10, "general", date(2027, 1, 1)) == 1
    assert lots.restants(base, CAMPAGNE, "general", date(2027, 1, 1)) == {5: 5, 10: 2}
    assert lots.prochain_numero(base, CAMPAGNE, 10, "general", date(2028, 1, 1)) is None
    assert lots.prochain_numero(base, 12, 10, "general") is None
    assert (lots.fin_de_bail(base, CAMPAGNE), lots.fin_de_bail(base, 12)) == (date(2027, 12, 16), None)
    petit = lots.get(base, "petit")
    assert petit is not None
    assert (petit.restants, petit.lot.taille) == (5, 5)


def test_a_case_and_the_notes_on_it(base: Base) -> None:
    def ouvrir(excedent: int) -> None:
        litiges.ouvrir(
            base, srv_seq=4, litige_id="l1", sujet="p1", campagne=CAMPAGNE, carnets=[7], excedent=excedent,
            postes=["Douai"],
        )  # fmt: skip

    ouvrir(5)
    ouvrir(10)
    assert litiges.compter_a_traiter(base) == 1
    with base.acte(AGENT) as acte:
        acte.inscrire("litige.noter", "l1", {"litige": "l1", "texte": "Douai rappelle demain"})
    lu = litiges.get(base, "l1")
    assert lu is not None
    assert (lu.excedent, lu.carnets, lu.postes, lu.traite) == (10, (7,), ("Douai",), False)
    assert [note.texte for note in lu.notes] == ["Douai rappelle demain"]
    with base.acte(AGENT) as acte:
        acte.inscrire("litige.noter", "l1", {"litige": "l1", "texte": "réglé", "traite": True})
    assert [litige.traite for litige in litiges.lister(base)] == [True]
    assert litiges.compter_a_traiter(base) == 0


def test_agents_come_and_go(base: Base) -> None:
    with base.acte(AGENT) as acte:
        acte.inscrire("agent.ajouter", "agent-1", {"nom": "Claire", "role": "responsable"})
        acte.inscrire("agent.ajouter", "agent-2", {"nom": "Paul"})
        acte.inscrire("agent.retirer", "agent-2", {})
    assert [(a.nom, a.role, a.actif) for a in agents.lister(base)] == [
        ("Claire", agents.RESPONSABLE, True), ("Paul", agents.MEDIATEUR, False),
    ]  # fmt: skip
    assert agents.get(base, "agent-3") is None


def test_campaigns_and_named_values(base: Base) -> None:
    campagne = Campagne(127, "Démonstration", 1000, date(2027, 12, 31), alerte_jours=20)
    campagnes.enregistrer(base, campagne, b"signee")
    campagnes.enregistrer(base, campagne)
    assert campagnes.get(base, 127) == campagne
    assert campagnes.lister(base) == (campagne,)
    assert campagnes.get(base, 12) is None
    poste.ecrire_texte(base, "nom", "Douai")
    poste.ecrire_octets(base, "racine", b"\x00" * 32)
    assert (poste.lire_texte(base, "nom"), poste.lire_octets(base, "nom")) == ("Douai", None)
    assert poste.lire_octets(base, "racine") == b"\x00" * 32
    poste.ecrire_texte(base, "nom", None)
    assert (poste.lire_texte(base, "nom"), poste.lire_texte(base, "inconnu")) == (None, None)


def test_what_is_not_an_operation_rolls_back_with_the_act_too(base: Base) -> None:
    try:
        with base.acte(AGENT):
            poste.ecrire_texte(base, "nom", "Lens")
            litiges.ouvrir(base, srv_seq=1, litige_id="l", sujet=None, campagne=1, carnets=[], excedent=0, postes=[])
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert poste.lire_texte(base, "nom") is None
    assert litiges.lister(base) == ()
