/* SPDX-License-Identifier: MIT */
/*
 * RFC 1035 3.3 and 5.1, RFC 3597 5 (unknown types). The library reads the
 * data; what it would take in silence (a priority of 99999), refuse without
 * freeing what it had taken (a key that is no base64) or leave unexplained (a
 * string that is too long) is seen to here.
 */
#include "dns/zonefile_rdata.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "dns/rdata.h"
#include "dns/zonefile_scan.h"

#include <ldns/ldns.h>

#include <assert.h>

enum {
	STRING_MAX = 255, /* octets of a character-string, RFC 1035 3.3 */
	TYPE_CERT = 37,
	TYPE_IPSECKEY = 45,
	TYPE_CAA = 257,
	GATEWAY_TYPES = 3, /* the last of them, RFC 4025 2.3 */
};

static bool
fail(struct zonefile_fault *fault, const char *what)
{
	*fault = (struct zonefile_fault){ .what = what };
	return false;
}

/** What a type needs, for the types that people write. */
static const char *
needs_of(enum rrtype type)
{
	static const struct {
		enum rrtype type;
		const char *needs;
	} rows[] = {
		{ RRTYPE_A, "an A record needs an IPv4 address" },
		{ RRTYPE_AAAA, "an AAAA record needs an IPv6 address" },
		{ RRTYPE_CNAME, "a CNAME record needs one name" },
		{ RRTYPE_NS, "an NS record needs one name" },
		{ RRTYPE_PTR, "a PTR record needs one name" },
		{ RRTYPE_MX, "an MX record needs a priority of 0 to 65535 "
			     "and a host name" },
		{ RRTYPE_SOA, "an SOA record needs two names and five "
			      "numbers" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (rows[i].type == type) {
			return rows[i].needs;
		}
	}
	return "the data of the record is not as its type needs it";
}

/** True for types that stand in messages only (RFC 6895 3.1, RFC 6891). */
static bool
is_meta(enum rrtype type)
{
	const unsigned number = type;
	return (number >= 128 && number <= 255) || number == 41;
}

/** Reads the strings of a TXT and takes them as one rdata. */
static bool
strings_read(struct arena *arena, struct str text, struct rr *ret,
    struct zonefile_fault *fault)
{
	struct buf wire = buf_new(arena);
	struct str string;
	const char *what;
	buf_adds(&wire, "");
	while (zonefile_string_cut(arena, &text, &string, &what)) {
		if (string.len > STRING_MAX) {
			fault->hint = "cut the text into several strings, each "
				      "in quotes: \"...\" \"...\"";
			fault->what = "a string of the text is longer than "
				      "255 octets";
			return false;
		}
		buf_addc(&wire, (char)string.len);
		buf_add(&wire, string);
	}
	if (what || wire.len == 0) {
		return fail(fault, what ? what : "the text is missing");
	}
	return rdata_read(arena, buf_str(&wire), ret) ||
	       fail(fault, "the text is longer than 65535 octets");
}

/** The wire form of all rdata of *rr*, one after the other. */
static struct str
rdata_of(struct arena *arena, const ldns_rr *rr)
{
	struct buf wire = buf_new(arena);
	buf_adds(&wire, "");
	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		const ldns_rdf *rdf = ldns_rr_rdf(rr, i);
		buf_add(
		    &wire, (struct str){ .at = (const char *)ldns_rdf_data(rdf),
			       .len = ldns_rdf_size(rdf) });
	}
	return buf_str(&wire);
}

/** Lets the library read "type rdata" under *origin*. */
static bool
library_read(
    struct arena *arena, struct str text, struct name origin, struct rr *ret)
{
	ldns_rr *rr = NULL;
	const struct str line = str_print(arena, ". 0 IN %.*s", STR_ARG(text));
	ldns_rdf *above =
	    ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, origin.len, origin.wire);
	const ldns_status status =
	    ldns_rr_new_frm_str(&rr, line.at, 0, above, NULL);
	ldns_rdf_deep_free(above);
	if (status != LDNS_STATUS_OK || !rr) {
		return false;
	}
	ret->type = (enum rrtype)ldns_rr_get_type(rr);
	const bool read = rdata_read(arena, rdata_of(arena, rr), ret);
	ldns_rr_free(rr);
	return read;
}

/** True if a name in the data of *rr* stands below *marker*. */
static bool
is_marked(const struct rr *rr, struct name marker)
{
	switch (rrtype_layout(rr->type)) {
	case RR_LAYOUT_NAME:
		return name_is_under(rr->rdata.target, marker);
	case RR_LAYOUT_MX:
		return name_is_under(rr->rdata.mx.exchange, marker);
	case RR_LAYOUT_SOA:
		return name_is_under(rr->rdata.soa.mname, marker) ||
		       name_is_under(rr->rdata.soa.rname, marker);
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_TXT:
		break;
	}
	return false;
}

/** The library would take a priority of 99999 modulo 65536. */
static bool
priority_fits(struct arena *arena, struct str rdata)
{
	unsigned long priority;
	(void)arena;
	return str_number(zonefile_word_cut(&rdata), UINT16_MAX, &priority);
}

/** RFC 4398 2.1: type 0 is reserved; the library refuses it, with a leak. */
static bool
certificate_fits(struct arena *arena, struct str rdata)
{
	unsigned long type = 0;
	const struct str word = zonefile_word_cut(&rdata);
	(void)arena;
	return (word.len > 0 && char_is_alpha(word.at[0])) ||
	       (str_number(word, UINT16_MAX, &type) && type > 0);
}

/**
 * RFC 4025 3.1: precedence, gateway type, algorithm, gateway, key. Where the
 * gateway is right but the key is not, or a word follows, the library leaks.
 */
static bool
ipsec_key_fits(struct arena *arena, struct str rdata)
{
	struct str words[5];
	unsigned long type;
	/* The library finds other words where blanks are quoted or escaped. */
	const bool escaped =
	    str_index(rdata, '"') >= 0 || str_index(rdata, '\\') >= 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		words[i] = zonefile_word_cut(&rdata);
	}
	if (rdata.len > 0 || words[4].len == 0 || escaped ||
	    !str_number(words[1], GATEWAY_TYPES, &type)) {
		return false;
	}
	ldns_rdf *key =
	    ldns_rdf_new_frm_str(LDNS_RDF_TYPE_B64, str_z(arena, words[4]));
	const bool fits = key != NULL;
	ldns_rdf_deep_free(key);
	return fits;
}

/** False for data that the library must not see. */
static bool
data_fits(struct arena *arena, enum rrtype type, struct str rdata)
{
	static const struct {
		unsigned type;
		bool (*fits)(struct arena *arena, struct str rdata);
	} rows[] = {
		{ RRTYPE_MX, priority_fits },
		{ TYPE_CERT, certificate_fits },
		{ TYPE_IPSECKEY, ipsec_key_fits },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (rows[i].type == (unsigned)type) {
			return str_starts(rdata, STR("\\# ")) ||
			       rows[i].fits(arena, rdata);
		}
	}
	return true;
}

/** The library wants the value of a CAA quoted; RFC 8659 4.1.1 does not. */
static struct str
caa_quoted(struct arena *arena, struct str text)
{
	struct str rest = text;
	(void)zonefile_word_cut(&rest);
	const struct str flags = zonefile_word_cut(&rest);
	const struct str tag = zonefile_word_cut(&rest);
	const struct str value = str_trim(rest);
	if (value.len == 0 || str_index(value, '"') >= 0 ||
	    str_index(value, ' ') >= 0 || str_starts(flags, STR("\\#"))) {
		return text;
	}
	return str_print(arena, "CAA %.*s %.*s \"%.*s\"", STR_ARG(flags),
	    STR_ARG(tag), STR_ARG(value));
}

bool
zonefile_rdata_read(struct arena *arena, struct str text, struct name origin,
    struct rr *ret, struct zonefile_fault *ret_fault)
{
	struct str rdata = text;
	const struct str word = zonefile_word_cut(&rdata);
	const enum rrtype type =
	    (enum rrtype)ldns_get_rr_type_by_name(str_z(arena, word));
	/* Without an origin a relative name must not pass as absolute. */
	const struct name marker = name_of(arena, "\\000relative");
	const bool placed = name_is_set(origin);
	assert(ret && ret_fault);
	rdata = str_trim(rdata);
	if (type == RRTYPE_NONE) {
		return fail(
		    ret_fault, "a record needs a name, a known type and data");
	}
	if (is_meta(type)) {
		return fail(ret_fault, "records of this type stand in "
				       "messages, not in zones");
	}
	if (rrtype_layout(type) == RR_LAYOUT_TXT &&
	    !str_starts(rdata, STR("\\#"))) {
		ret->type = type;
		return strings_read(arena, rdata, ret, ret_fault);
	}
	if ((unsigned)type == TYPE_CAA) {
		text = caa_quoted(arena, text);
	}
	alloc_reserve(ALLOC_FOR_LIBRARY);
	if (!data_fits(arena, type, rdata) ||
	    !library_read(arena, text, placed ? origin : marker, ret)) {
		return fail(ret_fault, needs_of(type));
	}
	return placed || !is_marked(ret, marker) ||
	       fail(ret_fault, "a name is relative, and there is no $ORIGIN");
}
