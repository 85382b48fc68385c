/* SPDX-License-Identifier: MIT */
/* The command spf, as a person or a script sees it. */
#include "base/arena.h"
#include "base/buf.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <jansson.h>
#include <string.h>

static const char ZONE[] = SOURCE_DIR "/fixtures/commands/spf.zone";

#define SPF(...) RUN("spf", "--zone", ZONE, __VA_ARGS__)

static void
expect_exit(const char *argument, int code)
{
	const struct run run = SPF(argument);
	cr_expect(
	    eq(int, run.code, code), "%s: %s%s", argument, run.out, run.err);
	cr_expect(eq(sz, run.err_len, 0), "%s", run.err);
}

static void
expect_contains(const struct run *run, const char *part)
{
	cr_expect(strstr(run->out, part) != NULL, "no \"%s\" in:\n%s", part,
	    run->out);
}

/** What `ivycheck spf -f json ARGUMENT` writes. */
static json_t *
told(const char *argument)
{
	const struct run run = SPF("-f", "json", argument);
	json_error_t error;
	json_t *root = json_loads(run.out, 0, &error);
	cr_assert(root != NULL, "%s: %s", error.text, run.out);
	return root;
}

/** The word at *key* of the error number *index* of *root*; or "". */
static const char *
error_word(const json_t *root, size_t index, const char *key)
{
	const json_t *errors = json_object_get(root, "errors");
	const char *word = json_string_value(
	    json_object_get(json_array_get(errors, index), key));
	return word ? word : "";
}

/** The kind of value that *key* of *root* has. */
static int
kind_of(const json_t *root, const char *key)
{
	const json_t *member = json_object_get(root, key);
	return member ? (int)json_typeof(member) : -1;
}

static int
number_of(const json_t *root, const char *key)
{
	return (int)json_integer_value(json_object_get(root, key));
}

Test(cli_spf, exits_by_whether_the_record_is_valid)
{
	expect_exit("example.com", 0);
	expect_exit("plain.example.com", 0);
	expect_exit("open.example.com", 0);
	expect_exit("wild.example.com", 0);
	expect_exit("slip.example.com", 1);
	expect_exit("almost.example.com", 1);
	expect_exit("two.example.com", 1);
	expect_exit("loop.example.com", 1);
	expect_exit("ten.example.com", 1);
	expect_exit("other.example.com", 1);
	expect_exit("nothing.example.com", 1);
	expect_exit("v=spf1 ip4:192.0.2.1 -all", 0);
	expect_exit("v=spf1 ip4:192.0.2.300 -all", 1);
	expect_exit("v=DMARC1; p=none", 1);
}

Test(cli_spf, the_tree_tells_what_each_term_costs)
{
	const struct run run = SPF("example.com");
	expect_contains(&run, "SPF for example.com: valid, 6 of 10 lookups");
	expect_contains(&run, "What each term costs");
	expect_contains(&run,
	    "  include:_spf.example.net                                      "
	    "       3       3\n");
	expect_contains(&run, "    include:a._spf.example.net");
	expect_contains(&run, "      (4 networks)\n");
	expect_contains(&run, "a:old.example.com  finds nothing");
	expect_contains(&run, "6 of 10 lookups, 1 of 2 that find nothing.");
}

Test(cli_spf, networks_are_summed_each_address_once)
{
	const struct run run = SPF("-v", "example.com");
	expect_contains(&run, "  198.51.100.128/26");
	expect_contains(&run, "  192.0.2.25  ");
	/* 256 + 256 + 1024 + 1: what lies in another network is in it. */
	expect_contains(&run,
	    "In all: 1,537 IPv4 addresses in 7 networks, and 2 IPv6 "
	    "networks.");
}

Test(cli_spf, every_line_fits_but_what_is_to_be_copied)
{
	static const char *const domains[] = { "example.com",
		"slip.example.com", "ten.example.com", "loop.example.com" };
	for (size_t i = 0; i < sizeof(domains) / sizeof(*domains); i++) {
		struct run run = SPF("--ascii", domains[i]);
		struct str rest = str_of(run.out);
		struct str line;
		while (str_split(&rest, '\n', &line)) {
			cr_expect(line.len <= 80 ||
				      str_find(line, STR("v=spf1")) >= 0,
			    "%s: %.*s", domains[i], STR_ARG(line));
		}
	}
}

Test(cli_spf, each_slip_is_marked_and_the_whole_is_corrected)
{
	const struct run run = SPF("slip.example.com");
	expect_contains(&run, "v=spf1 ipv4:192.0.2.1, include:");
	expect_contains(&run, "^^^^^^^^^^^^^^^\n");
	expect_contains(&run, "A blank stands inside a term.");
	expect_contains(&run, "  v=spf1 ip4:192.0.2.1 include:_spf.example.net "
			      "include:amazonses.com ~all\n");
}

Test(cli_spf, a_record_can_be_tried_before_it_is_published)
{
	const struct run alone = SPF("v=spf1 ip:192.0.2.1 ~ all");
	expect_contains(&alone, "This record: not valid");
	expect_contains(
	    &alone, "  v=spf1 ip4:192.0.2.1 include:amazonses.com ~all\n");
	const struct run owned =
	    SPF("--domain", "example.com", "v=spf1 mx -all");
	expect_contains(&owned, "SPF for example.com: valid, 1 of 10 lookups");
	const struct run loop = SPF(
	    "--domain", "x.example.com", "v=spf1 include:x.example.com -all");
	cr_expect(eq(int, loop.code, 1));
	expect_contains(&loop, "loop");
}

Test(cli_spf, with_an_address_the_result_stands_alone_on_the_first_line)
{
	static const struct {
		const char *ip;
		const char *domain;
		const char *first;
		int code;
	} rows[] = {
		{ "192.0.2.25", "example.com", "pass\n", 0 },
		{ "::ffff:192.0.2.25", "example.com", "pass\n", 0 },
		{ "2001:db8:b::1", "example.com", "pass\n", 0 },
		{ "9.9.9.9", "example.com", "softfail\n", 1 },
		{ "9.9.9.9", "plain.example.com", "fail\n", 1 },
		{ "9.9.9.9", "two.example.com", "permerror\n", 1 },
		{ "9.9.9.9", "nothing.example.com", "none\n", 1 },
		{ "9.9.9.9", "a..b", "none\n", 1 },
		{ "9.9.9.9", "single", "none\n", 1 },
		{ "9.9.9.9", "[1.2.3.4]", "none\n", 1 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct run run = SPF("--ip", rows[i].ip, rows[i].domain);
		cr_expect(eq(int, run.code, rows[i].code), "%s %s: %s",
		    rows[i].ip, rows[i].domain, run.out);
		cr_expect(
		    strncmp(run.out, rows[i].first, strlen(rows[i].first)) == 0,
		    "%s %s: %s", rows[i].ip, rows[i].domain, run.out);
	}
}

Test(cli_spf, the_sender_decides_where_no_domain_is_given)
{
	const struct run sender = SPF(
	    "-q", "--ip", "192.0.2.1", "--mail-from", "a@plain.example.com");
	expect_text(sender.out, "pass\n");
	const struct run helo = SPF("-q", "--ip", "192.0.2.1", "--mail-from",
	    "", "--helo", "plain.example.com");
	expect_text(helo.out, "pass\n");
	const struct run bounce = SPF("-q", "--ip", "192.0.2.1", "--mail-from",
	    "<>", "--helo", "plain.example.com");
	expect_text(bounce.out, "pass\n");
	const struct run given =
	    SPF("-q", "--ip", "192.0.2.1", "v=spf1 ip4:192.0.2.1 -all");
	expect_text(given.out, "pass\n");
}

Test(cli_spf, a_quiet_run_says_nothing_of_what_is_right)
{
	const struct run right = SPF("-q", "example.com");
	expect_text(right.out, "");
	const struct run wrong = SPF("-q", "loop.example.com");
	expect_contains(&wrong, "includes itself");
	cr_expect(strstr(wrong.out, "What each term costs") == NULL);
}

Test(cli_spf, the_explanation_is_told_if_it_is_one)
{
	const struct run fair = SPF("--ip", "9.9.9.9", "fair.example.com");
	expect_contains(&fair, "9.9.9.9 may not send for fair.example.com\n");
	/* RFC 7208 6.2: nothing but ASCII that can be printed. */
	const struct run why = SPF("--ip", "9.9.9.9", "why.example.com");
	cr_expect(strstr(why.out, "may not send") == NULL, "%s", why.out);
}

Test(cli_spf, json_has_all_keys_and_the_tree)
{
	json_t *root = told("example.com");
	const json_t *tree = json_object_get(root, "tree");
	const json_t *first = json_array_get(json_object_get(tree, "terms"), 0);
	cr_expect(eq(int, kind_of(root, "valid"), JSON_TRUE));
	cr_expect(eq(int, kind_of(root, "allows_ses"), JSON_TRUE));
	cr_expect(
	    eq(i64, json_integer_value(json_object_get(root, "lookups")), 6));
	cr_expect(eq(int, number_of(root, "void_lookups"), 1));
	cr_expect(eq(sz, json_array_size(json_object_get(root, "errors")), 0));
	cr_expect(
	    eq(i64, json_integer_value(json_object_get(first, "lookups")), 3));
	cr_expect(eq(int, kind_of(first, "tree"), JSON_OBJECT));
	cr_expect(json_object_get(root, "result") == NULL);
	json_decref(root);
}

Test(cli_spf, json_names_each_error_and_its_place)
{
	json_t *root = told("slip.example.com");
	cr_expect(eq(int, kind_of(root, "valid"), JSON_FALSE));
	expect_text(error_word(root, 0, "problem"), "separator");
	expect_text(error_word(root, 0, "instead"), "ip4:192.0.2.1");
	expect_text(error_word(root, 1, "problem"), "stray-blank");
	json_decref(root);
	root = told("loop.example.com");
	expect_text(error_word(root, 0, "code"), "spf-loop");
	json_decref(root);
	root = told("two.example.com");
	expect_text(error_word(root, 0, "code"), "spf-multiple-records");
	json_decref(root);
	root = told("other.example.com");
	expect_text(error_word(root, 0, "problem"), "missing");
	cr_expect(eq(int, kind_of(root, "tree"), JSON_NULL));
	json_decref(root);
}

/** "v=spf1" and *word* again and again, *len* bytes in all. */
static const char *
long_record(struct arena *arena, const char *word, size_t len)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "v=spf1");
	while (to.len < len) {
		buf_addc(&to, ' ');
		buf_adds(&to, word);
	}
	return str_z(arena, str_slice(buf_str(&to), 0, len));
}

Test(cli_spf, what_no_txt_record_can_hold_is_refused)
{
	struct arena *arena = arena_new();
	const struct run most = SPF(long_record(arena, "a", 65279));
	cr_expect(eq(int, most.code, 1), "%s", most.err);
	const struct run more = SPF(long_record(arena, "a", 65280));
	cr_expect(eq(int, more.code, 2));
	expect_text(more.out, "");
	cr_expect(strstr(more.err, "65280 octets") != NULL, "%s", more.err);
	const struct run word = SPF(long_record(arena, "x", 65536));
	cr_expect(eq(int, word.code, 2), "%s", word.err);
	arena_free(&arena);
}

Test(cli_spf, ten_thousand_terms_are_told_quickly)
{
	static const char *const words[] = { "a", "ipx", "a:b,c", "ip:1", "%",
		"exists:%{i}.x", "+", "ip4", "redirect=a.b" };
	const struct run_manner quick = { .seconds = 5 };
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const size_t len = 10000 * (strlen(words[i]) + 1);
		const char *record =
		    long_record(arena, words[i], len > 65279 ? 65279 : len);
		const struct run run =
		    RUN_AS(&quick, "spf", "--zone", ZONE, "-f", "json", record);
		cr_expect(eq(int, run.code, 1), "%s: %s", words[i], run.err);
		cr_expect(not(run.too_slow), "%s", words[i]);
	}
	arena_free(&arena);
}

Test(cli_spf, includes_without_end_are_cut_off)
{
	const struct run bomb = SPF("bomb.example.com");
	cr_expect(eq(int, bomb.code, 1));
	expect_contains(&bomb, "needs more than ");
	cr_expect(lt(sz, bomb.out_len, 1 << 16));
	const struct run mail = SPF("--ip", "9.9.9.9", "bomb.example.com");
	cr_expect(eq(int, mail.code, 1));
	cr_expect(strncmp(mail.out, "permerror\n", 10) == 0, "%s", mail.out);
	json_t *root = told("bomb.example.com");
	cr_expect(gt(int, number_of(root, "lookups"), 10));
	cr_expect(eq(int, kind_of(root, "valid"), JSON_FALSE));
	json_decref(root);
}

Test(cli_spf, a_ring_of_includes_is_told)
{
	static const char *const domains[] = { "ring.example.com",
		"gnir.example.com", "loop.example.com" };
	for (size_t i = 0; i < sizeof(domains) / sizeof(*domains); i++) {
		const struct run run = SPF(domains[i]);
		cr_expect(eq(int, run.code, 1), "%s", domains[i]);
		expect_contains(&run, "includes itself");
		const struct run mail =
		    SPF("-q", "--ip", "9.9.9.9", domains[i]);
		expect_text(mail.out, "permerror\n");
	}
}

Test(cli_spf, bytes_from_strangers_are_never_written_as_they_are)
{
	static const char *const arguments[] = { "bytes.example.com",
		"v=spf1 include:b\303\274cher.example \377\033[31m -all" };
	for (size_t i = 0; i < 2; i++) {
		const struct run run = SPF(arguments[i]);
		cr_expect(eq(int, run.code, 1));
		expect_contains(
		    &run, "There is a character that is not ASCII.");
		expect_contains(&run, "\\255\\027[31m");
		cr_expect(strpbrk(run.out, "\377\033") == NULL);
		json_t *root = told(arguments[i]);
		expect_text(error_word(root, 0, "problem"), "non-ascii");
		json_decref(root);
	}
	const struct run name = SPF("b\377.example.com");
	cr_expect(eq(int, name.code, 2));
	cr_expect(strchr(name.err, '\377') == NULL);
}

Test(cli_spf, a_name_without_a_record_and_one_with_several_are_told)
{
	const struct run none = SPF("no.such.example.org");
	cr_expect(eq(int, none.code, 1));
	expect_contains(&none, "there is no SPF record");
	const struct run two = SPF("two.example.com");
	cr_expect(eq(int, two.code, 1));
	expect_contains(&two, "two or more records");
	const struct run mail = SPF("-q", "--ip", "9.9.9.9", "two.example.com");
	expect_text(mail.out, "permerror\n");
}

Test(cli_spf, wrong_use_is_told_with_a_way_out)
{
	static const char *const rows[][4] = {
		{ "spf", NULL },
		{ "spf", "--ip", "1.2.3", "example.com" },
		{ "spf", "--helo", "x.example", "example.com" },
		{ "spf", "--domain", "example.com", "example.net" },
		{ "spf", "a..b", NULL },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *const words[] = { rows[i][0], rows[i][1],
			rows[i][1] ? rows[i][2] : NULL,
			rows[i][1] && rows[i][2] ? rows[i][3] : NULL, NULL };
		const struct run run = program_run(NULL, words);
		cr_expect(eq(int, run.code, 2), "row %zu: %s", i, run.err);
		cr_expect(
		    strncmp(run.err, "ivycheck: ", 10) == 0, "%s", run.err);
	}
}
