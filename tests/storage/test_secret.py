"""Nothing about a person can be read in any byte of the folder, and an erased person is nowhere in the base either."""

from __future__ import annotations

from pathlib import Path

import pytest

from passdesk.domain.horloge import HorlogeFixe
from passdesk.domain.ressemblance import Identite
from passdesk.domain.visite import Brouillon
from passdesk.protocol.operations import Tete, verifier_chaine, verifier_corps
from passdesk.storage import attributions, brouillons, carnets, demandes, journal, personnes, trouver
from passdesk.storage.appareil import SecretsAppareil, ecrire_appareil
from passdesk.storage.cles import creer_trousseau
from passdesk.storage.engine import FICHIER, Base
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.storage.migrations import migrations
from tests.storage.gestes import AGENT, CAMPAGNE, COUT, deposer, enregistrer, recevoir, servir

CANARI = {
    "nom_naissance": "Xylokanari",
    "prenoms": "Zéphyrinette",
    "nom_usage": "Quetzalusage",
    "naissance": "1987-06-15",
    "commune": "59946",
    "telephone": "07 91 82 73 64",
    "cle": b"canari-cle-16-oc",
}
TRACES = [
    *(str(valeur).encode() for valeur in CANARI.values() if isinstance(valeur, str)),
    b"canari-cle-16-oc", b"xylokanari", b"zephyrinette", "Zéphyrinette".encode("utf-16-le"), b"0791827364",
    b"15/06/1987",
]  # fmt: skip


def _octets(dossier: Path) -> dict[str, bytes]:
    return {str(f.relative_to(dossier)): f.read_bytes() for f in dossier.rglob("*") if f.is_file()}


def test_no_canary_in_any_file(tmp_path: Path, horloge: HorlogeFixe) -> None:
    cle = creer_trousseau(tmp_path, AGENT, "phrase du canari Xylokanari", cout=COUT)
    ecrire_appareil(tmp_path, cle, SecretsAppareil(passe=b"canari-cle-16-oc" * 2, kid=7))
    base = Base.ouvrir(tmp_path, cle, horloge, creer=True)
    recevoir(base)
    servir(base, **CANARI)
    with base.acte(AGENT) as acte:
        deposer(acte, demande="d2", commune=CANARI["commune"], naissance=CANARI["naissance"])
    brouillons.enregistrer(base, Brouillon("b1", nom_naissance="Xylokanari", naissance="15/06/1987"))
    pendant = _octets(tmp_path)
    assert len(pendant[f"{FICHIER}-wal"]) > 4096
    assert f"{FICHIER}-shm" in pendant
    base.fermer()
    etapes = migrations()
    etapes(name="m0002_essai")(lambda db: None)
    Base.ouvrir(tmp_path, cle, horloge, etapes=etapes).fermer()
    apres = _octets(tmp_path)
    assert {"poste.cles", "appareil.cles", FICHIER} < set(apres)
    assert any(nom.startswith("sauvegardes") for nom in apres)
    for nom, octets in [*pendant.items(), *apres.items()]:
        for trace in [*TRACES, cle, cle.hex().encode()]:
            assert trace not in octets, nom


def test_values_that_hold_secrets_do_not_show_them(base: Base) -> None:
    servies = [
        SecretsAppareil(requete=b"q" * 32, passe=b"p" * 32),
        Identite("Xylokanari", "Zéphyrinette"),
    ]
    with base.acte(AGENT) as acte:
        enregistrer(acte, **CANARI)
        deposer(acte, naissance="1987-06-15", commune="59946")
    servies += [*journal.operations(base.db), personnes.get(base, "p1"), demandes.get(base, "d1")]
    visible = repr(servies)
    assert not any(trace in visible for trace in ("Xylo", "Zéph", "1987", "59946", "qqqq", "pppp"))


@pytest.fixture
def effacee(base: Base) -> Base:
    recevoir(base)
    servir(base, **CANARI)
    servir(base, "p2", 2)
    with base.acte(AGENT) as acte:
        acte.inscrire("personne.modifier", "p1", CANARI | {"telephone": "07 91 82 73 64"})
        for ident, personne_id in (("b1", "p1"), ("b2", "p2"), ("b3", None)):
            nom = "Xylokanari" if personne_id == "p1" else "Autre"
            brouillons.enregistrer(base, Brouillon(ident, personne_id, nom_naissance=nom))
        acte.inscrire("personne.effacer", "p1", {"cle": CANARI["cle"]})
    return base


def test_an_erased_person_is_found_nowhere_and_the_other_still_is(effacee: Base) -> None:
    assert personnes.get(effacee, "p1") is None
    assert demandes.par_personne(effacee, "p1") == ()
    for texte in ("xylo", "zephyrinette", "0791827364", "15/06/1987"):
        assert trouver.chercher(effacee, texte) == ()
    assert [p.personne_id for p in trouver.chercher(effacee, "lefevre")] == ["p2"]
    assert {garde.brouillon.brouillon_id for garde in brouillons.lister(effacee)} == {"b2", "b3"}
    effacee.compacter()
    contenu = _vidage(effacee)
    assert not any(
        trace in contenu for trace in ("Xylo", "xylo", "Zéph", "zephyr", "1987-06-15", "59946", "0791827364")
    )


def _vidage(base: Base) -> str:
    return "\n".join(repr(base.db.execute(f'SELECT * FROM "{nom}"').fetchall()) for nom in base.db.table_names())


def test_no_byte_of_an_erased_person_stays_in_the_clear_pages(effacee: Base, tmp_path: Path) -> None:
    effacee.compacter()
    # The same pages, written without a key: free pages and FTS segments would show what SQL does not.
    clair = tmp_path / "clair.db"
    effacee.db.execute("ATTACH DATABASE ? AS clair KEY ''", [str(clair)])
    effacee.db.execute("SELECT sqlcipher_export('clair')")
    effacee.db.execute("DETACH DATABASE clair")
    octets = clair.read_bytes()
    assert b"Lef\xc3\xa8vre" in octets
    for trace in TRACES:
        # The blind key stays with the awards until the campaign closes (protocol §8).
        assert trace == CANARI["cle"] or trace not in octets


def test_the_chain_still_verifies_and_the_tables_still_rebuild(effacee: Base) -> None:
    operations = list(journal.operations(effacee.db))
    assert verifier_chaine((op.entete for op in operations), Tete(1)) is None
    assert [op.entete.type for op in operations if op.efface] == [
        "personne.enregistrer", "demande.deposer", "justificatif.constater", "personne.modifier",
    ]  # fmt: skip
    assert all(verifier_corps(op.entete, op.sel, op.corps) for op in operations)
    assert verifier_base(effacee) == ()
    reconstruire_projections(effacee)
    assert verifier_base(effacee) == ()


def test_a_person_who_comes_back_is_entered_again(effacee: Base) -> None:
    with effacee.acte(AGENT) as acte:
        acte.inscrire("personne.modifier", "p1", CANARI)
    assert [p.personne_id for p in trouver.chercher(effacee, "xylo")] == ["p1"]
    assert verifier_base(effacee) == ()


def test_awards_of_an_erased_person_still_count(effacee: Base) -> None:
    assert [
        a.nombre for a in attributions.anterieurs_de(effacee, *personnes.fiches_de(effacee, None, b"canari-cle-16-oc"))
    ] == [10]
    carnet = carnets.get(effacee, CAMPAGNE, 1)
    assert carnet is not None
    assert carnet.personne_id == "p1"


def test_a_merged_person_is_erased_with_the_one_it_was_merged_into(base: Base) -> None:
    recevoir(base)
    servir(base, **CANARI)
    with base.acte(AGENT) as acte:
        enregistrer(acte, "p3", nom_naissance="Autre", cle=None)
        acte.inscrire("personne.fusionner", "p3", {"absorbee": "p1"})
    fusionnee = personnes.get(base, "p1")
    assert fusionnee is not None
    assert fusionnee.personne_id == "p3"
    assert [s.carnet.personne_id for s in carnets.par_personne(base, "p3")] == ["p3"]
    with base.acte(AGENT) as acte:
        acte.inscrire("personne.effacer", "p3", {"cle": CANARI["cle"]})
    assert "Xylo" not in _vidage(base)
    assert personnes.get(base, "p1") is None
    assert verifier_base(base) == ()
