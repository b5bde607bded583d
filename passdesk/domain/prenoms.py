"""First names: those that many bear, the forms that one takes from a language to the next, and short forms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from passdesk.domain.phonetique import replier, son


def _lignes(texte: str) -> list[list[str]]:
    """The folded words of each group of "Khaled Khalid, Driss Idriss"."""
    return [replier(groupe).split() for groupe in texte.split(",")]


_AUTRES = """
abdel abdelhak abdelmalek abdou abel abou achille achraf adam adama adamo adao adelaide adele adelina adeline adem
adja adnane adrian adriana adrianna adrien adrienne afaf agata agathe ahlam aida aime aimee akram alae alain alais
alana alban albane aldo aleks alex alexandria alexandrie alexane alexy ali alia alicia alida aline aliou alioune alix
alizee allan alpha alvaro aly alya alyssa amadeo amalia amandine amani amara amath amaury ambre ambroise amel amelia
amelie amelle amir anaelle anas andrea andree andreia angelica angelina angelique anh anibal anis aniss anissa anita
annamaria annetta annie anouk antar anthony antoinette antonia antonin antonina apolline ariana ariane arlette armande
armelle arminda arnaud artem asli asma asmaa assa assuncao assya astou astrid athenais aubin audrey augustine aurelie
aurelien aurelienne aurora aurore avelino awa axel axelle aya aydin ayla aylin ayman aymen aymeric ayoub aysel aziz
aziza baba babacar babette bachira badia badis baghdad bahia baptiste baris barnabe basile basma bastien bastienne
baudouin beata benaouda benedicte berangere berat berengere berkay bernadette berthe bertrand bettina betty bianka
binh blaise blandine blanka bocar boguslaw boris boubou bouchra boumediene bozena brian brice brieuc bronislaw bruna
bruno bryan bulent burak caetano calin calvin camelia can candice capucine carine carla carmela carmelle carmelo
carmen casimir cassandra cassandre catalin cedric celeste celestin celestina celia celina celine chadia chaker chantal
chaouki charlene charlie charline charlotte chau chiraz chloe christiane cindy clara clarisse claudette claudie
claudine clemence cleo cloe clotilde clovis codou colette colin coline colombe conceicao concetta constance constant
coralie cordelia corentin corina corine corinne coriolano cornel cosmin crina cuong cynthia cyrielle czeslaw czeslawa
dado dalia damienne daniela daniele danielle danny dante danuta dany daphne dario dariusz debora deborah delphine
demba denise deniz derya desire desiree diana diane diango diarra didier diego dieynaba dilek dina diogo doha dolores
dominika donato donia donovan dora dorian doriane dorine dounia dragos duarte duc dung dylan ebru eddy edgar edith
edmonde eduarda eglantine ekrem elia elian eliana eliane elie elif elio eliot eliott elisa elise elodie eloi eloise
elouan elsa elvira elvire elyne emel emeline emeric emerick emilien emilienne emma emmy emna emre emy enes ennio enora
enzio enzo ercan ercilia erdal eren erica erika erkan ernestine erwan erwann esma esra esther ethan eulalie euphrasie
eva evaelle evan evann evelyne ewen eyup fabia fabienne fabio fabiola fabrice fadime fahim fanny fanta farah fares
faustine federigo felicie felicien felicja feriel fernanda fernande filipa filippa filiz fiona fiorenzo firdaws firmin
flavie flavien flavio fleur flora flore florence florent florentin florentine floriane florie fode fodil fouzi fouzia
france francine francis franck franco freddy furkan gabin gabriel gael gaelle gaetan gaetane garance gaston gauthier
gautier gemma gennaro geoffrey geoffroy gerald geraldine germain germaine gervaise ghislain giang gianni gilbert
gilberte ginette gino gisele gladys gloria goncalo graca graziella grazyna gregory guilhem guillemette gul gulay
gulsen gwenael gwenaelle gwendoline habib hacene hachemi hadj hadjer hadrien hafsa hai hajar hakan hakima halim halime
halina hamed hamid hamida hamza hana hang hanh hani hania hanna haroun harry hassiba hatem havva hawa hector hedi
helder heloise henriette hermine herve hien hippolyte hoa hoang hong honorine horacio hortense hugo hugues huguette
hulya hung huong huy ibou idir ilan ilaria ilda ileana ilhame ilhan ilona imad immacolata inaya ines ingrid insaf
intissar ionut irinel iris isaac isaure ismaelle iwona jaafar jaber jacinthe jacky jacqueline jade jane janie janine
janusz jason jeannette jeannine jenna jennifer jeremy jessica jessy jihad jihane jimmy jocelyn jocelyne joe joel
johanna johanne johnny jolanta jonas jonathan jordan jordane joris josephe josette joshua josiane joyce judith julia
juliane julianna julienne june kader kadi kadir kahina kalidou kamelia kamilia kande karelle karina karine karla
kawtar kazimierz kelly kenan kenny kenza kenzo kerem kevin khadim khadir khadra khanh kilian kim kimberley kinga
kornel kornelia kyara kyle kylie kyllian laly lambert lamia lamria lan lana lansana lara larysa laura laure laureline
laurence laurette laurine lea leah leana leandre leane lech lena leo leokadia leonce leonie leonore leslie leszek
lexie liam lidia lien lila lilas lili lilia lilian liliane lilly lilou lily lina linda line linh lino lionel lisa
lisbeth lise lisette livia liviu liwia loan loane lohan loic lois lola long loredana lorena lorene lorette loris lorna
lou louan louane louison louka louna lourdes luana luc luce lucette lucile lucille lucy ludivine ludovic luka luna
lyanna lydia lydie lylia lylou lyna lynda maamar madani mady mael maelis maelle maelyne maelys maeva magda magdeleine
maggie mai maia maina maiwenn makan malak malang malo malory malvina maman mame manoel manon marceau marcelin
marceline marcio margaret marian mariano marieme marilou marin marina marine mario marion marjolaine marjorie marlene
marlon maroua martial marvin marwa maryse maryvonne marzena matheo mathilda mathurin matis matthis maud maude maurane
mauricette mauro max maxence maximilienne maxine mayline melek melina melinda meline melissa melissandre mellie
melodie melody melvin melvyn meredith merve metin mia micael michaelle michelle mieczyslaw mihad mila milan mina minh
mircea mireille miroslaw modeste modibo mona morgan morgane moriba mouna mounira muguette my mya mylene myriem
myrtille nabiha nadege nadia nadine nadira nael naelle naiara naila nais najim nam naomi nassima natacha natan natasha
nathael nathalia nathan nathanael nathanaelle nazim nazli ndeye necati neela nelly nelson nelya nene nestor nga ngoc
ngone nhung nicky nikita nina nino ninon niouma nizar noa noah noam noan noe noelia noelie noelle noha nolan nolwenn
norah norbert norman nouha nour nouria nuno nuray nurten oana oceane octavian octavie odette odile odilon okan oksana
olivia omayma ombeline ondine ophelie orhan oriane orlane orphee oswald otavio ouanes ouiza oumaima oumou ounissa
ourida ovidiu owen ozgur ozlem paloma pamela pape paquita pascale pascaline paulette penda perle perrette perrine
petronille philiberte philippine phuong pierrette pierrick pierrot priscilla prosper prosperine prune przemyslaw quang
quentin quoc quyen rabia rabie radia radu rafaelle rahel rahim raluca ramata ramzi rania raoul raphaelle raul raymonde
razvan rebecca recep regis reine reinette remi renaude renzo rick ridvan rim rima rita roberta roberte robin rochdi
rokhaya rolande romane romeo romy ronan rosa rosaline rosario roseline roselyne rosette rosie rosine roxana roxane
roxanne ruben rudy rui rym ryma saad sabah sabri sabrina sabrine sacha safa safaa safouane sahra salif sally salma
salome salvador salvatore samantha samba sami samson samuel samuelle samy sana sandie sandra sandrine sandro sandy
sanou santiago santo sara sarah sasha saskia savannah sean sebastienne selcuk selin selma semra serdar serigne serine
serkan sevda severin severine sevgi sevim seyit shaina shana shirley sibel sibylle sidi sidney sidonie siegfried
sienna silvana silvio silviu simona simone simonne sira sixtine slawomir soane soizic solange solene solenn solenne
soline son sonia sorin souhir soukaina stacy stan stanislawa steeve stella stephen steve steven sultan susan susanne
susie suzette suzie suzon suzy swann sybille sylvaine sylvette sylviane sylvine syrine taha tam tamara tanguy tania
taras tassadit teddy terry tessa thais thalia thanh thao thea thelma theo theodora theophile theotime thi thibaud
thibault thibaut thierry thu thuy tiana tien tiffany timeo timothe titouan tom tonia tony toussaint trang trinh
tristan trung tuan tudor tugba turgut tuyet tyler tylia ufuk ugo ugur ulrich ulysse umberto umit urbain urbaine ursula
ursule urszula valere valeriane valery van vanessa vanina vasco veli vera vianney victorine viet vinh violette viorel
vivien vivienne vlad wael wahib waldemar walter wanda wendy widad wided wieslaw wieslawa wilfrid wilfried william
willy wladyslawa xaviere xuan yael yamine yana yann yannick yasser yassin yavuz yazid yen yilmaz yoan yohann yolande
yoni youna youri yousra youssoupha ysaline yseult yvain yvette yvon yvonne yvonnick zaher zahir zaina zakia zara
zbigniew zdzislaw zeki zelie zeliha zina zita zoulikha zulmira zygmunt
"""

_FORMES = """
Abbas Abbes, Abdallah Abdellah Abdoulaye Abdullah Abdulla Abdalla, Abdelaziz Abdulaziz Abdoulaziz, Abdelhamid
Abdulhamid Abdoulhamid, Abdelkader Abdulkadir Abdoulkader Abdelqader Abdelkadir, Abdelkarim Abdelkrim Abdulkerim
Abdoulkarim, Abdellatif Abdelatif Abdullatif, Abdelmajid Abdelmadjid Abdulmecid, Abderrahim Abdelrahim Abdurrahim,
Abderrahmane Abdelrahmane Abdurrahman Abdourahmane Abdrahmane Abdramane, Abderrazak Abdelrazak Abdourazak, Aboubakar
Aboubacar Abubakar Aboubakr Boubacar Boubakar Boubaker Ebubekir, Adel Adil, Ahmed Ahmad Ahmet Ahmadou Amadou, Aicha
Aisha Aycha Ayse Ayesha Aissatou Aissata Aichatou, Hakim Akim, Amar Ammar, Amina Emine, Amine Amin Emin Lamine, Amira
Emira, Anouar Anwar Enver, Arezki Arezqi, Assia Asya, Bachir Bashir Bechir, Badr Bader Badre, Bakary Bakari, Belkacem
Belgacem Belqacem, Bilal Bilel Belal, Boualem Bualem, Boujemaa Boudjema Boudjemaa, Brahim Ibrahim Ibrahima Abraham,
Chafik Shafiq Chafiq Shafik, Chahinez Chahinaz Shahinaz Shahinez, Chahrazad Shahrazad Sheherazade, Chakib Shakib,
Chaima Shaima Shaymaa Chaymae Seyma, Cheikh Cheick Sheikh, Cherif Sherif Sharif Serif, Cherifa Sharifa, Chokri Choukri
Shukri Sukru, Dalila Delila, Daoud Dawud Daouda Davud, Djamal Djamel Jamal Jamel Cemal Gamal, Djamila Jamila Cemile
Gamila, Djibril Jibril Gibril Cebrail, Djilali Jilali Djillali, Driss Idriss Idris Idrissa, Fadila Fadhila Fadela,
Faical Faisal Faycal Faysal Faissal, Farid Ferid Ferit, Farida Feride, Farouk Faruk, Fatih Fateh Fethi Fathi, Fatima
Fatma Fatna Fatimah Fadma Fatimetou Fatoumata Fatimata Fatumata Fatimatou Fatou, Fatiha Fathia Fethiye, Fayza Faiza,
Ferhat Farhat, Fouad Fuad Fuat, Ghania Ghaniya, Ghislane Ghizlane Rhizlane, Habiba Habibatou, Hafid Hafidh Hafiz,
Hafida Hafidha Hafiza, Halima Halimatou Alima Alimatou, Hanane Hanan Hanen, Hanifa Anifa Hanife, Hasna Hassna Hasnaa,
Hassan Hassen Hasan Hassane Assane Lahcen Lahcene Lahsen Lahssen, Hayat Hayet, Hind Hend, Hicham Hichem Hisham, Hocine
Hussein Houcine Hossein Hussain Huseyin Ousseynou Lhoucine, Houari Hawari, Houda Hoda Huda, Houria Horia Hourya, Ikram
Ikrame, Ilham Ilhem Elham, Lyes Ilyes Ilyas Ilias Elias Elyes, Imane Iman Imene Imen, Ismail Smail Ismael Ismaila
Smaine, Issa Aissa Isa, Issam Essam, Jalal Djalal Jalel Djelal Celal, Jalila Djalila, Jawad Jaouad Djaouad Djawad
Cevat, Kaltoum Kelthoum Keltoum, Kamal Kamel Kemal Kamil, Karim Kerim Abdelkrim, Karima Kerima, Khaira Kheira Kaira,
Khadija Khedidja Khadidja Kadidja Hadidja Hatice Kadiatou Kadidiatou Khady Khadidjatou, Khaled Khalid Halit, Khalifa
Khelifa, Khalil Khelil Halil, Lakhdar Lekhdar, Larbi Elarbi Arbi, Latifa Letifa, Leila Layla Leyla, Loubna Lubna,
Lotfi Loutfi Lutfi, Mabrouk Mebrouk, Mabrouka Mebarka Mbarka Mebrouka Embarka, Madjid Majid Mecit, Mahmoud Mahmud
Mahmut, Maimouna Mimouna Maymouna, Malek Malik Melik, Malika Melika, Mamadou Mamadu Mahamadou Mouhamadou, Mansour
Mansur, Marouane Marwan Merouane Merwan, Maryam Mariam Meriem Myriam Meryem Miriam Mariama Meriam Mariame, Mehdi
Mahdi, Messaoud Massoud Mesut, Messaouda Massouda, Miloud Mouloud Mevlut, Mimoun Maimoun, Mohamed Mohammed Mohammad
Muhammad Mohamad Mouhamed Mehmed Mehmet Muhammed Mohand Mhamed Mahamat Mouhamadou Mahamadou Mamadou, Mokhtar Moktar
Mukhtar Muhtar Moctar, Monia Mounia, Mounir Munir Monir, Mourad Murad Murat Morad, Moussa Musa Moise, Mustapha Mustafa
Moustapha Mostafa Moustafa Mostefa, Nabil Nebil, Nabila Nebila, Nacer Nasser Naceur Nasir, Nacera Nassera Nassira,
Nadjet Najat Nadjat Najet, Nadjia Najia, Nadir Nadhir Nazir, Naima Nahima, Najib Nadjib Nejib, Najoua Najwa Nadjoua,
Nassim Nacim Nessim, Nawal Naoual Nawel Naouel, Nesrine Nasrine Nisrine, Nora Noura Nura, Nordine Noureddine Nourdine
Nurettin Noreddine, Oualid Walid Waleed Velid, Ouarda Warda Ouardia, Omar Oumar Umar Oumarou Omer, Oussama Osama Usama
Oussema, Ousmane Osman Othmane Othman Usman, Rabah Rabeh Rebah, Rachid Rashid Reshid Resit, Rachida Rashida, Rafik
Rafiq Refik, Rahma Rahmatou, Ramdane Ramadan Ramazan, Rayan Rayane Ryan Rayen, Redouane Redwan Ridouane Radouane
Ridwan, Reda Rida Redha Ridha Riza, Riad Ryad Riyad, Rokia Rokaya Roukia Rukiye Rokiatou, Saadia Sadia, Sadek Sadiq
Saddek Sadik, Safia Safiya Safiye Safiatou, Said Sayid Saeed Sait, Saida Sayida Saeeda, Salah Saleh Salih, Salem Salim
Selim, Saliha Saleha, Salima Selima Salimata, Samia Samiya, Samir Sameer Semir, Samira Sameera Semira, Sanae Sanaa,
Seydou Saidou Seidou, Siham Sihem Sihame, Slimane Souleymane Suleyman Soulaymane Soliman Sulaiman Salomon, Sofiane
Soufiane Sufyan Sofian, Souad Suad, Souhila Suhila Souheila Suheyla, Soumia Soumaya Sumaya Soumeya Sumeyye, Tahar
Taher Tahir, Taoufik Toufik Tawfik Tewfik Tevfik, Tarek Tarik Tariq, Tayeb Taieb Tayyip, Wafa Ouafa Ouafae Vefa, Wahid
Ouahid, Wahiba Ouahiba, Wassila Ouassila Vesile, Wassim Ouassim Wacim, Yacine Yassine Yasin, Yacoub Yakoub Yakub Yakup
Yacouba, Yahia Yahya Yaya, Yamina Yemina Yamna, Yanis Yannis, Yasmina Yasmine Jasmine Yasmin Yasemin, Younes Younis
Yunus Younous Youness, Youssef Youcef Yousef Yusuf Youssouf Joussef Youssoufa, Zahia Zahiya, Zahra Zohra Zehra Zahara,
Zakaria Zakariya Zakarya Zacharie Zekeriya, Zeineb Zineb Zaineb Zaynab Zeynep Zeinab Zainab Zeinabou Djeneba Djenaba,
Zinedine Zineddine, Zohir Zoheir Zouhir Zuhair Zouhair, Zoubida Zubaida Zoubeida Zubeyde, Zoubir Zubair Zubeyir,
Bintou Binta Bineta, Moctar Mokhtar, Lassana Alassane Lassane Alhassane, Sekou Cheikou, Tidiane Tijani Tidjane
Tidjani, Coumba Kumba, Djem Cem, Djeylan Ceylan, Djevdet Cevdet Xhevdet, Alexandre Alexander Aleksandr Oleksandr
Alessandro Aleksander Alexandru Alejandro, Alexandra Aleksandra Oleksandra Alessandra Alejandra, Alexis Alexei Oleksii
Aleksei Oleksiy Alessio, Alexia Alessia, Agnes Agnieszka Agnese, Albert Alberto, Alfred Alfredo, Alphonse Alfonso
Afonso, Alice Alicja, Anastasie Anastasia Anastasiia Anastazja, Anne Anna Ana Ania, Andre Andrei Andrzej Andrii Andriy
Andres Andrej, Angele Angela Aniela, Ange Angelo, Antoine Antonio Anton Antoni Antony, Armand Armando, Arthur Artur
Arturo, Auguste Augusto, Augustin Agostino Agostinho, Barbara Varvara, Beatrice Beatriz, Benoit Benedetto Bento
Benedykt, Benjamin Beniamino, Bernard Bernardo Bernhard, Barthelemy Bartlomiej Bartolomeo Bartosz, Blanche Blanca
Bianca Branca, Brigitte Brigida Brygida, Camille Kamila Camilla Camila, Charles Carlo Carlos Karl Karol Karel,
Caroline Carolina Karolina, Catherine Katarzyna Caterina Catarina Katarina Kateryna Ekaterina Katerina Ecaterina,
Cecile Cecilia Cecylia, Cesar Cesare Cezar Cezary, Christian Cristian Krystian Cristiano, Christine Cristina Krystyna
Kristina Christina, Christophe Krzysztof Cristoforo Cristobal Christopher Cristovao Christoph, Claire Chiara, Claude
Claudio Klaudiusz, Claudia Klaudia, Clement Clemente Klemens, Constantin Konstantin Costantino Kostiantyn, Cyril
Kyrylo Kirill Cirillo, Damien Damian Damiano, Daniel Danilo Danylo, David Davide Dawid, Denis Dionisio Dinis Denys,
Dimitri Dmitri Dmytro Dimitrios Dumitru, Dominique Domenico Domingos Dominik, Dorothee Dorota Dorotea, Edouard Eduardo
Edward Edoardo, Edmond Edmundo Edmund, Helene Elena Helena Olena Yelena Elene, Eleonore Eleonora, Elisabeth Elzbieta
Elisabetta Elizabeth Yelyzaveta Elizaveta, Emile Emilio Emil, Emilie Emilia Emily, Emmanuel Emanuel Manuel, Emmanuelle
Emanuela Manuela, Eric Erik Erico, Ernest Ernesto, Etienne Stefan Stepan Esteban Stefano Estevao Szczepan, Stephane
Stefan Stefano Stephan, Stephanie Stefania Stefanie, Eugene Eugenio Eugeniusz Yevhen Evgueni Evgeny, Eugenie Eugenia
Evgenia Yevheniia, Eve Ewa, Fabien Fabian Fabiano, Felix Felice Feliks, Ferdinand Ferdinando, Fernand Fernando
Hernando, Florian Floriano Florin, Francois Francesco Francisco Franciszek Franz Frantisek, Francoise Francesca
Francisca Franciszka, Frederic Federico Fryderyk Frederico Frederik, Frederique Federica, Gabrielle Gabriela
Gabriella, Gaspard Gaspar Kacper Kasper Gaspare, Genevieve Genoveva Genowefa, Georges Jorge Giorgio Jerzy George
Gheorghe Yuri Giorgi Guiorgui Georgi Yurii Iouri, Georgette Georgeta, Gerard Gerardo Gerhard, Gilles Egidio, Gregoire
Gregorio Grzegorz Hryhorii Grigori Grigore, Guillaume Guglielmo Guilherme Guillermo Wilhelm Willem, Gustave Gustavo
Gustaw, Guy Guido, Hedwige Jadwiga Edwige, Henri Enrico Henryk Enrique Henrique Hendrik, Herman Armando, Honore
Onorato, Hubert Huberto, Ignace Ignacio Ignazio Ignacy, Irene Irena Irina Iryna, Isabelle Izabela Isabela, Isidore
Isidoro, Ivan Iwan Yvan, Jacques Giacomo Jakub Jaime Tiago Yakiv Jakob, Jean Jan Giovanni Joao John Juan Ioan Ion
Hovhannes Ivan, Jeanne Giovanna Joanna Joana Ioana Juana Janina, Jerome Girolamo Hieronim Jeronimo, Jeremie Geremia
Jeremias, Joachim Joaquim Joaquin Gioacchino, Joseph Giuseppe Jose Jozef Josef Youssef Iosif Yosyp, Josephine
Giuseppina Josefina Jozefina Jozefa Josefa, Jules Giulio Julio Juliusz, Julie Giulia Yuliia Yulia Ioulia Iulia, Julien
Giuliano Julian Iulian Yulian, Juliette Giulietta Julieta, Juliana Iuliana Giuliana, Justin Giustino Justino, Justine
Justyna Giustina Justina, Ladislas Wladyslaw Vladislav Vladyslav Ladislav, Laurent Lorenzo Lourenco Wawrzyniec
Laurentiu, Lazare Lazzaro Lazaro, Leon Lev, Leonard Leonardo, Leopold Leopoldo, Louis Luigi Luis Ludwik Luiz Lodewijk,
Louise Luisa Luiza Luigia Ludwika, Lucas Lukasz Luca Lukas, Lucie Lucia Lucja Luzia, Lucien Luciano Lucjan Lucian,
Lucienne Luciana, Madeleine Maddalena Magdalena Madalena, Marc Marco Marek Marcos Mark Marko, Marcel Marcello Marcelo
Marceli, Marcelle Marcella Marcela, Marguerite Malgorzata Margherita Margarida Margarita Marharyta, Marianne Marianna
Mariana, Marie Maria Mariia Mariya, Marius Mariusz, Marthe Marta Martha, Martin Martino Marcin Martinho, Martine
Martyna, Mathieu Matteo Mateusz Matthieu Mateo Mateus Matvii, Mathilde Matilde Matylda, Mathias Maciej Matias
Matthias, Maurice Maurizio Mauricio Maurycy, Maxime Massimo Maksym Maxim Maksim, Maximilien Massimiliano Maksymilian,
Melanie Melania, Michel Michal Miguel Mihai Mikhail Mykhailo Mihail, Mickael Michael Mikael, Michele Michalina
Mihaela, Monique Monica Monika, Nathalie Natalia Nataliia Natalya, Nicolas Nicola Mykola Mikolaj Nikolai Nicolae
Nikolay, Nicole Nicoletta Nicoleta, Noel Natale, Octave Ottavio Octavio, Olga Olha, Olivier Oliviero Oliwier Oliver,
Oscar Oskar, Pascal Pasquale Pascual, Patrice Patrizio Patricio, Patrick Patryk, Patricia Patrizia Patrycja, Paul
Paolo Paulo Pablo Pawel Pavlo Pavel, Pauline Paulina Paolina, Paule Paula Paola, Philippe Filippo Filip Felipe Filipe
Philip Pylyp, Philomene Filomena, Pierre Pietro Pedro Piotr Petro Petr Peter Petru, Rachel Raquel Rachele, Raymond
Raimondo Raimundo Ramon, Raphael Raffaele Rafael Rafal, Regine Regina, Renaud Rinaldo, Rene Renato, Renee Renata,
Richard Riccardo Ricardo Ryszard, Robert Roberto, Roch Rocco, Rodolphe Rodolfo Rudolf, Rodrigue Rodrigo, Roger Ruggero
Rogerio, Roland Rolando Orlando, Romain Romano Roman, Rosalie Rosalia Rozalia, Rose Roza, Sabine Sabina, Sebastien
Sebastiano Sebastian Sebastiao, Serge Sergio Sergei Serhii Serguei Serhiy Sergiu, Simon Szymon Simao Symon, Sophie
Sofia Zofia Sofiia, Stanislas Stanislaw Stanislav, Suzanne Susanna Zuzanna Susana Suzana, Sylvain Silvano, Sylvestre
Silvestre Sylwester, Sylvie Silvia Sylwia Sylvia, Tatiana Tetiana Tetyana Tatyana, Therese Teresa Theresa Tereza,
Thaddee Tadeusz, Theodore Teodoro Fedor Fedir Teodor, Thomas Tommaso Tomasz Tomas Toma, Timothee Timoteo Tymoteusz
Tymofii, Valentin Valentino Walenty Valentyn, Valentine Valentina Valentyna, Valerie Valeria Valeriia Waleria,
Veronique Veronica Weronika Veronika, Victor Vittorio Viktor Wiktor Vitor, Victoire Vittoria Wiktoria Victoria
Viktoriia Vitoria, Vincent Vincenzo Vicente Wincenty, Virginie Virginia, Viviane Viviana, Vladimir Volodymyr
Wlodzimierz, Xavier Javier Saverio Ksawery, Yaroslav Jaroslaw Iaroslav, Yves Ivo Iwo, Zoe Zoia, Isabelle Isabel,
Christel Christelle Cristelle, Magali Magalie, Cyril Cyrille, Muriel Murielle, Carol Carole Carolle, Estelle Estel,
Rachel Rachelle, Noemi Noemie, Laetitia Leticia Letizia, Aminata Aminatou, Mickael Michael Mikael, Stephany Stephanie,
Yoann Yohan Johan Joan Johann, Yvan Ivan, Joelle Joele, Marylin Maryline Marilyne, Anais Annais, Ghislaine Guislaine,
Mathys Mathis Matisse, Killian Kylian, Kheira Khira, Soraya Thoraya Souraya, Hyacinthe Jacek, Adalbert Wojciech,
Margaux Margot Margaud, Kacem Kassim Qassim Kasim Qacem, Bogdan Bohdan, Svetlana Svitlana, Galina Halyna, Oleg Oleh,
Igor Ihor, Eugenia Evguenia, Vassili Vasyl Vasile Vasili, Ludmila Liudmyla Lioudmila, Xenia Ksenia Kseniia, Grigor
Krikor, Ousseynou Ousseini Ousseni, Mamoudou Mahmoudou, Daria Dariia
"""

_GROUPES = _lignes(_FORMES)
_PAR_FORME: dict[str, frozenset[int]] = {}
for _rang, _groupe in enumerate(_GROUPES):
    for _forme in _groupe:
        _PAR_FORME[_forme] = _PAR_FORME.get(_forme, frozenset()) | {_rang}


@cache
def _par_son() -> Mapping[str, frozenset[int]]:
    """The same by sound. Made when two names are first compared: it would be half of what a command takes to start."""
    rangs: dict[str, frozenset[int]] = {}
    for forme, siens in _PAR_FORME.items():
        rangs[son(forme)] = rangs.get(son(forme), frozenset()) | siens
    return rangs


CONNUS = frozenset(_AUTRES.split()) | frozenset(_PAR_FORME)
"""Two of these that do not sound alike are two persons' first names, unless they are forms of one; folded."""


def formes_d_un_prenom(un: str, autre: str) -> bool:
    """True for two forms of one first name: written otherwise in French letters (Khaled, Khalid), or put into French
    (João, Jean).
    """
    return bool(_PAR_FORME.get(un, frozenset()) & _PAR_FORME.get(autre, frozenset()))


def formes_entendues(un: str, autre: str) -> bool:
    """The same of words written as one hears them (Billal, Bilel); a short sound tells nothing."""
    un, autre = son(un), son(autre)
    rangs = _par_son()
    return min(len(un), len(autre)) > 3 and bool(rangs.get(un, frozenset()) & rangs.get(autre, frozenset()))


COURTS = {
    court: frozenset(longs)
    for court, *longs in _lignes("""
abder abderrahmane abderrahim, adele adelaide, adri adrien adrienne, agi agnieszka, al alain albert, ala alicja, alex
alexandre alexandra alexis, andrzejek andrzej, andy andre, ange angelique, angel angelique, angie angelique, ania
anna, annie anne anna, anso annesophie, antek antoni, arno arnaud, asia joanna, aurel aurelien aurelie, ayo ayoub,
aziz abdelaziz, babeth elisabeth, babette elisabeth, bartek bartosz bartlomiej, basia barbara, basile basil, bat
baptiste, bea beatrice, bebert albert robert, ben benjamin benoit, bene benedicte, benj benjamin, benji benjamin,
beppe giuseppe, ber bernard, bernie bernard bernadette, berto alberto roberto, beth elisabeth, betty elisabeth, bibi
brigitte, bibiche brigitte, bob robert, bobby robert, bouba boubacar aboubacar, bri brigitte, brig brigitte, cam
camille, cami camille, camillou camille, carlito carlos, caro caroline, cass cassandra, cassie cassandra, cat
catherine, cathou catherine, cathy catherine, cati catherine, catou catherine, ced cedric, celi celine, cha charlotte,
chacha charlotte, chams chamseddine, chantou chantal, charlie charles charlotte, charlot charles, chico francisco,
chris christophe christian christine, christie christiane christine, christou christophe, ciccio francesco, claudie
claudine, clem clement clementine clemence, clo clotilde claude, cloclo claude, coco corinne, colo colette, corin
corinne, cri christine, cricri christine christian, dado daniel, dan daniel, dani daniel danielle, danou daniel
danielle, dany daniel danielle, davy david, dd andre, deb deborah, dede andre, dedette bernadette odette, del
delphine, delf delphine, denden denis, didi didier, didine claudine, didou didier, djamel abdeljamel, dolly dolores,
dom dominique, domi dominique, domino dominique, doudou edouard, ed edouard edmond, eddy edouard, edo edouard, eli
elisabeth elise elisa, elo elodie eloise, em emilie emma, emi emilie, fab fabrice fabien fabienne, fabi fabienne
fabien, fafa fabrice fabienne farida, fanfan francois, fanny stephanie francoise, fathi fatima, fati fatima fatiha,
fatou fatoumata fatima, fefe ferdinand, fernan fernand, fifi philippe sofia fifine, fifine josephine, flo florence
florent florian, fonse alphonse, fouf fouzia, fran francoise francois francine, francky franck, franco francesco,
franz francois, fred frederic frederique, freddy frederic alfred, fredi frederic, fredo frederic frederique, gab
gabriel gabrielle, gabi gabriel gabrielle, gaby gabriel gabrielle, gege gerard, gegette georgette, geo georges, gerry
gerard, ghis ghislaine, gianni giovanni, gigi ginette gisele, gil gilbert gilles, gilou gilles, gina georgina, ginette
genevieve, gino luigi giorgio, ginou ginette, gosia malgorzata, greg gregory, greta marguerite, grzes grzegorz,
gueguette huguette, guguette huguette, guig guillaume, guigui guillaume, guillou guillaume, guite marguerite, gus
auguste augustin gustave, hadi abdelhadi, hak abdelhak, hakim abdelhakim, hamid abdelhamid, hamou mohamed, hanka hanna
anna, heni helene, houari lahouari, ib ibrahim, ibou ibrahima, isa isabelle, isou isabelle, ivo yves, jacko jacques,
jacky jacques jacqueline, jacotte jacqueline, jacquie jacqueline, janek jan, jano jeannine, janou jeannine jeanne,
jasiek jan, jc jeanclaude, jeanjean jean, jeannette jeanne, jeannot jean, jef geoffrey joseph, jeff geoffrey, jeje
jerome jeremy, jen jennifer, jenny jennifer, jerem jeremie jeremy, jeremy jeremie, jess jessica, jo joseph joel
josiane jonathan josette josephine jocelyne joelle, joce jocelyne jocelyn, joe joseph, john jonathan, johnny jonathan,
jojo joseph, jos joseph, josie josephine josiane, joss joseph jocelyne, josy josiane josette josephine, ju julien
julie, juanito juan, juju julien julie justine, juli julie juliette, jurek jerzy, kad abdelkader, kader abdelkader,
karim abdelkarim, kasia katarzyna, kathy catherine, kati catherine, katy catherine, kev kevin, khadi khadija khady,
khadou khadija, kiki christian karima khadija, kim kimberley, krimo abdelkrim, kris christophe christian christine,
krysia krystyna, krzys krzysztof, krzysiek krzysztof, lahou lahouari, lamine mohamedlamine, latif abdellatif, lau
laurence laurent, laulau laurence, lexi alexia, lili liliane elisabeth aurelie, lilou elisabeth, line jacqueline
caroline micheline, lisa elisabeth, lisbeth elisabeth, lise elisabeth, liz elisabeth, lolita dolores, lolo laurent
laurence lorenzo, lou louise marilou, louisette louise, loulou louis louise, ludi ludivine, ludo ludovic, luigino
luigi, lulu lucien lucienne lucie ludovic, madjid abdelmadjid, mado madeleine magdalena, mag magali margaux, magda
magdalena, maggie marguerite, maguy marguerite, maite marietherese, maithe marietherese, majid abdelmajid, malek
abdelmalek, malou marielouise, mam mamadou, mamad mamadou, mano manuel, manolo manuel, manou emmanuelle emmanuel
manon, manu emmanuel emmanuelle manuel, manue emmanuelle, marcek marek, marco marc, margo marguerite, margot
marguerite, marienne marieanne, mariette marie, marilou marielouise, marinette marie, mat mathieu, math mathilde
mathieu, matt matthieu mathieu, mau mauricette maurice, max maxime maxence, md mohamed, med mohamed, mehdou mehdi, mel
melanie melissa, meli melanie, memed mohamed mehmet, mich michel, mick mickael michel, micka mickael michael, mickey
michel mickael, mika mickael michael, mike mickael, miki michel, milou emile, mimi michele mireille marie michel
yamina, mina amina yamina, minou dominique, mitch michel, mo mohamed maurice, moh mohamed, moha mohamed, momo mohamed,
mous mustapha, mouss moustapha moussa, nadi nadia nadine, nana anna nathalie, nanard bernard, nanette anne, nanou
anne, nass nassera nasser nassim, nasser abdelnasser, nat nathalie natacha, nath nathalie, natou nathalie, naty
nathalie, nene rene irene, nenette antoinette, nicky nicolas nicole, nico nicolas, nina antonina, ninette antoinette,
nini eugenie jeannine, ninie virginie, nino antonio, noe noemie, nono arnaud noel norbert bruno noureddine, norb
norbert, nordine noureddine, nour noureddine, nours noureddine, odi odile, ola aleksandra olga, oli olivier, oliv
olivier, olive olivier, paco francisco, pam pamela, paquito francisco, pascalou pascal, pat patrick patricia patrice,
patou patrick patricia, patty patricia, paulo paul, pepe jose giuseppe, pepito jose, peppino giuseppe, petia piotr,
phil philippe, philou philippe, pierrick pierre, pierrot pierre, pino giuseppe, pipo philippe, prisca priscilla, quent
quentin, quico francisco, rach rachel rachida, rahim abderrahim, rahman abderrahmane, rahmane abderrahmane, raja
rajaa, raph raphael, ray raymond, razak abderrazak, razzak abderrazak, reg regis, richy richard, ricky eric richard,
rico eric, riri henri, ro rosalie romain, rob robert robin, robbie robert, robby robert, rod rodolphe rodrigue, rolly
roland, rom romain, romu romuald, romy rosemarie, ron ronan, ronnie ronald, rosette rose, rosie rose rosalie, rox
roxane, roxy roxane, sab sabine sabrina, sabri sabrina, sacha alexandre alexandra, salah salaheddine, salam abdesslam,
sam samuel samira samir samia, samy samir samuel, sand sandrine sandra, sandie sandrine, sandrie sandrine, sandy
sandrine sandra alexandra, sao conceicao, sasha alexandre alexandra, seb sebastien, seba sebastien, sev severine, seve
severine, sid sidney, simo mohamed, sissi cecile, so sophie, sof sofia sophie, sofi sofia, soph sophie, soso sophie,
staszek stanislaw, stef stephane stephanie, steph stephane stephanie, stephie stephanie, steve steven, suze suzanne,
suzon suzanne, suzy suzanne, syl sylvie sylvain, sylvette sylvie, sylvio sylvain, tat tatiana, tata tatiana, tatie
tatiana, tatou tatiana, tchico francisco, ted teddy, teo teodoro matteo, the theophile, theo theophile theodore mateo,
thib thibault thibaut, thom thomas, tiago santiago, tibo thibault, tim timothee timothe, tina christine martine
valentina, tine christine martine, tino antonino valentino, tintin augustin, tio tiago, titi thierry thibault, titine
martine christine, tof christophe, toff christophe, toine antoine, toinette antoinette, toinou antoine, tom thomas,
tomek tomasz, ton antoine, toni antonio antoine anthony, tonin antonin, tonio antonio antoine, tonton antoine, tony
anthony antoine antonio, toto antonio salvatore, totof christophe, val valerie valentin, vale valerie valentin,
valoche valerie, valou valerie, valy valerie, van vanessa, vanes vanessa, vaness vanessa, vanou vanessa, vava valerie,
vero veronique, veve veronique genevieve, vic victor victoria, vick victoria, vicky victoria victor, victo victoria,
vince vincent, viny vincent, vinz vincent, vir virginie, virg virginie, vivi viviane, vivie viviane, wahab abdelwahab,
waldek waldemar, wil wilfried, will william, willy william, wojtek wojciech, xav xavier, xavi xavier, yam yamina, yas
yasmina yasmine, yaya yasmina, yo yohan yoann, yoann johann, yous youssef, youyou youssef, yoyo yohan, zab isabelle,
zabeth elisabeth, zaz isabelle, zaza isabelle, zbyszek zbigniew, ze jose, zeca jose, zezette josette, zine zinedine,
zizi aziza, zizou zinedine, zoulou zoulikha, zouzou zohra
""")
}
"""Short forms, folded, and the first names that they stand for."""


def autres_formes(mot: str) -> frozenset[str]:
    """What somebody of this folded first name may be recorded under besides: its other forms, or what it shortens."""
    return COURTS.get(mot, frozenset()).union(*(_GROUPES[rang] for rang in _PAR_FORME.get(mot, ())))


SANS_GENRE = frozenset({"ibrahim"})
"""First names whose form in -a is the same man's: Ibrahima."""
