/* SPDX-License-Identifier: MIT */
/*
 * What to publish, for people: a table in which every value has a line of
 * its own, because it is to be copied, then what there is to say about it.
 */
#include "cmd/records_facts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "cli/options.h"
#include "cmd/session.h"
#include "cmd/sheet.h"
#include "report/shown.h"

#include <assert.h>

enum {
	INDENT = 2,
	TYPE = 16, /* column of type and value: an id has 13 letters at most */
	HOST = 22,
};

static struct str
shown(const struct sheet *sheet, enum rrtype type, struct str value)
{
	return shown_value(
	    sheet->session->arena, sheet->session->patterns, type, value);
}

static void
line_at(struct sheet *sheet, size_t column, enum tone tone, struct str text)
{
	page_to(&sheet->page, column);
	page_add(&sheet->page, tone, text);
	page_end(&sheet->page);
}

/** What must go for this record, each on a line. */
static void
tell_replaced(struct sheet *sheet, const struct offer *offer)
{
	struct arena *arena = sheet->session->arena;
	const struct rr *rr;
	vec_foreach(rr, &offer->replaced) {
		const struct str type = rrtype_text(arena, rr->type);
		page_to(&sheet->page, TYPE);
		page_add(&sheet->page, TONE_WARN,
		    str_print(arena, "in place of %.*s ", STR_ARG(type)));
		page_add(&sheet->page, TONE_FAINT,
		    shown(sheet, rr->type, rr_value(arena, rr)));
		page_end(&sheet->page);
	}
}

/** The tone of a value: what cannot be copied looks so. */
static enum tone
value_tone(const struct offer *offer)
{
	if (offer->action == OFFER_KEEP) {
		return TONE_FAINT;
	}
	return offer_is_whole(offer) ? TONE_STRONG : TONE_WARN;
}

static void
tell_offer(struct sheet *sheet, const struct offer *offer)
{
	struct page *page = &sheet->page;
	struct arena *arena = sheet->session->arena;
	const enum rrtype type = offer->expected->type;
	page_to(page, INDENT);
	page_add(page, TONE_PLAIN, offer->expected->id);
	page_to(page, TYPE);
	page_add(page, TONE_PLAIN, rrtype_text(arena, type));
	line_at(sheet, HOST, TONE_PLAIN, offer->host);
	if (sheet->session->manner.verbosity > 0 && name_is_set(offer->name)) {
		const struct str name = name_text(arena, offer->name);
		line_at(sheet, HOST, TONE_FAINT,
		    str_print(arena, "in full: %.*s", STR_ARG(name)));
	}
	if (offer->action == OFFER_OMIT || offer->action == OFFER_BLOCKED) {
		line_at(sheet, TYPE, TONE_WARN,
		    offer->action == OFFER_OMIT ? STR("(not needed)")
						: STR("(see below)"));
		return;
	}
	line_at(
	    sheet, TYPE, value_tone(offer), shown(sheet, type, offer->value));
	if (offer->has_priority) {
		line_at(sheet, TYPE, TONE_PLAIN,
		    str_print(arena, "priority %u", offer->priority));
	}
	tell_replaced(sheet, offer);
	if (offer->action == OFFER_KEEP) {
		line_at(sheet, TYPE, TONE_GOOD, STR("(stands there already)"));
	}
}

/** True if an offer before *offer* has the same remark. */
static bool
is_said(const struct records_facts *facts, const struct offer *offer)
{
	const struct offer *before;
	vec_foreach(before, &facts->offers) {
		if (before == offer) {
			break;
		}
		if (str_eq(before->remark, offer->remark)) {
			return true;
		}
	}
	return false;
}

/** The ids of all records of which *remark* is said. */
static struct str
ids_of(const struct records_facts *facts, struct str remark)
{
	struct buf to = buf_new(facts->session->arena);
	const struct offer *offer;
	vec_foreach(offer, &facts->offers) {
		if (str_eq(offer->remark, remark)) {
			buf_adds(&to, to.len > 0 ? ", " : "");
			buf_add(&to, offer->expected->id);
		}
	}
	return buf_str(&to);
}

static enum mark
offer_mark(const struct offer *offer)
{
	if (offer->action == OFFER_BLOCKED) {
		return MARK_FAIL;
	}
	return offer->unsure || offer->action == OFFER_UNKNOWN ? MARK_UNKNOWN
							       : MARK_NOTE;
}

/** What is said of the records, each sentence once. */
static void
tell_remarks(struct sheet *sheet, const struct records_facts *facts)
{
	const struct offer *offer;
	bool any = false;
	vec_foreach(offer, &facts->offers) {
		if (offer->remark.len == 0 || is_said(facts, offer)) {
			continue;
		}
		if (!any) {
			page_gap(&sheet->page);
		}
		any = true;
		const struct str ids = ids_of(facts, offer->remark);
		sheet_remark(sheet, offer_mark(offer),
		    str_print(sheet->session->arena, "%.*s: %.*s", STR_ARG(ids),
			STR_ARG(offer->remark)));
	}
}

/** True if an offer before *offer* lacks the same option. */
static bool
is_asked_for(const struct records_facts *facts, const struct offer *offer)
{
	const struct offer *before;
	vec_foreach(before, &facts->offers) {
		if (before == offer) {
			break;
		}
		if (before->option &&
		    str_eq(str_of(before->option), str_of(offer->option))) {
			return true;
		}
	}
	return false;
}

/** An option that tells something, and how it is used. */
struct telling_option {
	const char *option;
	const char *line;
};

static const struct telling_option TELLING[] = {
	{ "--token", "--token TOKEN        the ownership token" },
	{ "--dkim-token", "--dkim-token TOKEN   once for each DKIM token" },
	{ "--region", "--region REGION      such as eu-west-1" },
};

static void
tell_option(struct sheet *sheet, const char *option)
{
	for (size_t i = 0; i < sizeof(TELLING) / sizeof(*TELLING); i++) {
		if (str_eq(str_of(option), str_of(TELLING[i].option))) {
			sheet_say(sheet, str_of(TELLING[i].line));
		}
	}
}

/** Which options would fill what stands in angle brackets. */
static void
tell_options(struct sheet *sheet, const struct records_facts *facts)
{
	const struct offer *offer;
	bool any = false;
	vec_foreach(offer, &facts->offers) {
		if (!offer->option || is_asked_for(facts, offer)) {
			continue;
		}
		if (!any) {
			sheet_heading(sheet, "What is still needed");
		}
		any = true;
		tell_option(sheet, offer->option);
	}
	if (any) {
		sheet_say(sheet,
		    STR("or all at once: -e FILE, the answer of IvyMail's API "
			"(ivycheck help expect)"));
	}
}

/** True if something is left to be published. */
static bool
any_to_publish(const struct records_facts *facts)
{
	const struct offer *offer;
	vec_foreach(offer, &facts->offers) {
		if (offer->action == OFFER_ADD ||
		    offer->action == OFFER_REPLACE) {
			return true;
		}
	}
	return false;
}

/** "What to publish for shop.example.com, in the zone example.com". */
static struct str
headline(const struct records_facts *facts)
{
	struct arena *arena = facts->session->arena;
	const struct str domain = name_text(arena, facts->expect.domain);
	const struct str zone = name_text(arena, facts->zone);
	struct buf to = buf_new(arena);
	buf_addf(&to, "What to publish for %.*s, in the zone %.*s",
	    STR_ARG(domain), STR_ARG(zone));
	if (facts->provider) {
		buf_addf(&to, ", at %s", facts->provider->name);
	}
	return buf_str(&to);
}

static void
tell_zone(struct sheet *sheet, const struct records_facts *facts)
{
	struct arena *arena = facts->session->arena;
	const struct provider *holder = facts->holder.provider;
	if (!facts->zone_known) {
		const struct str zone = name_text(arena, facts->zone);
		page_gap(&sheet->page);
		sheet_remark(sheet, MARK_UNKNOWN,
		    str_print(arena,
			"DNS did not say where the zone begins; hosts are "
			"told as if that were %.*s.",
			STR_ARG(zone)));
	}
	if (holder && !facts->provider) {
		const struct str who =
		    provider_match_text(arena, &facts->holder);
		page_gap(&sheet->page);
		sheet_say(sheet,
		    str_print(arena,
			"The zone is at %.*s. --provider %s tells what its "
			"panel wants to have typed.",
			STR_ARG(who), holder->id));
	}
}

static void
tell_next(struct sheet *sheet, const struct records_facts *facts)
{
	struct arena *arena = facts->session->arena;
	const struct options *options = facts->session->options;
	const struct str domain = name_text(arena, facts->expect.domain);
	sheet_heading(sheet, "When it is published");
	sheet_say(
	    sheet, str_print(arena, "ivycheck wait %.*s", STR_ARG(domain)));
	if (options->expect.len > 0 || options->token.len > 0 ||
	    options->dkim_tokens.len > 0 || options->region.len > 0) {
		sheet_say(sheet,
		    STR("with the same options, so that it knows what to "
			"expect"));
	}
}

void
records_tell_text(struct sheet *sheet, const struct records_facts *facts)
{
	struct page *page = &sheet->page;
	const bool quiet = sheet->session->manner.quiet;
	const struct offer *offer;
	assert(facts->offers.len > 0);
	if (!quiet) {
		page_wrap(page, 0, TONE_STRONG, headline(facts));
		page_end(page);
		page_gap(page);
	}
	if (facts->provider) {
		records_tell_panel(sheet, facts);
	} else {
		vec_foreach(offer, &facts->offers) {
			tell_offer(sheet, offer);
		}
	}
	tell_remarks(sheet, facts);
	if (quiet) {
		return;
	}
	tell_options(sheet, facts);
	tell_zone(sheet, facts);
	if (any_to_publish(facts)) {
		tell_next(sheet, facts);
	}
}
