/* maildir private - what the files of this folder share; nobody else includes it. */
#ifndef MERCAT_MAILDIR_MAILDIR_PRIVATE_H
#define MERCAT_MAILDIR_MAILDIR_PRIVATE_H

#include "maildir/maildir.h"

enum maildir_part { MAILDIR_TMP = 0, MAILDIR_NEW, MAILDIR_CUR, MAILDIR_PARTS };

/* Parts are held open: a folder that is swapped for a link later changes nothing. */
struct maildir {
	char *path;
	int parts[MAILDIR_PARTS];
	char host[64]; /* for names: no '/' and no ':' */
	unsigned long delivered;
};

extern const char *const maildir_part_names[MAILDIR_PARTS];

#endif
