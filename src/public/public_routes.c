#include "public/public.h"
#include "public/public_pages.h"

/* The first that fits is taken: names before what may be anything. */
static const struct web_route routes[] = {
	{WEB_GET, "/", public_home, 0, 0},
	{WEB_GET, "/health", public_health, 0, 0},
	{WEB_GET, "/robots.txt", public_robots, 0, 0},
	{WEB_GET, "/privacy", public_privacy, 0, 0},
	{WEB_GET, "/accessibility", public_accessibility, 0, 0},

	{WEB_GET, "/lists/:list", public_list, 0, 0},
	{WEB_GET, "/lists/:list/feed.xml", public_feed, 0, 0},
	{WEB_GET, "/lists/:list/join", public_join, 0, 0},
	{WEB_POST, "/lists/:list/join", public_join_post, 0, 0},
	{WEB_GET, "/lists/:list/:number", public_bulletin, 0, 0},
	{WEB_GET, "/image/:hash", public_image, 0, 0},
	{WEB_GET, "/consultations", public_consultations, 0, 0},
	{WEB_GET, "/consultations/:name", public_consultation, 0, 0},
	{WEB_GET, "/consultations/:name/responses", public_responses, 0, 0},
	{WEB_GET, "/consultations/:name/responses.csv", public_responses_csv, 0, 0},
	{WEB_GET, "/consultations/:name/responses/:response", public_response, 0, 0},
	{WEB_GET, "/consultations/:name/form.docx", public_form_docx, 0, 0},
	{WEB_GET, "/consultations/:name/form.odt", public_form_odt, 0, 0},
	{WEB_GET, "/consultations/:name/form.txt", public_form_text, 0, 0},

	{WEB_GET, "/confirm/:token", public_confirm, 0, 0},
	{WEB_POST, "/confirm/:token", public_confirm_post, 0, 0},
	{WEB_GET, "/leave", public_leave_lost, 0, 0},
	{WEB_GET, "/leave/:token", public_leave, 0, 0},
	{WEB_POST, "/leave/:token", public_leave_post, 0, 0},
	{WEB_POST, "/leave/:token/undo", public_leave_undo, 0, 0},
	{WEB_GET, "/contact/:token", public_contact, 0, 0},
	{WEB_POST, "/contact/:token", public_contact_post, 0, 0},
	{WEB_GET, "/address/:token", public_move, 0, 0},
	{WEB_POST, "/address/:token", public_move_post, 0, 0},

	{WEB_GET, "/manage", public_subscriptions_ask, 0, 0},
	{WEB_POST, "/manage", public_subscriptions_ask_post, 0, 0},
	{WEB_GET, "/manage/asked", public_subscriptions_asked, 0, 0},
	{WEB_GET, "/manage/:token", public_subscriptions, 0, 0},
	{WEB_POST, "/manage/:token/topics", public_topics_post, 0, 0},
	{WEB_POST, "/manage/:token/frequency", public_frequency_post, 0, 0},
	{WEB_POST, "/manage/:token/pause", public_pause_post, 0, 0},
	{WEB_POST, "/manage/:token/resume", public_resume_post, 0, 0},
	{WEB_POST, "/manage/:token/leave", public_stop_post, 0, 0},
	{WEB_POST, "/manage/:token/return", public_return_post, 0, 0},
	{WEB_POST, "/manage/:token/name", public_name_post, 0, 0},
	{WEB_POST, "/manage/:token/language", public_language_post, 0, 0},
	{WEB_POST, "/manage/:token/address", public_address_post, 0, 0},
	{WEB_POST, "/manage/:token/address/cancel", public_address_cancel_post, 0, 0},
	{WEB_GET, "/manage/:token/held", public_personal_data, 0, 0},
	{WEB_GET, "/manage/:token/held.json", public_personal_data_json, 0, 0},
	{WEB_GET, "/manage/:token/erase", public_erase, 0, 0},
	{WEB_POST, "/manage/:token/erase", public_erase_post, 0, 0},
	{0},
};

const struct web_table public_table = {.routes = routes};
