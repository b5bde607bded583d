"""A history is told in sentences that a person would say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from passdesk.services.histoire import Fait
from passdesk.ui.composants import Btn
from passdesk.ui.histoire import Liens, LigneHistoire, bloc_histoire
from passdesk.ui.recits import raconter
from passdesk.ui.theme import Theme


@pytest.mark.parametrize(
    ("motifs", "titre", "debut"),
    [
        (["justificatif_manquant"], "Encore une pièce", "Papier à apporter · règlement"),
        (["justificatif_manquant"] * 3, "Encore 3\u00a0pièces", "3\u00a0papiers à apporter · règlement"),
        (
            ["justificatif_perime", "justificatif_manquant"],
            "Encore 2\u00a0pièces",
            "Papier trop ancien · papier à apporter · règlement",
        ),
    ],
)
def test_several_missing_papers_are_counted_not_repeated(motifs: list[str], titre: str, debut: str) -> None:
    faits = {"issue": "incomplet", "motifs": motifs, "reglement": "2022-02-01"}
    recit = raconter(Fait("attribution.refuser", datetime(2026, 11, 25, tzinfo=UTC), faits))
    assert (recit.titre, recit.detail[: len(debut)]) == (titre, debut)


@pytest.mark.parametrize(
    ("canal", "attendu"),
    [
        ("courrier", "Reçue par courrier le 15\u00a0novembre 2021 · sans accompagnement"),
        ("plateforme_region", "Reçue par la plateforme de la Région le 15\u00a0novembre 2021 · sans accompagnement"),
        ("guichet", "Sans accompagnement"),
        (None, "Sans accompagnement"),
    ],
)
def test_une_demande_venue_d_ailleurs_le_dit(canal: str | None, attendu: str) -> None:
    faits = {"demande": "d1", "prescripteur": None, "arrivee_le": "2021-11-15", "canal": canal}
    recit = raconter(Fait("demande.deposer", datetime(2026, 11, 25, tzinfo=UTC), faits))
    assert (recit.titre, recit.detail) == ("Demande déposée", attendu)


def test_un_accompagnement_se_raconte_avec_ses_themes() -> None:
    quand = datetime(2026, 11, 25, tzinfo=UTC)
    faits = {"accompagnement": "a1", "thematiques": ["email", "justice"], "duree": 75, "le": "2026-11-20"}
    recit = raconter(Fait("accompagnement.noter", quand, faits))
    assert recit.detail == "Courrier électronique, Justice · 1\u00a0h\u00a015"
    assert raconter(Fait("accompagnement.noter", quand, {"accompagnement": "a1", "retire": True})).titre == (
        "Accompagnement retiré"
    )
    assert raconter(Fait("accompagnement.noter", quand, {"demande": "d1", "prescripteur": None})).detail == ""


def test_le_jour_de_la_remise_n_est_dit_que_s_il_n_est_pas_celui_de_l_acte() -> None:
    quand = datetime(2026, 11, 25, 12, tzinfo=UTC)
    meme, autre = (
        raconter(Fait("carnet.remettre", quand, {"serie": "127 0000021", "taille": 10, "le": f"2026-11-{jour}"}))
        for jour in (25, 23)
    )
    assert meme.detail == "n°\u00a0127 0000021"
    assert autre.detail == "n°\u00a0127 0000021 · le 23\u00a0novembre 2026"


def test_une_longue_histoire_ne_repousse_pas_la_suite(qtbot: QtBot, theme: Theme) -> None:
    quand = datetime(2026, 11, 25, 12, tzinfo=UTC)
    faits = [Fait("attribution.refuser", quand, {"reglement": "2022-02-01"}, acte=f"a{n}") for n in range(9)]
    bloc = bloc_histoire(theme, faits, quand.date(), False, Liens(lambda _: None), 5)
    qtbot.addWidget(bloc)
    bloc.show()
    lignes = bloc.findChildren(LigneHistoire)
    assert [ligne.isVisible() for ligne in lignes] == [True] * 5 + [False] * 4
    (plus,) = [bouton for bouton in bloc.findChildren(Btn) if bouton.texte().startswith("Voir les")]
    assert plus.texte() == "Voir les 4\u00a0faits plus anciens"
    plus.setFocus()
    plus.click()
    assert all(ligne.isVisible() for ligne in lignes) and not plus.isVisible()


def test_un_homonyme_se_raconte_et_son_retrait_aussi() -> None:
    quand = datetime(2026, 11, 25, tzinfo=UTC)
    note = {"homonyme": {"motif": "jumeaux_ou_parents", "texte": "x", "agent": "a", "le": "2026-11-20"}}
    dits = [raconter(Fait(genre, quand, faits)) for genre, faits in (
        ("personne.enregistrer", note),
        ("personne.modifier", note),
        ("personne.modifier", {}),
        ("litige.noter", {"genre": "homonyme_retire", "motif": "par_megarde"}),
    )]  # fmt: skip
    assert [(dit.titre, dit.detail) for dit in dits] == [
        ("Fiche créée", "Première visite à ce poste · homonyme noté\u00a0: jumeaux ou parents"),
        ("Fiche modifiée", "Homonyme noté\u00a0: jumeaux ou parents"),
        ("Fiche modifiée", ""),
        ("Homonyme retiré", "Noté par mégarde"),
    ]
