/* What may be done to a mail on the server once it is in the store. */
#include "imap/mailbox_session.h"

static bool may_change(struct imap_session *s, struct err *err)
{
	if (!imap_usable(s, err))
		return false;
	return s->account.may_change ||
	       err_set(err, ERR_SETUP, "mailbox %s: it was opened for reading only.",
		       s->account.name);
}

static bool add_flag(struct imap_session *s, uint32_t uid, struct mailimap_flag *flag,
		     const char *doing, struct err *err)
{
	struct mailimap_set *set = mailimap_set_new_single(uid);
	struct mailimap_flag_list *flags = mailimap_flag_list_new_empty();
	struct mailimap_store_att_flags *change;
	int result;

	ASSERT(set != NULL && flag != NULL && flags != NULL);
	if (mailimap_flag_list_add(flags, flag) != MAILIMAP_NO_ERROR)
		PANIC("no memory for a STORE");
	change = mailimap_store_att_flags_new_add_flags_silent(flags);
	ASSERT(change != NULL);
	imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
	result = mailimap_uid_store(s->imap, set, change);
	mailimap_store_att_flags_free(change);
	mailimap_set_free(set);
	return imap_end(s, result, ERR_REFUSED, doing, err);
}

bool imap_mark_seen(struct imap_session *s, uint32_t uid, struct err *err)
{
	return may_change(s, err) &&
	       add_flag(s, uid, mailimap_flag_new_seen(), "marking a mail as seen", err);
}

static bool move_at_once(struct imap_session *s, uint32_t uid, const char *folder,
			 struct err *err)
{
	struct mailimap_set *set = mailimap_set_new_single(uid);
	int result;

	ASSERT(set != NULL);
	imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
	result = mailimap_uid_move(s->imap, set, folder);
	mailimap_set_free(set);
	return imap_end(s, result, ERR_REFUSED, "moving a mail", err);
}

static bool move_in_steps(struct imap_session *s, uint32_t uid, const char *folder,
			  struct err *err)
{
	struct mailimap_set *set = mailimap_set_new_single(uid);
	bool ok;

	ASSERT(set != NULL);
	imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
	ok = imap_end(s, mailimap_uid_copy(s->imap, set, folder), ERR_REFUSED,
		      "moving a mail", err) &&
	     add_flag(s, uid, mailimap_flag_new_deleted(), "moving a mail", err);
	if (ok) {
		imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
		ok = imap_end(s, mailimap_uid_expunge(s->imap, set), ERR_REFUSED,
			      "moving a mail", err);
	}
	mailimap_set_free(set);
	return ok;
}

bool imap_move(struct imap_session *s, uint32_t uid, const char *folder, struct err *err)
{
	uint32_t found;
	size_t n = 0;

	if (!may_change(s, err))
		return false;
	for (const char *c = folder; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || (unsigned char)*c >= 0x7F)
			return err_set(
				err, ERR_SETUP,
				"mailbox %s: the name of the folder to move to must be "
				"ASCII (modified UTF-7, RFC 3501 5.1.3).",
				s->account.name);
	if (!imap_numbers(s,
			  &(struct imap_range){
				  .numbering = IMAP_UIDS, .first = uid, .last = uid},
			  &found, 1, &n, err))
		return false;
	if (n == 0)
		return true;
	if (s->wire.filter.capabilities & IMAP_CAN_MOVE)
		return move_at_once(s, uid, folder, err);
	if (s->wire.filter.capabilities & IMAP_CAN_UIDPLUS)
		return move_in_steps(s, uid, folder, err);
	return err_set(
		err, ERR_REFUSED,
		"mailbox %s: the server can neither MOVE nor UID EXPUNGE, so the mail "
		"stays where it is.",
		s->account.name);
}
