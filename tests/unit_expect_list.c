/* SPDX-License-Identifier: MIT */
/* Lists as APIs, consoles, spreadsheets and people write them. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "expect/expect.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define EU_HOST "feedback-smtp.eu-west-1.amazonses.com"

/** What is made out of *content* for *domain*; the list must be good. */
static struct expect
made(struct arena *arena, const char *domain, const char *content)
{
	const struct expect_file file = { .name = STR("list"),
		.content = str_of(content) };
	const struct expect_flags flags = { 0 };
	struct expect_list *list = NULL;
	struct expect expect;
	struct err err = { 0 };
	cr_assert(expect_read(arena, &file, &list, &err), "%s: %s", content,
	    err.text);
	const struct expect_parts parts = { name_of(arena, domain), &flags,
		list };
	cr_assert(expect_build(arena, &parts, &expect, &err), "%s: %s", content,
	    err.text);
	return expect;
}

/** One record as text: "name text" or "name target". */
static struct str
record_text(struct arena *arena, const struct expected *record)
{
	struct buf to = buf_new(arena);
	buf_adds(&to, "");
	if (name_is_set(record->name)) {
		buf_add(&to, name_text(arena, record->name));
		buf_addc(&to, ' ');
	}
	buf_add(&to, name_is_set(record->target)
			 ? name_text(arena, record->target)
		     : record->text.len > 0 ? record->text
					    : record->opaque);
	return buf_str(&to);
}

/** A list for a.example.com and what one record comes out as. */
struct row {
	const char *content;
	size_t index;
	const char *want;
};

static void
expect_rows(const char *domain, const struct row *rows, size_t len)
{
	struct arena *arena = arena_new();
	for (size_t i = 0; i < len; i++) {
		const struct expect expect =
		    made(arena, domain, rows[i].content);
		cr_assert(gt(sz, expect.records_len, rows[i].index), "%s",
		    rows[i].content);
		const struct str got =
		    record_text(arena, &expect.records[rows[i].index]);
		cr_expect(eq(str, (char *)got.at, (char *)rows[i].want), "%s",
		    rows[i].content);
	}
	arena_free(&arena);
}

#define EXPECT_ROWS(domain, rows) \
	expect_rows((domain), (rows), sizeof(rows) / sizeof(*(rows)))

Test(expect_list, keys_are_known_however_they_are_spelt)
{
	static const struct row rows[] = {
		{ "[{\"recordType\":\"txt\",\"hostName\":\"_ivymail\","
		  "\"data\":\"x\"}]",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
		{ "[{\"record_type\":\"MX\",\"host\":\"mail\",\"target\":"
		  "\"feedback-smtp.eu-west-1.amazonses.com\","
		  "\"preference\":\"10\"}]",
		    INDEX_MAIL_FROM_MX, "mail.a.example.com " EU_HOST },
		/* A type that is one counts before a type that is none. */
		{ "[{\"type\":\"verification\",\"record-type\":\"TXT\","
		  "\"name\":\"_ivymail\",\"value\":\"x\"}]",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
		{ "[{\"data\":{\"n\":1},\"value\":\"x\",\"type\":\"TXT\","
		  "\"name\":\"_ivymail\",\"priority\":null}]",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
		{ "{\"a\":[{\"id\":1},\"b\"],\"c\":{\"d\":[[{\"type\":\"TXT\","
		  "\"name\":\"_ivymail\",\"value\":\"x\"}]]}}",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
		{ "[{\"type\":\"TXT\",\"name\":\"_ivymail\",\"value\":\"x\","
		  "\"priority\":\"n/a\"}]",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
	};
	EXPECT_ROWS("a.example.com", rows);
}

Test(expect_list, names_are_read_in_the_frame_that_fits)
{
	static const struct row rows[] = {
		/* To the zone. */
		{ "Type,Name,Value\nTXT,_ivymail.a,x\nMX,bounce.a,"
		  "10 feedback-smtp.eu-west-1.amazonses.com\n",
		    INDEX_MAIL_FROM_MX, "bounce.a.example.com " EU_HOST },
		{ "Type,Name,Value\nTXT,_ivymail.a,x\nA,www.a,192.0.2.1\n",
		    INDEX_OTHER, "www.a.example.com 192.0.2.1" },
		/* To the domain. */
		{ "Type,Name,Value\nTXT,_ivymail,x\nMX,bounce,"
		  "10 feedback-smtp.eu-west-1.amazonses.com\n",
		    INDEX_MAIL_FROM_MX, "bounce.a.example.com " EU_HOST },
		{ "Type,Name,Value\nTXT,@,v=spf1 include:amazonses.com -all\n",
		    INDEX_SPF,
		    "a.example.com v=spf1 include:amazonses.com -all" },
		/* Alone, a name that repeats the domain is the zone's. */
		{ "Type,Name,Value\nMX,bounce.a,"
		  "10 feedback-smtp.eu-west-1.amazonses.com\n",
		    INDEX_MAIL_FROM_MX, "bounce.a.example.com " EU_HOST },
		/* In full. */
		{ "Type,Name,Value\nTXT,_ivymail.a.example.com,x\n",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
		{ "Type,Name,Value\nTXT,_IVYMAIL.A.Example.COM.,x\n",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
	};
	EXPECT_ROWS("a.example.com", rows);
}

Test(expect_list, a_domain_named_like_mail_from_is_told_apart)
{
	static const char zone[] =
	    "Type,Name,Value\nTXT,_ivymail.mail,x\n"
	    "TXT,mail,v=spf1 include:amazonses.com ~all\n"
	    "TXT,mail.mail,v=spf1 include:amazonses.com -all\n";
	static const struct row rows[] = {
		{ zone, INDEX_SPF,
		    "mail.example.com v=spf1 include:amazonses.com ~all" },
		{ zone, INDEX_MAIL_FROM_SPF,
		    "mail.mail.example.com v=spf1 include:amazonses.com "
		    "-all" },
	};
	EXPECT_ROWS("mail.example.com", rows);
}

Test(expect_list, values_are_taken_as_they_are_meant)
{
	static const struct row rows[] = {
		{ "[{\"type\":\"TXT\",\"name\":\"_ivymail\","
		  "\"value\":\"\\\"x\\\" \\\"y\\\"\"}]",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com xy" },
		{ "[{\"type\":\"TXT\",\"name\":\"_ivymail\","
		  "\"value\":\"\\\"x\\\\032\\\\\\\"y\\\"\"}]",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x \"y" },
		{ "[{\"type\":\"TXT\",\"name\":\"_ivymail\","
		  "\"value\":\"\\\"x\\\" y \\\"z\\\"\"}]",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com \"x\" y \"z\"" },
		{ "[{\"type\":\"MX\",\"name\":\"mail\",\"priority\":10,"
		  "\"value\":\"10\\tfeedback-smtp.eu-west-1.amazonses.com.\"}]",
		    INDEX_MAIL_FROM_MX, "mail.a.example.com " EU_HOST },
		{ "Type,Name,Value\nTXT,_ivymail,\"\"\"x\"\"\"\n",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
	};
	EXPECT_ROWS("a.example.com", rows);
}

Test(expect_list, a_csv_is_known_in_every_dress)
{
	static const struct row rows[] = {
		{ "\xef\xbb\xbf"
		  "Type,Name,Value\r\nTXT,_ivymail,x\r\n",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
		{ "\n\nName;Value;Type\n_ivymail;\"x;y\";TXT\n",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x;y" },
		{ "Type\tName\tValue\nTXT\t_ivymail\tx", INDEX_OWNERSHIP,
		    "_ivymail.a.example.com x" },
		{ "Domain Name,Record Name,Record Type,Record Value\n"
		  "a.example.com,_ivymail.a.example.com,TXT,x\n",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
		{ "TXT,_ivymail,x\n", INDEX_OWNERSHIP,
		    "_ivymail.a.example.com x" },
		{ "Type,Name,Value,Priority\nMX,mail,"
		  "feedback-smtp.eu-west-1.amazonses.com,10\n,,,\n",
		    INDEX_MAIL_FROM_MX, "mail.a.example.com " EU_HOST },
	};
	EXPECT_ROWS("a.example.com", rows);
}

Test(expect_list, a_zone_file_is_read_as_it_is_meant)
{
	static const struct row rows[] = {
		/* The first word is a type, but this is no CSV. */
		{ "mx\tIN\tA\t192.0.2.1\n_ivymail\tIN\tTXT\tx\n",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
		{ "\xef\xbb\xbf_ivymail.a 300 IN TXT \"x\" ; token\r\n",
		    INDEX_OWNERSHIP, "_ivymail.a.example.com x" },
		{ "k1._domainkey CNAME k1.dkim.amazonses.com\n", INDEX_DKIM,
		    "k1._domainkey.a.example.com k1.dkim.amazonses.com" },
		{ "$ORIGIN example.com.\n"
		  "k1._domainkey.a CNAME k1.dkim.amazonses.com\n",
		    INDEX_DKIM,
		    "k1._domainkey.a.example.com k1.dkim.amazonses.com" },
		{ "mail MX 10 feedback-smtp.eu-west-1.amazonses.com\n",
		    INDEX_MAIL_FROM_MX, "mail.a.example.com " EU_HOST },
		{ "_ivymail TXT x\nwww CNAME web\n", INDEX_OTHER,
		    "www.a.example.com web.a.example.com" },
		{ "_ivymail.a TXT x\nwww CNAME web\n", INDEX_OTHER,
		    "www.example.com web.example.com" },
		{ "$ORIGIN a.example.com.\n@ SOA ns admin 1 2 3 4 5\n@ NS ns\n"
		  "_dmarc TXT \"v=DMARC1; p=reject\"\n",
		    INDEX_DMARC, "_dmarc.a.example.com v=DMARC1; p=reject" },
	};
	EXPECT_ROWS("a.example.com", rows);
}

Test(expect_list, other_senders_records_are_others)
{
	static const struct row rows[] = {
		{ "TXT,_ivymail,x\nCNAME,s1._domainkey,s1.domainkey.u1.other."
		  "example\n",
		    INDEX_OTHER,
		    "s1._domainkey.a.example.com s1.domainkey.u1.other."
		    "example" },
		{ "TXT,_ivymail,x\nMX,@,10 inbound.example\n", INDEX_OTHER,
		    "a.example.com inbound.example" },
		{ "TXT,_ivymail,x\nTXT,@,google-site-verification=1\n",
		    INDEX_OTHER, "a.example.com google-site-verification=1" },
	};
	EXPECT_ROWS("a.example.com", rows);
}

Test(expect_list, an_mx_to_ses_defines_name_and_region)
{
	struct arena *arena = arena_new();
	const struct expect expect = made(arena, "a.example.com",
	    "{\"region\":\"us-east-1\",\"records\":["
	    "{\"type\":\"MX\",\"name\":\"bounce\",\"value\":"
	    "\"feedback-smtp.eu-west-1.amazonses.com\"},"
	    "{\"type\":\"TXT\",\"name\":\"bounce\",\"value\":"
	    "\"v=spf1 include:amazonses.com -all\"}]}");
	cr_expect(str_eq(expect.region, STR("eu-west-1")));
	cr_expect(str_eq(
	    name_text(arena, expect.mail_from), STR("bounce.a.example.com")));
	cr_expect(str_eq(expect.records[INDEX_MAIL_FROM_SPF].text,
	    STR("v=spf1 include:amazonses.com -all")));
	cr_expect(eq(sz, expect.records_len, INDEX_OTHER));
	arena_free(&arena);
}

Test(expect_list, a_fourth_token_is_another_record_and_equal_ones_are_one)
{
	struct arena *arena = arena_new();
	struct buf text = buf_new(arena);
	for (int i = 0; i < 8; i++) {
		buf_addf(&text, "CNAME,k%d._domainkey,k%d.dkim.amazonses.com\n",
		    i / 2, i / 2);
	}
	const struct expect expect = made(arena, "a.example.com", text.at);
	cr_expect(eq(sz, expect.records_len, INDEX_OTHER + 1));
	cr_expect(str_eq(expect.records[INDEX_DKIM + 2].token, STR("k2")));
	cr_expect(str_eq(record_text(arena, &expect.records[INDEX_OTHER]),
	    STR("k3._domainkey.a.example.com k3.dkim.amazonses.com")));
	arena_free(&arena);
}

Test(expect_list, too_many_further_records_are_said_to_be)
{
	struct arena *arena = arena_new();
	struct buf text = buf_new(arena);
	for (int i = 0; i < 40; i++) {
		buf_addf(&text, "A,h%d,192.0.2.1\n", i);
	}
	const struct expect expect = made(arena, "a.example.com", text.at);
	const size_t last = INDEX_OTHER + EXPECT_MAX_OTHER;
	cr_assert(eq(sz, expect.records_len, last + 1));
	cr_expect(expect.records[last - 1].judged);
	cr_expect(not(expect.records[last].judged));
	cr_expect(str_eq(expect.records[last].id, STR("other-33")));
	arena_free(&arena);
}

/** Reads *line* as a line of a batch: it names its domain itself. */
static struct expect
made_of_line(struct arena *arena, const char *line)
{
	const struct expect_file file = { .name = STR("line"),
		.content = str_of(line) };
	const struct expect_flags flags = { 0 };
	struct expect_list *list = NULL;
	struct expect expect;
	struct err err = { 0 };
	cr_assert(
	    expect_read(arena, &file, &list, &err), "%s: %s", line, err.text);
	const struct expect_parts parts = { expect_list_domain(list), &flags,
		list };
	cr_assert(expect_build(arena, &parts, &expect, &err), "%s: %s", line,
	    err.text);
	return expect;
}

Test(expect_list, a_line_of_a_batch_may_name_a_domain_alone)
{
	struct arena *arena = arena_new();
	const struct expect expect = made_of_line(
	    arena, "{\"domain\":\"A.Example.com.\",\"region\":\"eu-west-1\"}");
	cr_expect(
	    str_eq(name_text(arena, expect.domain), STR("a.example.com")));
	cr_expect(
	    str_eq(name_text(arena, expect.records[INDEX_MAIL_FROM_MX].target),
		STR("feedback-smtp.eu-west-1.amazonses.com")));
	cr_expect(expect.records[INDEX_MAIL_FROM_SPF].judged);
	arena_free(&arena);
}

#ifdef HAVE_IDN2
Test(expect_list, letters_beyond_ascii_become_a_labels)
{
	struct arena *arena = arena_new();
	const struct expect expect =
	    made_of_line(arena, "{\"domain\":\"b\xc3\xbc"
				"cher.example\",\"records\":[{\"type\":\"TXT\","
				"\"name\":\"_ivymail.B\xc3\x9c"
				"CHER.example\",\"value\":\"x\"}]}");
	cr_expect(str_eq(record_text(arena, &expect.records[INDEX_OWNERSHIP]),
	    STR("_ivymail.xn--bcher-kva.example x")));
	arena_free(&arena);
}
#endif

/** The message for *content*, which must be refused. */
static struct str
refused(struct arena *arena, const char *content)
{
	const struct expect_file file = { .name = STR("list"),
		.content = str_of(content) };
	struct expect_list *list = NULL;
	struct err err = { 0 };
	cr_assert(not(expect_read(arena, &file, &list, &err)), "%s", content);
	return str_print(arena, "%s %s", err.text, err.hint);
}

Test(expect_list, a_zone_file_without_a_value_is_refused)
{
	struct arena *arena = arena_new();
	const struct str said = refused(arena, "a A 192.0.2.1\nb TXT \"\"\n");
	cr_expect(str_starts(said, STR("list, line 2, ")), "%s", said.at);
	cr_expect(
	    str_find(said, STR("the value is empty")) >= 0, "%s", said.at);
	arena_free(&arena);
}

Test(expect_list, the_place_of_a_fault_is_found_in_any_json)
{
	static const struct {
		const char *content;
		const char *want;
	} rows[] = {
		{ "{\"a\":\"}]\\\"[\",\n\"b\":[1.5e3,{\"c\":[],\"d\":null}],\n"
		  "\"r\" : [ {\"type\":\"TXT\",\"name\":\"a\","
		  "\"value\":\"x\"}\n"
		  " , {\"value\":\"x\",\"type\" : \"FOO\",\"name\":\"a\"}]}",
		    "list, line 4, column 26: \"FOO\"" },
		{ "[[],[[{\"type\":\"TXT\",\"x\":{\"y\":[\"]\"]},\n"
		  "\"name\":\"\",\"value\":\"x\"}]]]",
		    "list, line 2, column 8: the name is empty" },
		{ "[{\"\xc3\xbc\":1,\"type\":\"A\",\"name\":\"a\","
		  "\"value\":\"x\"}]",
		    "list, line 1, column 39: the value is not an IPv4" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct str said = refused(arena, rows[i].content);
		cr_expect(str_starts(said, str_of(rows[i].want)), "%s: %s",
		    rows[i].content, said.at);
	}
	arena_free(&arena);
}

Test(expect_list, what_may_be_a_secret_is_in_no_message)
{
	static const char *const contents[] = {
		"{\"success\":false,\"error\":\"Invalid API key s3cret\"}",
		"{\"success\":false,\"error\":\"no token 's3cret' here\"}",
		("{\"success\":false,\"error\":{\"message\":"
		 "\"bad: ivy_live_s3cretAndLonger\"}}"),
		"{\"success\":false,\"error\":\"s3cret/with+base64/inside==\"}",
		"{\"apiKey\":\"s3cret\",\"records\":[s3cret]}",
		"IVYMAIL_API_KEY=s3cret\n",
		"Type,Name,Value\ns3cret-and-more,a,b\n",
		"Type,Name,Value\nTXT,a b,s3cret\n",
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(contents) / sizeof(*contents); i++) {
		const struct str said = refused(arena, contents[i]);
		cr_expect(lt(long, str_find(said, STR("s3cret")), 0), "%s: %s",
		    contents[i], said.at);
	}
	arena_free(&arena);
}

Test(expect_list, what_the_api_said_is_shown_harmlessly)
{
	struct arena *arena = arena_new();
	const struct str said = refused(arena,
	    "{\"success\":false,\"error\":\"no \\u001b[31m\\\\domain\\n\"}");
	cr_expect(str_starts(said,
		      STR("list: the API answered with an error: no \\027[31m"
			  "\\092domain\\010")),
	    "%s", said.at);
	arena_free(&arena);
}

Test(expect_list, a_file_may_hold_a_mebibyte_and_no_more)
{
	struct arena *arena = arena_new();
	struct buf text = buf_new(arena);
	buf_adds(&text, "TXT,_ivymail,x\n");
	buf_fill(&text, '\n', EXPECT_MAX_FILE - text.len);
	(void)made(arena, "a.example.com", text.at);
	buf_addc(&text, '\n');
	cr_expect(str_starts(refused(arena, text.at),
	    STR("list: the list of records is larger than 1 MiB")));
	arena_free(&arena);
}
