/* SPDX-License-Identifier: MIT */
/* Many domains over ways that are bad, and past servers that are dead. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "delay_proxy.h"
#include "program.h"
#include "servers.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	DOMAINS = 150,
	GOOD_OF = 3, /* two of three are right; of the others SPF is missing */
	CHAIN = 8,   /* records that the SPF of the slow domain includes */
	SLOW_MS = 450,
};

/** The fleet and its servers. */
struct stage {
	struct arena *arena;
	struct server *nsd;
	struct server *unbound;
	struct str lines;
};

/** A domain for which one question leads to the next. */
static void
spf_chain(struct buf *zone)
{
	buf_adds(zone, "_dmarc.trickle TXT \"v=DMARC1; p=none\"\n"
		       "trickle TXT \"v=spf1 include:t0.trickle.fleet.com "
		       "-all\"\n");
	for (unsigned i = 0; i < CHAIN; i++) {
		buf_addf(zone,
		    "t%u.trickle TXT \"v=spf1 include:t%u.trickle.fleet.com "
		    "-all\"\n",
		    i, i + 1);
	}
	buf_addf(zone, "t%u.trickle TXT \"v=spf1 -all\"\n", CHAIN);
}

static struct stage
stage_set(void)
{
	struct stage stage = { .arena = arena_new() };
	struct buf zone = buf_new(stage.arena);
	struct buf lines = buf_new(stage.arena);
	buf_adds(&zone,
	    "@ SOA ns h 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n");
	for (unsigned i = 0; i < DOMAINS; i++) {
		buf_addf(&zone, "_dmarc.d%u TXT \"v=DMARC1; p=none\"\n", i);
		if (i % GOOD_OF > 0) {
			buf_addf(&zone, "d%u TXT \"v=spf1 -all\"\n", i);
		}
		buf_addf(&lines, "d%u.fleet.com\n", i);
	}
	spf_chain(&zone);
	stage.lines = buf_str(&lines);
	stage.nsd = server_new(SERVER_NSD);
	/* NSD would take the resolver for an attacker. */
	server_option(stage.nsd, "rrl-ratelimit: 0");
	server_zone(stage.nsd, "fleet.com", buf_str(&zone).at);
	server_start(stage.nsd);
	stage.unbound = server_new(SERVER_UNBOUND);
	server_stub(stage.unbound, "fleet.com", stage.nsd);
	server_start(stage.unbound);
	return stage;
}

static void
stage_strike(struct stage *stage)
{
	server_stop(&stage->unbound);
	server_stop(&stage->nsd);
	arena_free(&stage->arena);
}

/** Judges all domains at *resolver*. */
static struct run
batch(const struct stage *stage, struct server_addr resolver)
{
	const struct run_manner manner = { .in = stage->lines, .seconds = 60 };
	return RUN_AS(&manner, "batch", "-n",
	    server_addr_text(stage->arena, resolver).at, "--only", "spf,dmarc",
	    "-");
}

static unsigned
count(const char *text, const char *part)
{
	unsigned found = 0;
	while ((text = strstr(text, part)) != NULL) {
		found++;
		text++;
	}
	return found;
}

/** Each line in its turn, with the verdict that its domain deserves. */
static void
expect_each_in_turn(const struct run *run)
{
	const char *at = run->out;
	for (unsigned i = 0; i < DOMAINS; i++) {
		char domain[64];
		(void)snprintf(
		    domain, sizeof(domain), "\"domain\":\"d%u.fleet.com\"", i);
		at = strstr(at, domain);
		cr_assert(at != NULL, "%s is not in its place", domain);
		const char *line = strchr(at, '\n');
		const char *missing = strstr(at, "spf-missing");
		cr_assert(line != NULL);
		cr_expect(eq(int, missing &&missing < line, i % GOOD_OF == 0),
		    "%s", domain);
	}
}

/** The same, and nothing else. */
static void
expect_verdicts(const struct run *run)
{
	expect_each_in_turn(run);
	cr_expect(eq(uint, count(run->out, "lookup-failed"), 0));
	cr_expect(eq(uint, count(run->out, "\n"), DOMAINS));
}

Test(fleet, one_lost_datagram_in_twenty_changes_no_verdict, .timeout = 90)
{
	struct stage stage = stage_set();
	struct delay_proxy *bad = delay_proxy_open(server_at(stage.unbound),
	    (struct delay_line){ .ms = 2, .lose = 20 });
	const struct run run = batch(&stage, delay_proxy_at(bad));
	expect_verdicts(&run);
	/* Something was lost, and asked again. */
	cr_expect(gt(uint, delay_proxy_questions(bad), DOMAINS));
	delay_proxy_stop(&bad);
	stage_strike(&stage);
}

Test(fleet, answers_in_bursts_change_no_verdict, .timeout = 90)
{
	struct stage stage = stage_set();
	/* Longer than the first wait: all is asked twice meanwhile. */
	struct delay_proxy *bad = delay_proxy_open(
	    server_at(stage.unbound), (struct delay_line){ .burst = 500 });
	const struct run run = batch(&stage, delay_proxy_at(bad));
	expect_verdicts(&run);
	delay_proxy_stop(&bad);
	stage_strike(&stage);
}

/** Judges all, after one whose answers come at the last moment. */
static struct run
batch_behind_slow(const char *deadline, int64_t *ret_took)
{
	struct stage stage = stage_set();
	struct delay_proxy *way = delay_proxy_open(server_at(stage.unbound),
	    (struct delay_line){ .slow = "trickle", .slow_ms = SLOW_MS });
	struct buf lines = buf_new(stage.arena);
	buf_adds(&lines, "trickle.fleet.com\n");
	buf_add(&lines, stage.lines);
	const struct run_manner manner = { .in = buf_str(&lines),
		.seconds = 60 };
	const int64_t from = clock_monotonic();
	const struct run run = RUN_AS(&manner, "batch", "-n",
	    server_addr_text(stage.arena, delay_proxy_at(way)).at, "--only",
	    "spf,dmarc", "--jobs", "16", "-t", "600ms", "--deadline", deadline,
	    "-");
	*ret_took = (clock_monotonic() - from) / 1000;
	delay_proxy_stop(&way);
	stage_strike(&stage);
	return run;
}

Test(fleet, a_domain_that_trickles_holds_nobody_up_past_its_deadline,
    .timeout = 90)
{
	int64_t took = 0;
	const struct run run = batch_behind_slow("1s", &took);
	const char *end = strchr(run.out, '\n');
	const char *failed = strstr(run.out, "\"spf-lookup-failed\"");
	cr_assert(end != NULL);
	cr_expect(failed != NULL && failed < end, "%.*s", (int)(end - run.out),
	    run.out);
	cr_expect(eq(uint, count(end, "lookup-failed"), 0));
	expect_each_in_turn(&run);
	/* Its chain alone takes longer. */
	cr_expect(lt(i64, took, CHAIN * SLOW_MS), "%s", run.err);
}

Test(fleet, a_domain_that_trickles_is_judged_where_there_is_time, .timeout = 90)
{
	int64_t took = 0;
	const struct run run = batch_behind_slow("1m", &took);
	cr_expect(eq(uint, count(run.out, "lookup-failed"), 0));
	cr_expect(gt(i64, took, CHAIN * SLOW_MS), "%s", run.err);
}

Test(fleet, waiting_for_its_turn_costs_a_domain_nothing, .timeout = 90)
{
	struct stage stage = stage_set();
	const struct run_manner manner = { .in = STR("d1.fleet.com\n"
						     "d2.fleet.com\n"),
		.seconds = 60 };
	const int64_t from = clock_monotonic();
	const struct run run =
	    RUN_AS(&manner, "batch", "-n", server_text(stage.unbound), "--rate",
		"6", "--deadline", "500ms", "-");
	cr_expect(eq(uint, count(run.out, "lookup-failed"), 0), "%s", run.out);
	cr_expect(eq(uint, count(run.out, "\"verdict\":\"action_needed\""), 2));
	/* Each has waited for longer than its deadline. */
	cr_expect(gt(i64, clock_monotonic() - from, 2 * 500000));
	stage_strike(&stage);
}

Test(fleet, a_reader_that_pauses_changes_no_verdict, .timeout = 90)
{
	struct stage stage = stage_set();
	const struct run_manner manner = {
		.program = "/bin/sh", .in = stage.lines, .seconds = 60
	};
	/* Longer than a question has, and than a domain has. */
	const struct run run =
	    RUN_AS(&manner, "-c", "\"$0\" \"$@\" | (sleep 2; cat)",
		program_path(), "batch", "-n", server_text(stage.unbound),
		"--only", "spf,dmarc", "-t", "1s", "--deadline", "1s", "-");
	expect_verdicts(&run);
	stage_strike(&stage);
}
