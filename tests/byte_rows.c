/* SPDX-License-Identifier: MIT */
/* Reading lines of any bytes as records. */
#include "byte_rows.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

enum {
	MOST_ROWS = 64,
	STRING_MAX = 255, /* octets of a string of a TXT */
	TTL = 300,
};

struct reading {
	struct arena *arena;
	const struct byte_world *world;
	struct byte_rows rows;
};

static struct name
name_of_letter(const struct reading *reading, char letter)
{
	const size_t index = (unsigned char)(char_lower(letter) - 'a');
	return reading->world->names[index % reading->world->names_len];
}

/** The name that *text* is; the first of the table if it is none. */
static struct name
name_of_value(const struct reading *reading, struct str text)
{
	struct name name = { 0 };
	if (text.len > 1 && text.at[0] == '=') {
		return name_of_letter(reading, text.at[1]);
	}
	if (text.len > 0) {
		name = name_unescaped(reading->arena, text);
	}
	return name_is_set(name) ? name : name_of_letter(reading, 'a');
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
soa_of_value(const struct reading *reading, struct str text)
{
	struct rr_soa soa = { .serial = 1, .minimum = TTL };
	unsigned long minimum;
	soa.mname = soa.rname = name_of_letter(reading, 'a');
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
rdata_of_value(struct reading *reading, struct str text, struct rr *rr)
{
	switch (rrtype_layout(rr->type)) {
	case RR_LAYOUT_TXT:
		text = str_slice(text, 0, STRING_MAX);
		rr->rdata.txt = rr_txt_of(reading->arena, text);
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
		rr->rdata.mx.exchange =
		    name_of_value(reading, str_from(text, 1));
		break;
	case RR_LAYOUT_SOA:
		rr->rdata.soa = soa_of_value(reading, text);
		break;
	case RR_LAYOUT_NAME:
		rr->rdata.target = name_of_value(reading, text);
		break;
	case RR_LAYOUT_OPAQUE:
		break;
	}
}

/** Adds *text* as one more string to the TXT that was read last. */
static void
string_add(struct reading *reading, struct str text)
{
	struct arena *arena = reading->arena;
	if (reading->rows.len == 0) {
		return;
	}
	struct row *row = &reading->rows.at[reading->rows.len - 1];
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

/** True if something fails at the owner of *row* already. */
static bool
fails_already(const struct reading *reading, const struct row *row)
{
	const struct row *other;
	vec_foreach(other, &reading->rows) {
		if (other->status != ANSWER_FOUND &&
		    name_equal(other->rr.owner, row->rr.owner)) {
			return true;
		}
	}
	return false;
}

static void
line_read(struct reading *reading, struct str line, bool given)
{
	if (line.len < 2 || reading->rows.len == MOST_ROWS) {
		return;
	}
	const struct str value = str_from(line, 2);
	struct row row = {
		.rr = { .owner = name_of_letter(reading, line.at[0]),
		    .type = type_of_letter(line.at[1]),
		    .ttl = TTL },
		.own = line.at[0] >= 'A' && line.at[0] <= 'Z',
		.given = given,
	};
	if (line.at[1] == '+') {
		string_add(reading, value);
		return;
	}
	if (line.at[1] == 'F' && value.len > 0 &&
	    !fails_already(reading, &row)) {
		row.status = status_of_letter(value.at[0]);
		row.rr.type = type_of_letter(value.len > 1 ? value.at[1] : 0);
	} else if (row.rr.type != RRTYPE_NONE) {
		rdata_of_value(reading, value, &row.rr);
	} else {
		return;
	}
	vec_push(reading->arena, &reading->rows, row);
}

struct byte_rows
byte_rows_read(struct arena *arena, const struct byte_world *world)
{
	struct reading reading = { .arena = arena, .world = world };
	struct str base = str_of(world->base);
	struct str given = world->bytes;
	struct str line;
	while (str_split(&base, '\n', &line)) {
		line_read(&reading, line, false);
	}
	while (str_split(&given, '\n', &line)) {
		line_read(&reading, line, true);
	}
	return reading.rows;
}
