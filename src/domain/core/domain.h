/*
 * domain - what a person, a mail or the clock may do with the store, with its rules.
 *
 * Each act is one transaction with its audit row inside, so that it happens whole,
 * with its trace, or not at all. The command line, the pages and the roles all come
 * through here; none of them changes the store by itself.
 *
 * Units      times are unix seconds UTC; the caller sets now before each act.
 * Ownership  struct operation borrows everything that it points to.
 * Errors     ERR_INPUT     what was asked is wrong: mend it and ask again
 *            ERR_ABSENT    there is no such list, bulletin, reply, person ...
 *            ERR_CONFLICT  not in this state, or not by this person
 *            The rest comes from the store. On any failure nothing has changed.
 */
#ifndef MERCAT_DOMAIN_H
#define MERCAT_DOMAIN_H

#include "base/codec/secret.h"
#include "settings/settings.h"
#include "store/store.h"
#include "template/template.h"

struct operation;
struct undo_kind;
struct unpack;
/* Whether who asks may take that back now: its right, for what it was done to. */
typedef bool undo_ask_fn(struct operation *op, struct arena *arena,
			 const struct undo_kind *kind, struct unpack *inverse,
			 struct err *err);

struct operation {
	struct store *store;
	const struct settings *settings;
	const struct template_library *templates; /* in the usual language */
	const struct languages *languages;        /* language.h; NULL: only that one */
	unsigned char key[SECRET_KEY_BYTES];
	int64_t now;
	int64_t staff_id; /* 0: nobody of the staff; a mail or a role op */
	const char *who;  /* for the audit: "jean", "mail 12", "clock" */
	/* What binds who asks (domain/admin/rights.h); NULL: nothing does, as on the command
	 * line and in a role. */
	const struct rights *rights;
	/* What takes back each kind of act (domain/core/undo.h); whoever makes this names it. */
	const struct undo_kind *undo_kinds;
	undo_ask_fn *undo_ask; /* asks for the right to; must be there when rights are */
	/* What is done together and taken back as one (domain/core/undo.h): the act that it is
	 * part of, once there is a first part, and how many parts there are. */
	struct {
		bool open;
		int64_t act, count;
	} undo_bag;
	int64_t wait_until; /* the last attempt to sign in that came too soon: until then */
	bool kept_off; /* the last refusal: somebody else has the reply open (claim.h) */
};

/* The store's key: made once, mode 0600, never overwritten. */
bool domain_key_make(const struct settings *settings, struct err *err) MUST_USE;
bool domain_key_load(const struct settings *settings, unsigned char key[SECRET_KEY_BYTES],
		     struct err *err) MUST_USE;

/*
 * Every template, the organisation's own before those of installed; checked whole, so
 * that a mistake in any of them shows at start.
 */
bool domain_templates_load(const struct settings *settings, const char *installed,
			   struct template_library *into, struct err *err) MUST_USE;

/*
 * The link of List-Unsubscribe for one click, at its page ("leave"); NULL where our pages
 * have no TLS (a trial on one machine): then there is only the address, for RFC 8058 asks
 * for https.
 */
const char *one_click_url(const struct operation *op, struct arena *arena,
			  const char *page, const char *token) MUST_USE;

/* What a person decides of a mail that a relay may have, or not. */
enum in_doubt { IN_DOUBT_LEAVE = 1, IN_DOUBT_SEND_AGAIN };

/* NULL is good; else it must be one of the words (NULL at the end); ERR_INPUT. */
bool domain_word_check(const char *what, const char *text, const char *const *words,
		       struct err *err) MUST_USE;
/* The states and kinds of the schema, for filters; NULL at the end. */
extern const char *const subscription_states[];
extern const char *const delivery_states[];
extern const char *const notification_states[];
extern const char *const inbound_kinds[];
extern const char *const inbound_taken[];
extern const char *const response_states[];
extern const char *const response_channels[];
extern const char *const respondent_types[];
extern const char *const respondent_permissions[];

/* ERR_CONFLICT unless a person of the staff is acting. */
bool needs_staff(const struct operation *op, struct err *err) MUST_USE;
bool account_add(struct operation *op, const char *name, const char *email,
		 struct err *err) MUST_USE;
/* Sets staff_id and who; ERR_ABSENT says how to add them. */
bool account_become(struct operation *op, struct arena *arena, const char *name,
		    struct err *err) MUST_USE;

#endif
