/* The usual way: libcurl's own SMTP, blocking, a thread and an easy handle a connection. */
#include "tests/bench/bench.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

struct shared {
	const struct bench_job *job;
	const char *mail;
	size_t len;
	atomic_int next;
};

struct upload {
	const struct shared *shared;
	size_t at;
};

static size_t give(char *to, size_t size, size_t count, void *arg)
{
	struct upload *upload = arg;
	size_t rest = upload->shared->len - upload->at;
	size_t n = size * count < rest ? size * count : rest;

	memcpy(to, upload->shared->mail + upload->at, n);
	upload->at += n;
	return n;
}

static void *one_thread(void *arg)
{
	struct shared *shared = arg;
	struct upload upload = {.shared = shared};
	struct curl_slist *to = curl_slist_append(NULL, "subscriber@bench.example");
	CURL *easy = curl_easy_init();
	char url[100], sender[64];
	int mine;

	(void)snprintf(url, sizeof(url), "smtp://127.0.0.1:%d/bench.example",
		       shared->job->port);
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 65536L);
	curl_easy_setopt(easy, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(easy, CURLOPT_READDATA, &upload);
	while ((mine = atomic_fetch_add(&shared->next, 1)) < shared->job->mails) {
		CURLcode code;

		upload.at = 0;
		(void)snprintf(sender, sizeof(sender), "bounce-%08d@bench.example", mine);
		curl_easy_setopt(easy, CURLOPT_MAIL_FROM, sender);
		code = curl_easy_perform(easy);
		if (code != CURLE_OK)
			bench_fail("libcurl: %s", curl_easy_strerror(code));
	}
	curl_easy_cleanup(easy);
	curl_slist_free_all(to);
	return NULL;
}

void bench_run_curl(const struct bench_job *job)
{
	struct shared shared = {.job = job};
	pthread_t threads[1000];
	char *mail = bench_mail(job->mail_bytes, &shared.len);

	shared.mail = mail;
	for (int i = 0; i < job->connections; i++)
		if (pthread_create(&threads[i], NULL, one_thread, &shared))
			bench_fail("no more threads");
	for (int i = 0; i < job->connections; i++)
		(void)pthread_join(threads[i], NULL);
	free(mail);
}
