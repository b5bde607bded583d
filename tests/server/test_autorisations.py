"""Who may do what: every route, every kind of caller, and always about somebody else's desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from litestar.testing import TestClient

from passdesk.protocol import enrolement
from passdesk.protocol.evenements import CarnetBloque, IndexRenouvele, LitigeOuvert, LotAttribue
from passdesk.protocol.messages import Refusal, decode_answer, head_message
from passdesk.protocol.operations import TypeOperation
from passdesk.protocol.signatures import SignedRequest, sign_request
from passdesk.server.enrolement import accepter, proposer_code
from passdesk.server.index_region import renouveler_index
from passdesk.server.publication import annuler_carnet
from passdesk.server.rappel import rappeler
from passdesk.server.region import Region
from passdesk.server.revocation import revoquer
from passdesk.server.routes import creer_application
from tests.server.poste_factice import URL, Envoi, PosteFactice

SYNC, DEMANDE, ETAT, SANTE = "/v1/sync", "/v1/enrolement", "/v1/enrolement/etat", "/v1/sante"
APPELANTS = ("personne", "inconnu", "revoque", "autre_sous_son_nom", "autre_sous_le_sien", "rejeu", "lui_meme")
ATTENDUS: dict[tuple[str, str], tuple[int, str]] = {
    # Acts of the victim, in its name or in that of the caller.
    (SYNC, "personne"): (401, "signature_refusee"),
    (SYNC, "inconnu"): (401, "appareil_inconnu"),
    (SYNC, "revoque"): (403, "appareil_revoque"),
    (SYNC, "autre_sous_son_nom"): (401, "signature_refusee"),
    (SYNC, "autre_sous_le_sien"): (200, "message_illisible"),
    (SYNC, "rejeu"): (409, "compteur_depasse"),
    (SYNC, "lui_meme"): (200, ""),
    # The code of the victim, which served: once accepted, it is good for nobody.
    (DEMANDE, "personne"): (401, "signature_refusee"),
    (DEMANDE, "inconnu"): (403, "code_refuse"),
    (DEMANDE, "revoque"): (403, "code_refuse"),
    (DEMANDE, "autre_sous_son_nom"): (401, "signature_refusee"),
    (DEMANDE, "autre_sous_le_sien"): (403, "code_refuse"),
    (DEMANDE, "rejeu"): (403, "code_refuse"),
    (DEMANDE, "lui_meme"): (403, "code_refuse"),
    # The ticket of the victim: what an accepted desk gets.
    (ETAT, "personne"): (401, "signature_refusee"),
    (ETAT, "inconnu"): (401, "signature_refusee"),
    (ETAT, "revoque"): (401, "signature_refusee"),
    (ETAT, "autre_sous_son_nom"): (401, "signature_refusee"),
    (ETAT, "autre_sous_le_sien"): (401, "signature_refusee"),
    (ETAT, "rejeu"): (200, ""),
    (ETAT, "lui_meme"): (200, ""),
}
"""A repeated poll gets the same answer again: it is sealed to the keys of whoever asked first."""

INTACTES = ("operation", "journal", "corps", "attribution", "lot", "pot", "sujet", "litige", "poste")
"""Tables in which the caller may change nothing of the victim's."""


def test_every_route_is_in_the_table(region: Region) -> None:
    routes = {(route.path, methode) for route in creer_application(region).routes for methode in route.methods}  # type: ignore[union-attr]
    assert routes - {(chemin, "OPTIONS") for chemin, _ in routes} == {
        *((chemin, "POST") for chemin in (SYNC, DEMANDE, ETAT)),
        (SANTE, "GET"),
    }
    assert set(ATTENDUS) == {(chemin, appelant) for chemin in (SYNC, DEMANDE, ETAT) for appelant in APPELANTS}


@pytest.mark.parametrize(("chemin", "appelant"), sorted(ATTENDUS))
def test_nobody_acts_for_another_desk(
    region: Region, envoi: Envoi, enroler: Callable[[str], PosteFactice], chemin: str, appelant: str
) -> None:
    autre, vole = enroler("Creil"), enroler("Douai")
    revoquer(region, vole.device, vol=True)
    victime = PosteFactice(envoi)
    code = proposer_code(region, "Lens")
    victime.demander(code)
    accepter(region, code[:4])
    victime.ou_en_est()
    victime.inscrire("p1", b"k" * 16)
    victime.accorder("p1", 1, 10)
    inconnu = PosteFactice(envoi)
    inconnu.region, inconnu.enrolled, inconnu.code = victime.region, victime.enrolled, victime.code
    demande = _demande(chemin, appelant, victime, {"inconnu": inconnu, "revoque": vole}.get(appelant, autre))
    if appelant == "rejeu":
        envoi(demande)
    avant = _photo(region, victime.device)
    statut, _, octets = envoi(demande)
    refus = decode_answer(octets) if chemin == SYNC or statut != 200 else None
    assert (statut, refus.code if isinstance(refus, Refusal) else "") == ATTENDUS[chemin, appelant]
    if (chemin, appelant) != (SYNC, "lui_meme"):
        assert _photo(region, victime.device) == avant


def _demande(chemin: str, appelant: str, victime: PosteFactice, qui: PosteFactice) -> SignedRequest:
    """What the caller sends about the victim."""
    if appelant in ("rejeu", "lui_meme"):
        qui = victime
    if chemin == SYNC:
        if appelant == "revoque":
            return qui.preparer(qui.log)
        # All that the caller can sign is signed by its own key.
        tete = head_message(victime.device, 1, victime.tete.seq, victime.tete.hash)
        corps = victime.preparer(victime.log, head_sig=qui.requete.sign(tete)).body
        device = {"autre_sous_le_sien": qui.device, "inconnu": "0123456789abcdef"}.get(appelant, victime.device)
    else:
        device = victime.device if appelant == "autre_sous_son_nom" else enrolement.DEVICE_ENROLEMENT
        corps = enrolement.encode_poll(enrolement.EnrolmentPoll(victime.ticket))
        if chemin == DEMANDE:
            corps = enrolement.build_request(victime.code, qui.requete, qui.passe, qui.box, "essai")
    signee = sign_request(qui.requete, device=device, counter=victime.counter, url=URL + chemin, body=corps)
    return replace(signee, headers={}) if appelant == "personne" else signee


def _photo(region: Region, device: str) -> dict[str, list[Any]]:
    """All that the Region keeps of this desk, and what belongs to all."""
    with region.magasin.lire() as tx:
        colonnes = {"pot": "1 = 1 OR '' = ?", "litige": "1 = 1 OR '' = ?"}
        return {
            table: tx.toutes(f"SELECT * FROM {table} WHERE {colonnes.get(table, 'device = ?')} ORDER BY 1, 2", device)
            for table in INTACTES
        }


ACTES: tuple[tuple[str, str, Mapping[str, Any], int], ...] = (
    ("lot.rendre", "LOT", {"lot": "LOT"}, 1),
    ("lot.recevoir", "LOT", {"lot": "LOT", "bail_jusqu_au": "1900-01-01"}, 1),
    ("carnet.gacher", "p1", {"campagne": 12, "numero": 1, "motif": ""}, 1),
    ("carnet.declarer_perdu", "p1", {"campagne": 12, "numero": 1, "motif": ""}, 1),
    ("carnet.declarer_vole", "p1", {"campagne": 12, "numero": 1, "motif": ""}, 1),
    ("carnet.retourner", "p1", {"campagne": 12, "numero": 1, "motif": ""}, 1),
    ("carnet.remettre", "p1", {"campagne": 12, "numero": 1}, 1),
    ("carnet.remettre", "p1", {"campagne": 12, "numero": 1}, 2),
    ("attribution.annuler", "p1", {"attribution": "attribution-1"}, 1),
    ("personne.effacer", "p1", {"cle": None, "motif": "demande", "litiges": []}, 1),
    ("personne.enregistrer", "p1", {"cle": b"z" * 16}, 1),
    ("personne.modifier", "p1", {"cle": b"z" * 16}, 1),
    ("personne.fusionner", "p9", {"absorbee": "p1"}, 1),
    ("personne.fusionner", "p9", {"absorbee": "p1"}, 2),
    ("litige.noter", "p1", {"genre": "homonyme_retire", "motif": "autre"}, 2),
    ("poste.epoque", "e", {"epoch": 1}, 1),
)


@pytest.mark.parametrize(("type_", "sujet", "corps", "v"), ACTES)
def test_no_act_of_a_desk_reaches_the_persons_carnets_or_lots_of_another(
    region: Region,
    dotes: tuple[PosteFactice, PosteFactice],
    type_: str,
    sujet: str,
    corps: Mapping[str, Any],
    v: int,
) -> None:
    victime, autre = dotes
    victime.inscrire("p1", b"k" * 16)
    victime.accorder("p1", 1, 10)
    victime.synchroniser()
    with region.magasin.lire() as tx:
        (lot,) = tx.une("SELECT lot FROM lot WHERE device = ? AND taille = 10", victime.device) or ("",)
    # Called back: only its own desk can say that it stopped.
    rappeler(region, victime.device, lot=lot)
    avant = _photo(region, victime.device)
    remplis = {nom: lot if valeur == "LOT" else valeur for nom, valeur in corps.items()}
    autre.ecrire(type_, lot if sujet == "LOT" else sujet, remplis, v)
    autre.synchroniser()
    assert _photo(region, victime.device) == avant
    with region.magasin.lire() as tx:
        assert tx.toutes("SELECT 1 FROM nul") == []


def test_each_act_that_has_an_effect_is_tried_on_somebody_else() -> None:
    # An award of another desk's number opens a case, whose rows name both: the settlement tests look at it.
    sans_effet = {"demande", "justificatif", "accompagnement", "agent"}
    impressions = {"carnet.impression_lancee", "carnet.impression_faite", "carnet.impression_ratee"}
    avec = {str(t) for t in TypeOperation if t.split(".")[0] not in sans_effet} - impressions
    assert {acte[0] for acte in ACTES} == avec - {"attribution.accorder", "attribution.refuser"}


def test_what_is_told_to_one_desk_is_heard_by_no_other(
    region: Region, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    victime, autre = dotes
    victime.inscrire("p1", b"k" * 16)
    victime.accorder("p1", 1, 10)
    victime.accorder("p1", 21, 5)
    victime.synchroniser()
    annuler_carnet(region, 12, 2)
    renouveler_index(region)
    prives = (LotAttribue, LitigeOuvert, CarnetBloque)
    siens, autres = ([e for e in poste.ecouter() if isinstance(e, prives)] for poste in (victime, autre))
    assert {type(e) for e in siens} == set(prives)
    assert all(isinstance(e, LotAttribue) and e.kid == 2 for e in autres)
    autre.cursor = 0
    (scelle,) = [e.scelle for e in autre.ecouter() if isinstance(e, IndexRenouvele)]
    victime.cursor = 0
    assert scelle not in [e.scelle for e in victime.ecouter() if isinstance(e, IndexRenouvele)]


def test_the_head_of_a_log_is_signed_by_its_own_desk(dotes: tuple[PosteFactice, PosteFactice]) -> None:
    victime, _ = dotes
    victime.inscrire("p1", b"k" * 16)
    message = head_message(victime.device, 1, victime.tete.seq, victime.tete.hash)
    refus = victime.envoyer(victime.preparer(victime.log, head_sig=Ed25519PrivateKey.generate().sign(message)))
    assert isinstance(refus, Refusal)
    assert refus.code == "message_illisible"


def test_the_health_tells_nothing_of_anybody(region: Region, dotes: tuple[PosteFactice, PosteFactice]) -> None:
    with TestClient(creer_application(region)) as client:
        dite = client.get(SANTE).text
    assert not [mot for mot in (dotes[0].device, "Lens", str(region.cles.racine.hex())) if mot in dite]
