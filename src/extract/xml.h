/*
 * extract xml - walks the XML of office documents: Word, Excel, PowerPoint, ODF.
 *
 * A stream is read from a callback, a piece at a time, and never becomes a tree.
 * Elements are known by their local names, whatever prefix or edition they are of.
 *
 * Ownership  the walk borrows everything.
 * Errors     a fixed sentence for a person, or NULL: all was read.
 * Source     ECMA-376, ODF 1.3; libxml2's xmlReader without entities and network.
 * Limits     a document type (where entities come from) ends the walk; 256 levels.
 */
#ifndef MERCAT_EXTRACT_XML_H
#define MERCAT_EXTRACT_XML_H

#include "extract/lines.h"

/* As read(2): bytes, 0 at the end, -1. */
typedef int extract_xml_read(void *from, char *to, int room);

/* Word's and PowerPoint's parts. */
const char *extract_xml_office(extract_xml_read *read, void *from,
			       struct extract_lines *to) MUST_USE;
/* content.xml; notes and comments go to notes. styles.xml: only heads and feet. */
const char *extract_xml_odf(extract_xml_read *read, void *from, bool styles,
			    struct extract_lines *to,
			    struct extract_lines *notes) MUST_USE;

/* Excel's shared strings: one after the other in bytes; starts[i] is where one begins. */
struct extract_strings {
	struct buf bytes;
	struct buf starts; /* of size_t */
	size_t count;
};
const char *extract_xml_strings(extract_xml_read *read, void *from,
				struct extract_strings *out) MUST_USE;
const char *extract_xml_sheet(extract_xml_read *read, void *from,
			      const struct extract_strings *strings,
			      struct extract_lines *to) MUST_USE;

/*
 * What those four have in common: element() is called for each beginning and end,
 * text() for each text, with the depth; a depth in silent keeps all below it quiet.
 */
struct extract_walk {
	void *reader; /* xmlTextReaderPtr */
	int depth, silent;
	struct extract_lines *to;
	void (*element)(struct extract_walk *walk, const char *name, bool begins);
	void (*text)(struct extract_walk *walk, const char *text, size_t len);
};

const char *extract_xml_walk(extract_xml_read *read, void *from,
			     struct extract_walk *walk) MUST_USE;
/* From element(), at a beginning: nothing of this element is wanted. */
static inline void extract_walk_skip(struct extract_walk *walk)
{
	walk->silent = walk->depth;
}
/* The attribute of the element at hand, by local name; "" when absent. */
void extract_walk_attribute(const struct extract_walk *walk, const char *name, char *to,
			    size_t room);

#endif
