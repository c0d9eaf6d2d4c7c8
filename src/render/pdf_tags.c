#include "render/pdf_tags.h"
#include "base/str.h"
#include "render/page_tables.h"

#include <qpdf/qpdf-c.h>

enum { DEPTH_MOST = 100, ELEMENTS_MOST = 1000000 };

struct tagging {
	qpdf_data q;
	const char **alts;
	size_t alt_count, figures;
	size_t elements;
	bool failed; /* deeper, or more of them, than a page makes */
};

static const char *kind_of(struct tagging *t, qpdf_oh element)
{
	qpdf_oh kind = qpdf_oh_get_key(t->q, element, "/S");

	return qpdf_oh_is_name(t->q, kind) ? qpdf_oh_get_name(t->q, kind) : "";
}

static void set_kind(struct tagging *t, qpdf_oh element, const char *kind)
{
	qpdf_oh_replace_key(t->q, element, "/S", qpdf_oh_new_name(t->q, kind));
}

static void make_figure(struct tagging *t, qpdf_oh element)
{
	set_kind(t, element, "/Figure");
	if (t->figures < t->alt_count)
		qpdf_oh_replace_key(
			t->q, element, "/Alt",
			qpdf_oh_new_unicode_string(t->q, t->alts[t->figures]));
	t->figures++;
}

static void set_scope(struct tagging *t, qpdf_oh head, const char *scope)
{
	qpdf_oh about = qpdf_oh_new_dictionary(t->q);

	qpdf_oh_replace_key(t->q, about, "/O", qpdf_oh_new_name(t->q, "/Table"));
	qpdf_oh_replace_key(t->q, about, "/Scope", qpdf_oh_new_name(t->q, scope));
	qpdf_oh_replace_key(t->q, head, "/A", about);
}

/* What an element is in: a table, the head of one. */
struct within {
	bool table, head;
};

static void look_at(struct tagging *t, qpdf_oh kids, struct within within, int depth);

static void element(struct tagging *t, qpdf_oh at, struct within within, int depth)
{
	const char *kind = kind_of(t, at);
	struct within inside = {.table = str_eq(kind, "/Table"),
				.head = within.head || str_eq(kind, "/THead")};

	if (str_eq(kind, "/Art"))
		make_figure(t, at);
	else if (str_eq(kind, "/TH"))
		set_scope(t, at, within.head ? "/Column" : "/Row");
	else if (str_eq(kind, "/NonStruct") && within.table)
		set_kind(t, at, "/Caption");
	look_at(t, qpdf_oh_get_key(t->q, at, "/K"), inside, depth + 1);
}

static void look_at(struct tagging *t, qpdf_oh kids, struct within within, int depth)
{
	int count =
		qpdf_oh_is_array(t->q, kids) ? qpdf_oh_get_array_n_items(t->q, kids) : 1;

	if (depth > DEPTH_MOST || t->elements > ELEMENTS_MOST)
		t->failed = true;
	for (int i = 0; i < count && !t->failed; i++) {
		qpdf_oh kid = qpdf_oh_is_array(t->q, kids)
				      ? qpdf_oh_get_array_item(t->q, kids, i)
				      : kids;

		t->elements++;
		if (qpdf_oh_is_dictionary(t->q, kid) && qpdf_oh_has_key(t->q, kid, "/S"))
			element(t, kid, within, depth);
		else if (qpdf_oh_is_array(t->q, kid))
			look_at(t, kid, within, depth + 1);
		qpdf_oh_release(t->q, kid);
	}
}

static bool failed(struct tagging *t, const char *what, struct err *err)
{
	qpdf_error e = qpdf_has_error(t->q) ? qpdf_get_error(t->q) : NULL;

	return err_set(err, ERR_SYSTEM, "%s%s%.200s", what, e ? ": " : "",
		       e ? qpdf_get_error_full_text(t->q, e) : "");
}

/* As it was, but for what was changed: what is looked for afterwards stays readable. */
static bool write_out(struct tagging *t, struct buf *out, struct err *err)
{
	if (qpdf_init_write_memory(t->q) & QPDF_ERRORS)
		return failed(t, "the PDF cannot be written", err);
	qpdf_set_object_stream_mode(t->q, qpdf_o_disable);
	qpdf_set_stream_data_mode(t->q, qpdf_s_preserve);
	qpdf_set_deterministic_ID(t->q, QPDF_TRUE);
	if (qpdf_write(t->q) & QPDF_ERRORS)
		return failed(t, "the PDF cannot be written", err);
	buf_add(out, qpdf_get_buffer(t->q), qpdf_get_buffer_length(t->q));
	return true;
}

static bool tag(struct tagging *t, const struct buf *pdf, struct buf *out,
		struct err *err)
{
	qpdf_oh root;

	if (qpdf_read_memory(t->q, "report.pdf", buf_text(pdf), pdf->len, NULL) &
	    QPDF_ERRORS)
		return failed(t, "the PDF cannot be read", err);
	root = qpdf_oh_get_key(t->q, qpdf_get_root(t->q), "/StructTreeRoot");
	if (!qpdf_oh_is_dictionary(t->q, root))
		return failed(t, "the PDF has no tags", err);
	look_at(t, qpdf_oh_get_key(t->q, root, "/K"), (struct within){0}, 0);
	if (t->failed || t->figures != t->alt_count)
		return err_set(err, ERR_SYSTEM,
			       "the PDF has %zu pictures, and the page has %zu",
			       t->figures, t->alt_count);
	return write_out(t, out, err);
}

bool pdf_tags(const struct outside_job *job, struct buf *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct tagging t = {0};
	bool done;

	if (!page_alts(arena, job->about, &t.alts, &t.alt_count, err))
		return false;
	t.q = qpdf_init();
	qpdf_set_suppress_warnings(t.q, QPDF_TRUE);
	qpdf_silence_errors(t.q);
	done = tag(&t, job->in, out, err);
	qpdf_cleanup(&t.q);
	return done;
}
