/*
 * roster - a list of people out of whatever file another program made of it.
 *
 * Recognises by itself addresses that were pasted or stand one a line, tables in any of the
 * usual shapes, vCards and the dump of Sympa; says what it understood, and hands out one
 * person after the other. All of them are one table: rows of cells under columns, of which
 * each holds one thing about a person, or nothing that we keep. A person may say otherwise
 * of a column (roster_use) and of a row (roster_edits_read).
 *
 *	struct roster r;
 *	if (!roster_open(arena, bytes, len, &r, err))
 *		return false;
 *	for (roster_begin(&r, &reader); roster_next(&reader, row_arena, &row);)
 *		...
 *
 * Understood  bytes: UTF-8 with and without mark, UTF-16 both ways, else as charset.h has it;
 *             line ends of any kind. Tables: comma, semicolon, tab or bar, "sep=;", quoted
 *             cells with line ends, columns and rows that are empty, no first line at all.
 *             Columns: by their names (roster_column.c), else by what stands in them.
 * Units       lines and rows count from 1, lines as the file has them.
 * Ownership   a roster borrows the bytes where it can, else copies them into the arena; rows
 *             and persons live in the arena that they were read into.
 * Errors      ERR_INPUT: the file as a whole is empty, or nobody's address is in it. What is
 *             wrong with one row stands in the row, for the others are good all the same.
 * Source      RFC 4180, RFC 6350, RFC 2426, vCard 2.1 (IMC 1996); the exports of Mailman 2.1
 *             and 3, Sympa 6, listmonk, phpList 3, Mailchimp, govDelivery, Outlook.
 * Limits      64 kB a cell, 200 columns; what a file says of postal addresses, telephones and
 *             the like is left out.
 */
#ifndef MERCAT_ROSTER_ROSTER_H
#define MERCAT_ROSTER_ROSTER_H

#include "base/arena.h"
#include "base/err.h"

enum roster_field {
	ROSTER_NOTHING, /* left out */
	ROSTER_ADDRESS,
	ROSTER_NAME,
	ROSTER_FIRST,
	ROSTER_LAST,
	ROSTER_ORGANISATION, /* stands for the name where there is none */
	ROSTER_TOPICS,       /* each must be a topic */
	ROSTER_TAGS,         /* words of another program: those that are topics count */
	ROSTER_FREQUENCY,
	ROSTER_STATUS,
	ROSTER_UNSUBSCRIBED, /* a day, or yes */
	ROSTER_BOUNCED,      /* likewise */
	ROSTER_CONFIRMED,    /* no: they never were */
	ROSTER_GIVEN_AT,
	ROSTER_BASIS,
	ROSTER_WORDING,
	ROSTER_VERSION,
	ROSTER_IP,
	ROSTER_SOURCE,
	ROSTER_MAY,    /* yes: they may be written to; no or a refusal: they have left */
	ROSTER_WAIVED, /* left out by a person who was told that it says who has refused */
	ROSTER_FIELDS
};

/* As commands and forms write it: "address", "given-at"; and as people read it. */
const char *roster_field_name(enum roster_field field) MUST_USE;
const char *roster_field_title(enum roster_field field) MUST_USE;
bool roster_field_of(const char *name, enum roster_field *out) MUST_USE;

enum roster_kind { ROSTER_PLAIN, ROSTER_TABLE, ROSTER_CARDS, ROSTER_DUMP };

/* How days stand in it, by those that can be read one way alone. */
enum roster_days {
	ROSTER_DAYS_EITHER,
	ROSTER_DAY_FIRST,
	ROSTER_MONTH_FIRST,
	ROSTER_DAYS_BOTH
};

struct roster_column {
	const char *head; /* as the file calls it, or "Column 3" */
	enum roster_field field;
	/* By its head: whether somebody may be written to. Not to be left out unasked. */
	bool speaks;
};

/* Who the people of a file are, whatever its rows say. */
enum roster_people {
	ROSTER_PEOPLE_SUBSCRIBERS,
	ROSTER_PEOPLE_LEFT,   /* a list of those who have unsubscribed */
	ROSTER_PEOPLE_BOUNCED /* or of those whose mail came back */
};

struct roster_edit {
	int64_t number; /* of the row */
	const char *const *cells;
	size_t count;
};

struct roster {
	enum roster_kind kind;
	const char *program; /* "Mailchimp", or NULL: whoever made it */
	const char *charset; /* "UTF-8", "UTF-16", "Windows-1252" */
	char delimiter;      /* of a table */
	bool has_head;
	/* A contact without an address is none that anybody forgot. */
	bool holds_contacts;
	enum roster_days days;
	/* A column that has the name of another one before it, and a field; or NULL. */
	const char *twice;
	struct roster_column *columns;
	size_t column_count;
	const struct roster_edit *edits; /* by number */
	size_t edit_count;
	/* The heading, or the name of the file, that calls it a list of people to keep off: then
	 * people is so until a person says otherwise. NULL: none. */
	const char *refusing;
	enum roster_people people;
	const char *text, *end; /* without mark, in UTF-8 */
	const char *body;       /* of a table, behind its head */
	int body_line;
};

bool roster_open(struct arena *arena, const char *bytes, size_t len, struct roster *out,
		 struct err *err) MUST_USE;
/* Of column i from now on. A field may have several columns: the first that is filled counts. */
void roster_use(struct roster *roster, size_t i, enum roster_field field);
/* The name of its file, which may say that its people are to be kept off. */
void roster_called(struct roster *roster, struct arena *arena, const char *file);
/* A column that says who may be written to and is left out; NULL: there is none. */
const char *roster_silenced(const struct roster *roster) MUST_USE;
/* Whether some column has it. */
bool roster_has(const struct roster *roster, enum roster_field field) MUST_USE;
/* One sentence: "an export of Mailchimp: a table of 11 columns, separated by commas" */
const char *roster_words(const struct roster *roster, struct arena *arena) MUST_USE;

/*
 * Rows as a person put them right: lines of "number,cell,cell" as a form carries them on.
 * False with ERR_INPUT when it is none of that.
 */
bool roster_edits_read(struct roster *roster, struct arena *arena, const char *text,
		       struct err *err) MUST_USE;

/* Why a row is no person, for whoever counts. */
enum roster_wrong {
	ROSTER_FINE,
	ROSTER_UNREADABLE, /* a quote without its other, letters of no character set */
	ROSTER_LONG,       /* more cells than the first line */
	ROSTER_NO_ADDRESS,
	ROSTER_BAD_ADDRESS,
	ROSTER_TWO_ADDRESSES,
	ROSTER_NOBODY_READS, /* noreply@ and the like */
	ROSTER_BAD_DAY,
	ROSTER_BAD_FREQUENCY,
	ROSTER_UNSURE /* whether they may be written to */
};

struct roster_row {
	int64_t number;
	int line;
	const char *const *cells; /* as they stand, without blanks around them */
	size_t count;
	enum roster_wrong
		wrong;   /* UNREADABLE or LONG; cells are then as good as can be */
	const char *why; /* a sentence; NULL when it is fine */
	bool edited;
};

struct roster_reader {
	const struct roster *of;
	const char *at;
	int line;
	int64_t number;
	/* Of addresses: the line that "at" is in, what parts it (NULL: it is read), the next. */
	const char *line_end, *signs, *next;
};

void roster_begin(const struct roster *roster, struct roster_reader *out);
/* False at the end. Rows without anything in them are passed over. */
bool roster_next(struct roster_reader *reader, struct arena *arena,
		 struct roster_row *out) MUST_USE;
size_t roster_read_bytes(const struct roster_reader *reader) MUST_USE;

enum roster_state {
	ROSTER_SUBSCRIBED,
	ROSTER_HAS_UNSUBSCRIBED,
	ROSTER_HAS_BOUNCED,
	ROSTER_OTHER /* not confirmed, paused, without mail: state_given says what */
};

struct roster_person {
	const char *address, *name; /* as given, cleaned; name NULL when there is none */
	bool is_team;               /* info@, office@: several people read it */
	enum roster_state state;
	const char *state_given;
	const char *topics, *tags; /* or "" */
	const char *frequency;     /* "each", "weekly", "monthly"; NULL: not said */
	int64_t given_at;          /* 0: not said */
	const char *basis, *wording, *version, *ip, *source; /* or "" */
};

/* What a row says of one person; the zone is for days without one. False: wrong and why. */
struct roster_fault {
	enum roster_wrong wrong;
	const char *why;
};
bool roster_person_of(const struct roster *roster, struct arena *arena,
		      const struct roster_row *row, const char *zone,
		      struct roster_person *out, struct roster_fault *fault) MUST_USE;
/* The cells of a field that are filled, parted by ", "; "" for none. */
const char *roster_cell(const struct roster *roster, struct arena *arena,
			const struct roster_row *row, enum roster_field field) MUST_USE;
/* Each of the words of a cell: "\"Care\",\"Schools\"" and "Care; Schools" have two. */
size_t roster_words_of(struct arena *arena, const char *cell,
		       const char *const **out) MUST_USE;

/* A day as some program wrote it. False: it is none, or could be two. */
bool roster_day(const char *text, enum roster_days days, const char *zone,
		int64_t *out_at) MUST_USE;

#endif
