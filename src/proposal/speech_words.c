/*
 * The phrases of each class of speech.h. One that ends with "*" begins a word. A class is
 * no verdict: "hit" is a word of many a response; only what stands together counts.
 */
#include "proposal/speech.h"

static const char list_words[] =
	"address book,alert,alerts,announcements,briefing note,bulletin,bulletins,"
	"bulletins from,circular,circulars,circulation,circulation list,"
	"contacts list,database,digest,digests,distribution,distribution list,"
	"e mail list,e mails,e mails from you,email alerts,email list,"
	"email updates,emails,emails from you,issue,issues,list,lists,mail,"
	"mail from you,mail out,mail outs,mailing,mailing list,mailings,mailout,"
	"mailouts,mails,mailshot,mailshots,monthly email,monthly mail,news letter,"
	"news round,news sheet,newsletter,newsletters,newssheet,notifications,"
	"number of your,recipients,regular email,regular emails,regular mail,"
	"round robin,send outs,subscribers,subscription,subscriptions,"
	"the news from,these e mails,these emails,these mails,these messages,"
	"up date,update,updates,weekly email,weekly mail,your e mails,your emails,"
	"your mails,your messages,your news";

static const char thanks_words[] =
	"all clear,all the best,appreciate,appreciated,appreciates,appreciation,"
	"best of luck,bless you,brilliant,cheers,cleared up,clears it up,"
	"delighted to hear,duly noted,excellent,glad it,glad it came,glad that it,"
	"glad to hear,glad you,good luck,good of you,good to know,good work,got it,"
	"grateful,great,great work,happy christmas,have a good,have a lovely,"
	"have a nice,how kind,keep up,kind of you,look forward to reading,"
	"look forward to seeing,look forward to the,looking forward to,lovely,"
	"makes sense,many thanks,most helpful,most kind,much appreciated,"
	"much obliged,no answer needed,no need to answer,no need to reply,"
	"no reply needed,noted,obliged,obliged to you,perfect,pleased it,"
	"pleased to hear,puts my mind,reassuring,received with thanks,relief,"
	"so quickly,super,ta,thank s,thank you,thanks,thankyou,that answers,"
	"that helps,that is clear,that is helpful,that was quick,thats helpful,"
	"understood,very good of you,very helpful,very kind,well done,"
	"well received,what a quick,with gratitude,wonderful,you are a star";

static const char away_words[] =
	"abroad,am absent,am away,am retired,annual leave,are away,are closed,"
	"at a conference,at home,at sea,away all,away for,away from my,"
	"away from the office,away from work,away on,away this,away till,"
	"away until,back after,be away,be closed,been away,being moved,"
	"being refurbished,being renovated,bereavement,came to an end,"
	"cannot answer,cannot be reached,ceased,closed for,closed its doors,"
	"closed until,do not expect an answer,do not work on,dont work on,flooded,"
	"funeral,gone to another,has closed down,has come to an end,has gone,"
	"has left,has moved,has no telephone,has retired,have finished,have left,"
	"have moved,have no telephone,have retired,holidays have begun,i am away,"
	"i finished,i retired,i work mondays,i work thursdays,i work tuesdays,"
	"i work wednesdays,ill in,im away,in hospital,in quarantine,in the field,"
	"in the hills,is absent,is away,is closed,is no longer,is no more,"
	"is not read,is shut,is winding,is with another,jury service,last day was,"
	"left the company,left the council,left the organisation,left us,"
	"limited access,looking after,maternity leave,moved on,moved to,"
	"my last day,my replacement,my successor,no access,no email,no internet,"
	"no longer at,no longer employed,no longer here,no longer in use,"
	"no longer monitored,no longer read,no longer with,no longer work,"
	"no longer working,no longer works,no one is at,no one looks,"
	"no one will be,no person reads,no phone,no signal,no telephone,"
	"no telephone or,nobody is at,nobody looks,nobody reads,nobody will be,"
	"not able to answer,not at my desk,not at the desk,not at work,"
	"not available,not being read,not in on,not in the office,not in use,"
	"not monitored,not reachable,not read by,not read my,not reading,"
	"not see my,not staffed,not working,off ill,off sick,off till,off until,"
	"off work,office closed,on a boat,on a break,on a course,on a ship,"
	"on holiday,on holidays,on honeymoon,on leave,on maternity,on my travels,"
	"on paternity,on sabbatical,on secondment,on strike,on the road,on tour,"
	"on vacation,only work,our baby,our holidays,out of office,"
	"out of the office,parental leave,part time,paternity leave,power cut,"
	"project ended,project has ended,project is over,read by nobody,"
	"refurbished,retired on,sabbatical,seconded,shut,shuts,sick leave,"
	"successor,taking a break,term has ended,this address is,this inbox,"
	"this mailbox,travelling,unable to answer,unable to read,unable to reply,"
	"unattended,unavailable,unmonitored,unstaffed,up the hill,was born,"
	"we are closed,were born,will be absent,will be no one,will be nobody,"
	"will not be read,winding up,without a telephone,without internet,"
	"without signal,working part time,works only,wound up";

static const char time_words[] =
	"10th,12th,15th,1st,20th,2nd,3rd,after the,am back,april,august,back at,"
	"back from,back in,back on,be back,before,by the,christmas,days,december,"
	"easter,end of,february,fortnight,friday,from,january,july,june,march,"
	"may 20*,monday,month,months,new year,next month,next week,november,"
	"october,return,returning,returns,saturday,september,sunday,term,this week,"
	"thursday,till,till the,today,tomorrow,tuesday,until,until the,wednesday,"
	"week,weeks";

static const char stand_in_words[] =
	"address on our,answer when,answers my,as soon as,ask at,ask for,ask our,"
	"ask the,at the branch,being done by,call,can help,can wait,cannot wait,"
	"colleague,colleagues,contact,covering,covers,deal with it,deals with,"
	"done by,for anything,for help,forwarded,get back to you,has my desk,"
	"has taken,has the key,holding the fort,holds the fort,in her absence,"
	"in his absence,in my absence,in my place,in my stead,in need of,"
	"in the meantime,instead,is covering,is dealing,is done by,is minding,"
	"looking after my,looks after,meanwhile,my cases,my colleague,my desk,"
	"my emails,my mail,my messages,my post,my replacement,my work,new address,"
	"new address is,not be forwarded,not forwarded,number on our,on my return,"
	"our new address,phone,please call,please contact,please phone,please ring,"
	"please try,please use,please write,read mail again,read your message when,"
	"reads my,redirect*,reply when,respond when,ring,see to it,speak to,"
	"standing in,stands in,steps in,successor,taken over,takes over,"
	"taking over,try the,urgent,urgently,when i am back,when i return,"
	"when we are back,will answer,will find us,will help,will reply,"
	"will see it,will see your,write to";

static const char machine_words[] =
	"aim to answer,aim to reply,aim to respond,answer within,auto reply,"
	"auto response,automated,automatic,automatically,autoreply,"
	"been forwarded to,been given the number,been logged,been passed to,"
	"case number,do not reply,donotreply,generated by,has been logged,"
	"has been passed,has been received,have received your,help desk,helpdesk,"
	"high volume,in due course,in turn,message id,no reply,office hours,"
	"opening hours,out of hours,passed to the right team,queue position,"
	"reference is,reply within,request number,respond within,service desk,"
	"system generated,this is an auto,ticket,we aim to,we receive a high,"
	"we received your,will be dealt with,will respond within,working days,"
	"your email has been,your enquiry,your mail has been,your message has been";

static const char machine_sure_words[] =
	"auto reply,automated answer,automated message,automated reply,"
	"automated response,automatic answer,automatic message,automatic reply,"
	"automatic response,autoreply,been logged,case number,do not reply to this,"
	"generated automatically,no longer monitored,not monitored,out of office,"
	"robot,sent automatically,this is an auto,this is an automated,"
	"this is an automatic,ticket number";

const char *const speech_phrases[SPEECH_CLASSES] = {
	[SPEECH_LIST] = list_words,
	[SPEECH_THANKS] = thanks_words,
	[SPEECH_AWAY] = away_words,
	[SPEECH_TIME] = time_words,
	[SPEECH_STAND_IN] = stand_in_words,
	[SPEECH_MACHINE] = machine_words,
	[SPEECH_MACHINE_SURE] = machine_sure_words,
};

const char speech_common[] =
	" "
	"about address after ago agree all allow allowed also and answer answers "
	"any anybody anyone anything are ask because been before between but can "
	"change changes close closes closing comment comments consultation could "
	"date day days describe disagree does done draft due each end europe every "
	"everyone explain far few following for form from further get give had has "
	"have held help her here him his hold holds how inc into its keep kept "
	"kind kinds know known law less let like london long longer longest made "
	"make many may more most much must name named need needs new nor not "
	"number off often one only open opens other others our ours out over own "
	"page paper part parts people per person please proposal proposals propose "
	"proposed provide put question questions reasons respond response rules "
	"same say see set she should some still such tell than that the their them "
	"there these they thing things think this those time times title too two "
	"under understood use used using very via view views want wants was way "
	"ways what when where whether which while who whom whose why will wish "
	"with word words work would year years yes yet you your zone ";
