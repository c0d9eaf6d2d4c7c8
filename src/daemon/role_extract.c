/* extract: attachments that wait -> their text. No network; one child an attachment. */
#include "domain/intake/attachment_text.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "daemon/role.h"
#include "process/in_hand.h"
#include "reader/reader.h"

#include <inttypes.h>

enum { FILES_MOST = 64 };

static const struct extract_result GONE = {
	.state = EXTRACT_UNREADABLE,
	.reason = "it could not be taken from the mail again: a person must open it"};

static const char ENDED[] =
	"reading it has ended the program twice: a person must open it, "
	"and please report it";

/* The attachment as the mail reader found it, now and then: the same place and bytes. */
static const struct mail_attachment *same_file(const struct mail_message *m,
					       const struct waiting_file *f)
{
	const struct mail_attachment *a;

	if (f->position < 0 || (uint64_t)f->position >= m->attachment_count)
		return NULL;
	a = &m->attachments[f->position];
	return str_eq(a->sha256, f->sha256) ? a : NULL;
}

static bool one_file(struct role_run *run, struct arena *arena, int64_t inbound_id,
		     const struct waiting_file *f, const struct mail_message *m,
		     size_t *words, struct err *err)
{
	const struct mail_attachment *a = same_file(m, f);
	struct extract_result r = GONE;

	bool kept;

	if (a && !extract_text(run->extract, arena, a, &r, err))
		return false;
	if (r.text && (*words += strlen(r.text)) > ATTACHMENT_TEXT_WORDS)
		r = (struct extract_result){
			.state = EXTRACT_UNREADABLE,
			.source = r.source,
			.reason = "the files of this mail have more than 8 MB of text"};
	if (r.reason)
		log_line(LOG_INFO, "mail %" PRId64 ", attachment %" PRId64 ": %s",
			 inbound_id, f->position + 1, r.reason);
	run->op.now = clock_now();
	in_hand(inbound_id);
	kept = attachment_text_keep(&run->op, inbound_id, f->position, &r, err);
	in_hand(0);
	if (kept)
		return true;
	if (err->kind == ERR_AGAIN || err->kind == ERR_SYSTEM || err->kind == ERR_SETUP)
		return false;
	/* The store will not have this text: the file stays, for a person. */
	log_line(LOG_WARN, "mail %" PRId64 ": %s", inbound_id, err->text);
	return attachment_text_keep(&run->op, inbound_id, f->position, &GONE, err);
}

static bool one_mail(struct role_run *run, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	struct waiting_text waiting;
	struct reader_mail raw;
	struct mail_message m;
	size_t words = 0;

	*out_did = false;
	if (!attachment_text_next(&run->op, arena, &waiting, err))
		return err_forgive(err, ERR_ABSENT);
	*out_did = true;
	raw = (struct reader_mail){waiting.raw ? waiting.raw : "", waiting.len};
	if (!reader_read(run->reader, arena, &raw, 1, &m, err))
		return false;
	/* What was in hand at two crashes is not tried a third time, nor anything with it. */
	if (in_hand_crashes(waiting.inbound_id) >= IN_HAND_OFTEN) {
		log_line(LOG_WARN, "mail %" PRId64 ": %s", waiting.inbound_id, ENDED);
		return attachment_text_abandon(&run->op, waiting.inbound_id, ENDED, err);
	}
	extract_beside(run->extract, m.text);
	for (size_t i = 0; i < waiting.count; i++) {
		AUTO(arena) one = arena_new(1 << 16);

		if (i == FILES_MOST)
			return attachment_text_give_up(
				&run->op, waiting.inbound_id,
				"it came with more than 64 files: a person must open it",
				err);
		if (!one_file(run, one, waiting.inbound_id, &waiting.files[i], &m, &words,
			      err))
			return false;
		if (loop_stopping(&run->loop))
			break;
	}
	return true;
}

bool role_extract(struct role_run *run, struct err *err)
{
	const char *missing = extract_missing_program();

	if (missing)
		log_line(LOG_ERROR, "%s is not installed: such files are left to people",
			 missing);
	if (!extract_recognises(run->extract))
		log_line(
			LOG_NOTE, "%s",
			"tesseract (Debian: tesseract-ocr) is not installed: scanned pages "
			"and photographs are left to people");
	return role_turns(run, one_mail, err);
}
