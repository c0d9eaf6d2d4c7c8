/*
 * The phrases of each class of speech.h. One that ends with "*" begins a word. A class is
 * no verdict: "hit" is a word of many a response; only what stands together counts.
 */
#include "proposal/speech.h"

static const char first_words[] =
	"i,id,ill,im,ive,me,mine,my,myself,our,ours,us,we,wed,weve";

static const char you_words[] =
	"the team,you,you are,your,your team,youre,yours";

static const char wish_words[] =
	"ask you to,be glad,be possible,be possible to,be so kind,can i,can it,"
	"can my,can somebody,can someone,can this,can we,can you,could i,could it,"
	"could my,could somebody,could someone,could this,could we,could you,do i,"
	"grateful,grateful if,happy to get,hope to,hoping,how can,how do,how does,"
	"how might,how would,i am asking,i ask,i need,i want,i wish,id appreciate,"
	"id be,id like,id love,id prefer,it possible,keen to,kindly,let me,"
	"like to be,may i,may it,may my,may we,might i,might it,might we,mind,"
	"need not,need to be,obliged,please,possible to,shall we,"
	"thank you for adding,want,want to be,we ask,we want,we wish,what do,"
	"what must i,will someone,will you,wish to,would appreciate,would it,"
	"would like,would love,would you";

static const char asking_words[] =
	"a query,a question,able to tell,able to tell me,able to tell us,advise if,"
	"advise whether,am i,are we,ask if,ask whether,asking if,asking whether,"
	"can i,can we,can you,cannot find,cant find,checking if,checking whether,"
	"clarification,could i,could not find,could we,could you,couldnt find,do i,"
	"do we,enquire,enquiring,find out,how can i,how can we,how do i,how do we,"
	"how long do i,i am wondering,i want to ask,i wanted to ask,i wonder,"
	"i would like to know,id like to know,im wondering,inquire,is it possible,"
	"is there a,just checking,let me know,let us know,like to know,may i,"
	"may we,my question,need to know,not clear whether,not sure if,"
	"not sure whether,one question,our question,please advise,please clarify,"
	"please confirm,please explain,please let,please send,please tell,"
	"quick question,should i,should we,tell me if,tell me when,tell me where,"
	"tell me whether,tell me who,tell us if,tell us where,tell us whether,"
	"to ask if,to ask whether,unable to find,unclear whether,unsure if,"
	"unsure whether,want to check,wanted to check,what happens,"
	"what is the deadline,when does,when is,when will,where can,where do,"
	"where is,which address,who do i,who is the,who should i,who wrote,"
	"whom do i,whom should i,will you,wondered,wondering if,wondering whether,"
	"would like to know,would you";

static const char opinion_words[] =
	"agree that,agree with,allow,apply to all,are better,are missing,"
	"are needed,ask that,ask the government,asks the government,bad idea,ban,"
	"be extended,better that than,call for,call on,calls for,disagree,"
	"do not forget,do you believe,do you really,dont forget,essential,"
	"everyone should,extend to all,extended to,for my part,fully support,"
	"good idea,has to,has to be,have to be,helped me,helped us,i agree,"
	"i am against,i believe,i disagree,i dont think,i feel,i feel that,"
	"i have found,i have seen,i object,i oppose,i prefer,i recommend,i saw,"
	"i suggest,i support,i think,i welcome the,i would argue,i would prefer,"
	"i would suggest,im against,important that,in favour,in my experience,"
	"in my opinion,in my view,in our experience,in our opinion,in our view,"
	"is better,is better than,is it fair,is it right,is missing,is needed,"
	"is not fair,is right,is right to,is wrong,isnt it,it is important,"
	"it is right that,it is wrong,it would be good,it would be wrong,"
	"it would help,keep it as,keep the,less money,let there be,lets have,"
	"like to see more,made a difference,make it law,more money,more needs to,"
	"must,my answer is,my answer to,my experience,my opinion,my view is,"
	"need to be,need to do,needs to,needs to be,never asked,no objection,"
	"nobody should,not enough support,opposed to,ought,our answer is,"
	"our answer to,our experience,our view is,please listen,put the money,"
	"really believe,request that,saved me,saved us,sensible,should,should not,"
	"shouldnt,strongly support,strongly welcome,taught me,the best of,"
	"the plan is,the proposal,the proposals,the worst of,there ought,"
	"this proposal,unfair to,urge,very much welcome,vital,want to see,we agree,"
	"we are against,we believe,we disagree,we dont think,we feel,we feel that,"
	"we have found,we have seen,we object,we oppose,we prefer,we recommend,"
	"we suggest,we support,we think,we welcome,we would argue,we would prefer,"
	"what i saw,what is missing,what is needed,why not,would be better,"
	"would be wrong,would like to see,would rather,would rather see,"
	"your proposal,your proposals";

static const char nothing_words[] =
	"content with,do not intend to respond,nil response,nil return,no comment,"
	"no comments,no objection,no objections,no observations,no view,no views,"
	"nothing further to add,nothing further to say,nothing to add,"
	"nothing to say,we do not wish to respond,will not be responding";

static const char process_words[] =
	"a consultation,acknowledgement,answering your,captcha,closing date,"
	"closing day,consult,consultation,consultation paper,consultation period,"
	"consultations,deadline,discussion paper,document,documents,"
	"drop in session,easy read,exercise,helpline,link,links,log in,online form,"
	"paper copy,pdf,portal,public meeting,question 3,questionnaire,reply form,"
	"replying,respondent form,responding,response form,roadshow,survey,"
	"the event,the form,the hall,the hearing loop,the leaflet,the page,"
	"the paper,the pdf,the phone line,the questions,the site,the summary,"
	"the time allowed,the upload,the way you,this form,this page,this paper,"
	"time to answer,time to reply,time to respond,to reply,to respond,upload,"
	"upload button,web form,web page,web site,webinar,webpage,website,"
	"your department,your emails,your event,your form,your handling,"
	"your leaflet,your letter,your meeting,your minutes,your notice,"
	"your office,your page,your paper,your pdf,your phone line,your poster,"
	"your questions,your site,your staff,your summary,your switchboard,"
	"your team";

static const char enquiry_words[] =
	"acknowledgement,alone,annex,anonymous,appendix,applies,apply,arrived,"
	"ask about,asking about,attach,attachment,audio,author,begin,behalf,"
	"braille,bsl,by hand,by phone,by post,by telephone,chair,close,closes,"
	"closing,committee,confidential,confirm,consultation,contact,copies,copy,"
	"count,counted,cover,covered,covers,deadline,decide,decision,definition,"
	"dictate,document,easy read,email,envelope,event,events,extend,extension,"
	"extra time,figure,file,files,findings,footnote,form,format,gaelic,"
	"get through,groups,handwritten,in person,include,included,instead,"
	"interpreter,involved,join,language,large print,late,length,link,map,"
	"map on,mean,meaning,meant,meeting,meetings,minister,more time,my name,"
	"name,number,of what,online,organisation,our name,outcome,page,page limit,"
	"pages,paper,paragraph,parking,part of,pdf,phone,pictures,polish,post,"
	"privacy,publication,publish,published,question,questionnaire,questions,"
	"reach,read these,reads,receive,received,recording,replies,reply,report,"
	"respond,responding,response,responses,results,scan,scope,section,send,"
	"sent,session,sessions,signature,signed,speak to,stamp,start,starts,"
	"submission,submit,survey,table,take part,talk to,telephone,times,together,"
	"translated,translation,trustees,upload,venue,version,video,web page,"
	"webinar,webinars,website,what you ask,when is,when will,where can,"
	"which of,who is,word limit,word version,workshop,workshops,wrote,you ask";

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

static const char on_words[] =
	"add,alert me,also like,another copy,at my new,back on,be included,"
	"be notified,be on,be sent,be told,change of address,come,come to,continue,"
	"drop me,email me,enrol,enter,find its way,forward,get,go on,has come,have,"
	"include,included,join,keep me,keep us,mail me,miss,miss out,missed,"
	"missing,new address,notified,notify me,notify us,on to,onto,pass on,put,"
	"re add,receive,received,receiving,register,restore,resubscribe,resume,"
	"send,sent to me,sent to us,sign me,sign up,sign us,start getting,"
	"start sending,subscribe,subscribed,take out,to my new,told,"
	"use this address,whenever";

static const char on_sure_words[] =
	"add me,add my,add our,add the following,add this address,add us,"
	"among the recipients,be among those,be kept informed,be kept up to date,"
	"be on your,be sent the,be told by,by email in future,can i subscribe,"
	"could i subscribe,count me in,count us in,dropped off the,"
	"dropped off your,fallen off,for future mailings,future editions,"
	"future issues,get the next,have not had the,have not received the,"
	"have the next,hear from you regularly,hear more from you,"
	"hoping to receive,how do i subscribe,in future mailings,include me,"
	"include my,include our,include us,join the list,join the mailing,"
	"join your list,join your mailing,keep me in the loop,keep me informed,"
	"keep me posted,keep me updated,keep us in the loop,keep us informed,"
	"keep us posted,keep us updated,kept in the loop,let me know when the next,"
	"let us know when the next,like to be told,like to get,like to join your,"
	"like to receive,like to subscribe,love to get,love to receive,"
	"may i subscribe,me on your list,my address go,my name go,"
	"no longer get the,no longer get your,no longer getting,"
	"no longer receive the,no longer receive your,not had a,not had the,"
	"not received a,notified by email,notify me when,on the distribution list,"
	"on the mailing list,on to your list,on your distribution,on your list,"
	"on your mailing,put me down,put me on,put my address,put my name,"
	"put this address,put us down,put us on,receive the next,register me,"
	"register us,sign me up,sign up for,sign up to,sign us up,stopped coming,"
	"stopped getting,stopped receiving,subscribe me,subscribe us,told by email,"
	"us on your list,used to get,used to receive,want to get,want to receive,"
	"want to subscribe,wish to get,wish to join your,wish to receive,"
	"wish to subscribe";

static const char off_words[] =
	"any longer,cancel,cease,come off,count me out,count us out,delete,deleted,"
	"discontinue,do not read,do not send,does not concern,dont read,dont send,"
	"dont want,dont wish,drop,end,ended,ending,enough,erase,finish,finished,"
	"from the list,from this list,from your list,get off,get rid,halt,"
	"has closed,it end,leave,leave me out,leave us out,never read,no further,"
	"no interest,no longer relevant,no longer want,no longer wish,no more,"
	"no one reads,no use,nobody reads,not be sent,not interested,not relevant,"
	"not to get,not to receive,not want,not wish,of no use,off the,off this,"
	"off your,opt out,prefer not,quit,rather not,removal,remove,removed,rid of,"
	"scrap,sign off,signed off,spare me,spare us,stop,stopping,strike,"
	"switch off,take off,taken off,terminate,too many,too much,unsubscribe,"
	"unsubscribed,want no,withdraw,without us";

static const char off_sure_words[] =
	"cancel my subscription,cancel our subscription,come off the list,"
	"come off your,count me out,count us out,cross me off,cross us off,"
	"delete me,delete my address,delete my email,delete this address,delete us,"
	"did not ask for these,did not ask for this,did not sign up,"
	"did not subscribe,didnt ask for these,didnt ask for this,didnt sign up,"
	"didnt subscribe,do not email me,do not send me,do not send us,"
	"do not write to me,do not write to us,dont email me,dont send me,"
	"dont send us,dont write to me,drop me from,drop my name,drop us from,"
	"end it please,end my subscription,end our subscription,end these,"
	"end this subscription,how can i leave,how can i stop,"
	"how can i unsubscribe,how do i get off,how do i leave,how do i sign off,"
	"how do i stop,how do i unsubscribe,how do we get off,how do we leave,"
	"how do we stop,leave me out of,leave the list,leave us out of,"
	"leave your list,like to unsubscribe,never asked for these,"
	"never asked for this,never signed up,never subscribed,"
	"no further bulletins,no further emails,no further mail,no further updates,"
	"no more bulletins,no more e mails,no more emails,no more mail,"
	"no more mails,no more messages,no more newsletters,no more of these,"
	"no more please,no more updates,not get any more,not interested in your,"
	"not receive any more,not to be contacted,not to be sent,"
	"off the distribution,off the list,off the mailing,off this list,"
	"off your circulation,off your distribution,off your list,off your mailing,"
	"opt me out,opt us out,please end it,please unsubscribe,prefer not to get,"
	"prefer not to receive,rather not get,rather not receive,remove her,"
	"remove him,remove me,remove my address,remove my name from,"
	"remove our address,remove this address,remove us,removing me,scratch me,"
	"stop contacting,stop e mailing,stop emailing,stop mailing,stop sending me,"
	"stop sending these,stop sending this,stop sending us,stop sending your,"
	"stop them,stop these,stop these emails,stop these mails,stop this mail,"
	"stop writing to,stop your,strike me,strike my,strike our,strike us,"
	"struck off your,take her off,take him off,take me off,take me out,"
	"take my address off,take my name off,take our address,take our name off,"
	"take this address,take this address off,take us off,take us out,"
	"taking me off,taking us off,unsubscribe me,unsubscribe us,"
	"want to unsubscribe,wish to unsubscribe,without asking me";

static const char own_words_words[] =
	"anonymous,anonymously,confidential,in confidence,my answer,my answers,"
	"my contribution,my evidence,my reply,my response,my submission,"
	"not for publication,our answer,our answers,our contribution,our evidence,"
	"our reply,our response,our submission,publication,publish,published,"
	"publishing,quote,quoted,redact,redacted";

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

static const char receipt_words[] =
	"acknowledge,acknowledgement,answering,arrived,bulletin,came through,"
	"circulated,come through,coming back,confirmation,confirming,copy,enjoyed,"
	"explaining,explanation,extra days,extra week,file it,filed,"
	"for the extension,getting back,interesting,issue,it out,keep it,"
	"letting me know,letting us know,newsletter,paper copy,pass it on,"
	"passed it on,printed,prompt,quick,reached,receipt,reference number,"
	"replying,resolved,safely,sending,share it,shared it,sorted,speaking to,"
	"speedy reply,the call,the chat,the event,the link,the number,"
	"the reference,the session,update,useful,working now,works now,"
	"writing back,yesterday,your answer,your e mail,your email,your help,"
	"your letter,your mail,your message,your note,your patience,your reply,"
	"your time";

static const char complaint_words[] =
	"a farce,a joke,a sham,absurd,amateurish,angry,annoyed,annoying,appalled,"
	"appalling,arrogance,arrogant,ashamed,bad manners,badly organised,"
	"badly run,beneath contempt,box ticking,cannot be right,careless,complain,"
	"complaining,complaint,complaints,condescending,contempt,contemptuous,"
	"cross about,cross with,cynical,deplorable,deplore,disappointed,"
	"disappointing,disappointment,discourteous,disgrace,disgraceful,disgusted,"
	"disgusting,dismay,dismayed,displeased,dissatisfaction,dissatisfied,"
	"exasperated,exasperating,fed up,frustrated,frustrating,hopeless,how dare,"
	"i protest,incompetence,incompetent,infuriating,insult,insult to,insulting,"
	"joke,lamentable,laughable,let down,let us down,maddening,mockery,"
	"no way to,not acceptable,not good enough,not happy,not impressed,"
	"object to the way,offended,offensive,outraged,outrageous,poor form,"
	"poor show,poorly organised,poorly run,protest,regrettable,ridiculous,rude,"
	"scandal,scandalous,shabby,shambles,shambolic,shame on,shameful,shocked,"
	"shut out,shuts out,sick of,sloppy,this is no way,tick box exercise,"
	"tired of being,to complain,unacceptable,unhappy,unimpressed,unjust,"
	"unprofessional,upset that,waste of my,waste of time,what kind of office,"
	"what sort of";

static const char fault_words[] =
	"an hour,at short notice,at the last minute,badly worded,badly written,"
	"biased,blank page,broken,buried,cancelled without,cannot finish,"
	"cannot open,cant open,closed before,closes before,confusing,"
	"could not finish,could not hear,could not open,couldnt open,crash,crashed,"
	"crashes,cut off,cut us off,day before,dead end,dead link,did not work,"
	"didnt work,does not load,does not work,doesnt work,"
	"during the school holidays,during working hours,error,errors,excluded,"
	"far too few,far too little,far too long,far too short,four weeks,freezes,"
	"froze,gave up,goes round,hard to find,hidden away,hours to find,hung up,"
	"ignored,illegible,impossible,impossible to,in the middle of the,"
	"in working hours,inaccessible,incomprehensible,jargon,kicked me out,"
	"leading questions,loaded,locked out,lost all,lost everything,lost my,"
	"misleading,moved without,never answered,never came,never replied,"
	"never told,no answer,no easy read,no interpreter,no large print,no notice,"
	"no one answered,no one answers,no one checking,no one told,no paper copy,"
	"no ramp,no reply,no response,no sign of,no step free,no time,"
	"nobody answered,nobody answers,nobody checking,nobody is checking,"
	"nobody told,not a word,not accessible,not been answered,not been sent,"
	"not been told,not enough time,not informed,not one answer,not one reply,"
	"not replied,not told,not working,nowhere to park,only english,"
	"only meeting,only online,over christmas,over the summer,past page one,"
	"patronising,rang out,refused my,rejects my,small print,so few,so little,"
	"so short,still waiting,talked down,ten days,three weeks,threw me out,"
	"timed out,times out,timing out,tiny print,too complicated,too difficult,"
	"too late,too little time,too long,too short,too small,two weeks,"
	"unanswered,unclear,unreadable,waited in,wasted,will not accept,"
	"will not load,will not send,will not work,without notice,without telling,"
	"without warning,wont load,wont open,wont send,wont work,would not accept,"
	"would not load,would not open,written for lawyers,wrong address,wrong room";

static const char act_named_words[] =
	"access to information act,eir,eirs,eisr,environmental information,foi,"
	"foia,foisa,freedom of info,freedom of information,information act 2000,"
	"information rights,information scotland,information scotland act,"
	"re use of public sector information,section 1 of the act";

static const char own_data_words[] =
	"article 15,data subject,data you hold about me,data you hold on me,dsar,"
	"everything you have about me,everything you have on me,"
	"everything you hold about me,everything you hold on me,file about me,"
	"file on me,have about me,held about me,held on me,hold about me,"
	"hold on me,information you hold about me,information you hold on me,"
	"know about me,my own file,my personal data,on file about me,on file on me,"
	"personal data you hold,stored about me,subject access";

static const char demand_words[] =
	"access to,apply,applying,ask,asking,can i see,can we see,can you provide,"
	"can you send,can you tell,could i have,could i see,could we see,"
	"could you provide,could you send,could you supply,could you tell,disclose,"
	"entitled,furnish,furnish me,how many,how much,how often,i require,i seek,"
	"i should like to have,i should like to see,i want to know,i want to see,"
	"id like a copy,id like copies,id like to see,in terms of,inspect,"
	"kindly provide,kindly send,kindly supply,let me have,let us have,"
	"make available,may i have,may i see,may we see,might i see,obtain,"
	"please can you,please confirm,please could you,please disclose,"
	"please give,please let me have,please list,please provide,please release,"
	"please send,please state,please supply,please tell,please treat,"
	"provide me,provide us,pursuant,release to,reply within,request,requested,"
	"requesting,requests,reveal,seek,send it,send me,send us,"
	"should like copies,sight of,statutory,supply me,supply us,"
	"this is a request,this is an,under foi,under foisa,under the,we require,"
	"we seek,we want to know,we want to see,what did,what has,within 20,"
	"within twenty,working days,would like a copy,would like copies,"
	"would like to have,would like to know,would like to obtain,"
	"would like to receive,would like to see";

static const char records_words[] =
	"advice given,advice to ministers,agenda,agendas,all correspondence,"
	"all documents,all e mails,all emails,any correspondence,any documents,"
	"attendance,audit report,audits,between 20*,bid for,bids for,breakdown,"
	"briefing,briefings,broken down,budget,budgets,by council,"
	"by local authority,companies that,complaints received,consultancies,"
	"consultancy,consultants,contract,contractor,contractors,contracts,"
	"copies of,copy of all,copy of any,copy of every,correspondence,cost,"
	"cost of,costing,costs,dataset,datasets,diaries,diary,documents about,"
	"documents concerning,documents relating,draft versions,drafts of,"
	"e mails between,each year,earlier drafts,emails between,exchanged,"
	"expenditure,expenses,fees,figures for,financial year,"
	"following information,for each year,from 20*,how many,how much,"
	"impact assessment,impact assessments,in 20*,information about the,"
	"information held,information on the,internal emails,internal memos,"
	"internal review,invoice,invoices,job titles,last five years,"
	"last ten years,last three years,legal advice,letters between,"
	"letters exchanged,list of,meetings held,memo,memoranda,memos,met with,"
	"minutes,names of the officials,notes of meetings,notes of the meeting,"
	"number of,paid to,past five years,past three years,payment to,payments,"
	"per year,prices of,record of,recorded information,recordings,records,"
	"register of,reports on,risk assessment,salaries,salary,since 2*,spending,"
	"spent,statistics,submissions to ministers,tender,tenders,transcripts,"
	"who attended,who was paid";

static const char held_words[] =
	"briefings,contract with,correspondence,do you hold,emails between,"
	"exchanged between,foi request,held by,hold any,impact assessment,"
	"impact assessments,in the possession,in your files,in your possession,"
	"information held,information request,internal emails,internal memos,"
	"invoices,kept by,kept on file,legal advice,letters exchanged,minutes,"
	"on your files,please disclose,please release,recorded form,"
	"recorded information,records of,request for information,"
	"request for records,the department holds,you have on file,you hold,"
	"you keep,your department holds,your department keeps,your records";

static const char offer_words[] =
	"account manager,announcing,are you looking for,are you paying,"
	"ask for a free,ask for a quote,ask for our,backlink*,book our,buy our,"
	"came across your site,clearance,dealer in,dealers in,dear business,"
	"dear customer,dear sir madam we,does your company,does your office,"
	"does your team,early bird,established supplier,exchange links,"
	"exchange of links,found your website,guest post,hire our,i am a freelance,"
	"i build websites,i came across your,i can offer,i design,i offer,"
	"i run a company,i run a firm,i sell,i translate,i would add,"
	"i write articles,i write content,introducing,invite you to take,"
	"is your company,is your office,is your team,is your website,"
	"leading manufacturer,leading provider,leading supplier,let us send you,"
	"let us show you,let us take,link exchange,looking for a,looking to save,"
	"manufacturer of,manufacturers of,market research,my company,my firm,"
	"my services,new from,noticed that your website,noticed your website,"
	"on offer,order our,our agency,our app,our brochure,our business,"
	"our catalogue,our clients,our company,our conference,our consultants,"
	"our courses,our customers,our engineers,our exhibition,our expertise,"
	"our experts,our fibre,our firm,our fleet,our hall,our hotel,"
	"our interpreters,our latest,our market,our new,our new range,our offer,"
	"our panel,our platform,our price list,our prices,our product,our products,"
	"our range,our rates,our sales,our seminar,our service,our services,"
	"our shop,our showroom,our software,our solution,our solutions,our store,"
	"our study of,our survey,our team of experts,our training course,"
	"our translators,our venue,our warehouse,ours holds,please find our price,"
	"reach out to,reaching out,rent our,sales manager,sales team,search engine,"
	"send for our,seo,special offer,sponsored article,sponsored post,"
	"stocktaking,supplier of,suppliers of,swap links,take our,tired of slow,"
	"try our,visited your website,we are a family firm,we are a leading,"
	"we are a translation,we are delighted to offer,we are experts,"
	"we are pleased to offer,we are specialists,we build,we buy,"
	"we came across your,we can help,we can help you,we can offer,we can save,"
	"we can supply,we cater,we clean,we deliver,we design,we export,we fit,"
	"we have helped,we hire,we host,we import,we install,we lease,we make,"
	"we manufacture,we offer,we paint,we print,we provide,we rent,we repair,"
	"we run courses,we sell,we service,we ship,we specialise,we specialize,"
	"we supply,we train,we translate,we work with organisations like,"
	"we would like to offer,would your office,would your team,"
	"you have been chosen,you have been selected,you have won,your chance to,"
	"your organisation to";

static const char price_words[] =
	"$,%,a month,a week,act now,affordable,apply now,apply today,at no charge,"
	"at no cost,bargain,bargains,book a,book now,book today,brochure,bulk,buy,"
	"buy now,call now,call today,call us,catalogue,cheap,cheaper,cheapest,"
	"click,competitive,contact us today,costs half,credit,cut your bills,"
	"cut your costs,deal,deals,delivery,demo,demonstration,discount,discounted,"
	"discounts,dispatch within,enquire today,euros,finance available,"
	"first month free,for free,free delivery,free for,free of charge,"
	"free sample,free samples,free trial,from just,from only,"
	"get in touch today,guaranteed,half off,half price,half the price,hire,"
	"hundred for,in stock,instalments,introductory,invest,investment,investors,"
	"leads,lease,leasing,limited places,limited time,loan,loans,lottery,"
	"low cost,month free,next day,no charge,no cost,no obligation,no strings,"
	"offer closes,offer ends,only £,order,order now,order today,ordering,"
	"orders,package,packages,per box,per day,per head,per month,per page,"
	"per user,per week,per word,per year,phone us,places are limited,pounds,"
	"price,price list,price lists,priced,prices,prize,purchase,quotation,"
	"quotations,quote,quotes,rate,rates,reduced rate,register today,rental,"
	"reply to claim,returns of,ring now,ring today,ring us,roi,sale,sample,"
	"sample pack,samples,save money,save up,save you money,saving,savings,"
	"season ticket,sign up today,stocks last,subscription plan,tariff,tariffs,"
	"thousand for,trial,try it,try it free,try us,twice as fast,until friday,"
	"upgrade,visit our,voucher,vouchers,while stocks,wholesale,win a,win an,"
	"win win,without obligation,£,€";

static const char trade_words[] =
	"a link to my,accounting,app,articles for,away day,backlink,badges,banners,"
	"bitcoin,blogs like,boiler,bookkeeping,boost,bouncy castle,broadband,"
	"carpets,cartridges,catering,chairs,cleaning contract,coach hire,coaching,"
	"coffee machine,conferencing,conversions,copiers,copying paper,copywriter,"
	"copywriting,courier,crm,crypto,decision maker,delegates,desks,domain name,"
	"email lists,entertainer,envelopes,exhibition stand,fibre,first aid kits,"
	"fleet,flowers,followers,forex,furniture,grow your,gutters,hire a,hosting,"
	"hosting package,hotel,hotels,insurance,internet,interpreters,"
	"interpreting service,lanyards,leads list,link to our,link to us,logo,"
	"marquee,marquees,meeting rooms,minibus,mugs,office furniture,"
	"office supplies,parcels,payroll,pens,pension,photography,plants,platform,"
	"printer paper,printers,printing,prize draw,procurement,proofreading,"
	"purchasing,rank higher,ranking,rankings,readers would,recruitment agency,"
	"rooms,safety equipment,shredding,signage,social media management,software,"
	"solar,speakers,sponsored,staffing,stationery,storage,survey about,"
	"take five minutes,tax refund,taxis,temporary staff,"
	"ten minutes of your time,tent,the person responsible,toner,traffic,"
	"training days,transcription service,translation,translation service,"
	"translations,umbrellas,uniforms,vehicles,vending,venue hire,visitors,"
	"water cooler,web design,web traffic,webdesign,whoever buys,whoever orders,"
	"windows,windows in,workwear,your brand,your budget,your business,"
	"your clients,your company,your copier,your customers,your energy,"
	"your firm,your inbox,your it,your marketing,your next conference,"
	"your next event,your next meeting,your office,your office needs,"
	"your organisation can,your organisation could,your printers,your printing,"
	"your procurement,your site,your staff room,your team building,your waste,"
	"your website";

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

static const char harm_words[] =
	"abuse,abused,abuses,abusing,afraid of,afraid to be,afraid to go,"
	"alone all night,alone at night,asked her to send,asked him to send,"
	"asks for food,assault*,at midnight,at risk,beat,beaten,beating,beats,"
	"begs for food,belt,black eye,black eyes,bleeding,blood,broken arm,bruise,"
	"bruised,bruises,burned,burns,burns her,burns him,burns them,burnt,"
	"by herself,by himself,choked,chokes,cigarettes,cries all,crying all,cut,"
	"cuts on,drags her,drags him,drinking,drugs,drunk,fgm,flinches,"
	"forced marriage,frightened of,frightened to,gets into her,groomed,"
	"grooming,grown man,harm her,harm him,harm me,harm them,hides under,"
	"hiding under,hit,hits,hitting,hungry,hurt,hurting,hurts,in danger,"
	"in the shed,in the street at,into her bed,into her room,into his bed,"
	"into his room,isnt safe,kick,kicked,kicks,kicks her,kicks him,kill her,"
	"kill him,kill them,kill us,left alone,locked in,locked out,locked up,"
	"locks her,locks him,locks them,marks across,marks on,meet him alone,"
	"meets her,missing since,molest*,naked,neglected,never fed,no food,"
	"not been fed,not been seen,not safe,nothing to eat,nude,older man,"
	"on her own at,on his own at,out all night,out at midnight,overdose,"
	"photos of her,photos of him,pictures of her,pictures of him,punch,punched,"
	"punches,punching,ran away,rape,raped,rapes,run away,scared of,"
	"scared to be,scared to go,screaming,screams,screams at,sends her,sent her,"
	"shakes,shakes the baby,shook the baby,shouts at her all,slap,slapped,"
	"slapping,slaps,sleeping in the car,sleeps outside,starve,starved,starves,"
	"starves her,starves him,starving,steals food,strangl*,taken abroad,"
	"terrified,threatened,threatening,threatens,threw her,threw him,thrown,"
	"ties her,ties him,to kill,touched,touches,touching,unsafe,wets herself,"
	"wets himself,when he drinks,when she drinks,will not say,wont go home,"
	"wont say";

static const char harm_me_words[] =
	"abused me,abuses me,abusing me,afraid of her,afraid of him,afraid of my,"
	"afraid to go home,asks me for pictures,beat me,beating me,beats me,"
	"beats my,beats us,burned me,burns me,burns us,came into my room,choked me,"
	"chokes me,comes into my room,do not feel safe,dont feel safe,forced me,"
	"forces me,frightened of him,frightened of my,frightened to go home,hit me,"
	"hits me,hits my brother,hits my mother,hits my mum,hits my sister,hits us,"
	"hitting me,hurt me,hurting me,hurts me,hurts us,hurts us and,"
	"i am in danger,i am not safe,im in danger,im not safe,in my bed,"
	"into my bed,kicked me,kicks me,kicks us,kill me,locked me,locks me,"
	"locks us,made me touch,makes me do,makes me take off,makes me touch,"
	"makes me undress,molested me,molests me,my bruises,not safe at home,"
	"not safe here,photos of me,pictures of me,punched me,punches me,raped me,"
	"rapes me,scared of her,scared of him,scared of my,scared to go home,"
	"slapped me,slaps me,starves me,strangled me,strangles me,threatened me,"
	"threatens me,throws things at me,touched me,touches me,touching me,"
	"wants pictures of me,watches me,will hurt me,will kill me,with his belt,"
	"wont let me eat,wont let me out";

static const char self_harm_words[] =
	"all my tablets,all the tablets,better off without me,cannot go on any,"
	"cannot go on like,cant go on any,cant go on like,cut myself,"
	"cutting myself,do not want to be here any,do not want to live,"
	"dont want to be alive,dont want to be here any,dont want to live,"
	"end it all,end my life,ending my life,feel suicidal,feeling suicidal,"
	"harm myself,harming myself,hurt myself,hurting myself,i am suicidal,"
	"i want to die,im suicidal,jump from the,jump off,kill myself,"
	"killed myself,killing myself,never wake up,no reason to live,not wake up,"
	"nothing to live for,saved up my tablets,saved up the tablets,take my life,"
	"take my own life,taking my life,taking my own life,thoughts of suicide,"
	"want to be dead,wish i was dead,wish i were dead";

static const char one_child_words[] =
	"a boy i,a boy in my,a boy in our,a child at,a child i,a child in,"
	"a child on,a friend of mine,a girl i,a girl in my,a girl in our,"
	"a little boy,a little girl,a pupil of mine,a wee boy,a wee girl,"
	"across the road,at number,at our school,doors down,downstairs,flat above,"
	"flat below,he is nine,he is only,he is six,he told me,her daughter,"
	"her father hits,her little boy,her little girl,her son,her stepfather,"
	"her uncle,hes only,his daughter,his father hits,his son,his stepfather,"
	"his uncle,i babysit,i coach,i mind,i teach,in her class,in his class,"
	"in my class,in our school,month old,months old,my baby,my best friend,"
	"my boy,my boys,my brother,my child,my children,my cousin,my daughter,"
	"my daughters,my ex,my friend,my girl,my girls,my grandchild,"
	"my grandchildren,my granddaughter,my grandson,my kids,my little brother,"
	"my little sister,my neighbor,my neighbour,my neighbours,my neighbours boy,"
	"my nephew,my niece,my nine,my pupil,my pupils,my sister,my son,my sons,"
	"my stepdaughter,my stepson,my wee,next door,one of my pupils,our daughter,"
	"our granddaughter,our grandson,our son,over the road,she is only,"
	"she is six,she told me,shes only,the baby,the bairns,the boy,the girl,"
	"the kids,the lad,the lass,the little boy,the little girl,the twins,"
	"the wee boy,the wee girl,the wee one,their daughter,their little boy,"
	"their little girl,their son,told me that her,told me that his,"
	"two doors down,upstairs,wee boy,wee girl,year old,year olds,years old";

static const char now_words[] =
	"again,again and again,all night,always hungry,are being,at the moment,"
	"beats her,beats him,beats me,beats us,burns her,burns him,comes home,"
	"comes into,comes to school hungry,currently,days ago,every day,"
	"every evening,every friday,every night,every saturday,every weekend,"
	"gets worse,getting worse,go back,goes back,happening,has a black,"
	"has bruises,has marks,has not eaten,has started,hasnt eaten,he beats,"
	"he hits,he keeps,hits her,hits him,hits me,hits us,hurts her,hurts him,"
	"hurts me,i am afraid,i am frightened,i am scared,i can hear,i hear,"
	"im afraid,im scared,is afraid,is being,is coming back,is frightened,"
	"is going to,is happening,is in danger,is missing,is not safe,is scared,"
	"is terrified,isnt safe,it is worse,keep hearing,keeps,kicks her,kicks him,"
	"last night,last week,last weekend,locks us,most days,most nights,nightly,"
	"nights ago,now,over the weekend,right now,she beats,she hits,she keeps,"
	"since christmas,since easter,since friday,since monday,since saturday,"
	"since sunday,since the summer,some days,some nights,still,they keep,"
	"this afternoon,this morning,this week,this weekend,ties her,ties him,"
	"today,tonight,touches her,touches him,touches me,we can hear,we hear,"
	"when dad is,when he comes,when mum is at,when mum is out,when my mum,"
	"when nobody,will be back,will not go home,wont go home,yesterday";

static const char recent_words[] =
	"again,at this moment,days ago,last night,last week,last weekend,"
	"nights ago,now,right now,since friday,since monday,since saturday,"
	"since sunday,this afternoon,this evening,this morning,this week,"
	"this weekend,today,tonight,yesterday";

static const char were_words[] =
	"been,did,drank,had,used to,was,were,would";

static const char appeal_words[] =
	"afraid for,as soon as you can,asked me not to tell,before it is too late,"
	"before its too late,before something happens,begged me not,"
	"can somebody come,can someone come,cant keep doing,check on her,"
	"check on him,check on them,concerned for,do not know who to,"
	"do not know whom,do not let him,do not ring,do not tell my,do something,"
	"does not know i,doesnt know i,dont know who to,dont know whom,"
	"dont let her know,dont let him know,dont phone,dont reply to,dont ring,"
	"dont say it was,dont say who,dont tell my,fear for,fears for,"
	"frightened for,get her out,get him out,get me out,have not told anybody,"
	"have not told anyone,havent told anybody,havent told anyone,"
	"he made me promise,help me,i am reporting,i cannot keep,i cant keep,"
	"i do not know what to do,i dont know what to do,i have to report,"
	"i need help,i need to report,i want to report,i wish to report,"
	"i would like to report,is anyone there,is it my fault,is this normal,"
	"it is my fault,its my fault,need your help,never told anybody,"
	"never told anyone,no one believes,no one knows,no one listens,"
	"nobody believes,nobody comes,nobody knows,nobody listens,nothing is done,"
	"please come,please do something,please dont say,please dont say it,"
	"please dont tell,please help,send somebody,send someone,"
	"she made me promise,social work say,somebody help,somebody must,"
	"somebody needs to,somebody should look,someone help,someone must,"
	"someone needs to,someone should look,told nobody,what can i do,"
	"what do i do,what shall i do,what should i do,where to turn,"
	"who can i tell,who do i call,who do i tell,who else to tell,"
	"who else to turn,who should i tell,who to tell,who to turn to,"
	"whom do i tell,whom should i tell,worried about,worried sick,"
	"you are the first,youre the first";

static const char still_words[] =
	"around children now,brother still lives,has a new family,has access to,"
	"has children of his own,has grandchildren now,is around children,"
	"living with a woman who has,my brother is still,my sister is still,"
	"now coaches,now lives with,now teaches,now works with,"
	"other children there,sister still lives,still babysits,still coaches,"
	"still coaching,still has contact,still in charge,still leads,"
	"still lives with,still looks after,still ministers,still runs,still sees,"
	"still takes,still teaches,still teaching,still volunteers,still working,"
	"still works,works with children now";

static const char general_words[] =
	"a child is,a child should,all children,any child,awareness,campaign,"
	"campaigns,cases,child who,children are,children can,children who,culture,"
	"definition,each child,every child,evidence,families,for example,"
	"for instance,guidance,if a child,in scotland,law,legislation,"
	"many children,most children,must,offence,offences,ought,parents who,"
	"people who,policy,practitioners,prevention,professionals,programme,"
	"referral,referrals,research,services,should,society,some children,"
	"sometimes,statistics,such as,survivors,survivors of,the act,the bill,"
	"the law,the offence,the term,threshold,training,victims,victims of,"
	"when a child,where a child,whether a child,young people";

static const char field_words[] =
	"a child,a family,a parent,babies,bairns,carers,charities,children,"
	"citizens,communities,community,councils,cyclists,dads,doctors,families,"
	"farmers,fathers,foster,gardeners,generation,generations,grandfather,"
	"grandmother,grandparent,grandparents,households,kids,law,legislation,"
	"mothers,mum and dad,mums,neighbourhood,nobody should,nurses,owners,"
	"parents,parliament,patients,people,police,policy,professionals,pupils,"
	"regulation,regulations,residents,rule,rules,schools,social work,"
	"social workers,society,survivors,teachers,teenagers,tenants,the boys,"
	"the girls,the law,victims,voters,walkers,workers,young people,youngsters";

static const char past_words[] =
	"as a boy,as a child,as a girl,as children,at the time,back then,decades,"
	"forty years,growing up,had been,i grew up,in 19*,in 200*,in 201*,"
	"in my childhood,in the eighties,in the nineties,in the seventies,"
	"in the sixties,in those days,long ago,my childhood,thirty years,"
	"twenty years,used to,was adopted,was fostered,was removed,was taken into,"
	"when i was,when we were,years ago";

const char *const speech_phrases[SPEECH_CLASSES] = {
	[SPEECH_FIRST] = first_words,
	[SPEECH_YOU] = you_words,
	[SPEECH_WISH] = wish_words,
	[SPEECH_ASKING] = asking_words,
	[SPEECH_OPINION] = opinion_words,
	[SPEECH_NOTHING] = nothing_words,
	[SPEECH_PROCESS] = process_words,
	[SPEECH_ENQUIRY] = enquiry_words,
	[SPEECH_LIST] = list_words,
	[SPEECH_ON] = on_words,
	[SPEECH_ON_SURE] = on_sure_words,
	[SPEECH_OFF] = off_words,
	[SPEECH_OFF_SURE] = off_sure_words,
	[SPEECH_OWN_WORDS] = own_words_words,
	[SPEECH_THANKS] = thanks_words,
	[SPEECH_RECEIPT] = receipt_words,
	[SPEECH_COMPLAINT] = complaint_words,
	[SPEECH_FAULT] = fault_words,
	[SPEECH_ACT_NAMED] = act_named_words,
	[SPEECH_OWN_DATA] = own_data_words,
	[SPEECH_DEMAND] = demand_words,
	[SPEECH_RECORDS] = records_words,
	[SPEECH_HELD] = held_words,
	[SPEECH_OFFER] = offer_words,
	[SPEECH_PRICE] = price_words,
	[SPEECH_TRADE] = trade_words,
	[SPEECH_AWAY] = away_words,
	[SPEECH_TIME] = time_words,
	[SPEECH_STAND_IN] = stand_in_words,
	[SPEECH_MACHINE] = machine_words,
	[SPEECH_MACHINE_SURE] = machine_sure_words,
	[SPEECH_HARM] = harm_words,
	[SPEECH_HARM_ME] = harm_me_words,
	[SPEECH_SELF_HARM] = self_harm_words,
	[SPEECH_ONE_CHILD] = one_child_words,
	[SPEECH_NOW] = now_words,
	[SPEECH_RECENT] = recent_words,
	[SPEECH_WERE] = were_words,
	[SPEECH_APPEAL] = appeal_words,
	[SPEECH_STILL] = still_words,
	[SPEECH_GENERAL] = general_words,
	[SPEECH_FIELD] = field_words,
	[SPEECH_PAST] = past_words,
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
