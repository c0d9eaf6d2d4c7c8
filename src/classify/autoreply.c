#include "classify/autoreply.h"
#include "base/str.h"
#include "classify/words.h"

/* Subjects that programs, not people, begin with. */
static const char *const program_marks[] = {"automatic reply:",
					    "automatic reply ",
					    "automatic reply -",
					    "auto reply:",
					    "auto-reply:",
					    "autoreply:",
					    "auto: re",
					    "auto reply from",
					    "autoreply from",
					    "auto response:",
					    "auto-response:",
					    "autoresponse:",
					    "automated reply",
					    "automated response:",
					    "autoresponder",
					    "auto responder",
					    "auto-responder",
					    "automatic response",
					    "[auto-reply]",
					    "[autoreply]",
					    "[auto reply]",
					    "(auto reply)",
					    "out of office autoreply",
					    "out of office auto-reply",
					    "out of office reply",
					    "vacation reply",
					    "away from my mail",
					    "automatische antwort",
					    "abwesenheitsnotiz",
					    "abwesenheitsnachricht",
					    "automatische rückantwort",
					    "autom. antwort",
					    "réponse automatique",
					    "reponse automatique",
					    "réponse d'absence",
					    "message d'absence",
					    "respuesta automática",
					    "respuesta automatica",
					    "risposta automatica",
					    "automatisch antwoord",
					    "afwezigheidsbericht",
					    "resposta automática",
					    "resposta automatica",
					    "autosvar",
					    "automatiskt svar",
					    "automatisk svar",
					    "frånvaromeddelande",
					    "automaattinen vastaus",
					    "autoodpowiedź",
					    "automatyczna odpowiedź",
					    "odpowiedź automatyczna",
					    "automatická odpověď",
					    "automatická odpoveď",
					    "automatikus válasz",
					    "automatski odgovor",
					    "samodejni odgovor",
					    "răspuns automat",
					    "otomatik yanıt",
					    "αυτόματη απάντηση",
					    "автоответ",
					    "автоматический ответ",
					    "автоматична відповідь",
					    "自動返信",
					    "自動応答",
					    "不在通知",
					    "不在自動応答",
					    "自动回复",
					    "自動回覆",
					    "自動回復",
					    "자동 회신",
					    "자동응답",
					    "부재 중",
					    NULL};

/* These people write as well: a machine must show itself somewhere else, too. */
static const char *const either_marks[] = {"auto: ",
					   "out of office",
					   "out-of-office",
					   "out of the office",
					   "ooo:",
					   "ooo ",
					   "vacation",
					   "away:",
					   "away ",
					   "abwesen",
					   "absence",
					   "absent",
					   "fuera de la oficina",
					   "ausente",
					   "fuori sede",
					   "fuori ufficio",
					   "niet aanwezig",
					   "afwezig",
					   "ausência",
					   "fravær",
					   "frånvaro",
					   "poissa",
					   "nieobecn",
					   "отпуск",
					   "不在",
					   "休暇",
					   NULL};

/* What such an answer says about its sender. */
static const char *const absence[] = {"out of the office",
				      "out of office",
				      "away from the office",
				      "on vacation",
				      "on holiday",
				      "on annual leave",
				      "on leave",
				      "on maternity leave",
				      "currently away",
				      "i am away",
				      "i'm away",
				      "will be away",
				      "limited access to email",
				      "limited access to e-mail",
				      "no access to email",
				      "away from my email",
				      "automatic reply",
				      "automated response",
				      "automatically generated",
				      "auto-generated",
				      "this is an automated",
				      "this is an automatic",
				      "do not reply to this",
				      "nicht im büro",
				      "im urlaub",
				      "nicht erreichbar",
				      "abwesend",
				      "außer haus",
				      "absent",
				      "en congé",
				      "en vacances",
				      "de vacaciones",
				      "fuera de la oficina",
				      "estaré ausente",
				      "in ferie",
				      "fuori ufficio",
				      "op vakantie",
				      "afwezig",
				      "niet aanwezig",
				      "på semester",
				      "semester",
				      "ferie",
				      "lomalla",
				      "urlop",
				      "nieobecn",
				      "dovolen",
				      "szabadság",
				      "отпуск",
				      "休暇",
				      "不在",
				      "外出",
				      "休假",
				      "부재",
				      NULL};

/* How such answers speak of themselves. */
static const char *const says_automatic[] = {"this is an automated re",
					     "this is an automatic re",
					     "this is an auto-re",
					     "this is an autore",
					     "an automated reply",
					     "an automatic reply",
					     "automated acknowledgement",
					     "automatic acknowledgement",
					     "automatische antwort",
					     "automatische eingangsbestätigung",
					     "réponse automatique",
					     "respuesta automática",
					     "risposta automatica",
					     "automatisch antwoord",
					     "resposta automática",
					     "自動返信",
					     "自动回复",
					     NULL};

static const struct {
	const char *name;
	const char *value; /* begins with; NULL: anything but "no" */
} machine_fields[] = {{"X-Autoreply", NULL},
		      {"X-Auto-Reply", NULL},
		      {"X-Autorespond", NULL},
		      {"X-Autoresponder", NULL},
		      {"X-Auto-Responder", NULL},
		      {"X-AutoReply-From", NULL},
		      {"X-Mail-Autoreply", NULL},
		      {"X-Autogenerated", "reply"},
		      {"X-Auto-Generated", "reply"},
		      {"X-Auto-Response", NULL},
		      {"X-Vacation", NULL},
		      {"X-Vacation-Reply", NULL},
		      {"X-FC-MachineGenerated", "true"},
		      {"X-POST-MessageClass", "9; autoresponder"},
		      {"Delivered-To", "autoresponder"},
		      {"Precedence", "auto_reply"},
		      {"Precedence", "auto-reply"},
		      {"X-Precedence", "auto_reply"},
		      {"X-Precedence", "auto-reply"},
		      {"X-Cf-Autoreply", NULL},
		      {"X-SmarterMail-AutoResponse", NULL},
		      {"X-Autoresponse", NULL},
		      {"X-Mailer", "vacation"},
		      {"X-Loop", "autoresponder"},
		      {"X-Amazon-Auto-Reply", NULL},
		      {"X-Apple-Auto-Reply", NULL},
		      {"X-Lotus-Autoreply", NULL},
		      {"X-Autoreply-For", NULL},
		      {"X-Kayako-Autoresponder", NULL},
		      {"X-Gm-Autoreply", NULL}};

/* "X-MDaemon-Autoresponder" and whatever else programs call it; but not what forbids it. */
static bool named_for_it(const char *name)
{
	static const char *const words[] = {"autoreply",   "auto-reply", "autorespon",
					    "auto-respon", "vacation",   NULL};
	static const char *const against[] = {"suppress", "no-",   "disable", "never",
					      "inhibit",  "allow", "ignore",  NULL};
	char folded[80];

	str_copy(folded, sizeof(folded), name);
	str_lower(folded);
	return str_starts(folded, "x-") && words_any(folded, words) &&
	       !words_any(folded, against);
}

static const char *machine_field(const struct mail_message *m)
{
	static const char *const nos[] = {"no", "false", "0", "none", NULL};

	for (size_t i = 0; i < m->field_count; i++) {
		const char *value = m->fields[i].value;
		bool no = false;

		for (const char *const *w = nos; *w; w++)
			no = no || str_istarts(value, *w);
		if (!no && named_for_it(m->fields[i].name))
			return m->fields[i].name;
		for (size_t j = 0; j < ARRAY_LEN(machine_fields); j++)
			if (str_ieq(m->fields[i].name, machine_fields[j].name) &&
			    (machine_fields[j].value
				     ? str_istarts(value, machine_fields[j].value)
				     : !no))
				return machine_fields[j].name;
	}
	return NULL;
}

static bool speaks_of_absence(struct arena *arena, const struct mail_message *m)
{
	const char *text = words_fold(arena, m->text_new ? m->text_new : m->text, 3000);

	return words_any(text, absence) != NULL;
}

/* Lists of old set Precedence: bulk on what people write, and no List-Id. */
static bool passed_a_list(const struct mail_message *m)
{
	return list_why(m) &&
	       (m->list_id || mail_field_value(m, "Sender") ||
		mail_field_value(m, "Errors-To") || mail_field_value(m, "X-Loop") ||
		mail_field_value(m, "List-Unsubscribe"));
}

const char *autoreply_why(struct arena *arena, const struct mail_message *m)
{
	const char *subject = words_fold(arena, m->subject, 300), *field;
	const char *mark = words_begin(subject, program_marks);
	bool by_either = words_begin(subject, either_marks) != NULL;
	bool away, sign;
	bool nobody = m->return_path && !*m->return_path;
	bool suppress = mail_field_value(m, "X-Auto-Response-Suppress") != NULL;
	bool bulk =
		str_istarts(m->precedence, "bulk") || str_istarts(m->precedence, "junk");
	bool answers =
		m->in_reply_to || m->references.count || str_starts(subject, "re:");
	bool machine = str_istarts(m->auto_submitted, "auto-");

	if (str_istarts(m->auto_submitted, "auto-replied"))
		return "Auto-Submitted says that it is an automatic answer";
	field = machine_field(m);
	if (field)
		return arena_printf(
			arena, "its field %s says that it is an automatic answer", field);
	sign = machine || suppress || nobody || bulk;
	away = (mark || sign) && speaks_of_absence(arena, m);
	/* With a colon or in brackets it is a program's prefix; else people may write about
	 * such answers. */
	if (mark && (*mark == '[' || *mark == '(' || str_ends(mark, ":") ||
		     str_starts(subject + strlen(mark), ":") ||
		     str_starts(subject + strlen(mark), " :") || away || sign))
		return "its subject begins as mail programs begin automatic answers";
	if (passed_a_list(m) || !sign)
		return NULL;
	if (by_either)
		return "its subject speaks of absence, and its header of a machine";
	if (machine && answers &&
	    words_any(words_fold(arena, m->text_new ? m->text_new : m->text, 3000),
		      says_automatic))
		return "a machine made it as an answer, and it calls itself automatic";
	if (nobody && away)
		return "it has no envelope sender, and speaks of absence";
	if ((machine || bulk) && away && answers && suppress)
		return "a machine made it as an answer, and it speaks of absence";
	if (bulk && away && answers && m->to.count == 1)
		return "its Precedence is that of automatic answers, and it speaks of absence";
	return NULL;
}

const char *list_why(const struct mail_message *m)
{
	if (m->list_id)
		return "it has a List-Id field";
	if (mail_field_value(m, "List-Unsubscribe") || mail_field_value(m, "List-Post"))
		return "it has the fields of a mailing list";
	if (mail_field_value(m, "Mailing-List") ||
	    mail_field_value(m, "X-Mailing-List") ||
	    mail_field_value(m, "X-Mailman-Version") ||
	    mail_field_value(m, "X-ML-Name") || mail_field_value(m, "X-BeenThere") ||
	    mail_field_value(m, "X-List-Processor-Version"))
		return "it has the fields of a mailing list";
	if (str_istarts(m->precedence, "list") || str_istarts(m->precedence, "bulk") ||
	    str_istarts(m->precedence, "junk"))
		return "its Precedence field says that it is bulk mail";
	return NULL;
}
