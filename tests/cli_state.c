/* SPDX-License-Identifier: MIT */
/* The whole program with --state: run after run on one file. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "cmd/output.h"
#include "cmd/state.h"
#include "cmd/state_file.h"
#include "loopback.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#define RIGHT                                           \
	"$ORIGIN shop.example.\n"                       \
	"$TTL 300\n"                                    \
	"@ SOA ns1 hostmaster 1 7200 900 86400 300\n"   \
	"@ TXT \"v=spf1 include:amazonses.com ~all\"\n" \
	"_dmarc TXT \"v=DMARC1; p=none; rua=mailto:dmarc@shop.example\"\n"
#define WRONG                                         \
	"$ORIGIN shop.example.\n"                     \
	"$TTL 300\n"                                  \
	"@ SOA ns1 hostmaster 1 7200 900 86400 300\n" \
	"@ TXT \"v=spf1 -all\"\n"                     \
	"_dmarc TXT \"v=DMARC1; p=none; rua=mailto:dmarc@shop.example\"\n"

enum {
	KILLS = 50,
	FLEET = 60,   /* domains of a batch that is killed */
	KNOWN = 4000, /* domains of a state that takes a while to write */
};

static struct arena *arena;
static char folder[64];
static const char *state; /* paths */
static const char *zone;

static const char *
path_of(const char *name)
{
	return str_print(arena, "%s/%s", folder, name).at;
}

static void
setup(void)
{
	arena = arena_new();
	(void)strcpy(folder, "/tmp/ivycheck-cli-state-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
	state = path_of("state");
	zone = path_of("zone");
}

static void
teardown(void)
{
	static const char *const names[] = { "state", "state.lock", "state.new",
		"state.corrupt", "zone" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		(void)unlink(path_of(names[i]));
	}
	cr_expect(eq(int, rmdir(folder), 0), "something was left behind");
	arena_free(&arena);
}

TestSuite(cli_state, .init = setup, .fini = teardown);

static void
file_put(const char *path, const char *content)
{
	struct err err = { 0 };
	cr_assert(file_write(arena, str_of(path), str_of(content), &err));
}

static const char *
file_text(const char *path)
{
	struct str text;
	struct err err = { 0 };
	cr_assert(file_read(arena, str_of(path), 1 << 20, &text, &err));
	return str_z(arena, text);
}

/** A run over *content*; only SPF and DMARC are wanted. */
#define RUN_OVER(content, ...)                                         \
	(file_put(zone, (content)),                                    \
	    RUN("shop.example", "--zone", zone, "--only", "spf,dmarc", \
		"--state", state, __VA_ARGS__))

/** Expects an exit code, and what is said: "" for nothing at all. */
static void
expect_said(const struct run *run, int code, const char *said)
{
	cr_expect(eq(int, run->code, code), "%s%s", run->out, run->err);
	expect_text(run->err, "");
	if (*said == '\0') {
		expect_text(run->out, "");
	} else {
		cr_expect(strstr(run->out, said) != NULL, "%s", run->out);
	}
}

Test(cli_state, only_changes_are_told)
{
	static const struct {
		const char *zone;
		int code;
		const char *said;
	} rows[] = {
		{ RIGHT, 0, "Seen for the first time." },
		{ RIGHT, 0, "" },
		{ WRONG, 1, "Changed: it was ready since" },
		{ WRONG, 0, "" },
		{ RIGHT, 0, "Recovered: it was action needed since" },
		{ RIGHT, 0, "" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct run run = RUN_OVER(rows[i].zone, "--only-changes");
		expect_said(&run, rows[i].code, rows[i].said);
	}
}

Test(cli_state, quietly_only_what_is_wrong_or_no_longer_so)
{
	const struct run first = RUN_OVER(RIGHT, "--only-changes", "-q");
	expect_said(&first, 0, "");
	const struct run wrong = RUN_OVER(WRONG, "--only-changes", "-q");
	expect_said(&wrong, 1, "ACTION NEEDED  shop.example");
	const struct run mended = RUN_OVER(RIGHT, "--only-changes", "-q");
	expect_said(&mended, 0, "Recovered");
}

Test(cli_state, without_only_changes_all_is_told)
{
	const struct run first = RUN_OVER(WRONG, "--json");
	expect_said(&first, 1, "\"change\": \"new\"");
	const struct run second = RUN_OVER(WRONG, "--json");
	expect_said(&second, 1, "\"change\": \"none\"");
	const struct run third = RUN_OVER(WRONG, "--only-changes");
	expect_said(&third, 0, "");
}

Test(cli_state, a_batch_without_news_says_nothing)
{
	const struct run_manner lines = { .in = STR("shop.example\n") };
	file_put(zone, WRONG);
	const struct run first = RUN_AS(&lines, "batch", "--zone", zone,
	    "--state", state, "--only-changes");
	cr_expect(eq(int, first.code, 1));
	cr_expect(strstr(first.out, "\"change\":\"new\"") != NULL);
	cr_expect(strstr(first.err, "news of 1") != NULL, "%s", first.err);
	const struct run second = RUN_AS(&lines, "batch", "--zone", zone,
	    "--state", state, "--only-changes");
	expect_said(&second, 0, "");
}

Test(cli_state, what_is_unmended_is_told_again)
{
	const struct run first = RUN_OVER(WRONG, "--only-changes");
	expect_said(&first, 1, "Seen for the first time.");
	const struct run again =
	    RUN_OVER(WRONG, "--only-changes", "--remind", "1h");
	expect_said(&again, 0, "");
	const struct str text = str_of(file_text(state));
	const ptrdiff_t told = str_find(text, STR("\"told\":"));
	cr_assert(ge(long, told, 0));
	/* As if the first run had been in 1970. */
	const struct str old = str_print(arena, "%.*s\"told\":0}\n",
	    STR_ARG(str_slice(text, 0, (size_t)told)));
	file_put(state, old.at);
	const struct run late =
	    RUN_OVER(WRONG, "--only-changes", "--remind", "1h");
	expect_said(&late, 1, "Reminder: it is so since");
}

Test(cli_state, network_trouble_must_be_seen_twice)
{
	const char *nobody =
	    str_z(arena, server_addr_text(arena, loopback_free()));
	const char *const arguments[] = { "shop.example", "-n", nobody, "-t",
		"300ms", "--tries", "1", "--only", "spf,dmarc", "--state",
		state, "--only-changes", NULL };
	const struct run right = RUN_OVER(RIGHT, "--only-changes");
	expect_said(&right, 0, "READY");
	const struct run once = program_run(NULL, arguments);
	expect_said(&once, 0, "");
	const struct run twice = program_run(NULL, arguments);
	expect_said(&twice, 3, "new: resolver-failing");
}

Test(cli_state, a_damaged_file_is_told_and_kept)
{
	file_put(state, "not a state\n");
	const struct run run = RUN_OVER(RIGHT, "--only-changes", "-q");
	cr_expect(eq(int, run.code, 0));
	cr_expect(strstr(run.err, "state.corrupt") != NULL, "%s", run.err);
	expect_text(file_text(path_of("state.corrupt")), "not a state\n");
	cr_expect(strstr(file_text(state), "shop.example") != NULL);
}

Test(cli_state, where_nothing_can_be_written_nothing_is_asked)
{
	static const char *const paths[] = { "/nonexistent/state", "/dev/null",
		"/" };
	file_put(zone, RIGHT);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		const struct run run =
		    RUN("shop.example", "--zone", zone, "--state", paths[i]);
		cr_expect(eq(int, run.code, 2), "%s", paths[i]);
		expect_text(run.out, "");
		cr_expect(strstr(run.err, paths[i]) != NULL, "%s", run.err);
	}
}

Test(cli_state, what_could_not_be_written_was_not_told)
{
	const struct run_manner full = { .out = "/dev/full" };
	file_put(zone, WRONG);
	const struct run lost = RUN_AS(&full, "shop.example", "--zone", zone,
	    "--only", "spf", "--state", state, "--only-changes");
	cr_expect(eq(int, lost.code, 2));
	const struct run run = RUN("shop.example", "--zone", zone, "--only",
	    "spf", "--state", state, "--only-changes");
	expect_said(&run, 1, "Seen for the first time.");
}

Test(cli_state, monitors_hear_every_result)
{
	const struct run run = RUN(
	    "shop.example", "-f", "nagios", "--state", state, "--only-changes");
	cr_expect(eq(int, run.code, 3));
	expect_text(run.out,
	    "IVYCHECK UNKNOWN: --only-changes is not for monitors (-f "
	    "nagios)\n");
}

/** *len* domains below shop.example, the first number being *from*. */
static struct str
fleet(size_t from, size_t len)
{
	struct buf lines = buf_new(arena);
	for (size_t i = 0; i < len; i++) {
		buf_addf(&lines, "d%zu.shop.example\n", from + i);
	}
	return buf_str(&lines);
}

/** How many domains the state has; it must be whole. */
static size_t
domains_known(void)
{
	struct state *known = state_new(arena);
	struct err err = { 0 };
	struct str aside;
	struct state_file *file = state_file_lock(arena, str_of(state), &err);
	cr_assert(file != NULL, "%s", err.text);
	cr_assert(state_file_read(file, known, &aside, &err), "%s", err.text);
	cr_expect(eq(sz, aside.len, 0), "the state was lost");
	state_file_unlock(&file);
	return known->domains.len;
}

Test(cli_state, runs_at_the_same_time_lose_nothing)
{
	struct running runs[4];
	const char *const arguments[] = { "batch", "--zone", zone, "--state",
		state, "--only-changes", NULL };
	file_put(zone, WRONG);
	for (size_t i = 0; i < 4; i++) {
		const struct run_manner lines = { .in = fleet(i * 20, 20) };
		runs[i] = program_start(&lines, arguments);
	}
	for (size_t i = 0; i < 4; i++) {
		const struct run run = program_finish(&runs[i]);
		cr_expect(eq(int, run.code, 1), "%s", run.err);
	}
	cr_expect(eq(sz, domains_known(), 80));
}

/** Kills a batch after *wait* milliseconds; what is left must be whole. */
static void
expect_whole_after(int wait)
{
	const struct run_manner lines = { .in = fleet(0, FLEET) };
	const char *const arguments[] = { "batch", "--zone", zone, "--state",
		state, NULL };
	const struct running running = program_start(&lines, arguments);
	(void)poll(NULL, 0, wait);
	(void)kill(running.pid, SIGKILL);
	const struct run run = program_finish(&running);
	cr_expect(run.out_len == 0 || run.out[run.out_len - 1] == '\n',
	    "half a line after %d ms", wait);
	const size_t known = domains_known();
	cr_expect(known == 1 || known == FLEET + 1, "%zu domains after %d ms",
	    known, wait);
}

Test(cli_state, whenever_it_is_killed_all_is_whole)
{
	const struct run first = RUN_OVER(WRONG, "-q");
	cr_expect(eq(int, first.code, 1));
	for (int i = 0; i < KILLS; i++) {
		expect_whole_after(i * 2);
	}
}

/** Puts a state of KNOWN domains there, made of what is known of one. */
static void
state_fill(void)
{
	struct buf text = buf_new(arena);
	cr_assert(eq(int, RUN_OVER(WRONG, "-q").code, 1));
	const char *line = strchr(file_text(state), '\n');
	cr_assert(line != NULL);
	const char *rest = strstr(line, "shop.example");
	cr_assert(rest != NULL);
	buf_addf(
	    &text, "{\"schema\":\"ivycheck/state/1\",\"domains\":%d}", KNOWN);
	for (int i = 0; i < KNOWN; i++) {
		buf_addf(&text, "\n{\"domain\":\"k%04d.%.*s", i,
		    (int)strcspn(rest, "\n"), rest);
	}
	buf_addc(&text, '\n');
	file_put(state, buf_str(&text).at);
	cr_assert(eq(sz, domains_known(), KNOWN));
}

/** Starts to add a domain to the state and waits until that is written. */
static struct running
update_begin(int number)
{
	const struct run_manner lines = {
		.in = str_print(arena, "d%d.shop.example\n", number),
	};
	const char *const arguments[] = { "batch", "--zone", zone, "--state",
		state, NULL };
	const char *beside = path_of("state.new");
	struct stat before = { 0 };
	struct stat now;
	(void)unlink(beside);
	cr_assert(stat(state, &before) == 0);
	const struct running running = program_start(&lines, arguments);
	struct pollfd end = { .fd = running.alive, .events = POLLIN };
	do {
		now = before;
		(void)stat(state, &now);
	} while (now.st_size == before.st_size && access(beside, F_OK) != 0 &&
		 poll(&end, 1, 1) == 0);
	return running;
}

Test(cli_state, killed_while_it_is_written_it_is_the_old_or_the_new)
{
	size_t known = KNOWN;
	state_fill();
	for (int i = 0; i < KILLS; i++) {
		const struct running running = update_begin(i);
		(void)poll(NULL, 0, i % 10);
		(void)kill(running.pid, SIGKILL);
		(void)program_finish(&running);
		const size_t now = domains_known();
		cr_expect(now == known || now == known + 1,
		    "%zu of %zu domains", now, known);
		known = now;
	}
	cr_expect(lt(sz, known, KNOWN + KILLS), "none was killed in time");
}
