"""The backups: in *Réglages*, and what *Aujourd'hui* says of the records at risk."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services import visite
from passdesk.services.courrier import ATTENTE, preparer
from passdesk.services.poste import creer_poste
from passdesk.services.sauvegarde import choisir_dossier, sauvegarder, sauvegarder_au_poste
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, FICHIER
from passdesk.ui.deverrouillage import PageDeverrouillage
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reglages.restauration import PageRestauration
from passdesk.ui.retour import PageRetour
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, visite_accord
from tests.gallery.studio import Photo, Seuil, scene
from tests.ui.guichet import Guichet


@scene("vide", rapide=True)
def sauvegardes(g: Guichet, photo: Photo) -> None:
    """None yet, the last one and its copy, a stick that is not there, a week without any."""
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    page.viser("sauvegardes", "")
    g.calme()
    page.sauvegardes.choisir.setFocus()
    g.calme()
    photo("sauvegardes-aucune")
    cle = g.poste.dossier.parent / "CLE-USB"
    cle.mkdir()
    choisir_dossier(g.poste, cle)
    sauvegarder_au_poste(g.poste)
    page.actualiser()
    g.calme()
    page.sauvegardes.oublier.setFocus()
    g.calme()
    photo("sauvegardes-copie")
    for fichier in cle.iterdir():
        fichier.unlink()
    cle.rmdir()
    sauvegarder_au_poste(g.poste)
    page.actualiser()
    g.calme()
    page.sauvegardes.oublier.setFocus()
    g.calme()
    photo("sauvegardes-cle-absente")
    assert isinstance(g.poste.horloge, HorlogeFixe)
    assert visite.garder(g.poste, visite_accord(g.poste, pieces=())) is not None
    g.poste.horloge.instant += timedelta(days=9)
    g.contexte.signaler("visites", "envoi")
    g.bureau.montrer_lieu("aujourdhui")
    g.calme()
    photo("sauvegardes-en-retard")


@scene("vide", rapide=True)
def verification(g: Guichet, photo: Photo) -> None:
    """The green line, tables to be made again, a log that was changed."""
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    page.viser("sauvegardes", "")
    g.calme()
    page.integrite.maintenant.click()
    g.calme()
    page.integrite.maintenant.setFocus()
    g.calme()
    photo("verification-saine")
    visite.attribuer(g.poste, visite_accord(g.poste))
    g.poste.base.db.execute("UPDATE personne SET nom_naissance = 'Omega'")
    page.integrite.maintenant.click()
    g.calme()
    page.integrite.reparer.setFocus()
    g.calme()
    photo("verification-a-refaire")
    g.bureau.montrer_lieu("aujourdhui")
    g.calme()
    photo("verification-accueil")
    g.poste.base.db.execute("DROP TRIGGER operation_fige_update")
    g.poste.base.db.execute("UPDATE operation SET wall = wall + 1 WHERE seq IN (3, 5)")
    page.integrite.maintenant.click()
    g.calme()
    g.bureau.montrer_lieu("reglages")
    g.calme()
    page.integrite.reparer.setFocus()
    g.calme()
    photo("verification-journal-change")


@scene(None)
def secours(s: Seuil, photo: Photo) -> None:
    """A base that does not open: said where the passphrase is asked; then what a backup would bring back."""
    poste = creer_poste(
        s.dossier, PHRASE, "Claire Mabille", s.horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    assert visite.garder(poste, visite_accord(poste, pieces=())) is not None
    sauvegarder_au_poste(poste)
    poste.fermer()
    (s.dossier / FICHIER).write_bytes(b"plus rien" * 5000)
    page = PageDeverrouillage(s.theme, s.taches, s.dossier, s.horloge)
    s.fenetre.montrer(page)
    page.phrase.set_texte(PHRASE)
    page.valider()
    s.calme()
    photo("secours-ouverture")
    suite = PageRetour(s.theme, s.taches, s.dossier, s.horloge, PHRASE)
    s.fenetre.montrer(suite)
    suite.arriver()
    s.calme()
    photo("secours-apercu")
    for fichier in (s.dossier / DOSSIER_SAUVEGARDES).glob("*.sauvegarde"):
        fichier.write_bytes(b"PassDesk")
    suite.arriver()
    s.calme()
    photo("secours-aucune")
    neuf = PageRetour(s.theme, s.taches, s.dossier, s.horloge, None)
    s.fenetre.montrer(neuf)
    neuf.arriver()
    s.calme()
    photo("secours-ordinateur-neuf")
    neuf.par_feuille.click()
    s.calme()
    photo("secours-par-feuille")


@scene("vide")
def restauration(g: Guichet, photo: Photo) -> None:
    """The passphrase, refused, then what would come back."""
    fichier = sauvegarder(g.poste, g.poste.dossier.parent / "maubeuge-1.sauvegarde").chemin
    assert visite.garder(g.poste, visite_accord(g.poste, pieces=())) is not None
    page = PageRestauration(g.contexte, fichier, g.bureau.montrer_lieu("reglages"))
    g.bureau.ouvrir_page(page)
    g.calme()
    g.frapper("une autre phrase que la bonne")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    photo("restauration-refusee")
    page.phrase.set_texte(PHRASE)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert page.revenir.isVisible()
    photo("restauration-apercu")
    fichier.unlink()


@scene("vide")
def courrier(g: Guichet, photo: Photo) -> None:
    """Days without the Region: a stick is prepared, its answer awaited."""
    assert isinstance(g.poste.horloge, HorlogeFixe)
    avant = g.poste.horloge.instant
    g.poste.horloge.instant += ATTENTE * 3
    page = g.bureau.montrer_lieu("reglages")
    assert isinstance(page, PageReglages)
    page.viser("poste", "")
    page.actualiser()
    g.calme()
    page.courrier.preparer.setFocus()
    g.calme()
    photo("courrier-propose")
    preparer(g.poste, g.poste.dossier.parent / "maubeuge.courrier")
    page.actualiser()
    g.calme()
    page.courrier.lire.setFocus()
    g.calme()
    photo("courrier-attendu")
    (g.poste.dossier.parent / "maubeuge.courrier").unlink()
    g.poste.horloge.instant = avant
