/* What one row says of a person. */
#include "base/str.h"
#include "mail/fields/address.h"
#include "mail/write/recipient.h"
#include "roster/roster_private.h"

/* What an address begins with that no person reads, and that several do. */
static const char *const nobody[] = {"noreply",       "no-reply",
				     "no_reply",      "no.reply",
				     "donotreply",    "do-not-reply",
				     "do_not_reply",  "do.not.reply",
				     "mailer-daemon", "bounce",
				     "bounces",       "nobody",
				     "devnull",       NULL};
static const char *const teams[] = {"info",          "office",         "admin",
				    "contact",       "contactus",      "enquiries",
				    "enquiry",       "inquiries",      "mail",
				    "hello",         "help",           "support",
				    "reception",     "secretary",      "team",
				    "postmaster",    "webmaster",      "abuse",
				    "sales",         "press",          "policy",
				    "consultations", "correspondence", "hr",
				    "finance",       "headteacher",    NULL};

static const struct {
	const char *word, *frequency; /* NULL: no mail at all */
} frequencies_of[] = {
	{"each", "each"},
	{"immediate", "each"},
	{"immediately", "each"},
	{"instant", "each"},
	{"regular", "each"},
	{"mail", "each"},
	{"html", "each"},
	{"txt", "each"},
	{"urlize", "each"},
	{"notice", "each"},
	{"not_me", "each"},
	{"daily", "each"},
	{"plaintext", "each"},
	{"always", "each"},
	{"every bulletin", "each"},
	{"weekly", "weekly"},
	{"once a week", "weekly"},
	{"every week", "weekly"},
	{"digest", "weekly"},
	{"digestplain", "weekly"},
	{"summary", "weekly"},
	{"plaintext_digests", "weekly"},
	{"mime_digests", "weekly"},
	{"summary_digests", "weekly"},
	{"monthly", "monthly"},
	{"once a month", "monthly"},
	{"every month", "monthly"},
	{"nomail", NULL},
	{"none", NULL},
	{"never", NULL},
};

const char *roster_cell(const struct roster *roster, struct arena *arena,
			const struct roster_row *row, enum roster_field field)
{
	bool joins = field == ROSTER_TAGS || field == ROSTER_TOPICS;
	const char *found = "";

	for (size_t i = 0; i < roster->column_count; i++) {
		const char *cell = i < row->count ? row->cells[i] : "";

		if (roster->columns[i].field != field || !*cell)
			continue;
		if (!joins)
			return cell;
		found = *found ? arena_printf(arena, "%s, %s", found, cell) : cell;
	}
	return found;
}

size_t roster_words_of(struct arena *arena, const char *cell, const char *const **out)
{
	const char **words = NULL;
	size_t count = 0;

	for (const char *at = cell; *at;) {
		size_t n = strcspn(at, ",;|\n");
		char *word = arena_strndup(arena, at, n), *c;

		for (c = word; *c; c++)
			if (*c == '"')
				*c = ' ';
		word = str_trim(word);
		if (*word) {
			words = arena_grow(arena, words, count, sizeof(*words));
			words[count++] = word;
		}
		at += n;
		at += *at != '\0';
	}
	*out = words;
	return count;
}

static bool faulty(struct roster_fault *fault, enum roster_wrong wrong, const char *why)
{
	*fault = (struct roster_fault){wrong, why};
	return false;
}

static bool is_local(const char *address, const char *const *names)
{
	size_t n = strcspn(address, "@+");
	char local[32];

	if (n >= sizeof(local))
		return false;
	(void)snprintf(local, sizeof(local), "%.*s", (int)n, address);
	str_lower(local);
	return str_in(local, names);
}

/* "mailto:jo@x.example", "<jo@x.example>,", "'jo@x.example'", "jo@x.example." */
static const char *bare(struct arena *arena, const char *cell)
{
	const char *from = str_istarts(cell, "mailto:") ? cell + 7 : cell;
	const char *end = from + strlen(from);
	char *text = arena_strdup(arena, from), *to = text;
	size_t len;

	/* What a page put into it so that it could be broken there: nobody sees or types it. */
	for (size_t n; *from; from += n) {
		bool unseen = (unsigned char)*from >= 0x80 &&
			      str_unseen(from, (size_t)(end - from));

		n = str_utf8_char(from, (size_t)(end - from));
		n = n ? n : 1;
		if (!unseen) {
			memcpy(to, from, n);
			to += n;
		}
	}
	*to = '\0';
	len = (size_t)(to - text);
	while (len && strchr(".,;'\">", text[len - 1]))
		text[--len] = '\0';
	return text + strspn(text, "<'\"");
}

/* A name alone has no address. */
static bool has_at(const char *address)
{
	return address && strchr(address, '@');
}

/* More than one thing with an @, as a pasted cell may have: which of them is meant? */
static bool holds_two(const struct mail_addresses *found)
{
	size_t with = 0;

	for (size_t i = 0; i < found->count; i++)
		with += has_at(found->items[i].address);
	return with > 1;
}

static const char *domain_of(const char *address)
{
	const char *at = strrchr(address, '@');

	return at ? at + 1 : "";
}

static bool take_address(struct arena *arena, const char *cell, struct roster_person *out,
			 struct roster_fault *fault)
{
	struct mail_addresses found = {0};
	struct err bad = {0};
	const char *normal;

	if (!*cell)
		return faulty(fault, ROSTER_NO_ADDRESS, "the address is missing");
	if (strpbrk(cell, "<,; "))
		found = mail_addresses_read(arena, cell, NULL);
	if (holds_two(&found))
		return faulty(
			fault, ROSTER_TWO_ADDRESSES,
			arena_printf(arena,
				     "two addresses in one place: \"%s\"; give each a "
				     "line of its own",
				     roster_short(arena, cell)));
	out->address = bare(arena, cell);
	if (found.count == 1 && strchr(cell, '<') && has_at(found.items[0].address)) {
		out->address = bare(arena, found.items[0].address);
		out->name = found.items[0].name;
	}
	if (!mail_address_normal(arena, out->address, &normal, &bad))
		return faulty(fault, ROSTER_BAD_ADDRESS, arena_strdup(arena, bad.text));
	if (*domain_of(normal) == '[' || !strchr(domain_of(normal), '.'))
		return faulty(
			fault, ROSTER_BAD_ADDRESS,
			arena_printf(arena,
				     "\"%s\" is no email address: its domain has no dot",
				     out->address));
	if (is_local(out->address, nobody))
		return faulty(fault, ROSTER_NOBODY_READS,
			      arena_printf(arena, "nobody reads what is sent to %s",
					   out->address));
	out->is_team = is_local(out->address, teams);
	return true;
}

static bool is_address(const char *text)
{
	size_t len;

	return mail_address_find(text, &len) == text && len == strlen(text);
}

static void take_name(const struct roster *r, struct arena *arena,
		      const struct roster_row *row, struct roster_person *out)
{
	const char *name = roster_cell(r, arena, row, ROSTER_NAME);
	const char *first = roster_cell(r, arena, row, ROSTER_FIRST);
	const char *last = roster_cell(r, arena, row, ROSTER_LAST);

	/* Some programs give the address as a name where they have none. */
	if (is_address(name))
		name = "";
	if (!*name && (*first || *last))
		name = arena_printf(arena, "%s%s%s", first, *first && *last ? " " : "",
				    last);
	if (!*name)
		name = str_or(out->name, "");
	if (!*name || is_address(name))
		name = roster_cell(r, arena, row, ROSTER_ORGANISATION);
	out->name = *name ? name : NULL;
}

/* Of several columns the one that says the least good of it counts. */
static void take_state(const struct roster *r, struct arena *arena,
		       const struct roster_row *row, struct roster_person *out)
{
	static const int worse[] = {[ROSTER_SUBSCRIBED] = 0,
				    [ROSTER_OTHER] = 1,
				    [ROSTER_HAS_BOUNCED] = 2,
				    [ROSTER_HAS_UNSUBSCRIBED] = 3};

	out->state = ROSTER_SUBSCRIBED;
	for (size_t i = 0; i < r->column_count && i < row->count; i++) {
		enum roster_state state;

		if (r->columns[i].field != ROSTER_STATUS || !*row->cells[i])
			continue;
		state = roster_status_word(arena, row->cells[i]);
		if (worse[state] <= worse[out->state])
			continue;
		out->state = state;
		out->state_given = row->cells[i];
	}
}

static bool take_frequency(struct arena *arena, const char *cell,
			   struct roster_person *out, struct roster_fault *fault)
{
	if (!*cell)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(frequencies_of); i++) {
		if (!str_ieq(cell, frequencies_of[i].word))
			continue;
		out->frequency = frequencies_of[i].frequency;
		if (!out->frequency && out->state == ROSTER_SUBSCRIBED) {
			out->state = ROSTER_OTHER;
			out->state_given = "gets no mail";
		}
		return true;
	}
	return faulty(fault, ROSTER_BAD_FREQUENCY,
		      arena_printf(arena,
				   "how often \"%s\" is, is not known: each, weekly or "
				   "monthly",
				   roster_short(arena, cell)));
}

/* The day that counts is that of the state: when they left, where they left. */
static bool take_day(const struct roster *r, struct arena *arena,
		     const struct roster_row *row, const char *zone,
		     struct roster_person *out, struct roster_fault *fault)
{
	const char *cell = roster_cell(r, arena, row, ROSTER_GIVEN_AT);

	if (!*cell || roster_day(cell, r->days, zone, &out->given_at))
		return true;
	return faulty(fault, ROSTER_BAD_DAY,
		      arena_printf(arena,
				   "\"%s\" is no day, or could be two; write it as "
				   "2026-11-30",
				   roster_short(arena, cell)));
}

bool roster_person_of(const struct roster *roster, struct arena *arena,
		      const struct roster_row *row, const char *zone,
		      struct roster_person *out, struct roster_fault *fault)
{
	struct roster_person p = {0};
	const char *why;

	*out = p;
	if (row->wrong != ROSTER_FINE)
		return faulty(fault, row->wrong, row->why);
	if (!take_address(arena, roster_cell(roster, arena, row, ROSTER_ADDRESS), &p,
			  fault))
		return false;
	take_name(roster, arena, row, &p);
	take_state(roster, arena, row, &p);
	p.topics = roster_cell(roster, arena, row, ROSTER_TOPICS);
	p.tags = roster_cell(roster, arena, row, ROSTER_TAGS);
	p.basis = roster_cell(roster, arena, row, ROSTER_BASIS);
	p.wording = roster_cell(roster, arena, row, ROSTER_WORDING);
	p.version = roster_cell(roster, arena, row, ROSTER_VERSION);
	p.ip = roster_cell(roster, arena, row, ROSTER_IP);
	p.source = roster_cell(roster, arena, row, ROSTER_SOURCE);
	if (!take_frequency(arena, roster_cell(roster, arena, row, ROSTER_FREQUENCY), &p,
			    fault) ||
	    !take_day(roster, arena, row, zone, &p, fault))
		return false;
	why = roster_standing(roster, arena, row, &p);
	if (why)
		return faulty(fault, ROSTER_UNSURE, why);
	*out = p;
	return true;
}
