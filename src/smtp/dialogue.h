/*
 * dialogue - the mail dialogue on one connection, and what the pool keeps of it.
 *
 *	OFF -> CONNECTING -> HELLO -> IDLE -> ENVELOPE -> BODY -> DOT -> IDLE
 *	                               |         |  '-> EMPTY (lone dot) -> RESET
 *	                               v         '-> RESET -> IDLE
 *	                              QUIT -> OFF        any -> OFF: it broke
 *
 * ENVELOPE has MAIL, RCPT and DATA out at once where the relay offers PIPELINING, else
 * one after the other. What the server still owes us is a queue of commands; its
 * replies are matched to the head of it, so that a reply too many is noticed at the
 * latest when DATA is not answered by 354, and never taken for a mail's.
 *
 * Ownership  links live in the pool's array for as long as the pool.
 * Source     RFC 5321 3.3, 4.3.2; RFC 2920 3.1.
 */
#ifndef MERCAT_SMTP_DIALOGUE_H
#define MERCAT_SMTP_DIALOGUE_H

#include "smtp/server_reply.h"
#include "smtp/socket.h"

#include <limits.h>

#define LINK_NEVER INT64_MAX

enum link_state {
	LINK_OFF = 0,
	LINK_CONNECTING,
	LINK_HELLO,
	LINK_IDLE,
	LINK_ENVELOPE,
	LINK_BODY,
	LINK_DOT,
	LINK_EMPTY,
	LINK_RESET,
	LINK_QUIT
};

enum link_command {
	LINK_EHLO = 0,
	LINK_MAIL,
	LINK_RCPT,
	LINK_DATA,
	LINK_FINAL_DOT,
	LINK_LONE_DOT,
	LINK_RSET,
	LINK_BYE
};

struct smtp_link;

/* What a link tells the pool that keeps it, and nobody else: it knows no more of a pool. */
struct smtp_keeper {
	void (*settled)(struct smtp_pool *pool, struct smtp_link *link);
	void (*idle)(struct smtp_pool *pool,
		     struct smtp_link *link); /* may take a mail */
	/* An idle link is to say QUIT. */
	void (*retire)(struct smtp_pool *pool, struct smtp_link *link);
	void (*connected)(struct smtp_pool *pool, struct smtp_link *link);
	/* state is LINK_OFF already; why is NULL when nobody is to blame. */
	void (*closed)(struct smtp_pool *pool, struct smtp_link *link,
		       enum link_state was, const struct err *why);
	void (*watch)(struct smtp_pool *pool, struct smtp_link *link, uint32_t events);
	void (*due)(struct smtp_pool *pool, int64_t at_ms);
	void (*distrust_pipelining)(struct smtp_pool *pool);
};

struct smtp_link {
	struct smtp_pool *pool; /* handed to its keeper */
	const struct smtp_keeper *keeper;
	const struct smtp_relay *relay;
	unsigned slot;
	enum link_state state;
	struct smtp_socket *socket;
	int64_t deadline_ms, curl_ms; /* LINK_NEVER, or when to look again */
	bool wants_out;               /* epoll waits for room to write */

	enum link_command owed[8]; /* replies to come, in order */
	size_t owed_count;
	struct buf out;  /* commands that are not yet written */
	struct buf held; /* RCPT, until MAIL is answered where there is no pipelining */
	struct smtp_reader reader;
	struct smtp_offer offer;
	bool pipelining; /* offered, and believed */
	uint64_t mails;  /* that got an answer on this connection */

	struct smtp_mail mail; /* bytes are borrowed; the strings are not kept */
	size_t body_sent;
	bool has_mail;    /* no outcome yet */
	bool has_verdict; /* the first bad answer decides, the rest is awaited */
	bool eight_bit, utf8;

	struct smtp_outcome outcome; /* text points to words */
	char words[SMTP_TEXT_MAX], status[SMTP_STATUS_MAX];
	bool waiting; /* settled, and not yet taken by smtp_pool_outcome() */
};

/* Whether other mails would meet with the same. */
enum smtp_trouble { SMTP_TROUBLE_OF_MAIL, SMTP_TROUBLE_OF_RELAY };

/* verdict.c */
void smtp_link_judge(struct smtp_link *link, enum smtp_verdict verdict,
		     enum smtp_stage stage, enum smtp_trouble trouble, const char *format,
		     ...) PRINTF_LIKE(5, 6);
void smtp_link_judge_by_reply(struct smtp_link *link, const struct smtp_reply *reply,
			      enum smtp_stage stage);
void smtp_link_judge_broken(struct smtp_link *link, const char *why);
/* What is being waited for. */
enum smtp_stage smtp_link_stage(const struct smtp_link *link);
void smtp_link_settle(struct smtp_link *link);

/* dialogue.c; smtp_link_send() is in envelope.c and calls smtp_link_begin(). */
void smtp_link_connect(struct smtp_link *link, const char *url, int epoll_fd,
		       int64_t now_ms);
void smtp_link_event(struct smtp_link *link, int fd, uint32_t events, int64_t now_ms);
void smtp_link_due(struct smtp_link *link, int64_t now_ms);
void smtp_link_send(struct smtp_link *link, const struct smtp_mail *mail, int64_t now_ms);
void smtp_link_begin(struct smtp_link *link, int64_t now_ms);
void smtp_link_quit(struct smtp_link *link, int64_t now_ms);
void smtp_link_close(struct smtp_link *link, const struct err *why);

#endif
