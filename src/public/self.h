/*
 * public self - a person who came by the link that was sent to their own address.
 *
 * The link is base_url/manage/TOKEN; the token is the first argument of each route below
 * it. Looking at a page changes nothing.
 */
#ifndef MERCAT_PUBLIC_SELF_H
#define MERCAT_PUBLIC_SELF_H

#include "domain/subscribers/address_change.h"
#include "domain/subscribers/preferences.h"
#include "public/public_form.h"

struct public_self {
	struct self_service self;
	struct subscriber_mail person;
	struct address_change change; /* that waits; new_address NULL: none */
	const char *token;
};

/* False when it has answered: no such link, or it has run out. */
bool public_self_open(struct web_request *r, struct public_self *out);
/* The values that each page of theirs has. */
struct template_value *public_self_values(struct web_request *r,
					  const struct public_self *self) MUST_USE;
/* What is wrong in one of their forms: field "topics" of subscription 12, or of none (0). */
struct public_mistake {
	int64_t subscription_id;
	const char *field, *mistake; /* of public_form_wrong() */
	int64_t ticked;              /* of field "topics": the form keeps them */
};
/* Everything about them; mistake may be NULL. */
void public_self_show(struct web_request *r, const struct public_self *self,
		      const struct public_mistake *mistake);

#endif
