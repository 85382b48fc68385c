/* SPDX-License-Identifier: MIT */
/* Reading lines of any bytes as records, and answering out of them. */
#include "byte_source.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "dns/answer.h"
#include "dns/rr.h"
#include "source/ready.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOST_ROWS = 64,
	STRING_MAX = 255, /* octets of a string of a TXT */
	TTL = 300,
	NOW = 1790000000, /* seconds since 1970 */
};

/** A record, or how questions for its type fail. */
struct row {
	struct rr rr; /* of a failure: owner and type; TYPE_NONE: all types */
	enum answer_status status; /* ANSWER_FOUND: a record */
	bool own;                  /* only the zone's own servers have it */
	bool given;                /* it hides what the base has */
};

struct byte_source {
	struct source source;
	struct arena *arena;
	struct ready ready;
	const struct name *names;
	size_t names_len;
	struct VEC(struct row) rows;
};

static struct name
name_of_letter(const struct byte_source *bytes, char letter)
{
	const size_t index = (unsigned char)(char_lower(letter) - 'a');
	return bytes->names[index % bytes->names_len];
}

/** The name that *text* is; the first of the table if it is none. */
static struct name
name_of_value(const struct byte_source *bytes, struct str text)
{
	struct name name = { 0 };
	if (text.len > 1 && text.at[0] == '=') {
		return name_of_letter(bytes, text.at[1]);
	}
	if (text.len > 0) {
		name = name_unescaped(bytes->arena, text);
	}
	return name_is_set(name) ? name : name_of_letter(bytes, 'a');
}

static struct addr
addr_of_value(struct str text, enum addr_family family)
{
	struct addr addr;
	if (!addr_parse(text, &addr) || addr.family != family) {
		addr = (struct addr){ .family = family };
		for (size_t i = 0; i < 16 && i < text.len; i++) {
			addr.bytes[i] = (uint8_t)text.at[i];
		}
	}
	return addr;
}

static struct rr_soa
soa_of_value(const struct byte_source *bytes, struct str text)
{
	struct rr_soa soa = { .serial = 1, .minimum = TTL };
	unsigned long minimum;
	soa.mname = soa.rname = name_of_letter(bytes, 'a');
	if (str_number(text, UINT32_MAX, &minimum)) {
		soa.minimum = (uint32_t)minimum;
		soa.serial = soa.minimum;
	}
	return soa;
}

static enum rrtype
type_of_letter(char letter)
{
	static const struct {
		char letter;
		enum rrtype type;
	} types[] = { { 'T', RRTYPE_TXT }, { '4', RRTYPE_A },
		{ '6', RRTYPE_AAAA }, { 'M', RRTYPE_MX }, { 'P', RRTYPE_PTR },
		{ 'C', RRTYPE_CNAME }, { 'N', RRTYPE_NS },
		{ 'S', RRTYPE_SOA } };
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (types[i].letter == letter) {
			return types[i].type;
		}
	}
	return RRTYPE_NONE;
}

/** Reads *text* as rdata of rr->type. */
static void
rdata_of_value(struct byte_source *bytes, struct str text, struct rr *rr)
{
	switch (rrtype_layout(rr->type)) {
	case RR_LAYOUT_TXT:
		text = str_slice(text, 0, STRING_MAX);
		rr->rdata.txt = rr_txt_of(bytes->arena, text);
		break;
	case RR_LAYOUT_ADDR:
		rr->rdata.addr = addr_of_value(
		    text, rr->type == RRTYPE_A ? ADDR_V4 : ADDR_V6);
		break;
	case RR_LAYOUT_MX:
		if (text.len > 0) {
			rr->rdata.mx.preference =
			    (uint16_t)(10 * (uint8_t)(text.at[0] - '0'));
		}
		rr->rdata.mx.exchange = name_of_value(bytes, str_from(text, 1));
		break;
	case RR_LAYOUT_SOA:
		rr->rdata.soa = soa_of_value(bytes, text);
		break;
	case RR_LAYOUT_NAME:
		rr->rdata.target = name_of_value(bytes, text);
		break;
	case RR_LAYOUT_OPAQUE:
		break;
	}
}

/** Adds *text* as one more string to the TXT that was read last. */
static void
string_add(struct byte_source *bytes, struct str text)
{
	struct arena *arena = bytes->arena;
	if (bytes->rows.len == 0) {
		return;
	}
	struct row *row = &bytes->rows.at[bytes->rows.len - 1];
	struct rr_txt *txt = &row->rr.rdata.txt;
	if (row->rr.type != RRTYPE_TXT || row->status != ANSWER_FOUND) {
		return;
	}
	struct buf joined = buf_new(arena);
	uint32_t *ends = ARENA_ARRAY(arena, uint32_t, txt->strings + 1);
	memcpy(ends, txt->ends, txt->strings * sizeof(*ends));
	buf_add(&joined, txt->joined);
	buf_add(&joined, str_slice(text, 0, STRING_MAX));
	ends[txt->strings++] = (uint32_t)joined.len;
	txt->ends = ends;
	txt->joined = buf_str(&joined);
}

/** The status that *letter* stands for, other than that of a record. */
static enum answer_status
status_of_letter(char letter)
{
	const unsigned char number = (unsigned char)(letter - 'a');
	const enum answer_status status =
	    (enum answer_status)(number % (ANSWER_OUTSIDE + 1));
	/* No record is said with records, a loop with the CNAMEs of it. */
	return status == ANSWER_FOUND || status == ANSWER_LOOP ? ANSWER_NODATA
							       : status;
}

static void
line_read(struct byte_source *bytes, struct str line, bool given)
{
	if (line.len < 2 || bytes->rows.len == MOST_ROWS) {
		return;
	}
	const struct str value = str_from(line, 2);
	struct row row = {
		.rr = { .owner = name_of_letter(bytes, line.at[0]),
		    .type = type_of_letter(line.at[1]),
		    .ttl = TTL },
		.own = line.at[0] >= 'A' && line.at[0] <= 'Z',
		.given = given,
	};
	if (line.at[1] == '+') {
		string_add(bytes, value);
		return;
	}
	if (line.at[1] == 'F' && value.len > 0) {
		row.status = status_of_letter(value.at[0]);
		row.rr.type = type_of_letter(value.len > 1 ? value.at[1] : 0);
	} else if (row.rr.type != RRTYPE_NONE) {
		rdata_of_value(bytes, value, &row.rr);
	} else {
		return;
	}
	vec_push(bytes->arena, &bytes->rows, row);
}

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
	struct str base = str_of(world->base);
	struct str given = world->bytes;
	struct str line;
	bytes->source.ops = &ops;
	bytes->arena = arena;
	bytes->names = world->names;
	bytes->names_len = world->names_len;
	ready_open(&bytes->ready);
	while (str_split(&base, '\n', &line)) {
		line_read(bytes, line, false);
	}
	while (str_split(&given, '\n', &line)) {
		line_read(bytes, line, true);
	}
	return &bytes->source;
}
