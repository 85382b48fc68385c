/* SPDX-License-Identifier: MIT */
/*
 * Every question with its answer, for -vv: what was asked, of whom, and what
 * came of it, so that each can be repeated by hand.
 */
#include "report/assemble_parts.h"

#include "base/arena.h"
#include "diagnosis/examine.h"
#include "look/ledger.h"
#include "source/source.h"

/** Questions with their answers, for people. */
struct entries VEC(const struct ledger_entry *);

/** One question as it went. */
static struct report_query
query_of(struct arena *arena, const struct ledger_entry *entry)
{
	const struct question *question = &entry->question;
	const struct answer *answer = entry->answer;
	const struct str type = rrtype_text(arena, question->type);
	const struct str name = name_text(arena, question->name);
	struct report_query query = {
		.question = str_print(arena, "%.*s %.*s%s", STR_ARG(type),
		    STR_ARG(name),
		    question->checking_disabled ? " (unvalidated)" : ""),
		.outcome = answer_status_text(answer->status),
		.ttl = answer->rrs_len > 0 ? (int64_t)answer->rrs[0].ttl : -1,
	};
	if (answer->server.addr.family != ADDR_NONE) {
		query.server = server_addr_text(arena, answer->server);
	}
	for (size_t i = 0; i < answer->chain_len; i++) {
		vec_push(
		    arena, &query.values, rr_value(arena, &answer->chain[i]));
	}
	const struct rr *rr;
	answer_foreach_rr(rr, answer) {
		vec_push(arena, &query.values, rr_value(arena, rr));
	}
	return query;
}

/**
 * Puts *entry* where it belongs. Questions go out side by side, so the order
 * of their answers is one of chance; the report of the same DNS is the same.
 */
static void
sort_in(struct arena *arena, struct entries *entries,
    const struct ledger_entry *entry)
{
	vec_push(arena, entries, entry);
	size_t at = entries->len - 1;
	while (at > 0 && question_cmp(&entry->question,
			     &entries->at[at - 1]->question) < 0) {
		entries->at[at] = entries->at[at - 1];
		at--;
	}
	entries->at[at] = entry;
}

void
assemble_asked(const struct assembly *assembly)
{
	const struct ledger *ledger = assembly->outcome->ledger;
	struct arena *arena = assembly->arena;
	struct entries entries = { 0 };
	for (size_t i = 0; i < ledger_count(ledger); i++) {
		if (ledger_entry_counts(ledger_at(ledger, i))) {
			sort_in(arena, &entries, ledger_at(ledger, i));
		}
	}
	const struct ledger_entry *const *entry;
	vec_foreach(entry, &entries) {
		const struct report_query query = query_of(arena, *entry);
		vec_push(arena, &assembly->report->asked, query);
	}
}
