/* Words of letters that stand in no template; tools/translations finds them by N_(). */
#include "acts/language_own.h"

#define N_(words) words

const char *const acts_language_words[] = {
	N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
	N_("Saturday"), N_("Sunday"),
	/* As they stand in a date: "8 December 2017". */
	N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
	N_("July"), N_("August"), N_("September"), N_("October"), N_("November"),
	N_("December"), N_("each update"), N_("once a week"), N_("once a month"),
	N_("Our team put you on this list."), N_("Our team accepted your request."),
	NULL};
