#include "doctor/status.h"
#include "doctor/doctor.h"
#include "base/calendar.h"
#include "base/lock.h"
#include "base/numeral.h"
#include "base/str.h"
#include "domain/core/audit.h"
#include "domain/queue/backlog.h"
#include "domain/queue/lost.h"
#include "domain/safeguarding/flag_tell.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/* What waits so long waits for more than its turn. */
enum { WAITS_LONG_S = HOUR_S };

struct reading {
	struct operation *op;
	struct arena *arena;
	struct status *out;
};

static void add(struct reading *r, struct status_figure figure)
{
	struct status *s = r->out;

	s->figures = arena_grow(r->arena, s->figures, s->count, sizeof(*s->figures));
	s->figures[s->count++] = figure;
	s->troubles += figure.is_trouble;
}

/* Its lock is held for as long as it runs; one that may not be looked at says nothing. */
static void read_daemon(struct reading *r)
{
	const char *path =
		arena_printf(r->arena, "%s/mercatd.lock", r->op->settings->state_dir);
	struct err hidden = {0};
	int64_t pid;

	if (!lock_holder(path, &pid, &hidden))
		return;
	add(r, (struct status_figure){.name = "daemon_running",
				      .what = "mercatd runs",
				      .unit = STATUS_YES_NO,
				      .value = pid != 0,
				      .is_trouble = !pid});
}

static bool read_mailboxes(struct reading *r, struct err *err)
{
	struct store_table t;

	if (!backlog_mailboxes(r->op, r->arena, &t, err))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		add(r, (struct status_figure){.name = "mailbox_read_age",
					      .what = "mailbox last brought something",
					      .label = "mailbox",
					      .of = row_text(&row, "name"),
					      .unit = STATUS_SECONDS,
					      .value = r->op->now -
						       row_int(&row, "seen_at")});
	}
	return true;
}

static bool read_lost(struct reading *r, struct err *err)
{
	static const struct {
		const char *kind, *name, *what;
	} kinds[] = {{"mailbox", "mailbox_lost", "mailbox cannot be read for"},
		     {"relay", "relay_lost", "relay takes no mail for"},
		     {"role", "role_lost", "part of mercatd does not run for"}};
	struct store_table t;

	if (!lost_for(r->op, r->arena, 0, &t, err))
		return false;
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
		for (size_t i = 0; i < t.count; i++) {
			struct store_row row = table_row(&t, i);

			if (!str_eq(row_text(&row, "kind"), kinds[k].kind))
				continue;
			add(r, (struct status_figure){.name = kinds[k].name,
						      .what = kinds[k].what,
						      .label = kinds[k].kind,
						      .of = row_text(&row, "name"),
						      .unit = STATUS_SECONDS,
						      .value = r->op->now -
							       row_int(&row, "at"),
						      .is_trouble = true});
		}
	return true;
}

/* A number of things; those that wait for a person are trouble when there is one. */
static void add_count(struct reading *r, const char *name, const char *what, int64_t n)
{
	add(r, (struct status_figure){.name = name, .what = what, .value = n});
}

static void add_trouble(struct reading *r, const char *name, const char *what, int64_t n)
{
	add(r, (struct status_figure){
		       .name = name, .what = what, .value = n, .is_trouble = n > 0});
}

static void add_age(struct reading *r, const char *name, const char *what, int64_t since)
{
	int64_t age = since ? r->op->now - since : 0;

	add(r, (struct status_figure){.name = name,
				      .what = what,
				      .unit = STATUS_SECONDS,
				      .value = age > 0 ? age : 0,
				      .is_trouble = age > WAITS_LONG_S});
}

static bool read_backlog(struct reading *r, struct err *err)
{
	struct flag_trouble flags;
	struct backlog b;

	if (!backlog_now(r->op, r->arena, &b, err) ||
	    !flag_trouble_now(r->op, r->arena, &flags, err))
		return false;
	add_count(r, "mail_unread", "mail taken in and not yet read", b.unread);
	add_age(r, "mail_unread_age", "the oldest mail not yet read waits for",
		b.unread_since);
	add_count(r, "mail_unsorted", "mail for a person to sort", b.unsorted);
	add_count(r, "bulletins_sending", "bulletins being sent", b.sending);
	add_trouble(r, "bulletins_on_hold", "bulletins on hold", b.on_hold);
	add_count(r, "deliveries_waiting", "mails of bulletins that wait", b.deliveries);
	add_trouble(r, "deliveries_in_doubt", "mails of bulletins in doubt",
		    b.deliveries_in_doubt);
	add_count(r, "notifications_waiting", "notifications that are due",
		  b.notifications);
	add_age(r, "notifications_waiting_age",
		"the oldest notification that is due waits for", b.notifications_since);
	add_trouble(r, "notifications_in_doubt", "notifications in doubt",
		    b.notifications_in_doubt);
	add_trouble(r, "flags_overdue", "flags that nobody has seen in time",
		    flags.overdue);
	add_trouble(r, "flags_untold", "flags that nobody could be told of",
		    flags.untold);
	return true;
}

static void add_bytes(struct reading *r, const char *name, const char *what, uint64_t n)
{
	add(r, (struct status_figure){.name = name,
				      .what = what,
				      .unit = STATUS_BYTES,
				      .value = (int64_t)n});
}

static bool read_machine(struct reading *r, struct err *err)
{
	struct statvfs fs;
	struct stat st;
	int64_t at;

	if (stat(settings_store_path(r->op->settings), &st) == 0)
		add_bytes(r, "store_size", "the store has", (uint64_t)st.st_size);
	if (statvfs(r->op->settings->state_dir, &fs) == 0)
		add_bytes(r, "disk_free", "free on its disk",
			  (uint64_t)fs.f_bavail * fs.f_frsize);
	if (!audit_backup_at(r->op, &at, err))
		return false;
	add(r, (struct status_figure){.name = "copy_made",
				      .what = "a copy of the store was made",
				      .unit = STATUS_YES_NO,
				      .value = at != 0,
				      .is_trouble = !at});
	if (at)
		add(r, (struct status_figure){
			       .name = "copy_age",
			       .what = "the last copy is old",
			       .unit = STATUS_SECONDS,
			       .value = r->op->now - at,
			       .is_trouble = at < r->op->now - DOCTOR_COPY_OLD_S});
	return true;
}

bool status_read(struct operation *op, struct arena *arena, struct status *out,
		 struct err *err)
{
	struct reading r = {op, arena, out};

	*out = (struct status){0};
	read_daemon(&r);
	return read_mailboxes(&r, err) && read_lost(&r, err) && read_backlog(&r, err) &&
	       read_machine(&r, err);
}

static const char *const unit_names[] = {[STATUS_COUNT] = "",
					 [STATUS_SECONDS] = "_seconds",
					 [STATUS_BYTES] = "_bytes",
					 [STATUS_YES_NO] = ""};

/* Within the quotes of a label: backslash, quote and line end have their sequences. */
static void add_label(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			buf_str(out, "\\n");
		else if (*text == '"' || *text == '\\')
			buf_printf(out, "\\%c", *text);
		else
			buf_char(out, *text);
}

void status_metrics(const struct status *status, struct buf *out)
{
	const char *last = "";

	for (size_t i = 0; i < status->count; i++) {
		const struct status_figure *f = &status->figures[i];
		const char *unit = unit_names[f->unit];

		if (!str_eq(f->name, last))
			buf_printf(out,
				   "# HELP mercat_%s%s %s\n# TYPE mercat_%s%s gauge\n",
				   f->name, unit, f->what, f->name, unit);
		last = f->name;
		buf_printf(out, "mercat_%s%s", f->name, unit);
		if (f->label) {
			buf_printf(out, "{%s=\"", f->label);
			add_label(out, f->of);
			buf_str(out, "\"}");
		}
		buf_printf(out, " %" PRId64 "\n", f->value);
	}
}

const char *status_value(struct arena *arena, const struct status_figure *figure)
{
	char text[NUMERAL_TEXT];

	if (figure->unit == STATUS_YES_NO)
		return figure->value ? "yes" : "no";
	if (figure->unit == STATUS_SECONDS)
		numeral_duration(figure->value, text);
	else if (figure->unit == STATUS_BYTES)
		numeral_size(figure->value, text);
	else
		numeral_grouped(figure->value, text);
	return arena_strdup(arena, text);
}
