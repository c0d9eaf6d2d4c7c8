/*
 * teach - reads the examples of what is a response and what is none, learns from them and
 * writes the tables that come with the program, as C. The build runs it.
 *
 *   teach FILE...           writes the tables to standard output
 *   teach --cross FILE...   learns from four fifths and judges the last, five times, and
 *                           says what several bounds of proposal/learned.h would find
 *
 * "? " begins a line of the consultation's title and questions. "= kind" opens the mails
 * of a kind: one of proposal/proposal.h, or a word that begins with "response", "mixed" or
 * "risk" for what is to stay a response. "%" ends a mail; lines "Subject: " and "Files: "
 * may stand before its text.
 *
 * Exit code: 0 done, 1 a file that cannot be read or is not like that, which is named.
 */
#include "base/buf.h"
#include "base/fd.h"
#include "base/str.h"
#include "proposal/learned.h"

#include <inttypes.h>
#include <math.h>

enum {
	FILE_MOST = 8 << 20,
	FOLDS = 5,
	JOINS = 3, /* mails that each response is joined with */
	JOIN_STEP = 11,
	LINE_NUMBERS = 12
};

/* The program that is built has what this one writes. */
const struct learned learned_shipped;
const uint32_t learned_examples[1];
const size_t learned_examples_count;

struct example {
	struct proposal_mail mail;
	enum proposal_kind kind;
};

struct course {
	struct arena *arena;
	struct example *items;
	size_t count;
	const char *questions;
};

static bool stays_response(const char *name)
{
	return str_starts(name, "response") || str_starts(name, "mixed") ||
	       str_starts(name, "risk");
}

static bool kind_named(const char *name, enum proposal_kind *out)
{
	*out = PROPOSAL_NONE;
	for (int k = 1; k < PROPOSAL_KINDS; k++)
		if (k != PROPOSAL_RISK &&
		    str_eq(proposal_kind_name((enum proposal_kind)k), name))
			*out = (enum proposal_kind)k;
	return *out || stays_response(name);
}

static void add(struct course *c, enum proposal_kind kind, const char *text,
		const char *subject)
{
	struct example *one;

	c->items = arena_grow(c->arena, c->items, c->count, sizeof(*c->items));
	one = &c->items[c->count++];
	one->kind = kind;
	one->mail.subject = arena_strdup(c->arena, subject);
	one->mail.text = one->mail.all = arena_strdup(c->arena, text);
	one->mail.questions = c->questions;
}

/* false: a line that says what nobody knows. */
static bool read_examples(struct course *c, char *at, size_t *out_line)
{
	enum proposal_kind kind = PROPOSAL_NONE;
	const char *subject = NULL;
	int64_t files = 0;
	AUTO(buf) text = buf_new(FILE_MOST);
	bool begun = false;

	c->questions = "";
	for (*out_line = 1; *at; (*out_line)++) {
		char *line = at;

		at += strcspn(at, "\n");
		if (*at)
			*at++ = '\0';
		if (str_starts(line, "? ")) {
			c->questions =
				arena_printf(c->arena, "%s%s\n", c->questions, line + 2);
		} else if (str_starts(line, "= ")) {
			if (!kind_named(line + 2, &kind))
				return false;
			begun = true;
			buf_clear(text);
		} else if (str_eq(line, "%") && begun) {
			if (str_blank(buf_text(text)))
				return false;
			add(c, kind, buf_text(text), subject);
			c->items[c->count - 1].mail.files = files;
			subject = NULL;
			files = 0;
			buf_clear(text);
		} else if (begun && !*buf_text(text) && str_starts(line, "Subject: ")) {
			subject = line + strlen("Subject: ");
		} else if (begun && !*buf_text(text) && str_starts(line, "Files: ")) {
			files = 1;
		} else if (begun) {
			buf_printf(text, "%s\n", line);
		}
	}
	return begun && str_blank(buf_text(text));
}

static void learn_one(struct course *c, struct arena *one, const struct example *e,
		      struct learned_lesson *out)
{
	struct look l;
	uint32_t *packed;
	size_t count, n;
	struct learned_lesson lesson = {.kind = e->kind}, *copy;

	arena_reset(one);
	look_read(one, &e->mail, &l);
	features_read(one, &l, &lesson.mail);
	if (lesson.mail.count > SENTENCES_MOST)
		lesson.mail.count = SENTENCES_MOST;
	learned_pack(one, &lesson, &packed, &count);
	copy = learned_unpack(c->arena, packed, count, &n);
	*out = *copy;
}

static struct learned_lesson *lessons_of(struct course *c)
{
	struct learned_lesson *out =
		arena_make(c->arena, struct learned_lesson, c->count + 1);
	AUTO(arena) one = arena_new(1 << 16);

	for (size_t i = 0; i < c->count; i++)
		learn_one(c, one, &c->items[i], &out[i]);
	return out;
}

static void write_numbers(const uint32_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		(void)printf("%" PRIu32 "u,%s", numbers[i],
			     i % LINE_NUMBERS == LINE_NUMBERS - 1 ? "\n" : "");
}

static void write_floats(const float *floats)
{
	(void)printf("{");
	for (size_t k = 0; k < LEARNED_OUTPUTS; k++)
		if (isinf(floats[k]))
			(void)printf("-HUGE_VALF,");
		else
			(void)printf("%af,", (double)floats[k]);
	(void)printf("}");
}

static void write_tables(const struct course *c, const struct learned_lesson *lessons,
			 const struct learned *learned)
{
	AUTO(arena) one = arena_new(1 << 16);

	(void)printf("/* Written by teach of the examples. */\n"
		     "#include \"proposal/learned.h\"\n#include <math.h>\n\n"
		     "const uint32_t learned_examples[] = {\n");
	for (size_t i = 0; i < c->count; i++) {
		uint32_t *packed;
		size_t count;

		arena_reset(one);
		learned_pack(one, &lessons[i], &packed, &count);
		write_numbers(packed, count);
	}
	(void)printf("};\nconst size_t learned_examples_count =\n"
		     "\tsizeof(learned_examples) / sizeof(*learned_examples);\n\n"
		     "static const struct learned_feature features[] = {\n");
	for (size_t i = 0; i < learned->count; i++) {
		const struct learned_feature *f = &learned->features[i];

		(void)printf("{%" PRIu32 "u,%af,", f->hash, (double)f->rare);
		write_floats(f->weights);
		(void)printf("},\n");
	}
	(void)printf("};\n\nconst struct learned learned_shipped = {\n"
		     "\tfeatures, sizeof(features) / sizeof(*features),\n\t");
	write_floats(learned->bias);
	(void)printf("};\n");
}

/* What was judged by a model that had not seen it. */
struct judged {
	double whole, parts;
	enum proposal_kind is, kind;
	enum proposal_kind rules;
	bool joined, hard, unseen;
};

static enum proposal_kind by_rules(struct arena *arena, const struct proposal_mail *mail)
{
	struct proposals p;

	proposal_read(arena, mail, &p);
	for (size_t i = 0; i < p.count; i++)
		if (p.items[i].whole)
			return p.items[i].kind;
	return p.count ? PROPOSAL_RISK : PROPOSAL_NONE;
}

static void judge(const struct learned *learned, const struct example *e,
		  struct judged *out)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct learned_view view = {0};
	struct look l;

	look_read(arena, &e->mail, &l);
	out->is = e->kind;
	out->unseen = !learned_look(arena, learned, &l, &view);
	out->hard = out->unseen || learned_not(&l);
	out->whole = view.whole;
	out->parts = view.parts;
	out->kind = view.kind;
	out->rules = by_rules(arena, &e->mail);
}

static size_t judge_fold(struct course *c, const struct learned *learned, size_t fold,
			 struct judged *to)
{
	size_t n = 0, turn = 0;

	for (size_t i = fold; i < c->count; i += FOLDS) {
		const struct example *one = &c->items[i];

		judge(learned, one, &to[n++]);
		for (size_t k = 0; !one->kind && k < JOINS;) {
			const struct example *other =
				&c->items[(fold + FOLDS * JOIN_STEP * ++turn) %
					  (c->count - c->count % FOLDS)];
			struct example both = *one;

			if (!other->kind)
				continue;
			both.mail.text = both.mail.all =
				arena_printf(c->arena, "%s\n%s",
					     k % 2 ? one->mail.text : other->mail.text,
					     k % 2 ? other->mail.text : one->mail.text);
			judge(learned, &both, &to[n]);
			to[n++].joined = true;
			k++;
		}
	}
	return n;
}

static void say_bounds(const struct judged *j, size_t count, double whole, double parts,
		       double doubt)
{
	size_t all[2] = {0}, rules[2] = {0}, found[2] = {0}, right = 0, joined[2] = {0};

	for (size_t i = 0; i < count; i++) {
		const struct judged *one = &j[i];
		bool none = one->is != PROPOSAL_NONE;
		bool by = one->rules && one->rules != PROPOSAL_RISK;
		bool kept = by &&
			    (one->unseen || (one->whole <= doubt && one->parts <= doubt));
		bool found_one = kept || (!one->rules && !one->hard &&
					  one->whole < whole && one->parts < parts);

		if (one->joined) {
			joined[0]++;
			joined[1] += found_one;
			continue;
		}
		all[none]++;
		rules[none] += by;
		found[none] += found_one;
		right += found_one && none && (kept ? one->rules : one->kind) == one->is;
	}
	(void)printf(
		"%5.2f %5.2f %5.2f: %.1f %% found (rules alone %.1f), %.1f %% as their "
		"kind; responses wrongly %.2f %% (rules alone %.2f), joined %.2f %%\n",
		whole, parts, doubt, 100.0 * (double)found[1] / (double)all[1],
		100.0 * (double)rules[1] / (double)all[1],
		100.0 * (double)right / (double)all[1],
		100.0 * (double)found[0] / (double)all[0],
		100.0 * (double)rules[0] / (double)all[0],
		100.0 * (double)joined[1] / (double)joined[0]);
}

static void cross(struct course *c, const struct learned_lesson *lessons)
{
	static const double wholes[] = {-1.2, -0.8, -0.4},
			    parts[] = {-2.4, -2, -1.6, -1.2},
			    doubts[] = {-1, -0.5, 0, 0.5, 9};
	struct judged *all = arena_make(c->arena, struct judged, c->count * (JOINS + 1));
	struct learned_lesson *some =
		arena_make(c->arena, struct learned_lesson, c->count + 1);
	size_t n = 0;

	for (size_t fold = 0; fold < FOLDS; fold++) {
		AUTO(arena) arena = arena_new(1 << 20);
		const struct learned *learned;
		size_t count = 0;

		for (size_t i = 0; i < c->count; i++)
			if (i % FOLDS != fold)
				some[count++] = lessons[i];
		learned = learned_train(arena, some, count);
		n += learned ? judge_fold(c, learned, fold, all + n) : 0;
	}
	(void)printf("# whole parts doubt\n");
	for (size_t v = 0; n && v < ARRAY_LEN(doubts); v++)
		for (size_t w = 0; w < ARRAY_LEN(wholes); w++)
			for (size_t p = 0; p < ARRAY_LEN(parts); p++)
				say_bounds(all, n, wholes[w], parts[p], doubts[v]);
}

static bool read_file(struct course *c, const char *path)
{
	AUTO(buf) file = buf_new(FILE_MOST);
	struct err err = {0};
	size_t line = 0;

	if (!fd_read_file(path, file, &err)) {
		(void)fprintf(stderr, "teach: %s\n", err.text);
		return false;
	}
	if (read_examples(c, arena_strdup(c->arena, buf_text(file)), &line))
		return true;
	(void)fprintf(stderr, "%s:%zu: that is no example\n", path, line);
	return false;
}

int main(int argc, char **argv)
{
	AUTO(arena) arena = arena_new(1 << 20);
	struct course c = {.arena = arena};
	bool crossed = argc > 1 && str_eq(argv[1], "--cross");
	const struct learned *learned;
	struct learned_lesson *lessons;

	for (int i = 1 + crossed; i < argc; i++)
		if (!read_file(&c, argv[i]))
			return 1;
	lessons = lessons_of(&c);
	if (crossed) {
		cross(&c, lessons);
		return 0;
	}
	learned = learned_train(arena, lessons, c.count);
	if (!learned) {
		(void)fprintf(stderr, "teach: there is nothing to learn from\n");
		return 1;
	}
	write_tables(&c, lessons, learned);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
