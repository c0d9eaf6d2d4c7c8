#include "staff/triage/response_values.h"
#include "staff/triage/flag_show.h"
#include "staff/triage/scan_show.h"
#include "staff/frame/words.h"
#include "domain/responses/response_proposal.h"
#include "base/numeral.h"
#include "base/str.h"
#include "text/letter/frame.h"
#include "text/words/sentence.h"

#include <inttypes.h>

enum { HEADING_LINES = 4 };

static int by_place(const void *one, const void *other)
{
	const struct response_answer *const *a = one, *const *b = other;

	return (*a)->from < (*b)->from ? -1 : (*a)->from > (*b)->from;
}

static void add_piece(struct web_request *r, struct template_value *list,
		      struct staff_codes *codes, const struct response_answer *answer,
		      int64_t part, int64_t from, int64_t to, const char *text)
{
	struct template_value *piece = template_add_map(list);

	template_set_bool(piece, "answers", answer && answer->question);
	template_set_int(piece, "question", answer ? answer->question : 0);
	template_set(piece, "asked", answer ? answer->asked : NULL);
	template_set(piece, "how", answer ? answer->how : NULL);
	staff_codes_show(r, piece, codes,
			 &(struct staff_passage){
				 .part = part, .from = from, .to = to, .text = text});
}

/* More than a question and its options: the head of a form, or what nobody answered. */
static bool is_apart(const char *from, const char *to)
{
	unsigned lines = 0;

	for (; from < to; from++)
		lines += *from == '\n';
	return lines > HEADING_LINES;
}

/* Behind the last line of from..to that greets, allows or signs: that is no part of what comes
 * next. from: there is none. */
static const char *behind_frame(const struct frame *frame, const char *text,
				const char *from, const char *to)
{
	const char *behind = from;

	for (size_t i = 0; i < frame->count; i++) {
		const struct frame_line *l = &frame->lines[i];

		if (l->kind != FRAME_SAID && l->kind != FRAME_BLANK &&
		    text + l->from >= from && text + l->to < to)
			behind = text + l->to + 1;
	}
	return behind;
}

/*
 * One part of a response in the order in which it was written, each answer under the
 * question that it answers. Stretches begin after the question's number and leave blanks
 * out; here what stands between two of them goes with the later one, or by itself where it
 * is long or the frame of an email: none of the text may be missing on this page.
 */
static void add_pieces(struct web_request *r, struct template_value *map,
		       const struct response_view *view, struct staff_codes *codes,
		       int64_t part, const char *name, const char *text)
{
	struct template_value *list = template_set_list(map, "pieces");
	const struct response_answer **in = arena_make(
		r->arena, const struct response_answer *, view->answer_count + 1);
	int64_t at = 0, chars = (int64_t)str_utf8_count(text, SIZE_MAX);
	struct frame frame;
	const char *from;
	size_t count = 0;

	frame_read(r->arena, text, strlen(text), NULL, &frame);
	/* A byte for a byte: places in the one are those in the other. */
	from = text = unwrap_letter(r->arena, text);
	for (size_t i = 0; i < view->answer_count; i++)
		if (str_eq(view->answers[i].part, name))
			in[count++] = &view->answers[i];
	qsort(in, count, sizeof(const struct response_answer *), by_place);
	for (size_t i = 0; i < count && *from; i++) {
		int64_t end = in[i]->to < chars ? in[i]->to : chars;
		const char *to = staff_character(from, at, end), *begin, *own;

		for (; from < to && *from == '\n'; from++)
			at++;
		begin = from;
		if (in[i]->from > at && in[i]->from < end)
			begin = staff_character(from, at, in[i]->from);
		own = is_apart(from, begin) ? begin
					    : behind_frame(&frame, text, from, begin);
		if (own > from) {
			int64_t own_at =
				at + (int64_t)str_utf8_count(from, (size_t)(own - from));

			add_piece(r, list, codes, NULL, part, at, own_at, from);
			at = own_at;
			for (from = own; from < to && *from == '\n'; from++)
				at++;
		}
		if (i + 1 == count && !to[strspn(to, " \t\n")]) {
			to += strlen(to);
			end = chars;
		}
		if (end > at)
			add_piece(r, list, codes, in[i], part, at, end, from);
		from = to;
		at = end > at ? end : at;
	}
	for (; *from == '\n'; from++)
		at++;
	if (*from || !count)
		add_piece(r, list, codes, NULL, part, at, chars, from);
}

static const char *size_text(struct web_request *r, int64_t bytes)
{
	char text[NUMERAL_TEXT];

	numeral_size(bytes, text);
	return arena_strdup(r->arena, text);
}

static void add_file(struct web_request *r, struct template_value *list,
		     const struct response_view *view, struct staff_codes *codes,
		     const struct store_row *row)
{
	struct template_value *one = template_add_map(list);
	const char *state = row_text(row, "text_state");
	const char *name = str_or(row_text(row, "name"), "(a file without a name)");
	const char *part_name = str_or(row_text(row, "name"), "a file");
	const char *text = row_text(row, "text");
	bool is_cut = false;

	template_set(one, "name", name);
	template_set_int(one, "position", row_int(row, "position"));
	template_set(one, "type", row_text(row, "type"));
	template_set(one, "size", size_text(r, row_int(row, "size")));
	template_set(one, "source", row_text(row, "text_source"));
	template_set(one, "reason", row_text(row, "text_reason"));
	template_set_bool(one, "unreadable",
			  str_eq(state, "unreadable") && row_null(row, "recognised_at"));
	template_set_bool(one, "recognised", !row_null(row, "recognised_at"));
	template_set_bool(one, "also", row_int(row, "also"));
	template_set_bool(one, "waiting", str_eq(state, "waiting"));
	template_set_bool(one, "nothing", str_eq(state, "none"));
	template_set_bool(one, "has_text", !str_empty(text));
	template_set(one, "url",
		     arena_printf(r->arena, "%s/files/%" PRId64, staff_response_path(r),
				  row_int(row, "position")));
	if (str_empty(text))
		return;
	text = staff_text(r, text, STAFF_TEXT_MOST, &is_cut);
	template_set_bool(one, "cut", is_cut);
	add_pieces(r, one, view, codes, row_int(row, "position"), part_name, text);
}

void staff_response_show_texts(struct web_request *r, struct template_value *v,
			       const struct response_view *view,
			       struct staff_codes *codes)
{
	struct template_value *mail = template_set_map(v, "mail"), *files;
	const char *text = str_or(view->text_new, view->text);
	bool is_cut, quoted_cut;
	int64_t before;

	staff_hits_text(r, v, "subject_marks", &codes->hits,
			str_or(view->subject, "(no subject)"));
	text = staff_text(r, str_or(text, ""), STAFF_TEXT_MOST, &is_cut);
	template_set_bool(mail, "has_text", *text != '\0');
	template_set_bool(mail, "cut", is_cut);
	add_pieces(r, mail, view, codes, TEXT_PART_MAIL, "mail", text);
	text = staff_text_unwrapped(r, str_or(view->text_quoted, ""), STAFF_TEXT_MOST,
				    &quoted_cut);
	before = codes->hits.shown;
	template_set_bool(mail, "has_quoted", *text != '\0');
	staff_hits_text(r, mail, "quoted", &codes->hits, text);
	template_set_bool(mail, "quoted_hit", codes->hits.shown > before);
	files = template_set_list(v, "files");
	for (size_t i = 0; i < view->files.count; i++) {
		struct store_row row = table_row(&view->files, i);

		add_file(r, files, view, codes, &row);
	}
	if (!codes->hits.shown)
		return;
	staff_number(v, "hits", codes->hits.shown);
	template_set_bool(v, "one_hit", codes->hits.shown == 1);
	template_set_bool(v, "hits_more", codes->hits.shown == STAFF_HITS_MOST);
}

/* What was added and what was left out, as {text, added, removed}. */
static void show_pieces(struct template_value *map, const struct campaign_diff *d)
{
	struct template_value *list = template_set_list(map, "pieces");

	for (size_t i = 0; i < d->piece_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "text", d->pieces[i].text);
		template_set_bool(one, "added", d->pieces[i].kind == DIFF_ADDED);
		template_set_bool(one, "removed", d->pieces[i].kind == DIFF_REMOVED);
	}
}

static void add_columns(struct template_value *v, const char *name,
			const struct store_table *rows)
{
	struct template_value *list = template_set_list(v, name);

	for (size_t i = 0; i < rows->count; i++) {
		struct template_value *one = template_add_map(list);

		for (size_t c = 0; c < rows->columns; c++) {
			const struct store_cell *cell = &rows->rows[i][c];

			if (cell->type == STORE_INT)
				template_set_int(one, rows->names[c], cell->n);
			else
				template_set(one, rows->names[c],
					     cell->type == STORE_TEXT ? cell->text
								      : NULL);
		}
	}
}

/* The same with the moment of each row in words. */
static void add_timed(struct web_request *r, struct template_value *v, const char *name,
		      const struct store_table *rows, const char *const *columns,
		      const char *time_column)
{
	struct template_value *list = template_set_list(v, name);

	for (size_t i = 0; i < rows->count; i++) {
		struct store_row row = table_row(rows, i);
		struct template_value *one = template_add_map(list);
		int64_t at = row_int(&row, time_column);

		for (size_t c = 0; columns[c]; c++)
			template_set(one, columns[c], row_text(&row, columns[c]));
		template_set(one, "at", staff_short_time(r, at));
		template_set(one, "at_long", staff_time(r, at));
	}
}

static void show_who(struct web_request *r, struct template_value *v,
		     const struct response_view *view)
{
	struct template_value *who = template_set_map(v, "who");
	const struct response_who *w = &view->who;

	template_set_bool(who, "shown", view->who_shown);
	template_set(who, "name", w->name);
	template_set(who, "address", w->address);
	template_set(who, "forwarded_by", w->forwarded_by);
	template_set_bool(who, "by_hand", str_eq(view->entry.how, "by hand"));
	template_set_bool(who, "sent_on", str_eq(view->entry.how, "sent on"));
	template_set(who, "said_by", view->entry.staff);
	if (view->entry.how)
		template_set(who, "said_at", staff_short_time(r, view->entry.at));
	template_set(who, "channel",
		     str_eq(view->response.channel, "email") && !view->entry.how
			     ? NULL
			     : staff_word(str_eq(view->entry.how, "by hand")
						  ? "channel by hand"
						  : "channel",
					  view->response.channel));
	template_set(who, "organisation", w->organisation);
	template_set(who, "type", w->type);
	template_set(who, "type_word", staff_word("type", w->type));
	template_set_bool(who, "type_by_person", str_eq(w->type_by, "person"));
	template_set(who, "permission", w->permission);
	template_set(who, "permission_word", staff_word("permission", w->permission));
	template_set_bool(who, "permission_by_person",
			  str_eq(w->permission_by, "person"));
	template_set(who, "contact", staff_word("again", w->contact));
	template_set_bool(who, "individual", str_eq(w->type, "individual"));
	template_set_bool(who, "is_organisation", str_eq(w->type, "organisation"));
	template_set_bool(who, "with_name", str_eq(w->permission, "name"));
	template_set_bool(who, "without_name", str_eq(w->permission, "without name"));
	template_set_bool(who, "not_published", str_eq(w->permission, "none"));
	add_columns(v, "form", &view->said);
}

/* What was chosen of one closed question, beside all that it offers. */
static void show_choice(struct template_value *one, const struct response_view *view,
			size_t q)
{
	const struct choice_asked *asked = &view->asked.questions[q].choice;
	struct template_value *options = template_set_list(one, "options");
	bool any = false, unclear = false, person = false;
	uint32_t chosen = 0;

	for (size_t i = 0; i < view->choices.count; i++) {
		struct store_row row = table_row(&view->choices, i);

		if (row_int(&row, "question") != (int64_t)q + 1)
			continue;
		person = str_eq(row_text(&row, "by_what"), "person");
		unclear = str_eq(row_text(&row, "state"), "unclear");
		if (str_eq(row_text(&row, "state"), "chosen"))
			chosen |= 1u << (row_int(&row, "position") - 1);
		any = any || chosen;
	}
	template_set_int(one, "question", (int64_t)q + 1);
	template_set(one, "asked", view->asked.questions[q].text);
	template_set_bool(one, "several", asked->several);
	template_set_bool(one, "unclear", unclear);
	template_set_bool(one, "any", any);
	template_set_bool(one, "by_person", person);
	for (size_t o = 0; o < asked->count; o++) {
		struct template_value *option = template_add_map(options);

		template_set(option, "text", asked->options[o]);
		template_set_int(option, "position", (int64_t)o + 1);
		template_set_int(option, "of", (int64_t)q + 1);
		template_set_bool(option, "several", asked->several);
		template_set_bool(option, "chosen", chosen >> o & 1);
	}
}

static void show_choices(struct template_value *v, const struct response_view *view)
{
	struct template_value *list = template_set_list(v, "choices");
	bool closed = false;

	for (size_t q = 0; q < view->asked.count; q++) {
		if (!view->asked.questions[q].choice.count)
			continue;
		closed = true;
		show_choice(template_add_map(list), view, q);
	}
	template_set_bool(v, "closed_questions", closed);
}

static void show_campaign(struct web_request *r, struct template_value *v,
			  const struct response_view *view)
{
	struct template_value *c;

	if (!view->in_campaign)
		return;
	c = template_set_map(v, "campaign");
	template_set_int(c, "number", view->campaign.number);
	template_set_int(c, "share", view->campaign.share);
	template_set(c, "closeness", staff_word("closeness", view->campaign.closeness));
	template_set(c, "state", view->campaign.state);
	template_set_bool(c, "proposed", str_eq(view->campaign.state, "proposed"));
	template_set_bool(c, "refused", str_eq(view->campaign.state, "refused"));
	template_set_int(c, "added_words", (int64_t)view->campaign.added_words);
	template_set_int(c, "removed_words", (int64_t)view->campaign.removed_words);
	template_set_bool(c, "nothing_added", view->campaign.added_words == 0);
	show_pieces(c, &view->campaign);
	template_set(c, "path", staff_queue_path(r));
	template_set(c, "others",
		     arena_printf(r->arena, "%s?campaign=%" PRId64, staff_queue_path(r),
				  view->campaign.number));
}

/* What waits for a decision; the keys are the first one's. */
static void show_proposals(struct web_request *r, struct template_value *v,
			   const struct response_view *view)
{
	struct template_value *list = template_set_list(v, "proposals");
	bool first = true;
	struct flag flag;

	staff_flag_of_response(r, v, view, &flag);
	for (size_t i = 0; i < view->proposals.count; i++) {
		struct store_row row = table_row(&view->proposals, i);
		const char *kind = row_text(&row, "kind");
		struct template_value *one;

		if (!row_int(&row, "waits") ||
		    (str_eq(kind, "risk") && str_eq(flag.state, "open")))
			continue;
		one = template_add_map(list);
		template_set(one, "value", kind);
		template_set(one, "kind", staff_word("proposed", kind));
		template_set(one, "sign", staff_word("sign", row_text(&row, "sign")));
		template_set(one, "words", row_text(&row, "words"));
		template_set(one, "alike", row_text(&row, "alike"));
		template_set_bool(one, "whole", row_int(&row, "whole"));
		template_set_bool(one, "risk", str_eq(kind, "risk"));
		template_set_bool(one, "first", first);
		if (str_eq(kind, "information") &&
		    !str_eq(row_text(&row, "sign"), "own data"))
			template_set(one, "due",
				     staff_day_named(r,
						     response_proposal_due(
							     r->arena,
							     view->response.received_at,
							     r->site->settings->zone),
						     STAFF_WITH_YEAR));
		first = false;
	}
}

static void show_links(struct web_request *r, struct template_value *v,
		       const struct response_view *view)
{
	struct template_value *list = template_set_list(v, "links");
	const char *duplicate_of = NULL;
	bool own = false;

	for (size_t i = 0; i < view->links.count; i++) {
		struct store_row row = table_row(&view->links, i);
		struct template_value *one = template_add_map(list);
		int64_t number = row_int(&row, "number");
		bool of = str_eq(row_text(&row, "which"), "of");

		template_set_bool(one, "of", of);
		template_set(one, "as_what", row_text(&row, "as_what"));
		template_set_bool(one, "duplicate",
				  str_eq(row_text(&row, "as_what"), "duplicate"));
		template_set_bool(one, "amendment",
				  str_eq(row_text(&row, "as_what"), "amendment"));
		template_set_bool(one, "proposed",
				  str_eq(row_text(&row, "state"), "proposed"));
		template_set(one, "reference",
			     response_reference(r->arena, row_text(&row, "consultation"),
						number));
		template_set(one, "url",
			     staff_response_path_of(r, staff_queue_path(r), number));
		own = own || of;
		if (of && str_eq(row_text(&row, "as_what"), "duplicate"))
			duplicate_of = response_reference(
				r->arena, row_text(&row, "consultation"), number);
	}
	template_set_bool(v, "links_on", own);
	template_set(v, "duplicate_of", duplicate_of);
}

static void show_why(struct web_request *r, struct template_value *v,
		     const struct response_view *view)
{
	struct template_value *why = template_set_map(v, "why");

	template_set(why, "kind", staff_word("kind", view->kind));
	template_set(why, "taken_as", view->taken_as);
	template_set(why, "because", view->taken_why);
	template_set(why, "reasons", staff_reasons(r, view->reasons));
	template_set(why, "limits", staff_reasons(r, view->limits_hit));
	template_set_bool(why, "cut", view->cut);
	add_columns(v, "rules", &view->rules);
}

static void show_notes(struct web_request *r, struct template_value *v,
		       const struct response_view *view)
{
	struct template_value *list = template_set_list(v, "notes");

	for (size_t i = 0; i < view->notes.count; i++) {
		struct store_row row = table_row(&view->notes, i);
		struct template_value *one;

		if (row_int(&row, "withdrawn_at"))
			continue;
		one = template_add_map(list);
		template_set(one, "at", staff_short_time(r, row_int(&row, "at")));
		template_set(one, "at_long", staff_time(r, row_int(&row, "at")));
		template_set(one, "staff", row_text(&row, "staff"));
		template_set(one, "text", row_text(&row, "text"));
	}
}

static void show_emails(struct web_request *r, struct template_value *v,
			const struct response_view *view)
{
	struct template_value *list = template_set_list(v, "emails");

	for (size_t i = 0; i < view->letters.count; i++) {
		static const char *const plain[] = {"subject", "state",     "reply",
						    "text",    "recipient", "staff"};
		struct store_row row = table_row(&view->letters, i);
		struct template_value *one = template_add_map(list);
		int64_t at = row_int(&row, "created_at");

		for (size_t c = 0; c < ARRAY_LEN(plain); c++)
			template_set(one, plain[c], row_text(&row, plain[c]));
		template_set(one, "kind", row_text(&row, "kind"));
		template_set(one, "at", staff_short_time(r, at));
		template_set(one, "at_long", staff_time(r, at));
	}
}

void staff_written_show(struct web_request *r, struct template_value *v,
			const struct store_table *letters)
{
	struct template_value *list = template_set_list(v, "written");

	for (size_t i = 0; i < letters->count; i++) {
		struct store_row row = table_row(letters, i);
		struct template_value *one;

		if (!str_eq(row_text(&row, "kind"), "reply"))
			continue;
		one = template_add_map(list);
		template_set(one, "staff",
			     str_or(row_text(&row, "staff"), "A colleague"));
		template_set(one, "subject", row_text(&row, "subject"));
		template_set(one, "text", row_text(&row, "text"));
		template_set(one, "at", staff_time(r, row_int(&row, "created_at")));
	}
}

void staff_response_show_sides(struct web_request *r, struct template_value *v,
			       const struct response_view *view)
{
	static const char *const history[] = {"who", "event", "detail", NULL};

	show_who(r, v, view);
	show_choices(v, view);
	staff_scan_link(r, v, view);
	show_proposals(r, v, view);
	show_campaign(r, v, view);
	show_links(r, v, view);
	show_why(r, v, view);
	show_notes(r, v, view);
	show_emails(r, v, view);
	add_timed(r, v, "history", &view->history, history, "at");
}
