/* SPDX-License-Identifier: MIT */
/* What is told for the panels of DNS hosts. */
#include "base/arena.h"
#include "diagnosis/provider_advice.h"
#include "diagnosis/providers.h"
#include "dns/edit.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct arena *arena;

static void
setup(void)
{
	arena = arena_new();
}

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(provider_advice, .init = setup, .fini = teardown);

/** An addition at *owner*; the rdata is the caller's. */
static struct edit
edit_of(enum rrtype type, const char *owner)
{
	return (struct edit){
		.op = EDIT_ADD,
		.rr = { .type = type, .owner = name_of(arena, owner) },
	};
}

static struct edit
cname_edit(void)
{
	struct edit edit = edit_of(RRTYPE_CNAME, "t1._domainkey.example.com");
	edit.rr.rdata.target = name_of(arena, "t1.dkim.amazonses.com");
	return edit;
}

static struct edit
mx_edit(const char *owner)
{
	struct edit edit = edit_of(RRTYPE_MX, owner);
	edit.rr.rdata.mx = (struct rr_mx){
		.preference = 10,
		.exchange =
		    name_of(arena, "feedback-smtp.eu-west-1.amazonses.com"),
	};
	return edit;
}

static struct edit
txt_edit(const char *owner, struct str text)
{
	struct edit edit = edit_of(RRTYPE_TXT, owner);
	edit.rr.rdata.txt = rr_txt_of(arena, text);
	return edit;
}

/** The advice for *edit* at the host *id*; at any host for NULL. */
static struct str
advice(const char *id, const struct edit *edit)
{
	const struct provider_match match = {
		.provider = id ? provider_by_id(str_of(id)) : NULL,
		.certain = true,
	};
	cr_assert(id == NULL || match.provider != NULL, "%s", id);
	return provider_advice(
	    arena, &match, name_of(arena, "example.com"), edit, 0);
}

static void
expect_advice(const char *id, const struct edit *edit, const char *text)
{
	const struct str told = advice(id, edit);
	cr_expect(str_eq(told, str_of(text)), "%s: %.*s", id ? id : "anybody",
	    STR_ARG(told));
}

static void
expect_says(const char *id, const struct edit *edit, const char *part)
{
	const struct str told = advice(id, edit);
	cr_expect(
	    str_find(told, str_of(part)) >= 0, "%s: %.*s", id, STR_ARG(told));
}

Test(provider_advice, a_cname_is_told_as_the_panel_takes_it)
{
	const struct edit edit = cname_edit();
	expect_advice("godaddy", &edit,
	    "At GoDaddy: add a record of type CNAME: host \"t1._domainkey\" "
	    "and no more (the panel appends example.com by itself); target "
	    "\"t1.dkim.amazonses.com\" without a final dot.");
	expect_says("cloudflare", &edit, "\"DNS only\"");
	expect_says("hetzner", &edit,
	    "target \"t1.dkim.amazonses.com.\" with its final dot");
	expect_says(
	    "hostgator", &edit, "host \"t1._domainkey.example.com.\" in full");
	expect_says("wordpress", &edit, "which the panel refuses");
	expect_says("networksolutions", &edit, "\"Other Host\"");
}

Test(provider_advice, a_host_of_which_nothing_is_known_gets_general_advice)
{
	const struct edit edit = cname_edit();
	expect_advice(NULL, &edit,
	    "At the DNS host: add a record of type CNAME: host "
	    "\"t1._domainkey\" if the panel appends example.com by itself, as "
	    "most do, else \"t1._domainkey.example.com\"; target "
	    "\"t1.dkim.amazonses.com\", with a final dot if the panel's other "
	    "targets have one.");
	expect_says("ns1", &edit, "as most do, else");
}

Test(provider_advice, a_host_that_is_only_probable_is_told_so)
{
	const struct name server = name_of(arena, "dns1.p05.nsone.net");
	const struct provider_match match = provider_match_find(&server, 1);
	const struct edit edit = cname_edit();
	const struct str told = provider_advice(
	    arena, &match, name_of(arena, "example.com"), &edit, 0);
	cr_expect(str_starts(told, STR("Probably NS1 (or Squarespace, ")),
	    "%.*s", STR_ARG(told));
}

Test(provider_advice, the_priority_goes_where_the_panel_has_it)
{
	const struct edit edit = mx_edit("mail.example.com");
	expect_says("ovh", &edit, "; priority 10 in a field of its own.");
	expect_says("azure", &edit, "priority 10 in the field \"Preference\"");
	expect_says("dnsmadeeasy", &edit, "in the field \"MX Level\"");
	expect_says("route53", &edit,
	    "target \"10 feedback-smtp.eu-west-1.amazonses.com\"");
	expect_says("dreamhost", &edit,
	    "target \"10 feedback-smtp.eu-west-1.amazonses.com.\"");
	expect_says("namecheap", &edit, "Mail Settings to \"Custom MX\"");
}

Test(provider_advice, wix_is_not_told_to_do_what_it_cannot)
{
	const struct edit below = mx_edit("mail.example.com");
	const struct str told = advice("wix", &below);
	cr_expect(str_starts(told, STR("At Wix: Wix cannot hold an MX")),
	    "%.*s", STR_ARG(told));
	cr_expect(lt(int, (int)str_find(told, STR("priority")), 0));
	const struct edit apex = mx_edit("example.com");
	expect_says("wix", &apex, "priority 10 in a field of its own");
}

Test(provider_advice, the_zone_itself_is_written_as_the_panel_writes_it)
{
	const struct edit edit = txt_edit("example.com", STR("v=spf1 ~all"));
	expect_says("godaddy", &edit, "host \"@\", which stands for");
	expect_says("ovh", &edit, "host left blank");
	expect_says("ionos", &edit, "host \"@\" or left blank");
	expect_says("hostgator", &edit, "host \"example.com.\" in full");
	expect_says("vultr", &edit, "host \"@\" or, in some panels,");
}

Test(provider_advice, texts_are_pointed_to_and_never_repeated)
{
	const struct edit edit =
	    txt_edit("_ivymail.example.com", STR("ivymail-verify=\x1b[31m\""));
	for (enum provider_index i = 0; i < PROVIDERS; i++) {
		const struct provider *provider = provider_at(i);
		const struct str told = advice(provider->id, &edit);
		cr_expect(lt(int, (int)str_find(told, STR("verify=")), 0), "%s",
		    provider->id);
		expect_says(provider->id, &edit, "the value below");
	}
	expect_says("route53", &edit, "the value below in quotation marks");
	expect_says("ionos", &edit, "below, without quotation marks.");
}

Test(provider_advice, what_takes_the_place_of_others_is_not_added_to_them)
{
	static const char *const verbs[] = { "At GoDaddy: add a record of ",
		"At GoDaddy: change the record of ",
		"At GoDaddy: keep one of these records of type TXT, delete " };
	const struct provider_match match = {
		.provider = provider_by_id(STR("godaddy")),
		.certain = true,
	};
	const struct edit edit = txt_edit("example.com", STR("v=spf1 -all"));
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++) {
		const struct str told = provider_advice(
		    arena, &match, name_of(arena, "example.com"), &edit, i);
		cr_expect(str_starts(told, str_of(verbs[i])), "%s", told.at);
	}
}

Test(provider_advice, a_record_outside_the_zone_has_no_host_in_it)
{
	const struct edit edit = txt_edit("_dmarc.example.org", STR("x"));
	expect_says(
	    "godaddy", &edit, "in the zone that holds it, name \"_dmarc.");
}

Test(provider_advice, what_is_too_long_for_a_panel_is_said)
{
	struct edit edit = cname_edit();
	edit.rr.owner =
	    name_of(arena, "abcdefghijklmnopqrstuvwxyz012345._domainkey."
			   "a-rather-long-subdomain.example.com");
	expect_says("namecheap", &edit,
	    "Its panel takes at most 60 characters in a host, and this one has "
	    "67");
	char text[452] = { 0 };
	for (size_t i = 0; i < sizeof(text) - 1; i++) {
		text[i] = 'x';
	}
	const struct edit txt = txt_edit("example.com", str_of(text));
	expect_says("loopia", &txt, "at most 450 characters in a TXT value");
	const struct edit fits = cname_edit();
	cr_expect(lt(
	    int, (int)str_find(advice("namecheap", &fits), STR("at most")), 0));
}

Test(provider_advice, a_wildcard_is_explained_where_the_host_makes_one)
{
	struct edit edit = cname_edit();
	const struct str plain = advice("porkbun", &edit);
	cr_expect(lt(int, (int)str_find(plain, STR("wildcard")), 0));
	edit.over_wildcard = true;
	expect_says("porkbun", &edit, "pixie.porkbun.com");
}

Test(provider_advice, rules_are_listed_for_those_that_have_some)
{
	const struct provider_lines lines =
	    provider_rules(arena, provider_by_id(STR("namecheap")));
	cr_assert(eq(sz, lines.len, 6));
	cr_expect(str_starts(lines.at[0], STR("host \"mail\" and no more")));
	cr_expect(str_find(lines.at[3], STR("60 characters")) > 0);
	cr_expect(str_find(lines.at[5], STR("Custom MX")) > 0);
	const struct provider_lines none =
	    provider_rules(arena, provider_by_id(STR("easydns")));
	cr_expect(eq(sz, none.len, 0));
}
