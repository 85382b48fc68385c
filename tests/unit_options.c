/* SPDX-License-Identifier: MIT */
/* The command line, read by the tables. */
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/options.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

static struct arena *arena;
static struct options options;
static struct err err;

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

TestSuite(options, .init = setup, .fini = teardown);

/** Reads a command line, whose words blanks keep apart. */
static bool
parse(const char *line)
{
	char *argv[32] = { (char[]){ "ivycheck" } };
	int argc = 1;
	struct str rest = str_of(line);
	struct str word;
	while (str_split(&rest, ' ', &word)) {
		cr_assert(lt(int, argc, 31));
		argv[argc++] = arena_copy(arena, word.at, word.len);
	}
	err = (struct err){ 0 };
	return options_parse(arena, argc, argv, &options, &err);
}

static void
expect_parsed(const char *line)
{
	cr_assert(parse(line), "%s: %s (%s)", line, err.text, err.hint);
}

static void
expect_refused(const char *line, const char *text, const char *hint)
{
	cr_expect(not(parse(line)), "%s", line);
	cr_expect(eq(int, (int)err.code, ERR_USAGE), "%s", line);
	cr_expect(strstr(err.text, text) != NULL, "%s: %s", line, err.text);
	cr_expect(strstr(err.hint, hint) != NULL, "%s: %s", line, err.hint);
}

static void
expect_words(const struct words *words, const char *want)
{
	struct str got = STR("");
	const struct str *word;
	vec_foreach(word, words) {
		got = str_print(arena, "%.*s%s%.*s", STR_ARG(got),
		    got.len > 0 ? " " : "", STR_ARG(*word));
	}
	cr_expect(eq(str, (char *)got.at, (char *)want));
}

Test(options, a_server_may_stand_anywhere)
{
	expect_parsed("@192.0.2.1 check -n 192.0.2.2 example.com @[::1]:53");
	cr_expect(eq(int, options.command, COMMAND_CHECK));
	expect_words(&options.nameservers, "192.0.2.1 192.0.2.2 [::1]:53");
	expect_words(&options.arguments, "example.com");
}

Test(options, after_two_hyphens_everything_is_an_argument)
{
	expect_parsed("explain -- -q");
	expect_words(&options.arguments, "-q");
	cr_expect(not(options.quiet));
}

Test(options, a_flag_may_be_given_again_if_it_says_the_same)
{
	expect_parsed("explain --json -f json --color never --color never -vv");
	cr_expect(str_eq(options.format, STR("json")));
	cr_expect(eq(uint, options.color, OPTION_COLOR_NEVER));
	cr_expect(eq(uint, options.verbose, 2));
	expect_refused(
	    "explain --json -f text", "--format is given twice", "Leave one");
	expect_refused("explain --color never --color=always",
	    "--color is given twice", "Leave one");
}

Test(options, a_long_option_may_be_cut_short_when_that_is_clear)
{
	expect_parsed("explain --qui");
	cr_expect(options.quiet);
	expect_refused("explain --re", "several options", "--region");
}

Test(options, a_misspelt_word_is_recognised)
{
	expect_refused(
	    "explain --colour never", "no option \"--colour\"", "\"--color\"");
	expect_refused(
	    "explain --color nevr", "takes auto, always or never", "\"never\"");
	expect_refused("explian", "neither a command", "\"explain\"");
	expect_refused("explain --bogus=secret", "no option \"--bogus\"", "-h");
	expect_refused("explain -x", "no option \"-x\"", "-h");
}

Test(options, a_value_is_there_exactly_when_it_is_wanted)
{
	expect_refused("explain -f", "--format needs a value", "");
	expect_refused("explain --output", "--output needs a value", "");
	expect_refused("explain --output=", "--output needs a value", "");
	expect_refused("explain --quiet=1", "--quiet takes no value", "");
	expect_refused("explain @", "--nameserver needs a value", "");
}

Test(options, what_a_command_does_not_take_is_told_with_its_name)
{
	expect_refused("explain --jobs 3", "\"explain\" does not take --jobs",
	    "It is for: batch");
	expect_refused("schema -q", "\"schema\" does not take --quiet", "");
	expect_refused("explain @192.0.2.1", "does not take --nameserver", "");
}

Test(options, arguments_are_as_many_as_the_command_wants)
{
	expect_refused(
	    "explain a b", "so what is \"b\"", "Usage: ivycheck explain");
	expect_refused("explain -f html", "does not write the format", "json");
}

Test(options, contradictions_are_refused)
{
	static const char *const pairs[] = { "explain -q -v", "explain -4 -6",
		"explain --zone a --replay b", "explain --save a --replay b",
		"explain --zone a @192.0.2.1", "explain --zone a --compare b",
		"explain --zone a --authoritative b",
		"explain --replay a -n b" };
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		expect_refused(pairs[i], "cannot be used together", "");
	}
}

Test(options, what_says_nothing_alone_asks_for_its_other_half)
{
	expect_refused("example.com --only-changes",
	    "--only-changes says nothing without --state", "Add --state FILE");
	expect_refused("example.com --remind 1d", "without --state", "");
	expect_parsed("example.com --only-changes --remind 1d --state s");
	cr_expect(eq(i64, options.remind, INT64_C(86400000000)));
}

Test(options, the_deadline_is_that_of_the_command)
{
	expect_parsed("example.com");
	cr_expect(eq(i64, options.deadline, 30000000));
	cr_expect(eq(i64, options.timeout, 0));
	expect_parsed("wait example.com");
	cr_expect(eq(i64, options.deadline, INT64_C(1800000000)));
	expect_parsed("batch domains.txt");
	cr_expect(eq(i64, options.deadline, 30000000));
	expect_parsed("wait example.com --deadline 1.5m -t 300ms");
	cr_expect(eq(i64, options.deadline, 90000000));
	cr_expect(eq(i64, options.timeout, 300000));
}

Test(options, a_domain_needs_no_command)
{
	expect_parsed("-q example.com @192.0.2.1 example.net");
	cr_expect(eq(int, options.command, COMMAND_CHECK));
	expect_words(&options.arguments, "example.com example.net");
	expect_parsed("-e list.json");
	cr_expect(eq(int, options.command, COMMAND_CHECK));
	cr_expect(eq(sz, options.arguments.len, 0));
	expect_refused("exmaple", "neither a command nor a domain", "");
}

Test(options, the_first_error_is_told_and_the_format_is_still_read)
{
	expect_refused("explain --bogus -x --json", "--bogus", "");
	cr_expect(str_eq(options.format, STR("json")));
}

Test(options, help_is_given_whatever_else_is_missing)
{
	expect_parsed("-h");
	cr_expect(options.help);
	cr_expect(eq(int, options.command, COMMANDS));
	expect_parsed("explain a b c -h");
	cr_expect(options.help);
	expect_parsed("-V");
	cr_expect(options.version);
}

Test(options, nothing_at_all_is_no_command)
{
	char *argv[] = { (char[]){ "ivycheck" }, NULL };
	cr_expect(options_parse(arena, 1, argv, &options, &err));
	cr_expect(eq(int, options.command, COMMANDS));
}

Test(options, every_row_can_be_looked_up_and_fits_the_help)
{
	static const char commands[] =
	    "check wait batch records spf dmarc dkim explain schema help";
	for (int i = 0; i < OPTIONS; i++) {
		const struct option_row *row = option_row((enum option_id)i);
		struct str rest = str_of(row->commands);
		struct str word;
		while (*row->commands && str_split(&rest, ' ', &word)) {
			cr_expect(gt(sz, word_index(word, commands, ' '), 0),
			    "--%s: %s", row->name, row->commands);
		}
		cr_expect(gt(sz, strlen(row->help), 0), "--%s", row->name);
		cr_expect(eq(int, strchr(row->help, '"') != NULL, 0), "--%s",
		    row->name);
	}
}

Test(options, the_worst_result_counts)
{
	static const enum exit_code order[] = { EXIT_READY, EXIT_PROPAGATING,
		EXIT_UNKNOWN, EXIT_ACTION, EXIT_USAGE };
	for (int i = 0; i < 5; i++) {
		for (int j = 0; j < 5; j++) {
			const enum exit_code worst = order[i > j ? i : j];
			const enum exit_code got =
			    exit_worst(order[i], order[j]);
			cr_expect(eq(int, (int)got, (int)worst), "%d %d",
			    order[i], order[j]);
		}
	}
}
