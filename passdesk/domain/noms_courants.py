"""Names that are not misspellings of each other, however near they are written; and short forms that everyone uses."""

from __future__ import annotations

from passdesk.domain.phonetique import replier


def _mots(texte: str) -> frozenset[str]:
    return frozenset(replier(texte).split())


PRENOMS_COURANTS = _mots("""
Adam Adrien Agathe Alain Alban Albert Alexandra Alexandre Alexia Alexis Alice Aline Alix Amandine Ambre Amelie Amina
Anais Andre Andree Anna Anne Annie Anthony Antoine Antoinette Antonia Antonio Armand Arnaud Arthur Aurelie Aurelien
Axel Baptiste Bastien Benoit Bernadette Bernard Bertrand Brice Brigitte Bruno Camille Carine Carla Carole Caroline
Cecile Cedric Celia Celine Charles Charline Charlotte Chloe Christelle Christian Christiane Christine Christophe
Claire Clara Clarisse Claude Claudette Claudine Clement Clemence Colette Corentin Corinne Cyril Damien Daniel
Danielle David Delphine Denis Denise Diane Didier Dominique Dylan Edith Edmond Eliane Elisa Elise Elodie Eloise Elsa
Emile Emilie Emilien Emma Emmanuel Emmanuelle Enzo Eric Erica Ernest Estelle Esther Etienne Eva Evan Eve Evelyne
Fabien Fabienne Fabrice Fanny Fernand Fernanda Fernande Fernando Flora Florence Florent Florian Floriane France
Francine Francis Francois Francoise Frederic Frederique Gabin Gabriel Gabrielle Gaetan Gaston Genevieve Georges
Georgette Gerald Gerard Germain Germaine Ghislain Ghislaine Gilbert Gilberte Gilles Gisele Guy Helene Henri
Henriette Herve Hubert Hugo Ines Irene Iris Isabelle Jacqueline Jacques Jade Jean Jeanne Jeannine Jerome Joel Joelle
Johan Jonas Jonathan Jordan Joseph Josette Josiane Jules Julia Julie Julien Juliette Justin Justine Karim Karima
Karine Kevin Laetitia Lara Laura Laure Laurence Laurent Lea Leo Leon Leonie Lena Lila Lili Lina Lisa Lise Loic Lola
Lou Louane Louis Louise Louna Luc Lucas Luce Lucette Lucie Lucien Lucienne Ludovic Luka Luna Lydie Mael Maelle Malik
Malika Manon Manuel Manuela Marc Marceau Marcel Marcelle Marguerite Maria Mariam Marianne Marie Marina Marine Mario
Marion Marius Marlene Marthe Martial Martin Martine Mathias Mathilde Mathis Mathieu Maurice Mauricette Maxence
Maxime Melanie Melissa Michel Michele Milan Mila Monique Morgan Morgane Muriel Mylene Nadege Nadia Nadine Naima
Nathalie Nathan Nicolas Nicole Nina Noa Noah Noe Noel Noelle Noemie Nolan Nora Norbert Oceane Odette Odile Olivia
Olivier Oscar Pascal Pascale Patrice Patricia Patrick Paul Paula Paulette Pauline Perrine Philippe Pierre Pierrette
Quentin Rachel Rachid Rachida Raoul Raphael Raymond Raymonde Regine Regis Remi Rene Renee Richard Robert Robin
Rodolphe Roger Roland Rolande Romain Romane Rosa Rose Roxane Sabine Sabrina Said Saida Salima Sami Samia Samir
Samira Samuel Sandra Sandrine Sara Sarah Sebastien Serge Simon Simone Solene Sonia Sophie Stella Stephane Stephanie
Steven Suzanne Suzette Sylvain Sylvaine Sylvette Sylvie Tatiana Theo Thea Theodore Therese Thierry Thomas Timothee
Tom Tony Valentin Valentine Valerie Vanessa Vera Veronique Victor Victoire Victoria Vincent Violette Virginie
Viviane Xavier Yann Yannick Yasmina Yasmine Yolande Yves Yvette Yvon Yvonne Zoe Ahmed Hamed Ali Alia Amine Aminata
Fatima Fatiha Hassan Hassane Hussein Houria Khaled Khalid Leila Mohamed Mahmoud Sofia Alais Moussa Mounir Mounira
Nabil Nabila Omar Amar Rachid Reda Salim Selim Selma Salma Yacine Yassine Mehdi Mahdi Mamadou Amadou Ousmane Fatou
Fatoumata Ayse Ayla Mehmet Ahmet Emine Elif Piotr Pawel Ewa Iwona Anna Hanna Joao Joana
""")
"""Two of these that do not sound alike are two persons' first names."""

NOMS_COURANTS = _mots("""
Adam Albert Andre Antoine Arnaud Aubert Aubry Bailly Baillet Barbier Baron Barre Barthelemy Benard Benoit Berger
Bernard Bertin Bertrand Besson Blanc Blanchard Blanchet Bonneau Bonnet Boucher Bouchet Boulanger Bourgeois Bouvet
Bouvier Boyer Breton Brun Brunel Brunet Bureau Camus Carlier Caron Carpentier Carre Charles Charpentier Chauvin
Chevalier Chevallier Clement Colas Colin Collet Collin Cordier Cousin Couturier Cuvelier Daniel David Davy Delannoy
Delattre Delaunay Delcourt Delcroix Delmas Delmotte Denis Deschamps Descamps Desmet Devaux Dubois Dubost Dufour
Duhamel Dumas Dumont Dumoulin Dupont Dupre Dupuis Dupuy Durand Durant Duval Etienne Fabre Faure Fernandez Fernandes
Fleury Fontaine Fournier Francois Gaillard Garcia Garnier Gauthier Georges Gerard Germain Gilbert Gillet Girard
Giraud Gomez Gomes Gonzalez Gosselin Grand Gros Guerin Guichard Guillot Guyot Hamel Hamon Hebert Henry Hoarau Hubert
Huet Humbert Jacob Jacquet Joly Jean Joubert Julien Lacroix Lambert Langlois Laurent Leblanc Lebon Lebrun Leclerc
Lecomte Leconte Lecoq Lefebvre Lefort Leger Legrand Legros Lejeune Lemaire Lemaitre Lemoine Leroux Leroy Lesage
Leveque Levy Lopez Louis Lucas Maillard Maillot Marchal Marchand Marechal Marie Marin Martel Martin Martinez Marty
Masson Mathieu Menard Mercier Meunier Meyer Michaud Michel Monnier Moreau Morel Morin Moulin Muller Nguyen Nicolas
Noel Nowak Olivier Paris Pascal Paul Payet Pelletier Perez Perret Perrier Perrin Perrot Petit Petitjean Philippe
Picard Pierre Poirier Poulain Poulet Prevost Rault Renard Renaud Rey Reynaud Ricard Richard Richez Riviere Robert
Robin Roche Rocher Rodriguez Roger Rolland Rossi Rousseau Roussel Roux Royer Roy Salmon Sanchez Schmitt Simon
Simonet Tanguy Thomas Vasseur Verdier Vidal Vincent Voisin Weber Kowalski Kowalczyk Wisniewski Nowacki Mazur Mazurek
Benali Belali Bouaziz Bouazza Mansour Mansouri Cherif Cherki Diallo Diop Diouf Traore Toure Silva Costa Santos Sousa
Souza Yilmaz Yildiz Yildirim Kaya Kara Demir
""")
"""Two of these that do not sound alike are two families' names."""

COURTS = {
    "alex": "alexandre alexandra alexis",
    "ben": "benjamin benoit",
    "bea": "beatrice",
    "cathy": "catherine",
    "chris": "christophe christian christine",
    "dany": "daniel danielle",
    "dom": "dominique",
    "flo": "florence florent florian",
    "fred": "frederic frederique",
    "gege": "gerard",
    "greg": "gregory",
    "isa": "isabelle",
    "jacky": "jacques jacqueline",
    "jo": "joseph joel josiane",
    "kathy": "catherine",
    "lulu": "lucien lucienne",
    "ludo": "ludovic",
    "manu": "emmanuel emmanuelle manuel",
    "max": "maxime maxence",
    "mick": "mickael michel",
    "mimi": "michele mireille",
    "md": "mohamed",
    "momo": "mohamed",
    "nath": "nathalie",
    "nico": "nicolas",
    "pat": "patrick patricia patrice",
    "phil": "philippe",
    "seb": "sebastien",
    "steph": "stephane stephanie",
    "syl": "sylvie sylvain",
    "thom": "thomas",
    "tony": "anthony antoine antonio",
    "val": "valerie valentin",
    "vero": "veronique",
    "vivi": "viviane",
    "zabeth": "elisabeth",
}
"""Short forms, folded, and the first names that they stand for."""

SANS_GENRE = frozenset({"ibrahim"})
"""First names whose form in -a is the same man's: Ibrahima."""
