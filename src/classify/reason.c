#include "classify/reason.h"
#include "base/str.h"
#include "classify/reason_pairs.h"
#include "classify/reason_said.h"
#include "classify/reason_words.h"
#include "classify/phrase.h"

enum { TEXT_MAX = 4000 };

/* X.subject.detail of RFC 3463; detail -1 is any. */
static const struct {
	int subject, detail;
	enum mail_reason reason;
} by_status[] = {{1, 0, MAIL_REASON_NO_SUCH_ADDRESS},
		 {1, 1, MAIL_REASON_NO_SUCH_ADDRESS},
		 {1, 2, MAIL_REASON_NO_SUCH_DOMAIN},
		 {1, 3, MAIL_REASON_NO_SUCH_ADDRESS},
		 {1, 4, MAIL_REASON_NO_SUCH_ADDRESS},
		 {1, 6, MAIL_REASON_MOVED},
		 {1, 7, MAIL_REASON_POLICY},
		 {1, 8, MAIL_REASON_POLICY},
		 {1, 9, MAIL_REASON_POLICY},
		 {1, 10, MAIL_REASON_NO_SUCH_DOMAIN},
		 {1, 351, MAIL_REASON_NO_SUCH_ADDRESS},
		 {1, -1, MAIL_REASON_OTHER},
		 {2, 1, MAIL_REASON_DISABLED},
		 {2, 2, MAIL_REASON_MAILBOX_FULL},
		 {2, 3, MAIL_REASON_TOO_LARGE},
		 {2, 0, MAIL_REASON_OTHER},
		 {2, -1, MAIL_REASON_OTHER},
		 {3, 4, MAIL_REASON_TOO_LARGE},
		 {3, -1, MAIL_REASON_OTHER},
		 {4, 1, MAIL_REASON_NETWORK},
		 {4, 2, MAIL_REASON_NETWORK},
		 {4, 3, MAIL_REASON_NETWORK},
		 {4, 4, MAIL_REASON_NETWORK},
		 {4, 5, MAIL_REASON_RATE},
		 {4, 6, MAIL_REASON_NETWORK},
		 {4, 7, MAIL_REASON_EXPIRED},
		 {4, 0, MAIL_REASON_NETWORK},
		 {4, 316, MAIL_REASON_EXPIRED},
		 {4, 310, MAIL_REASON_NO_SUCH_DOMAIN},
		 {4, -1, MAIL_REASON_NETWORK},
		 {5, 3, MAIL_REASON_RATE},
		 {6, -1, MAIL_REASON_CONTENT},
		 {7, 5, MAIL_REASON_NETWORK},
		 {7, 8, MAIL_REASON_AUTHENTICATION},
		 {7, 9, MAIL_REASON_POLICY},
		 {7, 13, MAIL_REASON_DISABLED},
		 {7, 17, MAIL_REASON_POLICY},
		 {7, 20, MAIL_REASON_AUTHENTICATION},
		 {7, 21, MAIL_REASON_AUTHENTICATION},
		 {7, 22, MAIL_REASON_AUTHENTICATION},
		 {7, 23, MAIL_REASON_AUTHENTICATION},
		 {7, 24, MAIL_REASON_AUTHENTICATION},
		 {7, 26, MAIL_REASON_AUTHENTICATION},
		 {7, 27, MAIL_REASON_NO_SUCH_DOMAIN},
		 {7, 28, MAIL_REASON_RATE},
		 {7, 29, MAIL_REASON_AUTHENTICATION},
		 {7, 30, MAIL_REASON_AUTHENTICATION},
		 {7, 509, MAIL_REASON_AUTHENTICATION},
		 {7, 515, MAIL_REASON_AUTHENTICATION},
		 {7, -1, MAIL_REASON_POLICY}};

static enum mail_reason status_reason(const char *status)
{
	int subject, detail;

	if (!status || sscanf(status, "%*1d.%3d.%4d", &subject, &detail) != 2)
		return MAIL_REASON_UNKNOWN;
	for (size_t i = 0; i < ARRAY_LEN(by_status); i++)
		if (by_status[i].subject == subject &&
		    (by_status[i].detail == detail || by_status[i].detail < 0))
			return by_status[i].reason;
	return MAIL_REASON_UNKNOWN;
}

/* "a@b", "far.example", "[192.0.2.9]": what stands in the middle of many a phrase. */
static bool is_name(const char *word, size_t len)
{
	const char *dot = memchr(word, '.', len);
	size_t digits = strspn(word, "0123456789.");

	if (memchr(word, '@', len) || word[0] == '[')
		return true;
	return dot && dot > word && digits < len && dot + 1 < word + len &&
	       str_is_alpha(dot[1]) && !memchr(word, '/', len);
}

/* The same without names, so that "user a@b unknown" is "user unknown". */
static const char *without_names(struct arena *arena, const char *folded)
{
	/* Each word is written with a blank behind it, the last one too. */
	char *out = arena_alloc(arena, strlen(folded) + 2), *to = out;

	while (*folded) {
		size_t len = strcspn(folded, " "), lead = strspn(folded, "<(\"'`");
		size_t bare = len;

		while (bare > lead && strchr(">)\"'`:;,.!?", folded[bare - 1]))
			bare--;
		if (bare > lead && is_name(folded + lead, bare - lead)) {
			/* A sentence that ends with the name still ends there. */
			if (bare < len && strchr(":;.!?", folded[len - 1]))
				*to++ = folded[len - 1];
		} else {
			memcpy(to, folded, len);
			to += len;
		}
		folded += len;
		folded += *folded == ' ';
		if (to > out && to[-1] != ' ')
			*to++ = ' ';
	}
	*to = '\0';
	return out;
}

static enum mail_reason text_reason(struct arena *arena, const char *folded)
{
	const char *bare = without_names(arena, folded);
	struct str_pairs named, nameless;

	str_pairs_note(&named, folded);
	str_pairs_note(&nameless, bare);
	for (const struct reason_words *w = reason_words; w->reason; w++)
		if (str_any_of(&named, folded, w->phrases) ||
		    str_any_of(&nameless, bare, w->phrases))
			return w->reason;
	return MAIL_REASON_UNKNOWN;
}

static bool code_edge(char c)
{
	return !str_is_digit(c) && !str_is_alpha(c) && c != '.' && c != '_' && c != '@';
}

/* "5.1.1" standing by itself, from at on. */
static const char *find_status(struct arena *arena, const char *text)
{
	for (const char *p = text; p && *p; p++) {
		size_t n, m;

		if (!strchr("45", *p) || p[1] != '.' || !str_is_digit(p[2]))
			continue;
		if (p > text && (str_is_digit(p[-1]) || p[-1] == '.'))
			continue;
		n = strspn(p + 2, "0123456789");
		if (n > 3 || p[2 + n] != '.')
			continue;
		m = strspn(p + 3 + n, "0123456789");
		if (m == 0 || m > 3 || p[3 + n + m] == '.')
			continue; /* the last is an IP address */
		return arena_strndup(arena, p, 3 + n + m);
	}
	return NULL;
}

/* A three-digit reply by itself, 4yz or 5yz: "550 ", "550-", "(550)". */
static const char *find_reply(struct arena *arena, const char *text)
{
	for (const char *p = text; p && *p; p++) {
		if (!strchr("45", p[0]) || !strchr("0123456789", p[1]) || p[1] > '5' ||
		    !p[1] || !str_is_digit(p[2]) || str_is_digit(p[3]))
			continue;
		if (p > text && !code_edge(p[-1]))
			continue;
		if (p[3] && !strchr(" -:;,)\"'\n\t#<]", p[3]))
			continue;
		return arena_strndup(arena, p, 3);
	}
	return NULL;
}

/* "5.0.0" and "4.0.0" say nothing: a better code of the refusal is what counts. */
static bool vague(const char *status)
{
	return !status || str_ends(status, ".0.0");
}

/* "BAD_RECIPIENT" is two words, if a table has them. */
static const char *without_bars(struct arena *arena, const char *folded)
{
	char *text = arena_strdup(arena, folded);

	for (char *c = text; *c; c++)
		if (*c == '_')
			*c = ' ';
	return text;
}

/* A link to ".../dmarc" is no reason, and a queue that waits is no suspended account. */
static const char *without_noise(struct arena *arena, const char *folded)
{
	static const char *const noise[] = {"delivery temporarily suspended", "http://",
					    "https://"};
	char *text = arena_strdup(arena, folded);

	for (size_t i = 0; i < ARRAY_LEN(noise); i++)
		for (char *at = text; (at = strstr(at, noise[i]));) {
			size_t n = i == 0 ? strlen(noise[i]) : strcspn(at, " ");

			memset(at, ' ', n);
			at += n;
		}
	return text;
}

/* told: what the other server said, whose code counts before a relay's own. */
static void decide_codes(struct arena *arena, const char *told, const char *text,
			 struct mail_failed_recipient *r)
{
	const char *found = find_status(arena, told);

	if (!found && !told)
		found = find_status(arena, r->diagnostic);
	if (!found && !r->status && str_empty(r->diagnostic))
		found = find_status(arena, text);
	if (found && (vague(r->status) && (!r->status || found[0] == r->status[0])))
		r->status = found;
	if (!r->smtp_code)
		r->smtp_code = find_reply(arena, r->diagnostic);
	if (!r->smtp_code && str_empty(r->diagnostic))
		r->smtp_code = find_reply(arena, text);
}

static enum mail_verdict decide_verdict(const struct mail_failed_recipient *r,
					const char *told)
{
	bool passing = r->reason == MAIL_REASON_EXPIRED ||
		       r->reason == MAIL_REASON_NETWORK || r->reason == MAIL_REASON_RATE;

	if (str_eq(r->action, "delayed"))
		return MAIL_TRANSIENT;
	if (r->status)
		return r->status[0] == '4' ? MAIL_TRANSIENT : MAIL_PERMANENT;
	if (r->smtp_code)
		return r->smtp_code[0] == '4' ? MAIL_TRANSIENT : MAIL_PERMANENT;
	/* A loop stays one. */
	if (passing && !strstr(told, "loop") && !strstr(told, "too many hops"))
		return MAIL_TRANSIENT;
	/* Something was said that nobody understood: it need not be for good. */
	return r->reason == MAIL_REASON_OTHER && !str_empty(r->diagnostic)
		       ? MAIL_UNKNOWN
		       : MAIL_PERMANENT;
}

/* What the code says outweighs what a general tone says, save for its vague codes. */
static enum mail_reason by_code_instead(enum mail_reason reason, const char *status)
{
	enum mail_reason code = status_reason(status);

	if (!code || code == MAIL_REASON_OTHER || code == MAIL_REASON_NETWORK ||
	    code == MAIL_REASON_EXPIRED)
		return reason;
	return !reason || reason == MAIL_REASON_OTHER || reason == MAIL_REASON_NETWORK
		       ? code
		       : reason;
}

static enum mail_reason either(enum mail_reason first, enum mail_reason otherwise)
{
	return first ? first : otherwise;
}

/* "... does not exist or you may not ...": of two reasons the one that removes nobody,
   unless another sentence says it without an "or". */
static bool gone_besides(struct arena *arena, const char *text)
{
	const char *rest = reason_without_either_or(arena, text);

	return !rest || mail_reason_gone(text_reason(arena, rest));
}

/* Footers stand below a line of dashes, and tell of the house, not of the mail: only in
   brackets do they go on. */
static const char *without_footer(struct arena *arena, const char *notice)
{
	enum { RULE = 20 };
	const char *line = notice;

	while (line && *line) {
		size_t n = strspn(line, "_");
		const char *below = line + n + strspn(line + n, " \r\n");

		if (n < RULE)
			n = strspn(line, "-");
		if (n >= RULE && strcspn(line + n, "\n") < 3 && *below != '(')
			return arena_strndup(arena, notice, (size_t)(line - notice));
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return notice;
}

static enum mail_reason from_notice(struct arena *arena, const char *notice)
{
	enum mail_reason found;

	/* Groups answer so to whoever may not post, whether they exist or not. */
	if (strstr(notice, "groups.google.com/support"))
		return MAIL_REASON_POLICY;
	notice = without_noise(arena, notice);
	found = text_reason(arena, notice);
	if (!found || found == MAIL_REASON_OTHER)
		found = either(reason_by_pairs(without_names(arena, notice)), found);
	return mail_reason_gone(found) && !gone_besides(arena, notice)
		       ? MAIL_REASON_POLICY
		       : found;
}

/* The reason that a server's words give, whatever its code. */
static enum mail_reason from_words(struct arena *arena, const char *said,
				   const char *status)
{
	const char *behind = reason_behind_prefix(said), *clean;
	enum mail_reason found;

	/* Microsoft's edge says so of addresses that it does not know. */
	if (strstr(said, "recipient address rejected: access denied"))
		behind = NULL;
	clean = without_noise(arena, behind ? behind : said);
	found = text_reason(arena, clean);
	if (!found && strchr(clean, '_'))
		found = text_reason(arena, without_bars(arena, clean));
	if ((!found || found == MAIL_REASON_OTHER) &&
	    (vague(status) || (status && str_eq(status + 1, ".1.0"))))
		found = either(reason_by_pairs(without_names(arena, clean)), found);
	if (!found && reason_without_either_or(arena, clean))
		return MAIL_REASON_POLICY; /* one of two, and the other is a permission */
	return mail_reason_gone(found) && !gone_besides(arena, clean) ? MAIL_REASON_POLICY
								      : found;
}

/* What the other server said outweighs how a relay glosses it, if it says anything. */
static const char *told_by_server(struct arena *arena, const char *said)
{
	const char *quoted = reason_quoted(arena, said);

	if (!quoted)
		return NULL;
	return from_words(arena, quoted, NULL) || find_status(arena, quoted) ||
			       find_reply(arena, quoted)
		       ? quoted
		       : NULL;
}

/* "Recipient rejected" and nothing else known. */
static enum mail_reason by_general_tone(const char *said)
{
	bool prefix =
		strstr(said, "address rejected") || strstr(said, "recipient rejected");

	if (prefix && !reason_behind_prefix(said))
		return MAIL_REASON_NO_SUCH_ADDRESS;
	return MAIL_REASON_UNKNOWN;
}

/* Where a link is all that was said, it may tell more than a code; but never that an
   address is gone. */
static enum mail_reason by_links(struct arena *arena, const char *said,
				 const char *status)
{
	const char *links = reason_in_links(arena, said);
	enum mail_reason found;

	if (!links)
		return MAIL_REASON_UNKNOWN;
	found = text_reason(arena, links);
	if (found && !mail_reason_gone(found))
		return found;
	return mail_reason_gone(status_reason(status)) ? MAIL_REASON_OTHER
						       : MAIL_REASON_UNKNOWN;
}

void reason_decide(struct arena *arena, const struct reason_about *about,
		   struct mail_failed_recipient *r)
{
	static const char *const waited[] = {"timed out", "timeout", "time out",
					     "did not accept our requests", NULL};
	const char *text = about ? about->notice : NULL;
	const char *whole = words_fold(arena, r->diagnostic, TEXT_MAX);
	const char *notice =
		words_fold(arena, text ? without_footer(arena, text) : NULL, TEXT_MAX);
	const char *told = told_by_server(arena, whole), *said = told ? told : whole;
	enum mail_reason reason;

	decide_codes(arena, told, text, r);
	reason = by_code_instead(from_words(arena, said, r->status), r->status);
	if (!reason || mail_reason_gone(reason))
		reason = either(by_links(arena, said, r->status), reason);
	if (!reason)
		reason = by_general_tone(said);
	/* The notice speaks of the one refusal only when the refusal itself is silent,
	   and its code too. */
	if ((strlen(whole) < 30 && (!reason || !*whole)) ||
	    (!reason && !r->status && !r->smtp_code)) {
		enum mail_reason by_notice = from_notice(arena, notice);

		enum mail_reason by_code = status_reason(r->status);

		if (by_notice &&
		    (vague(r->status) || !by_code || by_code == MAIL_REASON_OTHER ||
		     (mail_reason_gone(by_code) && mail_reason_gone(by_notice))))
			reason = by_notice;
	}
	if (!reason && strstr(said, "reject"))
		reason = MAIL_REASON_POLICY;
	if (!reason)
		reason = status_reason(r->status);
	if (str_eq(r->action, "expired"))
		reason = MAIL_REASON_EXPIRED;
	/* Transient and yet given up, with nobody answering: that is a queue run out. */
	if (reason == MAIL_REASON_NETWORK && str_eq(r->action, "failed") && r->status &&
	    r->status[0] == '4' && words_any(said, waited))
		reason = MAIL_REASON_EXPIRED;
	if (mail_reason_gone(reason) && reason_names_only_us(whole, about, r))
		reason = MAIL_REASON_POLICY;
	r->reason = either(reason, MAIL_REASON_OTHER);
	r->verdict = decide_verdict(r, *whole ? whole : notice);
}
