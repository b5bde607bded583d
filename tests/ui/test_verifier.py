"""*Vérifier un pass*: at the keyboard alone, from *Carnets* and from Ctrl+K, files dropped and pictures pasted."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Carnet
from passdesk.printing.carnet_pdf import render_carnet
from passdesk.services.carnets import agir
from passdesk.services.impression import contenu_imprime
from passdesk.services.poste import Poste
from passdesk.services.verification import FichierOuvert, controler
from passdesk.services.visite import attribuer
from passdesk.tasks import TaskRunner
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.fenetre import TAILLE
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.theme import Theme
from passdesk.ui.verifier import PageVerifier, lecture, textes
from passdesk.ui.verifier.champ import contenu
from passdesk.ui.verifier.textes import MINES, RESERVE
from tests.builders import visite_accord
from tests.damage.papier import carre
from tests.printing.fabrique import carnet as carnet_d_ailleurs
from tests.printing.fabrique import images_du_pdf, png
from tests.ui.guichet import CTRL, Guichet, guichet
from tests.ui.mesures import debordes, rognes, trop_grands
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier
AZERTY = str.maketrans("0123456789", "à&é\"'(-è_ç")


@pytest.fixture
def carnet(poste: Poste) -> Carnet:
    return attribuer(poste, visite_accord(poste)).carnet


@pytest.fixture
def g(poste: Poste, carnet: Carnet, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot) as ouvert:
        ouvert.bureau.commencer()
        ouvert.calme()
        yield ouvert


def passes(poste: Poste, carnet: Carnet) -> list[str]:
    return [un.qr_texte for un in contenu_imprime(poste, carnet).passes]


def ouvrir(g: Guichet) -> PageVerifier:
    """From *Carnets*, with Tab and the space bar."""
    g.touche(Qt.Key.Key_3, ALT)
    g.calme()
    g.aller_a("Vérifier un pass")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageVerifier)
    assert g.focus is page.champ
    return page


def test_one_pass_after_the_other_without_leaving_the_field(g: Guichet, poste: Poste, carnet: Carnet) -> None:
    page = ouvrir(g)
    bons = passes(poste, carnet)
    # A reader in keyboard mode on an AZERTY keyboard: unshifted keys, then Enter.
    page.champ.insert(bons[2].translate(AZERTY))
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert page.detail is not None and page.detail.mot.text() == "Exemple, sans valeur"
    assert "Il ne paie rien\u00a0: ne l’acceptez pas." in g.textes()
    assert "3\u00a0sur\u00a010" in g.textes()
    assert g.focus is page.champ and page.champ.text() == ""
    page.champ.insert(bons[3][:-1] + str((int(bons[3][-1]) + 1) % 10))
    g.valider()
    assert page.detail.mot.text() == "Falsifié"
    assert g.focus is page.champ
    assert [r.badge for r in page.seance.rangees] == ["Falsifié", "Sans valeur"]
    # The arrows go through the sitting from the field itself.
    g.touche(Qt.Key.Key_Down)
    g.calme()
    assert page.detail.mot.text() == "Exemple, sans valeur"
    assert anonymes(page) == []


def test_a_pass_of_a_real_campaign_is_green_with_a_list_and_amber_without(poste: Poste, carnet: Carnet) -> None:
    essai = controler(poste, passes(poste, carnet)[:1]).controles[0]
    reel = replace(essai, verdict=replace(essai.verdict, campagne=12))
    assert (textes.mine(reel).mot, textes.mine(reel).ton) == ("Valide", "warn"), "no list here"
    assert textes.phrases(reel).sur == "Sans la liste, une perte ou une annulation ne se voit pas."
    avec = replace(reel, reserve=False, verdict=replace(reel.verdict, raison=None))
    assert (textes.mine(avec).mot, textes.mine(avec).ton) == ("Valide", "ok")
    assert textes.phrases(avec).quoi == "Vous pouvez l’accepter, s’il n’a pas déjà servi."
    assert textes.resume((avec, essai)) == "1\u00a0pass valide sur\u00a02"


def test_a_number_typed_says_what_to_do(g: Guichet, carnet: Carnet) -> None:
    page = ouvrir(g)
    g.frapper("bonjour")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert page.detail is not None
    assert (page.detail.mot.text(), "Ce n’est pas un pass numérique." in g.textes()) == ("Illisible", True)
    g.frapper(f"{carnet.campagne} {carnet.numero:07d} 03")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert "Scannez le carré du pass, ou vérifiez ce numéro en ligne." in g.textes()


def test_a_code_that_is_not_that_of_the_number_never_looks_fine(g: Guichet, poste: Poste, carnet: Carnet) -> None:
    page = ouvrir(g)
    bon = contenu_imprime(poste, carnet).passes[2]
    faux = "00000" if bon.code != "00000" else "00001"
    for code, mot, phrase in (
        (bon.code, "Numéro juste, à scanner", "C’est bien le numéro d’un pass imprimé ici."),
        (faux, "Faux", "Relisez-les sur le papier. S’ils y sont bien ainsi, n’acceptez pas ce pass."),
    ):
        g.frapper(f"{bon.serie} {bon.cle} {code}")
        g.touche(Qt.Key.Key_Return)
        g.calme()
        assert page.detail is not None
        assert (page.detail.mot.text(), phrase in g.textes()) == (mot, True)
    assert [(r.badge, r.ton) for r in page.seance.rangees] == [
        ("Faux", "bad"),
        ("À scanner", "warn"),
    ]


def test_a_carnet_voided_here_is_said_void(g: Guichet, poste: Poste, carnet: Carnet) -> None:
    bons = passes(poste, carnet)
    agir(poste, carnet.campagne, carnet.numero, "carnet.gacher", "Papier abîmé")
    page = ouvrir(g)
    page.champ.insert(bons[0])
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert page.detail is not None and page.detail.mot.text() == "Annulé"
    assert {"Ce carnet a été annulé sur ce poste.", "Ne l’acceptez pas."} <= set(g.textes())


def test_a_scan_of_nobody_here_leads_from_the_search_to_its_verdict(g: Guichet, poste: Poste) -> None:
    texte = carnet_d_ailleurs(5).passes[0].qr_texte
    for depart in (PagePersonnes, PageCarnets):
        if depart is PagePersonnes:
            g.touche(Qt.Key.Key_K, CTRL)
        else:
            g.touche(Qt.Key.Key_3, ALT)
        page = g.page
        assert isinstance(page, depart)
        page.champ.setText(texte)
        g.calme()
        g.aller_a("Vérifier ce pass")
        g.touche(Qt.Key.Key_Space)
        g.calme()
        ici = g.page
        assert isinstance(ici, PageVerifier)
        assert ici.detail is not None and ici.detail.mot.text() == "Inconnu"
        ici.retour.click()
        assert g.page is page


def test_a_file_dropped_and_a_picture_pasted(g: Guichet, poste: Poste, carnet: Carnet, tmp_path: Path) -> None:
    page = ouvrir(g)
    pdf = render_carnet(contenu_imprime(poste, carnet))
    (tmp_path / "carnet.pdf").write_bytes(pdf)
    depose = QMimeData()
    depose.setUrls([QUrl.fromLocalFile(str(tmp_path / "carnet.pdf"))])
    source = contenu(depose)
    assert source == tmp_path / "carnet.pdf"
    page.prendre(source)
    g.calme()
    assert len(page.controles) == 10
    assert "10\u00a0pass d’exemple, sans valeur" in g.textes()
    image = QImage.fromData(png(images_du_pdf(pdf, 100)[1]))
    QGuiApplication.clipboard().setImage(image)
    page.champ.setFocus()
    g.touche(Qt.Key.Key_V, CTRL)
    g.calme()
    assert len(page.controles) == 15
    vide = io.BytesIO()
    carre(1).image.crop((0, 0, 20, 20)).save(vide, "PNG")
    page.prendre(vide.getvalue())
    g.calme()
    assert "Aucun pass n’a été trouvé." in g.textes()
    page.prendre(b"ni image ni PDF")
    g.calme()
    assert page.avis.isVisible() and page.fichier.isEnabled()
    assert len(page.controles) == 15


def test_while_a_long_file_is_read_the_desk_scans_and_prints_and_may_stop(
    g: Guichet, poste: Poste, carnet: Carnet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred pages take minutes: they held the printer, and two scans made one number that nobody could read."""
    page, faits, suite = ouvrir(g), list[str](), threading.Event()
    lire = lecture.lire_page

    def lente(fichier: FichierOuvert, numero: int) -> tuple[str, ...]:
        faits.append(f"page {numero + 1}")
        suite.wait()
        return lire(fichier, numero)

    monkeypatch.setattr(lecture, "lire_page", lente)
    page.prendre(render_carnet(contenu_imprime(poste, carnet)))
    g.attendre(lambda: faits == ["page 1"])
    assert page.fichier.texte() == "Arrêter la lecture, page 1 sur 3".replace(" ", "\u00a0")
    for texte in passes(poste, carnet)[:2]:
        page.champ.setFocus()
        page.champ.insert(texte)
        g.touche(Qt.Key.Key_Return)
    g.attendre(lambda: len(page.controles) == 2)
    assert {c.verdict.verdict for c in page.controles} == {"valide"}
    g.taches.lancer("rendu", faits.append, "impression")
    suite.set()
    g.attendre(lambda: "page 2" in faits)
    assert faits[:3] == ["page 1", "impression", "page 2"]
    g.calme()
    assert len(page.controles) == 12 and page.fichier.texte() == textes.CHOISIR
    suite.clear()
    page.prendre(render_carnet(contenu_imprime(poste, carnet)))
    g.attendre(lambda: faits[-1] == "page 1")
    page.fichier.click()
    suite.set()
    g.calme()
    assert faits[-1] == "page 1" and page.fichier.texte() == textes.CHOISIR
    assert textes.COUVERTURE in g.textes(), "what was read is told"


def test_a_list_that_is_not_one_is_refused_in_a_sentence(g: Guichet, tmp_path: Path) -> None:
    page = ouvrir(g)
    (tmp_path / "confiance.bin").write_bytes(b"pas une liste")
    page.recevoir_liste(tmp_path / "confiance.bin")
    g.calme()
    assert "Cette liste est abîmée." in g.textes()


def test_each_verdict_has_a_word_an_icon_and_a_tone_of_its_own() -> None:
    mines = [*MINES.values(), RESERVE]
    assert len({(m.icone, m.ton) for m in mines}) == len(mines)
    assert len({m.icone for m in mines}) == len(mines)
    assert RESERVE.ton == "warn" and MINES["valide"].ton == "ok"


@pytest.mark.parametrize("mode", ["clair", "sombre", "contraste"])
@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
def test_at_any_size_the_field_stays_and_nothing_is_cut(
    g: Guichet, poste: Poste, carnet: Carnet, echelle: float, mode: str
) -> None:
    g.theme.choisir(mode, echelle)
    page = ouvrir(g)
    g.attendre(lambda: rognes(page) == [] and debordes(page) == [])
    assert trop_grands(g.fenetre, TAILLE) == []
    page.champ.insert(passes(poste, carnet)[0])
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert page.champ.isVisible() and g.focus is page.champ
    g.attendre(lambda: rognes(page) == [] and debordes(page) == [])
