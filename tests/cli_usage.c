/* SPDX-License-Identifier: MIT */
/* How the program is called wrongly, and what it tells of itself. */
#include "base/str.h"
#include "cli/options.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>

/** The longest line of *text*, in bytes. */
static size_t
longest_line(const char *text)
{
	struct str rest = str_of(text);
	struct str line;
	size_t longest = 0;
	while (str_split(&rest, '\n', &line)) {
		longest = line.len > longest ? line.len : longest;
	}
	return longest;
}

static void
expect_usage_error(const struct run *run, const char *said)
{
	cr_expect(eq(int, run->code, 2));
	expect_text(run->out, "");
	cr_expect(
	    str_starts(str_of(run->err), STR("ivycheck: ")), "%s", run->err);
	cr_expect(strstr(run->err, said) != NULL, "%s", run->err);
}

Test(cli_usage, a_call_without_anything_shows_six_lines)
{
	const struct run run = program_run(NULL, (const char *const[]){ NULL });
	size_t lines = 0;
	for (const char *at = run.err; *at; at++) {
		lines += *at == '\n';
	}
	cr_expect(eq(int, run.code, 2));
	cr_expect(eq(sz, lines, 6));
	expect_text(run.out, "");
	cr_expect(le(sz, longest_line(run.err), 80));
}

Test(cli_usage, errors_are_one_sentence_and_a_hint)
{
	const struct run option = RUN("explain", "--colour", "never");
	expect_usage_error(&option, "there is no option \"--colour\"");
	cr_expect(strstr(option.err, "Did you mean \"--color\"?") != NULL);
	const struct run command = RUN("explian", "spf-ptr");
	expect_usage_error(&command, "\"explian\" is neither");
	const struct run twice = RUN("explain", "-f", "text", "--json");
	cr_expect(eq(int, twice.code, 2));
}

Test(cli_usage, errors_are_json_when_json_was_asked_for)
{
	const struct run run = RUN("explain", "--bogus", "--json");
	cr_expect(eq(int, run.code, 2));
	expect_text(run.out, "");
	expect_text(run.err,
	    "{\"error\":{\"code\":\"usage\",\"message\":\"there is no option "
	    "\\\"--bogus\\\"\",\"hint\":\"See ivycheck -h.\"}}\n");
}

Test(cli_usage, what_was_typed_cannot_command_the_terminal)
{
	const struct run run =
	    RUN("explain", "a\x1b[31m\xe2\x80\xae\xff|\xc2\x9b");
	cr_expect(eq(int, run.code, 2));
	cr_expect(strstr(run.err, "a\\027[31m\\226\\128\\174\\255|") != NULL,
	    "%s", run.err);
}

Test(cli_usage, help_fits_into_80_columns)
{
	const struct run all = RUN("-h");
	cr_expect(eq(int, all.code, 0));
	expect_text(all.err, "");
	cr_expect(le(sz, longest_line(all.out), 80));
	static const char *const topics[] = { "exit-codes", "formats",
		"resolvers", "environment", "expect" };
	for (size_t i = 0; i < sizeof(topics) / sizeof(*topics); i++) {
		const struct run run = RUN("help", topics[i]);
		cr_expect(eq(int, run.code, 0), "%s", topics[i]);
		cr_expect(le(sz, longest_line(run.out), 80), "%s", topics[i]);
		cr_expect(strstr(all.out, topics[i]) != NULL, "%s", topics[i]);
	}
}

Test(cli_usage, help_names_every_option_and_command)
{
	const struct run run = RUN("help");
	for (int i = 0; i < OPTIONS; i++) {
		char option[64];
		(void)snprintf(option, sizeof(option), " --%s",
		    option_row((enum option_id)i)->name);
		cr_expect(strstr(run.out, option) != NULL, "%s", option);
	}
	for (int i = 0; i < COMMANDS; i++) {
		const struct command_row *row = command_row((enum command)i);
		const struct run one = RUN(row->name, "-h");
		cr_expect(
		    strstr(run.out, row->summary) != NULL, "%s", row->name);
		cr_expect(eq(int, one.code, 0), "%s", row->name);
		cr_expect(le(sz, longest_line(one.out), 80), "%s", row->name);
	}
}

Test(cli_usage, help_on_a_command_has_only_its_options)
{
	const struct run run = RUN("help", "explain");
	cr_expect(strstr(run.out, "usage: ivycheck explain ") != NULL);
	cr_expect(strstr(run.out, "--format") != NULL);
	cr_expect(strstr(run.out, "--jobs") == NULL);
	const struct run wrong = RUN("help", "exit-code");
	expect_usage_error(&wrong, "Did you mean \"exit-codes\"?");
}

Test(cli_usage, help_is_as_wide_as_the_terminal_says)
{
	static const char *const narrow[] = { "COLUMNS=40", NULL };
	const struct run_manner manner = { .environment = narrow };
	const struct run run = RUN_AS(&manner, "explain", "negative-ttl-long");
	cr_expect(le(sz, longest_line(run.out), 60));
}

Test(cli_usage, the_version_names_libraries_and_schemas)
{
	const struct run run = RUN("-V");
	cr_expect(eq(int, run.code, 0));
	cr_expect(str_starts(str_of(run.out), STR("ivycheck ")));
	static const char *const parts[] = { "ldns ", "libevent_core ",
		"libpcre2-8 ", "jansson ", "libcrypto ", "idn", "psl",
		"ivycheck/report/1" };
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		cr_expect(strstr(run.out, parts[i]) != NULL, "%s", parts[i]);
	}
	const struct run other = RUN("explain", "--version");
	expect_text(other.out, run.out);
}
