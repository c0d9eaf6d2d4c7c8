/* What a command was given. */
#include "cli/frame/cli.h"
#include "base/clock.h"
#include "base/str.h"

#include <stdio.h>
#include <strings.h>

const char *cli_option(const struct cli *cli, const char *name)
{
	const struct cli_option *o = cli->command->options;

	for (size_t i = 0; o && o[i].name; i++)
		if (str_eq(o[i].name, name))
			return cli->option_text[i];
	PANIC("command %s has no option %s", cli->command->name, name);
}

bool cli_option_int(const struct cli *cli, const char *name,
		    const struct cli_range *range, int64_t *out, struct err *err)
{
	const char *text = cli_option(cli, name);

	*out = range->fallback;
	return !text || str_to_int(text, range->least, range->most, out, err) ||
	       err_prefix(err, "--%s", name);
}

bool cli_arg_int(const struct cli *cli, size_t i, const char *what, int64_t *out,
		 struct err *err)
{
	return str_to_int(cli->args[i], 1, INT32_MAX, out, err) ||
	       err_prefix(err, "%s", what);
}

/* ---- days as people write them ---- */

static struct calendar_day days_on(struct calendar_day day, int days)
{
	while (days-- > 0)
		day = calendar_next(day);
	return day;
}

static struct calendar_day days_back(struct calendar_day day, int days)
{
	struct calendar_day from = calendar_month_by(day, -1);

	return days_on(from, (int)(calendar_number(day) - calendar_number(from)) - days);
}

/* "Friday", "next Friday", "Fri": from tomorrow on, or up to yesterday. */
static bool read_weekday(const char *text, struct calendar_day today, enum cli_when when,
			 struct calendar_day *out)
{
	size_t len;

	if (str_istarts(text, "next ") && when == CLI_TO_COME)
		text += strlen("next ");
	if (str_istarts(text, "last ") && when == CLI_GONE_BY)
		text += strlen("last ");
	len = strlen(text);
	for (int i = 0; len >= 3 && i < CALENDAR_WEEK; i++) {
		int ahead;

		if (len > strlen(calendar_weekdays[i]) ||
		    strncasecmp(text, calendar_weekdays[i], len) != 0)
			continue;
		ahead = (i - calendar_weekday(today) + CALENDAR_WEEK) % CALENDAR_WEEK;
		*out = when == CLI_TO_COME ? days_on(today, ahead ? ahead : CALENDAR_WEEK)
					   : days_back(today, CALENDAR_WEEK - ahead);
		return true;
	}
	return false;
}

/* "05/06/2027", which half the world reads otherwise. */
static bool is_two_days(const char *text, int *day, int *month, int *year)
{
	char first, second;
	int used = 0;

	return sscanf(text, "%2d%c%2d%c%4d%n", day, &first, month, &second, year,
		      &used) == 5 &&
	       !text[used] && first == second && strchr("/.-", first) && *year > 99 &&
	       *day >= 1 && *month >= 1 && *day <= CALENDAR_YEAR &&
	       *month <= CALENDAR_YEAR && *day != *month;
}

bool cli_day(const struct cli *cli, const char *text, enum cli_when when,
	     const char **out, struct err *err)
{
	struct calendar_day today = clock_calendar(cli->op.now, cli->settings->zone);
	struct calendar_day later = {today.year + 1, today.month, 1}, day, other;
	char words[CALENDAR_TEXT];
	int d, m, y;

	if (is_two_days(text, &d, &m, &y))
		return err_set(err, ERR_INPUT,
			       "\"%s\" may be %d %s or %d %s; write %04d-%02d-%02d or "
			       "%04d-%02d-%02d",
			       text, d, calendar_months[m - 1], m, calendar_months[d - 1],
			       y, m, d, y, d, m);
	if (str_ieq(text, "tomorrow") && when == CLI_TO_COME) {
		day = calendar_next(today);
	} else if (!read_weekday(text, today, when, &day)) {
		if (!calendar_typed(text, today, &day) ||
		    !calendar_typed(text, later, &other))
			return err_set(
				err, ERR_INPUT,
				"\"%.60s\" is not a day; write it as 2026-12-08 or "
				"8 December 2026",
				text);
		/* Without a year it moves with today. */
		if (when == CLI_TO_COME &&
		    calendar_number(other) != calendar_number(day) &&
		    !str_ieq(text, "today") && !str_ieq(text, "yesterday") &&
		    calendar_number(day) < calendar_number(today))
			day.year++;
	}
	calendar_text(day, words);
	*out = arena_strdup(cli->arena, words);
	return true;
}

bool cli_day_and_time(const struct cli *cli, const char *text, const char **out,
		      struct err *err)
{
	const char *colon = strchr(text, ':'), *hour = colon, *day;
	size_t len;

	while (hour && hour > text && str_is_digit(hour[-1]))
		hour--;
	len = hour ? (size_t)(hour - text) : 0;
	while (len && strchr(" ,", text[len - 1]))
		len--;
	/* What has no time in it is for whoever reads it to refuse. */
	*out = text;
	if (!len || colon == hour)
		return true;
	if (!cli_day(cli, arena_strndup(cli->arena, text, len), CLI_TO_COME, &day, err))
		return false;
	*out = arena_printf(cli->arena, "%s %s%s", day, colon - hour == 1 ? "0" : "",
			    hour);
	return true;
}
