#include "classify/reason_pairs.h"
#include "base/str.h"
#include "classify/phrase.h"

enum { SENTENCE_WORDS = 60, NEAR = 6 };

/* What a word can be in such a sentence. */
enum {
	RECIPIENT = 1,  /* whom a mail is for */
	DENIAL = 2,     /* no, not, unknown */
	PERMISSION = 4, /* allowed, room, sending: then the denial is of that */
	SERVER = 8,
	REACHING = 16,
	TIME = 32,
	TROUBLE = 64,
	FULL = 128,
	ROOM = 256
};

static const struct {
	const char *word; /* whole, or with '*' at the end how it begins */
	int is;
} meanings[] = {
	{"user*", RECIPIENT},
	{"account*", RECIPIENT},
	{"mailbox*", RECIPIENT},
	{"inbox*", RECIPIENT},
	{"recipient*", RECIPIENT},
	{"addressee*", RECIPIENT},
	{"address*", RECIPIENT},
	{"name", RECIPIENT},
	{"person", RECIPIENT},
	{"alias*", RECIPIENT},
	{"customer*", RECIPIENT},
	{"subscriber*", RECIPIENT},
	{"login", RECIPIENT},
	{"postfach*", RECIPIENT},
	{"empfänger*", RECIPIENT},
	{"empfaenger*", RECIPIENT},
	{"benutzer*", RECIPIENT},
	{"konto*", RECIPIENT},
	{"adress*", RECIPIENT},
	{"compte*", RECIPIENT},
	{"boîte*", RECIPIENT},
	{"destinat*", RECIPIENT},
	{"utilis*", RECIPIENT},
	{"usu*", RECIPIENT},
	{"buz*", RECIPIENT},
	{"cuenta*", RECIPIENT},
	{"direcci*", RECIPIENT},
	{"casella*", RECIPIENT},
	{"utente*", RECIPIENT},
	{"indirizz*", RECIPIENT},
	{"gebruik*", RECIPIENT},
	{"postbus*", RECIPIENT},
	{"postvak*", RECIPIENT},
	{"bruker*", RECIPIENT},
	{"bruger*", RECIPIENT},
	{"användar*", RECIPIENT},
	{"mottak*", RECIPIENT},
	{"modtag*", RECIPIENT},
	{"postkass*", RECIPIENT},
	{"käyttäj*", RECIPIENT},
	{"użytkown*", RECIPIENT},
	{"odbiorc*", RECIPIENT},
	{"skrzynk*", RECIPIENT},
	{"uživatel*", RECIPIENT},
	{"пользовател*", RECIPIENT},
	{"получател*", RECIPIENT},
	{"ящик*", RECIPIENT},
	{"адрес*", RECIPIENT},
	{"no", DENIAL},
	{"not", DENIAL},
	{"never", DENIAL},
	{"none", DENIAL},
	{"nobody", DENIAL},
	{"doesn't", DENIAL},
	{"doesnt", DENIAL},
	{"isn't", DENIAL},
	{"cannot", DENIAL},
	{"can't", DENIAL},
	{"couldn't", DENIAL},
	{"hasn't", DENIAL},
	{"wasn't", DENIAL},
	{"without", DENIAL},
	{"invalid", DENIAL},
	{"unknown", DENIAL},
	{"nonexistent", DENIAL},
	{"non-existent", DENIAL},
	{"bad", DENIAL},
	{"wrong", DENIAL},
	{"incorrect", DENIAL},
	{"nicht", DENIAL},
	{"kein*", DENIAL},
	{"unbekannt*", DENIAL},
	{"ungültig*", DENIAL},
	{"pas", DENIAL},
	{"aucun*", DENIAL},
	{"inconnu*", DENIAL},
	{"inexist*", DENIAL},
	{"desconocid*", DENIAL},
	{"desconhecid*", DENIAL},
	{"ningún", DENIAL},
	{"não", DENIAL},
	{"non", DENIAL},
	{"nessun*", DENIAL},
	{"sconosciut*", DENIAL},
	{"niet", DENIAL},
	{"geen", DENIAL},
	{"onbekend*", DENIAL},
	{"ikke", DENIAL},
	{"ingen", DENIAL},
	{"ukjent*", DENIAL},
	{"ukendt*", DENIAL},
	{"inte", DENIAL},
	{"okänd*", DENIAL},
	{"finns", DENIAL},
	{"ei", DENIAL},
	{"tuntematon", DENIAL},
	{"nie", DENIAL},
	{"nieznan*", DENIAL},
	{"nen*", DENIAL},
	{"neznám*", DENIAL},
	{"не", DENIAL},
	{"нет", DENIAL},
	{"неизвест*", DENIAL},
	{"allow*", PERMISSION},
	{"accept*", PERMISSION},
	{"permi*", PERMISSION},
	{"receiv*", PERMISSION},
	{"author*", PERMISSION},
	{"authenti*", PERMISSION},
	{"access*", PERMISSION},
	{"relay*", PERMISSION},
	{"sender*", PERMISSION},
	{"send*", PERMISSION},
	{"sent", PERMISSION},
	{"deliver", PERMISSION},
	{"delivered", PERMISSION},
	{"delivering", PERMISSION},
	{"full", PERMISSION | FULL},
	{"quota*", PERMISSION | ROOM},
	{"room", PERMISSION | ROOM},
	{"space", PERMISSION | ROOM},
	{"exceed*", PERMISSION | FULL},
	{"overdrawn", PERMISSION | FULL},
	{"überfüllt", PERMISSION | FULL},
	{"täynnä", PERMISSION | FULL},
	{"przepełn*", PERMISSION | FULL},
	{"переполн*", PERMISSION | FULL},
	{"overfull", PERMISSION | FULL},
	{"fullt", PERMISSION | FULL},
	{"fuld", PERMISSION | FULL},
	{"platz", PERMISSION | ROOM},
	{"speicher*", PERMISSION | ROOM},
	{"plads", PERMISSION | ROOM},
	{"plass", PERMISSION | ROOM},
	{"espace", PERMISSION | ROOM},
	{"espacio", PERMISSION | ROOM},
	{"spazio", PERMISSION | ROOM},
	{"ruimte", PERMISSION | ROOM},
	{"utrymme", PERMISSION | ROOM},
	{"storage", PERMISSION | ROOM},
	{"limit*", PERMISSION},
	{"spam*", PERMISSION},
	{"block*", PERMISSION},
	{"polic*", PERMISSION},
	{"disab*", PERMISSION},
	{"suspen*", PERMISSION},
	{"inactiv*", PERMISSION},
	{"active", PERMISSION},
	{"lock*", PERMISSION},
	{"reach*", PERMISSION | REACHING},
	{"verif*", PERMISSION},
	{"try", PERMISSION},
	{"temporar*", PERMISSION},
	{"currently", PERMISSION},
	{"now", PERMISSION},
	{"yet", PERMISSION},
	{"ip", PERMISSION},
	{"host*", PERMISSION | SERVER},
	{"domain*", PERMISSION | SERVER},
	{"want*", PERMISSION},
	{"zustell*", PERMISSION},
	{"zugestellt", PERMISSION},
	{"erlaub*", PERMISSION},
	{"berecht*", PERMISSION},
	{"annehm*", PERMISSION},
	{"angenommen", PERMISSION},
	{"voll*", PERMISSION | FULL},
	{"remis*", PERMISSION},
	{"livr*", PERMISSION},
	{"entreg*", PERMISSION},
	{"consegn*", PERMISSION},
	{"autor*", PERMISSION},
	{"plein*", PERMISSION | FULL},
	{"llen*", PERMISSION | FULL},
	{"pien*", PERMISSION | FULL},
	{"chei*", PERMISSION | FULL},
	{"vol", PERMISSION | FULL},
	{"tillåt*", PERMISSION},
	{"tillat*", PERMISSION},
	{"dostarcz*", PERMISSION},
	{"доставл*", PERMISSION},
	{"server*", SERVER},
	{"site", SERVER},
	{"gateway*", SERVER},
	{"machine*", SERVER},
	{"exchanger*", SERVER},
	{"mx", SERVER},
	{"mailserver*", SERVER},
	{"serveur*", SERVER},
	{"servidor*", SERVER},
	{"сервер*", SERVER},
	{"answer*", REACHING},
	{"respond*", REACHING},
	{"respons*", REACHING},
	{"connect*", REACHING},
	{"contact*", REACHING},
	{"unreachable", REACHING | DENIAL},
	{"erreich*", REACHING},
	{"antwort*", REACHING},
	{"joindre", REACHING},
	{"répond*", REACHING},
	{"respond*", REACHING},
	{"svar*", REACHING},
	{"hour*", TIME},
	{"day*", TIME},
	{"week*", TIME},
	{"since", TIME},
	{"attempt*", TIME},
	{"tries", TIME},
	{"retries", TIME},
	{"long", TIME},
	{"stunde*", TIME},
	{"tage*", TIME},
	{"seit", TIME},
	{"versuch*", TIME},
	{"heures", TIME},
	{"jours", TIME},
	{"depuis", TIME},
	{"tentativ*", TIME},
	{"horas", TIME},
	{"días", TIME},
	{"dias", TIME},
	{"intentos", TIME},
	{"ore", TIME},
	{"giorni", TIME},
	{"uren", TIME},
	{"uur", TIME},
	{"dagen", TIME},
	{"pogingen", TIME},
	{"timer", TIME},
	{"dager", TIME},
	{"dage", TIME},
	{"timmar", TIME},
	{"dagar", TIME},
	{"försök", TIME},
	{"godzin*", TIME},
	{"dni", TIME},
	{"часов", TIME},
	{"дней", TIME},
	{"fail*", TROUBLE},
	{"abort*", TROUBLE},
	{"unable", TROUBLE | DENIAL},
	{"unsuccessful*", TROUBLE},
	{"stopped", TROUBLE},
	{"ended", TROUBLE},
	{"gave", TROUBLE},
	{"given", TROUBLE},
	{"abgebrochen", TROUBLE},
	{"fehlgeschlagen", TROUBLE},
	{"abandon*", TROUBLE},
	{"échou*", TROUBLE},
	{"échec", TROUBLE},
	{"fallid*", TROUBLE},
	{"fallit*", TROUBLE},
	{"mislukt*", TROUBLE},
	{"opgegeven", TROUBLE},
	{"oppgitt", TROUBLE},
	{"opgivet", TROUBLE},
	{"avbr*", TROUBLE},
	{"afbrudt", TROUBLE},
	{"misslyck*", TROUBLE},
};

static int meaning(const char *word, size_t len)
{
	int is = 0;

	for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
		const char *w = meanings[i].word;
		size_t n = strlen(w);

		if (w[n - 1] == '*' ? len + 1 >= n && memcmp(word, w, n - 1) == 0
				    : len == n && memcmp(word, w, n) == 0)
			is |= meanings[i].is;
	}
	return is;
}

struct sentence {
	int is[SENTENCE_WORDS];
	size_t count;
	int all;
};

static bool ends_sentence(const char *at)
{
	return strchr(".;:!?", *at) && (at[1] == ' ' || at[1] == '\0');
}

static bool word_letter(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (unsigned char)c >= 0x80 ||
	       c == '\'' || c == '-';
}

/* The words up to the end of the sentence; where the next begins. */
static const char *read_sentence(const char *at, struct sentence *out)
{
	*out = (struct sentence){0};
	while (*at) {
		size_t n = 0;

		while (*at && !word_letter(*at)) {
			bool end = ends_sentence(at);

			at++;
			if (end && out->count)
				return at;
		}
		while (at[n] && word_letter(at[n]))
			n++;
		if (n && out->count < SENTENCE_WORDS) {
			out->is[out->count] = meaning(at, n);
			out->all |= out->is[out->count++];
		}
		at += n;
	}
	return at;
}

static bool near_each_other(const struct sentence *s, int one, int other)
{
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = i > NEAR ? i - NEAR : 0;
		     (s->is[i] & one) && k < s->count && k <= i + NEAR; k++)
			if (k != i && (s->is[k] & other))
				return true;
	return false;
}

enum mail_reason reason_by_pairs(const char *folded)
{
	enum mail_reason found = MAIL_REASON_UNKNOWN;
	struct sentence s;

	while (*folded) {
		folded = read_sentence(folded, &s);
		if ((s.all & RECIPIENT) &&
		    ((s.all & FULL) || ((s.all & ROOM) && (s.all & DENIAL))))
			return MAIL_REASON_MAILBOX_FULL;
		if ((s.all & TIME) &&
		    ((s.all & TROUBLE) || ((s.all & DENIAL) && !(s.all & RECIPIENT))))
			return MAIL_REASON_EXPIRED;
		if ((s.all & SERVER) && (s.all & REACHING) &&
		    (s.all & (DENIAL | TROUBLE)))
			return MAIL_REASON_NETWORK;
		if (!found && !(s.all & PERMISSION) &&
		    near_each_other(&s, RECIPIENT, DENIAL))
			found = MAIL_REASON_NO_SUCH_ADDRESS;
	}
	return found;
}

static bool either_or(const char *folded)
{
	static const char *const ors[] = {" or ",    " oder ", " ou ",  " o ",   " of ",
					  " eller ", " lub ",  " или ", " أو ",  "أو ",
					  " nebo ",  "または", "或",    " tai ", " veya ",
					  "또는",    " ή ",    NULL};
	static const char *const may[] = {
		"allowed",    "permission", "permitted",  "member",     "authori",
		"may not",    "restrict",   "subscriber", "no access",  "access denied",
		"polic",      "berechtig",  "mitglied",   "darf nicht", "dürfen",
		"membre",     "miembro",    "permis",     "autoris",    "autoriz",
		"toegestaan", "lid van",    "medlem",     "tillåt",     "tillat",
		"tilladel",   "membro",     "uprawni",    "członk",     "разреш",
		"участник",   "مصرح",       "يُسمح",       "يسمح",       "許可",
		"メンバー",   "权限",       "權限",       "成员",       "권한",
		"not accept", "blocked",    NULL};

	return words_any(folded, ors) && words_any(folded, may);
}

const char *reason_without_either_or(struct arena *arena, const char *folded)
{
	char *rest;
	bool any = false;

	if (!either_or(folded))
		return NULL;
	rest = arena_strdup(arena, folded);
	for (char *from = rest, *at = rest; *from; from = at) {
		char *stop;

		while (*at && !ends_sentence(at))
			at++;
		at += *at != '\0';
		stop = arena_strndup(arena, from, (size_t)(at - from));
		if (either_or(stop)) {
			memset(from, ' ', (size_t)(at - from));
			any = true;
		}
	}
	return any ? rest : "";
}
