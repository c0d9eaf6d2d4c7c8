/*
 * public pages - the handlers that public_routes.c names, one file a subject.
 */
#ifndef MERCAT_PUBLIC_PUBLIC_PAGES_H
#define MERCAT_PUBLIC_PUBLIC_PAGES_H

#include "web/web.h"

/* page_home.c: what there is, what we do with what we know, a word for watchers */
web_handler public_home, public_health, public_privacy, public_accessibility,
	public_robots;

/* page_archive.c: a list with its archive, and its feed */
web_handler public_list, public_feed;
/* page_published.c: one bulletin, and its pictures */
web_handler public_bulletin, public_image;
/* page_consultation.c */
web_handler public_consultations, public_consultation;
/* page_public_responses.c: what is published of its responses */
web_handler public_responses, public_response, public_responses_csv;
/* page_form.c: the form that it offers */
web_handler public_form_docx, public_form_odt, public_form_text;

/* page_join.c: the form, and what it does: "look in your mailbox" */
web_handler public_join, public_join_post;
/* page_confirm.c: the button behind the link of a confirmation, and of a move */
web_handler public_confirm, public_confirm_post, public_move, public_move_post;
/* page_leave.c: the button, one click, taking it back, and what to do without the email */
web_handler public_leave, public_leave_post, public_leave_undo, public_leave_lost;

/* page_contact.c: who took part in a consultation wants no more emails about it */
web_handler public_contact, public_contact_post;

/* page_subscriptions.c: a link to oneself, and what stands behind it */
web_handler public_subscriptions_ask, public_subscriptions_ask_post,
	public_subscriptions_asked, public_subscriptions;
/* page_change.c: each of its forms */
web_handler public_topics_post, public_frequency_post, public_pause_post,
	public_resume_post, public_stop_post, public_return_post, public_name_post,
	public_language_post, public_address_post, public_address_cancel_post;
/* page_personal_data.c: my personal data, and erasing it */
web_handler public_personal_data, public_personal_data_json, public_erase,
	public_erase_post;

#endif
