"""Every verdict and reason of contracts §3 is reached, and no change to a pass ever gets a good one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.protocol.certificat import Certificat, signer_poste, signer_publication
from passdesk.protocol.confiance import ClePoste, signer_campagne
from passdesk.protocol.pass_token import CONTEXTE
from passdesk.protocol.serie import cle97
from passdesk.protocol.verdict import Verdict, verifier_code
from tests.protocol.chaine import (
    AUTRE_KID,
    AUTRE_POSTE,
    CAMPAGNE,
    CERTIFICAT,
    CONTENU,
    DERNIER_JOUR,
    FAITE_LE,
    FIN_CLE,
    KID,
    POSTE,
    PREMIER_JOUR,
    RACINE,
    RACINE_PUB,
    cle,
    confiance,
    publique,
    un_pass,
)

LE = date(2026, 12, 1)
CONFIANCE = confiance()


def avec_liste(texte: str, le: date = LE, **changements: object) -> Verdict:
    """The verdict given by a place that holds the bundle."""
    return verifier_code(texte, RACINE_PUB, confiance(**changements) if changements else CONFIANCE, (), le)


def issue(verdict: Verdict) -> tuple[str, str | None]:
    """Verdict and reason."""
    return verdict.verdict, verdict.raison


def signe_a_la_main(entete: bytes) -> str:
    """A header signed by the desk key itself, whatever it says."""
    return "801" + f"{int.from_bytes(entete + POSTE.sign(CONTEXTE + entete), 'big'):0174d}"


def test_un_bon_pass_et_son_json():
    texte = un_pass().texte
    verdict = avec_liste(texte)
    assert json.dumps(verdict.en_json()) == (
        f'{{"code": "{texte}", "verdict": "valide", "campagne": 12, "carnet": "012 0001234", "pass": 3, "sur": 10, '
        '"valable_jusqu_au": "2027-12-31", "raison": null, "liste_du": "2026-11-23"}'
    )


def test_le_dernier_jour_la_tolerance_puis_plus_rien():
    texte = un_pass(dernier_jour=date(2027, 1, 31)).texte
    assert issue(avec_liste(texte, date(2027, 1, 31))) == ("valide", None)
    assert issue(avec_liste(texte, date(2027, 2, 1))) == ("valide", "tolerance")
    # One month later, clamped to the end of February.
    assert issue(avec_liste(texte, date(2027, 2, 28), faite_le=date(2027, 2, 1))) == ("valide", "tolerance")
    assert issue(avec_liste(texte, date(2027, 3, 1), faite_le=date(2027, 2, 1))) == ("perime", None)
    sans = (signer_campagne(RACINE, replace(CAMPAGNE, tolerance_mois=0)),)
    assert issue(avec_liste(texte, date(2027, 2, 1), campagnes=sans)) == ("perime", None)


def test_un_jour_d_apres_la_campagne_ne_prolonge_rien():
    """Whoever stole a desk's key signs what they like: the campaign's last day is the root's."""
    fin = date(2027, 1, 31)
    liste = {"campagnes": (signer_campagne(RACINE, replace(CAMPAGNE, dernier_jour=fin)),), "faite_le": fin}
    texte = un_pass(dernier_jour=date(2030, 12, 31)).texte
    assert avec_liste(texte, **liste).valable_jusqu_au == fin
    assert issue(avec_liste(texte, fin, **liste)) == ("valide", None)
    assert issue(avec_liste(texte, date(2027, 2, 1), **liste)) == ("valide", "tolerance")
    assert issue(avec_liste(texte, date(2027, 3, 1), **liste)) == ("perime", None)


@pytest.mark.parametrize(
    ("changement", "attendu"),
    [
        ({"carnet": 1500, "rang": 10}, ("annule", "perdu")),
        ({"carnet": 1501}, ("annule", "vole")),
        ({"carnet": 1502, "rang": 6}, ("annule", "litige")),
        ({"carnet": 1502, "rang": 5}, ("valide", None)),
        ({"carnet": 1503}, ("annule", "annule")),
        ({"carnet": 2000}, ("inconnu", "hors_plage")),
        ({"campagne": 13}, ("inconnu", None)),
        ({"kid": 99}, ("inconnu", "cle")),
        ({"kid": AUTRE_KID, "carnet": 2000}, ("falsifie", None)),
        ({"taille": 5}, ("valide", None)),
    ],
)
def test_ce_que_dit_la_liste(changement, attendu):
    verdict = avec_liste(un_pass(**changement).texte)
    assert issue(verdict) == attendu
    assert verdict.liste_du == FAITE_LE


def test_un_poste_ne_signe_pas_dans_la_plage_d_un_autre():
    texte = un_pass(AUTRE_POSTE, kid=AUTRE_KID, carnet=1234).texte
    assert issue(avec_liste(texte)) == ("inconnu", "hors_plage")
    assert issue(avec_liste(un_pass(AUTRE_POSTE, kid=AUTRE_KID, carnet=2000).texte)) == ("valide", None)


def test_un_rang_au_dela_de_la_taille_est_faux_meme_bien_signe():
    juste = un_pass(taille=5, rang=5)
    nombre = int.from_bytes(juste.entete, "big")
    for rang in (6, 10, 15, 0):
        entete = (nombre & ~(0xF << 12) | rang << 12).to_bytes(8, "big")
        assert issue(avec_liste(signe_a_la_main(entete))) == ("falsifie", None)
    assert issue(avec_liste(signe_a_la_main(juste.entete))) == ("valide", None)


def test_annule_passe_avant_perime_et_perime_avant_la_liste_ancienne():
    tard = date(2028, 6, 1)
    assert issue(avec_liste(un_pass(carnet=1500).texte, tard)) == ("annule", "perdu")
    assert issue(avec_liste(un_pass().texte, tard)) == ("perime", None)
    assert issue(avec_liste(un_pass(carnet=5).texte, tard)) == ("inconnu", "hors_plage")


def test_une_liste_de_plus_de_90_jours_ne_suffit_plus():
    texte = un_pass().texte
    assert issue(avec_liste(texte, FAITE_LE + timedelta(days=90))) == ("valide", None)
    assert issue(avec_liste(texte, FAITE_LE + timedelta(days=91))) == ("inconnu", "liste_trop_ancienne")


def test_les_jours_d_une_cle_bornent_la_signature():
    texte = un_pass().texte
    assert issue(avec_liste(texte, PREMIER_JOUR)) == ("valide", None)
    assert issue(avec_liste(texte, PREMIER_JOUR - timedelta(days=1))) == ("inconnu", "cle")
    courte = (ClePoste(KID, publique(POSTE), PREMIER_JOUR, PREMIER_JOUR),)
    assert issue(avec_liste(texte, cles=courte)) == ("valide", None)


def test_sans_liste_le_certificat_suffit_mais_on_le_dit():
    texte = un_pass().texte
    verdict = verifier_code(texte, RACINE_PUB, None, (CERTIFICAT,), LE)
    assert issue(verdict) == ("valide", "sans_liste")
    assert verdict.liste_du is None
    assert issue(verifier_code(texte, RACINE_PUB, None, (CERTIFICAT,), DERNIER_JOUR)) == ("valide", "sans_liste")
    assert issue(verifier_code(texte, RACINE_PUB, None, (CERTIFICAT,), date(2028, 1, 1))) == ("perime", None)
    assert issue(verifier_code(texte, RACINE_PUB, None, (), LE)) == ("inconnu", "cle")
    assert issue(verifier_code(texte, publique(cle("autre")), None, (CERTIFICAT,), LE)) == ("inconnu", "cle")
    assert issue(verifier_code(texte, RACINE_PUB, None, (CERTIFICAT,), date(2026, 10, 31))) == ("inconnu", "cle")
    faux = un_pass(AUTRE_POSTE).texte
    assert issue(verifier_code(faux, RACINE_PUB, None, (CERTIFICAT,), LE)) == ("falsifie", None)


def test_un_certificat_forge_ne_donne_rien():
    fausse = cle("fausse publication")
    lien = signer_publication(cle("fausse racine"), publique(fausse), date(2027, 2, 21))
    poste = signer_poste(fausse, kid=KID, cle=publique(POSTE), premier_jour=PREMIER_JOUR, dernier_jour=FIN_CLE)
    assert issue(verifier_code(un_pass().texte, RACINE_PUB, None, (Certificat(lien, poste),), LE)) == ("inconnu", "cle")


def test_avec_la_liste_un_certificat_ne_ressuscite_pas_une_cle_retiree():
    retiree = confiance(cles=CONTENU.cles[1:])
    assert issue(verifier_code(un_pass().texte, RACINE_PUB, retiree, (CERTIFICAT,), LE)) == ("inconnu", "cle")


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("", None),
        ("   \n", None),
        ("https://exemple.fr/pass", "pas_un_pass"),
        ("8012345678901", "pas_un_pass"),  # a shop bar code from Italy
        ("bonjour", "pas_un_pass"),
        (un_pass().texte[:-1], None),
        (un_pass().texte + "7", None),
        ("801" + str(2**576).zfill(174), None),
        ("801" + "0" * 174, None),
        (f"012 0001234 03 {cle97(12, 1234, 3)}", "en_ligne_seulement"),
        (f"N° 012 0001234 03 clé {cle97(12, 1234, 3)} code ORPMO", "en_ligne_seulement"),
        ("012 0001234 03", "en_ligne_seulement"),
        (f"012 0001235 03 {cle97(12, 1234, 3)}", None),
        # One digit wrong, and no pass can bear the number: it was said to be no pass at all.
        (f"912 0001234 03 {cle97(12, 1234, 3)}", None),
        (f"012 9001234 03 {cle97(12, 1234, 3)}", None),
        (f"N° 012 0001234 93 clé {cle97(12, 1234, 3)} code ORPMO", None),
        (f"012 0001234 00 {cle97(12, 1234, 3)}", None),
        ("912 0001234 03", "pas_un_pass"),
    ],
)
def test_ce_qui_ne_se_lit_pas(texte, raison):
    verdict = avec_liste(texte)
    assert issue(verdict) == ("illisible", raison)
    assert verdict.code == texte
    assert (verdict.campagne, verdict.carnet, verdict.rang, verdict.sur, verdict.valable_jusqu_au) == (None,) * 5


def test_un_seul_chiffre_faux_dans_un_numero_tape_se_dit_a_retaper():
    tape = f"012 0001234 03 {cle97(12, 1234, 3)}"
    for place, signe in enumerate(tape):
        for autre in "0123456789":
            if signe not in (" ", autre):
                assert issue(avec_liste(tape[:place] + autre + tape[place + 1 :])) == ("illisible", None), place


def test_un_seul_chiffre_change_n_est_jamais_bon():
    texte = un_pass().texte
    assert issue(avec_liste(texte)) == ("valide", None)
    vus = set()
    for place in range(177):
        for ajout in (1, 4, 9):
            change = texte[:place] + str((int(texte[place]) + ajout) % 10) + texte[place + 1 :]
            verdict = avec_liste(change)
            vus.add(verdict.verdict)
            assert verdict.verdict in {"falsifie", "inconnu", "illisible"}, place
            # 10^153 < 2^512 < 10^155: the last 153 digits hold signature only.
            if place >= 177 - 153:
                assert issue(verdict) == ("falsifie", None), place
            sans_liste = verifier_code(change, RACINE_PUB, None, (CERTIFICAT,), LE)
            assert sans_liste.verdict in {"falsifie", "inconnu", "illisible"}, place
    assert vus == {"falsifie", "inconnu", "illisible"}


def test_l_autre_ecriture_de_la_signature_est_un_faux():
    # Ed25519 scalars are read modulo L: S + L must not pass for a second good signature (RFC 8032 §5.1.7).
    token = un_pass()
    ordre = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(token.signature[32:], "little") + ordre
    jumelle = replace(token, signature=token.signature[:32] + s.to_bytes(32, "little"))
    assert issue(avec_liste(jumelle.texte)) == ("falsifie", None)


@given(st.text(max_size=300))
def test_un_texte_quelconque_a_toujours_une_reponse(texte):
    verdict = avec_liste(texte)
    assert verdict.verdict == "illisible"
    json.dumps(verdict.en_json())
