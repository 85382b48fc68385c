/* SPDX-License-Identifier: MIT */
/* check_host(), section by section of RFC 7208. */
#include "spf_cases.h"

#include <criterion/criterion.h>

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
