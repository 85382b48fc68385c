/* SPDX-License-Identifier: MIT */
/* The records of a domain that is right, and examining it. */
#include "right_domain.h"

#include "fuzz.h"

#include "base/arena.h"
#include "base/err.h"
#include "report/assemble.h"

#include <assert.h>

enum {
	NOW = 1790000000 /* seconds since 1970 */
};

static const char *const NAMES_TEXT[RIGHT_DOMAIN_NAMES] = { "example.com",
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

void
right_domain_make(struct arena *arena, const uint8_t *data, size_t size,
    struct right_domain *ret)
{
	static const struct server_addr server = {
		.addr = { ADDR_V4, { 192, 0, 2, 53 } },
		.port = 53,
	};
	for (size_t i = 0; i < RIGHT_DOMAIN_NAMES; i++) {
		ret->names[i] = name_of(arena, NAMES_TEXT[i]);
	}
	ret->world = (struct byte_world){
		.names = ret->names,
		.names_len = RIGHT_DOMAIN_NAMES,
		.base = RIGHT,
		.bytes = { (const char *)data, size },
	};
	ret->expect = expect_make(arena);
	ret->order = (struct order){
		.expect = &ret->expect,
		.patterns = fuzz_patterns(),
		.policy = { .fail_on = SEVERITY_ERROR },
		.sides = { .view = VIEW_RESOLVER, .given = { &server, 1 } },
		.now = NOW,
	};
	if (size > 0 && data[0] == '2') {
		ret->order.sides.view = VIEW_BOTH;
	}
}

struct examination *
right_domain_examine(struct arena *arena, const struct right_domain *domain,
    struct source *source)
{
	struct examination *examination =
	    examination_open(arena, source, &domain->order);
	examination_run(examination);
	return examination;
}

struct str
right_domain_report(
    struct arena *arena, const struct outcome *outcome, enum format format)
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
	struct buf text = buf_new(arena);
	struct report *report = assemble(arena, outcome, &facts);
	report->counts.answered = 0;
	format_renderer(format)(report, &manner, &text);
	return buf_str(&text);
}
