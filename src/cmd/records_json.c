/* SPDX-License-Identifier: MIT */
/*
 * What to publish as JSON ("ivycheck/records/1"). The records that can be
 * published are one array, which --expect reads; the others are another.
 */
#include "cmd/records_facts.h"

#include "base/arena.h"
#include "cmd/session.h"
#include "cmd/sheet.h"
#include "diagnosis/provider_fields.h"

#include <assert.h>

static void
write_zone(struct writer *to, const struct records_facts *facts)
{
	struct jsonout *json = &to->json;
	const struct provider_match *holder = &facts->holder;
	jsonout_key(json, "zone");
	jsonout_object(json);
	key_text(to, "apex", name_text(to->arena, facts->zone));
	key_bool(to, "known", facts->zone_known);
	jsonout_key(json, "provider");
	if (holder->provider) {
		jsonout_object(json);
		key_word(to, "id", holder->provider->id);
		key_word(to, "name", holder->provider->name);
		key_word(
		    to, "confidence", holder->certain ? "certain" : "probable");
		jsonout_end_object(json);
	} else {
		jsonout_null(json);
	}
	jsonout_end_object(json);
}

static void
write_panel(struct writer *to, const struct records_facts *facts)
{
	struct jsonout *json = &to->json;
	jsonout_key(json, "panel");
	if (!facts->provider) {
		jsonout_null(json);
		return;
	}
	jsonout_object(json);
	key_word(to, "id", facts->provider->id);
	key_word(to, "name", facts->provider->name);
	jsonout_end_object(json);
}

static void
write_replaced(struct writer *to, const struct offer *offer)
{
	struct jsonout *json = &to->json;
	const struct rr *rr;
	jsonout_key(json, "replaces");
	jsonout_array(json);
	vec_foreach(rr, &offer->replaced) {
		jsonout_object(json);
		key_type(to, rr->type);
		key_value(to, "value", rr->type, rr_value(to->arena, rr));
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

/** What to type into the panel, field by field. */
static void
write_fields(struct writer *to, const struct records_facts *facts,
    const struct offer *offer)
{
	struct jsonout *json = &to->json;
	const struct panel_record record = offer_panel_record(facts, offer);
	const struct provider_fields fields =
	    provider_fields(to->arena, facts->provider, &record);
	const struct provider_field *field;
	jsonout_key(json, "fields");
	jsonout_array(json);
	vec_foreach(field, &fields) {
		jsonout_object(json);
		key_word(to, "field", field->label);
		key_value(to, "content", offer->expected->type, field->text);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
}

static void
write_common(struct writer *to, const struct offer *offer)
{
	const struct expected *expected = offer->expected;
	const bool named = name_is_set(offer->name);
	key_text(to, "id", expected->id);
	key_type(to, expected->type);
	key_text_or_null(to, "name",
	    named ? name_text(to->arena, offer->name) : (struct str){ 0 });
	key_text_or_null(to, "host", named ? offer->host : (struct str){ 0 });
}

static void
write_offer(struct writer *to, const struct records_facts *facts,
    const struct offer *offer)
{
	struct jsonout *json = &to->json;
	assert(offer_is_whole(offer));
	jsonout_object(json);
	write_common(to, offer);
	key_value(to, "value", offer->expected->type, offer->value);
	key_number_or_null(
	    to, "priority", offer->has_priority ? offer->priority : -1);
	key_bool(to, "blocking", offer->expected->blocking);
	key_word(to, "action", offer_action_word(offer->action));
	write_replaced(to, offer);
	key_bool(to, "certain", !offer->unsure);
	key_text_or_null(to, "remark", offer->remark);
	if (facts->provider) {
		write_fields(to, facts, offer);
	}
	jsonout_end_object(json);
}

static void
write_left_out(struct writer *to, const struct offer *offer)
{
	struct jsonout *json = &to->json;
	jsonout_object(json);
	write_common(to, offer);
	key_bool(to, "blocking", offer->expected->blocking);
	key_word(to, "reason", offer_action_word(offer->action));
	key_text_or_null(
	    to, "option", str_of(offer->option ? offer->option : ""));
	key_text_or_null(to, "remark", offer->remark);
	jsonout_end_object(json);
}

/** The offers that can be published, or those that cannot. */
static void
write_offers(struct writer *to, const struct records_facts *facts, bool whole)
{
	struct jsonout *json = &to->json;
	const struct offer *offer;
	jsonout_key(json, whole ? "records" : "left_out");
	jsonout_array(json);
	vec_foreach(offer, &facts->offers) {
		if (offer_is_whole(offer) != whole) {
			continue;
		}
		if (whole) {
			write_offer(to, facts, offer);
		} else {
			write_left_out(to, offer);
		}
	}
	jsonout_end_array(json);
}

void
records_tell_json(struct sheet *sheet, const struct records_facts *facts)
{
	struct writer *to = &sheet->writer;
	struct jsonout *json = &to->json;
	jsonout_object(json);
	key_word(to, "schema", "ivycheck/records/1");
	key_text(to, "domain", name_text(to->arena, facts->expect.domain));
	if (facts->input.len > 0) {
		jsonout_key(json, "input");
		write_raw(to, facts->input);
	}
	write_zone(to, facts);
	write_panel(to, facts);
	key_bool(to, "complete", records_exit(facts) == EXIT_READY);
	write_offers(to, facts, true);
	write_offers(to, facts, false);
	jsonout_end_object(json);
}
