/* The contestant of our own: src/smtp alone, one buffer a slot, no ledger. */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "smtp/smtp.h"

struct slots {
	struct buf mails[SMTP_CONNECTIONS_MAX];
	size_t id_at; /* where each mail carries its own number */
};

static void prepare(struct slots *slots, const struct bench_job *job)
{
	size_t len;
	char *mail = bench_mail(job->mail_bytes, &len);

	for (int i = 0; i < job->connections; i++) {
		buf_init(&slots->mails[i], len + 4096);
		smtp_stuff(&slots->mails[i], mail, len);
		smtp_finish(&slots->mails[i]);
	}
	slots->id_at = (size_t)(strstr(buf_text(&slots->mails[0]), "<0@") + 1 -
				buf_text(&slots->mails[0]));
	free(mail);
}

static void send_ready(struct smtp_pool *pool, struct slots *slots,
		       const struct bench_job *job, int *next, int64_t now_ms)
{
	while (*next < job->mails && smtp_pool_ready(pool)) {
		struct buf *body = &slots->mails[smtp_pool_next_slot(pool)];
		char sender[64];
		struct smtp_mail mail = {.id = *next,
					 .sender = sender,
					 .recipient = "subscriber@bench.example",
					 .bytes = body->bytes,
					 .len = body->len};

		(void)snprintf(sender, sizeof(sender), "bounce-%08d@bench.example",
			       *next);
		body->bytes[slots->id_at] = (char)('0' + *next % 10);
		smtp_pool_send(pool, &mail, now_ms);
		++*next;
	}
}

void bench_run_pool(const struct bench_job *job)
{
	struct smtp_relay relay = {.name = "bench",
				   .host = "127.0.0.1",
				   .port = job->port,
				   .tls = SMTP_TLS_NONE,
				   .ehlo_name = "bench.example",
				   .max_connections = job->connections};
	static struct slots slots;
	struct err err = {0};
	struct smtp_pool *pool = smtp_pool_new(&relay, &err);
	struct smtp_outcome outcome;
	int next = 0, done = 0;

	if (!pool)
		bench_fail("%s", err.text);
	prepare(&slots, job);
	while (done < job->mails - job->stalled) {
		int64_t now_ms = clock_mono_ms();

		smtp_pool_want(pool, (size_t)(job->mails - next));
		smtp_pool_wait(pool, now_ms, 1000);
		now_ms = clock_mono_ms();
		smtp_pool_turn(pool, now_ms);
		while (smtp_pool_outcome(pool, &outcome)) {
			if (outcome.verdict != SMTP_SENT)
				bench_fail("%s at %s: %s",
					   smtp_verdict_name(outcome.verdict),
					   smtp_stage_name(outcome.stage), outcome.answer.text);
			done++;
		}
		send_ready(pool, &slots, job, &next, now_ms);
	}
	smtp_pool_free(&pool);
}
