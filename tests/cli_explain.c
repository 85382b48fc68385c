/* SPDX-License-Identifier: MIT */
/* What can be said about findings before there are any. */
#include "base/arena.h"
#include "base/str.h"
#include "cmd/codes.h"
#include "cmd/embedded.h"
#include "cmd/explain_entry.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <jansson.h>
#include <string.h>

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

TestSuite(cli_explain, .init = setup, .fini = teardown);

/** A sentence of our own: it begins and ends as one, and has no gaps. */
static bool
is_prose(struct str text)
{
	return text.len > 0 &&
	       !(text.at[0] >= 'a' && text.at[0] <= 'z' &&
		   !str_starts(text, STR("aspf")) &&
		   !str_starts(text, STR("mail.DOMAIN")) &&
		   !str_starts(text, STR("include:"))) &&
	       str_index(text, '{') < 0 && str_find(text, STR("  ")) < 0 &&
	       str_find(text, STR(" . ")) < 0 && str_find(text, STR(" ,")) < 0;
}

Test(cli_explain, every_code_has_something_to_say)
{
	const struct codes all = codes_all(arena);
	const struct code *code;
	vec_foreach(code, &all) {
		const struct entry entry = entry_make(arena, code);
		const char *z = str_z(arena, code->text);
		cr_expect(is_prose(entry.title), "%s: %s", z, entry.title.at);
		cr_expect(
		    is_prose(entry.meaning), "%s: %s", z, entry.meaning.at);
		cr_expect(entry.fix.len == 0 || is_prose(entry.fix), "%s: %s",
		    z, entry.fix.at);
		cr_expect(gt(sz, entry.digs.len, 0), "%s", z);
	}
}

Test(cli_explain, every_code_stands_once_and_explains_itself)
{
	const struct run list = RUN("explain", "-q");
	const struct codes all = codes_all(arena);
	struct str rest = str_of(list.out);
	struct str line;
	for (size_t i = 0; i < all.len; i++) {
		cr_assert(str_split(&rest, '\n', &line));
		cr_expect(str_eq(line, all.at[i].text));
		const struct codes same = codes_find(arena, line);
		cr_expect(eq(sz, same.len, 1), "%s", str_z(arena, line));
	}
	cr_expect(eq(sz, rest.len, 0));
}

Test(cli_explain, a_code_is_told_with_all_that_helps)
{
	const struct run run = RUN("explain", "dkim-name-doubled");
	static const char *const parts[] = { "dkim-name-doubled\n",
		"error; waiting does not help", "What it means", "What to do",
		"DKIM not passing: Verify the CNAME record", "dig +noall",
		"TOKEN._domainkey.DOMAIN.DOMAIN", "RFC 1035 5.1" };
	cr_expect(eq(int, run.code, 0));
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		cr_expect(strstr(run.out, parts[i]) != NULL, "%s", parts[i]);
	}
}

Test(cli_explain, what_the_documents_say_is_told_too)
{
	const struct run own = RUN("explain", "spf-multiple-records");
	const struct run generic = RUN("explain", "mail-from-mx-propagating");
	const struct run other = RUN("explain", "spf-ptr");
	cr_expect(strstr(own.out, "\nWhy it matters\n  Two records") != NULL);
	cr_expect(strstr(generic.out, "\nHow long it takes\n  A res") != NULL);
	cr_expect(strstr(generic.out, "#") == NULL);
	cr_expect(strstr(other.out, "\nWhy it matters\n  For ptr") != NULL);
}

Test(cli_explain, every_code_fits_into_eighty_columns)
{
	const struct codes all = codes_all(arena);
	const struct code *code;
	vec_foreach(code, &all) {
		const char *z = str_z(arena, code->text);
		const struct run run = RUN("explain", z);
		struct str rest = str_of(run.out);
		struct str line;
		while (str_split(&rest, '\n', &line)) {
			cr_expect(le(sz, line.len, 80), "%s: %s", z,
			    str_z(arena, line));
		}
		cr_expect(
		    strstr(run.out, "\nWhy it matters\n  ") != NULL, "%s", z);
	}
}

Test(cli_explain, lists_and_paragraphs_keep_their_shape)
{
	const struct run run = RUN("explain", "dkim-key-invalid");
	const struct run two = RUN("explain", "dkim-proxied");
	cr_expect(strstr(run.out, ":\n\n  - It was cut") != NULL);
	cr_expect(strstr(run.out, "since anybody\n    may") != NULL);
	cr_expect(strstr(two.out, "flattened it.\n\n  An error 1004") != NULL);
}

Test(cli_explain, known_hosts_are_told_where_they_matter)
{
	const struct run dots = RUN("explain", "dkim-target-doubled");
	const struct run own = RUN("explain", "spf-missing");
	const struct run mx = RUN("explain", "mail-from-mx-missing");
	const struct run none = RUN("explain", "spf-ptr");
	cr_expect(strstr(dots.out, "needs its final dot: Google") != NULL);
	cr_expect(strstr(own.out, "zone itself is @: Cloudflare") != NULL);
	cr_expect(strstr(own.out, "in front of the zone") == NULL);
	cr_expect(strstr(mx.out, "\n  Wix: Wix cannot hold an MX") != NULL);
	cr_expect(strstr(none.out, "DNS hosts") == NULL);
}

Test(cli_explain, tables_of_panels_name_codes_that_exist)
{
	static const char *const named[] = {
#define PANEL(code, subject)   code,
#define PANEL_RULE(code, when) code,
#include "cmd/explain_panels.def"
	};
	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++) {
		const struct str code = str_of(named[i]);
		const bool generic = str_starts(code, STR("X-"));
		const struct str known =
		    generic ? str_print(arena, "ownership-%s", named[i] + 2)
			    : code;
		cr_expect(codes_match(arena, known) ||
			      str_eq(code, STR("X-target-doubled")),
		    "%s", named[i]);
	}
}

Test(cli_explain, a_family_or_a_beginning_is_a_list)
{
	const struct run family = RUN("explain", "dkim", "-q");
	const struct run beginning = RUN("explain", "dkim-*", "-q");
	expect_text(family.out, beginning.out);
	cr_expect(strstr(family.out, "dkim-no-key\n") != NULL);
	cr_expect(strstr(family.out, "spf-") == NULL);
	const struct run upper = RUN("explain", "SPF-PTR");
	cr_expect(eq(int, upper.code, 0));
}

Test(cli_explain, a_misspelt_code_is_recognised)
{
	const struct run run = RUN("explain", "dkim-name-doubeld");
	cr_expect(eq(int, run.code, 2));
	cr_expect(
	    strstr(run.err, "Did you mean \"dkim-name-doubled\"?") != NULL,
	    "%s", run.err);
}

Test(cli_explain, json_says_the_same)
{
	const struct run run = RUN("explain", "spf-multiple-records", "--json");
	json_t *root = json_loads(run.out, 0, NULL);
	cr_assert(root != NULL);
	const json_t *list = json_object_get(root, "findings");
	cr_expect(eq(sz, json_array_size(list), 1));
	const json_t *item = json_array_get(list, 0);
	const char *issue = json_string_value(json_object_get(item, "issue"));
	expect_text(issue, "spf-failing");
	const json_t *helps = json_object_get(item, "waiting_helps");
	cr_expect(eq(ptr, (void *)helps, json_false()));
	const json_t *hosts = json_object_get(item, "providers");
	const char *first = json_string_value(json_array_get(hosts, 0));
	cr_assert(first != NULL);
	cr_expect(strncmp(first, "Amazon Route 53: All", 20) == 0);
	json_decref(root);
}

Test(cli_explain, colours_are_there_when_asked_for)
{
	const struct run plain = RUN("explain", "spf-ptr");
	const struct run bold = RUN("explain", "spf-ptr", "--color=always");
	cr_expect(strchr(plain.out, '\x1b') == NULL);
	cr_expect(strchr(bold.out, '\x1b') != NULL);
}

Test(cli_explain, the_schemas_are_json_and_name_themselves)
{
	static const char *const names[] = { "report", "expect", "spf", "dmarc",
		"dkim", "explain" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct run run = RUN("schema", names[i]);
		json_t *root = json_loads(run.out, 0, NULL);
		const struct str title =
		    str_print(arena, "ivycheck/%s/1", names[i]);
		cr_assert(root != NULL, "%s", names[i]);
		expect_text(json_string_value(json_object_get(root, "title")),
		    title.at);
		json_decref(root);
	}
	const struct run none = RUN("schema");
	cr_expect(strstr(none.out, "ivycheck/report/1") != NULL);
	const struct run wrong = RUN("schema", "reprot");
	cr_expect(eq(int, wrong.code, 2));
	cr_expect(strstr(wrong.err, "\"report\"") != NULL, "%s", wrong.err);
}
