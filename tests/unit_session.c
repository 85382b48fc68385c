/* SPDX-License-Identifier: MIT */
/* What every command shares, and what the options make of it. */
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/options.h"
#include "cmd/asking.h"
#include "cmd/message.h"
#include "cmd/output.h"
#include "cmd/session.h"
#include "dns/answer.h"
#include "expect/expect.h"
#include "look/ledger.h"
#include "source/source.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct options options;
static struct stop stop;
static struct session session;
static struct err err;
static char folder[64];

static const char ZONE[] = "$ORIGIN example.com.\n"
			   "@ 300 SOA ns a 1 60 60 60 60\n"
			   "@ 300 NS ns\n"
			   "@ 300 TXT \"v=spf1 -all\"\n";

static void
setup(void)
{
	options = (struct options){ .command = COMMANDS };
	stop = (struct stop){ .descriptor = -1, .waking = -1 };
	err = (struct err){ 0 };
	session_begin(&session, &options, &stop);
	(void)snprintf(folder, sizeof(folder), "/tmp/ivycheck-ses-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
}

static struct str
path_of(const char *name)
{
	return str_print(session.arena, "%s/%s", folder, name);
}

static void
teardown(void)
{
	(void)unlink(path_of("a").at);
	(void)unlink(path_of("b").at);
	cr_assert(rmdir(folder) == 0);
	session_close(&session);
}

TestSuite(session, .init = setup, .fini = teardown);

/** Writes the file *name* in the folder of the test, and gives its path. */
static struct str
put(const char *name, const char *content)
{
	const struct str path = path_of(name);
	cr_assert(file_write(session.arena, path, str_of(content), &err), "%s",
	    err.text);
	return path;
}

static void
add(struct words *words, struct str word)
{
	vec_push(session.arena, words, word);
}

static void
expect_err(enum err_code code, const char *said)
{
	cr_expect(eq(int, (int)err.code, (int)code));
	cr_expect(strstr(err.text, said) != NULL, "%s", err.text);
}

static void
keep_answer(void *context, const struct answer *answer)
{
	*(enum answer_status *)context = answer->status;
}

/** What *asked* answers for TXT at *name*. */
static enum answer_status
ask_txt(struct asked *asked, const char *name)
{
	enum answer_status status = ANSWER_TIMEOUT;
	const struct question question = {
		.name = name_of(session.arena, name),
		.type = RRTYPE_TXT,
	};
	source_start(asked->source, &question, keep_answer, &status);
	while (source_step(asked->source)) {
	}
	return status;
}

Test(session, zone_files_answer_without_a_network)
{
	struct asked asked;
	add(&options.zones, put("a", ZONE));
	cr_assert(asking_open(&session, &asked, &err), "%s", err.text);
	cr_expect(asked.offline);
	cr_expect(str_eq(str_of(asked.kind), STR("zone")));
	cr_expect(
	    eq(int, (int)ask_txt(&asked, "example.com"), (int)ANSWER_FOUND));
	cr_expect(
	    eq(int, (int)ask_txt(&asked, "example.net"), (int)ANSWER_OUTSIDE));
	cr_expect(asking_close(&session, &asked, &err));
}

Test(session, a_zone_file_that_is_wrong_is_named_with_its_line)
{
	struct asked asked;
	add(&options.zones, put("a", "$ORIGIN example.com.\n@ TXT (\n"));
	cr_expect(not(asking_open(&session, &asked, &err)));
	expect_err(ERR_INPUT, "/a, line 2");
	options.zones.at[0] = path_of("none");
	cr_expect(not(asking_open(&session, &asked, &err)));
	expect_err(ERR_FILE, "No such file");
}

Test(session, a_zone_file_without_a_zone_is_about_the_domain_asked_for)
{
	struct asked asked;
	add(&options.arguments, STR("mail.example.com"));
	add(&options.zones, put("a", "a 60 TXT \"x\"\n"));
	cr_assert(asking_open(&session, &asked, &err), "%s", err.text);
	cr_expect(
	    eq(int, (int)ask_txt(&asked, "a.example.com"), (int)ANSWER_FOUND));
	cr_expect(asking_close(&session, &asked, &err));
}

/** Saves a run about example.com with one answer to the file "b". */
static void
save_run(void)
{
	struct asked asked;
	const struct question question = {
		.name = name_of(session.arena, "example.com"),
		.type = RRTYPE_TXT,
	};
	const struct answer answer = { .status = ANSWER_NXDOMAIN };
	struct ledger *ledger = ledger_new(session.arena);
	options.save = path_of("b");
	add(&options.zones, put("a", ZONE));
	cr_assert(asking_open(&session, &asked, &err), "%s", err.text);
	ledger_settle(ledger, ledger_add(ledger, &question), &answer);
	asking_keep(&session, &asked, question.name, ledger);
	cr_assert(asking_close(&session, &asked, &err), "%s", err.text);
}

Test(session, saved_answers_are_given_again_with_their_time)
{
	struct asked asked;
	session.now = 1700000000;
	save_run();
	session.now = 1800000000;
	options = (struct options){ .replay = path_of("b") };
	cr_assert(asking_open(&session, &asked, &err), "%s", err.text);
	cr_expect(eq(i64, session.now, 1700000000));
	cr_expect(str_eq(str_of(asked.kind), STR("replay")));
	cr_assert(eq(sz, asked.domains.len, 1));
	cr_expect(str_eq(asked.domains.at[0], STR("example.com")));
	cr_expect(
	    eq(int, (int)ask_txt(&asked, "example.com"), (int)ANSWER_NXDOMAIN));
	cr_expect(asking_close(&session, &asked, &err));
}

Test(session, saved_answers_that_are_none_are_named)
{
	struct asked asked;
	options.replay = put("a", "{}\n");
	cr_expect(not(asking_open(&session, &asked, &err)));
	expect_err(ERR_INPUT, "/a");
}

Test(session, resolvers_are_asked_in_the_order_given)
{
	struct asked asked;
	add(&options.nameservers, STR("127.0.0.1:5353"));
	add(&options.nameservers, STR("tcp://[::1]:54"));
	options.deadline = 1000000;
	cr_assert(asking_open(&session, &asked, &err), "%s", err.text);
	cr_expect(not(asked.offline));
	cr_assert(eq(sz, asked.resolvers.len, 2));
	cr_expect(str_eq(asked.resolvers.at[0], STR("127.0.0.1:5353")));
	cr_expect(str_eq(asked.resolvers.at[1], STR("tcp://[::1]:54")));
	cr_expect(eq(ptr, (void *)stop.source, asked.source));
	cr_expect(asking_close(&session, &asked, &err));
	cr_expect(eq(ptr, (void *)stop.source, NULL));
}

Test(session, a_resolver_must_be_an_address)
{
	struct asked asked;
	add(&options.nameservers, STR("dns.example"));
	cr_expect(not(asking_open(&session, &asked, &err)));
	expect_err(ERR_USAGE, "\"dns.example\"");
	options.nameservers.len = 0;
	for (int i = 1; i <= 9; i++) {
		add(&options.nameservers,
		    str_print(session.arena, "127.0.0.%d", i));
	}
	cr_expect(not(asking_open(&session, &asked, &err)));
	expect_err(ERR_USAGE, "more than 8");
}

Test(session, the_view_is_that_of_the_option_or_of_the_command)
{
	struct sides sides;
	cr_assert(asking_sides(&session, VIEW_BOTH, &sides, &err));
	cr_expect(eq(int, (int)sides.view, (int)VIEW_BOTH));
	options.view = OPTION_VIEW_AUTHORITATIVE;
	cr_assert(asking_sides(&session, VIEW_BOTH, &sides, &err));
	cr_expect(eq(int, (int)sides.view, (int)VIEW_AUTHORITATIVE));
	options.view = 0;
	session.files_only = true;
	cr_assert(asking_sides(&session, VIEW_BOTH, &sides, &err));
	cr_expect(eq(int, (int)sides.view, (int)VIEW_RESOLVER));
}

Test(session, further_servers_are_read)
{
	struct sides sides;
	add(&options.authoritative, STR("192.0.2.1"));
	add(&options.compare, STR("192.0.2.2"));
	add(&options.compare, STR("192.0.2.3"));
	cr_assert(asking_sides(&session, VIEW_BOTH, &sides, &err));
	cr_expect(eq(sz, sides.given.len, 1));
	cr_expect(eq(sz, sides.compare_len, 2));
	cr_expect(eq(uint, sides.compare[1].addr.bytes[3], 3));
	options.compare.at[1] = STR("x");
	cr_expect(not(asking_sides(&session, VIEW_BOTH, &sides, &err)));
	expect_err(ERR_USAGE, "--compare");
}

Test(session, only_findings_that_exist_can_be_ignored)
{
	struct policy policy;
	add(&options.ignore, STR("spf-*"));
	add(&options.ignore, STR("dmarc-policy-none"));
	options.fail_on = OPTION_FAIL_ON_WARNING;
	cr_assert(asking_policy(&session, &policy, &err), "%s", err.text);
	cr_expect(eq(sz, policy.ignore_len, 2));
	cr_expect(eq(int, (int)policy.fail_on, (int)SEVERITY_WARNING));
	add(&options.ignore, STR("dmarc-policy-non"));
	cr_expect(not(asking_policy(&session, &policy, &err)));
	expect_err(ERR_USAGE, "\"dmarc-policy-non\"");
	cr_expect(strstr(err.hint, "dmarc-policy-none") != NULL);
}

Test(session, what_is_expected_comes_from_file_and_flags)
{
	struct expect expect;
	options.expect = put("a", "{\"success\":true,\"data\":{\"domain\":"
				  "\"example.com\",\"records\":[{\"type\":"
				  "\"TXT\",\"name\":\"_ivymail\",\"value\":"
				  "\"ivymail-verify=abc\"}]}}");
	options.region = STR("eu-west-1");
	cr_assert(session_expect(&session, session.arena, (struct name){ 0 },
		      &expect, &err),
	    "%s", err.text);
	cr_expect(
	    name_equal(expect.domain, name_of(session.arena, "example.com")));
	cr_expect(str_eq(expect.region, options.region));
	cr_expect(str_eq(
	    expect.records[INDEX_OWNERSHIP].text, STR("ivymail-verify=abc")));
}

Test(session, without_a_domain_nothing_can_be_expected)
{
	struct expect expect;
	cr_expect(not(session_expect(
	    &session, session.arena, (struct name){ 0 }, &expect, &err)));
	expect_err(ERR_USAGE, "no domain");
	options.expect = path_of("none");
	cr_expect(not(session_expect(
	    &session, session.arena, (struct name){ 0 }, &expect, &err)));
	expect_err(ERR_FILE, "/none");
}

Test(session, a_format_that_is_none_is_told_with_those_that_are)
{
	options.format = STR("yaml");
	cr_expect(not(session_open(&session, &err)));
	expect_err(ERR_USAGE, "\"yaml\"");
	cr_expect(strstr(err.hint, "text, json") != NULL, "%s", err.hint);
}

Test(session, colours_are_for_terminals_unless_asked_for)
{
	static const struct {
		bool terminal;
		bool plain;
		unsigned color;
		bool want;
	} rows[] = {
		{ true, false, 0, true },
		{ false, false, 0, false },
		{ true, true, 0, false },
		{ true, true, OPTION_COLOR_ALWAYS, true },
		{ false, false, OPTION_COLOR_ALWAYS, true },
		{ true, false, OPTION_COLOR_NEVER, false },
		{ true, false, OPTION_COLOR_AUTO, true },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		session.output = NULL;
		session.terminal.out_is_terminal = rows[i].terminal;
		session.terminal.plain = rows[i].plain;
		options.color = rows[i].color;
		cr_assert(session_open(&session, &err));
		cr_expect(session.manner.color == rows[i].want, "row %zu", i);
	}
}

Test(session, messages_keep_their_escapes_and_lose_what_is_dangerous)
{
	const struct str safe = message_safe(
	    session.arena, session.patterns, STR("a\\032b \x1b[0m \xc3\xbc"));
	cr_expect(str_eq(safe, STR("a\\032b \\027[0m \xc3\xbc")), "%s",
	    str_z(session.arena, safe));
}
