/* SPDX-License-Identifier: MIT */
/*
 * Names may be compressed (RFC 1035 4.1.4): they, and the records that hold
 * them, are decoded by ldns and its objects dropped at once. Rdata without
 * names is copied: the library would take memory for each string of a TXT
 * as if it filled the record.
 */
#include "dns/wire.h"

#include "base/arena.h"
#include "dns/rdata.h"

#include <assert.h>

#include <ldns/ldns.h>

/** A field of a record that is a name; the record may have fewer fields. */
static bool
field_name(
    struct arena *arena, const ldns_rr *rr, size_t field, struct name *ret)
{
	if (field >= ldns_rr_rd_count(rr)) {
		return false;
	}
	const ldns_rdf *rdf = ldns_rr_rdf(rr, field);
	const size_t size = ldns_rdf_size(rdf);
	if (ldns_rdf_get_type(rdf) != LDNS_RDF_TYPE_DNAME || size == 0 ||
	    size > NAME_MAX_WIRE) {
		return false;
	}
	*ret = name_from_wire(arena, ldns_rdf_data(rdf), size);
	return true;
}

/** A field that is a number of *octets*. */
static bool
field_number(const ldns_rr *rr, size_t field, size_t octets, uint32_t *ret)
{
	if (field >= ldns_rr_rd_count(rr) ||
	    ldns_rdf_size(ldns_rr_rdf(rr, field)) != octets) {
		return false;
	}
	const uint8_t *data = ldns_rdf_data(ldns_rr_rdf(rr, field));
	*ret = 0;
	for (size_t i = 0; i < octets; i++) {
		*ret = *ret << 8 | data[i];
	}
	return true;
}

static bool
take_mx(struct arena *arena, const ldns_rr *rr, struct rr_mx *ret)
{
	uint32_t preference = 0;
	if (!field_number(rr, 0, 2, &preference)) {
		return false;
	}
	ret->preference = (uint16_t)preference;
	return field_name(arena, rr, 1, &ret->exchange);
}

static bool
take_soa(struct arena *arena, const ldns_rr *rr, struct rr_soa *ret)
{
	return field_name(arena, rr, 0, &ret->mname) &&
	       field_name(arena, rr, 1, &ret->rname) &&
	       field_number(rr, 2, 4, &ret->serial) &&
	       field_number(rr, 3, 4, &ret->refresh) &&
	       field_number(rr, 4, 4, &ret->retry) &&
	       field_number(rr, 5, 4, &ret->expire) &&
	       field_number(rr, 6, 4, &ret->minimum);
}

/** Has the library decode the record at *record* and takes its fields. */
static bool
rdata_decode(struct arena *arena, struct message message,
    const struct message_record *record, struct rr *ret)
{
	ldns_rr *rr = NULL;
	size_t at = record->owner;
	if (ldns_wire2rr(&rr, message.at, message.len, &at,
		LDNS_SECTION_ANSWER) != LDNS_STATUS_OK) {
		return false;
	}
	bool good = at == record->rdata + record->rdlength;
	if (ret->type == RRTYPE_MX) {
		good = good && take_mx(arena, rr, &ret->rdata.mx);
	} else if (ret->type == RRTYPE_SOA) {
		good = good && take_soa(arena, rr, &ret->rdata.soa);
	} else {
		good = good && field_name(arena, rr, 0, &ret->rdata.target);
	}
	ldns_rr_free(rr);
	return good;
}

bool
wire_rr(struct arena *arena, struct message message,
    const struct message_record *record, struct rr *ret)
{
	ret->type = (enum rrtype)record->type;
	/* RFC 2181 8: a TTL with its top bit set is zero. */
	ret->ttl = record->ttl > INT32_MAX ? 0 : record->ttl;
	switch (rrtype_layout(ret->type)) {
	case RR_LAYOUT_NAME:
	case RR_LAYOUT_MX:
	case RR_LAYOUT_SOA:
		return rdata_decode(arena, message, record, ret);
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_TXT:
		break;
	}
	const struct str rdata = {
		.at = (const char *)message.at + record->rdata,
		.len = record->rdlength,
	};
	return rdata_read(arena, rdata, ret);
}

bool
wire_owner(struct arena *arena, struct message message,
    const struct message_record *record, struct name *ret)
{
	ldns_rdf *rdf = NULL;
	size_t at = record->owner;
	if (ldns_wire2dname(&rdf, message.at, message.len, &at) !=
	    LDNS_STATUS_OK) {
		return false;
	}
	*ret = name_from_wire(arena, ldns_rdf_data(rdf), ldns_rdf_size(rdf));
	ldns_rdf_deep_free(rdf);
	return true;
}
