#include "acts/letter.h"
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/language.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/compose.h"
#include "mail/recipient.h"

#include <inttypes.h>

enum { DAY_S = 86400, ID_MOST = 900 };

/* What every letter says: who we are, about which list, and on which day. */
static void common_values(struct acts *acts, struct arena *arena,
			  const struct acts_letter *l, struct mail_letter_values *v)
{
	const char *url = acts->settings->base_url;

	v->organisation = acts->settings->organisation;
	v->contact = str_or(acts->settings->contact, NULL);
	v->address = l->to_address;
	v->date =
		acts_long_date(acts, arena, l->language, acts->now, acts->settings->zone);
	v->why = acts_word(acts, l->language, v->why);
	v->frequency = acts_word(acts, l->language, v->frequency);
	v->choose_url = arena_printf(arena, "%s/manage", url);
	if (!l->list)
		return;
	v->contact_address = l->list->owner;
	v->list_title = l->list->title;
	v->join_url = arena_printf(arena, "%s/lists/%s/join", url, l->list->name);
	v->archive_url = arena_printf(arena, "%s/lists/%s", url, l->list->name);
	if (l->leave_token)
		v->leave_url = arena_printf(arena, "%s/leave/%s", url, l->leave_token);
	v->join_address = acts_address_with(arena, l->list->address, "join");
	if (!v->leave_address)
		v->leave_address = acts_address_with(arena, l->list->address, "leave");
}

/* The same letter has the same Message-ID however often it is tried. */
static const char *message_id(struct acts *acts, struct arena *arena, const char *once)
{
	unsigned char hash[SECRET_SHA256_BYTES];
	char text[SECRET_SHA256_HEX];
	AUTO(buf) b = buf_new(1000);

	buf_add(b, acts->key, sizeof(acts->key));
	buf_str(b, once);
	secret_sha256(b->bytes, b->len, hash);
	str_base32(text, hash, 16);
	return arena_printf(arena, "l.%s@%s", text, acts->settings->own_domain);
}

static void list_fields(struct acts *acts, struct arena *arena,
			const struct acts_letter *l, struct compose_mail *mail)
{
	const char *leave;

	if (!l->list || !l->leave_token)
		return;
	leave = arena_printf(arena, "leave-%s", l->leave_token);
	mail->list_unsubscribe_mailto = arena_printf(
		arena, "mailto:%s", acts_address_with(arena, l->list->address, leave));
	mail->list_unsubscribe_https = acts_one_click_url(acts, arena, l->leave_token);
	mail->list_post_no = true;
	if (l->kind != LETTER_DIGEST)
		return;
	mail->list_id = arena_printf(arena, "%s.%s", l->list->name,
				     strrchr(l->list->address, '@') + 1);
	mail->list_name = l->list->title;
	mail->list_archive = arena_printf(arena, "%s/lists/%s", acts->settings->base_url,
					  l->list->name);
}

static bool compose(struct acts *acts, struct arena *arena, const struct acts_letter *l,
		    const struct mail_letter_text *said, const char *id, struct buf *out,
		    struct err *err)
{
	static const char *const no_values[COMPOSE_SLOTS] = {0};
	struct compose_prepared *prepared;
	struct compose_mail mail = {
		.from_name = l->from_name,
		.from_address = l->from_address,
		.reply_to = l->reply_to,
		.subject = said->subject,
		.date_at = acts->now,
		.message_id = id,
		.in_reply_to = l->in_reply_to,
		.auto_submitted = l->by_person    ? NULL
				  : l->inbound_id ? "auto-replied"
						  : "auto-generated",
		.text = said->text,
		.html = said->html,
	};

	list_fields(acts, arena, l, &mail);
	return compose_address_header(arena, l->to_name, l->to_address, &mail.to, err) &&
	       compose_prepare(arena, &mail, &prepared, err) &&
	       compose_fill(prepared, no_values, out, err);
}

/* The Message-ID of the mail that is answered, or NULL. */
static bool answered(struct acts *acts, struct arena *arena, int64_t inbound_id,
		     const char **out, struct err *err)
{
	struct store_row row;

	*out = NULL;
	if (!inbound_id)
		return true;
	if (!store_one(acts->store, arena, &row, err, SQL_PARSED_OF, "i", inbound_id))
		return err->kind == ERR_ABSENT;
	*out = row_text(&row, "message_id");
	return true;
}

/* What a stranger gave as Message-ID, when it can stand in a header of ours. */
static const char *sound_id(const char *id)
{
	const char *at = id ? strchr(id, '@') : NULL;
	size_t len = id ? strlen(id) : 0;

	if (!at || at == id || !at[1] || strchr(at + 1, '@') || len > ID_MOST)
		return NULL;
	for (size_t i = 0; i < len; i++)
		if (id[i] <= 0x20 || id[i] >= 0x7F || id[i] == '<' || id[i] == '>')
			return NULL;
	return id;
}

/* The same letter, without what a stranger put in to break it. */
static bool tame(struct arena *arena, struct acts_letter *letter, struct err *err)
{
	letter->to_name = acts_name_clean(arena, letter->to_name);
	letter->in_reply_to = sound_id(letter->in_reply_to);
	return acts_address_read(arena, letter->to_address, NULL, &letter->to_address,
				 err);
}

static bool make(struct acts *acts, struct arena *arena, struct acts_letter *letter,
		 const char *id, struct mail_letter_text *said, struct buf *mail,
		 struct err *err)
{
	const char *kind = mail_letter_name(letter->kind);
	struct mail_letter_values values = letter->values;

	if (!letter->in_reply_to &&
	    !answered(acts, arena, letter->inbound_id, &letter->in_reply_to, err))
		return false;
	if (!tame(arena, letter, err))
		return err_prefix(err, "letter \"%s\"", kind);
	common_values(acts, arena, letter, &values);
	return (mail_letter_render(acts_templates_for(acts, letter->language), arena,
				   letter->kind, &values, said, err) &&
		compose(acts, arena, letter, said, id, mail, err)) ||
	       err_prefix(err, "letter \"%s\"", kind);
}

bool acts_letter_spend(struct acts *acts, const struct acts_letter *asked,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(buf) mail = buf_new(8 << 20);
	struct acts_letter letter = *asked;
	struct mail_letter_text said;

	return make(acts, arena, &letter, message_id(acts, arena, letter.once), &said,
		    mail, err);
}

bool acts_letter_queue(struct acts *acts, const struct acts_letter *asked, bool *out_new,
		       struct err *err)
{
	struct acts_letter tamed = *asked;
	const struct acts_letter *letter = &tamed;
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(buf) mail = buf_new(8 << 20);
	const char *id = message_id(acts, arena, asked->once);
	const char *kind = mail_letter_name(asked->kind);
	struct mail_letter_text said;

	if (!make(acts, arena, &tamed, id, &said, mail, err))
		return false;
	if (!store_run(acts->store, err, SQL_LETTER_ADD, "tttttbtzzzi", kind,
		       letter->once, str_or(letter->sender, ""), letter->to_address,
		       said.subject, mail->bytes, mail->len, id,
		       letter->list ? letter->list->id : (int64_t)0,
		       letter->consultation_id, letter->inbound_id, acts->now))
		return false;
	if (out_new)
		*out_new = store_changes(acts->store) > 0;
	return true;
}

bool acts_letter_unmade(const struct err *err)
{
	return err->kind == ERR_INPUT || err->kind == ERR_ABSENT;
}

bool acts_letter_allowed(struct acts *acts, const char *address, enum mail_letter kind,
			 int64_t most_a_day, bool *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_LETTER_RECENT, "tti", address,
		       mail_letter_name(kind), acts->now - DAY_S))
		return false;
	*out = row_int(&row, "n") < most_a_day;
	return true;
}

bool acts_letter_settle_doubt(struct acts *acts, int64_t id, bool send_again,
			      struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	AUTO(store_txn) t = NULL;
	struct store_row row;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t)
		return false;
	if (!store_one(acts->store, arena, &row, err, SQL_LETTER_BY_ID, "i", id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is no letter %" PRId64
					 "; see: mercat letter list --state doubt",
					 id)
			       : false;
	if (!str_eq(row_text(&row, "state"), "doubt"))
		return err_set(err, ERR_CONFLICT,
			       "letter %" PRId64
			       " is %s; only one in doubt is settled by "
			       "a person",
			       id, row_text(&row, "state"));
	return store_run(acts->store, err, SQL_LETTER_RELEASE_DOUBT, "iti", id,
			 send_again ? "deferred" : "skipped", acts->now) &&
	       acts_audit(acts, err, "doubt settled", "letter", id, "%s",
			  send_again ? "sent again" : "left") &&
	       store_commit(&t, err);
}
