#include "staff/intake/entry_form.h"
#include "base/str.h"
#include "staff/frame/words.h"

static const char *const fields[ENTRY_FIELDS] = {[ENTRY_CHANNEL] = "channel",
						 [ENTRY_NAME] = "name",
						 [ENTRY_ORGANISATION] = "organisation",
						 [ENTRY_ADDRESS] = "address",
						 [ENTRY_TYPE] = "type",
						 [ENTRY_PERMISSION] = "permission"};

struct entry_said staff_entry_sent(struct web_request *r, enum entry_how how)
{
	return (struct entry_said){
		.how = how,
		.channel = staff_form_text(r, "channel"),
		.name = staff_form_text(r, "name"),
		.organisation = staff_form_text(r, "organisation"),
		.address = staff_form_text(r, "address"),
		.type = staff_form_text(r, "type"),
		.permission = staff_form_text(r, "permission"),
		.acknowledge = str_eq(web_form(r, "acknowledge"), "yes")
				       ? ENTRY_ACKNOWLEDGE
				       : ENTRY_SILENT,
	};
}

void staff_entry_check(struct staff_form *form, const struct entry_said *said)
{
	for (int f = 0; f < ENTRY_FIELDS; f++) {
		struct err err = {0};

		if (!entry_field_check(form->r->op, said, (enum entry_field)f, &err))
			staff_form_wrong(form, fields[f], err.text);
	}
}

static void add_choices(struct template_value *v, const char *list, const char *what,
			const char *const *words, const char *chosen)
{
	struct template_value *all = template_set_list(v, list);

	for (size_t i = 0; words[i]; i++) {
		struct template_value *one = template_add_map(all);

		template_set(one, "value", words[i]);
		template_set(one, "text", staff_word(what, words[i]));
		template_set_bool(one, "chosen", str_eq(words[i], chosen));
	}
}

void staff_entry_show(struct template_value *v, const struct entry_said *said)
{
	add_choices(v, "channels",
		    said->how == ENTRY_BY_HAND ? "channel by hand" : "channel",
		    response_channels, said->channel);
	add_choices(v, "types", "type", respondent_types, str_or(said->type, "unknown"));
	add_choices(v, "permissions", "permission", respondent_permissions,
		    str_or(said->permission, "unknown"));
	template_set(v, "form_name", said->name);
	template_set(v, "form_organisation", said->organisation);
	template_set(v, "form_address", said->address);
	template_set_bool(v, "form_acknowledge", said->acknowledge == ENTRY_ACKNOWLEDGE);
	template_set_bool(v, "by_hand", said->how == ENTRY_BY_HAND);
}
