/* SPDX-License-Identifier: MIT */
/* What the types are, and their rdata as text. */
#include "dns/rr.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

struct type_row {
	enum rrtype type;
	enum rr_layout layout;
	const char *text;
};

static const struct type_row TYPES[] = {
#define RRTYPE(constant, number, text, layout) \
	{ RRTYPE_##constant, RR_LAYOUT_##layout, text },
#include "dns/rrtypes.def"
#undef RRTYPE
};

static const struct type_row *
type_find(enum rrtype type)
{
	for (size_t i = 0; i < sizeof(TYPES) / sizeof(*TYPES); i++) {
		if (TYPES[i].type == type) {
			return &TYPES[i];
		}
	}
	return NULL;
}

enum rr_layout
rrtype_layout(enum rrtype type)
{
	const struct type_row *row = type_find(type);
	return row ? row->layout : RR_LAYOUT_OPAQUE;
}

struct str
rrtype_text(struct arena *arena, enum rrtype type)
{
	const struct type_row *row = type_find(type);
	if (row) {
		return str_of(row->text);
	}
	return str_print(arena, "TYPE%u", (unsigned)type);
}

bool
rrtype_parse(struct str text, enum rrtype *ret)
{
	for (size_t i = 0; i < sizeof(TYPES) / sizeof(*TYPES); i++) {
		if (str_eq_nocase(text, str_of(TYPES[i].text))) {
			*ret = TYPES[i].type;
			return true;
		}
	}
	unsigned long number = 0;
	if (!str_starts_nocase(text, STR("TYPE")) ||
	    !str_number(str_from(text, 4), 65535, &number)) {
		return false;
	}
	*ret = (enum rrtype)number;
	return true;
}

struct rr_txt
rr_txt_of(struct arena *arena, struct str text)
{
	/* A character-string holds at most 255 bytes (RFC 1035 3.3). */
	const size_t strings = text.len == 0 ? 1 : (text.len + 254) / 255;
	uint32_t *ends = ARENA_ARRAY(arena, uint32_t, strings);
	assert(text.len <= UINT32_MAX);
	for (size_t i = 0; i < strings; i++) {
		const size_t end = (i + 1) * 255;
		ends[i] = (uint32_t)(end < text.len ? end : text.len);
	}
	return (
	    struct rr_txt){ .joined = text, .ends = ends, .strings = strings };
}

struct str
rr_value(struct arena *arena, const struct rr *rr)
{
	struct str text;
	switch (rrtype_layout(rr->type)) {
	case RR_LAYOUT_OPAQUE:
		return rr->rdata.opaque;
	case RR_LAYOUT_ADDR:
		return addr_text(arena, rr->rdata.addr);
	case RR_LAYOUT_NAME:
		return name_text(arena, rr->rdata.target);
	case RR_LAYOUT_MX:
		text = name_text(arena, rr->rdata.mx.exchange);
		return str_print(
		    arena, "%u %.*s", rr->rdata.mx.preference, STR_ARG(text));
	case RR_LAYOUT_SOA:
		text = name_text(arena, rr->rdata.soa.mname);
		return str_print(arena, "%.*s %u", STR_ARG(text),
		    (unsigned)rr->rdata.soa.serial);
	case RR_LAYOUT_TXT:
		return rr->rdata.txt.joined;
	}
	return (struct str){ 0 };
}

static bool
same_soa(const struct rr_soa *a, const struct rr_soa *b)
{
	return name_equal(a->mname, b->mname) && a->serial == b->serial;
}

bool
rr_same_data(const struct rr *a, const struct rr *b)
{
	if (a->type != b->type) {
		return false;
	}
	switch (rrtype_layout(a->type)) {
	case RR_LAYOUT_OPAQUE:
		return str_eq(a->rdata.opaque, b->rdata.opaque);
	case RR_LAYOUT_ADDR:
		return addr_equal(a->rdata.addr, b->rdata.addr);
	case RR_LAYOUT_NAME:
		return name_equal(a->rdata.target, b->rdata.target);
	case RR_LAYOUT_MX:
		return a->rdata.mx.preference == b->rdata.mx.preference &&
		       name_equal(a->rdata.mx.exchange, b->rdata.mx.exchange);
	case RR_LAYOUT_SOA:
		return same_soa(&a->rdata.soa, &b->rdata.soa);
	case RR_LAYOUT_TXT:
		return str_eq(a->rdata.txt.joined, b->rdata.txt.joined);
	}
	return false;
}

static int
number_cmp(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
txt_cmp(const struct rr_txt *a, const struct rr_txt *b)
{
	int order = str_cmp(a->joined, b->joined);
	if (order == 0) {
		order = number_cmp((uint32_t)a->strings, (uint32_t)b->strings);
	}
	/* The same text cut into other strings is another record. */
	for (size_t i = 0; order == 0 && i < a->strings; i++) {
		order = number_cmp(a->ends[i], b->ends[i]);
	}
	return order;
}

static int
mx_cmp(const struct rr_mx *a, const struct rr_mx *b)
{
	const int order = number_cmp(a->preference, b->preference);
	return order != 0 ? order : name_cmp(a->exchange, b->exchange);
}

static int
soa_cmp(const struct rr_soa *a, const struct rr_soa *b)
{
	const int order = name_cmp(a->mname, b->mname);
	return order != 0 ? order : number_cmp(a->serial, b->serial);
}

int
rr_cmp(const struct rr *a, const struct rr *b)
{
	if (a->type != b->type) {
		return number_cmp(a->type, b->type);
	}
	switch (rrtype_layout(a->type)) {
	case RR_LAYOUT_OPAQUE:
		return str_cmp(a->rdata.opaque, b->rdata.opaque);
	case RR_LAYOUT_ADDR:
		return memcmp(a->rdata.addr.bytes, b->rdata.addr.bytes,
		    sizeof(a->rdata.addr.bytes));
	case RR_LAYOUT_NAME:
		return name_cmp(a->rdata.target, b->rdata.target);
	case RR_LAYOUT_MX:
		return mx_cmp(&a->rdata.mx, &b->rdata.mx);
	case RR_LAYOUT_SOA:
		return soa_cmp(&a->rdata.soa, &b->rdata.soa);
	case RR_LAYOUT_TXT:
		return txt_cmp(&a->rdata.txt, &b->rdata.txt);
	}
	return 0;
}
