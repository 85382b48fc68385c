/* SPDX-License-Identifier: MIT */
/* Rdata layouts: RFC 1035 3.3 and 3.4.1, RFC 3596 2.2. */
#include "dns/rdata.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

enum {
	STRING_MAX = 255, /* a character-string, RFC 1035 3.3 */
};

static void
write_number(struct buf *to, uint32_t number, unsigned octets)
{
	while (octets-- > 0) {
		buf_addc(to, (char)(number >> (8 * octets) & 0xff));
	}
}

static void
write_name(struct buf *to, struct name name)
{
	buf_add(
	    to, (struct str){ .at = (const char *)name.wire, .len = name.len });
}

static void
write_txt(struct buf *to, const struct rr_txt *txt)
{
	size_t from = 0;
	for (size_t i = 0; i < txt->strings; i++) {
		assert(
		    txt->ends[i] >= from && txt->ends[i] - from <= STRING_MAX);
		buf_addc(to, (char)(txt->ends[i] - from));
		buf_add(to, str_slice(txt->joined, from, txt->ends[i]));
		from = txt->ends[i];
	}
}

static void
write_soa(struct buf *to, const struct rr_soa *soa)
{
	const uint32_t numbers[] = { soa->serial, soa->refresh, soa->retry,
		soa->expire, soa->minimum };
	write_name(to, soa->mname);
	write_name(to, soa->rname);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		write_number(to, numbers[i], 4);
	}
}

void
rdata_write(struct buf *to, const struct rr *rr)
{
	switch (rrtype_layout(rr->type)) {
	case RR_LAYOUT_OPAQUE:
		buf_add(to, rr->rdata.opaque);
		break;
	case RR_LAYOUT_ADDR:
		buf_add(
		    to, (struct str){ .at = (const char *)rr->rdata.addr.bytes,
			    .len = rr->rdata.addr.family == ADDR_V6 ? 16 : 4 });
		break;
	case RR_LAYOUT_NAME:
		write_name(to, rr->rdata.target);
		break;
	case RR_LAYOUT_MX:
		write_number(to, rr->rdata.mx.preference, 2);
		write_name(to, rr->rdata.mx.exchange);
		break;
	case RR_LAYOUT_SOA:
		write_soa(to, &rr->rdata.soa);
		break;
	case RR_LAYOUT_TXT:
		write_txt(to, &rr->rdata.txt);
		break;
	}
}

/** A reader that remembers its first error and then gives zeros. */
struct cursor {
	struct arena *arena;
	struct str rest;
	bool failed;
};

static struct str
take(struct cursor *cursor, size_t octets)
{
	if (cursor->failed || cursor->rest.len < octets) {
		cursor->failed = true;
		return (struct str){ 0 };
	}
	const struct str taken = str_slice(cursor->rest, 0, octets);
	cursor->rest = str_from(cursor->rest, octets);
	return taken;
}

static uint32_t
take_number(struct cursor *cursor, unsigned octets)
{
	const struct str bytes = take(cursor, octets);
	uint32_t number = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		number = number << 8 | (unsigned char)bytes.at[i];
	}
	return number;
}

/** An uncompressed name of at most 255 octets (RFC 1035 2.3.4). */
static struct name
take_name(struct cursor *cursor)
{
	const struct str from = cursor->rest;
	size_t len = 0;
	size_t label = 1;
	while (!cursor->failed && label > 0) {
		label = take_number(cursor, 1);
		(void)take(cursor, label);
		len += label + 1;
		cursor->failed = cursor->failed || label > NAME_MAX_LABEL ||
				 len > NAME_MAX_WIRE;
	}
	if (cursor->failed) {
		return (struct name){ 0 };
	}
	return name_from_wire(cursor->arena, (const uint8_t *)from.at, len);
}

static struct addr
take_addr(struct cursor *cursor, enum rrtype type)
{
	struct addr addr = { .family = type == RRTYPE_A ? ADDR_V4 : ADDR_V6 };
	const struct str bytes = take(cursor, addr.family == ADDR_V4 ? 4 : 16);
	if (bytes.len > 0) {
		memcpy(addr.bytes, bytes.at, bytes.len);
	}
	return addr;
}

static struct rr_soa
take_soa(struct cursor *cursor)
{
	struct rr_soa soa = { .mname = take_name(cursor) };
	soa.rname = take_name(cursor);
	soa.serial = take_number(cursor, 4);
	soa.refresh = take_number(cursor, 4);
	soa.retry = take_number(cursor, 4);
	soa.expire = take_number(cursor, 4);
	soa.minimum = take_number(cursor, 4);
	return soa;
}

static struct rr_txt
take_txt(struct cursor *cursor)
{
	struct rr_txt txt = { 0 };
	char *joined = arena_alloc(cursor->arena, cursor->rest.len + 1);
	uint32_t *ends =
	    ARENA_ARRAY(cursor->arena, uint32_t, cursor->rest.len + 1);
	size_t len = 0;
	do {
		const struct str string = take(cursor, take_number(cursor, 1));
		if (string.len > 0) {
			memcpy(joined + len, string.at, string.len);
		}
		len += string.len;
		ends[txt.strings++] = (uint32_t)len;
	} while (!cursor->failed && cursor->rest.len > 0);
	txt.joined = (struct str){ .at = joined, .len = len };
	txt.ends = ends;
	return txt;
}

bool
rdata_read(struct arena *arena, struct str wire, struct rr *ret)
{
	struct cursor cursor = { .arena = arena, .rest = wire };
	if (wire.len > UINT16_MAX) {
		return false;
	}
	switch (rrtype_layout(ret->type)) {
	case RR_LAYOUT_OPAQUE:
		ret->rdata.opaque = str_copy(arena, take(&cursor, wire.len));
		break;
	case RR_LAYOUT_ADDR:
		ret->rdata.addr = take_addr(&cursor, ret->type);
		break;
	case RR_LAYOUT_NAME:
		ret->rdata.target = take_name(&cursor);
		break;
	case RR_LAYOUT_MX:
		ret->rdata.mx.preference = (uint16_t)take_number(&cursor, 2);
		ret->rdata.mx.exchange = take_name(&cursor);
		break;
	case RR_LAYOUT_SOA:
		ret->rdata.soa = take_soa(&cursor);
		break;
	case RR_LAYOUT_TXT:
		ret->rdata.txt = take_txt(&cursor);
		break;
	}
	return !cursor.failed && cursor.rest.len == 0;
}
