/* src/web: which door a request finds, what of it is believed, limits; over a real socket. */
#include "tests/unit/domain_house.h"

#include "domain/admin/rights.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"
#include "web/web_private.h"
#include "pages/page.h"

#include <arpa/inet.h>
#include <semaphore.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MAX = 1 << 20, PATIENCE_S = 20, LARGE = 20 << 20, LINES_MOST = 64 };

static struct web_server *server;
static struct web_site site;
static uint16_t port;

static void say_fields(struct buf *to, const char *kind, const struct web_fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct web_field *f = &fields->fields[i];

		buf_printf(to, "%s %s=[%s]%s%s\n", kind, f->name, f->value,
			   f->file_name ? " file " : "", str_or(f->file_name, ""));
	}
}

/* Everything that was understood. */
static void echo(struct web_request *r)
{
	AUTO(buf) said = buf_new(ANSWER_MAX);

	buf_printf(said, "route %s path %s from %s language %s\n", r->route->path,
		   r->path, r->source, r->language);
	for (size_t i = 0; i < WEB_ARGS_MOST && r->args[i]; i++)
		buf_printf(said, "arg %zu=[%s]\n", i, r->args[i]);
	say_fields(said, "query", &r->query);
	say_fields(said, "form", &r->form);
	say_fields(said, "cookie", &r->cookies);
	web_bytes(r, 200, "text/plain; charset=utf-8", buf_text(said), said->len);
}

/* Whom it acts as, and whether on the store of whoever made the site. */
static void acts_as(struct web_request *r)
{
	char said[200];
	int len = snprintf(said, sizeof(said), "%s, staff %lld, %s, a store %s, at %s",
			   r->op->who, (long long)r->op->staff_id,
			   r->op->rights || r->op->undo_bag.open ? "bound" : "free",
			   r->op->store == house.op.store ? "of others" : "of its own",
			   r->op->now > 0 ? "this moment" : "no time");

	web_bytes(r, 200, "text/plain", said, (size_t)len);
}

static void onward(struct web_request *r)
{
	web_set_cookie(r, "session", "abc", 60);
	web_redirect(r, "/lists/%s", web_arg(r, 0));
}

static void fails(struct web_request *r)
{
	struct err err = {0};

	(void)err_set(&err, (enum err_kind)web_query_int(r, "kind", 0), "a <sentence>");
	page_failed(r, &err);
}

static bool never(struct web_request *r)
{
	page_problem(r, 403, "Sign in first.");
	return false;
}

/* Works until the test says that it may end. */
static sem_t may_end, works;

static void works_long(struct web_request *r)
{
	(void)sem_post(&works);
	while (sem_wait(&may_end))
		;
	web_bytes(r, 200, "text/plain", "done", 4);
}

static web_handler *const long_work[] = {works_long, NULL};

static const struct web_route open_doors[] = {
	{WEB_GET, "/", echo, 0, 0},
	{WEB_GET, "/lists/:list", echo, 0, 0},
	{WEB_GET, "/lists/:list/new", echo, 0, 0},
	{WEB_GET, "/lists/:list/:number", echo, 0, 0},
	{WEB_POST, "/lists/:list/new", echo, 0, 0},
	{WEB_POST, "/small", echo, 0, 10},
	{WEB_GET, "/go/:where", onward, 0, 0},
	{WEB_GET, "/acts", acts_as, 0, 0},
	{WEB_GET, "/fails", fails, 0, 0},
	{WEB_GET, "/long", works_long, 0, 0},
	{WEB_POST, "/large", echo, 0, LARGE},
	{0},
};
static const struct web_route shut_doors[] = {
	{WEB_GET, "/staff", echo, 1, 0},
	{WEB_POST, "/staff/large", echo, 1, LARGE},
	{0},
};
static const struct web_table open_table = {.routes = open_doors, .long_work = long_work};
static const struct web_table shut_table = {.routes = shut_doors, .enter = never};

static void nobody_reads(const char *sentence)
{
	(void)sentence;
}

static int listening(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	ck_assert(fd >= 0 && bind(fd, (struct sockaddr *)&at, len) == 0);
	ck_assert(listen(fd, 64) == 0 &&
		  getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	port = ntohs(at.sin_port);
	return fd;
}

static void begin(void)
{
	static const struct web_table *const tables[] = {&open_table, &shut_table, NULL};
	struct err err = {0};

	house_open();
	ck_assert(sem_init(&may_end, 0, 0) == 0 && sem_init(&works, 0, 0) == 0);
	site = (struct web_site){.settings = house.settings,
				 .templates = house.templates,
				 .op = &house.op,
				 .hooks = &page_hooks,
				 .tables = tables,
				 .now = clock_now,
				 .now_ms = clock_mono_ms,
				 .log = nobody_reads,
				 .threads = 2};
	ck_assert_msg(web_start(&site, listening(), &server, &err), "%s", err.text);
}

static void end(void)
{
	web_stop(&server, 1000);
	house_close();
}

static int dial(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons(port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct timeval patience = {.tv_sec = PATIENCE_S};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert(fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return fd;
}

static void tell(int fd, const char *request, size_t len)
{
	ck_assert(send(fd, request, len, MSG_NOSIGNAL) == (ssize_t)len);
}

/* All that is answered until the line is closed; closes it. */
static const char *hear(int fd)
{
	static char answer[ANSWER_MAX];
	AUTO_FD line = fd;
	size_t got = 0;
	ssize_t n;

	while ((n = recv(line, answer + got, sizeof(answer) - 1 - got, 0)) > 0)
		got += (size_t)n;
	answer[got] = '\0';
	return answer;
}

static const char *ask(const char *request, size_t len)
{
	int fd = dial();

	tell(fd, request, len);
	return hear(fd);
}

static int status_of(const char *answer)
{
	size_t at = strlen("HTTP/1.1 ");

	return str_starts(answer, "HTTP/1.1 ") ? (int)strtol(answer + at, NULL, 10) : 0;
}

#define END "Host: x\r\nConnection: close\r\n\r\n"
#define FORM_HEAD(length)                                                            \
	"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " length \
	"\r\n" END
#define PARTS \
	"Content-Type: multipart/form-data; boundary=part\r\nContent-Length: 168\r\n" END

static const struct asking {
	const char *name, *request;
	int status;
	const char *has, *lacks;
} askings[] = {
	{"the first page", "GET / HTTP/1.1\r\n" END, 200, "route / path / from here",
	 NULL},
	{"HEAD has no body", "HEAD / HTTP/1.1\r\n" END, 200, "Content-Length", "route /"},
	{"what a name stands for", "GET /lists/a%20b HTTP/1.1\r\n" END, 200,
	 "route /lists/:list path /lists/a b from here language en\narg 0=[a b]\n",
	 "arg 1"},
	{"the first that fits", "GET /lists/a/new HTTP/1.1\r\n" END, 200,
	 "route /lists/:list/new", "arg 1"},
	{"what may be anything comes after", "GET /lists/a/12 HTTP/1.1\r\n" END, 200,
	 "arg 1=[12]", NULL},
	{"a name is never empty", "GET /lists/ HTTP/1.1\r\n" END, 404, "no such page",
	 NULL},
	{"an escaped slash parts", "GET /lists/a%2Fb HTTP/1.1\r\n" END, 200,
	 "route /lists/:list/:number", NULL},
	{"too long a path", "GET /lists/a/b/c HTTP/1.1\r\n" END, 404, NULL, NULL},
	{"another method", "POST /lists/a HTTP/1.1\r\n" FORM_HEAD("0"), 405,
	 "Allow: GET, HEAD, POST", NULL},
	{"OPTIONS", "OPTIONS / HTTP/1.1\r\n" END, 204, "Allow: GET, HEAD, POST", NULL},
	{"fields of the query", "GET /?a=1+2&b=%26&a=3&c HTTP/1.1\r\n" END, 200,
	 "query a=[1 2]\nquery b=[&]\nquery a=[3]\nquery c=[]\n", NULL},
	{"a language that nobody offers", "GET /?lang=xx HTTP/1.1\r\n" END, 200,
	 "language en", NULL},
	{"fields of a form",
	 "POST /lists/a/new HTTP/1.1\r\n" FORM_HEAD("19") "a=x%0D%0Ay&b=%c3%a9", 200,
	 "form a=[x\ny]\nform b=[\xC3\xA9]\n", NULL},
	{"bytes that are no UTF-8",
	 "POST /lists/a/new HTTP/1.1\r\n" FORM_HEAD("5") "a=%ff", 200,
	 "form a=[\xEF\xBF\xBD]", NULL},
	{"parts of a form",
	 "POST /lists/a/new HTTP/1.1\r\n" PARTS
	 "--part\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n"
	 "--part\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\n"
	 "Content-Type: text/plain\r\n\r\ntwo\r\n--part--\r\n",
	 200, "form a=[one]\nform f=[two] file f.txt\n", NULL},
	{"cookies", "GET / HTTP/1.1\r\nCookie: a=b; c=d\r\n" END, 200,
	 "cookie a=[b]\ncookie c=[d]\n", NULL},
	{"cookies that are no text are none",
	 "GET / HTTP/1.1\r\nCookie: \xFF=b; a=\xFF; c=d\r\n" END, 200, "cookie c=[d]\n",
	 "cookie \xFF"},
	{"the proxy's word counts",
	 "GET / HTTP/1.1\r\nX-Forwarded-For: 1.1.1.1, 2.2.2.2\r\n" END, 200,
	 "from 2.2.2.2", "1.1.1.1"},
	{"a body as large as it may be",
	 "POST /small HTTP/1.1\r\n" FORM_HEAD("10") "a=12345678", 200,
	 "form a=[12345678]", NULL},
	{"a larger one", "POST /small HTTP/1.1\r\n" FORM_HEAD("11") "a=123456789", 413,
	 "too large", "form a"},
	{"a larger one in chunks",
	 "POST /small HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	 "Transfer-Encoding: chunked\r\n" END "6\r\na=1234\r\n6\r\n567890\r\n0\r\n\r\n",
	 413, "too large", "form a"},
	{"no form",
	 "POST /small HTTP/1.1\r\nContent-Type: text/xml\r\nContent-Length: 1\r\n" END
	 "x",
	 415, "Only forms", NULL},
	{"on to another page", "GET /go/cpip HTTP/1.1\r\n" END, 303,
	 "Location: /lists/cpip\r\n", NULL},
	{"cookies are for the server alone", "GET /go/cpip HTTP/1.1\r\n" END, 303,
	 "HttpOnly; SameSite=Lax; Max-Age=60; Secure", NULL},
	{"an act that was asked wrongly", "GET /fails?kind=4 HTTP/1.1\r\n" END, 400,
	 "A &lt;sentence&gt;.", "a <sentence>"},
	{"a door with a guard", "GET /staff HTTP/1.1\r\n" END, 403, "Sign in first",
	 "route"},
	{"a style sheet", "GET /assets/mercat.css HTTP/1.1\r\n" END, 200, "text/css",
	 NULL},
	{"no such style sheet", "GET /assets/x.css HTTP/1.1\r\n" END, 404, NULL, NULL},
	{"up and away", "GET /lists/../x HTTP/1.1\r\n" END, 400, NULL, NULL},
	{"two slashes", "GET //elsewhere.example HTTP/1.1\r\n" END, 400, NULL, NULL},
	{"an escaped NUL", "GET /lists/a%00 HTTP/1.1\r\n" END, 400, NULL, NULL},
	{"two lengths",
	 "POST /small HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n" END "x",
	 400, NULL, NULL},
	{"a length and chunks",
	 "POST /small HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n" END
	 "0\r\n\r\n",
	 400, NULL, NULL},
	{"every page keeps its policy", "GET /nosuch HTTP/1.1\r\n" END, 404,
	 "frame-ancestors 'none'", "unsafe"},
	{"no page is kept", "GET / HTTP/1.1\r\n" END, 200, "Cache-Control: no-store",
	 NULL},
};

START_TEST(request_finds_its_door_and_is_understood)
{
	const struct asking *a = &askings[_i];
	const char *answer = ask(a->request, strlen(a->request));

	ck_assert_msg(status_of(answer) == a->status, "%s: got %.1900s, want %d", a->name,
		      answer, a->status);
	ck_assert_msg(!a->has || strstr(answer, a->has), "%s: got %s, without \"%s\"",
		      a->name, answer, a->has);
	ck_assert_msg(!a->lacks || !strstr(answer, a->lacks), "%s: got %s, with \"%s\"",
		      a->name, answer, a->lacks);
}
END_TEST

START_TEST(request_acts_as_nobody_whoever_made_the_site)
{
	static const char acts[] = "GET /acts HTTP/1.1\r\n" END;
	static const char want[] =
		"page, staff 0, free, a store of its own, at this moment";
	struct rights all = {0};
	const char *answer;

	house.op.staff_id = 7;
	house.op.who = "jean";
	house.op.rights = &all;
	answer = ask(acts, sizeof(acts) - 1);
	house.op.rights = NULL;
	ck_assert_msg(strstr(answer, want), "got %s, want %s", answer, want);
}
END_TEST

/* Bodies of parts that no browser sends: all answered, and the server stays. */
static const struct {
	const char *name, *body;
	int status;
	const char *has;
} parts[] = {
	{"no header at all", "--AB\r\n\r\nx\r\n--AB--\r\n", 400, NULL},
	{"no name", "--AB\r\nContent-Disposition: form-data\r\n\r\nx\r\n--AB--\r\n", 400,
	 NULL},
	{"a file and no name",
	 "--AB\r\nContent-Disposition: form-data; filename=\"f\"\r\n\r\nx\r\n--AB--\r\n",
	 400, NULL},
	{"an empty name",
	 "--AB\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--AB--\r\n", 400,
	 NULL},
	{"a name that is no word",
	 "--AB\r\nContent-Disposition: form-data; name=%zz\"f\"; filename=\"a\"\r\n\r\n"
	 "x\r\n--AB--\r\n",
	 400, NULL},
	{"a name not closed",
	 "--AB\r\nContent-Disposition: form-data; name=\"f\r\n\r\nx\r\n--AB--\r\n", 400,
	 NULL},
	{"a good part, then one without a name",
	 "--AB\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nx\r\n"
	 "--AB\r\nContent-Type: text/plain\r\n\r\ny\r\n--AB--\r\n",
	 400, NULL},
	{"parts in a part without a name",
	 "--AB\r\nContent-Type: multipart/mixed; boundary=CD\r\n\r\n"
	 "--CD\r\nContent-Disposition: attachment; filename=\"f\"\r\n\r\nx\r\n--CD--\r\n"
	 "--AB--\r\n",
	 400, NULL},
	{"an empty file",
	 "--AB\r\nContent-Disposition: form-data; name=\"f\"; filename=\"g\"\r\n\r\n\r\n"
	 "--AB--\r\n",
	 200, "form f=[] file g"},
	{"a file whose name is no UTF-8",
	 "--AB\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\xff\"\r\n\r\nx\r\n"
	 "--AB--\r\n",
	 200, "file \xEF\xBF\xBD"},
	{"only the end", "--AB--\r\n", 200, NULL},
	{"nothing", "", 200, NULL},
};

START_TEST(parts_that_no_browser_sends_end_nothing)
{
	char request[2000];
	int len = snprintf(request, sizeof(request),
			   "POST /lists/a/new HTTP/1.1\r\n"
			   "Content-Type: multipart/form-data; boundary=AB\r\n"
			   "Content-Length: %zu\r\n" END "%s",
			   strlen(parts[_i].body), parts[_i].body);
	const char *answer = ask(request, (size_t)len);

	ck_assert_msg(status_of(answer) == parts[_i].status, "%s: got %s, want %d",
		      parts[_i].name, answer, parts[_i].status);
	ck_assert_msg(!parts[_i].has || strstr(answer, parts[_i].has),
		      "%s: got %s, without \"%s\"", parts[_i].name, answer,
		      parts[_i].has);
}
END_TEST

START_TEST(requests_on_one_line_are_answered_in_order_past_a_404)
{
	static const char three[] = "GET /lists/one HTTP/1.1\r\nHost: x\r\n\r\n"
				    "GET /nosuch HTTP/1.1\r\nHost: x\r\n\r\n"
				    "GET /lists/two HTTP/1.1\r\n" END;
	const char *answer = ask(three, sizeof(three) - 1);
	const char *one = strstr(answer, "arg 0=[one]"), *none = strstr(answer, " 404 "),
		   *two = strstr(answer, "arg 0=[two]");

	ck_assert_msg(one && none && two && one < none && none < two, "got %s", answer);
}
END_TEST

/* A connection with "GET /long" of somebody on it. */
static int ask_long(int who)
{
	char request[200];
	int len = snprintf(request, sizeof(request),
			   "GET /long HTTP/1.1\r\nX-Forwarded-For: 192.0.2.%d\r\n" END,
			   who);
	int fd = dial();

	tell(fd, request, (size_t)len);
	return fd;
}

static void is_busy(const char *answer)
{
	ck_assert_msg(status_of(answer) == 503 && strstr(answer, "\r\nRetry-After: "),
		      "got %s", answer);
}

static void let_end(const int *lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		(void)sem_post(&may_end);
	for (size_t i = 0; i < count; i++) {
		const char *answer = hear(lines[i]);

		ck_assert_msg(status_of(answer) == 200 && strstr(answer, "done"),
			      "number %zu got %s", i, answer);
	}
}

/* Until that many are in the workers' hands or queue; the pages of others go on. */
static void settle(size_t asked)
{
	static const char page[] = "GET / HTTP/1.1\r\n" END;

	while (web_work_held(server->work) < asked)
		(void)sched_yield();
	ck_assert_int_eq(status_of(ask(page, sizeof(page) - 1)), 200);
}

START_TEST(long_work_of_one_source_is_sent_away_beyond_its_share)
{
	int lines[WEB_WORKS_A_SOURCE];

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		lines[i] = ask_long(7);
	/* The others' pages go on, whatever the workers do. */
	settle(ARRAY_LEN(lines));
	is_busy(hear(ask_long(7)));
	let_end(lines, ARRAY_LEN(lines));
	(void)sem_post(&may_end);
	ck_assert_int_eq(status_of(hear(ask_long(7))), 200);
}
END_TEST

START_TEST(long_work_that_finds_no_room_is_sent_away)
{
	int lines[WEB_WORKERS + WEB_WORKS_MOST];

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		lines[i] = ask_long((int)i);
		/* Only what no worker has taken yet fills the queue. */
		if (i < WEB_WORKERS)
			while (sem_wait(&works))
				;
	}
	settle(ARRAY_LEN(lines));
	is_busy(hear(ask_long(200)));
	let_end(lines, ARRAY_LEN(lines));
}
END_TEST

/* The end comes while some work and some wait: all are answered, nobody hangs. */
START_TEST(server_ends_with_long_work_under_way)
{
	int lines[WEB_WORKS_A_SOURCE];

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		lines[i] = ask_long(7);
	settle(ARRAY_LEN(lines));
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		(void)sem_post(&may_end);
	web_stop(&server, 1000);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		(void)hear(lines[i]);
}
END_TEST

#define LARGE_HEAD(path)                                      \
	"POST " path " HTTP/1.1\r\n"                          \
	"Content-Type: application/x-www-form-urlencoded\r\n" \
	"Content-Length: 20971520\r\nHost: x\r\n\r\n"

static const char *send_large(const char *head, size_t len)
{
	static char body[LARGE];
	int fd = dial();

	memset(body, 'a', sizeof(body));
	body[1] = '=';
	tell(fd, head, len);
	tell(fd, body, sizeof(body));
	(void)shutdown(fd, SHUT_WR);
	return hear(fd);
}

/* As many as there is room for; the next is told to come again, and later there is. */
START_TEST(bodies_under_way_are_capped)
{
	static const char head[] = LARGE_HEAD("/large");
	int lines[WEB_BODIES_BYTES / LARGE], status;

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		lines[i] = dial();
		tell(lines[i], head, sizeof(head) - 1);
		tell(lines[i], "a=b&a=b&", 8);
	}
	settle(0);
	is_busy(send_large(head, sizeof(head) - 1));
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		(void)close(lines[i]);
	/* Until the server has seen that they have gone. */
	while ((status = status_of(send_large(head, sizeof(head) - 1))) == 503)
		(void)usleep(1000);
	ck_assert_int_eq(status, 200);
}
END_TEST

/* Who may not send it: nothing of it is kept, and takes nobody's room. */
START_TEST(body_of_a_stranger_takes_no_room)
{
	static const char head[] = LARGE_HEAD("/staff/large"),
			  mine[] = LARGE_HEAD("/large");
	int lines[LINES_MOST];

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		lines[i] = dial();
		tell(lines[i], head, sizeof(head) - 1);
	}
	settle(0);
	ck_assert_int_eq(status_of(send_large(mine, sizeof(mine) - 1)), 200);
	ck_assert_int_eq(status_of(send_large(head, sizeof(head) - 1)), 403);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		(void)close(lines[i]);
}
END_TEST

START_TEST(limit_gives_some_at_once_and_then_one_by_one)
{
	struct web_limit *limit = web_limit_new(3, 1000);
	int64_t now = 50000;

	for (int i = 0; i < 3; i++)
		ck_assert(web_limit_take(limit, "a", now));
	ck_assert(!web_limit_take(limit, "a", now));
	ck_assert_msg(web_limit_take(limit, "b", now), "another place is held back");
	ck_assert(!web_limit_take(limit, "a", now + 999));
	ck_assert(web_limit_take(limit, "a", now + 1001));
	ck_assert(!web_limit_take(limit, "a", now + 1002));
	for (int i = 0; i < 3; i++)
		ck_assert(web_limit_take(limit, "a", now + 1000000));
	ck_assert_msg(!web_limit_take(limit, "a", now + 1000000), "it saves up");
	web_limit_free(&limit);
	ck_assert_ptr_null(limit);
}
END_TEST

/* 10,000 other places do not make it forget the one that asks all the time. */
START_TEST(limit_remembers_who_asks_most)
{
	struct web_limit *limit = web_limit_new(1, INT64_MAX / 4);
	int again = 0;

	ck_assert(web_limit_take(limit, "loud", 1));
	for (int i = 0; i < 10000; i++) {
		char other[32];

		(void)snprintf(other, sizeof(other), "10.0.%d.%d", i / 256, i % 256);
		ck_assert(web_limit_take(limit, other, 2 + i));
		again += web_limit_take(limit, "loud", 2 + i);
	}
	ck_assert_int_eq(again, 0);
	web_limit_free(&limit);
}
END_TEST

static const struct {
	const char *address, *network;
} networks[] = {
	{"192.0.2.7", "192.0.2.7"},
	{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
	{"2001:db8:1:2::9", "2001:db8:1:2::"},
	{"2001:db8:1:3::9", "2001:db8:1:3::"},
	{"here", "here"},
	{"", ""},
};

START_TEST(network_of_an_ipv6_address_is_its_64)
{
	char got[64];

	web_limit_network(networks[_i].address, got, sizeof(got));
	ck_assert_str_eq(got, networks[_i].network);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("web");
	TCase *served = tcase_create("served"), *limits = tcase_create("limits");

	tcase_add_checked_fixture(served, begin, end);
	tcase_set_timeout(served, 60);
	UNIT_TABLE(served, request_finds_its_door_and_is_understood, askings);
	UNIT_TABLE(served, parts_that_no_browser_sends_end_nothing, parts);
	tcase_add_test(served, request_acts_as_nobody_whoever_made_the_site);
	tcase_add_test(served, requests_on_one_line_are_answered_in_order_past_a_404);
	tcase_add_test(served, long_work_of_one_source_is_sent_away_beyond_its_share);
	tcase_add_test(served, long_work_that_finds_no_room_is_sent_away);
	tcase_add_test(served, server_ends_with_long_work_under_way);
	tcase_add_test(served, bodies_under_way_are_capped);
	tcase_add_test(served, body_of_a_stranger_takes_no_room);
	suite_add_tcase(suite, served);
	tcase_add_test(limits, limit_gives_some_at_once_and_then_one_by_one);
	tcase_add_test(limits, limit_remembers_who_asks_most);
	UNIT_TABLE(limits, network_of_an_ipv6_address_is_its_64, networks);
	suite_add_tcase(suite, limits);
	return unit_main(suite);
}
