/* SPDX-License-Identifier: MIT */
/*
 * The second half of the JSON report: what was learned of zone and mail.
 * Above each function stands the shape that it writes; "|null" is for what is
 * not known, since a key that is sometimes absent breaks those who read it.
 */
#include "report/json_parts.h"
#include "report/report.h"

#include <assert.h>

enum {
	TREE_DEPTH = 32, /* SPF stops at 10 lookups, long before this */
};

/**
 * {apex|null, provider|null: {id, name, confidence}, nameservers: [{name,
 * addresses, state}], serials_agree|null, dnssec, negative_ttl|null}
 */
static void
write_zone(struct writer *to, const struct report_zone *zone)
{
	struct jsonout *json = &to->json;
	assert(zone->dnssec);
	jsonout_key(json, "zone");
	jsonout_object(json);
	key_text_or_null(to, "apex", zone->apex);
	jsonout_key(json, "provider");
	if (zone->provider_id.len > 0) {
		jsonout_object(json);
		key_text(to, "id", zone->provider_id);
		key_text(to, "name", zone->provider_name);
		key_word(to, "confidence",
		    zone->provider_certain ? "certain" : "probable");
		jsonout_end_object(json);
	} else {
		jsonout_null(json);
	}
	jsonout_key(json, "nameservers");
	jsonout_array(json);
	const struct report_server *server;
	vec_foreach(server, &zone->nameservers) {
		jsonout_object(json);
		key_text(to, "name", server->name);
		key_texts(to, "addresses", server->addresses.at,
		    server->addresses.len);
		key_text(to, "state", server->state);
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	key_maybe(to, "serials_agree", zone->serials_agree);
	key_word(to, "dnssec", zone->dnssec);
	key_number_or_null(to, "negative_ttl", zone->negative_ttl);
	jsonout_end_object(json);
}

/**
 * {server, kind, answers: {ID: word}}, without the records that this server
 * was not asked for: none of the four words would be true of them.
 */
static void
write_view(struct writer *to, const struct report *report,
    const struct report_view *view)
{
	assert(view->answers);
	jsonout_object(&to->json);
	key_text(to, "server", view->server);
	key_word(
	    to, "kind", view->authoritative ? "authoritative" : "resolver");
	jsonout_key(&to->json, "answers");
	jsonout_object(&to->json);
	for (size_t i = 0; i < report->records.len; i++) {
		if (view->answers[i]) {
			const struct str id = report->records.at[i].id;
			key_word(to, str_z(to->arena, id), view->answers[i]);
		}
	}
	jsonout_end_object(&to->json);
	jsonout_end_object(&to->json);
}

/** {servers: [view], visible_by|null}: all servers, also those in order. */
static void
write_propagation(struct writer *to, const struct report *report)
{
	jsonout_key(&to->json, "propagation");
	jsonout_object(&to->json);
	jsonout_key(&to->json, "servers");
	jsonout_array(&to->json);
	const struct report_view *view;
	vec_foreach(view, &report->views) {
		write_view(to, report, view);
	}
	jsonout_end_array(&to->json);
	key_time_or_null(to, "visible_by", report->visible_by);
	jsonout_end_object(&to->json);
}

/**
 * {domain, record|null, terms: [{text, kind, lookups, tree?}]}: a term has a
 * tree where it names another record (include, redirect: RFC 7208 5.2, 6.1).
 * The record is null where there is none, or none that counts (4.5).
 */
static void
write_spf_node(
    struct writer *to, const struct report_spf_node *node, unsigned depth)
{
	struct jsonout *json = &to->json;
	assert(depth < TREE_DEPTH);
	jsonout_object(json);
	key_text(to, "domain", node->domain);
	jsonout_key(json, "record");
	write_raw_or_null(to, node->record);
	jsonout_key(json, "terms");
	jsonout_array(json);
	const struct report_spf_term *term;
	vec_foreach(term, &node->terms) {
		jsonout_object(json);
		jsonout_key(json, "text");
		write_raw(to, term->text);
		key_word(to, "kind", term->kind);
		key_number(to, "lookups", term->lookups);
		if (term->tree) {
			jsonout_key(json, "tree");
			write_spf_node(to, term->tree, depth + 1);
		}
		jsonout_end_object(json);
	}
	jsonout_end_array(json);
	jsonout_end_object(json);
}

/** {record|null, lookups, void_lookups, tree|null}, as RFC 7208 4.6.4 counts.
 */
static void
write_spf(struct writer *to, const struct report_spf *spf)
{
	jsonout_key(&to->json, "spf");
	jsonout_object(&to->json);
	jsonout_key(&to->json, "record");
	write_raw_or_null(
	    to, spf->has_record ? spf->record : (struct str){ 0 });
	key_number(to, "lookups", spf->lookups);
	key_number(to, "void_lookups", spf->void_lookups);
	jsonout_key(&to->json, "tree");
	if (spf->tree) {
		write_spf_node(to, spf->tree, 0);
	} else {
		jsonout_null(&to->json);
	}
	jsonout_end_object(&to->json);
}

/**
 * {record|null, found_at|null, policy: {TAG: value}}. The policy has the tags
 * that were declared, as they were written: values that a receiver repairs or
 * ignores (RFC 9989 4.7) must be seen to be mended.
 */
static void
write_dmarc(struct writer *to, const struct report_dmarc *dmarc)
{
	jsonout_key(&to->json, "dmarc");
	jsonout_object(&to->json);
	jsonout_key(&to->json, "record");
	write_raw_or_null(
	    to, dmarc->has_record ? dmarc->record : (struct str){ 0 });
	key_text_or_null(to, "found_at", dmarc->found_at);
	jsonout_key(&to->json, "policy");
	jsonout_object(&to->json);
	const struct report_pair *pair;
	vec_foreach(pair, &dmarc->policy) {
		jsonout_key(&to->json, pair->key);
		write_raw(to, pair->value);
	}
	jsonout_end_object(&to->json);
	jsonout_end_object(&to->json);
}

/** [{what, why, option|null}]: the option is the one that would check it. */
static void
write_not_checked(struct writer *to, const struct report *report)
{
	jsonout_key(&to->json, "not_checked");
	jsonout_array(&to->json);
	const struct report_not_checked *item;
	vec_foreach(item, &report->not_checked) {
		jsonout_object(&to->json);
		key_text(to, "what", item->what);
		key_text(to, "why", item->why);
		key_text_or_null(to, "option", item->option);
		jsonout_end_object(&to->json);
	}
	jsonout_end_array(&to->json);
}

/**
 * {sent, answered, retried, tcp, cached, elapsed_ms}: the one part, beside
 * generated_at, that is not the same in two runs over the same answers.
 */
static void
write_queries(struct writer *to, const struct report *report)
{
	jsonout_key(&to->json, "queries");
	jsonout_object(&to->json);
	key_number(to, "sent", (int64_t)report->counts.sent);
	key_number(to, "answered", (int64_t)report->counts.answered);
	key_number(to, "retried", (int64_t)report->counts.retried);
	key_number(to, "tcp", (int64_t)report->counts.tcp);
	key_number(to, "cached", (int64_t)report->counts.cached);
	key_number(to, "elapsed_ms", (int64_t)report->elapsed_ms);
	jsonout_end_object(&to->json);
}

void
write_facts(struct writer *to, const struct report *report)
{
	write_zone(to, &report->zone);
	write_propagation(to, report);
	write_spf(to, &report->spf);
	write_dmarc(to, &report->dmarc);
	write_not_checked(to, report);
	write_queries(to, report);
}
