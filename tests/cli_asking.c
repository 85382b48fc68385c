/* SPDX-License-Identifier: MIT */
/* The whole program with files, saved answers, and signals on the way. */
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "cmd/output.h"
#include "loopback.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#define DEMO        SOURCE_DIR "/fixtures/demo/"
#define DEMO_ZONE   DEMO "yourapp.com.zone"
#define DEMO_LIST   DEMO "notifications.yourapp.com.json"
#define DEMO_DOMAIN "notifications.yourapp.com"

static struct arena *arena;

static void
setup(void)
{
	arena = arena_new();
}

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(cli_asking, .init = setup, .fini = teardown);

/** The part of a JSON report from its verdict to what asking it cost. */
static const char *
judged(const struct run *run)
{
	const char *from = strstr(run->out, "\"verdict\"");
	const char *to = strstr(run->out, "\"queries\"");
	cr_assert(from != NULL && to != NULL, "%s%s", run->out, run->err);
	const struct str part = { from, (size_t)(to - from) };
	return str_z(arena, part);
}

Test(cli_asking, the_list_names_the_domain)
{
	const struct run run =
	    RUN("--zone", DEMO_ZONE, "--expect", DEMO_LIST, "--json");
	cr_expect(eq(int, run.code, 1));
	cr_expect(strstr(run.out, "\"domain\": \"" DEMO_DOMAIN "\"") != NULL);
}

Test(cli_asking, the_list_may_come_from_stdin)
{
	struct run_manner manner = { 0 };
	struct err err = { 0 };
	cr_assert(file_read(arena, STR(DEMO_LIST), 1 << 20, &manner.in, &err));
	const struct run piped =
	    RUN_AS(&manner, "--zone", DEMO_ZONE, "-e", "-", "--json");
	const struct run read =
	    RUN("--zone", DEMO_ZONE, "-e", DEMO_LIST, "--json");
	cr_expect(eq(int, piped.code, 1));
	expect_text(judged(&piped), judged(&read));
}

#define HANDED_ON SOURCE_DIR "/fixtures/commands/handed-on"

Test(cli_asking, a_name_that_is_handed_on_is_mended_where_it_went)
{
	static const char *const said[] = {
		"\"zone\": \"_domainkey.news.example.com\"",
		"\"host\": \"tokenone\"",
		"which example.com hands on to amy.ns.cloudflare.com, "
		"bob.ns.cloudflare.com",
		"\"provider_text\": \"At Cloudflare",
		"\"plan_proven\": true",
	};
	const struct run run = RUN("--zone", HANDED_ON ".zone", "--zone",
	    HANDED_ON ".news.zone", "--only", "dkim-1", "--dkim-token",
	    "tokenone", "--region", "eu-west-1", "--json", "news.example.com");
	cr_expect(eq(int, run.code, 1));
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		cr_expect(strstr(run.out, said[i]) != NULL, "%s in\n%s",
		    said[i], run.out);
	}
}

Test(cli_asking, without_the_zone_that_it_went_to_a_name_is_not_checked)
{
	const struct run run = RUN("--zone", HANDED_ON ".zone", "--only",
	    "dkim-1", "--dkim-token", "tokenone", "news.example.com");
	cr_expect(eq(int, run.code, 3));
	cr_expect(
	    strstr(run.out, "hand\n        _domainkey") != NULL, "%s", run.out);
	cr_expect(strstr(run.out, "records.json") == NULL, "%s", run.out);
}

Test(cli_asking, saved_answers_give_the_same_report)
{
	char path[] = "/tmp/ivycheck-save-XXXXXX";
	cr_assert(close(mkstemp(path)) == 0);
	const struct run live =
	    RUN("--zone", DEMO_ZONE, "-e", DEMO_LIST, "--save", path, "--json");
	const struct run replay =
	    RUN("--replay", path, "-e", DEMO_LIST, "--json");
	(void)unlink(path);
	cr_expect(eq(int, replay.code, live.code));
	expect_text(judged(&replay), judged(&live));
}

Test(cli_asking, what_cannot_be_saved_is_told)
{
	const struct run run =
	    RUN("--zone", DEMO_ZONE, "-e", DEMO_LIST, "--save", "/dev/full");
	cr_expect(eq(int, run.code, 2));
	cr_expect(
	    strstr(run.err, "cannot write /dev/full") != NULL, "%s", run.err);
}

Test(cli_asking, input_that_is_wrong_is_told_before_anything_is_asked)
{
	static const struct {
		const char *option;
		const char *value;
		const char *said;
	} rows[] = {
		{ "--expect", "/nonexistent", "/nonexistent: No such file" },
		{ "--expect", "/dev/zero", "larger than 1024 KiB" },
		{ "--replay", "/", "directory" },
		{ "--zone", DEMO_LIST, "line 1" },
		{ "--region", "europe", "\"europe\" is not a region" },
		{ "--only", "bounces", "\"bounces\"" },
		{ "--ignore", "spf-nothing", "\"spf-nothing\"" },
		{ "--authoritative", "ns1", "\"ns1\" (--authoritative)" },
		{ "-n", "one.one.one.one", "not the address of a server" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct run run =
		    RUN("example.com", rows[i].option, rows[i].value);
		cr_expect(eq(int, run.code, 2), "%s", rows[i].value);
		expect_text(run.out, "");
		cr_expect(strstr(run.err, rows[i].said) != NULL, "%s: %s",
		    rows[i].value, run.err);
	}
}

Test(cli_asking, a_domain_that_is_none_is_told_in_every_form)
{
	const struct run text = RUN("co.uk");
	cr_expect(eq(int, text.code, 2));
	const struct run nagios = RUN("-f", "nagios", "192.0.2.1");
	cr_expect(eq(int, nagios.code, 3));
	expect_text(nagios.out,
	    "IVYCHECK UNKNOWN: \"192.0.2.1\" is an IP address, not a domain\n");
	const struct run json = RUN("--json", "a_b.example.com");
	cr_expect(
	    strstr(json.err, "\"code\":\"domain\"") != NULL, "%s", json.err);
}

/** A resolver that never answers; gives its socket. */
static int
silent_resolver(struct server_addr *ret)
{
	const int fd = socket(AF_INET, SOCK_DGRAM, 0);
	*ret = loopback_free();
	const struct sockaddr_in at = loopback_socket(*ret);
	cr_assert(fd >= 0);
	cr_assert(bind(fd, (const struct sockaddr *)&at, sizeof(at)) == 0);
	return fd;
}

Test(cli_asking, a_signal_ends_it_after_what_is_known_was_told)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		struct server_addr resolver;
		const int fd = silent_resolver(&resolver);
		const struct str at = server_addr_text(arena, resolver);
		const char *const arguments[] = { "example.com", "-t", "15",
			"-n", str_z(arena, at), NULL };
		struct pollfd asked = { .fd = fd, .events = POLLIN };
		const struct running running = program_start(NULL, arguments);
		cr_expect(eq(int, poll(&asked, 1, 10000), 1));
		(void)kill(running.pid, numbers[i]);
		const struct run run = program_finish(&running);
		(void)close(fd);
		cr_expect(eq(int, run.signal, numbers[i]));
		cr_expect(strstr(run.out, "UNKNOWN  example.com") != NULL,
		    "%s%s", run.out, run.err);
	}
}

Test(cli_asking, a_signal_that_is_ignored_stays_ignored)
{
	struct server_addr resolver;
	const int fd = silent_resolver(&resolver);
	const struct str line = str_print(arena,
	    "trap '' TERM; exec %s example.com -q -t 500ms -n %s",
	    program_path(), str_z(arena, server_addr_text(arena, resolver)));
	const struct run_manner shell = { .program = "/bin/sh" };
	const char *const arguments[] = { "-c", line.at, NULL };
	struct pollfd asked = { .fd = fd, .events = POLLIN };
	const struct running running = program_start(&shell, arguments);
	cr_expect(eq(int, poll(&asked, 1, 10000), 1));
	(void)kill(running.pid, SIGTERM);
	const struct run run = program_finish(&running);
	(void)close(fd);
	cr_expect(eq(int, run.code, 3));
}
