/* What the labels of a form, and short sentences, say. */
#include "base/str.h"
#include "text/letter/form_line.h"

enum { LABEL_WORDS_MOST = 16, SENTENCE_WORDS_MOST = 24, OTHER_WORDS_IN = 4 };

/* A sentence gives a permission only when every word of it is one of these: any other
 * word ("if", "councils", "should") may turn it into an opinion or a condition. */
static const char permission_words[] =
	" publish published publishing publication response responses reply answer answers "
	"my our the this it them with without name names named only do not dont please you may "
	"can i we am are happy content for to but be want wish would like consent permission "
	"give agree and in full anonymously anonymous anonymised contents made public never "
	"preference confidential keep kept treat a as no individual organisation scottish "
	"government me us have is of submission submit their on ";
static const char type_words[] =
	" i we am im are responding answering replying writing as on behalf of an a the type "
	"respondent me my our this is response reply individual individuals organisation "
	"organization group member public capacity personal private in ";
static const char contact_words[] =
	" you may can please do not dont contact contacted contacting me us again i we am are "
	"happy to be content willing in relation with this consultation exercise the future "
	"for wish want about would like and it scottish government never feel free if needed "
	"regarding on matter response reply a further further permission have give no objection ";

static bool has(const struct form_item *t, const char *what)
{
	return strstr(t->words, what) != NULL;
}

static bool only_of(const struct form_item *t, const char *vocabulary)
{
	char word[64];
	const char *at = t->words;

	while (at[0] && at[1]) {
		size_t len = strcspn(at + 1, " ");

		if (len + 3 > sizeof(word))
			return false;
		(void)snprintf(word, sizeof(word), " %.*s ", (int)len, at + 1);
		if (!strstr(vocabulary, word))
			return false;
		at += len + 1;
	}
	return true;
}

static bool denies(const struct form_item *t)
{
	return has(t, " not ") || has(t, " dont ") || has(t, " never ") ||
	       has(t, " no publication ") || has(t, " confidential ");
}

static bool nameless(const struct form_item *t)
{
	return has(t, " without ") || has(t, " anonym") || has(t, " response only ") ||
	       has(t, " publish only ") || has(t, " not my name ") ||
	       has(t, " not our name ") || has(t, " not publish my name ") ||
	       has(t, " not publish our name ") || has(t, " not with my name ") ||
	       has(t, " not with our name ");
}

static const char *permission_of(const struct form_item *t)
{
	if (nameless(t))
		/* "do not publish, not even anonymously" is a no. */
		return has(t, " even ") || (denies(t) && has(t, " anonym"))
			       ? "none"
			       : "without name";
	if (denies(t))
		return "none";
	if (has(t, " name ") &&
	    (has(t, " with ") || has(t, " and my name ") || has(t, " and our name ")))
		return "name";
	return NULL;
}

static bool is_permission(const struct form_item *t)
{
	return has(t, " publish") || has(t, " publication ") ||
	       (has(t, " name ") && (has(t, " with ") || has(t, " without ")) &&
		t->word_count <= 4) ||
	       (has(t, " anonym") && t->word_count <= 2);
}

/* "Please indicate your publishing preference", and not "Please publish the report in Gaelic":
 * of what is no question few words are about anything else. */
static bool is_about_response(const struct form_item *t)
{
	size_t other = 0;
	const char *at = t->words;

	while (!t->question && at[0] && at[1]) {
		size_t len = strcspn(at + 1, " ");
		char word[64];

		(void)snprintf(word, sizeof(word), " %.*s ", (int)len, at + 1);
		other += !strstr(permission_words, word);
		at += len + 1;
	}
	return other * OTHER_WORDS_IN <= t->word_count;
}

static bool read_permission(const struct form_item *t, bool boxed, const char **out)
{
	if (!is_permission(t))
		return false;
	*out = t->question && !boxed ? NULL : permission_of(t);
	if (boxed)
		return t->word_count <= LABEL_WORDS_MOST;
	if (*out && t->word_count <= SENTENCE_WORDS_MOST && only_of(t, permission_words))
		return true;
	*out = NULL;
	return t->word_count <= LABEL_WORDS_MOST && is_about_response(t);
}

static bool read_type(const struct form_item *t, bool boxed, const char **out)
{
	bool one = has(t, " individual "), many = has(t, " organisation ") ||
						  has(t, " organization ") ||
						  has(t, " group ");

	*out = NULL;
	if (has(t, " responding as ") && t->word_count <= LABEL_WORDS_MOST && one == many)
		return true;
	if (!one && !has(t, " organisation ") && !has(t, " organization "))
		return has(t, " respondent type ") || has(t, " type of respondent ");
	if (has(t, " name ") || has(t, " names ") || has(t, " organisations name "))
		return false;
	if (!boxed && (t->word_count > 9 || !only_of(t, type_words)))
		return false;
	if (t->word_count > LABEL_WORDS_MOST)
		return false;
	if (one != many)
		*out = one ? "individual" : "organisation";
	return true;
}

static bool read_contact(const struct form_item *t, bool boxed, const char **out)
{
	*out = NULL;
	if (!has(t, " contact ") && !has(t, " contacted ") && !has(t, " contacting "))
		return false;
	if (!has(t, " again ") && !has(t, " future ") && !has(t, " contact me ") &&
	    !has(t, " contact us ") && !has(t, " be contacted ") &&
	    !has(t, " contacting "))
		return false;
	if (t->question || has(t, " are you ") || has(t, " do you "))
		return true;
	if (boxed ? t->word_count <= LABEL_WORDS_MOST
		  : t->word_count <= SENTENCE_WORDS_MOST && only_of(t, contact_words))
		*out = has(t, " not ") || has(t, " dont ") || has(t, " never ") ? "no"
										: "yes";
	return true;
}

bool form_label_read(const struct form_item *t, enum form_boxes boxes,
		     enum form_field *out_field, const char **out_value)
{
	bool boxed = boxes == FORM_WITH_BOXES;

	if (!t->like_label) /* of most sentences that is all there is to say */
		return false;
	if (read_permission(t, boxed, out_value)) {
		*out_field = FORM_PERMISSION;
		return true;
	}
	if (read_contact(t, boxed, out_value)) {
		*out_field = FORM_CONTACT;
		return true;
	}
	if (read_type(t, boxed, out_value)) {
		*out_field = FORM_TYPE;
		return true;
	}
	return false;
}

const char form_wording[] =
	"Respondent information form\n"
	"Please note this form must be completed and returned with your response.\n"
	"Are you responding as an individual or an organisation?\n"
	"Full name or organisation's name. Phone number. Address. Postcode. Email.\n"
	"The Scottish Government would like your permission to publish your consultation "
	"response. Please indicate your publishing preference:\n"
	"Publish response with name. Publish response only (without name). Do not publish "
	"response.\n"
	"Information for organisations: the option 'Publish response only (without name)' is "
	"available for individual respondents only. If this option is selected, the "
	"organisation name will still be published. If you choose the option 'Do not publish "
	"response', your organisation name may still be listed as having responded to the "
	"consultation in, for example, the analysis report.\n"
	"We will share your response internally with other Scottish Government policy teams "
	"who may be addressing the issues you discuss. They may wish to contact you again in "
	"the future, but we require your permission to do so. Are you content for Scottish "
	"Government to contact you again in relation to this consultation exercise? Yes. No.\n";
