"""The manual over the window: a page, a search, paper; and the practice window, marked at all times."""

from __future__ import annotations

from passdesk.ui.aide.entrainement import BandeEntrainement
from tests.gallery.studio import Photo, scene
from tests.ui.guichet import Guichet


@scene("journee", rapide=True)
def aide(g: Guichet, photo: Photo) -> None:
    """Where one is, then a page with a table, a search, nothing found, what to print."""
    g.bureau.montrer_lieu("carnets")
    g.calme()
    g.fenetre.ouvrir_manuel()
    vue = g.aide.vue
    assert vue is not None
    photo("aide")
    vue.ouvrir("raccourcis")
    photo("aide-tableau")
    vue.chercher()
    photo("aide-sommaire")
    vue.champ.setText("impression")
    g.attendre(lambda: bool(vue.lecteur.marques()))
    photo("aide-recherche")
    vue.champ.setText("xylophone")
    photo("aide-introuvable")
    vue.champ.clear()
    vue.ouvrir("carnets")
    vue.s_entrainer.click()
    photo("aide-entrainement")
    photo.dialogue("aide-imprimer", vue.papier.click, lambda _: g.calme())
    g.fenetre.fermer_aide()


@scene("journee")
def aide_avant(g: Guichet, photo: Photo) -> None:
    """A link followed: the page before can be gone back to."""
    g.fenetre.ouvrir_manuel()
    vue = g.aide.vue
    assert vue is not None
    vue.lecteur.setFocus()
    vue.lecteur.suivi.emit("visite")
    photo("aide-suivie")
    g.fenetre.fermer_aide()


@scene("journee")
def entrainement(g: Guichet, photo: Photo) -> None:
    """The practice window, and the way to it in *Réglages*."""
    page = g.bureau.montrer_lieu("reglages")
    g.calme()
    page.sections.ouvrir("entrainement")
    photo("reglages-entrainement")
    g.fenetre.setMenuWidget(BandeEntrainement(g.theme))
    g.bureau.montrer_lieu("aujourdhui")
    g.calme()
    photo("entrainement")
    g.fenetre.ouvrir_manuel()
    photo("entrainement-aide")
    g.fenetre.fermer_aide()
