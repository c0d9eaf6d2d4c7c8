/*
 * document exif - which way up a photograph is to be shown.
 *
 * A camera stores the picture as its sensor has it, and says beside it how it was held.
 *
 * Source     Exif 2.32, 4.6.4 A: the tag Orientation, 1 to 8.
 */
#ifndef MERCAT_DOCUMENT_EXIF_H
#define MERCAT_DOCUMENT_EXIF_H

#include "base/attr.h"

#include <stddef.h>

/* segment: of a JPEG, from "Exif" on. 1: as it stands, or it says nothing. */
unsigned exif_way_up(const unsigned char *segment, size_t len) MUST_USE;

#endif
