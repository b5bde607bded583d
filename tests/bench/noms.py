"""Names heard at a desk of the north: surnames and first names of several origins, commonest first."""

from __future__ import annotations


def _mots(texte: str) -> tuple[str, ...]:
    """The words of a text; "_" stands for a space."""
    return tuple(dict.fromkeys(mot.replace("_", " ") for mot in texte.split()))


NOMS = _mots("""
Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia David
Bertrand Roux Vincent Fournier Morel Girard André Lefèvre Mercier Dupont Lambert Bonnet François Martinez Legrand
Garnier Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Lopez
Fontaine Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roger Roche Roy Noël
Meyer Lucas Meunier Jean Pérez Marchand Dufour Blanchard Marie Barbier Brun Dumas Brunet Schmitt Leroux Colas
Fernandez Renard Arnaud Rolland Caron Aubert Giraud Leclerc Vidal Bourgeois Renaud Lemoine Picard Gaillard Philippe
Leclercq Lacroix Fabre Dupuis Olivier Rodriguez Hubert Charpentier Guillaume Huet Carpentier Moulin Deschamps Vasseur
Maillard Delattre Delannoy Desmet Vandenberghe Vandamme Vanhoutte Debruyne Decroix Walbecq Dhaene Verhaeghe Vercruysse
Wattelet Bauduin Baudoin Crépin Carlier Cuvelier Delcourt Delcroix Delmotte Descamps Desmons Dewaele Dubrulle Ducrocq
Duhamel Dumortier Duquesne Flament Fourmeaux Gosselin Hennebelle Houzé Hennequin Lecocq Lenglet Lepoutre Leblanc
Lesage Mahieu Mabille Merlin Obled Pruvost Quenneson Ringot Sénéchal Thibaut Tison Trinel Vanderstichele Wallart
Wartelle Wiart D’Hulst D’Hont De_Smet De_Bruyne Van_Der_Meersch Van_Den_Broucke Le_Gall Le_Goff Du_Bois De_La_Croix
Kowalski Nowak Wisniewski Wojcik Kaczmarek Mazurek Szymanski Lewandowski Grabowski Pawlak Walczak Majchrzak Jankowiak
Przybylski Ratajczak Szczepaniak Wieczorek Zielinski Benali Bouazza Haddad Khelifi Mansouri Belkacem Bouchareb Cherif
Djebbar Hamidi Saïdi Ziani Ouali Aït_Ahmed Ben_Amar El_Amrani El_Idrissi Bensaïd Boukhris Meziane Yahiaoui Slimani
Belhadj Chaabane Da_Silva Ferreira Pereira Dos_Santos Rodrigues De_Oliveira Gonçalves Fernandes Carvalho Teixeira
Rossi Russo Ferrari Esposito Bianchi Romano Colombo De_Luca Di_Marco Giordano Tran Le Pham Hoang Phan Vu Dang Bui
Yilmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Özdemir Arslan Traoré Diallo Coulibaly Keita Diop Ndiaye Konaté
Camara
""")

PRENOMS = _mots("""
Marie Jean Philippe Nathalie Michel Isabelle Pierre Sylvie Alain Catherine Nicolas Martine Christophe Christine
Patrick Françoise Daniel Valérie Bernard Sandrine Stéphane Stéphanie Laurent Véronique David Céline Frédéric Chantal
Éric Patricia Julien Brigitte Sébastien Julie Thierry Monique Olivier Aurélie Pascal Nicole Alexandre Laurence Thomas
Annie Didier Émilie Christian Dominique Dominique Virginie Claude Anne Romain Corinne Anthony Élodie Bruno Jacqueline
Guillaume Christelle Jérôme Camille Maxime Caroline Kévin Léa Vincent Manon Serge Sarah Franck Laura Gérard Mélanie
Antoine Pauline Quentin Mathilde Clément Lucie Adrien Chloé Benjamin Marion Matthieu Charlotte Thibault Elisa Théo
Jade Lucas Inès Hugo Jean-Pierre Marie-Thérèse Jean-Claude Marie-Christine Jean-Luc Marie-Claude Jean-Marc Anne-Marie
Jean-Michel Marie-France Jean-François Marie-Paule Jean-Paul Anne-Sophie Marie-Laure Pierre-Yves Jean-Baptiste
Marie-Line Jean-Jacques Thérèse Joséphine Geneviève Raymonde Jeannine Ghislaine Mauricette Yvette Renée Lucienne
Gilberte Odette Huguette Marcel René Roger Lucien Raymond Fernand Émile Gaston Henri Edmond Alphonse Léon Désiré
Théophile Baptiste Rémi Cédric Katarzyna Agnieszka Krzysztof Stanislas Casimir Wanda Zbigniew Tomasz Mohamed Ahmed
Fatima Karim Nadia Rachid Samira Youssef Khadija Abdelkader Aïcha Mustapha Leïla Omar Yasmine Bilal Zohra Hassan
Malika Saïd Houria Ali Naïma Ibrahim Maria José Manuel António João Fernanda Paulo Luís Conceição Giuseppe Giovanni
Salvatore Antonio Rosa Carmela Minh Thi Van_Anh Quang Linh Mehmet Mustafa Ayşe Emine Hüseyin Fatma İbrahim Mamadou
Fatoumata Aminata Ousmane Moussa Ludivine Dorothée Mickaël Jordan Dylan Océane Amandine Jessica Jennifer Cynthia
Steven Ludovic Grégory Johann Loïc
""")

SYLLABES = _mots("""
ba be bou bra cau che clo cor dan del des dou du fa fel flo gan gue hen her jac lam lan le lou ma mel mon nor pel pou
qui ra ren ro sau sel tal ter tru val ver vil wa wil
""")

FINS = _mots("""
ard eau el ent et eux ez iau ier in oy ois on ot our ure yn ecq aert mans
""")
