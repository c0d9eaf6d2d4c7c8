/*
 * roster private - what the files of this folder share.
 */
#ifndef MERCAT_ROSTER_ROSTER_PRIVATE_H
#define MERCAT_ROSTER_ROSTER_PRIVATE_H

#include "roster/roster.h"
#include "text/figures/csv.h"

enum { ROSTER_SAMPLE = 50, ROSTER_COLUMNS_MOST = 200 };

/* roster_text.c: bytes as UTF-8 in *text .. *end, with the name of their character set. */
/* Why these bytes are no text at all, and what to do; NULL: they are. */
const char *roster_no_text(const char *bytes, size_t len);
void roster_text(struct roster *r, struct arena *arena, const char *bytes, size_t len);
/* Behind the line that begins at "at". */
const char *roster_line_end(const char *at, const char *end);
/* A cell without what nobody sees at its ends. */
const char *roster_trimmed(struct arena *arena, const char *text);
/* What is wrong, as far as a sentence has room: cut at a whole letter. */
const char *roster_short(struct arena *arena, const char *text);
bool roster_has_at(const char *text, size_t len);

/* roster_column.c: what the columns hold, by name; who made the table. */
enum roster_field roster_field_by_head(const char *head, int *out_rank);
void roster_columns_name(struct roster *r, struct arena *arena);
void roster_columns_settle(struct roster *r, struct arena *arena);

/* roster_standing.c: whether somebody may be written to. */
/* MAY, UNSUBSCRIBED, BOUNCED or the day of it; NOTHING: the head does not speak of it. */
enum roster_field roster_standing_head(const char *head);
/* In whatever words: "Has asked to be removed". */
bool roster_refuses(struct arena *arena, const char *text);
/* OTHER: it is no word for how somebody stands that we know. */
enum roster_state roster_status_word(struct arena *arena, const char *cell);
enum roster_says { ROSTER_SAYS_MAY, ROSTER_SAYS_NOT, ROSTER_SAYS_NOTHING };
enum roster_says roster_says(const struct roster *r, struct arena *arena,
			     enum roster_field field, const char *cell);
bool roster_heading_refuses(const char *text, size_t len, bool *out_bounced);
/* Whether one of the text's headings does. */
void roster_headings(struct roster *r, struct arena *arena);
/* State of a row by all columns; why it is for a person, or NULL. */
const char *roster_standing(const struct roster *r, struct arena *arena,
			    const struct roster_row *row, struct roster_person *out);

/* roster_table.c */
bool roster_table_open(struct roster *r, struct arena *arena);
void roster_table_next(struct roster_reader *reader, struct arena *arena,
		       struct roster_row *out, bool *out_end);

/* roster_plain.c: addresses; roster_card.c: vCards; roster_dump.c: Sympa's paragraphs. */
void roster_plain_open(struct roster *r, struct arena *arena);
bool roster_plain_line(struct arena *arena, const char *line, size_t len);
bool roster_plain_next(struct roster_reader *reader, struct arena *arena,
		       struct roster_row *out);
bool roster_cards_open(struct roster *r, struct arena *arena);
bool roster_cards_next(struct roster_reader *reader, struct arena *arena,
		       struct roster_row *out);
bool roster_dump_open(struct roster *r, struct arena *arena);
bool roster_dump_next(struct roster_reader *reader, struct arena *arena,
		      struct roster_row *out);

/* Columns of a kind that names them itself: head and field of each. */
void roster_columns_are(struct roster *r, struct arena *arena,
			const struct roster_column *columns, size_t count);

#endif
