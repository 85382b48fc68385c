/* SPDX-License-Identifier: MIT */
/* check_host(), section by section of RFC 7208. */
#include "base/arena.h"
#include "looking.h"
#include "spf_cases.h"
#include "walks/spf_eval.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(spf_eval, what_is_no_domain_has_no_result)
{
	spf_cases_run("initial");
}

Test(spf_eval, records_are_looked_up)
{
	spf_cases_run("lookup");
}

Test(spf_eval, exactly_one_record_is_selected)
{
	spf_cases_run("selection");
}

Test(spf_eval, records_are_evaluated_from_left_to_right)
{
	spf_cases_run("evaluation");
}

Test(spf_eval, all_matches_always)
{
	spf_cases_run("all");
}

Test(spf_eval, include_asks_another_record)
{
	spf_cases_run("include");
}

Test(spf_eval, a_matches_addresses)
{
	spf_cases_run("a");
}

Test(spf_eval, mx_matches_mail_hosts)
{
	spf_cases_run("mx");
}

Test(spf_eval, ptr_matches_validated_names)
{
	spf_cases_run("ptr");
}

Test(spf_eval, ip4_matches_networks)
{
	spf_cases_run("ip4");
}

Test(spf_eval, ip6_matches_networks)
{
	spf_cases_run("ip6");
}

Test(spf_eval, exists_matches_names)
{
	spf_cases_run("exists");
}

Test(spf_eval, modifiers_redirect_and_explain)
{
	spf_cases_run("modifiers");
}

Test(spf_eval, macros_are_expanded)
{
	spf_cases_run("macros");
}

Test(spf_eval, limits_are_kept)
{
	spf_cases_run("limits");
}

/** A mail evaluated in a look. */
struct evaluation {
	struct spf_mail mail;
	struct spf_verdict verdict;
	unsigned runs;
};

static void
evaluation_run(struct look *look, void *context)
{
	static const struct sight sight = { .authority = NULL };
	struct evaluation *evaluation = context;
	evaluation->runs++;
	evaluation->verdict = spf_check_host(look, &sight, &evaluation->mail);
}

Test(spf_eval, records_of_a_level_are_asked_for_together)
{
	struct looking looking;
	struct evaluation evaluation = { .mail.domain = STR("top.example") };
	cr_assert(addr_parse(STR("192.0.2.1"), &evaluation.mail.ip));
	looking_open(&looking,
	    "top.example 60 TXT \"v=spf1 include:a.example include:b.example "
	    "a:c.example -all\"\n"
	    "a.example 60 TXT \"v=spf1 include:d.example -all\"\n"
	    "b.example 60 TXT \"v=spf1 include:e.example -all\"\n"
	    "c.example 60 A 192.0.2.1\n"
	    "d.example 60 TXT \"v=spf1 -all\"\n"
	    "e.example 60 TXT \"v=spf1 -all\"\n");
	looking_run(&looking, evaluation_run, &evaluation);
	cr_expect(eq(int, evaluation.verdict.result, SPF_RESULT_PASS));
	cr_expect(eq(uint, evaluation.verdict.lookups, 5));
	cr_expect(eq(sz, looking_asked(&looking), 6));
	/* One run for each level, and the one that counts. */
	cr_expect(eq(uint, evaluation.runs, 4));
	looking_close(&looking);
}

Test(spf_eval, what_is_asked_ahead_keeps_the_limit)
{
	struct looking looking;
	struct evaluation evaluation = { .mail.domain = STR("top.example") };
	cr_assert(addr_parse(STR("192.0.2.1"), &evaluation.mail.ip));
	/* Each includes two more: without a limit 1,023 records. */
	looking_open(&looking,
	    "*.example 60 TXT \"v=spf1 include:x%{d} include:y%{d} -all\"\n");
	looking_run(&looking, evaluation_run, &evaluation);
	cr_expect(eq(int, evaluation.verdict.result, SPF_RESULT_PERMERROR));
	cr_expect(lt(sz, looking_asked(&looking), 40));
	looking_close(&looking);
}
