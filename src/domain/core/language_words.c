/*
 * Words of letters and pages that stand in no template; tools/translations finds them by
 * N_(). What src/web, src/pages and src/public say by page_problem() stands here once more,
 * word for word: tests/e2e/test_pages_language.py compares them.
 */
#include "domain/core/language_private.h"
#include "base/calendar.h"

#define N_(words) words

const char *const language_words[] = {
	CALENDAR_WEEKDAYS(N_), CALENDAR_MONTHS(N_), N_("each bulletin"),
	N_("once a week"), N_("once a month"), N_("Our team put you on this list."),
	N_("Our team accepted your request."), N_("You came back by yourself."),
	N_("Your email provider told us that you reported our email as unwanted."),
	/* Pages that say what went wrong: their titles, then their sentences. */
	N_("We could not read that"), N_("You may not see this"), N_("Page not found"),
	N_("That cannot be done here"), N_("That cannot be done now"),
	N_("That is too large"), N_("Too many requests"), N_("Try again in a moment"),
	N_("There is no room just now"), N_("Sorry, something went wrong"),
	N_("We are busy just now, and nothing was changed. Please do it again in a "
	   "moment."),
	N_("The disk is full, so nothing was changed. Once somebody has made room, do it "
	   "again."),
	N_("The fault is ours, and nothing was changed. It is in our log; please try "
	   "again later."),
	N_("Your browser, or something on its way, sent a request that can be "
	   "understood in two ways."),
	N_("This address is not one that we could have given out."),
	N_("There is no such page. If you typed the address, look at it again; if a "
	   "link brought you here, it may be too old."),
	N_("This page cannot be asked for in that way."),
	N_("There is no such file here."),
	N_("What was sent is too large for this page."),
	N_("Only forms can be sent here."), N_("The form that was sent cannot be read."),
	N_("The form that was sent is broken."),
	N_("There is no such subscription here. Open your page again."),
	N_("There is too much to put into one file. Write to us, and we send it to you."),
	N_("There is no such bulletin."),
	N_("There is no list of that name. The link may be old, or cut short."),
	N_("There is no consultation of that name. The link may be old, or cut short."),
	N_("This consultation is closed."), NULL};
