/* SPDX-License-Identifier: MIT */
/* The commands dmarc and dkim, as a person or a script sees them. */
#include "base/str.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <jansson.h>
#include <string.h>

static const char ZONE[] = SOURCE_DIR "/fixtures/commands/example.com.zone";

/** The exit code of `ivycheck COMMAND --zone ZONE ARGUMENT`. */
static void
expect_exit(const char *command, const char *argument, int code)
{
	const struct run run = RUN(command, "--zone", ZONE, argument);
	cr_expect(eq(int, run.code, code), "%s %s: %s%s", command, argument,
	    run.out, run.err);
	cr_expect(eq(sz, run.err_len, 0), "%s", run.err);
}

/** What `ivycheck COMMAND -f json --zone ZONE ARGUMENT` writes. */
static json_t *
told(const char *command, const char *argument)
{
	const struct run run =
	    RUN(command, "-f", "json", "--zone", ZONE, argument);
	json_error_t error;
	json_t *root = json_loads(run.out, 0, &error);
	cr_assert(root != NULL, "%s: %s", error.text, run.out);
	return root;
}

/** The member *key* of *root* must be *want*; NULL means null. */
static void
expect_member(json_t *root, const char *key, const char *want)
{
	const json_t *member = json_object_get(root, key);
	cr_assert(member != NULL, "%s", key);
	if (!want) {
		cr_expect(
		    eq(int, (int)json_typeof(member), JSON_NULL), "%s", key);
		return;
	}
	const char *got = json_string_value(member);
	cr_expect(got && strcmp(got, want) == 0, "%s: %s", key, got);
}

static void
expect_flag(json_t *root, const char *key, bool want)
{
	const json_t *member = json_object_get(root, key);
	cr_assert(member != NULL, "%s", key);
	cr_expect(
	    eq(int, (int)json_typeof(member), want ? JSON_TRUE : JSON_FALSE),
	    "%s", key);
}

static void
expect_contains(const struct run *run, const char *part)
{
	cr_expect(strstr(run->out, part) != NULL, "no \"%s\" in:\n%s", part,
	    run->out);
}

Test(cli_dmarc, exits_by_whether_the_record_is_valid)
{
	expect_exit("dmarc", "example.com", 0);
	expect_exit("dmarc", "news.example.com", 0);
	expect_exit("dmarc", "slip.example.com", 1);
	expect_exit("dmarc", "almost.example.com", 1);
	expect_exit("dmarc", "two.example.com", 1);
	expect_exit("dmarc", "other.example.net", 3);
	expect_exit("dmarc", "v=DMARC1; p=none", 0);
	expect_exit("dmarc", "v=DMARC1; p=nome", 1);
	expect_exit("dmarc", "v=spf1 -all", 1);
}

Test(cli_dmarc, tells_an_inherited_policy_whole)
{
	const struct run run = RUN("dmarc", "--zone", ZONE, "news.example.com");
	expect_text(run.out,
	    "✓ ok    DMARC for news.example.com: quarantine, inherited from "
	    "example.com\n"
	    "\n"
	    "  record        v=DMARC1; p=reject; sp=quarantine; "
	    "rua=mailto:d@example.com\n"
	    "  found at      _dmarc.example.com\n"
	    "  organisation  example.com\n"
	    "\n"
	    "What receivers do with mail that does not pass\n"
	    "  news.example.com: quarantine\n"
	    "  names below it: quarantine\n"
	    "  names that do not exist: quarantine\n"
	    "  alignment: DKIM relaxed, SPF relaxed\n"
	    "\n"
	    "Where reports go\n"
	    "  ✓ ok    example.com is of the same organisation.\n"
	    "\n"
	    "Names asked, from the domain upwards\n"
	    "  _dmarc.news.example.com: no such name\n"
	    "  _dmarc.example.com: this record applies\n"
	    "  _dmarc.com: not asked (no network)\n"
	    "\n"
	    "For mail through Amazon SES\n"
	    "  DKIM aligns: Amazon SES signs as news.example.com itself.\n"
	    "  SPF aligns: the return path at mail.news.example.com belongs "
	    "to the same\n"
	    "  organisation.\n"
	    "  Step 2 of 3, quarantine. Before p=reject no mail of yours "
	    "should have failed\n"
	    "  in the reports for a month.\n");
}

Test(cli_dmarc, marks_what_is_wrong_and_says_what_was_meant)
{
	const struct run run =
	    RUN("dmarc", "-q", "--zone", ZONE, "slip.example.com");
	expect_contains(&run, "Probably quarantine is meant.");
	expect_contains(&run, "v=DMARC1; p=quarantaine; rua=mailto:d@example.c"
			      "...\n"
			      "                      ^^^^^^^^^^^\n");
	expect_contains(&run, "Better so\n"
			      "  v=DMARC1; p=quarantine; "
			      "rua=mailto:d@example.com\n");
}

Test(cli_dmarc, quiet_says_nothing_of_a_right_record)
{
	const struct run run =
	    RUN("dmarc", "-q", "--zone", ZONE, "example.com");
	cr_expect(eq(sz, run.out_len, 0), "%s", run.out);
}

Test(cli_dmarc, tells_differences_from_the_older_standard_with_v_alone)
{
	const struct run plain =
	    RUN("dmarc", "--zone", ZONE, "old.example.com");
	const struct run more =
	    RUN("dmarc", "-v", "--zone", ZONE, "old.example.com");
	cr_expect(strstr(plain.out, "RFC 7489") == NULL, "%s", plain.out);
	expect_contains(&more, "Receivers of RFC 7489 still heed pct=");
}

Test(cli_dmarc, json_tells_what_applies_and_where_it_was_found)
{
	json_t *root = told("dmarc", "news.example.com");
	expect_member(root, "schema", "ivycheck/dmarc/1");
	expect_member(root, "domain", "news.example.com");
	expect_member(root, "found_at", "_dmarc.example.com");
	expect_member(root, "policy_domain", "example.com");
	expect_member(root, "organizational_domain", "example.com");
	expect_member(root, "effective_policy", "quarantine");
	expect_member(root, "nonexistent_policy", "quarantine");
	json_t *policy = json_object_get(root, "policy");
	expect_member(policy, "p", "reject");
	expect_member(policy, "np", NULL);
	expect_flag(root, "usable", true);
	json_t *rua = json_array_get(json_object_get(root, "rua"), 0);
	expect_member(rua, "uri", "mailto:d@example.com");
	expect_flag(rua, "authorized", true);
	json_decref(root);
}

Test(cli_dmarc, json_tells_errors_with_their_place)
{
	json_t *root = told("dmarc", "slip.example.com");
	json_t *error = json_array_get(json_object_get(root, "errors"), 0);
	expect_member(error, "problem", "policy-value");
	expect_member(error, "meant", "quarantine");
	json_t *span = json_object_get(error, "span");
	cr_expect(
	    eq(int, (int)json_integer_value(json_array_get(span, 0)), 12));
	cr_expect(
	    eq(int, (int)json_integer_value(json_array_get(span, 1)), 23));
	expect_flag(root, "valid", false);
	expect_member(root, "effective_policy", "none");
	json_decref(root);
}

Test(cli_dmarc, judges_a_record_for_a_domain_before_it_is_published)
{
	const struct run run = RUN("dmarc", "-f", "json", "--zone", ZONE,
	    "--domain", "slip.example.com", "v=DMARC1; p=reject");
	json_t *root = json_loads(run.out, 0, NULL);
	cr_assert(root != NULL, "%s%s", run.out, run.err);
	expect_member(root, "domain", "slip.example.com");
	expect_member(root, "effective_policy", "reject");
	expect_member(root, "found_at", NULL);
	expect_member(root, "organizational_domain", "example.com");
	json_decref(root);
}

Test(cli_dmarc, says_that_dns_could_not_be_asked)
{
	const struct run dmarc = RUN("dmarc", "-n", "127.0.0.1:1", "-t", "1",
	    "--tries", "1", "example.com");
	cr_expect(eq(int, dmarc.code, 3), "%s%s", dmarc.out, dmarc.err);
	expect_contains(&dmarc, "DNS could not be asked");
	const struct run dkim = RUN("dkim", "-n", "127.0.0.1:1", "-t", "1",
	    "--tries", "1", "a._domainkey.example.com");
	cr_expect(eq(int, dkim.code, 3), "%s%s", dkim.out, dkim.err);
}

Test(cli_dmarc, refuses_what_is_nobodys_domain)
{
	static const char *const wrong[] = { "co.uk", "192.0.2.1", "", "com" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		const struct run run = RUN("dmarc", "--zone", ZONE, wrong[i]);
		cr_expect(eq(int, run.code, 2), "%s", wrong[i]);
		cr_expect(gt(sz, run.err_len, 0), "%s", wrong[i]);
	}
}

Test(cli_dmarc, what_strangers_wrote_comes_out_inert)
{
	const struct run run =
	    RUN("dmarc", "v=DMARC1; p=\x1b[31mred; x\xe2\x80\xae=y");
	cr_expect(eq(int, run.code, 1));
	cr_expect(strchr(run.out, '\x1b') == NULL, "%s", run.out);
	cr_expect(strstr(run.out, "\xe2\x80\xae") == NULL, "%s", run.out);
	expect_contains(&run, "\\027[31mred");
}

Test(cli_dkim, exits_by_whether_the_key_is_usable)
{
	expect_exit("dkim", "aaa._domainkey.example.com", 0);
	expect_exit("dkim", "bbb._domainkey.example.com", 1);
	expect_exit("dkim", "ccc._domainkey.example.com", 3);
	expect_exit("dkim", "ddd._domainkey.example.com", 1);
	expect_exit("dkim", "eee._domainkey.example.com", 1);
	expect_exit("dkim", "fff._domainkey.example.com", 1);
	expect_exit("dkim", "p=", 1);
}

Test(cli_dkim, tells_the_key_and_how_it_was_reached)
{
	const struct run run =
	    RUN("dkim", "--zone", ZONE, "aaa._domainkey.example.com");
	expect_contains(&run, "✓ ok    aaa._domainkey.example.com: a usable "
			      "key (RSA, 2048 bits)\n");
	expect_contains(&run, "  CNAME to      key.example.com\n");
	expect_contains(&run, "  key           RSA, 2048 bits\n");
}

Test(cli_dkim, json_tells_all_of_a_key)
{
	json_t *root = told("dkim", "bbb._domainkey.example.com");
	expect_member(root, "schema", "ivycheck/dkim/1");
	expect_member(root, "name", "bbb._domainkey.example.com");
	expect_member(root, "version", "DKIM1");
	expect_member(root, "key_type", "rsa");
	expect_member(root, "key_bits", NULL);
	expect_flag(root, "testing", true);
	expect_flag(root, "valid", false);
	json_t *hashes = json_object_get(root, "hashes");
	cr_expect(eq(sz, json_array_size(hashes), 1));
	json_t *errors = json_object_get(root, "errors");
	cr_assert(eq(sz, json_array_size(errors), 2));
	expect_member(json_array_get(errors, 0), "problem", "hashes");
	expect_member(json_array_get(errors, 1), "problem", "key-base64");
	json_decref(root);
}

Test(cli_dkim, a_revoked_key_is_valid_but_not_usable)
{
	json_t *root = told("dkim", "eee._domainkey.example.com");
	expect_flag(root, "valid", true);
	expect_flag(root, "revoked", true);
	expect_flag(root, "usable", false);
	json_decref(root);
}
