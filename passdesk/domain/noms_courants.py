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
    "adri": "adrien adrienne",
    "al": "alain albert",
    "alex": "alexandre alexandra alexis",
    "andy": "andre",
    "ange": "angelique",
    "angie": "angelique",
    "ania": "anna",
    "arno": "arnaud",
    "asia": "joanna",
    "aziz": "abdelaziz",
    "babeth": "elisabeth",
    "babette": "elisabeth",
    "basia": "barbara",
    "bat": "baptiste",
    "bea": "beatrice",
    "bebert": "albert robert",
    "ben": "benjamin benoit",
    "beppe": "giuseppe",
    "ber": "bernard",
    "bernie": "bernard",
    "beth": "elisabeth",
    "betty": "elisabeth",
    "bibi": "brigitte",
    "bob": "robert",
    "bobby": "robert",
    "bri": "brigitte",
    "caro": "caroline",
    "cat": "catherine",
    "cathy": "catherine",
    "cati": "catherine",
    "chacha": "charlotte",
    "charlie": "charles",
    "charlot": "charles",
    "chris": "christophe christian christine",
    "christou": "christophe",
    "claudie": "claudine",
    "clo": "clotilde claude",
    "cloclo": "claude",
    "cri": "christine",
    "cricri": "christine christian",
    "dan": "daniel",
    "dany": "daniel danielle",
    "dd": "andre",
    "dede": "andre",
    "didi": "didier",
    "dom": "dominique",
    "domi": "dominique",
    "doudou": "edouard",
    "ed": "edouard edmond",
    "eddy": "edouard",
    "edo": "edouard",
    "fanfan": "francois",
    "fifi": "philippe",
    "flo": "florence florent florian",
    "franco": "francesco",
    "fred": "frederic frederique",
    "gab": "gabriel gabrielle",
    "gege": "gerard",
    "gianni": "giovanni",
    "gigi": "ginette gisele",
    "gina": "georgina",
    "ginette": "genevieve",
    "gosia": "malgorzata",
    "greg": "gregory",
    "guigui": "guillaume",
    "gus": "auguste augustin gustave",
    "isa": "isabelle",
    "jacky": "jacques jacqueline",
    "jacotte": "jacqueline",
    "jeannot": "jean",
    "jeff": "geoffrey",
    "jeje": "jerome jeremy",
    "jen": "jennifer",
    "jenny": "jennifer",
    "jerem": "jeremie jeremy",
    "jeremy": "jeremie",
    "jess": "jessica",
    "jo": "joseph joel josiane",
    "joe": "joseph",
    "johnny": "jonathan",
    "jojo": "joseph",
    "jos": "joseph",
    "josie": "josephine josiane",
    "josy": "josiane",
    "ju": "julien julie",
    "juju": "julien julie",
    "jurek": "jerzy",
    "kader": "abdelkader",
    "kasia": "katarzyna",
    "kathy": "catherine",
    "kiki": "christian",
    "krzysiek": "krzysztof",
    "lau": "laurence laurent",
    "laulau": "laurence",
    "lexi": "alexia",
    "lolo": "laurent laurence",
    "loulou": "louis louise",
    "ludo": "ludovic",
    "lulu": "lucien lucienne",
    "mado": "madeleine",
    "mag": "magali margaux",
    "magda": "magdalena",
    "mamad": "mamadou",
    "manu": "emmanuel emmanuelle manuel",
    "marco": "marc",
    "margot": "marguerite",
    "mat": "mathieu",
    "math": "mathilde mathieu",
    "matt": "matthieu mathieu",
    "max": "maxime maxence",
    "md": "mohamed",
    "med": "mohamed",
    "mel": "melanie melissa",
    "meli": "melanie",
    "mich": "michel",
    "mick": "mickael michel",
    "mike": "mickael",
    "milou": "emile",
    "mimi": "michele mireille",
    "mitch": "michel",
    "momo": "mohamed",
    "nanard": "bernard",
    "nanette": "anne",
    "nanou": "anne",
    "nat": "nathalie natacha",
    "nath": "nathalie",
    "natou": "nathalie",
    "nico": "nicolas",
    "nini": "eugenie",
    "ninie": "virginie",
    "nino": "antonio",
    "nono": "arnaud",
    "norb": "norbert",
    "pam": "pamela",
    "pascalou": "pascal",
    "pat": "patrick patricia patrice",
    "paulo": "paul",
    "phil": "philippe",
    "pierrick": "pierre",
    "pierrot": "pierre",
    "pino": "giuseppe",
    "rach": "rachel rachida",
    "rahim": "abderrahim",
    "raph": "raphael",
    "reg": "regis",
    "rico": "eric",
    "riri": "henri",
    "robby": "robert",
    "rod": "rodolphe rodrigue",
    "rolly": "roland",
    "rom": "romain",
    "romu": "romuald",
    "ron": "ronan",
    "sacha": "alexandre alexandra",
    "sam": "samuel samira",
    "seb": "sebastien",
    "seba": "sebastien",
    "simo": "mohamed",
    "sof": "sofia sophie",
    "soso": "sophie",
    "stef": "stephane stephanie",
    "steph": "stephane stephanie",
    "steve": "steven",
    "syl": "sylvie sylvain",
    "sylvio": "sylvain",
    "ted": "teddy",
    "thib": "thibault thibaut",
    "thom": "thomas",
    "tibo": "thibault",
    "tim": "timothee",
    "tine": "christine martine",
    "tintin": "augustin",
    "titi": "thierry",
    "titine": "martine christine",
    "toine": "antoine",
    "toinette": "antoinette",
    "tomek": "tomasz",
    "ton": "antoine",
    "tonio": "antonio",
    "tony": "anthony antoine antonio",
    "toto": "antonio salvatore",
    "val": "valerie valentin",
    "valou": "valerie",
    "vava": "valerie",
    "vero": "veronique",
    "vic": "victor victoria",
    "vick": "victoria",
    "vince": "vincent",
    "vir": "virginie",
    "vivi": "viviane",
    "will": "william",
    "willy": "william",
    "xav": "xavier",
    "yo": "yohan yoann",
    "yoyo": "yohan",
    "zab": "isabelle",
    "zabeth": "elisabeth",
    "ze": "jose",
    "zeca": "jose",
    "zizou": "zinedine",
}
"""Short forms, folded, and the first names that they stand for."""

SANS_GENRE = frozenset({"ibrahim"})
"""First names whose form in -a is the same man's: Ibrahima."""
