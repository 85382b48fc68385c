/* SPDX-License-Identifier: MIT */
/* What to publish as the fields of a DNS host's panel. */
#include "cmd/records_facts.h"

#include "base/arena.h"
#include "cmd/session.h"
#include "cmd/sheet.h"
#include "diagnosis/provider_advice.h"
#include "diagnosis/provider_fields.h"
#include "report/shown.h"

enum {
	INDENT = 2,
	LABEL = 4,  /* columns before a label */
	FIELD = 18, /* column of what is typed */
};

struct panel_record
offer_panel_record(const struct records_facts *facts, const struct offer *offer)
{
	struct arena *arena = facts->session->arena;
	return (struct panel_record){
		.type = offer->expected->type,
		.name = name_text(arena, offer->name),
		.host = offer->host,
		.is_apex =
		    name_equal(offer->name, records_holder(facts, offer->name)),
		.value = offer->value,
		.priority = offer->priority,
	};
}

/** The record of *offer* as a change, for advice. */
static struct edit
offer_edit(struct arena *arena, const struct offer *offer)
{
	struct edit edit = {
		.op = EDIT_ADD,
		.rr = { .owner = offer->name, .type = offer->expected->type },
	};
	struct name target = { 0 };
	switch (rrtype_layout(edit.rr.type)) {
	case RR_LAYOUT_TXT:
		edit.rr.rdata.txt = rr_txt_of(arena, offer->value);
		break;
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
		(void)name_parse(arena, offer->value, &target);
		edit.rr.rdata.target = target;
		break;
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		break;
	}
	if (edit.rr.type == RRTYPE_MX) {
		edit.rr.rdata.mx = (struct rr_mx){
			.preference = offer->priority,
			.exchange = target,
		};
	}
	return edit;
}

static void
tell_fields(struct sheet *sheet, const struct records_facts *facts,
    const struct offer *offer)
{
	struct page *page = &sheet->page;
	struct session *session = sheet->session;
	const struct panel_record record = offer_panel_record(facts, offer);
	const struct provider_fields fields =
	    provider_fields(session->arena, facts->provider, &record);
	const struct provider_field *field;
	vec_foreach(field, &fields) {
		page_to(page, LABEL);
		page_adds(page, TONE_FAINT, field->label);
		page_to(page, FIELD);
		if (field->text.len > 0) {
			page_add(page, TONE_STRONG,
			    shown_value(session->arena, session->patterns,
				record.type, field->text));
		} else {
			page_adds(page, TONE_FAINT, "(leave it blank)");
		}
		page_end(page);
	}
}

/** What goes when this comes. */
static void
tell_replaced(struct sheet *sheet, const struct offer *offer)
{
	struct session *session = sheet->session;
	const struct rr *rr;
	vec_foreach(rr, &offer->replaced) {
		const struct str type = rrtype_text(session->arena, rr->type);
		page_to(&sheet->page, LABEL);
		page_adds(&sheet->page, TONE_WARN, "in place of");
		page_to(&sheet->page, FIELD);
		page_add(&sheet->page, TONE_FAINT,
		    str_print(session->arena, "%.*s ", STR_ARG(type)));
		page_add(&sheet->page, TONE_FAINT,
		    shown_value(session->arena, session->patterns, rr->type,
			rr_value(session->arena, rr)));
		page_end(&sheet->page);
	}
}

/** True if *line* is one of *told*. */
static bool
is_told(const struct provider_lines *told, struct str line)
{
	const struct str *before;
	vec_foreach(before, told) {
		if (str_eq(*before, line)) {
			return true;
		}
	}
	return false;
}

/** What this panel is known to trip people with, each warning once. */
static void
tell_warnings(struct sheet *sheet, const struct records_facts *facts,
    const struct offer *offer, struct provider_lines *told)
{
	struct arena *arena = sheet->session->arena;
	const struct edit edit = offer_edit(arena, offer);
	const struct provider_lines lines = provider_warnings(
	    arena, facts->provider, records_holder(facts, offer->name), &edit);
	const struct str *line;
	vec_foreach(line, &lines) {
		if (is_told(told, *line)) {
			continue;
		}
		vec_push(arena, told, *line);
		page_to(&sheet->page, LABEL);
		page_wrap(&sheet->page, LABEL, TONE_WARN, *line);
		page_end(&sheet->page);
	}
}

static void
tell_title(struct sheet *sheet, const struct offer *offer)
{
	static const char *const states[] = {
		[OFFER_ADD] = "",
		[OFFER_REPLACE] = "",
		[OFFER_KEEP] = " (stands there already)",
		[OFFER_OMIT] = " (not needed)",
		[OFFER_UNKNOWN] = " (not known yet)",
		[OFFER_BLOCKED] = " (see below)",
	};
	page_to(&sheet->page, INDENT);
	page_add(&sheet->page, TONE_STRONG, offer->expected->id);
	page_adds(&sheet->page, TONE_FAINT, states[offer->action]);
	page_end(&sheet->page);
}

void
records_tell_panel(struct sheet *sheet, const struct records_facts *facts)
{
	struct arena *arena = sheet->session->arena;
	const struct provider_lines unknown =
	    provider_unknowns(arena, facts->provider);
	struct provider_lines told = { 0 };
	const struct offer *offer;
	const struct str *line;
	vec_foreach(offer, &facts->offers) {
		if (offer > facts->offers.at) {
			page_gap(&sheet->page);
		}
		tell_title(sheet, offer);
		if (offer_is_whole(offer)) {
			tell_fields(sheet, facts, offer);
			tell_replaced(sheet, offer);
			tell_warnings(sheet, facts, offer, &told);
		}
	}
	if (unknown.len > 0) {
		page_gap(&sheet->page);
	}
	vec_foreach(line, &unknown) {
		sheet_remark(sheet, MARK_UNKNOWN, *line);
	}
}
