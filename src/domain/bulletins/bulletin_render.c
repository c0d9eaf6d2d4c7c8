#include "domain/bulletins/bulletin_render.h"
#include "domain/core/plus_address.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/write/compose.h"

#include <inttypes.h>

bool bulletin_render_mail(struct operation *op, struct arena *arena,
			  const struct bulletin *b,
			  const struct bulletin_reading *reading,
			  struct bulletin_mail *out, struct err *err)
{
	const struct settings *s = op->settings;
	char date[CLOCK_TEXT];
	struct bulletin_frame frame = {
		.list_title = b->list.title,
		.number = b->number,
		.date = date,
		.organisation = s->organisation,
		.why = arena_printf(
			arena,
			"You get this bulletin because you are on the list \"%s\" of %s.",
			b->list.title, s->organisation),
		.contact = str_or(s->contact, NULL),
		.contact_address = b->list.owner,
		.subject_format = b->source->subject,
		.leave_url = arena_printf(arena, "%s/leave/%s", s->base_url,
					  COMPOSE_TOKEN_MARK),
		.leave_address =
			address_with(arena, b->list.address, "leave-" COMPOSE_TOKEN_MARK),
		.sections = reading->sections,
		.is_test = reading->purpose == BULLETIN_AS_TEST,
		.choose_url = arena_printf(arena, "%s/manage", s->base_url),
		.archive_url = list_url(op, arena, &b->list,
					arena_printf(arena, "/%" PRId64, b->number)),
	};

	clock_long_date(reading->date_at, s->zone, date);
	return bulletin_readable(b, err) &&
	       bulletin_render(op->templates, arena, b->source, &frame, out, err);
}
