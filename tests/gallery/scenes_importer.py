"""Inscribing people from a spreadsheet: the file, the columns, the rows, the end, and what can go wrong."""

from __future__ import annotations

from pathlib import Path

from passdesk.ui.importer import PageImporter
from tests.gallery.studio import Photo, scene
from tests.services.classeurs import ods
from tests.ui.guichet import Guichet

RANGEES = [
    ["Modèle d’import des bénéficiaires"], [],
    ["Nom*", "Prénom*", "Année de naissance", "Date de naissance", "Nom de la commune", "Code postal",
     "N° de téléphone", "E-mail", "Genre", "Notes supplémentaires"],
    ["Delattre", "Léa", "", "03/05/1970", "Maubeuge", "59600", "0639980031", "lea@exemple.fr", "Féminin", ""],
    ["Delattre", "Lea", "", "3 mai 1970", "Maubeuge", "59600", "", "", "", ""],
    ["Benali", "Mohamed Amine", "", "12/04/2004", "Maubeuge", "59600", "", "", "Masculin", ""],
    ["Benali", "Mohamed Ilyès", "", "12/04/2004", "Maubeuge", "59600", "", "", "Masculin", ""],
    ["Carlier", "Noé", "1958", "", "Saint-Martin", "", "0639980032", "", "Masculin", "Préfère le matin"],
    ["Lemoine", "Gérard", "", "23/01/1957", "", "59600", "", "", "", ""],
    ["Vasseur", "Ines", "", "30/08/2004", "Fourmies", "59610", "06 39", "ines-exemple.fr", "", ""],
    ["Bouchez", "Élodie", "", "31/02/1980", "Fourmies", "59610", "", "", "", ""],
    ["=SOMME(A1:A9)", "Théo", "", "12/04/1987", "Fourmies", "59610", "", "", "", ""],
    ["Delhaye-Montrésor de la Houssière", "Marie-Antoinette, Joséphine, Clémentine", "", "14/07/1951",
     "Avesnes-sur-Helpe", "59440", "+32 470 12 34 56", "marie-antoinette.delhaye@exemple.fr", "Féminin", ""],
]  # fmt: skip


@scene("journee", rapide=True)
def importer(g: Guichet, photo: Photo) -> None:
    """The whole way, on a desk that knows some of them."""
    g.bureau.ouvrir_page(PageImporter(g.contexte))
    g.calme()
    page = g.page
    assert isinstance(page, PageImporter)
    photo("importer-fichier")
    page.ouvrir(_fichier(g, b"%PDF-1.7", "photo.pdf"))
    g.calme()
    photo("importer-refus")
    page.ouvrir(_fichier(g, ods({"Lisez-moi": [["Bonjour"]], "Bénéficiaires": RANGEES}), "import-mars-2026.ods"))
    g.calme()
    photo("importer-colonnes")
    page.colonnes.bouton.click()
    g.calme()
    photo("importer-lignes")
    page.lignes.liste.avancer(3)
    photo("importer-homonyme")
    page.lignes.filtre.set_valeur("illisible")
    page.lignes.filtre.choisi.emit("illisible")
    photo("importer-a-corriger")
    page._avance("Préparation, sans rien inscrire encore. Vous pouvez continuer ailleurs.", 1, 3)
    page._montrer_avancement()
    photo("importer-en-cours")
    page._fini()
    page.lignes.bouton.click()
    g.calme()
    photo("importer-fait")
    photo.dialogue("importer-retirer", page.annuler.click)
    page._revenir()
    g.bureau.ouvrir_page(PageImporter(g.contexte))
    g.calme()
    photo("importer-dernier")


def _fichier(g: Guichet, contenu: bytes, nom: str) -> Path:
    fichier = g.poste.dossier.parent / nom
    fichier.write_bytes(contenu)
    return fichier
