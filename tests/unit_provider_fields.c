/* SPDX-License-Identifier: MIT */
/* The fields of panels, host by host. */
#include "diagnosis/provider_fields.h"

#include "base/arena.h"
#include "diagnosis/providers.h"

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

TestSuite(provider_fields, .init = setup, .fini = teardown);

static const struct panel_record MX = {
	.type = RRTYPE_MX,
	.name = STR("mail.example.com"),
	.host = STR("mail"),
	.value = STR("feedback-smtp.eu-west-1.amazonses.com"),
	.priority = 10,
};

static const struct panel_record APEX = {
	.type = RRTYPE_TXT,
	.name = STR("example.com"),
	.host = STR("@"),
	.is_apex = true,
	.value = STR("v=spf1 exp=a\"b -all"),
};

/** "Label=text|Label=text": the fields of *record* at the host *id*. */
static struct str
told(const char *id, const struct panel_record *record)
{
	const struct provider *provider = provider_by_id(str_of(id));
	cr_assert(provider != NULL, "%s", id);
	const struct provider_fields fields =
	    provider_fields(arena, provider, record);
	struct str all = { 0 };
	const struct provider_field *field;
	vec_foreach(field, &fields) {
		all = str_print(arena, "%.*s%s%s=%.*s", STR_ARG(all),
		    all.len > 0 ? "|" : "", field->label, STR_ARG(field->text));
	}
	return all;
}

static void
expect_fields(
    const char *id, const struct panel_record *record, const char *want)
{
	const struct str have = told(id, record);
	cr_expect(str_eq(have, str_of(want)), "%s: %.*s", id, STR_ARG(have));
}

Test(provider_fields, the_priority_of_an_mx_goes_where_the_panel_has_it)
{
	expect_fields("cloudflare", &MX,
	    "Type=MX|Name=mail|Mail server=feedback-smtp.eu-west-1."
	    "amazonses.com|Priority=10");
	expect_fields("azure", &MX,
	    "Type=MX|Name=mail|Value=feedback-smtp.eu-west-1.amazonses.com|"
	    "Preference=10");
	expect_fields("gandi", &MX,
	    "Type=MX|Name=mail|Value=10 feedback-smtp.eu-west-1.amazonses."
	    "com.");
	expect_fields("hostgator", &MX,
	    "Type=MX|Name=mail.example.com.|Value=feedback-smtp.eu-west-1."
	    "amazonses.com|Priority=10");
}

Test(provider_fields, the_zone_itself_is_written_as_the_panel_does)
{
	expect_fields(
	    "godaddy", &APEX, "Type=TXT|Name=@|Value=v=spf1 exp=a\"b -all");
	expect_fields(
	    "ovh", &APEX, "Type=TXT|Name=|Value=v=spf1 exp=a\"b -all");
	expect_fields("route53", &APEX,
	    "Type=TXT|Record name=@|Value=\"v=spf1 exp=a\\\"b -all\"");
}

Test(provider_fields, what_is_not_known_of_a_panel_is_said)
{
	static const struct {
		const char *id;
		size_t sentences;
	} rows[] = { { "ns1", 5 }, { "godaddy", 0 }, { "wix", 1 },
		{ "hostgator", 0 } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct provider_lines lines = provider_unknowns(
		    arena, provider_by_id(str_of(rows[i].id)));
		cr_expect(
		    eq(sz, lines.len, rows[i].sentences), "%s", rows[i].id);
	}
}

Test(provider_fields, warnings_are_those_of_the_change_alone)
{
	const struct provider *cloudflare = provider_by_id(STR("cloudflare"));
	struct edit edit = {
		.op = EDIT_ADD,
		.rr = { .owner = name_of(arena, "a.example.com"),
		    .type = RRTYPE_CNAME },
	};
	const struct name apex = name_of(arena, "example.com");
	edit.rr.rdata.target = name_of(arena, "a.dkim.amazonses.com");
	cr_expect(
	    eq(sz, provider_warnings(arena, cloudflare, apex, &edit).len, 1));
	edit.rr.type = RRTYPE_TXT;
	edit.rr.rdata.txt = rr_txt_of(arena, STR("v=spf1 -all"));
	cr_expect(
	    eq(sz, provider_warnings(arena, cloudflare, apex, &edit).len, 0));
}
