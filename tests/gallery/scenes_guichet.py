"""Before the desk is open, *Aujourd'hui*, the visit in each state of the decision, people, cases, settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from passdesk.domain.horloge import HorlogeFixe
from passdesk.domain.visite import PieceSaisie
from passdesk.protocol.evenements import CarnetBloque, LitigeTranche
from passdesk.services.avancement import Progres
from passdesk.services.decision import derniere_decision
from passdesk.services.homonyme import declarer_homonyme, retirer_homonyme
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.lien import REVOQUE, noter_refus
from passdesk.services.poste import creer_poste
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer, garder, noter, visites_ouvertes
from passdesk.storage import evenements, litiges
from passdesk.ui.deverrouillage import PageAttente, PageDeverrouillage
from passdesk.ui.enrolement import PageEnrolement
from passdesk.ui.imprevu import montrer_imprevu
from passdesk.ui.messages import message
from passdesk.ui.mots_envoi import EtatEnvoi
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.personnes.fusion import PageFusion
from passdesk.ui.premier_depart import PagePremierDepart
from passdesk.ui.visite import PageVisite
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, visite_accord
from tests.gallery.mondes import JOUR
from tests.gallery.studio import Photo, Seuil, scene
from tests.services import derogations
from tests.services.lyceens import AUTRE_LYCEE, LYCEE, lyceen, publier
from tests.ui.guichet import Guichet

PERIMEE = "01/06/2026"
IDENTITE = PieceSaisie("piece_identite", vue=True, vu_le=JOUR.date())
DOMICILE = PieceSaisie("justificatif_domicile", vue=True, date="02/11/2026", vu_le=JOUR.date())
ANCIENNE = {"public": "senior", "pieces": (IDENTITE, replace(DOMICILE, date="18/10/2026"))}
"""A request of an earlier règlement, its papers seen today."""


@scene(None, rapide=True)
def premier_depart(s: Seuil, photo: Photo) -> None:
    """Nothing exists yet: where and who, then the passphrase, refused and accepted."""
    s.dossier.mkdir()
    page = PagePremierDepart(s.theme, s.taches, s.dossier, s.horloge)
    s.fenetre.montrer(page)
    page.arriver()
    photo("depart-premier")
    page.valider()
    photo("depart-vide")
    page.guichet.set_texte("France services de Maubeuge")
    page.nom.set_texte("Claire Mabille")
    page.valider()
    s.calme()
    photo("depart-phrase")
    page.phrase.phrase.set_texte("motdepasse2026")
    page.valider()
    photo("depart-refuse")
    page.phrase.phrase.set_texte(PHRASE)
    page.phrase.phrase.modifie.emit(PHRASE)
    page.valider()
    photo("depart-phrase-bonne")


@scene(None)
def deverrouiller(s: Seuil, photo: Photo) -> None:
    creer_poste(
        s.dossier, PHRASE, "Claire Mabille", s.horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    ).fermer()
    page = PageDeverrouillage(s.theme, s.taches, s.dossier, s.horloge)
    s.fenetre.montrer(page)
    page.arriver()
    photo("ouvrir")
    page.phrase.set_texte("une phrase au hasard")
    page.valider()
    s.calme()
    photo("ouvrir-refuse")
    for _ in range(2):
        page.valider()
        s.calme()
    page._seconde.stop()
    photo("ouvrir-attendre")
    page = PageDeverrouillage(s.theme, s.taches, s.dossier, s.horloge, verrouille=True)
    s.fenetre.montrer(page)
    page.arriver()
    photo("ouvrir-verrouille")
    s.fenetre.montrer(PageAttente(s.theme, "Préparation de la démonstration…"))
    photo("attente")


@scene("vide", rapide=True)
def desk_neuf(g: Guichet, photo: Photo) -> None:
    """Places with nothing in them."""
    photo("aujourdhui-vide")
    for lieu in ("personnes", "carnets", "a-verifier"):
        g.bureau.montrer_lieu(lieu)
        g.calme()
        photo(f"{lieu}-vide")


@scene("journee", rapide=True)
def aujourdhui(g: Guichet, photo: Photo) -> None:
    photo("aujourdhui")
    for visite in visites_ouvertes(g.poste)[:2]:
        g.bureau.reprendre(visite)
        g.calme()
    g.bureau.montrer_lieu("aujourdhui")
    g.calme()
    if not g.page.etroite:  # the open visits are in Ctrl+Tab then (guide §7.8)
        photo("aujourdhui-visites-ouvertes")


@scene("journee", en_ligne=True)
def aujourdhui_en_ligne(g: Guichet, photo: Photo) -> None:
    g.attendre(lambda: "En ligne" in g.bandeau)
    g.calme()
    photo("aujourdhui-en-ligne")


@scene("journee")
def bandes(g: Guichet, photo: Photo) -> None:
    """The strip when it has something to say: a long sending, what waits too long, a page in the way."""
    maintenant = g.poste.horloge.maintenant()
    attend = EtatEnvoi(True, False, False, 14, maintenant - timedelta(days=5), attend_depuis=maintenant)
    envoi = replace(attend, en_cours=True, progres=Progres(240, 1380, 310_000, 1_900_000), duree=30.0, reste=190.0)
    for nom, etat in (
        ("envoi-long", envoi),
        ("attente-longue", replace(attend, attend_depuis=maintenant - timedelta(days=5))),
        ("proxy", replace(attend, panne=message("proxy_mot_de_passe").quoi)),
    ):
        g.bureau.bandeau.montrer(etat, maintenant)
        photo(f"bande-{nom}")


@scene("vide")
def visite_inconnue(g: Guichet, photo: Photo) -> None:
    """A letter by post, without birth date nor commune: both passed over, then said."""
    page = g.visite(visite_accord(g.poste, naissance="", commune="", canal="courrier"))
    page.personne.replier(False)
    for nom in ("naissance", "commune"):
        page.personne.champs[nom].saisie.setFocus()
        g.tabuler()
    g.calme()
    photo("visite-inconnue")
    for inconnu in page.personne.formulaire.inconnus.values():
        inconnu.lien.click()
    g.calme()
    photo("visite-inconnue-dite")


@scene("vide")
def horloge_en_retard(g: Guichet, photo: Photo) -> None:
    """A flat battery put the computer back by months, and there is no network to tell."""
    assert isinstance(g.poste.horloge, HorlogeFixe)
    g.poste.horloge.instant -= timedelta(days=267)
    g.bureau.mettre_en_attente()
    g.calme()
    photo("aujourdhui-horloge-en-retard")
    g.bureau.nouvelle_visite()
    g.attendre(lambda: isinstance(g.page, PageVisite))
    g.calme()
    photo("visite-horloge-en-retard")


@scene("horloge")
def horloge_fausse(g: Guichet, photo: Photo) -> None:
    photo("aujourdhui-horloge")


@scene("sans_stock")
def stock_epuise(g: Guichet, photo: Photo) -> None:
    photo("aujourdhui-stock-epuise")
    g.visite(visite_accord(g.poste))
    photo("visite-stock-epuise")


@scene("revenu")
def cle_attendue(g: Guichet, photo: Photo) -> None:
    photo("aujourdhui-cle-attendue")
    g.bureau.montrer_lieu("carnets")
    g.calme()
    photo("carnets-cle-attendue")
    g.visite(visite_accord(g.poste))
    photo("visite-cle-attendue")


@scene("journee")
def stock_reserve(g: Guichet, photo: Photo) -> None:
    """The reserve of a public once it is open, beside the general stock."""
    publier(g.poste)
    with g.poste.base.acte(g.poste.agent_id) as acte:
        lot = {"lot": "L", "campagne": 127, "pot": "lycee", "taille": 5, "premier": 900, "dernier": 902, "kid": 1}
        acte.inscrire("lot.recevoir", "L", {**lot, "bail_jusqu_au": "2099-01-31"})
    g.contexte.signaler("stock", "litiges", "envoi")
    g.bureau.mettre_en_attente()
    g.calme()
    photo("aujourdhui-reserve")
    g.bureau.montrer_lieu("carnets")
    g.calme()
    photo("carnets-reserve")


@scene("non_relie")
def pas_relie(g: Guichet, photo: Photo) -> None:
    photo("aujourdhui-non-relie")
    g.visite(visite_accord(g.poste))
    photo("visite-non-relie")
    page = g.bureau.montrer_lieu("reglages")
    page.viser("poste", "")
    g.calme()
    photo("reglages-non-relie")


@scene("vide")
def retire(g: Guichet, photo: Photo) -> None:
    """The Region revoked this desk: *Aujourd'hui* says so, and leads to the page that links it again."""
    noter_refus(g.poste.base, REVOQUE)
    g.bureau._cycle.refus = REVOQUE
    g.bureau._apres_envoi()
    g.calme()
    photo("aujourdhui-retire")
    g.visite(visite_accord(g.poste))
    photo("visite-retire")


@scene("non_relie", en_ligne=True)
def relier(g: Guichet, photo: Photo) -> None:
    """The page that links the desk: the form, what was wrong in it, a Region that does not answer."""
    g.bureau.relier()
    g.calme()
    photo("relier")
    page = g.page
    assert isinstance(page, PageEnrolement)
    page.demande.click()
    photo("relier-refuse")
    page.adresse.set_texte("http://127.0.0.1:9")
    page.numero.set_texte("0000000000")
    page.demande.click()
    g.attendre(page.probleme.isVisible)
    photo("relier-sans-reponse")
    page.probleme.hide()
    page._montrer_mots(("arbre", "lampe", "rivière", "orange", "train", "violon"))
    photo("relier-six-mots")


@scene("vide", rapide=True)
def visite(g: Guichet, photo: Photo) -> None:
    """One page, every answer of the rules."""
    g.bureau.nouvelle_visite()
    g.attendre(lambda: g.page.visite)
    g.calme()
    photo("visite-vide")
    for nom, champs in VISITES.items():
        saisie = visite_accord(g.poste, **champs)
        noter(g.poste, saisie)
        page = g.visite(saisie)
        photo(f"visite-{nom}")
        g.bureau.fermer_page(page)
        g.calme()


@scene("vide")
def la_fiche(g: Guichet, photo: Photo) -> None:
    """The rest of the file, a request that came by post, a scan joined, the file corrected, an accompaniment."""
    complet = visite_accord(g.poste, **SUITE)
    page = g.visite(complet)
    page.personne.replier(False)
    page.personne.formulaire.lien.click()
    g.calme()
    photo("visite-fiche-ouverte")
    page.personne.champs["courriel"].saisie.setFocus()
    photo("visite-fiche-suite")
    g.bureau.fermer_page(page)
    page = g.visite(visite_accord(g.poste, naissance="31/02/1958", commune="", commune_saisie="59607 CEDEX"))
    page.personne.replier(False)
    g.aller_a("Jour, mois, année à part")
    g.touche(Qt.Key.Key_Space)
    photo("visite-fiche-a-revoir")
    g.bureau.fermer_page(page)
    page = g.visite(visite_accord(g.poste, arrivee_le="15/11/2021", canal="courrier", **ANCIENNE))
    page.demande.arrivee.saisie.setFocus()
    photo("visite-courrier-2020")
    g.bureau.fermer_page(page)
    page = g.visite(replace(complet, brouillon_id="scan", pieces=complet.pieces[:2]))
    image = g.poste.dossier / "facture.png"
    Image.new("L", (900, 1270), 235).save(image)
    page.justificatifs.scans.prendre(image, "justificatif_domicile")
    g.attendre(lambda: any(piece.numerisation for piece in page.en_cours.brouillon.pieces))
    g.calme()
    page.justificatifs.scans.fichier.setFocus()
    photo("visite-scan")
    page.justificatifs.scans.prendre(g.poste.dossier / "poste.db", "piece_identite")
    g.calme()
    photo("visite-scan-refuse")
    g.valider()
    g.fermer_papier()
    g.bureau.fermer_page(page)
    g.bureau.montrer_lieu("personnes")
    g.calme()
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    personnes = g.page
    assert isinstance(personnes, PagePersonnes)
    g.attendre(lambda: personnes.fiche is not None)
    assert personnes.fiche is not None
    photo("fiche")
    personnes.fiche.accompagnements.bouton.click()
    g.calme()
    photo("fiche-accompagnement")
    personnes.fiche.accompagnements.fermer.click()
    personnes.fiche.modifier.click()
    g.calme()
    photo("fiche-modifier")


SUITE: dict[str, object] = {
    "nom_usage": "Vandewalle",
    "lieu_naissance": "Hirson",
    "adresse": "14 rue de la Tisseranderie",
    "complement_adresse": "Bâtiment C",
    "code_postal": "59610",
    "courriel": "maelle.dufresnoy@exemple",
    "preference_contact": "sms",
    "besoins": ("gros_caracteres",),
    "langue": "picard",
    "note": "Préfère venir le matin",
}

VISITES: dict[str, dict[str, object]] = {
    "accord": {},
    "accord-seul": {"accompagnement": False, "prescripteur": None},
    "incomplet": {"pieces": (IDENTITE, replace(DOMICILE, date=PERIMEE))},
    "jeune": {
        "naissance": "14/02/2004",
        "public": "jeune_insertion",
        "prescripteur": "mission_locale",
        "pieces": (IDENTITE, DOMICILE),
    },
    "refus-domicile": {"commune": "75056"},
    "refus-age": {"public": "senior"},
    "reglement-2020": {"arrivee_le": "15/01/2022", "naissance": "12/04/1951", **ANCIENNE},
    "date-fausse": {"naissance": "31/02/1987", "telephone": "06 39"},
    "age-d-enfant": {"naissance": "12/04/2017"},
    "nee-apres": {"naissance": "12/04/2022", "arrivee_le": "15/01/2022"},
    "nom-long": {
        "nom_naissance": "Delhaye-Montrésor de la Houssière",
        "prenoms": "Marie-Antoinette, Joséphine, Clémentine",
        "nom_usage": "Van den Broucke-Delattre",
    },
}


@scene("vide")
def visite_lyceens(g: Guichet, photo: Photo) -> None:
    """Opened to one school by a règlement received: its number is asked, then checked."""
    publier(g.poste)
    for nom, numero in (("sans-lycee", ""), ("faux", "0590001A"), ("autre-lycee", AUTRE_LYCEE), ("lycee", LYCEE)):
        page = g.visite(lyceen(g.poste, etablissement=numero))
        if nom == "faux":
            page.demande.etablissement.quitte.emit()
            g.calme()
        photo(f"visite-lyceen-{nom}")
        g.bureau.fermer_page(page)
        g.calme()


@scene("vide")
def visite_derogation(g: Guichet, photo: Photo) -> None:
    """Refused, and a règlement lets a responsable lift it: asked, granted; then what others are told."""
    derogations.publier(g.poste)
    page = g.visite(derogations.refusee(g.poste))
    if page._en_barre:
        page.barre.lien.click()  # the offer stands with the reasons, at the end of the form
    photo("visite-derogation-offerte")
    (page.raisons if page._en_barre else page.panneau).discretes.boutons[0].click()
    page.derogation.raison.set_texte(derogations.RAISON)
    g.calme()
    photo("visite-derogation-demandee")
    page.derogation.accorder()
    g.attendre(lambda: page.droit is not None and page.droit.etat == "accord")
    g.calme()
    photo("visite-derogation-accordee")
    g.bureau.fermer_page(page)
    derogations.publier(g.poste, "region", generation=2)
    g.visite(derogations.refusee(g.poste))
    photo("visite-derogation-region")


@scene("vide")
def visite_ailleurs(g: Guichet, photo: Photo) -> None:
    """A home in Belgium: a town alone is not enough, then the country, refused; and the answer explained."""
    page = g.visite(visite_accord(g.poste, commune="", commune_saisie="Mouscron"))
    page.personne.replier(False)
    page.personne.commune.quitte.emit()
    g.calme()
    photo("visite-ailleurs-ville")
    g.bureau.fermer_page(page)
    g.calme()
    page = g.visite(visite_accord(g.poste, commune="99131", adresse="12 rue de Tournai, Mouscron", code_postal="7700"))
    page.personne.replier(False)
    photo("visite-ailleurs-belgique")
    garder(g.poste, page.en_cours.brouillon)
    g.bureau.expliquer(derniere_decision(g.poste, page.en_cours.brouillon.brouillon_id), page)
    g.calme()
    photo("decision-ailleurs-belgique")


@scene("vide", rapide=True)
def visite_tapee(g: Guichet, photo: Photo) -> None:
    """Typed at the keyboard: the fields stay open, and the page says when they were saved."""
    g.bureau.nouvelle_visite()
    g.attendre(lambda: g.page.visite)
    g.calme()
    for texte in ("Dufresnoy", "Maëlle", "12041987", "fourmi", "0639980012"):
        g.frapper(texte)
        g.tabuler()
    g.calme()
    photo("visite-tapee")


@scene("vide")
def visite_incomplete_gardee(g: Guichet, photo: Photo) -> None:
    g.visite(visite_accord(g.poste, **VISITES["incomplet"]))
    g.valider()
    g.fermer_papier()
    photo("visite-incomplet-gardee")


@scene("vide")
def visite_refusee_notee(g: Guichet, photo: Photo) -> None:
    g.visite(visite_accord(g.poste, **VISITES["refus-domicile"]))
    g.valider()
    g.fermer_papier()
    photo("visite-refus-notee")


@scene("vide")
def visite_deja_servie(g: Guichet, photo: Photo) -> None:
    """Somebody known: exactly, then nearly; then a person whose carnet waits, then who has it."""
    carnet = attribuer(g.poste, visite_accord(g.poste)).carnet
    page = g.visite(visite_accord(g.poste, nom_naissance="Dufrénoy", naissance="01/01/1987"))
    photo("visite-ressemblance")
    g.bureau.fermer_page(page)
    page = g.visite(visite_accord(g.poste))
    photo("visite-deja-connue")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    if page._en_barre:
        page.deja_recu.lien.setFocus(Qt.FocusReason.TabFocusReason)
    photo("visite-carnet-en-attente")
    g.bureau.fermer_page(page)
    lancer_impression(g.poste, carnet.campagne, carnet.numero)
    repondre(g.poste, carnet.campagne, carnet.numero, "tout")
    remettre(g.poste, carnet.campagne, carnet.numero, g.poste.horloge.aujourdhui())
    page = g.visite(replace(visite_accord(g.poste), brouillon_id="maximum", personne_id=carnet.personne_id))
    photo("visite-maximum")


@scene("vide")
def homonyme_du_dossier(g: Guichet, photo: Photo) -> None:
    """Noted in the visit, then on the file with the way back, and the case it opened, before and after."""
    attribuer(g.poste, visite_accord(g.poste))
    dit = declarer_homonyme(g.poste, visite_accord(g.poste), "autre", "née à Lille, pas à Creil")
    page = g.visite(dit)
    photo("visite-homonyme-note")
    carnet = attribuer(g.poste, dit).carnet
    page.en_cours.abandonner_saisie()
    g.bureau.fermer_page(page)
    with g.poste.base.ecriture():
        litiges.ouvrir(
            g.poste.base, srv_seq=900, litige_id="L000900", sujet=carnet.personne_id, campagne=127,
            carnets=(carnet.numero,), excedent=10, postes=("Maison de Trélon",),
        )  # fmt: skip
    fiches = _personnes(g, "")
    while fiches.liste.cle() != carnet.personne_id:
        fiches.liste.avancer(1)
    fiches.ouvrir()
    _posee(g, fiches)
    photo("personnes-homonyme")
    assert fiches.fiche is not None and fiches.fiche.homonyme is not None
    photo.dialogue("personnes-homonyme-retirer", fiches.fiche.homonyme.bouton.click)
    fiches.panneau.fermer()
    cas = g.bureau.montrer_lieu("a-verifier")
    g.calme()
    _ouvrir(g, cas)
    photo("a-verifier-homonyme-note")
    cas.panneau.fermer()
    retirer_homonyme(g.poste, carnet.personne_id, "meme_personne")
    cas.actualiser()
    g.calme()
    _ouvrir(g, cas)
    photo("a-verifier-homonyme-retire")


@scene("vide")
def visite_second_carnet(g: Guichet, photo: Photo) -> None:
    """Alone, with five already: is it a complementary request?"""
    carnet = attribuer(g.poste, visite_accord(g.poste, accompagnement=False, prescripteur=None)).carnet
    brouillon = replace(visite_accord(g.poste, accompagnement=False, prescripteur=None), personne_id=carnet.personne_id)
    g.visite(brouillon)
    photo("visite-second-carnet")


@scene("journee", rapide=True)
def personnes(g: Guichet, photo: Photo) -> None:
    _personnes(g, "")
    photo("personnes")
    page = _personnes(g, "WAL")
    photo("personnes-recherche")
    page.ouvrir()
    _posee(g, page)
    photo("personnes-fiche")
    assert page.fiche is not None
    page.fiche.autres.click()
    menu = page.fiche.autres.menu_actes
    photo("personnes-autres-actes", ecran=menu)
    menu.close()
    page.panneau.fermer()
    page = _personnes(g, "delhaye")
    page.ouvrir()
    _posee(g, page)
    photo("personnes-nom-long")
    assert page.fiche is not None
    page.fiche.modifier.click()
    g.attendre(lambda: g.page is not page)
    g.calme()
    photo("personnes-modifier")
    g.bureau.fermer_page(g.page, page)
    page.fiche.reunir.trigger()
    g.attendre(lambda: isinstance(g.page, PageFusion))
    g.calme()
    photo("personnes-reunir")
    g.bureau.fermer_page(g.page)
    page.panneau.fermer()
    _personnes(g, "zumb")
    photo("personnes-introuvable")


@scene("journee", rapide=True)
def a_verifier(g: Guichet, photo: Photo) -> None:
    page = g.bureau.montrer_lieu("a-verifier")
    g.calme()
    photo("a-verifier-liste")
    _ouvrir(g, page)
    photo("a-verifier-litige")
    page.panneau.fermer()
    page.liste.avancer(1)
    g.calme()
    _ouvrir(g, page)
    photo("a-verifier-suspens")
    page.panneau.fermer()
    page.liste.avancer(1)
    g.calme()
    _ouvrir(g, page)
    photo("a-verifier-reglement")
    page.panneau.fermer()
    page.liste.avancer(-8)
    g.calme()
    _ouvrir(g, page)
    appel = page.primaire()
    assert appel is not None
    appel.click()
    g.calme()
    photo("a-verifier-appel-note")
    page.panneau.fermer()
    page.lien_vus.click()
    g.calme()
    page.liste.avancer(8)
    g.calme()
    _ouvrir(g, page)
    photo("a-verifier-deja-vu")
    page.lien_vus.click()
    horloge = g.poste.base.horloge
    g.poste.base.horloge = HorlogeFixe(JOUR + timedelta(minutes=9))
    with g.poste.base.ecriture():
        (ouvert,) = (cas for cas in litiges.lister(g.poste.base) if not cas.traite)
        for evenement in (
            CarnetBloque(ouvert.campagne, ouvert.carnets[0], (), "litige"),
            LitigeTranche(ouvert.litige_id, "homonyme"),
        ):
            evenements.appliquer(g.poste.base, 990, evenement)
    g.poste.base.horloge = horloge
    page.actualiser()
    g.calme()
    page.liste.avancer(-8)
    g.calme()
    _ouvrir(g, page)
    photo("a-verifier-decide")


@scene("journee", rapide=True)
def reglages(g: Guichet, photo: Photo) -> None:
    page = g.bureau.montrer_lieu("reglages")
    g.calme()
    photo("reglages")
    page.confort.raccourcis.setFocus(Qt.FocusReason.TabFocusReason)
    page.confort.raccourcis.click()
    photo("reglages-confort")
    page.confort.raccourcis.click()
    page.viser("poste", "")
    g.calme()
    photo("reglages-poste")
    page.poste.ouvrir.click()
    page.poste.ouvrir.setFocus()
    photo("reglages-details")
    page.poste.chemin.radios["adresse"].click()
    page.poste.chemin.adresse.set_texte("proxy de la mairie")
    page.poste.chemin.garder()
    g.calme()
    page.poste.chemin.adresse.saisie.setFocus(Qt.FocusReason.TabFocusReason)
    photo("reglages-proxy-refuse")
    page.poste.chemin.radios["systeme"].click()
    page.viser("papiers", "")
    page.telephone.saisie.setFocus(Qt.FocusReason.TabFocusReason)
    page.telephone.set_texte("12")
    page.quitter()
    g.calme()
    photo("reglages-telephone-refuse")
    page.telephone.set_texte("03 27 00 00 00")
    page.quitter()
    g.calme()
    page.lignes_recours.setFocus(Qt.FocusReason.TabFocusReason)
    page.recours.set_texte("Région d’essai\n1 rue de l’Exemple \U0001f600\n59000 LILLE")
    page.quitter()
    g.calme()
    photo("reglages-recours-refuse")
    page.recours.set_texte("Région d’essai\nService du pass numérique\n1 rue de l’Exemple\n59000 LILLE")
    page.quitter()
    g.calme()
    photo("reglages-recours")
    with g.poste.base.acte(g.poste.agent_id) as acte:
        acte.inscrire("agent.retirer", g.poste.agent_id, {})
    page.actualiser()
    g.calme()
    photo("reglages-recours-lecture")


@scene("vide")
def imprevu(g: Guichet, photo: Photo) -> None:
    photo.dialogue("dialogue-imprevu", lambda: montrer_imprevu(g.theme, g.fenetre, "7F3A"))


def _personnes(g: Guichet, texte: str) -> PagePersonnes:
    page = g.bureau.montrer_lieu("personnes")
    assert isinstance(page, PagePersonnes) and isinstance(page.champ, QLineEdit)
    page.champ.setText(texte)
    g.calme()
    _posee(g, page)
    return page


def _posee(g: Guichet, page: PagePersonnes) -> None:
    """Until the row chosen is the person shown; nothing to wait for when nobody was found."""
    g.attendre(
        lambda: (
            not page.liste.isVisibleTo(page)
            or (page.fiche is not None and page.fiche.fiche.personne.personne_id == page.liste.cle())
        )
    )
    g.calme()


def _ouvrir(g: Guichet, page: object) -> None:
    page.ouvrir()  # type: ignore[attr-defined]
    g.calme()
