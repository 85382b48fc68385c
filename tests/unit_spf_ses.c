/* SPDX-License-Identifier: MIT */
/* Whether SES can pass by a record. */
#include "looking.h"

#include "base/arena.h"
#include "walks/spf_ses.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const char ZONE[] =
    "amazonses.com. TXT \"v=spf1 ip4:199.255.192.0/22 -all\"\n"
    "own.test. TXT \"v=spf1 include:amazonses.com ~all\"\n"
    "weak.test. TXT \"v=spf1 ?include:amazonses.com ~all\"\n"
    "other.test. TXT \"v=spf1 ip4:192.0.2.0/24 ~all\"\n"
    "like.test. TXT \"v=spf1 include:amazonaws.com ~all\"\n"
    "*.hosted.test. TXT \"v=spf1 include:amazonses.com -all\"\n"
    "*.empty.test. TXT \"v=spf1 -all\"\n";

/** A record, and what is to be found out about it. */
struct trial {
	const char *terms;
	enum spf_ses_state state;
	enum spf_ses_obstacle obstacle;
	struct spf_ses got;
};

static void
try_it(struct look *look, void *context)
{
	static const struct sight sight = { .authority = NULL };
	struct arena *arena = look_scratch(look);
	struct trial *trial = context;
	const struct spf_start start = {
		.domain = name_of(arena, "d.test"),
		.text = str_print(arena, "v=spf1 %s", trial->terms),
	};
	trial->got = spf_ses_find(look, &sight, spf_walk(look, &sight, &start));
}

static void
expect_trials(struct trial *trials, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		struct looking looking;
		looking_open(&looking, ZONE);
		looking_run(&looking, try_it, &trials[i]);
		cr_expect(eq(int, trials[i].got.state, trials[i].state), "%s",
		    trials[i].terms);
		cr_expect(eq(int, trials[i].got.obstacle, trials[i].obstacle),
		    "%s", trials[i].terms);
		looking_close(&looking);
	}
}

Test(spf_ses, it_passes_wherever_it_is_reached)
{
	struct trial trials[] = {
		{ .terms = "include:amazonses.com -all" },
		{ .terms = "mx INCLUDE:AmazonSES.com. ~all" },
		{ .terms = "+include:amazonses.com" },
		{ .terms = "redirect=amazonses.com" },
		{ .terms = "redirect=own.test include:other.test" },
		{ .terms = "include:own.test ~all" },
		{ .terms = "redirect=own.test" },
		{ .terms = "?ip4:192.0.2.1 -exists:list.test "
			   "include:amazonses.com" },
		{ .terms = "?include:amazonses.com include:own.test -all" },
		{ .terms = "include:%{i}.hosted.test -all" },
	};
	expect_trials(trials, sizeof(trials) / sizeof(*trials));
}

Test(spf_ses, it_may_stand_there_without_ever_giving_a_pass)
{
	struct trial trials[] = {
		{ "-all include:amazonses.com", SPF_SES_UNREACHABLE,
		    SPF_SES_BEHIND_ALL, { 0 } },
		{ "~all include:own.test", SPF_SES_UNREACHABLE,
		    SPF_SES_BEHIND_ALL, { 0 } },
		{ "~all redirect=own.test", SPF_SES_UNREACHABLE,
		    SPF_SES_IDLE_REDIRECT, { 0 } },
		{ "?include:amazonses.com ~all", SPF_SES_UNREACHABLE,
		    SPF_SES_QUALIFIED, { 0 } },
		{ "~include:own.test ~all", SPF_SES_UNREACHABLE,
		    SPF_SES_QUALIFIED, { 0 } },
		{ "include:weak.test ~all", SPF_SES_UNREACHABLE,
		    SPF_SES_QUALIFIED, { 0 } },
		{ "-ip4:199.255.0.0/16 include:amazonses.com -all",
		    SPF_SES_UNREACHABLE, SPF_SES_SHADOWED, { 0 } },
	};
	expect_trials(trials, sizeof(trials) / sizeof(*trials));
}

Test(spf_ses, a_near_miss_of_the_name_is_seen)
{
	struct trial trials[] = {
		{ "include:amazonaws.com ~all", SPF_SES_LOOKALIKE, 0, { 0 } },
		{ "include:_spf.amazonses.com -all", SPF_SES_LOOKALIKE, 0,
		    { 0 } },
		{ "-all include:amazonse.com", SPF_SES_LOOKALIKE, 0, { 0 } },
		{ "include:like.test -all", SPF_SES_LOOKALIKE, 0, { 0 } },
		{ "redirect=amazonses.co", SPF_SES_LOOKALIKE, 0, { 0 } },
	};
	expect_trials(trials, sizeof(trials) / sizeof(*trials));
}

Test(spf_ses, it_may_be_missing)
{
	struct trial trials[] = {
		{ "include:other.test ~all", SPF_SES_ABSENT, 0, { 0 } },
		{ "", SPF_SES_ABSENT, 0, { 0 } },
		{ "include=amazonses.com ~all", SPF_SES_ABSENT, 0, { 0 } },
		{ "exp=amazonses.com ~all", SPF_SES_ABSENT, 0, { 0 } },
		{ "a:amazonses.com ~all", SPF_SES_ABSENT, 0, { 0 } },
		{ "include:%{i}.empty.test -all", SPF_SES_ABSENT, 0, { 0 } },
	};
	expect_trials(trials, sizeof(trials) / sizeof(*trials));
}

Test(spf_ses, copies_of_its_addresses_are_recognised)
{
	struct trial copied = { .terms = "ip4:54.240.0.0/18 ~all",
		.state = SPF_SES_ABSENT };
	struct trial host = { .terms = "ip4:54.240.8.33 ~all",
		.state = SPF_SES_ABSENT };
	struct trial wide = { .terms = "ip4:54.0.0.0/8 ~all",
		.state = SPF_SES_ABSENT };
	expect_trials(&copied, 1);
	expect_trials(&host, 1);
	expect_trials(&wide, 1);
	cr_expect(copied.got.flattened);
	cr_expect(host.got.flattened);
	cr_expect(not(wide.got.flattened));
}

Test(spf_ses, names_are_told_apart_label_by_label)
{
	static const char *const alike[] = { "amazonaws.com",
		"ses.amazonaws.com", "amazonse.com", "amazonsess.com",
		"amazon-ses.com", "amaznoses.com", "amazonses.net",
		"amazonses.com.d.test", "email-smtp.eu-west-1.amazonses.com",
		"ses.amazon.com", "amazonses.com-all" };
	static const char *const other[] = { "amazonses.com", "amazon.com",
		"_spf.google.com", "com", "sendgrid.net", "amazones.de.test" };
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(alike) / sizeof(*alike); i++) {
		cr_expect(spf_name_is_lookalike(name_of(arena, alike[i])), "%s",
		    alike[i]);
	}
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++) {
		cr_expect(not(spf_name_is_lookalike(name_of(arena, other[i]))),
		    "%s", other[i]);
	}
	arena_free(&arena);
}
