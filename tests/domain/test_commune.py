"""Communes: found the way people write them, kept in little memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from passdesk.domain.commune import (
    DEPARTEMENTS_DE_LA_REGION,
    ENTETE,
    Communes,
    departement,
    est_code_insee,
    lire_communes,
)
from passdesk.domain.erreurs import SaisieRefusee

FICHIER = Path(__file__).parent.parent.parent / "resources" / "communes" / "communes.csv"
TEXTE = FICHIER.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def communes() -> Communes:
    return lire_communes(TEXTE)


@pytest.mark.parametrize(
    ("tape", "premiere"),
    [
        ("Maubeuge", "59392"),
        ("maub", "59392"),
        ("MAUBEUGE", "59392"),
        ("saint amand les eaux", "59526"),
        ("St-Amand-les-Eaux", "59526"),
        ("ste olle", "59488"),
        ("l'abergement-clémenciat", "01001"),
        ("L’ABERGEMENT CLEMENCIAT", "01001"),
        ("oeuf en ternois", "62633"),
        ("Œuf-en-Ternois", "62633"),
        ("elesmes", "59190"),
        ("quesnoy-sur-deule", "59482"),
        ("59610 fourmies", "59249"),
        ("fourmies 59610", "59249"),
        ("59392", "59392"),
        ("2a004", "2A004"),
        # The very name comes first, even from elsewhere.
        ("Paris", "75056"),
        ("  lille  ", "59350"),
        ("zzzz", None),
        ("", None),
        ("-'’", None),
    ],
)
def test_search_forgives_accents_case_hyphens_and_apostrophes(
    communes: Communes, tape: str, premiere: str | None
) -> None:
    trouvees = communes.chercher(tape, 5)
    assert (trouvees[0].code if trouvees else None) == premiere


def test_a_postal_code_gives_all_its_communes_and_only_them(communes: Communes) -> None:
    attendues = {c.code for c in communes if "59610" in c.codes_postaux or c.code == "59610"}
    assert {c.code for c in communes.chercher("59610", 30)} == attendues
    assert "59249" in attendues


def test_hauts_de_france_comes_first(communes: Communes) -> None:
    departements = [commune.departement for commune in communes.chercher("mon", 200)]
    dedans = [d in ("02", "59", "60", "62", "80") for d in departements]
    assert dedans == sorted(dedans, reverse=True)
    assert not all(dedans)


def test_a_word_inside_the_name_is_found_after_its_beginning(communes: Communes) -> None:
    noms = [commune.nom for commune in communes.chercher("quesnoy", 50)]
    assert noms.index("Quesnoy-sur-Deûle") < noms.index("Le Quesnoy")


def test_the_number_of_answers_is_limited(communes: Communes) -> None:
    assert len(communes.chercher("saint", 7)) == 7


def test_a_former_commune_keeps_its_name_and_its_code(communes: Communes) -> None:
    bermeries = communes.par_code("59070")
    assert bermeries is not None
    assert bermeries.nom == "Bermeries"
    assert [c.code for c in communes.chercher("bermeries", 3)] == ["59070"]
    # A new commune that took over the code of a former one is what the code means today.
    assert communes.par_code("59006").nom == "L’Orée de Mormal"
    assert "Amfroipret" in [c.nom for c in communes.chercher("amfroipret", 3)]


@pytest.mark.parametrize(
    ("tape", "devenue", "postaux"),
    [
        ("Bermeries", "L’Orée de Mormal", ("59570",)),
        ("Amfroipret", "L’Orée de Mormal", ("59144",)),
        ("Montreuil 62170", "Montreuil-sur-Mer", ("62170",)),
        ("Berzy-le-Sec", "Bernoy-le-Château", ("02200",)),
        ("Yaucourt-Bussus", "Bussus-lès-Yaucourt", ("80135",)),
    ],
)
def test_a_name_of_2022_leads_to_the_commune_of_today(
    communes: Communes, tape: str, devenue: str, postaux: tuple[str, ...]
) -> None:
    trouvees = [c for c in communes.chercher(tape, 5) if c.actuelle]
    assert [(communes.actuelle(c).nom, c.codes_postaux) for c in trouvees[:1]] == [(devenue, postaux)]
    (aujourdhui,) = {communes.actuelle(c).code for c in trouvees[:1]}
    assert communes.actuelle(communes.par_code(aujourdhui)).code == aujourdhui


def test_the_region_has_its_3782_communes_and_france_is_whole(communes: Communes) -> None:
    region = [c for c in communes if c.departement in DEPARTEMENTS_DE_LA_REGION and not c.actuelle]
    assert len(region) == len({c.code for c in region}) == 3782
    assert len([c for c in communes if not c.actuelle]) == 34_969
    assert all(c.codes_postaux for c in region)
    assert all(communes.par_code(c.actuelle) is not None for c in communes if c.actuelle)


def test_an_unknown_code_is_no_commune(communes: Communes) -> None:
    assert communes.par_code("59999") is None


def test_the_list_holds_every_commune_once(communes: Communes) -> None:
    assert len(communes) > 34_900
    assert all(est_code_insee(commune.code) and commune.nom for commune in communes)
    assert "'" not in TEXTE


def test_the_list_takes_little_more_than_its_text() -> None:
    tracemalloc.start()
    gardee = lire_communes(TEXTE)
    gardee.chercher("59")
    octets, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert octets < 4_000_000, "an object for each commune takes eleven megabytes, twenty with its codes"


def test_the_communes_of_a_postal_code_come_in_the_order_of_the_list(communes: Communes) -> None:
    du_code = communes.du_code_postal("59570")
    assert len(du_code) > 5
    assert list(du_code) == [commune for commune in communes if "59570" in commune.codes_postaux]


@pytest.mark.parametrize(("code", "attendu"), [("59392", "59"), ("2A004", "2A"), ("97411", "974"), ("02691", "02")])
def test_the_department_stands_in_the_code(code: str, attendu: str) -> None:
    assert departement(code) == attendu


@pytest.mark.parametrize(
    ("texte", "ligne"),
    [("", 1), ("nom;code\n", 1), (f"{ENTETE}\n59392;Maubeuge;59600\n", 2),
     (f"{ENTETE}\n59392;Maubeuge;59600;\n\n", 3), (f"{ENTETE}\nMaubeuge;59392;59600;\n", 2),
     (f"{ENTETE}\n59392;Maubeuge;5960;\n", 2)],
)  # fmt: skip
def test_a_damaged_list_is_refused_with_its_line(texte: str, ligne: int) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        lire_communes(texte)
    assert refus.value.faits["ligne"] == ligne
