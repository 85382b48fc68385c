/* SPDX-License-Identifier: MIT */
/*
 * Out of the flags and the list: what should be published. Flags win over
 * the list for what they name.
 */
#include "expect/expect.h"

#include "base/arena.h"
#include "base/err.h"
#include "expect/build.h"
#include "expect/list.h"

#include <assert.h>

/** One of the eight, as it always is. */
struct eight_row {
	enum record_kind kind;
	const char *id;
	enum rrtype type;
	bool blocking;
};

static const struct eight_row EIGHT[INDEX_OTHER] = {
	{ RECORD_OWNERSHIP, "ownership", RRTYPE_TXT, true },
	{ RECORD_SPF, "spf", RRTYPE_TXT, true },
	{ RECORD_DKIM, "dkim-1", RRTYPE_CNAME, true },
	{ RECORD_DKIM, "dkim-2", RRTYPE_CNAME, true },
	{ RECORD_DKIM, "dkim-3", RRTYPE_CNAME, true },
	{ RECORD_DMARC, "dmarc", RRTYPE_TXT, true },
	{ RECORD_MAIL_FROM_MX, "mail-from-mx", RRTYPE_MX, false },
	{ RECORD_MAIL_FROM_SPF, "mail-from-spf", RRTYPE_TXT, false },
};

static struct name
below(const struct build *build, const char *label)
{
	return name_prepend(build->arena, str_of(label), build->to->domain);
}

static struct expected *
record_at(const struct build *build, size_t index)
{
	assert(index < build->to->records_len);
	return &build->to->records[index];
}

/** What each of the eight is without knowing any value. */
static void
fill_shapes(const struct build *build)
{
	struct expect *to = build->to;
	const struct str domain = name_text(build->arena, to->domain);
	for (size_t i = 0; i < INDEX_OTHER; i++) {
		to->records[i] = (struct expected){
			.kind = EIGHT[i].kind,
			.id = str_of(EIGHT[i].id),
			.type = EIGHT[i].type,
			.blocking = EIGHT[i].blocking,
			.judged = true,
			.preference = SES_PRIORITY,
		};
	}
	record_at(build, INDEX_OWNERSHIP)->name = below(build, "_ivymail");
	record_at(build, INDEX_SPF)->name = to->domain;
	record_at(build, INDEX_DMARC)->name = below(build, "_dmarc");
	record_at(build, INDEX_SPF)->text =
	    STR("v=spf1 include:amazonses.com ~all");
	record_at(build, INDEX_MAIL_FROM_SPF)->text =
	    STR("v=spf1 include:amazonses.com ~all");
	record_at(build, INDEX_DMARC)->text = str_print(build->arena,
	    "v=DMARC1; p=none; rua=mailto:dmarc@%.*s", STR_ARG(domain));
}

/** The MAIL FROM name that a flag gives: full, or one label. */
static bool
mail_from_flag(const struct build *build)
{
	struct arena *arena = build->arena;
	struct expect *to = build->to;
	const struct str text = build->flags->mail_from_domain;
	struct name name = { 0 };
	const enum name_fault fault = name_parse(arena, text, &name);
	if (fault != NAME_OK || name_is_root(name)) {
		const struct str quote = list_quote(arena, text);
		return err_set(build->reterr, ERR_USAGE,
		    "--mail-from-domain: \"%.*s\" is not a domain name",
		    STR_ARG(quote));
	}
	to->mail_from =
	    name_labels(name) == 1 ? name_join(arena, name, to->domain) : name;
	return name_is_set(to->mail_from) ||
	       err_set(build->reterr, ERR_USAGE,
		   "--mail-from-domain: with the domain it is too long a "
		   "name");
}

/** The region of the list's MX to SES, or empty. */
static struct str
region_of_mx(const struct build *build)
{
	const struct list_entry *entry;
	struct str region = { 0 };
	vec_foreach(entry, &build->list->entries) {
		if (region.len == 0 && entry->type == RRTYPE_MX &&
		    place_find(&build->frame, entry).kind ==
			RECORD_MAIL_FROM_MX) {
			region = feedback_region(entry->target);
		}
	}
	return region;
}

/** Takes the flag, else the list's MX, else what the list says beside it. */
static bool
settle_region(const struct build *build)
{
	struct expect *to = build->to;
	const struct expect_list *list = build->list;
	const struct str flag = build->flags->region;
	if (flag.len > 0 && !region_is_shaped(flag)) {
		const struct str quote = list_quote(build->arena, flag);
		(void)err_set(build->reterr, ERR_USAGE,
		    "--region: \"%.*s\" is not a region", STR_ARG(quote));
		return err_hint(
		    build->reterr, "A region is written like eu-west-1.");
	}
	if (list && list->region.len > 0 && !region_is_shaped(list->region)) {
		const struct str quote = list_quote(build->arena, list->region);
		(void)err_set(build->reterr, ERR_INPUT,
		    "%.*s: \"%.*s\" is not a region", STR_ARG(list->file),
		    STR_ARG(quote));
		return err_hint(
		    build->reterr, "A region is written like eu-west-1.");
	}
	to->region = flag;
	if (list && to->region.len == 0) {
		to->region = region_of_mx(build);
	}
	if (list && to->region.len == 0) {
		to->region = list->region;
	}
	return true;
}

/** True if *token* may stand in an ownership value. */
static bool
is_token(struct str token)
{
	assert(token.at || token.len == 0);
	for (size_t i = 0; i < token.len; i++) {
		if (token.at[i] <= ' ' || token.at[i] >= 0x7f ||
		    token.at[i] == '"') {
			return false;
		}
	}
	return token.len > 0;
}

static bool
ownership_flag(const struct build *build)
{
	const struct str prefix = STR(OWNERSHIP_PREFIX);
	struct str token = build->flags->token;
	if (token.len == 0) {
		return true;
	}
	if (str_starts(token, prefix)) {
		token = str_from(token, prefix.len);
	}
	if (!is_token(token)) {
		return err_set(build->reterr, ERR_USAGE,
		    "--token: an ownership token has no blanks, quotes or "
		    "special characters, and is not empty");
	}
	record_at(build, INDEX_OWNERSHIP)->text =
	    str_print(build->arena, OWNERSHIP_PREFIX "%.*s", STR_ARG(token));
	return true;
}

/** The MX and TXT of MAIL FROM, now that name and region are known. */
static void
fill_mail_from(const struct build *build)
{
	const struct expect *to = build->to;
	struct expected *mx = record_at(build, INDEX_MAIL_FROM_MX);
	mx->name = to->mail_from;
	record_at(build, INDEX_MAIL_FROM_SPF)->name = to->mail_from;
	if (to->region.len > 0) {
		const struct str target = str_print(build->arena,
		    "feedback-smtp.%.*s.amazonses.com", STR_ARG(to->region));
		mx->target = name_of(build->arena, target.at);
	}
}

static bool
is_another_domain(const struct build *build)
{
	const struct expect_list *list = build->list;
	if (!list || !name_is_set(list->domain) ||
	    name_equal(list->domain, build->to->domain)) {
		return false;
	}
	const struct str own = name_text(build->arena, list->domain);
	const struct str asked = name_text(build->arena, build->to->domain);
	return !err_set(build->reterr, ERR_INPUT,
	    "%.*s: its records are those of %.*s, not of %.*s",
	    STR_ARG(list->file), STR_ARG(own), STR_ARG(asked));
}

/** Makes room for the eight and the others. */
static struct expect
expect_empty(struct arena *arena, struct name domain)
{
	return (struct expect){
		.domain = domain,
		.mail_from = name_prepend(arena, STR("mail"), domain),
		/* One more says that there were too many. */
		.records = ARENA_ARRAY(
		    arena, struct expected, INDEX_OTHER + EXPECT_MAX_OTHER + 1),
		.records_len = INDEX_OTHER,
	};
}

bool
expect_build(struct arena *arena, const struct expect_parts *parts,
    struct expect *ret_expect, struct err *reterr)
{
	struct build build = {
		.arena = arena,
		.flags = parts->flags,
		.list = parts->list,
		.to = ret_expect,
		.reterr = reterr,
	};
	assert(name_is_set(parts->domain) && parts->flags);
	*ret_expect = expect_empty(arena, parts->domain);
	if (is_another_domain(&build)) {
		return false;
	}
	if (build.list) {
		build.frame = frame_find(arena, parts->domain, build.list);
		ret_expect->mail_from = build.frame.mail_from;
	}
	if (!settle_region(&build) || (build.flags->mail_from_domain.len > 0 &&
					  !mail_from_flag(&build))) {
		return false;
	}
	fill_shapes(&build);
	fill_mail_from(&build);
	return build_dkim_flags(&build) &&
	       (!build.list || build_take_list(&build)) &&
	       ownership_flag(&build) && build_settle_judged(&build);
}
