/* SPDX-License-Identifier: MIT */
/*
 * Resource records, decoded. Texts and names live in the arena of the answer
 * or zone that holds the record.
 */
#ifndef DNS_RR_H
#define DNS_RR_H

#include "base/str.h"
#include "dns/addr.h"
#include "dns/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/** RRTYPE_TXT and so on, by the number that stands on the wire. */
enum rrtype {
	RRTYPE_NONE = 0,
#define RRTYPE(constant, number, text, layout) RRTYPE_##constant = (number),
#include "dns/rrtypes.def"
#undef RRTYPE
};

/** How the rdata of a type is laid out, and which member of rr.rdata it is. */
enum rr_layout {
	RR_LAYOUT_OPAQUE, /* rdata.opaque */
	RR_LAYOUT_ADDR,   /* rdata.addr: A, AAAA */
	RR_LAYOUT_NAME,   /* rdata.target: NS, CNAME, PTR */
	RR_LAYOUT_MX,     /* rdata.mx */
	RR_LAYOUT_SOA,    /* rdata.soa */
	RR_LAYOUT_TXT,    /* rdata.txt: TXT, SPF */
};

struct rr_mx {
	uint16_t preference;
	struct name exchange;
};

struct rr_soa {
	struct name mname;
	struct name rname;
	uint32_t serial;
	uint32_t refresh; /* seconds, as are the next three */
	uint32_t retry;
	uint32_t expire;
	uint32_t minimum;
};

enum {
	/*
	 * The longest text of a TXT record: 256 strings of up to 255 bytes,
	 * each with its length in front (RFC 1035 3.2.1, 3.3).
	 */
	RR_TXT_MAX = 65279,
};

/** The character-strings of a TXT, joined (RFC 7208 3.3, RFC 6376 3.6.2.2). */
struct rr_txt {
	struct str joined;
	const uint32_t *ends; /* offset in joined where each string ends */
	size_t strings;
};

struct rr {
	struct name owner;
	enum rrtype type; /* may be a number that has no constant */
	uint32_t ttl;     /* seconds */
	union {
		struct str opaque;
		struct addr addr;
		struct name target;
		struct rr_mx mx;
		struct rr_soa soa;
		struct rr_txt txt;
	} rdata;
};

/** The layout of *type*; OPAQUE for types without a row in rrtypes.def. */
enum rr_layout rrtype_layout(enum rrtype type);

/** "TXT"; "TYPE123" (RFC 3597 5) in *arena* for types without a row. */
struct str rrtype_text(struct arena *arena, enum rrtype type);

/** Reads "TXT", "txt" or "TYPE16"; false if it is no type. */
bool rrtype_parse(struct str text, enum rrtype *ret);

/**
 * Makes a TXT of *text*, which must live as long as the record. What is over
 * RR_TXT_MAX can be judged as a TXT, but never be one.
 */
struct rr_txt rr_txt_of(struct arena *arena, struct str text);

/**
 * The rdata as the report shows it, raw and not yet escaped: names as
 * name_text(), a TXT its joined strings, an MX "10 host".
 */
struct str rr_value(struct arena *arena, const struct rr *rr);

/** True if both have the same type and rdata (owner and TTL aside). */
bool rr_same_data(const struct rr *a, const struct rr *b);

/**
 * Orders records by type and data, so that a set looks the same each time;
 * 0 only for records that are one (owner and TTL aside).
 */
int rr_cmp(const struct rr *a, const struct rr *b);

#endif
