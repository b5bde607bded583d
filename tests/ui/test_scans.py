"""A scan joined to a proof in a real window, keyboard only: read, looked at, taken off, put back, never in the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import BaseFermee
from passdesk.services.justificatifs import joindre, numeriser
from passdesk.services.poste import Poste
from passdesk.services.visite import reprendre
from passdesk.storage import carnets, demandes
from passdesk.tasks import Atelier
from passdesk.ui import numerisation
from passdesk.ui.composants.defilement import Defilement
from passdesk.ui.impression import PageImpression
from passdesk.ui.messages import message
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.conftest import Bilan
from tests.ui.guichet import CTRL, Guichet
from tests.ui.mesures import debordes, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

DOMICILE = "justificatif_domicile"


@pytest.fixture
def choisi(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file that the agent picks; a good picture to begin with."""
    fichier = tmp_path / "facture.png"
    Image.new("L", (1200, 1700), 230).save(fichier)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(fichier), ""))
    return fichier


def _visite(g: Guichet, poste: Poste) -> PageVisite:
    return g.visite(visite_accord(poste, pieces=visite_accord(poste).pieces[:1]))


def _joindre(g: Guichet) -> None:
    g.aller_a("Choisir un fichier")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    g.calme()


def _en_vue(page: PageVisite, widget: QWidget) -> int:
    """How much of its height is shown, in pixels; what the foot of its page leaves out is not."""
    zone = next(zone for zone in page.findChildren(Defilement) if zone.isAncestorOf(widget))
    haut = widget.mapTo(zone, QPoint(0, 0)).y()
    return min(haut + widget.height(), zone.pied) - max(haut, zone.tete)


def test_un_scan_se_joint_se_regarde_se_retire_et_se_remet_au_clavier(g: Guichet, poste: Poste, choisi: Path) -> None:
    page = _visite(g, poste)
    assert not page.justificatifs.scans.isVisible()
    g.choisir_acte("Autres papiers", "Joindre un scan ou une photo…")
    g.touche(Qt.Key.Key_Down)
    _joindre(g)
    (piece,) = [p for p in page.en_cours.brouillon.pieces if p.type == DOMICILE]
    assert piece.vue and piece.numerisation and piece.pages == 1
    assert page.justificatifs.rangs[DOMICILE].case.isChecked()
    assert "Justificatif de domicile · 1\u00a0page" in g.textes()
    garde = reprendre(poste, page.en_cours.brouillon.brouillon_id)
    assert garde is not None and piece in garde.pieces
    g.aller_a("Voir\u00a0: Justificatif de domicile")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.justificatifs.scans.vue.isVisible()
    assert debordes(page) == []
    g.touche(Qt.Key.Key_Space)
    assert not page.justificatifs.scans.vue.isVisible()
    g.aller_a("Retirer\u00a0: Justificatif de domicile")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert "Justificatif de domicile · scan retiré" in g.textes()
    assert [p.numerisation for p in page.en_cours.brouillon.pieces] == ["", ""]
    g.aller_a("Remettre\u00a0: Justificatif de domicile")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert piece in page.en_cours.brouillon.pieces
    g.aller_a("Retirer\u00a0: Justificatif de domicile")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    g.valider()
    demande_id = page.en_cours.brouillon.demande_id
    assert demande_id is not None
    demande = demandes.get(poste.base, demande_id)
    assert demande is not None and {c.numerisation for c in demande.constats} == {""}
    assert poste.base.db.execute("SELECT count(*) FROM numerisation").fetchone() == (0,)


def test_les_pages_se_lisent_hors_de_la_fenetre_et_pas_apres_fermeture(
    g: Guichet, poste: Poste, choisi: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lire, ou = numerisation._image, []

    def noter(octets: bytes) -> QImage:
        ou.append(threading.current_thread().name.split("_")[0])
        return lire(octets)

    monkeypatch.setattr(numerisation, "_image", noter)
    page = _visite(g, poste)
    scans = page.justificatifs.scans
    scans.prendre(choisi, DOMICILE)
    g.calme()
    g.calme()
    demande_id = page.en_cours.brouillon.brouillon_id
    une = numeriser(choisi)
    deux = joindre(poste, demande_id, une * 2)
    scans.vue.ouvrir("Justificatif de domicile", demande_id, deux)
    g.calme()
    feuilles = [w for w in scans.vue.findChildren(QLabel) if w.accessibleName().startswith("Justificatif de domicile")]
    assert [w.accessibleName()[-12:] for w in feuilles] == ["page 1 sur 2", "page 2 sur 2"]
    assert all(w.height() > 100 for w in feuilles)
    scans.vue.ouvrir("Justificatif de domicile", demande_id, joindre(poste, demande_id, une))
    scans.vue.fermer()
    g.calme()
    assert not scans.vue.isVisible()
    assert set(ou) == {"rendu"}


@contextmanager
def _occupe(g: Guichet, atelier: Atelier) -> Iterator[None]:
    """Other work goes first there, printing for one."""
    porte = threading.Event()
    g.taches.lancer(atelier, porte.wait)
    try:
        yield
    finally:
        porte.set()


def test_un_scan_s_ouvre_tout_de_suite_et_ne_reprend_le_clavier_a_personne(
    g: Guichet, poste: Poste, choisi: Path
) -> None:
    """Behind a carnet being printed it came late, took the keyboard from what was typed elsewhere: a passphrase too."""
    page = _visite(g, poste)
    scans = page.justificatifs.scans
    scans.prendre(choisi, DOMICILE)
    g.calme()
    page.justificatifs.autres.actes[1].trigger()
    with _occupe(g, "rendu"):
        g.aller_a("Voir\u00a0: Justificatif de domicile")
        g.touche(Qt.Key.Key_Space)
        assert g.focus is scans.vue.bouton
        assert scans.vue.titre.text() == "Justificatif de domicile"
        assert numerisation.LECTURE in g.textes()
        g.touche(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        ailleurs = g.focus
        assert ailleurs is not scans.vue.bouton
    g.calme()
    assert g.focus is ailleurs
    assert numerisation.LECTURE not in g.textes()
    assert [w for w in scans.vue.findChildren(QLabel) if w.accessibleName().endswith("page 1 sur 1") and w.isVisible()]


@pytest.mark.parametrize(("echelle", "largeur"), [(1.0, 1366), (2.0, 1366)])
def test_l_image_qui_arrive_vient_sous_les_yeux(
    g: Guichet, poste: Poste, choisi: Path, echelle: float, largeur: int
) -> None:
    """Where it was waited for: its place was one line high, perhaps at the foot of the page."""
    g.theme.choisir(echelle=echelle)
    g.fenetre.resize(largeur, 768)
    page = _visite(g, poste)
    page.justificatifs.scans.prendre(choisi, DOMICILE)
    g.calme()
    page.justificatifs.autres.actes[1].trigger()
    vue = page.justificatifs.scans.vue
    with _occupe(g, "rendu"):
        g.aller_a("Voir\u00a0: Justificatif de domicile")
        g.touche(Qt.Key.Key_Space)
        g.attendre(lambda: g.fenetre.anneau.posee)
    g.calme()
    (feuille,) = [w for w in vue.findChildren(QLabel) if w.accessibleName().endswith("page 1 sur 1")]
    g.attendre(lambda: _en_vue(page, feuille) > 250)


def test_un_scan_retire_avant_d_avoir_repondu_ne_s_ouvre_plus(g: Guichet, poste: Poste, choisi: Path) -> None:
    page = _visite(g, poste)
    scans = page.justificatifs.scans
    scans.prendre(choisi, DOMICILE)
    g.calme()
    page.justificatifs.autres.actes[1].trigger()
    for geste in ("Retirer\u00a0: Justificatif de domicile", numerisation.FERMER):
        with _occupe(g, "base"):
            g.aller_a("Voir\u00a0: Justificatif de domicile")
            g.touche(Qt.Key.Key_Space)
            g.aller_a(geste)
            g.touche(Qt.Key.Key_Space)
        g.calme()
        assert not scans.vue.isVisible()
        if geste != numerisation.FERMER:
            g.aller_a("Remettre\u00a0: Justificatif de domicile")
            g.touche(Qt.Key.Key_Space)
            g.calme()


def test_un_scan_que_les_donnees_ne_donnent_pas_le_dit_a_sa_place(
    g: Guichet, poste: Poste, bilan: Bilan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither *Lecture de l’image…* for ever, nor a dialog over what is typed."""

    def voir(*_: object) -> tuple[bytes, ...]:
        raise BaseFermee("page_illisible")

    def page_muette(*_: object) -> QImage:
        raise MemoryError

    page = _visite(g, poste)
    page.justificatifs.scans.montrer(True)
    vue, demande_id = page.justificatifs.scans.vue, page.en_cours.brouillon.brouillon_id
    with monkeypatch.context() as panne:
        panne.setattr(numerisation, "voir", voir)
        vue.ouvrir("Pièce d’identité", demande_id, "")
        g.calme()
    assert vue.isVisible() and str(message("page_illisible")) in g.textes()
    monkeypatch.setattr(numerisation, "_image", page_muette)
    scan = joindre(poste, demande_id, (b"page",))
    for fonction in ("_image", "voir"):
        monkeypatch.setattr(numerisation, fonction, page_muette)
        vue.ouvrir("Pièce d’identité", demande_id, scan)
        g.calme()
        assert str(message("interrompu")) in g.textes() and numerisation.LECTURE not in g.textes()
        assert [type(imprevu) for imprevu in bilan.imprevus] == [MemoryError]
        bilan.imprevus.clear()


def test_une_page_se_remet_a_sa_largeur_hors_de_la_fenetre(
    g: Guichet, poste: Poste, choisi: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each width that the window went through cost it tens of milliseconds a page."""
    reduire, faites = numerisation._reduire, []

    def noter(image: QImage, taille: QSize) -> QImage:
        faites.append((threading.current_thread().name.split("_")[0], taille))
        return reduire(image, taille)

    monkeypatch.setattr(numerisation, "_reduire", noter)
    page = _visite(g, poste)
    page.justificatifs.scans.montrer(True)
    vue, demande_id = page.justificatifs.scans.vue, page.en_cours.brouillon.brouillon_id
    vue.ouvrir("Pièce d’identité", demande_id, joindre(poste, demande_id, numeriser(choisi)))
    g.calme()
    (feuille,) = [w for w in vue.findChildren(QLabel) if w.accessibleName().endswith("page 1 sur 1")]
    for largeur in (1360, 1300, 1240, 1180):
        g.fenetre.resize(largeur, 768)
        feuille.repaint()
        g.attendre(lambda: bool(faites) and faites[-1][1] == feuille.size())
    g.calme()
    assert {ou for ou, _ in faites} == {"rendu"}
    assert len({taille.width() for _, taille in faites}) > 2
    vue.fermer()
    g.calme()


@pytest.mark.qt_log_ignore("Corrupt JPEG data", extend=True)
@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_une_page_qui_ne_se_lit_plus_se_dit(g: Guichet, poste: Poste, choisi: Path, echelle: float) -> None:
    """Nothing was shown of it, as if the scan had no such page; of one cut short, a grey that passed for paper."""
    Image.effect_noise((1200, 1700), 60).save(choisi)
    (bonne,) = numeriser(choisi)
    g.theme.choisir(echelle=echelle)
    page = _visite(g, poste)
    page.justificatifs.scans.montrer(True)
    vue, demande_id = page.justificatifs.scans.vue, page.en_cours.brouillon.brouillon_id
    pages = (b"xx" * 40, bonne[: len(bonne) // 2], bonne)
    vue.ouvrir("Pièce d’identité", demande_id, joindre(poste, demande_id, pages))
    g.calme()
    dites = [w for w in vue.findChildren(QLabel) if "ne se lit plus" in w.text() and w.isVisible()]
    assert [w.text() for w in dites] == [
        f"{numerisation.PERDUE.format(rang=1)} {numerisation.RESTE}",
        f"{numerisation.COUPEE.format(rang=2)} {numerisation.RESTE}",
    ]
    feuilles = [w for w in vue.findChildren(QLabel) if " sur 3" in w.accessibleName()]
    assert [w.accessibleName() for w in feuilles] == [f"Pièce d’identité, page {rang} sur 3" for rang in (2, 3)]
    # A picture may be cut by the foot of the page: kept whole, it would be left out, and nothing stand in its place.
    g.attendre(lambda: g.fenetre.anneau.posee and _en_vue(page, feuilles[0]) > 0)
    g.attendre(lambda: rognes(page) == [])
    assert debordes(page) == []


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"MZ" + bytes(900), "Ce fichier n’est ni une image ni un PDF."),
        (b"\xff\xd8\xff" + bytes(50), "Ce fichier est abîmé"),
    ],
)
def test_un_fichier_qui_ne_va_pas_se_dit_et_ne_change_rien(
    g: Guichet, poste: Poste, choisi: Path, octets: bytes, phrase: str
) -> None:
    choisi.write_bytes(octets)
    g.theme.choisir(echelle=2.0)
    page = _visite(g, poste)
    avant = page.en_cours.brouillon
    g.choisir_acte("Autres papiers", "Joindre un scan ou une photo…")
    _joindre(g)
    assert [texte for texte in g.textes() if texte.startswith(phrase)]
    assert page.en_cours.brouillon == avant
    scans = page.justificatifs.scans
    assert g.focus is scans.fichier, "the keyboard stays where another file is chosen"
    avis = next(w for w in scans.findChildren(QLabel) if w.text().startswith(phrase))
    g.attendre(lambda: avis.visibleRegion().boundingRect().height() == avis.height())


def test_un_fichier_glisse_sur_un_justificatif_s_y_joint(g: Guichet, poste: Poste, choisi: Path) -> None:
    page = _visite(g, poste)
    section = page.justificatifs
    rang = section.rangs["attestation_france_travail"]
    donnees = QMimeData()
    donnees.setUrls([QUrl.fromLocalFile(str(choisi))])
    ou = QPointF(rang.case.mapTo(section, rang.case.rect().center()))
    depot = QDropEvent(ou, Qt.DropAction.CopyAction, donnees, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    section.dropEvent(depot)
    g.calme()
    g.calme()
    assert [p.type for p in page.en_cours.brouillon.pieces if p.numerisation] == ["attestation_france_travail"]


@pytest.mark.parametrize(("echelle", "largeur"), [(1.0, 1366), (2.0, 1366), (1.0, 800)])
def test_rien_n_est_coupe(g: Guichet, poste: Poste, choisi: Path, echelle: float, largeur: int) -> None:
    g.theme.choisir(echelle=echelle)
    g.fenetre.resize(largeur, 768)
    page = _visite(g, poste)
    page.justificatifs.scans.prendre(choisi, DOMICILE)
    g.calme()
    g.calme()
    page.justificatifs.autres.actes[1].trigger()
    g.aller_a("Voir\u00a0: Justificatif de domicile")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert g.fenetre.width() == largeur
    g.attendre(lambda: rognes(page) == [])
    assert debordes(page) == []


def test_une_visite_fermee_pendant_la_lecture_ne_laisse_pas_de_scan(
    g: Guichet, poste: Poste, choisi: Path, bilan: Bilan
) -> None:
    """Nobody would know whose it is: no erasure would ever take it."""
    page = g.visite(visite_accord(poste))
    page.justificatifs.scans.prendre(choisi, "piece_identite")
    g.bureau.fermer_page(page)
    g.calme()
    assert bilan.imprevus == []
    assert poste.base.db.execute("SELECT count(*) FROM numerisation").fetchone()[0] == 0
    # Read already, and its page closed before the draft could name it.
    page = g.visite(visite_accord(poste))
    page.justificatifs.scans.lu("piece_identite", (b"page",))
    g.bureau.fermer_page(page)
    g.calme()
    assert bilan.imprevus == []
    assert poste.base.db.execute("SELECT count(*) FROM numerisation").fetchone()[0] == 0


def test_attribuer_attend_le_scan_qui_se_lit_encore(g: Guichet, poste: Poste, choisi: Path) -> None:
    """The award closed the visit under it: the scan was lost, and nobody was told."""
    page = g.visite(visite_accord(poste))
    page.justificatifs.scans.prendre(choisi, DOMICILE)
    g.touche(Qt.Key.Key_Return, CTRL)
    assert carnets.par_etat(poste.base, *Etat) == (), "nothing is recorded before it is read"
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    demande = demandes.get(poste.base, page.en_cours.brouillon.brouillon_id)
    assert demande is not None and [c.piece.type for c in demande.constats if c.numerisation] == [DOMICILE]


def test_un_scan_qui_ne_se_lit_pas_se_dit_avant_d_attribuer(g: Guichet, poste: Poste, choisi: Path) -> None:
    choisi.write_bytes(b"MZ" + bytes(900))
    page = g.visite(visite_accord(poste))
    page.justificatifs.scans.prendre(choisi, DOMICILE)
    g.valider()
    assert g.page is page and carnets.par_etat(poste.base, *Etat) == ()
    g.valider()
    assert isinstance(g.page, PageImpression), "said once, it is the agent who goes on without it"
