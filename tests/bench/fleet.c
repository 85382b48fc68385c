/* SPDX-License-Identifier: MIT */
/*
 * A fleet of correct domains behind a warm resolver: how many a second; what
 * a question costs, to the engine alone and with all that is made of it,
 * beside dnsperf asking the same ones; how much memory ten times as many
 * domains take; and what it costs when some have dead servers.
 * IVYCHECK_BENCH_DOMAINS sets their number.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "delay_proxy.h"
#include "dns/name.h"
#include "dns/rr.h"
#include "internet.h"
#include "program.h"
#include "published_zone.h"
#include "servers.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINES     BUILD_DIR "/fleet.jsonl"
#define TENFOLD   BUILD_DIR "/fleet-tenfold.jsonl"
#define SAVED     BUILD_DIR "/fleet-one.json"
#define QUESTIONS BUILD_DIR "/fleet-questions.txt"
#define DNSPERF   "/usr/bin/dnsperf"
#define SOME      BUILD_DIR "/fleet-some.txt"
#define WITH_DEAD BUILD_DIR "/fleet-dead.jsonl"
#define ENGINE    BUILD_DIR "/bench_engine"
#define MEASURE   BUILD_DIR "/bench_measure"
#define FIRST     "d0000001"

enum {
	DOMAINS = 20000, /* unless said otherwise */
	MOST_DOMAINS = 200000,
	ROUND_TRIP = 40,        /* milliseconds, to the far resolver */
	FAR_QUESTIONS = 200000, /* at most; the pace takes some waits to find */
	DEAD_ONE_IN = 100,
};

/** The fleet and its servers. */
struct fleet {
	struct arena *arena;
	unsigned domains;
	unsigned questions; /* in the file for dnsperf */
	struct server *nsd;
	struct server *dead; /* of dead.com; never answers */
	struct server *unbound;
};

/** What a run of a program took. */
struct spent {
	double wall; /* seconds */
	double cpu;  /* user and system */
	long peak;   /* KiB */
	int status;  /* as wait() has it */
};

static unsigned
domains_wanted(void)
{
	const char *text = getenv("IVYCHECK_BENCH_DOMAINS");
	const unsigned long wanted = text ? strtoul(text, NULL, 10) : DOMAINS;
	cr_assert(wanted >= 1 && wanted <= MOST_DOMAINS);
	return (unsigned)wanted;
}

/** What follows the name of the domain in its tokens of 32 characters. */
static const char *const TOKENS[] = {
	"kq3vd2t7xw5n6hjzr4mcyb1f",
	"w8r5zc4hn2fytq7mj6xbd3vl",
	"n4hy6bqz2sd7wkvr5xtm3jcf",
};

static void
domain_records(struct buf *to, const char *domain)
{
	buf_addf(to, "_ivymail.%s TXT \"ivymail-verify=iv7f3a9c2e51b84d06\"\n",
	    domain);
	buf_addf(to, "%s TXT \"v=spf1 include:amazonses.com ~all\"\n", domain);
	for (size_t i = 0; i < 3; i++) {
		char token[64];
		(void)snprintf(token, sizeof(token), "%s%s", domain, TOKENS[i]);
		buf_addf(to, "%s._domainkey.%s CNAME %s.dkim.amazonses.com.\n",
		    token, domain, token);
	}
	buf_addf(to,
	    "_dmarc.%s TXT \"v=DMARC1; p=none; rua=mailto:d@%s.fleet.com\"\n"
	    "mail.%s MX 10 feedback-smtp.eu-west-1.amazonses.com.\n"
	    "mail.%s TXT \"v=spf1 include:amazonses.com ~all\"\n",
	    domain, domain, domain, domain);
}

static void
line_record(
    struct buf *to, const char *type, const char *name, const char *value)
{
	buf_addf(to,
	    "{\"type\":\"%s\",\"name\":\"%s.fleet.com\",\"value\":\"%s\"", type,
	    name, value);
	buf_adds(to, strcmp(type, "MX") == 0 ? ",\"priority\":10}" : "}");
}

/** The line of input for one domain. */
static void
domain_line(struct arena *arena, struct buf *to, const char *d)
{
	const char *spf = "v=spf1 include:amazonses.com ~all";
	const char *mail = str_print(arena, "mail.%s", d).at;
	buf_addf(to,
	    "{\"domain\":\"%s.fleet.com\",\"status\":\"verified\","
	    "\"region\":\"eu-west-1\",\"records\":[",
	    d);
	line_record(to, "TXT", str_print(arena, "_ivymail.%s", d).at,
	    "ivymail-verify=iv7f3a9c2e51b84d06");
	buf_addc(to, ',');
	line_record(to, "TXT", d, spf);
	for (size_t i = 0; i < 3; i++) {
		char token[64];
		(void)snprintf(token, sizeof(token), "%s%s", d, TOKENS[i]);
		buf_addc(to, ',');
		line_record(to, "CNAME",
		    str_print(arena, "%s._domainkey.%s", token, d).at,
		    str_print(arena, "%s.dkim.amazonses.com", token).at);
	}
	buf_addc(to, ',');
	line_record(to, "TXT", str_print(arena, "_dmarc.%s", d).at,
	    str_print(arena, "v=DMARC1; p=none; rua=mailto:d@%s.fleet.com", d)
		.at);
	buf_addc(to, ',');
	line_record(to, "MX", mail, "feedback-smtp.eu-west-1.amazonses.com");
	buf_addc(to, ',');
	line_record(to, "TXT", mail, spf);
	buf_adds(to, "]}\n");
}

static const char *
domain_name(char to[static 16], unsigned number)
{
	(void)snprintf(to, 16, "d%07u", number);
	return to;
}

static void
lines_write(const char *path, unsigned domains)
{
	FILE *file = fopen(path, "w");
	cr_assert(file != NULL, "%s", path);
	struct arena *arena = arena_new();
	for (unsigned i = 1; i <= domains; i++) {
		char name[16];
		struct buf to = buf_new(arena);
		domain_line(arena, &to, domain_name(name, i));
		(void)fputs(to.at, file);
		arena_reset(arena);
	}
	arena_free(&arena);
	(void)fclose(file);
}

/** The same lines, but one in so many is of a zone whose server is dead. */
static void
lines_write_dead(unsigned domains)
{
	FILE *file = fopen(WITH_DEAD, "w");
	cr_assert(file != NULL);
	struct arena *arena = arena_new();
	for (unsigned i = 1; i <= domains; i++) {
		char name[16];
		struct buf to = buf_new(arena);
		(void)domain_name(name, i);
		if (i % DEAD_ONE_IN == 0) {
			(void)fprintf(file, "%s.dead.com\n", name);
		} else {
			domain_line(arena, &to, name);
			(void)fputs(to.at, file);
		}
		arena_reset(arena);
	}
	arena_free(&arena);
	(void)fclose(file);
}

static const char *
zone_text(struct arena *arena, unsigned domains)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "$TTL 86400\n@ SOA ns h 1 3600 600 86400 86400\n"
		      "@ NS ns\nns A 127.0.0.1\n");
	for (unsigned i = 1; i <= domains; i++) {
		char name[16];
		domain_records(&to, domain_name(name, i));
	}
	return to.at;
}

static const char *
ses_text(struct arena *arena)
{
	return str_print(arena,
	    "$TTL 86400\n@ SOA ns h 1 3600 600 86400 86400\n@ NS ns\n"
	    "ns A 127.0.0.1\n"
	    "@ TXT \"v=spf1 ip4:199.255.192.0/22 ip4:54.240.0.0/18 -all\"\n"
	    "feedback-smtp.eu-west-1 A 192.0.2.25\n"
	    "*.dkim TXT %s",
	    source_file(arena, "fixtures/system/key.txt"))
	    .at;
}

/** What the helper tells of a run, by *pid*. */
static struct spent
spent_read(int from, pid_t pid)
{
	long long wall = 0;
	long long cpu = 0;
	struct spent spent = { 0 };
	int status = 0;
	FILE *told = fdopen(from, "r");
	cr_assert(told != NULL);
	const int read = fscanf(
	    told, "%lld %lld %ld %d", &wall, &cpu, &spent.peak, &spent.status);
	(void)fclose(told);
	cr_assert(waitpid(pid, &status, 0) == pid);
	cr_assert(eq(int, read, 4), "%s told nothing", MEASURE);
	spent.wall = (double)wall / 1e6;
	spent.cpu = (double)cpu / 1e6;
	return spent;
}

static struct spent
spend(const char *path, const char *const *arguments)
{
	enum {
		MOST = 16
	};
	const char *all[MOST] = { "bench_measure", path };
	int ends[2];
	for (size_t i = 0; arguments[i]; i++) {
		cr_assert(lt(sz, i, MOST - 3));
		all[i + 2] = arguments[i];
	}
	cr_assert(pipe2(ends, O_CLOEXEC) == 0);
	const pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execv(MEASURE, (char *const *)all);
		_exit(127);
	}
	(void)close(ends[1]);
	const struct spent spent = spent_read(ends[0], pid);
	const int status = spent.status;
	/* Of a domain with dead servers nothing is known: that is an outcome.
	 */
	if (status != 0 && (!WIFEXITED(status) || WEXITSTATUS(status) != 3)) {
		printf("    (%s %s ended with %#x)\n", path, arguments[1],
		    (unsigned)status);
	}
	return spent;
}

static struct spent
batch(const struct fleet *fleet, const char *lines)
{
	return spend(
	    program_path(), (const char *const[]){ "ivycheck", "batch",
				"--view", "resolver", "--unordered", "-n",
				server_text(fleet->unbound), lines, NULL });
}

/** Asks the questions of *file* with nothing but the engine. */
static struct spent
engine(struct arena *arena, struct server_addr at, const char *file)
{
	return spend(ENGINE, (const char *const[]){ "bench_engine",
				 server_addr_text(arena, at).at, file, NULL });
}

/**
 * Has dnsperf ask them, *flight* at a time over so many *sockets*: what does
 * not fit into the buffer of one is lost, and waited for to the end.
 */
static struct spent
dnsperf(struct arena *arena, struct server_addr at, const char *file,
    const char *flight, const char *sockets)
{
	return spend(
	    DNSPERF, (const char *const[]){ "dnsperf", "-s",
			 addr_text(arena, at.addr).at, "-p",
			 str_print(arena, "%u", at.port).at, "-d", file, "-n",
			 "1", "-q", flight, "-c", sockets, NULL });
}

/** Writes *name* and *type* for all domains, or once if it is shared. */
static unsigned
question_write(FILE *file, const char *name, const char *type, unsigned domains)
{
	if (!strstr(name, FIRST)) {
		(void)fprintf(file, "%s %s\n", name, type);
		return 1;
	}
	for (unsigned i = 1; i <= domains; i++) {
		char number[16];
		const char *rest = name;
		(void)domain_name(number, i);
		for (const char *at; (at = strstr(rest, FIRST)) != NULL;) {
			(void)fprintf(
			    file, "%.*s%s", (int)(at - rest), rest, number);
			rest = at + strlen(FIRST);
		}
		(void)fprintf(file, "%s %s\n", rest, type);
	}
	return domains;
}

/** The questions about the first domain, repeated for each of the others. */
static void
questions_write(struct fleet *fleet)
{
	char line[] = BUILD_DIR "/fleet-first.json";
	lines_write(line, 1);
	const struct run run =
	    RUN("--view", "resolver", "-n", server_text(fleet->unbound),
		"--expect", line, "--save", SAVED, FIRST ".fleet.com");
	cr_assert(eq(int, run.code, 0), "%s%s", run.out, run.err);
	json_t *root = json_load_file(SAVED, 0, NULL);
	FILE *file = fopen(QUESTIONS, "w");
	cr_assert(root != NULL && file != NULL);
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(root, "answers"), i, one)
	{
		const json_t *question = json_object_get(one, "question");
		const char *name =
		    json_string_value(json_object_get(question, "name"));
		const char *type =
		    json_string_value(json_object_get(question, "type"));
		cr_assert(name && type);
		fleet->questions +=
		    question_write(file, name, type, fleet->domains);
	}
	(void)fclose(file);
	json_decref(root);
	(void)remove(line);
	(void)remove(SAVED);
}

static struct fleet
fleet_start(void)
{
	struct fleet fleet = { .arena = arena_new(),
		.domains = domains_wanted() };
	fleet.nsd = server_new(SERVER_NSD);
	struct arena *texts = arena_new();
	server_zone(
	    fleet.nsd, "fleet.com", zone_text(texts, fleet.domains * 10));
	arena_free(&texts);
	server_zone(fleet.nsd, "amazonses.com", ses_text(fleet.arena));
	/* NSD would take the resolver for an attacker. */
	server_option(fleet.nsd, "rrl-ratelimit: 0");
	server_start(fleet.nsd);
	fleet.dead = server_new(SERVER_NSD);
	server_zone(fleet.dead, "dead.com",
	    "@ SOA ns h 1 2 3 4 5\n@ NS ns\n"
	    "ns A 127.0.0.1\n");
	server_start(fleet.dead);
	server_pause(fleet.dead);
	fleet.unbound = server_new(SERVER_UNBOUND);
	server_option(fleet.unbound, "msg-cache-size: 512m");
	server_option(fleet.unbound, "rrset-cache-size: 1g");
	server_option(fleet.unbound, "outgoing-range: 4096");
	server_option(fleet.unbound, "num-queries-per-thread: 2048");
	server_stub(fleet.unbound, "fleet.com", fleet.nsd);
	server_stub(fleet.unbound, "amazonses.com", fleet.nsd);
	server_stub(fleet.unbound, "dead.com", fleet.dead);
	server_start(fleet.unbound);
	questions_write(&fleet);
	lines_write(LINES, fleet.domains);
	lines_write(TENFOLD, fleet.domains * 10);
	return fleet;
}

static void
fleet_stop(struct fleet *fleet)
{
	server_stop(&fleet->unbound);
	server_stop(&fleet->nsd);
	server_stop(&fleet->dead);
	arena_free(&fleet->arena);
	(void)remove(LINES);
	(void)remove(TENFOLD);
	(void)remove(QUESTIONS);
}

/** Says how *ours* compares with *theirs* for so many *questions*. */
static void
compare(const char *what, const struct spent *ours, const struct spent *theirs,
    unsigned questions)
{
	printf("    %-26s CPU %5.1f us a question, dnsperf %5.1f: ratio %.2f; "
	       "%.0f a second, %.0f: %.2f\n",
	    what, ours->cpu * 1e6 / questions, theirs->cpu * 1e6 / questions,
	    ours->cpu / theirs->cpu, questions / ours->wall,
	    questions / theirs->wall, theirs->wall / ours->wall);
	(void)fflush(stdout);
}

static void
one_round(const struct fleet *fleet)
{
	const struct server_addr at = server_at(fleet->unbound);
	const double domains = fleet->domains;
	const struct spent whole = batch(fleet, LINES);
	const struct spent alone = engine(fleet->arena, at, QUESTIONS);
	printf("fleet of %u: %.0f domains/s, %.2f questions a domain, %.0f us "
	       "CPU a domain, peak %ld KiB\n",
	    fleet->domains, domains / whole.wall, fleet->questions / domains,
	    whole.cpu * 1e6 / domains, whole.peak);
	if (access(DNSPERF, X_OK) != 0) {
		puts("    dnsperf is not there to compare with");
		return;
	}
	const struct spent theirs =
	    dnsperf(fleet->arena, at, QUESTIONS, "100", "1");
	compare("engine alone", &alone, &theirs, fleet->questions);
	compare("batch, judged and told", &whole, &theirs, fleet->questions);
}

/** The first lines of the questions. */
static unsigned
some_write(void)
{
	char line[512];
	unsigned written = 0;
	FILE *from = fopen(QUESTIONS, "r");
	FILE *to = fopen(SOME, "w");
	cr_assert(from != NULL && to != NULL);
	while (written < FAR_QUESTIONS && fgets(line, sizeof(line), from)) {
		(void)fputs(line, to);
		written++;
	}
	(void)fclose(from);
	(void)fclose(to);
	return written;
}

static void
far_away(const struct fleet *fleet)
{
	const unsigned questions = some_write();
	struct delay_proxy *far =
	    delay_proxy_start(server_at(fleet->unbound), ROUND_TRIP);
	const struct server_addr at = delay_proxy_at(far);
	const struct spent ours = engine(fleet->arena, at, SOME);
	if (access(DNSPERF, X_OK) == 0) {
		const struct spent theirs =
		    dnsperf(fleet->arena, at, SOME, "1000", "16");
		compare("engine, 40 ms, 1,000 out", &ours, &theirs, questions);
	}
	delay_proxy_stop(&far);
	(void)remove(SOME);
}

static void
past_the_dead(const struct fleet *fleet)
{
	lines_write_dead(fleet->domains);
	/* The resolver learns who is dead. */
	(void)batch(fleet, WITH_DEAD);
	const struct spent all = batch(fleet, LINES);
	const struct spent dead = batch(fleet, WITH_DEAD);
	printf("one in %d dead: %.2f s, without them %.2f s: %.2f\n",
	    DEAD_ONE_IN, dead.wall, all.wall, dead.wall / all.wall);
	(void)remove(WITH_DEAD);
}

Test(figures, a_fleet_behind_a_warm_resolver)
{
	struct fleet fleet = fleet_start();
	/*
	 * The resolver fills its cache at its own pace, and has no room for ten
	 * times as many domains: what is compared is asked once more.
	 */
	(void)batch(&fleet, TENFOLD);
	(void)batch(&fleet, LINES);
	for (unsigned round = 0; round < 3; round++) {
		one_round(&fleet);
	}
	const struct spent one = batch(&fleet, LINES);
	const struct spent ten = batch(&fleet, TENFOLD);
	printf("peak memory: %ld KiB for %u, %ld KiB for %u: ratio %.2f\n",
	    one.peak, fleet.domains, ten.peak, fleet.domains * 10,
	    (double)ten.peak / (double)one.peak);
	(void)batch(&fleet, LINES);
	far_away(&fleet);
	past_the_dead(&fleet);
	fleet_stop(&fleet);
}
