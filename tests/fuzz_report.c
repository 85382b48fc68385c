/* SPDX-License-Identifier: MIT */
/*
 * The whole way from DNS to reports: a domain that is set up as it should be,
 * but for what the bytes say (tests/byte_source.h), examined and told in
 * every format. JSON can be read, the others have no control characters, and
 * the outcome does not contradict itself.
 */
#include "byte_source.h"
#include "fuzz.h"

#include "base/err.h"
#include "diagnosis/examine.h"
#include "expect/expect.h"
#include "report/assemble.h"
#include "report/format.h"
#include "text/utf8.h"

#include <assert.h>
#include <jansson.h>

enum {
	NAMES = 19,
	NOW = 1790000000, /* seconds since 1970 */
};

static const char *const NAMES_TEXT[NAMES] = { "example.com",
	"_ivymail.example.com", "_dmarc.example.com", "mail.example.com",
	"t1._domainkey.example.com", "t2._domainkey.example.com",
	"t3._domainkey.example.com", "amazonses.com", "t1.dkim.amazonses.com",
	"t2.dkim.amazonses.com", "t3.dkim.amazonses.com",
	"feedback-smtp.eu-west-1.amazonses.com", "spf.example.net",
	"*.example.com", "_dmarc.example.com.example.com",
	"_ivymail.example.com.example.com", "ns1.example.net", "_domainkey",
	"example.com._report._dmarc.example.net" };

#define KEY                                                               \
	"p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCyH28HVJtjszlRExWGvamE/" \
	"vp/Zj9nhkRq72gmYSqQxbH3TNjyiIE3xIN/X4n8yxJqavX1oB7e6MDov0XuIO"   \
	"Pwo2iiaQR3lEkUd4yPOeD+j+//9OFXIH3U9p7xHhd/uB+7TNR2E/XaE671l8N5"  \
	"6XSlvQAVjxrt1r27KnU1q1XG6QIDAQAB\n"

/** What is right, as lines of a world. */
static const char RIGHT[] = "aS300\naN=q\na4192.0.2.1\n"
			    "aTv=spf1 include:amazonses.com ~all\n"
			    "bTivymail-verify=9f2c4e7ab1d84c53\n"
			    "cTv=DMARC1; p=none; rua=mailto:d@example.com\n"
			    "dTv=spf1 include:amazonses.com ~all\ndM1=l\n"
			    "eC=i\nfC=j\ngC=k\nhTv=spf1 ip4:192.0.2.0/24 -all\n"
			    "iT" KEY "jT" KEY "kT" KEY "l4192.0.2.7\n"
			    "mTv=spf1 ip4:198.51.100.0/24 -all\n"
			    "q4192.0.2.53\n";

static struct expect
expect_make(struct arena *arena)
{
	static const struct expect_flags flags = {
		.token = { "9f2c4e7ab1d84c53", 16 },
		.dkim_tokens = { { "t1", 2 }, { "t2", 2 }, { "t3", 2 } },
		.dkim_tokens_len = DKIM_RECORDS,
		.region = { "eu-west-1", 9 },
	};
	const struct expect_parts parts = {
		.domain = name_of(arena, NAMES_TEXT[0]),
		.flags = &flags,
	};
	struct expect expect;
	struct err err = { .code = ERR_NONE };
	const bool built = expect_build(arena, &parts, &expect, &err);
	assert(built);
	return expect;
}

static void
check_json(struct str text)
{
	json_error_t error;
	json_t *json =
	    json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES, &error);
	assert(json_is_object(json));
	json_decref(json);
}

/** ASCII is looked at here, as pages are long and most of it is that. */
static void
check_text(struct str text)
{
	struct utf8_char c;
	size_t at = 0;
	while (at < text.len) {
		const unsigned char byte = (unsigned char)text.at[at];
		if (byte < 0x80) {
			assert((byte >= 0x20 && byte != 0x7f) || byte == '\n');
			at++;
			continue;
		}
		const bool any = utf8_next(text, &at, &c);
		assert(any && c.valid && c.point >= 0xa0);
	}
}

static void
check_outcome(const struct outcome *outcome)
{
	const bool planned = outcome->plan.len > 0;
	assert(planned == (outcome->plan_proven != MAYBE_NULL));
	assert(outcome->verdict != VERDICT_READY ||
	       outcome->predicted == PREDICTED_VERIFIED);
}

static void
check_report(struct arena *arena, const struct outcome *outcome)
{
	const struct run_facts facts = {
		.version = STR("0"),
		.now = NOW,
		.source_kind = "live",
	};
	const struct manner manner = {
		.patterns = fuzz_patterns(),
		.width = 80,
		.verbosity = 2,
	};
	const struct report *report = assemble(arena, outcome, &facts);
	for (enum format i = 0; i < FORMATS; i++) {
		struct buf text = buf_new(arena);
		format_renderer(i)(report, &manner, &text);
		assert(text.len > 0);
		check_text(buf_str(&text));
		if (i == FORMAT_JSON) {
			check_json(buf_str(&text));
		}
	}
}

/** Examines *world* as its own servers say too, if *both*. */
static void
examine(struct arena *arena, const struct byte_world *world, bool both)
{
	static const struct server_addr server = {
		.addr = { ADDR_V4, { 192, 0, 2, 53 } },
		.port = 53,
	};
	const struct expect expect = expect_make(arena);
	const struct order order = {
		.expect = &expect,
		.patterns = fuzz_patterns(),
		.policy = { .fail_on = SEVERITY_ERROR },
		.sides = { .view = both ? VIEW_BOTH : VIEW_RESOLVER,
		    .given = { &server, 1 } },
		.now = NOW,
	};
	struct source *source = byte_source_open(arena, world);
	struct examination *examination =
	    examination_open(arena, source, &order);
	examination_run(examination);
	check_outcome(examination_outcome(examination));
	check_report(arena, examination_outcome(examination));
	examination_close(examination);
	source_close(&source);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	struct name names[NAMES];
	for (size_t i = 0; i < NAMES; i++) {
		names[i] = name_of(arena, NAMES_TEXT[i]);
	}
	const struct byte_world world = {
		.names = names,
		.names_len = NAMES,
		.base = RIGHT,
		.bytes = { (const char *)data, size },
	};
	examine(arena, &world, size > 0 && data[0] == '2');
	return 0;
}
