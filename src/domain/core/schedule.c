#include "domain/core/schedule.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"

enum { DAYS_LOOKED = 40 };

/* "2026-11-25T09:00" as a page's field sends it, with a space in place of the T. */
static const char *as_written(struct arena *arena, const char *when)
{
	char *text = arena_strdup(arena, when);

	text = str_trim(text);
	if (strlen(text) >= 16 && text[10] == 'T')
		text[10] = ' ';
	return text;
}

/* Does the same wall clock time come again an hour later (or in half an hour)? */
static bool comes_twice(int64_t at, const char *zone)
{
	char first[CLOCK_TEXT], later[CLOCK_TEXT];

	clock_local(at, zone, first);
	for (int64_t step = HOUR_S / 2; step <= HOUR_S; step += HOUR_S / 2) {
		clock_local(at + step, zone, later);
		if (strncmp(first, later, 16) == 0)
			return true;
	}
	return false;
}

static bool is_quiet(const struct settings *s, int64_t at)
{
	char local[CLOCK_TEXT];
	const char *now = local + 11, *from = s->quiet, *to = s->quiet + 6;
	bool after, before;

	if (!*s->quiet)
		return false;
	clock_local(at, s->zone, local);
	after = strncmp(now, from, 5) >= 0;
	before = strncmp(now, to, 5) < 0;
	return strncmp(from, to, 5) <= 0 ? after && before : after || before;
}

bool schedule_read(struct operation *op, struct arena *arena, const char *when,
		   struct time_words *out, struct err *err)
{
	char zone[CLOCK_TEXT], words[CLOCK_TEXT], away[80];
	struct time_words m = {0};

	if (!clock_from_local(as_written(arena, when), op->settings->zone, &m.at, zone,
			      err))
		return false;
	clock_long_time(m.at, zone, words);
	if (m.at <= op->now) {
		numeral_duration(op->now - m.at, away);
		return err_set(err, ERR_INPUT,
			       "%s (%s) has passed, %s ago; choose a time in the future",
			       words, zone, away);
	}
	numeral_duration(m.at - op->now, away);
	m.zone = arena_strdup(arena, zone);
	m.words = arena_printf(arena, "%s (%s)", words, zone);
	m.away = arena_strdup(arena, away);
	if (comes_twice(m.at, zone))
		m.note =
			"The clocks go back that night, so this time comes twice; the first "
			"one is meant.";
	else if (is_quiet(op->settings, m.at))
		m.note = arena_printf(
			arena,
			"This lies in the quiet hours (%s): sending begins when "
			"they end.",
			op->settings->quiet);
	*out = m;
	return true;
}

bool schedule_calendar(struct operation *op, struct arena *arena, int64_t from,
		       int64_t to, struct schedule_events *out, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_CALENDAR, "ii", from, to))
		return false;
	out->items = arena_make(arena, struct schedule_event, t.count + 1);
	out->count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		out->items[i] = (struct schedule_event){
			.at = row_int(&row, "at"),
			.kind = row_text(&row, "kind"),
			.name = row_text(&row, "list"),
			.list_id = row_int(&row, "list_id"),
			.consultation_id = row_int(&row, "consultation_id"),
			.number = row_int(&row, "number"),
			.title = row_text(&row, "title"),
			.state = row_text(&row, "state")};
	}
	return true;
}

static int64_t weekday_of(const char *day)
{
	struct calendar_day d;

	if (!calendar_read(day, &d))
		PANIC("%s is no day", day);
	return calendar_weekday(d);
}

/* That time of day in the zone; where the clocks skip it, an hour later. */
static int64_t time_on(const char *day, const char *time, const char *zone)
{
	char text[CLOCK_TEXT];
	struct err ignored;
	int64_t at = 0;
	int hour = (time[0] - '0') * 10 + (time[1] - '0');

	(void)snprintf(text, sizeof(text), "%.10s %.5s", day, time);
	if (clock_from_local(text, zone, &at, NULL, &ignored))
		return at;
	(void)snprintf(text, sizeof(text), "%.10s %02d:%.2s", day, (hour + 1) % 24,
		       time + 3);
	return clock_from_local(text, zone, &at, NULL, &ignored) ? at : 0;
}

int64_t schedule_on_day(const struct settings *settings, const char *time, int64_t at)
{
	char day[CLOCK_TEXT];

	clock_day(at, settings->zone, day);
	return time_on(day, time, settings->zone);
}

int64_t digest_next(const struct settings *settings, const char *frequency, int64_t after)
{
	bool monthly = str_eq(frequency, "monthly");
	int64_t noon;

	if (!monthly && !str_eq(frequency, "weekly"))
		return 0;
	/* From midday to midday: no change of the clocks makes that another day. */
	noon = after - after % DAY_S + DAY_S / 2 - DAY_S;
	for (int i = 0; i < DAYS_LOOKED; i++, noon += DAY_S) {
		char day[CLOCK_TEXT];
		int64_t at;

		clock_day(noon, settings->zone, day);
		if (weekday_of(day) != settings->digest_weekday ||
		    (monthly && strncmp(day + 8, "07", 2) > 0))
			continue;
		at = time_on(day, settings->digest_time, settings->zone);
		if (at > after)
			return at;
	}
	PANIC("no digest day within %d days", DAYS_LOOKED);
}
