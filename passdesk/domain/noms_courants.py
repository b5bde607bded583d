"""Surnames that many families bear: none of them is a misspelling of another, however near they are written."""

from __future__ import annotations

_NOMS = """
abadie abbas abdelli abdou achour adam adamczak adamczyk adamski adjal aguilar ait aksoy aktas alaoui alard albert
alexandre allain allaoui allard allouche almeida alves amand amara amaral amari amato amiot amrane amrani ancel andre
andrieu andrieux andrzejewski anselme antoine antunes aouad arab araujo arnaud arnould arnoult arslan aslan aubert
aubin aubry audebert auger augier aydin azevedo aziz azzouz baba bachelet bachelier bachir bacquet bah baillet
bailleul bailleux bailly bakri balde balland ballet bangoura baptiste baran barbe barbet barbier barbieri barbieux
barbosa bardet bardin baret barka barois baron barre barreau barret barreto barriere barry barthelemy bartkowiak
basile basset bastien bataille bathily batista baudet baudin baudouin baudry bayard bayer bazin beauchamp beaumont
becker becquet bedu beghin begue bekkouche belaid belali belarbi belhadj belin belkacem bellanger bellet bellil
bellini belmonte benachour benaissa benali benamar benamor benard bencherif benedetti benhamou benkacem benmoussa
benoist benoit benomar bensaid benyahia berard berger berkane bernard bernardin bernier berrabah berthe berthelot
berthet berthier bertin bertrand besnard besse besson beuvry bianchi bidault bigot billard billet billon binet bird
blaise blanc blanchard blanchet blanquart blaszczyk blin blondeau blondel blot bocquet bodin boidin boileau bois
boisson boitel boivin bolle bonin bonnard bonneau bonnefoy bonnel bonnet bonnin bonnot bontemps borges borowski bossu
botte bouaziz bouazza bouchaib bouchard bouche boucher bouchet bouchez boudet boudjema bouhassoun boukhari boulahia
boulanger boulard boulet boulogne boumediene bounoua bouquet bouras bourdin bourdon bourgeois bourgoin bourguignon
bourrelier bousbaa bousquet boutaleb boutin bouvet bouvier bouyer bouzid bouzidi boyer brahimi brasseur braun bray
brebion breton briand briard brice bridoux briere brisset brito brochard brouillard broutin brun bruneau brunel brunet
bruno bruyere buisson bulut bureau buron busson cabral cadet cadiou caillaux cailleau calvet camara cambier campos
camus can candelier cannone canon capelle capron caputo cardinal cardon cardoso carette carlier carmona caro caron
carpentier carre carriere cartier carton caruso carvalho castel castelain castro cauchy caudron caulier cavalier celik
cetin chaabane chabert chabot chaib chambon champion chantrel charbonnier chardin charef charles charlet charlot
charpentier charrier charron chartier chatelain chauveau chauvet chauvin cheikh chemin chenu chergui cherif cherki
cheron chevalier chevallet chevallier chevreau chevrier chopin chretien cisse claes claeys clavel clement clerc
clermont cochet cochin coelho cohen colas colin collard collet collette collignon collin collinet colmant colombo
combe comte conde conte conti coppin coquelle corbin cordier cordonnier cornet cornille correia cortes cosse costa
coste costes cottin coulibaly coulon courtin courtois cousin coutant couturier crepin crespel croix cros crouzet cruz
cunha cuvelier cuvillier czarnecki dabrowski dacosta dag dambrine danel daniel danjou daoud daoudi darras dassonville
daubresse david davin davy debacker debarge debruyne decamps declercq decock deconinck decroix dedieu defrance degand
degroote dehaene dehay delacourt delacroix delage delahaye delaire delannoy delaporte delarue delattre delaunay
delbarre delbecq delcambre delcourt delcroix delecroix delepine deleplanque delerue deletombe delforge delgado delhaye
delhomme delmas delmotte delobel delobelle deloffre delorme delory delplace delplanque delporte delrue delsaut deluca
delvallee demaret demay dembele demey demeyer demir demirci deneuville deniau denis denoyelle depret derache deram
deroo derradji derville desbiens desbordes descamps deschamps desjardins desmarest desmedt desmet desmons desmoulins
despres desprez destailleur detrez deudon devaux deville devillers devos devred dewaele dewailly dhaene dhondt dia
diaby diagne diakite diallo diarra diarrassouba dias diawara diaz didier dieng dieu dieye dillies dion diop diouf
djebbar dogan domagala domingues donnet dore dorval douay doucet doucoure doumbia drame drouet drouin druart duarte
dubar dubois dubos dubost dubreuil dubrulle dubus duchemin duchene duclos ducrocq ducroquet duda dudek dudziak dufay
duflos dufort dufour dufresne dufresnoy dugas duhamel duhem dujardin dumas dumetz dumez dumont dumortier dumoulin
dupas duplessis duponchel dupont duprat dupre dupret dupriez dupuich dupuis dupuy duquenne duquesne duquesnoy durand
durant durieux duriez durin dussart dutertre duthoit dutilleul duval duvivier edouard elamrani emery engel erdogan
ernoult espinosa esposito esteves etienne evrard fabbri fabre facon fall fares farhi faria fauchart faucher faucon
fauquembergue faure favier favre faye fayolle felix feret fernandes fernandez ferrand ferrara ferrari ferraro ferre
ferreira ferrier ferry fevre fievet figueira figueiredo flamand flament fleury flinois floquet florent fofana foissac
fonseca fontaine fontana fontenelle forest forestier fort fortin fosse foucault foucher foulon fouquet fourcade
fourmaux fourneau fournet fournier fourrier fraisse francois freitas fremaux fremy froment fromont gadenne gaillard
galland gallet galli gallo gallois gambier garcia garin garnier garreau gasnier gaspar gaspard gassama gatti gaudin
gaudry gaultier gauthier gautier gay gaye genin gentil gentile geoffroy georges gerard germain gervais ghazi gherbi
ghesquiere gibert gilbert gilles gillet gilliot gillon giordano girard girardin giraud giraudet giroud giroux glorieux
gobert godard godart godefroy godin goffin gomes gomez gomis goncalves gonzales gonzalez gorski gossart gosse gosselin
goubet goudin gouin goujon goulet gourdin goury grabowski grand grandjean grard gras grasset grassi gravelle greco
grenier grimbert gros grosjean gruson gueguen guerard guerfi guerin guerra guerreiro guerrero gueye guibert guichard
guidez guignard guilbert guillard guillaume guillemin guillet guillon guillot guillou gul gunes guy guyon guyot haas
habib haddad haddou hadji hainaut hakimi hallez hamadi hamdi hamel hamelin hamidi hammadi hamon hamza hamzaoui hanquez
haquet hardy hassan hassani haze hebert hecquet hedin heitz helin henin hennion henon henri henry herault herbaut
herbin herman hermant hernandez herve hervieu hibon hilaire hoarau hochart hoffmann houdin houssin houze hubert
huchette hue huet hugot hugues huguet humbert hurtrel husson huyghe ibrahim idrissi imbert isambert issa jablonski
jabri jacob jacquemart jacquemin jacques jacquet jacquin jacquot jallow jamet janin jankowiak jankowski janssen
janssens jardin jarry jaworski jean jeanneau jesus jolivet joly joseph josse jouan joubert jourdain jourdan jouve
julien julliard jung kaba kacem kaci kaczmarczyk kaczmarek kaddour kadi kalinowski kamara kaminski kane kante kaplan
kara karaca karadag karim kasprzak kaya kebe kebir keita keller kerdraon khaldi khalfi khelif khelifi khelil kilic
klein koc koch koita konate kone korkmaz kowal kowalczyk kowalik kowalski kozlowski krawczyk kubiak kurt labbe lacombe
lacoste lacour lacroix ladjal lafon lafont laforge lagache lagrange lahcen lahlou laine lakhdar lalande lallemand lalo
lamarche lambert lambin lamotte lamour lamy lancelle lancial landry lang langlet langlois lapierre laporte larabi
larbi laroche lartigue larue lasserre latour launay laurence laurent laval lavigne leal lebas lebeau lebegue lebihan
leblanc leblond lebon leborgne lebourg lebreton lebrun lecat lechat leclair leclerc leclercq leclere lecocq lecoeur
lecointe lecomte leconte lecoq lecoutre ledent ledieu ledoux leduc lefebvre lefevere lefevre lefort lefranc legall
legay legendre leger legoff legrain legrand legris legros leguay leguen lehmann leignel leite lejeune leleu lelievre
lelong lemahieu lemaire lemaitre lemay lemercier lemoine lemonnier lempereur lenglet lenne lenoir leonard leone lepage
lepers lepetit lepoutre lepretre lequien leriche leroux leroy lesage lescot lescure lesieur lespagnol lesur letellier
letombe levasseur leveque levy lewandowski lhermitte lheureux lhomme liagre lienard lima linard lobo loeuillet loiseau
loisel lombardi lombardo longo longuet lopes lopez loridan louis lounis lourenco loyer lucas luce lyoen macaire mace
macedo machado maciejewski macon macquart maes magalhaes magnier mahe mahieu mahieux maia maiga maillard maillet
maillot mairesse majewski makhlouf malbranque malinowski malki mallet mancini manier mansour mansouri maouche marc
marcel marchal marchand marchetti marciniak marechal mares maret margerin mariani marie marin marino marion marlier
marques marquis martel martin martineau martinelli martinet martinez martini martins marty mary mas masquelier massart
masse masselot masson mathieu mathon maton matos matthieu matuszak mauger maurel maurice maury mayer mazet mazur
mazure mazurek mazza mbaye mbengue mebarki meddah medina medjahed mehdi melin menard mendes mendonca mendy menez
mennessier mercier merle merlin mery mesnard messina mestre metayer meunier meurisse meyer meyers meziane meziani
michalak michalski michaud michaux michel michelet michon mieville mignot milhau miller millet millot mimouni minet
miranda mohamed moign moine mokhtari mokrani monier monnier montagne monteiro monti morais moreau moreira morel
morelle morelli moreno moret moretti morice morin morisset mortier morvan mouchel moulin moura mouret moussa moussaoui
mouton muller munier muret nacer naceri namur nasri navarro naze ndiaye ndour neri neves neveu neveux nguyen niane
niang nicolas nicolle niel noel nogueira noiret normand nowacki nowak nowicki nunes obert olejniczak olivares oliveira
olivier ollivier olszewski omar orlando orsini ortega ortiz ouali ouattara oudart ouedraogo oumar ozcan ozdemir ozturk
pacheco paillard pain paiva palmer palumbo pannier papin parent paris parisi parmentier pascal pasquet pasquier paul
paulin pawlak pawlowski payen payet pecqueur pelissier pellegrini pelletier peltier pennequin pepin pereira peres
perez perin perret perrier perrin perron perrot petiot petit petitjean petitpas peyre philippe philippot picard picart
pichard pichon picot picquet pierre pierron pietrzak piette pigeon pillet pilon pinchon pineau pinel pinet pinheiro
pinto piotrowski piquet pires plancke planque plouvier poiret poirier poisson polat pollet pommier pons porte portier
potel potier potin pottier pouget pouille poulain poulard poulet prevost prevot prieur prigent prudhomme pruvost
pruvot puech quentin quesnel queva quinet raguenet rahmani rahmoune raimbault rambaud ramdani ramos raoul ratajczak
rault raux ravel raymond raynal raynaud regnier reis remy renard renaud renault renou revel rey reynaud reynier rezgui
rezki ribeiro ribeyre ricard ricci richard richer richez rigaud rigaut rinaldi ringot riou riva rivet riviera riviere
rizzo robert robillard robin robinet rocha rochas roche rocher rodrigues rodriguez roger rogez roland rolland romain
roman romano roques rosa rose rossetti rossi rossignol rousse rousseau roussel rousselle rousset roussin roux roy
royer ruiz russo sabatier sabri sacko sadi saez sagot sahin sahli sahraoui said saidani saidi saillard sala salah
salem salgado salhi salle salmon salomon samake sampaio samson sanchez sander sandoval sane sangare sanna sanson
santerre santoro santos sarr sauvage savary savoye schmid schmidt schmit schmitt schneider sebbar seck seddiki segard
seguin selmi senechal senhaji sequeira sergent serir serra serrano serre servais sidibe sikora sikorski silva
silvestri simoes simon simonet simonin simsek sissoko six skrzypczak slimani smith soares sobczak sockeel soler
soltani soufflet soulier soumah soumare sousa souza sow spriet stachowiak stefaniak stevens sueur sylla szczepaniak
szymanski szymczak tahar tahri taibi taillez talbi taleb tall tamboura tandia tanguy tardieu tas tavares tavernier
teixeira tekin tellier tessier testa texier theret therouanne thery thiam thibault thibaut thiebaut thierry thomas
thomassin thuillier tiberghien tison tlili tomczak toprak torres touati toumi tounkara toure touret tournier toussaint
toutain trabelsi traisnel tranchant traore trinel troadec turan turpin ucar unal urbaniak vaillant valentin valentini
valette valin vallee vallet vanacker vandaele vandamme vandenberghe vandenbroucke vandewalle vanhoutte vanneste varlet
vasseur vaz ventura verbeke verdier verdiere verhaegen verhaeghe vermeersch vermeulen vernet verney vial viard vidal
vieira vignaud vigneron vilain villa villain villard villette vinant vincent vincenti viseur vital vitale vitali vitte
vivier voisin voiturier vuillemin wagner walczak walkowiak wallart warin wattel wauquier weber weiss werner wiart
wieczorek willems wilson winter wisniewski witkowski wojciechowski wojcik wolff wozniak yahia yahiaoui yalcin yavuz
yildirim yildiz yilmaz yousfi yuksel zaidi zaoui zawadzki zemmouri zenati zeroual zerrouki ziani zidane zielinski
zimmermann zitouni zouaoui
"""
NOMS_COURANTS = frozenset(_NOMS.split())
"""Two of these that do not sound alike are two families' names; folded, in one word."""
