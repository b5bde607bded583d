"""Made-up carnets, signed with a fixed test key, and two ways to look at a page: its drawing list and its ink."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import pypdfium2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from passdesk.domain.dessin import MM_PAR_POINT, Ancre, Cadre, Cellules, Chemin, Element, Matrice, Texte
from passdesk.printing.carnet_imprime import CarnetImprime, LieuImprime, PassImprime
from passdesk.printing.fontes import Metriques
from passdesk.protocol.certificat import Certificat, signer_poste, signer_publication
from passdesk.protocol.pass_token import signer_pass
from passdesk.protocol.serie import cle97, code_controle, serie, serie_carnet

RACINE, PUBLICATION, POSTE = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
DERNIER_JOUR = date(2027, 12, 31)


LIEUX = (
    LieuImprime(
        "Atelier numérique du Moulin", "12 rue de l'Exemple", "59000 Villetémoin", "0353010001",
        (("lundi, mercredi, vendredi", "9 h à 12 h"),), "4 km",
    ),
    LieuImprime(
        "Médiathèque Les Trois Modèles", "3 place du Marché-Fictif", "59000 Saint-Essai", "0353010002",
        (("mardi, jeudi", "14 h à 18 h"),), "9 km",
    ),
    LieuImprime(
        "Maison des habitants", "25 rue des Tilleuls-Témoins", "59000 Bourg-Modèle", "0353010003",
        (("du lundi au vendredi", "9 h à 12 h, 14 h à 17 h"),), "13 km",
    ),
)  # fmt: skip
LIEUX_LONGS = (
    LieuImprime(
        "Espace intercommunal de médiation et d’inclusion numérique Jean-Baptiste Exemple-Modèle de Villetémoin",
        "217 ter rue du Commandant-Fictif-de-l’Exemple", "59000 Saint-Quentin-la-Motte-Témoin", "0353010001",
        (("lundi, mercredi, vendredi", "9 h à 12 h"),), "18 km",
    ),
    LieuImprime(
        "Maison France services itinérante du Pays-Modèle", "place de l’Église", "59000 Villetémoin", "0353010002",
        (("mardi, jeudi", "14 h à 18 h"),), "22 km",
    ),
    LieuImprime(
        "Maison des habitants", "25 rue des Tilleuls-Témoins", "59000 Bourg-Modèle", "+33353010003",
        (("du lundi au jeudi", "9 h à 12 h 30, 14 h à 17 h 30"), ("vendredi", "9 h à 12 h")), "1 113 km",
    ),
)  # fmt: skip
"""Those of ui/paper: three plain places, and three that do not fit without the rules of its §8."""


def certificat_texte(kid: int = 7) -> str:
    publication = signer_publication(RACINE, PUBLICATION.public_key().public_bytes_raw(), DERNIER_JOUR)
    poste = signer_poste(
        PUBLICATION,
        kid=kid,
        cle=POSTE.public_key().public_bytes_raw(),
        premier_jour=date(2026, 1, 1),
        dernier_jour=DERNIER_JOUR,
    )
    return Certificat(publication, poste).texte


def carnet(taille: int = 10, campagne: int = 12, numero: int = 1234, **autres: object) -> CarnetImprime:
    passes = []
    for rang in range(1, taille + 1):
        token = signer_pass(
            POSTE, campagne=campagne, kid=7, carnet=numero, taille=taille, rang=rang, dernier_jour=DERNIER_JOUR
        )
        passes.append(
            PassImprime(
                rang,
                serie(campagne, numero, rang),
                cle97(campagne, numero, rang),
                code_controle(token.signature),
                token.texte,
            )
        )
    modele = CarnetImprime(
        campagne_numero=campagne,
        serie_carnet=serie_carnet(campagne, numero),
        taille=taille,
        dernier_jour=DERNIER_JOUR,
        passes=tuple(passes),
        certificat_texte=certificat_texte(),
        exemple=campagne == 127,
        telephone_aide="0300000000",
        horaires_aide=("du lundi au vendredi,", "de 9 h à 17 h"),
    )
    return replace(modele, **autres)


def textes_du_pdf(pdf: bytes) -> list[str]:
    """The text a viewer would copy out of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def images_du_pdf(pdf: bytes, dpi: int) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]


def png(image: Image.Image) -> bytes:
    sortie = io.BytesIO()
    image.save(sortie, "PNG", compress_level=1)
    return sortie.getvalue()


@dataclass(frozen=True)
class Boite:
    """A rectangle in mm; `nom` for the message of a test."""

    x1: float
    y1: float
    x2: float
    y2: float
    nom: str = ""

    def touche(self, autre: Boite, jeu: float = 0.0) -> bool:
        """True when the two are closer than `jeu` mm in both directions."""
        return (
            self.x1 < autre.x2 + jeu
            and autre.x1 < self.x2 + jeu
            and self.y1 < autre.y2 + jeu
            and autre.y1 < self.y2 + jeu
        )


def boite(element: Element) -> Boite:
    """Where an element puts ink (text: from the top of its capitals to the foot of its tails)."""
    if isinstance(element, Matrice):
        return Boite(element.x, element.y, element.x + element.cote, element.y + element.cote, "QR")
    if isinstance(element, Cellules):
        em = element.corps * MM_PAR_POINT
        return Boite(element.x, element.y - 0.69 * em, element.x + element.largeur, element.y + 0.02 * em, "nombre")
    if isinstance(element, Texte):
        em = element.corps * MM_PAR_POINT
        largeur = Metriques().largeur(element.texte, element.corps, element.gras, element.interlettre)
        x = element.x - {Ancre.GAUCHE: 0.0, Ancre.CENTRE: 0.5, Ancre.DROITE: 1.0}[element.ancre] * largeur
        chute = 0.21 * em if set(element.texte) & set("gjpqyç,()") else 0.02 * em
        return Boite(x, element.y - 0.72 * em, x + largeur, element.y + chute, element.texte)
    demi = (element.epaisseur or 0.0) * MM_PAR_POINT / 2
    if isinstance(element, Cadre):
        droite, bas = element.x + element.largeur, element.y + element.hauteur
        return Boite(element.x - demi, element.y - demi, droite + demi, bas + demi, "cadre")
    if isinstance(element, Chemin):
        points = [valeur for _, valeurs in element.segments for valeur in valeurs]
        xs, ys = points[::2], points[1::2]
        return Boite(min(xs) - demi, min(ys) - demi, max(xs) + demi, max(ys) + demi, "pictogramme")
    xs, ys = sorted((element.x1, element.x2)), sorted((element.y1, element.y2))
    return Boite(xs[0] - demi, ys[0] - demi, xs[1] + demi, ys[1] + demi, "trait")


def textes(elements: Iterable[Element]) -> list[Texte | Cellules]:
    return [element for element in elements if isinstance(element, Texte | Cellules)]
