/* SPDX-License-Identifier: MIT */
/* Answering out of lines, and changing what they say. */
#include "byte_source.h"

#include "byte_rows.h"

#include "base/arena.h"
#include "dns/edit.h"
#include "source/ready.h"

#include <stdlib.h>

enum {
	NOW = 1790000000, /* seconds since 1970 */
};

struct byte_source {
	struct source source;
	struct arena *arena;
	struct ready ready;
	struct byte_rows rows;
};

/** True if *row* holds for *question*, asked about *name* now. */
static bool
row_counts(const struct byte_source *bytes, const struct row *row,
    const struct question *question)
{
	const bool at_server = question->side == SIDE_AUTHORITATIVE;
	const struct row *other;
	if (row->own && !at_server) {
		return false;
	}
	if (row->given) {
		return true;
	}
	vec_foreach(other, &bytes->rows) {
		if (other->given && (!other->own || at_server) &&
		    (other->rr.type == row->rr.type ||
			other->rr.type == RRTYPE_NONE) &&
		    name_equal(other->rr.owner, row->rr.owner)) {
			return false;
		}
	}
	return true;
}

static int
rr_order(const void *a, const void *b)
{
	return rr_cmp(a, b);
}

/** The rows of *type* at *name*, as *answer*; NODATA and NXDOMAIN else. */
static void
records_find(const struct byte_source *bytes, struct arena *arena,
    const struct question *question, struct answer *answer)
{
	struct VEC(struct rr) found = { 0 };
	const struct row *row;
	answer->status = ANSWER_NXDOMAIN;
	vec_foreach(row, &bytes->rows) {
		const bool here = name_equal(row->rr.owner, question->name);
		if (!name_is_under(row->rr.owner, question->name) ||
		    !row_counts(bytes, row, question)) {
			continue;
		}
		if (answer->status == ANSWER_NXDOMAIN) {
			answer->status = ANSWER_NODATA;
		}
		const bool failed = row->status != ANSWER_FOUND;
		if (here && failed &&
		    (row->rr.type == RRTYPE_NONE ||
			row->rr.type == question->type)) {
			answer->status = row->status;
			return;
		}
		if (here && !failed && row->rr.type == question->type) {
			vec_push(arena, &found, row->rr);
		}
	}
	if (found.len > 0) {
		qsort(found.at, found.len, sizeof(*found.at), rr_order);
		answer->status = ANSWER_FOUND;
		answer->rrs = found.at;
		answer->rrs_len = found.len;
	}
}

/** The SOA of the zone of *name*, for a "no". */
static const struct rr *
soa_find(const struct byte_source *bytes, struct name name)
{
	const struct row *row;
	const struct rr *soa = NULL;
	vec_foreach(row, &bytes->rows) {
		if (row->rr.type == RRTYPE_SOA && row->status == ANSWER_FOUND &&
		    name_is_under(name, row->rr.owner) &&
		    (!soa || name_is_under(row->rr.owner, soa->owner))) {
			soa = &row->rr;
		}
	}
	return soa;
}

static const struct answer *
bytes_answer(
    struct source *source, const struct question *question, struct arena *arena)
{
	const struct byte_source *bytes = (const struct byte_source *)source;
	struct answer *answer = ARENA_NEW(arena, struct answer);
	struct rr *chain = ARENA_ARRAY(arena, struct rr, ANSWER_MAX_CHAIN);
	struct question now = *question;
	struct answer alias = { 0 };
	answer->server = question->server;
	answer->authoritative = question->side == SIDE_AUTHORITATIVE;
	answer->at = NOW;
	answer->chain = chain;
	records_find(bytes, arena, &now, answer);
	while (answer->status == ANSWER_NODATA) {
		struct question link = now;
		link.type = RRTYPE_CNAME;
		records_find(bytes, arena, &link, &alias);
		if (alias.status != ANSWER_FOUND) {
			/* Whoever cannot say that has nothing to follow. */
			answer->status = answer_is_absent(&alias)
					     ? answer->status
					     : alias.status;
			break;
		}
		if (answer->chain_len == ANSWER_MAX_CHAIN) {
			answer->status = ANSWER_LOOP;
			return answer;
		}
		chain[answer->chain_len++] = alias.rrs[0];
		now.name = alias.rrs[0].rdata.target;
		records_find(bytes, arena, &now, answer);
	}
	answer->soa =
	    answer_is_absent(answer) ? soa_find(bytes, now.name) : NULL;
	return answer;
}

static struct ticket *
bytes_start(struct source *source, const struct question *question,
    source_done_fn *done, void *context)
{
	return ready_start(
	    &((struct byte_source *)source)->ready, question, done, context);
}

static bool
bytes_step(struct source *source)
{
	return ready_step(
	    &((struct byte_source *)source)->ready, source, bytes_answer);
}

static void
bytes_cancel(struct source *source, struct ticket *ticket)
{
	ready_cancel(&((struct byte_source *)source)->ready, ticket);
}

static void
bytes_close(struct source *source)
{
	ready_close(&((struct byte_source *)source)->ready);
}

struct source *
byte_source_open(struct arena *arena, const struct byte_world *world)
{
	static const struct source_ops ops = {
		.start = bytes_start,
		.step = bytes_step,
		.cancel = bytes_cancel,
		.close = bytes_close,
	};
	struct byte_source *bytes = ARENA_NEW(arena, struct byte_source);
	bytes->source.ops = &ops;
	bytes->arena = arena;
	bytes->rows = byte_rows_read(arena, world);
	ready_open(&bytes->ready);
	return &bytes->source;
}

/** True if a failure stands in front of *row*, a record. */
static bool
row_fails(const struct byte_source *bytes, const struct row *row)
{
	const struct row *other;
	vec_foreach(other, &bytes->rows) {
		if (row->status == ANSWER_FOUND &&
		    other->status != ANSWER_FOUND && !other->own &&
		    (other->rr.type == row->rr.type ||
			other->rr.type == RRTYPE_NONE) &&
		    name_equal(other->rr.owner, row->rr.owner)) {
			return true;
		}
	}
	return false;
}

/** Takes out the rows that others hide from resolvers. */
static void
drop_hidden(struct byte_source *bytes)
{
	static const struct question at_resolver = { .side = SIDE_RESOLVER };
	struct byte_rows kept = { 0 };
	const struct row *row;
	vec_foreach(row, &bytes->rows) {
		if (row_counts(bytes, row, &at_resolver) &&
		    !row_fails(bytes, row)) {
			vec_push(bytes->arena, &kept, *row);
		}
	}
	bytes->rows = kept;
}

/** True if *row* goes as *edit* is carried out. */
static bool
row_goes(const struct row *row, const struct edit *edit)
{
	if (!name_equal(row->rr.owner, edit->rr.owner)) {
		return false;
	}
	if (edit->op == EDIT_ADD) {
		/* That there is nothing here is not so any more. */
		return row->status == ANSWER_NODATA ||
		       row->status == ANSWER_NXDOMAIN;
	}
	return row->status == ANSWER_FOUND && rr_same_data(&row->rr, &edit->rr);
}

bool
byte_source_edit(struct source *source, const struct edit *edit)
{
	struct byte_source *bytes = (struct byte_source *)source;
	size_t kept = 0;
	drop_hidden(bytes);
	const size_t before = bytes->rows.len;
	for (size_t i = 0; i < before; i++) {
		if (!row_goes(&bytes->rows.at[i], edit)) {
			bytes->rows.at[kept++] = bytes->rows.at[i];
		}
	}
	bytes->rows.len = kept;
	if (edit->op == EDIT_ADD) {
		const struct row row = {
			.rr = rr_copy(bytes->arena, &edit->rr),
			.given = true,
		};
		vec_push(bytes->arena, &bytes->rows, row);
		return true;
	}
	return kept < before;
}
