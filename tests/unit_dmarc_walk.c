/* SPDX-License-Identifier: MIT */
/* The tree walk, by the examples of RFC 9989 and past them. */
#include "walks/dmarc.h"

#include "base/arena.h"
#include "base/buf.h"
#include "look/look.h"
#include "looking.h"
#include "walks/dmarc_reports.h"
#include "walks/published.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

/** One walk, and what it is to be told. */
struct stroll {
	const char *domain;
	enum dmarc_reach reach;
	bool reports;
	struct dmarc_walk walk;
};

static void
stroll_run(struct look *look, void *context)
{
	struct stroll *stroll = context;
	const struct sight sight = { 0 };
	const struct dmarc_start start = {
		.domain = name_of(look_scratch(look), stroll->domain),
		.reach = stroll->reach,
	};
	if (dmarc_walk_find(look, &sight, &start, &stroll->walk) &&
	    stroll->reports && stroll->walk.found) {
		(void)dmarc_reports_find(look, &sight, true, &stroll->walk);
	}
}

static const char *
words(struct arena *arena, struct name name)
{
	return name_is_set(name) ? name_text(arena, name).at : "-";
}

/** "found org policy": "example.com example.com none". */
static const char *
outcome(struct arena *arena, const struct dmarc_walk *walk)
{
	const struct name none = { 0 };
	return str_print(arena, "%s %s %s",
	    words(arena, walk->found ? walk->found->domain : none),
	    words(arena, walk->organizational), dmarc_policy_text(walk->effect))
	    .at;
}

/** The names of the walk, with blanks between them. */
static const char *
path(struct arena *arena, const struct dmarc_walk *walk)
{
	struct buf to = buf_new(arena);
	for (size_t i = 0; i < walk->stops_len; i++) {
		buf_adds(&to, i > 0 ? " " : "");
		buf_adds(&to, words(arena, walk->stops[i].domain));
	}
	return to.at;
}

static void
expect_walk(const char *zone, const char *domain, const char *want)
{
	struct looking looking;
	struct stroll stroll = { .domain = domain, .reach = DMARC_REACH_ROOT };
	looking_open(&looking, zone);
	looking_run(&looking, stroll_run, &stroll);
	const char *got = outcome(looking.arena, &stroll.walk);
	cr_expect(eq(str, (char *)got, (char *)want), "%s", domain);
	looking_close(&looking);
}

static void
expect_path(const char *zone, const char *domain, const char *want)
{
	struct looking looking;
	struct stroll stroll = { .domain = domain, .reach = DMARC_REACH_ROOT };
	looking_open(&looking, zone);
	looking_run(&looking, stroll_run, &stroll);
	const char *got = path(looking.arena, &stroll.walk);
	cr_expect(eq(str, (char *)got, (char *)want), "%s", domain);
	looking_close(&looking);
}

Test(dmarc_walk, asks_each_name_from_the_domain_to_the_top)
{
	expect_path("", "a.mail.example.com",
	    "a.mail.example.com mail.example.com example.com com");
}

Test(dmarc_walk, jumps_to_seven_labels_in_long_names)
{
	expect_path("", "a.b.c.d.e.f.g.h.i.j.mail.example.com",
	    "a.b.c.d.e.f.g.h.i.j.mail.example.com "
	    "g.h.i.j.mail.example.com h.i.j.mail.example.com "
	    "i.j.mail.example.com j.mail.example.com mail.example.com "
	    "example.com com");
	expect_path("", "mail.a.b.c.d.e.f.g.example.com",
	    "mail.a.b.c.d.e.f.g.example.com c.d.e.f.g.example.com "
	    "d.e.f.g.example.com e.f.g.example.com f.g.example.com "
	    "g.example.com example.com com");
}

Test(dmarc_walk, does_not_jump_over_anything_in_eight_labels)
{
	expect_path("", "1.2.3.4.5.6.7.8",
	    "1.2.3.4.5.6.7.8 2.3.4.5.6.7.8 3.4.5.6.7.8 4.5.6.7.8 "
	    "5.6.7.8 6.7.8 7.8 8");
}

Test(dmarc_walk, never_asks_more_than_eight_names)
{
	struct looking looking;
	struct buf name = buf_new(arena_new());
	for (int i = 0; i < 110; i++) {
		buf_adds(&name, "a.");
	}
	buf_adds(&name, "example");
	struct stroll stroll = { .domain = name.at, .reach = DMARC_REACH_ROOT };
	looking_open(&looking, "");
	looking_run(&looking, stroll_run, &stroll);
	cr_expect(eq(sz, stroll.walk.stops_len, DMARC_WALK_MAX));
	/* One more question: whether the domain exists at all. */
	cr_expect(eq(sz, looking_asked(&looking), DMARC_WALK_MAX + 1));
	looking_close(&looking);
	arena_free(&name.arena);
}

Test(dmarc_walk, a_name_too_long_for_a_record_is_walked_past)
{
	struct looking looking;
	char name[256];
	for (size_t i = 0; i < 250; i++) {
		name[i] = i % 50 == 49 ? '.' : 'a';
	}
	memcpy(name + 250, "abc", 4);
	struct stroll stroll = { .domain = name, .reach = DMARC_REACH_ROOT };
	looking_open(&looking, "_dmarc.abc TXT \"v=DMARC1; p=reject\"\n");
	looking_run(&looking, stroll_run, &stroll);
	cr_expect(not(name_is_set(stroll.walk.stops[0].name)));
	cr_assert(stroll.walk.found != NULL);
	cr_expect(eq(int, (int)stroll.walk.effect, DMARC_POLICY_REJECT));
	looking_close(&looking);
}

Test(dmarc_walk, finds_the_organization_as_the_rfc_shows)
{
	static const char upper[] =
	    "_dmarc.mail.example.com TXT \"v=DMARC1; p=none\"\n"
	    "_dmarc.example.com TXT \"v=DMARC1; p=reject\"\n"
	    "a.mail.example.com A 192.0.2.1\n";
	static const char apart[] =
	    "_dmarc.mail.example.com TXT \"v=DMARC1; p=none; psd=n\"\n"
	    "_dmarc.example.com TXT \"v=DMARC1; p=reject\"\n"
	    "a.mail.example.com A 192.0.2.1\n";
	static const char suffix[] =
	    "_dmarc.com TXT \"v=DMARC1; p=quarantine; psd=y\"\n"
	    "a.mail.example.com A 192.0.2.1\n";
	expect_walk(
	    upper, "a.mail.example.com", "example.com example.com reject");
	expect_walk(apart, "a.mail.example.com",
	    "mail.example.com mail.example.com none");
	expect_walk(suffix, "a.mail.example.com", "com example.com quarantine");
	expect_walk("", "a.mail.example.com", "- a.mail.example.com ");
}

/* RFC 9989 B.4.1 */
Test(dmarc_walk, takes_the_highest_record_for_the_organization)
{
	static const char zone[] =
	    "_dmarc.example.com TXT \"v=DMARC1; p=none\"\n"
	    "_dmarc.signing.example.com TXT \"v=DMARC1; p=reject\"\n";
	expect_walk(zone, "example.com", "example.com example.com none");
	expect_walk(zone, "signing.example.com",
	    "signing.example.com example.com reject");
}

/* RFC 9989 B.4.2 */
Test(dmarc_walk, finds_the_record_above_a_very_deep_name)
{
	static const char zone[] =
	    "_dmarc.example.com TXT \"v=DMARC1; p=quarantine\"\n"
	    "a.b.c.d.e.f.g.h.i.j.k.example.com A 192.0.2.1\n";
	expect_walk(zone, "a.b.c.d.e.f.g.h.i.j.k.example.com",
	    "example.com example.com quarantine");
}

/* RFC 9989 B.4.3 */
Test(dmarc_walk, ends_at_a_public_suffix_that_says_so)
{
	static const char zone[] =
	    "_dmarc.bank.example TXT \"v=DMARC1; p=reject; psd=y\"\n"
	    "_dmarc.giant.bank.example TXT \"v=DMARC1; p=none\"\n"
	    "mail.giant.bank.example A 192.0.2.1\n"
	    "mail.mega.bank.example A 192.0.2.1\n";
	expect_walk(zone, "giant.bank.example",
	    "giant.bank.example giant.bank.example none");
	expect_walk(zone, "mail.giant.bank.example",
	    "giant.bank.example giant.bank.example none");
	expect_walk(zone, "mail.mega.bank.example",
	    "bank.example mega.bank.example reject");
	expect_path(
	    zone, "giant.bank.example", "giant.bank.example bank.example");
}

/* RFC 9989 5.1.8 */
Test(dmarc_walk, does_not_see_a_zone_cut_that_the_jump_passes)
{
	static const char zone[] =
	    "_dmarc.example.com TXT \"v=DMARC1; p=none\"\n"
	    "_dmarc.b.c.d.e.f.g.example.com TXT "
	    "\"v=DMARC1; p=reject; psd=n\"\n"
	    "mail.a.b.c.d.e.f.g.example.com A 192.0.2.1\n";
	expect_walk(zone, "mail.a.b.c.d.e.f.g.example.com",
	    "example.com example.com none");
}

/* RFC 9989 4.10 steps 2 and 6 */
Test(dmarc_walk, discards_several_records_at_a_name_and_goes_on)
{
	static const char zone[] =
	    "_dmarc.a.example.com TXT \"v=DMARC1; p=none\"\n"
	    "_dmarc.a.example.com TXT \"v=DMARC1; p=reject\"\n"
	    "_dmarc.example.com TXT \"v=DMARC1; p=quarantine\"\n"
	    "a.example.com A 192.0.2.1\n";
	expect_walk(
	    zone, "a.example.com", "example.com example.com quarantine");
}

Test(dmarc_walk, other_texts_beside_a_record_do_not_count)
{
	static const char zone[] =
	    "_dmarc.example.com TXT \"v=DMARC1; p=none\"\n"
	    "_dmarc.example.com TXT \"v=spf1 -all\"\n"
	    "_dmarc.example.com TXT \"v=dmarc1; p=reject\"\n";
	expect_walk(zone, "example.com", "example.com example.com none");
}

/* RFC 9989 4.7, 4.10.1: sp for names that exist, np for others */
Test(dmarc_walk, inherits_sp_or_np_by_whether_the_name_exists)
{
	static const char zone[] =
	    "_dmarc.example.com TXT \"v=DMARC1; p=none; sp=quarantine; "
	    "np=reject\"\n"
	    "there.example.com A 192.0.2.1\n"
	    "a.empty.example.com A 192.0.2.1\n";
	expect_walk(
	    zone, "there.example.com", "example.com example.com quarantine");
	expect_walk(
	    zone, "empty.example.com", "example.com example.com quarantine");
	expect_walk(
	    zone, "nowhere.example.com", "example.com example.com reject");
	expect_walk(zone, "example.com", "example.com example.com none");
}

Test(dmarc_walk, a_domain_with_a_record_costs_one_question)
{
	struct looking looking;
	struct stroll stroll = { .domain = "a.example.com" };
	looking_open(
	    &looking, "_dmarc.a.example.com TXT \"v=DMARC1; p=none\"\n");
	looking_run(&looking, stroll_run, &stroll);
	cr_expect(eq(sz, looking_asked(&looking), 1));
	cr_expect(eq(int, (int)stroll.walk.end, DMARC_END_OWN));
	cr_expect(not(name_is_set(stroll.walk.organizational)));
	looking_close(&looking);
}

Test(dmarc_walk, sees_what_the_own_record_hides)
{
	struct looking looking;
	struct stroll stroll = { .domain = "a.b.example.com",
		.reach = DMARC_REACH_LISTED };
	looking_open(&looking,
	    "_dmarc.a.b.example.com TXT \"v=DMARC1; p=none\"\n"
	    "_dmarc.example.com TXT \"v=DMARC1; p=reject\"\n");
	looking_run(&looking, stroll_run, &stroll);
	cr_assert(stroll.walk.hidden != NULL);
	const char *hidden = words(looking.arena, stroll.walk.hidden->domain);
	cr_expect(str_eq(str_of(hidden), STR("example.com")));
	cr_expect(not(looking_did_ask(&looking, "_dmarc.com", "TXT")));
	looking_close(&looking);
}

Test(dmarc_walk, a_domain_that_stands_apart_hides_nothing)
{
	struct looking looking;
	struct stroll stroll = { .domain = "a.example.com",
		.reach = DMARC_REACH_LISTED };
	looking_open(&looking,
	    "_dmarc.a.example.com TXT \"v=DMARC1; p=none; psd=n\"\n"
	    "_dmarc.example.com TXT \"v=DMARC1; p=reject\"\n");
	looking_run(&looking, stroll_run, &stroll);
	cr_expect(stroll.walk.hidden == NULL);
	const char *got = outcome(looking.arena, &stroll.walk);
	cr_expect(str_eq(str_of(got), STR("a.example.com a.example.com none")));
	looking_close(&looking);
}

/** The end and the outcome of a walk in zone files of *origin*. */
static void
expect_end(
    const char *origin, const char *zone, enum dmarc_end end, const char *want)
{
	struct looking looking;
	struct stroll stroll = { .domain = "a.b.example.com" };
	looking_open_zone(&looking, origin, zone);
	looking_run(&looking, stroll_run, &stroll);
	const char *got = outcome(looking.arena, &stroll.walk);
	cr_expect(eq(int, (int)stroll.walk.end, (int)end), "%s", origin);
	cr_expect(eq(str, (char *)got, (char *)want), "%s", origin);
	looking_close(&looking);
}

Test(dmarc_walk, in_zone_files_ends_at_the_organization)
{
	expect_end("example.com", "a.b A 192.0.2.1\n", DMARC_END_RULES,
	    "- a.b.example.com ");
	expect_end("example.com",
	    "_dmarc TXT \"v=DMARC1; p=reject\"\na.b A 192.0.2.1\n",
	    DMARC_END_RULES, "example.com example.com reject");
}

Test(dmarc_walk, says_when_the_organization_is_outside_the_zone_files)
{
	expect_end(
	    "b.example.com", "a A 192.0.2.1\n", DMARC_END_OUTSIDE, "- - ");
	expect_end("b.example.com",
	    "_dmarc TXT \"v=DMARC1; p=reject\"\na A 192.0.2.1\n",
	    DMARC_END_OUTSIDE, "b.example.com - reject");
	expect_end("b.example.com",
	    "_dmarc TXT \"v=DMARC1; p=reject; psd=n\"\na A 192.0.2.1\n",
	    DMARC_END_RULES, "b.example.com b.example.com reject");
}

static const char *const CONSENTS[] = { "same", "given", "none", "elsewhere",
	"unknown" };
static const char *const MAILBOXES[] = { "not-asked", "open", "refusing",
	"no-name", "no-server", "unknown" };

/** "host consent mailbox, ..." of the targets of a record with *rua*. */
static void
expect_targets(const char *rua, const char *zone, const char *want)
{
	struct looking looking;
	struct stroll stroll = { .domain = "example.com", .reports = true };
	struct arena *arena = arena_new();
	struct buf got = buf_new(arena);
	const struct str text = str_print(arena,
	    "_dmarc.example.com TXT \"v=DMARC1; p=none; rua=%s\"\n%s", rua,
	    zone);
	looking_open(&looking, text.at);
	looking_run(&looking, stroll_run, &stroll);
	buf_adds(&got, "");
	const struct dmarc_target *target;
	vec_foreach(target, &stroll.walk.targets) {
		buf_addf(&got, "%s%s %s %s", got.len > 0 ? ", " : "",
		    words(arena, target->host), CONSENTS[target->consent],
		    MAILBOXES[target->mailbox]);
	}
	cr_expect(eq(str, got.at, (char *)want), "%s", rua);
	looking_close(&looking);
	arena_free(&arena);
}

Test(dmarc_walk, reports_within_the_organization_need_no_consent)
{
	expect_targets("mailto:d@example.com",
	    "example.com MX 10 mx.example.com\n", "example.com same open");
	expect_targets("mailto:d@sub.example.com",
	    "sub.example.com A 192.0.2.1\n", "sub.example.com same open");
}

/* RFC 9990 4 */
Test(dmarc_walk, reports_to_others_need_their_consent)
{
	static const char mail[] = "thirdparty.example.net MX 1 mx.example\n";
	static const char *const rows[][2] = {
		{ "", "none" },
		{ "\"v=DMARC1\"", "given" },
		{ "\"v=DMARC1;\"", "given" },
		{ "\"v=DMARC1; rua=mailto:x@thirdparty.example.net\"",
		    "given" },
		{ "\"v=DMARC1; rua=mailto:x@other.example\"", "elsewhere" },
		{ "\"v=dmarc1\"", "none" },
		{ "\"yes\"", "none" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct str zone = str_print(arena, "%s%s%s\n", mail,
		    *rows[i][0] ? "example.com._report._dmarc."
				  "thirdparty.example.net TXT "
				: "",
		    rows[i][0]);
		const struct str want = str_print(
		    arena, "thirdparty.example.net %s open", rows[i][1]);
		expect_targets(
		    "mailto:d@thirdparty.example.net", zone.at, want.at);
	}
	arena_free(&arena);
}

Test(dmarc_walk, a_wildcard_may_give_consent_to_all)
{
	expect_targets("mailto:d@r.example",
	    "*._report._dmarc.r.example TXT \"v=DMARC1\"\n"
	    "r.example MX 1 mx.r.example\n",
	    "r.example given open");
}

Test(dmarc_walk, names_that_share_a_public_suffix_are_not_one)
{
	struct looking looking;
	struct stroll stroll = { .domain = "example.com", .reports = true };
	looking_open(&looking, "_dmarc.example.com TXT \"v=DMARC1; p=none; "
			       "rua=mailto:a@other.com\"\n");
	looking_run(&looking, stroll_run, &stroll);
	cr_assert(eq(sz, stroll.walk.targets.len, 1));
	cr_expect(dmarc_target_is_foreign(&stroll.walk.targets.at[0]));
	cr_expect(not(looking_did_ask(&looking, "_dmarc.other.com", "TXT")));
	looking_close(&looking);
}

Test(dmarc_walk, a_part_that_stands_apart_needs_consent_too)
{
	expect_targets("mailto:d@sub.example.com",
	    "_dmarc.sub.example.com TXT \"v=DMARC1; p=none; psd=n\"\n"
	    "sub.example.com A 192.0.2.1\n",
	    "sub.example.com none open");
}

/* RFC 5321 5.1, RFC 7505 */
Test(dmarc_walk, a_report_address_must_be_able_to_take_mail)
{
	expect_targets("mailto:d@example.com", "example.com MX 0 .\n",
	    "example.com same refusing");
	expect_targets(
	    "mailto:d@example.com", "", "example.com same no-server");
	expect_targets("mailto:d@example.com", "example.com AAAA ::1\n",
	    "example.com same open");
	expect_targets(
	    "mailto:d@gone.example.com", "", "gone.example.com same no-name");
}

Test(dmarc_walk, asks_about_ten_report_domains_at_most)
{
	struct looking looking;
	struct arena *arena = arena_new();
	struct stroll stroll = { .domain = "example.com", .reports = true };
	struct buf zone = buf_new(arena);
	buf_adds(&zone, "_dmarc.example.com TXT \"v=DMARC1; p=none; rua=\"");
	for (int i = 0; i < 1000; i++) {
		buf_addf(
		    &zone, " \"%smailto:a@r%d.example\"", i > 0 ? "," : "", i);
	}
	buf_adds(&zone, "\n");
	looking_open(&looking, zone.at);
	looking_run(&looking, stroll_run, &stroll);
	cr_expect(eq(sz, stroll.walk.targets.len, DMARC_MAX_TARGETS));
	cr_expect(eq(sz, stroll.walk.targets_left_out, 990));
	cr_expect(lt(sz, looking_asked(&looking), 30));
	looking_close(&looking);
	arena_free(&arena);
}
