/* SPDX-License-Identifier: MIT */
/*
 * How long SPF takes: a record of 450 octets read, and a tree of ten lookups
 * evaluated from memory, in turns with libspf2 doing the same.
 */
#include "bench/spf2.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "dns/zonefile.h"
#include "look/run.h"
#include "mail/spf.h"
#include "source/zone.h"
#include "walks/spf_eval.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
	ROUNDS = 31,
	RECORD_LEN = 450,
	PARSES = 1000, /* in a round */
	EVALUATIONS = 100,
	LEAVES = 6,
	NETWORKS = 10, /* in a leaf */
	NOW = 1700000000,
};

#define CLIENT "192.0.2.77"
#define SENDER "someone@example.com"

/** What is measured. */
struct bench {
	struct arena *arena;
	struct arena *scratch; /* for one piece of work */
	struct str record;
	struct source *source;
	struct bench_spf2 *spf2;
	struct spf_mail mail;
	bool good; /* everything gave the result it must give */
};

/** One kind of work. */
struct contest {
	const char *title;
	unsigned times; /* in a round */
	void (*ours)(struct bench *bench, unsigned times);
	void (*theirs)(struct bench *bench, unsigned times);
};

static struct str
record_of_len(struct arena *arena, size_t len)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "v=spf1 include:_spf.example.net a:mail.example.com mx");
	for (unsigned i = 0; to.len + 40 < len; i++) {
		buf_addf(&to, " ip4:203.0.%u.0/24 ip6:2001:db8:%x::/48", i, i);
	}
	while (to.len + 5 < len) {
		const size_t left = len - 5 - to.len;
		buf_adds(&to, left >= 20 ? " ip4:198.51.100.7" : " ");
	}
	buf_adds(&to, " ~all");
	return buf_str(&to);
}

static void
parse_ours(struct bench *bench, unsigned times)
{
	for (unsigned i = 0; i < times; i++) {
		arena_reset(bench->scratch);
		bench->good = bench->good &&
			      spf_parse(bench->scratch, bench->record)->valid;
	}
}

static void
parse_theirs(struct bench *bench, unsigned times)
{
	bench->good = bench->good &&
		      bench_spf2_parse(bench->spf2, bench->record.at, times);
}

/** What the task of an evaluation works on. */
struct evaluation {
	const struct spf_mail *mail;
	struct spf_verdict verdict;
};

static void
evaluation_run(struct look *look, void *context)
{
	static const struct sight sight = { .authority = NULL };
	struct evaluation *evaluation = context;
	evaluation->verdict = spf_check_host(look, &sight, evaluation->mail);
}

static void
evaluate_ours(struct bench *bench, unsigned times)
{
	for (unsigned i = 0; i < times; i++) {
		struct evaluation evaluation = { .mail = &bench->mail };
		const struct task task = { evaluation_run, &evaluation };
		arena_reset(bench->scratch);
		struct look *look =
		    look_open(bench->scratch, bench->source, NOW);
		look_add(look, &task);
		look_run(look);
		bench->good = bench->good && evaluation.verdict.lookups == 10 &&
			      evaluation.verdict.result == SPF_RESULT_PASS;
		look_close(look);
	}
}

static void
evaluate_theirs(struct bench *bench, unsigned times)
{
	bench->good = bench->good &&
		      bench_spf2_evaluate(bench->spf2, CLIENT, SENDER, times);
}

/** Microseconds of CPU so far: others on the machine do not count. */
static double
cpu_time(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/** Microseconds that one piece of work takes. */
static double
lap(struct bench *bench, void (*work)(struct bench *bench, unsigned times),
    unsigned times)
{
	const double begun = cpu_time();
	work(bench, times);
	return (cpu_time() - begun) / times;
}

static int
number_cmp(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;
	return (x > y) - (x < y);
}

static double
median(double *numbers, size_t len)
{
	qsort(numbers, len, sizeof(*numbers), number_cmp);
	return numbers[len / 2];
}

static void
contest_run(struct bench *bench, const struct contest *contest)
{
	double ours[ROUNDS];
	double theirs[ROUNDS];
	double ratios[ROUNDS];
	for (size_t i = 0; i < ROUNDS; i++) {
		ours[i] = lap(bench, contest->ours, contest->times);
		if (bench->spf2) {
			theirs[i] = lap(bench, contest->theirs, contest->times);
			ratios[i] = theirs[i] / ours[i];
		}
	}
	printf("%s\n  ivycheck %.2f us", contest->title, median(ours, ROUNDS));
	if (bench->spf2) {
		printf(", libspf2 %.2f us: %.2f times as fast",
		    median(theirs, ROUNDS), median(ratios, ROUNDS));
	} else {
		printf("; libspf2 is not there to compare with");
	}
	printf("%s\n", bench->good ? "" : " (A RESULT IS WRONG)");
}

static const char *
leaf_text(struct arena *arena, unsigned number)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "v=spf1");
	for (unsigned i = 0; i < NETWORKS; i++) {
		buf_addf(&to, " ip4:198.18.%u.0/24", number * NETWORKS + i);
	}
	buf_adds(&to, " ~all");
	return to.at;
}

/** Reads *rows* as the zone of the root. */
static struct source *
zone_open(struct arena *arena, const struct bench_row *rows, size_t len)
{
	struct zonefile *zone = ARENA_NEW(arena, struct zonefile);
	struct buf to = buf_new(arena);
	struct err err = { 0 };
	buf_adds(&to, "@ 300 SOA ns.invalid. admin.invalid. 1 2 3 4 300\n");
	for (size_t i = 0; i < len; i++) {
		const struct bench_row *row = &rows[i];
		buf_addf(&to,
		    row->txt ? "%s 300 TXT \"%s\"\n" : "%s 300 A %s\n",
		    row->name, row->txt ? row->txt : row->address);
	}
	const struct zonefile_input input = { .name = STR("bench"),
		.content = buf_str(&to),
		.origin = name_from_wire(arena, (const uint8_t *)"", 1) };
	if (!zonefile_read(arena, &input, zone, &err)) {
		fprintf(stderr, "bench: %s\n", err.text);
		exit(1);
	}
	return zone_source_open(zone, 1);
}

/** Three includes with two more each, and an address: ten lookups. */
static void
tree_open(struct bench *bench)
{
	struct bench_row rows[4 + LEAVES + 1] = {
		{ "example.com",
		    "v=spf1 include:_a.example.com "
		    "include:_b.example.com include:_c.example.com "
		    "a:mail.example.com -all",
		    NULL },
		{ "_a.example.com",
		    "v=spf1 include:_0.example.com "
		    "include:_1.example.com ~all",
		    NULL },
		{ "_b.example.com",
		    "v=spf1 include:_2.example.com "
		    "include:_3.example.com ~all",
		    NULL },
		{ "_c.example.com",
		    "v=spf1 include:_4.example.com "
		    "include:_5.example.com ~all",
		    NULL },
		{ "mail.example.com", NULL, CLIENT },
	};
	for (unsigned i = 0; i < LEAVES; i++) {
		struct bench_row *row = &rows[5 + i];
		row->name = str_print(bench->arena, "_%u.example.com", i).at;
		row->txt = leaf_text(bench->arena, i);
	}
	const size_t len = sizeof(rows) / sizeof(*rows);
	bench->source = zone_open(bench->arena, rows, len);
	bench->spf2 = bench_spf2_open(rows, len);
}

int
main(void)
{
	static const struct contest contests[] = {
		{ "SPF: a record of 450 octets is read", PARSES, parse_ours,
		    parse_theirs },
		{ "SPF: a tree of 10 lookups is evaluated from memory",
		    EVALUATIONS, evaluate_ours, evaluate_theirs },
	};
	struct bench bench = {
		.arena = arena_new(),
		.scratch = arena_new(),
		.good = true,
	};
	bench.record = record_of_len(bench.arena, RECORD_LEN);
	assert(bench.record.len == RECORD_LEN);
	bench.mail.sender =
	    spf_sender(bench.arena, STR(SENDER), STR(""), &bench.mail.domain);
	if (!addr_parse(STR(CLIENT), &bench.mail.ip)) {
		return 1;
	}
	tree_open(&bench);
	for (size_t i = 0; i < sizeof(contests) / sizeof(*contests); i++) {
		contest_run(&bench, &contests[i]);
	}
	if (bench.spf2) {
		bench_spf2_close(bench.spf2);
	}
	source_close(&bench.source);
	arena_free(&bench.scratch);
	arena_free(&bench.arena);
	return 0;
}
