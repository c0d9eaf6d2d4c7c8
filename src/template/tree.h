/*
 * template tree - a parsed template and the inside of a value; for src/template only.
 *
 * A template is a flat array of nodes; what a section, a block or a parent holds
 * are the nodes up to its "end". Nodes point into the template's own copy of
 * its text.
 */
#ifndef MERCAT_TEMPLATE_TREE_H
#define MERCAT_TEMPLATE_TREE_H

#include "template/template.h"

enum { TEMPLATE_DEPTH = 64 }; /* sections in sections; partials in partials */

enum template_kind {
	TEMPLATE_NOTHING, /* text that is NULL */
	TEMPLATE_STRING,
	TEMPLATE_BOOL,
	TEMPLATE_LIST,
	TEMPLATE_MAP
};

struct template_value {
	struct arena *arena;
	enum template_kind kind;
	bool yes;     /* of a bool */
	bool vouched; /* of a string */
	const char *text;
	const char **keys; /* of a map, beside items */
	struct template_value **items;
	size_t count;
};

enum template_node_kind {
	NODE_TEXT,
	NODE_INDENT,   /* a line of the template begins here */
	NODE_VALUE,    /* {{x}} */
	NODE_RAW,      /* {{{x}}}, {{&x}} */
	NODE_SECTION,  /* {{#x}} */
	NODE_INVERTED, /* {{^x}} */
	NODE_PARTIAL,  /* {{>x}} */
	NODE_PARENT,   /* {{<x}} */
	NODE_BLOCK     /* {{$x}} */
};

struct template_node {
	enum template_node_kind kind;
	const char *text; /* literal text or name */
	size_t len;
	const char *indent; /* what a partial, parent or block stands behind */
	size_t indent_len;
	size_t end; /* index after the last node inside */
	int line;
};

enum template_mode {
	TEMPLATE_HTML, /* values are escaped */
	TEMPLATE_TEXT, /* values lose their control characters */
	TEMPLATE_LINE  /* and their line ends */
};

struct template_file {
	const char *name; /* "mail/confirm.txt" */
	const char *path; /* for people */
	enum template_mode mode;
	const char *text; /* as it was read */
	size_t len;
	struct template_node *nodes;
	size_t count;
};

struct template_translation {
	template_say_fn *say; /* NULL: the words stay as they are */
	void *with;
};

/* Appends text with its marked words in the other language, line ends kept in number. */
bool template_translate(struct template_translation *translation, struct arena *arena,
			const char *path, const char *text, struct buf *out,
			struct err *err) MUST_USE;

/* Parses text (borrowed for good) whose first line is line number first_line. */
bool template_parse(struct template_file *file, struct arena *arena, const char *text,
		    size_t len, int first_line, struct err *err) MUST_USE;

/* The file a partial means: same folder and ending, or from the root when it has a '/'. */
const struct template_file *template_library_find(const struct template_library *library,
						  const char *name);
const struct template_file *
template_library_partial(const struct template_library *library,
			 const struct template_file *from, const char *name, size_t len);

#endif
