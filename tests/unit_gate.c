/* SPDX-License-Identifier: MIT */
/* What the gate refuses, and what it must let through. */
#include "dns/gate.h"

#include "dns/rr.h"

#include "packet.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

enum {
	RESPONSE = MESSAGE_QR | MESSAGE_AA,
	DNAME = 39,
	SRV = 33,
	DNSKEY = 48,
	TLSA = 52,
	HTTPS = 65,
	CAA = 257,
	SIG = 24,
	TSIG = 250,
};

/** A response to TXT at example.org, without records yet. */
static struct packet *
response(void)
{
	struct packet *packet = malloc(sizeof(*packet));
	packet_begin(packet, 7, RESPONSE, "example.org", RRTYPE_TXT);
	return packet;
}

static void
expect_fault(struct packet *packet, enum gate_fault want, const char *what)
{
	/* A copy of the exact size lets a sanitizer see every step too far. */
	uint8_t *exact = malloc(packet->len ? packet->len : 1);
	memcpy(exact, packet->at, packet->len);
	const enum gate_fault fault =
	    gate_check((struct message){ .at = exact, .len = packet->len });
	cr_expect(fault == want, "%s: %s, not %s", what, gate_fault_text(fault),
	    gate_fault_text(want));
	free(exact);
	free(packet);
}

/** An answer of *type* with the rdata *bytes*. */
static void
expect_rdata(unsigned type, const char *bytes, size_t len, enum gate_fault want,
    const char *what)
{
	struct packet *packet = response();
	packet_rr(packet, SECTION_ANSWER, "example.org", type);
	packet_bytes(packet, bytes, len);
	packet_end_rr(packet);
	expect_fault(packet, want, what);
}

#define RDATA(type, bytes, want) \
	expect_rdata(            \
	    (type), "" bytes, sizeof(bytes) - 1, (want), #type " " #bytes)

Test(gate, lets_through_what_servers_send)
{
	struct packet *packet = response();
	packet_txt_rr(packet, SECTION_ANSWER, "example.org", "v=spf1 -all");
	packet_name_rr(packet, SECTION_AUTHORITY, "example.org", RRTYPE_NS,
	    "ns.example.net");
	packet_soa_rr(packet, "example.org", 60);
	packet_rr(packet, SECTION_ADDITIONAL, ".", TYPE_OPT);
	packet_bytes(packet, "\0\x0f\0\4\0\x12xy\0\x0a\0\0", 12);
	packet_end_rr(packet);
	expect_fault(packet, GATE_OK, "a whole response");
	RDATA(RRTYPE_A, "\1\2\3\4", GATE_OK);
	RDATA(RRTYPE_AAAA, "0123456789abcdef", GATE_OK);
	RDATA(RRTYPE_MX, "\0\12\4mail\xc0\x0c", GATE_OK);
	RDATA(SRV, "\0\1\0\2\0\31\xc0\x0c", GATE_OK);
	RDATA(DNAME, "\xc0\x0c", GATE_OK);
	RDATA(CAA, "\0\5issueca.example", GATE_OK);
	RDATA(TLSA, "\3\1\1h", GATE_OK);
	RDATA(RRTYPE_DS, "\0\1\10\2h", GATE_OK);
	RDATA(HTTPS, "\0\1\0\0\1\0\2h2\0\4\0\4\1\2\3\4", GATE_OK);
	RDATA(RRTYPE_TXT, "\0", GATE_OK);
	RDATA(1234, "anything", GATE_OK);
	RDATA(1234, "", GATE_OK);
}

Test(gate, refuses_rdata_that_does_not_fit_its_type)
{
	RDATA(RRTYPE_A, "\1\2\3", GATE_RDATA);
	RDATA(RRTYPE_A, "\1\2\3\4\5", GATE_RDATA);
	RDATA(RRTYPE_AAAA, "0123456789abcde", GATE_RDATA);
	RDATA(RRTYPE_NS, "", GATE_RDATA);
	RDATA(RRTYPE_CNAME, "\xc0\x0c\0", GATE_RDATA);
	RDATA(RRTYPE_PTR, "\3abc", GATE_RDATA);
	RDATA(RRTYPE_MX, "\0\12", GATE_RDATA);
	RDATA(RRTYPE_MX, "\0", GATE_RDATA);
	RDATA(RRTYPE_SOA, "\0\0only two names", GATE_RDATA);
	RDATA(RRTYPE_TXT, "", GATE_RDATA);
	RDATA(RRTYPE_TXT, "\5abc", GATE_RDATA);
	RDATA(RRTYPE_SPF, "\3abc\1", GATE_RDATA);
	RDATA(SRV, "\0\1\0\2\0\31", GATE_RDATA);
	RDATA(CAA, "\0\0issue", GATE_RDATA);
	RDATA(CAA, "\0\6issue", GATE_RDATA);
	RDATA(TLSA, "\3\1\1", GATE_RDATA);
	RDATA(RRTYPE_DS, "\0\1\10\2", GATE_RDATA);
	RDATA(DNSKEY, "\1\1\3", GATE_RDATA);
	RDATA(HTTPS, "\0\1\0\0\1\0\3h2", GATE_RDATA);
	RDATA(HTTPS, "\0\1\0\0\4\0\0\0\1\0\0", GATE_RDATA);
}

Test(gate, refuses_a_name_that_runs_past_its_rdata)
{
	struct packet *packet = response();
	packet_rr(packet, SECTION_ANSWER, "example.org", RRTYPE_CNAME);
	packet_bytes(packet, "\3abc", 4);
	packet_end_rr(packet);
	/* The root of this owner would end the name. */
	packet_rr(packet, SECTION_ANSWER, ".", RRTYPE_A);
	packet_bytes(packet, "\1\2\3\4", 4);
	packet_end_rr(packet);
	expect_fault(packet, GATE_RDATA, "a name past RDLENGTH");
}

Test(gate, refuses_a_record_smuggled_behind_short_rdata)
{
	struct packet *packet = response();
	packet_rr(packet, SECTION_ANSWER, "example.org", RRTYPE_TXT);
	packet_bytes(packet, "\1a", 2);
	packet_end_rr(packet);
	packet_bytes(packet, "\1b", 2);
	expect_fault(packet, GATE_TRAILING, "octets behind");
}

Test(gate, refuses_messages_cut_off_anywhere)
{
	struct packet *whole = response();
	packet_txt_rr(whole, SECTION_ANSWER, "example.org", "text");
	packet_soa_rr(whole, "example.org", 60);
	for (size_t len = 0; len < whole->len; len++) {
		struct packet *packet = malloc(sizeof(*packet));
		*packet = *whole;
		packet->len = len;
		cr_expect(
		    gate_check(packet_message(packet)) != GATE_OK, "%zu", len);
		free(packet);
	}
	expect_fault(whole, GATE_OK, "the whole");
}

/** A response with one A record whose owner is *bytes*. */
static void
expect_owner(
    const char *bytes, size_t len, enum gate_fault want, const char *what)
{
	struct packet *packet = response();
	packet_count(packet, SECTION_ANSWER);
	packet_bytes(packet, bytes, len);
	packet_bytes(packet, "\0\1\0\1\0\0\0\1\0\4\1\2\3\4", 14);
	expect_fault(packet, want, what);
}

#define OWNER(bytes, want) \
	expect_owner("" bytes, sizeof(bytes) - 1, (want), #bytes)

Test(gate, refuses_names_that_are_none)
{
	/* The record begins at 29, behind the question. */
	OWNER("\xc0\x0c", GATE_OK);
	OWNER("\1a\xc0\x0c", GATE_OK);
	OWNER("\xc0\x1d", GATE_RECORD);    /* itself */
	OWNER("\1a\xc0\x1d", GATE_RECORD); /* its own beginning */
	OWNER("\xc0\x20", GATE_RECORD);    /* forward */
	OWNER("\xff\xff", GATE_RECORD);    /* far outside */
	OWNER("\xc0\x00", GATE_RECORD);    /* into the header */
	OWNER("\x40"
	      "a",
	    GATE_RECORD); /* a label of 64 */
	OWNER("\x80"
	      "a",
	    GATE_RECORD);
}

Test(gate, refuses_a_name_of_more_than_255_octets)
{
	char label[64] = { 63 };
	memset(label + 1, 'a', 63);
	for (size_t last = 61; last <= 62; last++) {
		struct packet *packet = response();
		packet_count(packet, SECTION_ANSWER);
		packet_bytes(packet, label, 64);
		packet_bytes(packet, label, 64);
		packet_bytes(packet, label, 64);
		packet_u8(packet, (unsigned)last);
		packet_bytes(packet, label + 1, last);
		packet_bytes(packet, "\0\0\1\0\1\0\0\0\1\0\4\1\2\3\4", 15);
		expect_fault(
		    packet, last == 61 ? GATE_OK : GATE_RECORD, "a long name");
	}
}

/** Names that point from one to the one before, in records of NS. */
static struct packet *
ladder(size_t rungs)
{
	struct packet *packet = response();
	size_t last = MESSAGE_HEADER;
	for (size_t i = 0; i < rungs; i++) {
		packet_rr(packet, SECTION_ANSWER, ".", RRTYPE_NS);
		packet_pointer(packet, last);
		packet_end_rr(packet);
		last = packet->len - 2;
	}
	return packet;
}

Test(gate, refuses_more_hops_than_a_name_has_labels)
{
	expect_fault(ladder(MESSAGE_MAX_HOPS), GATE_OK, "126 hops");
	expect_fault(ladder(MESSAGE_MAX_HOPS + 1), GATE_RDATA, "127 hops");
}

Test(gate, refuses_counts_that_lie)
{
	struct packet *packet = response();
	packet_count(packet, SECTION_ADDITIONAL);
	expect_fault(packet, GATE_RECORD, "a record that is not there");
	packet = response();
	packet->at[6] = 0xff;
	expect_fault(packet, GATE_TOO_MANY, "65280 records");
	packet = response();
	packet_count(packet, SECTION_QUESTION);
	expect_fault(packet, GATE_HEADER, "two questions");
	packet = response();
	packet->len = 11;
	expect_fault(packet, GATE_HEADER, "a short header");
}

/** OPT with an owner, in a section, with options. */
static void
expect_opt(enum message_section section, const char *owner, const char *options,
    size_t len)
{
	struct packet *packet = response();
	packet_rr(packet, section, owner, TYPE_OPT);
	packet_bytes(packet, options, len);
	packet_end_rr(packet);
	expect_fault(packet, GATE_OPT, "an OPT");
}

Test(gate, refuses_an_opt_that_is_none)
{
	expect_opt(SECTION_ANSWER, ".", "", 0);
	expect_opt(SECTION_AUTHORITY, ".", "", 0);
	expect_opt(SECTION_ADDITIONAL, "example.org", "", 0);
	expect_opt(SECTION_ADDITIONAL, ".", "\0\x0f\0", 3);
	expect_opt(SECTION_ADDITIONAL, ".", "\0\x0f\0\5abc", 7);
	struct packet *packet = response();
	for (int i = 0; i < 2; i++) {
		packet_rr(packet, SECTION_ADDITIONAL, ".", TYPE_OPT);
		packet_end_rr(packet);
	}
	expect_fault(packet, GATE_OPT, "two OPT");
}

Test(gate, refuses_signatures_nobody_asked_for)
{
	struct packet *packet = response();
	packet_rr(packet, SECTION_ADDITIONAL, "key", TSIG);
	packet_end_rr(packet);
	expect_fault(packet, GATE_SIGNED, "TSIG");
	RDATA(SIG, "\0\0signature", GATE_SIGNED);
	RDATA(SIG, "", GATE_SIGNED);
	RDATA(SIG, "\0\1signature", GATE_OK);
}

Test(gate, bounds_the_number_of_records)
{
	for (size_t records = 1024; records <= 1025; records++) {
		struct packet *packet = response();
		for (size_t i = 0; i < records; i++) {
			packet_rr(packet, SECTION_ANSWER, ".", 1234);
			packet_end_rr(packet);
		}
		expect_fault(packet, records == 1024 ? GATE_OK : GATE_TOO_MANY,
		    "records");
	}
}
