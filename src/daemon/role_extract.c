/* extract: attachments that wait -> their text; scans -> pictures of their pages; reports -> files
 * of other forms. No network; one child an attachment, page or file. */
#include "domain/exports/report_kept.h"
#include "domain/intake/attachment_text.h"
#include "domain/sorting/typed_scan.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "daemon/role.h"
#include "extract/page_picture.h"
#include "daemon/walls.h"
#include "process/in_hand.h"
#include "reader/reader.h"
#include "render/rendered.h"

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

/* Each page is there as soon as it is drawn. */
static bool draw_pages(struct role_run *run, const struct scan_waiting *w,
		       const char **out_why, struct err *err)
{
	const struct mail_attachment file = {
		.name = w->name, .type = w->type, .bytes = w->bytes, .size = w->len};

	for (int64_t page = 1; page <= SCAN_PAGES; page++) {
		AUTO(arena) arena = arena_new(1 << 16);
		struct page_picture drawn;
		struct scan_picture picture;

		if (!page_picture_draw(run->extract, arena, &file, page, &drawn, err)) {
			*out_why = err->kind != ERR_INPUT ? NULL
				   : page == 1 ? "it cannot be shown here as a picture"
					       : "the rest of it cannot be shown here";
			return err_forgive(err, ERR_ABSENT) ||
			       err_forgive(err, ERR_INPUT);
		}
		picture = (struct scan_picture){drawn.bytes, drawn.len};
		if (!scan_page_keep(&run->op, w->id, page, &picture, err))
			return false;
		if (loop_stopping(&run->loop))
			return err_set(err, ERR_AGAIN, "the pages of a scan wait");
	}
	*out_why = "it has more pages than are shown here";
	return true;
}

/* Somebody sits before it: scans come first. */
static bool one_scan(struct role_run *run, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct scan_waiting waiting;
	const char *why = NULL;
	int64_t crashes;

	*out_did = false;
	if (!scan_next(&run->op, arena, &waiting, err))
		return err_forgive(err, ERR_ABSENT);
	*out_did = true;
	run->op.now = clock_now();
	crashes = in_hand_crashes(-waiting.id);
	if (crashes >= IN_HAND_OFTEN)
		return scan_end(&run->op, waiting.id, ENDED, err);
	in_hand(-waiting.id);
	if (!draw_pages(run, &waiting, &why, err)) {
		in_hand(0);
		return false;
	}
	in_hand(0);
	return scan_end(&run->op, waiting.id, why, err);
}

/* The numbers of what is in hand: mails from 1 up, scans from -1 down, reports from here down. */
#define REPORTS_IN_HAND (-((int64_t)1 << 40))

static bool one_report(struct role_run *run, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	struct report_waiting waiting;
	struct rendering with;
	bool made;

	*out_did = false;
	if (!report_kept_next(&run->op, arena, &waiting, err))
		return err_forgive(err, ERR_ABSENT);
	*out_did = true;
	run->op.now = clock_now();
	if (in_hand_crashes(REPORTS_IN_HAND - waiting.id) >= IN_HAND_OFTEN)
		return report_kept_give_up(&run->op, &waiting,
					   "making it has ended the program twice; "
					   "please report it",
					   err);
	with = rendering_usual(walls_work_folder(run));
	in_hand(REPORTS_IN_HAND - waiting.id);
	made = report_kept_make(&run->op, arena, &waiting, &with, err);
	in_hand(0);
	return made;
}

/* Somebody waits before a scan, and for a report; nobody sees how soon a file is read. */
static bool one_turn(struct role_run *run, bool *out_did, struct err *err)
{
	return one_scan(run, out_did, err) &&
	       (*out_did || one_report(run, out_did, err)) &&
	       (*out_did || one_mail(run, out_did, err));
}

bool role_extract(struct role_run *run, struct err *err)
{
	const char *missing = extract_missing_program();

	rendering_clear(walls_work_folder(run));
	if (missing)
		log_line(LOG_ERROR, "%s is not installed: such files are left to people",
			 missing);
	if (!extract_recognises(run->extract))
		log_line(
			LOG_NOTE, "%s",
			"tesseract (Debian: tesseract-ocr) is not installed: scanned pages "
			"and photographs are left to people");
	return role_turns(run, one_turn, err);
}
