/*
 * office xml - walks the XML of office documents: Word, Excel, PowerPoint, ODF.
 *
 * A stream is read from a callback, a piece at a time, and never becomes a tree.
 * Elements are known by their local names, whatever prefix or edition they are of.
 *
 * Ownership  the walk borrows everything.
 * Errors     a fixed sentence for a person, or NULL: all was read.
 * Source     ECMA-376, ODF 1.3; libxml2's xmlReader without entities and network.
 * Limits     a document type (where entities come from) ends the walk; 256 levels.
 */
#ifndef MERCAT_OFFICE_XML_H
#define MERCAT_OFFICE_XML_H

#include "office/lines.h"

/* As read(2): bytes, 0 at the end, -1. */
typedef int office_xml_read(void *from, char *to, int room);

/* Word's and PowerPoint's parts. */
struct office_shape; /* office/shape.h */
const char *office_xml_word(office_xml_read *read, void *from, struct office_lines *to,
			    struct office_shape *shape) MUST_USE;
/* content.xml; notes and comments go to notes. Without a shape it is styles.xml, of which
   only heads and feet are read. */
const char *office_xml_odf(office_xml_read *read, void *from, struct office_lines *to,
			   struct office_lines *notes,
			   struct office_shape *shape) MUST_USE;

/* Excel's shared strings: one after the other in bytes; starts[i] is where one begins. */
struct office_strings {
	struct buf bytes;
	struct buf starts; /* of size_t */
	size_t count;
};
const char *office_xml_strings(office_xml_read *read, void *from,
			       struct office_strings *out) MUST_USE;
/* How cells show their numbers, in the order of the styles that they name. */
enum office_format { OFFICE_PLAIN, OFFICE_PERCENT, OFFICE_DATE, OFFICE_TIME };
enum { OFFICE_FORMATS = 4096, OFFICE_FORMATS_OWN = 200 };
struct office_formats {
	enum office_format items[OFFICE_FORMATS];
	size_t count;
};
const char *office_xml_formats(office_xml_read *read, void *from,
			       struct office_formats *out) MUST_USE;
const char *office_xml_sheet(office_xml_read *read, void *from,
			     const struct office_strings *strings,
			     const struct office_formats *formats,
			     struct office_lines *to) MUST_USE;

/*
 * What those four have in common: element() is called for each beginning and end,
 * text() for each text, with the depth; a depth in silent keeps all below it quiet.
 */
struct office_walk {
	void *reader; /* xmlTextReaderPtr */
	int depth, silent;
	struct office_lines *to;
	void (*element)(struct office_walk *walk, const char *name, bool begins);
	void (*text)(struct office_walk *walk, const char *text, size_t len);
};

const char *office_xml_walk(office_xml_read *read, void *from,
			    struct office_walk *walk) MUST_USE;
/* From element(), at a beginning: nothing of this element is wanted. */
static inline void office_walk_skip(struct office_walk *walk)
{
	walk->silent = walk->depth;
}
/* The attribute of the element at hand, by local name; "" when absent. */
void office_walk_attribute(const struct office_walk *walk, const char *name, char *to,
			   size_t room);

#endif
