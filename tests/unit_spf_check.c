/* SPDX-License-Identifier: MIT */
/* The SPF record of a domain, judged. */
#include "judging.h"

#include "base/arena.h"
#include "base/buf.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

static const struct judging_order APEX = {
	.check = check_spf,
	.family = "spf",
	.domain = "d.test",
	.record = INDEX_SPF,
};

static const struct judging_order MAIL_FROM = {
	.check = check_spf,
	.family = "mail-from-spf",
	.domain = "d.test",
	.record = INDEX_MAIL_FROM_SPF,
};

/* What the records of these tests refer to. */
static const char REST[] =
    "amazonses.com TXT \"v=spf1 ip4:199.255.192.0/22 -all\"\n"
    "a.test TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
    "b.test TXT \"v=spf1 include:a.test -all\"\n"
    "own.test TXT \"v=spf1 include:amazonses.com -all\"\n"
    "five.test TXT \"v=spf1 a:h.test a:h.test a:h.test a:h.test -all\"\n"
    "h.test A 192.0.2.1\n"
    "bad.test TXT \"v=spf1 moo -all\"\n"
    "two.test TXT \"v=spf1 -all\"\n"
    "two.test TXT \"v=spf1 mx\"\n"
    "back.test TXT \"v=spf1 include:d.test -all\"\n"
    "open.test TXT \"v=spf1 +all\"\n"
    "like.test TXT \"v=spf1 include:amazonaws.com -all\"\n";

/** Opens a judgement of *texts*, TXT records at d.test parted by bars. */
static void
judge_texts(struct judging *judging, const char *texts)
{
	struct arena *arena = arena_new();
	struct buf zone = buf_new(arena);
	struct str rest = str_of(texts);
	struct str text;
	while (str_split(&rest, '|', &text)) {
		buf_adds(&zone, "d.test TXT \"");
		buf_add(&zone, text);
		buf_adds(&zone, "\"\n");
	}
	buf_adds(&zone, REST);
	judging_open(judging, &APEX, zone.at);
	arena_free(&arena);
}

/** Records at d.test, what is found, what the plan adds, what is then. */
struct row {
	const char *texts;
	const char *codes;
	const char *added; /* NULL: nothing */
};

static void
expect_row(const struct row *row)
{
	struct judging judging;
	judge_texts(&judging, row->texts);
	const char *codes = judging_codes(&judging);
	const char *changes = judging_changes(&judging);
	const char *added = strstr(changes, "+TXT d.test=");
	added = added ? added + strlen("+TXT d.test=") : NULL;
	cr_expect(str_eq(str_of(codes), str_of(row->codes)), "%s: %s, not %s",
	    row->texts, codes, row->codes);
	cr_expect(str_eq(str_of(added), str_of(row->added)),
	    "%s adds %s, not %s", row->texts, added ? added : "nothing",
	    row->added ? row->added : "nothing");
	if (added) {
		const char *mended = judging_mended(&judging);
		cr_expect(strncmp(mended, "ok", 2) == 0, "%s becomes %s",
		    row->texts, mended);
	}
	judging_close(&judging);
}

static void
expect_rows(const struct row *rows, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		expect_row(&rows[i]);
	}
}

Test(spf_check, right_records_raise_nothing)
{
	static const struct row rows[] = {
		{ "v=spf1 include:amazonses.com ~all", "ok", NULL },
		{ "V=SPF1 include:a.test INCLUDE:AmazonSES.com. -all", "ok",
		    NULL },
		{ "v=spf1 include:own.test ~all", "ok", NULL },
		{ "v=spf1 redirect=own.test", "ok", NULL },
		{ "v=spf1 redirect=amazonses.com", "ok", NULL },
		{ "v=spf1 include:amazonses.com ~all|google=1", "ok", NULL },
		{ "v=spf1 include:amazonses.com ~all| v=spf1 mx", "ok", NULL },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_check, a_missing_record_is_added_as_expected)
{
	static const struct row rows[] = {
		{ "google=1", "missing spf-missing",
		    "v=spf1 include:amazonses.com ~all" },
		{ "spf2.0/pra include:amazonses.com ~all",
		    "missing spf-missing",
		    "v=spf1 include:amazonses.com ~all" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_check, several_records_become_one)
{
	static const struct row rows[] = {
		{ "v=spf1 include:a.test -all|"
		  "v=spf1 include:amazonses.com ~all",
		    "conflict spf-multiple-records",
		    "v=spf1 include:a.test include:amazonses.com ~all" },
		{ "v=spf1 include:a.test -all|v=spf1 mx:h.test -all",
		    "conflict spf-multiple-records",
		    "v=spf1 include:a.test mx:h.test include:amazonses.com "
		    "-all" },
		{ "v=spf1 include:own.test ~all|v=spf1 ip4:192.0.2.1 ~all",
		    "conflict spf-multiple-records",
		    "v=spf1 include:own.test ip4:192.0.2.1 ~all" },
		{ "v=spf1 ipv4:192.0.2.1, ~all|v=spf1 redirect=a.test",
		    "conflict spf-multiple-records",
		    "v=spf1 ip4:192.0.2.1 include:a.test include:amazonses.com "
		    "~all" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_check, ses_is_let_in_where_it_is_reached)
{
	static const struct row rows[] = {
		{ "v=spf1 include:a.test ~all", "wrong spf-ses-missing",
		    "v=spf1 include:a.test include:amazonses.com ~all" },
		{ "v=spf1 -all", "wrong spf-ses-missing",
		    "v=spf1 include:amazonses.com -all" },
		{ "v=spf1 redirect=a.test", "wrong spf-ses-missing",
		    "v=spf1 include:amazonses.com redirect=a.test" },
		{ "v=spf1 ip4:199.255.192.0/22 ~all", "wrong spf-ses-missing",
		    "v=spf1 ip4:199.255.192.0/22 include:amazonses.com "
		    "~all" },
		{ "v=spf1 include=amazonses.com ~all", "wrong spf-ses-missing",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 ~all include:amazonses.com",
		    "wrong spf-ses-unreachable",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 ~all redirect=own.test", "wrong spf-ses-unreachable",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 ?include:amazonses.com ~all",
		    "wrong spf-ses-unreachable",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 -ip4:199.255.0.0/16 include:amazonses.com -all",
		    "wrong spf-ses-unreachable",
		    "v=spf1 include:amazonses.com -ip4:199.255.0.0/16 -all" },
		{ "v=spf1 include:amazonaws.com ~all",
		    "wrong spf-ses-lookalike",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:a.test include:amazonse.com -all",
		    "wrong spf-ses-lookalike",
		    "v=spf1 include:a.test include:amazonses.com -all" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_check, what_nobody_takes_for_spf_is_corrected)
{
	static const struct row rows[] = {
		{ "v=spf10 include:amazonses.com ~all",
		    "wrong spf-not-recognised",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1; include:amazonses.com ~all",
		    "wrong spf-not-recognised",
		    "v=spf1 include:amazonses.com ~all" },
		{ "spf1 include:a.test ~all", "wrong spf-not-recognised",
		    "v=spf1 include:a.test include:amazonses.com ~all" },
		{ " v=spf1 include:amazonses.com ~all",
		    "wrong spf-not-recognised",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v = spf1 include:amazonses.com ~all|other",
		    "wrong spf-not-recognised",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1\" \"include:amazonses.com ~all",
		    "wrong spf-strings-glued",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:a.test\" \"include:amazonses.com ~all",
		    "wrong spf-strings-glued",
		    "v=spf1 include:a.test include:amazonses.com ~all" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_check, slips_of_the_grammar_are_corrected)
{
	static const struct row rows[] = {
		{ "v=spf1 ipv4:192.0.2.1 include:amazonses.com ~all",
		    "wrong spf-syntax-error",
		    "v=spf1 ip4:192.0.2.1 include:amazonses.com ~all" },
		{ "v=spf1 include: amazonses.com ~all",
		    "wrong spf-syntax-error",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:a.test, include:amazonses.com ~all",
		    "wrong spf-syntax-error",
		    "v=spf1 include:a.test include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com~all", "wrong spf-syntax-error",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com-all", "wrong spf-syntax-error",
		    "v=spf1 include:amazonses.com -all" },
		{ "v=spf1 include:amazonses.com ~all.",
		    "wrong spf-syntax-error",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 moo include:a.test ~all", "wrong spf-syntax-error",
		    "v=spf1 include:a.test include:amazonses.com ~all" },
		{ "v=spf1 ip4:192.0.2.1/33 include:amazonses.com ~all",
		    "wrong spf-syntax-error",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com redirect=a.test "
		  "redirect=a.test",
		    "wrong spf-syntax-error",
		    "v=spf1 include:amazonses.com redirect=a.test" },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_check, limits_and_dead_ends_are_errors)
{
	static const struct row rows[] = {
		{ "v=spf1 include:five.test include:five.test "
		  "include:amazonses.com ~all",
		    "wrong spf-too-many-lookups spf-repeated-term",
		    "v=spf1 include:five.test include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com a:n1.test a:n2.test mx:n3.test "
		  "~all",
		    "wrong spf-too-many-voids",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com include:none.test ~all",
		    "wrong spf-include-no-record",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com include:two.test ~all",
		    "wrong spf-include-no-record",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com include:bad.test ~all",
		    "wrong spf-syntax-error",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com include:d.test ~all",
		    "wrong spf-loop", "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com include:back.test ~all",
		    "wrong spf-loop", NULL },
		{ "v=spf1 include:amazonses.com +all", "wrong spf-pass-all",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 all", "wrong spf-pass-all",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:open.test include:amazonses.com ~all",
		    "wrong spf-pass-all", NULL },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_check, a_merged_record_that_would_fail_is_not_offered)
{
	struct judging judging;
	judge_texts(&judging,
	    "v=spf1 include:five.test ~all|v=spf1 a:h.test/24 a:h.test/25 "
	    "a:h.test/26 a:h.test/27 include:b.test include:amazonses.com "
	    "~all");
	static const char want[] =
	    " First remove what is not needed any more: in one record with "
	    "Amazon SES it would be 12 lookups, and 10 are allowed. The "
	    "heaviest are five.test (5), b.test (2), amazonses.com (1).";
	const char *got = judging_arg(&judging, "too_heavy");
	cr_expect(str_eq(str_of(got), str_of(want)), "%s", got);
	cr_expect(str_eq(str_of(judging_changes(&judging)), STR("")));
	judging_close(&judging);
}

Test(spf_check, warnings_leave_the_record_ok)
{
	static const struct row rows[] = {
		{ "v=spf1 include:amazonses.com", "ok spf-all-missing",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com ?all", "ok spf-all-neutral",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com ~all mx:h.test",
		    "ok spf-terms-ignored",
		    "v=spf1 include:amazonses.com mx:h.test ~all" },
		{ "v=spf1 include:amazonses.com ~all redirect=a.test",
		    "ok spf-terms-ignored",
		    "v=spf1 include:amazonses.com ~all" },
		{ "v=spf1 include:amazonses.com ~all v=spf1 ip4:192.0.2.1 "
		  "~all",
		    "ok spf-terms-ignored",
		    "v=spf1 include:amazonses.com ip4:192.0.2.1 ~all" },
		{ "v=spf1 include:amazonses.com ptr ~all", "ok spf-ptr", NULL },
		{ "v=spf1 include:amazonses.com ip4:192.0.2.1 "
		  "ip4:192.0.2.1/32 ~all",
		    "ok spf-repeated-term",
		    "v=spf1 include:amazonses.com ip4:192.0.2.1 ~all" },
		{ "v=spf1 include:amazonses.com include:five.test "
		  "a:h.test/24 a:h.test/25 a:h.test/26 ~all",
		    "ok spf-lookups-near-limit", NULL },
		{ "v=spf1 include:amazonses.com ~all|spf2.0/pra -all",
		    "ok spf-legacy-type", NULL },
	};
	expect_rows(rows, sizeof(rows) / sizeof(*rows));
}

Test(spf_check, a_long_record_is_worth_a_remark)
{
	struct judging judging;
	struct arena *arena = arena_new();
	struct buf text = buf_new(arena);
	buf_adds(&text, "v=spf1 include:amazonses.com\" \"");
	for (int i = 1; i < 30; i++) {
		buf_addf(&text, " ip4:192.0.%d.0/24%s", i,
		    i % 10 == 0 ? "\" \"" : "");
	}
	buf_adds(&text, " ~all");
	judge_texts(&judging, text.at);
	const char *codes = judging_codes(&judging);
	cr_expect(str_eq(str_of(codes), STR("ok spf-too-long")), "%s", codes);
	judging_close(&judging);
	arena_free(&arena);
}

Test(spf_check, the_fault_is_marked_in_the_record)
{
	struct judging judging;
	judge_texts(&judging, "v=spf1 ipv4:192.0.2.1 ~all");
	const struct finding *finding = judging.out.findings.list.at[0];
	const struct evidence *evidence = &finding->evidence.at[0];
	cr_expect(evidence->has_span);
	cr_expect(eq(sz, evidence->from, 7));
	cr_expect(eq(sz, evidence->to, 21));
	const char *problem = judging_arg(&judging, "problem");
	cr_expect(str_eq(str_of(problem), STR("misspelt")), "%s", problem);
	judging_close(&judging);
}

Test(spf_check, the_way_to_a_fault_in_an_included_record_is_shown)
{
	struct judging judging;
	judge_texts(
	    &judging, "v=spf1 include:amazonses.com include:back.test ~all");
	const struct finding *finding = judging.out.findings.list.at[0];
	const struct evidence *evidence = finding->evidence.at;
	cr_assert(eq(sz, finding->evidence.len, 2));
	cr_expect(str_starts(str_from(evidence[0].value, evidence[0].from),
	    STR("include:back.test")));
	cr_expect(str_starts(str_from(evidence[1].value, evidence[1].from),
	    STR("include:d.test")));
	judging_close(&judging);
}

Test(spf_check, an_include_that_cannot_be_looked_up_is_named)
{
	static const struct judging_order order = {
		.check = check_spf,
		.family = "spf",
		.domain = "d.test",
		.record = INDEX_SPF,
		.faults = { { "dead.test", "TXT", ANSWER_SERVFAIL } },
	};
	struct judging judging;
	judging_open(
	    &judging, &order, "d.test TXT \"v=spf1 include:dead.test ~all\"\n");
	const char *codes = judging_codes(&judging);
	const char *question = judging_arg(&judging, "question");
	cr_expect(str_eq(str_of(codes), STR("unknown spf-lookup-failed")), "%s",
	    codes);
	cr_expect(
	    str_eq(str_of(question), STR("TXT dead.test")), "%s", question);
	judging_close(&judging);
}

Test(spf_check, what_a_limit_kept_out_is_not_worth_waiting_for)
{
	static const struct judging_order order = {
		.check = check_spf,
		.family = "spf",
		.domain = "d.test",
		.record = INDEX_SPF,
		.faults = { { "d.test", "TXT", ANSWER_CAPPED } },
	};
	struct judging judging;
	judging_open(&judging, &order, "");
	const struct finding *finding =
	    findings_get(&judging.out.findings, FINDING_X_LOOKUP_FAILED);
	const struct str next = str_of(judging_arg(&judging, "next"));
	cr_assert(ne(ptr, (void *)finding, NULL));
	cr_expect(not(finding->waiting_helps));
	cr_expect(ge(i64, str_find(next, STR("--only")), 0), "%s", next.at);
	judging_close(&judging);
}

Test(spf_check, outside_zone_files_nothing_is_held_against_a_record)
{
	static const struct judging_order order = {
		.check = check_spf,
		.family = "spf",
		.domain = "d.test",
		.record = INDEX_SPF,
		.origin = "d.test",
	};
	static const struct row rows[] = {
		{ "v=spf1 include:amazonses.com ~all", "ok", NULL },
		{ "v=spf1 include:a.test ~all", "wrong spf-ses-missing", NULL },
		{ "v=spf1 redirect=a.test", "not_checked", NULL },
		{ "v=spf1 include:amazonaws.com ~all",
		    "wrong spf-ses-lookalike", NULL },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct judging judging;
		struct arena *arena = arena_new();
		judging_open(&judging, &order,
		    str_print(arena, "@ TXT \"%s\"\n", rows[i].texts).at);
		const char *codes = judging_codes(&judging);
		cr_expect(str_eq(str_of(codes), str_of(rows[i].codes)),
		    "%s: %s", rows[i].texts, codes);
		cr_expect(eq(sz, judging.out.not_checked.len, 1), "%s",
		    rows[i].texts);
		judging_close(&judging);
		arena_free(&arena);
	}
}

Test(spf_check, a_cname_is_at_fault_only_if_its_target_is_not_right)
{
	struct judging judging;
	judging_open(&judging, &MAIL_FROM,
	    "mail.d.test CNAME own.test\n"
	    "own.test TXT \"v=spf1 include:amazonses.com ~all\"\n"
	    "amazonses.com TXT \"v=spf1 ip4:199.255.192.0/22 -all\"\n");
	cr_expect(str_eq(str_of(judging_codes(&judging)), STR("ok")));
	judging_close(&judging);
	judging_open(&judging, &MAIL_FROM,
	    "mail.d.test CNAME own.test\n"
	    "own.test TXT \"v=spf1 -all\"\n"
	    "amazonses.com TXT \"v=spf1 ip4:199.255.192.0/22 -all\"\n");
	const char *codes = judging_codes(&judging);
	cr_expect(
	    str_eq(str_of(codes), STR("conflict mail-from-spf-name-taken")),
	    "%s", codes);
	judging_close(&judging);
}
