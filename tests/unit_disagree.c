/* SPDX-License-Identifier: MIT */
/* What is told to be done when the zone's own servers differ. */
#include "asking.h"
#include "base/arena.h"
#include "cases.h"
#include "diagnosis/disagree.h"
#include "text/patterns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

static const char *
arg_of(const struct finding *finding, const char *key)
{
	const char *value = "";
	const struct finding_arg *arg;
	vec_foreach(arg, &finding->args) {
		value = strcmp(arg->key, key) == 0 ? arg->value.at : value;
	}
	return value;
}

/** Two servers: the first has the record, the second has not. */
struct row {
	const char *names[2];
	uint32_t serials[2];
	const char *next; /* what is told, or a part of it */
};

static struct authority_server
server_of(struct arena *arena, const struct row *row, size_t i)
{
	struct authority_server server = {
		.name = name_of(arena, row->names[i]),
		.state = SERVER_OK,
		.has_serial = true,
		.serial = row->serials[i],
	};
	const struct str address = i == 0 ? STR("192.0.2.1") : STR("192.0.2.2");
	cr_assert(addr_parse(address, &server.addr.addr));
	server.addr.port = 53;
	return server;
}

static void
expect_told(struct arena *arena, const struct row *row)
{
	struct findings findings = findings_new(arena, "spf", 1);
	struct finding *finding = find(&findings, FINDING_X_SERVERS_DISAGREE);
	const struct judgement at[2] = { { .status = STATUS_OK },
		{ .status = STATUS_MISSING } };
	struct authority authority = { .len = 2, .sound = 2 };
	authority.at[0] = server_of(arena, row, 0);
	authority.at[1] = server_of(arena, row, 1);
	disagree_explain(finding, &authority, at);
	const char *next = arg_of(finding, "next");
	cr_expect(strstr(next, row->next) != NULL, "%s", next);
	const char *lacking = arg_of(finding, "lacking");
	cr_expect(strncmp(lacking, row->names[1], strlen(row->names[1])) == 0,
	    "%s", lacking);
}

Test(disagree, what_is_to_be_done_depends_on_whose_servers_they_are)
{
	static const struct row rows[] = {
		{ { "ns1.d.test", "ns2.d.test" }, { 7, 6 }, "lags behind" },
		{ { "ns1.d.test", "ns2.d.test" }, { 7, 7 }, "Tell the DNS" },
		{ { "amy.ns.cloudflare.com", "ns01.domaincontrol.com" },
		    { 7, 7 }, "Several DNS hosts" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		expect_told(arena, &rows[i]);
	}
	arena_free(&arena);
}

Test(disagree, a_cause_at_the_server_that_lacks_the_record_is_named)
{
	struct dns_case c = case_open("ownership-servers-disagree", false);
	struct patterns *patterns = patterns_new();
	c.order.patterns = patterns;
	c.order.expect = &c.expect;
	struct examination *examination =
	    examination_open(c.arena, c.source, &c.order);
	examination_run(examination);
	const struct finding *finding =
	    examination_outcome(examination)->findings.at[0];
	const char *there = arg_of(finding, "there");
	cr_expect(eq(str, (char *)there,
	    (char *)" At 192.0.2.1 the cause is ownership-name-doubled."));
	cr_expect(eq(sz, finding->evidence.len, 3));
	examination_close(examination);
	patterns_free(&patterns);
	case_close(&c);
}
