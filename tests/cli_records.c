/* SPDX-License-Identifier: MIT */
/* The command records: what it tells, and that others read what it wrote. */
#include "base/arena.h"
#include "base/str.h"
#include "program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <jansson.h>
#include <string.h>
#include <unistd.h>

#define DOMAIN_NAME "notifications.yourapp.com"

static const char ZONE[] = SOURCE_DIR "/fixtures/demo/yourapp.com.zone";
static const char SPF_ZONE[] = SOURCE_DIR "/fixtures/commands/spf.zone";
static const char RECORDS_ZONE[] = SOURCE_DIR "/fixtures/commands/records.zone";
static const char EXPECT[] = SOURCE_DIR "/fixtures/demo/" DOMAIN_NAME ".json";

static void
expect_contains(const struct run *run, const char *part)
{
	cr_expect(strstr(run->out, part) != NULL, "no \"%s\" in:\n%s%s", part,
	    run->out, run->err);
}

static void
expect_lacks(const struct run *run, const char *part)
{
	cr_expect(
	    strstr(run->out, part) == NULL, "\"%s\" in:\n%s", part, run->out);
}

/** What `records -f json` says; the reference is the caller's. */
static json_t *
told(const struct run *run)
{
	json_error_t error;
	json_t *root = json_loads(run->out, 0, &error);
	cr_assert(root != NULL, "%s: %s%s", error.text, run->out, run->err);
	return root;
}

/** The record *id* in the array *list* of *root*; NULL if it is not there. */
static json_t *
record_of(json_t *root, const char *list, const char *id)
{
	size_t i;
	json_t *record;
	json_array_foreach(json_object_get(root, list), i, record)
	{
		const char *have =
		    json_string_value(json_object_get(record, "id"));
		if (have && strcmp(have, id) == 0) {
			return record;
		}
	}
	return NULL;
}

static void
expect_member(json_t *record, const char *key, const char *want)
{
	const char *have = json_string_value(json_object_get(record, key));
	cr_expect(have && strcmp(have, want) == 0, "%s is %s, not %s", key,
	    have ? have : "null", want);
}

/** Writes what *run* told to a file of its own; the caller removes it. */
static const char *
kept(const struct run *run)
{
	static char path[] = "/tmp/ivycheck-records-XXXXXX";
	const int file = mkstemp(path);
	cr_assert(ge(int, file, 0));
	cr_assert(eq(
	    int, (int)write(file, run->out, run->out_len), (int)run->out_len));
	close(file);
	return path;
}

#define HANDED_ON SOURCE_DIR "/fixtures/commands/handed-on"

Test(cli_records, a_host_is_that_of_the_zone_a_name_was_handed_on_to)
{
	const struct run run = RUN("records", "--zone", HANDED_ON ".zone",
	    "--zone", HANDED_ON ".news.zone", "--dkim-token", "tokenone",
	    "--json", "news.example.com");
	cr_expect(
	    strstr(run.out, "\"host\": \"tokenone\"") != NULL, "%s", run.out);
	cr_expect(strstr(run.out, "\"host\": \"_dmarc.news\"") != NULL, "%s",
	    run.out);
	cr_expect(strstr(run.out,
		      "To be added in the zone "
		      "_domainkey.news.example.com, which example.com") != NULL,
	    "%s", run.out);
}

Test(cli_records, tells_hosts_relative_to_the_zone_and_what_goes)
{
	const struct run run = RUN("records", "--zone", ZONE, "-e", EXPECT,
	    "--only", "ownership,spf,mail-from-mx");
	cr_expect(eq(int, run.code, 0));
	expect_text(run.out,
	    "What to publish for " DOMAIN_NAME ", in the zone yourapp.com\n"
	    "\n"
	    "  ownership     TXT   _ivymail.notifications\n"
	    "                ivymail-verify=iv7f3a9c2e51b84d06\n"
	    "  spf           TXT   notifications\n"
	    "                v=spf1 include:amazonses.com ip4:192.0.2.20 "
	    "~all\n"
	    "                in place of TXT v=spf1 include:amazonses.com "
	    "~all\n"
	    "                in place of TXT v=spf1 ip4:192.0.2.20 -all\n"
	    "  mail-from-mx  MX    mail.notifications\n"
	    "                feedback-smtp.eu-west-1.amazonses.com\n"
	    "                priority 10\n"
	    "                in place of MX 10 "
	    "feedback-smtp.us-east-1.amazonses.com\n"
	    "\n"
	    "  i note  spf: It costs receivers 1 of the 10 DNS lookups that "
	    "are allowed.\n"
	    "\n"
	    "When it is published\n"
	    "  ivycheck wait " DOMAIN_NAME "\n"
	    "  with the same options, so that it knows what to expect\n");
}

Test(cli_records, marks_what_is_not_known_and_names_the_option)
{
	const struct run run =
	    RUN("records", "--zone", SPF_ZONE, "plain.example.com");
	cr_expect(eq(int, run.code, 3), "%s", run.err);
	expect_contains(&run, "ivymail-verify=<TOKEN>\n");
	expect_contains(&run, "<DKIM-TOKEN-3>._domainkey.plain\n");
	expect_contains(&run, "feedback-smtp.<REGION>.amazonses.com\n");
	expect_contains(&run, "  --token TOKEN ");
	expect_contains(&run, "  --dkim-token TOKEN ");
	expect_contains(&run, "  --region REGION ");
	expect_contains(
	    &run, "v=spf1 ip4:192.0.2.1 include:amazonses.com -all\n");
}

Test(cli_records, says_when_no_merged_record_keeps_the_limit)
{
	const struct run run = RUN("records", "--only", "spf", "--zone",
	    RECORDS_ZONE, "heavy.example.com");
	cr_expect(eq(int, run.code, 1), "%s", run.err);
	expect_contains(&run, "it would be 11\n");
	expect_contains(&run, "a.example.com (6)");
	expect_lacks(&run, "v=spf1");
	expect_lacks(&run, "When it is published");
}

Test(cli_records, keeps_what_stands_there_and_does)
{
	const struct run run = RUN("records", "--zone", RECORDS_ZONE, "-f",
	    "json", "--only", "spf,dmarc", "right.example.com");
	json_t *root = told(&run);
	json_t *spf = record_of(root, "records", "spf");
	json_t *dmarc = record_of(root, "records", "dmarc");
	cr_expect(eq(int, run.code, 0), "%s", run.out);
	expect_member(spf, "action", "keep");
	expect_member(spf, "value", "v=spf1 mx include:amazonses.com -all");
	expect_member(dmarc, "action", "keep");
	expect_member(dmarc, "value", "v=DMARC1; p=reject");
	json_decref(root);
}

Test(cli_records, needs_no_dmarc_where_a_parent_has_one)
{
	const struct run run = RUN("records", "--zone", RECORDS_ZONE, "-f",
	    "json", "--only", "dmarc", "below.right.example.com");
	json_t *root = told(&run);
	json_t *dmarc = record_of(root, "left_out", "dmarc");
	cr_expect(eq(int, run.code, 0), "%s", run.out);
	expect_member(dmarc, "reason", "omit");
	expect_member(dmarc, "remark",
	    "Not needed: the policy of example.com applies already.");
	json_decref(root);
}

Test(cli_records, replaces_two_dmarc_records_by_the_better_one)
{
	const struct run run = RUN("records", "--zone", RECORDS_ZONE, "-f",
	    "json", "--only", "dmarc", "twice.example.com");
	json_t *root = told(&run);
	json_t *dmarc = record_of(root, "records", "dmarc");
	expect_member(dmarc, "action", "replace");
	expect_member(dmarc, "value",
	    "v=DMARC1; p=none; rua=mailto:d@twice."
	    "example.com");
	json_t *gone = json_object_get(dmarc, "replaces");
	cr_expect(eq(sz, json_array_size(gone), 1));
	json_decref(root);
}

Test(cli_records, tells_names_in_full_with_v_and_less_with_q)
{
	const struct run more = RUN("records", "-v", "--zone", RECORDS_ZONE,
	    "--only", "dmarc", "right.example.com");
	const struct run less = RUN("records", "-q", "--zone", RECORDS_ZONE,
	    "--only", "dmarc", "other.example.com");
	expect_contains(&more, "in full: _dmarc.right.example.com\n");
	expect_contains(&less, "_dmarc.other\n");
	expect_lacks(&less, "What to publish");
	expect_lacks(&less, "ivycheck wait");
}

Test(cli_records, goes_on_without_dns_and_says_so)
{
	const struct run run = RUN("records", "-n", "127.0.0.1:1", "-t", "1",
	    "--tries", "1", "-e", EXPECT);
	cr_expect(eq(int, run.code, 3), "%s", run.err);
	expect_contains(&run, "v=spf1 include:amazonses.com ~all\n");
	expect_contains(&run, "What stands there now is not\n");
	expect_contains(&run, "DNS did not say where the zone begins");
}

Test(cli_records, gives_the_fields_as_each_panel_takes_them)
{
	static const struct {
		const char *provider;
		const char *part;
	} rows[] = {
		{ "cloudflare", "    Name          mail\n"
				"    Mail server   feedback-smtp.eu-west-1."
				"amazonses.com\n"
				"    Priority      10\n" },
		{ "CloudFlare", "    Proxy status  DNS only\n" },
		{ "route53", "    Value         10 feedback-smtp.eu-west-1."
			     "amazonses.com\n" },
		{ "route53", "    Value         \"v=spf1 " },
		{ "hetzner", "    Value         abc.dkim.amazonses.com.\n" },
		{ "hostgator", "    Name          _dmarc.example.com.\n" },
		{ "ovh", "    Name          (leave it blank)\n" },
		{ "azure", "    Preference    10\n" },
		{ "ns1", "panel does not\n          append the zone" },
		{ "wix", "Wix cannot hold an MX record" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct run run = RUN("records", "--zone", RECORDS_ZONE,
		    "--region", "eu-west-1", "--dkim-token", "abc",
		    "--provider", rows[i].provider, "example.com");
		expect_contains(&run, rows[i].part);
	}
}

Test(cli_records, warns_of_a_panel_once)
{
	const struct run run = RUN("records", "--zone", ZONE, "-e", EXPECT,
	    "--provider", "cloudflare");
	const char *first = strstr(run.out, "grey cloud");
	cr_assert(first != NULL, "%s", run.out);
	cr_expect(strstr(first + 1, "grey cloud") == NULL, "%s", run.out);
}

Test(cli_records, knows_the_panel_by_the_name_servers)
{
	const struct run run = RUN(
	    "records", "--zone", RECORDS_ZONE, "--only", "spf", "example.com");
	expect_contains(&run, "The zone is at Cloudflare. "
			      "--provider cloudflare tells");
}

Test(cli_records, lists_the_panels_it_knows_to_who_names_another)
{
	const struct run run = RUN("records", "--zone", ZONE, "-e", EXPECT,
	    "--provider", "cloudflair");
	cr_expect(eq(int, run.code, 2));
	cr_expect(strstr(run.err, "route53") != NULL, "%s", run.err);
	cr_expect(strstr(run.err, ", csc\n") != NULL, "%s", run.err);
	cr_expect(strstr(run.err, "Did you mean \"cloudflare\"?") != NULL, "%s",
	    run.err);
}

Test(cli_records, refuses_what_does_not_go_together)
{
	const struct run fields = RUN("records", "--zone", ZONE, "-f", "csv",
	    "--provider", "wix", DOMAIN_NAME);
	const struct run format = RUN("records", "-f", "html", DOMAIN_NAME);
	const struct run nobody = RUN("records", "--zone", ZONE);
	const struct run suffix = RUN("records", "--zone", ZONE, "co.uk");
	cr_expect(eq(int, fields.code, 2), "%s", fields.err);
	cr_expect(eq(int, format.code, 2), "%s", format.err);
	cr_expect(eq(int, nobody.code, 2), "%s", nobody.err);
	cr_expect(eq(int, suffix.code, 2), "%s", suffix.err);
}

Test(cli_records, a_zone_file_is_read_again_as_a_ready_domain)
{
	const struct run run =
	    RUN("records", "--zone", ZONE, "-e", EXPECT, "-f", "zone");
	cr_assert(eq(int, run.code, 0), "%s", run.err);
	const char *path = kept(&run);
	const struct run check =
	    RUN("check", "--zone", path, "-e", EXPECT, DOMAIN_NAME);
	const struct run same =
	    RUN("check", "--zone", path, "-e", path, DOMAIN_NAME);
	unlink(path);
	cr_expect(eq(int, check.code, 0), "%s%s", check.out, check.err);
	cr_expect(eq(int, same.code, 0), "%s%s", same.out, same.err);
}

Test(cli_records, what_it_wrote_is_what_is_expected)
{
	static const char *const formats[] = { "json", "csv", "zone" };
	const struct run want =
	    RUN("records", "--zone", ZONE, "-e", EXPECT, "-f", "csv");
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		const struct run run = RUN(
		    "records", "--zone", ZONE, "-e", EXPECT, "-f", formats[i]);
		const struct run_manner in = {
			.in = { .at = run.out, .len = run.out_len },
		};
		const struct run again = RUN_AS(&in, "records", "--zone", ZONE,
		    "-e", "-", "-f", "csv", DOMAIN_NAME);
		cr_expect(
		    eq(int, again.code, 0), "%s: %s", formats[i], again.err);
		expect_text(again.out, want.out);
	}
}

Test(cli_records, a_long_record_is_split_into_strings)
{
	const struct run run = RUN("records", "--zone", RECORDS_ZONE, "-f",
	    "zone", "--only", "spf", "long.example.com");
	const char *value = strstr(run.out, "IN\tTXT\t\"v=spf1 ip4:");
	cr_assert(value != NULL, "%s", run.out);
	const char *between = strstr(value, "\" \"");
	cr_assert(between != NULL, "%s", run.out);
	cr_expect(eq(int, (int)(between - value), 8 + 255), "%s", value);
}

Test(cli_records, what_strangers_wrote_comes_out_inert)
{
	static const char *const formats[] = { "text", "json", "zone", "csv" };
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		const struct run run =
		    RUN("records", "--zone", RECORDS_ZONE, "-f", formats[i],
			"--only", "spf,mail-from-spf", "hostile.example.com");
		cr_expect(strchr(run.out, '\x1b') == NULL, "%s", run.out);
		cr_expect(strstr(run.out, "\nevil") == NULL, "%s", run.out);
		cr_expect(
		    strstr(run.out, "\xe2\x80\xae") == NULL, "%s", run.out);
	}
}

/** A list with a value that a spreadsheet would carry out. */
static const char STRANGE[] =
    "[{\"type\":\"TXT\",\"name\":\"x.example.com\","
    "\"value\":\"=cmd|' \\\"q\\\" \\\\ \\u001b[31m\\u202e end\"},"
    "{\"type\":\"TYPE257\",\"name\":\"example.com\",\"value\":\"+1\"}]";

Test(cli_records, strange_values_are_whole_in_files_and_no_formulas)
{
	static const char *const formats[] = { "csv", "zone" };
	const struct run_manner in = { .in = str_of(STRANGE) };
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		const struct run run = RUN_AS(&in, "records", "--zone",
		    RECORDS_ZONE, "-e", "-", "-f", formats[i], "example.com");
		expect_lacks(&run, ",\"=");
		expect_lacks(&run, ",\"+");
		expect_lacks(&run, "\x1b");
		const struct run_manner out = {
			.in = { .at = run.out, .len = run.out_len },
		};
		const struct run again = RUN_AS(&out, "records", "--zone",
		    RECORDS_ZONE, "-e", "-", "-f", "zone", "example.com");
		expect_contains(&again, "\"=cmd|' \\\"q\\\" \\\\ \\027[31m"
					"\\226\\128\\174 end\"\n");
	}
}
