/*
 * template names - every template that is installed; made at build time of templates/local.mk.
 */
#ifndef MERCAT_DOCTOR_TEMPLATE_NAMES_H
#define MERCAT_DOCTOR_TEMPLATE_NAMES_H

extern const char *const doctor_templates[]; /* "web/home.html"; NULL at the end */

#endif
