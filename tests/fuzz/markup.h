/*
 * markup - reads the HTML that we write ourselves, in fuzz targets: every element is one of
 * ours, is closed, and has attributes that lead nowhere but to a web page or a mailbox.
 */
#ifndef MERCAT_TESTS_FUZZ_MARKUP_H
#define MERCAT_TESTS_FUZZ_MARKUP_H

void markup_is_ours(const char *html);

#endif
