/*
 * row json - rows of the store as JSON: an object, its columns by their names.
 *
 * A column whose name is "at", or ends in "_at" or "_since", is a time and becomes RFC 3339
 * in UTC. Bytes become null: what they are is not for people.
 *
 * Ownership  written at once (base/codec/json.h); nothing is kept.
 * Errors     none.
 */
#ifndef MERCAT_STORE_ROW_JSON_H
#define MERCAT_STORE_ROW_JSON_H

#include "base/codec/json.h"
#include "store/store.h"

bool column_is_time(const char *name) MUST_USE;
void row_json(struct json *to, const char *key, const struct store_row *row);
/* Its rows, each on a line. */
void table_json(struct json *to, const char *key, const struct store_table *table);

#endif
