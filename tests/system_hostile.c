/* SPDX-License-Identifier: MIT */
/*
 * The whole program against servers that lie, break and stall: for each
 * fault it ends in time, with output that can be read, and with a verdict
 * that is right, or says that nothing is known.
 */
#include "hostile.h"
#include "hostile_play.h"
#include "loopback.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include <poll.h>
#include <time.h>

/* Programs that run at the same time; with sanitizers each is a heavy one. */
#ifdef __SANITIZE_ADDRESS__
enum {
	AT_ONCE = 8
};
#else
enum {
	AT_ONCE = 32
};
#endif

enum {
	SLACK = 1000, /* ms that a run may need beyond its deadline */
	FOREVER = -1,
};

/** How the program is called. */
enum how {
	USUAL,
	NO_TCP,
	FIRST_DEAD, /* nobody is at the first resolver */
	FIRST_MUTE, /* the first resolver never answers */
	AUTHORITY,  /* the server is not the resolver but the zone's own */
	SHORT,      /* with a deadline before any timeout */
};

/** Verdicts, by their exit codes. */
enum verdict {
	READY = 0,
	ACTION = 1,
	UNKNOWN = 3,
	HONEST = 4, /* ready or unknown: the truth need not be had */
};

struct row {
	const char *name;
	struct hostile_fault fault;
	enum how how;
	enum verdict verdict;
	const char *finding;
};

/* Which questions. */
#define DMARC "_dmarc.notifications"
#define DKIM  "kq3vd2t7xw5n6hjzr4mcyb1fae8gups9._domainkey"
#define OWN   "notifications."

#define FAULT(play, names, ways, how, verdict, finding)                       \
	{ #play " of \"" names "\" by " #ways ", " #how,                      \
		{ play_##play, names, HOSTILE_##ways, (how) == NO_TCP, "", 0, \
		    0 },                                                      \
		how, verdict, finding },
#define OCTETS_ROW(name, answers, octets, ways, verdict, finding)    \
	{ #name " by " #ways,                                        \
		{ play_octets, DMARC, HOSTILE_##ways, false, octets, \
		    sizeof(octets) - 1, answers },                   \
		USUAL, verdict, finding },
#define OCTETS(name, answers, octets)                       \
	OCTETS_ROW(name, answers, octets, UDP, READY, NULL) \
	OCTETS_ROW(name, answers, octets, BOTH, UNKNOWN, "dmarc-lookup-failed")

static const struct row ROWS[] = {
#include "hostile_faults.def"
#include "hostile_octets.def"
};

static int64_t
now_ms(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** One run of the program under way, and the servers it asks. */
struct trial {
	const struct row *row; /* NULL: none */
	const char *format;
	struct hostile *server;
	struct hostile *second;
	char second_text[64];
	struct running running;
	int64_t began;
};

static int
deadline_of(const struct row *row)
{
	return row->how == SHORT ? 500 : 6000;
}

/** Long where the truth can be had, so that a busy machine does not matter. */
static const char *
timeout_of(const struct row *row)
{
	if (row->how == SHORT) {
		return "10s";
	}
	return row->verdict == READY ? "3s" : "1s";
}

/** The other server of the trial, if there is one. */
static void
second_start(struct trial *trial)
{
	static const struct hostile_fault mute = {
		.play = play_silent, .names = "", .ways = HOSTILE_BOTH
	};
	static const struct hostile_fault sound = { 0 };
	const enum how how = trial->row->how;
	if (how != FIRST_DEAD && how != FIRST_MUTE && how != AUTHORITY) {
		return;
	}
	trial->second = hostile_start(how == FIRST_MUTE ? &mute : &sound);
	(void)snprintf(trial->second_text, sizeof(trial->second_text), "%s",
	    hostile_text(trial->second));
	if (how == FIRST_DEAD) {
		hostile_stop(&trial->second);
	}
}

static struct trial
trial_start(const struct row *row, const char *format)
{
	struct trial trial = { .row = row, .format = format };
	char deadline[16];
	const char *arguments[20] = { HOSTILE_DOMAIN, format, "--expect",
		HOSTILE_EXPECT, "--deadline", deadline, "-t", timeout_of(row) };
	int len = 8;
	(void)snprintf(deadline, sizeof(deadline), "%dms", deadline_of(row));
	trial.server = hostile_start(&row->fault);
	second_start(&trial);
	if (trial.second_text[0] != '\0') {
		arguments[len++] = "-n";
		arguments[len++] = trial.second_text;
	}
	arguments[len++] = row->how == AUTHORITY ? "--authoritative" : "-n";
	arguments[len++] = hostile_text(trial.server);
	arguments[len++] = "--view";
	arguments[len++] = row->how == AUTHORITY ? "both" : "resolver";
	trial.began = now_ms();
	trial.running = program_start(NULL, arguments);
	return trial;
}

static void
expect_printable(const struct trial *trial, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char octet = (unsigned char)text[i];
		const bool shows = octet >= ' ' && octet != 0x7f;
		cr_assert(shows || octet == '\n', "%s: octet %02x: %s",
		    trial->row->name, octet, text + i);
	}
}

static bool
has_finding(const json_t *report, const char *code)
{
	size_t i;
	json_t *finding;
	json_array_foreach(json_object_get(report, "findings"), i, finding)
	{
		const json_t *found = json_object_get(finding, "code");
		if (strcmp(json_string_value(found), code) == 0) {
			return true;
		}
	}
	return false;
}

static void
expect_report(const struct trial *trial, const struct run *run)
{
	static const char *const words[] = { [READY] = "ready",
		[ACTION] = "action_needed",
		[UNKNOWN] = "unknown" };
	const char *name = trial->row->name;
	json_error_t error;
	json_t *report =
	    json_loadb(run->out, run->out_len, JSON_REJECT_DUPLICATES, &error);
	cr_assert(report != NULL, "%s: %s: %s", name, error.text, run->out);
	const json_t *verdict = json_object_get(report, "verdict");
	cr_expect(strcmp(json_string_value(verdict), words[run->code]) == 0,
	    "%s: exit code %d but %s", name, run->code,
	    json_string_value(verdict));
	if (trial->row->finding) {
		cr_expect(has_finding(report, trial->row->finding),
		    "%s: no %s in %s", name, trial->row->finding, run->out);
	}
	json_decref(report);
}

static void
trial_end(struct trial *trial)
{
	const struct row *row = trial->row;
	const int64_t took = now_ms() - trial->began;
	const struct run run = program_finish(&trial->running);
	const bool right = row->verdict == HONEST
			       ? run.code == READY || run.code == UNKNOWN
			       : run.code == (int)row->verdict;
	cr_expect(le(i64, took, deadline_of(row) + SLACK), "%s", row->name);
	cr_expect(right, "%s: exit code %d, signal %d: %s%s", row->name,
	    run.code, run.signal, run.out, run.err);
	cr_expect(run.err_len == 0, "%s: %s", row->name, run.err);
	expect_printable(trial, run.out, run.out_len);
	expect_printable(trial, run.err, run.err_len);
	if (right && strcmp(trial->format, "--json") == 0) {
		expect_report(trial, &run);
	}
	hostile_stop(&trial->server);
	hostile_stop(&trial->second);
	*trial = (struct trial){ 0 };
}

/** Waits until one of *trials* is over, and ends all that are. */
static void
wait_some(struct trial trials[static AT_ONCE])
{
	struct pollfd polls[AT_ONCE];
	for (int i = 0; i < AT_ONCE; i++) {
		polls[i] = (struct pollfd){ .fd = -1, .events = POLLIN };
		if (trials[i].row) {
			polls[i].fd = trials[i].running.alive;
		}
	}
	cr_assert(poll(polls, AT_ONCE, FOREVER) > 0);
	for (int i = 0; i < AT_ONCE; i++) {
		if (polls[i].revents != 0) {
			trial_end(&trials[i]);
		}
	}
}

/** A free place among *trials*; waits for one. */
static struct trial *
place_find(struct trial trials[static AT_ONCE])
{
	for (;;) {
		for (int i = 0; i < AT_ONCE; i++) {
			if (!trials[i].row) {
				return &trials[i];
			}
		}
		wait_some(trials);
	}
}

Test(hostile, no_fault_is_taken_for_an_answer)
{
	static const char *const formats[] = { "--json", "-vv" };
	struct trial trials[AT_ONCE] = { 0 };
	size_t running = 0;
	for (size_t i = 0; i < sizeof(ROWS) / sizeof(*ROWS); i++) {
		for (int j = 0; j < 2; j++) {
			*place_find(trials) = trial_start(&ROWS[i], formats[j]);
		}
	}
	do {
		running = 0;
		for (int i = 0; i < AT_ONCE; i++) {
			running += trials[i].row != NULL;
		}
		if (running > 0) {
			wait_some(trials);
		}
	} while (running > 0);
}

/** The verdict when 100,000 denials come before each true answer. */
static int
verdict_in_flood(bool no_tcp)
{
	const struct hostile_fault flood = { .play = play_flood,
		.names = DMARC,
		.ways = HOSTILE_UDP,
		.no_tcp = no_tcp };
	struct hostile *server = hostile_start(&flood);
	const struct run run = RUN(HOSTILE_DOMAIN, "--expect", HOSTILE_EXPECT,
	    "--view", "resolver", "-n", hostile_text(server));
	hostile_stop(&server);
	cr_expect(run.code == READY || run.code == UNKNOWN, "%s", run.out);
	return run.code;
}

Test(hostile, a_hundred_thousand_forgeries_change_no_verdict)
{
	cr_expect(eq(int, verdict_in_flood(false), READY));
	verdict_in_flood(true);
}

/** A resolver of two caches: one has nothing for a second, one the truth. */
static void
play_two_caches(struct hostile_query *query)
{
	if (query->number > 1) {
		hostile_truth(query);
	} else {
		hostile_begin(query, MESSAGE_RD | MESSAGE_RA | 3);
		packet_soa_rr(&query->packet, "yourapp.com", 1);
	}
	hostile_send(query);
}

Test(hostile, a_cache_that_has_the_truth_is_not_waited_for)
{
	const struct hostile_fault none = { 0 };
	const struct hostile_fault fault = {
		.play = play_two_caches, .names = DMARC, .ways = HOSTILE_BOTH
	};
	struct hostile *server = hostile_start(&none);
	struct hostile *resolver = hostile_start(&fault);
	const struct run run = RUN("wait", HOSTILE_DOMAIN, "--expect",
	    HOSTILE_EXPECT, "-n", hostile_text(resolver), "--authoritative",
	    hostile_text(server), "--deadline", "15s");
	hostile_stop(&resolver);
	hostile_stop(&server);
	cr_expect(eq(int, run.code, READY), "%s%s", run.out, run.err);
}
