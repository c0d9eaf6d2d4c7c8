/* Writing a bulletin: its fields on the left, the mail as it will look on the right. */
#include "domain/bulletins/bulletin_image.h"
#include "domain/bulletins/bulletin_list.h"
#include "base/clock.h"
#include "base/codec/json.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "domain/approval/approval.h"
#include "staff/bulletins/approval_show.h"
#include "staff/bulletins/editor_form.h"
#include "staff/frame/forms.h"
#include "staff/bulletins/version_show.h"
#include "staff/frame/words.h"

/* What the page shows beside what stands. */
struct editor {
	const struct bulletin *b; /* as it stands */
	struct bulletin_fields fields;
	unsigned status;
	const char *field, *wrong; /* what is wrong, and where; or NULL */
	int64_t aside_id;    /* the version that these fields are kept as; 0: none */
	bool clash;          /* with what stands, which somebody else wrote meanwhile */
	bool moved;          /* it was approved or scheduled meanwhile */
	const char *refused; /* why it cannot be saved at all; or NULL */
};

static const char *hour(struct web_request *r, int64_t at)
{
	char local[CLOCK_TEXT];

	clock_local(at, r->site->settings->zone, local);
	return arena_strndup(r->arena, local + strlen("2026-11-22 "), strlen("09:00"));
}

/* Versions that wait to be put together with what stands. */
static bool add_asides(struct web_request *r, struct template_value *v,
		       const struct editor *e, struct err *err)
{
	struct template_value *list = template_set_list(v, "asides");
	struct store_table t;

	if (!bulletin_asides(r->op, r->arena, e->b->id, &t, err))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct template_value *one;

		if (row_int(&row, "id") == e->aside_id)
			continue;
		one = template_add_map(list);
		template_set_int(one, "id", row_int(&row, "id"));
		template_set(one, "writer", row_text(&row, "staff"));
		template_set(one, "at", staff_when(r, row_int(&row, "at")));
	}
	return true;
}

static void add_clash(struct web_request *r, struct template_value *v,
		      const struct editor *e, const struct bulletin_step *written)
{
	template_set_bool(v, "clash", e->clash);
	template_set_bool(v, "clash_mine",
			  str_eq(written->who, staff_of(r)->session.name));
	if (e->aside_id)
		template_set_int(v, "aside_id", e->aside_id);
	if (e->clash || e->aside_id) {
		template_set(v, "over", e->b->hash);
		version_show(r, v, e->b->source_text,
			     editor_form_text(r, e->b, &e->fields));
	}
}

static void show_editor(struct web_request *r, const struct editor *e)
{
	const struct bulletin *b = e->b;
	struct template_value *v = staff_values(
		r, arena_printf(r->arena, "Write bulletin #%lld", (long long)b->number),
		"bulletins");
	struct staff_form form =
		staff_form_of(r, v,
			      str_eq(e->field, "of") ? "Nobody was asked for approval"
						     : "The picture was not attached");
	struct bulletin_findings findings = {0};
	struct bulletin_step written;
	struct err err = {0};

	staff_bulletin_values(r, v, b);
	editor_form_values(v, b, &e->fields);
	if (e->wrong)
		staff_form_wrong(&form, e->field, e->wrong);
	template_set(v, "editor_script", web_asset(r, "staff-editor.js"));
	template_set(v, "toolbar_script", web_asset(r, "staff-toolbar.js"));
	if (!staff_bulletin_pictures(r, v, b, &err) ||
	    !editor_form_findings(r, v, b, &e->fields, &findings, &err) ||
	    !staff_bulletin_steps(r, v, b, &findings, &err) ||
	    !add_asides(r, v, e, &err) || !approval_show_colleagues(r, v, b, &err) ||
	    !bulletin_written(r->op, r->arena, b, &written, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set(v, "written_by", written.who);
	template_set(v, "written_at", staff_when(r, written.at));
	template_set_bool(v, "moved", e->moved);
	add_clash(r, v, e, &written);
	template_set(v, "refused", e->refused);
	template_set_bool(v, "unsaved", e->moved || e->refused);
	template_set_bool(v, "saves_itself",
			  str_eq(b->state, "draft") && !e->moved && !e->refused &&
				  !e->aside_id);
	page_show(r, e->status, "web/staff/editor.html", v);
}

/* What is shown first: what stands, or a version that was kept beside it. */
void staff_editor(struct web_request *r)
{
	int64_t kept = web_query_int(r, "kept", 0);
	struct editor e = {.status = 200};
	struct store_row row;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	if (!bulletin_may_change(&b, &err)) {
		staff_failed(r, &err);
		return;
	}
	e.b = &b;
	editor_form_of(r, &b, &e.fields);
	if (kept) {
		if (!bulletin_aside(r->op, r->arena, b.id, kept, &row, &err)) {
			staff_failed(r, &err);
			return;
		}
		bulletin_fields_read(r->arena, row_text(&row, "source"), &e.fields);
		e.aside_id = kept;
	}
	show_editor(r, &e);
}

/* It says what became of an approval and of a time that was set. */
static const char *saved_words(struct web_request *r, const struct bulletin *before,
			       bool changed)
{
	if (!changed)
		return "Nothing has been changed since it was saved.";
	if (str_eq(before->state, "scheduled"))
		return arena_printf(
			r->arena,
			"Saved. It is no longer approved, and off the schedule: it was to go "
			"out on %s. Have it approved again, then schedule it.",
			staff_time(r, before->due_at));
	return str_eq(before->state, "draft")
		       ? "Saved."
		       : "Saved. It is no longer approved: have it approved again.";
}

/* The page that saves by itself reads this. */
static void tell_script(struct web_request *r, const struct bulletin_saving *saving,
			const struct err *refused)
{
	static const char *const names[] = {"saved", "same", "clash", "moved"};
	AUTO(buf) out = buf_new(1 << 16);
	struct json json;

	json_begin(&json, out);
	json_put_object(&json, NULL);
	json_put_text(&json, "outcome", refused ? "refused" : names[saving->outcome]);
	json_put_text(&json, "at", hour(r, r->op->now));
	if (refused)
		json_put_text(&json, "words", page_sentence(r->arena, refused->text));
	else
		json_put_text(&json, "hash", saving->now.hash);
	if (!refused && saving->aside_id)
		json_put_int(&json, "aside", saving->aside_id);
	json_end(&json);
	json_done(&json);
	web_text(r, 200, "application/json", out);
}

/* What was done about a picture: out_did in words, or out_wrong, what is wrong with it. */
static bool attach(struct web_request *r, const struct bulletin *b, const char **out_did,
		   const char **out_wrong, struct err *err)
{
	const struct web_field *file = web_upload(r, "picture");
	struct bulletin_image image;

	if (!file || !file->len) {
		if (str_eq(web_form(r, "then"), "attach"))
			*out_wrong = "Choose a picture first";
		return true;
	}
	if (bulletin_image_add(
		    r->op, r->arena,
		    (struct bulletin_key){.list = b->list.name, .number = b->number},
		    &(struct bulletin_file){.name = file->file_name,
					    .text = file->value,
					    .len = file->len},
		    &image, err)) {
		*out_did =
			arena_printf(r->arena,
				     " %s is attached. Write ![what it shows](%s) where "
				     "it should stand.",
				     image.name, image.name);
		return true;
	}
	*out_wrong = arena_strdup(r->arena, err->text);
	return err_forgive(err, ERR_INPUT);
}

/* To the script that sent a pasted picture: what it is called now, or why it was not kept. */
static void tell_pasted(struct web_request *r, const struct bulletin *b)
{
	const struct web_field *file = web_upload(r, "picture");
	AUTO(buf) out = buf_new(1 << 16);
	struct bulletin_image image = {0};
	struct bulletin now;
	struct err err = {0}, failed = {0};
	struct json json;
	bool kept = file && file->len &&
		    bulletin_image_add(r->op, r->arena,
				       (struct bulletin_key){.list = b->list.name,
							     .number = b->number},
				       &(struct bulletin_file){.name = file->file_name,
							       .text = file->value,
							       .len = file->len},
				       &image, &err);

	if ((!kept && err.kind && err.kind != ERR_INPUT) ||
	    !bulletin_load(r->op, r->arena, b->list.name, b->number, &now, &failed)) {
		staff_failed(r, failed.kind ? &failed : &err);
		return;
	}
	json_begin(&json, out);
	json_put_object(&json, NULL);
	json_put_text(&json, "hash", now.hash);
	if (kept)
		json_put_text(&json, "picture", image.name);
	else
		json_put_text(&json, "words", err.kind ? err.text : "there is none");
	json_end(&json);
	json_done(&json);
	web_text(r, 200, "application/json", out);
}

static bool take_away(struct web_request *r, const struct bulletin *b, const char *name,
		      const char **out_did, struct err *err)
{
	*out_did = arena_printf(r->arena, " %s is no longer attached.", name);
	return bulletin_image_remove(r->op, b->list.name, b->number, name, err) ||
	       err_forgive(err, ERR_ABSENT); /* a second click */
}

static bool ask(struct web_request *r, const struct bulletin *b, const char **out_did,
		const char **out_wrong, struct err *err)
{
	const struct approval_of what = {b->list.name, b->number, b->hash};
	const char *of = staff_form_text(r, "of");
	bool told;

	if (approval_ask(r->op, &what, of, &told, err)) {
		*out_did = arena_printf(
			r->arena, " You have asked for approval. %s",
			approval_asked_words(r, of, told ? STAFF_TOLD : STAFF_NOT_TOLD));
		return true;
	}
	*out_wrong = arena_strdup(r->arena, err->text);
	return err_forgive(err, ERR_INPUT) || err_forgive(err, ERR_CONFLICT);
}

/* What was pressed beside saving. */
static void go_on(struct web_request *r, const struct bulletin *before,
		  const struct bulletin_saving *saving)
{
	static const char remove_mark[] = "remove ";
	const char *then = str_or(web_form(r, "then"), "edit"), *did = NULL;
	const struct bulletin *b = &saving->now;
	struct editor e = {.status = 400, .field = "picture"};
	bool asks = str_eq(then, "ask");
	struct bulletin now;
	struct err err = {0};

	if (str_starts(then, remove_mark)
		    ? !take_away(r, b, then + strlen(remove_mark), &did, &err)
		    : !attach(r, b, &did, &e.wrong, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (asks && !e.wrong && !staff_bulletin_load(r, &now))
		return;
	if (asks && !e.wrong)
		e.field = "of";
	if (asks && !e.wrong && !ask(r, &now, &did, &e.wrong, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (e.wrong) {
		if (!staff_bulletin_load(r, &now))
			return;
		e.b = &now;
		editor_form_of(r, &now, &e.fields);
		show_editor(r, &e);
		return;
	}
	staff_say(r, "%s%s",
		  saved_words(r, before, did || saving->outcome == BULLETIN_SAVED),
		  str_or(did, ""));
	staff_back(r, "%s%s", staff_bulletin_path(r, b->list.name, b->number),
		   asks || str_eq(then, "bulletin") ? "" : "/edit");
}

static void show_unsaved(struct web_request *r, const struct bulletin_saving *saving,
			 const struct bulletin_fields *fields)
{
	const struct editor e = {
		.b = &saving->now,
		.fields = *fields,
		.status = 409,
		.aside_id = saving->aside_id,
		.clash = saving->outcome == BULLETIN_CLASHED,
		.moved = saving->outcome == BULLETIN_MOVED,
	};

	show_editor(r, &e);
}

/* It has begun to go out, or is cancelled: what was written is shown, to be copied. */
static void show_refused(struct web_request *r, const struct bulletin *b,
			 const struct bulletin_fields *fields, const struct err *err)
{
	const struct editor e = {.b = b,
				 .fields = *fields,
				 .status = staff_refusal(err),
				 .refused = page_sentence(r->arena, err->text)};

	if (!e.status)
		staff_failed(r, err);
	else
		show_editor(r, &e);
}

void staff_editor_save(struct web_request *r)
{
	bool by_itself = str_eq(web_form(r, "then"), "auto");
	bool pasted = str_eq(web_form(r, "then"), "paste");
	struct bulletin_fields fields;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	editor_form_read(r, &b, &fields);
	struct bulletin_saving saving = {
		.list = b.list.name,
		.number = b.number,
		.fields = fields,
		.seen = web_form(r, "hash"),
		.over = web_form(r, "over"),
		.state = by_itself || pasted ? "draft" : web_form(r, "state"),
		.aside_id = web_form_int(r, "aside", 0),
		.by_itself = by_itself,
	};
	bool done = bulletin_save(r->op, r->arena, &saving, &err);

	if (by_itself || (pasted && (!done || saving.outcome > BULLETIN_SAME))) {
		tell_script(r, &saving, done ? NULL : &err);
	} else if (pasted) {
		tell_pasted(r, &saving.now);
	} else if (!done) {
		show_refused(r, &b, &fields, &err);
	} else if (saving.outcome == BULLETIN_CLASHED ||
		   saving.outcome == BULLETIN_MOVED) {
		show_unsaved(r, &saving, &fields);
	} else {
		go_on(r, &b, &saving);
	}
}

void staff_version_drop(struct web_request *r)
{
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	if (!bulletin_aside_drop(r->op, &b, web_form_int(r, "version", 0), &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "The version is thrown away. What stands is as it was.");
	staff_back(r, "%s/edit", staff_bulletin_path(r, b.list.name, b.number));
}
