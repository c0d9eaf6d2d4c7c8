/*
 * The words of each class of token.h, and how people write them. They are single words of
 * a field, as many as it has: what a sentence does is told by patterns (role_words.c).
 */
#include "proposal/token.h"

static const char me_words[] =
	"i me my mine myself we us our ours ourselves";

static const char you_words[] =
	"you your yours yourself yourselves team";

static const char own_words[] =
	"my our his her their your late elderly old little wee older younger "
	"eldest have had has got";

static const char kin_words[] =
	"husband wife spouse partner son sons daughter daughters brother "
	"brothers sister sisters mother father mum mam mummy dad daddy granny "
	"gran nan nana grandma granda grandad grandpa grandfather grandmother "
	"grandson granddaughter grandchild grandchildren grandsons "
	"granddaughters cousin nephew niece nephews nieces auntie aunt uncle "
	"friend friends pal mate neighbour neighbours colleague colleagues boss "
	"manager employer carer stepson stepdaughter widow widower children kids "
	"child boy girl boys girls lad lass bairn bairns wean weans pupils class "
	"school church council nursery trust charity board committee trustees "
	"clerk predecessor successor chair convener family students baby twins "
	"lawyer solicitor doctor gp msp mp mums dads parents families";

static const char matter_words[] =
	"child children childhood kid kids bairn bairns wean weans baby babies "
	"infant* toddler* teen* teenager* youth youths youngster* youngsters "
	"adolescen* parent* mother* father* mum mums mam mams mummy dads dad "
	"famil* household* grandparent* granny grannies gran grans grandad "
	"grandads grandmother* sibling* brother* sister* aunt* uncle* kinship "
	"foster* adopt* orphan* boys girls lads lasses stepfather* stepmother* "
	"boy girl lad lass police court* sheriff* judge* judicia* panel panels "
	"tribunal* magistrate* jury juries lawyer* solicitor* advocate* advocacy "
	"law laws legislat* statut* offence* offend* crime* criminal* prosecut* "
	"clause clauses threshold* harm harms harmed harmful abuse* abusi* "
	"abusing neglect* emotional* physical* hit hits hitting smack* slap* "
	"strap belt* bruis* violen* beat beaten beats beating rape* groom* "
	"exploit* traffick* perpetrat* victim* survivor* poverty hunger "
	"hungry housing homeless* teacher* teach* nurser* pupil* classroom* gp "
	"gps midwi* psych* trauma* therap* counsel* mental depress* addict* "
	"alcohol* drug drugs drinking drunk* prison* jail* love loved loves "
	"loving affection* attachment cruel* suffer* punish* protect* safeguard* "
	"removed removal removals intervention intervene* welfare wellbeing "
	"danger* safer unsafe government governments politic* parliament* "
	"councillor* mandatory religio* muslim* generation* mothers caseload* "
	"wages tax* cuts prevention preventi* rescue* tragedy tragedies killed "
	"kill kills scandal* inquir* lesson* stigma* blame* guilt* trusted "
	"mistrust dignity inequal* justice injustice* appeal appeals vulnerab* "
	"needy clothes dirty filthy washed feed starv* nourish* malnourish* "
	"meals meal breakfast rural urban traveller* roma gypsy gypsies refugee* "
	"asylum immigrant* ethnic* races racial racis* lgbt* gender* sex sexual* "
	"paediatric* injur* scar scars overdose* suicid* secrecy believed "
	"believe* worthless shout* scream* severe* severity consequence* evil "
	"inspection* residential institution* secure restrain* priest* "
	"jails strangers stranger lifelong mothering fathering upbringing "
	"raising rear reared discipline* obey tradition* referral* whistle* "
	"guardian* custody divorce* separat* marriage marri* policing reporters";

static const char weak_words[] =
	"people poor act acts help helped pay paid school "
	"schools report* research* evidence minister ministers council councils "
	"authorit* single physical state states lone experience experiences "
	"experts expert hearing hearings island islands social alone safe safety "
	"risk risks lock lives life money case cases fair fairly unfair* unit "
	"units residence contact clean men man women woman scotland england "
	"wales scottish benefits option options principle* statistic* "
	"statutory guidance system systems services agency agencies food drink "
	"drinks bed beds home homes nation national country europe world club "
	"clubs coach coaches centre centres church* faith* christian* doctor* "
	"hospital* nurse nurses visitor visitors folk folks society communit* "
	"carer* care caring cared lawful unlawful legal legally minds bring "
	"brought raise raised fund funding funded budget* resource* duty duties "
	"significant refer referred grow grew growing death deaths die died dead "
	"trust listened fed cash proposal proposals inspect* inspection persist* "
	"professional* practitioner* worker workers staffing disab* autis* "
	"wage* educat* equal* bill advocates adopt rights right "
	"definition* define* defined culture* silent silence unpaid";

static const char process_words[] =
	"consultation consultations consult consulting consulted consultee* "
	"exercise survey questionnaire* question questions form forms paper "
	"papers document documents docs pdf pdfs file files attachment* link "
	"links website websites webpage webpages web page pages site portal "
	"login log logged password captcha upload uploaded uploading download* "
	"print printed printing printer printout copy copies version versions "
	"braille bsl interpreter interpretation translation* translated large "
	"easy audio format formats word leaflet leaflets poster booklet brochure "
	"letter letters letterbox email emails e-mail e-mails mail mails mailed "
	"emailed emailing inbox junk spam message messages address addresses "
	"phone phoned phoning telephone telephoned number numbers ring rang "
	"rings ringing call calls called caller helpline switchboard voicemail "
	"line lines post posted postal postbox postcode envelope stamp receipt "
	"received receive receives receiving acknowledge* reference ref "
	"submission* submit submits submitted submitting response responses "
	"respond responded responding respondent* reply replies replied replying "
	"answer answers answered answering answerphone comments comment feedback "
	"meeting meetings event events session sessions workshop* webinar* "
	"roadshow* venue hall drop-in drop-ins seminar* conference invitation* "
	"invite invited invites attend attended attending attendance register "
	"registered registration book booked booking deadline deadlines date "
	"dates closing close closes closed extension extend extended late time "
	"timetable timescale* weeks week days months month friday monday tuesday "
	"wednesday thursday saturday sunday january february march april june "
	"july august september october november december tomorrow yesterday "
	"today notice reminder reminders anonymous anonymously publish* "
	"publication confidential privacy name names signature sign signed "
	"surname entry entries minutes report summary results outcome outcomes "
	"findings annex appendix footnote* paragraph para section chapter "
	"glossary table tables column columns total totals figure figures chart "
	"diagram map spreadsheet team department office officer official "
	"officials organiser* organisers staff chair chaired organise* click "
	"clicked clicking button box boxes tick ticked typed type typing "
	"computer computers internet online offline screen browser tablet laptop "
	"smartphone crash* saved save saving sent send sending resend forwarded "
	"forward contact contacted language jargon english gaelic welsh polish "
	"urdu wording worded accessible accessibility ramp hearing-loop toilet "
	"stairs parking library advertised advert announced announcement "
	"publicity publicised complain complained complaint complaints ombudsman "
	"handling handled conduct conducted request requests requested enquiry "
	"enquire query queries correspondence recording slides presentation talk "
	"teams zoom webcast camera microphone subscribe subscribed unsubscribe "
	"unsubscribed unsubscribing wifi server error timeout bounced bounce bounces";

static const char list_words[] =
	"bulletin bulletins update updates newsletter newsletters mailing "
	"mailings mailout mailouts mailshot mailshots circular circulars "
	"circulation distribution digest digests subscription subscriptions "
	"subscribe subscribing subscribed unsubscribe unsubscribed unsubscribing "
	"subscriber subscribers notification notifications alert alerts "
	"newssheet list lists email emails mail mails e-mails issue issues "
	"edition editions communications correspondence database records "
	"messages emailaddress recipients round-robin stuff inbox";

static const char record_words[] =
	"figures statistics stats data numbers records record file files minutes "
	"correspondence emails memo memos memoranda briefing briefings note "
	"notes advice contract contracts invoice invoices cost costs spend spent "
	"spending expenditure budget budgets breakdown spreadsheet copies copy "
	"documents documentation papers information assessment assessments "
	"report reports review research grants grant payments sums amount "
	"amounts names tender tenders agreement agreements guidance policies "
	"procedure procedures register registers log logs evidence diaries diary "
	"meetings staff posts grades salaries exemption submissions responses";

static const char courtesy_words[] =
	"thank thanks thanking thankful thankfully grateful gratefully gratitude "
	"appreciate appreciated appreciation obliged cheers regards wishes "
	"sincerely faithfully truly dear hello hi hiya hey morning afternoon "
	"evening greetings sorry apologies apologise pardon bless brilliant "
	"magic lovely perfect great fab fabulous excellent super superb "
	"wonderful kind kindness courtesy helpful patient patience star diolch "
	"marvellous smashing delighted pleased welcome congratulations hope";

static const char life_words[] =
	"retired retire retires retiring retirement moved move moving left leave "
	"leaving job jobs post role work works working workplace maternity "
	"emigrat* abroad hospital ill illness flu unwell blind deaf eyesight "
	"sight glasses hearing arthritis stroke wheelchair disabled dyslexi* bus "
	"buses train trains ferry car drive drove drives travel* mile miles "
	"walked hour hours minute evening evenings morning afternoon night "
	"weekend holiday holidays lunch lunchtime fortnight term autumn spring "
	"summer winter christmas easter years year months week day days internet "
	"broadband computer printer tablet laptop phone mobile changed change "
	"changes name address member members trustees committee council board "
	"parish school session minutes office aged age old eighty ninety seventy "
	"died death passed deceased widow estate executor account accounts "
	"mailbox student phd degree journalist reporter freelance lecturer "
	"councillor clerk secretary treasurer chairman convener headteacher "
	"teacher nurse plumber farmer volunteer volunteers group groups club "
	"church hall taken over replaced predecessor successor interested "
	"interest";

static const char bad_words[] =
	"disgrace disgraceful disgraced shambles shambolic shocking shock shame "
	"shameful ashamed appalled appalling furious fuming angry anger annoyed "
	"annoying annoyance disappointed disappointing disappointment "
	"dissatisfied dissatisfaction unhappy upset upsetting complain complaint "
	"complaints complained unacceptable hopeless useless pointless "
	"ridiculous farce farcical joke laugh laughable sham whitewash "
	"tokenistic token rubbish nonsense waste wasted wasting biased bias "
	"loaded leading slanted rude rudely insulting insulted insult offensive "
	"patronising ignored ignoring unanswered unreadable unhelpful impossible "
	"impenetrable incomprehensible confusing crashed crashes crashing broken "
	"fails failed failing failure threw lost losing loses deleted froze "
	"frozen timed cancelled cheek pity discrimination discriminatory "
	"discriminates excluded excluding exclusion excludes undemocratic "
	"unlawful illegal unreasonable unfair incompetent incompetence "
	"inadequate insufficient rushed short protest object objection fed sick "
	"tired frustrated frustrating frustration gave never nobody none nowhere "
	"nothing shabby resent inaccessible bureaucratic bureaucracy stitch-up "
	"fix fixed foregone wrong awful terrible dreadful atrocious abysmal poor "
	"poorly mess bungled horrendous outrageous outrage outraged disgusted "
	"disgusting disrespectful disrespect contempt apology explanation "
	"grievance concern concerned";

static const char do_words[] =
	"tell let inform advise notify send confirm explain point direct forward "
	"clarify say give provide supply post email ring phone call check look "
	"help remove take add put pop stick include stop resend return "
	"acknowledge arrange share extend accept come speak drop sort delete "
	"update change amend correct note pass cancel disclose release furnish "
	"enlighten answer reply respond shed guide fix mend register sign enrol "
	"subscribe unsubscribe keep copy cc redirect print fax contact see find "
	"lend spare recommend suggest show treat restart resume ensure make be "
	"log cease end discontinue refrain leave erase strike withdraw quit "
	"desist count ping message text mail get have refund replace";

static const char be_words[] =
	"is are was were be been am has have had does do did will would can "
	"could may might";

static const char trade_words[] =
	"offer offers offering offered discount* sale sales price prices pricing "
	"priced quote quotes quotation cost-effective cheap cheaper cheapest "
	"affordable free guarantee* guaranteed warranty delivery deal deals "
	"bargain buy order orders moq fob vat delegate* catalogue* brochure* "
	"product products supplier* supply supplies manufacturer* factory "
	"customer customers client clients clientele company companies firm "
	"business businesses leads seo ranking rankings keywords traffic "
	"backlink* sponsored website-design portfolio demo demos trial platform "
	"software app apps solution solutions tool procurement framework "
	" course courses accredited cpd speaker keynote fee fees "
	"recruitment recruit cvs candidates candidate vacancy vacancies loan "
	"loans credit finance invest* investment* crypto bitcoin dollars "
	"million funds bank inheritance casino lottery winner prize claim promo* "
	"promotion* voucher coupon code limited-time expire* renew* domain "
	"hosting visibility directory listing premium exhibit* summit conference "
	"expo invest marketing contacts opted-in verified audience readers blog "
	"cleaning cleaners translation translate* stationery pens mugs lanyards "
	"furniture chairs desks equipment printers cartridges toner ink boiler* "
	"solar insulation surveyor* grant export* import* sample samples "
	"testimonials bookings booking rates rate hotel hotels rooms $* "
	"money-back obligation complimentary exclusive instant subscribe "
	"introduce introducing award-winning award "
	"specialis* specialise enterprise global worldwide trusted partner "
	"partnership partnerships opportunity consultancy "
	"agency freelance hire rental lease installation upgrade "
	" slots slot vendors passes leaders counts unsecured charges merchant supplier* interim qualified profiles tender payroll cloud refund parcel accountants stand stands boxes "
	"venue parking coaching morale boost competitive window windows rent marquees fibre conferencing jars designer gift gifts articles metres articles diaries calendars crest logo overprinted books revert requirement requirements";

static const char hurt_words[] =
	"hit hits hitting hurt hurts hurting beat beats beating batter batters "
	"battering battered punch punches punched punching kick kicks kicked "
	"kicking slap slaps slapped slapping smacks smack strangle* choke chokes "
	"choked burn burns burned burnt cut cuts bruise bruises bruised bruising "
	"scar scars touch touches touched touching grope* rape rapes raped abuse "
	"abuses abused abusing molest* groom grooms groomed grooming starve "
	"starves starved starving lock locks locked locking shut shuts tie ties "
	"tied threaten* shake shakes shook shaking throw throws threw drag drags "
	"dragged neglect neglects neglected force forces forced makes made watch "
	"watches scream screams screaming marks belt stab stabs stabbed kill "
	"kills killing hold holds held";

static const char child_words[] =
	"son daughter brother sister boy girl lad lass bairn bairns wean weans "
	"baby twins grandson granddaughter grandchild grandchildren nephew niece "
	"nephews nieces cousin cousins stepson stepdaughter stepbrother "
	"stepsister mum mother dad father pal friend pupil neighbour neighbours "
	"kids children child boys girls sons daughters sisters brothers toddler "
	"family granny gran";

static const char place_words[] =
	"question questions q section chapter paragraph para page footnote table annex "
	"appendix form box part line column";

static const char core_words[] =
	"consultation consultations form forms website webpage site link links email emails "
	"e-mail questionnaire survey paper papers document documents pdf question questions "
	"deadline date closing meeting meetings event events session sessions webinar "
	"workshop bulletin bulletins update updates newsletter newsletters list mailing "
	"letter letters leaflet response submission reply replies team helpline wording "
	"language page pages version copy copies staff official office portal exercise";

const char *const token_words[TOKEN_CLASSES] = {
	[TOKEN_ME] = me_words,
	[TOKEN_YOU] = you_words,
	[TOKEN_KIN] = kin_words,
	[TOKEN_OWN] = own_words,
	[TOKEN_MATTER] = matter_words,
	[TOKEN_WEAK] = weak_words,
	[TOKEN_PROCESS] = process_words,
	[TOKEN_LIST] = list_words,
	[TOKEN_RECORD] = record_words,
	[TOKEN_COURTESY] = courtesy_words,
	[TOKEN_LIFE] = life_words,
	[TOKEN_BAD] = bad_words,
	[TOKEN_DO] = do_words,
	[TOKEN_BE] = be_words,
	[TOKEN_TRADE] = trade_words,
	[TOKEN_HURT] = hurt_words,
	[TOKEN_CHILD] = child_words,
	[TOKEN_PLACE] = place_words,
	[TOKEN_CORE] = core_words,
};

const char *const token_names[TOKEN_CLASSES] = {
	[TOKEN_ME] = "me",
	[TOKEN_YOU] = "you",
	[TOKEN_KIN] = "kin",
	[TOKEN_OWN] = "own",
	[TOKEN_MATTER] = "matter",
	[TOKEN_WEAK] = "weak",
	[TOKEN_PROCESS] = "process",
	[TOKEN_LIST] = "list",
	[TOKEN_RECORD] = "record",
	[TOKEN_COURTESY] = "courtesy",
	[TOKEN_LIFE] = "life",
	[TOKEN_BAD] = "bad",
	[TOKEN_DO] = "do",
	[TOKEN_BE] = "be",
	[TOKEN_TRADE] = "trade",
	[TOKEN_HURT] = "hurt",
	[TOKEN_CHILD] = "child",
	[TOKEN_PLACE] = "place",
	[TOKEN_CORE] = "core",
};

const char token_spellings[] =
	"dont=do not,doesnt=does not,didnt=did not,cant=can not,cannot=can not,"
	"couldnt=could not,wouldnt=would not,shouldnt=should not,wont=will not,wo=will,"
	"ca=can,sha=shall,isnt=is not,arent=are not,wasnt=was not,werent=were not,"
	"havent=have not,hasnt=has not,hadnt=had not,im=i am,ive=i have,youre=you are,"
	"youve=you have,theyre=they are,theres=there is,thats=that is,whats=what is,"
	"hes=he is,shes=she is,weve=we have,youll=you will,itll=it will,whos=who is,"
	"u=you,ur=your,pls=please,plz=please,plse=please,pleas=please,"
	"thx=thanks,tx=thanks,tks=thanks,thanx=thanks,ta=thanks,ty=thanks,cheerz=cheers,"
	"thnx=thanks,thankyou=thank you,cos=because,cuz=because,coz=because,bc=because,"
	"dunno=do not know,wanna=want to,gonna=going to,gonnae=going to,gotta=got to,"
	"lemme=let me,gimme=give me,kinda=kind of,abt=about,wd=would,cd=could,shd=should,"
	"info=information,addy=address,msg=message,msgs=messages,tel=telephone,"
	"ppl=people,govt=government,gov=government,dept=department,org=organisation,"
	"ok=okay,no1=nobody,smb=somebody,2day=today,2moro=tomorrow,tmrw=tomorrow,"
	"ah=i,ahm=i am,ahd=i would,ahve=i have,ma=my,masel=myself,ye=you,yer=your,"
	"youse=you,yous=you,yiz=you,yez=you,oor=our,wir=our,wur=our,thae=those,they=they,"
	"tae=to,fae=from,frae=from,wi=with,wae=with,wis=was,wiz=was,whit=what,"
	"whaur=where,hoo=how,wha=who,whae=who,dae=do,dinnae=do not,dinna=do not,"
	"didnae=did not,didna=did not,cannae=can not,canna=can not,couldnae=could not,"
	"wouldnae=would not,shouldnae=should not,isnae=is not,wasnae=was not,"
	"havnae=have not,hasnae=has not,hadnae=had not,willnae=will not,winnae=will not,"
	"arenae=are not,doesnae=does not,gie=give,gied=gave,gies=give us,gonny=going to,"
	"telt=told,kent=knew,ken=know,kens=knows,aff=off,oot=out,aboot=about,doon=down,"
	"roon=round,noo=now,hoose=house,aw=all,aa=all,awfy=awful,naw=no,nah=no,nope=no,"
	"aye=yes,yep=yes,yup=yes,yeah=yes,yea=yes,ay=yes,nae=no,nane=none,naebody=nobody,"
	"aabody=everybody,awbody=everybody,somebdy=somebody,onybody=anybody,ony=any,"
	"mair=more,maist=most,ower=over,weel=well,guid=good,gid=good,auld=old,"
	"wan=one,wance=once,twa=two,hame=home,mither=mother,faither=father,maw=mum,"
	"da=dad,mam=mum,haun=hand,heid=head,feart=afraid,greetin=crying,greeting=crying,"
	"goin=going,gettin=getting,sendin=sending,tryin=trying,askin=asking,"
	"lookin=looking,nothin=nothing,somethin=something,onywey=anyway,"
	"someone=somebody,anyone=anybody,everyone=everybody,noone=nobody,"
	"unsub=unsubscribe,subs=subscriptions,mailin=mailing,yr=your,"
	"recieve=receive,recieved=received,recieving=receiving,reciept=receipt,"
	"adress=address,wich=which,wether=whether,no's=numbers,dep=department,"
	"enquiring=enquire,inquire=enquire,inquiring=enquire,";
