/*
 * rights - which role may do what, and where.
 *
 * A role is granted everywhere, for one list, or for one consultation. The table in
 * rights.c says which rights each role gives; it is the only place that does. A grant
 * for one list or consultation gives its rights there and nowhere else, so what belongs
 * to neither (the audit, the staff) is given by a grant for everywhere only.
 *
 * A page loads all grants of a person once for each request and then asks without a
 * statement. The command line does not ask: whoever may run it as the store's user may
 * act as anybody (--as is a name in the audit, no proof).
 *
 * A right is asked when an act takes effect. What takes effect later than it was done (a
 * colleague agrees, a time comes) asks rights_lost() then.
 *
 * Ownership  what is loaded lives in the arena.
 * Errors     ERR_INPUT     no such role; ERR_ABSENT no such person, list, consultation
 *            ERR_CONFLICT  granted already, or not granted
 */
#ifndef MERCAT_DOMAIN_RIGHTS_H
#define MERCAT_DOMAIN_RIGHTS_H

#include "domain/core/domain.h"

enum staff_role {
	ROLE_READER = 0,
	ROLE_CODER,
	ROLE_EDITOR,
	ROLE_APPROVER,
	ROLE_DATA_PROTECTION,
	ROLE_SAFEGUARDING,
	ROLE_ADMINISTRATOR,
	ROLE_COUNT
};

enum right {
	/* Of consultations. */
	RIGHT_READ_RESPONSES = 0, /* texts, states, codes, notes, counts */
	RIGHT_SEE_RESPONDENTS,    /* names and addresses of who wrote */
	RIGHT_NOTE,               /* notes, claims, own saved views */
	RIGHT_CODE,               /* tags, codes on passages, answers by question */
	RIGHT_SCREEN,     /* include, exclude, assign, link, campaigns, respondents */
	RIGHT_CODE_FRAME, /* the code frame, rules, samples, settling disagreements */
	RIGHT_WRITE,      /* replies to respondents, forwarding to colleagues */
	RIGHT_SORT,       /* unsorted mail: file or discard */
	RIGHT_CONSULT,    /* make, open, close, extend a consultation */
	RIGHT_MODERATE,   /* decide and redact what is published, take it back */
	RIGHT_PUBLISH,    /* release what a colleague decided, approve reports */
	/* Of lists. */
	RIGHT_SEE_BULLETINS, /* read updates, watch them go out, their reports */
	RIGHT_EDIT_BULLETIN, /* write, test send, ask for approval */
	RIGHT_COMMENT,       /* say something about a bulletin, return it when asked */
	RIGHT_APPROVE,       /* approve what somebody else wrote */
	RIGHT_SEND,          /* schedule, send, pause, resume, cancel */
	RIGHT_SUBSCRIBERS,   /* subscribers, import, export, bounces, suppression */
	RIGHT_LIST,          /* make and change lists and topics */
	/* Of both. */
	RIGHT_ERASE,     /* blank a person's content */
	RIGHT_SAFEGUARD, /* flags that somebody may be at risk, and what is written of them */
	/* Of neither: asked with rights_everywhere(). */
	RIGHT_AUDIT, /* read and verify the audit */
	RIGHT_ADMIN, /* the staff and their roles, the settings in force */
	RIGHT_COUNT
};

enum rights_scope_kind { SCOPE_EVERYWHERE = 0, SCOPE_LIST, SCOPE_CONSULTATION };

struct rights_scope {
	enum rights_scope_kind kind;
	int64_t id; /* of the list or consultation */
};

static inline struct rights_scope rights_everywhere(void)
{
	return (struct rights_scope){SCOPE_EVERYWHERE, 0};
}
static inline struct rights_scope rights_on_list(int64_t list_id)
{
	return (struct rights_scope){SCOPE_LIST, list_id};
}
static inline struct rights_scope rights_on_consultation(int64_t consultation_id)
{
	return (struct rights_scope){SCOPE_CONSULTATION, consultation_id};
}

struct rights_granted {
	enum staff_role role;
	struct rights_scope scope;
	const char *where; /* name of the list or consultation; NULL: everywhere */
};

/* All that one person was granted. */
struct rights {
	int64_t staff_id;
	struct rights_granted *items;
	size_t count;
};

/* "reader", "data protection"; in a sentence and in the store. */
const char *staff_role_name(enum staff_role role) MUST_USE;
/* "read replies"; for a table of roles and rights on a page. */
const char *right_name(enum right right) MUST_USE;
bool staff_role_gives(enum staff_role role, enum right right) MUST_USE;

bool rights_load(struct operation *op, struct arena *arena, int64_t staff_id,
		 struct rights *out, struct err *err) MUST_USE;
bool rights_have(const struct rights *rights, enum right right,
		 struct rights_scope scope) MUST_USE;
/* In any place at all: is there a reason to show the door? */
bool rights_anywhere(const struct rights *rights, enum right right) MUST_USE;
/* The same for whoever op, by a statement of its own: for op that ask once. */
bool rights_may(struct operation *op, enum right right, struct rights_scope scope,
		bool *out_yes, struct err *err) MUST_USE;

/*
 * What somebody did at that moment takes effect only now: have they lost the right since? Their
 * role was taken away, or their account has ended. out_who: their name; NULL: they have not. A
 * name on the command line that never had it has lost nothing.
 */
struct rights_since {
	int64_t staff_id;
	enum right right;
	struct rights_scope scope;
	int64_t at;
};
bool rights_lost(struct operation *op, struct arena *arena,
		 const struct rights_since *held, const char **out_who,
		 struct err *err) MUST_USE;

/* Where somebody has a right, for statements that ask it of each row. */
struct rights_places {
	bool everywhere;
	const char *lists, *consultations; /* JSON arrays of ids */
};
struct rights_places rights_places(const struct operation *op, struct arena *arena,
				   enum right right) MUST_USE;
/* Whoever op is bound by (op->rights), for that object: ERR_CONFLICT says which is missing. */
bool rights_ask(const struct operation *op, enum right right, struct rights_scope scope,
		struct err *err) MUST_USE;

/* Those where this person has the right: id, name, title, state and so on as in
 * "consultation_all"; for lists as in "list_all". */
bool rights_consultations(struct operation *op, struct arena *arena,
			  const struct rights *rights, enum right right,
			  struct store_table *out, struct err *err) MUST_USE;
bool rights_lists(struct operation *op, struct arena *arena, const struct rights *rights,
		  enum right right, struct store_table *out, struct err *err) MUST_USE;

/* Acts. list and consultation by name, at most one of them; both NULL: everywhere. Taking
 * a role away ends that person's sessions; giving one is seen at their next request. */
bool rights_grant(struct operation *op, const char *name, const char *role,
		  const char *list, const char *consultation, struct err *err) MUST_USE;
bool rights_revoke(struct operation *op, const char *name, const char *role,
		   const char *list, const char *consultation, struct err *err) MUST_USE;

#endif
