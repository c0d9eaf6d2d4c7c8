/*
 * A hash that a password costs is made slow on purpose: in the threads that serve pages a
 * few dozen of them would keep everybody waiting. Here a fixed number runs at a time, a
 * fixed number waits, and of those a source has a few, so that no single one fills it.
 */
#include "base/err.h"
#include "base/str.h"
#include "web/web_private.h"

enum { NETWORK_ROOM = 64, SLOTS = WEB_WORKS_MOST + WEB_WORKERS };

struct job {
	struct web_server_request *in; /* NULL: the slot is free */
	char network[NETWORK_ROOM];
	uint64_t number; /* the order in which they came */
	bool runs;
};

struct web_work {
	void (*answer)(struct web_server_request *in);
	pthread_mutex_t lock;
	pthread_cond_t moved;
	struct job jobs[SLOTS];
	uint64_t numbers;
	size_t waiting;
	bool ends;
	pthread_t threads[WEB_WORKERS];
};

static struct job *oldest(struct web_work *work)
{
	struct job *found = NULL;

	for (size_t i = 0; i < SLOTS; i++) {
		struct job *j = &work->jobs[i];

		if (j->in && !j->runs && (!found || j->number < found->number))
			found = j;
	}
	return found;
}

static void answer(struct web_work *work, struct web_server_request *in)
{
	bool ends;

	(void)pthread_mutex_lock(&work->lock);
	ends = work->ends;
	(void)pthread_mutex_unlock(&work->lock);
	in->later = true;
	if (ends)
		web_busy(&in->public, 1);
	else
		work->answer(in);
}

static void *run(void *with)
{
	struct web_work *work = with;
	struct job *job;

	(void)pthread_mutex_lock(&work->lock);
	for (;;) {
		struct web_server_request *in;

		while (!(job = oldest(work)) && !work->ends)
			(void)pthread_cond_wait(&work->moved, &work->lock);
		if (!job)
			break;
		in = job->in;
		job->runs = true;
		work->waiting--;
		(void)pthread_mutex_unlock(&work->lock);
		answer(work, in);
		(void)pthread_mutex_lock(&work->lock);
		*job = (struct job){0};
		/* From here on the request is its connection's again. */
		MHD_resume_connection(in->connection);
	}
	(void)pthread_mutex_unlock(&work->lock);
	return NULL;
}

struct web_work *web_work_new(void (*answers)(struct web_server_request *in))
{
	struct web_work *work = calloc(1, sizeof(*work));

	if (!work || pthread_mutex_init(&work->lock, NULL) ||
	    pthread_cond_init(&work->moved, NULL))
		PANIC("no memory for the workers");
	work->answer = answers;
	for (size_t i = 0; i < WEB_WORKERS; i++)
		if (pthread_create(&work->threads[i], NULL, run, work))
			PANIC("no thread for the workers");
	return work;
}

void web_work_stop(struct web_work *work)
{
	(void)pthread_mutex_lock(&work->lock);
	work->ends = true;
	(void)pthread_cond_broadcast(&work->moved);
	(void)pthread_mutex_unlock(&work->lock);
	for (size_t i = 0; i < WEB_WORKERS; i++)
		(void)pthread_join(work->threads[i], NULL);
}

void web_work_free(struct web_work **work)
{
	if (!*work)
		return;
	(void)pthread_cond_destroy(&(*work)->moved);
	(void)pthread_mutex_destroy(&(*work)->lock);
	free(*work);
	*work = NULL;
}

bool web_work_is_long(const struct web_server_request *in)
{
	const struct web_request *r = &in->public;
	web_handler *const *of = r->table ? r->table->long_work : NULL;

	for (size_t i = 0; of && of[i]; i++)
		if (of[i] == r->route->handler)
			return true;
	return false;
}

/* A free slot, unless the source has its share of them. */
static struct job *slot_for(struct web_work *work, const char *network)
{
	struct job *unused = NULL;
	size_t same = 0;

	for (size_t i = 0; i < SLOTS; i++) {
		if (!work->jobs[i].in)
			unused = &work->jobs[i];
		else
			same += str_eq(work->jobs[i].network, network);
	}
	return same < WEB_WORKS_A_SOURCE && work->waiting < WEB_WORKS_MOST && !work->ends
		       ? unused
		       : NULL;
}

bool web_work_give(struct web_work *work, struct web_server_request *in)
{
	char network[NETWORK_ROOM];
	struct job *job;

	web_limit_network(in->public.source, network, sizeof(network));
	(void)pthread_mutex_lock(&work->lock);
	job = slot_for(work, network);
	if (job) {
		/* Suspended before a worker can see it, so that none resumes it too early. */
		MHD_suspend_connection(in->connection);
		*job = (struct job){.in = in, .number = work->numbers++};
		str_copy(job->network, sizeof(job->network), network);
		work->waiting++;
		(void)pthread_cond_signal(&work->moved);
	}
	(void)pthread_mutex_unlock(&work->lock);
	return job != NULL;
}

size_t web_work_held(struct web_work *work)
{
	size_t held = 0;

	(void)pthread_mutex_lock(&work->lock);
	for (size_t i = 0; i < SLOTS; i++)
		held += work->jobs[i].in != NULL;
	(void)pthread_mutex_unlock(&work->lock);
	return held;
}
