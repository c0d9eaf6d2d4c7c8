/* What is settled about an attachment without reading it. */
#include "extract/extract.h"
#include "extract/parsers/kind.h"

enum { LOGO = 10000 };

static void settle(struct extract_result *out, enum extract_state state,
		   const char *source, const char *reason)
{
	out->state = state;
	out->source = source;
	out->reason = reason;
}

static void picture(const struct mail_attachment *file, struct extract_result *out)
{
	/* Logos under a mail; a page that somebody photographed is larger. */
	if (file->is_inline || file->content_id || file->size < LOGO)
		settle(out, EXTRACT_NONE, "picture", NULL);
}

/* The mail reader took the text of text parts and of mails already; of a page, not what it
   looks like. */
static bool taken(const struct mail_attachment *file, enum extract_kind kind,
		  struct extract_result *out)
{
	if (kind == EXTRACT_NOTHING)
		return false;
	if (!file->text || kind >= EXTRACT_HTML)
		if (!file->text || kind != EXTRACT_MESSAGE)
			return false;
	out->text = file->text;
	settle(out, EXTRACT_DONE,
	       kind == EXTRACT_MESSAGE ? "message"
	       : kind == EXTRACT_CSV   ? "csv"
				       : "plain",
	       NULL);
	return true;
}

const char *extract_state_name(enum extract_state state)
{
	static const char *const names[] = {"waiting", "done", "none", "unreadable"};

	return names[state];
}

void extract_first_look(const struct mail_attachment *file, struct extract_result *out)
{
	bool part = file->head_only && file->size > MAIL_ATTACHMENT_HEAD;
	enum extract_kind kind =
		extract_kind_of(file->bytes, part ? MAIL_ATTACHMENT_HEAD : file->size,
				file->name, file->type);

	*out = (struct extract_result){.state = EXTRACT_WAITING};
	/* What an OLE file holds may stand anywhere in it. */
	if (part && (kind == EXTRACT_OLE_ENCRYPTED || kind == EXTRACT_OLE_OTHER ||
		     kind == EXTRACT_DOC))
		return;
	if (taken(file, kind, out))
		return;
	if (file->size > EXTRACT_FILE) {
		settle(out, EXTRACT_UNREADABLE, NULL,
		       "it is larger than 64 MB: a person must open it");
		return;
	}
	switch (kind) {
	case EXTRACT_NOTHING:
		settle(out, EXTRACT_NONE, NULL, NULL);
		break;
	case EXTRACT_PICTURE:
		picture(file, out);
		break;
	case EXTRACT_SOUND:
		settle(out, EXTRACT_UNREADABLE, "sound",
		       "it is a sound or a film: a person must play it");
		break;
	case EXTRACT_ARCHIVE:
		settle(out, EXTRACT_UNREADABLE, "archive",
		       "it is an archive, which is not looked into: a person must open it");
		break;
	case EXTRACT_OLE_ENCRYPTED:
		settle(out, EXTRACT_UNREADABLE, "office",
		       "it is encrypted: ask for it without a password");
		break;
	case EXTRACT_LOCKED:
		settle(out, EXTRACT_UNREADABLE, NULL,
		       "it is encrypted: only who has its key can read it");
		break;
	case EXTRACT_OLE_OTHER:
		settle(out, EXTRACT_UNREADABLE, "office",
		       "it is a file of an old Office program: a person must open it");
		break;
	case EXTRACT_UNKNOWN:
		settle(out, EXTRACT_UNREADABLE, NULL,
		       "it is of a kind that is not known here: a person must open it");
		break;
	default:
		break;
	}
}
